"""Makes the read tables anew from the rows: after an update of their shape, or to prove them.

Left to others: when (vault), and comparing two sets of them (compare).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sqlcipher3.dbapi2 import Connection

from schoolsafe.domain.entry import Entry
from schoolsafe.domain.ids import CircleId, FeedId, RowId
from schoolsafe.errors import Tampered
from schoolsafe.services.ports import Sealer
from schoolsafe.store.chain import row_count
from schoolsafe.store.guard import SEARCH_TABLE
from schoolsafe.store.reducer import Reducer
from schoolsafe.store.tables import shape
from schoolsafe.wire import stub
from schoolsafe.wire.stub import Stub

BATCH_ROWS = 500

_LEFTOVERS = (
    "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%'"
    " AND name NOT IN ('row', 'head', 'hole', 'roster', 'chunk', 'meta', 'draft')"
    " AND name NOT LIKE 'narrative%'"
)


def make_tables(sql: Connection) -> None:
    """Empty read tables of this release's shape, in place of whatever there was."""
    sql.execute(f"DROP TABLE IF EXISTS {SEARCH_TABLE}")
    for (name,) in sql.execute(_LEFTOVERS).fetchall():
        sql.execute(f'DROP TABLE "{name}"')
    for statement in shape():
        sql.execute(statement)


class Stored(NamedTuple):
    """One row as the journal keeps it, with what its columns say of it."""

    number: int
    row: RowId
    circle: CircleId
    feed: FeedId
    n: int
    raw: bytes


def stored_rows(sql: Connection) -> Iterator[Stored]:
    """Every row in the order it came, in windows."""
    after = 0
    while window := stored_after(sql, after, BATCH_ROWS):
        yield from window
        after = window[-1].number


def stored_after(sql: Connection, number: int, many: int) -> list[Stored]:
    """The rows behind that one, the oldest first."""
    found = sql.execute(
        "SELECT id, rid, circle, feed, n, raw FROM row WHERE id>? ORDER BY id LIMIT ?",
        (number, many),
    )
    return [Stored._make(line) for line in found]


def stored_before(sql: Connection, number: int, many: int) -> list[Stored]:
    """The rows before that one, the newest first."""
    found = sql.execute(
        "SELECT id, rid, circle, feed, n, raw FROM row WHERE id<? AND id>0"
        " ORDER BY id DESC LIMIT ?",
        (number, many),
    )
    return [Stored._make(line) for line in found]


class Replay:
    """Rows on their way into empty read tables, through the one reducer, a window at a time."""

    def __init__(self, tables: Connection, sealer: Sealer) -> None:
        make_tables(tables)
        self._reducer = Reducer(tables)
        self._sealer = sealer
        self._taken = 0

    def take(self, stored: Stored, entry: Entry | None) -> None:
        """One row; ``entry`` is None where this seat cannot read it."""
        if entry is None:
            return
        name = self._sealer.circle_name(stored.circle) or ""
        self._reducer.take(stored.number, stored.row, entry, circle=name)
        self._taken += 1
        if self._taken % BATCH_ROWS == 0:
            self._reducer.flush()

    def finish(self) -> None:
        """Writes what is left."""
        self._reducer.flush()


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild came to."""

    rows: int
    unopened: int
    """Rows whose key is here and that do not open: left out, so that they take nobody else along."""


def rebuild(sql: Connection, sealer: Sealer) -> Rebuilt:
    """All rows into fresh read tables of the same vault."""
    replay, unopened = Replay(sql, sealer), 0
    for stored in stored_rows(sql):
        try:
            outer = stub.parse_any(stored.raw)
            entry = None if isinstance(outer, Stub) else sealer.open(outer)
            replay.take(stored, entry)
        except Tampered:
            unopened += 1
    replay.finish()
    return Rebuilt(row_count(sql), unopened)
