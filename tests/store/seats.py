"""A seat with its vault on disk, and the few entries these tests write."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fakes.anchors import FakeAnchors
from fakes.sealer import FakeSchool, FakeSealer
from schoolsafe.domain.entry import Add, Fix, NewEntry, Note, Set, Value
from schoolsafe.domain.ids import RowId
from schoolsafe.services.ports import Anchors
from schoolsafe.store.vault import Vault

KEY = bytes(range(32))
CHILD = "child:00000000000000c1"


class StepClock:
    """A second later at each look."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@dataclass
class Seat:
    """One person's vault: opened, closed and opened again as the test likes."""

    folder: Path
    sealer: FakeSealer = field(default_factory=lambda: FakeSchool().seat())
    anchors: Anchors = field(default_factory=FakeAnchors)
    clock: StepClock = field(default_factory=StepClock)

    def create(self) -> Vault:
        return Vault.create(self.folder, KEY, anchors=self.anchors, clock=self.clock).use(
            self.sealer
        )

    def open(self) -> Vault:
        return Vault.open(self.folder, KEY, anchors=self.anchors, clock=self.clock).use(self.sealer)


def child(n: int, **values: Value) -> NewEntry:
    """A pupil put on the roll."""
    entity = f"child:{n:016x}"
    given: dict[str, Value] = {"surname": f"Archer{n}", "forename": "Ada", "status": "on_roll"}
    return NewEntry("school", "child.add", (Add(entity, given | values),), subject=entity)


def concern(
    n: int, text: str = "Quiet at lunch.", *, about: str = CHILD, **values: Value
) -> NewEntry:
    """An ordinary entry on a child's chronology."""
    given: dict[str, Value] = {
        "child": about,
        "kind": "concern",
        "title": f"Concern {n}",
        "text": text,
    }
    add = Add(f"entry:{n:016x}", given | values)
    return NewEntry("team", "entry.add", (add,), subject=about)


def line(n: int, **values: Value) -> NewEntry:
    """One child of a notice."""
    add = Add(f"line:{n:016x}", {"name_as_sent": f"ARCHER Ada {n}", "number": n} | values)
    return NewEntry("team", "notification.receive", (add,))


def setting(entity: str, name: str, value: Value, *bases: RowId) -> NewEntry:
    """A field set by somebody who saw ``bases``."""
    return NewEntry("team", "decision.record", (Set(entity, name, value, tuple(bases)),))


def note(entity: str, text: str) -> NewEntry:
    return NewEntry("team", "note.add", (Note(entity, text),))


def fix(entity: str, name: str, text: str, why: str) -> NewEntry:
    return NewEntry("team", "entry.fix", (Fix(entity, name, text),), why=why)
