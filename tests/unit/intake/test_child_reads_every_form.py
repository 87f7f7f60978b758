"""Every form of file through the real child: locked in, it has loaded what it needs and opens nothing."""

import base64
from pathlib import Path

import pytest

from renderings.outlook_file import OutlookFile, OutlookMail, outlook_file
from schoolsafe.domain.notification import MailDraft
from schoolsafe.intake import loading
from schoolsafe.intake.reader import ChildIntake
from schoolsafe.intake.wire_child import Job, pack_job

DATA = Path(__file__).resolve().parents[2] / "data"
A_PDF = (DATA / "notifications" / "07_pdf_attachment.eml").read_bytes()
WORDS = (
    "Operation Encompass\nChild: Robin EXAMPLETON\nDOB: 14/03/2017\nIncident: 08/11/2026 at 21:35\n"
)


def nested(data: bytes, times: int) -> bytes:
    """A mail inside mails, each wrapped in base64, so that no mark of what is inside can be seen."""
    for _ in range(times):
        inner = base64.encodebytes(data)
        data = (
            b'From: a@example.org\nSubject: FW\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'
            b'--b\nContent-Type: message/rfc822; name="n.eml"\nContent-Transfer-Encoding: base64\n\n'
            + inner
            + b"--b--\n"
        )
    return data


@pytest.mark.parametrize("data", [A_PDF, nested(A_PDF, 3)], ids=["attached", "hidden deep"])
def test_a_pdf_in_a_mail_is_read_in_the_child(data: bytes) -> None:
    draft = ChildIntake().read_mail(data)
    assert draft.notices[0].children[0].surname == "Fictley"


def test_an_outlook_message_is_read_in_the_child() -> None:
    mail = OutlookMail(subject="Encompass", body=WORDS, files=[OutlookFile("n.eml", A_PDF)])
    draft = ChildIntake().read_mail(outlook_file(mail))
    assert [each.children[0].surname for each in draft.notices] == ["Exampleton", "Fictley"]


def test_only_what_a_job_needs_is_loaded() -> None:
    assert loading.load_for(pack_job(Job("mail", (b"From: a@example.org\n\nx",)))) == ()
    assert loading.load_for(pack_job(Job("mail", (A_PDF,)))) == ("pdf",)
    everything = pack_job(Job("mail", (b"x",), everything=True))
    assert set(loading.load_for(everything)) >= {"outlook", "pdf", "word", "scans"}


def test_files_of_several_forms_share_a_child_and_a_broken_one_costs_only_itself() -> None:
    message = outlook_file(OutlookMail(subject="Encompass", body=WORDS))
    found = ChildIntake().read_mails([A_PDF, message[:900], message, b"%PDF-1.7 nothing"])
    assert [type(each).__name__ for each in found] == [
        "MailDraft",
        "DamagedOutlook",
        "MailDraft",
        "DamagedPdf",
    ]
    assert isinstance(found[0], MailDraft)
