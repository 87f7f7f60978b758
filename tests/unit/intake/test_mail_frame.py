"""Who sent a mail, when it reached the school, and which of its parts is the notice."""

from datetime import UTC, datetime

import pytest

from schoolsafe.domain.notification import Channel
from schoolsafe.intake.mail import read_mail

NOTICE = (
    "Operation Encompass\n\nChild: Ada SAMPLETON\nDOB: 01/02/2015\nIncident: 23/11/2026 21:10\n"
)
RECEIVED = "Received: from relay.example by mx1.ashgrove.example.org with ESMTPS;\n Tue, 24 Nov 2026 07:15:00 +0000\n"
FRAME = "From: Northmere Police <e@northmere.police.example>\nTo: dsl@ashgrove.example.org\nSubject: Encompass\n"


def mail(
    *, before: str = RECEIVED, frame: str = FRAME, after: str = "", body: str = NOTICE
) -> bytes:
    return (before + frame + after + "\n" + body).encode()


def test_received_is_the_top_line_and_not_a_lower_one() -> None:
    lower = "Received: from x by y;\n Mon, 23 Nov 2026 01:00:00 +0000\n"
    draft = read_mail(mail(before=RECEIVED + lower))
    assert draft.received_at == datetime(2026, 11, 24, 7, 15, tzinfo=UTC)


def test_without_a_received_line_the_date_line_stands_in() -> None:
    draft = read_mail(mail(before="Date: Tue, 24 Nov 2026 06:00:00 +0000\n"))
    assert draft.received_at == datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("mx1.ashgrove.example.org; spf=pass; dkim=pass; dmarc=pass", "pass"),
        ("mx1.ashgrove.example.org; spf=pass; dmarc=fail", "fail"),
        ("mx1.ashgrove.example.org; spf=fail", "fail"),
        ("mx1.ashgrove.example.org; spf=none; dkim=none", None),
        ("mx.somebody-else.example; spf=pass; dmarc=pass", None),
    ],
)
def test_only_the_schools_own_server_vouches_for_a_sender(line: str, verdict: str | None) -> None:
    draft = read_mail(mail(before=RECEIVED + f"Authentication-Results: {line}\n"))
    assert draft.mail_server_check == verdict


@pytest.mark.parametrize(
    "name", ["message.rpmsg", "message_v2.rpmsg", "message_v4.rpmsg", "smime.p7m"]
)
def test_protected_mail_is_locked_and_makes_no_record(name: str) -> None:
    body = (
        f"--b\nContent-Type: text/plain\n\n{NOTICE}\n--b\nContent-Type: application/octet-stream\n"
        f'Content-Disposition: attachment; filename="{name}"\n\nxx\n--b--\n'
    )
    draft = read_mail(mail(after='Content-Type: multipart/mixed; boundary="b"\n', body=body))
    assert (draft.outcome, draft.kind, draft.notices) == ("locked", None, ())
    assert "message_locked" in draft.warnings


def test_the_same_words_plain_and_in_html_are_one_notice() -> None:
    html = NOTICE.replace("\n", "<br>")
    body = f"--b\nContent-Type: text/plain\n\n{NOTICE}\n--b\nContent-Type: text/html\n\n{html}\n--b--\n"
    draft = read_mail(mail(after='Content-Type: multipart/alternative; boundary="b"\n', body=body))
    assert len(draft.notices) == 1


def test_a_text_file_attached_is_read() -> None:
    body = (
        "--b\nContent-Type: text/plain\n\nPlease see attached.\n--b\nContent-Type: text/plain; charset=utf-8\n"
        f'Content-Disposition: attachment; filename="notice.txt"\n\n{NOTICE}\n--b--\n'
    )
    draft = read_mail(mail(after='Content-Type: multipart/mixed; boundary="b"\n', body=body))
    assert draft.notices[0].source == "attachment: notice.txt"


def test_an_attached_mail_in_base64_is_read_too() -> None:
    import base64

    inner = base64.encodebytes(mail()).decode()
    body = (
        "--b\nContent-Type: text/plain\n\nfor you\n--b\nContent-Type: message/rfc822\n"
        f'Content-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="n.eml"\n\n{inner}\n--b--\n'
    )
    frame = (
        "From: Office <office@ashgrove.example.org>\nTo: dsl@ashgrove.example.org\nSubject: FW\n"
    )
    draft = read_mail(
        mail(frame=frame, after='Content-Type: multipart/mixed; boundary="b"\n', body=body)
    )
    assert draft.sender.address == "e@northmere.police.example"
    assert draft.forwarded_by is not None
    assert draft.channel is Channel.POLICE_EMAIL


def test_wrongly_declared_bytes_are_read_as_what_they_are() -> None:
    body = NOTICE.replace("Ada", "Zo\u00eb")
    for declared in ("us-ascii", "iso-8859-1", "utf-8", "x-unknown"):
        head = (
            mail(after=f"Content-Type: text/plain; charset={declared}\n", body="").rstrip(b"\n")
            + b"\n\n"
        )
        for encoded in (body.encode("cp1252"), body.encode()):
            assert read_mail(head + encoded).notices[0].children[0].forename == "Zo\u00eb"


def test_an_ordinary_mail_makes_no_notice() -> None:
    frame = "From: Office <office@ashgrove.example.org>\nTo: all@ashgrove.example.org\nSubject: Concert\n"
    draft = read_mail(
        mail(
            frame=frame, body="The concert is on 11/12/2026 at 18:30. Miss Harper Songsworth sings."
        )
    )
    assert (draft.kind, draft.notices) == (None, ())
