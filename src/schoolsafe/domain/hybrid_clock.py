"""The hybrid clock: orders lists, and picks which of two *shown* values stands on top.

It never decides: causality does (see ``register``). Nothing is refused, delayed or renumbered
because of a clock, and saving never fails for one. Source: sync.md section 6.
"""

from typing import Final

COUNTER_BITS: Final = 16
DRIFT_MS: Final = 600_000
"""Ten minutes: a clock further ahead than this is kept with its row and does not move ours."""
MAX_WALL_MS: Final = (1 << 47) - 1
"""The year 6429: what fits a signed 64-bit column once the counter is added."""
MAX_T: Final = (1 << 63) - 1


def bounded(t: int) -> int:
    """A claimed time as far as it can be stored: a row is not refused for an absurd clock."""
    return min(max(t, 0), MAX_T)


def wall_ms(t: int) -> int:
    """The milliseconds since 1970 UTC inside a hybrid time."""
    return t >> COUNTER_BITS


def tick(t: int, now_ms: int) -> int:
    """The time of the next row of this seat: after its last one, and not before the wall clock.

    A full counter borrows the next millisecond.
    """
    wall = min(max(now_ms, 0), MAX_WALL_MS)
    return bounded(max(t + 1, wall << COUNTER_BITS))


def meet(t: int, remote: int, now_ms: int) -> int:
    """Our time after meeting a row from elsewhere; a clock far ahead of the wall leaves it."""
    if wall_ms(remote) > now_ms + DRIFT_MS:
        return t
    return max(t, bounded(remote))
