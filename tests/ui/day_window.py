"""A window over the real services of a pretend Monday. Imported by the tests of the day's screens."""

from collections.abc import Callable, Iterator

import pytest

from schoolsafe.ui.day import day_screens
from ui.morning import Morning, make_morning
from ui.pages.day import DayPage
from ui.pretend import PretendPupils


@pytest.fixture
def make_day(tmp_path) -> Iterator[Callable[..., Morning]]:
    """Makes a Monday morning; closed after the test."""
    made: list[Morning] = []

    def make(**given) -> Morning:
        morning = make_morning(tmp_path / f"school-{len(made)}", **given)
        made.append(morning)
        return morning

    yield make
    for morning in made:
        morning.school.close()


@pytest.fixture
def morning(make_day) -> Morning:
    return make_day()


@pytest.fixture
def open_day(make_window, tasks) -> Iterator[Callable[..., DayPage]]:
    """The real window over a morning, in front; no error may be left over."""

    def open_(morning: Morning, width: int = 1440, height: int = 900) -> DayPage:
        screens = dict(day_screens(morning.services, morning.outside()))
        screens["pupils"] = PretendPupils
        window = make_window(width, height, screens=screens)
        window.activateWindow()
        return DayPage(window)

    yield open_
    assert tasks.errors == []
