"""Pixels as a PNG file: the only kind of picture that leaves the parser child."""

import zlib
from struct import pack
from typing import Final

_HEAD: Final = b"\x89PNG\r\n\x1a\n"
_EFFORT: Final = 4
_COLOUR: Final = {1: 0, 3: 2}


def written(pixels: bytes, width: int, height: int, *, stride: int, channels: int) -> bytes:
    """A PNG of rows of ``stride`` bytes: one byte a pixel (grey) or three (red, green, blue)."""
    row = width * channels
    raw = b"".join(b"\0" + pixels[at * stride : at * stride + row] for at in range(height))
    head = pack(">IIBBBBB", width, height, 8, _COLOUR[channels], 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(raw, _EFFORT)), (b"IEND", b""))
    return _HEAD + b"".join(
        pack(">I", len(body)) + name + body + pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )
