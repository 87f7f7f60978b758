"""What other agencies owe, levels of need, contacts, helplines, the log of what was shared: over a real record."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from house import MONDAY, School
from schoolsafe.domain.agency_clock import AgencySettings, DailyMeeting, Stage, Urgency
from schoolsafe.domain.helpline import Helpline
from schoolsafe.domain.notification import Risk
from schoolsafe.services.agency_today import standing
from schoolsafe.services.contact import AgencyNeeded, NameOrNumber, NoSuchContact
from schoolsafe.services.file_record import NotAnswered
from schoolsafe.services.printing import WhyRestricted
from unit.services.morning import arrived


@pytest.fixture
def maya(school: School) -> str:
    return school.pupil("Maya", "Thornton")


def put(school: School, form: str, child: str, values: dict) -> str:
    return school.services.file_records.add(form, child, values).entities[0]


def referral(school: School, child: str, sent: datetime = MONDAY, **more) -> str:
    values = {"to": "mash", "sent_at": sent.isoformat(), "why": "Worried"}
    return put(school, "referral", child, values | more)


def challenge(school: School, child: str) -> str:
    values = {
        "raised_at": MONDAY.isoformat(),
        "disagreed": "Closed without a visit",
        "impact": "Nobody has seen her",
        "wanted": "A visit",
    }
    return put(school, "challenge", child, values)


def test_a_referral_turns_amber_after_a_working_day_and_goes_with_the_decision(school, maya):
    record = referral(school, maya)
    assert school.services.agencies.due() == ()
    school.clock.move(days=1)
    (due,) = school.services.agencies.due()
    assert (due.record, due.child_name, due.urgency) == (record, "Maya Thornton", Urgency.DUE)
    (row,) = [one.item for one in standing(school.services.agencies)]
    assert (row.about, row.owed) == ("Referral", "No decision, sent Mon 9 Nov")
    school.services.file_records.update(record, {"decision": "Assessment"})
    assert school.services.agencies.due() == ()


def test_what_is_owed_stands_on_today_with_its_state(school, maya):
    record = referral(school, maya)
    school.clock.move(days=2)
    view = school.services.days.view()
    (row,) = [r for g in view.groups for r in g.rows if r.id == record]
    assert (row.title, row.state_words) == ("Maya Thornton", "No decision, sent Mon 9 Nov")
    place = view.places[record]
    assert (place.form, place.record, place.child) == ("referral", record, maya)


def test_a_challenge_past_its_stage_is_red_and_comes_first(school, maya):
    referral(school, maya)
    raised = challenge(school, maya)
    school.clock.move(days=3)
    first, second = school.services.agencies.due(maya)
    assert (first.record, first.urgency) == (raised, Urgency.OVERDUE)
    assert second.form == "referral"


def test_closing_a_challenge_needs_an_outcome(school, maya):
    record = challenge(school, maya)
    update = school.services.file_records.update
    with pytest.raises(NotAnswered, match="how it was settled"):
        update(record, {"resolved_on": "2026-11-09"})
    update(record, {"outcome": "They will visit"})
    update(record, {"resolved_on": "2026-11-09"})
    school.clock.move(days=40)
    assert school.services.agencies.due() == ()


def test_the_stages_are_the_schools_own(school, maya):
    challenge(school, maya)
    school.services.agencies.set(AgencySettings(stages=(Stage("Informal", "Worker", 30),)))
    school.clock.move(days=20)
    assert school.services.agencies.due() == ()


def a_line(school: School, child: str, grade: str, number: int = 1) -> str:
    risk = Risk(tool="DASH", grade_as_sent=grade)
    reference = f"NM/2026/{number}"
    notice = arrived(school, number=number, risk=risk, police_reference=reference)
    school.services.notifications.match(notice, 1, child)
    return notice


MADA = AgencySettings(daily=DailyMeeting("MADA", time(11), ("high",)))


@pytest.mark.parametrize(("grade", "rings"), [("High", True), ("Medium", False), ("hoch", False)])
def test_the_daily_meeting_hears_open_cases_of_the_grades_the_school_names(
    school, maya, grade, rings
):
    school.services.agencies.set(MADA)
    a_line(school, maya, grade)
    assert school.services.agencies.meeting_soon() is None  # 8:18am
    school.clock.move(hours=1, minutes=42)
    soon = school.services.agencies.meeting_soon()
    assert (soon is not None) is rings
    if soon is not None:
        assert soon.children == ((maya, "Maya Thornton"),)


def test_a_child_who_was_heard_today_does_not_ring_again(school, maya):
    school.services.agencies.set(MADA)
    a_line(school, maya, "High")
    school.clock.move(hours=2)
    assert school.services.agencies.meeting_soon() is not None
    put(school, "daily_meeting", maya, {"heard_on": "2026-11-09", "told": "Seen, settled"})
    assert school.services.agencies.meeting_soon() is None


def test_the_level_of_any_past_date_and_the_areas_words(school, maya):
    for level, since in (("2", "2026-01-12"), ("4", "2026-09-07")):
        put(school, "threshold", maya, {"level": level, "since": since, "why": "As agreed"})
    agencies = school.services.agencies
    assert agencies.level_on(maya, date(2026, 1, 11)) is None
    assert agencies.level_on(maya, date(2026, 9, 6)).level == "2"
    agencies.set(AgencySettings(levels=(("4", "Level 4, specialist"),)))
    assert agencies.level_on(maya, date(2026, 9, 7)).words == "Level 4, specialist"
    view = school.services.file_records.of(maya, "threshold")[0]
    assert view.answers[0].answer == "Level 4, specialist"
    titles = {e.title for e in school.services.chronologies.show(maya).entries}
    assert "Level 4, specialist" in titles


def test_the_strategy_figures_over_the_year(school, maya):
    put(
        school,
        "strategy_meeting",
        maya,
        {"triggered_at": (MONDAY - timedelta(days=9)).isoformat(), "why": "Section 47"},
    )
    put(
        school,
        "strategy_meeting",
        maya,
        {"triggered_at": (MONDAY - timedelta(days=500)).isoformat(), "why": "Long ago"},
    )
    figures = school.services.agencies.strategy()
    assert (figures.asked, figures.over) == (1, 1)
    (due,) = [d for d in school.services.agencies.due() if d.due.year == 2026]
    assert due.words == "Not held within 24 hours"


# contacts ---------------------------------------------------------------------------------------------

DANA = {"agency": "MASH", "role": "Team manager", "name": "Dana Reeve", "phone": "01632 960200"}


def test_a_contact_is_found_by_any_word_and_goes_stale_with_the_next_term(school):
    contacts = school.services.contacts
    contact = contacts.add(DANA).entities[0]
    assert [v.contact.name for v in contacts.list("mash dana")] == ["Dana Reeve"]
    assert contacts.list("police") == ()
    assert not contacts.list()[0].stale
    school.clock.move(days=57)  # 5 January 2027, a new term
    assert contacts.list()[0].stale
    contacts.confirm(contact)
    assert not contacts.list()[0].stale
    assert contacts.spoken() == ("Dana Reeve, Team manager, MASH",)


def test_a_contact_needs_an_agency_and_a_way_to_reach_it(school):
    contacts = school.services.contacts
    with pytest.raises(AgencyNeeded):
        contacts.add({"name": "Dana"})
    with pytest.raises(NameOrNumber):
        contacts.add({"agency": "MASH"})
    contact = contacts.add(DANA).entities[0]
    contacts.change(contact, {"phone": "01632 960201", "cover": "Duty desk, 01632 960202"})
    assert contacts.list()[0].contact.phone == "01632 960201"
    contacts.remove(contact)
    assert contacts.list() == ()
    with pytest.raises(NoSuchContact):
        contacts.confirm(contact)


# helplines --------------------------------------------------------------------------------------------


def test_the_helpline_card_is_changed_in_one_place(school):
    helplines = school.services.helplines
    helplines.set(Helpline("", "Northmere advice line", "01632 960300", "8am to 6pm"))
    (line,) = helplines.card()
    assert (line.number, line.own, line.checked) == ("01632 960300", True, MONDAY.date())
    helplines.remove(line.id)
    assert helplines.card() == ()


def test_calls_are_counted_by_month_and_year_and_need_no_child(school, maya):
    for child, day in ((maya, "2026-11-02"), ("", "2026-11-05"), ("", "2025-12-01")):
        put(
            school,
            "helpline_call",
            child,
            {"called_at": f"{day}T10:00:00+00:00", "which": "Advice line", "asked": "How to help"},
        )
    usage = school.services.helplines.usage()
    assert usage.months == (("2026-11", 2), ("2025-12", 1))
    assert usage.years == (("2026", 2), ("2025", 1))
    assert usage.total == 3


# what was shared --------------------------------------------------------------------------------------


def test_every_print_export_and_told_slip_is_one_line_of_the_log(school, maya):
    services = school.services
    services.printing.chronology(maya)
    slip = services.told_slips.prepare(maya)
    slip = replace(slip, told_to="Mrs Bello")
    services.told_slips.page(slip)
    services.told_slips.give(slip)
    put(
        school,
        "share",
        maya,
        {
            "shared_at": MONDAY.isoformat(),
            "what": "Attendance",
            "with_whom": "MASH",
            "why": "They asked",
            "basis": "safeguarding",
        },
    )
    services.records.export()
    lines = services.share_log.list()
    assert sorted(line.what.split(",")[0] for line in lines) == [
        "Attendance",
        "Chronology",
        "The whole record",
        "Told slip",
    ]
    assert len(services.share_log.list(maya)) == 3
    slip_line = next(line for line in lines if line.what.startswith("Told"))
    assert (slip_line.with_whom, slip_line.how) == ("Mrs Bello", "Printed")
    assert services.share_log.csv(maya).count(b"\r\n") == 4  # headings and three lines
    assert len(services.share_log.list()) == 5  # the list that was saved stands in it too


def test_prints_do_not_stand_on_the_chronology(school, maya):
    school.services.printing.chronology(maya)
    assert school.services.chronologies.show(maya).entries == ()
    assert school.services.file_records.of(maya) == ()


def test_restricted_papers_print_only_with_a_tick_and_a_reason(school, maya):
    put(school, "marac", maya, {"heard_on": "2026-11-05", "told": "Presentation at school"})
    referral(school, maya)
    printing = school.services.printing
    printing.chronology(maya)
    page = school.printer.printed[-1]
    assert (page.restricted, [e.kind for e in page.entries]) == (1, ["Referral"])
    with pytest.raises(WhyRestricted):
        printing.chronology(maya, with_restricted=True)
    school.clock.move(minutes=1)
    printing.chronology(maya, with_restricted=True, why="Asked by the court")
    page = school.printer.printed[-1]
    assert (page.restricted, len(page.entries)) == (0, 2)
    assert school.services.share_log.list(maya)[0].why == "Asked by the court"


# voice ------------------------------------------------------------------------------------------------


def test_the_audit_of_blanks_equals_a_count_by_hand(school, maya):
    services, leo = school.services, school.pupil("Leo", "Thornton")
    kai = school.pupil("Kai", "Mensah")
    for number, child in enumerate((maya, leo, kai), 1):
        a_line(school, child, "Medium", number)
    meeting = {"heard_on": "2026-11-02", "told": "Settled"}
    put(school, "daily_meeting", maya, meeting | {"child_words": "I want to stay"})
    put(school, "daily_meeting", leo, meeting | {"voice_why_not": "Not at school"})
    changed = put(school, "marac", kai, meeting | {"voice_changed": "Moved seats"})
    report = services.voices.report()
    assert (report.audit.open_cases, report.audit.heard, report.audit.heard_percent) == (3, 1, 33)
    assert [(s.name, s.why_not) for s in report.silent] == [
        ("Kai Mensah", ""),
        ("Leo Thornton", "Not at school"),
    ]
    assert (report.audit.meetings, report.audit.changed) == (3, 1)
    assert changed not in {u.record for u in report.unchanged}
    assert {u.name for u in report.unchanged} == {"Maya Thornton", "Leo Thornton"}
