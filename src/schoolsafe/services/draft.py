"""Unsent text: kept while a person types, shown on Today, gone once it is saved as an entry."""

from dataclasses import dataclass
from datetime import datetime

from schoolsafe.domain.entry import Value
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.desk import Desk

_TOPICS = frozenset({Topic.DRAFT, Topic.TODAY})


@dataclass(frozen=True, slots=True)
class Draft:
    """One unsent form: which form it is, what was typed, since when."""

    key: str
    form: str
    """call, entry, decision or told_slip."""
    values: dict[str, Value]
    begun: datetime


class DraftBox:
    """Drafts live in the vault, sealed like everything in it, and nowhere else."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def keep(self, key: str, form: str, values: dict[str, Value]) -> Changes:
        """Keeps or replaces a draft; empty values drop it."""
        if not any(value not in (None, "", False, [], {}) for value in values.values()):
            return self.drop(key)
        known = self.get(key)
        begun = known.begun if known else self._desk.now()
        self._desk.drafts.put(key, {"form": form, "values": values, "begun": begun.isoformat()})
        return Changes.none() if known else Changes(_TOPICS)

    def get(self, key: str) -> Draft | None:
        """One draft, or None."""
        found = self._desk.drafts.get(key)
        if not isinstance(found, dict):
            return None
        values = found.get("values")
        return Draft(
            key,
            str(found.get("form")),
            values if isinstance(values, dict) else {},
            datetime.fromisoformat(str(found.get("begun"))),
        )

    def list(self) -> tuple[Draft, ...]:
        """All drafts, oldest first."""
        found = [draft for key in self._desk.drafts.keys() if (draft := self.get(key))]  # noqa: SIM118  # a port, not a dict
        return tuple(sorted(found, key=lambda d: d.begun))

    def drop(self, key: str) -> Changes:
        """Forgets a draft that was saved or emptied."""
        if self._desk.drafts.get(key) is None:
            return Changes.none()
        self._desk.drafts.drop(key)
        return Changes(_TOPICS)
