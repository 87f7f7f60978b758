"""One file into a draft: which of its parts is the notice, and what is attached to it.

Runs in the parser child only. A draft, never a decision; unknown text is a draft with the original beside it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from schoolsafe.domain.notification import Channel, MailDraft
from schoolsafe.domain.template import Template
from schoolsafe.errors import Refused
from schoolsafe.intake import errors, opening
from schoolsafe.intake.draft import Draft, read_text, read_with_subject
from schoolsafe.intake.forms import Form, form_of
from schoolsafe.intake.frame import finish, locked
from schoolsafe.intake.limits import MAIL, PDF
from schoolsafe.intake.mail_parts import (
    LEAST_WORDS,
    Level,
    body_text,
    is_locked,
    other_body,
    text_of,
)
from schoolsafe.intake.mail_split import Part
from schoolsafe.intake.opening import Opened
from schoolsafe.intake.templates_layouts import shipped, usable

_FLAGS: Final = re.IGNORECASE
_EXECUTABLE: Final = re.compile(
    r"\.(?:exe|scr|com|bat|cmd|js|jse|vbs|vbe|ps1|hta|lnk|jar|msi|iso|img|wsf|pif)$", _FLAGS
)
_CLAIMED: Final = {
    "application/pdf": b"%PDF",
    "image/png": b"\x89PNG",
    "image/jpeg": b"\xff\xd8\xff",
    "image/gif": b"GIF8",
}
_NOT_READ: Final = re.compile(r"\.(?:pdf|docx?|rtf|odt|msg|xlsx?|dat|zip)$", _FLAGS)
_TEXT_NAMES: Final = (".txt", ".htm", ".html")
_DOCUMENTS: Final = frozenset({Form.PDF, Form.ZIP, Form.RTF, Form.OUTLOOK, Form.MAIL, Form.PICTURE})


def read_mail(data: bytes, templates: Sequence[Template] = ()) -> MailDraft:
    """The draft of one file: a mail, a PDF, a Word document, RTF, plain words, or a picture of a page.

    ``templates`` are the school's own; those shipped come after them.

    Raises:
        UnreadableFile: one of its kinds, with the reason.
    """
    try:
        found = opening.opened(data)
    except errors.PasswordNeeded:
        shut = locked(opening.no_words(), "file_locked")
        return replace(shut, media=_shut_media(data))
    if is_locked(found.level):
        return replace(locked(found.level, "message_locked"), media=found.media)
    known = (*usable(templates), *shipped())
    draft = Draft(warnings=found.warnings, pictures=found.pictures, templates=known)
    _read_level(found.level, draft, source="body", depth=0)
    done = replace(finish(found.level, draft), media=found.media, pages=tuple(draft.pictures))
    if found.is_mail or done.channel is not Channel.POLICE_EMAIL or done.mail_from.address:
        return done
    on_paper = found.form in {Form.PDF, Form.ZIP, Form.PICTURE}
    return replace(done, channel=Channel.LETTER) if on_paper else done


def _shut_media(data: bytes) -> str:
    form = form_of(data)
    return opening.WORD_TYPE if form is Form.ZIP else form.value


# -- reading --------------------------------------------------------------------------------------------


def _read_level(level: Level, draft: Draft, *, source: str, depth: int) -> None:
    """The body, then its files, then attached messages; the first that holds a notice decides whose it is."""
    body = body_text(level, draft.warnings)
    other = "" if not level.plain or not level.html else other_body(level, body)
    before = len(draft.notices)
    read_with_subject(body, level, draft, source)
    if len(draft.notices) == before and other:
        read_text(other, level, draft, source)
    told = len(draft.notices)
    for part in level.files:
        _file(part, level, draft, depth=depth)
    for inner in level.attached:
        _attached(inner, draft, depth=depth)
    _forget_announcements(draft, before, told)
    if len(draft.notices) > before and draft.from_level is None:
        draft.from_level = level


def _attached(inner: Level, draft: Draft, *, depth: int) -> None:
    """A message attached to this one."""
    if depth >= MAIL.depth:
        raise errors.TooDeeplyNested(limit=MAIL.depth)
    if is_locked(inner):
        draft.warnings.append("attached_mail_locked")
    elif len(draft.texts) < MAIL.texts:
        _read_level(inner, draft, source=f"attached mail: {inner.name}", depth=depth + 1)


def _forget_announcements(draft: Draft, before: int, told: int) -> None:
    """Drops what a covering mail said of a notice without naming anybody, where an attached file names them."""
    if any(notice.children for notice in draft.notices[told:]):
        named = [notice for notice in draft.notices[before:told] if notice.children]
        draft.notices[before:told] = named


def _file(part: Part, level: Level, draft: Draft, *, depth: int) -> None:
    """A file that may hold the notice is opened; of any other only what it is not is told."""
    name = part.headers.filename
    kind = part.headers.content_type
    start = part.body(2048)
    claimed = _CLAIMED.get(kind)
    form = form_of(start)
    if (
        _EXECUTABLE.search(name)
        or form is Form.PROGRAM
        or (claimed and not start.lstrip().startswith(claimed))
    ):
        draft.warnings.append("attachment_not_what_it_says")
        return
    if form in _DOCUMENTS and not _is_decoration(part, form):
        _document(part, level, draft, depth=depth)
    elif kind in {"text/plain", "text/html"} or name.lower().endswith(_TEXT_NAMES):
        if len(draft.texts) < MAIL.texts:
            text = text_of(part, draft.warnings)
            if len(text.split()) >= LEAST_WORDS:
                read_text(text, level, draft, f"attachment: {name}")
    elif _NOT_READ.search(name) or kind in {"application/pdf", "application/msword"}:
        draft.warnings.append("attachment_not_read")


def _is_decoration(part: Part, form: Form) -> bool:
    """A picture that belongs to the page: a logo, a signature."""
    return form is Form.PICTURE and (
        part.headers.disposition != "attachment" or not opening.is_page(part.body(MAIL.size_bytes))
    )


def _document(part: Part, level: Level, draft: Draft, *, depth: int) -> None:
    """A PDF, Word document, RTF, scan or mail attached to a message."""
    if len(draft.texts) >= MAIL.texts or len(draft.pictures) >= PDF.pictures or depth >= MAIL.depth:
        draft.warnings.append("attachment_not_read")
        return
    try:
        found = opening.opened(part.body(MAIL.size_bytes), part.headers.filename or "message")
    except errors.ReaderNotLoaded:
        raise
    except errors.PasswordNeeded:
        draft.warnings.append("attachment_locked")
        return
    except Refused:
        draft.warnings.append("attachment_not_read")
        return
    if found.is_mail:
        _attached(found.level, draft, depth=depth)
        return
    _pages(found, level, draft, part.headers.filename)


def _pages(found: Opened, level: Level, draft: Draft, name: str) -> None:
    draft.warnings += found.warnings
    room = PDF.pictures - len(draft.pictures)
    draft.pictures += found.pictures[:room]
    text = body_text(found.level, draft.warnings)
    if len(text.split()) >= LEAST_WORDS:
        read_text(text, level, draft, f"attachment: {name}")
    elif found.pictures:
        draft.warnings.append("attachment_is_picture")
