"""Proves what can be proved without a key, and names the first row that is wrong.

Every row has its own id and its predecessors, heads and rosters are what the rows and links say.
Reads only, on a connection of its own, so saving goes on. Left to others: signatures, seals, pages
and read tables (checking), what to do about a finding (people).
"""

from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher
from sqlcipher3.dbapi2 import Connection

from schoolsafe.domain.ids import RowId
from schoolsafe.errors import Tampered
from schoolsafe.services.ports_upkeep import Verified
from schoolsafe.store.anchorage import Finding
from schoolsafe.store.engine import open_line
from schoolsafe.store.errors import DamagedVault
from schoolsafe.store.findings import Findings, Part
from schoolsafe.store.guard import Mode
from schoolsafe.store.rebuild import Stored, stored_rows
from schoolsafe.wire import link, stub
from schoolsafe.wire import row as wire_row
from schoolsafe.wire.row import OuterRow
from schoolsafe.wire.stub import Stub


def verify(path: Path, key_hex: str, *, finding: Finding) -> Verified:
    """Ids, chain, heads and rosters. Never raises for damage: it says where."""
    seen, match = Findings(), True
    line = open_line(str(path), key_hex, Mode.READING)
    try:
        line.raw.execute("BEGIN")  # one snapshot for all of it
        for expected, stored in enumerate(stored_rows(line.raw), 1):
            seen.rows = expected
            if stored.number != expected:
                blame_gap(seen, expected)
            try:
                follow(stored, seen)
            except Tampered:
                blame_row(seen, stored)
        check_named(line.raw, seen)
        check_heads(line.raw, seen)
        check_rosters(line.raw, seen)
        line.raw.execute("ROLLBACK")
    except (sqlcipher.DatabaseError, DamagedVault):
        seen.blame(Part.FILE, "file")
        match = False
    finally:
        line.close()
    return seen.verified(finding, match=match)


def follow(stored: Stored, seen: Findings) -> OuterRow | Stub:
    """One row, or the stub of one, held to its own id and to what the columns beside it say.

    Raises:
        Tampered: it does not hold.
    """
    outer = stub.parse_any(stored.raw)
    seen.follow(outer, stored.number)
    if (outer.id, outer.circle, outer.feed, outer.n) != stored[1:5]:
        raise wire_row.RowBroken
    return outer


def blame_row(seen: Findings, stored: Stored) -> None:
    """The row is not what was signed."""
    place = f"{stored.row.hex()} (row {stored.number})"
    seen.blame(Part.ROWS, place, order=(stored.number, 1), number=stored.number)


def blame_gap(seen: Findings, number: int) -> None:
    """There is no row of that number, and later ones are there."""
    seen.blame(Part.ROWS, f"row {number}", order=(number, 0), number=number)


def check_named(sql: Connection, seen: Findings) -> None:
    """Every predecessor is here, or known to be missing. After the last row."""
    for order, (before, row, number) in enumerate(seen.absent()):
        if not _is_hole(sql, before):
            place = f"{before.hex()} (named by {row.hex()})"
            seen.blame(Part.NAMED, place, order=(order,), number=number)
            break


def check_heads(sql: Connection, seen: Findings) -> None:
    """The heads are those the rows leave. Right after the last row."""
    stored = set(sql.execute("SELECT circle, feed, rid FROM head"))
    for order, (_circle, _feed, row) in enumerate(sorted(stored ^ seen.heads())):
        place, stands = f"{row.hex()} (head)", seen.number_of(RowId(row))
        seen.blame(Part.HEADS, place, order=(order,), number=stands)


def _is_hole(sql: Connection, row: RowId) -> bool:
    return sql.execute("SELECT 1 FROM hole WHERE rid=?", (row,)).fetchone() is not None


def check_rosters(sql: Connection, seen: Findings) -> None:
    """Each circle's links in one line. Who signed them is the roster's own check (services)."""
    last: dict[bytes, tuple[int, RowId | None]] = {}
    for order, (circle, n, stored, raw) in enumerate(
        sql.execute("SELECT circle, n, link, raw FROM roster ORDER BY circle, n").fetchall()
    ):
        before, head = last.get(circle, (0, None))
        place = f"roster {circle.hex()} link {n}"
        try:
            parsed = link.parse(raw)
        except Tampered:
            seen.blame(Part.ROSTERS, place, order=(order,))
            continue
        said = (parsed.id, parsed.n, parsed.prev, parsed.circle)
        if said != (stored, before + 1, head, circle) or n != parsed.n:
            seen.blame(Part.ROSTERS, place, order=(order,))
        last[circle] = (n, parsed.id)
