"""The window's own commands, and a shortcut for every key of the table that the window answers."""

from collections.abc import Callable
from functools import partial
from typing import Final, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from schoolsafe.ui.commands import COMMANDS
from schoolsafe.ui.house import House
from schoolsafe.ui.rail import PLACES

_DOORS: Final = {
    "conflicts": "record_conflict",
    "cover-rota": "cover",
    "protocol-cards": "protocol_cards",
}
"""Screens that stand in no rail: a command of their own opens them."""
_AGENCIES: Final = {
    "contacts": "contacts",
    "helplines": "helplines",
    "share-log": "shares",
    "voice-audit": "voice",
    "strategy": "strategy",
    "area": "area",
}
"""Parts of Agencies and sharing, each by a command of its own."""


class OwnWindow(Protocol):
    """What the window can do by itself."""

    def open(self, screen: str, **args: object) -> None:
        """A section."""
        ...

    def search(self) -> None:
        """The palette."""
        ...

    def focus_search(self) -> None:
        """The cursor in search."""
        ...

    def show_keys(self) -> None:
        """The list of keys."""
        ...

    def show_help(self) -> None:
        """F1."""
        ...

    def cycle(self, step: int) -> None:
        """The next or previous pane."""
        ...

    def back(self) -> None:
        """Where the person came from."""
        ...

    def close_front(self) -> None:
        """Esc."""
        ...

    def undo(self) -> None:
        """The last thing."""
        ...

    def lock(self) -> None:
        """Now."""
        ...

    def toggle_cover(self) -> None:
        """Covers or shows again."""
        ...

    def choose_files(self) -> None:
        """Ctrl+O."""
        ...

    def choose_folder(self) -> None:
        """Ctrl+Shift+O."""
        ...

    def paste(self) -> None:
        """Ctrl+Shift+V."""
        ...

    def check_mail(self) -> None:
        """F5."""
        ...


def own_commands(window: OwnWindow, house: House) -> dict[str, Callable[[], None]]:
    """What the window answers where the screen in front does not."""
    own: dict[str, Callable[[], None]] = {
        "palette": window.search,
        "search": window.focus_search,
        "keys": window.show_keys,
        "next-pane": partial(window.cycle, 1),
        "previous-pane": partial(window.cycle, -1),
        "back": window.back,
        "close": window.close_front,
        "undo": window.undo,
        "lock": window.lock,
        "cover": window.toggle_cover,
        "open-file": window.choose_files,
        "open-folder": window.choose_folder,
        "paste-notice": window.paste,
    }
    own |= {p.command: partial(window.open, p.id) for p in PLACES if p.id in house.screens}
    if "registers" in house.screens:
        own["schools"] = partial(window.open, "registers")
    own |= {
        command: partial(window.open, screen)
        for command, screen in _DOORS.items()
        if screen in house.screens
    }
    if "agencies" in house.screens:
        own |= {
            command: partial(window.open, "agencies", part=part)
            for command, part in _AGENCIES.items()
        }
    if "call" in house.screens:
        own["log-call"] = partial(window.open, "call")
    if house.mail is not None:
        own["check-mail"] = window.check_mail
    if house.help is not None:
        own["help"] = window.show_help
    if house.look is not None:
        own |= {name: partial(house.look, name) for name in ("light", "dark", "contrast")}
    return own


def shortcuts(window: QWidget, run: Callable[[str], bool]) -> list[QShortcut]:
    """One for every key that works whatever has the focus."""
    made = []
    for command in COMMANDS:
        for key in command.keys if command.window_key else ():
            shortcut = QShortcut(QKeySequence(key), window)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(partial(run, command.id))
            made.append(shortcut)
    return made
