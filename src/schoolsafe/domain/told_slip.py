"""What an adult without a login is told: what to do today, never what happened.

Sources: domain.md 2.7, ux.md 5.5.

Level A is "be aware", B "what helps"; C, the details, is the lead's own and never a slip.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from schoolsafe.domain import say
from schoolsafe.domain.calendar import SchoolCalendar
from schoolsafe.domain.person import Role
from schoolsafe.errors import Refused
from schoolsafe.words import N_, _

_FRIDAY: Final = 4
_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)


class DetailsAreTheLeads(Refused):
    """Details stay with the safeguarding lead. Choose be aware, or what helps."""


class NoSuchLevel(Refused):
    """A told slip is either be aware, or what helps."""


class SaysWhatHappened(Refused):
    """A slip says what to do, not what happened. Take out: {words}."""


class SlipNeedsAnEnd(Refused):
    """Choose an end that is today or later."""


class Level(StrEnum):
    """How much is told."""

    BE_AWARE = "A"
    WHAT_HELPS = "B"
    DETAILS = "C"


@dataclass(frozen=True, slots=True)
class Help:
    """One thing that helps, to be ticked on a slip of level B."""

    id: str
    words: str


HELPS: Final = (
    Help("greeting", N_("A warm greeting at the door.")),
    Help("quiet_start", N_("A quiet start: a few minutes before joining in.")),
    Help("easy_rules", N_("No fuss about uniform, homework or being late.")),
    Help("food", N_("Something to eat and drink.")),
    Help("seat", N_("Let them choose where to sit.")),
    Help("adult_near", N_("An adult nearby at break and lunch.")),
    Help("calm_voice", N_("A calm voice: no shouting near them.")),
    Help("extra_time", N_("Extra time for work.")),
    Help("way_out", N_("They may leave the room without asking.")),
)
"""Quiet support, in the order it is offered; the list is the school's to change.

Source: domain.md 2.7.
"""

# Words that give away what happened or who said so; none of them helps a teacher help a child.
_GIVING_AWAY: Final = re.compile(
    r"\b(?:police\w*|domestic\w*|violen\w*|abus\w*|assault\w*|arrest\w*|encompass|refuge|marac|mada|"
    r"bail\w*|crim\w*|weapons?|strangl\w*|injur\w*|social (?:care|services|workers?)|custody|"
    r"incidents?|notifications?|perpetrators?|victims?|witness\w*)\b",
    re.IGNORECASE,
)


def wording(name: str, level: str, *, helps: Sequence[str] = (), until: date | None = None) -> str:
    """The words of a slip, ready to be read and changed; ``name`` is the first name used every day.

    ``helps`` are ids of `HELPS` or the school's own sentences; without any, level B offers the
    first three. ``until`` is the last day, None for today only.

    Raises:
        DetailsAreTheLeads: level C is never a slip.
        NoSuchLevel: neither A nor B.
    """
    said = _level(level)
    if said is Level.DETAILS:
        raise DetailsAreTheLeads
    if until is None:
        aware = _("{name} may need a quiet start today. Do not ask about it.").format(name=name)
    else:
        aware = _("{name} may need a quiet start until {day}. Do not ask about it.").format(
            name=name, day=say.weekday_words(until)
        )
    if said is Level.BE_AWARE:
        return aware
    known = {help_.id: _(help_.words) for help_ in HELPS}
    chosen = [known.get(each, each) for each in helps or tuple(known)[:3]]
    ask = _("Tell the safeguarding lead about anything unusual.")
    return "\n".join((aware, *(words for words in chosen if words.strip()), ask))


def check(level: str, role: str) -> None:
    """Whether somebody of that role may be told at this level.

    Raises:
        DetailsAreTheLeads: level C is for the lead and nobody else.
        NoSuchLevel: no such level.
    """
    if _level(level) is Level.DETAILS and role != Role.DSL:
        raise DetailsAreTheLeads


def check_words(level: str, words: str) -> None:
    """Refuses words that say what happened on a slip of level A or B.

    A guard against a slip of the pen, not a proof: a person reads every slip before it is given.

    Raises:
        SaysWhatHappened: with the words to take out.
        NoSuchLevel: no such level.
    """
    found = gives_away(words)
    if found and _level(level) is not Level.DETAILS:
        raise SaysWhatHappened(words=", ".join(found))


def gives_away(words: str) -> tuple[str, ...]:
    """Words in a text that say what happened, each once, in small letters."""
    return tuple(dict.fromkeys(found.casefold() for found in _GIVING_AWAY.findall(words)))


def _level(level: str) -> Level:
    try:
        return Level(level.upper())
    except ValueError:
        raise NoSuchLevel from None


class End(StrEnum):
    """The ends a person can pick."""

    TODAY = "today"
    WEEK = "week"
    """The last school day of this week; of the next one where that is today or past."""


def end_day(end: End, on: date, calendar: SchoolCalendar | None = None) -> date:
    """The last day on which the slip holds."""
    if end is End.TODAY:
        return on
    monday = on - on.weekday() * _DAY
    last = _last_school_day(monday, calendar)
    return last if last > on else _last_school_day(monday + _WEEK, calendar)


def _last_school_day(monday: date, calendar: SchoolCalendar | None) -> date:
    """The last school day of a week; its Friday where the calendar knows none."""
    friday = monday + _FRIDAY * _DAY
    days = [friday - n * _DAY for n in range(_FRIDAY + 1)]
    if calendar is None:
        return friday
    return next((day for day in days if calendar.is_school_day(day)), friday)


def end_words(until: date, on: date) -> str:
    """When the slip ends: "Today only", "Until Friday", or "Until Friday 20 November 2026".

    Raises:
        SlipNeedsAnEnd: the end lies in the past.
    """
    if until < on:
        raise SlipNeedsAnEnd
    if until == on:
        return _("Today only")
    near = until - on < _WEEK
    day = say.weekday_words(until) if near else say.day_words(until)
    return _("Until {day}").format(day=day)


def is_over(until: date, on: date) -> bool:
    """Whether the slip no longer holds on that day."""
    return until < on
