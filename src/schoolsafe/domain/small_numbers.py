"""Counts that leave the school: 1 to 4 are "fewer than 5", and no sum around them gives them away.

A table is its cells, row sums, column sums and the whole. Small ones are hidden first; then, as long as
what is left to see narrows a hidden one down, one more number of a sum it stands in is left out, the
smallest first. What a reader could work out is bounded by passing the ranges through every sum until
nothing changes. Source: ux.md 5.10.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from schoolsafe.words import _

SMALL: Final = 5
"""Counts below it, but not 0, are never told."""
_ENDLESS: Final = 10**9

Place = tuple[int, int]
"""Row and column; the last of each is the sum."""
_Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """A number as it may be told: the number, "fewer than 5", or that it is left out."""

    n: int | None
    few: bool = False

    @property
    def words(self) -> str:
        """As the letter has it."""
        if self.n is not None:
            return str(self.n)
        return _("fewer than 5") if self.few else _("not shown")

    @property
    def value(self) -> int | str:
        """For scripts: the number, or the code of what stands in its place."""
        if self.n is not None:
            return self.n
        return "fewer_than_5" if self.few else "not_shown"


def told(n: int, *, of: int | None = None) -> Told:
    """One count by itself; ``of`` is the whole where that is told too: what is left must not be small."""
    if 0 < n < SMALL:
        return Told(None, few=True)
    if of is not None and 0 < of - n < SMALL:
        return Told(None)
    return Told(n)


def table(rows: Sequence[Sequence[int]]) -> tuple[tuple[Told, ...], ...]:
    """The rows with a sum at the end of each, and a row of sums under them, as they may be told."""
    whole = [[*row, sum(row)] for row in rows]
    whole.append([sum(column) for column in zip(*whole, strict=True)])
    numbers = {(r, c): n for r, row in enumerate(whole) for c, n in enumerate(row)}
    few = frozenset(place for place, n in numbers.items() if 0 < n < SMALL)
    left_out = _left_out(numbers, few, _sums(len(whole), len(whole[0])))
    return tuple(
        tuple(_shown((r, c), numbers, few, left_out) for c in range(len(whole[0])))
        for r in range(len(whole))
    )


def _shown(
    place: Place, numbers: Mapping[Place, int], few: frozenset[Place], left_out: set[Place]
) -> Told:
    if place in few:
        return Told(None, few=True)
    return Told(None if place in left_out else numbers[place])


def _sums(rows: int, columns: int) -> tuple[tuple[Place, ...], ...]:
    """Every sum of the table: its parts, and the sum last."""
    across = [tuple((r, c) for c in range(columns)) for r in range(rows)]
    down = [tuple((r, c) for r in range(rows)) for c in range(columns)]
    return (*across, *down)


def _left_out(
    numbers: Mapping[Place, int], few: frozenset[Place], sums: Sequence[Sequence[Place]]
) -> set[Place]:
    out: set[Place] = set()
    while True:
        ranges = _ranges(numbers, few, out, sums)
        narrowed = sorted(place for place in few if ranges[place] != (1, SMALL - 1))
        if not narrowed:
            return out
        more = _next(narrowed, numbers, few | out, sums)
        if more is None:
            return out
        out.add(more)


def _next(
    narrowed: Sequence[Place],
    numbers: Mapping[Place, int],
    hidden: frozenset[Place] | set[Place],
    sums: Sequence[Sequence[Place]],
) -> Place | None:
    """The number to leave out next: in a sum with one that is given away, the smallest that is not 0.

    Where those sums have none left, any other; a 0 last, because a 0 names nobody.
    """
    near = {place for line in sums if set(line) & set(narrowed) for place in line}
    choices = [
        (numbers[place] == 0, place not in near, numbers[place], place)
        for place in numbers
        if place not in hidden
    ]
    return min(choices)[-1] if choices else None


def _ranges(
    numbers: Mapping[Place, int],
    few: frozenset[Place],
    out: set[Place],
    sums: Sequence[Sequence[Place]],
) -> dict[Place, _Range]:
    """What a reader of the table can say of each number."""
    ranges: dict[Place, _Range] = {}
    for place, n in numbers.items():
        if place in few:
            ranges[place] = (1, SMALL - 1)
        else:
            ranges[place] = (0, _ENDLESS) if place in out else (n, n)
    changed = True
    while changed:
        changed = False
        for line in sums:
            for place in line:
                tighter = _within(place, line, ranges)
                if tighter != ranges[place]:
                    ranges[place] = tighter
                    changed = True
    return ranges


def _within(place: Place, line: Sequence[Place], ranges: Mapping[Place, _Range]) -> _Range:
    """The range of one number, given the others of its sum; the last of a line is the sum."""
    low, high = ranges[place]
    *parts, total = line
    if place == total:
        least, most = sum(ranges[p][0] for p in parts), sum(ranges[p][1] for p in parts)
    else:
        others = [p for p in parts if p != place]
        least = ranges[total][0] - sum(ranges[p][1] for p in others)
        most = ranges[total][1] - sum(ranges[p][0] for p in others)
    return max(low, least), min(high, most)
