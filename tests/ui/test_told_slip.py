"""Telling an adult: no more than they need, on paper or in person, on record either way."""

from datetime import date

import pytest

from ui.day_window import make_day, morning, open_day
from ui.morning import focus_name

__all__ = ["make_day", "morning", "open_day"]


@pytest.fixture
def slip(open_day, morning):
    day = open_day(morning)
    day.press("Return")
    day.press("Ctrl+T")
    return day


def slips(morning):
    return morning.services.told_slips.list(morning.child("Maya"))


def test_it_opens_ready_to_print_for_the_class_teacher(slip):
    assert focus_name() == "print-slip"
    assert slip.words("slip-to") == "Mrs Bello"
    assert slip.words("slip-words") == "Maya may need a quiet start today. Do not ask about it."


def test_a_slip_needs_a_confirmed_child(open_day, morning):
    day = open_day(morning)
    day.press("Ctrl+T")
    assert day.toast() == "Confirm which child this is first"
    assert day.window.windowTitle() == "Today - SchoolSafe"


def test_told_in_person_is_on_record_without_paper(slip, morning):
    slip.click("told-in-person")
    assert [(s.told_to, s.how) for s in slips(morning)] == [("Mrs Bello", "in_person")]
    assert morning.paper.printed == []
    assert slip.window.windowTitle() == "Today - SchoolSafe"
    assert "Mrs Bello, 8:18am" in slip.beside()


def test_a_person_who_turns_back_from_the_printer_told_nobody(slip, morning):
    morning.paper.turns_back = True
    slip.press("Return")
    assert slips(morning) == ()
    assert slip.window.windowTitle() == "Told slip - SchoolSafe"


def test_an_audit_row_stands_before_the_page(slip, morning):
    before = morning.school.audit_lines()
    slip.press("Return")
    assert morning.school.audit_lines() == before + 1
    page = morning.school.printer.printed[-1]
    assert (page.first_name, page.told_to) == ("Maya", "Mrs Bello")


def test_what_helps_is_ticked_and_written(slip):
    slip.choose("choice-B")
    assert "A warm greeting at the door." in slip.words("slip-words")
    slip.click("help-greeting")
    slip.click("help-food")
    words = slip.words("slip-words")
    assert "A warm greeting" not in words
    assert "Something to eat and drink." in words


def test_details_stay_with_the_lead(slip, morning):
    slip.choose("choice-C")
    assert "Details stay with the safeguarding lead." in slip.work()
    slip.click("print-slip")
    assert slip.sees("slip-problem")
    assert slips(morning) == ()


def test_words_that_say_what_happened_are_refused(slip, morning):
    slip.write("slip-words", "The police came. ")
    slip.click("told-in-person")
    assert "Take out: police" in slip.words("slip-problem")
    assert focus_name() == "slip-words"
    assert slips(morning) == ()


def test_nobody_named_is_refused(slip, morning):
    slip.find("slip-to").setText("")
    slip.click("told-in-person")
    assert slip.words("slip-problem") == "Enter who is told"
    assert slips(morning) == ()


def test_until_friday_says_so_and_ends_then(slip, morning):
    slip.choose("chip-week")
    assert "until Friday" in slip.words("slip-words")
    slip.click("told-in-person")
    assert slips(morning)[0].until == date(2026, 11, 13)


def test_who_was_told_is_listed_and_can_end(slip, morning):
    slip.click("told-in-person")
    slip.press("Ctrl+T")
    assert "Mrs Bello" in slip.beside()
    end = next(
        b
        for b in slip.find("context").findChildren(type(slip.find("print-slip")))
        if b.text() == "End it now"
    )
    end.click()
    assert "No longer holds" in slip.beside()
    assert slips(morning)[0].ended


def test_a_name_typed_by_hand_stays_when_the_level_changes(slip):
    field = slip.find("slip-to")
    field.selectAll()
    slip.write("slip-to", "Mr Okafor")
    slip.choose("choice-B")
    assert slip.words("slip-to") == "Mr Okafor"


def test_where_printing_is_not_allowed_the_slip_says_so_and_can_still_be_told(slip, morning):
    from schoolsafe.errors import Refused

    class NoPrinting(Refused):
        """Printing is switched off here."""

    def refuse(_form):
        raise NoPrinting

    morning.services.told_slips.page = refuse
    slip.press("Return")
    assert slip.words("slip-problem") == "Printing is switched off here."
    assert focus_name() == "print-slip"
    slip.click("told-in-person")
    assert [s.how for s in slips(morning)] == ["in_person"]
