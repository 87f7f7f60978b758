"""Clocks on what agencies owe, at their edges."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.domain import agency_clock as rules
from schoolsafe.domain.agency_clock import (
    AgencySettings,
    AgencySettingUnreadable,
    DailyMeeting,
    Held,
    Stage,
    Urgency,
)
from schoolsafe.domain.calendar import LONDON

USUAL = AgencySettings()
BOXING_DAY = frozenset({date(2026, 12, 25), date(2026, 12, 28)})
"""Christmas, and the Monday in place of Boxing Day."""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("begun", "days", "ends"),
    [
        ("2026-11-09T10:00", 1, "2026-11-10T10:00"),  # Monday to Tuesday
        ("2026-11-13T16:00", 1, "2026-11-16T16:00"),  # Friday to Monday
        ("2026-11-14T10:00", 1, "2026-11-17T00:00"),  # what is sent on Saturday begins on Monday
        ("2026-12-24T09:30", 1, "2026-12-29T09:30"),  # over Christmas and its bank holidays
        ("2026-11-09T10:00", 5, "2026-11-16T10:00"),
        ("2026-11-09T10:00", 0, "2026-11-09T10:00"),
    ],
)
def test_working_days_leave_out_weekends_and_bank_holidays(begun, days, ends):
    assert rules.after_working_days(at(begun), days, BOXING_DAY) == at(ends)


@given(
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.integers(0, 30),
    st.frozensets(st.dates(date(2026, 1, 1), date(2028, 6, 1)), max_size=12),
)
def test_counting_back_gives_the_working_days_that_were_added(day, days, shut):
    begun = datetime.combine(day, time(9), LONDON)
    ends = rules.after_working_days(begun, days, shut)
    assert rules.is_working_day(ends.date(), shut)
    first = begun.date()
    while not rules.is_working_day(first, shut):
        first += timedelta(days=1)
    assert rules.working_days_between(first, ends.date(), shut) == days


SENT = {"to": "mash", "sent_at": "2026-11-09T10:00:00+00:00"}


@pytest.mark.parametrize(
    ("values", "now", "words"),
    [
        (SENT, "2026-11-10T09:59", None),
        (SENT, "2026-11-10T10:00", "No decision, sent Mon 9 Nov"),
        (SENT | {"decision": "Assessment"}, "2026-11-20T10:00", None),
        (SENT | {"decided_at": "2026-11-10T12:00:00+00:00"}, "2026-11-20T10:00", None),
        (SENT | {"to": "not_referred"}, "2026-11-20T10:00", None),
        (SENT | {"feedback_due": "2026-11-10"}, "2026-11-10T08:00", "No feedback, due today"),
        (SENT | {"feedback_due": "2026-11-12"}, "2026-11-13T08:00", "No feedback, due Thu 12 Nov"),
        ({"to": "mash"}, "2026-11-20T10:00", None),
    ],
)
def test_a_referral_is_amber_after_one_working_day_without_a_decision(values, now, words):
    due = rules.referral_due(values, at(now), settings=USUAL, shut=BOXING_DAY)
    if words is None:
        assert due is None
    else:
        assert due is not None
        assert due.words.startswith(words.split(",")[0])


def test_promised_feedback_turns_red_the_day_after_it_was_due():
    values = SENT | {"feedback_due": "2026-11-12"}
    seen = [
        rules.referral_due(values, at(f"2026-11-{day}T08:00"), settings=USUAL, shut=()).urgency
        for day in (11, 12, 13)
    ]
    assert seen == [Urgency.DUE, Urgency.DUE, Urgency.OVERDUE]


HELD = {
    "triggered_at": "2026-11-09T10:00:00+00:00",
    "held_at": "2026-11-10T10:00:00+00:00",
    "mode": "phone",
    "minutes_at": "2026-11-14",
}


def convened(now: str = "2026-11-20T08:00", **more):
    values = {k: v for k, v in (HELD | more).items() if v is not None}
    return rules.convened(values, at(now), settings=USUAL, shut=())


@pytest.mark.parametrize(
    ("held", "minutes", "over"),
    [
        ("2026-11-10T10:00:00+00:00", 24 * 60, False),
        ("2026-11-10T10:01:00+00:00", 24 * 60 + 1, True),
        ("2026-11-09T12:30:00+00:00", 150, False),
        ("2026-11-10T00:00:00+00:00", None, False),  # only the day is known
        ("2026-11-12T00:00:00+00:00", None, True),
    ],
)
def test_hours_to_convene_are_flagged_over_twenty_four(held, minutes, over):
    found = convened(held_at=held)
    assert (found.minutes, found.over) == (minutes, over)


def test_a_trigger_of_which_only_the_day_is_known_has_the_whole_day():
    day_only = {"triggered_at": "2026-11-09T00:00:00+00:00"}
    assert not convened(**day_only, held_at="2026-11-10T16:00:00+00:00").over
    assert convened(**day_only, held_at="2026-11-11T00:01:00+00:00").over


def test_hours_are_counted_over_the_night_the_clocks_change():
    found = convened(triggered_at="2026-10-24T12:00:00+01:00", held_at="2026-10-25T12:00:00+00:00")
    assert found.minutes == 25 * 60
    assert found.over


@pytest.mark.parametrize(
    ("now", "chase"), [("2026-11-17T23:00", False), ("2026-11-18T00:00", True)]
)
def test_minutes_are_chased_when_five_working_days_have_gone_by(now, chase):
    assert convened(now, minutes_at=None).chase is chase


def test_a_meeting_that_was_not_held_is_overdue_after_a_day():
    values = {"triggered_at": HELD["triggered_at"]}
    before, after = (
        rules.strategy_due(values, at(now), settings=USUAL, shut=())
        for now in ("2026-11-10T10:00", "2026-11-10T10:01")
    )
    assert before is None
    assert after is not None
    assert after.urgency is Urgency.OVERDUE


def test_the_figures_are_those_of_a_hand_count():
    figures = rules.strategy_figures(
        [
            convened(),  # 24 h, by phone, minutes after 4 days
            convened(held_at="2026-11-09T20:00:00+00:00", mode="absent", minutes_at=None),
            convened(held_at="2026-11-11T10:00:00+00:00", mode=None, minutes_at="2026-11-13"),
            convened(held_at=None, mode=None, minutes_at=None),
        ]
    )
    assert (figures.asked, figures.held, figures.within, figures.over) == (4, 3, 2, 2)
    assert figures.median_minutes == 24 * 60
    assert (figures.there, figures.said, figures.percent_there) == (1, 2, 50)
    assert (figures.with_minutes, figures.median_days_to_minutes, figures.chase) == (2, 3, 1)


def test_of_no_meeting_nothing_is_said():
    figures = rules.strategy_figures([])
    assert (figures.median_minutes, figures.percent_there, figures.median_days_to_minutes) == (
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(1, 3, 33), (2, 3, 67), (1, 8, 13), (0, 0, None)]
)
def test_per_cent_is_whole(part, whole, said):
    assert rules.percent(part, whole) == said


RAISED = {"raised_at": "2026-11-09T10:00:00+00:00"}


@pytest.mark.parametrize(
    ("values", "now", "past"),
    [
        (RAISED, "2026-11-11T18:00", False),  # two working days for the first stage
        (RAISED, "2026-11-12T08:00", True),
        (RAISED | {"stage": 3, "stage_since": "2026-11-12"}, "2026-11-19T18:00", False),
        (RAISED | {"stage": 3, "stage_since": "2026-11-12"}, "2026-11-20T08:00", True),
        (RAISED | {"resolved_on": "2026-11-10"}, "2026-12-20T08:00", False),
        (RAISED | {"stage": 9}, "2026-12-20T08:00", False),  # the area has no ninth stage
    ],
)
def test_a_stage_past_its_limit_shows(values, now, past):
    due = rules.challenge_due(values, at(now), settings=USUAL, shut=())
    assert (due is not None) is past


MADA = AgencySettings(daily=DailyMeeting("MADA", time(11), ("high", "medium")))


@pytest.mark.parametrize(
    ("now", "rings"),
    [
        ("2026-11-09T09:59", False),
        ("2026-11-09T10:00", True),
        ("2026-11-09T10:59", True),
        ("2026-11-09T11:00", False),
        ("2026-11-14T10:30", False),  # Saturday
        ("2026-12-28T10:30", False),  # bank holiday
    ],
)
def test_the_daily_meeting_rings_an_hour_before_on_working_days_only(now, rings):
    assert (rules.meeting_soon(MADA, at(now), shut=BOXING_DAY) is not None) is rings
    assert rules.meeting_soon(USUAL, at(now), shut=BOXING_DAY) is None


HISTORY = (
    Held("2", date(2026, 1, 12)),
    Held("3", date(2026, 3, 2), ended=date(2026, 6, 30)),
    Held("4", date(2026, 9, 7)),
    Held("3", date(2026, 9, 7), order=1),
)


@pytest.mark.parametrize(
    ("day", "level"),
    [
        (date(2026, 1, 11), None),
        (date(2026, 1, 12), "2"),
        (date(2026, 3, 1), "2"),
        (date(2026, 3, 2), "3"),
        (date(2026, 6, 29), "3"),
        (date(2026, 6, 30), None),
        (date(2026, 9, 7), "3"),
    ],
)
def test_the_level_on_any_past_date_can_be_asked(day, level):
    found = rules.level_on(HISTORY, day)
    assert (found.level if found else None) == level


@given(
    st.builds(
        AgencySettings,
        stages=st.lists(
            st.builds(Stage, st.text("abc", min_size=1), st.text(), st.integers(1, 99)), max_size=6
        ).map(tuple),
        daily=st.none() | st.builds(DailyMeeting, st.text(), st.just(time(11, 30))),
        levels=st.just((("1", "Universal plus"),)),
        referral_days=st.integers(1, 9),
    )
)
def test_a_setting_comes_back_as_it_was_kept(settings):
    assert rules.settings_from(rules.setting_value(settings)) == settings


@pytest.mark.parametrize(
    "value",
    [
        "two stages",
        {"stages": [{"name": "", "who": "", "days": 2}]},
        {"stages": [{"name": "One", "who": "", "days": 0}]},
        {"daily": {"name": "MADA", "at": "eleven"}},
        {"referral_days": True},
    ],
)
def test_a_setting_that_cannot_be_is_refused(value):
    with pytest.raises(AgencySettingUnreadable):
        rules.settings_from(value)
