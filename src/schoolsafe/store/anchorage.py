"""Holds the vault to its anchors outside: compared at open, moved after each commit.

The engine accepts an old page or an old file put back, and a flipped bit in its log drops committed
rows without a word (security.md section 12, facts 1 and 2); only something outside the file can
tell. Left to others: where anchors are kept and how they are authenticated (keys).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlcipher3.dbapi2 import Connection

from schoolsafe.domain.ids import CircleId, RowId
from schoolsafe.errors import SchoolSafeError, Tampered
from schoolsafe.services.ports import Anchor, Anchors
from schoolsafe.store.chain import all_heads, row_count
from schoolsafe.store.engine import Line, plainly
from schoolsafe.store.errors import ReadOnly
from schoolsafe.words import _

BATCH_COMMITS = 64
"""Commits between two truncating checkpoints, while the vault is open."""


@dataclass(frozen=True, slots=True)
class Finding:
    """How the vault stands to its anchors, in one word and, if it is bad, in a sentence."""

    word: str
    """ok, behind, ahead, missing or changed: the anchor's side."""
    problem: SchoolSafeError | None = None


def roster_heads(sql: Connection) -> tuple[tuple[CircleId, RowId], ...]:
    """The last link of each circle's roster, circles sorted."""
    found = sql.execute(
        "SELECT circle, link FROM roster r"
        " WHERE n = (SELECT max(n) FROM roster WHERE circle = r.circle) ORDER BY circle"
    )
    return tuple((CircleId(circle), RowId(row)) for circle, row in found)


def standing(sql: Connection) -> Anchor:
    """The anchor this vault would write now."""
    return Anchor(row_count(sql), all_heads(sql), roster_heads(sql))


def compare(sql: Connection, anchors: Sequence[Anchor]) -> Finding:
    """Whether the vault extends every anchor that survives.

    An anchor behind the vault is normal: the machine stopped between commit and anchor. A row or a
    link an anchor names and the vault lacks is damage.
    """
    now = standing(sql)
    if not anchors:
        return Finding("missing" if now.rows or now.rosters else "ok")
    for anchor in anchors:
        if anchor.rows > now.rows:
            reason = _("{n} of them are missing").format(n=anchor.rows - now.rows)
            return Finding("ahead", ReadOnly(reason=reason))
        if not all(_has_row(sql, circle, row) for circle, rows in anchor.heads for row in rows):
            return Finding("changed", ReadOnly(reason=_("others stand in their place")))
        if not all(_has_link(sql, circle, row) for circle, row in anchor.rosters):
            return Finding(
                "changed", ReadOnly(reason=_("the list of who may read them is an older one"))
            )
    return Finding("ok" if any(anchor == now for anchor in anchors) else "behind")


def _has_row(sql: Connection, circle: CircleId, row: RowId) -> bool:
    found = sql.execute("SELECT circle FROM row WHERE rid=?", (row,)).fetchone()
    return found is not None and found[0] == circle


def _has_link(sql: Connection, circle: CircleId, row: RowId) -> bool:
    found = sql.execute("SELECT 1 FROM roster WHERE circle=? AND link=?", (circle, row)).fetchone()
    return found is not None


class Anchorage:
    """The vault's tie to its anchors, and whether it may be written at all."""

    def __init__(self, writer: Line, reader: Line, anchors: Anchors) -> None:
        self._writer = writer
        self._reader = reader
        self._anchors = anchors
        self._commits = 0
        self.problem: SchoolSafeError | None = None
        """Why nothing may be saved, once something was found."""
        self.late: SchoolSafeError | None = None
        """Why the last anchor could not be written. The rows are safe; the next save retries."""

    def look(self) -> Finding:
        """Compares, and stops all writing where the vault does not extend an anchor."""
        try:
            anchors = self._anchors.read()
        except Tampered as changed:
            finding = Finding("changed", changed)
        else:
            with plainly():
                finding = compare(self._reader.raw, anchors)
        if finding.problem is not None:
            self.problem = finding.problem
        return finding

    def refuse_if_stopped(self) -> None:
        """Returns only where the vault may be written.

        Raises:
            SchoolSafeError: the problem that was found.
        """
        if self.problem is not None:
            raise self.problem

    def follow(self) -> None:
        """After a commit of rows or links: a durable anchor, now and then a checkpoint.

        What is committed stays saved, and is told as saved, whatever happens here. Asks the writer:
        a question still open on the reader's side sees the vault as it was before.
        """
        try:
            with plainly():
                now = standing(self._writer.raw)
            self._anchors.write(now)
            self.late = None
        except Tampered as changed:
            self.problem = changed
        except SchoolSafeError as reason:
            self.late = reason
        self._commits += 1
        if self._commits >= BATCH_COMMITS:
            self.checkpoint()

    def checkpoint(self) -> None:
        """Empties the log.

        After local values too: no anchor covers them, so they must not stay in it alone.
        """
        try:
            self._writer.truncate()
            self._commits = 0
        except Tampered as damaged:
            self.problem = damaged
        except SchoolSafeError as reason:
            self.late = reason

    def settle(self) -> None:
        """On lock and close: nothing left in the log, the keyring's copy up to date."""
        self.checkpoint()
        if self.problem is None:
            self._anchors.settle()
