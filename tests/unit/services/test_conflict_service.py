"""What two people changed before they saw each other's: both shown, the stricter counts, one person decides."""

from datetime import date

import pytest

from house import School
from schoolsafe.domain.notification import Choice
from schoolsafe.domain.today import GroupCode
from schoolsafe.services.action import ActionForm
from schoolsafe.services.conflict import (
    AnotherCame,
    ChooseOneOfThem,
    NoSuchConflict,
    SayWhyThisOne,
)
from schoolsafe.services.notification import Decision
from unit.services.morning import from_another_computer, line_of, matched


@pytest.fixture
def divided(school: School) -> str:
    """One lead decided quiet support; the other, on another computer, to tell and check in."""
    notification, _maya = matched(school)
    school.services.notifications.decide(notification, 1, Decision(Choice.QUIET, "Settled"))
    line = line_of(school, notification).id
    from_another_computer(school, line, "choice", "tell-and-check-in")
    return line


def test_both_values_stand_with_who_and_when(school, divided):
    (one,) = school.services.conflicts.list()
    assert (one.entity, one.field, one.about) == (divided, "choice", "What happens this morning")
    assert one.child_name == "Maya Thornton"
    assert {side.words for side in one.sides} == {
        "Quiet support",
        "Tell the teacher, check in first",
    }
    assert [side.counts for side in one.sides] == [True, False]
    assert one.before is None
    assert all(side.who == "Priya Nair" for side in one.sides)


def test_it_stands_on_today_until_it_is_decided(school, divided):
    def row():
        rows = school.services.days.view().day.rows(GroupCode.LATER)
        return next((row for row in rows if row.id == f"conflict:{divided}/choice"), None)

    assert row().about == "Two people changed this: What happens this morning"
    (one,) = school.services.conflicts.list()
    school.services.conflicts.resolve(one.id, one.sides[1].row, why="Spoke with Sam")
    assert row() is None


def test_what_a_person_chose_stands_and_why_is_on_record(school, divided):
    conflicts = school.services.conflicts
    (one,) = conflicts.list()
    quiet = next(side for side in one.sides if side.words == "Quiet support")
    conflicts.resolve(one.id, quiet.row, why="Spoke with Sam")
    record = school.services.desk.reader.get(divided)
    assert (record.values["choice"], record.conflicts) == ("quiet", ())
    facts = school.services.desk.reader.rows_about(entity=divided)[-1]
    assert (facts.kind, facts.why) == ("line.resolve", "Spoke with Sam")
    assert conflicts.list() == ()
    with pytest.raises(NoSuchConflict):
        conflicts.show(one.id)


def test_nothing_is_decided_without_a_reason_or_blindly(school, divided):
    conflicts = school.services.conflicts
    (one,) = conflicts.list()
    with pytest.raises(SayWhyThisOne):
        conflicts.resolve(one.id, one.sides[0].row, why=" ")
    with pytest.raises(ChooseOneOfThem):
        conflicts.resolve(one.id, "00", why="Because")
    seen = (one.sides[0].row, one.sides[1].row)
    from_another_computer(school, divided, "choice", "ask-first")
    with pytest.raises(AnotherCame):
        conflicts.resolve(one.id, one.sides[0].row, why="Because", seen=seen)
    assert len(conflicts.list()) == 1


def test_what_both_saw_is_shown(school):
    maya = school.pupil("Maya", "Thornton")
    actions = school.services.actions
    form = ActionForm(maya, "Ring the health visitor", "Sam Okafor", date(2026, 11, 20))
    action = actions.add(form).entities[0]
    actions.change(action, owner="Sam Okafor", due=date(2026, 11, 18))
    from_another_computer(school, action, "due", "2026-11-12")
    (one,) = school.services.conflicts.list()
    assert one.before.words == "20 November 2026"
    assert [side.words for side in one.sides] == ["12 November 2026", "18 November 2026"]
    assert one.counts == "Until you decide, the earlier date counts."


def test_two_leads_who_each_opened_a_notice_disagree_about_nothing(school):
    notification, _maya = matched(school)
    school.services.notifications.opened(notification)
    from_another_computer(school, notification, "opened_at", "2026-11-09T08:20:00+00:00")
    assert school.services.desk.reader.conflicted() == ((notification, "opened_at"),)
    assert school.services.conflicts.list() == ()
