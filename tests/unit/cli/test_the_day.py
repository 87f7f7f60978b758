"""The day from a script: a notice in, matched, decided, followed, read and corrected; one JSON object each time."""

import json
from pathlib import Path

import pytest

from terminal import Terminal

MAIL = Path(__file__).parents[2] / "data" / "notifications" / "01_fixed_sentence.eml"


def _received(school: Terminal, mail: Path = MAIL) -> str:
    (result,) = school.ok("import", "mail", str(mail))["results"]
    assert (result["outcome"], result["reason"]) == ("received", None)
    return str(result["notifications"][0])


@pytest.fixture
def notice(ashgrove: Terminal) -> str:
    return _received(ashgrove)


def test_a_mail_is_received_once(ashgrove: Terminal):
    first = ashgrove.ok("import", "mail", str(MAIL), str(MAIL))["results"]
    assert [r["outcome"] for r in first] == ["received", "duplicate"]
    assert first[0]["notifications"] == first[1]["notifications"]
    assert len(ashgrove.ok("notification", "list")["notifications"]) == 1


def test_a_notice_says_what_was_told_and_what_was_not(ashgrove: Terminal, notice: str):
    shown = ashgrove.ok("notification", "show", notice)
    assert (shown["id"], shown["status"], shown["opened_at"]) == (notice, "received", None)
    assert shown["incident"]["date"] == "2026-11-09"
    assert shown["police_reference"] is None
    assert "police_reference" in shown["not_supplied"]
    assert shown["received_at"].endswith("+00:00")
    (child,) = shown["children"]
    assert child["dob"] == "2017-03-14"
    assert child["child_id"] is None
    assert child["proposals"][0]["why"] == ["Same name and date of birth"]
    assert [h["kind"] for h in shown["history"]] == [
        "notification.receive",
        "notification.name_child",
    ]
    assert len(shown["original_sha256"]) == 64


def test_from_the_mail_to_the_chronology(ashgrove: Terminal, notice: str):
    before = ashgrove.ok("today")
    (row,) = before["before_registration"]
    assert (row["notification"], row["line"], row["state"]) == (notice, 1, "confirm_match")
    child = ashgrove.ok("notification", "show", notice)["children"][0]["proposals"][0]["child_id"]
    early = ashgrove("notification", "decide", notice, "--line", "1", "--choice", "quiet")
    assert (early.code, early.refused) == (1, "match_first")
    matched = ashgrove.ok("notification", "match", notice, "--line", "1", "--child", child)
    assert len(matched["entries"]) == 2
    decide = ("notification", "decide", notice, "--line", "1", "--choice", "tell-and-check-in")
    ashgrove.ok(*decide, "--key-adult", "Mr Osei", "--review", "2026-11-20")
    (later,) = ashgrove.ok("today")["later"]
    assert later["title"].startswith("Write why: ")
    close = ("notification", "close", notice, "--line", "1", "--reason", "Done")
    assert ashgrove(*close).refused == "reason_needed"
    ashgrove.ok(*decide, "--reason", "First notice this term")
    shown = ashgrove.ok("notification", "show", notice)
    decision = shown["children"][0]["decision"]
    assert (decision["choice"], decision["key_adult"], decision["review"], decision["by"]) == (
        "tell-and-check-in",
        "Mr Osei",
        "2026-11-20",
        "Priya Nair",
    )
    assert (shown["status"], shown["acknowledged_by"]) == ("triaged", "Priya Nair")
    assert ashgrove.ok("today")["done"]
    chronology = ashgrove.ok("child", "chronology", child)
    (entry,) = chronology["entries"]
    assert (entry["kind"], entry["id"]) == ("notification", notice)
    assert entry["happened"] == "2026-11-09T21:35:00+00:00"
    assert entry["written"] == "2026-11-10T07:12:49+00:00"
    assert chronology["hidden"] == 0
    assert set(chronology["counts"]) == {"d30", "d90", "d365"}
    ashgrove.ok(*close, "--outcome", "referred")
    assert (
        ashgrove.ok("notification", "show", notice)["children"][0]["closed"]["outcome"]
        == "referred"
    )
    reopen = ("notification", "reopen", notice, "--line", "1")
    ashgrove.ok(*reopen, "--reason", "-", typed="Another call\n")
    assert ashgrove.ok("notification", "show", notice)["history"][-1]["why"] == "Another call"
    assert ashgrove.ok("verify", "--deep")["ok"]


def test_nobody_fits_needs_a_reason(ashgrove: Terminal, notice: str):
    match = ("notification", "match", notice, "--line", "1", "--none")
    assert ashgrove(*match, " ").refused == "reason_needed"
    ashgrove.ok(*match, "Left in July")
    assert ashgrove.ok("notification", "show", notice)["status"] == "not_ours"


def test_one_decision_for_all_is_all_or_none(ashgrove: Terminal):
    notice = _received(ashgrove, MAIL.with_name("06_siblings_two_schools.eml"))
    shown = ashgrove.ok("notification", "show", notice)
    assert len(shown["children"]) > 1
    said = ashgrove("notification", "decide", notice, "--all", "--choice", "quiet", "--reason", "x")
    assert said.refused == "match_first"
    for child in shown["children"]:
        ashgrove.ok(
            *("notification", "match", notice, "--line", str(child["line"]), "--none", "Not ours")
        )
    decided = ashgrove.ok("notification", "decide", notice, "--all", "--choice", "not-ours")
    assert decided["decided"] == len(shown["children"])


def test_a_phone_call_goes_in_through_standard_input(ashgrove: Terminal):
    logged = ashgrove.ok(
        *("notification", "log", "--child", "-", "--said", "-", "--voice", "-", "--caller", "-"),
        *("--incident", "2026-11-07T22:40", "--presence", "present_heard", "--dob", "2017-03-14"),
        typed="Robin Exampleton\nShouting heard.\nI hid\nPC 4471\n",
    )
    shown = ashgrove.ok("notification", "show", logged["id"])
    (child,) = shown["children"]
    assert (shown["channel"], shown["circumstances"]) == ("phone", "Shouting heard.")
    assert (child["name_as_sent"], child["voice"]) == ("Robin Exampleton", "I hid")
    assert (child["presence"], shown["sender"]["name"]) == ("present_heard", "PC 4471")
    assert shown["incident"]["time"] == "22:40"
    assert shown["original_sha256"] is None


def test_an_incident_elsewhere_on_the_clock_is_told_in_london_time(ashgrove: Terminal):
    log = ("notification", "log", "--child", "Robin", "--incident")
    logged = ashgrove.ok(*log, "2026-07-01T21:30:00Z")
    incident = ashgrove.ok("notification", "show", logged["id"])["incident"]
    assert (incident["date"], incident["time"]) == ("2026-07-01", "22:30")
    logged = ashgrove.ok(*log, "2026-11-07")
    incident = ashgrove.ok("notification", "show", logged["id"])["incident"]
    assert (incident["date"], incident["time"], incident["precision"]) == (
        "2026-11-07",
        None,
        "unknown",
    )


def test_a_call_for_a_pupil_that_was_picked_is_matched(ashgrove: Terminal):
    child = ashgrove.ok("child", "list", "exampleton robin")["children"][0]["id"]
    logged = ashgrove.ok("notification", "log", "--child", "Robin", "--pupil", child)
    shown = ashgrove.ok("notification", "show", logged["id"])
    assert shown["children"][0]["child_id"] == child


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("notification", "log", "--child", "Robin", "--dob", "2017-02-30"), "date_unreadable"),
        (("notification", "log", "--child", "Robin", "--dob", "14/03/2017"), "date_unreadable"),
        (
            ("notification", "log", "--child", "Robin", "--incident", "last night"),
            "date_unreadable",
        ),
        (("notification", "log", "--child", " "), "say_who"),
        (("notification", "show", "notification:0000000000000000"), "no_such_notification"),
        (("notification", "show", "../../etc/passwd"), "no_such_notification"),
        (("child", "show", "child:0000000000000000"), "no_such_child"),
        (("child", "chronology", "Robin"), "no_such_child"),
        (("child", "chronology", "Robin", "--as-of", "2026-13-01"), "date_unreadable"),
        (("fix", "entry:1", "--text", "x", "--reason", "y"), "no_such_entry"),
        (("calendar", "set", "--start", "25:99"), "time_unreadable"),
        (("calendar", "set", "--start", "15:30"), "day_too_short"),
        (("calendar", "set", "--start", "08:45", "--closed", "soon"), "date_unreadable"),
        (
            ("calendar", "set", "--start", "08:45", "--term", "2026-12-18..2026-09-01"),
            "terms_overlap",
        ),
    ],
)
def test_a_refusal_is_1_with_its_code_and_a_sentence(
    ashgrove: Terminal, argv: tuple[str, ...], code: str
):
    before = ashgrove.ok("status")["records"]
    said = ashgrove(*argv)
    assert (said.code, said.refused) == (1, code)
    sentence = said.json["error"]["message"]
    assert said.err == f"{sentence}\n"
    assert sentence.endswith(".")
    assert "Traceback" not in said.err
    assert ashgrove.ok("status")["records"] == before


def test_a_line_that_is_not_there_is_refused(ashgrove: Terminal, notice: str):
    for line in ("0", "2", "-1"):
        said = ashgrove("notification", "match", notice, f"--line={line}", "--none", "x")
        assert said.refused == "no_such_line"


def test_a_term_needs_its_dots(school: Terminal):
    said = school("calendar", "set", "--start", "08:45", "--term", "2026-09-01")
    assert (said.code, said.refused) == (2, "wrong_use")


def test_the_calendar_shows_what_was_set(school: Terminal):
    school.ok(
        *("calendar", "set", "--start", "08:50", "--end", "15:20", "--closed", "2026-11-30"),
        *("--term", "2026-11-02..2026-12-18", "2026-09-02..2026-10-23"),
    )
    shown = school.ok("calendar", "show")
    assert (shown["start"], shown["end"], shown["is_set"]) == ("08:50", "15:20", True)
    assert [t["first"] for t in shown["terms"]] == ["2026-09-02", "2026-11-02"]
    assert [c["date"] for c in shown["closed"]] == ["2026-11-30"]
    assert school.ok("calendar", "show", "--site", "annexe")["is_set"] is False


def test_a_correction_keeps_the_old_words(ashgrove: Terminal, notice: str):
    child = ashgrove.ok("child", "list", "exampleton robin")["children"][0]["id"]
    ashgrove.ok("notification", "match", notice, "--line", "1", "--child", child)
    ashgrove.ok("fix", notice, "--text", "-", "--reason", "-", typed="Outside the home\nPC rang\n")
    (entry,) = ashgrove.ok("child", "chronology", child)["entries"]
    assert entry["summary"] == "Outside the home"
    assert [(f["by"], f["why"]) for f in entry["fixed_by"]] == [("Priya Nair", "PC rang")]
    early = ashgrove.ok("child", "chronology", child, "--as-of", "2026-11-08")
    assert early["entries"] == []


def test_pupils_never_show_their_upn(ashgrove: Terminal):
    listed = ashgrove("child", "list")
    assert len(listed.json["children"]) == 60
    assert "upn" not in listed.out.lower()
    shown = ashgrove("child", "show", listed.json["children"][0]["id"])
    assert set(shown.json) == set(listed.json["children"][0])
    assert "upn" not in shown.out.lower()


def test_reading_a_chronology_is_logged(ashgrove: Terminal):
    child = ashgrove.ok("child", "list", "exampleton robin")["children"][0]["id"]
    before = ashgrove.ok("status")["records"]["here"]
    ashgrove.ok("child", "show", child)
    assert ashgrove.ok("status")["records"]["here"] == before
    ashgrove.ok("child", "chronology", child)
    assert ashgrove.ok("status")["records"]["here"] == before + 1


@pytest.mark.parametrize(
    "argv",
    [
        ("today",),
        ("status",),
        ("notification", "list"),
        ("child", "list", "rob"),
        ("calendar", "show"),
        ("verify",),
        ("verify", "--deep"),
        ("rebuild",),
        ("doctor",),
    ],
)
def test_every_answer_is_one_object_and_absent_is_null(ashgrove: Terminal, argv: tuple[str, ...]):
    said = ashgrove(*argv)
    assert (said.code, said.err) == (0, "")
    assert isinstance(said.json, dict)
    assert '""' not in json.dumps(said.json.get("records"))


@pytest.mark.parametrize(
    "argv",
    [
        ("today",),
        ("status",),
        ("notification", "list"),
        ("child", "list"),
        ("verify",),
        ("rebuild",),
    ],
)
def test_without_json_sentences_stand_there(ashgrove: Terminal, notice: str, argv: tuple[str, ...]):
    said = ashgrove(*argv, as_json=False)
    assert said.code == 0
    assert said.out.strip()
    assert not said.out.startswith("{")


def test_a_person_reads_chronology_and_imports_in_sentences(ashgrove: Terminal, notice: str):
    child = ashgrove.ok("child", "list", "exampleton robin")["children"][0]["id"]
    ashgrove.ok("notification", "match", notice, "--line", "1", "--child", child)
    ashgrove.ok("fix", notice, "--text", "Outside", "--reason", "PC rang")
    said = ashgrove("child", "chronology", child, as_json=False)
    assert "was:" in said.out
    assert "PC rang" in said.out
    said = ashgrove("import", "mail", str(MAIL), as_json=False)
    assert said.out.endswith(": duplicate\n")
    shown = ashgrove("notification", "show", notice, as_json=False)
    assert "children: 1" in shown.out
    assert "waiting" in ashgrove("today", as_json=False).out.lower()


def test_a_hostile_name_moves_no_cursor(ashgrove: Terminal):
    evil = "Robin\x1b[2J\x1b]0;owned\x07 Exam\u202epleton\r\n"
    ashgrove.ok("notification", "log", "--child", evil)
    for argv in (("notification", "list"), ("today",)):
        said = ashgrove(*argv, as_json=False)
        assert not {"\x1b", "\x07", "\u202e", "\r"} & set(said.out)
    listed = ashgrove("notification", "list")
    assert all(32 <= ord(c) < 127 or c == "\n" for c in listed.out)
    assert "Exam\u202epleton" in listed.json["notifications"][0]["children"][0]
