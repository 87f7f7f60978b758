"""An action: what somebody said they would do about a child, who, by when, and what came of it.

The words a person types for a day ("fri", "tomorrow", "14 11") are read here. Source: ux.md 7 task 7, domain.md 4.2.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from schoolsafe.domain.field import Field, Kind, Noun, Rule
from schoolsafe.domain.file_form import Ask, FileForm, Group, Question, When, file_noun
from schoolsafe.words import N_

_WEEK: Final = 7
_QUESTIONS: Final = (
    Question("what", N_("What will be done?"), needed=N_("Write what will be done")),
    Question(
        "agreed_at",
        N_("When was it agreed?"),
        Ask.MOMENT,
        when=When.PAST,
        needed=N_("Enter when it was agreed"),
    ),
    Question("owner", N_("Who does it?"), later=True, hint=N_("Name and role")),
    Question("due", N_("By when?"), Ask.DAY, later=True),
    Question("done_at", N_("When was it done?"), Ask.MOMENT, when=When.PAST, later=True),
    Question("outcome", N_("What came of it?"), Ask.LONG, later=True),
)


def _noun() -> Noun:
    """As any form's noun, but of two dates set apart the earlier stands on top."""
    made = file_noun(
        "action",
        _QUESTIONS,
        voice=False,
        more=(
            Field("owner_person", Kind.ENTITY),
            Field("source", Kind.ENTITY, Rule.IMMUTABLE, indexed=True),
        ),
    )
    fields = tuple(replace(f, rule=Rule.EARLIEST) if f.name == "due" else f for f in made.fields)
    return replace(made, fields=fields)


ACTION: Final = FileForm(
    noun=_noun(),
    words=N_("Action"),
    record=N_("Add an action"),
    questions=_QUESTIONS,
    when="agreed_at",
    says="what",
    titled=("owner",),
    group=Group.DECISION,
    voice=False,
    together=(("done_at", "outcome", N_("Write what came of it")),),
)
"""``owner`` is a name as typed; ``owner_person`` the colleague it stands for, if any. ``source`` is the record it
follows from. It is open until ``done_at`` is set, and that needs an outcome."""


class Standing(StrEnum):
    """How an action stands on a day."""

    DONE = "done"
    OVERDUE = "overdue"
    TODAY = "today"
    AHEAD = "ahead"
    NO_DATE = "no_date"


def standing(due: date | None, on: date, *, done: bool) -> Standing:
    """How it stands: an action is overdue from the day after the day it was due."""
    if done:
        return Standing.DONE
    if due is None:
        return Standing.NO_DATE
    if due == on:
        return Standing.TODAY
    return Standing.OVERDUE if due < on else Standing.AHEAD


_ORDER: Final = (Standing.OVERDUE, Standing.TODAY, Standing.AHEAD, Standing.NO_DATE, Standing.DONE)


def urgency(standing_: Standing, due: date | None) -> tuple[int, date]:
    """For sorting: overdue first, the longest overdue in front; what has no date comes before what is done."""
    return _ORDER.index(standing_), due or date.max


_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_LEAST_LETTERS: Final = 3
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS: Final = re.compile(r"(\d{1,2})[ ./-](\d{1,2})(?:[ ./-](\d{2}|\d{4}))?")
_NAMED: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ ./-]?([a-z]{3,9})(?:[ ./-](\d{2}|\d{4}))?")
_IN: Final = re.compile(r"(?:in )?(\d{1,2}) ?(d|days?|w|weeks?)")
_CENTURY: Final = 100


def due_day(words: str, today: date) -> date | None:
    """The day that typed words mean, always today or later unless a year was typed; None where they mean none.

    A day of the week is the next one, never today: on a Friday "fri" is in a week. Day before month.
    """
    said = " ".join(words.casefold().replace(",", " ").split())
    if not said:
        return None
    for reading in (_plain_word, _weekday, _some_time, _dated):
        found = reading(said, today)
        if found is not None:
            return found
    return None


def _plain_word(said: str, today: date) -> date | None:
    for words, days in (("today", 0), ("tomorrow", 1), ("next week", _WEEK)):
        typed_short = len(said) >= _LEAST_LETTERS and " " not in words and words.startswith(said)
        if said == words or typed_short:
            return today + timedelta(days=days)
    return None


def _weekday(said: str, today: date) -> date | None:
    name = said.removeprefix("next ").removeprefix("on ")
    number = _prefixed(name, _DAYS)
    if number is None:
        return None
    ahead = (number - 1 - today.weekday()) % _WEEK or _WEEK
    return today + timedelta(days=ahead)


def _some_time(said: str, today: date) -> date | None:
    found = _IN.fullmatch(said)
    if found is None:
        return None
    number = int(found[1])
    return today + timedelta(days=number * (_WEEK if found[2].startswith("w") else 1))


def _dated(said: str, today: date) -> date | None:
    if iso := _ISO.fullmatch(said):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    parts = said.split(" ", 1)
    rest = parts[1] if len(parts) > 1 and _prefixed(parts[0], _DAYS) else said
    found = _NUMBERS.fullmatch(rest) or _NAMED.fullmatch(rest)
    if found is None:
        return None
    month = int(found[2]) if found[2].isdecimal() else _prefixed(found[2], _MONTHS)
    if month is None:
        return None
    if found[3]:
        year = int(found[3])
        year += 0 if year >= _CENTURY else today.year // _CENTURY * _CENTURY
        return _day(year, month, int(found[1]))
    years = (
        _day(today.year + n, month, int(found[1])) for n in range(9)
    )  # 29 February comes back within nine
    return next((day for day in years if day is not None and day >= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _prefixed(said: str, names: Iterable[str]) -> int | None:
    """Which of these, counted from 1, the letters begin; three at least."""
    if len(said) < _LEAST_LETTERS:
        return None
    return next((n for n, name in enumerate(names, 1) if name.startswith(said)), None)
