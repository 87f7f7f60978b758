"""Heading lines of one part of a message: unfolded, decoded, capped. Never the standard library's quadratic parser.

Left to others: which part is the notice (mail), what the words mean (notice).
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value, parsedate_to_datetime
from typing import Final
from zoneinfo import ZoneInfo

from schoolsafe.domain.notification import Sender
from schoolsafe.intake import errors
from schoolsafe.intake.charsets import decode
from schoolsafe.intake.limits import MAIL

_LONDON: Final = "Europe/London"
_NAME: Final = re.compile(rb"[!-9;-~]{1,78}[ \t]*:")
_ADDRESS: Final = re.compile(r"[^\s<>()\"',;:]{1,200}@[^\s<>()\"',;:]{1,250}")
_ANGLE: Final = re.compile(r"<\s*[^\s<>@]{1,200}@[^\s<>@]{1,250}\s*>")
_COMMENT: Final = re.compile(r"\(([^()]{1,200})\)")
_PARAMETER_ERRORS: Final = (ValueError, LookupError, TypeError, AttributeError, MessageError)


@dataclass(frozen=True, slots=True)
class Headers:
    """The heading lines in order, as (lower-case name, raw value)."""

    lines: tuple[tuple[str, bytes], ...]

    def raw(self, name: str) -> bytes:
        """The first heading of that name, or nothing."""
        return next((value for key, value in self.lines if key == name), b"")

    def text(self, name: str) -> str:
        """The first heading of that name with encoded words decoded, capped."""
        return decoded(self.raw(name))

    def parameter(self, name: str, parameter: str) -> str:
        """A parameter such as ``boundary`` or ``charset``; empty where there is none."""
        message = self._only(name)
        try:
            found = message.get_param(parameter, header=name)
            return collapse_rfc2231_value(found).strip() if found else ""
        except _PARAMETER_ERRORS:
            return ""

    @property
    def content_type(self) -> str:
        """The media type in lower case; text/plain where nothing usable stands."""
        return self._only("content-type").get_content_type()

    @property
    def disposition(self) -> str:
        """``attachment``, ``inline`` or nothing."""
        return self.text("content-disposition").split(";")[0].strip().lower()

    @property
    def filename(self) -> str:
        """The name the sender gave an attachment. Display text, never a path."""
        name = self.parameter("content-disposition", "filename")
        return decoded((name or self.parameter("content-type", "name")).encode("utf-8", "replace"))

    def address(self, name: str) -> Sender | None:
        """The first address of a heading."""
        return address(self.text(name))

    def addresses(self, name: str) -> tuple[str, ...]:
        """Bare addresses of a heading, in lower case."""
        return tuple(found.lower() for found in _ADDRESS.findall(self.text(name)))

    def _only(self, name: str) -> Message:
        """A standard message with this heading alone, for its parameter rules."""
        message = Message()
        value = decode(self.raw(name)[: MAIL.header_value], "")
        if value:
            message[name] = " ".join(value.split())
        return message


def split(block: bytes) -> Headers:
    """The heading lines of a block of bytes.

    Raises:
        HeadersTooLong: more bytes or lines than any mail program writes.
        TooManyAddresses: one line lists more addresses than a message may.
    """
    if len(block) > MAIL.header_bytes or block.count(b"\n") > MAIL.header_lines:
        raise errors.HeadersTooLong(limit=MAIL.header_bytes // 1024)
    lines: list[tuple[str, list[bytes]]] = []
    for line in block.split(b"\n"):
        if line[:1] in {b" ", b"\t"} and lines:
            lines[-1][1].append(line.strip())
        elif found := _NAME.match(line):
            name = line[: found.end() - 1].strip().lower().decode("ascii")
            lines.append((name, [line[found.end() :].strip()]))
    headers = Headers(tuple((name, b" ".join(parts)) for name, parts in lines))
    for name in ("from", "to", "cc", "reply-to", "sender"):
        if headers.raw(name).count(b"@") > MAIL.addresses:
            raise errors.TooManyAddresses(limit=MAIL.addresses)
    return headers


def looks_like_heading(line: bytes) -> bool:
    """Whether a line could open a message's headings."""
    return _NAME.match(line) is not None


def decoded(value: bytes) -> str:
    """A heading value as text: encoded words, or bare bytes in whatever set they are."""
    text = decode(value[: MAIL.header_value], "")
    if "=?" not in text:
        return text
    try:
        pieces = decode_header(text)
    except (HeaderParseError, ValueError):
        return text
    return "".join(
        piece if isinstance(piece, str) else decode(piece, charset or "")
        for piece, charset in pieces
    )


def address(text: str) -> Sender | None:
    """Name and address of one person; None where there is no address.

    By hand: the standard library's parser follows nested comments until the stack ends.
    """
    text = " ".join(text[:1000].split())
    found = _ANGLE.search(text) or _ADDRESS.search(text)
    if found is None:
        return None
    name = text[: found.start()].strip(" \"'<[(")
    if not name and (comment := _COMMENT.search(text, found.end())):
        name = comment[1]
    return Sender(name=name.replace('\\"', '"').strip() or None, address=found.group().strip("<> "))


def moment(text: str) -> datetime | None:
    """The instant of a date heading, aware; None where it cannot be read or has no zone."""
    try:
        found = parsedate_to_datetime(" ".join(text[:200].split()))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo is not None else None


def received(headers: Headers) -> datetime | None:
    """The topmost Received line: the school's own server's."""
    return moment(headers.text("received").rpartition(";")[2])


def day(headers: Headers) -> date | None:
    """The day in the United Kingdom on which the message came, or was written."""
    when = received(headers) or moment(headers.text("date"))
    return when.astimezone(ZoneInfo(_LONDON)).date() if when else None


def heading_names(data: bytes) -> list[str] | None:
    """The names of the heading lines a message begins with; None where its first line is none."""
    head = data[: MAIL.header_bytes].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\n")
    if head.startswith((b"From ", b">From ")):
        head = head.partition(b"\n")[2]
    if not looks_like_heading(head[:1000]):
        return None
    block = head.partition(b"\n\n")[0].split(b"\n")[: MAIL.header_lines]
    found = (_NAME.match(line) for line in block)
    return [each.group()[:-1].strip().lower().decode("ascii") for each in found if each]
