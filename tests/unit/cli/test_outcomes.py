"""What a notice comes to besides a match, from a script; and two that belong together."""

from pathlib import Path

import pytest

from terminal import Terminal

NOTICES = Path(__file__).parents[2] / "data" / "notifications"


def _received(school: Terminal, name: str) -> str:
    (result,) = school.ok("import", "mail", str(NOTICES / name))["results"]
    return str(result["notifications"][0])


@pytest.fixture
def stranger(ashgrove: Terminal) -> str:
    """The wrong school, and a namesake on the roll."""
    return _received(ashgrove, "17_wrong_school.eml")


def _at(notice: str, *more: str) -> tuple[str, ...]:
    return (notice, "--line", "1", *more)


def test_not_ours_from_the_mail_to_the_stub(ashgrove: Terminal, stranger: str):
    line = ashgrove.ok("notification", "show", stranger)["children"][0]
    assert line["proposals"] == []
    ended = ashgrove.ok(
        "notification", "match", *_at(stranger, "--none", "not-ours", "--why", "Never here")
    )
    assert ended["next"] == "Tell the sender, then take the content out."
    said = ashgrove.ok("notification", "message", *_at(stranger))
    assert line["surname"].casefold() not in (said["subject"] + said["body"]).casefold()
    early = ashgrove("notification", "purge", *_at(stranger, "--confirm"))
    assert (early.code, early.refused) == (1, "tell_first")
    ashgrove.ok("notification", "told", *_at(stranger, "--to", "Sgt Marlow", "--how", "phone"))
    unsure = ashgrove("notification", "purge", *_at(stranger))
    assert (unsure.code, unsure.refused) == (1, "not_confirmed")
    done = ashgrove.ok("notification", "purge", *_at(stranger, "--confirm"))
    assert done["whole"] is True
    gone = ashgrove("notification", "show", stranger)
    assert (gone.code, gone.refused) == (1, "no_such_notification")
    (stub,) = ashgrove.ok("notification", "stubs")["stubs"]
    assert (stub["told_to"], stub["told_how"], stub["whole"]) == ("Sgt Marlow", "phone", True)
    again = ashgrove.ok("import", "mail", str(NOTICES / "17_wrong_school.eml"))["results"]
    assert [(r["outcome"], r["notifications"]) for r in again] == [("duplicate", [])]
    assert ashgrove.ok("verify", "--deep")["ok"]


def test_a_reason_in_words_is_still_a_reason(ashgrove: Terminal, stranger: str):
    ashgrove.ok("notification", "match", *_at(stranger, "--none", "Nobody has heard of them"))
    line = ashgrove.ok("notification", "show", stranger)["children"][0]
    assert (line["no_match"], line["outcome"], line["owed"]) == (
        "Nobody has heard of them",
        None,
        "sender_told",
    )


def test_taught_elsewhere_is_passed_on_and_confirmed(ashgrove: Terminal):
    notice = _received(ashgrove, "01_fixed_sentence.eml")
    code = ("--none", "educated-elsewhere", "--school", "The Lighthouse Centre")
    early = ashgrove("notification", "match", *_at(notice, *code))
    assert (early.code, early.refused) == (1, "match_first")
    child = ashgrove.ok("notification", "show", notice)["children"][0]["proposals"][0]["child_id"]
    ashgrove.ok("notification", "match", *_at(notice, "--child", child))
    ended = ashgrove.ok("notification", "match", *_at(notice, *code, "--since", "2026-09-03"))
    assert "The Lighthouse Centre" in ended["next"]
    ashgrove.ok("notification", "pass-on", *_at(notice, "--to", "Ms Okoro", "--how", "in-person"))
    line = ashgrove.ok("notification", "show", notice)["children"][0]
    assert (line["child_id"], line["owed"]) == (child, "receipt_confirmed")
    assert line["outcome"]["since"] == "2026-09-03"
    ashgrove.ok("notification", "confirmed", *_at(notice, "--to", "Ms Okoro"))
    assert ashgrove.ok("notification", "show", notice)["children"][0]["owed"] is None


def test_found_is_tied_to_missing(ashgrove: Terminal):
    missing = _received(ashgrove, "14_missing_notice.eml")
    found = _received(ashgrove, "15_found_notice.eml")
    (proposed,) = ashgrove.ok("notification", "show", found)["relations"]
    assert (proposed["notification"], proposed["tie"], proposed["confirmed"]) == (
        missing,
        "found_of",
        False,
    )
    assert proposed["why"].startswith("Same report number")
    ashgrove.ok("notification", "tie", found, missing, "--as", "found-of")
    (tied,) = ashgrove.ok("notification", "show", missing)["relations"]
    assert (tied["tie"], tied["confirmed"], tied["why"]) == ("missing_of", True, None)
    ashgrove.ok("notification", "apart", found, missing)
    assert ashgrove.ok("notification", "show", found)["relations"] == []
