"""Everything on record about one child: both dates, counts and gaps, corrections struck through, nothing hidden."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from house import School
from schoolsafe.domain.chronology import EntryKind, Significance
from schoolsafe.domain.entry import Add, NewEntry
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.notification import Choice, Incident, NoticeKind, Sender, Step
from schoolsafe.services.child import NoSuchChild
from schoolsafe.services.chronology import (
    EntryForm,
    NoSuchEntry,
    NotYet,
    WhyNeeded,
    WordsNeeded,
)
from schoolsafe.services.notification import Call, Decision
from unit.services.morning import (
    MAIL,
    MAYA_BORN,
    NOTICE,
    arrived,
    arrives,
    from_another_computer,
    line_of,
    matched,
)


def _incident(school: School, child: str, day: date, *, kind: NoticeKind | None = None) -> str:
    """A notice about an incident on that day, confirmed for this child."""
    number = day.toordinal() + (1_000_000 if kind else 0)
    facts: dict[str, object] = {"incident": Incident(date=day)} | ({"kind": kind} if kind else {})
    notification = arrived(school, number=number, **facts)
    school.services.notifications.match(notification, 1, child)
    return notification


def test_entries_stand_newest_first_with_both_dates(school: School):
    notification, maya = matched(school)
    notices, chronologies = school.services.notifications, school.services.chronologies
    school.clock.move(minutes=10)
    notices.decide(notification, 1, Decision(Choice.QUIET, "Known to us"))
    notices.follow_up(notification, 1, Step.SEEN_ON_ARRIVAL, words="Calm", child_words="Nan came")
    school.clock.move(minutes=10)
    friday = datetime(2026, 11, 6, 14, tzinfo=UTC)
    form = EntryForm(
        maya,
        EntryKind.CONCERN,
        " Came without a coat ",
        happened=friday,
        title="Cold",
        child_words="I lost it",
        significance=Significance.SIGNIFICANT,
    )
    chronologies.add(form)
    shown = chronologies.show(maya).entries
    assert [e.kind for e in shown] == ["follow_up", "notification", "concern"]
    concern, notice, step = shown[2], shown[1], shown[0]
    assert (concern.happened, concern.summary, concern.title) == (
        friday,
        "Came without a coat",
        "Cold",
    )
    assert (concern.child_words, concern.significance) == ("I lost it", "significant")
    assert concern.written == school.clock.now()
    assert concern.author == "Priya Nair"
    assert notice.happened
    assert notice.happened.isoformat() == "2026-11-07T22:40:00+00:00"
    assert notice.written.isoformat() == "2026-11-09T07:12:00+00:00"
    assert (notice.author, notice.choice, notice.reason) == (
        "Northmere Police",
        "quiet",
        "Known to us",
    )
    assert (step.step, step.child_words, step.state) == ("seen_on_arrival", "Nan came", "here")


def test_all_that_was_written_in_an_entry_can_be_read_again(school: School):
    maya = school.pupil("Maya", "Thornton")
    form = EntryForm(
        maya,
        EntryKind.CONTACT_PARENT,
        "Rang her mother",
        voice_why_not="Asleep",
        present="Ms Quinn",
        place="Office",
        action="Coat found",
        outcome="Settled",
    )
    school.services.chronologies.add(form)
    (entry,) = school.services.chronologies.show(maya).entries
    assert entry.voice_why_not == "Asleep"
    assert (entry.present, entry.place) == ("Ms Quinn", "Office")
    assert (entry.action, entry.outcome) == ("Coat found", "Settled")


def test_a_day_without_a_time_is_said_to_be_one(school: School):
    maya = school.pupil("Maya", "Thornton")
    today = datetime(2026, 11, 9, 12, tzinfo=UTC)
    form = EntryForm(maya, EntryKind.OBSERVATION, "Quiet", happened=today, day_only=True)
    school.services.chronologies.add(form)
    (entry,) = school.services.chronologies.show(maya).entries
    assert not entry.happened_exact


def test_words_and_a_day_that_has_been_are_needed(school: School):
    maya = school.pupil("Maya", "Thornton")
    add = school.services.chronologies.add
    with pytest.raises(WordsNeeded):
        add(EntryForm(maya, EntryKind.CONCERN, "  "))
    later = school.clock.now() + timedelta(minutes=1)
    with pytest.raises(NotYet):
        add(EntryForm(maya, EntryKind.CONCERN, "Quiet", happened=later))
    tomorrow = school.clock.now() + timedelta(days=1)
    with pytest.raises(NotYet):
        add(EntryForm(maya, EntryKind.CONCERN, "Quiet", happened=tomorrow, day_only=True))
    with pytest.raises(NoSuchChild):
        add(EntryForm("child:nobody", EntryKind.CONCERN, "Quiet"))
    assert school.services.chronologies.show(maya).entries == ()


def test_notifications_are_counted_in_three_windows_and_their_gaps_told(school: School):
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    for day in (date(2026, 5, 15), date(2026, 10, 13), date(2026, 11, 7)):
        _incident(school, maya, day)
    _incident(school, maya, date(2026, 11, 8), kind=NoticeKind.MISSING)
    view = school.services.chronologies.show(maya)
    assert (view.counts.d30, view.counts.d90, view.counts.d365) == (2, 2, 3)
    assert view.gaps.words == "151, then 25 days apart. Getting closer."
    assert len(view.entries) == 4
    assert view.notified == (date(2026, 11, 7), date(2026, 10, 13), date(2026, 5, 15))


def test_a_notice_that_names_the_same_child_twice_counts_once(school: School):
    notification, maya = matched(school)
    school.services.notifications.name_child(notification, child=maya)
    view = school.services.chronologies.show(maya)
    assert view.counts.d30 == 1
    assert view.prompts == ()


def test_a_notice_without_a_date_counts_from_the_day_it_came(school: School):
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    notification = arrived(school, incident=Incident())
    school.services.notifications.match(notification, 1, maya)
    view = school.services.chronologies.show(maya)
    (entry,) = view.entries
    assert (entry.happened, entry.happened_exact) == (None, False)
    assert view.notified == (date(2026, 11, 9),)


def test_a_call_stands_under_who_took_it_when_the_caller_gave_no_name(school: School):
    maya = school.pupil("Maya", "Thornton")
    school.services.notifications.log_call(Call("Maya", said="Shouting", child=maya))
    school.services.notifications.log_call(Call("Maya", child=maya, caller=Sender(name="PC 4471")))
    authors = {e.author for e in school.services.chronologies.show(maya).entries}
    assert authors == {"Priya Nair", "PC 4471"}


def test_a_sender_of_another_shape_is_no_author(school: School):
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    received = arrives(school, replace(MAIL, sender=Sender()))
    school.services.notifications.match(received.notifications[0], 1, maya)
    (entry,) = school.services.chronologies.show(maya).entries
    assert entry.author == "Priya Nair"


def test_a_prompt_lists_its_evidence_and_is_answered_once(school: School):
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    days = (date(2026, 10, 20), date(2026, 11, 7))
    ids = [_incident(school, maya, day) for day in days]
    chronologies = school.services.chronologies
    (prompt,) = chronologies.show(maya).prompts
    assert (prompt.rule.id, prompt.evidence) == ("two_in_30", tuple(ids))
    with pytest.raises(WhyNeeded):
        chronologies.decide(maya, prompt, decision="refer", reason=" ")
    chronologies.decide(maya, prompt, decision="continue", reason=" Plan in place ")
    view = chronologies.show(maya)
    assert view.prompts == ()
    decided = next(e for e in view.entries if e.kind == "rule_decision")
    assert (decided.title, decided.summary) == ("continue", "Plan in place")
    _incident(school, maya, date(2026, 11, 8))
    again = chronologies.show(maya).prompts
    assert {p.rule.id for p in again} == {"two_in_30", "three_in_90"}


def test_a_filter_says_how_much_it_hides(school: School):
    notification, maya = matched(school)
    chronologies = school.services.chronologies
    chronologies.add(EntryForm(maya, EntryKind.CONCERN, "Came without a coat"))
    chronologies.add(EntryForm(maya, EntryKind.MEETING, "Met her nan", child_words="Coat found"))
    only = chronologies.show(maya, kinds=("concern",))
    assert ([e.kind for e in only.entries], only.hidden) == (["concern"], 2)
    assert only.hidden_notifications == 1
    assert only.counts.d30 == 1
    said = chronologies.show(maya, words="COAT")
    assert (len(said.entries), said.hidden, said.hidden_notifications) == (2, 1, 1)
    everything = chronologies.show(maya)
    assert (everything.hidden, everything.hidden_notifications) == (0, 0)
    assert notification in {e.notification for e in everything.entries}


def test_as_of_a_day_shows_what_the_school_knew_that_evening(school: School):
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    chronologies = school.services.chronologies
    entry = chronologies.add(EntryForm(maya, EntryKind.CONCERN, "Came wihtout a coat"))
    notification = arrived(school)
    school.clock.move(days=1)
    school.services.notifications.match(notification, 1, maya)
    school.services.notifications.decide(notification, 1, Decision(Choice.QUIET, "Known to us"))
    chronologies.fix(entry.entities[0], new_text="Came without a coat", reason="spelling")
    monday = chronologies.show(maya, as_of=date(2026, 11, 9))
    assert [e.summary for e in monday.entries] == ["Came wihtout a coat"]
    assert monday.entries[0].fixed_by == ()
    assert (monday.counts.d30, monday.hidden) == (0, 0)
    tuesday = chronologies.show(maya, as_of=date(2026, 11, 10))
    assert len(tuesday.entries) == 2
    assert tuesday.counts.d30 == 1
    assert chronologies.show(maya, as_of=date(2026, 11, 8)).entries == ()


def test_a_decision_of_tomorrow_does_not_stand_in_todays_chronology(school: School):
    notification, maya = matched(school)
    school.clock.move(days=1)
    school.services.notifications.decide(notification, 1, Decision(Choice.QUIET, "Known to us"))
    (monday,) = school.services.chronologies.show(maya, as_of=date(2026, 11, 9)).entries
    assert (monday.choice, monday.reason) == (None, None)
    (now,) = school.services.chronologies.show(maya).entries
    assert (now.choice, now.reason) == ("quiet", "Known to us")


def test_as_of_a_day_asks_what_was_not_answered_yet(school: School):
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    for day in (date(2026, 10, 20), date(2026, 11, 7)):
        _incident(school, maya, day)
    (prompt,) = school.services.chronologies.show(maya).prompts
    school.clock.move(days=1)
    school.services.chronologies.decide(maya, prompt, decision="refer", reason="Second in a month")
    assert school.services.chronologies.show(maya, as_of=date(2026, 11, 9)).prompts == (prompt,)


def test_a_correction_strikes_through_and_says_who_when_and_why(school: School):
    maya = school.pupil("Maya", "Thornton")
    chronologies = school.services.chronologies
    entry = chronologies.add(EntryForm(maya, EntryKind.CONCERN, "first")).entities[0]
    chronologies.fix(entry, new_text=" second ", reason=" misheard ")
    school.clock.move(minutes=1)
    chronologies.fix(entry, new_text="third", reason="her words")
    (view,) = chronologies.show(maya).entries
    assert view.summary == "third"
    assert [(s.words, s.by, s.why) for s in view.fixed_by] == [
        ("first", "Priya Nair", "misheard"),
        ("second", "Priya Nair", "her words"),
    ]
    assert view.fixed_by[1].at == school.clock.now()
    record = school.services.desk.reader.get(entry)
    assert record
    assert record.values["text"] == "first"


def test_the_words_of_the_police_can_be_corrected_and_stay(school: School):
    notification, maya = matched(school)
    school.services.chronologies.fix(notification, new_text="Argument outside", reason="PC rang")
    (view,) = school.services.chronologies.show(maya).entries
    assert view.fixed_by[0].words == NOTICE.circumstances
    assert school.services.notifications.show(notification).notice == replace(NOTICE)


def test_a_correction_needs_an_entry_words_and_a_reason(school: School):
    maya = school.pupil("Maya", "Thornton")
    chronologies = school.services.chronologies
    changes = chronologies.add(EntryForm(maya, EntryKind.CONCERN, "first"))
    entry = changes.entities[0]
    for unknown in ("entry:0000000000000000", "line:1", maya, "nonsense", ""):
        with pytest.raises(NoSuchEntry):
            chronologies.fix(unknown, new_text="x", reason="y")
    with pytest.raises(WordsNeeded):
        chronologies.fix(entry, new_text=" ", reason="y")
    with pytest.raises(WhyNeeded):
        chronologies.fix(entry, new_text="x", reason=" ")
    assert changes.undo
    school.services.undo(changes.undo)
    with pytest.raises(NoSuchEntry):
        chronologies.fix(entry, new_text="x", reason="y")


def test_what_was_taken_back_is_on_no_chronology(school: School):
    notification, maya = matched(school)
    school.services.told_slips.give(
        replace(school.services.told_slips.prepare(maya), told_to="Mr Osei")
    )
    received = school.services.desk.reader.get(notification)
    assert received
    call = school.services.notifications.log_call(Call("Maya", child=maya))
    assert len(school.services.chronologies.show(maya).entries) == 3
    assert call.undo
    school.services.undo(call.undo)
    kinds = [e.kind for e in school.services.chronologies.show(maya).entries]
    assert kinds == ["told_slip", "notification"]


def test_a_conflict_is_shown_on_the_chronology(school: School):
    notification, maya = matched(school)
    school.services.notifications.decide(notification, 1, Decision(Choice.QUIET, "Known to us"))
    line = line_of(school, notification)
    from_another_computer(school, line.id, "choice", "ask-first")
    (view,) = school.services.chronologies.show(maya).entries
    assert view.conflicts == ("choice",)
    assert view.choice == "ask-first"


def test_a_told_slip_and_its_reader_stand_on_the_chronology(school: School):
    maya = school.pupil("Maya", "Thornton")
    slips = school.services.told_slips
    slips.give(replace(slips.prepare(maya), told_to="Mr Osei"))
    view = school.services.chronologies.show(maya)
    assert (view.entries[0].kind, view.entries[0].title) == ("told_slip", "Mr Osei")
    assert view.contacts == (date(2026, 11, 9),)


def test_opening_a_chronology_is_logged_and_an_unknown_child_has_none(school: School):
    maya = school.pupil("Maya", "Thornton")
    before = school.audit_lines()
    school.services.chronologies.opened(maya)
    assert school.audit_lines() == before + 1
    with pytest.raises(NoSuchChild):
        school.services.chronologies.show("child:0000000000000000")
    with pytest.raises(NoSuchChild):
        school.services.chronologies.opened("Maya Thornton")
    assert school.audit_lines() == before + 1


def test_midnight_is_a_time_of_its_own(school: School):
    maya = school.pupil("Maya", "Thornton", MAYA_BORN)
    at_midnight = Incident(date=date(2026, 11, 8), time=time(0, 0))
    notification = arrived(school, incident=at_midnight)
    school.services.notifications.match(notification, 1, maya)
    (view,) = school.services.chronologies.show(maya).entries
    assert view.happened_exact


def test_a_row_that_came_before_its_notice_harms_no_list(school: School):
    maya = school.pupil("Maya", "Thornton")
    line = {"notification": "notification:not-here-yet", "number": 1, "child": maya}
    notice = {"channel": "phone", "outcome": "received", "kind": "domestic_abuse"}
    journal = school.services.desk.journal
    journal.append([NewEntry(TEAM, "notification.name_child", (Add("line:1", line),))])
    assert school.services.chronologies.show(maya).entries == ()
    assert all(group.rows == () for group in school.services.days.view().groups)
    journal.append(
        [NewEntry(TEAM, "notification.receive", (Add("notification:not-here-yet", notice),))]
    )
    (view,) = school.services.chronologies.show(maya).entries
    assert view.author == "Priya Nair"
    assert [row.title for row in school.services.days.view().groups[0].rows] == ["Maya Thornton"]


def test_the_quick_count_is_the_count_of_the_chronology(school: School):
    notification, maya = matched(school)
    chronologies = school.services.chronologies
    assert chronologies.counts(maya) == chronologies.show(maya).counts
    assert chronologies.counts(maya).d365 == 1
    school.services.notifications.unmatch(notification, 1)
    assert chronologies.counts(maya) == chronologies.show(maya).counts
