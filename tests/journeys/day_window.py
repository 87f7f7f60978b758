"""The part of a day at the window: a draft typed, a search, a told slip, then the process aborts with all of it open.

Everything it is told comes on standard input; it prints the titles its windows had, one JSON line.
"""

import json
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from schoolsafe.bootstrap.memory import keep_in
from schoolsafe.bootstrap.window import Inside, WindowEntrance, wiring
from schoolsafe.ui.app import Program, make_app
from schoolsafe.ui.camera import Camera
from schoolsafe.ui.screens.call.view import KEEP_MS

NOW = datetime(2026, 11, 9, 8, 18, tzinfo=UTC)


def main() -> int:
    keep_in()
    job = json.load(sys.stdin)
    said, home = job["words"], Path(job["home"])
    app = make_app(["schoolsafe"])
    program = Program(app, replace(wiring(home, now=NOW), appearance=None))
    entrance = WindowEntrance(home, now=NOW)
    program.enter(entrance.unlock(entrance.seats()[0].id, job["passphrase"]))
    inside, window = program.opened, program.window
    if window is None or not isinstance(inside, Inside):
        return 1
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    camera = Camera(home, tasks=program.tasks, write=lambda _path, _data: None)
    titles: set[str] = set()

    def see() -> None:
        camera.settle()
        titles.update(each.windowTitle() for each in QApplication.topLevelWidgets())

    see()
    child = inside.opened.services.children.list(said["pupil surname"])[0].id
    for place, facts in (
        ("pupil_file", {"child": child}),
        ("told_slip", {"child": child}),
        ("pupils", {}),
    ):
        window.open(place, **facts)
        see()
    window.open("call")
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    see()
    camera.type(said["window draft"])
    QTest.qWait(2 * KEEP_MS)  # a draft is kept a moment after the last letter
    see()
    QTest.keySequence(window, "Ctrl+K")
    camera.type(said["window search"])
    see()
    sys.stdout.write(json.dumps({"titles": sorted(titles)}) + "\n")
    sys.stdout.flush()
    os.abort()


if __name__ == "__main__":
    sys.exit(main())
