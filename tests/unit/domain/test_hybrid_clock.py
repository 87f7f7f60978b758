"""The hybrid clock: always forward, never in the way."""

from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.domain.hybrid_clock import (
    DRIFT_MS,
    MAX_T,
    MAX_WALL_MS,
    bounded,
    meet,
    tick,
    wall_ms,
)

WALLS = st.integers(min_value=-(10**15), max_value=10**15)
TIMES = st.integers(min_value=0, max_value=MAX_T - 10**6)


@given(TIMES, WALLS)
def test_the_next_row_is_later_than_the_last_whatever_the_wall_clock_says(t, wall):
    assert tick(t, wall) > t


@given(st.integers(min_value=0, max_value=MAX_WALL_MS))
def test_a_right_wall_clock_is_what_the_row_carries(wall):
    assert wall_ms(tick(0, wall)) == max(wall, 0)


def test_a_full_counter_borrows_the_next_millisecond():
    full = (1000 << 16) | 0xFFFF
    assert tick(full, 1000) == 1001 << 16


def test_a_clock_set_back_a_year_goes_on_counting_from_the_last_row():
    before = tick(0, 1_760_000_000_000)
    after = tick(before, 1_760_000_000_000 - 365 * 86_400_000)
    assert after == before + 1


def test_a_remote_row_nine_minutes_ahead_moves_our_clock():
    ahead = tick(0, 1_000_000 + 540_000)
    assert meet(5, ahead, 1_000_000) == ahead


def test_a_remote_row_ten_years_ahead_is_kept_and_does_not_move_our_clock():
    ahead = tick(0, 1_000_000 + 10 * 365 * 86_400_000)
    assert meet(5, ahead, 1_000_000) == 5


def test_exactly_ten_minutes_ahead_still_counts():
    ahead = tick(0, 1_000_000 + DRIFT_MS)
    assert meet(5, ahead, 1_000_000) == ahead


@given(st.integers(), WALLS)
def test_no_clock_however_absurd_stops_a_save(remote, wall):
    t = tick(meet(0, remote, wall), wall)
    assert 0 < t <= MAX_T


@given(st.integers())
def test_any_claimed_time_fits_the_table(t):
    assert 0 <= bounded(t) <= MAX_T
