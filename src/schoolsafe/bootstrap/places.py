"""Where this computer keeps our files: records, settings, logs. Nothing is made here.

Light on purpose: the first thing of every run.
"""

from pathlib import Path
from typing import Final

import platformdirs

_NAME: Final = "schoolsafe"
WINDOW: Final = "window.ini"


def data_folder() -> Path:
    """Where the operating system keeps a person's own data, on this computer only."""
    return platformdirs.user_data_path(_NAME, appauthor=False, roaming=False)


def config_folder(home: Path) -> Path:
    """The system's own place for settings; beside the records where somebody named another data folder."""
    own = home == data_folder()
    return platformdirs.user_config_path(_NAME, appauthor=False, roaming=False) if own else home


def log_folder() -> Path:
    """Where logs go: the system's own place, whatever the data folder is."""
    return platformdirs.user_log_path(_NAME, appauthor=False)


def demo_folder(home: Path) -> Path:
    """Where the demo school opened from a window lives: beside the records, never among them."""
    return home.with_name(f"{home.name}-demo")


def window_file(home: Path) -> Path:
    """Where the size of the window is kept."""
    return config_folder(home) / WINDOW
