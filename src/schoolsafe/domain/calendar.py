"""The school's own calendar, per site: terms, closures, start of day; how in time a notice came.

Local times are wall clock in Europe/London; instants are compared in UTC, because Python compares
two aware datetimes of one zone by their wall clocks and so gets the repeated hour wrong. Source:
domain.md 2.2 and 7.7.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, cast
from zoneinfo import ZoneInfo

from schoolsafe.domain.entry import Value
from schoolsafe.domain.field import SCHOOL, Field, Kind, Noun
from schoolsafe.domain.notification import Incident
from schoolsafe.errors import Refused

SITE = Noun(
    "site",
    SCHOOL,
    (
        Field("name"),
        Field("start"),
        Field("end"),
        Field("terms", Kind.DATA),
        Field("closed", Kind.DATA),
        Field("division"),
    ),
)
"""``start`` and ``end`` are "HH:MM"; ``terms`` a list of {name, first, last}; ``closed`` a list of
{date, why}; ``division`` names the gov.uk bank-holiday list."""

LONDON: Final = ZoneInfo("Europe/London")
DEFAULT_START: Final = time(8, 40)
DEFAULT_END: Final = time(15, 15)
DEFAULT_DIVISION: Final = "england-and-wales"
_WEEKEND: Final = 5  # Saturday, as `date.weekday` counts
_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)


class CalendarDateUnreadable(Refused):
    """A date or time on the school calendar cannot be read. Write it like 2026-09-01 or 08:40."""


class NoSuchDivision(Refused):
    """There is no bank holiday list called {division}."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term span: the first and last date, both included."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A day without pupils and why: INSET, snow, a polling station, a bank holiday."""

    date: date
    why: str


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """When one site has pupils: ``start`` to ``end`` (wall clock) on every school day."""

    terms: tuple[Term, ...]
    closed: tuple[ClosedDay, ...] = ()
    bank_holidays: tuple[ClosedDay, ...] = ()
    start: time = DEFAULT_START
    end: time = DEFAULT_END
    zone: ZoneInfo = LONDON
    _shut: dict[date, str] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        # The school's own word for a day (INSET) stands before the list's (a bank holiday).
        shut = {day.date: day.why for day in (*self.bank_holidays, *self.closed)}
        object.__setattr__(self, "_shut", shut)

    def term_of(self, day: date) -> Term | None:
        """The term span that holds this date, or None in a holiday."""
        return next((term for term in self.terms if term.first <= day <= term.last), None)

    def is_holiday(self, day: date) -> bool:
        """Whether the date lies outside every term span.

        The weekend after the last day of a half-term is holiday; a weekend or bank holiday inside a
        span is not.
        """
        return self.term_of(day) is None

    def why_closed(self, day: date) -> str | None:
        """Why a date is marked closed, in the school's words; None if it is not."""
        return self._shut.get(day)

    def is_school_day(self, day: date) -> bool:
        """Whether pupils are in: a weekday of a term, not INSET, bank holiday or closure."""
        return day.weekday() < _WEEKEND and day not in self._shut and not self.is_holiday(day)

    def next_school_day(self, day: date) -> date | None:
        """The first school day after this date; None when the calendar ends first."""
        return next(self.school_days_after(day), None)

    def previous_school_day(self, day: date) -> date | None:
        """The last school day before this date; None when the calendar begins later."""
        earliest = min((term.first for term in self.terms), default=day)
        while day > earliest:
            day -= _DAY
            if self.is_school_day(day):
                return day
        return None

    def school_days_after(self, day: date) -> Iterator[date]:
        """Every school day after this date, to the end of the calendar."""
        earliest = min((term.first for term in self.terms), default=day)
        latest = max((term.last for term in self.terms), default=day)
        day = max(day, earliest - _DAY)
        while day < latest:
            day += _DAY
            if self.is_school_day(day):
                yield day

    def starts_on(self, day: date) -> datetime:
        """The instant school starts (or would start) on that date, in local time."""
        return datetime.combine(day, self.start, self.zone)

    def ends_on(self, day: date) -> datetime:
        """The instant school ends (or would end) on that date, in local time."""
        return datetime.combine(day, self.end, self.zone)

    def local(self, moment: datetime) -> datetime:
        """The same instant on the school's wall clock.

        A time without offset is wall clock already: in the repeated hour the first of the two, in
        the skipped hour what a clock that was not put forward would show.
        """
        aware = moment if moment.tzinfo else moment.replace(tzinfo=self.zone)
        return aware.astimezone(UTC).astimezone(self.zone)


class Timeliness(StrEnum):
    """Whether a notice reached the school before the child did. Derived, never typed."""

    ON_TIME = "on_time"
    RECEIVED_IN_HOLIDAY = "received_in_holiday"
    LATE_SAME_DAY = "late_same_day"
    LATE = "late_n_school_days"
    UNKNOWN = "unknown"


class Unknown(StrEnum):
    """Why timeliness cannot be said."""

    NO_INCIDENT_TIME = "no_incident_time"
    CALENDAR_ENDS = "calendar_ends"
    RECEIVED_BEFORE_INCIDENT = "received_before_incident"


@dataclass(frozen=True, slots=True)
class Timing:
    """When a notice was expected, and how it came."""

    expected_by: datetime | None
    """The first school start after the incident, in local time."""
    value: Timeliness
    late_school_days: int | None
    """School days lost; None where timeliness is unknown."""
    reason: Unknown | None = None


def incident_instant(incident: Incident, *, zone: ZoneInfo = LONDON) -> datetime | None:
    """The instant of the incident in local time, or None when no time was given.

    A range counts from its beginning: the clock started when the first of it happened. A time
    marked "about" is used as it stands; a date alone, or "overnight" without a time, is not made
    into a time.
    """
    if incident.date is None or incident.time is None:
        return None
    moment = datetime.combine(incident.date, incident.time, incident.time.tzinfo or zone)
    return moment.astimezone(UTC).astimezone(zone)


def expected_by(incident: datetime | None, calendar: SchoolCalendar) -> datetime | None:
    """The first school start strictly after the incident, in local time.

    None when the incident has no time, or the calendar holds no later school day.
    """
    if incident is None:
        return None
    moment = calendar.local(incident)
    for day in calendar.school_days_after(moment.date() - _DAY):
        start = calendar.starts_on(day)
        if start.astimezone(UTC) > moment.astimezone(UTC):
            return start
    return None


def timeliness(incident: datetime | None, received: datetime, calendar: SchoolCalendar) -> Timing:
    """How the notice came, on the calendar of the site of this child. Source: domain.md 2.2."""
    due = expected_by(incident, calendar)
    if incident is None:
        return _unknown(Unknown.NO_INCIDENT_TIME)
    if due is None:
        return _unknown(Unknown.CALENDAR_ENDS)
    came = calendar.local(received)
    if came.astimezone(UTC) < calendar.local(incident).astimezone(UTC):
        return _unknown(Unknown.RECEIVED_BEFORE_INCIDENT, due)
    if came.astimezone(UTC) < due.astimezone(UTC):
        holiday = calendar.is_holiday(came.date())
        return Timing(due, Timeliness.RECEIVED_IN_HOLIDAY if holiday else Timeliness.ON_TIME, 0)
    return _late(due, came, calendar)


def _unknown(reason: Unknown, due: datetime | None = None) -> Timing:
    return Timing(due, Timeliness.UNKNOWN, None, reason)


def _late(due: datetime, came: datetime, calendar: SchoolCalendar) -> Timing:
    if came.date() == due.date():
        return Timing(due, Timeliness.LATE_SAME_DAY, 0)
    lost = _school_days_lost(due.date(), came.date(), calendar)
    if lost is None:
        return _unknown(Unknown.CALENDAR_ENDS, due)
    return Timing(due, Timeliness.LATE, lost)


def _school_days_lost(expected: date, came: date, calendar: SchoolCalendar) -> int | None:
    """School days after the expected one, to the first day of use, that day included."""
    for lost, day in enumerate(calendar.school_days_after(expected), start=1):
        if day >= came:
            return lost
    return None


def minutes_to_registration(now: datetime, calendar: SchoolCalendar) -> int | None:
    """Whole minutes, rounded up, until school starts today; None once it has, or no school."""
    return _minutes_to(now, calendar, calendar.starts_on(calendar.local(now).date()))


def minutes_to_end_of_day(now: datetime, calendar: SchoolCalendar) -> int | None:
    """Whole minutes, rounded up, until school ends today; None once it has, or no school."""
    return _minutes_to(now, calendar, calendar.ends_on(calendar.local(now).date()))


def _minutes_to(now: datetime, calendar: SchoolCalendar, moment: datetime) -> int | None:
    left = moment.astimezone(UTC) - calendar.local(now).astimezone(UTC)
    if left <= timedelta(0) or not calendar.is_school_day(moment.date()):
        return None
    return -(-left // _MINUTE)


def in_school(now: datetime, calendar: SchoolCalendar) -> bool:
    """Whether pupils are in the building: a school day, from the start to before the end."""
    moment = calendar.local(now)
    day = moment.date()
    return calendar.is_school_day(day) and calendar.starts_on(day).astimezone(
        UTC
    ) <= moment.astimezone(UTC) < calendar.ends_on(day).astimezone(UTC)


def next_start(now: datetime, calendar: SchoolCalendar) -> datetime | None:
    """The next time registration begins, in local time; None when the calendar ends first."""
    return expected_by(now, calendar)


def last_closed(now: datetime, calendar: SchoolCalendar) -> datetime | None:
    """The last instant school ended, in local time; None before the calendar begins."""
    moment = calendar.local(now)
    day: date | None = moment.date() + _DAY
    while day is not None:
        day = calendar.previous_school_day(day)
        if day is not None:
            end = calendar.ends_on(day)
            if end.astimezone(UTC) <= moment.astimezone(UTC):
                return end
    return None


def first_morning_back(now: datetime, calendar: SchoolCalendar) -> bool:
    """Whether today is the first school day after a holiday of at least one weekday.

    Also where the calendar begins with it: what came before was a holiday for the school.
    """
    today = calendar.local(now).date()
    if not calendar.is_school_day(today):
        return False
    before = calendar.previous_school_day(today)
    if before is None:
        return True
    between = (before + n * _DAY for n in range(1, (today - before).days))
    return any(day.weekday() < _WEEKEND and calendar.is_holiday(day) for day in between)


def holiday_began(now: datetime, calendar: SchoolCalendar) -> datetime | None:
    """The instant the last school day before today ended; None where the calendar begins later."""
    before = calendar.previous_school_day(calendar.local(now).date())
    return calendar.ends_on(before) if before else None


def bank_holidays(data: Mapping[str, object], division: str) -> tuple[ClosedDay, ...]:
    """The days of one division out of the parsed gov.uk file.

    Raises:
        NoSuchDivision: the file holds no list of that name.
        CalendarDateUnreadable: one of its dates is no date.
    """
    held = data.get(division)
    if not isinstance(held, Mapping):
        raise NoSuchDivision(division=division)
    days = []
    for event in _objects(held.get("events")):
        title, note = _words(event, "title"), _words(event, "notes")
        days.append(ClosedDay(_date(event, "date"), f"{title} ({note.lower()})" if note else title))
    return tuple(days)


def from_values(values: Mapping[str, Value], holidays: Sequence[ClosedDay] = ()) -> SchoolCalendar:
    """The calendar of one site: the values of its record, and its division's bank holidays.

    Raises:
        CalendarDateUnreadable: a date or a time of the record cannot be read.
    """
    terms = tuple(
        Term(_words(term, "name"), _date(term, "first"), _date(term, "last"))
        for term in _objects(values.get("terms"))
    )
    closed = tuple(
        ClosedDay(_date(day, "date"), _words(day, "why")) for day in _objects(values.get("closed"))
    )
    return SchoolCalendar(
        terms=tuple(sorted(terms, key=lambda term: term.first)),
        closed=closed,
        bank_holidays=tuple(holidays),
        start=_time(values.get("start"), DEFAULT_START),
        end=_time(values.get("end"), DEFAULT_END),
    )


def _objects(value: object) -> list[Mapping[str, object]]:
    if not isinstance(value, list):
        return []
    return [cast("Mapping[str, object]", item) for item in value if isinstance(item, Mapping)]


def _words(item: Mapping[str, object], key: str) -> str:
    value = item.get(key)
    return value.strip() if isinstance(value, str) else ""


def _date(item: Mapping[str, object], key: str) -> date:
    try:
        return date.fromisoformat(_words(item, key))
    except ValueError:
        raise CalendarDateUnreadable from None


def _time(value: object, default: time) -> time:
    if value is None or value == "":
        return default
    try:
        return time.fromisoformat(value if isinstance(value, str) else "?")
    except ValueError:
        raise CalendarDateUnreadable from None
