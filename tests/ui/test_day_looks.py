"""Every screen of the day at every size: nothing cut, nothing without a name, one filled button a pane."""

from datetime import date

import pytest
from PySide6.QtWidgets import QPushButton

from schoolsafe.domain.notification import Choice, Step
from schoolsafe.services.notification import Decision
from schoolsafe.ui.theme import style
from ui.clip import cut_texts, settle
from ui.day_window import make_day, morning, open_day
from ui.morning import PUPILS, draft, find, focus_name, line, notice, only_line
from ui.walk import faults

__all__ = ["make_day", "morning", "open_day"]

SIZES = ((100, 1440, 900), (100, 1366, 768), (100, 1024, 640), (150, 1280, 720), (200, 1366, 768))


def today(day, _morning):
    return day


def confirmed(day, _morning):
    day.press("Return")


def original(day, _morning):
    day.window.show_work()
    day.click("original-email")


def followed(day, morning):
    view, _line = only_line(morning, "Maya")
    work = morning.services.notifications
    work.match(view.id, 1, morning.child("Maya"))
    work.decide(view.id, 1, Decision(Choice.TELL_AND_CHECK_IN, "Two in a month"))
    work.follow_up(
        view.id, 1, Step.SEEN_ON_ARRIVAL, words="Came at 8:35am", child_words="I like it quiet"
    )
    day.window.open("today", notification=view.id, line=1)
    day.window.show_work()
    day.choose("chip-review")


def call(day, _morning):
    day.press("Ctrl+N")


def call_wrong(day, morning):
    call(day, morning)
    day.press("Ctrl+Return")


def slip(day, morning):
    day.window.open("told_slip", child=morning.child("Maya"))
    find(day.window, "choice-B").click()


def entry(day, morning):
    day.window.open("entry", child=morning.child("Maya"))
    day.press("Ctrl+Return")


def batch(day, _morning):
    day.window.open("batch")


STATES = (today, confirmed, original, followed, call, call_wrong, slip, entry, batch)


@pytest.fixture
def at_size(styled, open_day, morning):
    """A window at a text size, the look put back afterwards."""

    def open_(percent, width, height):
        style.current().apply(styled, style.Look.LIGHT, percent)
        return open_day(morning, width, height)

    return open_


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("state", STATES, ids=lambda s: s.__name__)
def test_nothing_is_cut_and_everything_has_a_name(at_size, morning, state, size):
    day = at_size(*size)
    state(day, morning)
    settle(day.window)
    assert cut_texts(day.window) == []
    assert faults(day.window) == []


@pytest.mark.parametrize("state", STATES, ids=lambda s: s.__name__)
def test_a_pane_has_at_most_one_filled_button(open_day, morning, state):
    day = open_day(morning)
    state(day, morning)
    for name in ("work", "side", "context"):
        if not day.sees(name):
            continue
        buttons = find(day.window, name).findChildren(QPushButton)
        filled = [b for b in buttons if b.property("kind") == "primary" and b.isVisible()]
        assert len(filled) <= 1, [b.text() for b in filled]


def test_tab_goes_through_list_work_bar_and_context_in_that_order(open_day, morning):
    day = open_day(morning)
    day.press("Return")
    seen = []
    for _n in range(16):
        day.press("Tab")
        seen.append(focus_name())
    order = ["drop-hint", "change-match", "original-email", "choice-tell-and-check-in", "why"]
    order += ["leave-for-later", "finish", "open-child-file", "told-slip", "add-entry"]
    places = [seen.index(name) for name in order]
    assert places == sorted(places)


def test_ten_long_names_are_never_cut(open_day, make_day):
    morning = make_day(mails=False, history=False)
    long = "Maximiliana-Alexandrina Featherstonehaugh-Wolverhampton"
    for n in range(3):
        morning.receive(
            f"l{n}", draft(notice(line(f"{long}{n}", "Cholmondeley", date(2018, 3, n + 1))))
        )
    day = open_day(morning, 1024, 640)
    settle(day.window)
    assert cut_texts(day.window) == []
    assert len(PUPILS) > 1


def test_where_the_bar_is_one_row_the_reason_and_leaving_stay_reachable(at_size, morning):
    day = at_size(200, 1366, 768)
    day.press("Return")
    day.press("Space")
    assert day.sees("decide")
    assert not day.sees("morning-choices")
    day.press("Alt+2")
    assert day.words("decided") == "Quiet support"
    assert day.sees("leave-for-later")
    day.write("why", "Settled in class")
    day.press("Ctrl+Return")
    _view, maya = only_line(morning, "Maya")
    assert (maya.decision.choice, maya.decision.reason) == (Choice.QUIET, "Settled in class")


def test_a_step_form_that_opens_comes_into_view(open_day, morning):
    day = open_day(morning)
    followed(day, morning)
    settle(day.window)
    words = find(day.window, "step-words")
    assert words.visibleRegion().boundingRect().height() > words.height() // 2


def test_with_room_for_one_pane_the_focus_stays_in_the_work(at_size, morning):
    day = at_size(200, 1366, 768)
    day.press("Return")
    assert focus_name() == f"this-is-{morning.child('Maya')}"
    for key in ("Space", "Alt+2", "Ctrl+Return"):
        day.press(key)
    assert day.heading() == "K. Mensah"
    assert focus_name() == f"this-is-{morning.child('Kai')}"
    day.press("Ctrl+N")
    assert focus_name() == "call-child"
