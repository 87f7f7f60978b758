"""Documents and scans made to hurt the reader, to hide something, or of a kind that holds no notice."""

import io
import time
import zipfile
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image

from renderings.pdf_file import lines_pdf, pdf_file, picture_file, scan_pdf, scan_picture
from renderings.word_file import document, paragraph, run, word_file
from schoolsafe.intake import errors, png, scans, text_head, word
from schoolsafe.intake.mail import read_mail
from schoolsafe.intake.pdf_layout import Box, Page, Run, text_of

WORDS = (
    "Operation Encompass\nChild: Robin EXAMPLETON\nDOB: 14/03/2017\nIncident: 08/11/2026 at 21:35"
)
SOON_SECONDS = 5.0


def archive(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name.replace("__", "/"), data)
    return packed.getvalue()


def encrypted(data: bytes) -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as whole:
        whole.save(made, encryption=pikepdf.Encryption(owner="o", user="u"))
    return made.getvalue()


BOMB = b"<w:document xmlns:w='x'>" + b" " * 7_000_000 + b"</w:document>"
LAUGHS = (
    b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document xmlns:w="x">&b;'
    b"</w:document>"
)
REFUSED: dict[str, tuple[Callable[[], bytes], type[errors.UnreadableFile]]] = {
    "a zip of files": (lambda: archive(readme=b"x"), errors.Archive),
    "an Excel workbook": (lambda: archive(xl__workbook=b"<x/>"), errors.Workbook),
    "a PowerPoint file": (lambda: archive(ppt__presentation=b"<x/>"), errors.Slides),
    "a Word file that unpacks a thousandfold": (
        lambda: archive(word__document=BOMB),
        errors.WordTooLarge,
    ),
    "a Word file with entities": (lambda: archive(word__document=LAUGHS), errors.DamagedWord),
    "a Word file cut short": (lambda: word_file(WORDS)[:-30], errors.DamagedWord),
    "a PDF cut short": (lambda: b"%PDF-1.7\n" + b"x" * 500, errors.DamagedPdf),
    "an empty PDF": (lambda: pdf_file("")[:300], errors.DamagedPdf),
    "a program": (lambda: b"MZ\x90\0\3\0\0\0" + bytes(range(256)) * 8, errors.Program),
    "a packed folder": (lambda: b"7z\xbc\xaf\x27\x1c" + b"\0" * 90, errors.Archive),
    "winmail.dat": (lambda: b"x\x9f>\x22" + b"\1" * 90, errors.PackedMail),
    "a broken picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"x" * 90, errors.DamagedPicture),
    "a picture of a new kind": (lambda: b"\0\0\0\x18ftypheic" + b"\0" * 90, errors.OtherPicture),
    "a picture of a billion pixels": (
        lambda: picture_file(Image.new("1", (30_000, 30_000)), "PNG"),
        errors.PictureTooLarge,
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_holds_no_notice_is_refused_in_a_sentence(name: str) -> None:
    make, kind = REFUSED[name]
    data = make()
    start = time.process_time()
    with pytest.raises(kind) as caught:
        read_mail(data)
    assert str(caught.value).endswith(".")
    assert "{" not in str(caught.value)
    assert time.process_time() - start < SOON_SECONDS


def test_a_pdf_with_a_password_is_locked_and_says_so() -> None:
    draft = read_mail(encrypted(pdf_file(WORDS)))
    assert draft.outcome == "locked"
    assert draft.warnings == ("file_locked",)
    assert draft.media == "application/pdf"


# -- scans ----------------------------------------------------------------------------------------------


def size_of(picture: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(picture)) as opened:
        opened.load()
        return opened.size


def test_a_scanned_pdf_is_a_draft_beside_its_pages() -> None:
    page = scan_picture("Operation Encompass")
    draft = read_mail(scan_pdf(page, page))
    assert draft.notices == ()
    assert draft.outcome == "received"
    assert [size_of(each) for each in draft.pages] == [(910, 1287), (910, 1287)]


def test_only_the_page_without_words_is_given_as_a_picture() -> None:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_file(WORDS))) as first:
        with pikepdf.open(io.BytesIO(scan_pdf(scan_picture("second page")))) as second:
            first.pages.extend(second.pages)
        first.save(made)
    draft = read_mail(made.getvalue())
    assert draft.notices[0].children[0].surname == "Exampleton"
    assert len(draft.pages) == 1


@pytest.mark.parametrize(
    ("kind", "options"),
    [("PNG", {}), ("JPEG", {}), ("TIFF", {}), ("TIFF", {"compression": "tiff_lzw"})],
)
def test_a_picture_of_a_letter_is_a_draft_beside_it(kind: str, options: dict[str, str]) -> None:
    draft = read_mail(picture_file(scan_picture("x"), kind, **options))
    assert len(draft.pages) == 1
    assert draft.pages[0].startswith(b"\x89PNG")
    wide, tall = size_of(draft.pages[0])
    assert wide * tall <= 1_600_000


def test_a_fax_of_two_pages_gives_both() -> None:
    page = scan_picture("x").convert("1")
    made = io.BytesIO()
    page.save(made, "TIFF", save_all=True, append_images=[page], compression="group4")
    assert len(read_mail(made.getvalue()).pages) == 2


def test_a_scan_attached_to_a_mail_is_shown_and_a_logo_is_not() -> None:
    def mail(picture: Image.Image, how: bytes) -> bytes:
        import base64

        inside = base64.encodebytes(picture_file(picture, "PNG"))
        return (
            b'From: a@example.org\nSubject: notice\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n\nSee attached.'
            b"\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\nContent-Disposition: " + how
            + b'; filename="scan.png"\n\n' + inside + b"--b--\n"
        )  # fmt: skip

    page = scan_picture("x")
    assert len(read_mail(mail(page, b"attachment")).pages) == 1
    assert "attachment_is_picture" in read_mail(mail(page, b"attachment")).warnings
    assert read_mail(mail(page, b"inline")).pages == ()
    assert read_mail(mail(page.resize((90, 90)), b"attachment")).pages == ()


def test_a_picture_turned_by_its_camera_stands_upright_and_keeps_no_place() -> None:
    page = scan_picture("x", (800, 400))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "A camera of Somewhere"
    [shown] = scans.pages(picture_file(page, "JPEG", exif=exif))
    assert size_of(shown) == (400, 800)
    assert b"Somewhere" not in shown


def test_pixels_come_back_as_they_were_written() -> None:
    page = Image.effect_noise((31, 17), 90)
    made = png.written(page.tobytes(), 31, 17, stride=31, channels=1)
    with Image.open(io.BytesIO(made)) as opened:
        assert opened.tobytes() == page.tobytes()


# -- Word -----------------------------------------------------------------------------------------------


def test_deleted_hidden_and_twice_kept_words_are_left_out() -> None:
    body = (
        "<w:p><w:del>" + run("deleted ") + "</w:del>" + run("Seen ") + run("hidden", "<w:rPr><w:vanish/></w:rPr>")
        + run("shown", '<w:rPr><w:vanish w:val="0"/></w:rPr>') + "</w:p>"
        + '<w:p><mc:AlternateContent xmlns:mc="m"><mc:Choice>' + run("once") + "</mc:Choice><mc:Fallback>"
        + run("once") + "</mc:Fallback></mc:AlternateContent></w:p>"
    )  # fmt: skip
    found = word.read(document(body))
    assert found.text == "Seen shown\nonce"
    assert found.left_out == ("hidden_text_removed",)


def test_ticks_lists_letterheads_and_tabs_of_word_are_read() -> None:
    tick = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    body = (
        f"<w:p>{tick}{run(' Heard')}</w:p><w:p><w:pPr><w:numPr/></w:pPr>{run('first')}</w:p>"
        + paragraph("Name:\t\tRobin EXAMPLETON")
    )
    found = word.read(document(body, header1=paragraph("Northmere Council")))
    assert found.text == "Northmere Council\n\n☒ Heard\n- first\nName:\tRobin EXAMPLETON"


# -- PDF ------------------------------------------------------------------------------------------------


def test_blanks_that_set_a_form_out_are_put_back() -> None:
    text = "Reference      : NM-26-1\nName           : Robin EXAMPLETON"
    assert read_mail(lines_pdf(text)).texts[0] == text


def test_a_value_that_wraps_in_its_column_stays_one_value() -> None:
    runs = [
        Run("School", 50, 90, 700, 12), Run("St Oda's RC Primary", 200, 320, 700, 12),
        Run("School, Northmere", 200, 300, 686, 12), Run("Year", 50, 80, 666, 12), Run("4", 200, 206, 666, 12),
    ]  # fmt: skip
    assert text_of([Page(runs)]) == "School\tSt Oda's RC Primary School, Northmere\nYear\t4"


def test_drawn_borders_part_rows_however_close_they_stand() -> None:
    runs = [
        Run("Name", 50, 80, 700, 10), Run("Ann", 150, 170, 700, 10), Run("of child", 50, 90, 688, 10),
        Run("DOB", 50, 75, 676, 10), Run("1/2/2015", 150, 190, 676, 10),
    ]  # fmt: skip
    boxes = [
        Box(45, bottom, right, top) if right != 45 else Box(45, bottom, 45, top)
        for bottom, right, top in (
            (710, 300, 710),
            (684, 300, 684),
            (672, 300, 672),
            (672, 45, 710),
        )
    ] + [Box(145, 672, 145, 710), Box(300, 672, 300, 710)]
    assert text_of([Page(runs, boxes)]) == "Name of child\tAnn\nDOB\t1/2/2015"


def test_heads_and_feet_of_pages_are_told_once() -> None:
    def page(words: str) -> Page:
        return Page(
            [
                Run("OFFICIAL", 50, 90, 810, 10),
                Run(words, 50, 90, 400, 10),
                Run("Page 1 of 2", 50, 90, 30, 10),
            ]
        )

    assert text_of([page("one"), page("two")]).split() == ["OFFICIAL", "one", "two"]


# -- the head of a printed message ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "hour"),
    [
        ("09 November 2026 07:12", 7), ("Monday, November 9, 2026 7:12 PM", 19), ("09/11/2026 12:12 am", 0),
        ("Mon 09/11/2026 12.12pm", 12),
    ],
)  # fmt: skip
def test_the_time_a_message_was_sent_is_read(told: str, hour: int) -> None:
    when = text_head.moment(told)
    assert when is not None
    assert (when.day, when.month, when.hour, when.minute) == (9, 11, hour, 12)


def test_words_without_a_whole_head_stay_words() -> None:
    for text in ("From: the police\nChild: A", "Child: A\nDOB: 1/2/2015\n", ""):
        headers, body = text_head.split(text)
        assert headers.lines == ()
        assert body == text


def test_a_name_above_the_head_is_no_hindrance() -> None:
    text = "Pat Lead\n\nFrom:\tP <a@b.police.uk>\nSent:\t09 November 2026 07:12\nTo:\tPat\nSubject:\tOE\n\nChild: A"
    headers, body = text_head.split(text)
    assert headers.text("subject") == "OE"
    assert body.strip() == "Child: A"
