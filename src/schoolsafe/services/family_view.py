"""A child's family as a person sees it. Frozen answers only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from schoolsafe.domain.entry import Value
from schoolsafe.domain.family import Expected
from schoolsafe.domain.genogram import Genogram
from schoolsafe.domain.ids import RowId
from schoolsafe.domain.named import Mentioned
from schoolsafe.services.child import ChildRow

Bases = Mapping[str, tuple[RowId, ...]]


@dataclass(frozen=True, slots=True)
class PersonView:
    """One person of the list."""

    id: str
    """The relative, or the pupil."""
    relation: str
    name: str
    relationship: str
    values: Mapping[str, Value] = field(default_factory=dict)
    """What is on record about them and what they are to the child, by field."""
    homes: tuple[str, ...] = ()
    """Kinds of the homes where they live now."""
    pupil: ChildRow | None = None
    """Where they are a pupil here."""
    baby: Expected | None = None
    due: date | None = None
    conflicts: tuple[str, ...] = ()
    bases: Bases = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ResidentView:
    """Who lives in a home, when, and which days."""

    id: str
    who: str
    name: str
    pattern: str
    since: date | None
    until: date | None
    now: bool


@dataclass(frozen=True, slots=True)
class HomeView:
    """One home. A confidential address is asked for on its own, and that is on record."""

    id: str
    kind: str
    address: str
    """Empty where it is confidential."""
    confidential: bool
    since: date | None
    until: date | None
    notes: str
    people: tuple[ResidentView, ...]
    values: Mapping[str, Value] = field(default_factory=dict)
    """Without the address where it is confidential."""
    conflicts: tuple[str, ...] = ()
    bases: Bases = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CoupleView:
    """Two people who are or were a couple."""

    id: str
    one: str
    two: str
    how: str


@dataclass(frozen=True, slots=True)
class BarView:
    """Who must not collect or contact the child, with what it rests on."""

    id: str
    name: str
    forbidden: str
    evidence: str
    reference: str
    until: date | None
    reason: str
    holds: bool
    has_responsibility: bool
    """They have parental responsibility: a request alone does not override it."""
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferedSibling:
    """A pupil who may be a brother or sister, with the reason; a person says so or does not."""

    child: ChildRow
    reason: str


@dataclass(frozen=True, slots=True)
class ProtectionView:
    """A protected identity: decided by whom, and why."""

    id: str
    why: str
    lead: str
    head: str


@dataclass(frozen=True, slots=True)
class FamilyView:
    """The family of one child."""

    child: ChildRow
    together: tuple[ChildRow, ...]
    """Other records of this same pupil, shown as one with it."""
    people: tuple[PersonView, ...]
    homes: tuple[HomeView, ...]
    couples: tuple[CoupleView, ...]
    bars: tuple[BarView, ...]
    offers: tuple[OfferedSibling, ...]
    known: tuple[tuple[str, str], ...]
    """People on record with a brother or sister here and not yet with this child: id and name."""
    protection: ProtectionView | None
    named: tuple[Mentioned, ...]
    """Where the person at the screen, or somebody of a like name, stands in this file."""
    drawing: Genogram

    @property
    def babies(self) -> tuple[PersonView, ...]:
        """Babies who are expected, or whose due date has gone by and nobody said what became of them."""
        open_ones = {Expected.TO_DECIDE, Expected.DECIDED, Expected.DUE}
        return tuple(one for one in self.people if one.baby in open_ones)

    @property
    def gate_knows(self) -> bool:
        """Whether the gate's allowed names are on record where somebody must not collect."""
        barred = any(bar.holds and bar.forbidden != "contact" for bar in self.bars)
        return not barred or bool(self.child.may_collect)
