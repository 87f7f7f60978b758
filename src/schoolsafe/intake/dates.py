"""Dates in police and council prose: day first, two-digit years, words, one night over two dates.

A date that cannot be is not a date. Nothing is ever read month first unless the month is a word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from schoolsafe.intake.limits import MAIL
from schoolsafe.intake.sheet import Cut


def _listed(names: str) -> list[str]:
    return names.split()


_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
} | {
    # why: two-language notices write the Welsh month first
    name: number for number, name in enumerate(
        _listed("ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr"), 1
    )
}  # fmt: skip
_UNITS: Final = _listed(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINALS: Final = {name: number for number, name in enumerate(_UNITS, 1)} | {
    "thirtieth": 30,
    **{
        f"twenty{gap}{name}": 20 + n
        for n, name in enumerate(_UNITS[:9], 1)
        for gap in ("-", " ", "")
    },
    **{f"thirty{gap}first": 31 for gap in ("-", " ", "")},
}
_TEENS: Final = {
    name: number
    for number, name in enumerate(
        _listed(
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen"
        ),
        1,
    )
} | {
    f"{tens}{gap}{name}".rstrip("- "): value * 10 + n
    for tens, value in (("twenty", 2), ("thirty", 3))
    for gap in ("-", " ")
    for n, name in enumerate(["", *_listed("one two three four five six seven eight nine")])
}
_MONTH: Final = r"(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")(?![a-z])\.?"
_WEEKDAY_NAMES: Final = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
_WEEKDAY: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_NUMBER_WORDS: Final = "|".join(sorted(_TEENS, key=len, reverse=True))
_YEAR_WORDS: Final = (
    rf"two\s+thousand(?:\s+and)?(?:\s+(?:{_NUMBER_WORDS}))?|twenty[ -](?:{_NUMBER_WORDS})"
    rf"|nineteen[ -](?:eighty|ninety)(?:[ -](?:{_NUMBER_WORDS}))?"
)
_ORDINAL: Final = "|".join(sorted(_ORDINALS, key=len, reverse=True)).replace(" ", r"\s+")
_YEAR: Final = (
    rf"(?:(?P<year>(?:19|20)\d\d)(?!\d)|'?(?P<short>\d\d)(?![\d:./]|\s?(?:hrs?|hours|h|am|pm)\b)"
    rf"|(?P<said>{_YEAR_WORDS})\b)"
)
_LEAD: Final = rf"(?:(?P<weekday>{_WEEKDAY}),?\s+)?(?:on\s+)?(?:the\s+)?"
_FLAGS: Final = re.IGNORECASE
_PATTERNS: Final = (
    # 2026-11-07, 2026-11-07T21:40
    re.compile(
        r"(?<![\w/-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d?)-(?P<day>\d\d?)(?![\d-])", _FLAGS
    ),
    # 20261126, 26112026, standing alone
    re.compile(
        r"(?<![\w/.*-])(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d"
        r"|3[01])(?=[\s,;)]|T\d|$)",
        _FLAGS,
    ),
    re.compile(
        r"(?<![\w/.*-])(?P<day>0[1-9]|[12]\d|3[01])(?P<month>0[1-9]|1[0-2])(?P<year>(?:19|20)\d\d)(?=[\s,;)]|$)",
        _FLAGS,
    ),
    # DOB 140817
    re.compile(
        r"(?<=\bdob[ :])[ ]{0,8}(?P<day>0[1-9]|[12]\d|3[01])(?P<month>0[1-9]|1[0-2])(?P<any>\d\d)(?=[\s,;.)]|$)",
        _FLAGS,
    ),
    # 07/11/2026, 7.11.26, 06-07/11/2026, 31/10 to 01/11/2026
    re.compile(
        rf"(?<![\w/.£$])(?:(?P<weekday>{_WEEKDAY}),?\s+)?"
        r"(?:(?P<from>\d\d?)(?:\s?[/.]\s?(?P<frommonth>\d\d?))?\s?(?:-|/|to|&|and|into)\s?"
        r"(?=\d\d?\s?(?P<ahead>[/.-])\s?\d\d?\s?(?P=ahead)\s?\d\d))?"
        r"(?P<day>\d\d?)\s?(?P<sep>[/.-])\s?(?P<month>\d\d?)\s?(?P=sep)\s?"
        r"(?P<any>(?:19|20)\d\d|\d\d)(?![\d/]|[.:-]\d)",
        _FLAGS,
    ),
    # 14 03 2017
    re.compile(
        r"(?<![\w/.-])(?P<day>\d\d)\s(?P<month>\d\d)\s(?P<year>(?:19|20)\d\d)(?![\d/])", _FLAGS
    ),
    # Thursday 5 November 2026, 09-Jan-2019, 6th Nov, 7/8 November 2026, 07NOV26
    re.compile(
        rf"(?<![\w/.£$]){_LEAD}"
        r"(?:(?P<from>\d\d?)(?:st|nd|rd|th)?"
        rf"(?:\s+(?:of\s+)?(?P<fromname>{_MONTH}))?\s?(?:/|-|to|and|&|into|or)\s?(?:the\s+)?(?:{_WEEKDAY},?\s+)?)?"
        r"(?P<day>\d\d?)(?P<suffix>(?:st|nd|rd|th)\b)?(?P<gap>\s+(?:day\s+)?(?:of\s+)?|\s?[-/.]\s?|)"
        rf"(?P<name>{_MONTH})(?:,?[\s/.-]{{0,3}}(?:in\s+)?{_YEAR})?",
        _FLAGS,
    ),
    # the eighth of November 2026
    re.compile(
        rf"(?<!\w){_LEAD}(?P<ordinal>{_ORDINAL})(?:\s+day)?\s+(?:of\s+)?(?P<name>{_MONTH})"
        rf"(?:,?\s+(?:in\s+)?{_YEAR})?",
        _FLAGS,
    ),
    # November 6, 2026: the month is a word, so this is safe
    re.compile(
        rf"(?<!\w)(?:(?P<weekday>{_WEEKDAY}),?\s+)?(?P<name>{_MONTH})\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+"
        r"(?P<year>(?:19|20)\d\d)(?!\d)",
        _FLAGS,
    ),
    # Saturday, November 7th
    re.compile(
        rf"(?<!\w)(?:(?P<weekday>{_WEEKDAY}),?\s+)?(?P<name>{_MONTH})\s+(?:the\s+)?"
        r"(?P<day>\d\d?)(?P<suffix>st|nd|rd|th)\b",
        _FLAGS,
    ),
)


@dataclass(frozen=True, slots=True)
class DateHit:
    """A date and where it stands; ``year`` is False where the year was not written."""

    cut: Cut
    day: date
    until: date | None = None
    year: bool = True
    weekday_differs: bool = False


def find_dates(plain: str, cut: Cut, today: date | None) -> list[DateHit]:
    """The dates in a stretch, in order. A missing year is the latest that does not lie after ``today``."""
    hits: list[DateHit] = []
    for pattern in _PATTERNS:
        for found in pattern.finditer(plain, cut.start, cut.end):
            if any(found.start() < hit.cut.end and hit.cut.start < found.end() for hit in hits):
                continue
            hit = _read(found, today)
            if hit is not None:
                hits.append(hit)
            if len(hits) >= _MOST_HITS:
                break
    return _joined(plain, sorted(hits, key=lambda hit: hit.cut.start))


def _read(found: re.Match[str], today: date | None) -> DateHit | None:
    got = {name: value for name, value in found.groupdict().items() if value is not None}
    day = (
        _ORDINALS[" ".join(got["ordinal"].lower().split())] if "ordinal" in got else int(got["day"])
    )
    month = _month(got["name"]) if "name" in got else int(got["month"])
    year = _year(got, today)
    if year is None and not (_written_apart(got) and got.get("name") not in _ALSO_VERBS):
        return None
    chosen = _build(year, month, day) if year is not None else _latest(month, day, today)
    if chosen is None:
        return None
    first = None
    if "from" in got:
        named = _month(got["fromname"]) if "fromname" in got else int(got.get("frommonth", month))
        first = _build(chosen.year - (named > month), named, int(got["from"]))
        if first is None or not 0 < (chosen - first).days <= _LONGEST_DAYS:
            return None
    start = first or chosen
    cut = Cut(found.start(), found.end())
    until = chosen if first else None
    return DateHit(cut, start, until, year is not None, _differs(got.get("weekday"), start))


_MOST_HITS: Final = MAIL.people * 5
_LONGEST_DAYS: Final = 31
_ALSO_VERBS: Final = frozenset({"may", "march"})
"""In small letters and without a year these are more often not months: "the first may have been hurt"."""


def _written_apart(got: dict[str, str]) -> bool:
    """A day and month without a year count only where they are plainly a date, not part of a number."""
    return (
        "ordinal" in got
        or "suffix" in got
        or got.get("gap", "").isspace()
        or "of" in got.get("gap", "")
    )


def _month(name: str) -> int:
    return _MONTHS[name.lower().rstrip(".")]


def _year(got: dict[str, str], today: date | None) -> int | None:
    if "year" in got:
        return int(got["year"])
    if "said" in got:
        return _said(got["said"])
    text = got.get("short") or got.get("any")
    if text is None:
        return None
    if len(text) == 4:  # noqa: PLR2004  # a year in full
        return int(text)
    this = today.year if today else 2026
    short = int(text)
    century = this // 100 * 100
    return century + short if short <= this % 100 + 1 else century - 100 + short


def _said(text: str) -> int | None:
    """Two thousand and fourteen, twenty fourteen."""
    plain = " ".join(text.lower().replace("-", " ").split())
    for start, base in (
        ("two thousand and", 2000),
        ("two thousand", 2000),
        ("nineteen", 1900),
        ("twenty", 2000),
    ):
        if plain.startswith(start):
            rest = plain.removeprefix(start).strip()
            tens = {"eighty": 80, "ninety": 90}.get(
                rest.split(" ", maxsplit=1)[0] if rest else "", 0
            )
            rest = rest.split(" ", 1)[1] if tens and " " in rest else "" if tens else rest
            return base + tens + _TEENS.get(rest, 0)
    return None


def _build(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _latest(month: int, day: int, today: date | None) -> date | None:
    """The latest such day that is not after today."""
    if today is None:
        return None
    this = _build(today.year, month, day)
    return this if this is not None and this <= today else _build(today.year - 1, month, day)


def _differs(weekday: str | None, day: date) -> bool:
    if weekday is None:
        return False
    return not _WEEKDAY_NAMES[day.weekday()].startswith(weekday.lower().rstrip(".")[:3])


def _joined(plain: str, hits: list[DateHit]) -> list[DateHit]:
    """A date without a year takes it from the date it is joined to: 31 October / 1 November 2026."""
    out: list[DateHit] = []
    for place, hit in enumerate(hits):
        follower = hits[place + 1] if place + 1 < len(hits) else None
        if not hit.year and follower is not None and follower.year:
            between = plain[hit.cut.end : follower.cut.start]
            if re.fullmatch(r"\s*(?:/|-|to|and|&|into)\s*(?:the\s+)?", between, re.IGNORECASE):
                day = _build(follower.day.year, hit.day.month, hit.day.day)
                if day is not None and day > follower.day:
                    day = _build(follower.day.year - 1, hit.day.month, hit.day.day)
                if day is not None:
                    out.append(DateHit(hit.cut, day))
                    continue
        out.append(hit)
    return out


def relative_dates(plain: str, cut: Cut, today: date | None) -> Iterator[DateHit]:
    """Last night, yesterday, overnight, this morning, on Friday: judged from the day of receipt."""
    if today is None:
        return
    for pattern, back in _RELATIVE:
        for found in pattern.finditer(plain, cut.start, cut.end):
            yield DateHit(Cut(found.start(), found.end()), today - timedelta(days=back))
    for found in _LAST_WEEKDAY.finditer(plain, cut.start, cut.end):
        name = found["day"].lower()[:3]
        number = next(n for n, each in enumerate(_WEEKDAY_NAMES) if each.startswith(name))
        # why: "on Tuesday" in a mail of a Tuesday may be today or a week ago
        if back := (today.weekday() - number) % 7:
            yield DateHit(Cut(found.start(), found.end()), today - timedelta(days=back))


_LAST_WEEKDAY: Final = re.compile(
    r"\b(?:(?:on|this past|last|late on|early on)\s+(?:last\s+)?(?P<day>mon|tues|wednes|thurs"
    r"|fri|satur|sun)day)(?:\s+(?:just\s+)?gone)?"
    r"(?:\s+(?:night|nite|evening|afternoon|morning|lunchtime|teatime"
    r"|tea-time))?\b(?!\s*,?\s*(?:the\s+)?\d)(?!\s+(?:to|-|the)\s)",
    _FLAGS,
)
"""A weekday without a date: the last one before the message."""

_RELATIVE: Final = (
    (
        re.compile(
            r"\b(?:last\s+(?:night|nite|nyt|evening)|overnight|yesterday(?:\s+(?:evening|night|afternoon|morning))?)\b",
            _FLAGS,
        ),
        1,
    ),
    (
        re.compile(
            r"\b(?:this\s+(?:morning|afternoon|evening)|tonight|today|earlier\s+(?:today"
            r"|this\s+morning)|in\s+the\s+early\s+hours\s+(?:of\s+(?:this|today)|today|this))\b",
            _FLAGS,
        ),
        0,
    ),
)
