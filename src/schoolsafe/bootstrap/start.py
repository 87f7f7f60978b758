"""The first step of every run: words and logs, then the window where there is no command, else the command line."""

import gettext
import sys
from pathlib import Path

from schoolsafe import resources, words
from schoolsafe.bootstrap import logs, memory
from schoolsafe.bootstrap.outside import System
from schoolsafe.bootstrap.places import log_folder


def run(arguments: list[str]) -> int:
    """Gives the exit code."""
    memory.keep_in()
    words.install(gettext.translation("schoolsafe", resources.path("locale"), fallback=True))
    folder = log_folder()
    logs.start(folder)
    logs.watch_faults(folder)
    system = System()
    window = _only_a_window(arguments)
    if window is not None:
        home, file = window
        return system.window(system.home(home), file)
    # The window is painted without any of this: SQLAlchemy and cryptography cost more than the screen.
    from schoolsafe.cli.main import run as run_command  # noqa: PLC0415

    try:
        return run_command(arguments, system)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output went away; there is nobody to tell
        return 4


def _only_a_window(arguments: list[str]) -> tuple[str | None, str | None] | None:
    """Home and file, where no command was given; a file is one that exists."""
    rest = list(arguments)
    home = None
    if rest[:1] == ["--home"] and len(rest) > 1:
        home, rest = rest[1], rest[2:]
    if not rest:
        return home, None
    if (
        len(rest) == 1
        and not rest[0].startswith("-")
        and Path(rest[0]).suffix
        and Path(rest[0]).is_file()
    ):
        return home, rest[0]
    return None
