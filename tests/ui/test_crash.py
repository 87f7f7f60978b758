import sys
import threading

import pytest
from PySide6.QtCore import Qt, qWarning
from PySide6.QtGui import QGuiApplication

from conftest import CANARY
from schoolsafe import __version__
from schoolsafe.ui.crash import CrashGuard, CrashPage, report


def stumble(name: str) -> None:
    secret = f"{name} told us"
    try:
        {}[secret]
    except KeyError as error:
        raise ValueError(name) from error


def caught() -> BaseException:
    with pytest.raises(ValueError) as info:
        stumble(CANARY)
    return info.value


def test_a_report_says_where_and_never_what():
    words = report(caught())
    assert f"SchoolSafe {__version__}" in words
    assert "builtins.KeyError" in words
    assert "builtins.ValueError" in words
    assert "test_crash:" in words
    assert CANARY not in words
    assert "/" not in words


def test_causes_come_first():
    words = report(caught())
    assert words.index("KeyError") < words.index("ValueError")


def test_our_modules_are_named_without_folders():
    from schoolsafe.ui.widgets.date_boxes import DateBoxes

    with pytest.raises(AttributeError) as info:
        DateBoxes.date(None)
    assert "schoolsafe.ui.widgets.date_boxes:" in report(info.value)


@pytest.fixture
def guard():
    shown = []
    made = CrashGuard(shown.append)
    made.shown = shown
    made.install()
    yield made
    made.uninstall()


def test_what_nobody_caught_is_shown(guard):
    error = caught()
    sys.excepthook(type(error), error, error.__traceback__)
    assert len(guard.shown) == 1
    assert CANARY not in guard.shown[0]


def test_threads_are_guarded_too(guard):
    thread = threading.Thread(target=lambda: stumble(CANARY))
    thread.start()
    thread.join()
    assert len(guard.shown) == 1


def test_a_failure_while_showing_one_is_not_shown_again():
    calls = []

    def show(words: str) -> None:
        calls.append(words)
        made.caught(RuntimeError())

    made = CrashGuard(show)
    made.caught(RuntimeError())
    assert len(calls) == 1


def test_qts_own_words_are_not_logged(guard, caplog):
    qWarning(f"about {CANARY}")
    assert CANARY not in caplog.text


def test_the_log_names_the_kind_of_failure_only(guard, caplog):
    guard.caught(ValueError(CANARY))
    assert "ValueError" in caplog.text
    assert CANARY not in caplog.text


def test_the_page_shows_all_of_it_and_offers_copy_and_save(qtbot, styled, dialogs, tmp_path):
    kept = {}
    page = CrashPage("SchoolSafe 0.1.0", dialogs=dialogs, save=kept.__setitem__)
    qtbot.addWidget(page)
    page.show()
    assert page.text.toPlainText() == "SchoolSafe 0.1.0"
    qtbot.mouseClick(page.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "SchoolSafe 0.1.0"
    dialogs.will_save(tmp_path / "report.txt")
    qtbot.mouseClick(page.keep, Qt.MouseButton.LeftButton)
    dialogs.will_save(None)
    qtbot.mouseClick(page.keep, Qt.MouseButton.LeftButton)
    assert kept == {tmp_path / "report.txt": b"SchoolSafe 0.1.0"}
