"""Who looks for notices, and the dates nobody does."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.domain.calendar import ClosedDay, SchoolCalendar, Term
from schoolsafe.domain.cover import (
    Turn,
    besides,
    confirm_due,
    needs_cover,
    on_duty,
    spans,
    to_ring,
    uncovered,
    uncovered_words,
    unopened_words,
)

CALENDAR = SchoolCalendar(
    (
        Term("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)),
        Term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
        Term("Spring 1", date(2027, 1, 4), date(2027, 2, 12)),
    ),
    closed=(ClosedDay(date(2026, 11, 13), "INSET"),),
)
MONDAY = date(2026, 11, 9)


def _turn(first: date, last: date, name: str = "Priya Nair", phone: str = "") -> Turn:
    return Turn(f"cover:{name}", first, last, name, phone)


def test_school_days_and_every_date_of_a_holiday_need_somebody():
    assert needs_cover(MONDAY, CALENDAR)
    assert not needs_cover(date(2026, 11, 8), CALENDAR)  # a Sunday of the term
    assert not needs_cover(date(2026, 11, 13), CALENDAR)  # INSET
    assert needs_cover(date(2026, 12, 25), CALENDAR)
    assert needs_cover(date(2026, 12, 26), CALENDAR)  # a Saturday, and holiday


def test_four_weeks_are_looked_through_and_no_more():
    open_days = uncovered([_turn(MONDAY, date(2026, 11, 27))], CALENDAR, MONDAY)
    assert open_days[0] == date(2026, 11, 30)
    assert open_days[-1] == date(2026, 12, 4)
    assert len(open_days) == 5


def test_without_term_dates_nothing_is_asked():
    assert uncovered([], SchoolCalendar(()), MONDAY) == ()


def test_the_red_sentence_puts_dates_together_over_weekends():
    some = [
        _turn(date(2026, 11, 11), date(2026, 11, 12)),
        _turn(date(2026, 11, 18), date(2026, 12, 6)),
    ]
    open_days = uncovered(some, CALENDAR, MONDAY)
    assert spans(open_days, CALENDAR) == (
        (date(2026, 11, 9), date(2026, 11, 10)),
        (date(2026, 11, 16), date(2026, 11, 17)),
    )
    assert uncovered_words(open_days, CALENDAR, MONDAY) == (
        "Nobody covering today to Tue 10 Nov and Mon 16 Nov to Tue 17 Nov"
    )
    assert uncovered_words((), CALENDAR, MONDAY) == ""
    assert uncovered_words((MONDAY,), CALENDAR, MONDAY) == "Nobody covering today"


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 10)), max_size=6))
def test_every_date_is_covered_by_somebody_or_said(lines: list[tuple[int, int]]):
    turns = [
        _turn(
            date.fromordinal(MONDAY.toordinal() + n), date.fromordinal(MONDAY.toordinal() + n + m)
        )
        for n, m in lines
    ]
    said = {
        day
        for first, last in spans(uncovered(turns, CALENDAR, MONDAY), CALENDAR)
        for day in (date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))
    }
    for n in range(28):
        day = date.fromordinal(MONDAY.toordinal() + n)
        if needs_cover(day, CALENDAR):
            assert (day in said) != any(turn.covers(day) for turn in turns)


def test_more_people_are_rung_the_nearer_registration_is():
    duty = on_duty(
        [
            _turn(date(2026, 11, 2), date(2026, 12, 18), "Priya Nair"),
            _turn(MONDAY, MONDAY, "Sam Okafor", "01632 960123"),
            _turn(date(2026, 9, 2), date(2026, 12, 18), "M. Achterberg"),
        ],
        MONDAY,
    )
    assert [t.name for t in duty] == ["Sam Okafor", "Priya Nair", "M. Achterberg"]
    assert [len(to_ring(duty, m)) for m in (None, 90, 45, 21, 20, 1)] == [1, 1, 2, 2, 3, 3]
    assert besides(duty, "sam okafor") == ()
    assert [t.name for t in besides(duty, "Priya Nair")] == ["Sam Okafor", "M. Achterberg"]
    assert unopened_words(2, 27, to_ring(duty, 27)) == (
        "2 not opened, 27 min before registration. "
        "Covering: Sam Okafor, 01632 960123 and Priya Nair"
    )
    assert unopened_words(1, None, ()) == "1 not opened"
    assert unopened_words(0, 27, duty) == ""


def test_the_card_is_gone_through_once_a_term_and_half_terms_belong_together():
    assert confirm_due(None, CALENDAR, MONDAY)
    assert not confirm_due(date(2026, 9, 3), CALENDAR, MONDAY)
    assert not confirm_due(date(2026, 9, 3), CALENDAR, date(2026, 12, 28))
    assert confirm_due(date(2026, 9, 3), CALENDAR, date(2027, 1, 4))
    assert not confirm_due(None, SchoolCalendar(()), MONDAY)
