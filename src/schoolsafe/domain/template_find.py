"""Finds what a template names in one text: plain search, linear in the text, whatever the template says.

No pattern of a template is ever run: its words are looked for as they stand, in lower case with one space
between. Left to others: what the values mean (intake).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from typing import Final

from schoolsafe.domain.template import (
    FIELD,
    NAMES,
    How,
    Mark,
    Scope,
    Template,
    places,
    plain,
)
from schoolsafe.domain.template_page import LONGEST_LINE, Page

MOST_HITS: Final = 60
"""Places of one mark in one text."""
LONGEST_VALUE: Final = 400
"""Characters of a value in running text."""
MOST_LINES: Final = 30
"""Lines one value may go on."""
_GAP: Final = "   "
_SIGNS: Final = frozenset(":=|\t?>")
_SKIPPED: Final = " \t:=|>*_?]"
_LEADING: Final = " \t>|*-\u2022\u00b7#[](){}._+"
_MOST_LEADING: Final = 12
_LABEL_WORDS: Final = 6


@dataclass(frozen=True, slots=True)
class Hit:
    """One value as found: where it stands, and the words that told so."""

    field: str
    start: int
    end: int
    anchor: int
    """Where the words that told so begin."""
    row: int = 0
    """The table row it came from, counted from 1; 0 elsewhere."""

    @property
    def blank(self) -> bool:
        """Whether its place is there and empty."""
        return self.start >= self.end


@dataclass(frozen=True, slots=True)
class Part:
    """One notice: the incident's values, and each child's."""

    incident: dict[str, Hit]
    children: tuple[dict[str, Hit], ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """Everything one template found in one text."""

    template: Template
    parts: tuple[Part, ...]
    hits: tuple[Hit, ...] = field(default=())

    @property
    def found(self) -> frozenset[str]:
        """The fields whose places were found, empty ones too."""
        return frozenset(hit.field for hit in self.hits)


def read(page: Page, template: Template) -> Taken | None:
    """What the template finds on the page; None where the message is not of its kind."""
    if not all(next(page.find(words), None) for words in template.needs):
        return None
    hits = _hits(page, template)
    found = {hit.field for hit in hits}
    wanted = template.fields
    least = len(wanted) if not (template.senders or template.needs) else (len(wanted) + 1) // 2
    if not found & NAMES or len(found) < least:
        return None
    parts = tuple(part for part in _parts(page, template, hits) if part.children)
    return Taken(template, parts, tuple(hits)) if parts else None


def best(page: Page, templates: tuple[Template, ...]) -> Taken | None:
    """Of those that know the message, the one that finds most; the first of equals."""
    taken = [each for template in templates if (each := read(page, template)) is not None]
    return max(taken, key=lambda each: len(each.found), default=None)


# -- the places of the marks -------------------------------------------------------------------------


def _hits(page: Page, template: Template) -> list[Hit]:
    hits = [hit for sentence in template.sentences for hit in _fixed(page, sentence)]
    anchors = sorted(_anchor_starts(page, template))
    for mark in template.marks:
        if mark.how is not How.COLUMN:
            hits += alone(page, mark, anchors)
    hits += _columns(page, [mark for mark in template.marks if mark.how is How.COLUMN])
    unique = {(hit.field, hit.start, hit.end): hit for hit in hits}
    return sorted(unique.values(), key=lambda hit: (hit.start, hit.anchor))


def _anchor_starts(page: Page, template: Template) -> set[int]:
    return {
        start
        for mark in template.marks
        if mark.how is How.LABEL
        for start, _end in islice(_labels(page, mark.before), MOST_HITS)
    }


def alone(page: Page, mark: Mark, anchors: list[int] | None = None) -> list[Hit]:
    """Every place of one mark; ``anchors`` are where labels begin, at which a value ends."""
    if mark.how is How.COLUMN:
        return _columns(page, [mark])
    find = _labelled if mark.how is How.LABEL else _between
    return list(islice(find(page, mark, anchors or []), MOST_HITS))


def _labels(page: Page, before: str) -> Iterator[tuple[int, int]]:
    """Where a label stands: at the start of a line, a cell or a clause, with a sign or gap behind it."""
    for start, end in page.find(before):
        if _opens(page, start) and _signed(page, end):
            yield start, end


def _opens(page: Page, start: int) -> bool:
    first, _end = page.lines[page.line_of(start)]
    lead = page.text[max(first, start - _MOST_LEADING) : start]
    if start - first <= _MOST_LEADING and not lead.strip(_LEADING + "0123456789abcdefq"):
        return len(lead.strip(_LEADING)) <= 3  # noqa: PLR2004  # a number or letter of the row
    return lead.endswith(("\t", "|", "  ", ". ", ", ", "; ", "| ", "/ ", ") "))


def _signed(page: Page, end: int) -> bool:
    line_end = page.lines[page.line_of(max(0, end - 1))][1]
    rest = page.text[end:line_end]
    bare = rest.lstrip(" *_]")
    return (
        not bare
        or page.text[end - 1] in _SIGNS
        or bare[0] in _SIGNS
        or rest.startswith("  ")
        or bare.startswith(("- ", "-> ", "..", "\u2026"))
    )


def _labelled(page: Page, mark: Mark, anchors: list[int]) -> Iterator[Hit]:
    for anchor, end in _labels(page, mark.before):
        number = page.line_of(max(anchor, end - 1))
        start, stop = _behind(page, end, number)
        stop = _ended(page, mark, start, stop)
        cut = bisect_right(anchors, anchor)
        if cut < len(anchors) and start <= anchors[cut] < stop:
            stop = anchors[cut]
        start, stop = page.trim(start, stop)
        last = number
        if start >= stop and mark.below:
            start, stop, last = _under(page, number, anchors)
        if mark.lines and start < stop and not mark.after:
            stop = _carried(page, stop, last, anchors)
        yield Hit(mark.field, start, stop, anchor)


def _behind(page: Page, end: int, number: int) -> tuple[int, int]:
    """The rest of the label's line behind its signs, up to a tab, a bar or a wide gap."""
    line_end = min(page.lines[number][1], end + LONGEST_LINE)
    start = end
    while start < line_end and (
        page.text[start] in _SKIPPED
        or page.text.startswith(("- ", "-> ", "..", "\u2026"), start)
        or (page.text[start] == "." and page.text[start - 1] == ".")
    ):
        start += 1
    stops = [page.text.find(sign, start, line_end) for sign in ("\t", "|", _GAP)]
    return start, min((each for each in stops if each >= 0), default=line_end)


def _ended(page: Page, mark: Mark, start: int, stop: int) -> int:
    if not mark.after:
        return stop
    line_end = min(page.lines[page.line_of(start)][1], start + LONGEST_LINE)
    found = next(page.find(mark.after, start, line_end), None)
    return found[0] if found else stop


def _under(page: Page, number: int, anchors: list[int]) -> tuple[int, int, int]:
    """The line under a label, over one empty line at most."""
    follow = number + 1
    if follow < len(page.lines) and page.blank(follow):
        follow += 1
    if follow >= len(page.lines) or page.blank(follow) or _has_anchor(page, follow, anchors):
        end = page.lines[number][1]
        return end, end, number
    return (*page.trim(*page.lines[follow]), follow)


def _carried(page: Page, stop: int, number: int, anchors: list[int]) -> int:
    """Where a value ends that may go on: before an empty line, a label, or what looks like one."""
    for follow in range(number + 1, min(len(page.lines), number + MOST_LINES)):
        if (
            page.blank(follow)
            or _has_anchor(page, follow, anchors)
            or _looks_labelled(page, follow)
        ):
            break
        stop = page.trim(*page.lines[follow])[1]
    return stop


def _has_anchor(page: Page, number: int, anchors: list[int]) -> bool:
    start, end = page.lines[number]
    place = bisect_left(anchors, start)
    return place < len(anchors) and anchors[place] <= end


def _looks_labelled(page: Page, number: int) -> bool:
    start, end = page.lines[number]
    head, sign, _rest = page.text[start : min(end, start + 80)].partition(":")
    return bool(sign) and head.strip()[:1].isupper() and len(head.split()) <= _LABEL_WORDS


def _between(page: Page, mark: Mark, anchors: list[int]) -> Iterator[Hit]:
    """A value in running text: from the words before it to the words after it."""
    del anchors
    if not plain(mark.before):
        for start, _end in page.find(mark.after):
            first = page.lines[page.line_of(start)][0]
            yield Hit(mark.field, *page.trim(first, start), first)
        return
    for anchor, end in page.find(mark.before):
        limit = min(len(page.text), end + LONGEST_VALUE)
        empty = page.text.find("\n\n", end, limit)
        limit = empty if empty >= 0 else limit
        if plain(mark.after):
            found = next(page.find(mark.after, end, limit), None)
            if found is None:
                continue
            stop = found[0]
        else:
            stop = min(limit, page.lines[page.line_of(end)][1])
        yield Hit(mark.field, *page.trim(end, stop), anchor)


def _fixed(page: Page, sentence: str) -> Iterator[Hit]:
    """Every time a fixed sentence stands in the text, all its places; never some of them."""
    first, follow = places(sentence)
    if not follow:
        return
    opening = first if plain(first) else follow[0][1]
    used = 0
    for start, end in islice(page.find(opening), MOST_HITS):
        begin = page.lines[page.line_of(start)][0] if opening is not first else start
        if begin < used:
            continue
        at = end if opening is first else begin
        hits = _sequence(page, begin, at, follow)
        if hits:
            used = hits[-1].end
            yield from hits


def _sequence(page: Page, anchor: int, at: int, follow: tuple[tuple[str, str], ...]) -> list[Hit]:
    hits = []
    for place, words in follow:
        limit = min(len(page.text), at + LONGEST_VALUE)
        if plain(words):
            found = next(page.find(words, at, limit), None)
            if found is None:
                return []
            stop, behind = found
        else:
            stop = behind = min(limit, page.lines[page.line_of(at)][1])
        hits.append(Hit(place, *page.trim(at, stop), anchor))
        at = behind
    return hits


def _columns(page: Page, marks: list[Mark]) -> list[Hit]:
    """Values under the headings of their columns, row by row."""
    if not marks:
        return []
    wanted = {plain(mark.before).lower().rstrip(" :?."): mark for mark in marks}
    hits: list[Hit] = []
    row = 0
    heads: dict[int, Mark] = {}
    width = 0
    for number in page.rows:
        cells, said = page.row(number)
        if set(wanted) <= set(said):
            heads = {said.index(words): mark for words, mark in wanted.items()}
            width = len(cells)
            continue
        if not heads or _is_ruling(page, number):
            continue
        if len(cells) != width:
            heads = {}
            continue
        row += 1
        if row > MOST_HITS:
            break
        hits += [
            Hit(mark.field, *cells[place], cells[place][0], row) for place, mark in heads.items()
        ]
    return hits


def _is_ruling(page: Page, number: int) -> bool:
    start, end = page.lines[number]
    text = page.text[start : min(end, start + LONGEST_LINE)]
    return bool(text.strip()) and not text.strip(" |:+-=\t")


# -- which values belong together ---------------------------------------------------------------------


def _parts(page: Page, template: Template, hits: list[Hit]) -> Iterator[Part]:
    starts = _starts(page, template, hits)
    above = [hit for hit in hits if starts and hit.start < starts[0]]
    bounds = [*starts, len(page.text) + 1] if starts else [0, len(page.text) + 1]
    for start, end in pairwise(bounds):
        yield _part([hit for hit in hits if start <= hit.anchor < end], above)


def _starts(page: Page, template: Template, hits: list[Hit]) -> list[int]:
    """Where each notice of a digest begins; empty for a message of one."""
    if plain(template.starts):
        return [
            start
            for start, _end in islice(page.find(template.starts), MOST_HITS)
            if not page.text[page.lines[page.line_of(start)][0] : start].strip(_LEADING)
        ]
    for key in ("reference", "incident_when", "incident_date"):
        values = {plain(page.text[h.start : h.end]) for h in hits if h.field == key and not h.blank}
        if len(values) > 1:
            opens = [hit.anchor for hit in hits if hit.field == hits[0].field]
            return opens if len(opens) >= len(values) else []
    return []


def _part(hits: list[Hit], above: list[Hit]) -> Part:
    incident: dict[str, Hit] = {}
    children: list[dict[str, Hit]] = []
    opening: str | None = None
    row = 0
    for hit in hits:
        if FIELD[hit.field].scope is Scope.INCIDENT:
            if hit.field not in incident or incident[hit.field].blank:
                incident[hit.field] = hit
            continue
        opening = opening or hit.field
        if not children or hit.field == opening or hit.row != row:
            children.append({})
        row = hit.row
        children[-1].setdefault(hit.field, hit)
    for hit in above:
        if FIELD[hit.field].scope is Scope.INCIDENT:
            incident.setdefault(hit.field, hit)
        else:
            for child in children:
                child.setdefault(hit.field, replace(hit, row=0))
    named = [c for c in children if any(key in NAMES and not hit.blank for key, hit in c.items())]
    return Part(incident, tuple(named))
