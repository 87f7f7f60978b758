"""People in a value or a sentence: name, birth date, age, school, year. Children and adults told apart by age.

Never invents: without a name there is nobody, and a birth date that makes a pupil impossible makes an adult.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, pairwise
from typing import Final

from schoolsafe.intake.dates import DateHit, find_dates
from schoolsafe.intake.items import trim
from schoolsafe.intake.limits import MAIL
from schoolsafe.intake.names import Name, is_capitals, looks_like_name, parse
from schoolsafe.intake.sheet import Cut, Sheet
from schoolsafe.intake.templates import owner_of, words

_FLAGS: Final = re.IGNORECASE
_BORN: Final = re.compile(
    r"\b(?:d\.?\s?o\.?\s?b\b\.?|date of birth|birth ?date|born(?: on)?"
    r"|b\.(?=\s?\d))(?:\s*(?:is|was|of|on)\b)?\s*[:;=\-]*\s*(?:the\s+)?",
    _FLAGS,
)
_AGE: Final = re.compile(
    r"\b(?:aged?|is|now)\s*:?\s*(?P<a>\d{1,2})\b(?!\s*[/.:-]\s*\d)"
    r"|\b(?P<b>\d{1,2})\s*-?\s*(?:years?|yrs?)\s*-?\s*(?:old|of age)?\b(?!\s*group)"
    r"|\b(?P<c>\d{1,2})\s?(?:yo|y/o)\b"
    r"|\((?:aged?\s*)?(?P<d>\d{1,2})(?:\s*(?:yrs?|years?|y/?o))?(?:\s*old)?\)",
    _FLAGS,
)
_LIST: Final = re.compile(
    r"\s{0,9};\s{0,9}|[ \t]{0,9}\n\s{0,99}(?:[-*•·▪]\s+|\(?\d{1,2}[.)]\s+|[a-z][.)]\s+)?"
    r"|\s+(?:and|&|\+)\s+(?:also\s+)?|\s*,\s*and\s+|\s+/\s+",
    _FLAGS,
)
_START: Final = re.compile(r"\s*(?:[-*•·▪>]\s+|\(?\d{1,2}[.)]\s+|\(?[a-z][.)]\s+)?", _FLAGS)
_NAME_ENDS: Final = re.compile(
    r"\s[-|/]+\s|[;|\n\[]|\s{3,}|\t|:|\d|\((?!(?:known|aka|pref|n[eé]e|formerly|[\"']))"
    r"|\s(?:of|who|from|is|was|at|attends|attending|in|aged?|born|dob|d\.o\.b|date|a pupil"
    r"|year|yr|y\d)\b(?![,]?\s+[A-Z][a-z]+\s*$)",
    _FLAGS,
)
_BESIDE: Final = 600
_YOUNGEST_DAYS: Final = 250
_CHILD_YEARS: Final = 19


@dataclass(frozen=True, slots=True)
class Person:
    """One person as found."""

    name: Cut
    parts: Name
    dob: DateHit | None = None
    age: Cut | None = None
    school: Cut | None = None
    year: Cut | None = None
    rest: Cut | None = None
    owner: str | None = None

    def is_adult(self, today: date | None) -> bool:
        """Whether the birth date or age says that this cannot be a pupil."""
        return (
            self.dob is not None
            and today is not None
            and years(self.dob.day, today) >= _CHILD_YEARS
        )


def years(born: date, today: date) -> int:
    """Full years of age."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def may_be_birth(hit: DateHit, today: date | None) -> bool:
    """Whether a date can be somebody's birth date: a full year, in the past, not these last months."""
    return (
        hit.year
        and hit.until is None
        and (today is None or (today - hit.day).days > _YOUNGEST_DAYS)
    )


def find_people(sheet: Sheet, cut: Cut, today: date | None) -> list[Person]:
    """The people listed in a labelled value, each with what stands beside the name."""
    if called := _called(sheet, cut):
        return [called]
    births = [hit for hit in find_dates(sheet.plain, cut, today) if may_be_birth(hit, today)]
    births = births[: MAIL.people]
    people = [
        person for chunk in _chunks(sheet, cut, births) if (person := _person(sheet, chunk, births))
    ]
    return _with_shared_surname(sheet, people)


def _called(sheet: Sheet, cut: Cut) -> Person | None:
    """As in "Ann (Annie) Example": a short name in the middle of one person's name."""
    cut = trim(sheet.plain, cut)
    text = sheet.words(cut)
    if not re.fullmatch(r"[^(),;\d\n&/]{2,40}\([^\W\d_]{2,15}\)\s+[^(),;\d\n&/]{2,40}", text):
        return None
    inside = text[text.index("(") + 1 : text.index(")")]
    parts = parse(sheet.sent(cut)) if looks_like_name(text, strict=True) else None
    if parts is None or owner_of(inside):
        return None
    return Person(cut, parts, None)


def _chunks(sheet: Sheet, cut: Cut, births: list[DateHit]) -> list[Cut]:
    """One stretch for each person."""
    if len(births) > 1:
        starts = [cut.start]
        for hit, following in pairwise(births):
            starts.append(_next_start(sheet, Cut(hit.cut.end, following.cut.start)))
        parts = [Cut(a, b) for a, b in zip(starts, [*starts[1:], cut.end], strict=True)]
        return [piece for part in parts for piece in _listed(sheet, part, births)]
    return _listed(sheet, cut, births)


def _listed(sheet: Sheet, cut: Cut, births: list[DateHit]) -> list[Cut]:
    """Splits at list signs wherever both sides begin with a name."""
    pieces: list[Cut] = []
    start = cut.start
    for found in islice(_LIST.finditer(sheet.plain, cut.start, cut.end), MAIL.people * 2):
        if any(hit.cut.start < found.end() and found.start() < hit.cut.end for hit in births):
            continue
        if _name_at(sheet, Cut(start, found.start())) and _name_at(
            sheet, Cut(found.end(), cut.end)
        ):
            pieces.append(Cut(start, found.start()))
            start = found.end()
    pieces.append(Cut(start, cut.end))
    listed = [
        _first_names(sheet, piece, following)
        for piece, following in zip(pieces, [*pieces[1:], None], strict=True)
    ]
    return [
        each for group in listed for piece in group for each in _by_commas(sheet, piece, births)
    ]


def _first_names(sheet: Sheet, piece: Cut, following: Cut | None) -> list[Cut]:
    """As in "Mia, Zac" before "and Joe PRETEND" are two first names; "SMITH, John" before "and Ann" is one child."""
    names = sheet.words(piece).split(",")
    after = sheet.words(following).split() if following else []
    full = len(after) > 1 and "," not in sheet.words(following or piece)
    if (
        not full
        or len(names) == 1
        or any(len(each.split()) != 1 or is_capitals(each.strip()) for each in names)
    ):
        return [piece]
    starts = [piece.start]
    for each in names[:-1]:
        starts.append(starts[-1] + len(each) + 1)
    return [Cut(start, start + len(each)) for start, each in zip(starts, names, strict=True)]


def _by_commas(sheet: Sheet, cut: Cut, births: list[DateHit]) -> list[Cut]:
    """As in "John Smith, Ann Smith": commas part people only where each piece is a full name."""
    text = sheet.words(cut)
    if "," not in text or any(cut.start <= hit.cut.start < cut.end for hit in births):
        return [cut]
    pieces = text.split(",")
    if not all(len(each.split()) > 1 and looks_like_name(each, strict=True) for each in pieces):
        return [cut]
    cuts: list[Cut] = []
    start = cut.start
    for piece in pieces:
        cuts.append(Cut(start, start + len(piece)))
        start += len(piece) + 1
    return cuts


def _next_start(sheet: Sheet, gap: Cut) -> int:
    """Where the next person begins, between one birth date and the next."""
    signs = [
        found for found in _LIST.finditer(sheet.plain, gap.start, gap.end) if found.end() < gap.end
    ]
    for found in signs:
        if _name_at(sheet, Cut(found.end(), gap.end)):
            return found.end()
    text = sheet.words(gap)
    pieces = text.split(",")
    last = pieces[-1].strip(" (")
    if len(pieces) > 1:
        before = pieces[-2].strip().split()
        joined = before and is_capitals(before[-1]) and last and not is_capitals(last.split()[0])
        kept = 2 if joined or not last else 1
        return gap.end - len(",".join(pieces[-kept:]))
    return gap.start + len(text) - len(text.lstrip(" \t\n)."))


def _name_at(sheet: Sheet, cut: Cut) -> Cut | None:
    """The name a stretch begins with."""
    head = _START.match(sheet.plain, cut.start, cut.end)
    start = head.end() if head else cut.start
    while start < cut.end and sheet.plain[start] in " ,*_\"'":
        start += 1
    limit = min(cut.end, start + 120)
    end = _NAME_ENDS.search(sheet.plain, start, limit)
    born = _BORN.search(sheet.plain, start, limit)
    stop = min(end.start() if end else limit, born.start() if born else limit)
    return _cut_name(sheet, trim(sheet.plain, Cut(start, stop), " \t\n,.-*_"))


def _cut_name(sheet: Sheet, cut: Cut) -> Cut | None:
    """The name alone: "SURNAME, Forename" keeps its comma, "John Smith, Reception" does not."""
    text = sheet.words(cut)
    pieces = text.split(",")
    if len(pieces) > 1:
        first, second = pieces[0].strip(), pieces[1].strip()
        both = Cut(cut.start, cut.start + len(pieces[0]) + 1 + len(pieces[1]))
        surname_first = is_capitals(first.split()[-1]) if first else False
        one_of_each = len(first.split()) == 1 or surname_first
        known = words()
        if (
            first
            and second
            and one_of_each
            and not known.school.search(second)
            and not known.year.search(second)
            and looks_like_name(f"{first} {second}", strict=False)
        ):
            return trim(sheet.plain, both)
        cut = trim(sheet.plain, Cut(cut.start, cut.start + len(pieces[0])))
        text = sheet.words(cut)
    return cut if cut.start < cut.end and looks_like_name(text, strict=False) else None


def _person(sheet: Sheet, chunk: Cut, births: list[DateHit]) -> Person | None:
    name = _name_at(sheet, chunk)
    dob = next((hit for hit in births if chunk.start <= hit.cut.start < chunk.end), None)
    if name is None and dob is not None:
        after = trim(sheet.plain, Cut(dob.cut.end, chunk.end), " \t\n,)-:")
        name = _name_at(sheet, after)
    if name is None:
        return None
    parts = parse(sheet.sent(name))
    if parts is None:
        return None
    rest = Cut(max(name.end, dob.cut.end if dob else name.end), chunk.end)
    return Person(
        name, parts, dob, age=_age(sheet, Cut(name.end, chunk.end), dob), school=_school(sheet, name, dob, chunk),
        year=_year(sheet, Cut(name.end, chunk.end)), rest=rest,
    )  # fmt: skip


def _age(sheet: Sheet, cut: Cut, dob: DateHit | None) -> Cut | None:
    for found in _AGE.finditer(sheet.plain, cut.start, cut.end):
        if dob and dob.cut.start <= found.start() < dob.cut.end:
            continue
        name = found.lastgroup or "a"
        if 0 < int(found[name]) < 26:  # noqa: PLR2004  # the oldest young person with a plan
            return Cut(found.start(name), found.end(name))
    return None


def _year(sheet: Sheet, cut: Cut) -> Cut | None:
    found = words().year.search(sheet.plain, cut.start, cut.end)
    return Cut(found.start(), found.end()) if found else None


def _school(sheet: Sheet, name: Cut, dob: DateHit | None, chunk: Cut) -> Cut | None:
    """The piece beside the name that names a school, not only a year."""
    start = dob.cut.end if dob and dob.cut.start >= name.end else name.end
    for found in re.finditer(
        r"[^,;()\n|\t]+", sheet.plain[start : min(chunk.end, start + _BESIDE)]
    ):
        piece = trim(sheet.plain, Cut(start + found.start(), start + found.end()), " \t\n,;.-")
        text = sheet.words(piece)
        where = words().school.search(text)
        if (
            where
            and text[:1].isupper()
            and not words().year.fullmatch(text)
            and len(text.split()) > 1
        ):
            return piece
        inside = re.search(r"\b(?:at|attends|attending|of)\s+(?=[A-Z])", text)
        if where and inside and len(text) - inside.end() > where.end() - where.start():
            return Cut(piece.start + inside.end(), piece.end)
    return None


def _with_shared_surname(sheet: Sheet, people: list[Person]) -> list[Person]:
    """As in "Ivy and Noah BOGUS": a first name alone before a full name shares its surname."""
    out: list[Person] = []
    for person in reversed(people):
        following = out[-1] if out else None
        between = sheet.plain[person.name.end : following.name.start] if following else ""
        if (
            person.parts.surname is None
            and following
            and following.parts.surname
            and re.fullmatch(r"\s*(?:,|and|&|\+|, and)\s*", between)
        ):
            person = replace(  # noqa: PLW2901  # the same child
                person, parts=replace(person.parts, surname=following.parts.surname)
            )  # the same child
        out.append(person)
    return out[::-1]
