"""A circle's key, one version of it: boxed to its readers, proved by a canary, holding the box key.

Spec: docs/spec/roster.md section 3. Left to others: who is a reader (`roster`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from typing_extensions import override

from schoolsafe.crypto import aead, commit, fresh, hpke, kdf, wrap
from schoolsafe.domain.ids import CircleId
from schoolsafe.wire.link import Rotate

COMMITMENT = b"schoolsafe/commit/circle/1"
_BOX = b"schoolsafe/box/circle/1\0"
_CANARY_KEY = b"schoolsafe/canary/1\0"
_CANARY_TEXT = b"schoolsafe canary"


@dataclass(frozen=True, slots=True)
class CircleKey:
    """One version of a circle's key, in the clear."""

    version: int
    key: bytes
    box_private: bytes

    @override
    def __repr__(self) -> str:
        return f"CircleKey(version={self.version})"


def rotate(
    *,
    circle: CircleId,
    version: int,
    readers: Mapping[str, bytes],
    previous: CircleKey | None = None,
) -> tuple[CircleKey, Rotate]:
    """A fresh key version, boxed to each reader; the key before travels under the new one."""
    key, box_private = fresh.key(), hpke.generate()
    op = Rotate(
        version=version,
        boxes={
            name: box_to(name, public, circle=circle, version=version, key=key)
            for name, public in readers.items()
        },
        previous=wrap.wrap(key, previous.key) if previous else None,
        box_public=hpke.public_of(box_private),
        box_private=wrap.wrap(key, box_private),
        canary=aead.seal_once(_canary_key(key, circle, version), _CANARY_TEXT, b""),
        commitment=commit.commitment(key, COMMITMENT),
    )
    return CircleKey(version, key, box_private), op


def box_to(name: str, public: bytes, *, circle: CircleId, version: int, key: bytes) -> bytes:
    """A circle key in a box to one reader."""
    return hpke.seal(public, key, _info(circle, version, name))


def open_box(box: bytes, private: bytes, *, name: str, circle: CircleId, op: Rotate) -> CircleKey:
    """The key in a box, proved against commitment and canary.

    Raises:
        BoxBroken: boxed to somebody else, moved from another circle or version, or changed.
        KeyDoesNotMatch, SealBroken, WrapBroken: not the key this version announced.
    """
    return prove(hpke.open_box(private, box, _info(circle, op.version, name)), circle, op)


def open_previous(current: CircleKey, op: Rotate, before: Rotate, circle: CircleId) -> CircleKey:
    """The key before, out of the current version's link.

    Raises:
        WrapBroken, KeyDoesNotMatch, SealBroken: it is not the key version ``before`` announced.
    """
    return prove(wrap.unwrap(current.key, op.previous or b""), circle, before)


def prove(key: bytes, circle: CircleId, op: Rotate) -> CircleKey:
    """The key with its box key, once commitment and canary say it is genuine.

    Raises:
        KeyDoesNotMatch, SealBroken, WrapBroken: it is not.
    """
    commit.check(key, op.commitment, COMMITMENT)
    aead.open_once(_canary_key(key, circle, op.version), op.canary, b"")
    box_private = wrap.unwrap(key, op.box_private)
    if hpke.public_of(box_private) != op.box_public:
        raise commit.KeyDoesNotMatch
    return CircleKey(op.version, key, box_private)


def _info(circle: CircleId, version: int, name: str) -> bytes:
    return _BOX + circle + version.to_bytes(4, "big") + name.encode()


def _canary_key(key: bytes, circle: CircleId, version: int) -> bytes:
    return kdf.hkdf(key, info=_CANARY_KEY + circle + version.to_bytes(4, "big"))
