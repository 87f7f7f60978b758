"""Looking after the record itself: its state, its proof, its export."""

from dataclasses import dataclass

from schoolsafe.services.audit import Act, Audit
from schoolsafe.services.desk import Desk
from schoolsafe.services.ports import Totals, Upkeep, Verified


@dataclass(frozen=True, slots=True)
class RecordState:
    """The honest state of the record, in counts."""

    totals: Totals
    problem: str | None
    state_hash: bytes


class Records:
    """Proof and upkeep."""

    def __init__(self, desk: Desk, upkeep: Upkeep, audit: Audit) -> None:
        self._desk = desk
        self._upkeep = upkeep
        self._audit = audit

    @property
    def problem(self) -> str | None:
        """Why this is open read-only, in a sentence."""
        return self._upkeep.problem

    def totals(self) -> Totals:
        """Rows here, at the relay, twice; conflicts and holes."""
        return self._desk.reader.totals()

    def verify(self, *, deep: bool = False) -> Verified:
        """Has anything been changed or taken out?"""
        return self._upkeep.verify(deep=deep)

    def rebuild(self) -> tuple[int, bytes]:
        """Replays every row into fresh read tables."""
        return self._upkeep.rebuild()

    def export(self) -> bytes:
        """The journal for the stand-alone verifier. An audit row is on record first."""
        self._audit.write(Act.EXPORTED, what="journal")
        return self._upkeep.export()
