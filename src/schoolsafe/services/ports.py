"""What the services need from outside: clock, ids, journal, reader, anchors, mail and list readers, printers.

Few and small. The same contract tests run against the fake and the real one.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from schoolsafe.domain.ctf import CtfFile
from schoolsafe.domain.entry import Attach, Dispose, Entry, NewEntry, Value
from schoolsafe.domain.establishment import RegisterRows, SchoolLinks
from schoolsafe.domain.ids import CircleId, FeedId, PersonId, RowId
from schoolsafe.domain.notification import MailDraft
from schoolsafe.domain.template import Template
from schoolsafe.domain.term_dates import CalendarFile
from schoolsafe.errors import Refused
from schoolsafe.services.pages import (
    ChronologyPage,
    ContactCardPage,
    ForceLetterPage,
    GateListPage,
    RecoverySheet,
    ToldSlipPage,
)
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

    def attachments(self, entity: str) -> tuple[Attach, ...]:
        """Manifests attached to an entity."""
        ...

    def attached(self, entities: Sequence[str]) -> tuple[Attachment, ...]:
        """All that is attached to these entities, oldest first, without opening any of it."""
        ...

    def chunk(self, sha256: str) -> bytes | None:
        """A sealed chunk, or None while it is elsewhere."""
        ...

    def search(self, text: str, *, nouns: Sequence[str] = (), limit: int = 50) -> tuple[Hit, ...]:
        """Full-text search with prefixes over the searchable fields."""
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


@dataclass(frozen=True, slots=True)
class PupilRow:
    """One pupil as a list gives it; ``row`` counts records of the file from 1. Blank is None."""

    row: int
    values: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class ListProblem:
    """Something a person should look at in one row."""

    row: int
    kind: str
    message: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class PupilList:
    """A pupil list as read, before anything is compared or written."""

    rows: tuple[PupilRow, ...]
    problems: tuple[ListProblem, ...]
    columns: Mapping[str, str]
    """Field to the heading it was taken from."""
    ignored: tuple[str, ...]
    """Headings nobody asked for."""
    encoding: str
    delimiter: str
    heading_row: int
    not_used: Mapping[str, str] = field(default_factory=dict)
    """Fields a person left out although a heading was found for them, with that heading."""
    ctf: CtfFile | None = None
    """The transfer file the rows came from; None for a list."""


class Intake(Protocol):
    """Readers of hostile files. Each runs in a child process with limits."""

    def read_mail(self, data: bytes, *, templates: Sequence[Template] = ()) -> MailDraft:
        """A message into a draft.

        Raises:
            UnreadableFile: with the reason; the caller keeps the original bytes all the same.
        """
        ...

    def read_mails(
        self, files: Sequence[bytes], *, templates: Sequence[Template] = ()
    ) -> tuple[MailDraft | Refused, ...]:
        """Several messages, as few child processes as it takes: each a draft or the reason why not."""
        ...

    def read_pupil_list(
        self, data: bytes, *, columns: Mapping[str, str] | None = None
    ) -> PupilList:
        """A list (CSV, .xlsx) or a Common Transfer File into rows.

        ``columns`` overrides the guess, field to heading.

        Raises:
            UnreadableFile: with the reason.
        """
        ...


class Readers(Intake, Protocol):
    """Every reader: of messages and lists, and of registers and calendars besides."""

    def read_schools(self, data: bytes) -> RegisterRows:
        """The public register of schools.

        Raises:
            UnreadableFile: with the reason.
        """
        ...

    def read_school_links(self, data: bytes) -> SchoolLinks:
        """Which school took whose place.

        Raises:
            UnreadableFile: with the reason.
        """
        ...

    def read_calendar(self, data: bytes) -> CalendarFile:
        """A calendar file (.ics): its events by date.

        Raises:
            UnreadableFile: with the reason.
        """
        ...


class Printer(Protocol):
    """Frozen facts into a PDF, and a PDF into pictures of its pages."""

    def told_slip(self, slip: ToldSlipPage) -> bytes:
        """A half page."""
        ...

    def recovery_sheet(self, sheet: RecoverySheet) -> bytes:
        """One page with the key as text and QR."""
        ...

    def chronology(self, page: ChronologyPage) -> bytes:
        """A child's chronology for the paper file."""
        ...

    def gate_list(self, page: GateListPage) -> bytes:
        """Who meets whom at which door; no cause."""
        ...

    def force_letter(self, page: ForceLetterPage) -> bytes:
        """One month of notices told to the force, in counts."""
        ...

    def contact_card(self, page: ContactCardPage) -> bytes:
        """How the police reach the school."""
        ...

    def pictures(self, pdf: bytes, *, dpi: int) -> tuple[bytes, ...]:
        """Each page as a PNG, for preview and print. Pages made here only, never a received file."""
        ...


class Files(Protocol):
    """The few files a person asks for: read in, printed out."""

    def read(self, path: Path, *, limit_bytes: int) -> bytes:
        """The bytes.

        Raises:
            Unavailable: it is not there, too large, or may not be read.
        """
        ...

    def inside(self, path: Path) -> tuple[Path, ...]:
        """The files of a folder and of the folders in it, hidden ones left out; a file is itself.

        Raises:
            Unavailable: it holds none, or more than anybody means to take in.
        """
        ...

    def write_new(self, path: Path, data: bytes) -> None:
        """Written beside and renamed, never half a file."""
        ...


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of the vault found."""

    ok: bool
    rows: int
    feeds: int
    first_bad: str | None
    """The first wrong row, by its id in hex and place; None where all hold."""
    anchor: str
    """ok, behind, ahead, missing or changed."""
    projections_match: bool


@dataclass(frozen=True, slots=True)
class WrongPlace:
    """Where a check found the record wrong first."""

    reason: str
    """In a few words without content, for a sentence."""
    number: int | None = None
    """Of the row, counted from 1; None where it is no row's."""
    wall_ms: int | None = None
    """When that row was written, or the nearest before it that can be read."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the last check of the whole record found."""

    at: datetime
    rows: int
    ok: bool
    anchor: str
    first_bad: str | None = None
    wrong: WrongPlace | None = None


class Checking(Protocol):
    """A check of the whole record in slices: saving goes on between them."""

    @property
    def progress(self) -> tuple[int, int]:
        """Rows proved, and rows there are."""
        ...

    @property
    def wrong(self) -> WrongPlace | None:
        """What is wrong first, as far as it has come; nothing can be saved from then on."""
        ...

    def step(self, wanted: Callable[[], bool] | None = None) -> Verified | None:
        """One slice of a few hundredths of a second; the verdict once the last is done.

        ``wanted`` is asked while a slice cannot end: where somebody waits, it gives way at once.
        """
        ...

    def close(self) -> None:
        """Gives up."""
        ...


class Upkeep(Protocol):
    """Looking after the vault file."""

    @property
    def problem(self) -> str | None:
        """Why the vault is open read-only, in a sentence; None where all is well."""
        ...

    @property
    def warning(self) -> str | None:
        """Why the anchor outside could not follow the last save, which is safe; None where it did."""
        ...

    def verify(self, *, deep: bool = False) -> Verified:
        """Checks chain, signatures and anchors; ``deep`` every row, chunk and page."""
        ...

    def checking(self) -> Checking:
        """The same as ``verify(deep=True)``, in slices, the newest rows first."""
        ...

    def last_check(self) -> Checked | None:
        """What the last whole check found, as it was kept; None before the first."""
        ...

    def keep_check(self, checked: Checked) -> None:
        """Keeps what a whole check found: on this computer only, no part of the record."""
        ...

    def rebuild(self) -> tuple[int, bytes]:
        """Replays the journal into fresh read tables: rows and state hash."""
        ...

    def export(self) -> bytes:
        """Sealed rows with row keys and roster excerpt, for the stand-alone verifier."""
        ...
