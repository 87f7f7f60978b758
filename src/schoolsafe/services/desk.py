"""The desk every service works at: who is acting, the journal, the reader, the clock.

One place builds entries into saved rows and remembers how to take them back. Left to others: what the
entries mean (each service).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from schoolsafe.domain.entry import Add, Link, NewEntry, Op, Set, Unlink, Value
from schoolsafe.domain.ids import PersonId, RowId, noun_of
from schoolsafe.domain.schema import BY_NAME
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes, Topic, Undo
from schoolsafe.services.ports import Clock, Drafts, Ids, Journal, Reader

LONDON = ZoneInfo("Europe/London")
UNDO = "undo."
"""In front of the kind of what was taken back."""


class NotYoursToRead(Refused):
    """This is for the school's safeguarding leads. What you write reaches them; it cannot be shown here."""


class ChangedSince(Refused):
    """This was changed since, so it is not taken back."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The person at the screen."""

    person: PersonId
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What one unlocked vault offers a service."""

    actor: Actor
    journal: Journal
    reader: Reader
    drafts: Drafts
    clock: Clock
    ids: Ids
    closed: frozenset[str] = frozenset()
    """Circles this person can write to or knows of, and holds no key of."""

    def must_read(self, circle: str) -> None:
        """Returns only where this person holds the key: an empty page would say "nothing on record".

        Raises:
            NotYoursToRead: the key is with others.
        """
        if circle in self.closed:
            raise NotYoursToRead

    def now(self) -> datetime:
        """The instant in the school's wall clock (Europe/London)."""
        return self.clock.now().astimezone(LONDON)

    def put(
        self,
        entries: Sequence[NewEntry],
        topics: frozenset[Topic],
        *,
        chunks: Mapping[str, bytes] | None = None,
        note: str = "",
    ) -> Changes:
        """Saves all entries in one commit and keeps what takes them back."""
        before = self._values_before(entries)
        rows = self.journal.append(entries, chunks=chunks)
        made = tuple(op.entity for entry in entries for op in entry.ops if isinstance(op, Add))
        undo = Undo(_reversed(entries, rows, before), topics)
        return Changes(topics, rows, made, undo if undo.entries else None, note)

    def undo(self, undo: Undo) -> Changes:
        """Takes a command back, with its own entries on record.

        Raises:
            ChangedSince: somebody has changed all of it meanwhile; theirs stands.
        """
        entries = self._still_standing(_folded(undo.entries))
        if not entries:
            raise ChangedSince
        rows = self.journal.append(entries)
        return Changes(undo.topics, rows)

    def _still_standing(self, entries: Sequence[NewEntry]) -> tuple[NewEntry, ...]:
        """What can be taken back without striking out what was written after it."""
        kept = []
        for entry in entries:
            ops = tuple(now for op in entry.ops if (now := self._now(op)) is not None)
            if ops:
                kept.append(replace(entry, ops=ops))
        return tuple(kept)

    def _now(self, op: Op) -> Op | None:
        if not isinstance(op, Set):
            return op
        live = self.reader.live(op.entity, op.field)
        rows = {value.row for value in live}
        if not rows or rows & set(op.bases):
            return op
        # An undo that came after is no new decision: taking back in turn goes on from it.
        undone = all(self._was_undo(row) for row in rows) and live[0].value != op.value
        return replace(op, bases=tuple(rows)) if undone else None

    def _was_undo(self, row: RowId) -> bool:
        facts = self.reader.row_facts(row)
        return facts is not None and facts.kind.startswith(UNDO)

    def setting(
        self,
        entity: str,
        values: Mapping[str, Value],
        bases: Mapping[str, tuple[RowId, ...]] | None = None,
    ) -> tuple[Op, ...]:
        """``Set`` ops for fields whose value differs, with what the form saw (or what stands now).

        A field in conflict is set even to the value on top: that is how a person settles it.
        """
        seen = bases if bases is not None else self.reader.bases(entity, tuple(values))
        record = self.reader.get(entity)
        current = record.values if record else {}
        return tuple(
            Set(entity, name, value, tuple(seen.get(name, ())))
            for name, value in values.items()
            if name not in current or current[name] != value or len(seen.get(name, ())) > 1
        )

    def _values_before(self, entries: Sequence[NewEntry]) -> dict[tuple[str, str], Value]:
        before: dict[tuple[str, str], Value] = {}
        for entry in entries:
            for op in entry.ops:
                if isinstance(op, Set):
                    record = self.reader.get(op.entity)
                    before[op.entity, op.field] = record.values.get(op.field) if record else None
        return before


def _folded(entries: Sequence[NewEntry]) -> tuple[NewEntry, ...]:
    """Several commands taken back at once: of one field only the oldest value returns, for all of them."""
    seen: dict[tuple[str, str], tuple[RowId, ...]] = {}
    for entry in entries:
        for op in entry.ops:
            if isinstance(op, Set):
                seen[op.entity, op.field] = (*seen.get((op.entity, op.field), ()), *op.bases)
    folded: list[NewEntry] = []
    for entry in reversed(entries):
        ops: list[Op] = []
        for op in entry.ops:
            if not isinstance(op, Set):
                ops.append(op)
            elif (op.entity, op.field) in seen:
                ops.append(replace(op, bases=seen.pop((op.entity, op.field))))
        folded += [replace(entry, ops=tuple(ops))] if ops else []
    return tuple(reversed(folded))


def _reversed(
    entries: Sequence[NewEntry], rows: Sequence[RowId], before: Mapping[tuple[str, str], Value]
) -> tuple[NewEntry, ...]:
    """For each entry one that puts the earlier values back and withdraws what it added."""
    back = []
    for entry, row in zip(entries, rows, strict=True):
        ops = tuple(op for made in entry.ops for op in _reverse(made, row, before))
        if ops:
            back.append(
                NewEntry(entry.circle, UNDO + entry.kind, ops, subject=entry.subject, why="undone")
            )
    return tuple(back)


def _reverse(op: Op, row: RowId, before: Mapping[tuple[str, str], Value]) -> tuple[Op, ...]:
    if isinstance(op, Set):
        return (Set(op.entity, op.field, before.get((op.entity, op.field)), (row,)),)
    if isinstance(op, Add) and any(
        f.name == "withdrawn" for f in BY_NAME[noun_of(op.entity)].fields
    ):
        return (Set(op.entity, "withdrawn", "undone", ()),)
    if isinstance(op, Link):
        return (Unlink(op.entity, op.field, op.target, (row,)),)
    return ()
