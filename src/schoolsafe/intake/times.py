"""Times of day: 21:35, 2315HRS, 17.45hrs, 10.15pm, half past nine in the evening; ranges; "about".

A time whose half of the day is not said is left out: blank beats wrong.
"""

import re
from dataclasses import dataclass, replace
from datetime import time
from typing import Final

from schoolsafe.intake.limits import MAIL
from schoolsafe.intake.sheet import Cut

_FLAGS: Final = re.IGNORECASE
_HOURS: Final = {
    name: number
    for number, name in enumerate(
        (
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ),
        1,
    )
}
_MINUTES: Final = {
    "five": 5, "ten": 10, "quarter": 15, "a quarter": 15, "twenty": 20, "twenty five": 25, "twenty-five": 25,
    "half": 30, "5": 5, "10": 10, "20": 20, "25": 25,
}  # fmt: skip
_HOUR_WORDS: Final = "|".join(_HOURS)
_SPOKEN_MINUTES: Final = {
    "fifteen": 15, "thirty": 30, "forty": 40, "forty five": 45, "forty-five": 45, "fifty": 50, "twenty": 20, "ten": 10,
    "fifty five": 55, "fifty-five": 55, "thirty five": 35, "thirty-five": 35, "twenty five": 25, "twenty-five": 25,
}  # fmt: skip
_HALF: Final = r"(?P<half>[ap]\.?\s?m\b\.?)"
_HRS: Final = r"(?:hrs?|hours|h)\b"
_CUE: Final = (
    r"(?:\b(?:at|around|about|approx(?:imately)?\.?|circa|c\.|between|from|since|by|just "
    r"(?:before|after)|time|until)\s*:?\s*$"
    r"|~\s*$|@\s*$)"
)
_CLOCK: Final = re.compile(
    rf"(?<![\d/.£$€])(?<!\d:)(?P<hour>[01]?\d"
    rf"|2[0-3])(?P<sign>[:.])(?P<minute>[0-5]\d)(?::[0-5]\d)?(?!\d|:\d|\.\d|/|%)(?:\s?{_HALF}"
    rf"|\s?(?P<hrs>{_HRS}))?",
    _FLAGS,
)
_BLOCK: Final = re.compile(
    rf"(?<![\d/.£$*])(?<!\d:)(?<![a-z]-)(?P<hour>[01]\d"
    rf"|2[0-3])(?P<minute>[0-5]\d)(?:\s?(?P<hrs>{_HRS})|(?=-(?:[01]\d|2[0-3])[0-5]\d\s?{_HRS})"
    rf"|(?![\w/:*]|-\w|\.\d))",
    _FLAGS,
)
_MINUTE_NAMES: Final = "|".join(sorted(_MINUTES, key=len, reverse=True))
_SPOKEN_NAMES: Final = "|".join(sorted(_SPOKEN_MINUTES, key=len, reverse=True))
_HALVED: Final = re.compile(rf"(?<![\d:/.£$])(?P<hour>1[0-2]|0?[1-9])\s?{_HALF}", _FLAGS)
_SPOKEN: Final = re.compile(
    rf"\b(?:(?P<minute>{_MINUTE_NAMES})\s+(?:minutes\s+)?(?P<side>past|to)\s+(?P<hour>{_HOUR_WORDS}|1[0-2]|[1-9])\b"
    rf"|half\s+(?P<halfpast>{_HOUR_WORDS}|1[0-2]|[1-9])\b(?!\s*(?:of|an?\b|hour|year|term|price|\d|brother|sister))"
    rf"|(?<=about )(?P<near>1[0-2]|[1-9])(?:ish)?(?=,?\s+(?:\w+\s+){{0,2}}(?:morning|afternoon|evening|night|nite)\b)"
    rf"|(?<=around )(?P<near2>1[0-2]|[1-9])(?:ish)?(?=,?\s+(?:\w+\s+){{0,2}}(?:morning|afternoon|evening|night|nite)\b)"
    rf"|(?<=\bat )(?P<near3>1[0-2]|[1-9])(?:ish)?(?=,?\s+(?:\w+\s+){{0,2}}(?:morning|afternoon|evening|night|nite)\b)"
    rf"|(?P<oclock>{_HOUR_WORDS}|1[0-2]|[1-9])\s+o'?\s?clock\b"
    rf"|(?P<said>{_HOUR_WORDS})\s+(?P<saidminute>{_SPOKEN_NAMES})\b(?=\s+(?:in the|at night|am|pm|[ap]\.m))"
    rf"|(?P<bare>{_HOUR_WORDS})(?=\s+(?:in the (?:early )?(?:morning|afternoon|evening)|at night)))"
    rf"(?:\s?{_HALF})?",
    _FLAGS,
)
_HOUR_GROUPS: Final = ("hour", "halfpast", "near", "near2", "near3", "oclock", "said", "bare")
_NOON: Final = re.compile(r"\b(?:midday|noon|12\s?noon)\b", _FLAGS)
_MORNING: Final = re.compile(r"\b(?:morning|early hours|small hours|a\.?m\b)", _FLAGS)
_LATE: Final = re.compile(r"\b(?:evening|afternoon|night|nite|tonight|tea-?time|p\.?m\b)", _FLAGS)
_SAID_HALF: Final = re.compile(
    r"[\s,]{1,3}(?:in the (?:early |late )?|at |(?:on )?\w+day |that |this |of the )"
    r"(?:morning|afternoon|evening|night)\b",
    _FLAGS,
)
_ABOUT: Final = re.compile(
    r"\b(?:approx(?:imately|\.)?|about|around|circa|c\.|roughly|near(?:ly)?|estimated|some "
    r"?time|just (?:before|after)|shortly (?:before|after)|in the region of|or so|thought to "
    r"be)\s*(?:at\s+|time\s+)?:?\s*$|[~±]\s*$",
    _FLAGS,
)
_ABOUT_AFTER: Final = re.compile(
    r"\s*,?\s*\(?\s*-?(?:approx(?:imately|\.)?|or thereabouts|or so|ish|est(?:imated|\.)?|\(approx\.?\))\b",
    _FLAGS,
)
_RANGE: Final = re.compile(
    r"\s*(?:and|to|-|until|till|or|/)\s*(?:approx(?:imately|\.)?\s*|about\s*|around\s*|at\s*)?",
    _FLAGS,
)
_BETWEEN: Final = re.compile(
    r"\b(?:between|from)\s*(?:approx(?:imately|\.)?\s*|about\s*|around\s*)?(?:the hours of\s*)?$",
    _FLAGS,
)
_WINDOW: Final = 70
_IN_A_DATE: Final = re.compile(
    r"\d(?:st|nd|rd|th)?[\s./-]+(?:of\s+)?(?:[^\W\d_]{3,}|\d\d?)[\s,./-]+$", _FLAGS
)
"""A day and a month before four digits: those are the year, in whatever language."""


@dataclass(frozen=True, slots=True)
class TimeHit:
    """A time and where it stands; a range has ``until``."""

    cut: Cut
    at: time
    until: time | None = None
    approx: bool = False
    sure: bool = True
    """Whether the form alone says that this is a time: a bare 2140 is not sure."""


def find_times(
    plain: str, cut: Cut, *, taken: list[Cut] | None = None, loose: bool = False
) -> list[TimeHit]:
    """The times in a stretch, in order. ``loose``: the stretch is a time field, bare forms count.

    ``taken`` are stretches that are dates and not times.
    """
    hits: list[TimeHit] = []
    for read in (_clock, _spoken, _halved, _block):
        for hit in read(plain, cut, loose=loose)[: MAIL.people * 5]:
            clash = [each.cut for each in hits] + (taken or [])
            if not any(hit.cut.start < c.end and c.start < hit.cut.end for c in clash):
                hits.append(hit)
    return _ranges(plain, sorted(hits, key=lambda hit: hit.cut.start), cut)


def _clock(plain: str, cut: Cut, *, loose: bool) -> list[TimeHit]:
    hits = []
    for found in _CLOCK.finditer(plain, cut.start, cut.end):
        cued = re.search(_CUE, plain[max(cut.start, found.start() - 20) : found.start()], _FLAGS)
        marked = found["half"] or found["hrs"]
        around = _around(plain, cut, found)
        near = _MORNING.search(around) or _LATE.search(around)
        if found["sign"] == "." and not (marked or cued or loose or near):
            continue
        hour, minute = int(found["hour"]), int(found["minute"])
        bare = not marked and len(found["hour"]) == 1 and not loose
        said = None if marked else _SAID_HALF.match(plain, found.end(), cut.end)
        if said:
            # why: "11.20 in the evening" is 23:20 however its hour is written
            around, bare = said.group(), True
        at = _whole(hour, minute, found["half"], around, needs_half=bare)
        if at is not None:
            hits.append(TimeHit(Cut(found.start(), found.end()), at))
    return hits


def _block(plain: str, cut: Cut, *, loose: bool) -> list[TimeHit]:
    hits = []
    for found in _BLOCK.finditer(plain, cut.start, cut.end):
        before = plain[max(cut.start, found.start() - 20) : found.start()]
        sure = bool(found["hrs"])
        ranged = re.match(
            rf"\s*(?:-|to|and)\s*(?:[01]\d|2[0-3])[0-5]\d\s?{_HRS}",
            plain[found.end() : found.end() + 20],
            _FLAGS,
        )
        if not (sure or loose or ranged or re.search(_CUE, before, _FLAGS)):
            continue
        if not sure and _IN_A_DATE.search(before) and int(found["hour"]) in {19, 20}:
            continue
        at = time(int(found["hour"]), int(found["minute"]))
        hits.append(
            TimeHit(Cut(found.start(), found.end()), at, sure=sure or loose or ranged is not None)
        )
    return hits


def _halved(plain: str, cut: Cut, *, loose: bool) -> list[TimeHit]:
    del loose
    hits = []
    for found in _HALVED.finditer(plain, cut.start, cut.end):
        at = _whole(int(found["hour"]), 0, found["half"], "", needs_half=True)
        if at is not None:
            hits.append(TimeHit(Cut(found.start(), found.end()), at))
    noons = (Cut(*found.span()) for found in _NOON.finditer(plain, cut.start, cut.end))
    return hits + [TimeHit(noon, time(12, 0)) for noon in noons]


def _spoken(plain: str, cut: Cut, *, loose: bool) -> list[TimeHit]:
    del loose
    hits = []
    for found in _SPOKEN.finditer(plain, cut.start, cut.end):
        name = next(found[each] for each in _HOUR_GROUPS if found[each]).lower()
        hour = _HOURS.get(name) or int(name)
        minute = 0
        if found["halfpast"]:
            minute = 30
        elif found["minute"]:
            minute = _MINUTES[" ".join(found["minute"].lower().split())]
        elif found["saidminute"]:
            minute = _SPOKEN_MINUTES[" ".join(found["saidminute"].lower().split())]
        if found["side"] and found["side"].lower() == "to":
            hour, minute = (hour - 1) or 12, 60 - minute
        at = _whole(hour, minute, found["half"], _around(plain, cut, found), needs_half=True)
        if at is not None:
            end = found.end()
            if tail := re.compile(
                r"\s+(?:in the (?:early )?(?:morning|afternoon|evening)|at night)", _FLAGS
            ).match(plain, end, cut.end):
                end = tail.end()
            hits.append(TimeHit(Cut(found.start(), end), at))
    return hits


def _around(plain: str, cut: Cut, found: re.Match[str]) -> str:
    """The words near a time that may say which half of the day; not beyond the sentence."""
    after = re.split(
        r"\.\s|\n\s*\n", plain[found.end() : min(cut.end, found.end() + _WINDOW)], maxsplit=1
    )[0]
    before = re.split(
        r"\.\s|\n\s*\n", plain[max(cut.start, found.start() - _WINDOW) : found.start()]
    )[-1]
    near = re.match(
        r"[\s,]*(?:in the|at|on|that)?\s*(?:\w+\s+){0,2}(?:morning|afternoon|evening|night)",
        after,
        _FLAGS,
    )
    return near.group() if near else f"{before} {after}"


def _whole(  # noqa: PLR0911  # one answer to a line
    hour: int, minute: int, half: str | None, around: str, *, needs_half: bool
) -> time | None:
    """The time on the 24-hour clock; None where the half of the day is needed and not said."""
    if half:
        if hour > 12:  # noqa: PLR2004  # 21.40pm is still 21:40
            return time(hour, minute)
        return time(hour % 12 + (12 if half.lower().startswith("p") else 0), minute)
    if not needs_half or hour > 12 or hour == 0:  # noqa: PLR2004  # already on the 24-hour clock
        return time(hour, minute)
    early, late = _MORNING.search(around), _LATE.search(around)
    if bool(early) == bool(late):
        return None
    if early:
        return time(hour % 12, minute)
    if late and late.group().lower() == "night" and hour in {12, 1, 2, 3, 4, 5}:
        return time(hour % 12, minute)
    return time(hour % 12 + 12, minute)


def _ranges(plain: str, hits: list[TimeHit], cut: Cut) -> list[TimeHit]:
    """Joins "between A and B", "A - B"; marks what is only about right; drops bare numbers nothing supports."""
    out: list[TimeHit] = []
    place = 0
    while place < len(hits):
        hit = hits[place]
        before = plain[max(cut.start, hit.cut.start - 40) : hit.cut.start]
        follower = hits[place + 1] if place + 1 < len(hits) else None
        if follower and _RANGE.fullmatch(plain[hit.cut.end : follower.cut.start]):
            between = _BETWEEN.search(before)
            start = hit.cut.start - (len(between.group()) if between else 0)
            at = hit.at
            told = between is not None and between.group().strip().lower() == "from"
            out.append(TimeHit(Cut(start, follower.cut.end), at, follower.at, approx=not told))
            place += 2
            continue
        about = _ABOUT.search(before)
        after = _ABOUT_AFTER.match(plain, hit.cut.end, cut.end)
        start = hit.cut.start - (len(about.group()) if about else 0)
        out.append(replace(hit, cut=Cut(start, hit.cut.end), approx=bool(about or after)))
        place += 1
    return out
