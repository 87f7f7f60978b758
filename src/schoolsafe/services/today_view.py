"""The day as a person sees it. Frozen answers only; gathered in `services.today`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from schoolsafe.domain import today as rules


@dataclass(frozen=True, slots=True)
class Place:
    """What a row of Today opens."""

    notification: str | None = None
    line: int | None = None
    child: str | None = None
    draft: str | None = None
    record: str | None = None
    """A record of a child's file; empty for a new one."""
    form: str | None = None
    """The form that opens it."""


@dataclass(frozen=True, slots=True)
class TodayView:
    """The day as it stands."""

    now: datetime
    registration: datetime | None
    """The next start of a school day; None where the calendar has no later day."""
    minutes: int | None
    """Whole minutes to it, where that is today."""
    minutes_to_end: int | None
    countdown: str
    since: str
    """What came since school last closed, in a sentence."""
    cover: str
    """In red: dates nobody covers; nothing where all of the next four weeks is covered."""
    reminder: str
    """What is due about the rota and the contact card, else nothing."""
    unopened: str
    """How many notifications nobody has opened, how near registration is, and whom to ring."""
    day: rules.Day
    places: Mapping[str, Place]

    @property
    def groups(self) -> tuple[rules.Group, ...]:
        """Before registration, later, waiting, done."""
        return self.day.groups

    @property
    def batch(self) -> bool:
        """More than eight new: the batch view switches on by itself."""
        return self.day.batch
