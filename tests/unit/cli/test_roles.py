"""Whoever sets a school up: each role does what its keys allow, and is told plainly what they do not."""

import subprocess
import sys
from pathlib import Path

import pytest

from schoolsafe.bootstrap.entrance import HomeEntrance
from schoolsafe.domain.entry import Add, NewEntry
from terminal import MONDAY, PASSPHRASE, Terminal, set_calendar

DATA = Path(__file__).parents[2] / "data"
VERIFIER = Path(__file__).parents[3] / "resources" / "verifier" / "schoolsafe_verify.py"
CHILD = "child:00000000000000c1"
WRITERS = ("head", "pastoral", "teacher", "office", "pshe_lead")


def founded_by(folder: Path, role: str) -> Terminal:
    terminal = Terminal(folder / "home")
    terminal.ok(
        *("setup", "--school", "Ashgrove Primary School", "--urn", "999101"),
        *("--person", "Priya Nair", "--role", role, "--device-secret", "file", "--test-vault"),
    )
    return terminal


def with_a_pupil(terminal: Terminal) -> Terminal:
    set_calendar(terminal)
    with HomeEntrance(terminal.home).open(PASSPHRASE) as opened:
        values = {"surname": "Archer", "forename": "Ada", "status": "on_roll"}
        entry = NewEntry("school", "child.add", (Add(CHILD, values),), subject=CHILD)
        opened.services.desk.journal.append([entry])
    return terminal


@pytest.mark.parametrize("role", WRITERS)
def test_who_cannot_read_the_teams_records_can_write_to_them_and_is_told_the_rest(tmp_path, role):
    school = with_a_pupil(founded_by(tmp_path, role))
    made = school.ok("notification", "log", "--child", "Ada Archer", "--said", "Quiet today.")
    mail = str(min((DATA / "notifications").glob("*.eml")))
    assert school.ok("import", "mail", mail)["results"][0]["outcome"] == "received"
    for command in (
        ("notification", "list"),
        ("notification", "show", made["id"]),
        ("child", "chronology", CHILD),
    ):
        said = school(*command)
        assert (said.code, said.refused) == (1, "not_yours_to_read"), command
    for command in (
        ("notification", "match", made["id"], "--line", "1", "--child", CHILD),
        ("notification", "decide", made["id"], "--all", "--choice", "quiet", "--reason", "x"),
        ("notification", "close", made["id"], "--reason", "x"),
        ("fix", made["id"], "--text", "x", "--reason", "y"),
    ):
        assert school(*command).code == 1, command
    today = school.ok("today")
    assert today["before_registration"] == []
    assert "no notifications" not in today["since"]
    assert "safeguarding leads" in today["since"]
    assert school.ok("verify", "--deep")["ok"]
    rows = school.ok("status")["records"]["here"]
    assert school.ok("rebuild")["rows"] == rows
    export = tmp_path / "journal.ssj"
    school.ok("export", "journal", str(export))
    proved = subprocess.run([sys.executable, str(VERIFIER), str(export)], check=False)
    assert proved.returncode == 0


def test_a_head_who_sets_up_writes_and_reads_the_log_of_prints(tmp_path):
    school = with_a_pupil(founded_by(tmp_path, "head"))
    school.ok("export", "journal", str(tmp_path / "journal.ssj"))
    with HomeEntrance(school.home).open(PASSPHRASE) as opened:
        (line,) = opened.services.desk.reader.find("audit_line")
        assert (line.values["act"], line.values["what"]) == ("exported", "journal")
        before = opened.services.desk.reader.state_hash()
        assert opened.services.records.rebuild()[1] == before


@pytest.mark.parametrize("role", ["governor", "it_admin"])
def test_a_role_without_a_place_in_the_school_sets_nothing_up(tmp_path, role):
    terminal = Terminal(tmp_path / "home")
    said = terminal(
        *("setup", "--school", "Ashgrove Primary School", "--urn", "999101"),
        *("--person", "Priya Nair", "--role", role, "--device-secret", "file", "--test-vault"),
    )
    assert (said.code, said.refused) == (1, "cannot_found")
    assert HomeEntrance(terminal.home).seats() == ()
    founded_by(tmp_path, "dsl").ok("status")


def test_a_status_that_nobody_unlocks_still_tells_of_a_damaged_key_file(founded, tmp_path):
    school = founded.copied_to(tmp_path)
    assert school("status", secrets=[], now=None).code == 0
    (key_file,) = school.home.glob("seats/*/seat.key")
    key_file.write_bytes(key_file.read_bytes()[:-1])
    said = school("status", secrets=[], now=None)
    assert (said.code, said.refused) == (5, "damaged_key_file")


def test_the_clock_can_be_set_in_a_test_school_only_by_the_proved_label(founded, tmp_path):
    school = founded.copied_to(tmp_path)
    assert school.ok("today", now=MONDAY)["now"].startswith("2026-11-09")
