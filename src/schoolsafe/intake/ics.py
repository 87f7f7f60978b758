"""A calendar file (.ics) as days with titles: all-day ends are exclusive, repeats are counted out and capped.

Only events and five of their lines reach the calendar library: no time zones to build, no alarms, no
attachments. Left to others: which day is a term (domain.term_dates). Source: domain.md 7.7.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any, Final
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar.error import BrokenCalendarProperty

from schoolsafe.domain.name import clean
from schoolsafe.domain.term_dates import CalendarFile, Stretch
from schoolsafe.intake import list_errors
from schoolsafe.intake.list_limits import ICS

_LONDON: Final = ZoneInfo("Europe/London")
_DAY: Final = timedelta(days=1)
_KEPT: Final = re.compile(rb"(DTSTART|DTEND|DURATION|SUMMARY|RRULE)([;:])", re.IGNORECASE)
_EVENT: Final = re.compile(rb"(BEGIN|END):VEVENT\s*\Z", re.IGNORECASE)
_PART: Final = re.compile(rb"(BEGIN|END):", re.IGNORECASE)
_CANCELLED: Final = re.compile(rb"STATUS:CANCELLED\s*\Z", re.IGNORECASE)
_ZONE: Final = re.compile(rb";TZID=(?:\"[^\"]*\"|[^;:]*)", re.IGNORECASE)
_STEPS: Final = {"DAILY": _DAY, "WEEKLY": 7 * _DAY}
_EARLIEST, _LATEST = 1990, 2100


def read(data: bytes) -> CalendarFile:
    """Every event by date; those whose dates cannot be read, by title.

    Raises:
        UnreadableFile: no calendar, damaged, too large, or without any date.
    """
    if len(data) > ICS.size_bytes:
        raise list_errors.CalendarTooLarge(limit=ICS.size_bytes // (1024 * 1024))
    events: list[Stretch] = []
    unread: list[str] = []
    for lines in islice(_events(data), ICS.events):
        found = _read(lines)
        events += found if isinstance(found, list) else []
        unread += [found] if isinstance(found, str) else []
    if not events and not unread:
        raise list_errors.CalendarHasNoDays
    return CalendarFile(tuple(events[: ICS.events]), tuple(unread[: ICS.events]))


def _events(data: bytes) -> Iterator[list[bytes]]:
    """The lines of each event that count, in a calendar of their own; a cancelled event is none."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].upper()
    if start != b"BEGIN:VCALENDAR":
        raise list_errors.NoCalendar
    inside: list[bytes] | None = None
    depth = 0
    # folded lines are joined first: a line break and one blank inside a title
    for line in re.sub(rb"\r?\n[ \t]", b"", data.replace(b"\0", b"")).splitlines():
        if found := _EVENT.match(line):
            if found[1].upper() == b"BEGIN":
                inside, depth = [], 0
            elif inside is not None:
                yield inside
                inside = None
        elif inside is None:
            continue
        elif begun := _PART.match(line):  # an alarm inside the event has lines of the same names
            depth += 1 if begun[1].upper() == b"BEGIN" else -1
        elif _CANCELLED.match(line):
            inside = None
        elif depth == 0 and _KEPT.match(line):
            inside.append(_ZONE.sub(b"", line[: ICS.line_chars]))


def _read(lines: list[bytes]) -> list[Stretch] | str:
    """One event as days, or its title where its dates cannot be read."""
    title = ""
    try:
        text = b"\r\n".join(
            (b"BEGIN:VCALENDAR", b"BEGIN:VEVENT", *lines, b"END:VEVENT", b"END:VCALENDAR")
        )
        made = Calendar.from_ical(text.decode("utf-8", "replace"))
        event = next(iter(made.walk("VEVENT")))
        title = clean(str(event.get("SUMMARY", "")))[: ICS.title_chars]
        days = _days(event)
    except (
        BrokenCalendarProperty,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        ArithmeticError,
        StopIteration,
        RecursionError,
    ):
        # why: the library raises whatever its parts raise; one odd event must not cost the others
        return title
    return [Stretch(first, last, title) for first, last in days] or title


def _days(event: Any) -> list[tuple[date, date]]:
    """First and last day of each time it happens; none where it lasts years or lies far from any school's."""
    first, last = _span(event)
    near = first.year >= _EARLIEST and last.year <= _LATEST
    if not near or not 0 <= (last - first).days <= ICS.span_days:
        return []
    return [(first + by, last + by) for by in _repeats(event, first)]


def _span(event: Any) -> tuple[date, date]:
    start = event["DTSTART"].dt
    end = event["DTEND"].dt if "DTEND" in event else None
    if end is None and "DURATION" in event:
        end = start + event["DURATION"].dt
    first = _local(start)
    if end is None:
        return first, first
    # the end is the first instant after it: for all-day events the next day, for others perhaps midnight
    if isinstance(end, datetime):
        return first, max(first, _local(end - timedelta(microseconds=1)))
    return first, max(first, _local(end) - _DAY)


def _local(moment: date) -> date:
    """The day in school; a time without a zone is the school's wall clock."""
    if not isinstance(moment, datetime):
        return moment
    return (moment.astimezone(_LONDON) if moment.tzinfo else moment).date()


def _repeats(event: Any, first: date) -> list[timedelta]:
    """How far from the first each time lies. What is not by plain days or weeks is taken once."""
    rule = event.get("RRULE")
    if rule is None:
        return [timedelta()]
    step = _STEPS.get(str(_first(rule, "FREQ", "")).upper())
    plain = not any(
        str(name).upper().startswith("BY") for name in rule if str(name).upper() != "BYDAY"
    )
    days = rule.get("BYDAY") or []
    if step is None or not plain or len(days) > 1:
        return [timedelta()]
    step *= max(1, int(_first(rule, "INTERVAL", 1)))
    count = min(int(_first(rule, "COUNT", ICS.repeats)), ICS.repeats)
    until = _first(rule, "UNTIL", None)
    last = _local(until) if isinstance(until, date) else date(_LATEST, 1, 1)
    return [step * n for n in range(max(1, count)) if n == 0 or first + step * n <= last]


def _first(rule: Any, name: str, usual: Any) -> Any:
    found = rule.get(name)
    return found[0] if isinstance(found, list) and found else found or usual


def warm_up() -> None:
    """Loads what the library loads on first use: once the child is locked in, it can open no file."""
    read(
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260901T080000Z\r\nDURATION:P1D\r\nSUMMARY:Term\r\n"
        b"RRULE:FREQ=WEEKLY;COUNT=2\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    datetime(2026, 9, 1, tzinfo=UTC).astimezone(_LONDON)
