"""A school at a terminal, and a Monday morning in a window, for the journeys."""

import pytest

from terminal import Terminal
from ui.conftest import (
    _closed_windows_go,
    bus,
    dialogs,
    locked,
    make_window,
    styled,
    tasks,
)
from ui.day_window import make_day
from unit.cli.conftest import ashgrove, founded, school, stretched_once, with_pupils

__all__ = [
    "_closed_windows_go",
    "ashgrove",
    "bus",
    "dialogs",
    "founded",
    "locked",
    "make_day",
    "make_window",
    "school",
    "stretched_once",
    "styled",
    "tasks",
    "with_pupils",
]


@pytest.fixture
def maya(ashgrove: Terminal) -> str:
    """A pupil of the list, by id."""
    return str(ashgrove.ok("child", "list")["children"][0]["id"])
