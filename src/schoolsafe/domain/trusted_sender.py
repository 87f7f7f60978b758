"""Forces whose key a school has confirmed, and what follows for a notice signed by a key."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from schoolsafe.domain.field import TEAM, Field, Kind, Noun, Rule

TRUSTED_SENDER = Noun(
    "trusted_sender",
    TEAM,
    (
        Field("name", Kind.TEXT, Rule.IMMUTABLE),
        Field("key_id", Kind.TEXT, Rule.IMMUTABLE, indexed=True),
        Field("made", Kind.INSTANT, Rule.IMMUTABLE),
        Field("test", Kind.FLAG, Rule.IMMUTABLE),
        Field("rung", Kind.TEXT, Rule.IMMUTABLE),
        Field("stopped", Kind.DATA),
        Field("withdrawn", Kind.TEXT),
    ),
)
"""A key somebody here confirmed by words read out over the phone; ``rung`` is the number that was called.

``stopped`` is ``{"reason": …, "at": …}``: from then on the key is believed no more, for ever.
"""


class SignerState(StrEnum):
    """What is known of whoever signed a notice."""

    CHECKED = "checked"
    """Its signature holds, and somebody here confirmed the key."""
    UNKNOWN = "unknown"
    """Its signature holds, and nobody here confirmed the key."""
    STOPPED = "stopped"
    """Its signature holds, and the key was stopped: it may be in other hands."""
    BROKEN = "broken"
    """Its signature does not hold: anybody may have written it."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One time that somebody here confirmed a key."""

    id: str
    name: str
    key_id: str
    by: str
    """The person, by name."""
    at: datetime
    made: datetime | None
    test: bool
    rung: str = ""
    stopped: str | None = None
    """Why it is believed no more."""
    stopped_at: datetime | None = None


def standing(
    confirmations: Iterable[Confirmation], *, holds: bool
) -> tuple[SignerState, Confirmation | None]:
    """What is known of a signer, from all confirmations of its key; and the one that counts.

    Stopping outlasts every confirmation, earlier or later: a key that was in other hands stays so.
    """
    known = sorted(confirmations, key=lambda one: (one.at, one.id))
    if not holds:
        return SignerState.BROKEN, None
    stopped = [one for one in known if one.stopped is not None]
    if stopped:
        return SignerState.STOPPED, stopped[0]
    return (SignerState.CHECKED, known[0]) if known else (SignerState.UNKNOWN, None)
