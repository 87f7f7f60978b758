"""What the school's IT has fixed for everyone: read from ``policy.toml``, shown in Settings as fixed.

Pure: a dict in, facts out. Left to others: finding and reading the file (bootstrap).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from schoolsafe.errors import Refused

LEAST_MINUTES: Final = 1
MOST_MINUTES: Final = 15
_KNOWN: Final = frozenset({"lock_minutes", "allow_print", "update_channel", "allow_mail_sources"})


class PolicyUnreadable(Refused):
    """The policy file of this computer has a value that cannot be used: {name}. Ask your IT team."""


class PrintingIsOff(Refused):
    """Your school’s IT team has switched printing off on this computer. You can read it on the screen."""


class MailSourcesAreOff(Refused):
    """Your school’s IT team has switched mail sources off on this computer. Drop messages here, or press Ctrl+O."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What IT has fixed. None means that a person may choose."""

    lock_minutes: int | None = None
    """The longest time without a key before it locks, 1 to 15 minutes."""
    allow_print: bool | None = None
    update_channel: str | None = None
    allow_mail_sources: bool | None = None
    unknown: tuple[str, ...] = ()
    """Values of a newer release; kept to be shown, never an error."""

    @property
    def may_print(self) -> bool:
        """Whether anything may be printed or saved as a page."""
        return self.allow_print is not False

    def check_print(self) -> None:
        """Returns only where a page about children may be printed or saved.

        The recovery sheet is not asked about: without it a forgotten passphrase is the end of a record.

        Raises:
            PrintingIsOff: IT has switched it off.
        """
        if not self.may_print:
            raise PrintingIsOff

    @property
    def may_fetch_mail(self) -> bool:
        """Whether mailboxes and folders may be looked at."""
        return self.allow_mail_sources is not False

    def check_mail(self) -> None:
        """Returns only where mailboxes and folders may be looked at.

        Raises:
            MailSourcesAreOff: IT has switched them off.
        """
        if not self.may_fetch_mail:
            raise MailSourcesAreOff

    @property
    def most_minutes(self) -> int:
        """The longest a person may choose."""
        return self.lock_minutes if self.lock_minutes is not None else MOST_MINUTES


NOTHING_FIXED: Final = Policy()
"""Where there is no policy: a person may choose."""
STRICTEST: Final = Policy(lock_minutes=5, allow_print=False, allow_mail_sources=False)
"""Holds while a policy cannot be read: what IT meant to forbid must not be allowed by a slip of the pen."""


def read(values: Mapping[str, object]) -> Policy:
    """The policy in a parsed file.

    Raises:
        PolicyUnreadable: with the name of the first value that is of the wrong kind.
    """
    minutes, prints = values.get("lock_minutes"), values.get("allow_print")
    channel, mail = values.get("update_channel"), values.get("allow_mail_sources")
    if minutes is not None and not _minutes(minutes):
        raise PolicyUnreadable(name="lock_minutes")
    if prints is not None and not isinstance(prints, bool):
        raise PolicyUnreadable(name="allow_print")
    if channel is not None and not isinstance(channel, str):
        raise PolicyUnreadable(name="update_channel")
    if mail is not None and not isinstance(mail, bool):
        raise PolicyUnreadable(name="allow_mail_sources")
    return Policy(
        lock_minutes=minutes if isinstance(minutes, int) else None,
        allow_print=prints if isinstance(prints, bool) else None,
        update_channel=channel if isinstance(channel, str) else None,
        allow_mail_sources=mail if isinstance(mail, bool) else None,
        unknown=tuple(sorted(name for name in values if name not in _KNOWN)),
    )


def _minutes(value: object) -> bool:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return whole and LEAST_MINUTES <= int(str(value)) <= MOST_MINUTES
