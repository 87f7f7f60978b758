"""Every command once: its id, its words, its keys and where it works.

Feeds menus, buttons, the palette, the list of keys and the manual. Qt-free. Left to others: what a
command does
(screens and the shell).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from schoolsafe.words import N_, _


class Where(StrEnum):
    """Where a command works."""

    ANYWHERE = "anywhere"
    SECTION = "section"
    TODAY = "today"
    NOTIFICATION = "notification"
    CHILD = "child"
    FORM = "form"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do by key, by button and from the palette."""

    id: str
    words: str
    keys: tuple[str, ...] = ()
    """Portable names, the first one shown."""
    where: Where = Where.ANYWHERE
    icon: str = ""
    window_key: bool = True
    """False where a list, a choice or a field answers the key itself."""

    @property
    def title(self) -> str:
        """The words in the language in use."""
        return _(self.words)


COMMANDS: Final[tuple[Command, ...]] = (
    Command("palette", N_("Find a pupil or an action"), ("Ctrl+K",), icon="search"),
    Command("search", N_("Put the cursor in search"), ("Ctrl+E", "F3"), icon="search"),
    Command("log-call", N_("Log a phone call"), ("Ctrl+N",), icon="phone"),
    Command("open-file", N_("Open or import a file"), ("Ctrl+O",), icon="inbox"),
    Command("open-folder", N_("Take in every file of a folder"), ("Ctrl+Shift+O",), icon="inbox"),
    Command("paste-notice", N_("Paste a message that was copied"), ("Ctrl+Shift+V",), icon="inbox"),
    Command("check-mail", N_("Look for new mail"), ("F5",), icon="refresh-cw"),
    Command("go-today", N_("Go to Today"), ("Ctrl+1",), icon="sun"),
    Command("go-pupils", N_("Go to Pupils"), ("Ctrl+2",), icon="users"),
    Command("go-reports", N_("Go to Reports"), ("Ctrl+6",), icon="clipboard-list"),
    Command("cover-rota", N_("Cover rota and contact card"), icon="calendar-check"),
    Command("protocol-cards", N_("Protocol cards"), icon="scale"),
    Command("contacts", N_("Contact book"), ("Ctrl+Shift+C",), icon="users-round"),
    Command("helplines", N_("Helplines"), icon="phone"),
    Command("share-log", N_("What was shared"), icon="arrow-right-left"),
    Command("voice-audit", N_("The child’s voice: who was heard"), icon="message-circle"),
    Command("strategy", N_("Strategy meetings, counted"), icon="calendar-check"),
    Command("area", N_("How your area does it: levels, stages, daily meeting"), icon="settings"),
    Command("settings", N_("Settings"), ("Ctrl+,",), icon="settings"),
    Command("schools", N_("Schools and term dates"), icon="graduation-cap"),
    Command("help", N_("Help for this screen"), ("F1",), icon="circle-help"),
    Command("keys", N_("List of keys"), ("Ctrl+/",), icon="keyboard"),
    Command("next-pane", N_("Next pane"), ("F6",), icon="chevron-right"),
    Command("previous-pane", N_("Previous pane"), ("Shift+F6",), icon="chevron-left"),
    Command("back", N_("Back"), ("Alt+Left",), icon="chevron-left"),
    Command("close", N_("Close the pane, clear the search"), ("Esc",), icon="x"),
    Command("undo", N_("Undo the last thing"), ("Ctrl+Z",), icon="undo-2"),
    Command("lock", N_("Lock now"), ("Ctrl+L",), icon="lock"),
    Command("cover", N_("Cover the screen"), ("F9",), icon="eye"),
    Command("light", N_("Use light colours"), icon="sun"),
    Command("dark", N_("Use dark colours"), icon="moon"),
    Command("contrast", N_("Use high contrast"), icon="contrast"),
    Command("save", N_("Save, or finish and open next"), ("Ctrl+Return",), Where.FORM, "check"),
    Command(
        "choose",
        N_("Choose one of the four"),
        ("Alt+1", "Alt+2", "Alt+3", "Alt+4"),
        Where.NOTIFICATION,
        "list-checks",
        window_key=False,
    ),
    Command(
        "confirm",
        N_("Confirm the only proposal, or go to the first"),
        ("Return",),
        Where.LIST,
        "check",
        window_key=False,
    ),
    Command(
        "confirm-row",
        N_("Confirm the match of the row"),
        ("Space",),
        Where.LIST,
        "check",
        window_key=False,
    ),
    Command("add-sibling", N_("Add the sibling on offer"), ("Alt+B",), Where.NOTIFICATION, "users"),
    Command("told-slip", N_("Told slip"), ("Ctrl+T",), Where.CHILD, "file-text"),
    Command("print", N_("Print, with preview"), ("Ctrl+P",), Where.CHILD, "printer"),
    Command(
        "expected-notice",
        N_("Expected a notification, not received"),
        where=Where.CHILD,
        icon="inbox",
    ),
    Command("add-entry", N_("Add an entry"), ("Ctrl+Shift+N",), Where.CHILD, "plus"),
    Command("conflicts", N_("What two people changed"), icon="users"),
    Command("add-action", N_("Add an action"), ("Ctrl+Shift+A",), Where.CHILD, "list-checks"),
    Command(
        "show-hidden", N_("Show what a filter hides and names"), ("Alt+H",), Where.CHILD, "eye"
    ),
    Command("record", N_("Record something"), ("Ctrl+Shift+R",), Where.CHILD, "file-plus"),
)
"""Step 1. Later sections add theirs here, and nowhere else."""

BY_ID: Final[Mapping[str, Command]] = {command.id: command for command in COMMANDS}

_KEY_WORDS: Final = {
    "Return": N_("Enter"),
    "Esc": N_("Esc"),
    "Space": N_("Space"),
    "Left": N_("Left"),
}


@cache
def window_keys() -> frozenset[str]:
    """Keys the window answers, whatever has the focus, in Qt's portable names.

    Undo is settled by the field.
    """
    return frozenset(key for command in COMMANDS if command.window_key for key in command.keys) - {
        "Esc",
        "Ctrl+Z",
    }


def key_words(command_id: str) -> str:
    """The first key of a command as people read it, or nothing: "Ctrl+Enter"."""
    keys = BY_ID[command_id].keys
    if not keys:
        return ""
    if len(keys) > 1 and not BY_ID[command_id].window_key:
        return _("{first} to {last}").format(first=keys[0], last=keys[-1].rsplit("+", 1)[-1])
    return "+".join(_(_KEY_WORDS.get(part, part)) for part in keys[0].split("+"))


class Dispatcher:
    """Runs a command where it is meant: the screen in front first, then the window."""

    def __init__(self, window: Mapping[str, Callable[[], None]]) -> None:
        """The window's own commands; a screen in front lends its own."""
        self._window = dict(window)
        self._screen: Mapping[str, Callable[[], None]] = {}

    def set_screen(self, commands: Mapping[str, Callable[[], None]]) -> None:
        """The commands of the screen in front."""
        self._screen = commands

    def add(self, command_id: str, run: Callable[[], None]) -> None:
        """One more command of the window."""
        self._window[BY_ID[command_id].id] = run

    def can(self, command_id: str) -> bool:
        """Whether anybody answers it now."""
        return command_id in self._screen or command_id in self._window

    def run(self, command_id: str) -> bool:
        """Does it; False if nobody answers it now."""
        do = self._screen.get(command_id) or self._window.get(command_id)
        if do is None:
            return False
        do()
        return True

    def offered(self) -> tuple[Command, ...]:
        """Commands that work now, in the order of the table."""
        return tuple(command for command in COMMANDS if self.can(command.id))
