"""``schoolsafe demo``: opens the demo school; with no screen, lives its morning and leaves pictures and pages."""

import os
import sys
from pathlib import Path

from schoolsafe.bootstrap import demo_record
from schoolsafe.bootstrap.entrance import HomeEntrance


def run(out: Path, *, headless: bool, size: str) -> int:
    """Makes the demo school once under ``out``; later runs open it in seconds. Gives the exit code."""
    home = out.absolute() / f"school-{size}"
    if not home.parent.is_dir():
        home.parent.mkdir(mode=0o700, parents=True)
    if not HomeEntrance(home).seats():
        say("Making the demo school. Everybody and everything in it is invented.")
        demo_record.make(home, batch=size == "large")
    if headless or not has_screen():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from schoolsafe.bootstrap.journey import live  # noqa: PLC0415  # Qt reads the platform when it is imported

        return live(home, out.absolute(), say=say)
    from schoolsafe.bootstrap.demo_window import show  # noqa: PLC0415  # only with a screen

    return show(home)


def say(words: str) -> None:
    """A line for a person; standard output stays for answers."""
    sys.stderr.write(words + "\n")


def has_screen() -> bool:
    """Whether a window could be seen."""
    if sys.platform in {"win32", "darwin"}:
        return True
    asked = os.environ.get("QT_QPA_PLATFORM", "")
    return asked != "offscreen" and bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
