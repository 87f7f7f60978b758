"""Proves the whole vault in slices: no save and no screen waits for it longer than one of them.

Every signature and seal, every chunk, every page, and a replay into memory that must give the very
same read tables. The newest rows come first: what matters today is proved soon. Rows appended
between two slices are checked too. Left to others: when a slice may run (ui), what to do about a
finding (vault, people).
"""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Final

import msgspec
from sqlcipher3 import dbapi2 as sqlcipher

from schoolsafe.domain.entry import Attach, Entry
from schoolsafe.errors import Tampered
from schoolsafe.services.ports import Sealer
from schoolsafe.services.ports_upkeep import Verified, WrongPlace
from schoolsafe.store import disposal
from schoolsafe.store.anchorage import Anchorage, Finding
from schoolsafe.store.chain import HERE, row_count
from schoolsafe.store.check import (
    blame_gap,
    blame_row,
    check_heads,
    check_named,
    check_rosters,
    follow,
)
from schoolsafe.store.compare import WALKS, Walk, same
from schoolsafe.store.engine import MEMORY, Line, open_line
from schoolsafe.store.errors import DamagedVault
from schoolsafe.store.findings import Findings, Part, Wrong
from schoolsafe.store.guard import Mode
from schoolsafe.store.rebuild import Replay, Stored, stored_after, stored_before
from schoolsafe.store.seals import Seals
from schoolsafe.wire import stub
from schoolsafe.wire.stub import Stub

SLICE_ROWS: Final = 200
"""The most rows of one slice."""
SLICE_S: Final = 0.018
"""A slice that has taken this long ends with what it has in hand, at most as long again."""
_ROWS: Final = 12
_LINES: Final = 200
_PAGES: Final = 256
_GIVE_WAY_STEPS: Final = 500
"""Steps of the engine between two looks whether somebody waits: well under a millisecond."""
_INTERRUPTED: Final = 9

Wanted = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Held:
    """What the check needs of the vault."""

    path: Path
    key_hex: str
    sealer: Sealer
    writer: Line
    anchorage: Anchorage
    finding: Callable[[], Finding]
    """How the vault stands to its anchors now."""
    tell: Callable[[WrongPlace | None], None]
    """Hears what is wrong as soon as it is found, or None once the whole is proved."""


class Checking:
    """One check of the whole vault, on its way. For the vault's own thread."""

    def __init__(self, held: Held, *, rows_per_slice: int = SLICE_ROWS) -> None:
        self._held = held
        self._rows_per_slice = rows_per_slice
        self._seen = Findings()
        self._match = True
        self._top = 0
        self._until = 0.0
        self._room = 0
        self._wanted: Wanted | None = None
        self._verdict: Verified | None = None
        self._told: Wrong | None = None
        self._replay: Replay | None = None
        self._open = ExitStack()
        self._work = self._whole()
        self.wrong: WrongPlace | None = None
        """What is wrong first, as far as it has come."""

    @property
    def progress(self) -> tuple[int, int]:
        """Rows proved, and rows there are."""
        return self._seen.rows, max(self._top, self._seen.rows)

    def step(self, wanted: Wanted | None = None) -> Verified | None:
        """One slice; the verdict once the last one is done.

        The trees of the file are proved in one go at the end; ``wanted`` says that somebody waits
        for the vault, and then they give way at once and begin again in the next slice.
        """
        self._wanted = wanted
        self._until = perf_counter() + SLICE_S
        self._room = self._rows_per_slice
        next(self._work, None)
        return self._verdict

    def close(self) -> None:
        """Gives up, or lets go of what a finished check held. Once is enough."""
        self._work.close()
        self._open.close()

    # ------------------------------------------------------------------ the whole

    def _whole(self) -> Generator[None]:
        try:
            for _slice in self._parts():
                self._tell()
                yield
        except (sqlcipher.DatabaseError, DamagedVault):
            self._seen.blame(Part.FILE, "file")
            self._match = False
        self._verdict = self._seen.verified(self._held.finding(), match=self._match)
        self._tell()
        self._open.close()
        self._seen.forget()
        if self._verdict.ok:
            self._held.tell(None)

    def _parts(self) -> Iterator[None]:
        held = self._held
        self._line = open_line(str(held.path), held.key_hex, Mode.READING)
        self._open.callback(self._line.close)
        self._memory = open_line(MEMORY, held.key_hex, Mode.SHAPING)
        self._open.callback(self._memory.close)
        with self._memory.writing(Mode.SHAPING) as tables:
            self._replay = Replay(tables, held.sealer)
        yield from self._rows()
        yield from self._stubs()
        yield from self._tables()
        yield from self._chunks()
        yield from self._attached()
        yield from self._memory_freed()
        yield from self._caught_up()
        check_named(self._line.raw, self._seen)
        yield
        yield from self._caught_up()
        check_heads(self._line.raw, self._seen)
        yield
        check_rosters(self._line.raw, self._seen)
        yield
        yield from self._pages()
        yield from self._undisturbed(self._line, self._prove_trees)
        yield from self._undisturbed(held.writer, self._prove_search)
        yield from self._caught_up()

    def _tell(self) -> None:
        wrong = self._seen.wrong
        if wrong is not None and wrong != self._told:
            self._told = wrong
            self.wrong = WrongPlace(wrong.reason, wrong.number, self._wall_of(wrong.number))
            self._held.tell(self.wrong)

    def _wall_of(self, number: int | None) -> int | None:
        """When the row was written, or the nearest one before it that this seat can read."""
        if number is None:
            return None
        try:
            found = self._line.raw.execute(
                "SELECT wall FROM fact WHERE id<=? ORDER BY id DESC LIMIT 1", (number,)
            ).fetchone()
        except sqlcipher.DatabaseError:
            return None
        return None if found is None else int(found[0])

    def _full(self) -> bool:
        return self._room <= 0 or perf_counter() >= self._until

    # ------------------------------------------------------------------ rows

    def _rows(self) -> Iterator[None]:
        """Those that were there at the start, from the newest to the first."""
        self._top = row_count(self._line.raw)
        at = self._top + 1
        while window := stored_before(self._line.raw, at, min(_ROWS, max(1, self._room))):
            for stored in window:
                if stored.number != at - 1:
                    blame_gap(self._seen, stored.number + 1)
                at = stored.number
            self._take(window)
            if self._full():
                yield
        if at > 1:
            blame_gap(self._seen, 1)
        yield

    def _caught_up(self) -> Iterator[None]:
        """Those that were appended since; behind the last of them nothing else has come."""
        while window := stored_after(self._line.raw, self._top, min(_ROWS, max(1, self._room))):
            for stored in window:
                if stored.number != self._top + 1:
                    blame_gap(self._seen, self._top + 1)
                self._top = stored.number
            self._take(window)
            if self._full():
                yield

    def _take(self, window: Iterable[Stored]) -> None:
        if self._replay is None:
            self._prove(window, lambda _stored, _entry: None)
            return
        with self._memory.writing(Mode.SHAPING):
            self._prove(window, self._replay.take)
            self._replay.finish()

    def _prove(
        self, window: Iterable[Stored], take: Callable[[Stored, Entry | None], None]
    ) -> None:
        sealer = self._held.sealer
        for stored in window:
            self._seen.rows += 1
            self._room -= 1
            try:
                outer = follow(stored, self._seen)
                sealer.check(outer)
                take(stored, None if isinstance(outer, Stub) else sealer.open(outer))
            except Tampered:
                blame_row(self._seen, stored)

    def _stubs(self) -> Iterator[None]:
        """Every stub is one that a row of this vault ordered, byte for byte."""
        number = 0
        while found := self._line.ask(
            "SELECT id, rid, circle, feed, n, raw FROM row WHERE id>? AND substr(raw, 1, 2)=?"
            " ORDER BY id LIMIT ?",
            (number, stub.MAGIC, _LINES),
        ):
            for stored in map(Stored._make, found):
                number = stored.number
                try:
                    left = stub.parse(stored.raw)
                except Tampered:
                    continue  # blamed where the rows were proved
                if not self._line.ask(disposal.OF_STUB, disposal.about(left)):
                    blame_row(self._seen, stored)
            yield

    # ------------------------------------------------------------------ what was made from them

    def _tables(self) -> Iterator[None]:
        """Line by line, the one in the vault beside the one in memory."""
        for walk in WALKS:
            yield from self._beside(walk)
            if not self._match:
                self._seen.blame(Part.TABLES, walk.name)
                return

    def _beside(self, walk: Walk) -> Iterator[None]:
        ours, theirs = self._line.raw, self._memory.raw
        after = None
        while self._match:
            yield from self._caught_up()
            window = walk.window(theirs, after, _LINES)
            self._match = same(walk.window(ours, after, _LINES), window)
            if not window:
                self._match = self._match and walk.count(ours) == walk.count(theirs)
                return
            after = walk.key_of(window[-1])
            if self._full():
                yield

    def _chunks(self) -> Iterator[None]:
        """Every sealed chunk is what its name says."""
        name = ""
        while found := self._line.ask(
            "SELECT hash, bytes FROM chunk WHERE hash>? ORDER BY hash LIMIT 1", (name,)
        ):
            ((name, data),) = found
            if sha256(data).hexdigest() != name:
                self._seen.blame(Part.CHUNKS, f"{name} (attachment)")
            if self._full():
                yield
        yield

    def _attached(self) -> Iterator[None]:
        """What rows no other computer has name as attached is all here. As the rows say it."""
        number, part = 0, 0
        while found := self._memory.ask(
            "SELECT id, part, manifest FROM attachment WHERE (id, part) > (?, ?)"
            " ORDER BY id, part LIMIT ?",
            (number, part, _LINES),
        ):
            for number, _part, manifest in found:
                for name in msgspec.json.decode(manifest, type=Attach).chunks:
                    if self._is_missing(number, name):
                        place = f"{name} (attachment of row {number})"
                        self._seen.blame(Part.CHUNKS, place, order=(number,), number=number)
            number, part, _manifest = found[-1]
            yield

    def _memory_freed(self) -> Iterator[None]:
        """The read tables are proved. Letting go of so much memory is a slice of its own."""
        yield
        self._replay = None
        self._memory.close()
        yield

    def _is_missing(self, number: int, name: str) -> bool:
        lacking = (
            "SELECT 1 FROM row WHERE id=? AND state=?"
            " AND NOT EXISTS (SELECT 1 FROM chunk WHERE hash=?)"
        )
        return bool(self._line.ask(lacking, (number, HERE, name)))

    # ------------------------------------------------------------------ the file

    def _pages(self) -> Iterator[None]:
        """Every page's own seal. What stands in the log is not in the main file: it goes first."""
        self._held.anchorage.checkpoint()
        seals = Seals(self._held.path, self._held.key_hex)
        self._open.callback(seals.close)
        for first in range(1, seals.pages + 1, _PAGES):
            if not seals.hold(first, _PAGES):
                self._seen.blame(Part.FILE, "file")
                return
            if self._full():
                yield
        yield

    def _prove_trees(self) -> None:
        """The trees between the pages, and each index against its table."""
        if self._line.raw.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            self._seen.blame(Part.FILE, "file")

    def _prove_search(self) -> None:
        """Search against what it was made from."""
        with self._held.writer.writing(Mode.REDUCING) as sql:
            sql.execute("INSERT INTO narrative(narrative, rank) VALUES ('integrity-check', 1)")

    def _undisturbed(self, line: Line, prove: Callable[[], None]) -> Iterator[None]:
        """Runs it to its end, from the start again each time somebody waited for the vault."""
        done = False
        while not done:
            line.raw.set_progress_handler(self._wanted, _GIVE_WAY_STEPS if self._wanted else 0)
            try:
                prove()
                done = True
            except sqlcipher.OperationalError as stopped:
                if stopped.sqlite_errorcode & 0xFF != _INTERRUPTED:
                    raise
            finally:
                line.raw.set_progress_handler(None, 0)
            yield
