"""The worklist of what two people changed: both values with who and when, what both saw, and one person's decision.

Left to others: which value counts until then (the reducer, by the field's rule), how it looks.
"""

from dataclasses import dataclass
from datetime import datetime

from schoolsafe.domain import conflict as rules
from schoolsafe.domain import register
from schoolsafe.domain.child import CHILD
from schoolsafe.domain.entry import NewEntry, Resolve, Value
from schoolsafe.domain.field import Field
from schoolsafe.domain.ids import RowId, noun_of
from schoolsafe.domain.schema import BY_NAME
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.child import Children
from schoolsafe.services.desk import LONDON, Desk
from schoolsafe.services.notification_entry import text
from schoolsafe.services.ports import LiveValue, Record
from schoolsafe.words import _


class NoSuchConflict(Refused):
    """Nobody disagrees about this any more."""


class ChooseOneOfThem(Refused):
    """Choose one of the values that stand."""


class SayWhyThisOne(Refused):
    """Write why this one."""


class AnotherCame(Refused):
    """Another value came meanwhile. Look at all of them first."""


class CorrectItInstead(Refused):
    """Words that were written once are corrected, not chosen between."""


@dataclass(frozen=True, slots=True)
class Side:
    """One value, with who wrote it and when."""

    row: str
    """Of the journal, in hex: what a decision names."""
    words: str
    who: str
    when: datetime
    mine: bool
    counts: bool
    """It counts until somebody decides."""


@dataclass(frozen=True, slots=True)
class ConflictView:
    """One field that two people changed."""

    id: str
    """Entity, a stroke, field."""
    entity: str
    field: str
    record: str
    """What sort of record."""
    about: str
    """Which fact of it."""
    child: str
    child_name: str
    """Nothing where it is about no child."""
    before: Side | None
    """What both saw; None where nothing was set before."""
    sides: tuple[Side, ...]
    """The one that counts now first."""
    counts: str
    decidable: bool


class Conflicts:
    """What a person can do about them."""

    def __init__(self, desk: Desk, children: Children) -> None:
        self._desk = desk
        self._children = children

    def list(self) -> tuple[ConflictView, ...]:
        """Every conflict this person can read, the oldest first."""
        found = []
        for entity, field in self._desk.reader.conflicted():
            noun = noun_of(entity)
            declared = BY_NAME.get(noun)
            if (noun, field) in rules.QUIET or declared is None:
                continue
            if declared.circle in self._desk.closed:
                continue
            record = self._desk.reader.get(entity)
            if record is None or (record.values.get("withdrawn") and field != "withdrawn"):
                continue
            found.append(self._view(record, field))
        return tuple(sorted(found, key=lambda one: (min(s.when for s in one.sides), one.id)))

    def show(self, conflict: str) -> ConflictView:
        """One conflict with its values.

        Raises:
            NoSuchConflict: it was settled, or never was one.
        """
        entity, _stroke, field = conflict.partition("/")
        declared = BY_NAME.get(noun_of(entity))
        record = self._desk.reader.get(entity) if declared else None
        if declared is None or record is None or field not in record.conflicts:
            raise NoSuchConflict
        self._desk.must_read(declared.circle)
        return self._view(record, field)

    def resolve(
        self, conflict: str, row: str, *, why: str, seen: tuple[str, ...] | None = None
    ) -> Changes:
        """One of the values stands from now on; the others stay in the record with who wrote them.

        Args:
            conflict: its id.
            row: whose value, by its row.
            why: the reason, which is on record.
            seen: the rows the person was shown; None where what stands now was looked at.

        Raises:
            NoSuchConflict: settled meanwhile. ChooseOneOfThem: no such value.
            SayWhyThisOne: without a reason. AnotherCame: there is one the person has not seen.
            CorrectItInstead: it never changes after saving.
        """
        view = self.show(conflict)
        live = self._desk.reader.live(view.entity, view.field)
        if not view.decidable:
            raise CorrectItInstead
        if seen is not None and {value.row.hex() for value in live} - set(seen):
            raise AnotherCame
        chosen = next((value for value in live if value.row.hex() == row), None)
        if chosen is None:
            raise ChooseOneOfThem
        if not why.strip():
            raise SayWhyThisOne
        bases = tuple(RowId(value.row) for value in live)
        noun = noun_of(view.entity)
        entry = NewEntry(
            BY_NAME[noun].circle,
            f"{noun}.resolve",
            (Resolve(view.entity, view.field, chosen.value, bases),),
            subject=view.child or None,
            why=why.strip(),
        )
        return self._desk.put([entry], frozenset(Topic))

    # ------------------------------------------------------------------------------------------------------

    def _view(self, record: Record, name: str) -> ConflictView:
        declared = register.field_of(record.id, name)
        live = self._desk.reader.live(record.id, name)
        first = min(value.t for value in live)
        earlier = [v for v in self._desk.reader.superseded(record.id, name) if v.t < first]
        child = record.id if record.noun == CHILD.name else text(record.values, "child") or ""
        return ConflictView(
            id=f"{record.id}/{name}",
            entity=record.id,
            field=name,
            record=rules.noun_words(record.noun),
            about=rules.field_words(record.noun, name),
            child=child,
            child_name=self._children.show(child).name if child else "",
            before=self._side(record.noun, declared, max(earlier, key=lambda v: v.t))
            if earlier
            else None,
            sides=tuple(
                self._side(record.noun, declared, value, counts=n == 0)
                for n, value in enumerate(live)
            ),
            counts=rules.counts_words(declared),
            decidable=rules.decidable(declared),
        )

    def _side(
        self, noun: str, declared: Field | None, value: LiveValue, *, counts: bool = False
    ) -> Side:
        author = self._desk.reader.get(value.author)
        return Side(
            row=value.row.hex(),
            words=self._words(noun, declared, value.value),
            who=(text(author.values, "name") if author else None) or _("Somebody"),
            when=datetime.fromtimestamp(value.wall_ms / 1000, tz=LONDON),
            mine=value.author == self._desk.actor.person,
            counts=counts,
        )

    def _words(self, noun: str, declared: Field | None, value: Value) -> str:
        if isinstance(value, str) and value.partition(":")[0] in {"child", "person"}:
            record = self._desk.reader.get(value)
            if record is not None and record.noun == CHILD.name:
                return self._children.show(value).name
            return (text(record.values, "name") if record else None) or value
        return rules.value_words(noun, declared, value)
