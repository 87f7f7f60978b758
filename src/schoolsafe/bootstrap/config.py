"""`config.toml` beside the data (look, text size, idle minutes; nothing personal) and IT's `policy.toml`.

A file somebody edited by hand and got wrong is as good as none: the program opens with what is usual.
"""

import sys
import tomllib
from pathlib import Path
from typing import Any

import platformdirs

from schoolsafe.errors import SchoolSafeError
from schoolsafe.reports.files import DiskFiles
from schoolsafe.ui.appearance import Appearance

CONFIG = "config.toml"
POLICY = "policy.toml"


class ConfigFile:
    """Keeps the appearance between starts."""

    def __init__(self, home: Path) -> None:
        self._path = home / CONFIG

    def load(self) -> Appearance:
        """What was kept; the usual one if nothing was."""
        kept = read_toml(self._path).get("appearance", {})
        usual = Appearance()
        if not isinstance(kept, dict):
            return usual
        look = kept.get("look")
        return Appearance(
            look=look if isinstance(look, str) else usual.look,
            percent=_number(kept.get("percent"), usual.percent),
            idle_minutes=_number(kept.get("idle_minutes"), usual.idle_minutes),
        )

    def save(self, appearance: Appearance) -> None:
        """Keeps it; a folder that cannot be written keeps nothing and stops nobody."""
        if not self._path.parent.is_dir():
            return
        text = (
            "# SchoolSafe on this computer. No personal data.\n"
            "[appearance]\n"
            f'look = "{appearance.look}"\n'
            f"percent = {appearance.percent}\n"
            f"idle_minutes = {appearance.idle_minutes}\n"
        )
        try:
            DiskFiles().write_new(self._path, text.encode())
        except SchoolSafeError:
            return


def policy() -> dict[str, Any]:
    """What school IT has fixed for this machine, from the machine-wide folder. Empty where nothing is."""
    return read_toml(policy_path())


def policy_path() -> Path:
    r"""``/etc/xdg/schoolsafe/policy.toml``, ``%PROGRAMDATA%\SchoolSafe\policy.toml`` and so on."""
    name = "SchoolSafe" if sys.platform in {"win32", "darwin"} else "schoolsafe"
    return platformdirs.site_config_path(name, appauthor=False) / POLICY


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file as a dictionary; empty where there is none, or none that can be read."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}


def _number(value: object, usual: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else usual
