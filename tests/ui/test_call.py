"""Logging a call through the real window, and the rules of its form."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from schoolsafe.domain.notification import (
    Answer,
    Channel,
    Choice,
    Incident,
    Precision,
    Presence,
    Sender,
)
from schoolsafe.services.desk import LONDON
from schoolsafe.ui.screens.call.form import (
    CallForm,
    as_draft,
    call_of,
    caller_of,
    caller_words,
    day_chips,
    from_draft,
    wrong_with,
)
from ui.day_window import make_day, morning, open_day
from ui.morning import focus_name, only_line

__all__ = ["make_day", "morning", "open_day"]

TODAY = date(2026, 11, 9)
NOW = datetime(2026, 11, 9, 8, 18, tzinfo=LONDON)


@pytest.fixture
def quiet(make_day):
    return make_day(mails=False, history=False)


@pytest.fixture
def call(open_day, quiet):
    day = open_day(quiet)
    day.press("Ctrl+N")
    return day


def test_a_call_with_only_a_name_is_complete(call, quiet):
    call.write("call-child", "Somebody Smith")
    call.click("save-later")
    _view, one = only_line(quiet, "Somebody Smith")
    assert one.child is None
    assert one.decision is None
    assert call.window.windowTitle() == "Today - SchoolSafe"
    assert call.toast() == "Call saved."


def test_undo_takes_a_saved_call_back(call, quiet):
    call.write("call-child", "Somebody Smith")
    call.click("save-later")
    call.press("Ctrl+Z")
    assert quiet.services.notifications.list() == ()


def test_what_is_wrong_is_said_on_save_and_nothing_typed_is_lost(call):
    call.write("call-said", "Rang at eight")
    call.write("call-date-day", "31")
    call.write("call-date-month", "2")
    call.write("call-date-year", "2026")
    assert call.window.windowTitle() == "Log a phone call - SchoolSafe"
    call.press("Ctrl+Return")
    assert focus_name() == "errors"
    assert call.window.windowTitle() == "Error: Log a phone call - SchoolSafe"
    assert call.reads("errors").split("\n") == [
        "There is a problem",
        "Enter who the call is about",
        "Date of the incident must be a real date, such as 27 3 2026",
        "Choose what happens this morning, or save and decide later",
    ]
    assert call.words("call-said") == "Rang at eight"


def test_a_link_of_the_summary_goes_to_its_field(call):
    call.press("Ctrl+Return")
    call.press("Tab")
    call.press("Space")
    assert focus_name() == "call-child"


def test_the_error_goes_when_it_is_mended(call):
    call.press("Ctrl+Return")
    call.write("call-child", "Somebody Smith")
    call.click("save-later")
    assert call.window.windowTitle() == "Today - SchoolSafe"


def test_a_chip_fills_the_boxes_and_the_boxes_mark_the_chip(call):
    call.click("date-2026-11-07")
    assert call.words("call-date-day") == "7"
    assert call.find("date-2026-11-07").property("chosen") == "true"
    call.find("call-date-day").setText("8")
    assert call.find("date-2026-11-07").property("chosen") == "false"
    assert call.find("date-2026-11-08").property("chosen") == "true"


def test_the_caller_is_kept_from_last_time(call, quiet):
    call.write("call-child", "Somebody Smith")
    call.write("call-caller", "Council hub, D. Marsh, 01632 960 310")
    call.click("save-later")
    call.press("Ctrl+N")
    assert call.words("call-caller") == "Council hub, D. Marsh, 01632 960 310"
    assert "Kept from last time." in call.work()
    view, _one = only_line(quiet, "Somebody")
    assert view.sender == Sender(name="D. Marsh", organisation="Council hub", phone="01632 960 310")


def test_typing_a_name_picks_nobody(call):
    call.find("call-child").setFocus()
    call.keyboard.letters("effi")
    assert call.words("call-fit") == "1 pupil fits. Not confirmed yet"
    assert call.words("call-this-is") == "This is Effie"
    call.click("call-this-is")
    assert call.words("call-fit") == "Effie Llŷr-Jones, Year 2 Robin. Chosen by you"
    assert "Effie" in call.beside()


def test_a_decision_for_a_name_nobody_picked_asks_for_the_pupil(call):
    call.write("call-child", "Somebody Smith")
    call.press("Alt+1")
    call.press("Ctrl+Return")
    assert "Choose the pupil from your list, or save and decide later" in call.reads("errors")


def test_the_draft_is_on_today_a_second_after_the_last_key(call, quiet, qtbot):
    call.write("call-child", "Somebody Smith")
    qtbot.waitUntil(lambda: len(quiet.services.drafts.list()) == 1, timeout=3000)
    assert call.words("draft-kept") == "Draft saved 8:18am. It is in Today already."
    assert any(row.startswith("Somebody Smith") and "Draft" in row for row in call.rows())


def test_leaving_a_field_keeps_the_draft_at_once(call, quiet):
    call.write("call-said", "Police called to the flat")
    call.find("call-reference") if call.sees("call-reference") else call.click("call-more")
    assert [d.values["said"] for d in quiet.services.drafts.list()] == ["Police called to the flat"]


def test_the_draft_goes_once_the_call_is_saved(call, quiet):
    call.write("call-child", "Somebody Smith")
    call.write("call-said", "Police called")
    call.click("save-later")
    assert quiet.services.drafts.list() == ()


def test_what_else_they_told_us_goes_on_record(call, quiet):
    call.write("call-child", "Somebody Smith")
    call.click("call-more")
    call.write("call-reference", "NMP 417")
    call.write("call-voice", "I hid")
    call.choose("chip-yes")
    call.choose("chip-present_heard")
    call.write("call-time-text", "9pm")
    call.click("call-time-about")
    call.click("date-2026-11-08")
    call.click("save-later")
    view, one = only_line(quiet, "Somebody")
    assert view.notice.police_reference == "NMP 417"
    assert view.notice.social_care_referral is Answer.YES
    assert one.facts.voice == "I hid"
    assert one.facts.presence is Presence.HEARD
    assert view.notice.incident == Incident(
        date=date(2026, 11, 8), time=time(21), precision=Precision.APPROX
    )


def test_the_four_choices_stand_beside_or_below_never_twice(open_day, quiet):
    wide = open_day(quiet)
    wide.press("Ctrl+N")
    assert wide.sees("call-choices")
    assert not wide.sees("call-choices-bar")
    wide.window.resize(1024, 640)
    assert not wide.sees("call-choices")
    assert wide.sees("call-choices-bar") or wide.sees("decide")


# the form's own rules, without a window


def test_last_night_and_the_days_before_by_name():
    assert [words for words, _day in day_chips(TODAY)] == [
        "Last night",
        "Today",
        "Saturday",
        "Friday",
    ]


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        (CallForm(), ["child", "choice"]),
        (CallForm(child_name="A", child="child:1", choice="quiet"), []),
        (CallForm(child_name="A", choice="not-ours"), []),
        (CallForm(child_name="A", choice="quiet"), ["child"]),
        (CallForm(child_name="A", choice="not-ours", day=date(2026, 11, 10)), ["date"]),
        (CallForm(child_name="A", choice="not-ours", clock_problem="?"), ["time"]),
    ],
)
def test_what_save_asks_for(form, fields):
    assert [w.field for w in wrong_with(form, today=TODAY, deciding=True)] == fields


def test_save_and_decide_later_asks_for_a_name_only():
    assert [w.field for w in wrong_with(CallForm(), today=TODAY, deciding=False)] == ["child"]
    assert wrong_with(CallForm(child_name="A"), today=TODAY, deciding=False) == ()


@pytest.mark.parametrize(
    ("words", "sender"),
    [
        ("", Sender()),
        ("D. Marsh", Sender(name="D. Marsh")),
        ("01632 960 310", Sender(phone="01632 960 310")),
        (
            "Council hub, D. Marsh, 01632 960 310",
            Sender(organisation="Council hub", name="D. Marsh", phone="01632 960 310"),
        ),
    ],
)
def test_a_caller_is_read_out_of_one_line_and_back(words, sender):
    assert caller_of(words) == sender
    assert caller_words(sender) == words


def test_last_night_without_a_time_is_overnight():
    form = CallForm(child_name="A", day=date(2026, 11, 8), overnight=True)
    assert call_of(form, received_at=NOW, deciding=False).incident.precision is Precision.OVERNIGHT
    timed = replace(form, clock=time(21), about=True)
    assert call_of(timed, received_at=NOW, deciding=False).incident.precision is Precision.APPROX


def test_deciding_later_takes_no_decision_along():
    form = CallForm(child_name="A", child="child:1", choice="quiet")
    assert call_of(form, received_at=NOW, deciding=False).choice is None
    assert call_of(form, received_at=NOW, deciding=True).choice is Choice.QUIET


def test_a_draft_gives_the_form_back_as_it_was():
    form = CallForm(
        child_name="Effie Llŷr-Jones",
        child="child:1",
        caller="Hub",
        day=date(2026, 11, 8),
        clock=time(21),
        about=True,
        presence=Presence.SAW,
        said="words",
        reference="r",
        voice="v",
        social_care=Answer.NO,
        choice="quiet",
        channel=Channel.SECURE_EMAIL.value,
    )
    assert from_draft(as_draft(form)) == form
    assert as_draft(CallForm(caller="Hub")) == {}
