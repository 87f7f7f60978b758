"""What the record said about one child at the end of some instant: its rows up to then, replayed on their own.

The one reducer takes the rows that were written by then into tables in memory, so that what a person sees of the past
is a replay and not a reckoning back. Left to others: what a chronology makes of it (services).
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from typing_extensions import override

from schoolsafe.domain.field import Kind
from schoolsafe.domain.ids import CircleId, FeedId, RowId
from schoolsafe.domain.schema import NOUNS
from schoolsafe.errors import Tampered
from schoolsafe.services.ports import Sealer
from schoolsafe.store.engine import MEMORY, Line, open_line
from schoolsafe.store.guard import Mode
from schoolsafe.store.migrate import bring_up, shipped
from schoolsafe.store.queries import VaultReader
from schoolsafe.store.rebuild import Replay, Stored
from schoolsafe.store.tables import from_json
from schoolsafe.wire import stub
from schoolsafe.wire.stub import Stub

_MANY: Final = 500
"""Values of one query: the engine takes no more than it was built for."""
_POINTERS: Final = frozenset(
    field.name for noun in NOUNS for field in noun.fields if field.kind is Kind.ENTITY
)
_OF_A_CHILD: Final = tuple(
    noun.name
    for noun in NOUNS
    if noun.subject == "child" or any(field.name == "child" for field in noun.fields)
)
_COMMON: Final = ("person", "school", "setting", "site", "class")
"""What every child's file is read beside: names, wordings, rules."""
_KEEP_ROW: Final = "INSERT INTO row(id, rid, circle, feed, n, state, raw) VALUES (?,?,?,?,?,?,x'')"


class PastReader(VaultReader):
    """The read side of a replay; sealed parts of attachments come from the vault itself."""

    def __init__(self, line: Line, vault: Line) -> None:
        super().__init__(line)
        self._vault = vault

    @override
    def here(self, chunks: Sequence[str]) -> set[str]:
        return VaultReader(self._vault).here(chunks)

    @override
    def chunk(self, sha256: str) -> bytes | None:
        found = self._vault.ask("SELECT bytes FROM chunk WHERE hash=?", (sha256,))
        return bytes(found[0][0]) if found else None


class Past:
    """Opens replays beside one vault."""

    def __init__(self, line: Line, key_hex: str, sealer: Sealer) -> None:
        self._line = line
        self._key_hex = key_hex
        self._sealer = sealer

    @contextmanager
    def at(self, subject: str, until_ms: int) -> Iterator[VaultReader]:
        """All that is about this child and was on record by then, as it stood; the memory goes with the block."""
        memory = open_line(MEMORY, self._key_hex, Mode.SHAPING)
        try:
            bring_up(memory, shipped(), copy_to=None, key_hex=self._key_hex)
            with memory.writing(Mode.SHAPING) as tables:
                replay = Replay(tables, self._sealer)
                for stored, state in self._rows(self._about(subject), until_ms):
                    outer = stub.parse_any(stored.raw)
                    try:
                        entry = None if isinstance(outer, Stub) else self._sealer.open(outer)
                    except (
                        Tampered
                    ):  # told by the checks of the whole record, which stop all saving
                        continue
                    tables.execute(_KEEP_ROW, (*stored[:5], state))
                    replay.take(stored, entry)
                replay.finish()
            yield PastReader(memory, self._line)
        finally:
            memory.close()

    def _about(self, subject: str) -> set[str]:
        """The child, every entity that is or ever was about them, and what those name."""
        ask = self._line.ask
        found = {
            entity
            for (entity,) in ask(
                "SELECT DISTINCT entity FROM touched"
                " WHERE id IN (SELECT id FROM fact WHERE subject=?)",
                (subject,),
            )
        }
        found.add(subject)
        for noun in _OF_A_CHILD:
            query = f"SELECT _id FROM noun_{noun} WHERE child=?"  # noqa: S608  # names from schema.py
            found.update(entity for (entity,) in ask(query, (subject,)))
        for noun in _COMMON:
            query = f"SELECT _id FROM noun_{noun}"  # noqa: S608  # names from schema.py
            found.update(entity for (entity,) in ask(query))
        found |= set(self._named(tuple(found)))
        return found | set(self._linked(tuple(found)))

    def _named(self, entities: Iterable[str]) -> Iterator[str]:
        marks = ",".join("?" * len(_POINTERS))
        for some in _windows(entities, _MANY - len(_POINTERS)):
            places = ",".join("?" * len(some))
            query = (
                "SELECT DISTINCT value FROM reg"  # noqa: S608  # placeholders only
                f" WHERE entity IN ({places}) AND field IN ({marks}) AND arrived=1"
            )
            for (value,) in self._line.ask(query, (*some, *sorted(_POINTERS))):
                named = from_json(value)
                if isinstance(named, str):
                    yield named

    def _linked(self, entities: Iterable[str]) -> Iterator[str]:
        for some in _windows(entities, _MANY):
            places = ",".join("?" * len(some))
            query = f"SELECT DISTINCT target FROM edge WHERE entity IN ({places})"  # noqa: S608  # placeholders only
            for (target,) in self._line.ask(query, some):
                yield target

    def _rows(self, entities: Iterable[str], until_ms: int) -> Iterator[tuple[Stored, str]]:
        numbers: set[int] = set()
        for some in _windows(entities, _MANY):
            places = ",".join("?" * len(some))
            query = f"SELECT id FROM touched WHERE entity IN ({places})"  # noqa: S608  # placeholders only
            numbers.update(number for (number,) in self._line.ask(query, some))
        for some in _windows(sorted(numbers), _MANY):
            places = ",".join("?" * len(some))
            query = (
                "SELECT r.id, r.rid, r.circle, r.feed, r.n, r.raw, r.state FROM row r"  # noqa: S608  # placeholders only
                f" JOIN fact f ON f.id = r.id WHERE f.wall<=? AND r.id IN ({places}) ORDER BY r.id"
            )
            for number, row, circle, feed, n, raw, state in self._line.ask(
                query, (until_ms, *some)
            ):
                yield (
                    Stored(number, RowId(row), CircleId(circle), FeedId(feed), n, raw),
                    state,
                )


def _windows(items: Iterable[object], many: int) -> Iterator[tuple[object, ...]]:
    listed = sorted(items, key=str) if isinstance(items, set) else list(items)
    for at in range(0, len(listed), many):
        yield tuple(listed[at : at + many])
