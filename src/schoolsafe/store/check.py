"""Proves the vault, or names the first row that is wrong.

Shallow: every row has its own id and its predecessors, heads and rosters are what the rows and
links say, the anchors are extended. Deep: every signature and seal, every chunk, every page, and a
replay into memory that must give the very same read tables. Reads only, on connections of its own,
so saving goes on. Left to others: what to do about a finding (people).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from sqlcipher3 import dbapi2 as sqlcipher
from sqlcipher3.dbapi2 import Connection

from schoolsafe.domain.entry import Attach
from schoolsafe.domain.ids import CircleId, FeedId, RowId
from schoolsafe.errors import Tampered
from schoolsafe.services.ports import Sealer, Verified
from schoolsafe.store.anchorage import Finding
from schoolsafe.store.chain import HERE
from schoolsafe.store.engine import MEMORY, Line, open_line
from schoolsafe.store.errors import DamagedVault
from schoolsafe.store.guard import Mode
from schoolsafe.store.rebuild import Replay, stored_rows
from schoolsafe.store.tables import READ
from schoolsafe.wire import link
from schoolsafe.wire import row as wire_row
from schoolsafe.wire.row import OuterRow


@dataclass(slots=True)
class _Findings:
    """What has been seen so far."""

    rows: int = 0
    first_bad: str | None = None
    known: set[RowId] = field(default_factory=set)
    named: dict[RowId, RowId] = field(default_factory=dict)
    """Predecessors that must be there or stand as holes, with the row that names them."""
    heads: dict[tuple[CircleId, FeedId], set[RowId]] = field(default_factory=dict)
    superseded: set[RowId] = field(default_factory=set)

    def blame(self, place: str) -> None:
        self.first_bad = self.first_bad or place


def verify(
    path: Path, key_hex: str, sealer: Sealer, *, finding: Finding, deep: bool, writer: Line
) -> Verified:
    """The whole check. Never raises for damage: it says where."""
    seen = _Findings()
    match = True
    line = open_line(str(path), key_hex, Mode.READING)
    try:
        line.raw.execute("BEGIN")  # one snapshot for all of it
        if deep:
            match = _check_deep(line.raw, sealer, seen, key_hex=key_hex)
        else:
            _check_rows(line.raw, seen)
        _check_heads(line.raw, seen)
        _check_rosters(line.raw, seen)
        line.raw.execute("ROLLBACK")
        if deep:
            _check_pages(line, writer, seen)
    except (sqlcipher.DatabaseError, DamagedVault):
        seen.blame("file")
        match = False
    finally:
        line.close()
    ok = seen.first_bad is None and match and finding.problem is None
    return Verified(
        ok=ok,
        rows=seen.rows,
        feeds=len(seen.heads),
        first_bad=seen.first_bad,
        anchor=finding.word,
        projections_match=match,
    )


def _check_deep(sql: Connection, sealer: Sealer, seen: _Findings, *, key_hex: str) -> bool:
    """Rows with signatures and seals, and a replay of them into an encrypted memory database.

    True where every read table there is, line by line, the one in the vault.
    """
    memory = open_line(MEMORY, key_hex, Mode.SHAPING)
    try:
        with memory.writing(Mode.SHAPING) as tables:
            replay = Replay(tables, sealer)
            _check_rows(sql, seen, sealer=sealer, replay=replay)
            replay.finish()
            _check_chunks(sql, tables, seen)
            return all(
                _digest(sql, table) == _digest(tables, table) for table in READ.tables.values()
            )
    finally:
        memory.close()


def _check_rows(
    sql: Connection, seen: _Findings, *, sealer: Sealer | None = None, replay: Replay | None = None
) -> None:
    for expected, stored in enumerate(stored_rows(sql), 1):
        seen.rows = expected
        if stored.number != expected:
            seen.blame(f"row {expected}")
        try:
            outer = wire_row.parse(stored.raw)
            _follow(outer, seen)
            if (outer.id, outer.circle, outer.feed, outer.n) != stored[1:5]:
                raise wire_row.RowBroken
            if sealer and replay:
                sealer.check(outer)
                replay.take(stored, sealer.open(outer))
        except Tampered:
            seen.blame(f"{stored.row.hex()} (row {stored.number})")
    for before, row in seen.named.items():
        if before not in seen.known and not _is_hole(sql, before):
            seen.blame(f"{before.hex()} (named by {row.hex()})")


def _follow(outer: OuterRow, seen: _Findings) -> None:
    seen.known.add(outer.id)
    heads = seen.heads.setdefault((outer.circle, outer.feed), set())
    if outer.n > 1:
        for before in outer.prev:
            seen.named[before] = outer.id
    seen.superseded.update(outer.prev)
    heads.difference_update(outer.prev)
    if outer.id not in seen.superseded:
        heads.add(outer.id)


def _is_hole(sql: Connection, row: RowId) -> bool:
    return sql.execute("SELECT 1 FROM hole WHERE rid=?", (row,)).fetchone() is not None


def _check_heads(sql: Connection, seen: _Findings) -> None:
    stored = {
        (circle, feed, row)
        for circle, feed, row in sql.execute("SELECT circle, feed, rid FROM head")
    }
    derived = {(circle, feed, row) for (circle, feed), rows in seen.heads.items() for row in rows}
    for _circle, _feed, row in sorted(stored ^ derived):
        seen.blame(f"{row.hex()} (head)")


def _check_rosters(sql: Connection, seen: _Findings) -> None:
    """Each circle's links in one line. Who signed them is the roster's own check (services)."""
    last: dict[bytes, tuple[int, RowId | None]] = {}
    for circle, n, stored, raw in sql.execute(
        "SELECT circle, n, link, raw FROM roster ORDER BY circle, n"
    ):
        before, head = last.get(circle, (0, None))
        try:
            parsed = link.parse(raw)
        except Tampered:
            seen.blame(f"roster {circle.hex()} link {n}")
            continue
        if (parsed.id, parsed.n, parsed.prev, parsed.circle) != (
            stored,
            before + 1,
            head,
            circle,
        ) or n != parsed.n:
            seen.blame(f"roster {circle.hex()} link {n}")
        last[circle] = (n, parsed.id)


def _check_chunks(sql: Connection, tables: Connection, seen: _Findings) -> None:
    """Every sealed chunk is what its name says; those of rows no other computer has are all here.

    ``tables`` are those just made from the rows: what names an attachment is signed.
    """
    here: set[str] = set()
    for (name,) in sql.execute("SELECT hash FROM chunk ORDER BY hash").fetchall():
        data = sql.execute("SELECT bytes FROM chunk WHERE hash=?", (name,)).fetchone()[0]
        here.add(name)
        if sha256(data).hexdigest() != name:
            seen.blame(f"{name} (attachment)")
    only_here = {number for (number,) in sql.execute("SELECT id FROM row WHERE state=?", (HERE,))}
    for number, manifest in tables.execute("SELECT id, manifest FROM attachment ORDER BY id, part"):
        attached = msgspec.json.decode(manifest, type=Attach)
        for name in attached.chunks:
            if number in only_here and name not in here:
                seen.blame(f"{name} (attachment of row {number})")


def _digest(sql: Connection, table: Any) -> bytes:
    """SHA-256 over a table's lines in order of their content, without search's own numbering."""
    names = [
        column.name
        for column in table.columns
        if not (table.name == "passage" and column.name == "id")
    ]
    quoted = ", ".join(f'"{name}"' for name in names)
    order = ", ".join(str(place + 1) for place in range(len(names)))
    digest = sha256()
    for found in _lines(sql, f'SELECT {quoted} FROM "{table.name}" ORDER BY {order}'):  # noqa: S608  # our own names
        digest.update(repr(tuple(found)).encode())
    return digest.digest()


def _lines(sql: Connection, query: str) -> Iterator[Any]:
    yield from sql.execute(query)


def _check_pages(line: Line, writer: Line, seen: _Findings) -> None:
    """Every page's own seal, the trees between them, and search against what it was made from."""
    if line.raw.execute("PRAGMA cipher_integrity_check").fetchall():
        seen.blame("file")
    if line.raw.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        seen.blame("file")
    with writer.writing(Mode.REDUCING) as sql:
        sql.execute("INSERT INTO narrative(narrative, rank) VALUES ('integrity-check', 1)")
