"""Roster link v1: JSON with detached signatures over the stored bytes.

One link says who joins, who leaves, which key version holds. Spec: docs/spec/roster.md. Left to
others: what a chain of links adds up to and which link may follow (`roster`).
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

import msgspec

from schoolsafe.crypto import sign
from schoolsafe.crypto.digest import sha256
from schoolsafe.domain.ids import CircleId, RowId
from schoolsafe.errors import Tampered
from schoolsafe.wire import jsontext
from schoolsafe.wire.sealedpart import SealedPart

MAGIC: Final = b"SL"
VERSION: Final = 1
ID_TAG: Final = b"schoolsafe/link/1\0"
SIGNATURE_TAG: Final = b"schoolsafe/sig/link/1\0"
ROOT: Final = "root"
"""How the school's root key is named among the signers."""
RECOVERY: Final = "recovery"
"""How the recovery key is named among the boxes."""
LIMIT_BYTES: Final = 256 * 1024
SIGNATURES_LIMIT: Final = 2
_HEAD: Final = struct.Struct(">2sBI")


class LinkBroken(Tampered):
    """A page of the list of members has the wrong shape."""


class NotALink(LinkBroken):
    """This is not a page of a SchoolSafe list of members."""


class UnknownLinkVersion(LinkBroken):
    """A page of the list of members is of a version this release does not know."""


class LinkTooLong(LinkBroken):
    """A page of the list of members is longer than SchoolSafe ever writes."""


class LinkCutShort(LinkBroken):
    """A page of the list of members ends too early."""


class LinkTrailingBytes(LinkBroken):
    """Something stands behind the end of a page of the list of members."""


class SignatureCountWrong(LinkBroken):
    """A page of the list of members does not carry one signature for each name that signed it."""


class UnknownLinkOp(LinkBroken):
    """A page of the list of members does something this release does not know."""


class LinkMembersWrong(LinkBroken):
    """A page of the list of members lacks something, or holds it in the wrong form."""


Hex16 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
Hex32 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Ed25519Public = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
BoxPublic = Annotated[bytes, msgspec.Meta(min_length=1216, max_length=1216)]
Count = Annotated[int, msgspec.Meta(ge=1)]


class Genesis(msgspec.Struct, frozen=True, tag="genesis", tag_field="op"):
    """The first link of a circle: what it is, and the root key that speaks for the school."""

    name: str
    """school, team, leadership, audit."""
    urn: str
    root: Ed25519Public
    recovery: BoxPublic
    """The recovery key: a member of every circle."""
    policy: dict[str, int]


class Person(msgspec.Struct, frozen=True, tag="person", tag_field="op"):
    """A person, by pseudonym; name and role are sealed."""

    person: str
    sealed: SealedPart


class Seat(msgspec.Struct, frozen=True, tag="seat", tag_field="op"):
    """One person on one computer joins. A seat that does not read can still write to the box."""

    seat: str
    person: str
    sign_public: Ed25519Public
    box_public: BoxPublic
    reads: bool
    admin: bool
    sealed: SealedPart | None = None
    """The computer's label."""


class Feed(msgspec.Struct, frozen=True, tag="feed", tag_field="op"):
    """A feed of a seat, under a pseudonym that is new each school year."""

    feed: Hex16
    seat: str
    circle: Hex16 | None = None
    """Only in *school*: another circle, which the seat writes to through its box."""


class Rotate(msgspec.Struct, frozen=True, tag="rotate", tag_field="op"):
    """A new key version, boxed to every reader and to recovery."""

    version: Count
    boxes: dict[str, bytes]
    previous: bytes | None
    """The key before, wrapped under this one: the newest box opens all. None for the first."""
    box_public: BoxPublic
    box_private: bytes
    """Wrapped under this key."""
    canary: bytes
    commitment: bytes


class Revoke(msgspec.Struct, frozen=True, tag="revoke", tag_field="op"):
    """A seat leaves. Its rows up to the trusted heads stay valid for ever."""

    seat: str
    reason: str
    trusted: dict[Hex16, list[Hex32]]


class Grant(msgspec.Struct, frozen=True, tag="grant", tag_field="op"):
    """A seat becomes a reader: the newest key in a box to it."""

    seat: str
    version: Count
    box: bytes


class Ungrant(msgspec.Struct, frozen=True, tag="ungrant", tag_field="op"):
    """A seat stops being a reader."""

    seat: str


class Policy(msgspec.Struct, frozen=True, tag="policy", tag_field="op"):
    """Least reader version, idle minutes, retention: numbers by name."""

    policy: dict[str, int]


class Recovery(msgspec.Struct, frozen=True, tag="recovery", tag_field="op"):
    """A new recovery key."""

    recovery: BoxPublic


class SchoolKeys(msgspec.Struct, frozen=True, tag="school_keys", tag_field="op"):
    """The keys other schools know: to receive notices and capsules, and to sign. *team* only."""

    version: Count
    box_public: BoxPublic
    sign_public: Ed25519Public
    mldsa_public: bytes
    root_signature: bytes
    sealed: SealedPart
    """The private halves."""


LinkOp = (
    Genesis
    | Person
    | Seat
    | Feed
    | Rotate
    | Revoke
    | Grant
    | Ungrant
    | Policy
    | Recovery
    | SchoolKeys
)
OPS: Final = frozenset(
    {"genesis", "person", "seat", "feed", "rotate", "revoke", "grant", "ungrant"}
    | {"policy", "recovery", "school_keys"}
)


class _Body(msgspec.Struct, frozen=True):
    v: int
    circle: Hex16
    n: Count
    prev: Hex32 | None
    at: int
    by: Annotated[list[str], msgspec.Meta(min_length=1, max_length=SIGNATURES_LIMIT)]
    ops: Annotated[list[LinkOp], msgspec.Meta(min_length=1)]


@dataclass(frozen=True, slots=True)
class Link:
    """One link as it was signed."""

    circle: CircleId
    n: int
    """From 1, without gaps."""
    prev: RowId | None
    at_ms: int
    """Claimed time, milliseconds since 1970 UTC."""
    by: tuple[str, ...]
    """Who signed: "root" or seat ids."""
    ops: tuple[LinkOp, ...]
    signatures: tuple[bytes, ...]
    id: RowId
    raw: bytes


def build(
    *,
    circle: CircleId,
    n: int,
    prev: RowId | None,
    at_ms: int,
    ops: Sequence[LinkOp],
    signers: Sequence[tuple[str, bytes]],
) -> Link:
    """A signed link; ``signers`` are (name, signing seed), one or two."""
    body: dict[str, Any] = {
        "v": VERSION,
        "circle": circle.hex(),
        "n": n,
        "prev": prev.hex() if prev else None,
        "at": at_ms,
        "by": [name for name, _seed in signers],
        "ops": [msgspec.to_builtins(op) for op in ops],
    }
    text = jsontext.encode(body)
    signed = _HEAD.pack(MAGIC, VERSION, len(text)) + text
    message = SIGNATURE_TAG + sha256(ID_TAG, signed)
    signatures = [sign.sign(seed, message) for _name, seed in signers]
    return parse(signed + bytes([len(signatures)]) + b"".join(signatures))


def parse(raw: bytes) -> Link:
    """Reads a link. Proves nothing: ``verify_signature`` and the chain do.

    Raises:
        LinkBroken: one of its subclasses.
        JsonBroken: the body is not JSON as we allow it.
    """
    if len(raw) > LIMIT_BYTES:
        raise LinkTooLong
    if len(raw) < _HEAD.size:
        raise LinkCutShort
    magic, version, length = _HEAD.unpack_from(raw)
    if magic != MAGIC:
        raise NotALink
    if version != VERSION:
        raise UnknownLinkVersion
    end = _HEAD.size + length
    if len(raw) <= end:
        raise LinkCutShort
    body = _body(raw[_HEAD.size : end])
    if raw[end] != len(body.by):
        raise SignatureCountWrong
    signatures = raw[end + 1 :]
    if len(signatures) < sign.SIGNATURE_BYTES * len(body.by):
        raise LinkCutShort
    if len(signatures) > sign.SIGNATURE_BYTES * len(body.by):
        raise LinkTrailingBytes
    return Link(
        circle=CircleId(bytes.fromhex(body.circle)),
        n=body.n,
        prev=RowId(bytes.fromhex(body.prev)) if body.prev else None,
        at_ms=body.at,
        by=tuple(body.by),
        ops=tuple(body.ops),
        signatures=tuple(
            signatures[i : i + sign.SIGNATURE_BYTES]
            for i in range(0, len(signatures), sign.SIGNATURE_BYTES)
        ),
        id=RowId(sha256(ID_TAG, raw[:end])),
        raw=bytes(raw),
    )


def verify_signature(link: Link, name: str, public_key: bytes) -> None:
    """Returns only when the signer of that name signed with that key.

    Raises:
        SignatureBroken: no such signer, or it does not hold.
    """
    if name not in link.by:
        raise sign.SignatureBroken
    signature = link.signatures[link.by.index(name)]
    sign.verify(public_key, signature, SIGNATURE_TAG + link.id)


def _body(text: bytes) -> _Body:
    members = jsontext.decode(text)
    ops = members.get("ops")
    names = [op.get("op") for op in ops if isinstance(op, dict)] if isinstance(ops, list) else []
    if any(isinstance(name, str) and name not in OPS for name in names):
        raise UnknownLinkOp
    try:
        body = msgspec.json.decode(text, type=_Body)
    except msgspec.ValidationError:
        raise LinkMembersWrong from None
    if body.v != VERSION:
        raise UnknownLinkVersion
    return body
