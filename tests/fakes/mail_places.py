"""A mail server, a folder and a keyring in memory, which behave as the real ones; trouble on request."""

from dataclasses import dataclass, field

from schoolsafe.domain.mail_source import Stamp
from schoolsafe.errors import Refused, SchoolSafeError, Unavailable
from schoolsafe.services.mail_fetching import Errand, Fetched, Haul


class NotThere(Unavailable):
    """The pretend server does not answer."""


class WrongSecret(Refused):
    """The pretend server did not take this password."""


class TooLarge(Refused):
    """This message has 26 MB; 25 MB is the most that is taken."""


@dataclass
class FakeMailbox:
    """Messages by UID, oldest first."""

    validity: int = 7
    messages: dict[int, bytes] = field(default_factory=dict)
    too_large: set[int] = field(default_factory=set)
    password: str = "pretend lamp"

    def put(self, data: bytes, *, too_large: bool = False) -> int:
        uid = max(self.messages, default=0) + 1
        self.messages[uid] = data
        if too_large:
            self.too_large.add(uid)
        return uid

    def renumber(self) -> None:
        """As after a restored backup: the same messages under other numbers."""
        self.validity += 1
        self.messages = dict(enumerate(self.messages.values(), 101))


@dataclass
class FakeFetcher:
    """Answers errands out of one mailbox and one folder. ``at_once`` messages a look, as the real one has a limit."""

    mailbox: FakeMailbox = field(default_factory=FakeMailbox)
    files: dict[str, tuple[bytes, int]] = field(default_factory=dict)
    at_once: int = 50
    problem: SchoolSafeError | None = None
    breaks_after: int | None = None
    """The connection breaks once so many messages are whole."""
    asked: list[Errand] = field(default_factory=list)
    stopped: bool = False

    def fetch(self, errand: Errand, secret: str) -> Haul:
        self.asked.append(errand)
        if self.problem is not None:
            return Haul(problem=self.problem)
        return self._messages(errand, secret) if errand.imap else self._files(errand)

    def stop(self) -> None:
        self.stopped = True

    def _messages(self, errand: Errand, secret: str) -> Haul:
        box = self.mailbox
        if secret != box.password:
            return Haul(problem=WrongSecret())
        last = errand.uids.last if errand.uids.validity == box.validity else 0
        found = [uid for uid in sorted(box.messages) if uid > last]
        most = self.at_once if self.breaks_after is None else self.breaks_after
        items = tuple(
            Fetched(
                "",
                box.messages[uid],
                uid=uid,
                left=TooLarge() if uid in box.too_large else None,
            )
            for uid in found[:most]
        )
        broken, self.breaks_after = self.breaks_after is not None, None
        return Haul(
            items,
            validity=box.validity,
            more=not broken and len(found) > most,
            problem=NotThere() if broken else None,
        )

    def _files(self, errand: Errand) -> Haul:
        seen = {name: Stamp(len(data), at) for name, (data, at) in self.files.items()}
        items = tuple(
            Fetched(name, self.files[name][0], stamp=stamp)
            for name, stamp in seen.items()
            if errand.ready.get(name) == stamp and errand.settled.get(name) != stamp
        )
        return Haul(items, seen=seen)


@dataclass
class FakeSecrets:
    """A keyring that can be missing."""

    kept: dict[str, str] = field(default_factory=dict)
    problem: SchoolSafeError | None = None

    def get(self, source: str) -> str | None:
        self._answer()
        return self.kept.get(source)

    def put(self, source: str, secret: str) -> None:
        self._answer()
        self.kept[source] = secret

    def remove(self, source: str) -> None:
        self._answer()
        self.kept.pop(source, None)

    def _answer(self) -> None:
        if self.problem is not None:
            raise self.problem
