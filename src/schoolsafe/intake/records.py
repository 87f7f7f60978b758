"""People written as records: one line each behind a code or between dots, or one table column each.

Only where every piece is plainly what it is taken for; anything else is left to the other readers.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from schoolsafe.domain.notification import Presence
from schoolsafe.intake import meaning
from schoolsafe.intake.dates import find_dates
from schoolsafe.intake.items import Item, trim
from schoolsafe.intake.names import looks_like_name
from schoolsafe.intake.sheet import Cut, Sheet
from schoolsafe.intake.templates import CHILD, Label, words

_FLAGS: Final = re.IGNORECASE
_CODED: Final = re.compile(r"[ \t]*(?P<code>[A-Z]{1,2})\d{1,2}[ \t]{2,}(?=\S)")
_CHILD_CODES: Final = frozenset({"C", "CH", "YP"})
_GAP: Final = re.compile(r"[ \t]{2,}")
_DOTS: Final = re.compile(r"[ \t]+(?:\.{2,3}|…)[ \t]+")
_SLASHED: Final = re.compile(
    r"(?P<surname>[^\W\d_][^\W\d_'\- ]*(?:['\- ][^\W\d_]+)*)/(?P<forename>[^\W\d_]+(?:['\-][^\W\d_]+)*)"
)
_LEAST: Final = 3
_LEAST_DOTTED: Final = 2
_PERSON: Final = frozenset({"name", "surname", "forename", "dob"})


def coded_lines(plain: str) -> bool:
    """Whether a page has lines such as "C1  M  11MAR2016  SURNAME/FORENAME"."""
    return sum(_CODED.match(line) is not None and "/" in line for line in plain.split("\n")) > 1


def record(sheet: Sheet, line: Cut, group: int) -> list[Item] | None:
    """The child of a line that is a record; an empty list for anybody else's record, None for no record."""
    code = _CODED.match(sheet.plain, line.start, line.end)
    start = code.end() if code else line.start
    pieces = _pieces(sheet, Cut(start, line.end), _GAP if code else _DOTS)
    if len(pieces) < (_LEAST if code else _LEAST_DOTTED):
        return None
    name = _name_items(sheet, pieces)
    births = [piece for piece in pieces if _is_date(sheet, piece)]
    if code and code["code"] not in _CHILD_CODES:
        return [] if name else None
    if not name or len(births) != 1:
        return None
    found = [*name, _pair("dob", births[0], group)]
    for piece in pieces:
        text = sheet.words(piece)
        if piece in births or any(piece.start <= each.value.start < piece.end for each in name):
            continue
        if words().school.search(text) or re.search(r"\bpri\b", text, _FLAGS):
            found.append(_pair("school", piece, group))
        elif meaning.presence_of(text) is not Presence.UNKNOWN:
            found.append(_pair("presence", piece, group))
    return [_pair(each.field, each.value, group) for each in found]


def _pieces(sheet: Sheet, cut: Cut, gap: re.Pattern[str]) -> list[Cut]:
    pieces, start = [], cut.start
    for found in [*gap.finditer(sheet.plain, cut.start, cut.end), None]:
        piece = trim(sheet.plain, Cut(start, found.start() if found else cut.end))
        if piece.start < piece.end:
            pieces.append(piece)
        start = found.end() if found else cut.end
    return pieces


def _name_items(sheet: Sheet, pieces: Sequence[Cut]) -> list[Item]:
    """The one name among the pieces; none where two could be it."""
    slashed = [
        (piece, found) for piece in pieces if (found := _SLASHED.fullmatch(sheet.words(piece)))
    ]
    if len(slashed) == 1:
        piece, found = slashed[0]
        return [
            _pair(part, Cut(piece.start + found.start(part), piece.start + found.end(part)), 0)
            for part in ("surname", "forename")
        ]
    plain = [
        piece
        for piece in pieces
        if looks_like_name(sheet.words(piece), strict=True)
        and not words().school.search(sheet.words(piece))
    ]
    return [_pair("name", plain[0], 0)] if len(plain) == 1 and not slashed else []


def _is_date(sheet: Sheet, piece: Cut, today: date | None = None) -> bool:
    hits = find_dates(sheet.plain, piece, today)
    return len(hits) == 1 and hits[0].year and hits[0].cut == piece


def _pair(field: str, value: Cut, group: int) -> Item:
    return Item("pair", value, Label(field, CHILD), value=value, group=group)


def columns_of_people(
    sheet: Sheet, rows: Sequence[tuple[Label | None, Sequence[Cut]]], group: int
) -> list[Item] | None:
    """A table with the labels down its side and one person in each column; None for any other table.

    ``rows``: the label of each row and the cells behind it.
    """
    fields = [named.field for named, _ in rows if named]
    width = max((len(cells) for _, cells in rows), default=0)
    told = [
        (named, cells)
        for named, cells in rows
        if named and sum(cell.end > cell.start for cell in cells) > 1
    ]
    persons = {named.field for named, _ in told} & _PERSON
    # why: a name alone, or names beside anything but a birth date, may be a list of something else
    if width < _LEAST_DOTTED or len(persons) < _LEAST_DOTTED or len(set(fields)) != len(fields):
        return None
    births = next((cells for named, cells in told if named.field == "dob"), ())
    if any(cell.end > cell.start and not _is_date(sheet, cell) for cell in births):
        return None
    return [
        Item("pair", cells[place], named, value=cells[place], group=group + place + 1)
        for place in range(width)
        for named, cells in rows
        if named and place < len(cells) and cells[place].end > cells[place].start
    ]
