"""A message into its parts, counted while reading: size, heading bytes, parts, depth. Linear in the bytes.

The structure is read here and not by the standard library, which recurses and is quadratic on hostile mail.
Left to others: decoding of headings (mail_headers), which part holds the notice (mail).
"""

import binascii
import re
from dataclasses import dataclass, field
from typing import Final

from schoolsafe.intake import errors
from schoolsafe.intake.limits import MAIL
from schoolsafe.intake.mail_headers import Headers, looks_like_heading, split

_NOT_BASE64: Final = re.compile(rb"[^A-Za-z0-9+/]")
_UNIX_FROM: Final = re.compile(rb"(?:From |>From )[^\n]*\n")


@dataclass(slots=True)
class Part:
    """One part of a message: its headings, its place in the bytes, and the parts inside it."""

    headers: Headers
    data: bytes = field(repr=False)
    start: int
    end: int
    parts: list["Part"] = field(default_factory=list)

    @property
    def is_message(self) -> bool:
        """Whether this part is a whole message that was attached."""
        return self.headers.content_type == "message/rfc822" or (
            self.headers.filename.lower().endswith(".eml")
        )

    def body(self, limit: int = MAIL.text_bytes) -> bytes:
        """The content with its transfer encoding undone, up to ``limit`` bytes."""
        encoding = self.headers.text("content-transfer-encoding").strip().lower()
        if encoding == "base64":
            letters = _NOT_BASE64.sub(
                b"", self.data[self.start : min(self.end, self.start + limit * 2)]
            )
            letters = letters[
                : len(letters) // 4 * 4 + (len(letters) % 4 if len(letters) % 4 > 1 else 0)
            ]
            return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))[:limit]
        raw = self.data[self.start : min(self.end, self.start + limit * 3)]
        if encoding == "quoted-printable":
            return binascii.a2b_qp(raw)[:limit]
        return raw[:limit]


def made(content_type: str, data: bytes) -> Part:
    """A part of our own making, from another kind of file."""
    headers = Headers((("content-type", content_type.encode("utf-8", "replace")),))
    return Part(headers, data, 0, len(data))


@dataclass(slots=True)
class _Counter:
    parts: int = 0

    def one_more(self, depth: int) -> None:
        self.parts += 1
        if self.parts > MAIL.parts:
            raise errors.TooManyParts(limit=MAIL.parts)
        if depth > MAIL.depth:
            raise errors.TooDeeplyNested(limit=MAIL.depth)


def parse(data: bytes) -> Part:
    """The tree of parts of one message.

    Raises:
        NoMessage: empty, or not one heading line.
        MailTooLarge, HeadersTooLong, TooManyAddresses, TooManyParts, TooDeeplyNested: over a limit.
    """
    if len(data) > MAIL.size_bytes:
        raise errors.MailTooLarge(limit=MAIL.size_bytes // (1024 * 1024))
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\n")
    if unix := _UNIX_FROM.match(data):
        data = data[unix.end() :]
    if not data.strip() or not looks_like_heading(data[:1000]):
        raise errors.NoMessage
    return _entity(data, start=0, end=len(data), depth=0, counter=_Counter())


def _entity(data: bytes, *, start: int, end: int, depth: int, counter: _Counter) -> Part:
    counter.one_more(depth)
    if data.startswith(b"\n", start, end):
        return _with_parts(Part(Headers(()), data, start + 1, end), depth, counter)
    if not looks_like_heading(data[start : min(end, start + 200)]):
        return Part(Headers(()), data, start, end)
    gap = data.find(b"\n\n", start, end)
    top = end if gap < 0 else gap
    headers = split(data[start : min(top, start + MAIL.header_bytes + 1)])
    return _with_parts(Part(headers, data, min(top + 2, end), end), depth, counter)


def _with_parts(part: Part, depth: int, counter: _Counter) -> Part:
    if part.is_message:
        inner, start, end = _attached(part)
        if inner[start : start + 1].strip() and looks_like_heading(inner[start : start + 200]):
            part.parts = [_entity(inner, start=start, end=end, depth=depth + 1, counter=counter)]
        return part
    boundary = part.headers.parameter("content-type", "boundary")
    if not part.headers.content_type.startswith("multipart/") or not boundary:
        return part
    for start, end in _between(part, boundary.encode("utf-8", "replace"), counter):
        part.parts.append(
            _entity(part.data, start=start, end=end, depth=depth + 1, counter=counter)
        )
    return part


def _attached(part: Part) -> tuple[bytes, int, int]:
    """The bytes of an attached message: in place, or decoded where it was encoded against the rules."""
    if part.headers.text("content-transfer-encoding").strip().lower() in {
        "base64",
        "quoted-printable",
    }:
        inner = part.body(MAIL.size_bytes)
        inner = inner.replace(b"\r\n", b"\n").replace(b"\r", b"\n").lstrip(b"\n")
        return inner, 0, len(inner)
    start = part.start
    while part.data.startswith(b"\n", start, part.end):
        start += 1
    return part.data, start, part.end


def _between(part: Part, boundary: bytes, counter: _Counter) -> list[tuple[int, int]]:
    """The stretches between boundary lines; a missing last boundary ends with the message."""
    line = re.compile(rb"^--" + re.escape(boundary) + rb"(--)?[ \t]*$", re.MULTILINE)
    stretches: list[tuple[int, int]] = []
    opened: int | None = None
    for found in line.finditer(part.data, part.start, part.end):
        if opened is not None:
            stretches.append((opened, max(opened, found.start() - 1)))
            if len(stretches) + counter.parts > MAIL.parts:
                raise errors.TooManyParts(limit=MAIL.parts)
        opened = None if found.group(1) else min(found.end() + 1, part.end)
        if opened is None:
            return stretches
    if opened is not None:
        stretches.append((opened, part.end))
    return stretches
