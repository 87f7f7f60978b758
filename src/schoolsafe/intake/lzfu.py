"""Compressed RTF, as Outlook keeps a message's text (MS-OXRTFCP): back to plain RTF.

Left to others: what the RTF says (rtf).
"""

from struct import Struct
from typing import Final

from schoolsafe.intake.limits import RTF

_HEAD: Final = Struct("<IIII")
_COMPRESSED: Final = 0x75465A4C
_PLAIN: Final = 0x414C454D
_START: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
"""What the window holds before the first byte."""
_WINDOW: Final = 4096


def expand(data: bytes) -> bytes:
    """The RTF, up to the limit; nothing where the bytes are no such stream. Damage ends it early."""
    if len(data) < _HEAD.size:
        return b""
    _size, raw_size, kind, _checksum = _HEAD.unpack_from(data)
    most = min(raw_size, RTF.bytes)
    if kind == _PLAIN:
        return data[_HEAD.size : _HEAD.size + most]
    if kind != _COMPRESSED:
        return b""
    # why: one growing buffer instead of a ring, because a ring in Python costs twice the time
    out = bytearray(_START)
    base = len(_START)
    at, end = _HEAD.size, len(data)
    while at < end and len(out) - base < most:
        flags = data[at]
        at += 1
        for bit in range(8):
            if at >= end:
                break
            if not flags >> bit & 1:
                out.append(data[at])
                at += 1
                continue
            pair = int.from_bytes(data[at : at + 2], "big")
            at += 2
            back = (len(out) - (pair >> 4)) % _WINDOW
            if back == 0:
                return bytes(out[base : base + most])
            _copy(out, back, (pair & 15) + 2)
    return bytes(out[base : base + most])


def _copy(out: bytearray, back: int, length: int) -> None:
    """Repeats what stands so far back; places before the window's start are blanks."""
    start = len(out) - back
    if start < 0:
        out += b" " * min(length, -start)
        length -= min(length, -start)
        start = 0
    while length > 0:
        piece = out[start : start + length]
        out += piece
        start += len(piece)
        length -= len(piece)
