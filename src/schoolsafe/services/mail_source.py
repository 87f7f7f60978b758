"""Mailboxes and folders from which messages come by themselves: named by a person, looked at, taken in, told.

A look has three parts, because a slow server must not hold up the vault: what is to be looked at (``due``), looking
(``fetch``, which touches no vault), and taking in (``take``, ``finish``). Nothing is deleted or marked anywhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePath
from typing import Final

from schoolsafe.crypto.digest import sha256_hex
from schoolsafe.domain import say
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.mail_source import FileMark, marked, ready, settled
from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.desk import Desk
from schoolsafe.services.mail_fetching import (
    Errand,
    Fetched,
    FolderPlace,
    Haul,
    ImapPlace,
    MailTools,
)
from schoolsafe.services.mail_source_form import (
    EnterTheSecret,
    NameTaken,
    NameTheFolder,
    NameTheSource,
    NoMailbox,
    NoSecretHere,
    NoSuchSource,
    checked,
    one_line,
)
from schoolsafe.services.mail_source_state import (
    MailStanding,
    Remembered,
    SourceState,
    last_words,
    trouble_words,
)
from schoolsafe.services.notification import Notifications, Received
from schoolsafe.services.policy import Policy

DUPLICATE: Final = "duplicate"
REFUSED: Final = "refused"
GONE: Final = "gone"
"""It went from the mailbox between two answers of the server."""
_TOPICS: Final = frozenset({Topic.MAIL})
_MOST_ROUNDS: Final = 400
_LETTERS: Final = 60
_UNREAD: Final = "unread"
"""In place of a SHA-256 where no byte was read."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one message."""

    outcome: str
    """received, locked, duplicate, refused or gone."""
    reason: str | None = None
    changes: Changes = field(default_factory=Changes.none)


@dataclass(frozen=True, slots=True)
class Report:
    """One source after it was looked at."""

    name: str
    looked_at: datetime | None
    new: int = 0
    duplicate: int = 0
    refused: int = 0
    waiting: int = 0
    problem: str = ""
    """Why it was not looked at, or not to the end, in a sentence."""
    needs_you: bool = False
    """Trying again does not help."""
    reasons: tuple[str, ...] = ()
    """Of what was refused, each once."""

    def plus(self, taken: Taken) -> "Report":
        """One message more."""
        if taken.outcome == GONE:
            return self
        if taken.outcome == DUPLICATE:
            return replace(self, duplicate=self.duplicate + 1)
        if taken.outcome == REFUSED:
            reasons = dict.fromkeys((*self.reasons, taken.reason or ""))
            return replace(self, refused=self.refused + 1, reasons=tuple(reasons))
        return replace(self, new=self.new + 1)


class MailSources:
    """The sources of the person at the screen."""

    def __init__(
        self, desk: Desk, notifications: Notifications, tools: MailTools, *, policy: Policy
    ) -> None:
        self._desk, self._notifications, self._policy = desk, notifications, policy
        self._fetcher, self._secrets = tools.fetcher, tools.secrets
        self._kept = Remembered(tools.shelf)

    @property
    def forbidden(self) -> bool:
        """Whether the school's IT has switched them off on this computer."""
        return not self._policy.may_fetch_mail

    def yours(self) -> bool:
        """Whether this person may have any: messages are for those who read them."""
        return TEAM not in self._desk.closed

    def list(self) -> tuple[SourceState, ...]:
        """By name."""
        return self._kept.all()

    # adding and removing --------------------------------------------------------------------------

    def check_mailbox(self, name: str, place: ImapPlace) -> None:
        """Returns only where such a mailbox would be kept, but for its secret.

        Raises:
            Refused: as ``add_mailbox``.
        """
        self._new(name)
        checked(place)

    def add_mailbox(self, name: str, place: ImapPlace, secret: str) -> Changes:
        """One folder of a mailbox. The secret goes into the keyring, and is not tried here.

        Raises:
            Refused: something is missing; each has its own sentence.
            Unavailable: no keyring answers.
        """
        state = replace(self._new(name), imap=checked(place))
        if not one_line(secret):
            raise EnterTheSecret
        self._secrets.put(state.id, secret)
        self._kept.put(state)
        return Changes(_TOPICS, entities=(state.id,))

    def add_folder(self, name: str, path: str) -> Changes:
        """A folder in which another system puts files.

        Raises:
            NameTheFolder: it is no whole path. Refused: as ``add_mailbox``.
        """
        state = self._new(name)
        tidy = path.strip()
        if not PurePath(tidy).is_absolute() or not one_line(tidy):
            raise NameTheFolder
        self._kept.put(replace(state, folder=FolderPlace(tidy)))
        return Changes(_TOPICS, entities=(state.id,))

    def renew_secret(self, source: str, secret: str) -> Changes:
        """Another password or token; it is tried with the next look.

        Raises:
            NoSuchSource: none of this id or name. NoMailbox: a folder. EnterTheSecret: nothing was entered.
        """
        self._policy.check_mail()
        state = self.find(source)
        if state.imap is None:
            raise NoMailbox
        if not one_line(secret):
            raise EnterTheSecret
        self._secrets.put(state.id, secret)
        self._kept.put(replace(state, tried_at=None, trouble=None))
        return Changes(_TOPICS)

    def remove(self, source: str) -> Changes:
        """Looks there no more, and forgets its password. What came from it stays.

        Raises:
            NoSuchSource: none of this id or name. Unavailable: the keyring does not answer.
        """
        state = self.find(source)
        if state.imap is not None:
            self._secrets.remove(state.id)
        self._kept.drop(state.id)
        return Changes(_TOPICS)

    def find(self, source: str) -> SourceState:
        """By id, else by name.

        Raises:
            NoSuchSource: neither.
        """
        for state in self._kept.all():
            if source in {state.id, state.name} or source.casefold() == state.name.casefold():
                return state
        raise NoSuchSource

    def _new(self, name: str) -> SourceState:
        self._policy.check_mail()
        self._desk.must_read(TEAM)
        tidy = say.plain_text(name).strip()
        if not tidy or len(tidy) > _LETTERS:
            raise NameTheSource
        if any(state.name.casefold() == tidy.casefold() for state in self._kept.all()):
            raise NameTaken
        return SourceState(self._desk.ids.new("mail_source"), tidy, self._desk.now())

    # a look in three parts ------------------------------------------------------------------------

    def due(self, *, at_once: bool = False) -> tuple[Errand, ...]:
        """What is to be looked at now: nothing where IT forbids it, or messages are not this person's."""
        if self.forbidden or not self.yours():
            return ()
        now = self._desk.now()
        return tuple(self._errand(s, now) for s in self._kept.all() if at_once or s.due(now))

    def _errand(self, state: SourceState, now: datetime) -> Errand:
        return Errand(
            state.id,
            imap=state.imap,
            folder=state.folder,
            uids=state.uids,
            settled=settled(state.files),
            ready=ready(state.files, now),
        )

    def fetch(self, errand: Errand) -> Haul:
        """Looks; slow, and touches no vault: for another thread than the one that keeps it."""
        secret = ""
        if errand.imap is not None:
            try:
                secret = self._secrets.get(errand.source) or ""
            except SchoolSafeError as problem:
                return Haul(problem=problem)
            if not secret:
                return Haul(problem=NoSecretHere())
        return self._fetcher.fetch(errand, secret)

    def stop(self) -> None:
        """Ends a look that is under way, from another thread; there are no more."""
        self._fetcher.stop()

    def take(self, errand: Errand, haul: Haul, items: Sequence[Fetched]) -> tuple[Taken, ...]:
        """Messages onto the record, then the mark that they are here: in this order nothing is ever lost.

        Raises:
            ReadOnly, DiskFull: the marks stay where they were; what is here already is known when it comes again.
        """
        state = self._kept.get(errand.source)
        if state is None:
            return tuple(Taken(GONE) for _item in items)  # somebody removed the source meanwhile
        taken = self._received(items, haul.validity)
        for item, one in zip(items, taken, strict=True):
            state = self._after(state, item, one, haul.validity)
        self._kept.put(state)
        return taken

    def _after(
        self, state: SourceState, item: Fetched, taken: Taken, validity: int | None
    ) -> SourceState:
        now = self._desk.now()
        if taken.outcome == REFUSED:
            state = state.leaving(item.name, taken.reason or "", now)
        elif taken.outcome not in {DUPLICATE, GONE}:
            state = replace(state, taken=state.taken + 1)
        if validity is not None:
            return replace(state, uids=state.uids.after(validity, item.uid))
        if item.stamp is None:
            return state
        mark = state.files.get(item.name) or FileMark(item.stamp, now)
        sha = sha256_hex(item.data) if item.data else _UNREAD
        done = replace(mark, stamp=item.stamp, sha256=sha)
        return replace(state, files=state.files | {item.name: done})

    def _received(self, items: Sequence[Fetched], validity: int | None) -> tuple[Taken, ...]:
        """What can be read is read together; what was left, or went meanwhile, stands in between."""
        whole = [
            n for n, item in enumerate(items) if not item.left and (item.data or validity is None)
        ]
        came = self._notifications.receive_files([(items[n].name, items[n].data) for n in whole])
        taken = dict(zip(whole, came, strict=True))
        return tuple(
            _as_taken(taken[n]) if n in taken else self._left(item, validity)
            for n, item in enumerate(items)
        )

    def _left(self, item: Fetched, validity: int | None) -> Taken:
        if item.left is None:
            return Taken(GONE)
        if validity is None:
            return Taken(REFUSED, str(item.left))
        # A stub on Today: whoever opens SchoolSafe is told, and it cannot be passed over.
        heading = item.data or b"X-Left-In-Mailbox: %d/%d\r\n\r\n" % (validity, item.uid)
        return _as_taken(self._notifications.keep_unread(item.name, heading, str(item.left)))

    def finish(self, errand: Errand, haul: Haul) -> Changes:
        """How the look ended, for whoever asks when the mailbox was last looked at."""
        state = self._kept.get(errand.source)
        if state is None:
            return Changes.none()
        now = self._desk.now()
        if haul.seen is not None:
            state = replace(state, files=marked(state.files, haul.seen, now))
        listed = haul.seen is not None  # a folder that holds too much is reached all the same
        if haul.problem is None or listed:
            state = state.reached(now)
        if haul.problem is not None:
            state = state.failed(haul.problem, now, reached=listed)
        self._kept.put(state)
        return Changes(_TOPICS)

    # all at once ----------------------------------------------------------------------------------

    def check(self, names: Iterable[str] = ()) -> tuple[Report, ...]:
        """Looks now, until nothing more comes. One that needs a person is tried where it is named.

        Raises:
            MailSourcesAreOff: IT forbids it. NotYoursToRead: messages are for the leads.
            NoSuchSource: none of such a name.
        """
        self._policy.check_mail()
        self._desk.must_read(TEAM)
        named = tuple(names)
        states = [self.find(name) for name in named] if named else self._kept.all()
        return tuple(self._check(state, named=bool(named)) for state in states)

    def _check(self, state: SourceState, *, named: bool) -> Report:
        trouble, now = state.trouble, self._desk.now()
        report = Report(state.name, state.looked_at, waiting=state.waiting)
        if trouble is not None and trouble.needs_you and not named and not state.due(now):
            return replace(report, problem=trouble.reason, needs_you=True)
        for _round in range(_MOST_ROUNDS):
            errand = self._errand(self._kept.get(state.id) or state, self._desk.now())
            haul = self.fetch(errand)
            for taken in self.take(errand, haul, haul.items):
                report = report.plus(taken)
            self.finish(errand, haul)
            if haul.problem is not None or not haul.more:
                break
        after = self._kept.get(state.id) or state
        report = replace(report, looked_at=after.looked_at, waiting=after.waiting)
        if after.trouble is None:
            return report
        return replace(report, problem=after.trouble.reason, needs_you=after.trouble.needs_you)

    # in words -------------------------------------------------------------------------------------

    def standing(self) -> MailStanding:
        """When they were last looked at, and which is not reached."""
        states = self._kept.all() if self.yours() and not self.forbidden else ()
        if not states:
            return MailStanding()
        now = self._desk.now()
        return MailStanding(last_words(states, now), *trouble_words(states, now))


def _as_taken(received: Received) -> Taken:
    return Taken(received.outcome, received.reason, received.changes)
