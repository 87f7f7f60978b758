"""The school's days: terms, closures and the start of day, per site."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from schoolsafe.domain.calendar import (
    DEFAULT_DIVISION,
    ClosedDay,
    SchoolCalendar,
    Term,
    from_values,
)
from schoolsafe.domain.entry import Add, NewEntry, Value
from schoolsafe.domain.field import SCHOOL
from schoolsafe.domain.term_dates import CalendarFile, TermDates, merged
from schoolsafe.domain.term_dates import read as read_terms
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.desk import Desk

MAIN = "main"
_TOPICS = frozenset({Topic.CALENDAR, Topic.TODAY})


class TermsOverlap(Refused):
    """A term must end after it begins."""


class NoTermsInFile(Refused):
    """No term, holiday or day without pupils was found among the events of this calendar. Type the dates."""


class DayTooShort(Refused):
    """The school day must end after it begins."""


@dataclass(frozen=True, slots=True)
class SiteView:
    """One site's days as set."""

    name: str
    start: time
    end: time
    terms: tuple[Term, ...]
    closed: tuple[ClosedDay, ...]
    is_set: bool
    division: str = DEFAULT_DIVISION
    """Whose bank holidays it keeps."""


@dataclass(frozen=True, slots=True)
class CalendarPreview:
    """What a calendar file would make of a site's days. Nothing is written before it is applied."""

    site: str
    found: TermDates
    terms: tuple[Term, ...]
    """All terms as they would stand: those of other school years stay."""
    closed: tuple[ClosedDay, ...]
    changes: bool
    """False where the site's days are these already."""


class Calendars:
    """What a person can do with the school day."""

    def __init__(self, desk: Desk, bank_holidays: Mapping[str, Sequence[ClosedDay]]) -> None:
        self._desk = desk
        self._bank_holidays = bank_holidays
        self.also: Callable[[SchoolCalendar, SchoolCalendar], Sequence[NewEntry]] = _nothing
        """What goes on record in the commit that changes the calendar, from the old one and the new."""

    def show(self, site: str = MAIN) -> SiteView:
        """A site's days; the usual start of day where nothing was set."""
        values = self._values(site)
        calendar = self.calendar(site)
        return SiteView(
            site,
            calendar.start,
            calendar.end,
            calendar.terms,
            calendar.closed,
            is_set=bool(values),
            division=str(values.get("division") or DEFAULT_DIVISION),
        )

    def set(
        self,
        *,
        start: time,
        end: time,
        terms: Sequence[Term],
        closed: Sequence[ClosedDay],
        site: str = MAIN,
        division: str = "england-and-wales",
    ) -> Changes:
        """Puts a site's days on record.

        Raises:
            DayTooShort: the day ends before it begins.
            TermsOverlap: a term ends before it begins.
        """
        if end <= start:
            raise DayTooShort
        if any(term.last < term.first for term in terms):
            raise TermsOverlap
        values: dict[str, Value] = {
            "name": site,
            "start": start.strftime("%H:%M"),
            "end": end.strftime("%H:%M"),
            "terms": [
                {"name": t.name, "first": t.first.isoformat(), "last": t.last.isoformat()}
                for t in sorted(terms, key=lambda t: t.first)
            ],
            "closed": [
                {"date": c.date.isoformat(), "why": c.why}
                for c in sorted(closed, key=lambda c: c.date)
            ],
            "division": division,
        }
        entity = f"site:{site}"
        if self._desk.reader.get(entity) is None:
            return self._desk.put(
                [NewEntry(SCHOOL, "calendar.set", (Add(entity, values),))], _TOPICS
            )
        ops = self._desk.setting(entity, values)
        if not ops:
            return Changes.none()
        entries = [NewEntry(SCHOOL, "calendar.set", ops)]
        if site == MAIN:
            before, after = self.calendar(site), self._calendar_of(values)
            entries += self.also(before, after)
        return self._desk.put(entries, _TOPICS)

    def preview_file(self, file: CalendarFile, *, site: str = MAIN) -> CalendarPreview:
        """What the events of a calendar file would make of this site's days. Writes nothing.

        Raises:
            NoTermsInFile: none of them says when pupils are in.
        """
        found = read_terms(file)
        if not (found.terms or found.closed):
            raise NoTermsInFile
        now = self.show(site)
        terms, closed = merged(now.terms, now.closed, found)
        changes = (terms, closed) != (now.terms, tuple(sorted(now.closed, key=lambda c: c.date)))
        return CalendarPreview(site, found, terms, closed, changes)

    def apply_file(self, preview: CalendarPreview) -> Changes:
        """Puts the previewed days on record; the times of the school day stay. A second time changes nothing."""
        now = self.show(preview.site)
        return self.set(
            start=now.start,
            end=now.end,
            terms=preview.terms,
            closed=preview.closed,
            site=preview.site,
            division=now.division,
        )

    def calendar(self, site: str = MAIN) -> SchoolCalendar:
        """The calendar that every clock of the school runs on."""
        return self._calendar_of(self._values(site))

    def _calendar_of(self, values: Mapping[str, Value]) -> SchoolCalendar:
        division = str(values.get("division") or "england-and-wales")
        return from_values(values, tuple(self._bank_holidays.get(division, ())))

    def _values(self, site: str) -> Mapping[str, Value]:
        record = self._desk.reader.get(f"site:{site}")
        return record.values if record else {}


def _nothing(_before: SchoolCalendar, _after: SchoolCalendar) -> Sequence[NewEntry]:
    return ()
