"""The audit line that stands before each print, export or opening outside. Written first, durable first."""

from enum import StrEnum

from schoolsafe.domain.entry import Add, NewEntry, Value
from schoolsafe.domain.field import AUDIT
from schoolsafe.services.desk import Desk


class Act(StrEnum):
    """What was done."""

    OPENED = "opened"
    PRINTED = "printed"
    EXPORTED = "exported"
    SENT = "sent"
    UNLOCK_FAILED = "unlock_failed"
    SETTING = "setting"


class Audit:
    """Writes audit lines. Reading them is for the head and one outside person (architecture 9.7)."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def write(self, act: Act, *, what: str, about: str | None = None) -> None:
        """One line, on record before it returns. ``what`` is a code ("told_slip", "chronology"), never words."""
        values: dict[str, Value] = {
            "act": act.value,
            "what": what,
            "at": self._desk.now().isoformat(),
        }
        values |= {"about": about} if about else {}
        line = Add(self._desk.ids.new("audit_line"), values)
        self._desk.journal.append([NewEntry(AUDIT, f"audit.{act.value}", (line,))])
