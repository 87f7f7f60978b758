"""A second start while the school is open is told so; when the first one dies, the next one goes on."""

import subprocess
import sys
from pathlib import Path

import pytest

from journeys.program import Program, set_up

HOLD = """
import sys
from pathlib import Path
from schoolsafe.bootstrap.entrance import HomeEntrance
with HomeEntrance(Path(sys.argv[1])).open(sys.stdin.readline().rstrip()) as opened:
    opened.services.children.add(surname="Zimmer", forename="Adam")
    print("open", flush=True)
    sys.stdin.readline()
"""


@pytest.mark.timeout(120)
def test_the_second_start_waits_its_turn(tmp_path: Path):
    program = set_up(tmp_path)
    first = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(program.home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=program.environment(),
    )
    assert first.stdin
    assert first.stdout
    first.stdin.write(program.passphrase + "\n")
    first.stdin.flush()
    assert first.stdout.readline() == "open\n"
    second = program("today")
    assert (second.code, second.json["error"]["code"]) == (4, "already_open")
    assert "another SchoolSafe window" in second.err
    assert program.ok("status", secrets=[])["locked"]
    first.kill()
    first.wait()
    for pipe in (first.stdin, first.stdout):
        pipe.close()
    assert [c["name"] for c in program.ok("child", "list")["children"]] == ["Adam Zimmer"]
    assert program.ok("verify", "--deep")["ok"]


@pytest.mark.timeout(120)
def test_a_mail_import_that_is_killed_is_simply_done_again(tmp_path: Path):
    program = set_up(tmp_path)
    mails = sorted(str(mail) for mail in Program(tmp_path).home.parents[0].glob("*.eml"))
    mails = mails or _mails(tmp_path)
    started = program.start("import", "mail", *mails)
    vault = next((program.home / "seats").iterdir()) / "vault.db-wal"
    while started.poll() is None and not (vault.exists() and vault.stat().st_size):
        pass
    started.kill()
    started.communicate()
    checked = program.ok("verify", "--deep")
    assert checked["ok"]
    assert checked["projections_match"]
    kept = len(program.ok("notification", "list")["notifications"])
    results = program.ok("import", "mail", *mails)["results"]
    assert sum(r["outcome"] == "duplicate" for r in results) == kept
    assert len(program.ok("notification", "list")["notifications"]) == len(mails)


def _mails(folder: Path) -> list[str]:
    paths = []
    for n in range(6):
        path = folder / f"{n}.eml"
        path.write_bytes(
            b"From: Northmere Police <encompass@northmere.police.example>\r\n"
            b"Message-ID: <%d@northmere.police.example>\r\n"
            b"Date: Mon, 09 Nov 2026 07:12:00 +0000\r\nSubject: Operation Encompass\r\n\r\n"
            b"Name: Robin EXAMPLE%d\r\nDOB: 14/03/2017\r\nIncident: 07/11/2026 at 22:40\r\n"
            % (n, n)
        )
        paths.append(str(path))
    return paths
