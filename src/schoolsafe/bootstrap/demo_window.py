"""The demo school in a window: no passphrase to type, its clock stands at 8:18am."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from schoolsafe.bootstrap.demo_record import PASSPHRASE, story_time
from schoolsafe.bootstrap.window import WindowEntrance, wiring
from schoolsafe.ui.app import Program, make_app


def open_demo() -> Callable[[Path], Program]:
    """Makes the application; what it gives opens a demo school in it."""
    app = make_app(sys.argv)

    def enter(home: Path) -> Program:
        given = replace(wiring(home, now=story_time()), appearance=None)
        program = Program(app, given)
        entrance = WindowEntrance(home, now=story_time())
        program.enter(entrance.unlock(entrance.seats()[0].id, PASSPHRASE))
        return program

    return enter


def show(home: Path) -> int:
    """Runs until the window is closed; gives the exit code."""
    return open_demo()(home).run()
