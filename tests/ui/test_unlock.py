from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from schoolsafe.errors import Refused, Unavailable
from schoolsafe.ui.screens.unlock.presenter import locked_words, wait_words
from schoolsafe.ui.screens.unlock.view import UnlockWindow
from schoolsafe.ui.seams import SeatCard

NOW = datetime(2026, 11, 9, 8, 18, tzinfo=UTC)
PHRASE = "copper lantern otter seven ridge"


class WrongPassphrase(Refused):
    """That passphrase does not open it."""


class NoFolder(Unavailable):
    """The data folder cannot be reached."""


class PretendEntrance:
    """Two logins, one passphrase; after three wrong tries it wants thirty seconds."""

    def __init__(self, *cards: SeatCard) -> None:
        self.cards = cards
        self.wrong = 0
        self.wait = 0
        self.prepared = 0
        self.tried: list[str] = []
        self.broken = False

    def seats(self):
        if self.broken:
            raise NoFolder
        return self.cards

    def prepare(self) -> None:
        self.prepared += 1

    def wait_s(self, seat: str) -> int:
        return self.wait if seat in {card.id for card in self.cards} else 0

    def unlock(self, seat: str, passphrase: str) -> object:
        self.tried.append(seat)
        if passphrase != PHRASE:
            self.wrong += 1
            self.wait = 30 if self.wrong >= 3 else 0
            raise WrongPassphrase
        return f"vault of {seat}"

    def now(self) -> datetime:
        return NOW


PRIYA = SeatCard(
    "s1",
    "Priya Nair",
    "designated safeguarding lead",
    "Ashgrove Primary",
    NOW - timedelta(hours=14, minutes=46),
)
SAM = SeatCard("s2", "Sam Reed", "deputy", "Ashgrove Primary")


@pytest.fixture
def entrance():
    return PretendEntrance(PRIYA, SAM)


@pytest.fixture
def window(qtbot, styled, tasks, entrance):
    made = UnlockWindow(entrance, tasks)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.begin()
    return made


def type_in(qtbot, window, words: str) -> None:
    qtbot.keyClicks(window.passphrase.edit, words)
    qtbot.keyClick(window.passphrase.edit, Qt.Key.Key_Return)


def test_it_opens_on_the_passphrase_of_whoever_was_last(window, entrance):
    assert window.names.currentText() == "Priya Nair, designated safeguarding lead"
    assert window.place.text() == "Ashgrove Primary. Locked at 5:32pm yesterday."
    assert QApplication.focusWidget() is window.passphrase.edit
    assert window.windowTitle() == "Unlock - SchoolSafe"
    assert entrance.prepared == 1


def test_passphrase_and_enter_open_the_vault(window, qtbot):
    with qtbot.waitSignal(window.unlocked) as said:
        type_in(qtbot, window, PHRASE)
    assert said.args == ["vault of s1"]


def test_somebody_else_may_sit_down(window, qtbot, entrance):
    qtbot.keyClicks(window.passphrase.edit, "half a phra")
    window.names.setFocus()
    qtbot.keyClick(window.names, Qt.Key.Key_Down)
    window.names.activated.emit(window.names.currentIndex())
    assert window.place.text() == "Ashgrove Primary."
    assert window.passphrase.text() == ""
    type_in(qtbot, window, PHRASE)
    assert entrance.tried == ["s2"]


def test_a_wrong_passphrase_says_so_keeps_the_words_and_takes_the_focus(window, qtbot):
    type_in(qtbot, window, "wrong words entirely")
    assert window.error.text() == "That passphrase does not open it."
    assert window.error.isVisible()
    assert window.passphrase.edit.selectedText() != ""
    assert window.passphrase.edit.accessibleDescription() == "That passphrase does not open it."
    assert window.unlock_button.isEnabled()
    with qtbot.waitSignal(window.unlocked):
        type_in(qtbot, window, PHRASE)


def test_nothing_typed_says_what_to_do(window, qtbot, entrance):
    qtbot.mouseClick(window.unlock_button, Qt.MouseButton.LeftButton)
    assert window.error.text() == "Enter your passphrase"
    assert entrance.tried == []


def test_after_too_many_tries_it_counts_down_in_words_and_tries_nothing(window, qtbot, entrance):
    for _ in range(3):
        type_in(qtbot, window, "wrong")
    assert window.wait.text() == "Too many tries. Try again in 30 seconds."
    assert not window.error.isVisible()
    type_in(qtbot, window, PHRASE)
    assert len(entrance.tried) == 3
    entrance.wait = 1
    window._timer.timeout.emit()
    assert window.wait.text() == "Too many tries. Try again in 1 second."
    entrance.wait = 0
    window._timer.timeout.emit()
    assert not window.wait.isVisible()
    assert not window._timer.isActive()


def test_while_one_try_runs_no_other_is_begun(window, qtbot, tasks, entrance):
    tasks.hold()
    type_in(qtbot, window, PHRASE)
    assert window.unlock_button.text() == "Unlocking"
    window.presenter.unlock("s1", PHRASE)
    with qtbot.waitSignal(window.unlocked):
        tasks.release()
    assert entrance.tried == ["s1"]


def test_forgotten_and_the_demo_school_are_buttons(window, qtbot):
    with qtbot.waitSignal(window.forgotten) as said:
        qtbot.mouseClick(window.forgotten_button, Qt.MouseButton.LeftButton)
    assert said.args == ["s1"]
    with qtbot.waitSignal(window.demo_wanted):
        qtbot.mouseClick(window.demo_button, Qt.MouseButton.LeftButton)


def test_a_first_run_shows_start(qtbot, styled, tasks):
    made = UnlockWindow(PretendEntrance(), tasks)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.begin()
    assert made.start_button.isVisible()
    assert not made.names.isVisible()
    assert QApplication.focusWidget() is made.start_button
    with qtbot.waitSignal(made.start_wanted):
        qtbot.keyClick(made.start_button, Qt.Key.Key_Space)


def test_a_folder_that_cannot_be_reached_is_said(qtbot, styled, tasks):
    entrance = PretendEntrance(PRIYA)
    entrance.broken = True
    made = UnlockWindow(entrance, tasks)
    qtbot.addWidget(made)
    made.show()
    made.begin()
    assert made.problem.isVisible()
    assert made.problem.words.text() == "The data folder cannot be reached."


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (None, ""),
        (timedelta(hours=1), "Locked at 7:18am."),
        (timedelta(hours=20, minutes=18), "Locked at midday yesterday."),
        (timedelta(days=3), "Locked at 8:18am on Friday 6 November 2026."),
    ],
)
def test_when_it_was_locked_is_said_as_people_say_it(ago, words):
    assert locked_words(None if ago is None else NOW - ago, NOW) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, ""),
        (1, "Too many tries. Try again in 1 second."),
        (59, "Too many tries. Try again in 59 seconds."),
        (60, "Too many tries. Try again in 1 minute."),
        (61, "Too many tries. Try again in 2 minutes."),
        (900, "Too many tries. Try again in 15 minutes."),
    ],
)
def test_waiting_is_rounded_up_never_down(seconds, words):
    assert wait_words(seconds) == words
