"""Rows under headings, whatever parts their cells: wide gaps, commas, semicolons become tabs.

Left to others: what a column means (lines reads the tabs).
"""

import re
from typing import Final

from schoolsafe.intake.templates import label

_GAP: Final = re.compile(r"[ ]{2,}")
_RULE: Final = re.compile(r"[\s|:+=_-]*")
_LEAST_CELLS: Final = 3
_LEAST_PARTED: Final = 4
_LONGEST_HEADING: Final = 40


def part_columns(plain: str) -> str:
    """The page with the cells of its tables parted by tabs, sign for sign as long."""
    lines = plain.split("\n")
    place = 0
    while place < len(lines):
        place = _parted(lines, place) or _gapped(lines, place) or place + 1
    return "\n".join(lines)


def is_heading_row(cells: list[str]) -> bool:
    """Whether cells are the headings of columns: short words, most of them known labels, no values."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    short = all(
        len(cell) <= _LONGEST_HEADING and not re.search(r"\d|:\s*\S", cell) for cell in filled
    )
    known = sum(label(cell.strip(" *_:?.#")) is not None for cell in filled)
    return short and known >= 2 and known * 2 > len(filled)  # noqa: PLR2004  # one may be chance


# -- commas and semicolons ------------------------------------------------------------------------------


def _parted(lines: list[str], place: int) -> int | None:
    """A heading row and its rows parted by commas or semicolons; returns the line after them."""
    for sign in (",", ";"):
        width = len(_places(lines[place], sign)) + 1
        if width < _LEAST_PARTED or not is_heading_row(lines[place].replace('"', " ").split(sign)):
            continue
        at = place + 1
        while at < len(lines) and len(_places(lines[at], sign)) + 1 == width:
            at += 1
        if at == place + 1:
            continue
        for row in range(place, at):
            lines[row] = _with_tabs(lines[row], sign)
        return at
    return None


def _places(line: str, sign: str) -> list[int]:
    """Where the sign stands outside quotation marks."""
    inside, places = False, []
    for at, each in enumerate(line):
        inside ^= each == '"'
        if each == sign and not inside:
            places.append(at)
    return places


def _with_tabs(line: str, sign: str) -> str:
    signs = list(line)
    for at in _places(line, sign):
        signs[at] = "\t"
    plain = "".join(signs)
    plain = re.sub(
        r"(?<=\t)\"(?=[^\t]*\"(?:\t|$))|^\"(?=[^\t]*\"\t)|(?<=[^\t])\"(?=\t|$)", " ", plain
    )
    return plain.replace('""', ' "')


# -- wide gaps ------------------------------------------------------------------------------------------


def _gapped(lines: list[str], place: int) -> int | None:
    """A table by columns of spaces, or a line of several labels and values."""
    line = lines[place]
    if "\t" in line or "|" in line:
        return None
    cells = _cells(line)
    if len(cells) < _LEAST_CELLS:
        return None
    at = place + 1
    while at < len(lines) and lines[at].strip() and _RULE.fullmatch(lines[at]):
        at += 1
    if is_heading_row([line[a:b] for a, b in cells]) and at < len(lines) and _is_row(lines[at]):
        first = at
        while at < len(lines) and _is_row(lines[at]):
            at += 1
        starts = [a for a, _ in cells]
        lines[place] = _tabbed(line, starts)
        for row in range(first, at):
            lines[row] = _tabbed(lines[row], starts)
        return at
    words = [line[a:b].strip(" :?") for a, b in cells]
    if len(cells) >= _LEAST_PARTED and label(words[0]) and label(words[2]) and not label(words[1]):
        lines[place] = _tabbed(line, [a for a, _ in cells])
    return None


def _cells(line: str) -> list[tuple[int, int]]:
    start = len(line) - len(line.lstrip())
    cells: list[tuple[int, int]] = []
    for gap in [*_GAP.finditer(line, start), None]:
        end = gap.start() if gap else len(line.rstrip())
        if end > start:
            cells.append((start, end))
        start = gap.end() if gap else end
    return cells


def _is_row(line: str) -> bool:
    cells = _cells(line)
    return len(cells) >= _LEAST_CELLS and label(line[slice(*cells[0])].strip(" :?")) is None


def _tabbed(line: str, starts: list[int]) -> str:
    """Tabs in the gaps, as many as headings have been passed."""
    signs = list(line)
    cells = _cells(line)
    used = 0
    for place, (start, end) in enumerate(cells):
        column = _column(starts, start, end) if len(cells) != len(starts) else place
        passed = max(1 if place else 0, column - used)
        low = cells[place - 1][1] if place else 0
        for at in range(low, min(low + passed, start)):
            signs[at] = "\t"
        used = max(column, used)
    return "".join(signs)


def _column(starts: list[int], start: int, end: int) -> int:
    """The heading a cell stands under."""
    middle = [n for n, at in enumerate(starts) if start <= at < end]
    return (
        middle[0] if middle else max((n for n, at in enumerate(starts) if at <= start), default=0)
    )
