"""kill -9 through a day's work with real keys, a slice; `make prove` does it 200 times."""

import sys

import pytest

from journeys import kill_day


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(sys.platform == "win32", reason="forks its child")
def test_what_a_person_was_told_is_saved_outlives_a_kill(tmp_path):
    tally = kill_day.run(tmp_path / "home", kills=8)
    assert (tally.kills, tally.lost, tally.broken) == (8, 0, 0), str(tally)
    assert tally.rows >= 8
