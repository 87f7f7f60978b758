"""Each circle's roster links, as they were signed.

Left to others: who may sign which link (services).
"""

from schoolsafe.domain.ids import CircleId, RowId
from schoolsafe.errors import Refused
from schoolsafe.store.anchorage import Anchorage, roster_heads
from schoolsafe.store.engine import Line
from schoolsafe.store.guard import Mode
from schoolsafe.wire import link


class LinkOutOfPlace(Refused):
    """Somebody changed who may read this at the same time. Look again before you change it."""


class Rosters:
    """The chains of links in the vault: linear, without a gap, no two links in one place."""

    def __init__(self, writer: Line, reader: Line, anchorage: Anchorage) -> None:
        self._writer = writer
        self._reader = reader
        self._anchorage = anchorage

    def add_link(self, circle: CircleId, n: int, raw: bytes) -> RowId:
        """Puts a link behind the last one, anchored before this returns; its id.

        Raises:
            LinkOutOfPlace: its number or its predecessor is not the next.
            LinkBroken: not a link.
            ReadOnly: the vault does not extend its anchor.
        """
        self._anchorage.refuse_if_stopped()
        parsed = link.parse(raw)
        with self._writer.writing(Mode.KEEPING) as sql:
            last = sql.execute(
                "SELECT n, link FROM roster WHERE circle=? ORDER BY n DESC LIMIT 1", (circle,)
            ).fetchone()
            expected = (1, None) if last is None else (last[0] + 1, last[1])
            if parsed.circle != circle or parsed.n != n or (parsed.n, parsed.prev) != expected:
                raise LinkOutOfPlace
            sql.execute(
                "INSERT INTO roster(circle, n, link, raw) VALUES (?,?,?,?)",
                (circle, n, parsed.id, raw),
            )
        self._anchorage.follow()
        return parsed.id

    def links(self, circle: CircleId) -> tuple[bytes, ...]:
        """The circle's links in order, as stored."""
        found = self._reader.ask("SELECT raw FROM roster WHERE circle=? ORDER BY n", (circle,))
        return tuple(bytes(raw) for (raw,) in found)

    def circles(self) -> tuple[CircleId, ...]:
        """Circles with a roster here, sorted by id."""
        found = self._reader.ask("SELECT DISTINCT circle FROM roster ORDER BY circle")
        return tuple(CircleId(circle) for (circle,) in found)

    def heads(self) -> tuple[tuple[CircleId, RowId], ...]:
        """The last link of each circle, by its id."""
        return roster_heads(self._reader.raw)
