"""A chronology from a script: entries of past days, what is asked to be seen, files, and the school's rules."""

from pathlib import Path

import pytest

from terminal import Terminal

MAIL = Path(__file__).parents[2] / "data" / "notifications" / "01_fixed_sentence.eml"


@pytest.fixture
def child(ashgrove: Terminal) -> str:
    found = ashgrove.ok("child", "list", "Robin")["children"]
    return str(found[0]["id"])


def _entry(ashgrove: Terminal, child: str, kind: str, words: str, *more: str) -> str:
    command = ("entry", "add", "--child", child, "--kind", kind, "--said", words)
    return str(ashgrove.ok(*command, *more)["id"])


def test_an_entry_of_a_past_day_keeps_both_dates(ashgrove: Terminal, child: str):
    _entry(ashgrove, child, "concern", "Came without a coat", "--happened", "2026-11-04")
    (entry,) = ashgrove.ok("child", "chronology", child)["entries"]
    assert entry["happened"].startswith("2026-11-04")
    assert entry["written"].startswith("2026-11-09")
    assert entry["late_days"] == 5


def test_a_filter_names_what_it_hides(ashgrove: Terminal, child: str):
    _entry(ashgrove, child, "concern", "Bruise", "--significant", "--happened", "2026-11-03")
    _entry(ashgrove, child, "meeting", "Met her nan", "--happened", "2026-11-05")
    _entry(ashgrove, child, "observation", "Calm")
    only = ashgrove.ok("child", "chronology", child, "--kind", "meeting")
    assert ([e["kind"] for e in only["entries"]], only["hidden"]) == (["meeting"], 2)
    assert [(e["kind"], e["day"]) for e in only["hidden_high"]] == [("concern", "2026-11-03")]
    since = ashgrove.ok("child", "chronology", child, "--since", "meeting")
    assert [e["kind"] for e in since["entries"]] == ["observation", "meeting"]
    dated = ashgrove.ok("child", "chronology", child, "--since", "2026-11-06")
    assert [e["summary"] for e in dated["entries"]] == ["Calm"]
    marked = ashgrove.ok("child", "chronology", child, "--significant")
    assert [e["summary"] for e in marked["entries"]] == ["Bruise"]
    found = ashgrove.ok("child", "chronology", child, "--find", "nan")
    assert len(found["entries"]) == 1
    said = ashgrove("child", "chronology", child, "--kind", "meeting", as_json=False)
    assert "2 hidden: concern 2026-11-03" in said.out


def test_words_of_any_field_are_corrected_and_stay(ashgrove: Terminal, child: str):
    said = ("--child-words", "I dont want to go", "--action", "Rang home")
    entry = _entry(ashgrove, child, "concern", "Upset", *said)
    fix = ("fix", entry, "--text", "I don’t want to go", "--reason", "spelling")
    ashgrove.ok(*fix, "--field", "child_words")
    (shown,) = ashgrove.ok("child", "chronology", child)["entries"]
    assert shown["child_words"] == "I don’t want to go"
    (struck,) = shown["other_fixes"]
    assert (struck["field"], struck["struck"]) == ("child_words", "I dont want to go")
    assert shown["fixed_by"] == []
    wrong = ashgrove("fix", entry, "--text", "x", "--reason", "y", "--field", "happened")
    assert (wrong.code, wrong.refused) == (1, "no_such_entry")


def test_files_are_added_listed_and_copied_out_with_a_reason(
    ashgrove: Terminal, child: str, tmp_path: Path
):
    entry = _entry(ashgrove, child, "observation", "Drew her home")
    letter, out = tmp_path / "letter.txt", tmp_path / "copy.txt"
    letter.write_bytes(b"To whom it may concern\r\n")
    (kept,) = ashgrove.ok("attach", entry, str(letter))["files"]
    assert (kept["name"], kept["whole"], kept["parts"]) == ("letter.txt", True, 1)
    (listed,) = ashgrove.ok("attachments", child)["attachments"]
    assert (listed["entry"], listed["sha256"]) == (entry, kept["sha256"])
    shown = ashgrove.ok("attachment", "show", entry, kept["sha256"])
    assert "To whom it may concern" in shown["texts"][0]
    copy = ("attachment", "copy", entry, kept["sha256"], str(out))
    assert ashgrove(*copy, "--reason", " ").refused == "why_outside"
    assert not out.exists()
    ashgrove.ok(*copy, "--reason", "for the social worker")
    assert out.read_bytes() == letter.read_bytes()
    missing = ashgrove("attachment", "show", entry, "00" * 32)
    assert missing.refused == "no_such_file"


def test_rules_are_shown_set_and_taken_away(ashgrove: Terminal, child: str):
    before = {rule["id"]: rule["on"] for rule in ashgrove.ok("rules", "show")["rules"]}
    assert [rule for rule, on in before.items() if on] == ["two_in_30", "three_in_90"]
    ashgrove.ok("rules", "set", "two_in_30", "--off")
    ashgrove.ok("rules", "set", "worries", "--n", "1", "--days", "9", "--kind", "concern")
    entry = _entry(ashgrove, child, "concern", "Upset")
    (prompt,) = ashgrove.ok("child", "chronology", child)["prompts"]
    assert (prompt["rule"], prompt["evidence"]) == ("worries", [entry])
    assert prompt["rows"] == [{"id": entry, "day": "2026-11-09", "summary": "Upset"}]
    ashgrove.ok("rules", "remove", "worries")
    assert ashgrove.ok("child", "chronology", child)["prompts"] == []
    assert ashgrove("rules", "remove", "worries").refused == "no_such_rule"
    assert ashgrove("rules", "set", "two_in_30").code == 2
