"""When the incident happened: dates and times that belong together, with how exact they are.

A date after the message, or a birth date, is no incident date. Source: domain.md 2.5.
"""

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from schoolsafe.domain.notification import Precision
from schoolsafe.intake.dates import DateHit, find_dates, relative_dates
from schoolsafe.intake.sheet import Cut
from schoolsafe.intake.times import TimeHit, find_times

_FLAGS: Final = re.IGNORECASE
_LINK: Final = re.compile(
    r"[\s,;()\[\]|/@T-]*(?:(?:on|at|by|the|of|in|early|hours|hrs|morning|evening|afternoon"
    r"|night|late|about|around|approx(?:imately)?\.?|between|from|time|date|mon|tues?"
    r"|wed(?:nes)?"
    r"|thu(?:rs)?|fri|sat(?:ur)?|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day|this|same|day"
    r"|that|just|before|after|shortly|overnight|and|to|until|into)\b[\s,.;:()\[\]|/@-]*)*",
    _FLAGS,
)
_BEFORE: Final = re.compile(
    r"(?:\b(?:overnight|between|during the night(?: of)?|the (?:early hours|night|evening"
    r"|afternoon|morning) of|(?:late|early) (?:on|evening|morning)|in the early hours of"
    r"|approx(?:imately|\.)?|about|around|(?:mon|tues|wednes|thurs|fri|satur"
    r"|sun)day(?:\s+(?:night|evening|morning|afternoon))?)[\s,]*(?:(?:on|of"
    r"|into)\s+)?(?:the\s+)?)+$",
    _FLAGS,
)
_AFTER: Final = re.compile(
    r"\s*\(?(?:overnight|\bapprox(?:imately)?\.?|hours\b|hrs\b|in the (?:early )?(?:morning"
    r"|afternoon|evening)|at night|(?:evening|night|morning|afternoon)\b)\)?",
    _FLAGS,
)
_OVERNIGHT: Final = re.compile(
    r"\bover\s?night\b|\blast nit?(?:e|ght)\b|\bduring the night\b|\bnight of\b", _FLAGS
)
_FAR: Final = 60


@dataclass(frozen=True, slots=True)
class When:
    """A moment or stretch as told, and where it stands."""

    cut: Cut
    day: date | None
    at: time | None = None
    until_day: date | None = None
    until: time | None = None
    precision: Precision = Precision.UNKNOWN
    weekday_differs: bool = False


def find_whens(
    plain: str, cut: Cut, today: date | None, *, loose: bool = False, without: tuple[Cut, ...] = ()
) -> list[When]:
    """Every date in a stretch with the times that belong to it. ``without`` are birth dates."""
    dates = [hit for hit in find_dates(plain, cut, today) if not _within(hit.cut, without)]
    dates += [
        hit for hit in relative_dates(plain, cut, today)
        if not any(_near(plain, hit.cut, other.cut) for other in dates) and not _within(hit.cut, without)
    ]  # fmt: skip
    dates.sort(key=lambda hit: hit.cut.start)
    times = find_times(plain, cut, taken=[hit.cut for hit in dates], loose=loose)
    used: set[int] = set()
    whens = [_one(plain, cut, hit, dates, times, used) for hit in dates]
    return _spans(plain, whens)


def lone_time(plain: str, cut: Cut, *, loose: bool) -> TimeHit | None:
    """The first time in a stretch that holds no date."""
    hits = find_times(
        plain, cut, taken=[hit.cut for hit in find_dates(plain, cut, None)], loose=loose
    )
    sure = [hit for hit in hits if hit.sure] or hits
    return sure[0] if sure else None


def _within(cut: Cut, stretches: tuple[Cut, ...]) -> bool:
    return any(each.start < cut.end and cut.start < each.end for each in stretches)


def _near(plain: str, one: Cut, two: Cut) -> bool:
    """Whether only linking words lie between two stretches."""
    first, second = sorted((one, two))
    if second.start - first.end > _FAR:
        return False
    return _LINK.fullmatch(plain[first.end : second.start]) is not None


def _one(  # noqa: PLR0917  # one moment of many
    plain: str, cut: Cut, hit: DateHit, dates: list[DateHit], times: list[TimeHit], used: set[int]
) -> When:
    near = [n for n, each in enumerate(times) if n not in used and _near(plain, each.cut, hit.cut)]
    free = [n for n in near if _closest(times[n], dates) is hit]
    chosen = times[free[0]] if free else None
    used.update(free[:1])
    start = min(hit.cut.start, chosen.cut.start) if chosen else hit.cut.start
    end = max(hit.cut.end, chosen.cut.end) if chosen else hit.cut.end
    if before := _BEFORE.search(plain, max(cut.start, start - _FAR), start):
        start = before.start()
    if after := _AFTER.match(plain, end, cut.end):
        end = after.end()
    whole = plain[start:end]
    precision = Precision.UNKNOWN
    if chosen:
        precision = Precision.APPROX if chosen.approx else Precision.EXACT
    elif _OVERNIGHT.search(whole) or hit.until:
        precision = Precision.OVERNIGHT
    return When(
        Cut(start, end), hit.day, chosen.at if chosen else None, hit.until, chosen.until if chosen else None,
        precision, hit.weekday_differs,
    )  # fmt: skip


def _closest(at: TimeHit, dates: list[DateHit]) -> DateHit:
    return min(dates, key=lambda hit: max(hit.cut.start - at.cut.end, at.cut.start - hit.cut.end))


def _spans(plain: str, whens: list[When]) -> list[When]:
    """As in "07/11/2026 22:00 to 08/11/2026 01:00" is one stretch of time."""
    out: list[When] = []
    for when in whens:
        last = out[-1] if out else None
        if (
            last
            and last.until_day is None
            and last.day
            and when.day
            and 0 <= (when.day - last.day).days <= _JOINED_DAYS
        ):
            between = plain[last.cut.end : when.cut.start]
            if re.fullmatch(
                r"[\s,]*(?:hrs?|hours)?\s*(?:-|to|and|until|till)\s*(?:on\s+)?(?:the\s+)?",
                between,
                _FLAGS,
            ):
                both = last.at is not None and when.at is not None
                whole = plain[last.cut.start : when.cut.end]
                precision = (
                    Precision.APPROX
                    if both
                    else Precision.OVERNIGHT
                    if _OVERNIGHT.search(whole) or not last.at
                    else last.precision
                )
                out[-1] = When(
                    Cut(last.cut.start, when.cut.end),
                    last.day,
                    last.at,
                    when.day,
                    when.at,
                    precision,
                    last.weekday_differs,
                )
                continue
        out.append(when)
    return out


_JOINED_DAYS: Final = 7
