"""The register of schools as a file of its own: a head that is read at once, and the packed rest.

Public data, so it is neither sealed nor signed. `docs/spec/schools-register.md` is its page. Left to
others: where the file lies (bootstrap), searching (domain.establishment).
"""

from struct import Struct
from typing import Final

import msgspec
import zstandard

from schoolsafe.domain.establishment import FIELDS, Register, RegisterFacts
from schoolsafe.errors import Refused

MAGIC: Final = b"SSSCHOOLS"
VERSION: Final = 1
FILE_LIMIT: Final = 64 * 1024 * 1024
_BODY_LIMIT: Final = 192 * 1024 * 1024
_HEAD_LIMIT: Final = 64 * 1024
_LENGTHS: Final = Struct(">9sBI")
_heads: Final = msgspec.json.Decoder(RegisterFacts)
_bodies: Final = msgspec.msgpack.Decoder(Register)


class RegisterUnreadable(Refused):
    """The register of schools on this computer cannot be read. Take it in again."""


def pack(facts: RegisterFacts, register: Register) -> bytes:
    """The whole file."""
    head = msgspec.json.encode(facts)
    body = zstandard.ZstdCompressor(level=9, write_checksum=True).compress(
        msgspec.msgpack.encode(register)
    )
    return _LENGTHS.pack(MAGIC, VERSION, len(head)) + head + body


def head(data: bytes) -> RegisterFacts:
    """What stands on screen about it, without unpacking the rest.

    Raises:
        RegisterUnreadable: no such file, or one of a newer release.
    """
    return _split(data)[0]


def unpack(data: bytes) -> Register:
    """The register, ready to be searched.

    Raises:
        RegisterUnreadable: damaged, cut off, or larger than it may be.
    """
    _facts, body = _split(data)
    try:
        if not 0 <= zstandard.frame_content_size(body) <= _BODY_LIMIT:
            raise RegisterUnreadable
        plain = zstandard.ZstdDecompressor().decompress(body)
        register = _bodies.decode(plain)
    except (zstandard.ZstdError, msgspec.DecodeError, UnicodeDecodeError, MemoryError):
        raise RegisterUnreadable from None
    lengths = {len(column) for column in register.columns.values()} | {len(register.lines)}
    if len(lengths) != 1 or register.columns.keys() != FIELDS.keys():
        raise RegisterUnreadable
    return register


def _split(data: bytes) -> tuple[RegisterFacts, bytes]:
    if len(data) < _LENGTHS.size:
        raise RegisterUnreadable
    magic, version, length = _LENGTHS.unpack_from(data)
    if magic != MAGIC or version != VERSION or length > _HEAD_LIMIT:
        raise RegisterUnreadable
    try:
        facts = _heads.decode(data[_LENGTHS.size : _LENGTHS.size + length])
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise RegisterUnreadable from None
    return facts, data[_LENGTHS.size + length :]
