"""A month in counts."""

from datetime import date, datetime, timedelta

import pytest

from schoolsafe.domain.calendar import LONDON, Timeliness, Timing, Unknown
from schoolsafe.domain.lateness import (
    MonthUnreadable,
    NoticeFacts,
    changed,
    figures,
    minutes_to_opened,
    month_of,
    next_month,
    previous_month,
    timing_words,
    weeks_of,
)

NOVEMBER = date(2026, 11, 1)


def _notice(day: int, value: Timeliness, *, late: int = 0, minutes: int | None = 5) -> NoticeFacts:
    return NoticeFacts(
        received=datetime(2026, 11, day, 8, tzinfo=LONDON),
        timing=Timing(None, value, late),
        opened_after_minutes=minutes,
        missing=frozenset({"place"}),
        wrong_school=day == 2,
    )


def test_a_month_is_written_year_and_month():
    assert month_of(" 2026-11 ") == NOVEMBER
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)
    assert previous_month(date(2026, 1, 1)) == date(2025, 12, 1)
    for wrong in ("2026", "2026-13", "November", ""):
        with pytest.raises(MonthUnreadable):
            month_of(wrong)


def test_weeks_begin_on_monday_and_are_cut_at_the_month():
    assert weeks_of(NOVEMBER) == (
        (date(2026, 11, 1), date(2026, 11, 1)),
        (date(2026, 11, 2), date(2026, 11, 8)),
        (date(2026, 11, 9), date(2026, 11, 15)),
        (date(2026, 11, 16), date(2026, 11, 22)),
        (date(2026, 11, 23), date(2026, 11, 29)),
        (date(2026, 11, 30), date(2026, 11, 30)),
    )


def test_notices_are_counted_once_in_the_week_they_came():
    found = figures(
        NOVEMBER,
        [
            _notice(2, Timeliness.ON_TIME, minutes=2),
            _notice(8, Timeliness.LATE, late=2, minutes=10),
            _notice(9, Timeliness.LATE, late=1, minutes=None),
            _notice(30, Timeliness.LATE_SAME_DAY, minutes=90),
        ],
        expected=1,
    )
    assert (found.total, found.late, found.opened, found.median_minutes) == (4, 3, 3, 10)
    assert [week.total for week in found.weeks] == [0, 2, 1, 0, 0, 1]
    assert found.late_days == (1, 2)
    assert found.missing["place"] == 4
    assert found.missing["voice"] == 0
    assert (found.wrong_school, found.expected_not_received) == (1, 1)
    assert figures(date(2026, 10, 1), [_notice(2, Timeliness.ON_TIME)], expected=0).total == 0


def test_minutes_to_opening_are_whole_and_never_below_nought():
    came = datetime(2026, 11, 9, 7, 12, tzinfo=LONDON)
    assert minutes_to_opened(came, came + timedelta(minutes=6, seconds=59)) == 6
    assert minutes_to_opened(came, came - timedelta(minutes=3)) == 0
    assert minutes_to_opened(came, None) is None


def test_a_result_is_said_in_words_and_a_reason_alone_changes_nothing():
    late = Timing(None, Timeliness.LATE, 1)
    assert timing_words(late) == "late by 1 school day"
    assert timing_words(Timing(None, Timeliness.ON_TIME, 0)) == "before school began"
    unknown = Timing(None, Timeliness.UNKNOWN, None, Unknown.CALENDAR_ENDS)
    assert not changed(unknown, Timing(None, Timeliness.UNKNOWN, None, Unknown.NO_INCIDENT_TIME))
    assert changed(late, unknown)
