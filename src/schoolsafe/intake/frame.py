"""The frame of a message: who sent it, by which way, when it reached the school, and what is odd about it.

Left to others: what it says (draft, notice), what is attached to it (mail).
"""

import re
from dataclasses import replace
from typing import Final

from schoolsafe.domain.notification import Channel, MailDraft, Notice, Sender
from schoolsafe.intake import mail_headers, phone, senders
from schoolsafe.intake.draft import Draft
from schoolsafe.intake.mail_headers import Headers
from schoolsafe.intake.mail_parts import Level, body_text
from schoolsafe.intake.notice_kind import kind_of
from schoolsafe.intake.sheet import has_invisible

_FLAGS: Final = re.IGNORECASE
_ADDRESSED: Final = re.compile(r"by\s+(?P<host>[\w.-]+)", _FLAGS)


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


def locked(level: Level, warning: str) -> MailDraft:
    """The draft of a message that is shut: who sent it and when, and nothing of what it says."""
    draft = Draft(warnings=[warning])
    body = body_text(level, [])
    return replace(
        finish(level, draft),
        outcome="locked",
        kind=None,
        notices=(),
        texts=(body,) if body.strip() else (),
    )


def finish(level: Level, draft: Draft) -> MailDraft:
    """The draft, once everything has been read."""
    mail_from = level.headers.address("from") or Sender()
    notice_level = draft.from_level or level
    check = _server_check(level.headers)
    forwarded = draft.from_level is not None and draft.from_level is not level
    inner = notice_level.headers.address("from") or mail_from
    received = mail_headers.received(notice_level.headers) or mail_headers.moment(
        notice_level.headers.text("date")
    )
    if forwarded and received is None:
        received = mail_headers.received(level.headers)
    if draft.inline and (writer := mail_headers.address(draft.inline.headers.get("from", ""))):
        inner, forwarded = writer, True
    body = draft.texts[0] if draft.texts else ""
    call = phone.find_call(body, level.headers, received) if not forwarded else None
    kind = (
        draft.notices[0].kind
        if draft.notices
        else kind_of(f"{level.headers.text('subject')}\n{body[:5000]}")
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
