"""The demo school in a window: no passphrase to type, its clock stands at 8:18am."""

import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from schoolsafe.bootstrap.demo import story_time
from schoolsafe.bootstrap.demo_record import PASSPHRASE
from schoolsafe.bootstrap.window import WindowEntrance, wiring
from schoolsafe.ui.app import Program, make_app


def open_demo(app: QApplication, home: Path) -> Program:
    """The program with the demo school open."""
    given = replace(wiring(home, now=story_time()), appearance=None)
    program = Program(app, given)
    entrance = WindowEntrance(home, now=story_time())
    program.enter(entrance.unlock(entrance.seats()[0].id, PASSPHRASE))
    return program


def show(home: Path) -> int:
    """Runs until the window is closed; gives the exit code."""
    app = make_app(sys.argv)
    program = open_demo(app, home)
    code = app.exec()
    program.stop()
    return code
