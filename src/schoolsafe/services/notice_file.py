"""The JSON file a force writes: one notice or several, with the names of docs/spec/notice.md.

What the school works out itself is left out; any other name is refused, so that nothing a force
meant to say is lost to a slip of the keyboard. Pure.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec

from schoolsafe.domain.notification import ChildLine, Incident, Notice, Risk, Sender
from schoolsafe.errors import Refused
from schoolsafe.wire import jsontext, notice
from schoolsafe.wire.jsontext import JsonBroken
from schoolsafe.wire.notice import Message

LIMIT_BYTES: Final = 1024 * 1024
_REFERENCE_LETTERS: Final = 200


class NotANoticeFile(Refused):
    """This is not a file with a notice: it is not JSON, or not of the form in the manual."""


class UnknownMember(Refused):
    """The notice says “{name}”, which no school would read. Is it spelt right?"""


class MemberUnreadable(Refused):
    """The notice has a value of the wrong sort: {where}."""


class ReferenceNeeded(Refused):
    """Give the notice its police_reference: without it, sending it twice would make two of it."""


class NothingInside(Refused):
    """There is no notice in this file."""


@dataclass(frozen=True, slots=True)
class DraftNotice:
    """One notice as a file gives it, ready to be signed."""

    reference: str
    version: int
    contact: Sender
    notice: Notice

    def message(self, *, sent_ms: int) -> Message:
        """As it is signed."""
        return Message(self.reference, self.version, sent_ms, self.contact, self.notice)


_NOTICE: Final = frozenset(Notice.__dataclass_fields__) - {"spans", "source"}
_CHILD: Final = frozenset(ChildLine.__dataclass_fields__) - {"spans"}
_INCIDENT: Final = frozenset(Incident.__dataclass_fields__)
_RISK: Final = frozenset(Risk.__dataclass_fields__)
_SENDER: Final = frozenset(Sender.__dataclass_fields__)
_TOP: Final = _NOTICE | {"sender", "version", "notices"}
_OUR_OWN: Final = frozenset(
    {"expected_by", "timeliness", "not_supplied", "roll_match", "timing", "source", "spans"}
    | {"warnings", "must_not", "stretch", "tests", "style", "file", "outcome", "channel"}
    | {"received_at", "mail_from", "forwarded_by", "quoted_older", "original_sha256"}
    | {"original_bytes", "form_as_sent", "message_id", "notes"}
)
"""What the school works out itself, or only a message has: left out without a word."""


def read(raw: bytes) -> tuple[DraftNotice, ...]:
    """Every notice in a file.

    Raises:
        NotANoticeFile, NothingInside: no notice in it.
        UnknownMember, MemberUnreadable, ReferenceNeeded: with the name of what is wrong.
    """
    found = _members(raw)
    many = found.get("notices")
    if many is None:
        _check(found, _TOP)
        return (_draft(found, found),)
    if not isinstance(many, list) or not many:
        raise NothingInside
    return tuple(_draft(each, found) for each in _objects(many))


def _members(raw: bytes) -> dict[str, Any]:
    """The JSON object of a file, its text composed; a name given twice would hide a value."""
    try:
        found = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once)
        if not isinstance(found, dict):
            raise NotANoticeFile
        return jsontext.decode(jsontext.encode(found))
    except (ValueError, RecursionError, JsonBroken):
        raise NotANoticeFile from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotANoticeFile
    return found


def _objects(values: list[Any]) -> Iterator[dict[str, Any]]:
    for each in values:
        if not isinstance(each, dict):
            raise NotANoticeFile
        _check(each, _TOP - {"notices"})
        yield each


def _draft(found: Mapping[str, Any], around: Mapping[str, Any]) -> DraftNotice:
    _check_within(found)
    if not all(_has_name(child) for child in found.get("children") or ()):
        raise MemberUnreadable(where="name_as_sent")
    reference = found.get("police_reference")
    if not isinstance(reference, str) or not reference.strip():
        raise ReferenceNeeded
    version = found.get("version", 1)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise MemberUnreadable(where="version")
    if len(reference.strip()) > _REFERENCE_LETTERS:
        raise MemberUnreadable(where="police_reference")
    told = {name: value for name, value in found.items() if name in _NOTICE}
    told["police_reference"] = reference.strip()
    told.setdefault("kind", around.get("kind"))
    if told["kind"] is None:
        raise MemberUnreadable(where="kind")
    told["children"] = _named(told.get("children"))
    told["other"] = _said(told.get("other"))
    told["unborn"] = _words(told.get("unborn"))
    sender = found.get("sender") or around.get("sender") or {}
    _check(sender, _SENDER)
    try:
        made = notice.read_members(told)
        contact = msgspec.convert(sender, Sender)
    except msgspec.ValidationError as wrong:
        raise MemberUnreadable(where=_where(wrong)) from None
    return DraftNotice(reference.strip(), version, contact, replace(made, spans={}))


def _named(children: Any) -> Any:
    """Children with a name as sent: first name and surname, where the file has only those."""
    if not isinstance(children, list):
        return children
    return [
        {"name_as_sent": f"{child.get('forename') or ''} {child.get('surname') or ''}".strip()}
        | {name: value for name, value in child.items() if value is not None}
        for child in children
    ]


def _has_name(child: Mapping[str, Any]) -> bool:
    return any(child.get(name) for name in ("name_as_sent", "surname", "forename"))


def _said(other: Any) -> Any:
    """Facts of their own kind as words, whatever sort of value stands there."""
    if not isinstance(other, Mapping):
        return other
    return {name: _words(value) for name, value in other.items() if value is not None}


def _words(value: Any) -> Any:
    match value:
        case str() | None:
            return value
        case list():
            return "; ".join(str(_words(each)) for each in value if each is not None)
        case dict():
            told = {name: each for name, each in value.items() if each is not None}
            return "; ".join(f"{name}: {_words(each)}" for name, each in told.items())
        case _:
            return msgspec.json.encode(value).decode()


def _check_within(found: Mapping[str, Any]) -> None:
    _check(found.get("incident") or {}, _INCIDENT)
    _check(found.get("risk") or {}, _RISK)
    children = found.get("children") or []
    if not isinstance(children, list):
        raise MemberUnreadable(where="children")
    for child in children:
        _check(child, _CHILD)


def _check(found: Any, names: frozenset[str]) -> None:
    if not isinstance(found, Mapping):
        raise NotANoticeFile
    for name in found:
        if name not in names and name not in _OUR_OWN:
            raise UnknownMember(name=str(name)[:60])


def _where(wrong: msgspec.ValidationError) -> str:
    """The place in the file, and no value of it: a message may be logged."""
    _said, _at, place = str(wrong).rpartition(" - at ")
    return place.strip("`$.") or "notice"
