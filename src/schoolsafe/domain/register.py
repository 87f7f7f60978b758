"""What an entry does to the record: the one reducer's decisions, as pure functions.

Every entry gives *marks*: a value set, a value superseded. Marks of one place in the record merge
in any order, any number of times, to the same result; a value superseded before it arrived leaves a
dead placeholder, so that it arrives dead. Live is what nobody superseded; more than one live value
is a conflict, shown until a person resolves it. No clock takes part. Left to others: reading and
writing tables (store). Source: sync.md section 5.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from schoolsafe.domain import disposal
from schoolsafe.domain.entry import (
    Add,
    Attach,
    Dispose,
    Entry,
    Fix,
    Link,
    NewEntry,
    Note,
    Resolve,
    Set,
    Unknown,
    Unlink,
    Value,
)
from schoolsafe.domain.field import Field, Noun, Rule
from schoolsafe.domain.hybrid_clock import bounded
from schoolsafe.domain.ids import RowId, noun_of
from schoolsafe.domain.schema import BY_NAME, NOUNS

READER: Final = 1
"""The reader this release is; an entry whose ``min_reader`` is higher is kept and counted, not
applied."""

MUST_KINDS: Final[frozenset[str]] = frozenset({disposal.KIND})
"""Kinds with ``must`` this release understands. Any other turns the record read-only until an
update."""

BIRTH: Final = ""
"""The nameless field every ``add`` marks: who put the entity on record."""


_FIELDS: Final[dict[tuple[str, str], Field]] = {
    (noun.name, field.name): field for noun in NOUNS for field in noun.fields
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the record a value stands: a field of an entity, or one target of a set field."""

    entity: str
    field: str
    target: str | None = None
    """The linked entity or word of a set field; None for an ordinary field."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What one row says about one place: its value, or only that the value is superseded."""

    row: RowId
    dead: bool = False
    arrived: bool = False
    """False for a placeholder: another row superseded this one before it came."""
    t: int = 0
    value: Value = None


@dataclass(frozen=True, slots=True)
class Effects:
    """All that one entry does, before it is merged with what is already there."""

    marks: tuple[tuple[Place, Mark], ...] = ()
    notes: tuple[Note, ...] = ()
    fixes: tuple[Fix, ...] = ()
    attachments: tuple[Attach, ...] = ()
    disposals: tuple[Dispose, ...] = ()
    touched: tuple[str, ...] = ()
    """Entities in the order the entry names them."""
    not_understood: int = 0
    """Ops this release must keep but cannot apply."""
    stops: bool = False
    """The record must turn read-only: it holds something this release must not ignore."""


class MisplacedOpError(ValueError):
    """Our own entry names a noun of another circle, or sets what never changes: a bug, never shown."""


def home(entity: str) -> str | None:
    """The circle this entity's rows must come from; None for a noun of a newer release."""
    noun = BY_NAME.get(noun_of(entity))
    return noun.circle if noun else None


def field_of(entity: str, name: str) -> Field | None:
    """The declaration of that field, or None where this release has none."""
    return _FIELDS.get((noun_of(entity), name))


def effects(row: RowId, entry: Entry, *, circle: str, newer: bool = False) -> Effects:
    """What this entry does to the record.

    An op on an entity of another circle is not applied but counted: a member of *school* must not
    be able to supersede what the team wrote. Nor is a ``set`` of what never changes after saving:
    it would take the old words' place unseen. ``newer``: this kind has a meaning only a later
    release knows.
    """
    if newer or entry.min_reader > READER:
        return Effects(not_understood=max(1, len(entry.ops)), stops=_stops(entry))
    marks: dict[tuple[Place, RowId], Mark] = {}
    sure = [
        op
        for op in entry.ops
        if not isinstance(op, Unknown) and home(op.entity) in (circle, None) and not _rewrites(op)
    ]
    unsure = len(entry.ops) - len(sure)
    for op in sure:
        unsure += _unknown_fields(op)
        for place, mark in _marks(row, entry.t, op):
            key = (place, mark.row)
            marks[key] = merge(marks.get(key), mark) if mark.row != row else mark
    return Effects(
        marks=tuple((place, mark) for (place, _), mark in marks.items()),
        notes=tuple(op for op in sure if isinstance(op, Note)),
        fixes=tuple(op for op in sure if isinstance(op, Fix)),
        attachments=tuple(op for op in sure if isinstance(op, Attach)),
        disposals=tuple(op for op in sure if isinstance(op, Dispose)),
        touched=tuple(dict.fromkeys(op.entity for op in sure)),
        not_understood=unsure,
        stops=_stops(entry),
    )


def check_own(entry: NewEntry) -> None:
    """Our own entry names only entities of its circle, and only ops and kinds this release knows.

    Raises:
        MisplacedOpError: the use case that built it has a bug; nothing is written.
    """
    if entry.must and entry.kind not in MUST_KINDS:
        raise MisplacedOpError(entry.kind)
    for op in entry.ops:
        if isinstance(op, Unknown):
            raise MisplacedOpError(entry.kind)
        if home(op.entity) != entry.circle:
            raise MisplacedOpError(entry.kind, noun_of(op.entity), entry.circle)
        if _rewrites(op):
            raise MisplacedOpError(entry.kind, noun_of(op.entity))


def _stops(entry: Entry) -> bool:
    return entry.must and entry.kind not in MUST_KINDS


def _rewrites(op: object) -> bool:
    """Whether this op would replace a value that is set once, by ``add``."""
    if not isinstance(op, Set | Resolve):
        return False
    field = field_of(op.entity, op.field)
    return field is not None and field.rule is Rule.IMMUTABLE


def _unknown_fields(op: object) -> int:
    names: Iterable[str] = ()
    if isinstance(op, Add):
        names = op.values
    elif isinstance(op, Set | Resolve):
        names = (op.field,)
    else:
        return 0
    return sum(1 for name in names if field_of(op.entity, name) is None)


def _marks(row: RowId, t: int, op: object) -> Iterable[tuple[Place, Mark]]:
    """The marks of one op, placeholders for what it supersedes included."""
    at = bounded(t)
    if isinstance(op, Add):
        yield Place(op.entity, BIRTH), Mark(row, arrived=True, t=at)
        for name, value in op.values.items():
            yield Place(op.entity, name), Mark(row, arrived=True, t=at, value=value)
    elif isinstance(op, Set | Resolve):
        place = Place(op.entity, op.field)
        for base in op.bases:
            yield place, Mark(base, dead=True)
        yield place, Mark(row, arrived=True, t=at, value=op.value)
    elif isinstance(op, Link):
        yield Place(op.entity, op.field, op.target), Mark(row, arrived=True, t=at)
    elif isinstance(op, Unlink):
        for base in op.bases:
            yield Place(op.entity, op.field, op.target), Mark(base, dead=True)


def merge(old: Mark | None, new: Mark) -> Mark:
    """Two things known of one row's value at one place, joined: dead stays, arrived stays.

    Commutative, associative and idempotent, because one row says one thing at one place.
    """
    if old is None:
        return new
    known = old if old.arrived else new
    return replace(known, dead=old.dead or new.dead)


def history(row: RowId, known: Iterable[RowId]) -> tuple[Mark, ...]:
    """One row in its child's history: it is a head, and what its author knew no longer is."""
    return (*(Mark(head, dead=True) for head in known if head != row), Mark(row, arrived=True))


def live(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The values nobody superseded."""
    return tuple(mark for mark in marks if mark.arrived and not mark.dead)


def ranked(field: Field | None, marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The live values, the one that stands on top first, by the field's rule.

    Later by hybrid clock, then by row id, wherever the rule leaves a choice; the first for what
    never changes.
    """
    standing = live(marks)
    if len(standing) < 2:  # noqa: PLR2004  # nothing to rank, as nearly always
        return standing
    if field is not None and field.rule is Rule.IMMUTABLE:
        return tuple(sorted(standing, key=lambda mark: (mark.t, mark.row)))
    latest = sorted(standing, key=lambda mark: (mark.t, mark.row), reverse=True)
    if field is not None and field.rule is Rule.PROTECTIVE:
        latest.sort(key=lambda mark: _severity(field, mark.value))
    elif field is not None and field.rule is Rule.EARLIEST:
        latest.sort(key=lambda mark: _instant(mark.value))
    return tuple(latest)


def in_conflict(marks: Iterable[Mark]) -> bool:
    """More than one live value.

    What never changes after saving is set by one row alone; a second one claims to be the first,
    and it may claim an earlier time. So that it shows, it is a conflict like any other.
    """
    return len(live(marks)) > 1


def born(fields: Mapping[str, Mapping[RowId, Mark]]) -> Mark | None:
    """The mark of the row that added an entity; until it comes, of the first that set a value."""
    births = tuple(fields.get(BIRTH, {}).values())
    others = (mark for marks in fields.values() for mark in marks.values())
    return min(
        (mark for mark in births or others if mark.arrived),
        key=lambda mark: (mark.t, mark.row),
        default=None,
    )


def _severity(field: Field, value: Value) -> int:
    """Place in the field's order, most protective first; words it does not list come last."""
    return (
        field.order.index(value)
        if isinstance(value, str) and value in field.order
        else len(field.order)
    )


def _instant(value: Value) -> tuple[int, float]:
    """A date or instant as a sortable number; what is no date comes last."""
    if isinstance(value, str):
        try:
            when = datetime.fromisoformat(value)
        except ValueError:
            return (1, 0.0)
        day = date(when.year, when.month, when.day).toordinal()
        clock = when.hour * 3600 + when.minute * 60 + when.second + when.microsecond / 1e6
        shift = when.utcoffset()
        return (0, day * 86400 + clock - (shift.total_seconds() if shift else 0.0))
    return (1, 0.0)


def state_hash(lines: Iterable[tuple[str, str, Iterable[RowId]]]) -> bytes:
    """SHA-256 over the sorted (entity, field, live row ids): equal on seats in step.

    A set field stands once per target, its name followed by a unit separator and the target. Each
    line is entity, NUL, field, NUL, the number of ids as four bytes, the ids in order. Places with
    no live value are left out. ``lines`` must come sorted by entity, then field, as UTF-8 bytes.
    """
    digest = hashlib.sha256(b"schoolsafe/state/1\0")
    for entity, field, rows in lines:
        ids = sorted(rows)
        if ids:
            digest.update(f"{entity}\0{field}\0".encode())
            digest.update(len(ids).to_bytes(4, "big"))
            digest.update(b"".join(ids))
    return digest.digest()


def searchable(entity: str) -> tuple[Field, ...]:
    """The fields of this entity that search finds."""
    noun: Noun | None = BY_NAME.get(noun_of(entity))
    return tuple(field for field in noun.fields if field.searchable) if noun else ()
