"""After the decision: steps, closing with outcome and reasons, reopening. Each says who, when, what, why."""

from datetime import UTC, datetime

import pytest

from house import School
from schoolsafe.domain.notification import Choice, CloseOutcome, Status, Step
from schoolsafe.services.notification import (
    AlreadyClosed,
    DecideFirst,
    Decision,
    MatchFirst,
    NotClosed,
    ReasonNeeded,
)
from unit.services.morning import LEO, MAYA, MAYA_BORN, arrived, line_of, matched

TOLD = Decision(Choice.TELL_AND_CHECK_IN, "First notice this term.")


def _close(school: School, notification: str, *, reason: str = "Settled with her nan.") -> None:
    school.services.notifications.close(
        notification, 1, outcome=CloseOutcome.SUPPORT_CONTINUES, reason=reason
    )


def test_the_status_follows_from_what_was_recorded(school: School):
    notices = school.services.notifications
    notification = arrived(school)
    seen = [line_of(school, notification).status]

    def then(_changes: object) -> None:
        seen.append(line_of(school, notification).status)

    then(notices.acknowledge(notification))
    then(notices.match(notification, 1, school.pupil("Maya", "Thornton", MAYA_BORN)))
    then(notices.decide(notification, 1, TOLD))
    then(notices.follow_up(notification, 1, Step.HISTORY_READ))
    then(notices.follow_up(notification, 1, Step.SEEN_ON_ARRIVAL, child_words="I am tired"))
    then(notices.follow_up(notification, 1, Step.REVIEW))
    then(_close(school, notification))
    then(notices.reopen(notification, 1, reason="Another call"))
    assert seen == [
        Status.RECEIVED,
        Status.ACKNOWLEDGED,
        Status.MATCHED,
        Status.TRIAGED,
        Status.TRIAGED,
        Status.SUPPORTED,
        Status.REVIEWED,
        Status.CLOSED,
        Status.REVIEWED,
    ]


def test_a_step_keeps_the_childs_words_or_why_nobody_asked(school: School):
    notification, maya = matched(school)
    at = datetime(2026, 11, 9, 8, 20, tzinfo=UTC)
    notices = school.services.notifications
    notices.follow_up(
        notification, 1, Step.CHECKED_IN, words=" Calm ", child_words=" Nan came ", happened_at=at
    )
    school.clock.move(minutes=5)
    notices.follow_up(notification, 1, Step.ATTENDANCE, voice_why_not="Off ill")
    second, first = reversed(line_of(school, notification).follow_ups)
    assert (first.step, first.text, first.child_words) == ("checked_in", "Calm", " Nan came ")
    assert first.happened_at == at
    assert first.author == "Priya Nair"
    assert (second.text, second.voice_why_not) == (None, "Off ill")
    entry = school.services.chronologies.show(maya).entries
    assert {e.step for e in entry} >= {"checked_in", "attendance"}


def test_a_step_needs_a_child_except_telling_the_sender(school: School):
    notification = arrived(school)
    with pytest.raises(MatchFirst):
        school.services.notifications.follow_up(notification, 1, Step.CHECKED_IN)
    school.services.notifications.follow_up(notification, 1, Step.SENDER_TOLD, words="Not ours")
    assert [f.step for f in line_of(school, notification).follow_ups] == ["sender_told"]


def test_a_step_after_closing_can_still_be_recorded(school: School):
    notification, _maya = matched(school)
    school.services.notifications.decide(notification, 1, TOLD)
    _close(school, notification)
    school.services.notifications.follow_up(notification, 1, Step.CHECKED_IN)
    line = line_of(school, notification)
    assert (len(line.follow_ups), line.status) == (1, Status.CLOSED)


def test_closing_needs_a_choice_its_reason_and_a_reason_of_its_own(school: School):
    notification, _maya = matched(school)
    with pytest.raises(DecideFirst):
        _close(school, notification)
    school.services.notifications.decide(notification, 1, Decision(Choice.QUIET))
    with pytest.raises(ReasonNeeded):
        _close(school, notification)
    school.services.notifications.give_reason(notification, 1, "Mother asked for no fuss")
    with pytest.raises(ReasonNeeded):
        _close(school, notification, reason="  ")
    _close(school, notification)
    line = line_of(school, notification)
    assert line.closed
    assert (line.closed.outcome, line.closed.reason) == (
        "support_continues",
        "Settled with her nan.",
    )
    assert line.closed.at == school.clock.now()
    history = school.services.notifications.show(notification).history
    assert (history[-1].kind, history[-1].why) == ("notification.close", "Settled with her nan.")
    with pytest.raises(AlreadyClosed):
        _close(school, notification)


def test_nobody_fits_is_reason_enough_to_close(school: School):
    notification = arrived(school)
    school.services.notifications.no_match(notification, 1, "Another Maya, at Brookfield")
    school.services.notifications.close(
        notification, 1, outcome=CloseOutcome.NOT_OURS, reason="Police told"
    )
    assert line_of(school, notification).status is Status.NOT_OURS


def test_reopening_needs_a_reason_and_something_closed(school: School):
    notification, _maya = matched(school)
    school.services.notifications.decide(notification, 1, TOLD)
    with pytest.raises(NotClosed):
        school.services.notifications.reopen(notification, 1, reason="Why not")
    _close(school, notification)
    with pytest.raises(ReasonNeeded):
        school.services.notifications.reopen(notification, 1, reason="")
    school.services.notifications.reopen(notification, 1, reason="Another call")
    line = line_of(school, notification)
    assert (line.closed, line.status) == (None, Status.TRIAGED)
    history = school.services.notifications.show(notification).history
    assert (history[-1].kind, history[-1].why) == ("notification.reopen", "Another call")


def test_a_notice_is_closed_when_the_last_of_its_children_is(school: School):
    maya, leo = school.pupil("Maya", "Thornton", MAYA_BORN), school.pupil("Leo", "Thornton")
    notification = arrived(school, MAYA, LEO)
    notices = school.services.notifications
    notices.match(notification, 1, maya)
    notices.match(notification, 2, leo)
    notices.decide_all(notification, TOLD)
    _close(school, notification)
    assert notices.show(notification).status is Status.TRIAGED
    notices.decide_all(notification, Decision(Choice.QUIET, "For Leo alone"))
    assert line_of(school, notification).decision == line_of(school, notification).decision
    first = line_of(school, notification).decision
    assert first
    assert first.choice is Choice.TELL_AND_CHECK_IN
    notices.close(notification, 2, outcome=CloseOutcome.REFERRED, reason="Referred today")
    assert notices.show(notification).status is Status.CLOSED
    with pytest.raises(AlreadyClosed):
        notices.decide_all(notification, TOLD)
