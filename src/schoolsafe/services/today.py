"""Today: what must be done before registration, what is due later, what we wait for, what is done.

The rules of grouping, order and words are domain's; here the facts are gathered from the record.
"""

from dataclasses import dataclass
from datetime import datetime

from schoolsafe.domain import today as rules
from schoolsafe.services.calendar import Calendars
from schoolsafe.services.desk import Desk
from schoolsafe.services.draft import DraftBox
from schoolsafe.services.notification_reading import Reading


@dataclass(frozen=True, slots=True)
class TodayView:
    """The day as it stands."""

    now: datetime
    registration: datetime | None
    """The next start of a school day; None where the calendar has no later day."""
    minutes: int | None
    """Whole minutes to it, where that is today."""
    day: rules.Day
    """Groups of rows, progress, and the sentence since school last closed."""
    batch: bool
    """More than eight new: the batch view switches on by itself."""


class Days:
    """The one question the day begins with."""

    def __init__(self, desk: Desk, reading: Reading, calendars: Calendars, drafts: DraftBox) -> None:
        self._desk = desk
        self._reading = reading
        self._calendars = calendars
        self._drafts = drafts
