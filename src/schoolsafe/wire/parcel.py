"""A parcel: something signed, sealed to one key, left where its keeper can read none of it.

The outside of sealed notices and of their receipts. Spec: docs/spec/notice.md section 1. Left to
others: what the body says, and whose key signed it.
"""

import struct
from dataclasses import dataclass
from typing import Final

from typing_extensions import override

from schoolsafe.crypto import aead, commit, fresh, hpke, sign, sign_mldsa
from schoolsafe.crypto.digest import sha256
from schoolsafe.errors import Tampered
from schoolsafe.wire.padding import pad, unpad

VERSION: Final = 1
SUITE: Final = 1
TO_BYTES: Final = 16
LIMIT_BYTES: Final = 256 * 1024
BODY_LIMIT_BYTES: Final = 128 * 1024
_FRONT: Final = struct.Struct(f">2sBB{TO_BYTES}s{commit.COMMITMENT_BYTES}s")
_LENGTH: Final = struct.Struct(">I")
_BOX_END: Final = _FRONT.size + hpke.BOXED_KEY_BYTES


class ParcelBroken(Tampered):
    """This is not a sealed notice or receipt as SchoolSafe writes it."""


class ParcelTooLong(ParcelBroken):
    """This is longer than a sealed notice or receipt ever is."""


class ParcelCutShort(ParcelBroken):
    """This ends too early. It may still be on its way."""


class ParcelTrailingBytes(ParcelBroken):
    """Something stands behind the end of this."""


class NotAParcel(ParcelBroken):
    """This is no sealed notice or receipt."""


class UnknownParcelVersion(ParcelBroken):
    """This was sealed by a newer release than this one."""


class UnknownParcelSuite(ParcelBroken):
    """This was sealed in a way this release does not know."""


class NotForThisKey(ParcelBroken):
    """This was sealed to somebody else."""


class SignedCutShort(ParcelBroken):
    """What is sealed in here is shorter than it says."""


class BodyTooLong(ParcelBroken):
    """What is sealed in here is longer than a notice ever is."""


@dataclass(frozen=True, slots=True)
class Sort:
    """What tells one sort of parcel from another: mark, names of its keys, least size."""

    magic: bytes
    name: str
    floor_bytes: int

    @property
    def commitment_tag(self) -> bytes:
        """In the commitment to the parcel key."""
        return f"schoolsafe/commit/{self.name}/1".encode()

    @property
    def box_tag(self) -> bytes:
        """In front of what the box is bound to."""
        return f"schoolsafe/box/{self.name}/1\0".encode()

    @property
    def signature_tag(self) -> bytes:
        """In front of what is signed."""
        return f"schoolsafe/sig/{self.name}/1\0".encode()


NOTICE: Final = Sort(b"SN", "notice", 16 * 1024)
RECEIPT: Final = Sort(b"SV", "notice-receipt", 8 * 1024)


@dataclass(frozen=True, slots=True)
class SigningSeeds:
    """The two private halves that sign."""

    sign_seed: bytes
    mldsa_seed: bytes

    @override
    def __repr__(self) -> str:
        return "SigningSeeds()"


@dataclass(frozen=True, slots=True)
class SigningPublics:
    """The two public halves that check."""

    sign_public: bytes
    mldsa_public: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """The outside of a parcel, parsed; nothing is opened yet."""

    to: bytes
    commitment: bytes
    box: bytes
    ciphertext: bytes
    aad: bytes


@dataclass(frozen=True, slots=True)
class Signed:
    """What was in a parcel: a body and two signatures, byte for byte."""

    body: bytes
    signature: bytes
    mldsa_signature: bytes

    @property
    def raw(self) -> bytes:
        """All of it, as it was sealed."""
        return _LENGTH.pack(len(self.body)) + self.body + self.signature + self.mldsa_signature


def sign_body(body: bytes, sort: Sort, seeds: SigningSeeds) -> Signed:
    """The body with both signatures."""
    message = _message(body, sort)
    return Signed(
        body, sign.sign(seeds.sign_seed, message), sign_mldsa.sign(seeds.mldsa_seed, message)
    )


def verify(signed: Signed, sort: Sort, publics: SigningPublics) -> None:
    """Returns only when both signatures hold.

    Raises:
        SignatureBroken: one of them does not.
    """
    message = _message(signed.body, sort)
    sign.verify(publics.sign_public, signed.signature, message)
    sign_mldsa.verify(publics.mldsa_public, signed.mldsa_signature, message)


def seal(signed: Signed, sort: Sort, *, to: bytes, box_public: bytes) -> bytes:
    """Seals it to a key. Every sealing gives other bytes.

    Raises:
        ParcelTooLong: nobody would read so long a parcel.
        NotABoxKey: the public key is none.
    """
    key = fresh.key()
    front = _FRONT.pack(sort.magic, VERSION, SUITE, to, commit.commitment(key, sort.commitment_tag))
    inside = pad(signed.raw, sort.floor_bytes)
    aad = front + hpke.seal(box_public, key, sort.box_tag + front)
    aad += _LENGTH.pack(len(inside) + aead.TAG_BYTES)
    whole = aad + aead.seal_once(key, inside, aad)
    if len(whole) > LIMIT_BYTES:
        raise ParcelTooLong
    return whole


def parse(raw: bytes, sort: Sort) -> Parcel:
    """The outside. Opens nothing.

    Raises:
        ParcelBroken: one of its subclasses.
    """
    if len(raw) > LIMIT_BYTES:
        raise ParcelTooLong
    if not raw.startswith(sort.magic[: len(raw)]):
        raise NotAParcel
    if len(raw) < _FRONT.size:
        raise ParcelCutShort
    _magic, version, suite, to, commitment = _FRONT.unpack_from(raw)
    if version != VERSION:
        raise UnknownParcelVersion
    if suite != SUITE:
        raise UnknownParcelSuite
    if len(raw) < _BOX_END + _LENGTH.size:
        raise ParcelCutShort
    (length,) = _LENGTH.unpack_from(raw, _BOX_END)
    start = _BOX_END + _LENGTH.size
    if len(raw) < start + length:
        raise ParcelCutShort
    if len(raw) > start + length:
        raise ParcelTrailingBytes
    return Parcel(to, commitment, raw[_FRONT.size : _BOX_END], raw[start:], raw[:start])


def open_parcel(parcel: Parcel, sort: Sort, *, to: bytes, box_private: bytes) -> Signed:
    """What is inside, its signatures not yet checked.

    Raises:
        NotForThisKey: it names another mailbox.
        BoxBroken, KeyDoesNotMatch, SealBroken: sealed to somebody else, or changed.
        InsideBroken, ParcelBroken: what is inside has the wrong shape.
    """
    if parcel.to != to:
        raise NotForThisKey
    front = parcel.aad[: _FRONT.size]
    key = hpke.open_box(box_private, parcel.box, sort.box_tag + front)
    commit.check(key, parcel.commitment, sort.commitment_tag)
    inside = aead.open_once(key, parcel.ciphertext, parcel.aad)
    return read_signed(unpad(inside, floors=(sort.floor_bytes,)))


def read_signed(raw: bytes) -> Signed:
    """The parts of what was signed.

    Raises:
        SignedCutShort, BodyTooLong, ParcelTrailingBytes: its lengths do not fit.
    """
    if len(raw) < _LENGTH.size:
        raise SignedCutShort
    (length,) = _LENGTH.unpack_from(raw)
    if length > BODY_LIMIT_BYTES:
        raise BodyTooLong
    end = _LENGTH.size + length
    last = end + sign.SIGNATURE_BYTES
    whole = last + sign_mldsa.SIGNATURE_BYTES
    if len(raw) < whole:
        raise SignedCutShort
    if len(raw) > whole:
        raise ParcelTrailingBytes
    return Signed(raw[_LENGTH.size : end], raw[end:last], raw[last:])


def _message(body: bytes, sort: Sort) -> bytes:
    return sort.signature_tag + sha256(sort.signature_tag, body)
