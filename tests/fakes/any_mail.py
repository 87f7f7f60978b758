"""Drafts for whatever bytes come: one notice of one child, told apart by the first line of the message."""

from typing_extensions import override

from house import ReadyDrafts
from schoolsafe.domain.notification import (
    Channel,
    ChildLine,
    MailDraft,
    Notice,
    NoticeKind,
    Sender,
)
from schoolsafe.errors import Refused

POLICE = Sender(name="Safeguarding hub", address="encompass@northmere.police.example")


class CannotBeRead(Refused):
    """This message is damaged."""


class _AnyDraft(dict[bytes, MailDraft | Exception]):
    @override
    def __missing__(self, data: bytes) -> MailDraft | Exception:
        if data.startswith(b"damaged"):
            return CannotBeRead()
        name = data.split(b"\r\n")[0].decode("utf-8", "replace").removeprefix("Subject: ")
        child = ChildLine(name_as_sent=name, surname="Example", forename=name)
        return MailDraft(
            outcome="received",
            kind=NoticeKind.DOMESTIC_ABUSE,
            channel=Channel.POLICE_EMAIL,
            sender=POLICE,
            mail_from=POLICE,
            mail_server_check=None,
            forwarded_by=None,
            received_at=None,
            message_id=None,
            notices=(Notice(kind=NoticeKind.DOMESTIC_ABUSE, children=(child,)),),
            texts=(),
            warnings=(),
        )


def any_mail() -> ReadyDrafts:
    """An intake that reads everything but what begins with "damaged"."""
    intake = ReadyDrafts()
    intake.mails = _AnyDraft()
    return intake


def a_mail(name: str, *, size: int = 0) -> bytes:
    """A message about a child of this first name, filled up to a size."""
    head = f"Subject: {name}\r\nFrom: encompass@northmere.police.example\r\n\r\n".encode()
    return head + b"x" * max(0, size - len(head))
