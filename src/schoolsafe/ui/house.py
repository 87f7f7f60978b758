"""What the window is given, made by ``bootstrap``: screens by id, and what they share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from schoolsafe.ui.commands import Dispatcher
from schoolsafe.ui.overlay import Overlay
from schoolsafe.ui.screen import ScreenFactory
from schoolsafe.ui.seams import Bus, Dialogs, FrameFacts, Navigator, TaskRunner

if TYPE_CHECKING:  # it brings the records along, which the unlock screen does not wait for
    from schoolsafe.ui.checker import Proof
    from schoolsafe.ui.mail_round import MailWork
    from schoolsafe.ui.relay_round import RelayWork

PaletteFactory = Callable[[QWidget, Dispatcher, Navigator], Overlay]
HelpFactory = Callable[[QWidget, Callable[[], str], Callable[[], None]], Overlay]
"""From where it lies, what says which screen is in front, and what opens the whole manual."""


@dataclass(frozen=True, slots=True)
class House:
    """One open vault, as far as the window knows it."""

    screens: Mapping[str, ScreenFactory]
    tasks: TaskRunner
    bus: Bus
    dialogs: Dialogs
    facts: Callable[[], FrameFacts]
    """Asked in the worker: at the start, after each change, and every minute."""
    lock: Callable[[], None]
    palette: PaletteFactory | None = None
    help: HelpFactory | None = None
    """F1: the page about the screen in front, beside it."""
    home: str = "today"
    look: Callable[[str], None] | None = None
    """Sets light, dark or contrast from the palette."""
    mail: "MailWork | None" = None
    """Where messages come from by themselves, and the worker that looks there."""
    relay: "RelayWork | None" = None
    """Where sealed notices wait, and the worker that looks there."""
    proof: "Proof | None" = None
    """What proves the whole record in the background."""
