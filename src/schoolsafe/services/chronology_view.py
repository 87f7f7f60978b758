"""A child's chronology as a person sees it. Frozen answers only."""

from dataclasses import dataclass
from datetime import date, datetime

from schoolsafe.domain import chronology as rules
from schoolsafe.services.child import ChildRow


@dataclass(frozen=True, slots=True)
class Struck:
    """Earlier words, with who changed them, when and why."""

    words: str
    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """One line of the chronology."""

    id: str
    """The entity; ``fix`` takes it."""
    kind: str
    """notification, concern, contact_parent, contact_agency, observation, meeting, told_slip, follow_up."""
    title: str
    happened: datetime | None
    happened_exact: bool
    """False where only the day is known."""
    written: datetime
    author: str
    summary: str
    child_words: str | None
    significance: str
    fixed_by: tuple[Struck, ...]
    conflicts: tuple[str, ...]
    notification: str | None = None
    """The notice behind it, where there is one."""
    step: str | None = None
    choice: str | None = None
    reason: str | None = None
    """Why it was decided so."""
    voice_why_not: str | None = None
    """Why the child was not asked."""
    present: str | None = None
    place: str | None = None
    action: str | None = None
    outcome: str | None = None
    state: str = "here"
    facts: tuple[tuple[str, str], ...] = ()
    """Further questions of a form with their answers, in words."""
    restricted: bool = False
    """A paper of others: it prints, and leaves with a transfer, only where a person ticks it."""
    risk: str = ""
    """The sender's risk grade and tool, as sent: "amber / PPN"."""


@dataclass(frozen=True, slots=True)
class ChronologyView:
    """A child's chronology, newest first, with its pattern."""

    child: ChildRow
    entries: tuple[EntryView, ...]
    counts: rules.Counts
    gaps: rules.Gaps
    prompts: tuple[rules.Prompt, ...]
    hidden: int
    """How many a filter hides; a filter never hides a notification without saying so."""
    hidden_notifications: int
    notified: tuple[date, ...]
    contacts: tuple[date, ...]
