"""What the mail sources need from outside: somebody who looks, a place for passwords, a shelf for what was seen.

Left to others: when to look and what becomes of a message (mail_source).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from schoolsafe.domain.mail_source import NOT_READ, Stamp, Tls, Uids
from schoolsafe.errors import SchoolSafeError


@dataclass(frozen=True, slots=True)
class ImapPlace:
    """One folder of one mailbox."""

    host: str
    user: str
    port: int = 993
    folder: str = "INBOX"
    tls: Tls = Tls.ON
    oauth: bool = False
    """The secret is an access token, not a password."""
    since: date | None = None
    """Messages that came to the mailbox on an earlier day stay there; None takes all."""
    ca_file: str = ""
    """Certificates that IT trusts besides the system's own."""


@dataclass(frozen=True, slots=True)
class FolderPlace:
    """A folder in which another system puts files."""

    path: str


@dataclass(frozen=True, slots=True)
class Errand:
    """One source to look at, and what is known of it."""

    source: str
    imap: ImapPlace | None = None
    folder: FolderPlace | None = None
    uids: Uids = NOT_READ
    settled: Mapping[str, Stamp] = field(default_factory=dict)
    ready: Mapping[str, Stamp] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fetched:
    """One message that was fetched, or the reason why it was left where it is."""

    name: str
    """Of the file; "" for a message."""
    data: bytes
    uid: int = 0
    stamp: Stamp | None = None
    left: SchoolSafeError | None = None
    """Why it was not fetched; ``data`` is its heading lines then, or nothing."""


@dataclass(frozen=True, slots=True)
class Haul:
    """What one look brought. Whatever is in it is whole, also where the look ended in a problem."""

    items: tuple[Fetched, ...] = ()
    validity: int | None = None
    """The mailbox's UIDVALIDITY."""
    seen: Mapping[str, Stamp] | None = None
    """Every file of the folder; None where it could not be listed."""
    more: bool = False
    """There is more to fetch at once."""
    problem: SchoolSafeError | None = None


class MailFetcher(Protocol):
    """Looks at one source, with limits on time and size; slow, and never in the vault's own worker."""

    def fetch(self, errand: Errand, secret: str) -> Haul:
        """Never raises for what a server or a folder does: that is the haul's problem."""
        ...

    def stop(self) -> None:
        """Ends a look that is under way, from another thread; there are no more after it."""
        ...


class MailSecrets(Protocol):
    """Passwords and tokens of mailboxes, kept by this computer and never in the record."""

    def get(self, source: str) -> str | None:
        """The secret, or None where there is none.

        Raises:
            Unavailable: the keyring does not answer. Locked: it is locked.
        """
        ...

    def put(self, source: str, secret: str) -> None:
        """Keeps or replaces it.

        Raises:
            Unavailable: there is no keyring that answers. Locked: it is locked. Refused: it is too long.
        """
        ...

    def remove(self, source: str) -> None:
        """Forgets it; none is no error."""
        ...


class Shelf(Protocol):
    """Small values of this seat in the vault, which are no part of the record."""

    def get(self, name: str) -> bytes | None:
        """The value, or None."""
        ...

    def put(self, name: str, value: bytes) -> None:
        """Keeps or replaces it, durably."""
        ...

    def drop(self, name: str) -> None:
        """Forgets it."""
        ...

    def names(self) -> tuple[str, ...]:
        """All of them."""
        ...


@dataclass(frozen=True, slots=True)
class MailTools:
    """The three together."""

    fetcher: MailFetcher
    secrets: MailSecrets
    shelf: Shelf
