"""What a draft read, field by field with its place: for trying a template before it is kept."""

from dataclasses import dataclass
from typing import Final

from schoolsafe.domain.notification import Answer, ChildLine, MailDraft, Notice, Presence, Span

_OF_CHILD: Final = (
    ("child_name", "name_as_sent", "name_as_sent"),
    ("birth_date", "dob", "dob"),
    ("age", "age_as_sent", "age_as_sent"),
    ("school", "school_named", "school_named"),
    ("relationship", "relationship", "relationship"),
    ("presence", "presence", "presence"),
    ("voice", "voice", "voice"),
    ("voice", "voice_remark", "voice_remark"),
    ("spoken", "spoken_to_by_police", "spoken_to_by_police"),
    ("welfare_check", "welfare_check", "welfare_check"),
    ("injured", "involved_or_injured", "involved_or_injured"),
)
"""Field, attribute, span."""
_OF_NOTICE: Final = (
    ("reference", "police_reference", "police_reference"),
    ("circumstances", "circumstances", "circumstances"),
    ("police_action", "police_action", "police_action"),
    ("social_care", "social_care_referral", "social_care_referral"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One value as read: the field, what was made of it, and where its words stand."""

    field: str
    value: str
    span: Span | None
    notice: int = 0
    """The number of its notice in the message, counted from 0."""


def read_back(draft: MailDraft) -> tuple[Reading, ...]:
    """Every value of a draft, in reading order."""
    return tuple(
        reading
        for number, notice in enumerate(draft.notices)
        for reading in (*_children(notice, number), *_notice(notice, number))
    )


def _children(notice: Notice, number: int) -> list[Reading]:
    return [reading for child in notice.children for reading in _child(child, number)]


def _child(child: ChildLine, number: int) -> list[Reading]:
    found = []
    for field, attribute, span in _OF_CHILD:
        value = getattr(child, attribute)
        unsaid = value in {Answer.UNKNOWN, Presence.UNKNOWN} and span not in child.spans
        if value in {None, ""} or unsaid:
            continue
        said = value.isoformat() if hasattr(value, "isoformat") else str(value)
        found.append(Reading(field, said, child.spans.get(span), number))
    return found


def _notice(notice: Notice, number: int) -> list[Reading]:
    found = []
    incident, spans = notice.incident, notice.spans
    if incident.date:
        found.append(
            Reading("incident_date", incident.date.isoformat(), spans.get("incident"), number)
        )
    if incident.time:
        at = incident.time.isoformat(timespec="minutes")
        found.append(Reading("incident_time", at, spans.get("incident"), number))
    if incident.place:
        found.append(Reading("place", incident.place, spans.get("place"), number))
    for field, attribute, span in _OF_NOTICE:
        value = getattr(notice, attribute)
        if value not in {None, Answer.UNKNOWN}:
            found.append(Reading(field, str(value), spans.get(span), number))
    for field, said, span in (
        ("risk_tool", notice.risk.tool_as_sent, "risk_tool"),
        ("risk_grade", notice.risk.grade_as_sent, "risk_grade"),
        ("officer", notice.other.get("officer_as_sent"), "officer_as_sent"),
    ):
        if said:
            found.append(Reading(field, said, spans.get(span), number))
    return found
