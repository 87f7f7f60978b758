"""What the services need of the record: clock, ids, sealer, anchors, reader, journal, drafts.

Few and small. The same contract tests run against the fake and the real one.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from schoolsafe.domain.entry import Attach, Dispose, Entry, NewEntry, Value
from schoolsafe.domain.ids import CircleId, FeedId, PersonId, RowId
from schoolsafe.wire.row import OuterRow
from schoolsafe.wire.stub import Stub


class Clock(Protocol):
    """The one source of time. Taken once at the start of a use case."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        ...


class Ids(Protocol):
    """The one source of new ids and random bytes."""

    def new(self, noun: str) -> str:
        """A fresh entity id: ``noun:`` and 16 hex characters."""
        ...

    def token(self, size: int) -> bytes:
        """``size`` random bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where a new row stands in its feed and in the causal graph."""

    n: int
    prev: tuple[RowId, ...]
    subject_heads: tuple[RowId, ...]
    seen: tuple[RowId, ...]
    t: int
    wall_ms: int
    tx: str


@dataclass(frozen=True, slots=True)
class SealedRow:
    """A new row beside the entry it seals, so that the reducer need not open it again."""

    outer: OuterRow
    entry: Entry


class Sealer(Protocol):
    """Holds the keys of one seat: seals its rows and opens what it may read."""

    def circle_id(self, name: str) -> CircleId:
        """The circle's random id, by its name (school, team, leadership, audit)."""
        ...

    def circle_name(self, circle: CircleId) -> str | None:
        """The name of a circle this seat knows."""
        ...

    def feed(self, circle: str) -> FeedId:
        """This seat's feed in that circle."""
        ...

    def admitted_by(self, circle: str) -> RowId:
        """The id of the roster link that admitted this seat's feed: the ``prev`` of its first row."""
        ...

    def seal(self, entry: NewEntry, place: Place) -> SealedRow:
        """Seals and signs one entry at that place.

        Raises:
            NoKey: this seat cannot write in that circle.
        """
        ...

    def check(self, outer: OuterRow | Stub) -> None:
        """Signature, feed and first predecessor, against the roster.

        Raises:
            Tampered: one of them does not hold.
        """
        ...

    def open(self, outer: OuterRow) -> Entry | None:
        """The entry inside, or None where this seat holds no key.

        Raises:
            Tampered: the key commitment or the ciphertext does not hold.
        """
        ...


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the vault must extend: heads per circle (sorted), roster heads, row count. Kept outside the vault."""

    rows: int
    heads: tuple[tuple[CircleId, tuple[RowId, ...]], ...]
    rosters: tuple[tuple[CircleId, RowId], ...]


class Anchors(Protocol):
    """The anchor file beside the key file and its copy in the OS keyring."""

    def read(self) -> tuple[Anchor, ...]:
        """Every anchor that survives, the freshest first; empty for a new vault.

        Raises:
            AnchorChanged: an anchor file does not authenticate.
        """
        ...

    def write(self, anchor: Anchor) -> None:
        """Durable (replaced and fsynced) before it returns; the keyring copy follows every 20 rows or 30 s."""
        ...

    def settle(self) -> None:
        """Bring the keyring copy up to date: on lock and on close."""
        ...


@dataclass(frozen=True, slots=True)
class LiveValue:
    """One live value of a field: two of them are a conflict."""

    row: RowId
    value: Value
    author: PersonId
    wall_ms: int
    t: int


@dataclass(frozen=True, slots=True)
class Record:
    """One entity as the read tables hold it: the value on top of each field."""

    id: str
    noun: str
    values: Mapping[str, Value]
    row: RowId
    """The row that added it."""
    author: PersonId
    wall_ms: int
    conflicts: tuple[str, ...] = ()
    """Fields with more than one live value."""


@dataclass(frozen=True, slots=True)
class RowFacts:
    """One row of the journal, as far as lists need it."""

    row: RowId
    circle: str
    kind: str
    author: PersonId
    wall_ms: int
    t: int
    subject: str | None
    entity: str | None
    """The first entity its ops touch."""
    why: str | None
    state: str
    """here, relay or twice."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One ``fix``: what the words were changed to, by whom and why. The old words stay in the record."""

    row: RowId
    entity: str
    field: str
    text: str
    author: PersonId
    wall_ms: int
    why: str | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file attached to an entity, with who added it, when and why."""

    entity: str
    manifest: Attach
    author: PersonId
    wall_ms: int
    why: str | None
    missing: int
    """How many of its sealed parts are not here."""


@dataclass(frozen=True, slots=True)
class NoteText:
    """One appended note."""

    row: RowId
    text: str
    author: PersonId
    wall_ms: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One search result."""

    entity: str
    noun: str
    field: str
    snippet: str


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts for the status line."""

    rows: int
    here: int
    relay: int
    twice: int
    conflicts: int
    holes: int
    not_understood: int


Where = Mapping[str, Value | tuple[Value, ...]]
"""Field to value; a tuple means "any of these"; None means "not set"."""


class Reader(Protocol):
    """Questions to the read tables. Everything returned is frozen."""

    def get(self, entity: str) -> Record | None:
        """One entity, or None."""
        ...

    def find(
        self, noun: str, where: Where | None = None, *, order: str = "", limit: int = 0
    ) -> tuple[Record, ...]:
        """Entities of a noun; ``order`` is a field name, "-" in front for descending; limit 0 is none."""
        ...

    def count(self, noun: str, where: Where | None = None) -> int:
        """How many."""
        ...

    def live(self, entity: str, field: str) -> tuple[LiveValue, ...]:
        """The live values of a field, the one on top first."""
        ...

    def bases(self, entity: str, fields: Sequence[str]) -> dict[str, tuple[RowId, ...]]:
        """What a form that opens now has seen: field to the ids of its live values."""
        ...

    def conflicted(self) -> tuple[tuple[str, str], ...]:
        """Every entity and field with more than one live value."""
        ...

    def superseded(self, entity: str, field: str) -> tuple[LiveValue, ...]:
        """Values of a field that somebody replaced having seen them, the oldest first."""
        ...

    def rows_about(
        self, *, subject: str | None = None, entity: str | None = None
    ) -> tuple[RowFacts, ...]:
        """Journal rows about a child, or rows that touched an entity, oldest first."""
        ...

    def row_facts(self, row: RowId) -> RowFacts | None:
        """One row."""
        ...

    def rows_of_kind(self, circle: str, *, limit: int = 0) -> tuple[RowFacts, ...]:
        """Rows of one circle this seat can read, newest first."""
        ...

    def corrections(self, entities: Sequence[str]) -> tuple[Correction, ...]:
        """Corrections of these entities, oldest first."""
        ...

    def notes(self, entity: str) -> tuple[NoteText, ...]:
        """Appended notes, oldest first."""
        ...

    def links(self, entity: str, field: str) -> tuple[str, ...]:
        """Targets of a set field."""
        ...

    def linked(self, entities: Sequence[str]) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """``links`` of many at once: entity and field to targets; nothing where there are none."""
        ...

    def attachments(self, entity: str) -> tuple[Attach, ...]:
        """Manifests attached to an entity."""
        ...

    def attached(self, entities: Sequence[str]) -> tuple[Attachment, ...]:
        """All that is attached to these entities, oldest first, without opening any of it."""
        ...

    def chunk(self, sha256: str) -> bytes | None:
        """A sealed chunk, or None while it is elsewhere."""
        ...

    def search(
        self, text: str, *, nouns: Sequence[str] = (), limit: int = 50, newest: bool = False
    ) -> tuple[Hit, ...]:
        """Full-text search with prefixes over the searchable fields, best first or newest first."""
        ...

    def latest(self, circle: str) -> int:
        """The place in the journal of the last row of that circle that came; 0 where there is none."""
        ...

    def at(self, subject: str, until_ms: int) -> AbstractContextManager["Reader"]:
        """All that is about a child as it stood: the rows written by then, replayed. Closed with the block."""
        ...

    def totals(self) -> Totals:
        """Counts for the status line."""
        ...

    def state_hash(self) -> bytes:
        """SHA-256 over the sorted (entity, field, live row ids)."""
        ...


class Journal(Protocol):
    """The one thing that is written to."""

    def append(
        self, entries: Sequence[NewEntry], *, chunks: Mapping[str, bytes] | None = None
    ) -> tuple[RowId, ...]:
        """Seals, chains, inserts and reduces all of them in one transaction; anchored before it returns.

        Raises:
            ReadOnly: the vault does not extend its anchor, or holds a kind this release must not touch.
            DiskFull: nothing was written.
        """
        ...

    def orders(self, *, ground: str, entity: str, entities: Sequence[str]) -> tuple[Dispose, ...]:
        """What it takes to dispose of all that is about these entities; nothing is written here.

        ``append`` of an entry that holds one of them takes the content out. Nothing brings it back.
        """
        ...


class Drafts(Protocol):
    """Unsent text, kept in the vault and nowhere else; not part of the record."""

    def put(self, key: str, value: Value) -> None:
        """Keeps or replaces a draft."""
        ...

    def get(self, key: str) -> Value:
        """The draft, or None."""
        ...

    def keys(self) -> tuple[str, ...]:
        """All drafts."""
        ...

    def drop(self, key: str) -> None:
        """Forgets it, once it is saved as an entry."""
        ...
