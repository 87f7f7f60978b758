"""Takes the content out of disposed rows: each becomes its stub, and what was made from it goes.

In the same way for an order given here, for one that arrives, and for a row that arrives after its
order. The read tables are then made anew from what is left, so that no word of it stays in them or
in search. Left to others: what an order may take (domain.disposal), copies elsewhere (people).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import msgspec
from sqlcipher3.dbapi2 import Connection

from schoolsafe.domain import disposal
from schoolsafe.domain.entry import Attach, Dispose
from schoolsafe.domain.ids import RowId
from schoolsafe.errors import Tampered
from schoolsafe.services.ports import Sealer
from schoolsafe.store.rebuild import Rebuilt, rebuild
from schoolsafe.wire import row as wire_row
from schoolsafe.wire import stub

_ORDERED = (
    " FROM disposed d JOIN row r ON r.rid = d.row JOIN row o ON o.rid = d.disposer"
    " WHERE substr(r.raw, 1, 2) = x'5352' AND r.circle = o.circle AND substr(o.raw, 4, 1) = x'01'"
)
"""Rows with content, each with an order of its own circle, by a member: who only writes orders nothing."""
PENDING: Final = "SELECT 1" + _ORDERED + " LIMIT 1"
_LISTED: Final = (
    "SELECT d.row, d.shell, d.disposer, r.raw, o.raw" + _ORDERED + " ORDER BY r.id, d.disposer"
)
OF_STUB: Final = (
    "SELECT 1 FROM disposed d JOIN row o ON o.rid = d.disposer"
    " WHERE d.row=? AND d.disposer=? AND d.shell=? AND o.circle=? AND substr(o.raw, 4, 1) = x'01'"
)
"""Whether that very stub was ordered here."""


@dataclass(frozen=True, slots=True)
class _Due:
    """One row that gives way."""

    row: RowId
    left: stub.Stub


def orders(
    sql: Connection, sealer: Sealer, *, ground: str, entity: str, entities: Sequence[str]
) -> tuple[Dispose, ...]:
    """What it takes to dispose of everything that is about these entities and nothing else.

    Rows a child's history holds are left out: no order takes them. As many orders as the rows need.
    """
    wanted = Dispose(entity, ground, tuple(entities), ())
    marks = ",".join("?" * len(entities))
    query = (
        "SELECT DISTINCT r.id, r.raw FROM touched t JOIN row r ON r.id = t.id"  # noqa: S608  # our own marks
        f" WHERE t.entity IN ({marks}) AND substr(r.raw, 1, 2) = x'5352' ORDER BY r.id"
    )
    rows: list[tuple[RowId, bytes]] = []
    chunks: dict[str, None] = {}
    for _number, raw in sql.execute(query, tuple(entities)).fetchall():
        outer = wire_row.parse(raw)
        entry = sealer.open(outer)
        if entry is not None and disposal.allows(wanted, entry):
            rows.append((outer.id, stub.shell_of(stub.body_of(outer))))
            chunks |= dict.fromkeys(disposal.chunks_of(entry))
    windows = range(0, max(len(rows), 1), disposal.ROWS_EACH)
    return tuple(
        replace(
            wanted,
            rows=tuple(rows[at : at + disposal.ROWS_EACH]),
            chunks=tuple(chunks) if at == 0 else (),
        )
        for at in windows
    )


def due(sql: Connection, sealer: Sealer) -> list[_Due]:
    """Rows with content that an order in this vault takes, and may take.

    An order that reaches too far, or whose stub is not the one it names, takes nothing.
    """
    found: dict[RowId, _Due] = {}
    for rid, shell, disposer, raw, order in sql.execute(_LISTED).fetchall():
        outer = wire_row.parse(raw)
        if RowId(rid) in found or stub.shell_of(stub.body_of(outer)) != shell:
            continue
        try:
            entry, by = sealer.open(outer), sealer.open(wire_row.parse(order))
        except Tampered:
            continue
        if entry is None or by is None or not any(disposal.allows(op, entry) for op in _ops(by)):
            continue
        found[RowId(rid)] = _Due(RowId(rid), stub.of(outer, RowId(disposer)))
    return list(found.values())


def carry_out(sql: Connection, sealer: Sealer, rows: list[_Due]) -> Rebuilt:
    """Puts the stubs in place, makes the read tables anew, and lets go of pieces nobody attaches.

    For a transaction in which everything may be written: all of it, or none.
    """
    for one in rows:
        sql.execute("UPDATE row SET raw=? WHERE rid=?", (one.left.raw, one.row))
    made = rebuild(sql, sealer)
    attached = {
        chunk
        for (manifest,) in sql.execute("SELECT manifest FROM attachment")
        for chunk in msgspec.json.decode(manifest, type=Attach).chunks
    }
    orders = sql.execute("SELECT DISTINCT chunk FROM disposed_chunk").fetchall()
    sql.executemany(
        "DELETE FROM chunk WHERE hash=?", [(c,) for (c,) in orders if c not in attached]
    )
    return made


def about(left: stub.Stub) -> tuple[bytes, ...]:
    """What ``OF_STUB`` asks about."""
    return (left.id, left.disposed_by, left.shell, left.circle)


def _ops(entry: object) -> tuple[Dispose, ...]:
    ops = getattr(entry, "ops", ())
    return tuple(op for op in ops if isinstance(op, Dispose))
