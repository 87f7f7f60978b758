"""A notice as values of the record, and back: the one place that knows both shapes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

import msgspec

from schoolsafe.domain.entry import Value
from schoolsafe.domain.line_outcome import Outcome, Told
from schoolsafe.domain.notification import (
    Adult,
    Answer,
    ChildLine,
    Incident,
    MailDraft,
    Notice,
    NoticeKind,
    Precision,
    Presence,
    Risk,
    Sender,
    Span,
    code_of,
)
from schoolsafe.services.ports import Record

ORIGINAL: Final = "original.eml"
READABLE: Final = "readable.json"
WORDS: Final = "words"
"""What a person gave for a message that was locked or could not be read: words, or a file."""
READABLE_AFTER: Final = "readable-2.json"
"""The texts with those words; takes the place of `READABLE`."""
PAGE: Final = "page-{n}.png"
"""The picture of a page that holds no text."""

_LINE_FIELDS = tuple(f for f in ChildLine.__dataclass_fields__)
_LINE_CODES: Final[dict[str, type[StrEnum]]] = {
    "presence": Presence,
    "welfare_check": Answer,
    "spoken_to_by_police": Answer,
}
_NOTICE_FIELDS = (
    "kind",
    "police_reference",
    "incident",
    "circumstances",
    "risk",
    "police_action",
    "social_care_referral",
    "unborn",
    "adults",
    "other",
    "source",
    "spans",
)


def builtins(value: object) -> Any:
    """Dataclasses, dates and codes as JSON values."""
    return msgspec.to_builtins(value)


def notice_values(notice: Notice) -> dict[str, Value]:
    """The incident side of a notice; absent facts are left out."""
    return {
        name: value
        for name in _NOTICE_FIELDS
        if (value := builtins(getattr(notice, name))) not in (None, {}, [])
    }


def mail_values(
    draft: MailDraft, *, received_at: datetime, original_sha256: str
) -> dict[str, Value]:
    """How the message came: the same for every notice in it."""
    values: dict[str, Value] = {
        "outcome": draft.outcome,
        "channel": draft.channel.value,
        "received_at": received_at.isoformat(),
        "sender": builtins(draft.sender),
        "mail_from": builtins(draft.mail_from),
        "mail_server_check": draft.mail_server_check,
        "forwarded_by": builtins(draft.forwarded_by),
        "message_id": draft.message_id,
        "quoted_older": list(draft.quoted_older),
        "warnings": list(draft.warnings),
        "original_sha256": original_sha256,
    }
    return {name: value for name, value in values.items() if value not in (None, [])}


def line_values(line: ChildLine, *, notification: str, number: int) -> dict[str, Value]:
    """One child of a notice as sent."""
    values: dict[str, Value] = {"notification": notification, "number": number}
    for name in _LINE_FIELDS:
        value = builtins(getattr(line, name))
        if value not in (None, {}):
            values[name] = value
    return values


def notice_of(record: Record, lines: tuple[ChildLine, ...]) -> Notice:
    """The notice as it stands on record."""
    values = record.values
    return Notice(
        kind=code_of(NoticeKind, str(values["kind"])) if values.get("kind") else None,
        police_reference=text(values, "police_reference"),
        incident=incident_of(values),
        circumstances=text(values, "circumstances"),
        risk=convert(values.get("risk"), Risk) or Risk(),
        police_action=text(values, "police_action"),
        social_care_referral=code_of(Answer, str(values.get("social_care_referral") or "unknown")),
        unborn=text(values, "unborn"),
        adults=convert(values.get("adults"), tuple[Adult, ...]) or (),
        children=lines,
        source=text(values, "source") or "body",
        other=convert(values.get("other"), dict[str, str]) or {},
        spans=convert(values.get("spans"), dict[str, Span]) or {},
    )


def line_of(record: Record) -> ChildLine:
    """One child of a notice as it stands on record."""
    found = {
        name: record.values[name] for name in _LINE_FIELDS if record.values.get(name) is not None
    }
    codes = {name: found.pop(name) for name in _LINE_CODES if name in found}
    read = {name: code_of(_LINE_CODES[name], str(code)) for name, code in codes.items()}
    line: ChildLine = msgspec.convert(found, ChildLine)
    return replace(line, **read)  # type: ignore[arg-type]  # each code for the field it stands in


def grade_of(values: Mapping[str, Value]) -> str | None:
    """The risk grade as sent, or None where none was."""
    told = values.get("risk")
    said = told.get("grade_as_sent") if isinstance(told, dict) else None
    return said if isinstance(said, str) else None


def incident_of(values: Mapping[str, Value]) -> Incident:
    """When and where it happened, empty where nothing was told."""
    told = values.get("incident")
    if not isinstance(told, dict):
        return Incident()
    facts = {name: value for name, value in told.items() if name != "precision"}
    incident: Incident = msgspec.convert(facts, Incident)
    precision = str(told.get("precision") or Precision.UNKNOWN)
    return replace(incident, precision=code_of(Precision, precision))


def outcome_of(values: Mapping[str, Value]) -> str:
    """How the message stands: received, locked or unreadable; received once a person gave its words."""
    return "received" if values.get("words_at") else text(values, "outcome") or "received"


def told_of(values: Mapping[str, Value]) -> Told | None:
    """The outcome of a line as it stands on record."""
    held = values.get("outcome")
    if not isinstance(held, dict):
        return None
    since = held.get("since")
    facts = {name: str(held.get(name) or "") for name in ("why", "school", "contact")}
    return Told(
        code_of(Outcome, str(held.get("outcome") or "")),
        since=date.fromisoformat(since) if isinstance(since, str) else None,
        **facts,
    )


def sender_of(values: Mapping[str, Value], name: str = "sender") -> Sender:
    """The sender, empty where nothing was told."""
    return convert(values.get(name), Sender) or Sender()


def text(values: Mapping[str, Value], name: str) -> str | None:
    """A text value, or None."""
    value = values.get(name)
    return value if isinstance(value, str) else None


def instant(values: Mapping[str, Value], name: str) -> datetime | None:
    """An instant value, aware, or None."""
    value = values.get(name)
    return datetime.fromisoformat(value) if isinstance(value, str) else None


def convert(value: Value, kind: Any) -> Any:
    """A JSON value as the given type; None stays None."""
    return None if value is None else msgspec.convert(value, kind)
