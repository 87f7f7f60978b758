"""The demo school in a window: no passphrase to type, its clock stands at 8:18am."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from schoolsafe.bootstrap.demo_record import PASSPHRASE, story_time
from schoolsafe.bootstrap.window import WindowEntrance, wiring
from schoolsafe.ui.app import Program, make_app
from schoolsafe.ui.single import SingleInstance


def open_demo() -> Callable[..., Program]:
    """Makes the application; what it gives opens a demo school in it, at a text size in per cent if told."""
    app = make_app(sys.argv)

    def enter(home: Path, percent: int = 100) -> Program:
        given = replace(wiring(home, now=story_time()), appearance=None)
        program = Program(app, given)
        program.dresser.change(percent=percent)
        entrance = WindowEntrance(home, now=story_time())
        program.enter(entrance.unlock(entrance.seats()[0].id, PASSPHRASE))
        return program

    return enter


def show(held: Sequence[Path], make: Callable[[], Path]) -> int:
    """Runs until the window is closed; gives the exit code.

    Args:
        held: folders of which any other demo holds one while it is made or open: it comes to the front instead.
        make: makes the school anew and gives its folder.
    """
    enter = open_demo()
    here = [SingleInstance(folder) for folder in held if folder.is_dir()]
    if not all(each.take() for each in here):
        return 0
    making, *opened = here
    for each in opened:
        each.release()  # the program takes it again once the folder is fresh
    program = enter(make())
    making.raise_wanted.connect(program.raise_window)
    try:
        return program.run()
    finally:
        making.release()
