"""One message into a draft: which part is the notice, who sent it, when it reached the school, locked or not.

Runs in the parser child only. A draft, never a decision; unknown text is a draft with the original beside it.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from schoolsafe.domain.notification import Channel, MailDraft, Notice, NoticeKind, Sender
from schoolsafe.intake import errors, mail_headers, phone, senders
from schoolsafe.intake.dates import find_dates
from schoolsafe.intake.limits import MAIL
from schoolsafe.intake.mail_headers import Headers
from schoolsafe.intake.mail_parts import (
    LEAST_WORDS,
    Level,
    body_text,
    is_locked,
    level_of,
    other_body,
    text_of,
)
from schoolsafe.intake.mail_split import Part, parse
from schoolsafe.intake.notice import Context, read_notices
from schoolsafe.intake.quoting import Segment, unfold_chain
from schoolsafe.intake.sheet import Cut, has_invisible, make
from schoolsafe.intake.templates import words

_FLAGS: Final = re.IGNORECASE
_LONDON: Final = "Europe/London"
_REPLY: Final = re.compile(r"\s*(?:re|aw|sv)\s*(?:\[\d+\])?:", _FLAGS)
_FORWARD: Final = re.compile(r"\s*(?:fwd?|wg|tr)\s*:", _FLAGS)
_ADDRESSED: Final = re.compile(r"by\s+(?P<host>[\w.-]+)", _FLAGS)
_EXECUTABLE: Final = re.compile(
    r"\.(?:exe|scr|com|bat|cmd|js|jse|vbs|vbe|ps1|hta|lnk|jar|msi|iso|img|wsf|pif)$", _FLAGS
)
_MAGIC: Final = (
    (b"%PDF", "application/pdf"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)
_READ_LATER: Final = re.compile(r"\.(?:pdf|docx?|rtf|odt|msg|xlsx?)$", _FLAGS)


@dataclass(slots=True)
class _Draft:
    """What has been gathered so far."""

    texts: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    older: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    from_level: Level | None = None
    inline: Segment | None = None


def read_mail(data: bytes) -> MailDraft:
    """The draft of one message.

    Raises:
        UnreadableFile: one of its kinds, with the reason.
    """
    _refuse_other_kinds(data)
    root = parse(data)
    level = level_of(root)
    if is_locked(level):
        return _locked(level)
    draft = _Draft()
    _read_level(level, draft, source="body")
    return _finish(level, draft)


def _refuse_other_kinds(data: bytes) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise errors.OutlookMessage
    if data.startswith(b"%PDF"):
        raise errors.NotAMessageButPdf


# -- the parts ------------------------------------------------------------------------------------------


# -- reading --------------------------------------------------------------------------------------------


def _read_level(level: Level, draft: _Draft, *, source: str) -> None:
    """The body, then text files, then attached messages; the first that holds a notice decides whose it is."""
    body = body_text(level, draft.warnings)
    other = "" if not level.plain or not level.html else other_body(level, body)
    before = len(draft.notices)
    _read_with_subject(body, level, draft, source)
    if len(draft.notices) == before and other:
        _read_text(other, level, draft, source)
    for part in level.files:
        _file(part, level, draft)
    for inner in level.attached:
        if is_locked(inner):
            draft.warnings.append("attached_mail_locked")
        elif len(draft.texts) < MAIL.texts:
            _read_level(inner, draft, source=f"attached mail: {inner.name}")
    if len(draft.notices) > before and draft.from_level is None:
        draft.from_level = level


def _file(part: Part, level: Level, draft: _Draft) -> None:
    """A text file is read; of any other only what it is not is told."""
    name = part.headers.filename
    kind = part.headers.content_type
    start = part.body(2048)
    real = next((real for magic, real in _MAGIC if start.startswith(magic)), None)
    claimed = next((real for _, real in _MAGIC if real == kind), None)
    if _EXECUTABLE.search(name) or (claimed and real != claimed) or start[:2] == b"MZ":
        draft.warnings.append("attachment_not_what_it_says")
        return
    readable_file = kind in {"text/plain", "text/html"} or name.lower().endswith(
        (".txt", ".htm", ".html")
    )
    if readable_file and len(draft.texts) < MAIL.texts:
        text = text_of(part, draft.warnings)
        if len(text.split()) >= LEAST_WORDS:
            _read_text(text, level, draft, f"attachment: {name}")
    elif _READ_LATER.search(name) or kind in {"application/pdf", "application/msword"}:
        draft.warnings.append("attachment_not_read")


def _read_with_subject(text: str, level: Level, draft: _Draft, source: str) -> None:
    """The text; with its subject line above it where that alone says who or when."""
    trial = _Draft(texts=list(draft.texts))
    _read_text(text, level, trial, source)
    subject = _FORWARD.sub("", level.headers.text("subject")).strip()
    lacks = not any(notice.children and notice.incident.date for notice in trial.notices)
    if (
        lacks
        and trial.inline is None
        and not trial.older
        and re.search(r"\d", subject)
        and not _REPLY.match(subject)
    ):
        longer = _Draft(texts=list(draft.texts))
        _read_text(f"{subject}\n\n{text}", level, longer, source)
        if any(notice.children and notice.incident.date for notice in longer.notices):
            trial = longer
    draft.texts[:] = trial.texts
    draft.notices += _fresh(draft, tuple(trial.notices))
    draft.older += trial.older
    draft.warnings += trial.warnings
    draft.inline = draft.inline or trial.inline


def _read_text(text: str, level: Level, draft: _Draft, source: str) -> None:
    """One text with its chain: the newest notice counts, older ones are only named."""
    if not text.strip():
        return
    sheet = make(len(draft.texts), text[: MAIL.searched_chars])
    draft.texts.append(text)
    if len(text) > MAIL.searched_chars:
        draft.warnings.append("text_cut")
    subject = level.headers.text("subject")
    today = _day(level)
    chain = unfold_chain(sheet)
    kind = _kind(f"{subject}\n{chain.top.plain}")
    top = read_notices(chain.top, Context(today, kind, source))
    older = [
        (
            segment,
            each,
            read_notices(
                each,
                Context(
                    _written(segment, today),
                    _kind(f"{segment.headers.get('subject', '')}\n{each.plain}") or _kind(subject),
                    source,
                ),
            ),
        )
        for segment, each in chain.older[:10]
    ]
    found = [
        (segment, each, reading)
        for segment, each, reading in older
        if any(n.children for n in reading.notices)
    ]
    if (
        not any(n.children for n in top.notices)
        and found
        and _is_forward(subject, found[0][0], level)
    ):
        segment, _each, reading = found.pop(0)
        draft.notices += _fresh(draft, reading.notices)
        draft.warnings += reading.warnings
        draft.inline = draft.inline or segment
    else:
        draft.notices += _fresh(
            draft,
            top.notices
            if top.notices and (any(n.children for n in top.notices) or not found)
            else (),
        )
        draft.warnings += top.warnings
        if found:
            draft.warnings.append("older_notice_quoted" if draft.notices else "only_older_notice")
    for _segment, _each, reading in found:
        draft.older += [_headline(notice) for notice in reading.notices]
    if chain.tail and draft.notices and found:
        last = draft.notices[-1]
        answer = re.search(r"\[?answer:\s*([^\]\n]+)", chain.tail, _FLAGS)
        draft.notices[-1] = replace(
            last,
            other={
                **last.other,
                "later_answer_about_older_notice_as_sent": answer[1].strip()
                if answer
                else chain.tail[:500],
            },
        )


def _written(segment: Segment, today: date | None) -> date | None:
    """The day a passed-on message was written: "last night" in it is the night before that day."""
    told = segment.headers.get("sent", "") or segment.headers.get("date", "")
    days = find_dates(told, Cut(0, len(told)), today)
    return days[0].day if days and (today is None or days[0].day <= today) else today


def _fresh(draft: _Draft, notices: tuple[Notice, ...]) -> list[Notice]:
    """Those not already read from another part: the same text twice is one notice."""
    known = {_key(notice) for notice in draft.notices}
    return [notice for notice in notices if _key(notice) not in known]


def _key(notice: Notice) -> tuple[object, ...]:
    children = tuple(sorted(f"{c.surname} {c.forename}".lower() for c in notice.children))
    return notice.incident.date, children


def _headline(notice: Notice) -> str:
    when = notice.incident
    pieces = (notice.police_reference, when.as_sent, notice.risk.grade_as_sent)
    return ", ".join(piece for piece in pieces if piece)


def _is_forward(subject: str, segment: Segment, level: Level) -> bool:
    """Whether the text below was passed on to be read, not quoted under an answer."""
    if segment.forwarded or _FORWARD.match(subject):
        return True
    if _REPLY.match(subject):
        return False
    writer = mail_headers.address(segment.headers.get("from", ""))
    return (
        bool(segment.headers)
        and writer is not None
        and not senders.same_house(level.headers.address("from"), writer)
    )


_NOT_OF_THIS_KIND: Final = re.compile(
    r"\b(?:not|non|isn't|no|nor|never)[\s-]+(?:(?:an?|the|part|of|related|to|under|for|any)\s+){0,4}"
    r"(?:(?:operation|op)\s+)?(?:encompass|domestic(?:[\s-]+(?:abuse|violence|incident))?)\b",
    _FLAGS,
)
"""What the words say it is not: "PPN (not domestic abuse)"."""


def _kind(text: str) -> NoticeKind | None:
    """What sort of notice the words are."""
    rule = words().kind
    lines, text = text, _NOT_OF_THIS_KIND.sub(" ", " ".join(text.split()))
    if rule["missing"].search(text):
        return NoticeKind.FOUND if _says_found(lines) else NoticeKind.MISSING
    if rule["domestic"].search(text):
        return NoticeKind.DOMESTIC_ABUSE
    return NoticeKind.OTHER_PPN if rule["other"].search(text) else None


def _says_found(text: str) -> bool:
    """A heading or label that says so; "has not been found" does not."""
    return (
        re.search(
            r"(?:^|\n)\s*\W*(?:found|located)\b\W*(?:\n|:|\s\d)|-\s*found\s*(?:$|\n)|\b(?:has|have) "
            r"been (?:found|located)\b|\b(?:was|were) (?:found|located) safe|no longer missing"
            r"|missing person (?:found|located|returned)",
            text,
            _FLAGS,
        )
        is not None
    )


# -- the frame ------------------------------------------------------------------------------------------


def _day(level: Level) -> date | None:
    when = _received(level.headers) or mail_headers.moment(level.headers.text("date"))
    return when.astimezone(ZoneInfo(_LONDON)).date() if when else None


def _received(headers: Headers) -> datetime | None:
    """The topmost Received line: the school's own server's."""
    return mail_headers.moment(headers.text("received").rpartition(";")[2])


def _server_check(headers: Headers) -> str | None:
    """The verdict of the same server that wrote the top Received line; anybody can write others."""
    by = _ADDRESSED.search(headers.text("received"))
    result = headers.text("authentication-results")
    host = re.match(r"\s*([\w.-]+)", result)
    if not by or not host or host[1].lower() != by["host"].lower():
        return None
    verdicts = dict(re.findall(r"\b(spf|dkim|dmarc)\s*=\s*(\w+)", result.lower()))
    if "dmarc" in verdicts:
        return (
            "pass"
            if verdicts["dmarc"] == "pass"
            else "fail"
            if verdicts["dmarc"] in {"fail", "permerror"}
            else None
        )
    if "fail" in verdicts.values():
        return "fail"
    return "pass" if verdicts.get("spf") == "pass" or verdicts.get("dkim") == "pass" else None


def _locked(level: Level) -> MailDraft:
    draft = _Draft(warnings=["message_locked"])
    body = body_text(level, [])
    return replace(
        _finish(level, draft),
        outcome="locked",
        kind=None,
        notices=(),
        texts=(body,) if body.strip() else (),
    )


def _finish(level: Level, draft: _Draft) -> MailDraft:
    mail_from = level.headers.address("from") or Sender()
    notice_level = draft.from_level or level
    check = _server_check(level.headers)
    forwarded = draft.from_level is not None and draft.from_level is not level
    inner = notice_level.headers.address("from") or mail_from
    received = _received(notice_level.headers) or mail_headers.moment(
        notice_level.headers.text("date")
    )
    if forwarded and received is None:
        received = _received(level.headers)
    if draft.inline and (writer := mail_headers.address(draft.inline.headers.get("from", ""))):
        inner, forwarded = writer, True
    body = draft.texts[0] if draft.texts else ""
    call = phone.find_call(body, level.headers, received) if not forwarded else None
    kind = (
        draft.notices[0].kind
        if draft.notices
        else _kind(f"{level.headers.text('subject')}\n{body[:5000]}")
    )
    sender = senders.describe(inner, body, failed=check == "fail" and not forwarded)
    channel = senders.channel_of(inner, body)
    notices = tuple(draft.notices)
    if call:
        sender, channel, forwarded = call.sender, Channel.PHONE, True
        received = call.at or received
        notices = tuple(replace(notice, other={**notice.other, **call.other}) for notice in notices)
    return MailDraft(
        outcome="received",
        kind=kind,
        channel=channel,
        sender=sender,
        mail_from=mail_from,
        mail_server_check=check,
        forwarded_by=mail_from if forwarded else None,
        received_at=received,
        message_id=level.headers.text("message-id").strip()[:500] or None,
        notices=notices,
        texts=tuple(draft.texts),
        quoted_older=tuple(dict.fromkeys(draft.older)),
        warnings=tuple(dict.fromkeys([*_suspicions(level, notices, check), *draft.warnings])),
    )


def _suspicions(level: Level, notices: tuple[Notice, ...], check: str | None) -> list[str]:
    found = ["sender_check_failed"] if check == "fail" else []
    reply, writer = level.headers.addresses("reply-to"), level.headers.addresses("from")
    if reply and writer and reply[0].rpartition("@")[2] != writer[0].rpartition("@")[2]:
        found.append("reply_to_differs")
    if any(has_invisible(child.name_as_sent) for notice in notices for child in notice.children):
        found.append("invisible_characters")
    return found
