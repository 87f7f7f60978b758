"""What the command line needs from outside; carried out by `bootstrap`."""

from argparse import Namespace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from schoolsafe.services.entrance import Entrance
from schoolsafe.services.police_sender import PoliceSender
from schoolsafe.services.ports_outside import Files
from schoolsafe.services.relay import Mailboxes


class Outside(Protocol):
    """Folders, files, windows."""

    @property
    def files(self) -> Files:
        """Files a person names."""
        ...

    def home(self, given: str | None) -> Path:
        """The data folder: the argument, SCHOOLSAFE_HOME, or this system's own place."""
        ...

    def entrance(self, home: Path) -> Entrance:
        """The way in to what that folder holds."""
        ...

    def sender(self, folder: Path, now: datetime | None) -> PoliceSender:
        """A police force, by the folder of its key."""
        ...

    def relay(self, folder: Path, *, make: bool = False) -> Mailboxes:
        """The relay in a folder; ``make`` marks one that is none yet."""
        ...

    def about(self) -> dict[str, Any]:
        """Places of this computer, and what the school's IT has fixed here; no personal data."""
        ...

    def window(self, home: Path, path: str | None) -> int:
        """Opens the window; gives the exit code."""
        ...

    def self_test(self) -> dict[str, Any]:
        """Every part once."""
        ...

    def demo(self, args: Namespace) -> int:
        """Opens the demo school."""
        ...

    def screenshots(self, folder: str) -> dict[str, Any]:
        """A picture of every screen."""
        ...
