"""An entry: one fact a person put on record. This is what stands, as JSON, inside a sealed row.

Encoding and limits are wire's; what an entry does to the read tables is ``register``'s.
"""

from dataclasses import dataclass, field

from schoolsafe.domain.ids import PersonId, RowId

Value = str | int | bool | None | list["Value"] | dict[str, "Value"]
"""Any JSON value without floats; integers up to 2**53; text in NFC; depth up to 6."""


@dataclass(frozen=True, slots=True)
class Add:
    """A new entity with its first values. Its own row id is the base of each."""

    entity: str
    values: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Set:
    """One field, with the ids of the values the person saw when the form opened."""

    entity: str
    field: str
    value: Value
    bases: tuple[RowId, ...]


@dataclass(frozen=True, slots=True)
class Resolve:
    """A ``Set`` whose bases are all live values of a conflict; closes it."""

    entity: str
    field: str
    value: Value
    bases: tuple[RowId, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Adds a target to a set field (tags, siblings)."""

    entity: str
    field: str
    target: str


@dataclass(frozen=True, slots=True)
class Unlink:
    """Takes away the links the person saw; a concurrent link survives."""

    entity: str
    field: str
    target: str
    bases: tuple[RowId, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Appends words that never change to an entity."""

    entity: str
    text: str


@dataclass(frozen=True, slots=True)
class Attach:
    """The manifest of an attachment: where its sealed chunks are and how to open them."""

    entity: str
    name: str
    mime: str
    size: int
    sha256: str
    """Of the clear bytes, hex."""
    key: str
    """32 random bytes, hex; opens the chunks and nothing else."""
    chunks: tuple[str, ...]
    """SHA-256 of each sealed chunk, hex, in order."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A correction: the old words stay, struck through, with who and why."""

    entity: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Dispose:
    """Takes the content out of rows: each gives way to a stub that says who, when and why."""

    entity: str
    """What is disposed of, as lists show it."""
    ground: str
    """By what right; see ``domain.disposal``."""
    entities: tuple[str, ...]
    """Everything the rows may be about; a row about anything else stays."""
    rows: tuple[tuple[RowId, bytes], ...]
    """Each row, and the SHA-256 of the stub it leaves."""
    chunks: tuple[str, ...] = ()
    """SHA-256 of sealed pieces, hex; one that another row still attaches stays."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """An op a newer release wrote. Kept and counted, applied after an update."""

    raw: tuple[Value, ...]


Op = Add | Set | Resolve | Link | Unlink | Note | Attach | Fix | Dispose | Unknown


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What a use case asks to put on record. Clock, heads and author are filled in when it is sealed."""

    circle: str
    """The circle's name: school, team, leadership or audit."""
    kind: str
    """What the person did, noun first: "notification.receive", "decision.record"."""
    ops: tuple[Op, ...]
    subject: str | None = None
    """The child it is about: at most one."""
    why: str | None = None
    must: bool = False
    """A reader that does not know this kind turns read-only."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it stands inside a row."""

    kind: str
    kv: int
    """Version of the kind's meaning; upcasters lift old ones."""
    author: PersonId
    t: int
    """Hybrid clock: milliseconds << 16 | counter. Orders lists, never decides."""
    wall_ms: int
    """Claimed wall time, milliseconds since 1970 UTC."""
    ops: tuple[Op, ...]
    tx: str = ""
    """Entries saved in one action share it."""
    subject: str | None = None
    subject_heads: tuple[RowId, ...] = ()
    """Heads of this child's history the author knew (``sp``)."""
    seen: tuple[RowId, ...] = ()
    """Heads of other feeds of this circle that are new since the author's last row."""
    why: str | None = None
    app: str = ""
    min_reader: int = 1
    must: bool = False
    extra: dict[str, Value] = field(default_factory=dict)
    """Members a newer release wrote; kept as they are."""
