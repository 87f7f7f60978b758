"""The journal's own side: rows in, heads and holes kept, the place of the next row found.

Merging is set union: a row may come in any order, from anywhere, twice. Left to others: whether a
row is genuine (the sealer), what it says (reducer).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlcipher3.dbapi2 import Connection

from schoolsafe.domain.ids import CircleId, FeedId, RowId
from schoolsafe.wire.row import LIMITS, OuterRow
from schoolsafe.wire.stub import Stub

HERE: Final = "here"
"""State of a row no other computer is known to have."""


@dataclass(frozen=True, slots=True)
class Next:
    """Where this seat's next row in a circle stands."""

    n: int
    prev: tuple[RowId, ...]
    """Empty for the feed's first row, which names the roster link that admitted it instead."""
    seen: tuple[RowId, ...]
    """Heads of other feeds that came since this seat's last row."""


class Chain:
    """One transaction's rows. Gathers them and writes them at ``flush``; knows them before."""

    def __init__(self, sql: Connection, *, now_ms: int) -> None:
        self._sql = sql
        self._now_ms = now_ms
        self._number: int = sql.execute("SELECT coalesce(max(id), 0) FROM row").fetchone()[0]
        self._new: dict[RowId, tuple[Any, ...]] = {}
        self._heads: dict[tuple[CircleId, FeedId], dict[RowId, tuple[int, int]]] = {}
        """Heads of a feed, each with its n and its number in the journal."""
        self._stored: dict[tuple[CircleId, FeedId], frozenset[RowId]] = {}

    def knows(self, row: RowId) -> bool:
        """Whether the row is in the journal, or on its way there."""
        if row in self._new:
            return True
        return self._sql.execute("SELECT 1 FROM row WHERE rid=?", (row,)).fetchone() is not None

    def next(self, circle: CircleId, feed: FeedId) -> Next:
        """The place of the next own row. It names every head of the feed, and so merges forks."""
        heads = self._feed_heads(circle, feed)
        last = max((number for _, number in heads.values()), default=0)
        named = sorted(heads, key=lambda row: heads[row], reverse=True)[: LIMITS.predecessors]
        return Next(
            n=1 + max((heads[row][0] for row in named), default=0),
            prev=tuple(sorted(named)),
            seen=self._others_since(circle, feed, last),
        )

    def accept(self, outer: OuterRow | Stub, *, state: str = HERE) -> int:
        """A row into the journal, with its number there. The caller has asked ``knows``."""
        self._number += 1
        heads = self._feed_heads(outer.circle, outer.feed)
        first = outer.n == 1
        for before in outer.prev:
            if heads.pop(before, None) is None and not first and not self.knows(before):
                self._hole(before, via=outer.id, superseded=True)
        self._new[outer.id] = (
            self._number,
            outer.id,
            outer.circle,
            outer.feed,
            outer.n,
            state,
            outer.raw,
        )
        if not self._fill(outer.id):
            heads[outer.id] = (outer.n, self._number)
        return self._number

    def note_absent(self, named: Iterable[RowId], *, via: RowId) -> None:
        """Rows an author had seen and this computer has not: holes, so that withholding shows."""
        for row in named:
            if not self.knows(row):
                self._hole(row, via=via, superseded=False)

    def flush(self) -> None:
        """Writes rows and heads."""
        if self._new:
            self._sql.executemany(
                "INSERT INTO row(id, rid, circle, feed, n, state, raw) VALUES (?,?,?,?,?,?,?)",
                list(self._new.values()),
            )
        for (circle, feed), heads in self._heads.items():
            stored = self._stored[circle, feed]
            gone = [(circle, feed, row) for row in stored - heads.keys()]
            come = [(circle, feed, row) for row in heads.keys() - stored]
            if gone:
                self._sql.executemany("DELETE FROM head WHERE circle=? AND feed=? AND rid=?", gone)
            if come:
                self._sql.executemany("INSERT INTO head(circle, feed, rid) VALUES (?,?,?)", come)
            self._stored[circle, feed] = frozenset(heads)
        self._new.clear()

    def _feed_heads(self, circle: CircleId, feed: FeedId) -> dict[RowId, tuple[int, int]]:
        heads = self._heads.get((circle, feed))
        if heads is None:
            found = self._sql.execute(
                "SELECT h.rid, r.n, r.id FROM head h JOIN row r ON r.rid = h.rid"
                " WHERE h.circle=? AND h.feed=?",
                (circle, feed),
            ).fetchall()
            heads = self._heads[circle, feed] = {
                RowId(rid): (n, number) for rid, n, number in found
            }
            self._stored[circle, feed] = frozenset(heads)
        return heads

    def _others_since(self, circle: CircleId, feed: FeedId, last: int) -> tuple[RowId, ...]:
        found = self._sql.execute(
            "SELECT h.rid FROM head h JOIN row r ON r.rid = h.rid"
            " WHERE h.circle=? AND h.feed<>? AND r.id>? ORDER BY h.rid",
            (circle, feed, last),
        )
        return tuple(RowId(rid) for (rid,) in found)

    def _hole(self, row: RowId, *, via: RowId, superseded: bool) -> None:
        self._sql.execute(
            "INSERT INTO hole(rid, first_seen_ms, via, superseded) VALUES (?,?,?,?)"
            " ON CONFLICT(rid) DO UPDATE SET superseded=max(superseded, excluded.superseded)",
            (row, self._now_ms, via, int(superseded)),
        )

    def _fill(self, row: RowId) -> bool:
        """Closes the hole a row leaves; True where its feed already has a row behind it."""
        found = self._sql.execute(
            "DELETE FROM hole WHERE rid=? RETURNING superseded", (row,)
        ).fetchone()
        return found is not None and bool(found[0])


def all_heads(sql: Connection) -> tuple[tuple[CircleId, tuple[RowId, ...]], ...]:
    """Sorted heads per circle, circles sorted: what an anchor holds."""
    by_circle: dict[CircleId, list[RowId]] = {}
    for circle, row in sql.execute("SELECT circle, rid FROM head ORDER BY circle, rid"):
        by_circle.setdefault(CircleId(circle), []).append(RowId(row))
    return tuple((circle, tuple(rows)) for circle, rows in by_circle.items())


def row_count(sql: Connection) -> int:
    """How many rows there are. Rows are never deleted, so the highest number is the count."""
    count: int = sql.execute("SELECT coalesce(max(id), 0) FROM row").fetchone()[0]
    return count
