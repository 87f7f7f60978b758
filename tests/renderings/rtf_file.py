"""Writes RTF: plain words, a web page wrapped as Outlook wraps it, and Outlook's compression of either."""

import re
import struct
import zlib

from schoolsafe.intake.lzfu import _START

_HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Calibri;}{\f1\fnil\fcharset238 Arial CE;}}"
_TAIL = r"{\*\generator SchoolSafe tests}"


def _signs(text: str) -> str:
    out = []
    for sign in text:
        if sign in "\\{}":
            out.append("\\" + sign)
        elif sign == "\n":
            out.append("\\par\n")
        elif sign == "\t":
            out.append("\\tab ")
        elif ord(sign) < 128:
            out.append(sign)
        else:
            units = struct.unpack(
                f"<{len(sign.encode('utf-16-le')) // 2}h", sign.encode("utf-16-le")
            )
            out += [f"\\u{unit}?" for unit in units]
    return "".join(out)


def plain_rtf(text: str) -> bytes:
    """Words as lines; rows of tabs as a table."""
    parts = []
    for line in text.split("\n"):
        cells = line.split("\t")
        if len(cells) > 1:
            edges = "".join(f"\\cellx{2000 * (n + 1)}" for n in range(len(cells)))
            inside = "".join(f"\\intbl {_signs(cell)}\\cell " for cell in cells)
            parts.append(f"\\trowd\\trgaph108{edges}\n{inside}\\row\n")
        else:
            parts.append(f"\\pard {_signs(line)}\\par\n")
    return (_HEAD + _TAIL + "".join(parts) + "}").encode("ascii")


def wrapped_page(page: str) -> bytes:
    """A web page inside RTF, each tag beside words for readers that know none (MS-OXRTFEX)."""
    out = [_HEAD.replace(r"\deff0", r"\fromhtml1 \deff0"), _TAIL]
    for piece in re.split(r"(<[^>]*>|&[#\w]+;)", page):
        if piece.startswith("<"):
            out.append("{\\*\\htmltag64 " + _signs(piece) + "}")
            if piece.lower() in {"<br>", "</p>", "</tr>"}:
                out.append("\\htmlrtf \\par \\htmlrtf0 ")
        elif piece.startswith("&"):
            out.append("{\\*\\htmltag84 " + piece + "}\\htmlrtf \\'a0\\htmlrtf0 ")
        elif piece:
            out.append(_signs(piece))
    return ("".join(out) + "}").encode("ascii")


def compressed(rtf: bytes) -> bytes:
    """As Outlook keeps it: references into what has been said, else the bytes themselves."""
    whole = _START + rtf
    at, end = len(_START), len(whole)
    tokens: list[bytes] = []
    while at < end:
        length, where = _longest(whole, at, end)
        if length > 2:
            tokens.append(((where % 4096) << 4 | (length - 2)).to_bytes(2, "big"))
            at += length
        else:
            tokens.append(whole[at : at + 1])
            at += 1
    tokens.append(((end % 4096) << 4).to_bytes(2, "big"))
    body = bytearray()
    for place in range(0, len(tokens), 8):
        group = tokens[place : place + 8]
        body.append(sum((len(token) == 2) << bit for bit, token in enumerate(group)))
        body += b"".join(group)
    return struct.pack("<IIII", len(body) + 12, len(rtf), 0x75465A4C, zlib.crc32(body) ^ 0) + bytes(
        body
    )


def _longest(whole: bytes, at: int, end: int) -> tuple[int, int]:
    best, where = 0, 0
    for length in range(min(17, end - at), 2, -1):
        found = whole.rfind(whole[at : at + length], max(0, at - 4000), at)
        if found >= 0 and found + length <= at:
            best, where = length, found
            break
    return best, where
