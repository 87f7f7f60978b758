"""The program is stopped hard with a vault open: no core file, no words left behind, nothing lost that was saved."""

import resource
import signal
from pathlib import Path

import pytest

from journeys.program import MAILS, set_up


def _allow_cores() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@pytest.mark.timeout(120)
@pytest.mark.parametrize("how", [signal.SIGABRT, signal.SIGSEGV])
def test_a_crash_leaves_no_dump(tmp_path: Path, how: signal.Signals):
    program = set_up(tmp_path)
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    mails = [str(mail) for mail in sorted(MAILS.glob("*.eml"))]
    running = program.start("import", "mail", *mails, preexec_fn=_allow_cores)
    log = next((program.home / "seats").iterdir()) / "vault.db-wal"
    while running.poll() is None and not (log.exists() and log.stat().st_size):
        pass
    assert running.poll() is None, running.communicate()
    assert Path(f"/proc/{running.pid}/limits").read_text().count("Max core file size") == 1
    running.send_signal(how)
    running.communicate()
    assert running.returncode == -how
    new = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert {path.name for path in new} <= {
        "vault.db-wal",
        "vault.db-shm",
        "schoolsafe.log",
        "faults.log",
    }
    assert program.ok("verify", "--deep")["ok"]
