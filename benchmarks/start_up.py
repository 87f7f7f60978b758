"""From the start of the process to a painted unlock screen, beside a bare Qt window, in one run.

Each round starts both once, in turn; a child says when its window was painted for the first time.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROUNDS = 9
_PAINTED = """
import sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
class Seen(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(time.monotonic() - float(sys.argv[1]), flush=True)
            QTimer.singleShot(0, app.quit)
            watched.removeEventFilter(self)
        return False
seen = Seen()
"""
BARE = (
    _PAINTED
    + """
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget(); window.resize(1440, 900); window.installEventFilter(seen); window.show()
app.exec()
"""
)
OURS = (
    _PAINTED
    + """
from pathlib import Path
from schoolsafe.bootstrap.window import wiring
from schoolsafe.ui.app import Program, make_app
app = make_app(["schoolsafe"])
program = Program(app, wiring(Path(sys.argv[2])))
program.begin()
program.unlock_window.installEventFilter(seen)
app.exec()
heavy = sorted({name.split(".")[0] for name in sys.modules} & {"sqlalchemy", "keyring", "reportlab", "sqlcipher3"})
print("loaded before the paint and shortly after:", heavy, file=sys.stderr)
program.stop()
"""
)


def seconds(code: str, home: str) -> float:
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
    return float(done.stdout.split()[0])


def main() -> int:
    home = str(Path("build/scratch/large-school").absolute())
    bare, ours = [], []
    for _ in range(ROUNDS):
        bare.append(seconds(BARE, home))
        ours.append(seconds(OURS, home))
    print(f"bare Qt window painted      median {median(bare):.3f} s  min {min(bare):.3f} s")
    print(
        f"unlock screen painted       median {median(ours):.3f} s  min {min(ours):.3f} s   target <= 0.4 s warm"
    )
    print(f"ratio of medians            {median(ours) / median(bare):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
