"""What a command did: the topics that changed, the rows it wrote, and how to take it back.

Screens that show a topic query again; nobody calls another screen.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from schoolsafe.domain.entry import NewEntry
from schoolsafe.domain.ids import RowId


class Topic(StrEnum):
    """A kind of thing that screens show."""

    TODAY = "today"
    NOTIFICATION = "notification"
    CHILD = "child"
    CHRONOLOGY = "chronology"
    TOLD_SLIP = "told_slip"
    CALENDAR = "calendar"
    SETTING = "setting"
    DRAFT = "draft"
    SCHOOL = "school"
    FILE_RECORD = "file_record"
    FAMILY = "family"
    TEMPLATE = "template"
    MAIL = "mail"
    """Where messages come from by themselves, and when that was last looked at."""


@dataclass(frozen=True, slots=True)
class Undo:
    """The entries that take a command back. Undo is itself on record."""

    entries: tuple[NewEntry, ...]
    topics: frozenset[Topic]


@dataclass(frozen=True, slots=True)
class Changes:
    """The outcome of a command."""

    topics: frozenset[Topic]
    rows: tuple[RowId, ...] = ()
    entities: tuple[str, ...] = ()
    """Entities it made, in order."""
    undo: Undo | None = None
    note: str = ""
    """A sentence for the person, such as "already received on Monday"."""

    def and_then(self, later: "Changes") -> "Changes":
        """Two commands as one action: one undo takes both back, the later one first."""
        entries = (later.undo.entries if later.undo else ()) + (
            self.undo.entries if self.undo else ()
        )
        topics = self.topics | later.topics
        return Changes(
            topics,
            self.rows + later.rows,
            self.entities + later.entities,
            Undo(entries, topics) if entries else None,
            later.note or self.note,
        )

    @staticmethod
    def none(note: str = "") -> "Changes":
        """Nothing was written, and why."""
        return Changes(frozenset(), note=note)


@dataclass(frozen=True, slots=True)
class Kept:
    """Something a screen holds while a form is open: the values it showed, and their row ids (bases)."""

    entity: str
    bases: dict[str, tuple[RowId, ...]] = field(default_factory=dict)
