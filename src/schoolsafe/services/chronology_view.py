"""A child's chronology as a person sees it. Frozen answers only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from schoolsafe.domain import chronology as rules
from schoolsafe.domain.pattern import NO_PRESENCE, Presence
from schoolsafe.services.child import ChildRow
from schoolsafe.services.original import Attached


@dataclass(frozen=True, slots=True)
class Struck:
    """Earlier words, with who changed them, when and why."""

    words: str
    by: str
    at: datetime
    why: str
    field: str = ""
    """Whose words they were; nothing where they are the entry's own."""
    now: str = ""
    """What stands in their place."""


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
    other_fixes: tuple[Struck, ...] = ()
    """Corrections of its other words: what the child said, what was done, the title."""
    group: str = "other"
    """Which chip shows it: notification, concern, support, contact, meeting, agency, decision, family, other."""
    open: bool = False
    """A referral that nobody has answered yet."""
    attached: tuple[Attached, ...] = ()
    """Files a person added to it, or the message it came in."""

    @property
    def day(self) -> date:
        """The day it stands on."""
        return (self.happened or self.written).date()

    @property
    def high_risk(self) -> bool:
        """A notification, anything marked significant, a referral nobody has answered: never hidden unsaid."""
        return self.kind == "notification" or self.significance == "significant" or self.open

    @property
    def late_days(self) -> int:
        """How many days after it happened it was written; 0 on the day itself and for a message that came."""
        if self.kind == "notification" or self.happened is None:
            return 0
        return max(0, (self.written.date() - self.happened.date()).days)

    @property
    def all_words(self) -> str:
        """All its words, for finding in them."""
        told = (self.title, self.summary, self.child_words, self.author, self.present, self.place)
        more = (self.action, self.outcome, self.reason, *(answer for _q, answer in self.facts))
        return " ".join(part for part in (*told, *more) if part)


@dataclass(frozen=True, slots=True)
class PoliceCount:
    """What one notification says about earlier incidents, in the sender's words."""

    day: date
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What the notifications come to, counted and not judged: no score, no grade of our own."""

    notifications: int = 0
    """How many of the last year stand behind it: one event that came two ways counts once where a person said so."""
    presence: Presence = NO_PRESENCE
    grades: tuple[tuple[str, int], ...] = ()
    """As sent, with how often; "" is a notification that gave none."""
    police: tuple[PoliceCount, ...] = ()
    """Counts the senders gave. They are theirs: nothing is added up."""


NO_PICTURE: Final = Picture()


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
    hidden_high: tuple[EntryView, ...] = ()
    """Those of the hidden that must be named: see ``EntryView.high_risk``."""
    picture: Picture = NO_PICTURE
    evidence: Mapping[str, EntryView] = field(default_factory=dict)
    """The entries that prompts rest on, by id, whether a filter shows them or not."""
