"""Who looks for notices on which date: the rota, the dates nobody covers, the school's contact card.

A notice that comes into an empty inbox over a holiday is not a notice. Source: domain.md 2.3, 2.9.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from schoolsafe.domain import say
from schoolsafe.domain.calendar import SchoolCalendar
from schoolsafe.domain.field import TEAM, Field, Kind, Noun
from schoolsafe.words import _, ngettext

COVER = Noun(
    "cover",
    TEAM,
    (
        Field("first", Kind.DATE, indexed=True),
        Field("last", Kind.DATE),
        Field("person", Kind.ENTITY),
        Field("name"),
        Field("phone"),
        Field("withdrawn", Kind.TEXT),
    ),
)
"""One person's dates, both included. ``person`` where they are on the staff list; a name always."""

CONTACT_CARD = Noun(
    "contact_card",
    TEAM,
    (
        Field("inbox"),
        Field("phone"),
        Field("key_adults", Kind.DATA),
        Field("confirmed_on", Kind.DATE),
        Field("confirmed_with"),
    ),
)
"""How the police reach the school: one entity, ``contact_card:main``. ``key_adults`` is a list of
{name, role, phone, trained}; ``confirmed_on`` the day somebody last went through it with the police."""

LOOK_AHEAD_DAYS: Final = 28
_DAY: Final = timedelta(days=1)
_BREAK_DAYS: Final = 11
"""A longer gap between two term spans is a holiday between terms, a shorter one a half-term [ours]."""
_ONE, _TWO = 45, 20
"""Minutes before registration: until the first the first cover is rung, until the second the second too."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One person's dates on the rota."""

    id: str
    first: date
    last: date
    name: str
    phone: str = ""

    def covers(self, day: date) -> bool:
        """Whether the day is among them."""
        return self.first <= day <= self.last


def needs_cover(day: date, calendar: SchoolCalendar) -> bool:
    """Whether somebody has to look for notices: a school day, or a date outside every term.

    Weekends, bank holidays and INSET days inside a term are covered by the next school day's person,
    who looks before registration.
    """
    return calendar.is_school_day(day) or calendar.is_holiday(day)


def uncovered(
    turns: Sequence[Turn], calendar: SchoolCalendar, today: date, *, days: int = LOOK_AHEAD_DAYS
) -> tuple[date, ...]:
    """The dates of the next four weeks, today included, that nobody covers; none without term dates."""
    if not calendar.terms:
        return ()
    ahead = (today + n * _DAY for n in range(days))
    return tuple(
        day
        for day in ahead
        if needs_cover(day, calendar) and not any(turn.covers(day) for turn in turns)
    )


def spans(days: Iterable[date], calendar: SchoolCalendar) -> tuple[tuple[date, date], ...]:
    """Dates as first and last of each stretch; a weekend that needs nobody does not part them."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and _next_wanted(found[-1][1], calendar) == day:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return tuple(found)


def _next_wanted(day: date, calendar: SchoolCalendar) -> date:
    day += _DAY
    while not needs_cover(day, calendar):
        day += _DAY
    return day


def uncovered_words(days: Sequence[date], calendar: SchoolCalendar, today: date) -> str:
    """The red sentence: "Nobody covering Mon 21 Dec to Sun 3 Jan"; nothing where all is covered."""
    if not days:
        return ""
    said = [_span_words(first, last, today) for first, last in spans(days, calendar)]
    return _("Nobody covering {days}").format(days=say.joined(tuple(said)))


def _span_words(first: date, last: date, today: date) -> str:
    if first == last:
        return _("today") if first == today else say.short_day(first, on=today)
    begin = _("today") if first == today else say.short_day(first, on=today)
    return _("{first} to {last}").format(first=begin, last=say.short_day(last, on=today))


def on_duty(turns: Iterable[Turn], day: date) -> tuple[Turn, ...]:
    """Who covers that date: whoever began last stands first, because a stand-in is named later."""
    found = [turn for turn in turns if turn.covers(day)]
    return tuple(sorted(found, key=lambda turn: turn.first, reverse=True))


def to_ring(duty: Sequence[Turn], minutes: int | None) -> tuple[Turn, ...]:
    """Whom to ring about a notice nobody has opened: more people, the nearer registration is.

    Never waits for working hours. ``minutes`` to registration; None where it is not today: the first.
    """
    if minutes is None or minutes > _ONE:
        return tuple(duty[:1])
    return tuple(duty[:2]) if minutes > _TWO else tuple(duty)


def besides(duty: Sequence[Turn], name: str) -> tuple[Turn, ...]:
    """Who else covers; nobody where the first of them is the person who asks: they need not ring."""
    if duty and duty[0].name.casefold() == name.casefold():
        return ()
    return tuple(turn for turn in duty if turn.name.casefold() != name.casefold())


def unopened_words(n: int, minutes: int | None, ring: Sequence[Turn]) -> str:
    """Says "2 not opened, 27 min before registration. Covering: Sam Okafor, 01632 960123"."""
    if not n:
        return ""
    said = ngettext("{n} not opened", "{n} not opened", n).format(n=n)
    if minutes is not None:
        time = say.minutes_words(minutes)
        said = _("{said}, {time} before registration").format(said=said, time=time)
    people = say.joined(tuple(", ".join(p for p in (t.name, t.phone) if p) for t in ring))
    return _("{said}. Covering: {people}").format(said=said, people=people) if people else said


def confirm_due(confirmed: date | None, calendar: SchoolCalendar, today: date) -> bool:
    """Whether the card has not been gone through with the police since this term began.

    Half-terms belong to one term [ours]. In the holidays the term that comes is not due yet.
    """
    began = _term_began(calendar, today)
    return began is not None and (confirmed is None or confirmed < began)


def _term_began(calendar: SchoolCalendar, today: date) -> date | None:
    began: date | None = None
    last: date | None = None
    for term in sorted(calendar.terms, key=lambda one: one.first):
        if term.first > today:
            break
        if last is None or (term.first - last).days > _BREAK_DAYS:
            began = term.first
        last = term.last
    return began
