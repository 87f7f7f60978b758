"""What is left of a disposed row: its place in the chain and its signature, none of its content.

The id covers the ciphertext that is gone, so the stub carries the id; the writer's signature is over
the id and holds on. That the rest of the stub belongs to that id is vouched for by the row that
disposes: it names the SHA-256 of every stub it leaves. Spec: docs/spec/row.md section 6. Left to
others: who may dispose of what (domain.disposal), doing it (store.disposal).
"""

import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from typing_extensions import override

from schoolsafe.crypto import commit, sign
from schoolsafe.crypto.digest import sha256
from schoolsafe.domain.ids import CircleId, FeedId, RowId
from schoolsafe.wire import row
from schoolsafe.wire.row import (
    ID_BYTES,
    LIMITS,
    KeyVersionOutOfRange,
    NotARow,
    NumberOutOfRange,
    OuterRow,
    PredecessorsNotInOrder,
    PredecessorsOutOfRange,
    RowCutShort,
    Suite,
    TrailingBytes,
    UnknownRowVersion,
    UnknownSuite,
)

MAGIC: Final = b"SS"
VERSION: Final = 1
SHELL_TAG: Final = b"schoolsafe/stub/1\0"
_HEAD: Final = struct.Struct(">2sBB16s16sQB")
_U32: Final = struct.Struct(">I")
_N_LIMIT: Final = 1 << 63
_SUITES: Final = frozenset(int(suite) for suite in Suite)


@dataclass(frozen=True, slots=True)
class Stub:
    """A disposed row, as anyone can see it."""

    suite: Suite
    circle: CircleId
    feed: FeedId
    n: int
    prev: tuple[RowId, ...]
    key_version: int
    commitment: bytes
    id: RowId
    """Of the row that stood here."""
    signature: bytes
    """Of its writer, over that id."""
    disposed_by: RowId
    """The row that says who, when and why."""
    raw: bytes

    @property
    def shell(self) -> bytes:
        """What the disposing row names: SHA-256 of everything but its own id."""
        return shell_of(self.raw[:-ID_BYTES])

    @override
    def __repr__(self) -> str:
        return f"Stub({self.id.hex()[:16]}, n={self.n})"


def shell_of(body: bytes) -> bytes:
    """SHA-256 of a stub without the id of the row that disposed of it."""
    return sha256(SHELL_TAG, body)


def body_of(outer: OuterRow) -> bytes:
    """What a row leaves behind, before it is known which row disposes of it."""
    return b"".join(
        (
            _HEAD.pack(
                MAGIC,
                VERSION,
                int(outer.suite),
                outer.circle,
                outer.feed,
                outer.n,
                len(outer.prev),
            ),
            *outer.prev,
            _U32.pack(outer.key_version),
            outer.commitment,
            outer.id,
            outer.signature,
        )
    )


def of(outer: OuterRow, disposed_by: RowId) -> Stub:
    """The stub of a row."""
    return parse(body_of(outer) + disposed_by)


def is_stub(raw: bytes) -> bool:
    """Whether these bytes claim to be a stub."""
    return raw[:2] == MAGIC


def parse(raw: bytes) -> Stub:
    """Reads a stub. Proves nothing: ``verify`` and the disposing row do.

    Raises:
        RowBroken: one of its subclasses, as for a row.
    """
    magic, version, suite, circle, feed, n, count = _HEAD.unpack(_take(raw, 0, _HEAD.size))
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
    at = _HEAD.size
    prev = tuple(RowId(_take(raw, at + ID_BYTES * i, ID_BYTES)) for i in range(count))
    if any(a >= b for a, b in pairwise(prev)):
        raise PredecessorsNotInOrder
    at += ID_BYTES * count
    (key_version,) = _U32.unpack(_take(raw, at, 4))
    if key_version == 0:
        raise KeyVersionOutOfRange
    at += 4
    parts = []
    for size in (commit.COMMITMENT_BYTES, ID_BYTES, sign.SIGNATURE_BYTES, ID_BYTES):
        parts.append(_take(raw, at, size))
        at += size
    if len(raw) != at:
        raise TrailingBytes
    commitment, row_id, signature, disposed_by = parts
    return Stub(
        suite=Suite(suite),
        circle=CircleId(circle),
        feed=FeedId(feed),
        n=n,
        prev=prev,
        key_version=key_version,
        commitment=commitment,
        id=RowId(row_id),
        signature=signature,
        disposed_by=RowId(disposed_by),
        raw=bytes(raw),
    )


def parse_any(raw: bytes) -> OuterRow | Stub:
    """A row, or the stub of one.

    Raises:
        RowBroken: neither.
    """
    return parse(raw) if is_stub(raw) else row.parse(raw)


def verify(stub: Stub, public_key: bytes) -> None:
    """Returns only when the row that stood here was signed by the owner of ``public_key``.

    Raises:
        SignatureBroken: it was not, or a byte changed since.
    """
    sign.verify(public_key, stub.signature, row.SIGNATURE_TAG + stub.id)


def _take(raw: bytes, at: int, size: int) -> bytes:
    piece = raw[at : at + size]
    if len(piece) != size:
        raise RowCutShort
    return bytes(piece)
