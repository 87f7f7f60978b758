"""Locking for real: a process that unlocks, locks, ends, and leaves a new one behind."""

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]

STORY = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from schoolsafe.ui import app as program_module
from ui.test_app import Outside
from ui.test_unlock import PHRASE

outside, folder = Outside(), Path(sys.argv[1])
note = f"from pathlib import Path; Path({str(folder / 'again')!r}).write_text('started')"
wiring = outside.wiring(folder=folder, again=(sys.executable, "-c", note))

begin = program_module.Program.begin

def unlock_then_lock(program):
    begin(program)
    program.unlock_window.unlocked.connect(lambda _: QTimer.singleShot(0, program.lock))
    QTimer.singleShot(0, lambda: program.unlock_window.presenter.unlock("s1", PHRASE))

program_module.Program.begin = unlock_then_lock
code = program_module.run(wiring, ["schoolsafe"])
print(outside.happened, (folder / "running.lock").exists())
sys.exit(code)
"""


def test_locking_ends_the_process_and_starts_a_new_one(qtbot, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", STORY, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
        env=os.environ | {"PYTHONPATH": str(TESTS), "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "['furnish vault of s1', 'close vault of s1'] False"
    qtbot.waitUntil((tmp_path / "again").exists, timeout=10_000)
