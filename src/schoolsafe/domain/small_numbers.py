"""Counts that leave the school: 1 to 4 are "fewer than 5", and no sum around them gives them away.

Numbers that are added up to others are judged together. Small ones are hidden first; then, as long as
what is left to see narrows one down to fewer than three values, one more number that tells on it is left
out, parts before sums, because a month's whole says more than one week of it. What a reader
could work out is bounded by passing the ranges through every sum until nothing changes. Source: ux.md 5.10.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from schoolsafe.words import _

SMALL: Final = 5
"""Counts below it, but not 0, are never told."""
_ENOUGH: Final = 3
"""Values a number told as "fewer than 5" must still be able to have, for all a reader can work out."""
_ENDLESS: Final = 10**9

Key = TypeVar("Key", bound=Hashable)
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


def guarded(
    numbers: Mapping[Key, int],
    sums: Sequence[Sequence[Key]],
    *,
    level: Mapping[Key, int],
    unsaid: frozenset[Key] = frozenset(),
) -> dict[Key, Told]:
    """The numbers as they may be told side by side.

    Args:
        numbers: every number of the sums, by its key.
        sums: keys that add up to the last key of each; all of them are in ``numbers``.
        level: the higher, the longer a number is kept: the parts of a week 0, the month's whole most.
        unsaid: those that are not told at all, and only stand in a sum.
    """
    few = frozenset(key for key, n in numbers.items() if 0 < n < SMALL) - unsaid
    out = set(unsaid)
    order = sorted(
        (level[key], key in few, n == 0, n, place)
        for place, (key, n) in enumerate(numbers.items())
        if key not in unsaid
    )
    keys = list(numbers)

    def after(key: Key) -> dict[Key, int]:
        return _given_away(numbers, few, out | {key}, sums)

    while given_away := _given_away(numbers, few, out, sums):
        left = [keys[place] for *_rest, place in order if keys[place] not in out]
        out.add(next((key for key in left if _helps(key, given_away, after)), left[0]))
    return {
        key: Told(None) if key in out else Told(None, few=True) if key in few else Told(n)
        for key, n in numbers.items()
        if key not in unsaid
    }


def _given_away(
    numbers: Mapping[Key, int], few: frozenset[Key], out: set[Key], sums: Sequence[Sequence[Key]]
) -> dict[Key, int]:
    """The small numbers a reader could say too much about, and how many values each has left."""
    ranges = _ranges(numbers, few, out, sums)
    widths = {key: _width(ranges[key]) for key in few}
    return {key: width for key, width in widths.items() if width < _ENOUGH}


def _helps(
    key: Key, given_away: Mapping[Key, int], after: Callable[[Key], Mapping[Key, int]]
) -> bool:
    """Whether leaving one more out makes any of them harder to work out."""
    then = after(key)
    return any(then.get(one, _ENOUGH) > width for one, width in given_away.items())


def _width(found: _Range) -> int:
    low, high = found
    return high - low + 1


def _ranges(
    numbers: Mapping[Key, int],
    few: frozenset[Key],
    out: set[Key],
    sums: Sequence[Sequence[Key]],
) -> dict[Key, _Range]:
    """What a reader can say of each number."""
    ranges: dict[Key, _Range] = {}
    for key, n in numbers.items():
        if key in out:
            ranges[key] = (0, _ENDLESS)
        else:
            ranges[key] = (1, SMALL - 1) if key in few else (n, n)
    changed = True
    while changed:
        changed = False
        for line in sums:
            for key in line:
                tighter = _within(key, line, ranges)
                if tighter != ranges[key]:
                    ranges[key] = tighter
                    changed = True
    return ranges


def _within(key: Key, line: Sequence[Key], ranges: Mapping[Key, _Range]) -> _Range:
    """The range of one number, given the others of its sum; the last of a line is the sum."""
    low, high = ranges[key]
    *parts, total = line
    if key == total:
        least, most = sum(ranges[p][0] for p in parts), sum(ranges[p][1] for p in parts)
    else:
        others = [p for p in parts if p != key]
        least = ranges[total][0] - sum(ranges[p][1] for p in others)
        most = ranges[total][1] - sum(ranges[p][0] for p in others)
    return max(low, least), min(high, most)
