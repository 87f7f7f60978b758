"""``schoolsafe demo``: opens the demo school; with no screen, lives its morning and leaves pictures and pages."""

import os
import shutil
import sys
from pathlib import Path

from schoolsafe.bootstrap import demo_record
from schoolsafe.bootstrap.entrance import HomeEntrance


def run(out: Path, *, headless: bool, size: str) -> int:
    """Makes the demo school once under ``out``; later runs open it in seconds. Gives the exit code."""
    out = out.absolute()
    if headless or not has_screen():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from schoolsafe.bootstrap.journey import live  # noqa: PLC0415  # Qt reads the platform when it is imported

        return live(fresh(out, size), out, say=say)
    from schoolsafe.bootstrap.demo_window import show  # noqa: PLC0415  # only with a screen

    out.mkdir(mode=0o700, parents=True, exist_ok=True)
    return show((out, school_of(out, size)), lambda: fresh(out, size))


def school_of(out: Path, size: str) -> Path:
    """The data folder of the demo school that is opened."""
    return out / f"school-{size}"


def fresh(out: Path, size: str) -> Path:
    """The demo school as its morning begins: made once, copied for each run, so that every run tells the same."""
    made, home = out / "made" / size, school_of(out, size)
    if not HomeEntrance(made).seats():
        say("Making the demo school. Everybody and everything in it is invented.")
        _clear(made)
        made.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        demo_record.make(made, batch=size == "large")
    _clear(home)
    shutil.copytree(made, home)
    shutil.copytree(secret_of(made), secret_of(home))
    return home


def secret_of(home: Path) -> Path:
    """Where the demo keeps this computer's secret: beside the data folder."""
    return home.with_name(home.name + ".secret")


def _clear(home: Path) -> None:
    for folder in (home, secret_of(home)):
        shutil.rmtree(folder, ignore_errors=True)


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
