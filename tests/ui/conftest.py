"""A styled application, and a window with two pretend screens to try the frame with."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from fakes.dialogs import FakeDialogs
from fakes.sync_tasks import SyncTasks
from schoolsafe.ui.house import House
from schoolsafe.ui.seams import Bus
from schoolsafe.ui.shell import MainWindow
from schoolsafe.ui.theme import style
from ui.pretend import pretend_facts, pretend_screens


@pytest.fixture
def styled(qapp: QApplication) -> Iterator[QApplication]:
    """Light colours, 100 % text, as a test expects unless it says otherwise."""
    style.current().apply(qapp, style.Look.LIGHT, 100)
    yield qapp
    style.current().apply(qapp, style.Look.LIGHT, 100)


@pytest.fixture
def bus() -> Bus:
    return Bus()


@pytest.fixture
def tasks(bus: Bus) -> SyncTasks:
    return SyncTasks(bus)


@pytest.fixture
def dialogs() -> FakeDialogs:
    return FakeDialogs()


@pytest.fixture
def locked() -> list[str]:
    """What happened at the lock."""
    return []


@pytest.fixture
def make_window(qtbot, styled, bus, tasks, dialogs, locked) -> Callable[..., MainWindow]:
    """A window over the pretend screens at a size, shown."""

    def make(width: int = 1440, height: int = 900, **changes) -> MainWindow:
        given = {
            "screens": pretend_screens(),
            "tasks": tasks,
            "bus": bus,
            "dialogs": dialogs,
            "facts": pretend_facts,
            "lock": lambda: locked.append("locked"),
        } | changes
        window = MainWindow(House(**given))
        qtbot.addWidget(window)
        window.resize(width, height)
        with qtbot.waitExposed(window):
            window.show()
        return window

    return make
