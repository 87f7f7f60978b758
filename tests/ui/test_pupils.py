from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from schoolsafe.services.changes import Topic
from schoolsafe.services.child import ClassFacts
from schoolsafe.ui.theme import style
from ui.clip import cut_texts, settle
from ui.pages.pupils import RollPage
from ui.rolls import DATA, bring_in, open_roll, reader, school
from ui.walk import faults

__all__ = ["open_roll", "reader", "school"]


@pytest.fixture
def page(school, open_roll):
    bring_in(school, "roll_before.csv")
    return RollPage(open_roll())


def test_every_pupil_is_a_sentence_without_a_pupil_number(page):
    rows = page.rows()
    assert len(rows) == 30
    assert rows[0] == "Aisha Applewright. Year 2 2X. Born 24 July 2020. Admission M322."
    assert not any("M9" in row or "999" in row for row in rows)
    assert page.find("pupil-count").text() == "30 of 30 pupils shown"


def test_a_school_without_pupils_says_what_would_be_here_and_the_one_thing_to_do(open_roll):
    page = RollPage(open_roll())
    assert "No pupils yet. Drop a pupil list here, or add one." in page.work()
    assert not page.sees("find-pupil")
    assert page.find("import-list").kind == "primary"


@pytest.mark.parametrize(
    ("words", "found"),
    [("app", 2), ("applewright aisha", 1), ("M322", 1), ("M3", 0), ("cloudsley", 1), ("zz", 0)],
)
def test_names_and_admission_numbers_are_found(page, words, found):
    page.write("find-pupil", words)
    assert page.find("pupil-count").text() == f"{found} of 30 pupils shown"
    assert page.sees("pupil-rows") is bool(found)
    if not found:
        assert "Nobody fits. Look for another name" in page.work()


def test_year_class_and_state_narrow_together(page, school):
    assert page.options("filter-year") == ["Every year", "Reception", "Year 1", "Year 2"]
    page.choose("filter-year", "2")
    year_two = len(page.rows())
    page.choose("filter-class", "2X")
    assert 0 < len(page.rows()) < year_two
    assert all("Year 2 2X" in row for row in page.rows())
    page.choose("filter-year", "1")
    assert "Nobody fits" in page.work()


def test_who_possibly_left_is_a_word_at_the_end_of_the_row(page, school):
    bring_in(school, "roll_after.csv")
    page.screen.presenter.refresh()
    assert sum("Possibly left" in row for row in page.rows()) == 3
    page.choose("filter-state", "possibly_left")
    assert len(page.rows()) == 3


def test_a_filter_stays_when_the_roll_changes(page, school, tasks):
    page.choose("filter-class", "2X")
    before = len(page.rows())
    school.services.children.set_class(ClassFacts("2X", "Mrs Bello"))
    tasks.bus.changed({Topic.CHILD})
    assert len(page.rows()) == before
    assert all("Mrs Bello" in row for row in page.rows())


def test_enter_in_the_search_opens_the_first_who_fits(page, school):
    page.wake()
    page.keyboard.free_text("juno")
    assert page.find("pupil-count").text() == "0 of 30 pupils shown"
    page.write("find-pupil", "aisha")
    page.keyboard.press("Return")
    (aisha,) = school.services.children.list("aisha")
    assert page.went() == ("pupil_file", {"child": aisha.id})


def test_enter_on_a_row_opens_the_file(page, school):
    page.wake()
    page.find("pupil-rows").setFocus()
    page.keyboard.press("Down")
    page.keyboard.press("Return")
    assert page.went()[0] == "pupil_file"


def test_a_pupil_is_added_by_hand_and_can_be_taken_back(page, school):
    page.click("add-pupil")
    page.write("new-forename", "Juno")
    page.write("new-surname", "Otherby")
    form = page.screen.form
    form.dob.day_box.setText("17")
    form.dob.month_box.setText("7")
    form.dob.year_box.setText("2020")
    page.choose("new-year", "2")
    page.write("new-class-text", "2X")
    page.window.run("save")
    (juno,) = school.services.children.list("juno")
    assert (juno.name, juno.year, juno.class_name) == ("Juno Otherby", "2", "2X")
    assert page.find("pupil-rows").current_key() == juno.id
    assert page.toast() == "Pupil added."
    page.window.run("undo")
    assert school.services.children.list("juno") == ()
    assert len(page.rows()) == 30


def test_what_is_missing_is_said_in_a_summary_and_nothing_is_lost(page, school):
    page.click("add-pupil")
    page.write("new-surname", "Otherby")
    page.screen.form.dob.day_box.setText("31")
    page.click("add-this-pupil")
    assert page.problems() == [
        "Enter the forename",
        "Date of birth must have a day, a month and a year",
    ]
    assert page.window.windowTitle().startswith("Error: ")
    assert page.find("new-surname").text() == "Otherby"
    page.write("new-forename", "Juno")
    page.screen.form.dob.month_box.setText("12")
    page.screen.form.dob.year_box.setText("2027")
    page.click("add-this-pupil")
    assert page.problems() == ["The date of birth must be in the past"]
    assert len(school.services.children.list()) == 30


def test_a_dropped_list_goes_to_its_preview_and_mail_to_today(page):
    assert page.screen.dropped((DATA / "roll_after.csv",))
    assert page.window.stage.here == "pupil_import"
    page.window.open("pupils")
    assert not page.screen.dropped((Path("message.eml"),))


def test_the_form_can_be_left_without_a_trace(page, school):
    page.click("add-pupil")
    page.write("new-forename", "Juno")
    page.click("back-to-list")
    page.click("add-pupil")
    assert page.find("new-forename").text() == ""


def test_the_focus_begins_in_the_search(page):
    page.wake()
    assert QApplication.focusWidget().objectName() == "find-pupil"


def test_everything_has_a_name(page):
    assert faults(page.window) == []
    page.click("add-pupil")
    assert faults(page.window) == []


@pytest.mark.parametrize(
    ("percent", "width", "height"), [(100, 1024, 640), (100, 1440, 900), (200, 1366, 768)]
)
def test_nothing_is_cut(school, open_roll, styled, *, percent, width, height):
    style.current().apply(styled, style.Look.LIGHT, percent)
    page = RollPage(open_roll(width=width, height=height))
    settle(page.window)
    assert cut_texts(page.window) == []
    bring_in(school, "roll_before.csv")
    page.screen.presenter.refresh()
    settle(page.window)
    assert cut_texts(page.window) == []
    page.click("add-pupil")
    page.click("add-this-pupil")
    settle(page.window)
    assert cut_texts(page.window) == []
