import pypdfium2
import segno
from reportlab.lib.units import mm

from schoolsafe.reports import recovery_sheet
from schoolsafe.reports.recovery_sheet import groups
from unit.reports.pages_to_print import KEY, a_sheet, pages_of, tags_of, text_of


def test_the_key_stands_in_six_groups_of_five():
    assert groups(KEY) == ("7K4QM", "XW2RT", "ABCDE", "FGHJK", "01234", "ZYXWV")
    words = text_of(recovery_sheet.render(a_sheet()))
    for number, group in enumerate(groups(KEY), start=1):
        assert group in words
        assert f"Group {number}" in words


def test_dashes_spaces_and_small_letters_change_nothing():
    assert groups(" 7k4qm xw2rt-abcde ") == ("7K4QM", "XW2RT", "ABCDE")
    assert recovery_sheet.render(a_sheet(key=KEY.replace("-", " ").lower())) == (
        recovery_sheet.render(a_sheet())
    )


def test_the_sheet_is_one_page_and_says_whose_it_is_where_to_keep_it_and_how_to_use_it():
    pdf = recovery_sheet.render(a_sheet())
    words = text_of(pdf)
    assert pages_of(pdf) == 1
    for said in (
        "Confidential. For Priya Nair only. Keep in the school safe.",
        "Recovery sheet",
        "Ashgrove Primary School",
        "Priya Nair, safeguarding lead. Made Monday 9 November 2026, 8:18am.",
        "sealed envelope",
        "Forgotten it?",
        "Page 1 of 1",
    ):
        assert said in words


def test_a_recovery_sheet_is_kept_and_carries_no_day_of_destruction():
    assert "Destroy after" not in text_of(recovery_sheet.render(a_sheet()))


def test_the_square_code_on_the_page_holds_the_key():
    """Each module is read back from the picture of the page and compared."""
    wanted = segno.make(KEY.replace("-", ""), error="m", micro=False).matrix
    document = pypdfium2.PdfDocument(recovery_sheet.render(a_sheet()))
    scale = 4
    page = document[0].render(scale=scale).to_pil().convert("L")
    document.close()
    dark = [
        (x, y)
        for x in range(int(140 * mm * scale), page.width)
        for y in range(int(30 * mm * scale), int(90 * mm * scale))
        if page.getpixel((x, y)) < 80
    ]
    left, top = min(x for x, _y in dark), min(y for _x, y in dark)
    side = recovery_sheet.CODE * scale / len(wanted)
    found = [
        [
            page.getpixel((int(left + (column + 0.5) * side), int(top + (row + 0.5) * side))) < 80
            for column in range(len(wanted))
        ]
        for row in range(len(wanted))
    ]
    assert found == [[bool(module) for module in row] for row in wanted]


def test_a_screen_reader_hears_that_the_code_is_the_key_again():
    tags = tags_of(recovery_sheet.render(a_sheet()))
    assert tags.count("Figure") == 1
    assert tags.count("H1") == 1
    assert tags.count("H2") == 4
    assert tags.count("TH") == 3


def test_the_same_sheet_gives_the_same_bytes():
    assert recovery_sheet.render(a_sheet()) == recovery_sheet.render(a_sheet())
