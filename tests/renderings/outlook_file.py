"""Writes Outlook messages (.msg): properties as streams and rows, files and mails inside (MS-OXMSG)."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from renderings.ole_file import ole_file

_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class OutlookFile:
    """One file of a message: bytes, or a message."""

    name: str
    data: "bytes | OutlookMail"
    kind: str = ""
    inline: bool = False


@dataclass(frozen=True)
class OutlookMail:
    """What a message says, as Outlook keeps it."""

    subject: str = ""
    headings: str = ""
    """The heading lines as they came over the internet; empty for mail within one house."""
    body: str = ""
    page: bytes = b""
    rtf: bytes = b""
    """Compressed."""
    name: str = ""
    address: str = ""
    sent: datetime | None = None
    received: datetime | None = None
    message_id: str = ""
    files: Sequence[OutlookFile] = field(default_factory=tuple)
    letters: str = ""
    """A code page's set: texts are kept in it instead of two bytes a letter."""
    code_page: int = 1252
    web_code_page: int = 65001
    message_class: str = "IPM.Note"


def outlook_file(mail: OutlookMail) -> bytes:
    """The bytes of a .msg file."""
    return ole_file(
        _tree(mail, head=struct.pack("<8xIIII8x", 0, len(mail.files), 0, len(mail.files)))
    )


def _tree(mail: OutlookMail, *, head: bytes) -> Mapping[str, Any]:
    tree: dict[str, Any] = {
        "__nameid_version1.0": {"__substg1.0_00020102": b"", "__substg1.0_00030102": b""}
    }
    rows: list[bytes] = []
    texts = {
        0x001A: mail.message_class, 0x0037: mail.subject, 0x007D: mail.headings, 0x1000: mail.body,
        0x0C1A: mail.name, 0x0042: mail.name, 0x5D01: mail.address, 0x0C1F: "/O=NORTHMERE/CN=SOMEBODY",
        0x1035: mail.message_id,
    }  # fmt: skip
    for number, text in texts.items():
        _put_text(tree, rows, number, text, mail.letters)
    for number, raw in ((0x1013, mail.page), (0x1009, mail.rtf)):
        if raw:
            tree[f"__substg1.0_{number:04X}0102"] = raw
            rows.append(struct.pack("<HHIII", 0x0102, number, 6, len(raw), 3))
    for number, value in ((0x3FFD, mail.code_page), (0x3FDE, mail.web_code_page)):
        rows.append(struct.pack("<HHIII", 0x0003, number, 6, value, 0))
    for number, when in ((0x0039, mail.sent), (0x0E06, mail.received)):
        if when:
            ticks = int((when - _EPOCH).total_seconds()) * 10_000_000
            rows.append(struct.pack("<HHIQ", 0x0040, number, 6, ticks))
    tree["__properties_version1.0"] = head + b"".join(rows)
    for place, file in enumerate(mail.files):
        tree[f"__attach_version1.0_#{place:08X}"] = _attached(file, mail.letters)
    return tree


def _put_text(
    tree: dict[str, Any], rows: list[bytes], number: int, text: str, letters: str
) -> None:
    if not text:
        return
    kind = 0x001E if letters else 0x001F
    raw = text.encode(letters, "replace") if letters else text.encode("utf-16-le")
    tree[f"__substg1.0_{number:04X}{kind:04X}"] = raw
    rows.append(struct.pack("<HHIII", kind, number, 6, len(raw) + (1 if letters else 2), 3))


def _attached(file: OutlookFile, letters: str) -> Mapping[str, Any]:
    tree: dict[str, Any] = {}
    inner = isinstance(file.data, OutlookMail)
    rows = [struct.pack("<HHIII", 0x0003, 0x3705, 6, 5 if inner else 1, 0)]
    names = {0x3001: file.name} if inner else {0x3707: file.name, 0x370E: file.kind}
    if file.inline:
        names |= {0x3712: "image001@example.org"}
        rows.append(struct.pack("<HHIII", 0x000B, 0x7FFE, 6, 1, 0))
    for number, text in names.items():
        _put_text(tree, rows, number, text, letters)
    if isinstance(file.data, OutlookMail):
        tree["__substg1.0_3701000D"] = _tree(file.data, head=bytes(24))
    else:
        tree["__substg1.0_37010102"] = file.data
    tree["__properties_version1.0"] = bytes(8) + b"".join(rows)
    return tree
