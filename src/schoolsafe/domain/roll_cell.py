"""What one cell of a pupil list means: birth date, year group, sex. Pure readings, never a guess.

Day first, never month first. Source: domain.md 7.4.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from schoolsafe.domain.say import age_years
from schoolsafe.words import N_, _

_DAY_FIRST: Final = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})(?:[ t]0{1,2}:00.*)?")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ t]\d{1,2}:\d{2}.*)?")
_NAMED: Final = re.compile(
    r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?[ \-/.]([a-z]{3,9})\.?,?[ \-/.](\d{4}|\d{2})"
)
_SERIAL: Final = re.compile(r"(\d{5})(?:\.0*)?")
_EXCEL_DAY_0: Final = date(1899, 12, 30)
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_CENTURY: Final = 100
_LEAST_AGE: Final = 2
_MOST_AGE: Final = 19
_YEAR_GROUP: Final = re.compile(r"(?:national curriculum |nc ?)?(?:year|yr|y)? ?0?(\d{1,2})")
_LAST_YEAR_GROUP: Final = 14


class DobProblem(StrEnum):
    """What is wrong with a birth date cell."""

    MISSING = "dob_missing"
    UNREADABLE = "dob_unreadable"
    IMPOSSIBLE = "dob_impossible"
    FUTURE = "dob_future"
    AGE = "dob_age_outside_2_19"


_MESSAGES: Final = {
    DobProblem.MISSING: N_("There is no date of birth."),
    DobProblem.UNREADABLE: N_("The date of birth cannot be read: {cell}."),
    DobProblem.IMPOSSIBLE: N_("There is no such date: {cell}. Days come first, then months."),
    DobProblem.FUTURE: N_("The date of birth is in the future: {cell}."),
    DobProblem.AGE: N_("This pupil would be {age} years old. Check the date of birth: {cell}."),
}


@dataclass(frozen=True, slots=True)
class RollDate:
    """A birth date cell as read: a date, a problem, or both where the date is unlikely."""

    value: date | None
    problem: DobProblem | None = None
    message: str = ""


def roll_date(cell: str | None, on: date) -> RollDate:
    """The birth date in a cell of a pupil list; ages are judged on the day ``on``.

    Reads 14/03/2012, 14.3.12, 14-03-2012, 2012-03-14 with or without a time, "14 Mar 2012" and an
    Excel day number. A year of two digits is the latest one that has begun.
    """
    text = " ".join((cell or "").split())
    if not text:
        return _problem(DobProblem.MISSING, text)
    parts = _parts(text.casefold(), on)
    if parts is None:
        return _problem(DobProblem.UNREADABLE, text)
    try:
        born = parts if isinstance(parts, date) else date(*parts)
    except ValueError:
        return _problem(DobProblem.IMPOSSIBLE, text)
    age = age_years(born, on)
    if born > on:
        return _problem(DobProblem.FUTURE, text, born)
    if not _LEAST_AGE <= age <= _MOST_AGE:
        return _problem(DobProblem.AGE, text, born, age=age)
    return RollDate(born)


def _problem(kind: DobProblem, cell: str, born: date | None = None, *, age: int = 0) -> RollDate:
    return RollDate(born, kind, _(_MESSAGES[kind]).format(cell=cell, age=age))


def _parts(text: str, on: date) -> date | tuple[int, int, int] | None:
    """Year, month and day as written, possibly no real date; None where it is no date at all."""
    if found := _DAY_FIRST.fullmatch(text):
        return _year(found[3], on), int(found[2]), int(found[1])
    if found := _YEAR_FIRST.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _SERIAL.fullmatch(text):
        return _EXCEL_DAY_0 + timedelta(days=int(found[1]))
    if found := _NAMED.fullmatch(text):
        month = _month(found[2])
        return (_year(found[3], on), month, int(found[1])) if month else None
    return None


def _month(word: str) -> int | None:
    wanted = "sep" if word == "sept" else word
    return next((n for n, name in enumerate(_MONTHS, 1) if wanted in {name, name[:3]}), None)


def _year(digits: str, on: date) -> int:
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004  # all four digits were written
        return year
    century = on.year - on.year % _CENTURY
    return century + year if century + year <= on.year else century + year - _CENTURY


def year_group(cell: str | None) -> str | None:
    """A year group as it is kept: "R", "5", "N", "N2"; unknown words stay as they were written."""
    text = " ".join((cell or "").split())
    small = text.casefold()
    if small in {"r", "yr", "rec", "reception", "year r", "year reception", "0", "year 0", "y0"}:
        return "R"
    nursery = re.fullmatch(r"(?:n|nursery|year n|ny) ?([12]?)", small)
    if nursery:
        return f"N{nursery[1]}"
    found = _YEAR_GROUP.fullmatch(small)
    if found and 1 <= int(found[1]) <= _LAST_YEAR_GROUP:
        return str(int(found[1]))
    return text or None


def sex_code(cell: str | None) -> str | None:
    """F or M for the words lists use; anything else as it was written."""
    text = " ".join((cell or "").split())
    return {"f": "F", "female": "F", "m": "M", "male": "M"}.get(text.casefold(), text or None)
