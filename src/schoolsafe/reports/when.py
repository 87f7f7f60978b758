"""Dates and times as a reader in 25 years needs them: with the weekday, in school wall clock."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from schoolsafe.words import N_, _

LONDON = ZoneInfo("Europe/London")
NOON = 12

DAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


def clock(instant: datetime) -> str:
    """The time of day: 7:12am, 5:30pm, midday, midnight."""
    local = instant.astimezone(LONDON)
    if local.minute == 0 and local.hour == 0:
        return _("midnight")
    if local.minute == 0 and local.hour == NOON:
        return _("midday")
    half = _("{time}am") if local.hour < NOON else _("{time}pm")
    return half.format(time=f"{(local.hour - 1) % NOON + 1}:{local.minute:02}")


def long_day(day: date) -> str:
    """Monday 9 November 2026."""
    return _("{weekday} {day} {month} {year}").format(
        weekday=_(DAYS[day.weekday()]),
        day=day.day,
        month=_(MONTHS[day.month - 1]),
        year=day.year,
    )


def short_day(day: date) -> str:
    """Mon 9 Nov 2026: on paper the year is never left out."""
    return _("{weekday} {day} {month} {year}").format(
        weekday=_(DAYS[day.weekday()])[:3],
        day=day.day,
        month=_(MONTHS[day.month - 1])[:3],
        year=day.year,
    )


def month(day: date) -> str:
    """November 2026."""
    return _("{month} {year}").format(month=_(MONTHS[day.month - 1]), year=day.year)


def local_day(instant: datetime) -> date:
    """The day on the school's wall clock."""
    return instant.astimezone(LONDON).date()


def long_moment(instant: datetime) -> str:
    """Monday 9 November 2026, 8:18am."""
    return _("{day}, {time}").format(day=long_day(local_day(instant)), time=clock(instant))


def short_moment(instant: datetime) -> str:
    """Mon 9 Nov 2026, 8:18am."""
    return _("{day}, {time}").format(day=short_day(local_day(instant)), time=clock(instant))
