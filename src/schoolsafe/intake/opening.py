"""Any file opened: a mail as its levels, another document as its text, a scan as pictures of its pages.

One place knows which reader belongs to which form. Left to others: which form it is (forms), what it says (mail).
"""

from dataclasses import dataclass, field
from types import ModuleType
from typing import Final

from schoolsafe.intake import errors, html_text, rtf, text_head
from schoolsafe.intake.charsets import decode, wide
from schoolsafe.intake.forms import Form, form_of
from schoolsafe.intake.limits import MAIL, MB
from schoolsafe.intake.mail_headers import Headers
from schoolsafe.intake.mail_parts import Level, level_of
from schoolsafe.intake.mail_split import made, parse
from schoolsafe.intake.sheet import readable

_REFUSED: Final = {
    Form.EMPTY: errors.NoMessage,
    Form.OTHER_PICTURE: errors.OtherPicture,
    Form.PROGRAM: errors.Program,
    Form.ARCHIVE: errors.Archive,
    Form.PACKED_MAIL: errors.PackedMail,
    Form.BINARY: errors.NotAMessage,
}
WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(slots=True)
class Opened:
    """What a file held: one level of mail, with the pictures of pages that hold no text."""

    form: Form
    level: Level
    pictures: list[bytes] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def is_mail(self) -> bool:
        """Whether it was a message with headings of its own, not a document."""
        return self.form in {Form.MAIL, Form.OUTLOOK}

    @property
    def media(self) -> str:
        """The media type the original is kept under."""
        return WORD_TYPE if self.form is Form.ZIP else self.form.value


def opened(data: bytes, name: str = "") -> Opened:
    """The file opened by its form.

    Raises:
        UnreadableFile: one of its kinds, with the reason.
    """
    if len(data) > MAIL.size_bytes:
        raise errors.MailTooLarge(limit=MAIL.size_bytes // MB)
    form = form_of(data)
    if form in _REFUSED:
        raise _REFUSED[form]
    if form is Form.MAIL:
        return Opened(form, level_of(parse(data), name))
    if form is Form.OUTLOOK:
        return Opened(form, _outlook().level_of(data, name))
    return _document(form, data, name)


def _document(form: Form, data: bytes, name: str) -> Opened:
    pictures: list[bytes] = []
    warnings: list[str] = []
    if form is Form.PDF:
        paper = _pdf().read(data)
        text, pictures, warnings = paper.text, paper.pictures, paper.left_out
    elif form is Form.ZIP:
        letter = _word().read(data)
        text, warnings = letter.text, list(letter.left_out)
    elif form is Form.PICTURE:
        text, pictures = "", _scans().pages(data)
    else:
        text = plain_text(form, data, warnings)
    headers, body = text_head.split(text)
    level = Level(headers, name)
    if body.strip():
        level.plain.append(made("text/plain; charset=utf-8", body.encode("utf-8", "replace")))
    return Opened(form, level, pictures, warnings)


def plain_text(form: Form, data: bytes, warnings: list[str]) -> str:
    """The text of an RTF file, a web page or plain words."""
    if form is Form.RTF:
        found = rtf.read(data)
        warnings += found.left_out
        text, is_page = found.text, found.is_html
    else:
        text, is_page = decode(data[: MAIL.text_bytes], wide(data)), form is Form.PAGE
    if is_page:
        seen = html_text.to_text(text)
        warnings += seen.left_out
        text = seen.text
    text = readable(text.removeprefix("\ufeff"))
    if len(text) > MAIL.text_chars:
        warnings.append("text_cut")
    return text[: MAIL.text_chars]


def is_page(data: bytes) -> bool:
    """Whether a picture is a page and not a logo; a picture nobody can decode is none."""
    try:
        return bool(_scans().is_page(data))
    except errors.DamagedPicture:
        return False


def no_words() -> Level:
    """A level without headings or words, for a file that stays shut."""
    return Level(Headers(()))


# -- readers that need libraries ------------------------------------------------------------------------
# why: loading them takes longer than reading a mail, and most mails need none (benchmarks/parse_file.py);
# locked in, the child can load nothing, and the caller asks again with everything loaded


def _outlook() -> ModuleType:
    try:
        from schoolsafe.intake import outlook  # noqa: PLC0415  # see above
    except (ImportError, OSError):
        raise errors.ReaderNotLoaded from None
    return outlook


def _pdf() -> ModuleType:
    try:
        from schoolsafe.intake import pdf  # noqa: PLC0415  # see above
    except (ImportError, OSError):
        raise errors.ReaderNotLoaded from None
    return pdf


def _word() -> ModuleType:
    try:
        from schoolsafe.intake import word  # noqa: PLC0415  # see above
    except (ImportError, OSError):
        raise errors.ReaderNotLoaded from None
    return word


def _scans() -> ModuleType:
    try:
        from schoolsafe.intake import scans  # noqa: PLC0415  # see above
    except (ImportError, OSError):
        raise errors.ReaderNotLoaded from None
    return scans
