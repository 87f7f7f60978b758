"""A police notification: one incident, the children it names, and what the school decides for each.

Field names and code values follow the sample files (`tests/data/notifications/README.md`) and the command
line. Every field but the name may be missing; "not supplied" is a value. Source: domain.md 2.4 to 2.6.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar

Code = TypeVar("Code", bound=StrEnum)


def code_of(kind: type[Code], value: str) -> Code:
    """The code as a row holds it. One only a newer release knows keeps its value and is no known member.

    So a row written after an update elsewhere is shown as such, and never stops a list.
    """
    try:
        return kind(value)
    except ValueError:
        newer = str.__new__(kind, value)
        newer._name_, newer._value_ = "NEWER", value  # one of this enum, and not among its members
        return newer


def is_known(code: StrEnum) -> bool:
    """False for a code only a newer release knows."""
    return code in type(code).__members__.values()


class NoticeKind(StrEnum):
    """What sort of notice. Only the first counts in Operation Encompass figures."""

    DOMESTIC_ABUSE = "domestic_abuse"
    MISSING = "missing"
    FOUND = "found"
    OTHER_PPN = "other_ppn"


class Channel(StrEnum):
    """How it reached the school."""

    PHONE = "phone"
    POLICE_EMAIL = "police_email"
    SECURE_EMAIL = "secure_email"
    PORTAL = "portal"
    COUNCIL_RELAY = "council_relay"
    LETTER = "letter"
    IN_PERSON = "in_person"
    SEALED = "sealed_notice"
    """As data, signed by the force and sealed to the school."""


class Presence(StrEnum):
    """Whether the child was there. Saw beats heard."""

    SAW = "present_saw"
    HEARD = "present_heard"
    UNCLEAR = "present_unclear"
    NOT_PRESENT = "not_present"
    UNKNOWN = "unknown"


class Precision(StrEnum):
    """How exactly the time of the incident is known."""

    EXACT = "exact"
    APPROX = "approx"
    OVERNIGHT = "overnight"
    UNKNOWN = "unknown"


class Answer(StrEnum):
    """Yes, no, or not told."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Choice(StrEnum):
    """What happens this morning, decided by a person for one child."""

    TELL_AND_CHECK_IN = "tell-and-check-in"
    QUIET = "quiet"
    ASK_FIRST = "ask-first"
    NOT_OURS = "not-ours"


class Status(StrEnum):
    """Where one child's line of a notice stands; derived from what has been recorded, never typed."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    MATCHED = "matched"
    TRIAGED = "triaged"
    SUPPORTED = "supported"
    REVIEWED = "reviewed"
    CLOSED = "closed"
    NOT_OURS = "not_ours"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent the notice, as far as the message says."""

    name: str | None = None
    address: str | None = None
    organisation: str | None = None
    role: str | None = None
    phone: str | None = None


_Day = date
"""Under another name, because a field of `Incident` hides this one."""
_TimeOfDay = time


@dataclass(frozen=True, slots=True)
class Incident:
    """When and where it happened, as told."""

    date: _Day | None = None
    time: _TimeOfDay | None = None
    date_to: _Day | None = None
    time_to: _TimeOfDay | None = None
    precision: Precision = Precision.UNKNOWN
    as_sent: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Risk:
    """The sender's risk tool and grade, word for word. Never computed, never translated."""

    tool: str | None = None
    """DASH, DARA, PPN_RAG, other, or None."""
    tool_as_sent: str | None = None
    grade_as_sent: str | None = None


@dataclass(frozen=True, slots=True)
class Adult:
    """An adult the notice names; the role in the sender's words."""

    role_as_sent: str | None
    name_as_sent: str | None


class Read(StrEnum):
    """How a value was found: what it may be relied on for a first look. A person checks it in any case."""

    LABEL = "label"
    """It stands beside a label that is known."""
    TEMPLATE = "template"
    """A template of this area says where it stands."""
    SENTENCE = "sentence"
    """It was read from running text."""
    GUESS = "guess"
    """It stands beside words that are only likely to be its label."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where in the readable text a value was found, and how."""

    part: int
    """Index into ``NoticeDraft.texts``."""
    start: int
    end: int
    read: Read | None = None
    """None on records from before this was told."""


@dataclass(frozen=True, slots=True)
class ChildLine:
    """One child as the notice gives it."""

    name_as_sent: str
    surname: str | None = None
    forename: str | None = None
    other_forenames: str | None = None
    dob: date | None = None
    dob_as_sent: str | None = None
    age_as_sent: str | None = None
    role: str = "child"
    """child, victim, alleged_person_causing_harm, missing_child."""
    school_named: str | None = None
    relationship: str | None = None
    presence: Presence = Presence.UNKNOWN
    presence_as_sent: str | None = None
    welfare_check: Answer = Answer.UNKNOWN
    spoken_to_by_police: Answer = Answer.UNKNOWN
    voice: str | None = None
    """The child's own words, exactly."""
    voice_with: str | None = None
    """officer_only or with_other_adult."""
    voice_remark: str | None = None
    """A remark about the child ("too upset to speak"): not the child's words."""
    involved_or_injured: str | None = None
    spans: dict[str, Span] = field(default_factory=dict)

    @property
    def told_name(self) -> str:
        """The name as sent; whole also where first name and surname were told on lines of their own."""
        sent = self.name_as_sent
        if self.forename and self.forename.casefold() not in sent.casefold():
            return f"{self.forename} {self.surname or sent}"
        return sent


@dataclass(frozen=True, slots=True)
class Notice:
    """One incident with its children, before or after it is on record."""

    kind: NoticeKind | None
    police_reference: str | None = None
    incident: Incident = Incident()
    circumstances: str | None = None
    risk: Risk = Risk()
    police_action: str | None = None
    social_care_referral: Answer = Answer.UNKNOWN
    unborn: str | None = None
    adults: tuple[Adult, ...] = ()
    children: tuple[ChildLine, ...] = ()
    source: str = "body"
    """body, attachment or attached mail."""
    other: dict[str, str] = field(default_factory=dict)
    """Facts a good reader may also show: collection conditions, MARAC, MADA."""
    spans: dict[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MailDraft:
    """What the reader made of one message or document. A draft: nothing in it is true until a person says so."""

    outcome: str
    """received or locked."""
    kind: NoticeKind | None
    channel: Channel
    sender: Sender
    mail_from: Sender
    mail_server_check: str | None
    """pass, fail or None, from the school's own server's Authentication-Results."""
    forwarded_by: Sender | None
    received_at: datetime | None
    """Aware; from the school server's own Received line."""
    message_id: str | None
    notices: tuple[Notice, ...]
    """Possibly empty: unknown text is a draft with the original attached, never an error."""
    texts: tuple[str, ...]
    """The readable text of each part, which spans point into."""
    quoted_older: tuple[str, ...] = ()
    """Headlines of older notices quoted in the mail, which must not become records."""
    warnings: tuple[str, ...] = ()
    media: str = "message/rfc822"
    """The media type of the file as it came."""
    pages: tuple[bytes, ...] = ()
    """Pictures (PNG) of pages that hold no text, drawn anew by the reader."""


_CHILD_ANSWERS = ("welfare_check", "spoken_to_by_police")


def child_not_supplied(line: ChildLine) -> tuple[str, ...]:
    """What the notice did not say about one child. "Not supplied" is a value, not an error (domain.md 2.5)."""
    absent = [
        name for name in ("dob", "school_named", "relationship") if getattr(line, name) is None
    ]
    absent += ["presence"] if line.presence is Presence.UNKNOWN else []
    absent += [name for name in _CHILD_ANSWERS if getattr(line, name) is Answer.UNKNOWN]
    absent += ["voice"] if line.voice is None else []
    return tuple(absent)


def not_supplied(notice: Notice) -> tuple[str, ...]:
    """What the notice did not say: its own missing fields, and those missing for every child."""
    own = {
        "police_reference": notice.police_reference,
        "incident_date": notice.incident.date,
        "incident_time": notice.incident.time
        if notice.incident.precision is not Precision.OVERNIGHT
        else True,
        "place": notice.incident.place,
        "circumstances": notice.circumstances,
        "risk_tool": notice.risk.tool,
        "risk_grade": notice.risk.grade_as_sent,
        "police_action": notice.police_action,
        "social_care_referral": None
        if notice.social_care_referral is Answer.UNKNOWN
        else notice.social_care_referral,
    }
    absent = [name for name, value in own.items() if value is None]
    by_child = [child_not_supplied(line) for line in notice.children]
    shared = (
        [name for name in by_child[0] if all(name in each for each in by_child)] if by_child else []
    )
    return tuple(absent + shared)


class CloseOutcome(StrEnum):
    """How a child's line of a notice ended."""

    SUPPORT_CONTINUES = "support_continues"
    REFERRED = "referred"
    NO_FURTHER_ACTION = "no_further_action"
    NOT_OURS = "not_ours"


class Step(StrEnum):
    """What a school does after the decision, in the order of domain.md 2.6."""

    HISTORY_READ = "history_read"
    REFERRAL_DECISION = "referral_decision"
    SEEN_ON_ARRIVAL = "seen_on_arrival"
    ATTENDANCE = "attendance"
    PARENT_CONTACT = "parent_contact"
    SIBLING_SCHOOLS = "sibling_schools"
    CHECKED_IN = "checked_in"
    SENDER_TOLD = "sender_told"
    PASSED_ON = "passed_on"
    """The lead of another school, or the council, was told."""
    RECEIPT_CONFIRMED = "receipt_confirmed"
    """They confirmed that somebody there knows."""
    REVIEW = "review"


_SUPPORTING = {Step.SEEN_ON_ARRIVAL, Step.CHECKED_IN}


@dataclass(frozen=True, slots=True)
class LineState:
    """What has been recorded about one child's line, as far as its status needs it."""

    locked: bool
    acknowledged: bool
    matched: bool
    not_ours: bool
    choice: Choice | None
    steps: frozenset[str]
    closed: bool


def status_of(state: LineState) -> Status:
    """Where the line stands, derived and never typed. Source: domain.md 2.6."""
    if state.locked:
        return Status.LOCKED
    if state.closed:
        return Status.NOT_OURS if state.not_ours else Status.CLOSED
    if state.not_ours:
        return Status.NOT_OURS
    reached = Status.ACKNOWLEDGED if state.acknowledged else Status.RECEIVED
    if state.matched:
        reached = Status.MATCHED
        if state.choice is not None:
            reached = Status.TRIAGED
            if state.steps & _SUPPORTING:
                reached = Status.SUPPORTED
            if Step.REVIEW in state.steps:
                reached = Status.REVIEWED
    return reached
