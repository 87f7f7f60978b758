"""The sample notices as Outlook messages: plain words, a web page alone, compressed RTF alone."""

import base64
from datetime import UTC, datetime
from pathlib import Path

import pytest

from renderings.ole_file import ole_file
from renderings.outlook_file import OutlookFile, OutlookMail, outlook_file
from renderings.rtf_file import compressed, plain_rtf, wrapped_page
from renderings.samples import as_outlook
from schoolsafe.intake import errors, lzfu, rtf
from schoolsafe.intake.mail import read_mail
from unit.intake.comparing import compare, load

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "data" / "notifications").glob("*.eml"))
WORDS = (
    "Operation Encompass notification\nChild: Robin EXAMPLETON\nDOB: 14/03/2017\n"
    "Incident: 08/11/2026 at 21:35\nPresent: yes, heard\n"
)
NINE = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("body", ["plain", "page", "rtf"])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_kept_by_outlook_gives_the_same_fields(path: Path, body: str) -> None:
    data, expected = load(path)
    draft = read_mail(outlook_file(as_outlook(data, body)))
    results = compare(draft, expected)
    bad = [r for r in results if r.outcome == "wrong" or (r.outcome == "blank" and not r.stretch)]
    assert bad == []
    assert draft.media == "application/vnd.ms-outlook"


def test_a_mail_within_one_house_has_its_sender_and_time_from_the_properties() -> None:
    mail = OutlookMail(
        subject="Encompass", body=WORDS, name="Sgt A Example", address="a.example@northmere.police.example",
        sent=NINE, received=NINE, message_id="<x@example.org>",
    )  # fmt: skip
    draft = read_mail(outlook_file(mail))
    assert draft.mail_from.name == "Sgt A Example"
    assert draft.mail_from.address == "a.example@northmere.police.example"
    assert draft.received_at == NINE
    assert draft.message_id == "<x@example.org>"
    assert draft.notices[0].children[0].surname == "Exampleton"


@pytest.mark.parametrize(
    ("letters", "page"), [("cp1250", 1250), ("cp1252", 1252), ("utf-8", 65001)]
)
def test_words_in_a_code_page_are_read_in_that_page(letters: str, page: int) -> None:
    name = {"cp1250": "Zośka ŁABĘDZKA", "cp1252": "Zoë ÖSTÅ", "utf-8": "Siân ŴYNNE"}[letters]
    mail = OutlookMail(
        body=WORDS.replace("Robin EXAMPLETON", name), letters=letters, code_page=page
    )
    assert read_mail(outlook_file(mail)).notices[0].children[0].name_as_sent == name


def test_mail_in_mail_in_mail_is_read_to_the_innermost() -> None:
    inner = OutlookMail(subject="Operation Encompass", body=WORDS, received=NINE)
    middle = OutlookMail(
        subject="FW: police", body="See below", files=[OutlookFile("police", inner)]
    )
    outer = OutlookMail(
        subject="FW: FW: police", body="For you", files=[OutlookFile("office", middle)]
    )
    draft = read_mail(outlook_file(outer))
    assert draft.notices[0].source == "attached mail: police"
    assert draft.received_at == NINE


def test_an_eml_inside_an_outlook_message_and_the_reverse() -> None:
    eml = SAMPLES[1].read_bytes()
    outside = OutlookMail(
        body="See attached.", files=[OutlookFile("notice.eml", eml, "message/rfc822")]
    )
    assert read_mail(outlook_file(outside)).notices[0].children[0].surname == "Testbury"
    msg = outlook_file(OutlookMail(subject="Encompass", body=WORDS))
    carried = (
        b"From: a@example.org\nSubject: FW\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nSee attached\n'
        b'--b\nContent-Type: application/vnd.ms-outlook; name="n.msg"\nContent-Transfer-Encoding: base64\n'
        b'Content-Disposition: attachment; filename="n.msg"\n\n'
        + base64.encodebytes(msg)
        + b"--b--\n"
    )
    assert read_mail(carried).notices[0].children[0].surname == "Exampleton"


@pytest.mark.parametrize(
    "mail",
    [
        OutlookMail(body="x", files=[OutlookFile("message.rpmsg", b"\x76\xe8\x04\x60")]),
        OutlookMail(
            message_class="IPM.Note.SMIME",
            files=[OutlookFile("smime.p7m", b"0\x80\x06", "application/pkcs7-mime")],
        ),
    ],
)
def test_protected_mail_in_outlook_is_locked(mail: OutlookMail) -> None:
    draft = read_mail(outlook_file(mail))
    assert draft.outcome == "locked"
    assert "message_locked" in draft.warnings


def test_a_signed_mail_that_anybody_can_read_is_read() -> None:
    signed = (
        b'Content-Type: multipart/signed; protocol="application/x-pkcs7-signature"; boundary="s"\n\n--s\n'
        b"Content-Type: text/plain\n\n"
        + WORDS.encode()
        + b"--s\nContent-Type: application/x-pkcs7-signature; "
        b'name="smime.p7s"\n\nMII\n--s--\n'
    )
    mail = OutlookMail(
        message_class="IPM.Note.SMIME.MultipartSigned",
        files=[OutlookFile("smime.p7m", signed, "multipart/signed")],
    )
    assert read_mail(outlook_file(mail)).notices[0].children[0].surname == "Exampleton"


def test_another_office_file_and_a_broken_one_are_refused_in_words() -> None:
    with pytest.raises(errors.OtherOfficeFile):
        read_mail(ole_file({"WordDocument": b"x" * 5000, "1Table": b"y"}))
    whole = outlook_file(OutlookMail(body=WORDS))
    with pytest.raises(errors.UnreadableFile):
        read_mail(whole[:1000])


def test_compressed_rtf_comes_back_byte_for_byte() -> None:
    for raw in (b"{\\rtf1 x}", plain_rtf(WORDS * 40), wrapped_page("<p>" + "ab" * 9000 + "</p>")):
        assert lzfu.expand(compressed(raw)) == raw
    assert lzfu.expand(b"") == b""
    assert lzfu.expand(b"\0" * 40) == b""


def test_the_example_of_the_standard_for_compressed_rtf() -> None:
    # MS-OXRTFCP 4.1.1
    data = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a0072637067313235423"
        "20af32068656c090020627705b06c647d0a800fa0"
    )
    assert lzfu.expand(data) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def test_rtf_leaves_out_what_nobody_sees() -> None:
    raw = rb"{\rtf1\ansi{\info{\author X}}{\pict 0011}Seen {\v hidden }words\par{\*\unknown gone}caf\'e9 \u8217?s}"
    found = rtf.read(raw)
    assert found.text == "Seen words\ncafé ’s"
    assert found.left_out == ("hidden_text_removed",)
