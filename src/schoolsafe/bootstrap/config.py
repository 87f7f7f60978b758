"""`config.toml` (look, text size, idle minutes; nothing personal) and where this computer keeps such things.

A file somebody edited by hand and got wrong is as good as none: the program opens with what is usual. What IT fixed is
another matter: `policy`.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from schoolsafe.bootstrap.places import config_folder
from schoolsafe.errors import SchoolSafeError
from schoolsafe.ui.appearance import Appearance

CONFIG = "config.toml"


class ConfigFile:
    """Keeps the appearance between starts."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._path = config_folder(home) / CONFIG

    def load(self) -> Appearance:
        """What was kept; the usual one if nothing was."""
        kept = read_toml(self._path).get("appearance", {})
        usual = Appearance()
        if not isinstance(kept, dict):
            return usual
        look, hide = kept.get("look"), kept.get("hide_from_capture")
        return replace(
            usual,
            look=look if isinstance(look, str) else usual.look,
            percent=_number(kept.get("percent"), usual.percent),
            idle_minutes=_number(kept.get("idle_minutes"), usual.idle_minutes),
            hide_from_capture=hide if isinstance(hide, bool) else usual.hide_from_capture,
        )

    def save(self, appearance: Appearance) -> None:
        """Keeps it; a folder that cannot be written keeps nothing and stops nobody."""
        from schoolsafe.reports.files import DiskFiles  # noqa: PLC0415  # not before the unlock screen

        if self._path.parent == self._home and not self._home.is_dir():
            return  # set-up makes the data folder, and nobody else
        text = (
            "# SchoolSafe on this computer. No personal data.\n"
            "[appearance]\n"
            f'look = "{appearance.look}"\n'
            f"percent = {appearance.percent}\n"
            f"idle_minutes = {appearance.idle_minutes}\n"
            f"hide_from_capture = {str(appearance.hide_from_capture).lower()}\n"
        )
        try:
            DiskFiles().write_new(self._path, text.encode())
        except SchoolSafeError:
            return


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file as a dictionary; empty where there is none, or none that can be read."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    import tomllib  # noqa: PLC0415  # only where there is something to read

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}


def _number(value: object, usual: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else usual
