"""A second demo school brings the first to the front, and never makes it anew under somebody's hands."""

import os
import subprocess
import sys

import pytest

from schoolsafe.ui.single import SingleInstance

SECOND = """
import sys
from pathlib import Path
from schoolsafe.bootstrap.demo_window import show

def make():
    raise SystemExit("made anew under an open demo school")

sys.exit(show([Path(each) for each in sys.argv[1:]], make))
"""


def second(*held) -> int:
    done = subprocess.run(
        [sys.executable, "-c", SECOND, *map(str, held)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        timeout=50,
        check=False,
    )
    return done.returncode


@pytest.fixture
def hold(qtbot):
    """Holds a folder as a running program does, for longer than the test."""
    made = []

    def take(folder):
        made.append(SingleInstance(folder))
        assert made[-1].take()
        return made[-1]

    yield take
    for each in made:
        each.release()
        each.deleteLater()


@pytest.mark.parametrize("taken", ["out", "school"])
def test_a_demo_that_is_made_or_open_comes_to_the_front(qtbot, hold, tmp_path, taken):
    out, home = tmp_path / "out", tmp_path / "out" / "school"
    home.mkdir(parents=True)
    first = hold(out if taken == "out" else home)
    with qtbot.waitSignal(first.raise_wanted, timeout=20_000):
        assert second(out, home) == 0


def test_with_nobody_there_it_is_made(tmp_path):
    assert second(tmp_path, tmp_path / "school") == 1
