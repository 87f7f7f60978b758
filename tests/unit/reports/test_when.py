from datetime import UTC, date, datetime

from schoolsafe.reports.when import clock, long_day, long_moment, month, short_day, short_moment


def at(hour, minute, month=11):
    return datetime(2026, month, 9, hour, minute, tzinfo=UTC)


def test_times_are_written_as_people_say_them():
    assert [clock(at(*t)) for t in ((7, 12), (17, 30), (12, 0), (0, 0), (0, 5), (12, 1))] == [
        "7:12am",
        "5:30pm",
        "midday",
        "midnight",
        "12:05am",
        "12:01pm",
    ]


def test_summer_instants_are_shown_on_the_summer_clock():
    assert clock(at(7, 55, month=6)) == "8:55am"
    assert short_moment(datetime(2026, 5, 13, 23, 30, tzinfo=UTC)) == "Thu 14 May 2026, 12:30am"


def test_days_carry_their_weekday_and_year():
    assert long_day(date(2026, 11, 9)) == "Monday 9 November 2026"
    assert short_day(date(2026, 10, 12)) == "Mon 12 Oct 2026"
    assert month(date(2026, 10, 12)) == "October 2026"
    assert long_moment(at(8, 18)) == "Monday 9 November 2026, 8:18am"
