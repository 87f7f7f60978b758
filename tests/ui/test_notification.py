"""The notification card: evidence, match, decision, follow-through; nothing decided for anybody."""

from datetime import date

import pytest
from PySide6.QtWidgets import QAbstractButton

from schoolsafe.domain.notification import (
    Answer,
    Channel,
    ChildLine,
    Choice,
    Incident,
    Precision,
    Risk,
    Step,
)
from schoolsafe.services.notification import Decision
from ui.day_window import make_day, morning, open_day
from ui.morning import draft, focus_name, line, notice, only_line

__all__ = ["make_day", "morning", "open_day"]


def chosen(day):
    """The choices that are marked."""
    names = [f"choice-{one.value}" for one in Choice]
    return [n for n in names if isinstance(b := day.find(n), QAbstractButton) and b.isChecked()]


def test_the_head_says_who_sent_it_how_when_and_whether_in_time(open_day, morning):
    day = open_day(morning)
    assert day.words("kind-line") == "Police notification. Northmere Police, secure email, 7:12am"
    assert day.words("timing") == "On time"
    assert day.words("notified-born") == "born 14 March 2018, as the police wrote it"


def test_nothing_is_matched_or_chosen_before_a_person_does(open_day, morning):
    day = open_day(morning)
    assert chosen(day) == []
    assert not day.sees("matched-child")
    assert "Proposed, not confirmed yet" in day.beside()
    _view, maya = only_line(morning, "Maya")
    assert maya.child is None


def test_missing_answers_are_told_as_not_told(open_day, make_day):
    morning = make_day(mails=False, history=False)
    bare = notice(
        line("Kai", "Mensah"),
        police_reference=None,
        incident=Incident(),
        circumstances=None,
        risk=Risk(),
        social_care_referral=Answer.UNKNOWN,
    )
    morning.receive("bare", draft(bare))
    day = open_day(morning)
    facts = day.reads("told-facts").split("\n")
    assert facts.count("Not told") == 8
    assert day.words("timing") == "No time given"


def test_finish_pressed_too_early_says_what_is_missing(open_day, morning):
    day = open_day(morning)
    day.press("Ctrl+Return")
    assert day.words("decision-problem") == (
        "Confirm which child this is, then choose what happens this morning"
    )
    assert focus_name() == f"this-is-{morning.child('Maya')}"
    day.press("Space")
    day.press("Ctrl+Return")
    assert day.words("decision-problem") == "Choose what happens this morning"
    assert focus_name() == "choice-tell-and-check-in"
    _view, maya = only_line(morning, "Maya")
    assert maya.decision is None


def test_a_choice_without_a_match_is_refused_except_not_ours(open_day, morning):
    day = open_day(morning)
    day.press("Alt+1")
    day.press("Ctrl+Return")
    assert "Confirm which child this is" in day.words("decision-problem")
    day.press("Alt+4")
    day.press("Ctrl+Return")
    _view, maya = only_line(morning, "Maya")
    assert maya.decision.choice is Choice.NOT_OURS
    assert maya.child is None


def test_someone_else_is_found_by_name(open_day, morning):
    day = open_day(morning)
    day.click("someone-else")
    assert focus_name() == "match-picker"
    day.keyboard.letters("noor")
    day.press("Return")
    assert day.words("matched-child").startswith("Noor Rahman, Year 1 Wren")
    assert day.words("matched-by") == "Chosen by you, 8:18am."


def test_a_confirmed_match_can_be_changed(open_day, morning):
    day = open_day(morning)
    day.press("Return")
    assert day.words("matched-by") == "Confirmed by you, 8:18am."
    day.click("change-match")
    assert not day.sees("matched-child")
    assert day.sees(f"this-is-{morning.child('Maya')}")


def test_nobody_fits_needs_a_reason(open_day, morning):
    day = open_day(morning)
    day.click("someone-else")
    day.click("nobody-fits")
    day.click("record-nobody")
    assert day.sees("match-problem")
    day.write("why-nobody", "She left in July")
    day.click("record-nobody")
    assert day.words("matched-by") == "She left in July"


def test_several_who_could_fit_are_shown_with_what_differs(open_day, make_day):
    morning = make_day(mails=False, history=False)
    for year in ("3", "5"):
        morning.services.children.add(
            surname="Moss", forename="Ada", dob=date(2017, 1, 2), class_name="Wren", year=year
        )
    morning.receive("two", draft(notice(line("Ada", "Moss", date(2017, 1, 2)))))
    day = open_day(morning)
    assert "Two could fit" in day.work()
    assert "Year 3" in day.work()
    assert "Year 5" in day.work()
    day.press("Return")
    assert focus_name().startswith("this-is-")
    _view, ada = only_line(morning, "Ada")
    assert ada.child is None


def test_the_original_is_one_click_away_with_its_seal_and_places(open_day, morning):
    day = open_day(morning)
    day.click("original-email")
    assert "Two adults arguing" in day.words("original-text")
    assert "From: encompass@northmere.police.example" in day.words("original-headers")
    view, _line = only_line(morning, "Maya")
    assert f"SHA-256{view.original_sha256}" in day.words("original-seal").replace(" ", "")
    assert "bytes" in day.words("original-seal")
    day.find("found-answers").setFocus()
    day.press("Down")
    marks = day.find("original-text").extraSelections()
    assert [mark.cursor.selectedText() for mark in marks] == [
        "Two adults arguing, one arrested and bailed not to come to the home or the school."
    ]
    day.click("original-email")
    assert day.sees("told-facts")


def test_markup_in_a_message_is_shown_as_words(open_day, make_day):
    morning = make_day(mails=False, history=False)
    hostile = '<b>Ada</b> <img src="file:///etc/passwd">'
    child = ChildLine(name_as_sent=hostile, surname="Ada")
    morning.receive("hostile", draft(notice(child, circumstances="<a href='x'>x</a>")))
    day = open_day(morning)
    assert day.heading() == hostile
    assert "<a href='x'>x</a>" in day.work()


def test_locked_mail_says_what_to_do_and_takes_pasted_words(open_day, make_day):
    morning = make_day(mails=False, history=False)
    morning.receive("locked", draft(outcome="locked", kind=None, texts=()))
    day = open_day(morning)
    assert (
        "This message is still locked. Open it in Outlook, then choose File, Save as PDF, and drop"
        " the PDF here, or paste the words below."
    ) in day.work()
    day.click("use-words")
    assert day.words("shut-problem") == "Paste the words of the message first."
    words = "Kai Mensah saw it"
    morning.intake.mails[words.encode()] = draft(notice(line("Kai", "Mensah", date(2015, 11, 2))))
    day.write("locked-words", words)
    day.click("use-words")
    assert day.heading() == "Kai Mensah"
    assert not day.sees("locked-mail")


def test_a_late_notice_is_said_in_the_danger_ink(open_day, make_day):
    from ui.morning import at

    morning = make_day(mails=False, history=False)
    told = notice(
        line("Kai", "Mensah", date(2015, 11, 2)),
        incident=Incident(date=date(2026, 11, 5), time=at(5, 22).time(), precision=Precision.EXACT),
    )
    morning.receive("late", draft(told, received=at(9, 7, 12)))
    day = open_day(morning)
    assert day.words("timing") == "Late by 1 school day"
    assert day.find("timing").property("role") == "danger"


def test_a_phone_call_says_what_the_caller_told_and_has_no_original(open_day, make_day):
    from schoolsafe.domain.notification import Sender
    from schoolsafe.services.notification import Call

    morning = make_day(mails=False, history=False)
    caller = Sender(name="D. Marsh", organisation="Council hub", phone="01632 960 310")
    morning.services.notifications.log_call(Call("Effie Llŷr-Jones", "In bed", caller=caller))
    day = open_day(morning)
    assert "What the caller told us" in day.work()
    assert not day.sees("original-email")
    assert "Council hub, D. Marsh, 01632 960 310" in day.work()


def test_undo_takes_back_a_decision_for_both_children_at_once(open_day, morning):
    day = open_day(morning)
    for key in ("Return", "Alt+1", "Alt+B", "Ctrl+Return", "Ctrl+Z"):
        day.press(key)
    view, maya = only_line(morning, "Maya")
    assert maya.decision is None
    assert view.lines[1].decision is None


def test_a_choice_not_finished_is_kept_and_shown_again(open_day, morning):
    day = open_day(morning)
    day.press("Return")
    day.press("Alt+2")
    day.write("why", "Settled")
    day.find("today-rows").setFocus()
    day.press("Down")
    assert chosen(day) == []
    day.press("Up")
    assert chosen(day) == ["choice-quiet"]
    assert day.words("why") == "Settled"
    assert not any("Draft" in row for row in day.rows())


def test_leave_for_later_moves_it_and_opens_the_next(open_day, morning):
    day = open_day(morning)
    day.click("leave-for-later")
    assert day.heading() == "K. Mensah"
    rows = day.rows()
    assert rows.index("Later today, 1") < [r.startswith("Maya") for r in rows].index(True)


def decided(morning):
    """Maya's notice, matched and decided with a reason."""
    view, _line = only_line(morning, "Maya")
    work = morning.services.notifications
    work.match(view.id, 1, morning.child("Maya"))
    work.decide(view.id, 1, Decision(Choice.TELL_AND_CHECK_IN, "Two in a month"))
    return view.id


def test_a_step_is_recorded_with_the_childs_words(open_day, morning):
    notification = decided(morning)
    day = open_day(morning)
    day.window.open("today", notification=notification, line=1)
    day.choose("chip-seen_on_arrival")
    assert focus_name() == "step-words"
    day.keyboard.free_text("Came at 8:35am with Aunt Rae")
    day.write("step-child-words", "I like it quiet")
    day.click("save-step")
    _view, maya = only_line(morning, "Maya")
    assert [(f.step, f.child_words) for f in maya.follow_ups] == [
        (Step.SEEN_ON_ARRIVAL.value, "I like it quiet")
    ]
    assert "“I like it quiet”" in day.work()
    assert "✓ Seen on arrival" in day.work()


def test_an_empty_step_is_not_recorded(open_day, morning):
    notification = decided(morning)
    day = open_day(morning)
    day.window.open("today", notification=notification, line=1)
    day.choose("chip-attendance")
    day.click("save-step")
    assert day.words("follow-problem") == "Write what was done"


def test_closing_needs_an_outcome_and_a_reason_and_can_be_reopened(open_day, morning):
    notification = decided(morning)
    day = open_day(morning)
    day.window.open("today", notification=notification, line=1)
    day.click("close-line")
    assert day.words("follow-problem") == "Choose how this ended"
    day.choose("chip-support_continues")
    day.click("close-line")
    assert day.words("follow-problem") == "Write why before you close this."
    day.write("close-why", "Worry box continues")
    day.click("close-line")
    assert "Support continues: Worry box continues" in day.work()
    assert not day.sees("morning-choices")
    day.write("reopen-why", "Another notice came")
    day.click("reopen")
    assert day.sees("morning-choices")
    _view, maya = only_line(morning, "Maya")
    assert maya.closed is None


def test_the_child_beside_says_who_may_collect_and_the_pattern(open_day, morning):
    day = open_day(morning)
    day.press("Return")
    words = day.beside()
    assert "Only Mum or Aunt Rae may collect" in words
    assert "Until Fri 20 Nov" in words
    assert "Mr Okafor, breakfast club, in since 8:00am" in words
    assert "Mrs Bello, Kingfisher, 8:45am" in words
    assert "Nobody yet today" in words
    assert "151, then 27 days apart. Getting closer." in words


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1366, 768), (1024, 640)])
def test_the_decision_is_in_view_at_every_size(open_day, morning, width, height):
    day = open_day(morning, width, height)
    finish = day.find("finish")
    bottom = finish.mapTo(day.window, finish.rect().bottomLeft()).y()
    assert 0 < bottom <= day.window.height()


def test_a_channel_is_told_in_words(open_day, make_day):
    morning = make_day(mails=False, history=False)
    told = notice(line("Kai", "Mensah", date(2015, 11, 2)))
    morning.receive("relay", draft(told, channel=Channel.COUNCIL_RELAY))
    assert "passed on by the council" in open_day(morning).words("kind-line")


def test_enter_on_write_why_goes_to_the_reason_and_finish_records_it(open_day, morning):
    day = open_day(morning)
    for key in ("Return", "Alt+1", "Ctrl+Return"):
        day.press(key)
    day.press("End")
    assert day.heading() == "Maya Thornton"
    day.press("Return")
    assert focus_name() == "why"
    day.keyboard.free_text("Two in a month")
    day.press("Return")
    view, maya = only_line(morning, "Maya")
    assert maya.decision.reason == "Two in a month"
    assert view.history[-1].kind == "notification.give_reason"
