"""Pages made here as PNG pictures, for preview and for a printer that takes pictures.

Only for our own pages: a PDF that came from outside belongs in the reader's child process.
"""

import struct
import zlib
from typing import Any

import pypdfium2

POINTS_PER_INCH = 72


def png(width: int, height: int, rgb: bytes) -> bytes:
    """Eight-bit RGB rows, without gaps, as a PNG file."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    stride = width * 3
    rows = b"".join(b"\0" + rgb[y * stride : (y + 1) * stride] for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows, 6))
        + chunk(b"IEND", b"")
    )


def pictures(pdf: bytes, *, dpi: int) -> tuple[bytes, ...]:
    """Each page as a PNG at that many dots an inch."""
    document: Any = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_page(page, dpi) for page in document)
    finally:
        document.close()


def _page(page: Any, dpi: int) -> bytes:
    bitmap = page.render(scale=dpi / POINTS_PER_INCH, rev_byteorder=True, force_bitmap_format=2)
    row = bitmap.width * 3
    raw = bytes(bitmap.buffer)
    rows = (raw[y * bitmap.stride : y * bitmap.stride + row] for y in range(bitmap.height))
    return png(bitmap.width, bitmap.height, b"".join(rows))
