"""Who does what by when: on record, on Today, in the chronology, and done with an outcome."""

from datetime import date

import pytest

from house import School
from schoolsafe.domain.action import Standing
from schoolsafe.domain.today import GroupCode
from schoolsafe.services.action import (
    ActionForm,
    DueInThePast,
    FromAnotherChild,
    NoSuchAction,
    SayWhatCameOfIt,
    SayWhatWillBeDone,
    SayWhoDoesIt,
)
from unit.services.morning import from_another_computer

FRIDAY = date(2026, 11, 13)


@pytest.fixture
def maya(school: School) -> str:
    return school.pupil("Maya", "Thornton", date(2017, 3, 14))


def _added(school: School, child: str, **more) -> str:
    form = {"what": "Ring the health visitor", "owner": "Sam Okafor", "due": FRIDAY} | more
    return school.services.actions.add(ActionForm(child, **form)).entities[0]


def test_an_action_is_on_record_with_its_owner_and_day(school, maya):
    action = _added(school, maya, significant=True)
    (one,) = school.services.actions.list(maya)
    assert (one.id, one.what, one.owner) == (action, "Ring the health visitor", "Sam Okafor")
    assert (one.due, one.standing, one.significant) == (FRIDAY, Standing.AHEAD, True)


def test_a_colleagues_name_stands_for_the_colleague(school, maya):
    action = _added(school, maya, owner="priya nair")
    record = school.services.desk.reader.get(action)
    assert record.values["owner_person"] == school.services.actor.person
    school.services.actions.change(action, owner="Nan", due=FRIDAY)
    record = school.services.desk.reader.get(action)
    assert (record.values["owner"], record.values["owner_person"]) == ("Nan", None)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"what": " "}, SayWhatWillBeDone),
        ({"owner": ""}, SayWhoDoesIt),
        ({"due": date(2026, 11, 8)}, DueInThePast),
        ({"source": "referral:0000000000000000"}, NoSuchAction),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(school, maya, more, refusal):
    with pytest.raises(refusal):
        _added(school, maya, **more)
    assert school.services.actions.list() == ()


def test_it_stands_on_today_when_it_is_due_and_when_it_is_overdue(school, maya):
    action = _added(school, maya)
    assert not _row(school, action)
    school.clock.move(days=4)
    row = _row(school, action)
    assert (row.title, row.about, row.state_words) == (
        "Maya Thornton",
        "Sam Okafor: Ring the health visitor",
        "Due today",
    )
    school.clock.move(days=3)
    assert _row(school, action).state_words == "Due Fri 13 Nov"
    school.services.actions.done(action, "She visits on Tuesday")
    day = school.services.days.view().day
    assert [row.id for row in day.rows(GroupCode.DONE)] == [action]
    assert not [row for row in day.rows(GroupCode.LATER) if row.id == action]


def _row(school, action):
    rows = school.services.days.view().day.rows(GroupCode.LATER)
    return next((row for row in rows if row.id == action), None)


def test_done_needs_an_outcome_and_can_be_taken_back(school, maya):
    action, actions = _added(school, maya), school.services.actions
    with pytest.raises(SayWhatCameOfIt):
        actions.done(action, " ")
    changes = actions.done(action, "She visits on Tuesday")
    assert actions.get(action).outcome == "She visits on Tuesday"
    assert actions.list(open_only=True) == ()
    school.services.undo(changes.undo)
    assert [one.id for one in actions.list(open_only=True)] == [action]


def test_the_chronology_tells_it_with_who_does_it(school, maya):
    _added(school, maya)
    (entry,) = school.services.chronologies.show(maya).entries
    assert (entry.kind, entry.title, entry.summary) == (
        "action",
        "Sam Okafor",
        "Ring the health visitor",
    )


def test_a_decision_not_to_refer_has_its_action(school, maya):
    at = school.services.desk.now().isoformat()
    answers = {"to": "not_referred", "sent_at": at, "why": "Threshold not met; nan moved in"}
    referral = school.services.file_records.add("referral", maya, answers).entities[0]
    action = _added(school, maya, source=referral)
    assert school.services.actions.get(action).source == referral
    leo = school.pupil("Leo", "Thornton", date(2019, 6, 2))
    with pytest.raises(FromAnotherChild):
        _added(school, leo, source=referral)


def test_of_two_days_set_apart_the_earlier_counts(school, maya):
    action = _added(school, maya)
    from_another_computer(school, action, "due", "2026-11-10")
    from_another_computer(school, action, "due", "2026-11-20")
    one = school.services.actions.get(action)
    assert one.due == date(2026, 11, 10)
    assert one.conflicts == ("due",)


def test_names_that_had_an_action_before_are_offered(school, maya):
    _added(school, maya, owner="Aunt Rae")
    assert "Aunt Rae" in school.services.actions.owners()
    assert "Priya Nair" in school.services.actions.owners()


def test_another_records_id_is_no_action(school, maya):
    with pytest.raises(NoSuchAction):
        school.services.actions.done(maya, "Done")
