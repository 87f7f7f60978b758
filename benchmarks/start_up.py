"""From the start of the process to a painted unlock screen and the names on it, beside a bare Qt window, in one run.

Each round starts both once, in turn; a child says when its window was painted for the first time. Ours is the whole
program, as `python -m schoolsafe --home …` runs it.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROUNDS = 11
TARGET_S = 0.4
_PAINTED = """
import json, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
said = {}
def say(what):
    said.setdefault(what, time.monotonic() - float(sys.argv[1]))
class Seen(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            say("painted")
            watched.removeEventFilter(self)
            done(watched)
        return False
seen = Seen()
"""
BARE = (
    _PAINTED
    + """
from PySide6.QtWidgets import QApplication, QWidget
def done(_window):
    print(json.dumps(said))
    QTimer.singleShot(0, app.quit)
app = QApplication([])
window = QWidget(); window.resize(1440, 900); window.installEventFilter(seen); window.show()
app.exec()
"""
)
OURS = (
    _PAINTED
    + """
from schoolsafe.bootstrap import start
from schoolsafe.ui import app as program
HEAVY = {"sqlalchemy", "sqlcipher3", "cryptography", "keyring", "reportlab", "msgspec"}
begin = program.Program.begin
def watched_begin(self):
    begin(self)
    self.unlock_window.installEventFilter(seen)
    looking = self.looking = QTimer(self)
    looking.setInterval(1)
    looking.timeout.connect(lambda: named(self))
    looking.start()
def done(_window):
    said["heavy"] = sorted({name.split(".")[0] for name in sys.modules} & HEAVY)
def named(self):
    if self.unlock_window.names.count():
        say("named")
        print(json.dumps(said))
        self.looking.stop()
        program.QApplication.quit()
program.Program.begin = watched_begin
start.run(["--home", sys.argv[2]])
"""
)


def once(code: str, home: str) -> dict[str, float]:
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code, str(began), home],
        env=env,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return json.loads(done.stdout.splitlines()[0])


def line(words: str, times: list[float]) -> str:
    return f"{words:<28}median {median(times):.3f} s  min {min(times):.3f} s"


def main() -> int:
    home = Path("build/scratch/large-school").absolute()
    if not home.is_dir():
        print("make the large school first: benchmarks/large_school.py")
        return 1
    bare, ours = [], []
    for _ in range(ROUNDS):
        bare.append(once(BARE, str(home))["painted"])
        ours.append(once(OURS, str(home)))
    painted, named = [each["painted"] for each in ours], [each["named"] for each in ours]
    print(line("bare Qt window painted", bare))
    print(line("unlock screen painted", painted) + f"   target <= {TARGET_S} s warm")
    print(line("names on it", named))
    print(f"ratio of medians            {median(painted) / median(bare):.2f}")
    print("loaded before the paint:", ", ".join(ours[0]["heavy"]) or "nothing heavy")
    return 0


if __name__ == "__main__":
    sys.exit(main())
