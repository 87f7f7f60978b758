"""The sample notices in other forms: each mail as Outlook keeps it, or as its words stand on paper."""

import re
from collections.abc import Iterable
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from renderings.outlook_file import OutlookFile, OutlookMail
from renderings.rtf_file import compressed, plain_rtf, wrapped_page
from schoolsafe.intake.html_text import to_text


def parsed(data: bytes) -> EmailMessage:
    """A mail by the standard library, for writing it anew."""
    found = message_from_bytes(data, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def as_outlook(data: bytes, body: str) -> OutlookMail:
    """A mail as Outlook keeps it, with its body as ``plain``, ``page`` or ``rtf`` alone."""
    return _outlook(parsed(data), data, body)


def _outlook(mail: EmailMessage, data: bytes, body: str) -> OutlookMail:
    plain, page = _bodies(mail)
    if len(to_text(page).text) < len(plain) / 2:
        page = ""  # a stub beside the words
    headings = data.replace(b"\r\n", b"\n").partition(b"\n\n")[0].decode("utf-8", "replace")
    told: dict[str, object] = {}
    if body == "plain":
        told["body"] = plain or to_text(page).text
    elif body == "page":
        told["page"] = (page or _page_of(plain)).encode("utf-8")
    else:
        told["rtf"] = compressed(wrapped_page(page) if page else plain_rtf(plain))
    return OutlookMail(
        subject=str(mail["subject"] or ""),
        headings=headings,
        files=tuple(_files(mail, body)),
        sent=parsedate_to_datetime(mail["date"]) if mail["date"] else None,
        **told,  # type: ignore[arg-type]  # one of the bodies
    )


def _bodies(mail: EmailMessage) -> tuple[str, str]:
    plain = mail.get_body(("plain",))
    page = mail.get_body(("html",))
    return (_text(plain) if plain else "", _text(page) if page else "")


def _text(part: EmailMessage) -> str:
    raw = part.get_payload(decode=True)
    assert isinstance(raw, bytes)
    try:
        return raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        told = part.get_content_charset("cp1252")
        wrong = told in {"us-ascii", "iso-8859-1", "utf-8"}
        return raw.decode("cp1252" if wrong else told).replace("\r\n", "\n")


def _page_of(text: str) -> str:
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<html><body><pre>{safe}</pre></body></html>"


def _files(mail: EmailMessage, body: str) -> Iterable[OutlookFile]:
    for part in mail.iter_attachments():
        name = part.get_filename() or "message"
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload(0)
            assert isinstance(inner, EmailMessage)
            yield OutlookFile(name, _outlook(inner, inner.as_bytes(), body))
        else:
            raw = part.get_payload(decode=True)
            assert isinstance(raw, bytes)
            inline = part.get_content_disposition() == "inline" or bool(part["content-id"])
            yield OutlookFile(name, raw, kind, inline=inline)


def words_of(data: bytes) -> str:
    """What a person would print of a mail: its own words, those of the mail inside it, or of its PDF."""
    mail = parsed(data)
    inner = next(
        (p for p in mail.iter_attachments() if p.get_content_type() == "message/rfc822"), None
    )
    if inner is not None:
        held = inner.get_payload(0)
        assert isinstance(held, EmailMessage)
        return words_of(held.as_bytes())
    plain, page = _bodies(mail)
    seen = to_text(page).text
    return (plain if len(plain) > len(seen) / 2 else seen).strip("\n")


def memo(data: bytes) -> str:
    """The same under the head that Outlook prints above a message."""
    mail = parsed(data)
    inner = next(
        (p for p in mail.iter_attachments() if p.get_content_type() == "message/rfc822"), None
    )
    if inner is not None:
        held = inner.get_payload(0)
        assert isinstance(held, EmailMessage)
        mail = held
    received = str(mail["received"] or "").rpartition(";")[2] or str(mail["date"])
    when = parsedate_to_datetime(received.strip())
    head = [
        f"From: {mail['from']}", f"Sent: {when.strftime('%d %B %Y %H:%M:%S')}", f"To: {mail['to']}",
        f"Subject: {mail['subject']}",
    ]  # fmt: skip
    return "\n".join(" ".join(line.split()) for line in head) + "\n\n" + words_of(data)


def reflowed(text: str) -> str:
    """Lines that a mail program broke, joined: as a letter is typed."""
    return re.sub(r"(?<=\S)(?<![:.])\n(?=[a-z(])", " ", text)
