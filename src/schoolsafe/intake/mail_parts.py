"""The parts of one message: its text once, its files, what is attached to it, and whether it is locked."""

import re
from dataclasses import dataclass, field
from typing import Final

from schoolsafe.intake import html_text
from schoolsafe.intake.charsets import decode
from schoolsafe.intake.flowed import unflow
from schoolsafe.intake.limits import MAIL
from schoolsafe.intake.mail_headers import Headers
from schoolsafe.intake.mail_split import Part
from schoolsafe.intake.sheet import readable

_FLAGS: Final = re.IGNORECASE
_LOCKED: Final = re.compile(
    r"message(?:_v[2-4])?\.rpmsg|smime\.p7m|securemessage(?:att)?\.html?|secure[-_ ]?(?:mail|message).*\.html?",
    _FLAGS,
)
_LOCKED_TYPES: Final = frozenset(
    {
        "application/x-microsoft-rpmsg-message",
        "application/pkcs7-mime",
        "application/x-pkcs7-mime",
        "application/vnd.ms-outlook-rpmsg",
    }
)
_STUB: Final = re.compile(
    r"has sent you (?:a |an )?(?:protected|secure|encrypted)|you(?:'ve| have) received (?:a "
    r"|an )?(?:secure|encrypted|protected)|(?:click|use|open|follow)\b[^.]{0,40}\bto (?:read"
    r"|open|view) (?:the|your|this) (?:secure|encrypted|protected)?\s?(?:message|e-?mail)"
    r"|egress (?:secure|protect)|read the message",
    _FLAGS,
)
_USELESS: Final = re.compile(
    r"(?:please )?(?:see|view|refer to)[^.]{0,40}(?:plain|html|text|other|attached) ?(?:text "
    r"|html )?(?:version|part)|does not support html|enable html",
    _FLAGS,
)
LEAST_WORDS: Final = 4
_STUB_CHARS: Final = 2000


@dataclass(slots=True)
class Level:
    """One message: the outer one, or one attached to it."""

    headers: Headers
    name: str = ""
    plain: list[Part] = field(default_factory=list)
    html: list[Part] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)
    attached: list["Level"] = field(default_factory=list)


def level_of(root: Part, name: str = "") -> Level:
    """One message with its parts, and those attached to it."""
    level = Level(root.headers, name)
    _collect(root, level, top=True)
    return level


def _collect(part: Part, level: Level, *, top: bool = False) -> None:
    kind = part.headers.content_type
    if part.is_message and not top:
        level.attached += [
            level_of(inner, part.headers.filename or "message") for inner in part.parts
        ]
        if not part.parts:
            level.files.append(part)
        return
    if part.parts:
        for inner in part.parts:
            _collect(inner, level)
        return
    is_file = part.headers.disposition == "attachment" or bool(part.headers.filename)
    if kind == "text/plain" and not is_file:
        level.plain.append(part)
    elif kind == "text/html" and not is_file:
        level.html.append(part)
    elif is_file or not kind.startswith("multipart/"):
        level.files.append(part)


def is_locked(level: Level) -> bool:
    """Rights-protected or encrypted mail, and the stubs of secure-mail services."""
    if (
        level.headers.content_type in _LOCKED_TYPES
        or "rpmsg" in level.headers.text("content-class").lower()
    ):
        return True
    for part in level.files:
        name = part.headers.filename.replace("\\", "/").rsplit("/", 1)[-1]
        if part.headers.content_type in _LOCKED_TYPES or re.fullmatch(
            r"message(?:_v[2-4])?\.rpmsg|smime\.p7m", name, _FLAGS
        ):
            return True
        if _LOCKED.fullmatch(name) and _STUB.search(body_text(level, [])):
            return True
    text = body_text(level, [])
    return (
        _STUB.search(text) is not None
        and len(text) < _STUB_CHARS
        and re.search(r"https?://", text) is not None
        and not re.search(r"\bd\.?o\.?b\b|born|\d\d/\d\d/\d{2,4}", text, _FLAGS)
    )


def text_of(part: Part, warnings: list[str]) -> str:
    """The readable text of one text part."""
    raw = part.body()
    text = decode(raw, part.headers.parameter("content-type", "charset"))
    if part.headers.content_type == "text/html" or re.match(
        r"\s*<(?:!doctype html|html)\b", text, _FLAGS
    ):
        seen = html_text.to_text(text)
        warnings += seen.left_out
        text = seen.text
    elif part.headers.parameter("content-type", "format").lower() == "flowed":
        text = unflow(
            text, delete_space=part.headers.parameter("content-type", "delsp").lower() == "yes"
        )
    text = readable(text)
    if len(text) > MAIL.text_chars or len(raw) >= MAIL.text_bytes:
        warnings.append("text_cut")
    return text[: MAIL.text_chars]


def body_text(level: Level, warnings: list[str]) -> str:
    """The body once: the plain part, or the HTML part where the plain one says nothing."""
    plain = "\n".join(text_of(part, warnings) for part in level.plain)
    html_warnings: list[str] = []
    html = "\n".join(text_of(part, html_warnings) for part in level.html)
    warnings += html_warnings
    empty = len(plain.split()) < LEAST_WORDS or (_USELESS.search(plain) and len(plain) < len(html))
    return html if html.strip() and (empty or not plain.strip()) else plain


def other_body(level: Level, body: str) -> str:
    """The body that was not read: HTML beside plain text or the other way round."""
    html = "\n".join(text_of(part, []) for part in level.html)
    plain = "\n".join(text_of(part, []) for part in level.plain)
    return plain if body == html else html
