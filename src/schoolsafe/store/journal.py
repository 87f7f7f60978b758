"""The one thing that is written to: entries in, one transaction, one reducer.

What is typed here and what arrives go the same way; nothing is half there. Left to others: keys and
signatures (the sealer), anchors (anchorage), what entries mean (domain).
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlcipher3.dbapi2 import Connection

from schoolsafe.domain import hybrid_clock, register
from schoolsafe.domain.entry import Dispose, Entry, NewEntry
from schoolsafe.domain.ids import CircleId, RowId
from schoolsafe.errors import Tampered
from schoolsafe.services.ports import Clock, Place, SealedRow, Sealer
from schoolsafe.store import disposal
from schoolsafe.store.anchorage import Anchorage
from schoolsafe.store.chain import Chain
from schoolsafe.store.engine import Line
from schoolsafe.store.errors import NewerRecord
from schoolsafe.store.guard import Mode
from schoolsafe.store.reducer import Reducer
from schoolsafe.wire import stub
from schoolsafe.wire.row import OuterRow
from schoolsafe.wire.stub import Stub

TWICE = "twice"
"""State of a row another seat has too."""


@dataclass(frozen=True, slots=True)
class Received:
    """What became of rows from elsewhere."""

    new: tuple[RowId, ...]
    known: int
    """Rows that were here already: harmless, for ever."""
    refused: tuple[int, ...]
    """Places, in what was handed over, of rows that are not genuine. They do not hold up the
    others."""


class Journal:
    """Appends this seat's entries and takes in the rows of others."""

    def __init__(self, writer: Line, anchorage: Anchorage, sealer: Sealer, clock: Clock) -> None:
        self._writer = writer
        self._anchorage = anchorage
        self._sealer = sealer
        self._clock = clock
        self._readable: dict[tuple[CircleId, int, int], bool] = {}
        self._t = self._last_t()

    def append(
        self, entries: Sequence[NewEntry], *, chunks: Mapping[str, bytes] | None = None
    ) -> tuple[RowId, ...]:
        """Seals, chains, inserts and reduces all of them at once; anchored before it returns.

        Raises:
            ReadOnly: the vault does not extend its anchor.
            NewerRecord: it holds a kind this release must not touch.
            DiskFull: nothing was written.
            MisplacedOpError: an op on another circle's noun, a bug of the caller.
        """
        self._anchorage.refuse_if_stopped()
        for entry in entries:
            register.check_own(entry)
        if not entries:
            return ()
        now_ms, tx = self._now_ms(), secrets.token_hex(8)
        with self._writer.writing(Mode.REDUCING) as sql:
            batch = _Batch(sql, now_ms=now_ms)
            made = tuple(self._append_one(batch, entry, now_ms=now_ms, tx=tx) for entry in entries)
            _keep_chunks(sql, chunks or {})
            batch.flush()
        self._anchorage.follow()
        if batch.reducer.disposes:
            self.dispose()
        return made

    def orders(self, *, ground: str, entity: str, entities: Sequence[str]) -> tuple[Dispose, ...]:
        """What it takes to dispose of all that is about these entities; nothing is written here."""
        return disposal.orders(
            self._writer.raw, self._sealer, ground=ground, entity=entity, entities=entities
        )

    def dispose(self) -> int:
        """Takes the content out of every row an order here takes: how many. Nothing brings it back.

        A commit of its own, after that of the order: where it is cut off, the next opening goes on.

        Raises:
            DiskFull, DiskTrouble: nothing was changed; the order stands, and is tried again.
        """
        if not self._writer.ask(disposal.PENDING):
            return 0
        with self._writer.writing(Mode.SHAPING) as sql:
            rows = disposal.due(sql, self._sealer)
            if rows:
                disposal.carry_out(sql, self._sealer, rows)
        if rows:
            self._anchorage.checkpoint()
        return len(rows)

    def receive(self, raws: Iterable[bytes], *, state: str = TWICE) -> Received:
        """Takes rows from elsewhere, in any order, all genuine ones in one transaction.

        Raises:
            ReadOnly: the vault does not extend its anchor.
            DiskFull: nothing was written.
        """
        self._anchorage.refuse_if_stopped()
        now_ms, new, refused, known = self._now_ms(), list[RowId](), list[int](), 0
        left: dict[int, Stub] = {}
        with self._writer.writing(Mode.REDUCING) as sql:
            batch = _Batch(sql, now_ms=now_ms)
            for place, raw in enumerate(raws):
                try:
                    outer = stub.parse_any(raw)
                    if batch.chain.knows(outer.id):
                        known += 1
                        continue
                    self._sealer.check(outer)
                    if isinstance(outer, Stub):
                        left[place] = outer
                        continue
                    entry = self._sealer.open(outer)
                except Tampered:
                    refused.append(place)
                    continue
                batch.put(
                    outer, entry, circle=self._sealer.circle_name(outer.circle) or "", state=state
                )
                new.append(outer.id)
                if entry is not None:
                    self._t = hybrid_clock.meet(self._t, entry.t, now_ms)
            batch.flush()
            ordered = self._ordered(batch, left, state=state)
            new += ordered.values()
            refused += left.keys() - ordered.keys()
            batch.flush()
        if batch.reducer.stops:
            self._anchorage.problem = NewerRecord()
        if new:
            self._anchorage.follow()
            self.dispose()
        return Received(tuple(new), known, tuple(sorted(refused)))

    @staticmethod
    def _ordered(batch: "_Batch", left: Mapping[int, Stub], *, state: str) -> dict[int, RowId]:
        """Stubs from elsewhere that a row here orders.

        One whose order has not come is refused, and asked for again.
        """
        taken: dict[int, RowId] = {}
        for place, one in left.items():
            if batch.chain.knows(one.id):
                taken[place] = one.id
            elif batch.orders(one):
                batch.chain.accept(one, state=state)
                taken[place] = one.id
        return taken

    def _append_one(self, batch: "_Batch", entry: NewEntry, *, now_ms: int, tx: str) -> RowId:
        sealer = self._sealer
        circle, feed = sealer.circle_id(entry.circle), sealer.feed(entry.circle)
        place = batch.chain.next(circle, feed)
        self._t = hybrid_clock.tick(self._t, now_ms)
        sealed = sealer.seal(
            entry,
            Place(
                n=place.n,
                prev=place.prev or (sealer.admitted_by(entry.circle),),
                subject_heads=batch.subject_heads(entry.circle, entry.subject),
                seen=place.seen,
                t=self._t,
                wall_ms=now_ms,
                tx=tx,
            ),
        )
        batch.put(sealed.outer, self._as_read_again(sealed), circle=entry.circle)
        return sealed.outer.id

    def _as_read_again(self, sealed: SealedRow) -> Entry | None:
        """The entry where this seat can open it, else None: a rebuild must come to the same tables.

        Asked of the sealer once per circle and key; after that the entry is taken as it was sealed.
        """
        outer = sealed.outer
        key = (outer.circle, outer.key_version, int(outer.suite))
        if key not in self._readable:
            self._readable[key] = self._sealer.open(outer) is not None
        return sealed.entry if self._readable[key] else None

    def _now_ms(self) -> int:
        return int(self._clock.now().timestamp() * 1000)

    def _last_t(self) -> int:
        """Where the hybrid clock stood: this seat's last rows, and others not far ahead."""
        now_ms = self._now_ms()
        t = 0
        for circle, feed, met in self._writer.ask(
            "SELECT h.circle, h.feed, f.t FROM head h JOIN fact f ON f.rid = h.rid"
        ):
            name = self._sealer.circle_name(CircleId(circle))
            own = name is not None and self._sealer.feed(name) == feed
            t = max(t, met) if own else hybrid_clock.meet(t, met, now_ms)
        return t


class _Batch:
    """One transaction: the chain's side and the reducer's."""

    def __init__(self, sql: Connection, *, now_ms: int) -> None:
        self._sql = sql
        self.chain = Chain(sql, now_ms=now_ms)
        self.reducer = Reducer(sql)
        self._histories: dict[tuple[str, str], set[RowId]] = {}

    def put(
        self, outer: OuterRow, entry: Entry | None, *, circle: str, state: str = "here"
    ) -> None:
        number = self.chain.accept(outer, state=state)
        if entry is None:
            return
        self.reducer.take(number, outer.id, entry, circle=circle)
        self.chain.note_absent((*entry.seen, *entry.subject_heads), via=outer.id)
        if entry.subject is not None and (circle, entry.subject) in self._histories:
            heads = self._histories[circle, entry.subject]
            heads.difference_update(entry.subject_heads)
            heads.add(outer.id)

    def orders(self, left: Stub) -> bool:
        """Whether a row here orders that very stub."""
        found = self._sql.execute(disposal.OF_STUB, disposal.about(left)).fetchone()
        return found is not None

    def subject_heads(self, circle: str, subject: str | None) -> tuple[RowId, ...]:
        """Heads of this child's history in this circle, as this seat knows it."""
        if subject is None:
            return ()
        heads = self._histories.get((circle, subject))
        if heads is None:
            found = self._sql.execute(
                "SELECT rid FROM history WHERE circle=? AND subject=? AND dead=0", (circle, subject)
            )
            heads = self._histories[circle, subject] = {RowId(row) for (row,) in found}
        return tuple(sorted(heads))

    def flush(self) -> None:
        self.chain.flush()
        self.reducer.flush()


def _keep_chunks(sql: Connection, chunks: Mapping[str, bytes]) -> None:
    if chunks:
        sql.executemany(
            "INSERT OR IGNORE INTO chunk(hash, bytes) VALUES (?,?)", list(chunks.items())
        )
