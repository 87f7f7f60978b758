"""Not our pupil: the sender told, the content taken out, a stub kept. And the other ways a line can end."""

from dataclasses import replace
from datetime import date

import pytest

from house import School
from schoolsafe.domain.line_outcome import Outcome, Told
from schoolsafe.domain.not_ours import How
from schoolsafe.domain.notification import ChildLine, Choice, Sender, Status, Step
from schoolsafe.domain.today import GroupCode
from schoolsafe.services.not_ours import (
    NameInLog,
    NotChosen,
    StillMatched,
    TellFirst,
)
from schoolsafe.services.not_ours_stub import NotOurs
from schoolsafe.services.notification import AlreadyClosed, Decision, MatchFirst
from schoolsafe.services.notification_outcome import (
    NothingOwed,
    PassedOn,
    WhereNeeded,
    WhoNeeded,
)
from schoolsafe.services.notification_reading import NoSuchNotification
from schoolsafe.wire import stub
from unit.services.morning import (
    LEO,
    MAIL,
    MAYA,
    MAYA_BORN,
    NOTICE,
    arrived,
    arrives,
    line_of,
    matched,
)

STRANGER = ChildLine("Robin EXAMPLETON", surname="EXAMPLETON", forename="Robin")
SERGEANT = PassedOn("Sgt Marlow, Northmere Police", How.PHONE)


def _today(school: School, code: GroupCode) -> list[tuple[str, str]]:
    return [(row.title, row.about) for row in school.services.days.view().day.rows(code)]


def _stubs(school: School):
    return NotOurs(school.services.desk).list()


def _on_its_way_out(school: School, *children: ChildLine) -> str:
    notification = arrived(school, *(children or (STRANGER,)))
    school.services.notifications.come_to(
        notification, 1, Told(Outcome.NOT_OURS, "Nobody here has this name")
    )
    return notification


def _everything(school: School) -> bytes:
    reader = school.vault._reader
    tables = [n for (n,) in reader.ask("SELECT name FROM sqlite_schema WHERE type='table'")]
    return repr([reader.ask(f'SELECT * FROM "{n}"') for n in tables]).casefold().encode()  # noqa: S608  # our own


def test_the_whole_flow_leaves_a_stub_and_nothing_of_the_content(school: School):
    notification = _on_its_way_out(school)
    notices = school.services.notifications
    assert _today(school, GroupCode.LATER) == [("Robin EXAMPLETON", "Tell the sender")]
    notices.tell_sender(notification, 1, replace(SERGEANT, words="Robin goes to Elmfield"))
    assert b"exampleton" in _everything(school)
    changes = notices.dispose(notification, 1)
    assert changes.undo is None
    with pytest.raises(NoSuchNotification):
        notices.show(notification)
    assert notices.list() == ()
    assert [_today(school, code) for code in GroupCode if code is not GroupCode.HOLIDAY] == [[]] * 4
    said = _everything(school)
    for word in (b"exampleton", b"robin", b"argument at home", b"elmfield"):
        assert word not in said
    (kept,) = _stubs(school)
    assert (kept.force, kept.police_reference) == ("Northmere Police", "NM/2026/0113342")
    assert (kept.told_to, kept.told_how, kept.told_by) == (SERGEANT.to, "phone", "Priya Nair")
    assert kept.received_at.isoformat() == "2026-11-09T07:12:00+00:00"
    assert kept.disposed_by == "Priya Nair"
    assert kept.whole
    assert not kept.matched_meanwhile
    assert school.services.records.verify(deep=True).ok


def test_the_record_opens_again_and_goes_on(school: School):
    notification = _on_its_way_out(school)
    school.services.notifications.tell_sender(notification, 1, SERGEANT)
    school.services.notifications.dispose(notification, 1)
    state = school.services.desk.reader.state_hash()
    school.open_again()
    assert school.services.desk.reader.state_hash() == state
    assert school.services.records.rebuild()[1] == state
    assert b"exampleton" not in _everything(school)
    matched(school, number=7)
    assert school.services.records.verify(deep=True).ok
    assert sum(stub.is_stub(raw) for raw in school.vault.raws()) >= 3


def test_the_same_mail_that_comes_again_is_known(school: School):
    mail = replace(MAIL, notices=(replace(NOTICE, children=(STRANGER,)),))
    notification = arrives(school, mail).notifications[0]
    notices = school.services.notifications
    notices.no_match(notification, 1, "Wrong school")
    notices.tell_sender(notification, 1, SERGEANT)
    notices.dispose(notification, 1)
    again = arrives(school, mail)
    assert (again.outcome, again.notifications) == ("duplicate", ())
    assert "not about your pupil" in (again.reason or "")
    assert notices.list() == ()


def test_before_the_content_is_out_every_step_can_be_taken_back(school: School):
    notification = _on_its_way_out(school)
    notices = school.services.notifications
    notices.tell_sender(notification, 1, SERGEANT)
    assert line_of(school, notification).status is Status.NOT_OURS
    notices.take_outcome_back(notification, 1)
    line = line_of(school, notification)
    assert (line.no_match, line.outcome, line.match_state is not None) == (None, None, True)
    with pytest.raises(NotChosen):
        notices.dispose(notification, 1)


def test_it_is_refused_until_it_is_chosen_unmatched_and_told(school: School):
    notices = school.services.notifications
    fresh = arrived(school, STRANGER, number=5)
    with pytest.raises(NotChosen):
        notices.dispose(fresh, 1)
    notices.come_to(fresh, 1, Told(Outcome.NOT_OURS))
    with pytest.raises(TellFirst):
        notices.dispose(fresh, 1)
    with pytest.raises(WhoNeeded):
        notices.tell_sender(fresh, 1, PassedOn(" "))
    mine, _maya = matched(school)
    notices.decide(mine, 1, Decision(Choice.NOT_OURS))
    with pytest.raises(StillMatched):
        notices.dispose(mine, 1)


def test_the_stub_never_holds_the_name(school: School):
    notification = arrived(school, STRANGER, police_reference="EXAMPLETON/26")
    notices = school.services.notifications
    notices.come_to(notification, 1, Told(Outcome.NOT_OURS))
    notices.tell_sender(notification, 1, PassedOn("Sgt Marlow about Robin"))
    with pytest.raises(NameInLog):
        notices.dispose(notification, 1)
    notices.tell_sender(notification, 1, SERGEANT)
    notices.dispose(notification, 1)
    assert _stubs(school)[0].police_reference is None
    assert b"exampleton" not in _everything(school)


def test_of_two_children_only_the_stranger_goes(school: School):
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    notification = arrived(school, STRANGER, MAYA)
    notices = school.services.notifications
    notices.match(notification, 2, maya)
    notices.come_to(notification, 1, Told(Outcome.NOT_OURS))
    notices.tell_sender(notification, 1, SERGEANT)
    assert not notices.standing(notification, 1).whole
    notices.dispose(notification, 1)
    view = notices.show(notification)
    assert [line.number for line in view.lines] == [2]
    assert view.notice.circumstances
    assert len(school.services.chronologies.show(maya).entries) == 1
    (kept,) = _stubs(school)
    assert (kept.whole, kept.original_sha256) == (False, None)
    assert school.services.records.verify(deep=True).ok


def test_of_a_message_with_two_notices_the_other_keeps_its_original(school: School):
    ours = replace(NOTICE, police_reference="NM/2")
    mail = replace(MAIL, notices=(replace(NOTICE, children=(STRANGER,)), ours))
    first, second = arrives(school, mail, data=b"two in one").notifications
    notices = school.services.notifications
    assert notices.standing(first, 1).shared
    notices.come_to(first, 1, Told(Outcome.NOT_OURS))
    notices.tell_sender(first, 1, SERGEANT)
    notices.dispose(first, 1)
    assert notices.originals.read(second, "original.eml") == b"two in one"
    assert school.services.records.verify(deep=True).ok


def test_a_match_that_was_a_mistake_stays_in_that_pupils_history(school: School):
    notification, maya = matched(school)
    notices = school.services.notifications
    notices.unmatch(notification, 1)
    notices.come_to(notification, 1, Told(Outcome.NOT_OURS))
    notices.tell_sender(notification, 1, SERGEANT)
    notices.dispose(notification, 1)
    kinds = [f.kind for f in school.services.desk.reader.rows_about(subject=maya)]
    assert kinds.count("notification.match") == 2
    assert b"argument at home" not in _everything(school)
    assert school.services.chronologies.show(maya).entries == ()


def test_a_call_about_nobody_of_ours_goes_too(school: School):
    from schoolsafe.services.notification import Call

    made = school.services.notifications.log_call(
        Call("Robin Exampleton", "Police at the flat", choice=Choice.NOT_OURS, reason="Not ours")
    )
    notification = made.entities[0]
    school.services.notifications.tell_sender(notification, 1, SERGEANT)
    school.services.notifications.dispose(notification, 1)
    assert b"exampleton" not in _everything(school)
    assert school.services.records.verify(deep=True).ok


def test_the_sender_is_reached_as_the_message_says(school: School):
    mail = replace(
        MAIL,
        sender=Sender(
            name="PC Bell", phone="01632 960111", address="bell@northmere.police.example"
        ),
        notices=(replace(NOTICE, children=(STRANGER,)),),
    )
    notification = arrives(school, mail, data=b"bell").notifications[0]
    contact = school.services.notifications.sender_contact(notification)
    assert (contact.phone, contact.address, contact.source) == (
        "01632 960111",
        "bell@northmere.police.example",
        "message",
    )
    message = school.services.notifications.message(notification, 1)
    assert message.subject == "Notification NM/2026/0113342: not a pupil at this school"
    assert any("Priya Nair, Ashgrove Primary School" in line for line in message.script)


@pytest.mark.parametrize(
    "outcome",
    [o for o in Outcome if o not in {Outcome.NOT_OURS, Outcome.SEVERAL_OPEN}],
)
def test_each_other_outcome_waits_until_the_other_place_knows(school: School, outcome: Outcome):
    notification, maya = matched(school)
    notices = school.services.notifications
    audit = school.audit_lines()
    told = Told(outcome, "", "Elmfield School", date(2026, 9, 3), "Ms Okoro")
    notices.come_to(notification, 1, told)
    line = line_of(school, notification)
    assert (line.outcome, line.owed) == (told, Step.PASSED_ON)
    ours = outcome in {Outcome.DUAL_REGISTERED, Outcome.EDUCATED_ELSEWHERE}
    assert (line.child is not None) == ours
    if ours:
        assert school.services.children.show(maya).placements[0].school == "Elmfield School"
        notices.decide(notification, 1, Decision(Choice.QUIET, "Settled"))
    assert _today(school, GroupCode.LATER)[0][1] == "Tell Elmfield School"
    with pytest.raises(WhoNeeded):
        notices.pass_on(notification, 1, PassedOn(""))
    notices.pass_on(notification, 1, PassedOn("Ms Okoro, lead", How.PHONE))
    assert school.audit_lines() == audit + 1
    step = line_of(school, notification).follow_ups[-1]
    assert (step.step, step.told_to, step.how) == ("passed_on", "Ms Okoro, lead", "phone")
    if outcome is Outcome.EDUCATED_ELSEWHERE:
        assert line_of(school, notification).owed is Step.RECEIPT_CONFIRMED
        notices.receipt_confirmed(notification, 1, PassedOn("Ms Okoro"))
    assert line_of(school, notification).owed is None
    assert _today(school, GroupCode.LATER) == []


def test_which_of_several_stays_open_and_asks_the_sender(school: School):
    notification, _maya = matched(school)
    notices = school.services.notifications
    notices.come_to(notification, 1, Told(Outcome.SEVERAL_OPEN))
    line = line_of(school, notification)
    assert (line.child, line.no_match, line.owed) == (None, None, Step.SENDER_TOLD)
    assert line.match_state is not None
    assert "which child is meant" in notices.message(notification, 1).subject
    with pytest.raises(NothingOwed):
        notices.pass_on(notification, 1, PassedOn("Ms Okoro"))
    notices.tell_sender(notification, 1, SERGEANT)
    assert line_of(school, notification).owed is None


def test_a_place_must_be_named_and_the_child_known(school: School):
    notification = arrived(school)
    notices = school.services.notifications
    with pytest.raises(WhereNeeded):
        notices.come_to(notification, 1, Told(Outcome.DUAL_REGISTERED))
    with pytest.raises(MatchFirst):
        notices.come_to(notification, 1, Told(Outcome.EDUCATED_ELSEWHERE, school="The hub"))


def test_what_is_closed_stays_as_it_is(school: School):
    from schoolsafe.domain.notification import CloseOutcome

    notification = arrived(school, STRANGER)
    notices = school.services.notifications
    notices.no_match(notification, 1, "Wrong school")
    notices.close(notification, 1, outcome=CloseOutcome.NOT_OURS, reason="Told them")
    with pytest.raises(AlreadyClosed):
        notices.come_to(notification, 1, Told(Outcome.LEFT))
    with pytest.raises(AlreadyClosed):
        notices.take_outcome_back(notification, 1)


def test_a_later_match_takes_the_outcomes_place(school: School):
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    notification = arrived(school, MAYA, LEO)
    notices = school.services.notifications
    notices.come_to(notification, 1, Told(Outcome.LEFT, school="Elmfield School"))
    notices.match(notification, 1, maya)
    line = line_of(school, notification)
    assert (line.outcome, line.no_match, line.child is not None) == (None, None, True)


def test_a_colleague_who_matched_it_meanwhile_is_told(school: School):
    notification = _on_its_way_out(school)
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    line = line_of(school, notification)
    notices = school.services.notifications
    notices.tell_sender(notification, 1, SERGEANT)
    notices.dispose(notification, 1)
    from unit.services.morning import from_another_computer

    from_another_computer(school, line.id, "child", maya)
    assert _stubs(school)[0].matched_meanwhile
    assert school.services.days.view().day.groups
    assert school.services.chronologies.show(maya).entries == ()


def test_the_months_letter_still_counts_what_was_taken_out(school: School):
    from schoolsafe.services.lateness import month_facts

    calendar = school.services.calendars.calendar()
    notification = _on_its_way_out(school)
    school.services.notifications.opened(notification)
    before = month_facts(school.services.desk, calendar)
    school.services.notifications.tell_sender(notification, 1, SERGEANT)
    school.services.notifications.dispose(notification, 1)
    assert month_facts(school.services.desk, calendar) == before
    assert [one.wrong_school for one in before] == [True]


def test_a_notice_that_named_a_stranger_too_still_counts_as_wrong_school(school: School):
    from schoolsafe.services.lateness import month_facts

    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    notification = arrived(school, STRANGER, MAYA)
    notices = school.services.notifications
    notices.match(notification, 2, maya)
    notices.come_to(notification, 1, Told(Outcome.NOT_OURS))
    notices.tell_sender(notification, 1, SERGEANT)
    notices.dispose(notification, 1)
    (facts,) = month_facts(school.services.desk, school.services.calendars.calendar())
    assert facts.wrong_school
