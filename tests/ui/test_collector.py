"""No widget dies on the worker's thread."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject, QTimer

from schoolsafe.ui.collector import MainThreadCollector
from schoolsafe.ui.seams import Bus
from schoolsafe.ui.tasks import Tasks


class Window(QObject):
    """A window in a cycle, with a timer that must be stopped on its own thread."""

    def __init__(self) -> None:
        super().__init__()
        self.timer = QTimer(self)
        self.timer.start(60_000)
        self.itself = self


@pytest.fixture
def collector(qapp):
    gc.collect()
    made = MainThreadCollector()
    yield made
    made.stop()
    gc.collect()


@pytest.fixture
def tasks(qapp):
    made = Tasks(Bus(), print)
    yield made
    made.close()


def let_go() -> list[int]:
    """A window nobody holds any more; the thread it dies on, once it does."""
    died_on: list[int] = []
    window = Window()
    weakref.finalize(window, lambda: died_on.append(threading.get_ident()))
    return died_on


def much_work() -> int:
    """Enough new objects for Python to collect many times over."""
    return len([[n] for n in range(200_000)])


def test_what_was_let_go_dies_on_the_main_thread(collector, tasks, qtbot):
    died_on = let_go()
    done: list[int] = []
    tasks.query(much_work, done.append)
    qtbot.waitUntil(lambda: done == [200_000])
    collector.look()
    gc.collect()
    assert died_on == [threading.get_ident()]


def test_the_collector_collects_without_being_asked(collector, tasks, qtbot):
    died_on = let_go()
    tasks.query(much_work, lambda _n: None)
    collector._timer.setInterval(5)
    qtbot.waitUntil(lambda: died_on == [threading.get_ident()])


def test_nothing_is_collected_while_nothing_is_due(collector):
    gc.collect()
    assert collector.look() == 0
    assert not gc.isenabled()


def test_python_collects_again_when_the_program_has_ended(qapp):
    made = MainThreadCollector()
    made.stop()
    assert gc.isenabled()
