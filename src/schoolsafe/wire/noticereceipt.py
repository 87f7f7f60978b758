"""The receipt of a sealed notice: taken into the record, or opened by a person. No name, no word of it.

Spec: docs/spec/notice-receipt.md. Left to others: when one is due (services).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

import msgspec

from schoolsafe.crypto.kdf import hkdf
from schoolsafe.domain.entry import Value
from schoolsafe.errors import Tampered
from schoolsafe.wire import jsontext, parcel
from schoolsafe.wire.notice import ForAnotherKey
from schoolsafe.wire.parcel import RECEIPT, Signed, SigningPublics, SigningSeeds
from schoolsafe.wire.sendercard import SenderCard

VERSION: Final = 1
_SLOT_TAG: Final = b"schoolsafe/slot/notice-receipt/1\0"
_TIME_LIMIT: Final = 1 << 53


class ReceiptBroken(Tampered):
    """What is sealed in here is not a receipt as SchoolSafe writes it."""


class UnknownReceiptVersion(ReceiptBroken):
    """This receipt was written by a newer release than this one."""


class ReceiptMembersWrong(ReceiptBroken):
    """This receipt lacks something, or holds it in the wrong form."""


class What(StrEnum):
    """What has become of a notice."""

    DELIVERED = "delivered"
    """Taken into the school's record."""
    OPENED = "opened"
    """Opened by a person."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a school says of one notice."""

    notice: bytes
    """Its id, 32 bytes."""
    what: What
    at_ms: int
    checked: bool
    """Whether the school has confirmed the sender's key."""
    school_key: bytes
    """Id of the key set that signed, 32 bytes."""


_Hex = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class _Body(msgspec.Struct, frozen=True):
    v: int
    to: _Hex
    from_: _Hex = msgspec.field(name="from")
    notice: _Hex
    what: What
    at: Annotated[int, msgspec.Meta(ge=0, le=_TIME_LIMIT)]
    checked: bool


def slot(sign_seed: bytes, receipt: Receipt) -> bytes:
    """Where it stands in the force's mailbox: two computers of a school write it once."""
    about = receipt.notice + receipt.what.value.encode() + bytes((receipt.checked,))
    return hkdf(sign_seed, info=_SLOT_TAG + about)


def seal(receipt: Receipt, *, seeds: SigningSeeds, to: SenderCard) -> bytes:
    """Signed by the school's key set, sealed to the force."""
    body: dict[str, Value] = {
        "v": VERSION,
        "to": to.key_id.hex(),
        "from": receipt.school_key.hex(),
        "notice": receipt.notice.hex(),
        "what": receipt.what.value,
        "at": receipt.at_ms,
        "checked": receipt.checked,
    }
    signed = parcel.sign_body(jsontext.encode(body), RECEIPT, seeds)
    return parcel.seal(signed, RECEIPT, to=to.mailbox, box_public=to.box_public)


def open_receipt(raw: bytes, *, key_id: bytes, box_private: bytes) -> tuple[Receipt, Signed]:
    """What a school says; its signatures are not checked yet.

    Raises:
        ParcelBroken, BoxBroken, KeyDoesNotMatch, SealBroken, InsideBroken, JsonBroken,
        ReceiptBroken, ForAnotherKey: no receipt to this key.
    """
    found = parcel.parse(raw, RECEIPT)
    to = key_id[: parcel.TO_BYTES]
    signed = parcel.open_parcel(found, RECEIPT, to=to, box_private=box_private)
    members = jsontext.decode(signed.body)
    if members.get("v") != VERSION:
        raise UnknownReceiptVersion
    try:
        body = msgspec.convert(members, _Body)
    except msgspec.ValidationError:
        raise ReceiptMembersWrong from None
    if body.to != key_id.hex():
        raise ForAnotherKey
    receipt = Receipt(
        bytes.fromhex(body.notice), body.what, body.at, body.checked, bytes.fromhex(body.from_)
    )
    return receipt, signed


def verify(signed: Signed, publics: SigningPublics) -> None:
    """Returns only when that school's key set signed it.

    Raises:
        SignatureBroken: it did not.
    """
    parcel.verify(signed, RECEIPT, publics)
