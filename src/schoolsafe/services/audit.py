"""The audit line that stands before each print, export or opening outside. Written first, durable first.

What leaves on paper or as a file is a line of the share log too, which the team itself can read: both in one commit.
"""

from enum import StrEnum

from schoolsafe.domain.entry import Add, NewEntry, Value
from schoolsafe.domain.field import AUDIT, TEAM
from schoolsafe.domain.ids import noun_of
from schoolsafe.services.desk import Desk


class Act(StrEnum):
    """What was done."""

    OPENED = "opened"
    PRINTED = "printed"
    EXPORTED = "exported"
    SENT = "sent"
    UNLOCK_FAILED = "unlock_failed"
    SETTING = "setting"


_LEAVES = frozenset({Act.PRINTED, Act.EXPORTED})
_HELD_ELSEWHERE = frozenset({"told_slip"})
"""What stands in the share log by a record of its own: the telling itself."""


class Audit:
    """Writes audit lines. Reading them is for the head and one outside person (architecture 9.7)."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def write(self, act: Act, *, what: str, about: str | None = None, why: str = "") -> None:
        """One line, on record before it returns. ``what`` is a code ("told_slip", "chronology"), never words.

        ``why`` goes to the share log only: it may hold words.
        """
        values: dict[str, Value] = {
            "act": act.value,
            "what": what,
            "at": self._desk.now().isoformat(),
        }
        values |= {"about": about} if about else {}
        line = Add(self._desk.ids.new("audit_line"), values)
        entries = [NewEntry(AUDIT, f"audit.{act.value}", (line,))]
        if act in _LEAVES and what not in _HELD_ELSEWHERE:
            entries.append(self._shared(act, what, about, why))
        self._desk.journal.append(entries)

    def _shared(self, act: Act, what: str, about: str | None, why: str) -> NewEntry:
        child = about if about and noun_of(about) == "child" else None
        values: dict[str, Value] = {
            "act": act.value,
            "paper": what,
            "shared_at": self._desk.now().isoformat(),
        }
        values |= {"child": child} if child else {"about": about} if about else {}
        values |= {"why": why} if why else {}
        add = Add(self._desk.ids.new("share"), values)
        return NewEntry(TEAM, "share.log", (add,), subject=child)
