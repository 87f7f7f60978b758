"""A card asks why, once, and never stands in the way; what was done otherwise is on record."""

from dataclasses import replace

import pytest

from house import School
from schoolsafe.domain.notification import Choice, Risk, Step
from schoolsafe.domain.protocol_card import Audience, Contact, Parents, Tell
from schoolsafe.services.notification import Decision
from schoolsafe.services.protocol_card import (
    AreaNeeded,
    CardUnreadable,
    NoSuchCard,
    OtherwiseThanCard,
    card_of,
    card_value,
)
from unit.services.morning import arrived, line_of, matched, rows


@pytest.fixture
def northmere(school: School) -> School:
    school.services.protocol_cards.use("northmere")
    return school


def test_the_shipped_cards_are_read_and_all_but_the_demos_say_check(school: School):
    cards = {view.card.id: view.card for view in school.services.protocol_cards.list()}
    assert len(cards) >= 14
    assert {card.id for card in cards.values() if card.source.sure} == {"northmere"}
    assert cards["thames-valley"].parents.contact is Contact.NO
    assert cards["devon-and-cornwall"].repeat[0].n == 3
    assert all(card.source.words and card.source.checked for card in cards.values())
    assert all(card_of(card_value(card)) == card for card in cards.values())


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"id": "x"},
        {"id": "x", "area": 7},
        {"id": "x", "area": "X", "parents": {"contact": "maybe"}},
        {"id": "x", "area": "X", "tell": {"may": ["everybody"]}},
        {"id": "x", "area": "X", "grade": [{"means": "no word"}]},
        {"id": "x", "area": "X", "format": 2},
        [],
        "text",
    ],
)
def test_a_card_of_another_shape_is_refused(wrong: object):
    with pytest.raises(CardUnreadable):
        card_of(wrong)


def test_a_newer_member_is_passed_over():
    assert card_of({"id": "x", "area": "X", "colour": "blue"}).area == "X"


def test_a_school_picks_changes_and_puts_away_a_card(school: School):
    cards = school.services.protocol_cards
    assert cards.in_use() == ()
    cards.use("northmere")
    (used,) = cards.in_use()
    assert not cards.show("northmere").own
    cards.save(replace(used, parents=Parents(Contact.NO)))
    assert cards.show("northmere").own
    assert cards.in_use()[0].parents.contact is Contact.NO
    cards.put_away("northmere")
    assert cards.in_use() == ()
    assert cards.put_away("northmere").rows == ()
    cards.use("northmere")
    assert cards.in_use()[0].parents.contact is Contact.NO  # the school's own copy
    with pytest.raises(NoSuchCard):
        cards.use("nowhere")
    with pytest.raises(AreaNeeded):
        cards.save(replace(used, area=" "))


def test_taking_back_the_use_of_a_card_leaves_none_in_use(school: School):
    made = school.services.protocol_cards.use("northmere")
    assert made.undo is not None
    school.services.undo(made.undo)
    assert school.services.protocol_cards.in_use() == ()
    school.services.protocol_cards.use("northmere")
    assert len(school.services.protocol_cards.in_use()) == 1


def test_contact_with_a_parent_is_asked_about_once_and_then_on_record(northmere: School):
    notification, maya = matched(northmere)
    notices, before = northmere.services.notifications, rows(northmere)
    with pytest.raises(OtherwiseThanCard) as asked:
        notices.follow_up(notification, 1, Step.PARENT_CONTACT, words="Rang Mum")
    assert "Northmere Police: Ask the force before any contact" in str(asked.value)
    assert rows(northmere) == before
    notices.follow_up(
        notification, 1, Step.PARENT_CONTACT, words="Rang Mum", against_card="She rang us first."
    )
    shown = northmere.services.chronologies.show(maya).entries
    (entry,) = (e for e in shown if e.kind == "card_break")
    assert entry.title.startswith("Northmere Police: Ask the force")
    assert entry.summary == "She rang us first."
    assert [f.step for f in line_of(northmere, notification).follow_ups] == ["parent_contact"]


def test_without_a_reason_it_is_saved_all_the_same(northmere: School):
    notification, maya = matched(northmere)
    northmere.services.notifications.follow_up(
        notification, 1, Step.PARENT_CONTACT, words="Rang Mum", against_card=""
    )
    kinds = [e.kind for e in northmere.services.chronologies.show(maya).entries]
    assert kinds.count("card_break") == 1


def test_taking_the_step_back_takes_what_was_said_about_the_card_too(northmere: School):
    notification, maya = matched(northmere)
    done = northmere.services.notifications.follow_up(
        notification, 1, Step.PARENT_CONTACT, words="Rang Mum", against_card="She rang us."
    )
    assert done.undo is not None
    northmere.services.undo(done.undo)
    kinds = {e.kind for e in northmere.services.chronologies.show(maya).entries}
    assert kinds == {"notification"}


def test_other_steps_and_schools_without_a_card_are_not_asked(school: School):
    notification, _maya = matched(school)
    follow_up = school.services.notifications.follow_up
    follow_up(notification, 1, Step.PARENT_CONTACT, words="Rang Mum")
    school.services.protocol_cards.use("northmere")
    follow_up(notification, 1, Step.HISTORY_READ, words="Read")


def _only(school: School, *may: Audience) -> None:
    cards = school.services.protocol_cards
    cards.save(replace(cards.show("northmere").card, tell=Tell(may)))


def test_telling_the_teacher_against_the_card_takes_the_why_of_the_decision(school: School):
    notification, maya = matched(school)
    _only(school)
    decide = school.services.notifications.decide
    with pytest.raises(OtherwiseThanCard):
        decide(notification, 1, Decision(Choice.TELL_AND_CHECK_IN))
    decide(notification, 1, Decision(Choice.QUIET, "Nobody told."))
    decide(notification, 1, Decision(Choice.TELL_AND_CHECK_IN, "She meets him at the gate."))
    broken = [e for e in school.services.chronologies.show(maya).entries if e.kind == "card_break"]
    assert [e.summary for e in broken] == ["She meets him at the gate."]
    again = Decision(Choice.TELL_AND_CHECK_IN, "She meets him at the blue door.")
    decide(notification, 1, again)  # only the words: asked and answered before
    after = school.services.chronologies.show(maya).entries
    assert sum(e.kind == "card_break" for e in after) == 1


def test_a_told_slip_for_somebody_the_card_does_not_name_asks_before_paper(school: School):
    _notification, maya = matched(school)
    _only(school, Audience.CLASS_TEACHER)
    slips = school.services.told_slips
    form = replace(slips.prepare(maya), told_to="Mrs Stone")
    printed = len(school.printer.printed)
    with pytest.raises(OtherwiseThanCard):
        slips.page(form)
    assert len(school.printer.printed) == printed
    with pytest.raises(OtherwiseThanCard):
        slips.give(form)
    slips.give(replace(form, against_card="She drives the bus."))
    kinds = [e.kind for e in school.services.chronologies.show(maya).entries]
    assert kinds.count("card_break") == 1


def test_a_told_slip_about_a_child_without_an_open_notice_is_not_asked_about(school: School):
    maya = school.pupil("Maya", "Thornton")
    _only(school)
    slips = school.services.told_slips
    slips.give(replace(slips.prepare(maya), told_to="Mrs Stone"))


def test_the_notice_shows_its_card_what_the_grade_means_and_what_repeats(northmere: School):
    notification, maya = matched(northmere)
    for number in (2, 3, 4):
        graded = arrived(northmere, number=number, risk=Risk(grade_as_sent="Green"))
        northmere.services.notifications.match(graded, 1, maya)
    view = northmere.services.notifications.show(graded)
    assert [card.id for card in view.cards] == ["northmere"]
    assert view.grade_means == "Nothing points to serious harm now"
    (met,) = line_of(northmere, graded).repeats
    assert met.words == "3 graded Standard within 3 months: the force reviews these as escalating"
    assert line_of(northmere, notification).repeats == (met,)
