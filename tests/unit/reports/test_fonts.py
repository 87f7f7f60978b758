from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.reports import told_slip
from schoolsafe.reports.fonts import BODY, font_for, markup, tidy, unprintable
from schoolsafe.reports.paper import TEXT
from schoolsafe.reports.scripts import joined, visual
from schoolsafe.reports.tagged import Words
from unit.reports.pages_to_print import a_slip, text_of


def test_the_shipped_font_holds_the_letters_of_welsh_polish_irish_and_turkish_names():
    for char in "ŵŷŴŶâêîôûŁłśżźćńęąáéíóúğışçİ“”‘’–—…•":
        assert font_for(char) == BODY


def test_names_in_those_letters_come_out_of_the_page_as_they_went_in():
    words = text_of(
        told_slip.render(
            a_slip(first_name="Gŵyn", words="Effie Llŷr-Jones, Tomasz Wiśniewski, Şule")
        )
    )
    for name in ("Gŵyn", "Effie Llŷr-Jones", "Tomasz Wiśniewski", "Şule"):
        assert name in words


def test_an_accent_sent_apart_from_its_letter_is_put_together():
    assert tidy("Sia\u0302n W\u0302yn") == "Siân Ŵyn"


def test_direction_and_control_characters_do_not_reach_the_page():
    assert tidy("a\u202eb\u2066c\x00d\x1be\nf\u2011g\th") == "abcde\nf-g h"


def test_arabic_letters_join_and_read_from_right_to_left():
    assert joined("محمد") == "\ufee3\ufea4\ufee4\ufeaa"
    assert visual("محمد") == "\ufeaa\ufee4\ufea4\ufee3"


def test_lam_and_alef_become_one_sign():
    assert joined("سلام") == "\ufeb3\ufefc\ufee1"


def test_latin_words_beside_arabic_ones_keep_their_place():
    assert visual("Mr عبد here").startswith("Mr ")
    assert visual("Mr عبد here").endswith(" here")


def test_text_without_right_to_left_letters_is_untouched():
    assert visual("Maya Thornton & Leo 12th") == "Maya Thornton & Leo 12th"


def test_a_letter_that_no_font_has_is_counted_and_said_on_the_page():
    assert unprintable("Maya \U0001f9d1 \ue123") >= {"\ue123"}
    assert "letter" in text_of(told_slip.render(a_slip(words="Private sign: \ue123.")))
    assert "could not be printed" in text_of(
        told_slip.render(a_slip(words="Private sign: \ue123."))
    )


@given(st.text(max_size=80))
def test_any_text_at_all_can_be_set_as_a_paragraph(text):
    Words(markup(text), TEXT).wrap(300, 10_000)


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x17F), max_size=60))
def test_markup_of_latin_text_never_opens_a_tag_of_its_own(text):
    assert "<" not in markup(text).replace("<br/>", "").replace("<font", "").replace("</font", "")
