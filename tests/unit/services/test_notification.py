"""A notice comes in, somebody says who is meant and what happens; nothing decides by itself."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from house import School
from schoolsafe.crypto.digest import sha256_hex
from schoolsafe.domain.match import MatchState
from schoolsafe.domain.notification import (
    Answer,
    Channel,
    ChildLine,
    Choice,
    Incident,
    Notice,
    NoticeKind,
    Presence,
    Sender,
    Status,
)
from schoolsafe.errors import Unavailable
from schoolsafe.intake.errors import TooManyParts
from schoolsafe.services.child import NoSuchChild
from schoolsafe.services.notification import (
    AlreadyClosed,
    Call,
    Decision,
    MatchFirst,
    ReasonNeeded,
    SayWho,
)
from schoolsafe.services.notification_reading import NoSuchLine, NoSuchNotification
from unit.services.morning import (
    LEO,
    MAIL,
    MAYA,
    MAYA_BORN,
    NOTICE,
    arrived,
    arrives,
    from_another_computer,
    line_of,
    matched,
    rows,
)

QUIET = Decision(Choice.QUIET, "Known to us; mother asked for no fuss.")


# receiving ------------------------------------------------------------------------------------------------


def test_a_mail_becomes_a_notice_with_what_was_not_told_named(school: School):
    received = arrives(school)
    assert (received.outcome, received.reason) == ("received", None)
    view = school.services.notifications.show(received.notifications[0])
    assert view.notice.police_reference == "NM/2026/0113342"
    assert view.notice.children[0].dob == MAYA_BORN
    assert view.lines[0].facts.name_as_sent == "Maya THORNTON"
    assert {"place", "risk_tool", "voice", "presence"} <= set(view.not_supplied)
    assert "police_reference" not in view.not_supplied
    assert (view.status, view.channel) == (Status.RECEIVED, Channel.POLICE_EMAIL)
    assert view.sender.organisation == "Northmere Police"
    assert view.received_at.isoformat() == "2026-11-09T07:12:00+00:00"
    assert view.opened_at is None
    assert view.has_original


def test_whether_it_came_in_time_follows_from_the_schools_calendar(school: School):
    timing = line_of(school, arrived(school)).timing
    assert timing.value == "on_time"
    assert timing.expected_by
    assert timing.expected_by.isoformat() == "2026-11-09T08:45:00+00:00"


def test_one_mail_with_three_incidents_gives_three_notices(school: School):
    others = (replace(NOTICE, police_reference="B", children=(LEO,)), replace(NOTICE, children=()))
    received = arrives(school, replace(MAIL, notices=(NOTICE, *others)))
    assert len(received.notifications) == 3
    shown = [school.services.notifications.show(n) for n in received.notifications]
    assert [v.notice.police_reference for v in shown] == ["NM/2026/0113342", "B", "NM/2026/0113342"]
    assert {v.original_sha256 for v in shown} == {shown[0].original_sha256}


def test_a_notice_about_three_children_gives_each_a_line(school: School):
    notification = arrived(school, MAYA, LEO, replace(LEO, name_as_sent="Baby", forename=None))
    view = school.services.notifications.show(notification)
    assert [(line.number, line.facts.name_as_sent) for line in view.lines] == [
        (1, "Maya THORNTON"),
        (2, "Leo THORNTON"),
        (3, "Baby"),
    ]


def test_the_same_bytes_again_are_harmless(school: School):
    first = arrives(school)
    before = rows(school)
    again = arrives(school)
    assert (again.outcome, again.notifications) == ("duplicate", first.notifications)
    assert rows(school) == before
    assert len(school.services.notifications.list()) == 1


def test_the_same_message_by_another_route_is_harmless(school: School):
    first = arrives(school)
    again = arrives(school, data=b"Received: by another server\r\nFrom: police\r\n\r\nhello")
    assert (again.outcome, again.notifications) == ("duplicate", first.notifications)


def test_other_words_under_a_known_message_id_are_not_swallowed(school: School):
    arrives(school)
    forged = replace(MAIL, texts=("Leo THORNTON, born 02/06/2019",))
    again = arrives(school, forged, data=b"other words")
    assert again.outcome == "received"
    assert len(school.services.notifications.list()) == 2


def test_a_mail_without_an_id_is_known_by_its_bytes_alone(school: School):
    nameless = replace(MAIL, message_id=None)
    arrives(school, nameless)
    assert arrives(school, nameless, data=b"another").outcome == "received"


def test_a_protected_mail_is_kept_and_says_what_to_do(school: School):
    locked = replace(
        MAIL, outcome="locked", kind=None, notices=(), warnings=("This message is still locked.",)
    )
    received = arrives(school, locked)
    assert received.outcome == "locked"
    assert received.reason
    assert received.reason.startswith("This message is still locked. Open it in Outlook")
    view = school.services.notifications.show(received.notifications[0])
    assert (view.status, view.notice.kind, view.lines) == (Status.LOCKED, None, ())
    assert view.has_original


def test_a_protected_mail_somebody_could_read_is_locked_no_more(school: School):
    locked = replace(MAIL, outcome="locked", kind=None, notices=())
    notification = arrives(school, locked).notifications[0]
    school.services.notifications.name_child(notification, name="Maya Thornton")
    assert line_of(school, notification).status is not Status.LOCKED


def test_a_mail_that_cannot_be_read_is_kept_and_told_as_refused(school: School):
    received = arrives(school, TooManyParts(limit=200), data=b"hostile")
    assert received.outcome == "refused"
    assert received.reason
    assert "more than 200 parts" in received.reason
    view = school.services.notifications.show(received.notifications[0])
    assert view.outcome == "unreadable"
    assert view.warnings == (received.reason,)
    originals = school.services.notifications.originals
    assert originals.read(view.id, "original.eml") == b"hostile"


def test_a_mail_without_any_notice_is_a_draft_with_its_original(school: School):
    received = arrives(school, replace(MAIL, kind=None, notices=()))
    view = school.services.notifications.show(received.notifications[0])
    assert (received.outcome, view.status, view.lines) == ("received", Status.RECEIVED, ())
    assert school.services.notifications.originals.readable(view.id) == MAIL.texts


def test_a_mail_without_a_time_was_received_when_it_was_dropped_here(school: School):
    received = arrives(school, replace(MAIL, received_at=None))
    view = school.services.notifications.show(received.notifications[0])
    assert view.received_at == school.clock.now()


def test_who_forwarded_it_is_told(school: School):
    office = Sender(name="School office", address="office@ashgrove.example.org")
    received = arrives(school, replace(MAIL, forwarded_by=office))
    view = school.services.notifications.show(received.notifications[0])
    assert view.forwarded_by == office
    assert view.mail_from.address == "encompass@northmere.police.example"


def test_a_disk_that_fails_while_reading_is_not_taken_for_a_bad_mail(school: School):
    class NoChild(Unavailable):
        """The reader could not be started."""

    with pytest.raises(NoChild):
        arrives(school, NoChild())
    assert school.services.notifications.list() == ()


# a phone call ---------------------------------------------------------------------------------------------


def test_a_call_with_only_a_name_is_complete(school: School):
    changes = school.services.notifications.log_call(Call("Maya Thornton"))
    view = school.services.notifications.show(changes.entities[0])
    assert (view.channel, view.outcome) == (Channel.PHONE, "received")
    assert (view.lines[0].facts.forename, view.lines[0].facts.surname) == ("Maya", "Thornton")
    assert view.acknowledged_by == "Priya Nair"
    assert view.status is Status.ACKNOWLEDGED
    assert view.original_sha256 is None
    assert not view.has_original
    assert view.history[0].who == "Priya Nair"


def test_a_call_with_one_word_for_a_name_is_complete_too(school: School):
    changes = school.services.notifications.log_call(Call(" Maya "))
    facts = line_of(school, changes.entities[0]).facts
    assert (facts.name_as_sent, facts.forename, facts.surname) == ("Maya", None, "Maya")


def test_a_call_keeps_all_that_was_said(school: School):
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    call = Call(
        "Maya Thornton",
        said=" Shouting heard by a neighbour. ",
        child=maya,
        dob=MAYA_BORN,
        incident=Incident(date=date(2026, 11, 8)),
        presence=Presence.HEARD,
        caller=Sender(name="PC 4471", phone="01632 960123"),
        police_reference=" NM/7 ",
        voice=" I put my pillow on my ears ",
        social_care=Answer.YES,
        choice=Choice.QUIET,
        reason=" Mother at work ",
        received_at=datetime(2026, 11, 9, 8, 5, tzinfo=UTC),
        channel=Channel.COUNCIL_RELAY,
    )
    view = school.services.notifications.show(
        school.services.notifications.log_call(call).entities[0]
    )
    line = view.lines[0]
    assert view.notice.circumstances == "Shouting heard by a neighbour."
    assert view.notice.police_reference == "NM/7"
    assert view.notice.social_care_referral is Answer.YES
    assert view.channel is Channel.COUNCIL_RELAY
    assert view.sender.phone == "01632 960123"
    assert line.facts.voice == "I put my pillow on my ears"
    assert line.facts.presence is Presence.HEARD
    assert line.child
    assert (line.child.id, line.match_why, line.confirmed_by) == (maya, "picked", "Priya Nair")
    assert line.decision
    assert (line.decision.choice, line.decision.reason) == (Choice.QUIET, "Mother at work")
    assert line.status is Status.TRIAGED


def test_a_call_may_be_decided_before_its_reason_is_written(school: School):
    maya = school.pupil("Maya", "Thornton")
    call = Call("Maya", child=maya, choice=Choice.ASK_FIRST)
    line = line_of(school, school.services.notifications.log_call(call).entities[0])
    assert line.reason_missing


def test_a_call_about_nobody_is_refused(school: School):
    with pytest.raises(SayWho):
        school.services.notifications.log_call(Call("  ", said="A lady rang."))


def test_a_call_is_not_decided_for_a_child_nobody_picked(school: School):
    with pytest.raises(MatchFirst):
        school.services.notifications.log_call(Call("Maya", choice=Choice.QUIET))
    made = school.services.notifications.log_call(Call("Maya", choice=Choice.NOT_OURS))
    assert line_of(school, made.entities[0]).status is Status.NOT_OURS


def test_a_call_about_an_unknown_pupil_is_refused_and_nothing_is_written(school: School):
    before = rows(school)
    with pytest.raises(NoSuchChild):
        school.services.notifications.log_call(Call("Maya", child="child:0000000000000000"))
    assert rows(school) == before


def test_who_rang_last_is_kept_for_the_next_call(school: School):
    notices = school.services.notifications
    assert notices.last_caller() == Sender()
    arrives(school)
    notices.log_call(Call("Maya", caller=Sender(name="PC 4471", phone="01632 960123")))
    school.clock.move(minutes=1)
    changes = notices.log_call(Call("Leo", caller=Sender(name="Ms Hale")))
    assert notices.last_caller() == Sender(name="Ms Hale")
    assert changes.undo
    school.services.undo(changes.undo)
    assert notices.last_caller() == Sender(name="PC 4471", phone="01632 960123")


# opening and acknowledging --------------------------------------------------------------------------------


def test_the_first_opening_is_remembered_and_a_second_changes_nothing(school: School):
    notification = arrived(school)
    school.services.notifications.opened(notification)
    school.clock.move(minutes=30)
    assert school.services.notifications.opened(notification).rows == ()
    view = school.services.notifications.show(notification)
    assert view.opened_by == "Priya Nair"
    assert view.opened_at
    assert view.opened_at.isoformat(timespec="minutes") == "2026-11-09T08:18+00:00"
    assert view.status is Status.RECEIVED


def test_acknowledging_is_a_step_of_its_own(school: School):
    notification = arrived(school)
    school.services.notifications.acknowledge(notification)
    assert school.services.notifications.acknowledge(notification).rows == ()
    view = school.services.notifications.show(notification)
    assert (view.status, view.acknowledged_by) == (Status.ACKNOWLEDGED, "Priya Nair")


def test_a_notice_that_is_not_here_is_refused(school: School):
    for unknown in ("notification:0000000000000000", "child:1", "nonsense", ""):
        with pytest.raises(NoSuchNotification):
            school.services.notifications.show(unknown)


# who is meant ---------------------------------------------------------------------------------------------


def test_a_match_is_proposed_with_its_reason_and_confirmed_by_nobody(school: School):
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    line = line_of(school, arrived(school))
    assert line.child is None
    assert line.match_state is MatchState.CONFIRM
    assert [(p.child.id, p.proposal.why) for p in line.proposals] == [
        (maya, ("Same name and date of birth",))
    ]


def test_a_person_confirms_and_her_name_stands_there(school: School):
    notification, maya = matched(school)
    line = line_of(school, notification)
    assert line.child
    assert (line.child.id, line.confirmed_by) == (maya, "Priya Nair")
    assert line.confirmed_at
    assert (line.proposals, line.match_state) == ((), None)
    assert line.status is Status.MATCHED


def test_confirming_the_same_child_again_writes_nothing(school: School):
    notification, maya = matched(school)
    assert school.services.notifications.match(notification, 1, maya).rows == ()


def test_an_unknown_pupil_or_line_cannot_be_matched(school: School):
    notification = arrived(school)
    with pytest.raises(NoSuchChild):
        school.services.notifications.match(notification, 1, "child:0000000000000000")
    with pytest.raises(NoSuchLine):
        school.services.notifications.match(notification, 2, school.pupil("Maya", "Thornton"))


def test_nobody_fits_only_with_a_reason(school: School):
    notification = arrived(school)
    with pytest.raises(ReasonNeeded):
        school.services.notifications.no_match(notification, 1, " ")
    school.services.notifications.no_match(notification, 1, "Left in July")
    line = line_of(school, notification)
    assert (line.no_match, line.match_state, line.status) == ("Left in July", None, Status.NOT_OURS)


def test_a_match_taken_back_opens_the_question_again(school: School):
    notification, maya = matched(school)
    school.services.notifications.unmatch(notification, 1)
    line = line_of(school, notification)
    assert line.child is None
    assert [p.child.id for p in line.proposals] == [maya]
    assert school.services.chronologies.show(maya).entries == ()


def test_a_decision_for_one_child_does_not_pass_to_another(school: School):
    notification, _maya = matched(school)
    school.services.notifications.decide(
        notification, 1, replace(QUIET, key_adult="Mr Osei", review=date(2026, 11, 20))
    )
    other = school.pupil("May", "Thorn")
    school.services.notifications.match(notification, 1, other)
    line = line_of(school, notification)
    assert line.child
    assert (line.child.id, line.decision, line.status) == (other, None, Status.MATCHED)
    school.services.notifications.decide(notification, 1, Decision(Choice.ASK_FIRST))
    again = line_of(school, notification).decision
    assert again
    assert (again.reason, again.key_adult, again.review) == (None, None, None)


def test_taking_a_match_back_takes_its_decision_back(school: School):
    notification, _maya = matched(school)
    school.services.notifications.decide(notification, 1, QUIET)
    school.services.notifications.unmatch(notification, 1)
    assert line_of(school, notification).decision is None
    school.services.notifications.match(notification, 1, school.pupil("Maya", "Other"))
    school.services.notifications.decide(notification, 1, QUIET)
    school.services.notifications.no_match(notification, 1, "Not on our roll")
    assert line_of(school, notification).decision is None


def test_not_our_pupil_ends_when_a_pupil_is_found(school: School):
    notification = arrived(school)
    school.services.notifications.decide(
        notification, 1, Decision(Choice.NOT_OURS, "Another school")
    )
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    school.services.notifications.match(notification, 1, maya)
    assert line_of(school, notification).status is Status.MATCHED


def test_not_ours_stays_decided_when_nobody_fits(school: School):
    notification = arrived(school)
    school.services.notifications.decide(notification, 1, Decision(Choice.NOT_OURS, "Brookfield"))
    school.services.notifications.no_match(notification, 1, "Nobody of that name")
    line = line_of(school, notification)
    assert line.decision
    assert (line.decision.choice, line.no_match) == (Choice.NOT_OURS, "Nobody of that name")


def test_a_child_the_reader_missed_can_be_named(school: School):
    notification = arrived(school)
    school.services.notifications.name_child(notification, name=" Ivy Castellan ")
    line = line_of(school, notification, 2)
    assert (line.facts.forename, line.facts.surname) == ("Ivy", "Castellan")
    assert line.child is None
    with pytest.raises(SayWho):
        school.services.notifications.name_child(notification, name=" ")
    with pytest.raises(NoSuchNotification):
        school.services.notifications.name_child("notification:nowhere", name="Ivy")


def test_a_first_name_alone_is_enough(school: School):
    notification = arrived(school)
    school.services.notifications.name_child(notification, name="Ivy")
    facts = line_of(school, notification, 2).facts
    assert (facts.name_as_sent, facts.forename) == ("Ivy", None)


def test_a_sibling_is_offered_and_added_by_a_person(school: School):
    leo = school.pupil("Leo", "Thornton", LEO.dob)
    earlier = arrived(school, MAYA, LEO, number=1)
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    school.services.notifications.match(earlier, 1, maya)
    school.services.notifications.match(earlier, 2, leo)
    later = arrived(school, MAYA, number=2)
    school.services.notifications.match(later, 1, maya)
    offered = line_of(school, later).siblings
    assert [s.child.id for s in offered] == [leo]
    assert offered[0].reason
    assert len(school.services.notifications.show(later).lines) == 1
    school.services.notifications.name_child(later, child=leo)
    added = line_of(school, later, 2)
    assert added.child
    assert (added.child.id, added.match_why) == (leo, "sibling")
    assert added.sibling_of == line_of(school, later).id
    assert line_of(school, later).siblings == ()


def test_the_first_child_of_a_nameless_notice_is_picked_not_a_sibling(school: School):
    received = arrives(school, replace(MAIL, kind=None, notices=()))
    maya = school.pupil("Maya", "Thornton")
    school.services.notifications.name_child(received.notifications[0], child=maya)
    line = line_of(school, received.notifications[0])
    assert (line.match_why, line.sibling_of) == ("picked", None)


# deciding -------------------------------------------------------------------------------------------------


def test_a_decision_names_who_made_it_and_when(school: School):
    notification, _maya = matched(school)
    school.clock.move(minutes=3)
    decision = Decision(
        Choice.TELL_AND_CHECK_IN,
        " First notice this term. ",
        key_adult=" Mr Osei ",
        first_adult=" Ms Quinn ",
        review=date(2026, 11, 16),
    )
    school.services.notifications.decide(notification, 1, decision)
    line = line_of(school, notification)
    assert line.decision
    assert line.decision.choice is Choice.TELL_AND_CHECK_IN
    assert line.decision.reason == "First notice this term."
    assert (line.decision.key_adult, line.decision.first_adult) == ("Mr Osei", "Ms Quinn")
    assert line.decision.review == date(2026, 11, 16)
    assert line.decision.decided_by == "Priya Nair"
    assert line.decision.decided_at.isoformat(timespec="minutes") == "2026-11-09T08:21+00:00"
    assert line.status is Status.TRIAGED


def test_the_first_human_step_acknowledges_the_notice(school: School):
    notification, _maya = matched(school)
    view = school.services.notifications.show(notification)
    assert view.acknowledged_by == "Priya Nair"
    assert [item.kind for item in view.history] == [
        "notification.receive",
        "notification.name_child",
        "notification.match",
        "notification.acknowledge",
    ]


def test_nothing_is_decided_for_a_child_nobody_confirmed(school: School):
    notification = arrived(school)
    with pytest.raises(MatchFirst):
        school.services.notifications.decide(notification, 1, QUIET)
    school.services.notifications.decide(notification, 1, Decision(Choice.NOT_OURS))
    assert line_of(school, notification).status is Status.NOT_OURS


def test_the_reason_may_be_written_later_in_the_day(school: School):
    notification, _maya = matched(school)
    school.services.notifications.decide(notification, 1, Decision(Choice.QUIET))
    assert line_of(school, notification).reason_missing
    with pytest.raises(ReasonNeeded):
        school.services.notifications.give_reason(notification, 1, "")
    school.services.notifications.give_reason(notification, 1, " Nan collects this week ")
    line = line_of(school, notification)
    assert line.decision
    assert line.decision.reason == "Nan collects this week"
    assert not line.reason_missing


def test_the_reason_for_one_choice_is_not_the_reason_for_another(school: School):
    notification, _maya = matched(school)
    school.services.notifications.decide(notification, 1, QUIET)
    school.services.notifications.decide(notification, 1, Decision(Choice.ASK_FIRST))
    line = line_of(school, notification)
    assert line.decision
    assert (line.decision.choice, line.decision.reason) == (Choice.ASK_FIRST, None)
    assert line.reason_missing


def test_the_same_decision_without_a_reason_keeps_the_one_that_was_given(school: School):
    notification, _maya = matched(school)
    school.services.notifications.decide(notification, 1, QUIET)
    assert school.services.notifications.decide(notification, 1, Decision(Choice.QUIET)).rows == ()
    decision = line_of(school, notification).decision
    assert decision
    assert decision.reason == QUIET.reason


def test_left_for_later_lasts_until_it_is_decided(school: School):
    notification, _maya = matched(school)
    school.services.notifications.leave(notification, 1)
    assert line_of(school, notification).left_for_later
    school.services.notifications.decide(notification, 1, QUIET)
    assert not line_of(school, notification).left_for_later


def test_one_decision_for_all_children_is_one_act_or_none(school: School):
    maya, leo = school.pupil("Maya", "Thornton", MAYA_BORN), school.pupil("Leo", "Thornton")
    notification = arrived(school, MAYA, LEO)
    school.services.notifications.match(notification, 1, maya)
    before = rows(school)
    with pytest.raises(MatchFirst):
        school.services.notifications.decide_all(notification, QUIET)
    assert rows(school) == before
    school.services.notifications.match(notification, 2, leo)
    changes = school.services.notifications.decide_all(notification, QUIET)
    view = school.services.notifications.show(notification)
    assert [line.decision.choice for line in view.lines if line.decision] == [Choice.QUIET] * 2
    assert changes.undo
    school.services.undo(changes.undo)
    view = school.services.notifications.show(notification)
    assert [line.decision for line in view.lines] == [None, None]


def test_a_notice_without_children_cannot_be_decided_at_once(school: School):
    received = arrives(school, replace(MAIL, kind=None, notices=()))
    with pytest.raises(SayWho):
        school.services.notifications.decide_all(received.notifications[0], QUIET)


def test_two_values_that_never_met_are_a_conflict_and_the_more_protective_stands_on_top(
    school: School,
):
    notification, _maya = matched(school)
    school.services.notifications.decide(notification, 1, QUIET)
    line = line_of(school, notification)
    from_another_computer(school, line.id, "choice", Choice.TELL_AND_CHECK_IN.value)
    seen = line_of(school, notification)
    assert seen.conflicts == ("choice",)
    assert seen.decision
    assert seen.decision.choice is Choice.TELL_AND_CHECK_IN
    values = school.services.desk.reader.live(line.id, "choice")
    assert [v.value for v in values] == ["tell-and-check-in", "quiet"]
    assert school.services.records.totals().conflicts == 1
    school.services.notifications.decide(notification, 1, Decision(Choice.ASK_FIRST, "Both asked"))
    settled = line_of(school, notification)
    assert settled.conflicts == ()
    assert settled.decision
    assert settled.decision.choice is Choice.ASK_FIRST


def test_choosing_the_value_on_top_settles_a_conflict_too(school: School):
    notification, _maya = matched(school)
    school.services.notifications.decide(notification, 1, QUIET)
    line = line_of(school, notification)
    from_another_computer(school, line.id, "choice", Choice.TELL_AND_CHECK_IN.value)
    again = Decision(Choice.TELL_AND_CHECK_IN, QUIET.reason)
    school.services.notifications.decide(notification, 1, again)
    assert line_of(school, notification).conflicts == ()


# lists ----------------------------------------------------------------------------------------------------


def test_the_list_is_newest_first_and_shows_where_each_stands(school: School):
    old = arrives(
        school,
        replace(MAIL, received_at=datetime(2026, 11, 2, 9, tzinfo=UTC), message_id="<0@x>"),
        data=b"old",
    ).notifications[0]
    new, _maya = matched(school)
    listed = school.services.notifications.list()
    assert [row.id for row in listed] == [new, old]
    assert [row.status for row in listed] == [Status.MATCHED, Status.RECEIVED]
    assert listed[0].names == ("Maya THORNTON",)
    assert (listed[0].kind, listed[0].police_reference) == ("domestic_abuse", "NM/2026/0113342")


def test_a_notice_stands_where_its_least_advanced_child_stands(school: School):
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    notification = arrived(school, MAYA, LEO)
    school.services.notifications.match(notification, 1, maya)
    school.services.notifications.decide(notification, 1, QUIET)
    assert school.services.notifications.show(notification).status is Status.ACKNOWLEDGED
    school.services.notifications.no_match(notification, 2, "Not on our roll")
    assert school.services.notifications.show(notification).status is Status.TRIAGED


def test_other_kinds_of_notice_are_kept_as_such(school: School):
    missing = Notice(kind=NoticeKind.MISSING, children=(ChildLine("Ivy"),))
    received = arrives(school, replace(MAIL, kind=NoticeKind.MISSING, notices=(missing,)))
    view = school.services.notifications.show(received.notifications[0])
    assert view.notice.kind is NoticeKind.MISSING


def test_after_closing_nothing_is_changed_before_it_is_reopened(school: School):
    from schoolsafe.domain.notification import CloseOutcome

    notification, maya = matched(school)
    notices = school.services.notifications
    notices.decide(notification, 1, QUIET)
    notices.close(notification, 1, outcome=CloseOutcome.NO_FURTHER_ACTION, reason="Settled")
    for change in (
        lambda: notices.decide(notification, 1, Decision(Choice.ASK_FIRST)),
        lambda: notices.match(notification, 1, school.pupil("Other", "Child")),
        lambda: notices.unmatch(notification, 1),
        lambda: notices.no_match(notification, 1, "Gone"),
        lambda: notices.leave(notification, 1),
        lambda: notices.give_reason(notification, 1, "Other words"),
    ):
        with pytest.raises(AlreadyClosed):
            change()
    child = line_of(school, notification).child
    assert child
    assert child.id == maya


def test_the_sha256_is_of_the_message_as_it_came(school: School):
    received = arrives(school, data=b"exactly these bytes\r\n\x00\xff")
    view = school.services.notifications.show(received.notifications[0])
    assert view.original_sha256 == sha256_hex(b"exactly these bytes\r\n\x00\xff")
