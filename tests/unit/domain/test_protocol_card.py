"""A card proposes and asks; it orders by its own words and translates nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.domain.protocol_card import (
    Acknowledge,
    Audience,
    Card,
    Contact,
    Grade,
    Otherwise,
    Parents,
    Proposed,
    Repeat,
    Source,
    Support,
    Tell,
    about_parents,
    about_telling,
    audience_of,
    grade_means,
    holds_for,
    months_before,
    rank,
    repeats_met,
    tell_words,
)
from schoolsafe.domain.protocol_card_words import acknowledge_words, panel_words, source_words

RAG = (
    Grade("High", ("Red",), "At any time"),
    Grade("Medium", ("Amber",)),
    Grade("Low", ("Green",)),
)
DEVON = Card("devon", "Devon", grade=RAG, repeat=(Repeat("Low", 3, 3, "reviewed as escalating"),))


def test_a_card_that_forbids_or_asks_first_asks_about_parents():
    no = Card("a", "Thames", parents=Parents(Contact.NO, "Do not approach parents."))
    ask = Card("b", "Northmere", parents=Parents(Contact.ASK_FIRST))
    yes = Card("c", "West", parents=Parents(Contact.YES))
    assert about_parents([no, ask, yes, Card("d", "Silent card")]) == (
        Otherwise("parents", "Thames: Do not approach parents"),
        Otherwise("parents", "Northmere: Ask before any contact with a parent"),
    )


@pytest.mark.parametrize(
    ("may", "told", "asks"),
    [
        (None, Audience.OTHERS, False),
        ((), Audience.LEAD, False),
        ((), Audience.CLASS_TEACHER, True),
        ((Audience.CLASS_TEACHER,), Audience.CLASS_TEACHER, False),
        ((Audience.CLASS_TEACHER,), Audience.PASTORAL, True),
        ((Audience.STAFF,), Audience.KEY_ADULT, False),
        ((Audience.STAFF,), Audience.SIBLING_SCHOOLS, True),
        ((Audience.STAFF,), Audience.OTHERS, True),
    ],
)
def test_telling_beyond_who_may_be_told_asks(
    may: tuple[Audience, ...] | None, told: Audience, asks: bool
):
    card = Card("a", "Area", tell=Tell(may))
    assert bool(about_telling([card], {told})) is asks


def test_who_may_be_told_is_said_in_words():
    assert tell_words(Card("a", "A", tell=Tell((Audience.CLASS_TEACHER, Audience.KEY_ADULT)))) == (
        "May be told: the class teacher and the child’s key adult"
    )
    assert tell_words(Card("a", "A", tell=Tell(()))) == "May be told: the safeguarding leads"
    assert tell_words(Card("a", "A")) == "Who may be told: the card does not say"


def test_a_typed_name_is_known_by_what_the_school_has_on_record():
    def known(words: str) -> frozenset[Audience]:
        return audience_of(
            words,
            teacher="Mrs Haddad",
            key_adults=["Mr Okafor, breakfast club, from 8:00am", ""],
            roles={"Priya Nair": "dsl", "M. Achterberg": "head", "Jo Castle": "office"},
        )

    assert known("mrs haddad") == {Audience.CLASS_TEACHER}
    assert known("Mr Okafor") == {Audience.KEY_ADULT}
    assert known("Priya Nair and M. Achterberg") == {Audience.LEAD, Audience.HEAD}
    assert known("Jo Castle") == {Audience.STAFF}
    assert known("Mrs Haddad, her sister") == {Audience.CLASS_TEACHER, Audience.OTHERS}
    assert known("  ") == frozenset()


def test_a_grade_stands_where_the_card_puts_it_and_an_unknown_one_first():
    assert [rank([DEVON], g) for g in ("red", "High", "AMBER", "green")] == [1, 1, 2, 3]
    assert [rank([DEVON], g) for g in (None, "", "standard", "tier 3")] == [0, 0, 0, 0]
    assert rank([], "High") == 0
    assert grade_means([DEVON], "Red") == "At any time"
    assert grade_means([DEVON], "standard") == ""


@given(st.text(max_size=30))
def test_no_word_is_taken_for_a_grade_it_is_not(word: str):
    known = {"high", "red", "medium", "amber", "low", "green"}
    assert (rank([DEVON], word) > 0) == (word.strip().strip(".").casefold() in known)


def test_three_greens_in_three_months_are_met_by_the_third():
    greens = [
        (date(2026, 9, 1), "Green"),
        (date(2026, 10, 2), "low"),
        (date(2026, 11, 20), "green"),
    ]
    assert repeats_met([DEVON], greens[:2], on=date(2026, 11, 20)) == ()
    (met,) = repeats_met([DEVON], greens, on=date(2026, 11, 20))
    assert met.words == "3 graded Low within 3 months: reviewed as escalating"
    assert repeats_met([DEVON], greens, on=date(2026, 12, 1)) == ()
    assert repeats_met([DEVON], [*greens, (date(2026, 11, 21), "red")], on=date(2026, 11, 22))


def test_a_month_back_is_the_same_day_or_the_months_last():
    assert months_before(date(2026, 5, 31), 3) == date(2026, 2, 28)
    assert months_before(date(2026, 1, 15), 2) == date(2025, 11, 15)


def test_the_card_is_found_by_who_wrote():
    north = Card("n", "Northmere Police", senders=("northmere.police.example",))
    other = Card("o", "Other Police", senders=("other.example",))
    both = (north, other)
    assert holds_for(both, address="a@mail.northmere.police.example", organisation=None) == (north,)
    assert holds_for(both, address=None, organisation="other police") == (other,)
    assert holds_for(both, address="a@notnorthmere.police.example", organisation=None) == both
    assert holds_for((), address=None, organisation=None) == ()


def test_the_panel_is_short_and_says_what_the_card_says():
    card = Card(
        "n",
        "Northmere",
        parents=Parents(Contact.NO),
        support=Proposed(Support.SILENT),
        acknowledge=Acknowledge(how="Reply to the email", phone="01632 960101"),
        notes=("More on its page.",),
    )
    assert panel_words(card) == (
        "Do not contact parents about this",
        "Silent support is proposed",
        "Acknowledge: Reply to the email",
    )
    assert panel_words(Card("e", "E", notes=("Goes to the head.",))) == ("Goes to the head",)
    assert acknowledge_words(Acknowledge()) == ""


def test_an_example_says_that_it_is_one():
    assert source_words(Source("A page"), "1 November 2026") == (
        "Source: A page, looked at 1 November 2026. Check with your force."
    )
    assert source_words(Source("A letter", sure=True), "") == "Source: A letter"
