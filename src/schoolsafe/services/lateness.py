"""How in time each notice was: facts for the month's letter, and what a changed calendar changed.

Timeliness is derived, never stored as truth. Where a closure is entered later, the result changes, and
both results go on record in the commit that changed the calendar. Source: domain.md 2.2.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from schoolsafe.domain import lateness as rules
from schoolsafe.domain.calendar import (
    SchoolCalendar,
    Timing,
    in_school,
    incident_instant,
    minutes_to_end_of_day,
    timeliness,
)
from schoolsafe.domain.entry import Add, NewEntry, Value
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.notification import Choice, NoticeKind, not_supplied
from schoolsafe.services.desk import LONDON, Desk
from schoolsafe.services.not_ours_stub import letter_facts, names_strangers
from schoolsafe.services.notification_entry import (
    builtins,
    convert,
    incident_of,
    instant,
    line_of,
    notice_of,
    outcome_of,
    text,
)
from schoolsafe.services.ports import Record


@dataclass(frozen=True, slots=True)
class Retimed:
    """An earlier result and the one that took its place."""

    at: datetime
    earlier: Timing
    later: Timing

    @property
    def words(self) -> str:
        """Says "late by 1 school day; now in the holiday, in time"."""
        return f"{rules.timing_words(self.earlier)} → {rules.timing_words(self.later)}"


def retimed(desk: Desk, earlier: SchoolCalendar, later: SchoolCalendar) -> tuple[NewEntry, ...]:
    """An entry for every notice whose result the new calendar changes; none before the first calendar."""
    if not earlier.terms or TEAM in desk.closed:
        return ()
    entries = []
    for record in desk.reader.find("notification", {"withdrawn": None}):
        before, after = _timing(record, earlier), _timing(record, later)
        if rules.changed(before, after):
            values: dict[str, Value] = {
                "notification": record.id,
                "earlier": builtins(before),
                "later": builtins(after),
                "at": desk.now().isoformat(),
            }
            add = Add(desk.ids.new("timing_change"), values)
            entries.append(NewEntry(TEAM, "notification.retime", (add,)))
    return tuple(entries)


def changes_of(desk: Desk, notification: str) -> tuple[tuple[str, Retimed], ...]:
    """The ids of a notice's changes of result with what they say, oldest first."""
    found = desk.reader.find(
        "timing_change", {"notification": notification, "withdrawn": None}, order="at"
    )
    return tuple(
        (
            record.id,
            Retimed(
                instant(record.values, "at") or desk.now(),
                convert(record.values.get("earlier"), Timing),
                convert(record.values.get("later"), Timing),
            ),
        )
        for record in found
    )


def home_in(
    desk: Desk, calendar: SchoolCalendar, record: Record, lines: Sequence[Record]
) -> int | None:
    """Minutes until the children go home, where a notice came while they are in school.

    None once every child of it has been decided for, and out of school hours.
    """
    now = desk.now()
    if not in_school(now, calendar) or all(line.values.get("choice") for line in lines):
        return None
    began = calendar.starts_on(now.date())
    return minutes_to_end_of_day(now, calendar) if _received(record) >= began else None


def _received(record: Record) -> datetime:
    written = datetime.fromtimestamp(record.wall_ms / 1000, tz=LONDON)
    return (instant(record.values, "received_at") or written).astimezone(LONDON)


def _timing(record: Record, calendar: SchoolCalendar) -> Timing:
    return timeliness(incident_instant(incident_of(record.values)), _received(record), calendar)


def month_facts(desk: Desk, calendar: SchoolCalendar) -> tuple[rules.NoticeFacts, ...]:
    """Every domestic-abuse notice on record, as far as the letter counts it.

    Missing and found notices are not Operation Encompass figures; a message nobody could read yet is
    counted, because it came.
    """
    return letter_facts(desk) + tuple(
        _facts(desk, record, calendar)
        for record in desk.reader.find("notification", {"withdrawn": None}, order="received_at")
        if text(record.values, "kind") in {None, NoticeKind.DOMESTIC_ABUSE}
    )


def _facts(desk: Desk, record: Record, calendar: SchoolCalendar) -> rules.NoticeFacts:
    lines = desk.reader.find("line", {"notification": record.id, "withdrawn": None}, order="number")
    notice = notice_of(record, tuple(line_of(line) for line in lines))
    read = outcome_of(record.values) == "received" and bool(lines)
    received, opened = _received(record), instant(record.values, "opened_at")
    return rules.NoticeFacts(
        received=received,
        timing=_timing(record, calendar),
        opened_after_minutes=rules.minutes_to_opened(received, opened),
        missing=frozenset(set(not_supplied(notice)) & set(rules.STANDARD) if read else ()),
        wrong_school=_wrong_school(lines) or names_strangers(desk, record.id),
    )


def _wrong_school(lines: Sequence[Record]) -> bool:
    """At least one child of the notice is none of this school's."""
    return any(
        line.values.get("no_match") is not None or line.values.get("choice") == Choice.NOT_OURS
        for line in lines
    )
