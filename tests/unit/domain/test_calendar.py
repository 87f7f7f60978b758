import json
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.domain.calendar import (
    LONDON,
    CalendarDateUnreadable,
    ClosedDay,
    NoSuchDivision,
    SchoolCalendar,
    Timeliness,
    bank_holidays,
    expected_by,
    from_values,
    in_school,
    incident_instant,
    last_closed,
    minutes_to_end_of_day,
    minutes_to_registration,
    next_start,
    timeliness,
)
from schoolsafe.domain.notification import Incident, Precision
from unit.domain.cases import DATA, RESOURCES, calendar_of, expected, timing_cases

CASES = timing_cases()["cases"]
ASHGROVE = calendar_of("ashgrove", "main")
GOV = json.loads((RESOURCES / "bank_holidays.json").read_text("utf-8"))


def _at(text: str) -> datetime:
    return ASHGROVE.local(datetime.fromisoformat(text))


def test_all_thirty_two_cases_are_here() -> None:
    assert len(CASES) == 32


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_every_timing_case_comes_out_as_its_file_says(case) -> None:
    calendar = calendar_of(case["calendar"], case["site"])
    incident = datetime.fromisoformat(case["incident"]) if case["incident"] else None
    found = timeliness(incident, datetime.fromisoformat(case["received"]), calendar)
    wanted = case["expected"]
    assert (found.value, found.late_school_days, found.reason) == (
        wanted["timeliness"],
        wanted["late_school_days"],
        wanted["reason"],
    )
    due = found.expected_by
    assert due == expected_by(incident, calendar)
    assert (due.isoformat(timespec="minutes") if due else None) == wanted["expected_by"]
    if due:
        utc = due.astimezone(UTC).isoformat(timespec="minutes").replace("+00:00", "Z")
        assert utc == wanted["expected_by_utc"]


def _timed_children() -> list[object]:
    cases = []
    for file in sorted((DATA / "notifications").glob("*.expected.json")):
        facts = expected(f"notifications/{file.name}")
        for number, notice in enumerate(facts["notices"]):
            for child in notice["children"]:
                if child.get("timing"):
                    name = f"{file.name[:2]}-{number}-{child['forename']}"
                    value = (notice["incident"], facts["received_at"], child["timing"])
                    cases.append(pytest.param(*value, id=name))
    return cases


@pytest.mark.parametrize(("incident", "received", "wanted"), _timed_children())
def test_every_child_of_the_sample_notices_is_timed_as_its_file_says(
    incident, received, wanted
) -> None:
    told = Incident(
        date=date.fromisoformat(incident["date"]),
        time=time.fromisoformat(incident["time"]) if incident["time"] else None,
        date_to=date.fromisoformat(incident["date_to"]) if incident["date_to"] else None,
        time_to=time.fromisoformat(incident["time_to"]) if incident["time_to"] else None,
        precision=Precision(incident["precision"]),
    )
    calendar = calendar_of(wanted["calendar"], wanted["site"])
    found = timeliness(incident_instant(told), datetime.fromisoformat(received), calendar)
    assert (found.value, found.late_school_days, found.reason) == (
        wanted["timeliness"],
        wanted["late_school_days"],
        wanted["reason"],
    )
    due = found.expected_by.isoformat(timespec="minutes") if found.expected_by else None
    assert due == wanted["expected_by"]


def test_an_incident_without_a_date_or_a_time_has_no_instant() -> None:
    assert incident_instant(Incident()) is None
    assert incident_instant(Incident(time=time(21, 0))) is None
    overnight = Incident(date=date(2026, 11, 17), precision=Precision.OVERNIGHT)
    assert incident_instant(overnight) is None


def test_a_range_counts_from_its_beginning() -> None:
    told = Incident(
        date=date(2026, 11, 6), time=time(20, 0), date_to=date(2026, 11, 8), time_to=time(9, 0)
    )
    assert incident_instant(told) == _at("2026-11-06T20:00")


def test_the_first_of_two_repeated_hours_is_meant_unless_an_offset_says_otherwise() -> None:
    assert ASHGROVE.local(datetime(2026, 10, 25, 1, 30)).isoformat().endswith("01:30:00+01:00")  # noqa: DTZ001
    second = datetime.fromisoformat("2026-10-25T01:30+00:00")
    assert ASHGROVE.local(second).isoformat().endswith("01:30:00+00:00")


def test_a_time_in_the_skipped_hour_is_what_an_unchanged_clock_would_show() -> None:
    assert ASHGROVE.local(datetime(2026, 3, 29, 1, 30)).isoformat() == "2026-03-29T02:30:00+01:00"  # noqa: DTZ001


def test_lateness_that_runs_past_the_calendar_is_unknown_and_never_invented() -> None:
    found = timeliness(_at("2027-07-19T21:00"), _at("2027-07-22T09:00"), ASHGROVE)
    assert found.expected_by == _at("2027-07-20T08:40")
    assert (found.value, found.reason) == (Timeliness.UNKNOWN, "calendar_ends")


def test_a_calendar_without_terms_knows_no_school_day() -> None:
    empty = SchoolCalendar(())
    day = date(2026, 11, 9)
    assert empty.is_holiday(day)
    assert empty.next_school_day(day) is None
    assert empty.previous_school_day(day) is None
    assert expected_by(_at("2026-11-09T01:00"), empty) is None
    assert last_closed(_at("2026-11-09T01:00"), empty) is None


def test_school_days_are_stepped_over_weekends_holidays_and_inset() -> None:
    assert ASHGROVE.next_school_day(date(2026, 10, 23)) == date(2026, 11, 2)
    assert ASHGROVE.next_school_day(date(2020, 1, 1)) == date(2026, 2, 23)
    assert ASHGROVE.previous_school_day(date(2027, 1, 5)) == date(2026, 12, 18)
    assert ASHGROVE.previous_school_day(date(2026, 2, 23)) is None
    assert ASHGROVE.term_of(date(2026, 11, 9)).name == "Autumn 2 2026"
    assert ASHGROVE.why_closed(date(2027, 1, 12)) == "snow"
    assert ASHGROVE.why_closed(date(2026, 5, 4)) == "Early May bank holiday"
    assert ASHGROVE.why_closed(date(2026, 11, 9)) is None


@pytest.mark.parametrize(
    ("now", "minutes"),
    [
        ("2026-11-09T08:18", 22),
        ("2026-11-09T08:18:30", 22),
        ("2026-11-09T08:39:59", 1),
        ("2026-11-09T08:40", None),
        ("2026-11-08T08:18", None),
        ("2026-11-30T08:18", None),
    ],
)
def test_minutes_to_registration_round_up_and_stop_at_the_start(now: str, minutes) -> None:
    assert minutes_to_registration(_at(now), ASHGROVE) == minutes


def test_minutes_to_the_end_of_the_day() -> None:
    assert minutes_to_end_of_day(_at("2026-11-09T15:05"), ASHGROVE) == 10
    assert minutes_to_end_of_day(_at("2026-11-09T15:15"), ASHGROVE) is None
    assert minutes_to_end_of_day(_at("2026-11-07T15:05"), ASHGROVE) is None


@pytest.mark.parametrize(
    ("now", "inside"),
    [
        ("2026-11-09T08:39", False),
        ("2026-11-09T08:40", True),
        ("2026-11-09T15:14", True),
        ("2026-11-09T15:15", False),
        ("2026-11-07T12:00", False),
    ],
)
def test_pupils_are_in_from_the_start_to_the_end_of_a_school_day(now: str, inside: bool) -> None:
    assert in_school(_at(now), ASHGROVE) == inside


@pytest.mark.parametrize(
    ("now", "closed"),
    [
        ("2026-11-09T08:18", "2026-11-06T15:15"),
        ("2026-11-09T15:15", "2026-11-09T15:15"),
        ("2026-11-02T08:18", "2026-10-23T15:15"),
        ("2027-01-05T08:00", "2026-12-18T15:15"),
        ("2026-02-23T08:00", None),
    ],
)
def test_school_last_closed_at_the_end_of_the_last_school_day(now: str, closed) -> None:
    assert last_closed(_at(now), ASHGROVE) == (_at(closed) if closed else None)


def test_the_next_start_is_today_only_before_it() -> None:
    assert next_start(_at("2026-11-09T08:18"), ASHGROVE) == _at("2026-11-09T08:40")
    assert next_start(_at("2026-11-09T08:40"), ASHGROVE) == _at("2026-11-10T08:40")


class TestBankHolidays:
    def test_the_bundled_list_has_the_days_of_the_case_files(self) -> None:
        days = {day.date for day in bank_holidays(GOV, "england-and-wales")}
        for facts in timing_cases()["calendars"].values():
            assert {date.fromisoformat(d["date"]) for d in facts["bank_holidays"]} <= days

    def test_a_substitute_day_says_so(self) -> None:
        days = {day.date: day.why for day in bank_holidays(GOV, "england-and-wales")}
        assert days[date(2026, 12, 28)] == "Boxing Day (substitute day)"
        assert days[date(2026, 4, 3)] == "Good Friday"

    def test_each_nation_has_its_own(self) -> None:
        assert bank_holidays(GOV, "scotland") != bank_holidays(GOV, "northern-ireland")

    def test_an_unknown_division_is_refused_by_name(self) -> None:
        with pytest.raises(NoSuchDivision, match="called atlantis"):
            bank_holidays(GOV, "atlantis")

    @pytest.mark.parametrize("event", [{"title": "x"}, {"date": "1/1/2026"}, {"date": 5}])
    def test_a_date_that_is_none_is_refused(self, event) -> None:
        with pytest.raises(CalendarDateUnreadable):
            bank_holidays({"wales": {"events": [event]}}, "wales")

    def test_a_list_of_another_shape_has_no_days(self) -> None:
        assert bank_holidays({"wales": {"events": "none"}}, "wales") == ()
        assert bank_holidays({"wales": {"events": ["none"]}}, "wales") == ()


class TestFromValues:
    SITE: ClassVar = {
        "start": "08:45",
        "end": "15:20",
        "terms": [
            {"name": "Spring", "first": "2027-01-04", "last": "2027-03-25"},
            {"name": "Autumn", "first": "2026-09-01", "last": "2026-12-18"},
        ],
        "closed": [{"date": "2026-09-01", "why": "INSET"}, {"date": "2026-11-09"}],
    }

    def test_the_record_of_a_site_becomes_its_calendar(self) -> None:
        holiday = ClosedDay(date(2026, 12, 18), "Made up")
        calendar = from_values(self.SITE, [holiday])
        assert [term.name for term in calendar.terms] == ["Autumn", "Spring"]
        assert (calendar.start, calendar.end) == (time(8, 45), time(15, 20))
        assert calendar.why_closed(date(2026, 11, 9)) == ""
        for day in ("2026-09-01", "2026-11-09", "2026-12-18", "2026-12-21", "2026-11-08"):
            assert not calendar.is_school_day(date.fromisoformat(day))
        assert calendar.is_school_day(date(2026, 9, 2))

    def test_an_empty_record_has_the_usual_day_and_no_terms(self) -> None:
        for values in ({}, {"start": "", "end": None, "terms": None}):
            calendar = from_values(values)
            assert (calendar.start, calendar.end) == (time(8, 40), time(15, 15))
            assert calendar.terms == ()

    def test_the_schools_own_word_for_a_day_stands_before_the_lists(self) -> None:
        holiday = ClosedDay(date(2026, 9, 1), "Made up")
        assert from_values(self.SITE, [holiday]).why_closed(date(2026, 9, 1)) == "INSET"

    @pytest.mark.parametrize(
        "values", [{"start": "nine"}, {"end": 9}, {"terms": [{"first": "2026-09-01"}]}]
    )
    def test_what_cannot_be_read_is_refused_in_a_sentence(self, values) -> None:
        with pytest.raises(CalendarDateUnreadable, match="Write it like 2026-09-01"):
            from_values(values)


MOMENTS = st.datetimes(datetime(2026, 2, 20), datetime(2027, 7, 25)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC)
)


@given(MOMENTS)
def test_the_expected_start_is_the_first_after_the_incident(moment: datetime) -> None:
    due = expected_by(moment, ASHGROVE)
    later = list(ASHGROVE.school_days_after(moment.date() - timedelta(days=2)))
    starts = [datetime.combine(d, ASHGROVE.start, LONDON).astimezone(UTC) for d in later]
    assert due == next((start for start in starts if start > moment), None)


@given(MOMENTS, MOMENTS)
def test_a_notice_is_late_exactly_when_it_comes_at_or_after_the_start(one, other) -> None:
    incident, received = sorted((one, other))
    found = timeliness(incident, received, ASHGROVE)
    if found.value in {Timeliness.LATE, Timeliness.LATE_SAME_DAY}:
        assert received >= found.expected_by.astimezone(UTC)
    elif found.value is not Timeliness.UNKNOWN:
        assert received < found.expected_by.astimezone(UTC)
    assert (found.late_school_days is None) == (found.value is Timeliness.UNKNOWN)
    assert (found.reason is not None) == (found.value is Timeliness.UNKNOWN)


@given(MOMENTS, st.integers(0, 20))
def test_a_later_receipt_is_never_less_late(moment: datetime, days: int) -> None:
    first = timeliness(moment, moment + timedelta(hours=1), ASHGROVE)
    second = timeliness(moment, moment + timedelta(hours=1, days=days), ASHGROVE)
    if first.late_school_days is not None and second.late_school_days is not None:
        assert first.late_school_days <= second.late_school_days


@given(MOMENTS)
def test_school_last_closed_is_never_ahead_of_now(now: datetime) -> None:
    closed = last_closed(now, ASHGROVE)
    if closed is not None:
        assert closed.astimezone(UTC) <= now
        assert ASHGROVE.is_school_day(closed.date())
