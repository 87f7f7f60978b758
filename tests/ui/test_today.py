"""Today through the real window: what is on it, how it moves, what comes in."""

from datetime import timedelta
from pathlib import Path

from schoolsafe.domain.notification import Choice
from schoolsafe.services.notification import Decision
from ui.day_window import make_day, morning, open_day
from ui.morning import draft, focus_name, maya_notice, notice, only_line

__all__ = ["make_day", "morning", "open_day"]


def test_the_list_says_what_is_done_how_long_there_is_and_what_came(open_day, morning):
    day = open_day(morning)
    assert day.words("today-date") == "Monday 9 November"
    assert day.words("progress-words") == "0 of 2 done"
    assert day.words("today-countdown") == "27 min to registration"
    assert day.words("since") == (
        "Since Friday 3:15pm: 2 notifications, 2 children. 2 not matched yet."
    )


def test_a_row_is_one_sentence_for_a_screen_reader(open_day, morning):
    rows = open_day(morning).rows()
    assert rows[0] == "Before registration, 2"
    assert rows[1] == "Maya Thornton. Police email. Police, Sat 10:40pm. Confirm match."
    assert rows[2] == "New. K. Mensah. Police email. Police, Sun 4:05pm. Initial only."


def test_the_day_opens_on_its_first_row_and_marks_it_opened(open_day, morning):
    day = open_day(morning)
    assert focus_name() == "today-rows"
    assert day.heading() == "Maya Thornton"
    view, _line = only_line(morning, "Maya")
    assert view.opened_by == "Priya Nair"


def test_no_window_title_holds_a_name(open_day, morning):
    day = open_day(morning)
    titles = [day.window.windowTitle()]
    day.press("Return")
    for keys in ("Ctrl+T", "Ctrl+N"):
        day.press(keys)
        titles.append(day.window.windowTitle())
    assert titles == [
        "Today - SchoolSafe",
        "Told slip - SchoolSafe",
        "Log a phone call - SchoolSafe",
    ]


def test_an_empty_day_says_so_and_what_set_up_still_lacks(open_day, make_day):
    day = open_day(make_day(mails=False, history=False))
    assert day.words("progress-words") == "Nothing before registration."
    assert day.words("welcome-heading") == "Nothing before registration"
    assert "log with Ctrl+N" in day.words("welcome-words")
    assert day.sees("missing-recovery_drill")


def test_what_is_done_is_folded_and_can_be_shown(open_day, morning):
    day = open_day(morning)
    day.press("Return")
    day.press("Alt+1")
    day.write("why", "Two in a month")
    day.press("Ctrl+Return")
    assert day.rows()[-1] == "Done today, 1  Show"
    day.press("End")
    day.press("Return")
    assert day.rows()[-2:] == [
        "Done today, 1  Hide",
        "Maya Thornton. Police email. Police, Sat 10:40pm.",
    ]


def test_a_decision_without_a_reason_waits_as_write_why(open_day, morning):
    day = open_day(morning)
    for key in ("Return", "Alt+1", "Ctrl+Return"):
        day.press(key)
    assert any(row.startswith("Write why: Maya Thornton") for row in day.rows())


def test_a_new_message_by_drop_comes_in_front(open_day, make_day):
    morning = make_day(mails=False)
    path = morning.mail("maya", draft(maya_notice()))
    day = open_day(morning)
    day.window.take_files((path,))
    assert day.heading() == "Maya Thornton"
    assert day.toast() == "1 message received."
    assert focus_name() == "today-rows"


def test_the_same_message_again_changes_nothing_and_says_so(open_day, make_day):
    morning = make_day(mails=False)
    path = morning.mail("maya", draft(maya_notice()))
    day = open_day(morning)
    day.window.take_files((path,))
    day.window.take_files((path,))
    assert day.toast() == "1 was already here."
    maya = [r for r in morning.services.notifications.list() if r.names == ("Maya Thornton",)]
    assert len(maya) == 3  # two of the history, one dropped twice


def test_a_pupil_list_goes_to_its_preview(open_day, make_day):
    morning = make_day(mails=False, history=False)
    day = open_day(morning)
    opened = []
    day.window.open = lambda screen, **args: opened.append((screen, args))
    day.window.take_files((Path("roll.csv"),))
    assert opened == [("pupil_import", {"file": Path("roll.csv")})]


def test_a_draft_row_reopens_its_form(open_day, morning):
    day = open_day(morning)
    day.press("Ctrl+N")
    day.write("call-child", "Somebody new")
    day.write("call-said", "Rang at eight")
    day.window.open("today")
    assert any(row.startswith("Somebody new") and "Draft" in row for row in day.rows())
    day.press("End")
    assert day.words("welcome-heading") == "Somebody new"
    day.press("Return")
    assert day.window.windowTitle() == "Log a phone call - SchoolSafe"
    assert day.words("call-said") == "Rang at eight"


def test_a_waiting_answer_stands_apart(open_day, morning):
    work = morning.services.notifications
    view, _line = only_line(morning, "Maya")
    work.match(view.id, 1, morning.child("Maya"))
    work.decide(view.id, 1, Decision(Choice.ASK_FIRST, "Too little to go on"))
    rows = open_day(morning).rows()
    assert "Waiting for others, 1" in rows


def test_time_that_passed_is_told(open_day, morning):
    day = open_day(morning)
    morning.school.clock.at += timedelta(minutes=20)
    day.window.open("today")
    assert day.words("today-countdown") == "7 min to registration"


def test_a_row_of_a_form_leads_back_to_today(open_day, morning):
    day = open_day(morning)
    day.press("Ctrl+N")
    rows = day.find("today-rows")
    rows.setFocus()
    day.press("Down")
    day.press("Return")
    assert day.window.windowTitle() == "Today - SchoolSafe"


def test_a_notice_that_names_nobody_lets_the_lead_add_a_child(open_day, make_day):
    morning = make_day(mails=False, history=False)
    morning.receive("odd", draft(notice(kind=None), kind=None, texts=("Please ring us",)))
    day = open_day(morning)
    assert day.heading() == "No child named"
    assert "No child could be read" in day.work()
    day.find("match-picker").setFocus()
    day.keyboard.letters("noor")
    day.press("Return")
    assert "Noor Rahman" in day.words("matched-child")
