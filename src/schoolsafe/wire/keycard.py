"""What sender cards and school cards share: JSON with signatures over values, not over text.

A mail program may lay a card out anew; the values stay, and so do their signatures. Spec:
docs/spec/school-card.md and notice.md section 3.
"""

from typing import Any, Final, TypeVar

import msgspec

from schoolsafe.crypto.digest import sha256
from schoolsafe.errors import Tampered
from schoolsafe.wire import jsontext

LIMIT_BYTES: Final = 32 * 1024
NAME_LETTERS: Final = 200
_S = TypeVar("_S")


class CardTooLong(Tampered):
    """This file is longer than a card with public keys ever is."""


class CardMembersWrong(Tampered):
    """This card with public keys lacks something, or holds it in the wrong form."""


def members(raw: bytes) -> dict[str, Any]:
    """The JSON object in a card.

    Raises:
        CardTooLong: over 32 KiB.
        JsonBroken: not JSON as we allow it.
    """
    if len(raw) > LIMIT_BYTES:
        raise CardTooLong
    return jsontext.decode(raw.removeprefix(b"\xef\xbb\xbf"))


def read_as(found: dict[str, Any], sort: type[_S]) -> _S:
    """The members as a typed card.

    Raises:
        CardMembersWrong: they are not.
    """
    try:
        return msgspec.convert(found, sort)
    except msgspec.ValidationError:
        raise CardMembersWrong from None


def laid_out(card: msgspec.Struct) -> bytes:
    """The card as a file a person can look at."""
    return msgspec.json.format(msgspec.json.encode(card, order="sorted"), indent=1) + b"\n"


def digest(*fields: bytes) -> bytes:
    """SHA-256 over the fields, each with its length in front: no two lists of fields are one."""
    return sha256(*(len(field).to_bytes(4, "big") + field for field in fields))
