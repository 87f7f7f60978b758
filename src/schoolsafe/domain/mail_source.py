"""Where messages come from by themselves: when a file stands still, what was already looked at, when to try again.

Pure. Left to others: fetching (mailbox), what is kept between two looks (services).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address
from typing import Final

MAIL_EVERY: Final = timedelta(minutes=3)
FOLDER_EVERY: Final = timedelta(minutes=1)
STILL: Final = timedelta(seconds=5)
"""How far apart two looks at a file are at least, for it to have stood still between them."""
LONGEST_WAIT: Final = timedelta(minutes=15)
IMAP_PORTS: Final = {"on": 993, "starttls": 143, "off": 143}
_TLS_NAMES: Final = frozenset({"localhost"})


class Tls(StrEnum):
    """How the way to a mail server is sealed."""

    ON = "on"
    STARTTLS = "starttls"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Size and time of a file, as a folder lists them."""

    size: int
    changed_ns: int


@dataclass(frozen=True, slots=True)
class FileMark:
    """What is known of one file of a watched folder."""

    stamp: Stamp
    since: datetime
    """The look at which it first had this stamp."""
    sha256: str = ""
    """Of what was taken or refused; "" while it still waits."""


@dataclass(frozen=True, slots=True)
class Uids:
    """How far a mailbox folder was read. Source: RFC 3501, 2.3.1.1."""

    validity: int | None = None
    last: int = 0

    def after(self, validity: int, uid: int) -> "Uids":
        """Once that message is safe here. Another validity means that the server counts anew."""
        if validity == self.validity:
            return Uids(validity, max(self.last, uid))
        return Uids(validity, uid)


NOT_READ: Final = Uids()


def marked(
    known: Mapping[str, FileMark], seen: Mapping[str, Stamp], now: datetime
) -> dict[str, FileMark]:
    """What is known after a look: files that went are forgotten, one that changed waits anew."""
    marks = {}
    for name, stamp in seen.items():
        before = known.get(name)
        same = before is not None and before.stamp == stamp
        marks[name] = before if same and before else FileMark(stamp, now)
    return marks


def ready(known: Mapping[str, FileMark], now: datetime) -> dict[str, Stamp]:
    """Files that may be taken at the next look, if they still have this stamp."""
    return {
        name: mark.stamp
        for name, mark in known.items()
        if not mark.sha256 and now - mark.since >= STILL
    }


def settled(known: Mapping[str, FileMark]) -> dict[str, Stamp]:
    """Files that were taken or refused; they are looked at again only if they change."""
    return {name: mark.stamp for name, mark in known.items() if mark.sha256}


def next_look(tried: datetime | None, every: timedelta, failures: int) -> datetime | None:
    """When a source is looked at again; None is now. After each failure in a row the wait doubles."""
    if tried is None:
        return None
    doubled: timedelta = every * 2 ** min(failures, 10)
    return tried + min(doubled, max(LONGEST_WAIT, every))


def on_this_computer(host: str) -> bool:
    """Whether a server's name can only mean this computer: there alone may a password go unsealed."""
    if host.casefold() in _TLS_NAMES:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
