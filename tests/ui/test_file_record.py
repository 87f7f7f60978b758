"""A form of the file through the real window: asked, kept, checked, saved, added to, withdrawn."""

from functools import partial

import pytest

from schoolsafe.domain.referral import REFERRAL
from schoolsafe.ui.day import day_screens
from schoolsafe.ui.screens.file_record.kinds import KindsScreen
from schoolsafe.ui.screens.file_record.view import FileRecordScreen
from ui.day_window import make_day, morning
from ui.morning import focus_name
from ui.pages.day import DayPage
from ui.pretend import PretendPupils
from ui.walk import faults

__all__ = ["make_day", "morning"]


@pytest.fixture
def quiet(make_day):
    return make_day(mails=False, history=False)


def a_screen(services, frame):
    return FileRecordScreen(frame, services, REFERRAL)


@pytest.fixture
def day(quiet, make_window, tasks):
    screens = dict(day_screens(quiet.services, quiet.outside()))
    screens |= {
        "pupils": PretendPupils,
        "record_kinds": KindsScreen,
        "record_referral": partial(a_screen, quiet.services),
    }
    window = make_window(1440, 900, screens=screens)
    window.activateWindow()
    yield DayPage(window)
    assert tasks.errors == []


@pytest.fixture
def form(day, quiet):
    day.window.open("record_referral", child=quiet.child("Maya"))
    return day


def referrals(quiet):
    return quiet.services.file_records.of(quiet.child("Maya"), "referral")


def test_a_kind_is_chosen_from_the_list_by_keyboard(day, quiet):
    day.window.open("record_kinds", child=quiet.child("Maya"))
    assert focus_name() == "record-kinds"
    day.keyboard.letters("ref")
    day.press("Return")
    assert day.words("record-heading") == "Maya Thornton"
    assert focus_name() == "chip-mash"


def test_a_referral_is_recorded(form, quiet):
    form.choose("chip-mash")
    form.write("answer-why", "Third notification in three months")
    form.write("answer-child_words", "I want it to stop")
    form.press("Ctrl+Return")
    assert form.toast() == "Saved."
    (one,) = referrals(quiet)
    assert one.values["to"] == "mash"
    assert one.values["child_words"] == "I want it to stop"
    form.press("Ctrl+Z")
    assert referrals(quiet) == ()


def test_an_empty_form_says_what_to_do_and_takes_the_focus_there(form, quiet):
    form.press("Ctrl+Return")
    assert form.reads("errors").split("\n") == [
        "There is a problem",
        "Choose whom it was referred to, or that it was not",
        "Write why",
    ]
    assert referrals(quiet) == ()


def test_a_date_that_cannot_be_is_said_in_words(form):
    form.write("answer-sent_at-month", "13")
    form.press("Ctrl+Return")
    assert "When was it sent, or decided? must be a real date, such as 27 3 2026" in form.reads(
        "errors"
    )


def test_a_draft_is_on_today_and_comes_back(form, quiet):
    form.write("answer-why", "Half a")
    form.window.open("today")
    assert any(row.startswith("Maya Thornton") and "Draft" in row for row in form.rows())
    (draft,) = quiet.services.drafts.list()
    form.window.open("record_referral", draft=draft.key)
    assert form.words("answer-why") == "Half a"


def test_what_came_of_it_is_added_later_with_the_first_day_beside(form, quiet):
    made = quiet.services.file_records.add(
        "referral",
        quiet.child("Maya"),
        {"to": "mash", "sent_at": quiet.services.desk.now().isoformat(), "why": "Worried"},
    )
    form.window.open("record_referral", record=made.entities[0])
    assert focus_name() == "answer-reference"
    assert "Referred to\nMASH or front door" in form.beside()
    form.write("answer-decision", "Assessment under section 17")
    form.press("Ctrl+Return")
    (one,) = referrals(quiet)
    assert one.values["decision"] == "Assessment under section 17"
    form.window.open("record_referral", record=one.id)
    form.click("withdraw-record")
    form.write("record-why-withdrawn", "Wrong file")
    form.click("withdraw-record")
    assert referrals(quiet) == ()


def test_everything_on_the_form_has_a_name(form):
    assert faults(form.window) == []
