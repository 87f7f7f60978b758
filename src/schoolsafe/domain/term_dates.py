"""Term dates out of a calendar's events: what is a term, a holiday, a day without pupils; the rest is named.

Recognised by words, never guessed from lengths alone; a person looks at what was found before it is kept.
Left to others: reading the file (intake), keeping the calendar (services). Source: domain.md 7.7.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from schoolsafe.domain.calendar import ClosedDay, Term
from schoolsafe.words import _

_DAY: Final = timedelta(days=1)
_FRIDAY: Final = 4
_LONG_HOLIDAY_DAYS: Final = 7
"""A holiday of more days parts two terms; a shorter one lies inside a term."""
_SHORTEST_TERM_DAYS: Final = 10
_LONGEST_TERM_DAYS: Final = 200
_SCHOOL_YEAR_BEGINS: Final = 8
"""The month from which a date counts to the next school year: some schools begin in August."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A day or several, the last included, and what it is called."""

    first: date
    last: date
    words: str


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar file as read: its events by date, and those that could not be read, by their titles."""

    events: tuple[Stretch, ...]
    unread: tuple[str, ...] = ()


class EventKind(StrEnum):
    """What an event of a school calendar means for the school's days."""

    TERM = "term"
    BEGINS = "begins"
    """The first day of a term."""
    ENDS = "ends"
    """The last day of a term."""
    HOLIDAY = "holiday"
    CLOSED = "closed"
    """A day without pupils: INSET, training, polling."""
    BANK_HOLIDAY = "bank_holiday"
    """Known already, from the list that comes with the program."""
    OTHER = "other"


_BANK: Final = re.compile(
    r"bank holiday|good friday|easter monday|new year'?s day|christmas day|boxing day|may day|st andrew"
    r"|gŵyl y? ?banc",
    re.IGNORECASE,
)
_CLOSED: Final = re.compile(
    r"\binset\b|in-?service|non[- ]pupil|staff (?:training|development)|(?:teacher|training|development|twilight)"
    r" (?:training )?days?\b|professional (?:learning|development)|\bpd days?\b|\bhms\b"
    r"|(?:school|schools) (?:is |are )?closed|closed (?:to|for) (?:all )?(?:pupils|students|children)"
    r"|polling|occasional day|no (?:pupils|school)",
    re.IGNORECASE,
)
_HOLIDAY: Final = re.compile(
    r"half[- ]?term|holidays?\b|vacation|\b(?:mid-?term|half-?term|spring|winter|summer|autumn|october|february"
    r"|may|christmas|easter) (?:half-?term )?break|gwyliau|hanner tymor",
    re.IGNORECASE,
)
_TERM: Final = re.compile(r"\bterm\b|\btymor\b|semester", re.IGNORECASE)
_NAMED: Final = re.compile(
    r"\b(autumn|spring|summer|winter|michaelmas|lent|trinity)\b", re.IGNORECASE
)
_NOT_A_NAME: Final = re.compile(
    r"\b20\d\d(?:\s*[/-]\s*(?:20)?\d\d)?\b|\bterm\b|\bdates?\b|\btymor\b", re.IGNORECASE
)
_BEGINS: Final = re.compile(
    r"begins?\b|starts?\b|first day|opens?\b|re-?opens?|returns?\b|resumes?|back to school|start of",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(
    r"\bends?\b|last day|breaks? up|finish(?:es)?|closes?\b|end of", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class TermDates:
    """What a calendar file says about the school's days: a person looks before it is kept."""

    terms: tuple[Term, ...]
    closed: tuple[ClosedDay, ...]
    ignored: tuple[Stretch, ...]
    """Events that say nothing about when pupils are in."""
    unread: tuple[str, ...] = ()
    """Events whose dates could not be read."""


def kind_of(event: Stretch) -> EventKind:
    """What an event means, by its words."""
    words, single = event.words, event.first == event.last
    if _BANK.search(words) and (event.last - event.first).days < _LONG_HOLIDAY_DAYS:
        return EventKind.BANK_HOLIDAY
    if _CLOSED.search(words):
        return EventKind.CLOSED
    marks = bool(_TERM.search(words) or _NAMED.search(words) or "school" in words.lower())
    if single and marks and _BEGINS.search(words):
        return EventKind.BEGINS
    if single and marks and _ENDS.search(words):
        return EventKind.ENDS
    if _HOLIDAY.search(words):
        return EventKind.HOLIDAY
    long = (event.last - event.first).days >= _SHORTEST_TERM_DAYS
    return EventKind.TERM if _TERM.search(words) and long else EventKind.OTHER


def read(file: CalendarFile) -> TermDates:
    """Terms, days without pupils, and what was passed over."""
    by_kind: dict[EventKind, list[Stretch]] = {kind: [] for kind in EventKind}
    for event in sorted(set(file.events), key=lambda each: (each.first, each.last, each.words)):
        by_kind[kind_of(event)].append(event)
    holidays = by_kind[EventKind.HOLIDAY]
    whole = [Term(_own_name(each), each.first, each.last) for each in by_kind[EventKind.TERM]]
    marked = _between_marks(by_kind[EventKind.BEGINS], by_kind[EventKind.ENDS])
    terms = _apart(whole or marked or _between_holidays(holidays))
    spans_ = spans(terms, holidays)
    closed = {day: each.words for each in by_kind[EventKind.CLOSED] for day in _weekdays(each)}
    passed = [*by_kind[EventKind.OTHER], *([] if not whole else _marks(by_kind, whole))]
    return TermDates(
        terms=spans_,
        closed=tuple(ClosedDay(day, words) for day, words in sorted(closed.items())),
        ignored=tuple(sorted(passed, key=lambda each: each.first)),
        unread=file.unread,
    )


def _marks(kinds: dict[EventKind, list[Stretch]], whole: Sequence[Term]) -> list[Stretch]:
    """First and last days that no whole term agrees with: a person should see them."""
    known = {day for term in whole for day in (term.first, term.last)}
    both = (*kinds[EventKind.BEGINS], *kinds[EventKind.ENDS])
    return [each for each in both if each.first not in known]


def _between_marks(begins: Sequence[Stretch], ends: Sequence[Stretch]) -> list[Term]:
    """Each first day with the last day that follows it, before the next first day."""
    terms = []
    for n, start in enumerate(begins):
        until = begins[n + 1].first if n + 1 < len(begins) else date.max
        close = next((each for each in ends if start.first < each.first < until), None)
        if close and (close.first - start.first).days <= _LONGEST_TERM_DAYS:
            terms.append(Term(_term_name(start), start.first, close.first))
    return terms


def _between_holidays(holidays: Sequence[Stretch]) -> list[Term]:
    """Terms as what lies between two long holidays, where the file names nothing else."""
    long = [each for each in holidays if (each.last - each.first).days >= _LONG_HOLIDAY_DAYS]
    terms = []
    for before, after in pairwise(long):
        first, last = weekday(before.last + _DAY, _DAY), weekday(after.first - _DAY, -_DAY)
        if 0 < (last - first).days <= _LONGEST_TERM_DAYS:
            terms.append(Term(_season(first), first, last))
    return terms


def _apart(terms: Iterable[Term]) -> list[Term]:
    """Terms in order; one that lies inside or across another is left to the longer one."""
    kept: list[Term] = []
    for term in sorted(terms, key=lambda each: (each.first, -each.last.toordinal())):
        inside = [each for each in kept if each.first <= term.first <= each.last]
        if not inside:
            kept.append(term)
    return kept


def _own_name(event: Stretch) -> str:
    """The term's name without its year: "Autumn term 2026" is Autumn, "Term 1" stays."""
    bare = " ".join(_NOT_A_NAME.sub(" ", event.words).split())
    return bare if _NAMED.search(bare) else event.words


def _term_name(event: Stretch) -> str:
    found = _NAMED.search(event.words)
    return found[0].capitalize() if found else _season(event.first)


def _season(first: date) -> str:
    """The term that begins on this day, as schools call it."""
    if first.month >= _SCHOOL_YEAR_BEGINS:
        return _("Autumn")
    return _("Spring") if first.month <= 2 else _("Summer")  # noqa: PLR2004  # February


def spans(terms: Sequence[Term], breaks: Iterable[Stretch]) -> tuple[Term, ...]:
    """The terms with their holidays taken out: a half-term makes two spans, numbered.

    A weekend beside a holiday belongs to it, so a notice of Saturday counts as come in the holiday.
    """
    holidays = sorted(breaks, key=lambda each: each.first)
    made = []
    for term in sorted(terms, key=lambda t: t.first):
        inside = [h for h in holidays if term.first <= h.first and h.last <= term.last]
        parts = list(_parts(term, inside))
        numbered = len(parts) > 1
        for n, (first, last) in enumerate(parts, 1):
            words = _("{term} {n}").format(term=term.name, n=n) if numbered else term.name
            made.append(Term(words, first, last))
    return tuple(made)


def _parts(term: Term, holidays: Sequence[Stretch]) -> Iterator[tuple[date, date]]:
    first = term.first
    for holiday in holidays:
        last = weekday(holiday.first - _DAY, -_DAY)
        if first <= last:
            yield first, last
        first = weekday(holiday.last + _DAY, _DAY)
    if first <= term.last:
        yield first, term.last


def weekday(day: date, step: timedelta) -> date:
    """The day itself, or the next weekday in that direction."""
    while day.weekday() > _FRIDAY:
        day += step
    return day


def _weekdays(event: Stretch) -> Iterator[date]:
    day = event.first
    while day <= event.last:
        if day.weekday() <= _FRIDAY:
            yield day
        day += _DAY


def school_year(day: date) -> int:
    """The year in which the school year of this day began."""
    return day.year if day.month >= _SCHOOL_YEAR_BEGINS else day.year - 1


def merged(
    known: Sequence[Term], closed: Sequence[ClosedDay], found: TermDates
) -> tuple[tuple[Term, ...], tuple[ClosedDay, ...]]:
    """The school's days with a file's put in: its school years are the file's, all others stay.

    A day without pupils that the school has and the file has not stays: it may be a closure of the
    school's own, and a person sees it in the preview.
    """
    years = {school_year(term.first) for term in found.terms}
    terms = [term for term in known if school_year(term.first) not in years]
    days = {day.date: day for day in (*closed, *found.closed)}
    return (
        tuple(sorted((*terms, *found.terms), key=lambda term: term.first)),
        tuple(days[day] for day in sorted(days)),
    )
