"""Term dates out of the events of a calendar, in the ways councils and schools write them."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.domain.calendar import ClosedDay, SchoolCalendar, Term
from schoolsafe.domain.term_dates import (
    CalendarFile,
    EventKind,
    Stretch,
    kind_of,
    merged,
    read,
    school_year,
)
from schoolsafe.intake import ics

COUNCIL = (Path(__file__).resolve().parents[2] / "data" / "terms_council.ics").read_bytes()


def a_day(words: str, day: date = date(2026, 9, 1), last: date | None = None) -> Stretch:
    return Stretch(day, last or day, words)


def test_a_council_calendar_gives_terms_parted_by_half_terms():
    found = read(ics.read(COUNCIL))
    assert [(t.name, t.first, t.last) for t in found.terms] == [
        ("Autumn 1", date(2026, 9, 1), date(2026, 10, 23)),
        ("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
        ("Spring 1", date(2027, 1, 4), date(2027, 2, 12)),
        ("Spring 2", date(2027, 2, 22), date(2027, 3, 25)),
        ("Summer 1", date(2027, 4, 12), date(2027, 5, 28)),
        ("Summer 2", date(2027, 6, 7), date(2027, 7, 21)),
    ]
    assert found.closed == (ClosedDay(date(2026, 9, 1), "INSET day (school closed to pupils)"),)
    assert {event.words for event in found.ignored} == {"Assembly", "Year 6 parents' evening, hall"}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("INSET", EventKind.CLOSED),
        ("Staff training day", EventKind.CLOSED),
        ("Teacher Development Day", EventKind.CLOSED),
        ("Non-pupil day", EventKind.CLOSED),
        ("School closed: polling station", EventKind.CLOSED),
        ("School re-opens", EventKind.BEGINS),
        ("Autumn term begins", EventKind.BEGINS),
        ("First day of term", EventKind.BEGINS),
        ("Term ends (2pm)", EventKind.ENDS),
        ("School breaks up for summer", EventKind.ENDS),
        ("Good Friday", EventKind.BANK_HOLIDAY),
        ("Half term", EventKind.HOLIDAY),
        ("Year 4 trip to the mill", EventKind.OTHER),
        ("Governors' meeting", EventKind.OTHER),
    ],
)
def test_one_day_is_known_by_its_words(words, kind):
    assert kind_of(a_day(words)) is kind


def test_first_and_last_days_make_terms():
    found = read(
        CalendarFile(
            (
                a_day("Autumn term starts", date(2026, 9, 2)),
                a_day("Half term", date(2026, 10, 26), date(2026, 10, 30)),
                a_day("End of autumn term", date(2026, 12, 18)),
                a_day("School returns", date(2027, 1, 5)),
                a_day("Last day of spring term", date(2027, 3, 25)),
            )
        )
    )
    assert [(t.name, t.first, t.last) for t in found.terms] == [
        ("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)),
        ("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
        ("Spring", date(2027, 1, 5), date(2027, 3, 25)),
    ]


def test_long_holidays_alone_make_terms_between_them():
    found = read(
        CalendarFile(
            (
                a_day("Summer holiday", date(2026, 7, 22), date(2026, 9, 1)),
                a_day("Half term holiday", date(2026, 10, 26), date(2026, 10, 30)),
                a_day("Christmas holiday", date(2026, 12, 19), date(2027, 1, 3)),
                a_day("Easter holiday", date(2027, 3, 26), date(2027, 4, 11)),
            )
        )
    )
    assert [(t.name, t.first, t.last) for t in found.terms] == [
        ("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)),
        ("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
        ("Spring", date(2027, 1, 4), date(2027, 3, 25)),
    ]


def test_a_file_puts_its_own_school_years_in_place_and_leaves_the_others():
    before = (
        Term("Summer", date(2026, 4, 13), date(2026, 7, 21)),
        Term("Typed", date(2026, 9, 7), date(2026, 12, 11)),
    )
    snow = ClosedDay(date(2026, 11, 30), "Snow")
    terms, closed = merged(before, (snow,), read(ics.read(COUNCIL)))
    assert terms[0].name == "Summer"
    assert "Typed" not in {term.name for term in terms}
    assert snow in closed
    assert len(closed) == 2
    again = merged(terms, closed, read(ics.read(COUNCIL)))
    assert again == (terms, closed)


def test_a_school_year_begins_in_august():
    assert [school_year(date(2026, month, 20)) for month in (7, 8, 12)] == [2025, 2026, 2026]


events = st.builds(
    lambda start, days, words: Stretch(start, date.fromordinal(start.toordinal() + days), words),
    st.dates(date(2026, 1, 1), date(2028, 1, 1)),
    st.integers(0, 120),
    st.sampled_from(
        (
            "Autumn term",
            "Half term",
            "INSET",
            "Term begins",
            "Term ends",
            "Christmas holidays",
            "Trip",
        )
    ),
)


@given(st.lists(events, max_size=12))
def test_whatever_stands_in_a_calendar_its_terms_lie_apart(found):
    dates = read(CalendarFile(tuple(found)))
    for before, after in zip(dates.terms, dates.terms[1:], strict=False):
        assert before.first <= before.last < after.first <= after.last
    assert SchoolCalendar(dates.terms, dates.closed).terms == dates.terms
