"""Today gathered from the record: what stands before registration, what may wait, what is done, what was begun."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from house import School, make_school
from schoolsafe.domain.notification import (
    Channel,
    ChildLine,
    Choice,
    CloseOutcome,
    Incident,
    NoticeKind,
    Presence,
    Sender,
    Step,
)
from schoolsafe.domain.today import GroupCode, State, Work
from schoolsafe.intake.errors import NoMessage
from schoolsafe.services.desk import LONDON
from schoolsafe.services.notification import Call, Decision
from schoolsafe.services.today_view import Place
from unit.services.morning import (
    LEO,
    MAIL,
    MAYA,
    MAYA_BORN,
    NOTICE,
    SATURDAY_NIGHT,
    arrived,
    arrives,
    line_of,
    matched,
)

QUIET = Decision(Choice.QUIET, "Known to us")


def _titles(school: School, code: GroupCode = GroupCode.BEFORE) -> list[str]:
    return [row.title for row in school.services.days.view().day.rows(code)]


def _only(school: School, code: GroupCode):
    (row,) = school.services.days.view().day.rows(code)
    return row


def test_a_quiet_morning_says_so(school: School):
    view = school.services.days.view()
    assert [group.rows for group in view.groups] == [(), (), (), ()]
    assert view.since == "Since Friday 3:15pm: no notifications."
    assert (view.minutes, view.batch) == (27, False)
    assert view.registration
    assert view.registration.isoformat() == "2026-11-09T08:45:00+00:00"
    assert view.minutes_to_end is not None
    assert view.day.progress.words == "0 of 0 done"


def test_a_notice_stands_before_registration_and_opens_its_line(school: School):
    school.pupil("Maya", "Thornton", MAYA_BORN)
    notification = arrived(school)
    row = _only(school, GroupCode.BEFORE)
    assert (row.title, row.about) == ("Maya THORNTON", "Police, Sat 10:40pm")
    assert (row.work, row.state, row.new) == (Work.EMAIL, State.CONFIRM, True)
    place = school.services.days.view().places[row.id]
    assert place == Place(notification, 1, None)
    school.services.notifications.opened(notification)
    assert not _only(school, GroupCode.BEFORE).new


def test_the_state_of_a_row_is_what_has_to_be_done_first(school: School):
    school.pupil("Kai", "Mensah", date(2018, 9, 1))
    school.pupil("Ann", "Twin", date(2018, 1, 2))
    school.pupil("Ann", "Twin", date(2018, 1, 2))
    arrived(school, ChildLine("K. Mensah", "Mensah", "K.", dob=date(2018, 9, 1)), number=1)
    arrived(school, ChildLine("Ann Twin", "Twin", "Ann", dob=date(2018, 1, 2)), number=2)
    arrived(school, ChildLine("Zed Nobody", "Nobody", "Zed", dob=date(2011, 1, 1)), number=3)
    rows = {row.title: row for row in school.services.days.view().day.rows(GroupCode.BEFORE)}
    assert rows["K. Mensah"].state is State.INITIAL
    assert (rows["Ann Twin"].state, rows["Ann Twin"].state_words) == (
        State.SEVERAL,
        "Two could fit",
    )
    assert rows["Zed Nobody"].state is State.NOBODY


def test_a_confirmed_child_stands_under_the_name_used_every_day(school: School):
    _notification, maya = matched(school)
    row = _only(school, GroupCode.BEFORE)
    assert (row.title, row.state) == ("Maya Thornton", State.NONE)
    assert school.services.days.view().places[row.id].child == maya


def test_a_late_notice_says_so_once_it_is_matched(school: School):
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    notification = arrived(school, incident=replace(SATURDAY_NIGHT, date=date(2026, 11, 4)))
    school.services.notifications.match(notification, 1, maya)
    assert _only(school, GroupCode.BEFORE).state is State.LATE


def test_a_collection_danger_comes_first_while_it_holds(school: School):
    maya, leo = school.pupil("Maya", "Thornton", MAYA_BORN), school.pupil("Leo", "Thornton")
    notification = arrived(school, LEO, MAYA)
    school.services.notifications.match(notification, 1, leo)
    school.services.notifications.match(notification, 2, maya)
    assert _titles(school)[0] in {"Leo Thornton", "Maya Thornton"}
    for child in (maya, leo):
        school.services.children.set_may_collect(child, "Nan", date(2026, 11, 9))
        assert _titles(school)[0] == school.services.children.show(child).name
        row = school.services.days.view().day.rows(GroupCode.BEFORE)[0]
        assert row.collection_danger
        school.services.children.set_may_collect(child, "Nan", date(2026, 11, 8))
    school.services.children.set_may_collect(leo, "Nan")
    assert _titles(school)[0] == "Leo Thornton"


def test_a_decision_with_its_reason_is_done_today_and_gone_tomorrow(school: School):
    notification, _maya = matched(school)
    school.services.notifications.decide(notification, 1, QUIET)
    row = _only(school, GroupCode.DONE)
    assert (row.title, row.state) == ("Maya Thornton", State.NONE)
    view = school.services.days.view()
    assert view.day.progress.words == "1 of 1 done"
    school.clock.move(days=1)
    assert all(group.rows == () for group in school.services.days.view().groups)


def test_a_decision_without_a_reason_asks_for_it_until_it_is_written(school: School):
    notification, _maya = matched(school)
    school.services.notifications.decide(notification, 1, Decision(Choice.QUIET))
    assert _titles(school, GroupCode.LATER) == ["Write why: Maya Thornton"]
    school.clock.move(days=1)
    assert _titles(school, GroupCode.LATER) == ["Write why: Maya Thornton"]
    school.services.notifications.give_reason(notification, 1, "Known to us")
    assert _titles(school, GroupCode.LATER) == []
    assert _titles(school, GroupCode.DONE) == ["Maya Thornton"]


def test_asking_first_waits_for_others_until_it_is_decided_or_closed(school: School):
    notification, _maya = matched(school)
    ask = Decision(Choice.ASK_FIRST, "No time given")
    school.services.notifications.decide(notification, 1, ask)
    assert _titles(school, GroupCode.WAITING) == ["Maya Thornton"]
    school.clock.move(days=3)
    assert _titles(school, GroupCode.WAITING) == ["Maya Thornton"]
    school.services.notifications.close(
        notification, 1, outcome=CloseOutcome.NO_FURTHER_ACTION, reason="Answered"
    )
    assert _titles(school, GroupCode.WAITING) == []
    assert _titles(school, GroupCode.DONE) == ["Maya Thornton"]


def test_left_for_later_moves_down_and_stays_open(school: School):
    notification, _maya = matched(school)
    school.services.notifications.leave(notification, 1)
    assert _titles(school, GroupCode.LATER) == ["Maya Thornton"]
    assert _titles(school) == []


def test_nobody_fits_is_done_once_the_sender_was_told(school: School):
    notification = arrived(school)
    school.services.notifications.no_match(notification, 1, "Left in July")
    assert _titles(school, GroupCode.LATER) == ["Maya THORNTON"]
    school.services.notifications.follow_up(notification, 1, Step.SENDER_TOLD, words="Rang them")
    assert _titles(school, GroupCode.DONE) == ["Maya THORNTON"]
    assert _titles(school) == []


def test_a_match_taken_back_is_work_again(school: School):
    notification, _maya = matched(school)
    school.services.notifications.decide(notification, 1, QUIET)
    school.services.notifications.unmatch(notification, 1)
    assert _titles(school) == ["Maya THORNTON"]
    assert _titles(school, GroupCode.DONE) == []


def test_a_decision_taken_back_is_work_again(school: School):
    notification, _maya = matched(school)
    changes = school.services.notifications.decide(notification, 1, QUIET)
    assert changes.undo
    school.services.undo(changes.undo)
    assert _titles(school) == ["Maya Thornton"]


def test_a_review_is_due_on_its_day_until_it_is_recorded(school: School):
    notification, _maya = matched(school)
    notices = school.services.notifications
    notices.decide(notification, 1, replace(QUIET, review=date(2026, 11, 11)))
    school.clock.move(days=1)
    assert _titles(school, GroupCode.LATER) == []
    school.clock.move(days=1)
    row = _only(school, GroupCode.LATER)
    assert (row.title, row.about, row.work) == ("Maya Thornton", "Review due", Work.REVIEW)
    school.clock.move(days=1)
    assert _titles(school, GroupCode.LATER) == ["Maya Thornton"]
    notices.follow_up(notification, 1, Step.REVIEW, words="Better")
    assert _titles(school, GroupCode.LATER) == []
    assert _titles(school, GroupCode.DONE) == ["Maya Thornton"]
    school.clock.move(days=1)
    assert all(group.rows == () for group in school.services.days.view().groups)
    notices.decide(notification, 1, replace(QUIET, review=date(2026, 11, 13)))
    school.clock.move(days=1)
    assert _titles(school, GroupCode.LATER) == ["Maya Thornton"]


def test_a_closed_line_comes_back_when_it_is_reopened(school: School):
    notification, _maya = matched(school)
    notices = school.services.notifications
    notices.decide(notification, 1, QUIET)
    notices.close(notification, 1, outcome=CloseOutcome.REFERRED, reason="Referred")
    school.clock.move(days=2)
    assert all(group.rows == () for group in school.services.days.view().groups)
    notices.reopen(notification, 1, reason="Another call")
    notices.decide(notification, 1, Decision(Choice.ASK_FIRST))
    assert _titles(school, GroupCode.LATER) == ["Write why: Maya Thornton"]


@pytest.mark.parametrize(
    ("mail", "title", "state"),
    [
        (replace(MAIL, outcome="locked", kind=None, notices=()), "Protected email", State.LOCKED),
        (NoMessage(), "Email that could not be read", State.NONE),
        (replace(MAIL, kind=None, notices=()), "Nobody named yet", State.NONE),
        (replace(MAIL, notices=(replace(NOTICE, children=()),)), "Nobody named yet", State.NONE),
    ],
)
def test_a_mail_that_names_nobody_is_never_lost_from_sight(school: School, mail, title, state):
    received = arrives(school, mail)
    row = _only(school, GroupCode.BEFORE)
    assert (row.title, row.state, row.new) == (title, state, True)
    view = school.services.days.view()
    assert view.places[row.id] == Place(received.notifications[0])
    school.services.notifications.acknowledge(received.notifications[0])
    school.clock.move(days=30)
    assert _titles(school) == [title]
    name_child = school.services.notifications.name_child
    named = name_child(received.notifications[0], name="Maya Thornton")
    assert _titles(school) == ["Maya Thornton"]
    assert named.undo
    school.services.undo(named.undo)
    assert _titles(school) == [title]
    named = name_child(received.notifications[0], name="Maya Thornton")
    name_child(received.notifications[0], name="Leo Thornton")
    assert sorted(_titles(school)) == ["Leo Thornton", "Maya Thornton"]
    assert named.undo
    school.services.undo(named.undo)
    assert _titles(school) == ["Leo Thornton"]


def test_other_kinds_and_channels_are_told_apart(school: School):
    missing = replace(NOTICE, kind=NoticeKind.MISSING)
    arrives(school, replace(MAIL, kind=NoticeKind.MISSING, notices=(missing,)))
    notices = school.services.notifications
    noon = Incident(date=date(2026, 10, 1), time=None)
    notices.log_call(Call("Ivy Castellan", incident=noon))
    notices.log_call(Call("Bea Call", channel=Channel.COUNCIL_RELAY))
    notices.log_call(Call("Cal Letter", channel=Channel.LETTER, presence=Presence.SAW))
    notices.log_call(
        Call("Dot Visit", channel=Channel.IN_PERSON, incident=replace(noon, time=None))
    )
    rows = {row.title: row for row in school.services.days.view().day.rows(GroupCode.BEFORE)}
    assert rows["Maya THORNTON"].work is Work.OTHER_NOTICE
    assert rows["Ivy Castellan"].work is Work.PHONE
    assert rows["Ivy Castellan"].about == "Phone call, Thu 1 Oct"
    assert rows["Bea Call"].about.startswith("Council, received ")
    assert rows["Cal Letter"].about.startswith("Letter, ")
    assert rows["Dot Visit"].about == "In person, Thu 1 Oct"


def test_an_incident_long_ago_is_given_with_its_date_and_time(school: School):
    arrived(school, incident=replace(SATURDAY_NIGHT, date=date(2026, 10, 3)))
    assert _only(school, GroupCode.BEFORE).about == "Police, Sat 3 Oct 10:40pm"


def test_a_draft_stands_on_today_from_its_first_letter(school: School):
    drafts = school.services.drafts
    drafts.keep("call:1", "call", {"child_name": "Effie"})
    drafts.keep("entry:1", "entry", {"name": "Kai"})
    drafts.keep("slip:1", "told_slip", {"text": "x"})
    drafts.keep("other:1", "decision", {"why": "x"})
    view = school.services.days.view()
    rows = {view.places[row.id].draft: row for group in view.groups for row in group.rows}
    assert (rows["call:1"].title, rows["call:1"].state) == ("Effie", State.DRAFT)
    assert rows["call:1"].about.startswith("Begun ")
    assert (rows["entry:1"].title, rows["entry:1"].work) == ("Kai", Work.ENTRY)
    assert (rows["slip:1"].title, rows["slip:1"].work) == ("No name yet", Work.TOLD_SLIP)
    assert "other:1" not in rows


def test_the_sentence_counts_what_came_since_school_closed(school: School):
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    friday_noon = datetime(2026, 11, 6, 12, tzinfo=LONDON)
    early = replace(MAIL, received_at=friday_noon, message_id="<f@x>", notices=(NOTICE,))
    arrives(school, early, data=b"friday noon")
    later = replace(MAIL, received_at=school.clock.now() + timedelta(hours=2), message_id="<l@x>")
    arrives(school, later, data=b"a clock that runs ahead")
    weekend = arrived(school, MAYA, LEO, number=7)
    school.services.notifications.match(weekend, 1, maya)
    view = school.services.days.view()
    assert view.since == "Since Friday 3:15pm: 1 notification, 2 children. 1 not matched yet."
    school.services.notifications.no_match(weekend, 2, "Not on our roll")
    view = school.services.days.view()
    assert view.since == "Since Friday 3:15pm: 1 notification, 2 children."


def test_more_than_eight_new_ones_are_a_batch(school: School):
    for n in range(8):
        arrived(school, replace(MAYA, name_as_sent=f"Child {n}"), number=n + 1)
    assert not school.services.days.view().batch
    arrived(school, replace(MAYA, name_as_sent="Child 9"), number=9)
    assert school.services.days.view().batch


def test_without_a_calendar_notices_still_stand_first(tmp_path):
    made = make_school(tmp_path, calendar=False)
    arrived(made)
    view = made.services.days.view()
    assert view.registration is None
    assert [row.title for row in view.day.rows(GroupCode.BEFORE)] == ["Maya THORNTON"]
    assert view.since.startswith("Until now: 1 notification")
    made.close()


def test_what_was_withdrawn_is_on_no_list(school: School):
    changes = school.services.notifications.log_call(
        Call("Maya", caller=Sender(name="PC 4471"), choice=Choice.NOT_OURS, reason="Not ours")
    )
    assert _titles(school, GroupCode.DONE) in ([], ["Maya"])
    assert changes.undo
    school.services.undo(changes.undo)
    assert all(group.rows == () for group in school.services.days.view().groups)
    notification = arrived(school)
    added = school.services.notifications.name_child(notification, name="Leo")
    school.services.notifications.no_match(notification, 2, "Not on our roll")
    assert added.undo
    school.services.undo(added.undo)
    assert _titles(school, GroupCode.DONE) == []
    assert line_of(school, notification).number == 1


def test_a_call_decided_while_it_was_logged_is_done_today(school: School):
    maya = school.pupil("Maya", "Thornton")
    school.services.notifications.log_call(
        Call("Maya", child=maya, choice=Choice.QUIET, reason="Known to us")
    )
    assert _titles(school, GroupCode.DONE) == ["Maya Thornton"]
    assert _titles(school) == []


def test_the_children_of_one_notice_stand_in_the_order_of_the_message(school: School):
    forenames = ["Zoe", "Ann", "Max", "Bea", "Leo", "Cal"]
    arrived(school, *(replace(MAYA, name_as_sent=each, forename=each) for each in forenames))
    assert [title.split(" ")[0] for title in _titles(school)] == forenames
