"""Monday morning, many at once, by keyboard."""

from datetime import date, time

import pytest
from PySide6.QtWidgets import QTableView

from schoolsafe.domain.notification import Choice, Incident, Precision
from ui.day_window import make_day, morning, open_day
from ui.morning import PUPILS, at, draft, focus_name, line, notice, only_line

__all__ = ["make_day", "morning", "open_day"]


@pytest.fixture
def crowd(make_day):
    """Ten notices since Friday: eight good matches, two that nobody fits."""
    morning = make_day(mails=False, history=False)
    named = [(p[0], p[1], p[2]) for p in PUPILS] + [("J.", "Okonkwo", None), ("Ada", "Pryce", None)]
    for n, (forename, surname, dob) in enumerate(named):
        when = Incident(date=date(2026, 11, 7), time=time(20, 10 + n), precision=Precision.EXACT)
        told = notice(line(forename, surname, dob), incident=when)
        morning.receive(f"n{n}", draft(told, received=at(9, 7, n)))
    return morning


def cells(day, row):
    """The words of one row of the table."""
    table = day.find("batch")
    assert isinstance(table, QTableView)
    model = table.model()
    return [str(model.index(row, n).data()) for n in range(model.columnCount())]


def test_more_than_eight_new_open_as_a_table(open_day, crowd):
    day = open_day(crowd)
    assert focus_name() == "batch"
    assert day.words("batch-heading") == "10 before registration"
    assert day.words("batch-ready") == "0 of 10 ready"
    assert cells(day, 0) == [
        "Maya Thornton", "Year 4 Kingfisher", "Confirm match", "Sat 8:10pm", "Not told", "First",
        "Alt+1 to 4",
    ]  # fmt: skip
    assert cells(day, 8)[:3] == ["J. Okonkwo", "No pupil fits", "Nobody fits"]


def test_space_confirms_and_a_number_decides_the_row(open_day, crowd):
    day = open_day(crowd)
    day.press("Space")
    day.press("Alt+1")
    day.press("Down")
    day.press("Space")
    day.press("Alt+2")
    assert focus_name() == "batch"
    assert cells(day, 0)[2] == "Confirmed"
    assert cells(day, 0)[6] == "1  Tell the teacher, check in first"
    assert cells(day, 1)[6] == "2  Quiet support"
    assert day.words("batch-ready") == "2 of 10 ready"
    assert day.words("batch-finish") == "Finish 2 now"
    assert day.words("batch-leave") == "Leave the 8 for later"
    _view, maya = only_line(crowd, "Maya")
    assert maya.child is not None
    assert maya.decision is None  # a decision counts once Finish is pressed


def test_finish_takes_only_rows_that_have_both(open_day, crowd):
    day = open_day(crowd)
    day.press("Alt+1")  # a decision without a match
    day.press("Down")
    day.press("Space")
    day.press("Alt+2")
    day.press("Ctrl+Return")
    _view, maya = only_line(crowd, "Maya")
    _view, leo = only_line(crowd, "Leo")
    assert maya.decision is None
    assert leo.decision.choice is Choice.QUIET
    assert day.words("batch-ready") == "0 of 9 ready"
    assert "9 rows are left" in day.words("batch-left")


def test_finish_with_nothing_ready_says_what_it_needs(open_day, crowd):
    day = open_day(crowd)
    day.press("Ctrl+Return")
    assert day.words("batch-problem") == (
        "Finish needs a confirmed match and a decision in at least one row."
    )


def test_space_on_a_row_that_nobody_fits_explains_itself(open_day, crowd):
    day = open_day(crowd)
    for _n in range(8):
        day.press("Down")
    day.press("Space")
    assert "no single match" in day.words("batch-problem")


def test_enter_opens_one_at_a_time(open_day, crowd):
    day = open_day(crowd)
    day.press("Down")
    day.press("Return")
    assert day.heading() == "Leo Thornton"
    assert focus_name() == "today-rows"


def test_leaving_the_rest_empties_the_table(open_day, crowd):
    day = open_day(crowd)
    day.press("Space")
    day.press("Alt+1")
    day.click("batch-leave")
    assert day.words("batch-heading") == "1 before registration"
    day.press("Ctrl+Return")
    assert day.window.windowTitle() == "Today - SchoolSafe"
    assert any(row.startswith("Later today") for row in day.rows())


def test_one_at_a_time_stays_off_until_it_is_wanted(open_day, crowd):
    day = open_day(crowd)
    day.click("one-at-a-time")
    assert day.heading() == "Maya Thornton"
    day.window.open("today")
    assert focus_name() == "today-rows"
    day.click("see-batch")
    assert focus_name() == "batch"


def test_the_gate_list_prints_who_is_met_and_no_cause(open_day, crowd):
    day = open_day(crowd)
    day.press("Space")
    day.press("Alt+1")
    day.click("print-gate")
    assert [title for title, _pdf in crowd.paper.printed] == ["List for the gate"]
    page = crowd.school.printer.printed[-1]
    assert [(row.name, row.first_adult) for row in page.rows] == [
        ("Maya Thornton", "Mr Okafor, breakfast club, in since 8:00am")
    ]


def test_a_decision_survives_a_closed_window(open_day, crowd):
    day = open_day(crowd)
    day.press("Space")
    day.press("Alt+3")
    day.window.close()
    again = open_day(crowd)
    assert cells(again, 0)[6] == "3  Ask for more detail first"


def test_few_rows_that_are_left_are_named_and_many_are_counted(open_day, crowd):
    day = open_day(crowd)
    assert day.words("batch-left").endswith("10 rows are left.")
    for _row in range(6):
        day.press("Space")
        day.press("Alt+2")
        day.press("Down")
    day.press("Ctrl+Return")
    assert day.words("batch-left").count(";") == 3, "a comma may stand in a name"


def test_finish_is_filled_only_once_a_row_is_ready(open_day, crowd):
    day = open_day(crowd)
    assert day.find("batch-finish").kind == "plain"
    day.press("Space")
    day.press("Alt+2")
    assert day.find("batch-finish").kind == "primary"
