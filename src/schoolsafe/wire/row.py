"""Row v1: the bytes that are signed, stored, synced and transferred, and never made again.

Outside fixed binary, inside JSON (`inside`), padded (`padding`), the row key wrapped (`rowkey`).
Spec: docs/spec/row.md. Left to others: who may write (services), what an entry means (domain).
"""

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import Final

from typing_extensions import override

from schoolsafe.crypto import aead, commit, hpke, sign, wrap
from schoolsafe.crypto.digest import sha256
from schoolsafe.domain.ids import CircleId, FeedId, RowId
from schoolsafe.errors import Refused, Tampered
from schoolsafe.wire.padding import (
    AUDIT_FLOOR_BYTES,
    FLOOR_BYTES,
    TEXT_LIMIT_BYTES,
    pad,
    padme,
    unpad,
)

MAGIC: Final = b"SR"
VERSION: Final = 1
ID_TAG: Final = b"schoolsafe/row/1\0"
SIGNATURE_TAG: Final = b"schoolsafe/sig/row/1\0"
ID_BYTES: Final = 32
_SUITES: Final = frozenset({1, 2, 3})
_HEAD: Final = struct.Struct(">2sBB16s16sQB")
_U32: Final = struct.Struct(">I")
_N_LIMIT: Final = 1 << 63


class Suite(IntEnum):
    """How the row key is wrapped. The row itself is AES-256-GCM in each."""

    MEMBER = 1
    """AES-KW under the circle key."""
    BOX = 2
    """HPKE to the circle's box key: written by somebody who cannot read."""
    FEED = 3
    """AES-KW under a feed key that the feed's first row boxes to the circle: *audit*."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a parser accepts."""

    row_bytes: int = 64 * 1024
    """A whole row with its signature. Longer text becomes an attachment."""
    predecessors: int = 8


LIMITS: Final = Limits()

FEED_KEY_KNOWN: Final = 0
FEED_KEY_BOXED: Final = 1
"""First byte of a suite 3 wrapping: the feed key is known from an earlier row, or boxed here."""
_FEED_WRAPPED_BYTES: Final = {
    FEED_KEY_KNOWN: 1 + wrap.WRAPPED_KEY_BYTES,
    FEED_KEY_BOXED: 1 + hpke.BOXED_KEY_BYTES + wrap.WRAPPED_KEY_BYTES,
}


class RowBroken(Tampered):
    """A record has the wrong shape."""


class NotARow(RowBroken):
    """This is not a SchoolSafe record."""


class UnknownRowVersion(RowBroken):
    """This record is of a version this release does not know."""


class UnknownSuite(RowBroken):
    """This record is sealed in a way this release does not know."""


class NumberOutOfRange(RowBroken):
    """A record's place in its writer's order is out of range."""


class PredecessorsOutOfRange(RowBroken):
    """A record names no record before it, or more than eight."""


class PredecessorsNotInOrder(RowBroken):
    """A record names the records before it twice or out of order."""


class KeyVersionOutOfRange(RowBroken):
    """A record names a key version that cannot be."""


class UnknownFeedWrapping(RowBroken):
    """A record's key is wrapped in a way this release does not know."""


class RowCutShort(RowBroken):
    """A record ends too early."""


class TrailingBytes(RowBroken):
    """Something stands behind the end of a record."""


class RowTooLong(RowBroken):
    """A record is longer than SchoolSafe ever writes."""


class SizeNotPadded(RowBroken):
    """A record's length is not one SchoolSafe ever writes."""


class TextTooLongForARow(Refused):
    """This text is too long for one entry. Attach it as a file instead."""


@dataclass(frozen=True, slots=True)
class OuterRow:
    """A row as anyone can see it, member or not. ``raw`` was signed; the rest is read from it."""

    version: int
    suite: Suite
    circle: CircleId
    feed: FeedId
    n: int
    """1 + the largest n of ``prev``: a hint for gaps, not an identity."""
    prev: tuple[RowId, ...]
    """1 to 8 ids, ascending. A feed's first row names the roster link that admitted the feed."""
    key_version: int
    commitment: bytes
    wrapped: bytes
    ciphertext: bytes
    signature: bytes
    raw: bytes
    id: RowId

    @property
    def aad(self) -> bytes:
        """Everything in front of the ciphertext."""
        return self.raw[: -len(self.ciphertext) - sign.SIGNATURE_BYTES]

    @property
    def box_info(self) -> bytes:
        """Everything in front of the wrapped row key: what a boxed row key is bound to."""
        return self.raw[: -len(self.ciphertext) - sign.SIGNATURE_BYTES - 4 - len(self.wrapped)]

    @override
    def __repr__(self) -> str:
        return f"OuterRow({self.id.hex()[:16]}, suite={int(self.suite)}, n={self.n})"


def parse(raw: bytes) -> OuterRow:
    """Reads the outside of a row. Proves nothing: ``verify`` does.

    Raises:
        RowBroken: one of its subclasses, each a way in which bytes are not a row.
    """
    if len(raw) > LIMITS.row_bytes:
        raise RowTooLong
    _take(raw, 0, _HEAD.size)
    magic, version, suite, circle, feed, n, count = _HEAD.unpack_from(raw)
    _check_head(magic=magic, version=version, suite=suite, n=n, count=count)
    at = _HEAD.size
    block = _take(raw, at, ID_BYTES * count)
    prev = tuple(RowId(block[i : i + ID_BYTES]) for i in range(0, len(block), ID_BYTES))
    if any(a >= b for a, b in pairwise(prev)):
        raise PredecessorsNotInOrder
    at += len(block)
    (key_version,) = _U32.unpack(_take(raw, at, 4))
    if key_version == 0:
        raise KeyVersionOutOfRange
    commitment = _take(raw, at + 4, commit.COMMITMENT_BYTES)
    at += 4 + commit.COMMITMENT_BYTES
    wrapped = _take(raw, at, _wrapped_bytes(Suite(suite), raw[at : at + 1]))
    at += len(wrapped)
    (length,) = _U32.unpack(_take(raw, at, 4))
    ciphertext = _take(raw, at + 4, length)
    at += 4 + length
    _check_padded(length)
    signature = _take(raw, at, sign.SIGNATURE_BYTES)
    if len(raw) != at + sign.SIGNATURE_BYTES:
        raise TrailingBytes
    return OuterRow(
        version=version,
        suite=Suite(suite),
        circle=CircleId(circle),
        feed=FeedId(feed),
        n=n,
        prev=prev,
        key_version=key_version,
        commitment=commitment,
        wrapped=wrapped,
        ciphertext=ciphertext,
        signature=signature,
        raw=bytes(raw),
        id=_id(raw[:at]),
    )


def seal(
    *,
    suite: Suite,
    circle: CircleId,
    feed: FeedId,
    n: int,
    prev: Sequence[RowId],
    key_version: int,
    text: bytes,
    row_key: bytes,
    wrap_key: Callable[[bytes], bytes],
    signing_seed: bytes,
    floor: int = FLOOR_BYTES,
) -> OuterRow:
    """Seals JSON bytes into a row and signs it.

    ``wrap_key`` is given everything in front of the wrapped key (a box is bound to it) and returns
    the row key as the suite wraps it. ``row_key`` must seal this row and no other.

    Raises:
        TextTooLongForARow: the row would be longer than 64 KiB.
        RowBroken: the place is not one a row can have.
    """
    before = sorted(set(prev))
    if not 0 < len(before) <= LIMITS.predecessors:
        raise PredecessorsOutOfRange
    if not 0 < n < _N_LIMIT:
        raise NumberOutOfRange
    if len(text) > TEXT_LIMIT_BYTES:
        raise TextTooLongForARow
    inside = pad(text, floor)
    head = _HEAD.pack(MAGIC, VERSION, suite, circle, feed, n, len(before))
    front = head + b"".join(before) + _U32.pack(key_version) + commit.commitment(row_key)
    aad = front + wrap_key(front) + _U32.pack(len(inside) + aead.TAG_BYTES)
    if len(aad) + len(inside) + aead.TAG_BYTES + sign.SIGNATURE_BYTES > LIMITS.row_bytes:
        raise TextTooLongForARow
    outer = aad + aead.seal_once(row_key, inside, aad)
    return parse(outer + sign.sign(signing_seed, SIGNATURE_TAG + _id(outer)))


def verify(row: OuterRow, public_key: bytes) -> None:
    """Returns only when the row was signed by the owner of ``public_key``.

    Raises:
        SignatureBroken: it was not, or a byte changed since.
    """
    sign.verify(public_key, row.signature, SIGNATURE_TAG + row.id)


def open_inside(row: OuterRow, row_key: bytes) -> bytes:
    """The JSON bytes inside. The commitment is checked before a byte is opened.

    Raises:
        KeyDoesNotMatch: not the key this row was sealed with.
        SealBroken: the ciphertext or what stands in front of it was changed.
        InsideBroken: wrong padding or compression.
    """
    commit.check(row_key, row.commitment)
    return unpad(aead.open_once(row_key, row.ciphertext, row.aad))


def _id(outer: bytes) -> RowId:
    return RowId(sha256(ID_TAG, outer))


def _take(raw: bytes, at: int, size: int) -> bytes:
    piece = raw[at : at + size]
    if len(piece) != size:
        raise RowCutShort
    return bytes(piece)


def _check_head(*, magic: bytes, version: int, suite: int, n: int, count: int) -> None:
    if magic != MAGIC:
        raise NotARow
    if version != VERSION:
        raise UnknownRowVersion
    if suite not in _SUITES:
        raise UnknownSuite
    if not 0 < n < _N_LIMIT:
        raise NumberOutOfRange
    if not 0 < count <= LIMITS.predecessors:
        raise PredecessorsOutOfRange


def _wrapped_bytes(suite: Suite, first: bytes) -> int:
    match suite:
        case Suite.MEMBER:
            return wrap.WRAPPED_KEY_BYTES
        case Suite.BOX:
            return hpke.BOXED_KEY_BYTES
        case Suite.FEED:
            if not first:
                raise RowCutShort
            if first[0] not in _FEED_WRAPPED_BYTES:
                raise UnknownFeedWrapping
            return _FEED_WRAPPED_BYTES[first[0]]


def _check_padded(length: int) -> None:
    inside = length - aead.TAG_BYTES
    if inside < AUDIT_FLOOR_BYTES or inside != padme(inside, AUDIT_FLOOR_BYTES):
        raise SizeNotPadded
