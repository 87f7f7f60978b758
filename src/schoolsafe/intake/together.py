"""Brothers and sisters named in one breath, and children told by their age in words.

"Ava (12/05/2016) and Noah (03/09/2019) BOGUSHAM", "the twins Ann and Ben Example (both born 1/2/2018)".
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from schoolsafe.intake.dates import DateHit, find_dates
from schoolsafe.intake.limits import MAIL
from schoolsafe.intake.names import Name, cased, looks_like_name
from schoolsafe.intake.people import Person, may_be_birth
from schoolsafe.intake.sheet import Cut, Sheet
from schoolsafe.intake.templates import words

_FLAGS: Final = re.IGNORECASE
_WORD: Final = r"[^\W\d_a-zß-öø-ÿ](?:[^\W\d_]|['\-](?=[^\W\d_])){1,30}"
_LAST: Final = rf"{_WORD}(?:[ ]{_WORD})?"
_JOIN: Final = r"\s*(?:,\s*(?:and\s+|&\s*)?|\band\s+|&\s*)"
_BORN: Final = r"(?:d\.?o\.?b\.?|date of birth|dates of birth|dobs|born(?: on)?|b\.)?\s*:?\s*"
_AFTER_BIRTHS: Final = re.compile(rf"\s*\)?\s+(?P<surname>{_LAST})")
_NAMES: Final = re.compile(
    rf"(?P<first>{_WORD}(?:,\s*{_WORD}){{0,5}}),?\s+(?:and|&)\s+(?P<last>{_WORD})\s+(?P<surname>{_LAST})(?=\s*[(,-])"
)
_THEIR_BIRTHS: Final = re.compile(
    rf"\s*[(,-]+\s*(?:who (?:are|were)\s+)?(?P<all>both|all)?\s*(?:of (?:them|whom)\s+)?{_BORN}",
    _FLAGS,
)
_BETWEEN_BIRTHS: Final = re.compile(rf"\s*(?:,|and|&|/|;)\s*(?:and\s+)?{_BORN}", _FLAGS)
_MOST: Final = 6


def siblings(sheet: Sheet, cut: Cut, today: date | None) -> Iterator[Person]:
    """Those who share a surname that is written once."""
    births = [
        hit
        for hit in find_dates(sheet.plain, cut, today)[: MAIL.people]
        if may_be_birth(hit, today)
    ]
    if births:
        yield from _each_with_birth(sheet, cut, births)
        yield from _births_behind(sheet, cut, births)


def _each_with_birth(sheet: Sheet, cut: Cut, births: list[DateHit]) -> Iterator[Person]:
    """As in "Ava (12/05/2016) and Noah (03/09/2019) BOGUSHAM"."""
    chain: list[tuple[Cut, DateHit]] = []
    for place, hit in enumerate(births):
        before = re.search(
            rf"(?<![\w'-])(?P<name>{_WORD})\s*[(,]\s*(?i:{_BORN})$",
            sheet.plain[max(cut.start, hit.cut.start - 60) : hit.cut.start],
        )
        if before is None:
            chain = []
            continue
        end = hit.cut.start - len(before.group()) + before.end("name") - before.start()
        name = Cut(end - len(before["name"]), end)
        if chain and not re.fullmatch(
            rf"\s*\)?{_JOIN}", sheet.plain[chain[-1][1].cut.end : name.start], _FLAGS
        ):
            chain = []
        chain.append((name, hit))
        after = _AFTER_BIRTHS.match(sheet.plain, hit.cut.end, cut.end)
        following = births[place + 1].cut.start if place + 1 < len(births) else cut.end
        if len(chain) > 1 and after and after.end() <= following and _is_surname(after["surname"]):
            yield from (
                _person(sheet, each, _first_surname(after["surname"]), born) for each, born in chain
            )
            chain = []


def _births_behind(sheet: Sheet, cut: Cut, births: list[DateHit]) -> Iterator[Person]:
    """As in "Ann and Ben Example (both born 1/2/2018)", "Ann, Ben and Cy Example (1/2/2016, 3/4/2018 and 5/6/2020)"."""
    for found in _NAMES.finditer(sheet.plain, cut.start, cut.end):
        opened = _THEIR_BIRTHS.match(sheet.plain, found.end(), cut.end)
        own = [hit for hit in births if opened and hit.cut.start >= opened.end() - 1]
        if not own or opened is None or own[0].cut.start > opened.end():
            continue
        listed = own[:1]
        for hit in own[1:_MOST]:
            if not _BETWEEN_BIRTHS.fullmatch(sheet.plain, listed[-1].cut.end, hit.cut.start):
                break
            listed.append(hit)
        names = [
            Cut(found.start("first") + each.start(), found.start("first") + each.end())
            for each in re.finditer(_WORD, found["first"])
        ]
        names.append(Cut(found.start("last"), found.end("last")))
        given = [sheet.words(each) for each in names]
        if any(each.lower() in words().stop for each in given) or not _is_surname(found["surname"]):
            continue
        if len(listed) == 1 and opened["all"]:
            listed *= len(names)
        if len(listed) == len(names):
            yield from (
                _person(sheet, *pair)
                for pair in zip(names, [found["surname"]] * len(names), listed, strict=True)
            )


def _is_surname(text: str) -> bool:
    return _first_surname(text).lower() not in words().stop and looks_like_name(
        _first_surname(text), strict=False
    )


def _first_surname(text: str) -> str:
    """The surname alone: a second word counts only where both are written alike."""
    first, _, second = text.partition(" ")
    alike = second and first.isupper() == second.isupper() and second.lower() not in words().stop
    return text if alike else first


def _person(sheet: Sheet, name: Cut, surname: str, born: DateHit) -> Person:
    family = " ".join(cased(part) for part in surname.split())
    return Person(name, Name(family, cased(sheet.words(name))), born)


# -- by age or class, without a birth date ----------------------------------------------------------------

_AGES: Final = (
    "four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
)
_TOLD_AGE: Final = re.compile(
    rf"[\s,(-]*(?:who(?:'s| is)\s+|is\s+|now\s+|aged?\s+){{1,2}}(?P<age>{_AGES}|[4-9]"
    rf"|1[0-7])\b(?!\s*(?:weeks|months|minutes|hours|times|days))"
    rf"|[\s,(-]+(?:who(?:'s| is)\s+)?(?:in\s+|a\s+)?(?:y(?:ea)?r\.?\s?(?:\d{{1,2}}|r)\b|y\d{{1,2}}\b|reception\b)",
    _FLAGS,
)
_HALF_WRITTEN: Final = re.compile(
    rf"(?<![\w'-])(?P<name>{_WORD}[ ][a-z][a-z'-]{{2,20}})(?=[ ,(-]+(?:in )?(?:y(?:ea)?r\.? "
    rf"?(?:\d|r\b)|y\d|reception\b|dob\b|d\.o\.b|born\b))"
)


def told_age(plain: str, end: int, limit: int) -> Cut | None:
    """The age or class right behind a name: "who is nine", "aged 7", "yr 5"."""
    found = _TOLD_AGE.match(plain, end, limit)
    if found is None:
        return None
    return Cut(*found.span("age")) if found["age"] else Cut(*found.span())


def half_written(sheet: Sheet, cut: Cut) -> Iterator[Cut]:
    """As in "Kacper zielonkiewicz yr 5": a surname in small letters before the class."""
    for found in _HALF_WRITTEN.finditer(sheet.plain, cut.start, cut.end):
        tokens = found["name"].lower().split()
        if not any(token in words().stop for token in tokens):
            yield Cut(found.start("name"), found.end("name"))
