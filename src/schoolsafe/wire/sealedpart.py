"""The sealed part of a roster link: a name, a label, private halves. A key of its own, like a row.

So that a transfer can disclose one signer's name and no other. Spec: docs/spec/roster.md section 4.
"""

from typing import Any

import msgspec

from schoolsafe.crypto import aead, commit, fresh, wrap
from schoolsafe.domain.entry import Value
from schoolsafe.domain.ids import CircleId
from schoolsafe.wire import jsontext
from schoolsafe.wire.padding import AUDIT_FLOOR_BYTES, pad, unpad

COMMITMENT = b"schoolsafe/commit/part/1"
_AAD = b"schoolsafe/part/1\0"


class SealedPart(msgspec.Struct, frozen=True):
    """Members sealed under a key of their own, which is wrapped under a circle key."""

    version: int
    """Of the circle key."""
    wrapped: bytes
    commitment: bytes
    sealed: bytes


def seal(
    members: dict[str, Value], *, about: str, circle: CircleId, version: int, circle_key: bytes
) -> SealedPart:
    """Seals members about one person, seat or key set; fits nothing else."""
    key = fresh.key()
    text = pad(jsontext.encode(members), AUDIT_FLOOR_BYTES)
    return SealedPart(
        version=version,
        wrapped=wrap.wrap(circle_key, key),
        commitment=commit.commitment(key, COMMITMENT),
        sealed=aead.seal_once(key, text, _aad(circle, about)),
    )


def part_key(part: SealedPart, circle_key: bytes) -> bytes:
    """The key of this part alone: what an export discloses.

    Raises:
        WrapBroken: another circle key, or changed bytes.
        KeyDoesNotMatch: not the key it was sealed with.
    """
    key = wrap.unwrap(circle_key, part.wrapped)
    commit.check(key, part.commitment, COMMITMENT)
    return key


def open_part(part: SealedPart, key: bytes, *, about: str, circle: CircleId) -> dict[str, Any]:
    """The members.

    Raises:
        KeyDoesNotMatch: not the key it was sealed with.
        SealBroken: changed, or moved from another person, seat or circle.
        InsideBroken: wrong padding or compression.
        JsonBroken: not JSON as we allow it.
    """
    commit.check(key, part.commitment, COMMITMENT)
    return jsontext.decode(unpad(aead.open_once(key, part.sealed, _aad(circle, about))))


def _aad(circle: CircleId, about: str) -> bytes:
    return _AAD + circle + about.encode()
