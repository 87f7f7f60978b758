"""Sentences of running text, and whom each is about: the child, an adult, or the one named before.

"She" is the child only while the child is the one being talked about.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from schoolsafe.intake.items import trim
from schoolsafe.intake.limits import MAIL
from schoolsafe.intake.sheet import Cut, Sheet

_FLAGS: Final = re.IGNORECASE
_END: Final = re.compile(
    r"(?<=[.!?…])[\"')\]]*[ \t\n]+(?=[\"'(\[]*[A-Z0-9ÀÁÉÍÓÚŁŻŠÎÔÛŴŶ*•-])|\n[ \t]*\n|\n(?=[ "
    r"\t]*(?:[-*•·]|\d{1,2}[.)])[ \t])"
)
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:approx|mr|mrs|ms|dr|st|no|nos|ref|d\.o\.b|d\.o|dob|e\.g|i\.e|a\.m|p\.m|c|hrs|sgt"
    r"|insp|dept|incl|inc|tel|fig|vs|yr|prim|ext|sept|nov|dec|oct|aug|jan|feb|mar|apr|jul|jun)"
    r"|\b[A-Z]|\d)\.$",
    _FLAGS,
)
_QUOTED: Final = re.compile(r"\"[^\"\n]{1,600}(?:\n[^\"\n]{1,600}){0,6}\"")
_SHORT_LINE: Final = 45
CHILDREN: Final = re.compile(
    r"\b(?:both|all|all (?:of )?(?:the )?(?:two|three|four|five|six))(?: of)?(?: the)?(?: "
    r"(?:children|pupils|boys|girls|siblings|kids|young people))?\b(?! (?:parents|adults"
    r"|parties))"
    r"|\b(?:the )?(?:children|siblings|pupils|kids)\b(?!['s]* (?:social|services))"
    r"|\bneither(?: child)?\b|\bthey were both\b",
    _FLAGS,
)
CHILD: Final = re.compile(
    r"\b(?:the |your |this |our )?(?:child|pupil|student|young person|boy|girl|son|daughter"
    r"|youngster|infant|toddler|baby)\b(?!['s]* (?:social|services|care))|\byp\b",
    _FLAGS,
)
_ADULT: Final = re.compile(
    r"\b(?:victim|suspect|perpetrator|offender|mother|mum|mam|father|dad|parents?|adults?|male"
    r"|female|man|woman|husband|wife|partner|boyfriend|girlfriend|ex-partner|neighbour|caller"
    r"|informant|officers?|police|grand\w+|aunt|uncle|cousin|step-?\w+|mr|mrs|ms|pc|dc|ps|sgt"
    r"|(?:he|she) \((?:the )?\w+\))\b",
    _FLAGS,
)
_PRONOUN: Final = re.compile(
    r"^\W*(?:and |but |however,? |when |while |also |then |afterwards,? )?(?:he|she|they|his|her|their)\b",
    _FLAGS,
)
_RELAYED: Final = re.compile(
    r"\W*(?:the )?(?:police|officers?|we|i)\b[^.\"]{0,40}\b(?:that|found|saw|noted)\s+(?:he"
    r"|she|they|the child(?:ren)?)\b",
    _FLAGS,
)
_OFFICER_SPOKE: Final = re.compile(
    r"\W*(?:the |attending )?(?:officers?|police|pc \w+|i|we)\b[^.\"]{0,30}\b(?:spoke|talked"
    r"|were able to speak|was able to speak)\b",
    _FLAGS,
)


_TO_THE_CHILD: Final = re.compile(r"\b(?:to|with) (?:him|her|them)\b", _FLAGS)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: where, its words, and the children it is about (numbers); ``adult`` where about another."""

    cut: Cut
    text: str
    about: tuple[int, ...] = ()
    adult: bool = False
    stated: bool = False
    """Whether a child is named or meant in so many words, not only by "she"."""


def split_sentences(sheet: Sheet, cut: Cut) -> list[Cut]:
    """The sentences of a stretch. Abbreviations and wrapped lines do not end one; short lines do."""
    ends: list[tuple[int, int]] = []
    for found in _END.finditer(sheet.plain, cut.start, cut.end):
        before = sheet.plain[max(cut.start, found.start() - 12) : found.start()].rstrip("\"')]")
        after = sheet.plain[found.end() : found.end() + 1]
        if (
            "\n\n" not in found.group()
            and _ABBREVIATED.search(before)
            and not (before[-2:-1].isdigit() and after.isupper())
        ):
            continue
        closers = len(found.group()) - len(found.group().lstrip("\"')]"))
        ends.append((found.start() + closers, found.end()))
    quoted = [found.span() for found in _QUOTED.finditer(sheet.plain, cut.start, cut.end)]
    ends = [each for each in ends if not any(a < each[0] < b - 1 for a, b in quoted)]
    start = cut.start
    for found in re.finditer(r"\n", sheet.plain[cut.start : cut.end]):
        at = cut.start + found.start()
        follows = sheet.plain[at + 1 : at + 2]
        if at - max(start, sheet.plain.rfind("\n", 0, at) + 1) < _SHORT_LINE and (
            follows.isupper() or follows in {'"', "'"}
        ):
            ends.append((at, at + 1))
    pieces: list[Cut] = []
    for low, high in sorted(set(ends)):
        if low >= start:
            pieces.append(trim(sheet.plain, Cut(start, low)))
            start = high
    pieces.append(trim(sheet.plain, Cut(start, cut.end)))
    return [piece for piece in pieces if piece.start < piece.end][: MAIL.sentences]


def _first_named(text: str, names: Sequence[Sequence[str]], named: Sequence[int]) -> int:
    """Whose name comes first in a sentence."""
    plain = text.lower()

    def place(number: int) -> int:
        return min(at for name in names[number] if (at := plain.find(name.lower())) >= 0)

    return min(named, key=place)


def _clauses(sheet: Sheet, cut: Cut, finders: Sequence[re.Pattern[str] | None]) -> Iterator[Cut]:
    """The sentences, parted at a semicolon with another child on either side of it."""
    for piece in split_sentences(sheet, cut):
        start = piece.start
        for found in re.finditer(r";\s+", sheet.words(piece)):
            at = piece.start + found.start()
            sides = [
                {n for n, finder in enumerate(finders) if finder and finder.search(side)}
                for side in (sheet.plain[start:at], sheet.plain[at : piece.end])
            ]
            if all(sides) and not sides[0] & sides[1]:
                yield Cut(start, at)
                start = piece.start + found.end()
        yield Cut(start, piece.end)


def about_whom(sheet: Sheet, cuts: Sequence[Cut], names: Sequence[Sequence[str]]) -> list[Sentence]:  # noqa: C901  # one case to a line
    """The sentences of some stretches with their subjects. ``names``: for each child the words that name it."""
    finders = [
        re.compile(r"\b(?:" + "|".join(re.escape(n) for n in each) + r")\b", _FLAGS)
        if each
        else None
        for each in names
    ]
    out: list[Sentence] = []
    for cut in cuts:
        topic: tuple[int, ...] = ()
        adult = False
        for piece in _clauses(sheet, cut, finders):
            text = " ".join(sheet.words(piece).split())
            said, text = text, _QUOTED.sub(lambda quote: " " * len(quote.group()), text)
            named = tuple(n for n, finder in enumerate(finders) if finder and finder.search(text))
            first = min(
                (f.start() for n in named if (finder := finders[n]) and (f := finder.search(text))),
                default=len(text) + 1,
            )
            found_adult = _ADULT.search(text)
            every = CHILDREN.search(text)
            one = CHILD.search(text)
            stated = True
            if named and _OFFICER_SPOKE.match(text):
                topic, adult = (_first_named(text, names, named),), False
                out.append(Sentence(piece, said, topic, adult=True, stated=True))
                continue
            if every and not (named and len(named) < len(names) and first < every.start()):
                topic, adult = (
                    tuple(range(len(names))),
                    bool(found_adult and found_adult.start() < every.start()),
                )
            elif named:
                topic, adult = named, bool(found_adult and found_adult.start() < first)
                if adult and not _ADULT.search(text[first:]):
                    said, adult = said[first:], False
            elif one and len(names) == 1:
                topic, adult = (0,), bool(found_adult and found_adult.start() < one.start())
            elif _OFFICER_SPOKE.match(text) and topic and not adult and _TO_THE_CHILD.search(text):
                out.append(Sentence(piece, said, topic, adult=True, stated=False))
                continue
            elif _RELAYED.match(text):
                stated, adult = False, False
            elif _PRONOUN.match(text) and not (
                found_adult and _PRONOUN.sub("", text).strip().startswith(found_adult.group())
            ):
                stated = False
            elif found_adult:
                topic, adult, stated = (), True, False
            else:
                out.append(Sentence(piece, said, (), adult=False, stated=False))
                continue
            out.append(Sentence(piece, said, topic, adult=adult, stated=stated))
    return out
