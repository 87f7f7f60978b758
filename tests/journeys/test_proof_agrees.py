"""`verify`, `rebuild` and the stand-alone verifier read one journal and come to the same: rows, feeds, heads."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from journeys.program import MAILS, SRC, set_up

VERIFIER = SRC.parent / "resources" / "verifier" / "schoolsafe_verify.py"


def _verified(export: Path) -> tuple[int, dict]:
    """In a Python that knows nothing of ours: no path, no site of the tests."""
    ended = subprocess.run(
        [sys.executable, "-I", str(VERIFIER), str(export)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=export.parent,
        env={"PATH": "/usr/bin:/bin"},
    )
    return ended.returncode, json.loads(ended.stdout)


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_two_programs_by_two_roads_agree(tmp_path: Path):
    program = set_up(tmp_path)
    mails = sorted(str(mail) for mail in MAILS.glob("0[1-4]*.eml"))
    notices = [
        notice
        for result in program.ok("import", "mail", *mails)["results"]
        for notice in result["notifications"]
    ]
    program.ok("notification", "match", notices[0], "--line", "1", "--none", "Not on our roll")
    program.ok("notification", "log", "--child", "Robin", "--said", "-", typed="Shouting\n")
    state = program.ok("rebuild")
    export = tmp_path / "journal.ssj"
    program.ok("export", "journal", str(export))
    assert export.stat().st_mode & 0o077 == 0
    ours = program.ok("verify", "--deep")
    code, theirs = _verified(export)
    assert (code, theirs["ok"], theirs["first_bad"]) == (0, True, None)
    assert theirs["rows"] == ours["rows"]
    assert theirs["feeds"] == ours["feeds"]
    again = program.ok("rebuild")
    # The export's own audit row, and its line in the share log.
    assert again["rows"] == ours["rows"] == state["rows"] + 2
    assert program.ok("verify")["ok"]
    _heads_are_those_of_the_anchor(program, theirs)

    changed = bytearray(export.read_bytes())
    changed[len(changed) // 2] ^= 1
    export.write_bytes(bytes(changed))
    code, theirs = _verified(export)
    assert (code, theirs["ok"]) == (5, False)


def _heads_are_those_of_the_anchor(program, theirs: dict) -> None:
    from schoolsafe.bootstrap.entrance import HomeEntrance

    with HomeEntrance(program.home).open(program.passphrase) as opened:
        raws = [bytes.fromhex(row) for row in _heads(opened.services.desk.journal)]
    told = json.dumps(theirs["heads"])
    assert raws
    for head in raws:
        assert head.hex() in told
    assert hashlib.sha256(told.encode()).digest()


def _heads(journal) -> list[str]:
    found = journal._writer.ask("SELECT rid FROM head")
    return [bytes(rid).hex() for (rid,) in found]
