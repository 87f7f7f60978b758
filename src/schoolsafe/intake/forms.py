"""Which form of file the bytes are, by what stands in them and never by a name.

Left to others: opening it (opening).
"""

import re
from enum import Enum
from typing import Final

from schoolsafe.intake import rtf
from schoolsafe.intake.mail_headers import heading_names


class Form(Enum):
    """The forms a notice arrives in, and those we know and do not read."""

    MAIL = "message/rfc822"
    OUTLOOK = "application/vnd.ms-outlook"
    PDF = "application/pdf"
    ZIP = "application/zip"
    """Word, Excel, an archive: what is inside says which (word)."""
    RTF = "application/rtf"
    PAGE = "text/html"
    TEXT = "text/plain"
    PICTURE = "image/png"
    OTHER_PICTURE = "image/heic"
    """A picture of a kind that is not read."""
    PROGRAM = "application/x-msdownload"
    ARCHIVE = "application/x-7z-compressed"
    PACKED_MAIL = "application/ms-tnef"
    EMPTY = "application/x-empty"
    BINARY = "application/octet-stream"


_MAGIC: Final = (
    (b"\xd0\xcf\x11\xe0", Form.OUTLOOK),
    (b"%PDF-", Form.PDF),
    (b"PK\x03\x04", Form.ZIP),
    (b"PK\x05\x06", Form.ZIP),
    (b"\x89PNG\r\n\x1a\n", Form.PICTURE),
    (b"\xff\xd8\xff", Form.PICTURE),
    (b"II*\0", Form.PICTURE),
    (b"MM\0*", Form.PICTURE),
    (b"GIF8", Form.OTHER_PICTURE),
    (b"BM", Form.BINARY),
    (b"MZ", Form.PROGRAM),
    (b"\x7fELF", Form.PROGRAM),
    (b"\xcf\xfa\xed\xfe", Form.PROGRAM),
    (b"Rar!", Form.ARCHIVE),
    (b"7z\xbc\xaf", Form.ARCHIVE),
    (b"\x1f\x8b", Form.ARCHIVE),
    (b"BZh", Form.ARCHIVE),
    (b"\xfd7zXZ", Form.ARCHIVE),
    (b"MSCF", Form.ARCHIVE),
    (b"x\x9f>\x22", Form.PACKED_MAIL),
)
_HEAD: Final = 4096
_PDF_HEAD: Final = 1024
"""PDF readers take a file whose mark stands this far in."""
_TECHNICAL: Final = frozenset(
    {
        "received", "message-id", "mime-version", "return-path", "content-type", "delivered-to", "dkim-signature",
        "authentication-results", "content-transfer-encoding", "x-mozilla-status",
    }
)  # fmt: skip
"""Headings only a mail program writes."""
_WRITTEN: Final = frozenset({"from", "to", "cc", "bcc", "subject", "date", "reply-to", "sender"})
"""Headings that people write too."""
_PAGE: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_NEW_PICTURES: Final = frozenset({b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"})
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_MOST_CONTROLS: Final = 0.02
_FIRST_SIGN: Final = 32


def form_of(data: bytes) -> Form:
    """The form of a file."""
    head = data[:_HEAD]
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return Form.EMPTY
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    marked = _by_mark(plain, head)
    if marked is not None:
        return marked
    if _is_mail(data):
        return Form.MAIL
    if b"%PDF-" in data[:_PDF_HEAD]:
        return Form.PDF
    if _PAGE.match(plain):
        return Form.PAGE
    return Form.TEXT if _readable(head) else Form.BINARY


def _by_mark(plain: bytes, head: bytes) -> Form | None:
    """The form whose mark the file begins with."""
    for magic, form in _MAGIC:
        if plain.startswith(magic) and (form is not Form.PROGRAM or not _readable(head)):
            return form
    if plain[4:12] in _NEW_PICTURES or (plain[:4] == b"RIFF" and plain[8:12] == b"WEBP"):
        return Form.OTHER_PICTURE
    return Form.RTF if rtf.looks_like_rtf(head) else None


def _is_mail(data: bytes) -> bool:
    """Whether the first lines are a mail program's; "From:" and "Sent:" alone are words somebody copied."""
    names = heading_names(data)
    if names is None:
        return False
    if _TECHNICAL & set(names):
        return True
    by_hand = [name for name in names if name in _WRITTEN or name.startswith("x-")]
    return bool(by_hand) and len(by_hand) == len(names)


def _readable(head: bytes) -> bool:
    """Whether the bytes are text: hardly any control signs, or two bytes a letter."""
    if head.startswith(_WIDE_MARKS):
        return True
    if head.count(b"\0") > len(head) // 4 and head[1::2].count(b"\0") > len(head) // 3:
        return True
    odd = sum(byte < _FIRST_SIGN and byte not in b"\t\n\r\f\v\x1b" for byte in head)
    return odd <= len(head) * _MOST_CONTROLS
