"""Term dates and days without pupils, as a person writes them, one a line; and read back to them.

Day first, never month first. Qt-free: set-up and Settings share it. Left to others: what a calendar
means (domain.calendar), saving it (services.calendar).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from schoolsafe.domain import say
from schoolsafe.domain.calendar import ClosedDay, Term
from schoolsafe.words import _

_CENTURY: Final = 2000
_TWO_DIGITS: Final = 99
_FRIDAY: Final = 4
_DAY: Final = timedelta(days=1)
_DATE: Final = re.compile(
    r"(?P<iso>\d{4}-\d{2}-\d{2})"
    r"|(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s./-]+(?P<m>\d{1,2}|[^\W\d_]{3,})[\s./,-]+(?P<y>\d{4}|\d{2})"
    r"(?!\d)"
)
_BETWEEN: Final = re.compile(r"^\s*(?:to|until|till|-|–|—)\s*$", re.IGNORECASE)
_WEEKDAY: Final = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?", re.IGNORECASE
)
_EDGES: Final = " \t:,;.–—-()"
_MOST_DAYS: Final = 400


@dataclass(frozen=True, slots=True)
class DayLine:
    """One line: a day or a stretch of days, and what it is."""

    first: date
    last: date
    words: str


@dataclass(frozen=True, slots=True)
class LineRead:
    """What was read from several lines, or what is wrong with them."""

    lines: tuple[DayLine, ...]
    problems: tuple[str, ...]


def read_lines(text: str, *, pairs: bool = False) -> LineRead:
    """The days in the lines a person typed; with ``pairs`` every line needs two dates."""
    lines, problems = [], []
    for n, raw in enumerate(text.splitlines(), 1):
        if not raw.strip():
            continue
        found = _read(raw)
        if found is None or (pairs and len(_dates(raw)) < 2):  # noqa: PLR2004  # from and to
            problems.append(_problem(n, pairs=pairs))
        elif found.last < found.first:
            problems.append(_("Line {n}: the last day lies before the first").format(n=n))
        elif (found.last - found.first).days > _MOST_DAYS:
            problems.append(_("Line {n}: that is longer than a year").format(n=n))
        else:
            lines.append(found)
    return LineRead(tuple(lines), tuple(problems))


def _problem(n: int, *, pairs: bool) -> str:
    words = (
        _("Line {n}: write two dates, such as 2 11 2026 to 18 12 2026")
        if pairs
        else _("Line {n}: write a date, such as 27 3 2026, then what it is")
    )
    return words.format(n=n)


def _dates(raw: str) -> list[tuple[re.Match[str], date]]:
    found = [(match, _date_of(match)) for match in _DATE.finditer(raw)]
    return [(match, day) for match, day in found if day is not None]


def _read(raw: str) -> DayLine | None:
    found = _dates(raw)
    if not 1 <= len(found) <= 2:  # noqa: PLR2004  # a day, or from and to
        return None
    (start, first), (end, last) = found[0], found[-1]
    between = _WEEKDAY.sub("", raw[start.end() : end.start()]) if start is not end else ""
    if start is not end and not _BETWEEN.match(between):
        return None
    rest = f"{raw[: start.start()]} {raw[end.end() :]}"
    words = " ".join(_WEEKDAY.sub("", rest).split()).strip(_EDGES)
    return DayLine(first, last, words)


def _date_of(match: re.Match[str]) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        month = (
            int(match["m"]) if match["m"].isdigit() else _months().get(match["m"][:3].casefold())
        )
        year = int(match["y"])
        return date(year if year > _TWO_DIGITS else _CENTURY + year, month or 0, int(match["d"]))
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    english = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    own = {say.month_words(date(_CENTURY, n, 1))[:3].casefold(): n for n in range(1, 13)}
    return {word: n for n, word in enumerate(english, 1)} | own


def spans(terms: Sequence[Term], breaks: Iterable[DayLine]) -> tuple[Term, ...]:
    """The terms with their holidays taken out: a half-term makes two spans, numbered.

    A weekend beside a holiday belongs to it, so a notice of Saturday counts as come in the holiday.
    """
    holidays = sorted(breaks, key=lambda line: line.first)
    made = []
    for term in sorted(terms, key=lambda t: t.first):
        inside = [h for h in holidays if term.first <= h.first and h.last <= term.last]
        parts = list(_parts(term, inside))
        numbered = len(parts) > 1
        for n, (first, last) in enumerate(parts, 1):
            words = _("{term} {n}").format(term=term.name, n=n) if numbered else term.name
            made.append(Term(words, first, last))
    return tuple(made)


def _parts(term: Term, holidays: Sequence[DayLine]) -> Iterator[tuple[date, date]]:
    first = term.first
    for holiday in holidays:
        last = _weekday(holiday.first - _DAY, -_DAY)
        if first <= last:
            yield first, last
        first = _weekday(holiday.last + _DAY, _DAY)
    if first <= term.last:
        yield first, term.last


def _weekday(day: date, step: timedelta) -> date:
    while day.weekday() > _FRIDAY:
        day += step
    return day


def closed_days(lines: Iterable[DayLine]) -> tuple[ClosedDay, ...]:
    """Every single day of these lines; a day without words is an inset day."""
    return tuple(ClosedDay(day, line.words or _("INSET")) for line in lines for day in _each(line))


def _each(line: DayLine) -> Iterator[date]:
    day = line.first
    while day <= line.last:
        yield day
        day += _DAY


def terms_of(lines: Iterable[DayLine]) -> tuple[Term, ...]:
    """Terms as they are, one a line."""
    return tuple(Term(line.words or _("Term"), line.first, line.last) for line in lines)


def terms_text(terms: Iterable[Term]) -> str:
    """Terms as a person may change them, one a line."""
    words = _("{name}: {first} to {last}")
    return "\n".join(
        words.format(name=t.name, first=say.date_words(t.first), last=say.date_words(t.last))
        for t in sorted(terms, key=lambda t: t.first)
    )


def closed_text(closed: Iterable[ClosedDay]) -> str:
    """Days without pupils, one stretch a line."""
    lines: list[DayLine] = []
    for day in sorted(closed, key=lambda c: c.date):
        if lines and lines[-1].words == day.why and lines[-1].last + _DAY == day.date:
            lines[-1] = DayLine(lines[-1].first, day.date, day.why)
        else:
            lines.append(DayLine(day.date, day.date, day.why))
    return "\n".join(_line_text(line) for line in lines)


def _line_text(line: DayLine) -> str:
    first, last = say.date_words(line.first), say.date_words(line.last)
    if line.first == line.last:
        return _("{date} {words}").format(date=first, words=line.words)
    return _("{first} to {last} {words}").format(first=first, last=last, words=line.words)
