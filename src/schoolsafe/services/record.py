"""Looking after the record itself: its state, its proof, its export."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.audit import Act, Audit
from schoolsafe.services.desk import LONDON, Desk
from schoolsafe.services.ports import Totals
from schoolsafe.services.ports_upkeep import Checked, Checking, Upkeep, Verified, WrongPlace


@dataclass(frozen=True, slots=True)
class RecordState:
    """The honest state of the record, in counts."""

    totals: Totals
    problem: str | None
    state_hash: bytes


class WholeCheck:
    """A check of the whole record on its way, in slices; what it finds in the end is kept."""

    def __init__(
        self, checking: Checking, keep: Callable[[Verified, WrongPlace | None], None]
    ) -> None:
        self._checking = checking
        self._keep = keep
        self._found: Verified | None = None

    @property
    def progress(self) -> tuple[int, int]:
        """Rows proved, and rows there are."""
        return self._checking.progress

    @property
    def wrong(self) -> WrongPlace | None:
        """What is wrong first, as far as it has come; nothing can be saved from then on."""
        return self._checking.wrong

    def step(self, wanted: Callable[[], bool] | None = None) -> Verified | None:
        """One slice; the verdict once the last is done. ``wanted``: whether somebody waits."""
        if self._found is None:
            self._found = self._checking.step(wanted)
            if self._found is not None:
                self._keep(self._found, self._checking.wrong)
        return self._found

    def close(self) -> None:
        """Gives up; nothing is kept."""
        self._checking.close()


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

    @property
    def warning(self) -> str | None:
        """What to look at although everything saved is safe: the guard against an old copy is late."""
        return self._upkeep.warning

    def totals(self) -> Totals:
        """Rows here, at the relay, twice; conflicts and holes."""
        return self._desk.reader.totals()

    def verify(self, *, deep: bool = False) -> Verified:
        """Has anything been changed or taken out? What a ``deep`` check finds is kept."""
        if not deep:
            return self._upkeep.verify()
        check = self.checking()
        while (found := check.step()) is None:
            pass
        return found

    def checking(self) -> WholeCheck:
        """The same as a deep ``verify`` in slices, the newest rows first: saving goes on."""
        return WholeCheck(self._upkeep.checking(), self._keep)

    def last_check(self) -> Checked | None:
        """When the record was last checked whole, and what was found; None before the first."""
        return self._upkeep.last_check()

    def check_due(self) -> bool:
        """Whether the whole record is to be checked today: once a day, and always after a bad find."""
        last = self.last_check()
        return (
            last is None
            or not last.ok
            or last.at.astimezone(LONDON).date() != self._desk.now().date()
        )

    def rebuild(self) -> tuple[int, bytes]:
        """Replays every row into fresh read tables."""
        return self._upkeep.rebuild()

    def export(self) -> bytes:
        """The journal for the stand-alone verifier. An audit row is on record first."""
        self._audit.write(Act.EXPORTED, what="journal")
        return self._upkeep.export()

    def _keep(self, found: Verified, wrong: WrongPlace | None) -> None:
        checked = Checked(
            self._desk.clock.now(),
            found.rows,
            ok=found.ok,
            anchor=found.anchor,
            first_bad=found.first_bad,
            wrong=wrong,
        )
        with suppress(SchoolSafeError):  # a full disk must not hide what was found
            self._upkeep.keep_check(checked)
