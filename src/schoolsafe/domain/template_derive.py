"""Makes a template from one example: a person marks values, this finds the words that tell where they stand.

Of an example only the words beside the values are kept, never a value. Whatever it proposes was read back:
the mark gives exactly the marked words again, or it is not proposed. Source: the school's own message.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from schoolsafe.domain.template import (
    FIELD,
    LONGEST_CONTEXT,
    NAMES,
    How,
    Mark,
    Template,
    holds,
    plain,
)
from schoolsafe.domain.template_find import Hit, alone
from schoolsafe.domain.template_page import Page

STARTS: Final = "starts"
"""The key of a selection that is no value: the words each notice of a digest begins with."""
_FREE: Final = frozenset({"circumstances", "voice", "police_action"})
_LABEL_WORDS: Final = 8
_MOST_BEFORE: Final = 8
_MOST_AFTER: Final = 4
_USUAL_WORDS: Final = (
    "a about address adult adults age agency an and any are aged as assessment at attend attended born by "
    "care category check child children childrens church circumstances classification college completed "
    "contact council county crime date day dear details district dob domestic abuse encompass event "
    "family first for force forename forenames form from full given ground hours hrs id in incident "
    "information injured injuries is known last lead level location log made missing name named names "
    "notice notification nature no notes number occurrence of officer officers on operation or outcome "
    "party person persons place police present pupil pupils ref reference referral relationship report "
    "reported risk role said saw school schools section sex social spoken student subject surname team "
    "telephone the there they time to tool type unit urn victim voice was welfare were what when where "
    "who with witness words year yes you young your i we he she it his her their this that has have had "
    "not "
)
_USUAL: Final = frozenset(_USUAL_WORDS.split())
"""Words that stand in notices and are nobody's name; anything else with a capital is shown to be looked at."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What a person marked in the example: a field and its stretch of the text."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Derived:
    """A template proposed from an example."""

    template: Template
    unread: tuple[Selection, ...]
    """Selections for which no words beside them tell where they stand."""


def derive(text: str, selections: Iterable[Selection], template: Template) -> Derived:
    """The template with marks for what was selected; what else it says (name, sender) stays."""
    page = Page(text)
    chosen = [_trimmed(page, each) for each in selections]
    chosen = sorted((each for each in chosen if each.start < each.end), key=lambda s: s.start)
    values = [each for each in chosen if each.field in FIELD]
    names = _words_of_names(page, values)
    marks: dict[Mark, None] = {}
    unread = []
    for selection in values:
        if any(_reads(page, mark, selection) for mark in marks if mark.field == selection.field):
            continue
        mark = _mark(page, selection, values, names)
        if mark is None:
            unread.append(selection)
        else:
            marks[mark] = None
    starts = next((plain(page.text[s.start : s.end]) for s in chosen if s.field == STARTS), "")
    return Derived(
        replace(template, marks=tuple(marks), starts=starts[:LONGEST_CONTEXT]), tuple(unread)
    )


def suspects(
    template: Template, known: frozenset[str] = frozenset()
) -> tuple[tuple[int, str], ...]:
    """Words that may be somebody's name: the number of the mark, counted from 0, and the word.

    ``known`` are names of pupils in lower case; other words are named where they have a capital and are
    not usual in notices. The first word of a label has one anyway.
    """
    found = []
    for number, mark in enumerate(template.marks):
        for side, context in enumerate((mark.before, mark.after)):
            for place, word in enumerate(plain(context).split()):
                bare = word.strip("\"'().,;:!?-*_[]")
                low = bare.lower().removesuffix("'s")
                first = place == 0 and side == 0 and mark.how is not How.SENTENCE
                usual = low in _USUAL or first or len(low) < _SHORTEST_NAME
                if low in known or (bare[:1].isupper() and not usual):
                    found.append((number, bare))
    words = [*template.needs, template.starts, *template.sentences]
    for context in words:
        for word in plain(context).split():
            bare = word.strip("\"'().,;:!?-*_[]{}")
            if bare.lower() in known and "{" not in word:
                found.append((-1, bare))
    return tuple(dict.fromkeys(found))


def _trimmed(page: Page, selection: Selection) -> Selection:
    start = max(0, min(selection.start, len(page.text)))
    end = max(start, min(selection.end, len(page.text)))
    start, end = page.trim(start, end)
    return replace(selection, start=start, end=end)


def _words_of_names(page: Page, values: Sequence[Selection]) -> frozenset[str]:
    said = (plain(page.text[s.start : s.end]).lower() for s in values if s.field in NAMES)
    return frozenset(word.strip(".,()'\"") for each in said for word in each.split())


def _reads(page: Page, mark: Mark, selection: Selection) -> bool:
    return any(
        (hit.start, hit.end) == (selection.start, selection.end) for hit in alone(page, mark)
    )


def _mark(
    page: Page, selection: Selection, values: Sequence[Selection], names: frozenset[str]
) -> Mark | None:
    """The first proposal that gives the marked words again and nothing that was not marked."""
    mine = {(s.start, s.end) for s in values if s.field == selection.field}
    fallback: Mark | None = None
    for mark in _proposals(page, selection, values, names):
        if not holds(mark):
            continue
        hits = alone(page, mark)
        if not any((hit.start, hit.end) == (selection.start, selection.end) for hit in hits):
            continue
        if all(_among(hit, mine) for hit in hits):
            return mark
        fallback = fallback or mark
    return fallback if fallback is not None and fallback.how is not How.SENTENCE else None


def _among(hit: Hit, mine: set[tuple[int, int]]) -> bool:
    return hit.blank or (hit.start, hit.end) in mine


def _proposals(
    page: Page, selection: Selection, values: Sequence[Selection], names: frozenset[str]
) -> Iterator[Mark]:
    number = page.line_of(selection.start)
    several = page.line_of(max(selection.start, selection.end - 1)) > number
    free = several or selection.field in _FREE
    yield from _in_table(page, selection, values, number, free=free)
    yield from _on_line(page, selection, values, names, number, free=free)
    yield from _above(page, selection, values, names, number, free=free)
    yield from _in_text(page, selection, values, names)


def _in_table(
    page: Page, selection: Selection, values: Sequence[Selection], number: int, *, free: bool
) -> Iterator[Mark]:
    cells = page.cells(number)
    place = next((n for n, cell in enumerate(cells) if cell[0] <= selection.start < cell[1]), None)
    if place is None or len(cells) < 2 or cells[place] != (selection.start, selection.end):  # noqa: PLR2004  # one cell is no table
        return
    column = _column(page, selection, number, place, values)
    label = _left(page, selection, cells, place, values, free=free)
    beside = place % 2 == 1 and len(cells) in {2, 4}
    first, second = (label, column) if beside else (column, label)
    yield from (mark for mark in (first, second) if mark is not None)


def _column(
    page: Page, selection: Selection, number: int, place: int, values: Sequence[Selection]
) -> Mark | None:
    """The heading at the top of the rows that have as many cells."""
    width = len(page.cells(number))
    top = number
    while top > 0 and (len(page.cells(top - 1)) == width or _ruling(page, top - 1)):
        top -= 1
    while top < number and _ruling(page, top):
        top += 1
    cut = page.cells(top)[place] if top < number else (0, 0)
    if cut[0] >= cut[1] or _marked(cut, values):
        return None
    return Mark(selection.field, How.COLUMN, _said(page, *cut))


def _left(
    page: Page,
    selection: Selection,
    cells: list[tuple[int, int]],
    place: int,
    values: Sequence[Selection],
    *,
    free: bool,
) -> Mark | None:
    """The label in the cell before."""
    cut = cells[place - 1] if place else (0, 0)
    if cut[0] >= cut[1] or _marked(cut, values):
        return None
    return Mark(selection.field, How.LABEL, _said(page, *cut), lines=free)


def _on_line(
    page: Page,
    selection: Selection,
    values: Sequence[Selection],
    names: frozenset[str],
    number: int,
    *,
    free: bool,
) -> Iterator[Mark]:
    """The label in front of the value on the same line."""
    first, _last = page.lines[number]
    start = max([first, *(s.end for s in values if s.end <= selection.start)])
    head = page.text[start : selection.start]
    for gap in ("\t", "|", "  ", "; ", ". ", ", "):
        body, sign, rest = head.rstrip().rpartition(gap)
        if sign and rest.strip(_SIGNS) and any(map(str.isalnum, rest)):
            start, head = (
                start + len(body) + len(sign),
                page.text[start + len(body) + len(sign) : selection.start],
            )
    words = plain(head).lstrip("-*|>#•·").strip()
    words = words.rstrip(_SIGNS).strip() or words
    words = words.removeprefix("(")
    number_inside = sum(map(str.isdigit, words)) > _MOST_DIGITS
    if not words or number_inside or len(words.split()) > _LABEL_WORDS or _holds(words, names):
        return
    yield from _with_ends(
        page, Mark(selection.field, How.LABEL, words, lines=free), selection, values
    )


def _above(
    page: Page,
    selection: Selection,
    values: Sequence[Selection],
    names: frozenset[str],
    number: int,
    *,
    free: bool,
) -> Iterator[Mark]:
    """The label alone on the line above."""
    if page.text[page.lines[number][0] : selection.start].strip(" \t>|*-"):
        return
    above = number - 1
    if above >= 0 and page.blank(above):
        above -= 1
    if above < 0 or page.blank(above) or _marked(page.lines[above], values):
        return
    words = _said(page, *page.lines[above]).strip("-*|>#• ").rstrip(_SIGNS).strip()
    if words and len(words.split()) <= _LABEL_WORDS and not _holds(words, names):
        mark = Mark(selection.field, How.LABEL, words, below=True, lines=free)
        yield mark
        yield replace(mark, lines=not free)


def _with_ends(
    page: Page, mark: Mark, selection: Selection, values: Sequence[Selection]
) -> Iterator[Mark]:
    """The label alone, then with the words behind the value where something follows on its line."""
    yield mark
    if mark.lines:
        yield replace(mark, lines=False)
    for words in _after(page, selection, values):
        yield replace(mark, after=words, lines=False)


def _in_text(
    page: Page, selection: Selection, values: Sequence[Selection], names: frozenset[str]
) -> Iterator[Mark]:
    """Words before and after in running text: as few as tell it from any other place."""
    ends = list(_after(page, selection, values, names))
    befores = list(_before(page, selection, values, names))
    for before in befores:
        for after in ends:
            yield Mark(selection.field, How.SENTENCE, before, after)
        yield Mark(selection.field, How.SENTENCE, before)
    for after in reversed(ends):
        yield Mark(selection.field, How.SENTENCE, "", after)


def _before(
    page: Page, selection: Selection, values: Sequence[Selection], names: frozenset[str]
) -> Iterator[str]:
    floor = max([0, *(s.end for s in values if s.end <= selection.start)])
    empty = page.text.rfind("\n\n", floor, selection.start)
    floor = max(floor, empty + 2 if empty >= 0 else 0)
    words = plain(
        page.text[max(floor, selection.start - LONGEST_CONTEXT) : selection.start]
    ).split()
    kept = list(_until_name(reversed(words), names))
    for count in (*range(2, _MOST_BEFORE + 1), 1):
        if count <= len(kept):
            yield " ".join(reversed(kept[:count]))


def _after(
    page: Page,
    selection: Selection,
    values: Sequence[Selection],
    names: frozenset[str] = frozenset(),
) -> Iterator[str]:
    roof = min([len(page.text), *(s.start for s in values if s.start >= selection.end)])
    empty = page.text.find("\n\n", selection.end, roof)
    roof = empty if empty >= 0 else roof
    text = plain(page.text[selection.end : min(roof, selection.end + LONGEST_CONTEXT)])
    kept = list(_until_name(text.split(), names))
    for count in (2, 1, *range(3, _MOST_AFTER + 1)):
        if count <= len(kept):
            yield " ".join(kept[:count])
    if kept and kept[0][0] in ",.;)":
        yield kept[0][0]


def _until_name(words: Iterable[str], names: frozenset[str]) -> Iterator[str]:
    """The words up to the first that belongs to a child's name, or holds a number: both change."""
    for word in words:
        if _holds(word, names) or any(map(str.isdigit, word)):
            return
        yield word


def _holds(words: str, names: frozenset[str]) -> bool:
    said = (w.strip("\"'().,;:!?-*_[]").lower() for w in words.split())
    return any(word in names or word.removesuffix("'s") in names for word in said if word)


def _marked(cut: tuple[int, int], values: Sequence[Selection]) -> bool:
    return any(s.start < cut[1] and cut[0] < s.end for s in values)


def _ruling(page: Page, number: int) -> bool:
    start, end = page.lines[number]
    return bool(page.text[start:end].strip()) and not page.text[start:end].strip(" |:+-=\t")


def _said(page: Page, start: int, end: int) -> str:
    return plain(page.text[start:end])[:LONGEST_CONTEXT].rstrip(_SIGNS).strip()


def line_at(page: Page, place: int) -> int:
    """The number of the line, counted from 1, for a person."""
    return bisect_right([start for start, _end in page.lines], place)


_SIGNS: Final = " \t:=|>?_*.\u2026-"
_SHORTEST_NAME: Final = 3
_MOST_DIGITS: Final = 2
"""A label may be numbered; longer numbers belong to the example."""
