"""Words as blocks on paper: lines, and tables where cells are parted by tabs."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """A stretch of a page."""

    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(text: str) -> Iterator[Block]:
    """The words in order: runs of lines, runs of rows of one width."""
    lines: list[str] = []
    rows: list[tuple[str, ...]] = []
    for line in [*text.split("\n"), ""]:
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if len(cells) > 1:
            if lines:
                yield Block(lines=tuple(lines))
                lines = []
            if rows and len(rows[0]) != len(cells):
                yield Block(rows=tuple(rows))
                rows = []
            rows.append(cells)
            continue
        if rows:
            yield Block(rows=tuple(rows))
            rows = []
        lines.append(line)
    yield Block(lines=tuple(lines))
