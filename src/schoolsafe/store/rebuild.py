"""Makes the read tables anew from the rows: after an update of their shape, or to prove them.

Left to others: when (vault), and comparing two sets of them (check).
"""

from collections.abc import Iterator

from sqlcipher3.dbapi2 import Connection

from schoolsafe.domain.ids import RowId
from schoolsafe.services.ports import Sealer
from schoolsafe.store.guard import SEARCH_TABLE
from schoolsafe.store.reducer import Reducer
from schoolsafe.store.tables import shape
from schoolsafe.wire import row as wire_row

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


def stored_rows(sql: Connection, *, after: int = 0) -> Iterator[tuple[int, RowId, bytes]]:
    """Every row in the order it came, in windows: number, id, bytes."""
    while True:
        window = sql.execute(
            "SELECT id, rid, raw FROM row WHERE id>? ORDER BY id LIMIT ?", (after, BATCH_ROWS)
        ).fetchall()
        for number, row, raw in window:
            yield number, RowId(row), raw
        if len(window) < BATCH_ROWS:
            return
        after = window[-1][0]


def replay(journal: Connection, tables: Connection, sealer: Sealer) -> int:
    """Every row this seat can read, through the one reducer, into empty tables; how many rows.

    ``journal`` and ``tables`` may be one connection or two: a check replays into memory.
    """
    reducer, rows = Reducer(tables), 0
    for number, row, raw in stored_rows(journal):
        outer = wire_row.parse(raw)
        entry = sealer.open(outer)
        if entry is not None:
            reducer.take(number, row, entry, circle=sealer.circle_name(outer.circle) or "")
        rows += 1
        if rows % BATCH_ROWS == 0:
            reducer.flush()
    reducer.flush()
    return rows
