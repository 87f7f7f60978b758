"""Children named in running text: beside a birth date, an age, or words such as "your pupil".

Capitals are needed, and no word with which police mail begins a sentence is ever a name.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from schoolsafe.intake.dates import DateHit, find_dates
from schoolsafe.intake.items import trim
from schoolsafe.intake.limits import MAIL
from schoolsafe.intake.names import is_capitals, looks_like_name, parse
from schoolsafe.intake.people import Person, _age, _school, _year, may_be_birth, years
from schoolsafe.intake.sheet import Cut, Sheet
from schoolsafe.intake.templates import words
from schoolsafe.intake.together import half_written, siblings, told_age

_FLAGS: Final = re.IGNORECASE
_CAPITAL: Final = r"(?:[^\W\d_a-zß-öø-ÿ](?:[^\W\d_]|['\-](?=[^\W\d_]))*)"
_INITIALS: Final = r"(?:[A-Z]\.)+(?=\s?[A-Z])"
_PARTICLES: Final = r"(?:van|der|den|de|la|le|du|da|dos|das|di|del|della|bin|bint|ibn|al|el|ap|ab|ferch|von|ten|ter|af)"
_RUN: Final = re.compile(
    rf"(?<![\w'-])(?:{_INITIALS}|{_CAPITAL}\.?)(?:,?[ \n\t]+(?:{_PARTICLES}[ "
    rf"\n]+)*(?:{_INITIALS}|{_CAPITAL}(?![a-z]))){{0,6}}"
)
_BIRTH_CUE: Final = re.compile(
    r"(?:[\s,;(\-:]*(?:who\s+(?:was|is)\s+|whose\s+)?(?:\b(?:d\.?\s?o\.?\s?b\b\.?"
    r"|d\.?b\.?o\b\.?|(?:date of birth|dob|d\.o\.b\.?)(?: of (?:the |this )?(?:child|pupil"
    r"|young person))?|birth ?date|born(?: on)?|b\.))(?:\s*(?:is|was|on"
    r"|of)\b)?\s*[:;=\-]*\s*(?:the\s+)?(?:\w+day,?\s+)?(?:the\s+)?)$",
    _FLAGS,
)
_NO_CUE: Final = re.compile(r"[\s,;(\-:|]*$")
_BETWEEN: Final = re.compile(
    r"(?:\s*\((?:[^()]{0,60})\))?[\s,;]*(?:(?:\b(?:aged?|a|an|who|of|in|from|year|yr|reception"
    r"|m|f|male|female|girl|boy|pupil|at|is|and|with)\b|y\d)[^.;\n]{0,60})?[\s,;(]*",
    _FLAGS,
)
_LONGEST_SENTENCE: Final = 800
"""Characters after a name in which an age or school is looked for: a page without a full stop is no sentence."""
_ROLE: Final = re.compile(
    r"\b(?P<role>victim|aggrieved|complainant|suspect|perpetrator|offender|accused|defendant"
    r"|mother|father|mum|dad|step-?(?:father|mother)|partner|husband|wife|parent|carer|officer"
    r"|grand(?:mother|father)|aunt|uncle|witness)\b[^.;\n]{0,12}$",
    _FLAGS,
)
_CUED: Final = re.compile(
    r"(?:\b(?:your (?:pupil|student)|(?:the |a )?(?:pupil|child|student|young person|boy"
    r"|girl)(?:'s name is| named| called| is| was|,)?|re:?|regarding:?|concerning:?|reference:"
    r"|named|(?:her|his|their) (?:son|daughter|child)|(?:son|daughter)(?: of)?|(?:the "
    r")?home(?: address)? of|in respect of|relat(?:es|ing) to|with regard to|about|involving"
    r"|children?:)|\bfor (?=\S+ \S+,? (?:\(|dob|born|in year|year)))[\s:,-]+$",
    _FLAGS,
)
_QUICK: Final = re.compile(
    r"(?:[-–:,;(]|\b(?:re|about|for|called|pupil|child|is|name))\s+(?P<name>[a-z][a-z'-]+(?: "
    r"[a-z][a-z'-]+){1,2})[\s,(-]+(?:in )?(?=y(?:ea)?r ?(?:\d|r\b)|y\d|class|dob|d\.o\.b|born"
    r"|reception)",
)
_BACK: Final = 150


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody named in running text, with the role the words give."""

    person: Person
    role: str | None


def people_in_prose(sheet: Sheet, cut: Cut, today: date | None) -> list[Named]:
    """Everybody who stands beside a birth date or an age, child or adult."""
    found = [Named(person, None) for person in siblings(sheet, cut, today)]
    shared = {each.person.dob.cut for each in found if each.person.dob}
    own = (
        _before_birth(sheet, cut, hit)
        for hit in find_dates(sheet.plain, cut, today)[: MAIL.people * 2]
        if hit.cut not in shared and may_be_birth(hit, today)
    )
    found += [named for named in own if named]
    for run in _RUN.finditer(sheet.plain, cut.start, cut.end):
        tail = Cut(run.end(), min(cut.end, run.end() + 40))
        near = re.match(
            r"[\s,]*\(?(?:aged?\s*)?\d{1,2}\b(?!\s*[/.:-]\s*\d)(?:\s?(?:years?(?:[ -]old)?|yrs?|yo))?[\s,);.]",
            sheet.words(tail),
            _FLAGS,
        )
        name = _name_in(sheet, Cut(run.start(), run.end())) if near else None
        if len(found) >= MAIL.people:
            break
        if name is None or any(
            name.start < n.person.name.end and n.person.name.start < name.end for n in found
        ):
            continue
        age = _age(sheet, Cut(run.end() - 1, tail.end), None)
        bare = re.match(r"[\s,]*\d", sheet.words(tail))
        if (
            age
            and not (bare and "," not in sheet.words(tail)[:2])
            and (named := _named(sheet, cut, name, None, age))
        ):
            found.append(named)
    return sorted(found, key=lambda each: each.person.name.start)


def people_by_cue(sheet: Sheet, cut: Cut) -> list[Named]:
    """Somebody called "your pupil …", where nobody stands beside a birth date."""
    found: list[Named] = []
    for run in _RUN.finditer(sheet.plain, cut.start, cut.end):
        before = sheet.plain[max(cut.start, run.start() - 40) : run.start()]
        name = _name_in(sheet, Cut(run.start(), run.end()))
        if name is None:
            continue
        before = sheet.plain[max(cut.start, name.start - 40) : name.start]
        age = told_age(sheet.plain, name.end, cut.end)
        if (age and (named := _named(sheet, cut, name, None, None))) or (
            _CUED.search(before) and (named := _named(sheet, cut, name, None, None))
        ):
            found.append(named)
    half = (_named(sheet, cut, name, None, None) for name in half_written(sheet, cut))
    found += [named for named in half if named]
    for run in _QUICK.finditer(sheet.plain, cut.start, cut.end):
        name = Cut(run.start("name"), run.end("name"))
        tokens = sheet.words(name).split()
        if not any(token in words().stop for token in tokens) and (
            named := _named(sheet, cut, name, None, None)
        ):
            found.append(named)
    return found


def _before_birth(sheet: Sheet, cut: Cut, hit: DateHit) -> Named | None:
    start = max(cut.start, hit.cut.start - _BACK)
    before = sheet.plain[start : hit.cut.start]
    cue = _BIRTH_CUE.search(before)
    if cue is None and not (cue := _NO_CUE.search(before)):
        return None
    limit = start + cue.start()
    explicit = bool(cue.group().strip(" ,;(-:|\n"))
    runs = list(_RUN.finditer(sheet.plain, start, limit))
    for run in reversed(runs):
        name = _name_in(sheet, Cut(run.start(), run.end()))
        if name is None:
            continue
        gap = sheet.plain[name.end : limit]
        if (
            gap.strip()
            and not (explicit and _BETWEEN.fullmatch(gap))
            and not re.fullmatch(r"\s*\([^()]{0,40}\)\s*,?", gap)
        ):
            return None
        return _named(sheet, cut, name, hit, None)
    return None


def _name_in(sheet: Sheet, run: Cut) -> Cut | None:
    """The name at the end of a run of capitals: what follows the last word that is no name."""
    tokens = [
        Cut(run.start + t.start(), run.start + t.end())
        for t in re.finditer(r"\S+", sheet.words(run))
    ]
    first = 0
    for place, token in enumerate(tokens):
        plain = sheet.words(token).strip(",.").lower()
        if plain in words().stop and plain not in words().particles and plain not in words().titles:
            first = place + 1
    while first < len(tokens) and sheet.words(tokens[first]).strip(",.").lower() in words().titles:
        if sheet.words(tokens[first]).strip(",.").lower() in words().adult_titles:
            break
        first += 1
    tokens = tokens[first:]
    if len(tokens) < 2 or len(tokens) > 5:  # noqa: PLR2004  # a first name and a surname at least
        return None
    commas = [place for place, token in enumerate(tokens) if sheet.words(token).endswith(",")]
    if commas and not (
        commas == [commas[0]]
        and is_capitals(sheet.words(tokens[commas[0]]).strip(","))
        and commas[0] < len(tokens) - 1
    ):
        tokens = tokens[commas[-1] + 1 :]
        if len(tokens) < 2:  # noqa: PLR2004  # as above
            return None
    cut = trim(sheet.plain, Cut(tokens[0].start, tokens[-1].end), " \t\n,.")
    return cut if looks_like_name(sheet.words(cut), strict=True) else None


def _named(sheet: Sheet, cut: Cut, name: Cut, hit: DateHit | None, age: Cut | None) -> Named | None:
    parts = parse(sheet.sent(name))
    if parts is None:
        return None
    begun = hit.cut.end if hit else name.end
    end = min(_sentence_end(sheet, cut, begun), max(begun, name.end) + _LONGEST_SENTENCE)
    after = Cut(name.end, end)
    age = age or _age(sheet, after, hit)
    near = Cut(name.start, end)
    person = Person(
        name, parts, hit, age=age, school=_school(sheet, name, hit, near), year=_year(sheet, after),
        rest=Cut(hit.cut.end if hit else name.end, end),
    )  # fmt: skip
    before = sheet.plain[max(cut.start, name.start - 30) : name.start]
    title = re.search(r"\b([A-Za-z]+)\.?\s*\d*\s*$", before)
    role = _ROLE.search(before)
    if title and title[1].lower() in words().adult_titles:
        return Named(person, title[1])
    return Named(person, role["role"].lower() if role else None)


def _sentence_end(sheet: Sheet, cut: Cut, start: int) -> int:
    found = re.compile(r"[.;](?=\s)|\n\s*\n").search(sheet.plain, start, cut.end)
    return found.start() if found else cut.end


def is_child(named: Named, today: date | None) -> bool:
    """Whether age allows a pupil and the words around do not say otherwise."""
    person = named.person
    age = None
    if person.dob and today:
        age = years(person.dob.day, today)
    if age is None:
        return named.role is None
    if age >= 19:  # noqa: PLR2004  # no pupil is older, sixth form included
        return False
    return named.role is None or named.role not in {"mr", "mrs", "ms"} or age < 18  # noqa: PLR2004  # of age
