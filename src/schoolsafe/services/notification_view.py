"""A notification as a person sees it: the facts as sent, the proposals, the decisions, where it stands.

Frozen answers only. Left to others: changing anything (`services.notification`).
"""

from dataclasses import dataclass
from datetime import date, datetime

from schoolsafe.domain import match
from schoolsafe.domain.calendar import Timing
from schoolsafe.domain.event_link import Tie
from schoolsafe.domain.line_outcome import Told
from schoolsafe.domain.notification import (
    Channel,
    ChildLine,
    Choice,
    Notice,
    Sender,
    Status,
    Step,
)
from schoolsafe.domain.protocol_card import Card, RepeatMet
from schoolsafe.services.child import ChildRow
from schoolsafe.services.trusted_sender import OtherVersion, Signed


@dataclass(frozen=True, slots=True)
class ProposalView:
    """One pupil who could be meant, with the reasons in words. Never confirmed by the program."""

    child: ChildRow
    proposal: match.Proposal


@dataclass(frozen=True, slots=True)
class SiblingView:
    """A pupil who may be of the same family: offered, never added."""

    child: ChildRow
    reason: str


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """One step after the decision."""

    id: str
    step: str
    happened_at: datetime
    text: str | None
    child_words: str | None
    voice_why_not: str | None
    author: str
    told_to: str | None = None
    how: str | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """How a line ended."""

    outcome: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What a person decided for one child."""

    choice: Choice
    reason: str | None
    key_adult: str | None
    first_adult: str | None
    review: date | None
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class LineView:
    """One child of a notice."""

    id: str
    number: int
    facts: ChildLine
    child: ChildRow | None
    confirmed_by: str | None
    confirmed_at: datetime | None
    match_why: str | None
    no_match: str | None
    match_state: match.MatchState | None
    """What is left for the person; None once a match is confirmed or nobody fits."""
    proposals: tuple[ProposalView, ...]
    others: tuple[ProposalView, ...]
    """Weaker ones and namesakes; shown, never the first to be offered."""
    siblings: tuple[SiblingView, ...]
    decision: DecisionView | None
    left_for_later: bool
    timing: Timing
    status: Status
    follow_ups: tuple[FollowUpView, ...]
    closed: Closed | None
    not_supplied: tuple[str, ...]
    conflicts: tuple[str, ...]
    sibling_of: str | None = None
    outcome: Told | None = None
    """What it came to besides a match, as a person said."""
    owed: Step | None = None
    """What that still asks for."""
    repeats: tuple[RepeatMet, ...] = ()
    """The card's rules about repeated grades that this child's notices meet."""

    @property
    def reason_missing(self) -> bool:
        """A decision may wait for its reason until the end of the day; it cannot be closed without one."""
        return self.decision is not None and not self.decision.reason


@dataclass(frozen=True, slots=True)
class RelationView:
    """Another notice that belongs to this one, or may."""

    notification: str
    tie: Tie
    reason: str
    """Why it is proposed; empty once a person has said so."""
    kind: str | None
    received_at: datetime
    police_reference: str | None

    @property
    def confirmed(self) -> bool:
        """A person said so."""
        return not self.reason


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """One thing somebody did to this notice."""

    at: datetime
    who: str
    kind: str
    why: str | None
    state: str


@dataclass(frozen=True, slots=True)
class NotificationView:
    """One notice, whole."""

    id: str
    outcome: str
    status: Status
    channel: Channel
    received_at: datetime
    sender: Sender
    mail_from: Sender
    mail_server_check: str | None
    forwarded_by: Sender | None
    message_id: str | None
    notice: Notice
    lines: tuple[LineView, ...]
    not_supplied: tuple[str, ...]
    warnings: tuple[str, ...]
    quoted_older: tuple[str, ...]
    original_sha256: str | None
    has_original: bool
    opened_at: datetime | None
    opened_by: str | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    history: tuple[HistoryItem, ...]
    relations: tuple[RelationView, ...] = ()
    pages: int = 0
    """Pictures of pages that hold no text."""
    media: str = "message/rfc822"
    """The media type of the message as it came."""
    minutes_to_opened: int | None = None
    """From receipt to the first opening; None while nobody has."""
    home_in: int | None = None
    """Minutes to the end of the day, where it came while the children are in school today."""
    cards: tuple[Card, ...] = ()
    """The protocol cards that speak about it."""
    grade_means: str = ""
    """What the card says of the grade as sent."""
    signed: Signed | None = None
    """Who signed it, where it came as a sealed notice."""
    versions: tuple[OtherVersion, ...] = ()
    """What the same key sent under the same reference, earlier or later."""


@dataclass(frozen=True, slots=True)
class NotificationRow:
    """One notice in a list."""

    id: str
    received_at: datetime
    kind: str | None
    outcome: str
    status: Status
    names: tuple[str, ...]
    police_reference: str | None
