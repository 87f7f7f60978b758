import unicodedata
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.domain import say

MONDAY = date(2026, 11, 9)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (time(7, 12), "7:12am"),
        (time(17, 30), "5:30pm"),
        (time(12, 0), "midday"),
        (time(0, 0), "midnight"),
        (time(0, 5), "12:05am"),
        (time(12, 5), "12:05pm"),
        (time(1, 0), "1:00am"),
    ],
)
def test_times_are_said_as_people_say_them(moment: time, words: str) -> None:
    assert say.time_words(moment) == words


def test_dates_are_said_in_full_and_in_short() -> None:
    assert say.day_words(MONDAY) == "Monday 9 November 2026"
    assert say.date_words(date(2018, 3, 14)) == "14 March 2018"
    assert say.month_words(MONDAY) == "November 2026"
    assert say.weekday_words(MONDAY) == "Monday"
    assert say.short_day(date(2026, 11, 7)) == "Sat 7 Nov"


def test_a_short_date_of_another_year_says_its_year() -> None:
    assert say.short_day(date(2026, 11, 7), on=MONDAY) == "Sat 7 Nov"
    assert say.short_day(date(2025, 12, 1), on=MONDAY) == "Mon 1 Dec 2025"


def test_a_moment_is_a_day_and_a_time() -> None:
    moment = datetime(2026, 11, 9, 7, 12)  # noqa: DTZ001  # a wall clock is what is said
    assert say.moment_words(moment) == "Monday 9 November 2026, 7:12am"
    assert say.short_moment(moment) == "Mon 9 Nov, 7:12am"


@pytest.mark.parametrize(
    ("then", "words"),
    [
        (datetime(2026, 11, 6, 15, 15), "Friday 3:15pm"),  # noqa: DTZ001
        (datetime(2026, 11, 9, 8, 5), "8:05am"),  # noqa: DTZ001
        (datetime(2026, 11, 2, 15, 15), "Mon 2 Nov, 3:15pm"),  # noqa: DTZ001
        (datetime(2025, 7, 21, 15, 15), "Mon 21 Jul 2025, 3:15pm"),  # noqa: DTZ001
    ],
)
def test_since_names_the_day_within_a_week_and_the_date_beyond(then: datetime, words: str) -> None:
    assert say.since_words(then, datetime(2026, 11, 9, 8, 18)) == words  # noqa: DTZ001


def test_age_counts_completed_years_and_knows_29_february() -> None:
    assert say.age_years(date(2018, 3, 14), MONDAY) == 8
    assert say.age_years(date(2018, 11, 9), MONDAY) == 8
    assert say.age_years(date(2018, 11, 10), MONDAY) == 7
    assert say.age_years(date(2020, 2, 29), date(2027, 2, 28)) == 6
    assert say.age_words(date(2018, 3, 14), MONDAY) == "8 years"
    assert say.age_words(date(2025, 3, 14), MONDAY) == "1 year"
    assert say.age_words(date(2026, 3, 14), MONDAY) == "under 1"
    assert say.age_words(date(2027, 3, 14), MONDAY) == "not yet born"


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (27, "27 min"), (60, "1 h"), (125, "2 h 5 min")]
)
def test_minutes_become_hours_when_there_are_sixty(minutes: int, words: str) -> None:
    assert say.minutes_words(minutes) == words


def test_the_countdowns_say_what_they_count_to() -> None:
    assert say.to_registration(27) == "27 min to registration"
    assert say.to_end_of_day(15) == "15 min to the end of the day"


def test_small_numbers_are_words() -> None:
    assert [say.number_words(n) for n in (2, 3, 10, -1)] == ["Two", "Three", "10", "-1"]


def test_lists_end_with_and() -> None:
    assert [say.joined(x) for x in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_steering_characters_are_taken_out_and_the_words_stay() -> None:
    assert say.plain_text("Sam\u200b SAMPLETON\u202e") == "Sam SAMPLETON"
    assert say.plain_text("\u2066Maya\u2069\u0000\u0007\x9b") == "Maya"
    assert say.plain_text("a\r\nb\u2028c\rd\te") == "a\nb\nc\nd\te"


def test_names_in_every_script_are_shown_as_they_are() -> None:
    for name in ("Gŵyn Llŷr", "Nguyễn Thảo", "علی‌رضا", "Żaneta", "O’Sampla", "李小明"):
        assert say.plain_text(name) == name


@given(st.text())
def test_nothing_shown_can_change_the_direction_of_what_follows(text: str) -> None:
    shown = say.plain_text(text)
    directions = {unicodedata.bidirectional(c) for c in shown}
    assert not directions & {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert say.plain_text(shown) == shown
