"""The rota and the contact card on record."""

from datetime import date, timedelta

import pytest

from house import School
from schoolsafe.services.cover import (
    AnInboxOrAPhone,
    CoverEndsBeforeItBegins,
    CoverNameNeeded,
    KeyAdult,
    NoSuchTurn,
)
from schoolsafe.services.pages import ContactCardPage
from unit.services.morning import arrived

MONDAY = date(2026, 11, 9)


def test_a_new_school_is_told_that_nobody_covers(school: School):
    view = school.services.rota.show()
    assert view.nobody == "Nobody covering today to Fri 4 Dec"
    assert len(view.uncovered) == 20
    assert (view.confirm_due, view.too_few) == (True, True)
    assert school.services.days.view().cover == view.nobody


def test_somebody_on_the_rota_takes_the_red_away(school: School):
    rota = school.services.rota
    rota.add(first=MONDAY, last=date(2026, 12, 18), name="Priya Nair", phone="01632 960100")
    assert rota.show().nobody == ""
    assert rota.show().duty[0].phone == "01632 960100"
    assert school.services.days.view().cover == ""
    (turn,) = rota.show().turns
    rota.take_off(turn.id)
    assert rota.show().turns == ()
    with pytest.raises(NoSuchTurn):
        rota.take_off(turn.id)


def test_a_line_off_the_rota_comes_back_with_undo(school: School):
    rota = school.services.rota
    made = rota.add(first=MONDAY, name="Sam Okafor")
    off = rota.take_off(made.entities[0])
    assert off.undo is not None
    school.services.undo(off.undo)
    assert [t.name for t in rota.show().turns] == ["Sam Okafor"]


def test_what_is_over_is_not_listed(school: School):
    school.services.rota.add(first=date(2026, 11, 2), last=date(2026, 11, 6), name="Sam Okafor")
    assert school.services.rota.show().turns == ()


def test_a_line_needs_a_name_and_an_end_that_does_not_lie_before_it(school: School):
    with pytest.raises(CoverNameNeeded):
        school.services.rota.add(first=MONDAY, name="  ")
    with pytest.raises(CoverEndsBeforeItBegins):
        school.services.rota.add(first=MONDAY, last=MONDAY - timedelta(days=1), name="Sam")


def test_the_contact_card_is_kept_confirmed_and_printed(school: School):
    rota = school.services.rota
    with pytest.raises(AnInboxOrAPhone):
        rota.set_contact(inbox="", phone=" ", key_adults=[])
    with pytest.raises(AnInboxOrAPhone):
        rota.page()
    adults = [
        KeyAdult("Priya Nair", "Safeguarding lead", "01632 960100", date(2026, 2, 3)),
        KeyAdult("Sam Okafor", "Deputy"),
        KeyAdult(" "),
    ]
    rota.set_contact(inbox="encompass@ashgrove.example.org", phone="", key_adults=adults)
    assert rota.contact().key_adults == tuple(adults[:2])
    assert not rota.show().too_few
    rota.confirm(confirmed_with="PC Arden")
    assert not rota.show().confirm_due
    lines = school.audit_lines()
    rota.add(first=date(2026, 12, 19), last=date(2027, 1, 3), name="Sam Okafor")
    rota.page()
    assert school.audit_lines() == lines + 1
    page = school.printer.printed[-1]
    assert isinstance(page, ContactCardPage)
    assert page.key_adults[0].about == "Safeguarding lead, trained 3 February 2026"
    assert page.cover[0].about == "19 December 2026 to 3 January 2027"
    assert page.confirmed == "Gone through with PC Arden on 9 November 2026"
    assert page.hours == "School day: 8:45am to 3:15pm"


def test_the_card_is_to_be_gone_through_again_next_term(school: School):
    rota = school.services.rota
    rota.add(first=MONDAY, last=date(2027, 3, 1), name="Priya Nair")
    rota.confirm(confirmed_with="")
    assert school.services.days.view().reminder == ""
    school.clock.move(days=56)  # Monday 4 January 2027
    assert school.services.days.view().reminder == (
        "Go through the contact card with the police this term."
    )


def test_today_says_how_many_nobody_has_opened_and_whom_to_ring(school: School):
    school.services.rota.add(first=MONDAY, name="Sam Okafor", phone="01632 960123")
    first, _second = arrived(school), arrived(school, number=2)
    assert school.services.days.view().unopened == (
        "2 not opened, 27 min before registration. Covering: Sam Okafor, 01632 960123"
    )
    school.services.notifications.opened(first)
    assert school.services.days.view().unopened.startswith("1 not opened")
