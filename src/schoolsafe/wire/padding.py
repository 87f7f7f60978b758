"""Padmé padding and compression of what stands inside a row.

``inside = length u32 | zstd(JSON) | zeros``. Sizes leak what is written, so they fall into Padmé
buckets (at most 6.2 % above the floor up to 64 KiB) with a floor of 1,024 bytes, 256 in *audit*.
Compression never crosses a row. Spec: docs/spec/row.md section 3.
"""

import struct
from typing import Final

import zstandard

from schoolsafe.errors import Tampered

FLOOR_BYTES: Final = 1024
AUDIT_FLOOR_BYTES: Final = 256
FLOORS: Final = (FLOOR_BYTES, AUDIT_FLOOR_BYTES)
TEXT_LIMIT_BYTES: Final = 1 << 20
"""JSON inside one row, decompressed. A row of 64 KiB never needs more; a bomb would."""
_LENGTH: Final = struct.Struct(">I")
_LEVEL: Final = 3
_WINDOW_LIMIT_BYTES: Final = 1 << 23


class InsideBroken(Tampered):
    """What stands inside this record has the wrong shape."""


class InsideCutShort(InsideBroken):
    """What stands inside this record is shorter than it says."""


class PaddingNotZero(InsideBroken):
    """The filling inside this record is not empty."""


class PaddingWrongSize(InsideBroken):
    """The filling inside this record has the wrong length."""


class NotCompressed(InsideBroken):
    """What stands inside this record does not decompress."""


class TextTooLong(InsideBroken):
    """What stands inside this record is longer than SchoolSafe ever writes."""


def padme(size: int, floor: int = FLOOR_BYTES) -> int:
    """The bucket for ``size`` bytes: the next Padmé size, at least ``floor``.

    Source: PURBs (Nikitin and others, 2019), section 4.
    """
    size = max(size, floor)
    exponent = size.bit_length() - 1
    mantissa_bits = exponent.bit_length()
    mask = (1 << (exponent - mantissa_bits)) - 1
    return (size + mask) & ~mask


def pad(text: bytes, floor: int = FLOOR_BYTES) -> bytes:
    """JSON bytes, compressed and padded."""
    packed = zstandard.ZstdCompressor(level=_LEVEL, write_content_size=True).compress(text)
    inside = _LENGTH.pack(len(packed)) + packed
    return inside.ljust(padme(len(inside), floor), b"\0")


def unpad(inside: bytes, *, floors: tuple[int, ...] = FLOORS) -> bytes:
    """The JSON bytes; ``floors`` are the least sizes this sort of inside may have.

    Raises:
        InsideBroken: cut short, wrong or non-zero padding, not zstd, or over 1 MiB.
    """
    if len(inside) < _LENGTH.size:
        raise InsideCutShort
    (length,) = _LENGTH.unpack_from(inside)
    end = _LENGTH.size + length
    if end > len(inside):
        raise InsideCutShort
    if len(inside) not in {padme(end, floor) for floor in floors}:
        raise PaddingWrongSize
    if inside[end:].strip(b"\0"):
        raise PaddingNotZero
    return _decompress(inside[_LENGTH.size : end])


def _decompress(packed: bytes) -> bytes:
    """One whole frame with a declared size, no dictionary, nothing behind it."""
    try:
        frame = zstandard.get_frame_parameters(packed)
        # The declared size is allocated before the first byte is read: look at it first.
        if frame.content_size in {zstandard.CONTENTSIZE_UNKNOWN, zstandard.CONTENTSIZE_ERROR}:
            raise NotCompressed
        if frame.content_size > TEXT_LIMIT_BYTES or frame.window_size > _WINDOW_LIMIT_BYTES:
            raise TextTooLong
        return zstandard.ZstdDecompressor().decompress(packed, allow_extra_data=False)
    except (zstandard.ZstdError, MemoryError):
        raise NotCompressed from None
