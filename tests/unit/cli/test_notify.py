"""The police sender from end to end: a force, a folder, a school, Today, opened, a receipt; all by command."""

import json
from pathlib import Path

import pytest

from schoolsafe.keys import sender_key
from terminal import MONDAY, PASSPHRASE, Terminal, set_calendar, set_up

FORCE = "quiet marble otter sundial ferry"
NOTICE = {
    "kind": "domestic_abuse",
    "police_reference": "NM/2026/004711",
    "incident": {
        "date": "2026-11-08",
        "time": "22:40",
        "precision": "exact",
        "as_sent": "Sunday 8 November, 22:40",
        "place": "home",
    },
    "circumstances": "Officers were called to an argument.",
    "risk": {"tool": "DASH", "tool_as_sent": "DASH", "grade_as_sent": "Medium"},
    "social_care_referral": "yes",
    "expected_by": None,
    "children": [
        {
            "surname": "Zzyzx",
            "forename": "Robin",
            "dob": "2017-03-14",
            "presence": "present_heard",
            "voice": "I heard the plates.",
            "roll_match": None,
        }
    ],
    "sender": {"name": "PC Dale", "organisation": "Northmere Police", "phone": "01632 960111"},
}


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Terminal, Path]:
    """A school with its card, and a force with its key: made once, copied by each test."""
    folder = tmp_path_factory.mktemp("two")
    school = set_up(folder)
    set_calendar(school)
    school.ok("school", "card", "--out", str(folder / "school.json"))
    school.ok(
        *("notify", "keygen", str(folder / "force"), "--name", "Northmere Police", "--test-key"),
        secrets=[FORCE],
    )
    return school, folder


class Both:
    """A school and a force with a folder between them."""

    def __init__(self, school: Terminal, folder: Path, card: Path, key: Path):
        self.school, self.folder, self.card, self.key = school, folder, card, key
        self.relay = folder / "relay"
        self.relay.mkdir()

    def force(self, *argv: str, **how):
        return self.school("notify", *argv, secrets=how.pop("secrets", [FORCE]), **how)

    def send(self, *notices: dict, **how):
        names = []
        for n, notice in enumerate(notices):
            path = self.folder / f"notice-{n}.json"
            path.write_text(json.dumps(notice))
            names.append(str(path))
        where = ("--key", str(self.key), "--to", str(self.card), "--relay", str(self.relay))
        return self.force("send", *where, *names, **how)

    def receipts(self):
        where = ("--key", str(self.key), "--relay", str(self.relay))
        said = self.force("receipts", *where)
        assert said.code == 0, said
        return said.json["notices"]

    def confirm(self):
        card = self.folder / "force.json"
        shown = self.force("card", "show", "--key", str(self.key), "--out", str(card), secrets=[])
        words = shown.json["words"]
        return self.school.ok(
            *("sender", "add", str(card), "--words", "-", "--rung", "01632 960000"),
            typed=words.upper() + "\n",
        )

    def check(self):
        self.school.ok("relay", "set", str(self.relay))
        return self.school.ok("relay", "check")


@pytest.fixture
def both(made, tmp_path) -> Both:
    import shutil

    school, folder = made
    shutil.copytree(folder / "force", tmp_path / "force")
    (tmp_path / "force").chmod(0o700)
    return Both(school.copied_to(tmp_path), tmp_path, folder / "school.json", tmp_path / "force")


def test_from_the_force_to_today_and_back(both):
    both.confirm()
    sent = both.send(NOTICE).json
    assert sent["results"][0]["outcome"] == "sent"
    assert sent["to"]["urn"] == "999101"
    assert [each["state"] for each in both.receipts()] == ["none"]

    taken = both.check()
    (notification,) = taken["received"]
    assert (taken["receipts"], taken["problem"], taken["folder"]) == (1, None, str(both.relay))
    (row,) = both.school.ok("today")["before_registration"]
    assert "Zzyzx" in row["title"]
    (told,) = both.receipts()
    assert (told["state"], told["key_confirmed"]) == ("delivered", True)

    shown = both.school.ok("notification", "show", notification)
    assert shown["channel"] == "sealed_notice"
    assert shown["signed"] == {
        "state": "checked",
        "name": "Northmere Police",
        "test": True,
        "checked_by": "Priya Nair",
        "checked_at": shown["signed"]["checked_at"],
        "version": 1,
    }
    assert shown["children"][0]["voice"] == "I heard the plates."
    assert shown["risk"]["grade_as_sent"] == "Medium"
    both.school.ok("notification", "match", notification, "--line", "1", "--none", "not ours")
    both.school.ok("relay", "check")
    (told,) = both.receipts()
    assert (told["state"], told["reference"], told["school"]) == (
        "opened",
        "NM/2026/004711",
        "Ashgrove Primary School",
    )
    assert told["opened_at"] is not None


def test_sending_a_reference_again_makes_nothing_of_it(both):
    assert both.send(NOTICE).json["results"][0]["outcome"] == "sent"
    again = both.send(NOTICE).json["results"][0]
    assert again["outcome"] == "already_sent"
    assert len([p for p in both.relay.rglob("*") if p.is_file()]) == 2
    assert len(both.check()["received"]) == 1
    assert both.school.ok("relay", "check")["received"] == []


def test_a_notice_whose_file_was_lost_is_sent_again_as_the_same(both):
    both.send(NOTICE)
    both.check()
    (lost,) = (
        p for p in (both.relay / "mail").rglob("*") if p.is_file() and p.stat().st_size > 9999
    )
    lost.unlink()
    assert both.send(NOTICE).json["results"][0]["outcome"] == "sent"
    taken = both.school.ok("relay", "check")
    assert taken["received"] == []
    assert [each["state"] for each in both.receipts()] == ["delivered"]


def test_other_words_under_a_reference_need_the_next_version(both):
    both.confirm()
    both.send(NOTICE)
    changed = NOTICE | {"circumstances": "It was next door."}
    refused = both.send(changed)
    assert (refused.code, refused.refused) == (1, "sent_with_other_words")
    assert both.send(changed | {"version": 2}).json["results"][0]["outcome"] == "sent"
    first, second = both.check()["received"]
    versions = {
        shown["circumstances"]: shown["versions"]
        for shown in (both.school.ok("notification", "show", one) for one in (first, second))
    }
    assert [each["version"] for each in versions["It was next door."]] == [1]
    assert [each["version"] for each in versions[NOTICE["circumstances"]]] == [2]


def test_a_key_nobody_confirmed_is_taken_in_and_marked(both):
    both.send(NOTICE)
    (notification,) = both.check()["received"]
    shown = both.school.ok("notification", "show", notification)
    assert shown["signed"]["state"] == "unknown"
    (told,) = both.receipts()
    assert (told["state"], told["key_confirmed"]) == ("delivered", False)


def test_words_of_another_key_confirm_nothing(both):
    card = both.folder / "force.json"
    both.force("card", "show", "--key", str(both.key), "--out", str(card), secrets=[])
    said = both.school(
        "sender", "add", str(card), "--words", "eight words that are not its own here"
    )
    assert (said.code, said.refused) == (1, "words_differ")
    assert both.school.ok("sender", "list")["senders"] == []


def test_a_key_can_be_stopped(both):
    made = both.confirm()
    stopped = both.school.ok("sender", "stop", made["id"], "--reason", "renewed")
    assert stopped["senders"][0]["stopped"] == "renewed"
    both.send(NOTICE)
    (notification,) = both.check()["received"]
    assert both.school.ok("notification", "show", notification)["signed"]["state"] == "stopped"
    assert [each["state"] for each in both.receipts()] == ["none"]


def test_several_notices_and_one_that_is_wrong(both):
    wrong = NOTICE | {"cirumstances": "a slip"}
    others = {
        "kind": "missing",
        "sender": NOTICE["sender"],
        "notices_count": 2,
        "notices": [
            {"police_reference": "NM/M/1", "children": [{"name_as_sent": "R Zzyzx"}]},
            {"police_reference": "NM/M/2", "children": []},
        ],
    }
    said = both.send(others, wrong, {"police_reference": "NM/3"}, NOTICE)
    assert said.code == 0
    outcomes = [(each["reference"], each["outcome"]) for each in said.json["results"]]
    assert outcomes == [
        ("NM/M/1", "sent"),
        ("NM/M/2", "sent"),
        (None, "refused"),
        (None, "refused"),
        ("NM/2026/004711", "sent"),
    ]
    reasons = [each["reason"] for each in said.json["results"] if each["reason"]]
    assert ["cirumstances" in reasons[0], "kind" in reasons[1]] == [True, True]
    assert len(both.check()["received"]) == 3


def test_a_wrong_passphrase_opens_no_key_and_sends_nothing(both):
    said = both.send(NOTICE, secrets=["not the passphrase of it at all"])
    assert (said.code, said.refused) == (3, "wrong_sender_passphrase")
    assert not (both.relay / "mail").exists()


def test_words_of_another_school_stop_the_sending(both):
    where = ("--key", str(both.key), "--to", str(both.card), "--relay", str(both.relay))
    (both.folder / "n.json").write_text(json.dumps(NOTICE))
    said = both.force("send", *where, "--words", "nothing like it", str(both.folder / "n.json"))
    assert (said.code, said.refused) == (1, "words_differ")


def test_a_key_is_never_written_over_and_needs_five_words(both, tmp_path):
    again = both.force("keygen", str(both.key), "--test-key")
    assert (again.code, again.refused) == (1, "sender_key_stands")
    weak = both.force(
        "keygen", str(tmp_path / "other"), "--test-key", secrets=["Tr0ub4dor&3 is long"]
    )
    assert (weak.code, weak.refused) == (1, "needs_five_words")


def test_a_relay_that_is_away_is_said_and_remembered(both):
    both.school.ok("relay", "set", str(both.relay))
    both.relay.rename(both.folder / "pulled out")
    said = both.school("relay", "check")
    assert (said.code, said.refused) == (4, "no_such_relay_folder")
    assert "stick" in both.school.ok("relay", "show")["problem"]
    assert both.school("relay", "set", str(both.relay)).code == 4


def test_without_a_relay_there_is_nothing_to_check(both):
    said = both.school("relay", "check")
    assert (said.code, said.refused) == (1, "no_relay")
    assert both.school.ok("relay", "unset")["folder"] is None


def test_the_clock_of_a_real_key_cannot_be_fixed(tmp_path, monkeypatch):
    monkeypatch.setattr(sender_key.keyfile, "calibrated", lambda: sender_key.keyfile.TEST_COST)
    terminal = Terminal(tmp_path / "nothing")
    keygen = ("notify", "keygen", str(tmp_path / "key"))
    made = terminal.ok(*keygen, secrets=[FORCE], now=None)
    assert (made["name"], made["test"]) == ("", False)
    said = terminal(
        "notify", "card", "show", "--key", str(tmp_path / "key"), secrets=[], now=MONDAY
    )
    assert (said.code, said.refused) == (1, "clock_not_forces")
    assert PASSPHRASE != FORCE


def test_a_person_at_a_terminal_reads_lines(both):
    both.confirm()
    lines = both.send(NOTICE, as_json=False).out.splitlines()
    assert "Ashgrove Primary School" in lines[0]
    assert lines[1].endswith("NM/2026/004711  sent")
    both.check()
    where = ("--key", str(both.key), "--relay", str(both.relay))
    assert "delivered" in both.force("receipts", *where, as_json=False).out
    assert "Northmere Police" in both.school("sender", "list", as_json=False).out
