import math

import pytest

from schoolsafe.keys import strength

NAMES = ("Northmere Primary School", "Northmere", "Maya Thornton")


@pytest.mark.parametrize(
    "passphrase",
    [
        "unlatch sprout gristle mango tepid",
        "Tuesday-morning-tea",
        "correct horse battery staple",
        "Mae'r ŵyl ar y llŷn",
        "كلمات كثيرة لا يعرفها أحد",
        "🐑 over the 🌙 and back again",
        "x" * 10 + " no rule about capitals " + "y" * 40,
    ],
)
def test_length_is_the_only_rule_about_form(passphrase):
    strength.check(passphrase, names=NAMES)


def test_sixty_four_characters_and_more_are_taken_whole():
    strength.check("a walk along the river " * 20)
    with pytest.raises(strength.PassphraseTooLong):
        strength.check("a walk along the river " * 50)


def test_fourteen_characters_are_too_few_and_the_sentence_says_so():
    with pytest.raises(strength.PassphraseTooShort, match="this one has 14 characters"):
        strength.check("tK4%vQ9!zM2&wX")


@pytest.mark.parametrize(
    "passphrase",
    [
        "passwordpassword",
        "abcdefghijklmnop",
        "123456789012345",
        "qwertyuiopasdfgh",
        "aaaaaaaaaaaaaaaaaaaa",
        "iloveyouiloveyou",
        "Password12345678",
    ],
)
def test_what_anybody_would_try_first_is_refused(passphrase):
    with pytest.raises(strength.PassphraseTooEasy):
        strength.check(passphrase)


@pytest.mark.parametrize(
    "passphrase",
    ["Northmere Primary School", "MayaThornton2026!", "northmereprimary1", "school-of-northmere"],
)
def test_names_known_here_are_not_a_passphrase(passphrase):
    with pytest.raises((strength.PassphraseOfNames, strength.PassphraseTooEasy)):
        strength.check(passphrase, names=NAMES)


def test_a_known_name_among_other_words_is_fine():
    strength.check("northmere has windows and lamps", names=NAMES)


def test_a_secret_in_a_file_asks_for_five_words():
    with pytest.raises(strength.NeedsFiveWords):
        strength.check("tK4%vQ9!zM2&wXtK4%", five_words=True)
    strength.check("unlatch sprout gristle mango tepid", five_words=True)


def test_repeated_and_tiny_words_do_not_count():
    assert strength.word_count("tea tea tea tea tea") == 1
    assert strength.word_count("a b c d e") == 0
    assert strength.word_count("dŵr glân y ffynnon fach hon") == 5


def test_a_made_passphrase_has_five_different_shipped_words_and_64_bits():
    words = strength.made().split(" ")
    assert len(set(words)) == 5
    assert set(words) <= set(strength.word_list())
    assert 64.5 < strength.made_bits() < 64.7
    for _ in range(20):
        strength.check(strength.made(), names=NAMES, five_words=True)


def test_the_shipped_list_is_the_whole_list_less_its_four_hyphens():
    words = strength.word_list()
    assert len(words) == len(set(words)) == 7772
    assert math.log2(len(words)) > 12.9


def test_strength_is_told_in_words_and_grows():
    told = [
        strength.measure(text)
        for text in ("", "tea", "Tuesday-tea-at4", "unlatch sprout gristle mango tepid")
    ]
    assert [one.level for one in told] == sorted(one.level for one in told)
    assert told[0].words == "Too easy to guess"
    assert told[-1].words == "Very strong"


def test_what_is_refused_for_length_is_never_called_strong():
    assert strength.measure("tK4%vQ9!zM2&wX").level == 0


def test_measuring_a_thousand_characters_does_not_hang():
    assert strength.measure("ab1!" * 256).level in range(4)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("caf\N{LATIN SMALL LETTER E WITH ACUTE} olaf", "cafe\N{COMBINING ACUTE ACCENT} olaf"),
        ("\N{LATIN SMALL LIGATURE FI}ne", "fine"),
        ("non\N{NO-BREAK SPACE}breaking", "non breaking"),
    ],
)
def test_two_keyboards_that_write_the_same_word_give_the_same_bytes(one, other):
    assert strength.normalised(one) == strength.normalised(other)
