"""Dates, times, ages and minutes in the words the screens and prints use; text made safe to show.

Never `strftime`: "%-d" fails on Windows, and "%B" follows the machine's language, not the person's.
Source: ux.md 8 ("Dates and times").
"""

from datetime import date, datetime, time
from typing import Final

from schoolsafe.words import N_, _, ngettext

_DAYS: Final = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
_SHORT_DAYS: Final = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_MONTHS: Final = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    # "May" is the same word long and short; the catalogue holds it once
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
_SHORT_MONTHS: Final = (
    N_("Jan"),
    N_("Feb"),
    N_("Mar"),
    N_("Apr"),
    N_("May"),
    N_("Jun"),
    N_("Jul"),
    N_("Aug"),
    N_("Sep"),
    N_("Oct"),
    N_("Nov"),
    N_("Dec"),
)
_NUMBERS: Final = (
    N_("No"),
    N_("One"),
    N_("Two"),
    N_("Three"),
    N_("Four"),
    N_("Five"),
    N_("Six"),
    N_("Seven"),
    N_("Eight"),
    N_("Nine"),
)
_NOON: Final = 12
_HOUR: Final = 60
_WEEK: Final = 7


def time_words(moment: time | datetime) -> str:
    """Says "7:12am", "5:30pm", "midday", "midnight"; give it the school's wall clock."""
    if moment.minute == 0 and moment.hour in {0, _NOON}:
        return _("midday") if moment.hour else _("midnight")
    half = _("am") if moment.hour < _NOON else _("pm")
    return f"{moment.hour % _NOON or _NOON}:{moment.minute:02}{half}"


def weekday_words(day: date) -> str:
    """Says "Monday"."""
    return _(_DAYS[day.weekday()])


def month_words(day: date) -> str:
    """Says "November 2026": a heading of the chronology."""
    return f"{_(_MONTHS[day.month - 1])} {day.year}"


def date_words(day: date) -> str:
    """Says "9 November 2026"."""
    return f"{day.day} {month_words(day)}"


def day_words(day: date) -> str:
    """Says "Monday 9 November 2026"."""
    return f"{weekday_words(day)} {date_words(day)}"


def short_day(day: date, *, on: date | None = None) -> str:
    """Says "Sat 7 Nov"; with the year when ``on`` lies in another one."""
    words = f"{_(_SHORT_DAYS[day.weekday()])} {day.day} {_(_SHORT_MONTHS[day.month - 1])}"
    return words if on is None or on.year == day.year else f"{words} {day.year}"


def moment_words(moment: datetime) -> str:
    """Says "Monday 9 November 2026, 7:12am"."""
    return f"{day_words(moment.date())}, {time_words(moment)}"


def short_moment(moment: datetime, *, on: date | None = None) -> str:
    """Says "Mon 9 Nov, 7:12am"; with the year when ``on`` lies in another one."""
    return f"{short_day(moment.date(), on=on)}, {time_words(moment)}"


def since_words(moment: datetime, now: datetime) -> str:
    """When something last was, seen from now, both on the school's wall clock.

    "8:05am" today, "Friday 3:15pm" within the week, else "Fri 17 Jul, 3:15pm".
    """
    back = (now.date() - moment.date()).days
    if back == 0:
        return time_words(moment)
    if 0 < back < _WEEK:
        return f"{weekday_words(moment.date())} {time_words(moment)}"
    return short_moment(moment, on=now.date())


def age_years(dob: date, on: date) -> int:
    """Completed years on a given day; below 0 for a birth in the future."""
    had_birthday = (on.month, on.day) >= (dob.month, dob.day)
    return on.year - dob.year - (0 if had_birthday else 1)


def age_words(dob: date, on: date) -> str:
    """Says "8 years", "1 year", "under 1" in the first year, "not yet born" before it."""
    years = age_years(dob, on)
    if years < 0:
        return _("not yet born")
    return ngettext("{n} year", "{n} years", years).format(n=years) if years else _("under 1")


def minutes_words(minutes: int) -> str:
    """Says "27 min", "1 h", "2 h 5 min"."""
    hours, rest = divmod(minutes, _HOUR)
    if not hours:
        return _("{n} min").format(n=rest)
    whole = _("{n} h").format(n=hours)
    return (
        _("{hours} {minutes}").format(hours=whole, minutes=minutes_words(rest)) if rest else whole
    )


def to_registration(minutes: int) -> str:
    """Says "27 min to registration"."""
    return _("{time} to registration").format(time=minutes_words(minutes))


def to_end_of_day(minutes: int) -> str:
    """Says "15 min to the end of the day"."""
    return _("{time} to the end of the day").format(time=minutes_words(minutes))


def number_words(n: int) -> str:
    """Says "Two" at the start of a sentence; figures from 10 on."""
    return _(_NUMBERS[n]) if 0 <= n < len(_NUMBERS) else str(n)


def joined(parts: tuple[str, ...]) -> str:
    """Says "a", "a and b", "a, b and c"."""
    if len(parts) < 2:  # noqa: PLR2004  # one or none needs no "and"
        return "".join(parts)
    return _("{first} and {last}").format(first=", ".join(parts[:-1]), last=parts[-1])


def plain_text(value: str) -> str:
    """Text as it may be shown: characters that steer the screen are taken out, the words stay.

    Direction overrides and isolates, zero-width and other format characters, and control characters
    could make a name read as another one. Joiners stay (Persian and Indian scripts need them), so
    do tabs and line ends. The stored original is never changed.
    """
    if value.isascii() and value.isprintable():  # nearly every word there is: a file has thousands
        return value
    return value.replace("\r\n", "\n").translate(_STEERING)


_STEERING: Final = {
    **dict.fromkeys(
        (
            *(set(range(0x20)) - {0x09, 0x0A, 0x0D}),  # controls
            *range(0x7F, 0xA0),  # delete and the second set of controls
            0x00AD,  # soft hyphen
            0x061C,  # Arabic letter mark
            0x180E,
            0x200B,  # zero-width space
            0x200E,
            0x200F,
            *range(0x202A, 0x202F),  # embeddings and overrides
            *range(0x2060, 0x2070),  # word joiner, invisible operators, isolates
            0xFEFF,  # byte order mark
            *range(0xFFF9, 0xFFFC),  # interlinear notes
            *range(0xE0000, 0xE0080),  # invisible tags
        )
    ),
    0x000D: "\n",
    0x0085: "\n",
    0x2028: "\n",
    0x2029: "\n",
}
