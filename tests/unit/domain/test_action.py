"""When an action is due, as a person types it, and how it stands on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.domain.action import Standing, due_day, standing, urgency

MONDAY = date(2026, 11, 9)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", date(2026, 11, 9)),
        ("tomorrow", date(2026, 11, 10)),
        ("tom", date(2026, 11, 10)),
        ("fri", date(2026, 11, 13)),
        ("Friday", date(2026, 11, 13)),
        ("mon", date(2026, 11, 16)),
        ("next week", date(2026, 11, 16)),
        ("in 3 days", date(2026, 11, 12)),
        ("2 weeks", date(2026, 11, 23)),
        ("14 11", date(2026, 11, 14)),
        ("14/11/26", date(2026, 11, 14)),
        ("14.11.2027", date(2027, 11, 14)),
        ("3 2", date(2027, 2, 3)),
        ("14 nov", date(2026, 11, 14)),
        ("sat 14 november", date(2026, 11, 14)),
        ("1st december", date(2026, 12, 1)),
        ("2026-11-14", date(2026, 11, 14)),
        ("29 2", date(2028, 2, 29)),
    ],
)
def test_a_day_is_understood_as_people_type_it(words, day):
    assert due_day(words, MONDAY) == day


@pytest.mark.parametrize("words", ["", "  ", "f", "soon", "31 11", "14 13", "99", "next", "40 nov"])
def test_words_that_mean_no_day_are_not_guessed_at(words):
    assert due_day(words, MONDAY) is None


@given(st.text(max_size=20), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_any_words_are_read_or_left_and_never_fail(words, today):
    found = due_day(words, today)
    assert found is None or isinstance(found, date)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 300))
def test_a_day_without_a_year_is_never_in_the_past(today, ahead):
    day = today + timedelta(days=ahead)
    assert due_day(f"{day.day} {day.month}", today) == day


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.sampled_from(("mon", "thu", "sunday")))
def test_a_day_of_the_week_is_one_to_seven_days_ahead(today, words):
    assert 1 <= (due_day(words, today) - today).days <= 7


def test_an_action_is_overdue_the_day_after():
    due = date(2026, 11, 9)
    days = [standing(due, due + timedelta(days=n), done=False) for n in (-1, 0, 1)]
    assert days == [Standing.AHEAD, Standing.TODAY, Standing.OVERDUE]
    assert standing(due, date(2027, 1, 1), done=True) is Standing.DONE
    assert standing(None, due, done=False) is Standing.NO_DATE


def test_the_longest_overdue_stands_first_and_what_is_done_last():
    cases = [
        (Standing.DONE, date(2026, 11, 1)),
        (Standing.NO_DATE, None),
        (Standing.OVERDUE, date(2026, 11, 6)),
        (Standing.AHEAD, date(2026, 11, 13)),
        (Standing.OVERDUE, date(2026, 11, 2)),
        (Standing.TODAY, date(2026, 11, 9)),
    ]
    ordered = sorted(cases, key=lambda case: urgency(*case))
    assert [day and day.day for _standing, day in ordered] == [2, 6, 9, 13, None, 1]
