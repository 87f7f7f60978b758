"""Sealed notice v1: one incident as data, signed by a force's key, sealed to one school's.

Spec: docs/spec/notice.md. Left to others: whether the key is one a school has confirmed, and what a
notice does to the record (services).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final

import msgspec

from schoolsafe.crypto.digest import sha256
from schoolsafe.domain.entry import Value
from schoolsafe.domain.notification import Notice, Sender
from schoolsafe.errors import Tampered
from schoolsafe.wire import jsontext, parcel, sendercard
from schoolsafe.wire.parcel import NOTICE, Signed
from schoolsafe.wire.schoolcard import SchoolCard
from schoolsafe.wire.sendercard import SenderCard, SenderSecrets

VERSION: Final = 1
ID_TAG: Final = b"schoolsafe/notice/1\0"
CHILDREN_LIMIT: Final = 40
MEMBERS_LIMIT: Final = 60
LETTERS_LIMIT: Final = 20_000
_TIME_LIMIT: Final = 1 << 53
_LOCAL: Final = ("spans", "source")
"""Members of a notice that only its reader can know."""
_NO_ADULT: Final[dict[str, Any]] = {"role_as_sent": None, "name_as_sent": None}


class NoticeBroken(Tampered):
    """What is sealed in here is not a notice as SchoolSafe writes it."""


class UnknownNoticeVersion(NoticeBroken):
    """This notice was written by a newer release than this one."""


class NoticeMembersWrong(NoticeBroken):
    """This notice lacks something, or holds it in the wrong form."""


class NoticeTooLarge(NoticeBroken):
    """This notice holds more children, or longer texts, than SchoolSafe reads."""


class ForAnotherKey(NoticeBroken):
    """This was written to another key than the one it was sealed to."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a force says: one incident under its own reference."""

    reference: str
    version: int
    """From 1; later ones correct what stands under the same reference."""
    sent_ms: int
    contact: Sender
    notice: Notice


@dataclass(frozen=True, slots=True)
class OpenedNotice:
    """A notice as it was sealed. Its signatures are not checked: ``verify`` does."""

    message: Message
    card: SenderCard
    """The key that claims to have signed it."""
    signed: Signed
    key_id: bytes
    """The school's key it was sealed to."""

    @property
    def id(self) -> bytes:
        """32 bytes that name this notice, and nothing in it."""
        return notice_id(self.signed)


class _Body(msgspec.Struct, frozen=True):
    v: int
    to: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    reference: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    version: Annotated[int, msgspec.Meta(ge=1, le=(1 << 32) - 1)]
    sent: Annotated[int, msgspec.Meta(ge=0, le=_TIME_LIMIT)]
    sender: dict[str, Any]
    contact: Sender
    notice: dict[str, Any]


def notice_id(signed: Signed) -> bytes:
    """32 bytes that name a notice."""
    return sha256(ID_TAG, signed.body)


def sign(message: Message, *, card: SenderCard, secrets: SenderSecrets, to: SchoolCard) -> Signed:
    """The notice written to one school and signed.

    Raises:
        NoticeTooLarge, NoticeMembersWrong: nobody would read it.
        JsonBroken: a value JSON as we allow it cannot hold.
    """
    body: dict[str, Value] = {
        "v": VERSION,
        "to": to.key_id.hex(),
        "reference": message.reference,
        "version": message.version,
        "sent": message.sent_ms,
        "sender": msgspec.to_builtins(card),
        "contact": _told(message.contact),
        "notice": notice_members(message.notice),
    }
    text = jsontext.encode(body)
    if len(text) > parcel.BODY_LIMIT_BYTES:
        raise NoticeTooLarge
    _read(text)  # what no reader would take is not sent
    return parcel.sign_body(text, NOTICE, secrets.seeds)


def seal(signed: Signed, *, to: SchoolCard) -> bytes:
    """Sealed to that school.

    Raises:
        ParcelTooLong: nobody would read so long a parcel.
    """
    return parcel.seal(signed, NOTICE, to=to.mailbox, box_public=to.box_public)


def open_notice(raw: bytes, *, key_id: bytes, box_private: bytes) -> OpenedNotice:
    """What a force wrote to this key.

    Raises:
        ParcelBroken, BoxBroken, KeyDoesNotMatch, SealBroken, InsideBroken, JsonBroken,
        NoticeBroken, NotASenderCard, CardMembersWrong: no notice to this key.
    """
    found = parcel.parse(raw, NOTICE)
    to = key_id[: parcel.TO_BYTES]
    signed = parcel.open_parcel(found, NOTICE, to=to, box_private=box_private)
    return read_signed(signed, key_id=key_id)


def read_signed(signed: Signed, *, key_id: bytes) -> OpenedNotice:
    """What stands in a signed notice, sealed or taken from the record.

    Raises:
        JsonBroken, NoticeBroken, NotASenderCard, CardMembersWrong: it is none.
    """
    to, message, card = _read(signed.body)
    if to != key_id.hex():
        raise ForAnotherKey
    return OpenedNotice(message, card, signed, key_id)


def verify(opened: OpenedNotice) -> None:
    """Returns only when the key in the notice signed the notice, and its own card.

    Raises:
        SignatureBroken: it did not.
    """
    parcel.verify(opened.signed, NOTICE, opened.card.publics)
    sendercard.read_members(msgspec.to_builtins(opened.card))


def notice_members(notice: Notice) -> dict[str, Value]:
    """A notice as JSON members; what is not told is left out."""
    found = _told(notice)
    for name in _LOCAL:
        found.pop(name, None)
    children = found.get("children")
    for child in children if isinstance(children, list) else ():
        if isinstance(child, dict):
            child.pop("spans", None)
    return found


def read_members(members: Mapping[str, Any]) -> Notice:
    """A notice from JSON members. Times may be HH:MM, as forces write them.

    Raises:
        msgspec.ValidationError: a member is of the wrong sort.
    """
    told = {name: value for name, value in _trimmed(members).items() if name not in _LOCAL}
    incident = told.get("incident")
    if isinstance(incident, dict):
        told["incident"] = {name: _with_seconds(name, value) for name, value in incident.items()}
    adults = told.get("adults")
    if isinstance(adults, list):
        told["adults"] = [_NO_ADULT | each if isinstance(each, dict) else each for each in adults]
    return msgspec.convert(told, Notice)


def _with_seconds(name: str, value: Any) -> Any:
    short = isinstance(value, str) and len(value) == len("22:40")
    return f"{value}:00" if short and name in {"time", "time_to"} else value


def _told(value: object) -> dict[str, Value]:
    told: dict[str, Value] = _trimmed(msgspec.to_builtins(value))
    return told


def _trimmed(value: Any) -> Any:
    """Without what was not told: null, and lists and objects with nothing in them."""
    if isinstance(value, list | tuple):
        return [_trimmed(each) for each in value]
    if not isinstance(value, Mapping):
        return value
    found = {name: _trimmed(each) for name, each in value.items()}
    return {name: each for name, each in found.items() if each not in (None, [], {})}


def _read(text: bytes) -> tuple[str, Message, SenderCard]:
    members = jsontext.decode(text)
    if members.get("v") != VERSION:
        raise UnknownNoticeVersion
    _check_sizes(members)
    try:
        body = msgspec.convert(members, _Body)
        notice = read_members(body.notice)
    except msgspec.ValidationError:
        raise NoticeMembersWrong from None
    if len(notice.children) > CHILDREN_LIMIT:
        raise NoticeTooLarge
    if any(child.spans or not child.name_as_sent.strip() for child in notice.children):
        raise NoticeMembersWrong
    if notice.police_reference not in (None, body.reference):
        raise NoticeMembersWrong
    notice = replace(notice, police_reference=body.reference, source="sealed notice")
    message = Message(body.reference, body.version, body.sent, body.contact, notice)
    return body.to, message, sendercard.shape(body.sender)


def _check_sizes(value: Any) -> None:
    match value:
        case str() if len(value) > LETTERS_LIMIT:
            raise NoticeTooLarge
        case dict():
            if len(value) > MEMBERS_LIMIT:
                raise NoticeTooLarge
            for name, each in value.items():
                _check_sizes(name)
                _check_sizes(each)
        case list():
            if len(value) > MEMBERS_LIMIT:
                raise NoticeTooLarge
            for each in value:
                _check_sizes(each)
        case _:
            pass
