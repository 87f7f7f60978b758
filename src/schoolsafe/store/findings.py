"""What a check of the vault has seen: who names whom, and what is wrong first.

Rows may be taken in any order, newest first or oldest first: the findings are the same. Left to
others: reading rows (check, checking), what to do about a finding (people).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from schoolsafe.domain.ids import CircleId, FeedId, RowId
from schoolsafe.services.ports_upkeep import Verified
from schoolsafe.store.anchorage import Finding
from schoolsafe.wire.row import OuterRow
from schoolsafe.wire.stub import Stub
from schoolsafe.words import _

Group = tuple[CircleId, FeedId]


class Part(IntEnum):
    """The parts of a vault, in the order in which they are blamed."""

    ROWS = 0
    NAMED = 1
    CHUNKS = 2
    HEADS = 3
    ROSTERS = 4
    FILE = 5
    TABLES = 6


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong; of several the one that stands first in the record is reported."""

    part: Part
    order: tuple[int, ...]
    """Its place among those of its part."""
    place: str
    number: int | None = None
    """Of the row, counted from 1 in the order they came; None where it is no row's."""

    @property
    def reason(self) -> str:
        """In words, for a sentence a person reads."""
        if self.part is Part.CHUNKS:
            return _("an attached file was changed")
        if self.part is Part.ROSTERS:
            return _("the list of who may read them was changed")
        if self.part is Part.TABLES:
            return _("the lists made from them were changed")
        if self.number is None:
            return _("a part of the file is damaged")
        return _("number {n} was changed or taken out").format(n=self.number)


_Namer = tuple[int, Group, RowId, bool]
"""A row that names another as its predecessor: its number, its feed, its id, and whether it is the
first of its feed, which names a roster link instead. Plain tuples: the collector of cycles lets
them be, and with 25,000 objects in its way one of its rounds takes longer than a slice may."""


@dataclass(slots=True)
class Findings:
    """What has been seen so far."""

    rows: int = 0
    wrong: Wrong | None = None
    groups: set[Group] = field(default_factory=set)
    """The feeds that have rows."""
    _known: dict[RowId, tuple[int, Group]] = field(default_factory=dict)
    _namers: dict[RowId, _Namer] = field(default_factory=dict)
    _more: dict[RowId, list[_Namer]] = field(default_factory=lambda: defaultdict(list))
    """Where a feed forked, the others that name the same row."""

    def blame(
        self, part: Part, place: str, *, order: tuple[int, ...] = (), number: int | None = None
    ) -> None:
        """Something is wrong there. What stands earlier in the record takes its place."""
        if self.wrong is None or (part, order) < (self.wrong.part, self.wrong.order):
            self.wrong = Wrong(part, order, place, number)

    def follow(self, outer: OuterRow | Stub, number: int) -> None:
        """One row that parses, and what it names."""
        group = (outer.circle, outer.feed)
        self.groups.add(group)
        self._known[outer.id] = (number, group)
        namer = (number, group, outer.id, outer.n == 1)
        for before in outer.prev:
            if self._namers.setdefault(before, namer) is not namer:
                self._more[before].append(namer)

    def number_of(self, row: RowId) -> int | None:
        """The row's number, where it is here."""
        known = self._known.get(row)
        return None if known is None else known[0]

    def absent(self) -> Iterator[tuple[RowId, RowId, int]]:
        """Rows that are named and not here, each with the last row that names it and its number.

        Those named earliest come first.
        """
        missing = []
        for before in self._namers.keys() - self._known.keys():
            naming = [namer for namer in self._all(before) if not namer[3]]
            if naming:
                missing.append((min(naming)[0], before, max(naming)))
        for _first, before, last in sorted(missing):
            yield before, last[2], last[0]

    def heads(self) -> set[tuple[CircleId, FeedId, RowId]]:
        """Rows that no row of their feed names, nor any row that came before them."""
        heads: set[tuple[CircleId, FeedId, RowId]] = set()
        for row, (number, group) in self._known.items():
            namer = self._namers.get(row)
            if namer is not None and (namer[1] == group or namer[0] < number):
                continue  # as nearly always: by the next row of its feed
            others = self._more.get(row, ())
            if not any(other[1] == group or other[0] < number for other in others):
                heads.add((*group, row))
        return heads

    def _all(self, row: RowId) -> tuple[_Namer, ...]:
        return (self._namers[row], *self._more.get(row, ()))

    def forget(self) -> None:
        """Lets go of who names whom, once the verdict stands."""
        self._known.clear()
        self._namers.clear()
        self._more.clear()

    def verified(self, finding: Finding, *, match: bool) -> Verified:
        """The verdict. ``match``: the read tables are what the rows say."""
        first = self.wrong if self.wrong and self.wrong.part is not Part.TABLES else None
        return Verified(
            ok=self.wrong is None and match and finding.problem is None,
            rows=self.rows,
            feeds=len(self.groups),
            first_bad=first.place if first else None,
            anchor=finding.word,
            projections_match=match,
        )
