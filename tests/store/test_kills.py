"""kill -9 among saves."""

import os
import sys

import pytest

from store import kill_loop

KILLS = int(os.environ.get("SCHOOLSAFE_KILLS", "40"))


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.skipif(sys.platform == "win32", reason="forks its child")
def test_no_acknowledged_entry_is_lost_to_a_kill(tmp_path):
    # A slice: 1,000 by `python tests/store/kill_loop.py`.
    tally = kill_loop.run(tmp_path, kills=KILLS)
    assert (tally.kills, tally.lost, tally.broken) == (KILLS, 0, 0), str(tally)
    assert tally.acknowledged > KILLS
