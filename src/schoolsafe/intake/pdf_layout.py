"""Words that stand on a page into lines as a reader sees them: labels beside their values, tables row by row.

Pure geometry: lengths in points, y grows upwards. Left to others: getting the words out of a file (pdf).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from schoolsafe.intake.html_text import row_text

_SAME_LINE: Final = 0.4
"""Of a letter's height: words whose feet differ less stand on one line."""
_TIGHT: Final = 1.5
"""Of a letter's height: lines closer than this are lines of one paragraph or cell."""
_PARAGRAPH: Final = 1.75
_NEAR: Final = 4.0
"""Points by which the beginnings of one column may differ."""
_SEVERAL: Final = 4
_A_WORD: Final = 45.0
_THIN: Final = 3.0
_LONG: Final = 8.0
_LABELLED: Final = re.compile(r"\s*[^\s:][^:]{0,45}:(?:\s|$)")
_SET_OUT: Final = re.compile(r"\S {2,}\S|\|| / .* / |(?:,\S[^,]*){4}")
"""Columns set out with blanks, bars or commas: each line is a row of its own."""
_OPENS: Final = re.compile(r"\s*(?:[-*•·–]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one line without a wide gap."""

    text: str
    left: float
    right: float
    foot: float
    height: float


@dataclass(frozen=True, slots=True)
class Box:
    """A drawn thing: a rule where it is thin, else the four edges of a frame."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class Line:
    """One line of the page, or one row of a table: cells from left to right."""

    cells: list[str]
    lefts: list[float]
    foot: float
    height: float
    right: float
    ruled: bool = False
    """Whether it is a row with drawn borders, and so complete."""
    last_foot: float = 0.0


@dataclass(slots=True)
class Page:
    """What one page holds."""

    runs: list[Run] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    height: float = 842.0
    width: float = 595.0


def text_of(pages: Sequence[Page]) -> str:
    """The pages as one text; running heads and feet are told once."""
    first: set[tuple[str, int]] = set()
    parts: list[str] = []
    for number, page in enumerate(pages):
        lines = _lines(page)
        margin = page.height * 0.12
        edges = [line for line in lines if not margin < line.foot < page.height - margin]
        keys = {id(line): (" ".join(line.cells), round(line.foot / 6)) for line in edges}
        if number == 0:
            first = set(keys.values())
        else:
            lines = [line for line in lines if keys.get(id(line)) not in first]
        lines = [line for line in lines if not _PAGE_NUMBER.fullmatch(" ".join(line.cells))]
        parts.append(_written(lines, page.width))
    return "\n".join(part for part in parts if part)


_BETWEEN: Final = frozenset(":|=>")
_PAGE_NUMBER: Final = re.compile(
    r"\s*(?:page\s*)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\s*", re.IGNORECASE
)


# -- lines ----------------------------------------------------------------------------------------------


def _lines(page: Page) -> list[Line]:
    level, upright = rules(page.boxes)
    ruled, loose = _cells_of_grids(page.runs, level, upright)
    lines: list[Line] = []
    for row in map(_signs_joined, _by_foot(loose)):
        last = lines[-1] if lines else None
        made = Line(
            [run.text for run in row], [run.left for run in row], row[0].foot,
            max(run.height for run in row), row[-1].right, last_foot=row[0].foot,
        )  # fmt: skip
        if last is None or not _goes_on(last, made, level):
            lines.append(made)
    return sorted([*lines, *ruled], key=lambda line: -line.foot)


def _signs_joined(row: Sequence[Run]) -> list[Run]:
    """Runs of one line; a sign between label and value belongs to the label however far off it stands."""
    out: list[Run] = []
    for run in row:
        if out and (run.text[:1] in _BETWEEN or out[-1].text[-1:] == "|"):
            last = out.pop()
            out.append(
                Run(
                    f"{last.text} {run.text}",
                    last.left,
                    run.right,
                    last.foot,
                    max(last.height, run.height),
                )
            )
        else:
            out.append(run)
    return out


def _by_foot(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs on one line together, from the top, each line from the left."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (-run.foot, run.left)):
        near = rows and abs(rows[-1][0].foot - run.foot) <= _SAME_LINE * max(run.height, 1)
        if near:
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.left) for row in rows]


def _goes_on(last: Line, line: Line, level: Sequence[Box]) -> bool:
    """Adds a line to the row above where it only carries on cells of it; whether it did."""
    if len(last.cells) < 2 or last.ruled or not _close(last, line):  # noqa: PLR2004  # a label and a value
        return False
    if any(
        line.foot + line.height / 2 < rule.top < last.last_foot + 1 and rule.left < line.right
        for rule in level
    ):
        return False
    places = [_column(last.lefts, left) for left in line.lefts]
    if None in places or len(set(places)) < len(places):
        return False
    label_goes_on = places == [0] and line.cells[0][:1].islower()
    if 0 in places and not label_goes_on:
        return False
    for place, words in zip(places, line.cells, strict=True):
        if place is not None:
            last.cells[place] += f" {words}"
    last.last_foot = line.foot
    return True


def _close(last: Line, line: Line) -> bool:
    return last.last_foot - line.foot <= _TIGHT * max(last.height, line.height)


def _column(lefts: Sequence[float], left: float) -> int | None:
    return next((n for n, each in enumerate(lefts) if abs(each - left) <= _NEAR), None)


# -- grids ----------------------------------------------------------------------------------------------


def rules(boxes: Iterable[Box]) -> tuple[list[Box], list[Box]]:
    """Level and upright rules; a frame gives two of each."""
    level: list[Box] = []
    upright: list[Box] = []
    for box in boxes:
        wide, tall = box.right - box.left, box.top - box.bottom
        if tall <= _THIN and wide >= _LONG:
            level.append(box)
        elif wide <= _THIN and tall >= _LONG:
            upright.append(box)
        elif wide >= _LONG and tall >= _LONG:
            level += [
                Box(box.left, box.top, box.right, box.top), Box(box.left, box.bottom, box.right, box.bottom)
            ]  # fmt: skip
            upright += [
                Box(box.left, box.bottom, box.left, box.top), Box(box.right, box.bottom, box.right, box.top)
            ]  # fmt: skip
    return level, upright


def _cells_of_grids(
    runs: Sequence[Run], level: Sequence[Box], upright: Sequence[Box]
) -> tuple[list[Line], list[Run]]:
    """Rows of tables with drawn borders; and the runs that stand in none."""
    bands: dict[tuple[float, float], dict[tuple[float, float], list[Run]]] = {}
    loose: list[Run] = []
    for run in runs:
        band, column = _band(run, level), _between_uprights(run, upright)
        if band is None or column is None:
            loose.append(run)
        else:
            bands.setdefault(band, {}).setdefault(column, []).append(run)
    rows: list[Line] = []
    for columns in bands.values():
        if len(columns) < 2:  # noqa: PLR2004  # a frame round a paragraph is no table
            loose += [run for inside in columns.values() for run in inside]
            continue
        ordered = [columns[key] for key in sorted(columns)]
        inside = [run for cell in ordered for run in cell]
        cells = [_cell(cell) for cell in ordered]
        foot = max(run.foot for run in inside)
        rows.append(
            Line(cells, [key[0] for key in sorted(columns)], foot, inside[0].height,
                 max(run.right for run in inside), ruled=True, last_foot=min(run.foot for run in inside))
        )  # fmt: skip
    return rows, loose


def _cell(runs: Sequence[Run]) -> str:
    return "\n".join(" ".join(run.text for run in row) for row in _by_foot(runs))


def _band(run: Run, level: Sequence[Box]) -> tuple[float, float] | None:
    """The rules above and below, as far as they reach over the run."""
    middle, x = run.foot + run.height / 3, (run.left + min(run.right, run.left + 20)) / 2
    over = [rule.bottom for rule in level if rule.left - 1 <= x <= rule.right + 1]
    above = min((y for y in over if y >= middle), default=None)
    below = max((y for y in over if y < middle), default=None)
    return None if above is None or below is None else (round(above), round(below))


def _between_uprights(run: Run, upright: Sequence[Box]) -> tuple[float, float] | None:
    y = run.foot + run.height / 3
    beside = [
        (rule.left + rule.right) / 2 for rule in upright if rule.bottom - 1 <= y <= rule.top + 1
    ]
    left = max((x for x in beside if x <= run.left + 1), default=None)
    right = min((x for x in beside if x > run.left + 1), default=None)
    return None if left is None or right is None else (round(left), round(right))


# -- writing --------------------------------------------------------------------------------------------


def _written(lines: Sequence[Line], width: float) -> str:
    """The lines as text: wrapped ones joined, an empty line where the page leaves room."""
    edge = _edge(lines, width)
    out: list[str] = []
    for place, line in enumerate(lines):
        before = lines[place - 1] if place else None
        text = (
            row_text([cell.strip() for cell in line.cells])
            if len(line.cells) > 1
            else line.cells[0]
        )
        if before is not None and _wrapped(before, line, edge):
            out[-1] = f"{out[-1].rstrip()} {text.strip()}"
            continue
        if before is not None and _parted(before, line):
            out.append("")
        out.append(text.rstrip())
    return "\n".join(out)


def _parted(before: Line, line: Line) -> bool:
    """Whether the page leaves room between two lines; rows of one table stand apart and belong together."""
    rows = len(before.cells) > 1 and len(before.cells) == len(line.cells)
    room = _PARAGRAPH * max(line.height, before.height)
    return before.last_foot - line.foot > room * (2 if rows else 1)


def _edge(lines: Sequence[Line], width: float) -> float:
    """How far a line may reach before it wraps: as far as several do, else as the left margin says."""
    plain = [line for line in lines if len(line.cells) == 1 and not line.ruled]
    margin = min((line.lefts[0] for line in plain), default=0.0)
    expected = width - margin
    rights = sorted((line.right for line in plain if line.right <= expected + _NEAR), reverse=True)
    if len(rights) >= _SEVERAL and rights[0] - rights[_SEVERAL - 1] <= _A_WORD:
        return rights[0]
    return expected


def _wrapped(before: Line, line: Line, edge: float) -> bool:
    """Whether the line above ended only because its next word did not fit."""
    if len(before.cells) > 1 or len(line.cells) > 1 or before.ruled or line.ruled:
        return False
    text = line.cells[0]
    if (
        not _close(before, line)
        or abs(before.height - line.height) > 1
        or abs(before.lefts[0] - line.lefts[0]) > _NEAR
    ):
        return False
    if _SET_OUT.search(text) or _SET_OUT.search(before.cells[0]):
        return False
    if _LABELLED.match(text) or _OPENS.match(text) or before.cells[0].rstrip().endswith(":"):
        return False
    word = text.split(maxsplit=1)[0] if text.strip() else ""
    width = (line.right - line.lefts[0]) / max(1, len(text)) * (len(word) + 1)
    return before.right <= edge + _NEAR and before.right + width > edge
