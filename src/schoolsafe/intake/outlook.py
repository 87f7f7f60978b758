"""An Outlook message (.msg) as one level of a mail: headings, bodies, files, mails inside it (MS-OXMSG).

Left to others: the compound file (ole), compressed RTF (lzfu, rtf), what the notice says (mail, notice).
"""

import contextlib
import struct
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Final

from schoolsafe.intake import charsets, errors, lzfu, mail_headers, ole, rtf
from schoolsafe.intake.limits import MAIL
from schoolsafe.intake.mail_headers import Headers
from schoolsafe.intake.mail_parts import Level
from schoolsafe.intake.mail_split import Part, made

_ROW: Final = struct.Struct("<HHI8s")
_TOP, _INNER, _FILE = 32, 24, 8
"""Bytes before the rows of fixed values, by where the values stand."""
_WORDS, _LETTERS, _BYTES = 0x001F, 0x001E, 0x0102
_NUMBER, _MOMENT = 0x0003, 0x0040
_EMBEDDED: Final = 5
_SUBJECT, _BODY, _HTML, _RTF = 0x0037, 0x1000, 0x1013, 0x1009
_CLASS, _HEADINGS, _MESSAGE_ID, _REPLY_TO = 0x001A, 0x007D, 0x1035, 0x0050
_SENT, _DELIVERED, _CODE_PAGE, _WEB_CODE_PAGE = 0x0039, 0x0E06, 0x3FFD, 0x3FDE
_NAMES: Final = (0x0042, 0x0C1A)
_ADDRESSES: Final = (0x5D02, 0x5D01, 0x0065, 0x0C1F)
"""Of whom the message is from, then of who sent it; what is no address (Exchange's own names) is passed over."""
_DATA, _LONG_NAME, _SHORT_NAME, _DISPLAY_NAME, _METHOD = 0x3701, 0x3707, 0x3704, 0x3001, 0x3705
_TYPE, _CONTENT_ID, _HIDDEN = 0x370E, 0x3712, 0x7FFE
_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)
_SIGNED: Final = "multipartsigned"


@dataclass(slots=True)
class _Values:
    """The properties of a message or a file of it."""

    folder: ole.Folder
    fixed: dict[int, bytes]
    charset: str = "cp1252"

    def text(self, number: int) -> str:
        """A text: two bytes a letter, or in the message's code page."""
        raw = self.folder.stream(_name(number, _WORDS))[: MAIL.text_bytes]
        if raw:
            return raw.decode("utf-16-le", "replace").rstrip("\0")
        raw = self.folder.stream(_name(number, _LETTERS))[: MAIL.text_bytes]
        return charsets.decode(raw, self.charset).rstrip("\0")

    def raw(self, number: int) -> bytes:
        """Bytes as they stand."""
        return self.folder.stream(_name(number, _BYTES))

    def number(self, number: int) -> int:
        """A whole number; 0 where none stands."""
        return int.from_bytes(self.fixed.get(number << 16 | _NUMBER, b"")[:4], "little")

    def moment(self, number: int) -> datetime | None:
        """An instant: tenths of a microsecond since 1601."""
        ticks = int.from_bytes(self.fixed.get(number << 16 | _MOMENT, b""), "little")
        try:
            return _EPOCH + timedelta(microseconds=ticks // 10) if ticks else None
        except OverflowError:
            return None


def _name(number: int, kind: int) -> str:
    return f"__substg1.0_{number:04X}{kind:04X}"


def level_of(data: bytes, name: str = "") -> Level:
    """The message with its parts, and the mails attached to it.

    Raises:
        NotAMessage: a compound file of another program. DamagedOutlook, TooManyParts, TooDeeplyNested,
        HeadersTooLong, TooManyAddresses: over a limit, or broken.
    """
    folder = ole.read(data)
    if _other_program(folder):
        raise errors.OtherOfficeFile
    return _level(folder, name, _TOP, [0])


def _other_program(folder: ole.Folder) -> bool:
    return "__properties_version1.0" not in folder.streams and not any(
        name.startswith("__substg1.0_") for name in folder.streams
    )


def _level(folder: ole.Folder, name: str, head: int, count: list[int]) -> Level:
    values = _values(folder, head)
    level = Level(_headings(values), name)
    _bodies(values, level)
    for key, inner in sorted(folder.folders.items()):
        if key.startswith("__attach_version1.0_"):
            count[0] += 1
            if count[0] > MAIL.parts:
                raise errors.TooManyParts(limit=MAIL.parts)
            _attach(inner, values.charset, level, count)
    if "smime" in values.text(_CLASS).lower():
        _signed_or_locked(values, level)
    return level


def _values(folder: ole.Folder, head: int, charset: str = "") -> _Values:
    rows = folder.stream("__properties_version1.0")[head:]
    whole = rows[: len(rows) // _ROW.size * _ROW.size]
    fixed = {number << 16 | kind: value for kind, number, _flags, value in _ROW.iter_unpack(whole)}
    values = _Values(folder, fixed)
    pages = (values.number(_CODE_PAGE), values.number(_WEB_CODE_PAGE))
    told = next((found for page in pages if (found := charsets.of_code_page(page))), "")
    values.charset = told or charset or "cp1252"
    return values


def warm_up() -> None:
    """Uses every part once, so that what is loaded on first use is loaded."""
    with contextlib.suppress(errors.UnreadableFile):
        level_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1528))
    mail_headers.moment(format_datetime(_EPOCH))


# -- headings -------------------------------------------------------------------------------------------


def _headings(values: _Values) -> Headers:
    """The mail's own heading lines where it came over the internet, the rest from what Outlook noted."""
    sent = mail_headers.split(_lines(values.text(_HEADINGS)))
    lines = list(sent.lines)
    noted = (
        ("from", _writer(values)),
        ("subject", values.text(_SUBJECT)),
        ("message-id", values.text(_MESSAGE_ID)),
        ("date", _date(values.moment(_SENT))),
        ("received", _received(values.moment(_DELIVERED))),
        ("content-class", "rpmsg" if "rpmsg" in values.text(_CLASS).lower() else ""),
    )
    lines += [(name, _bytes(text)) for name, text in noted if text and not sent.raw(name)]
    return Headers(tuple(lines))


def _lines(text: str) -> bytes:
    """Outlook begins the heading lines with a line of its own ("Microsoft Mail Internet Headers …")."""
    return (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .split("\n\n", 1)[0]
        .encode("utf-8", "replace")
    )


def _bytes(text: str) -> bytes:
    return " ".join(text[: MAIL.header_value].split()).encode("utf-8", "replace")


def _writer(values: _Values) -> str:
    name = next((text for n in _NAMES if (text := values.text(n).strip())), "")
    told = (values.text(number) for number in _ADDRESSES)
    address = next((text.strip() for text in told if mail_headers.address(text)), "")
    plain = name.replace('"', "'").replace("<", "(").replace(">", ")")
    if not address:
        return plain
    return f'"{plain}" <{address}>' if plain and plain != address else address


def _date(when: datetime | None) -> str:
    return format_datetime(when) if when else ""


def _received(when: datetime | None) -> str:
    return f"; {format_datetime(when)}" if when else ""


# -- bodies ---------------------------------------------------------------------------------------------


def _bodies(values: _Values, level: Level) -> None:
    """Plain words and the web page; where Outlook kept neither, what its RTF holds."""
    plain = values.text(_BODY)
    if plain.strip():
        level.plain.append(made("text/plain; charset=utf-8", plain.encode("utf-8", "replace")))
    if page := values.raw(_HTML):
        charset = charsets.of_code_page(values.number(_WEB_CODE_PAGE)) or values.charset
        level.html.append(made(f"text/html; charset={charset}", page[: MAIL.text_bytes]))
    elif words := values.text(_HTML):
        level.html.append(made("text/html; charset=utf-8", words.encode("utf-8", "replace")))
    if level.plain or level.html:
        return
    if raw := values.raw(_RTF):
        found = rtf.read(lzfu.expand(raw))
        kind = "text/html" if found.is_html else "text/plain"
        body = found.text.encode("utf-8", "replace")
        (level.html if found.is_html else level.plain).append(made(f"{kind}; charset=utf-8", body))


# -- files ----------------------------------------------------------------------------------------------


def _attach(folder: ole.Folder, charset: str, level: Level, count: list[int]) -> None:
    values = _values(folder, _FILE, charset)
    names = (values.text(n).strip() for n in (_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME))
    name = next((each for each in names if each), "")
    embedded = folder.folders.get(_name(_DATA, 0x000D).lower())
    if embedded is not None and (
        values.number(_METHOD) == _EMBEDDED or not _other_program(embedded)
    ):
        inner = _level(embedded, name or "message", _INNER, count)
        level.attached.append(inner)
        return
    inline = (
        bool(values.text(_CONTENT_ID))
        and values.fixed.get(_HIDDEN << 16 | 0x000B, b"")[:1] == b"\1"
    )
    level.files.append(_file(name, values.text(_TYPE), values.raw(_DATA), inline=inline))


def _file(name: str, kind: str, data: bytes, *, inline: bool) -> Part:
    part = made(kind or "application/octet-stream", data)
    plain = name.replace("\\", "_").replace('"', "'")
    shown = _bytes(f'{"inline" if inline else "attachment"}; filename="{plain}"')
    return replace(part, headers=Headers((*part.headers.lines, ("content-disposition", shown))))


def _signed_or_locked(values: _Values, level: Level) -> None:
    """Outlook keeps a signed mail whole in one file; that can be read. An encrypted one cannot."""
    if _SIGNED not in values.text(_CLASS).replace(".", "").lower():
        return
    for part in list(level.files):
        if part.data.lstrip()[:20].lower().startswith((b"content-type:", b"mime-version:")):
            level.files.remove(part)
            level.files.append(
                _file("signed message.eml", "message/rfc822", part.data, inline=False)
            )
