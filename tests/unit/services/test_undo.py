"""Taking the last thing back: earlier values return, what was added is withdrawn, and both stay on record."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from house import School
from schoolsafe.domain.chronology import EntryKind
from schoolsafe.domain.entry import Link, NewEntry
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.notification import Choice, CloseOutcome, Step
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.chronology import EntryForm
from schoolsafe.services.desk import ChangedSince
from schoolsafe.services.notification import Call, Decision
from schoolsafe.services.told_slip import SlipForm
from unit.services.morning import arrived, line_of, matched, rows

DECISION = Decision(Choice.QUIET, "Known to us", key_adult="Mr Osei", review=date(2026, 11, 16))


def _take_back(school: School, changes: Changes) -> Changes:
    assert changes.undo
    return school.services.undo(changes.undo)


def test_a_decision_taken_back_leaves_what_stood_before(school: School):
    notification, _maya = matched(school)
    notices = school.services.notifications
    first = notices.decide(notification, 1, DECISION)
    before = line_of(school, notification).decision
    second = notices.decide(notification, 1, Decision(Choice.ASK_FIRST, "Two calls"))
    undone = _take_back(school, second)
    now = line_of(school, notification).decision
    assert now
    assert before
    assert (now.choice, now.reason) == (before.choice, before.reason)
    assert undone.topics >= {Topic.TODAY, Topic.NOTIFICATION}
    _take_back(school, first)
    assert line_of(school, notification).decision is None


def test_undo_is_on_record_with_the_same_child(school: School):
    notification, maya = matched(school)
    changes = school.services.notifications.decide(notification, 1, DECISION)
    before = rows(school)
    _take_back(school, changes)
    assert rows(school) == before + 1
    line = line_of(school, notification)
    facts = school.services.desk.reader.rows_about(entity=line.id)[-1]
    assert (facts.kind, facts.why, facts.subject) == ("undo.notification.decide", "undone", maya)
    assert facts.author == school.services.actor.person


def test_a_match_taken_back_takes_the_acknowledgement_back(school: School):
    notification = arrived(school)
    maya = school.pupil("Maya", "Thornton")
    _take_back(school, school.services.notifications.match(notification, 1, maya))
    view = school.services.notifications.show(notification)
    assert (view.lines[0].child, view.acknowledged_at) == (None, None)


def test_what_was_added_is_withdrawn_and_stays_in_the_journal(school: School):
    maya = school.pupil("Maya", "Thornton")
    notices = school.services.notifications
    notification = arrived(school)
    notices.match(notification, 1, maya)
    call = notices.log_call(Call("Ivy Castellan"))
    _take_back(school, call)
    assert [row.id for row in notices.list()] == [notification]
    _take_back(school, notices.follow_up(notification, 1, Step.CHECKED_IN))
    assert line_of(school, notification).follow_ups == ()
    form = EntryForm(maya, EntryKind.CONCERN, "Came without a coat")
    _take_back(school, school.services.chronologies.add(form))
    slips = school.services.told_slips
    until = date(2026, 11, 9)
    slip = SlipForm(maya, "A", "Mr Osei", "Maya may need a quiet start today.", until)
    _take_back(school, slips.give(slip))
    assert slips.list(maya) == ()
    _take_back(school, notices.name_child(notification, name="Leo"))
    assert len(notices.show(notification).lines) == 1
    kinds = [e.kind for e in school.services.chronologies.show(maya).entries]
    assert kinds == ["notification"]
    assert school.services.records.verify(deep=True).ok


def test_a_pupil_typed_by_mistake_is_on_no_list(school: School):
    changes = school.services.children.add(surname="Thronton", forename="Maya")
    _take_back(school, changes)
    assert school.services.children.list() == ()
    assert school.services.reading.roll().pupils == ()


def test_one_undo_takes_back_two_commands_made_as_one(school: School):
    notification, _maya = matched(school)
    notices = school.services.notifications
    notices.decide(notification, 1, DECISION)
    both = notices.decide(notification, 1, Decision(Choice.ASK_FIRST, "Two calls")).and_then(
        notices.close(
            notification, 1, outcome=CloseOutcome.NO_FURTHER_ACTION, reason="Nothing came"
        )
    )
    _take_back(school, both)
    line = line_of(school, notification)
    assert line.closed is None
    assert line.decision
    assert line.decision.choice is Choice.QUIET


def test_of_a_value_set_twice_in_one_act_the_oldest_returns(school: School):
    notification, _maya = matched(school)
    notices = school.services.notifications
    notices.decide(notification, 1, DECISION)
    both = notices.decide(notification, 1, Decision(Choice.ASK_FIRST, "Two calls")).and_then(
        notices.decide(notification, 1, Decision(Choice.TELL_AND_CHECK_IN, "Class teacher asked"))
    )
    _take_back(school, both)
    line = line_of(school, notification)
    assert line.decision
    assert (line.decision.choice, line.decision.reason) == (Choice.QUIET, "Known to us")
    assert line.conflicts == ()


def test_what_was_changed_since_is_not_taken_back(school: School):
    notification, _maya = matched(school)
    notices = school.services.notifications
    first = notices.decide(notification, 1, DECISION)
    later = Decision(Choice.ASK_FIRST, "Two calls", "Ms Quinn", review=date(2026, 12, 1))
    notices.decide(notification, 1, later)
    with pytest.raises(ChangedSince):
        _take_back(school, first)
    line = line_of(school, notification)
    assert line.decision
    assert (line.decision.choice, line.conflicts) == (Choice.ASK_FIRST, ())


def test_pressing_undo_twice_takes_back_once(school: School):
    notification, maya = matched(school)
    decided = school.services.notifications.decide(notification, 1, DECISION)
    form = EntryForm(maya, EntryKind.CONCERN, "Came without a coat")
    added = school.services.chronologies.add(form)
    for changes in (decided, added):
        _take_back(school, changes)
        before = rows(school)
        with pytest.raises(ChangedSince):
            _take_back(school, changes)
        assert rows(school) == before
    assert line_of(school, notification).conflicts == ()


def test_two_commands_that_write_nothing_have_nothing_to_take_back(school: School):
    nothing = Changes.none("first").and_then(Changes.none())
    assert (nothing.undo, nothing.note, nothing.rows) == (None, "first", ())


def test_what_cannot_be_taken_back_offers_no_undo(school: School):
    maya = school.pupil("Maya", "Thornton")
    fixed = school.services.chronologies.add(EntryForm(maya, EntryKind.MEETING, "Met her nan"))
    changes = school.services.chronologies.fix(fixed.entities[0], new_text="Met Nan", reason="name")
    assert changes.undo is None


def test_a_link_is_taken_back_by_an_unlink(school: School):
    maya = school.pupil("Maya", "Thornton")
    entry = school.services.chronologies.add(EntryForm(maya, EntryKind.MEETING, "Met her nan"))
    desk = school.services.desk
    link = Link(entry.entities[0], "tags", "tag:attendance")
    changes = desk.put([NewEntry(TEAM, "entry.tag", (link,))], frozenset({Topic.CHRONOLOGY}))
    assert desk.reader.links(entry.entities[0], "tags") == ("tag:attendance",)
    _take_back(school, changes)
    assert desk.reader.links(entry.entities[0], "tags") == ()


_CHOICES = st.builds(
    Decision,
    st.sampled_from(Choice),
    st.sampled_from(["", "Known to us", "Mother asked"]),
    st.sampled_from(["", "Mr Osei"]),
    st.sampled_from(["", "Ms Quinn"]),
    st.sampled_from([None, date(2026, 11, 16), date(2026, 12, 1)]),
)


@given(st.lists(_CHOICES, min_size=1, max_size=5))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_decisions_taken_back_in_turn_leave_what_stood_before_each(
    school: School, decisions: list[Decision]
):
    number = rows(school)
    maya = school.pupil(f"Maya{number}", "Thornton")
    notification = arrived(school, number=number)
    notices = school.services.notifications
    notices.match(notification, 1, maya)

    def stands() -> dict[str, object]:
        record = school.services.desk.reader.get(line_of(school, notification).id)
        assert record
        names = ("choice", "reason", "key_adult", "first_adult", "review")
        return {name: record.values.get(name) for name in names}

    history = [(stands(), notices.decide(notification, 1, each)) for each in decisions]
    for before, changes in reversed(history):
        if changes.undo:
            school.services.undo(changes.undo)
        assert stands() == before
