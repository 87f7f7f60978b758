"""What this seat remembers of its mail sources: how far each was read, what was left, since when one is not reached.

Kept in the vault and no part of the record: another computer looks for itself. Left to others: what follows from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

import msgspec

from schoolsafe.domain import say
from schoolsafe.domain.mail_source import (
    FOLDER_EVERY,
    MAIL_EVERY,
    NOT_READ,
    FileMark,
    Uids,
    next_look,
)
from schoolsafe.errors import SchoolSafeError, Unavailable
from schoolsafe.services.desk import LONDON
from schoolsafe.services.mail_fetching import FolderPlace, ImapPlace, Shelf
from schoolsafe.words import _

MOST_LEFT: Final = 20


@dataclass(frozen=True, slots=True)
class LeftThere:
    """A message or file that stays where it is, and why."""

    name: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a source cannot be looked at."""

    reason: str
    since: datetime
    needs_you: bool = False
    """Trying again by itself does not help: a password, a name."""
    reached: bool = False
    """It answered all the same: a folder that holds too much."""
    failures: int = 1
    """In a row."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source as it is kept."""

    id: str
    name: str
    added: datetime
    imap: ImapPlace | None = None
    folder: FolderPlace | None = None
    uids: Uids = NOT_READ
    files: dict[str, FileMark] = field(default_factory=dict)
    looked_at: datetime | None = None
    """When it last answered."""
    tried_at: datetime | None = None
    trouble: Trouble | None = None
    left: tuple[LeftThere, ...] = ()
    taken: int = 0
    """Messages that came this way."""

    @property
    def where(self) -> str:
        """Server and folder, or the path."""
        if self.folder is not None:
            return self.folder.path
        return f"{self.imap.host}, {self.imap.folder}" if self.imap is not None else ""

    @property
    def waiting(self) -> int:
        """Files that were seen and not yet taken."""
        return sum(1 for mark in self.files.values() if not mark.sha256)

    @property
    def unreached(self) -> bool:
        """The last look at it brought no answer."""
        return self.trouble is not None and not self.trouble.reached

    def due(self, now: datetime) -> bool:
        """Whether it is to be looked at now. One that needs a person is tried once an hour at most."""
        every = MAIL_EVERY if self.imap is not None else FOLDER_EVERY
        failures = self.trouble.failures if self.trouble else 0
        if self.trouble is not None and self.trouble.needs_you:
            failures, every = 0, every * 20
        at = next_look(self.tried_at, every, failures)
        return at is None or now >= at or (self.tried_at is not None and now < self.tried_at)

    def reached(self, now: datetime) -> "SourceState":
        """It answered."""
        return replace(self, looked_at=now, tried_at=now, trouble=None)

    def failed(
        self, problem: SchoolSafeError, now: datetime, *, reached: bool = False
    ) -> "SourceState":
        """It did not. Since when: the last time it did, else the first time it was tried."""
        before = self.trouble
        return replace(
            self,
            tried_at=now,
            trouble=Trouble(
                reason=str(problem),
                since=before.since if before else self.looked_at or now,
                needs_you=not isinstance(problem, Unavailable),
                reached=reached,
                failures=before.failures + 1 if before else 1,
            ),
        )

    def leaving(self, name: str, reason: str, now: datetime) -> "SourceState":
        """One more that was left; the newest are remembered."""
        left = (*self.left, LeftThere(name, reason, now))[-MOST_LEFT:]
        return replace(self, left=left)


class Remembered:
    """The sources of this seat."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def all(self) -> tuple[SourceState, ...]:
        """By name."""
        found = [state for name in self._shelf.names() if (state := self.get(name)) is not None]
        return tuple(sorted(found, key=lambda state: (state.name.casefold(), state.id)))

    def get(self, source: str) -> SourceState | None:
        """One, or None. What a newer release kept in another shape is left alone."""
        kept = self._shelf.get(source)
        try:
            return None if kept is None else msgspec.json.decode(kept, type=SourceState)
        except msgspec.DecodeError:
            return None

    def put(self, state: SourceState) -> None:
        """Keeps it."""
        self._shelf.put(state.id, msgspec.json.encode(state))

    def drop(self, source: str) -> None:
        """Forgets it."""
        self._shelf.drop(source)


@dataclass(frozen=True, slots=True)
class MailStanding:
    """How the sources are, all together, in words."""

    last: str = ""
    """When they were last looked at; "" where there is none."""
    trouble: str = ""
    trouble_short: str = ""


def last_words(states: Sequence[SourceState], now: datetime) -> str:
    """Of several, the one whose last look is longest ago: the others would make it sound better than it is."""
    looks = [state.looked_at for state in states]
    reached = [at for at in looks if at is not None]
    folders = all(state.imap is None for state in states)
    if len(reached) < len(looks):
        return (
            _("The watched folder was not looked at yet.")
            if folders
            else _("The mailbox was not looked at yet.")
        )
    when = say.since_words(min(reached).astimezone(LONDON), now)
    words = (
        _("The watched folder was last looked at {when}.")
        if folders
        else _("The mailbox was last looked at {when}.")
    )
    return words.format(when=when)


def trouble_words(states: Sequence[SourceState], now: datetime) -> tuple[str, str]:
    """Which is not reached, and since when: a sentence and a short one; two empty ones where all are."""
    ill = [state for state in states if state.unreached]
    if not ill:
        return "", ""
    first = min(ill, key=lambda state: state.trouble.since if state.trouble else now)
    since = first.trouble.since if first.trouble else now
    when = say.since_words(since.astimezone(LONDON), now)
    if first.imap is not None:
        long = _("Mailbox not reached since {when}. Nothing is lost: messages stay there.")
        return long.format(when=when), _("Mailbox not reached")
    long = _("Watched folder not reached since {when}. Nothing is lost: files stay there.")
    return long.format(when=when), _("Folder not reached")
