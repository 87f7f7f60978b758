"""The relay as services see it: mailboxes where sealed bytes wait; and which relay this computer uses.

The place is kept in the vault on this computer, no part of the record: another computer has another
path. Left to others: the folder itself (relay), what the bytes mean.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from schoolsafe.errors import Refused
from schoolsafe.services.audit import Act, Audit
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.desk import Desk

_FOLDER: Final = "relay.folder"
_LOOKED: Final = "relay.looked"
_KEEP_EVERY: Final = timedelta(minutes=15)


class NoRelay(Refused):
    """No folder for sealed notices is set on this computer. Set one in Settings first."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One sealed thing as it lies in a mailbox."""

    name: str
    stamp: str
    """Changes when the file does."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Look:
    """What one look into a mailbox found."""

    letters: tuple[Letter, ...]
    strangers: int = 0
    """Files that are no letters at all."""
    more: bool = False
    """Whether something is left for the next look."""


class Mailboxes(Protocol):
    """A relay's mailboxes. The folder and whatever comes later pass the same tests."""

    def put(self, mailbox: bytes, slot: bytes, data: bytes) -> bool:
        """Leaves sealed bytes; False where the slot is taken already.

        Raises:
            Unavailable: nothing was left.
        """
        ...

    def holds(self, mailbox: bytes, slot: bytes) -> bool:
        """Whether the slot is taken.

        Raises:
            Unavailable: it does not answer.
        """
        ...

    def look(self, mailbox: bytes, known: Callable[[str, str], bool], *, limit: int = 500) -> Look:
        """What waits, the newest first, without what is ``known`` by name and stamp.

        Raises:
            Unavailable: it does not answer.
        """
        ...


class RelayDoor(Protocol):
    """Opens the relay in a folder."""

    def __call__(self, root: Path, *, make: bool = False) -> Mailboxes:
        """The relay; ``make`` marks a folder that is none yet.

        Raises:
            Unavailable: it cannot be reached or written. Refused: it is of a newer SchoolSafe.
        """
        ...


@dataclass(frozen=True, slots=True)
class RelayState:
    """Which relay, and what the last look found."""

    folder: Path | None
    looked_at: datetime | None
    said: str
    """What went wrong at the last look, in a sentence; empty where nothing did."""


class RelayPlace:
    """Which relay this computer uses."""

    def __init__(self, desk: Desk, audit: Audit, door: RelayDoor | None) -> None:
        self._desk, self._audit, self._through = desk, audit, door
        self._last: tuple[datetime, str] | None = None
        self._kept: datetime | None = None

    def set(self, folder: Path) -> Changes:
        """From now on this one; it is marked as a relay where it is none.

        Raises:
            Unavailable: it cannot be reached or written. Refused: it is of a newer SchoolSafe.
        """
        whole = folder.absolute()
        self._door(whole, make=True)
        self._audit.write(Act.SETTING, what="relay")
        self._desk.drafts.put(_FOLDER, str(whole))
        self._forget()
        return Changes(frozenset({Topic.MAIL}))

    def unset(self) -> Changes:
        """No relay any more; nothing in the folder is touched."""
        self._audit.write(Act.SETTING, what="relay")
        self._desk.drafts.drop(_FOLDER)
        self._forget()
        return Changes(frozenset({Topic.MAIL}))

    def state(self) -> RelayState:
        """Which, and when it was looked at last."""
        folder, looked = self._desk.drafts.get(_FOLDER), self._desk.drafts.get(_LOOKED)
        place = Path(folder) if isinstance(folder, str) else None
        if self._last is not None:
            return RelayState(place, *self._last)
        at, _space, said = looked.partition(" ") if isinstance(looked, str) else ("", "", "")
        return RelayState(place, datetime.fromisoformat(at) if at else None, said)

    def open(self) -> Mailboxes:
        """The relay.

        Raises:
            NoRelay: none is set. Unavailable: it cannot be reached.
        """
        folder = self.state().folder
        if folder is None:
            raise NoRelay
        return self._door(folder)

    def through(self, folder: Path) -> Mailboxes:
        """The relay in that folder. Asks the vault nothing: for a worker that may have to wait.

        Raises:
            Unavailable: it cannot be reached.
        """
        return self._door(folder)

    def _forget(self) -> None:
        self._last = self._kept = None
        self._desk.drafts.drop(_LOOKED)

    def _door(self, folder: Path, *, make: bool = False) -> Mailboxes:
        if self._through is None:
            raise NoRelay
        return self._through(folder, make=make)

    def looked(self, said: str = "") -> Changes:
        """Remembers that it was looked at now, and what was wrong.

        Kept on disk when something changed and once in a while: a look a minute must not be a write a minute.
        """
        now, before = self._desk.now(), self.state()
        self._last = (now, said)
        old = before.looked_at is None or now - self._kept_at(before) > _KEEP_EVERY
        if old or before.said != said:
            self._desk.drafts.put(_LOOKED, f"{now.isoformat(timespec='seconds')} {said}".strip())
            self._kept = now
        return Changes(frozenset({Topic.MAIL}))

    def _kept_at(self, before: RelayState) -> datetime:
        return self._kept or before.looked_at or self._desk.now()
