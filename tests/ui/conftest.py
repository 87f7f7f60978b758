"""A styled application, and a window with two pretend screens to try the frame with."""

from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from fakes.dialogs import FakeDialogs
from fakes.sync_tasks import SyncTasks
from schoolsafe.ui.house import House
from schoolsafe.ui.seams import Bus
from schoolsafe.ui.shell import MainWindow
from schoolsafe.ui.theme import style
from ui.pretend import pretend_facts, pretend_screens


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform has no window manager and says so at every raise and pop-up."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture
def styled(qapp: QApplication) -> QApplication:
    """Light colours, 100 % text, as a test expects unless it says otherwise."""
    now = style.current()
    if (now.look, now.percent) != (style.Look.LIGHT, 100):
        now.apply(qapp, style.Look.LIGHT, 100)
    return qapp


@pytest.fixture(autouse=True)
def _closed_windows_go() -> Iterator[None]:
    """Without a running event loop closed windows stay, and a change of look polishes each again."""
    yield
    if QApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


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


class _Windows(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched.objectName() or type(watched).__name__)
        return False


@pytest.fixture
def shown_windows(qapp: QApplication) -> Iterator[list[str]]:
    """A part shown before it has a parent flashes as a window, and takes the focus with it (seen)."""
    noted = _Windows()
    qapp.installEventFilter(noted)
    yield noted.shown
    qapp.removeEventFilter(noted)


@pytest.fixture
def make_window(qtbot, styled, *, bus, tasks, dialogs, locked) -> Callable[..., MainWindow]:
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


@pytest.fixture
def benchmark_ms() -> Callable[[Callable[[], object]], float]:
    """How long something takes once, in ms. Budgets here are loose: the machine is shared."""

    def measure(run: Callable[[], object]) -> float:
        before = perf_counter()
        run()
        return (perf_counter() - before) * 1000

    return measure
