"""Proof and repair of the vault that is open, and its export with the keys that needs.

Left to others: what a check proves (store), when it runs (ui), what is kept of it (services).
"""

from schoolsafe.services.circle import Circles
from schoolsafe.services.ports import Clock
from schoolsafe.services.ports_upkeep import Checked, Checking, Verified
from schoolsafe.store.vault import Vault
from schoolsafe.wire import stub


class VaultUpkeep:
    """Proof and repair of one vault, with the keys its export needs."""

    def __init__(self, vault: Vault, circles: Circles, clock: Clock) -> None:
        self._vault = vault
        self._circles = circles
        self._clock = clock

    @property
    def problem(self) -> str | None:
        """Why it is open read-only."""
        return self._vault.problem

    @property
    def warning(self) -> str | None:
        """Why the guard against an old copy is late; what was saved is safe."""
        late = self._vault.anchor_late
        return None if late is None else str(late)

    def verify(self, *, deep: bool = False) -> Verified:
        """Has anything been changed or taken out?"""
        return self._vault.verify(deep=deep)

    def checking(self) -> Checking:
        """The same of the whole record, in slices."""
        return self._vault.checking()

    def last_check(self) -> Checked | None:
        """When that was done last, and what was found."""
        return self._vault.last_check()

    def keep_check(self, checked: Checked) -> None:
        """Remembers what was found."""
        self._vault.keep_check(checked)

    def rebuild(self) -> tuple[int, bytes]:
        """Replays every row."""
        return self._vault.rebuild()

    def export(self) -> bytes:
        """The journal for the stand-alone verifier."""
        made_ms = round(self._clock.now().timestamp() * 1000)
        rows = (stub.parse_any(raw) for raw in self._vault.raws())
        return b"".join(self._circles.export(rows, made_ms=made_ms))
