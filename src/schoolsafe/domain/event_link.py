"""Two notices that may belong together: found after missing, or one event by two routes.

Proposed with the reason; a person confirms, and nothing is ever merged. Source: domain.md 2.4, where
a school may get the same event by several routes and a found notice names the missing one's report.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final

from schoolsafe.domain import say
from schoolsafe.domain.notification import NoticeKind
from schoolsafe.words import N_, _

_LEAST_REFERENCE: Final = 4
"""Letters and digits a reference must have before two that are alike say anything."""
_NEAR_MINUTES: Final = 180
_LETTERS: Final = re.compile(r"[^0-9a-z]+")
_PAIR: Final = {NoticeKind.MISSING: NoticeKind.FOUND, NoticeKind.FOUND: NoticeKind.MISSING}


class Tie(StrEnum):
    """How two notices belong together, as the field of the set that holds it on each of them."""

    FOUND_OF = "found_of"
    """This one tells that the child was found; the other, that it was missing."""
    MISSING_OF = "missing_of"
    SAME_EVENT = "same_event"
    """One event by two routes: both are kept, and counted as one only where a person said so."""
    NOT_RELATED = "not_related"
    """A person looked and said no."""


BACK: Final = {
    Tie.FOUND_OF: Tie.MISSING_OF,
    Tie.MISSING_OF: Tie.FOUND_OF,
    Tie.SAME_EVENT: Tie.SAME_EVENT,
    Tie.NOT_RELATED: Tie.NOT_RELATED,
}
"""The same tie as it stands on the other notice."""
TIE_WORDS: Final = {
    Tie.FOUND_OF: N_("The child in this notification was reported missing in another one"),
    Tie.MISSING_OF: N_("This child was reported found in another notification"),
    Tie.SAME_EVENT: N_("The same event may have come another way too"),
}


TIED_WORDS: Final = {
    Tie.FOUND_OF: N_("Found again. Reported missing in the notification received {when}"),
    Tie.MISSING_OF: N_("Found again, says the notification received {when}"),
    Tie.SAME_EVENT: N_("The same event as the notification received {when}. Both are kept"),
}
"""What stands on each of the two once a person has said so."""


@dataclass(frozen=True, slots=True)
class Event:
    """One notice, as far as this rule needs it."""

    id: str
    kind: NoticeKind | None
    reference: str | None
    received: datetime
    day: date | None = None
    at: time | None = None
    children: frozenset[str] = frozenset()
    """Pupils confirmed, or proposed alone, on its lines."""
    births: frozenset[date] = frozenset()
    """Birth dates as told."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another notice that may belong to this one. A proposal, until a person says so."""

    id: str
    tie: Tie
    reason: str


def reference_key(reference: str | None) -> str:
    """A reference for comparing: letters and digits only; "" where it is too short to say anything."""
    key = _LETTERS.sub("", (reference or "").casefold())
    return key if len(key) >= _LEAST_REFERENCE else ""


def related(this: Event, others: Iterable[Event]) -> tuple[Related, ...]:
    """The notices this one may belong to, the newest first. None is tied here."""
    found = [
        (other.received, one)
        for other in others
        if other.id != this.id and (one := _related(this, other)) is not None
    ]
    found.sort(key=lambda pair: (pair[0], pair[1].id), reverse=True)
    return tuple(one for _at, one in found)


def _related(this: Event, other: Event) -> Related | None:
    same_reference = bool(reference_key(this.reference)) and reference_key(
        this.reference
    ) == reference_key(other.reference)
    if this.kind in _PAIR or other.kind in _PAIR:
        return _missing_and_found(this, other) if same_reference else None
    same_child = bool(this.children & other.children or this.births & other.births)
    same_day = this.day is not None and this.day == other.day
    if same_reference and same_day:
        reason = _("Same reference and the same day")
    elif same_reference and (same_child or this.day is None or other.day is None):
        reason = _("Same reference")
    elif same_child and same_day and _near(this.at, other.at):
        reason = _("Same child, {when}").format(when=_apart(this, other))
    else:
        return None
    return Related(other.id, Tie.SAME_EVENT, reason)


def _missing_and_found(this: Event, other: Event) -> Related | None:
    reason = _("Same report number {number}").format(number=other.reference)
    if this.kind is other.kind:
        return Related(other.id, Tie.SAME_EVENT, reason)
    if other.kind is not _PAIR.get(this.kind or NoticeKind.OTHER_PPN):
        return None
    tie = Tie.FOUND_OF if this.kind is NoticeKind.FOUND else Tie.MISSING_OF
    return Related(other.id, tie, reason)


def _near(one: time | None, other: time | None) -> bool:
    if one is None or other is None:
        return True
    return abs(_minutes(one) - _minutes(other)) <= _NEAR_MINUTES


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _apart(this: Event, other: Event) -> str:
    if this.at is None or other.at is None:
        return _("the same day, and one of them gives no time")
    if this.at == other.at:
        return _("the same day and time")
    times = sorted((this.at, other.at))
    return _("the same day, {first} and {second}").format(
        first=say.time_words(times[0]), second=say.time_words(times[1])
    )
