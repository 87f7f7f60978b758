from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.domain.chronology import Counts, counts, gaps

TODAY = date(2026, 11, 9)
MAYA = (date(2026, 11, 7), date(2026, 10, 11), date(2026, 5, 13))


def test_the_demo_child_has_two_two_and_three_and_comes_closer() -> None:
    assert counts(MAYA, TODAY) == Counts(2, 2, 3)
    found = gaps(MAYA)
    assert (found.days, found.closer) == ((151, 27), True)
    assert found.words == "151, then 27 days apart. Getting closer."


def test_a_window_holds_its_last_day_and_not_the_day_before_it() -> None:
    for span, found in ((30, "d30"), (90, "d90"), (365, "d365")):
        inside = TODAY - timedelta(days=span - 1)
        assert getattr(counts([inside], TODAY), found) == 1
        assert getattr(counts([inside - timedelta(days=1)], TODAY), found) == 0
    assert counts([TODAY], TODAY) == Counts(1, 1, 1)
    assert counts([TODAY + timedelta(days=1)], TODAY) == Counts(0, 0, 0)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((), "No notifications"),
        ((1,), "One notification on record"),
        ((1, 1), "Both on the same day."),
        ((1, 2), "1 day apart."),
        ((1, 28), "27 days apart."),
        ((1, 3, 30), "2, then 27 days apart."),
        ((1, 11, 21), "10, then 10 days apart."),
        ((1, 101, 111, 116, 117), "10, then 5, then 1 day apart. Getting closer."),
    ],
)
def test_the_gaps_are_said_in_one_sentence(days: tuple[int, ...], words: str) -> None:
    start = date(2026, 1, 1)
    assert gaps([start + timedelta(days=n) for n in days]).words == words


DAYS = st.lists(st.dates(date(2025, 1, 1), date(2027, 1, 1)), max_size=12)


@given(DAYS)
def test_the_gaps_add_up_to_the_whole_span(days: list[date]) -> None:
    assert sum(gaps(days).days) == ((max(days) - min(days)).days if days else 0)


@given(DAYS)
def test_the_windows_never_shrink_as_they_grow_longer(days: list[date]) -> None:
    found = counts(days, TODAY)
    assert found.d30 <= found.d90 <= found.d365 <= len(days)
