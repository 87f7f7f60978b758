from datetime import date
from io import BytesIO

import pikepdf
import pytest

from schoolsafe.reports import told_slip
from schoolsafe.services.pages import SlipLevel
from unit.reports.pages_to_print import a_mark, a_slip, pages_of, tags_of, text_of


def test_a_slip_says_who_it_is_for_about_whom_what_to_do_and_until_when():
    words = text_of(told_slip.render(a_slip()))
    for said in (
        "Confidential. For Miss Adeyemi only.",
        "Be aware. From Priya Nair to Miss Adeyemi.",
        "Maya",
        "Kingfisher, Year 4",
        "Maya may need a quiet start today. Do not ask about it.",
        "Until Friday 13 November 2026",
        "tell Priya Nair the same day",
        "Printed Monday 9 November 2026, 8:18am by Priya Nair, safeguarding lead.",
        "Copy 1 of 1.",
        "Destroy after Friday 13 November 2026.",
        "Page 1 of 1",
    ):
        assert said in words


def test_a_slip_without_an_end_holds_for_the_day_it_was_printed():
    assert "Today, Monday 9 November 2026" in text_of(told_slip.render(a_slip(until=None)))


def test_level_b_is_headed_what_helps():
    assert "What helps." in text_of(told_slip.render(a_slip(level=SlipLevel.B)))


def test_there_is_no_level_for_details():
    assert {level.value for level in SlipLevel} == {"a", "b"}


@pytest.mark.parametrize("repeats", [1, 4, 12])
def test_words_of_ordinary_length_keep_to_the_upper_half_of_one_sheet(repeats):
    pdf = told_slip.render(a_slip(words="A warm hello at the door, by name. " * repeats))
    assert pages_of(pdf) == 1
    assert "Cut here" in text_of(pdf)


def test_long_words_take_whole_sheets_and_lose_nothing():
    pdf = told_slip.render(a_slip(words="\n".join(f"Line {n} of the words." for n in range(150))))
    assert pages_of(pdf) > 1
    assert "Cut here" not in text_of(pdf)
    for n in (0, 75, 149):
        assert f"Line {n} of the words." in text_of(pdf)


def test_markup_in_someones_words_is_printed_as_it_stands():
    hostile = '<b>bold</b> <font color="red">&amp; <img src="file:///etc/passwd"/> <a href="x">'
    assert hostile in text_of(told_slip.render(a_slip(words=hostile)))


def test_the_file_says_what_kind_of_page_it_is_and_names_nobody():
    pdf = told_slip.render(a_slip())
    with pikepdf.open(BytesIO(pdf)) as opened:
        facts = " ".join(str(value) for value in opened.docinfo.values())
        assert str(opened.docinfo["/Title"]) == "Told slip"
        with opened.open_metadata() as metadata:
            facts += str(metadata)
    for name in ("Maya", "Adeyemi", "Nair", "Ashgrove"):
        assert name not in facts


def test_the_same_slip_gives_the_same_bytes():
    assert told_slip.render(a_slip()) == told_slip.render(a_slip())


def test_a_screen_reader_finds_a_heading_and_paragraphs():
    tags = tags_of(told_slip.render(a_slip()))
    assert tags[0] == "Document"
    assert tags.count("H1") == 1
    assert tags.count("P") >= 5


def test_a_page_of_the_demo_school_says_demo_and_a_real_one_does_not():
    demo = text_of(told_slip.render(a_slip(mark=a_mark(demo=True))))
    assert "DEMO" in demo
    assert "everyone here is invented" in demo
    assert "DEMO" not in text_of(told_slip.render(a_slip()))


def test_the_third_copy_says_so():
    assert "Copy 3 of 3." in text_of(told_slip.render(a_slip(mark=a_mark(copy=3, copies=3))))


def test_the_record_words_stand_at_the_foot():
    mark = a_mark(record_words=("apple", "zinc", "orbit", "lemon"), destroy_after=date(2026, 11, 9))
    assert "Record words: apple zinc orbit lemon." in text_of(told_slip.render(a_slip(mark=mark)))
