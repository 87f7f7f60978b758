"""Forgotten it: from the sheet of paper to Today, and everything that can be wrong on the way."""

import pytest
from PySide6.QtWidgets import QApplication

from fakes.recovery import MADE, NEXT, SHEET, FakeRecovery
from fakes.sync_tasks import SyncTasks
from schoolsafe.ui.screens.recover.presenter import Step
from schoolsafe.ui.screens.recover.view import RecoverWindow
from schoolsafe.ui.seams import SeatCard
from schoolsafe.ui.theme import style
from ui.clip import cut_texts, settle
from ui.morning import FakePaper, texts
from ui.pages.keyboard import Keyboard
from ui.walk import faults

PRIYA = SeatCard("s1", "Priya Nair", "safeguarding lead", "Ashgrove Primary School")
NO_KEYRING = "This computer has no keyring that answers."


class RecoverPage:
    """What a person does and reads."""

    def __init__(self, window: RecoverWindow) -> None:
        self.window = window
        self.finished: list[object] = []
        self.left: list[str] = []
        window.finished.connect(self.finished.append)
        window.left.connect(lambda: self.left.append("left"))

    @property
    def step(self) -> Step:
        return self.window.presenter.step

    def said(self) -> str:
        settle(self.window)
        return texts(self.window.stack.currentWidget())

    def problems(self) -> list[str]:
        settle(self.window)
        errors = self.window.pages[self.step].errors
        shown = errors.isVisibleTo(self.window)
        return [line for line in texts(errors).splitlines()[1:] if line] if shown else []

    def key(self, typed: str = SHEET) -> None:
        self.window.key.key.setText(typed)
        self.window.go_on()

    def passphrase(self, text: str = MADE, again: str | None = None) -> None:
        phrase = self.window.phrase.passphrase
        phrase.field.edit.setText(text)
        phrase.again_field.edit.setText(text if again is None else again)
        self.window.go_on()

    def print_sheet(self) -> None:
        self.window.sheet.drill.print_button.click()

    def type_back(self, *groups: str) -> None:
        for field, group in zip(self.window.sheet.drill.group_fields, groups, strict=True):
            field.setText(group)
        self.window.go_on()

    def to(self, step: Step) -> None:
        if step is not Step.KEY:
            self.key()
        if step is Step.SHEET:
            self.passphrase()


@pytest.fixture
def seam():
    return FakeRecovery()


@pytest.fixture
def paper():
    return FakePaper()


@pytest.fixture
def make(qtbot, styled, paper):
    def made(seam, tasks=None, size=(1440, 900)) -> RecoverPage:
        window = RecoverWindow(PRIYA, seam=seam, tasks=tasks or SyncTasks(), paper=paper)
        qtbot.addWidget(window)
        window.resize(*size)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        return RecoverPage(window)

    return made


@pytest.fixture
def page(make, seam):
    return make(seam)


def test_from_the_sheet_to_today(page, seam, paper):
    assert "Priya Nair, safeguarding lead, Ashgrove Primary School" in page.said()
    page.key("abcde fghjk mnpqr stvwx yz012 34567")
    assert page.step is Step.PASSPHRASE
    page.passphrase()
    assert (page.step, seam.passphrase, seam.secret_in_file) == (Step.SHEET, MADE, False)
    page.print_sheet()
    assert paper.printed == [("Recovery sheet", f"%PDF s1 {NEXT}".encode())]
    page.type_back("aaaaa", "77777")
    assert page.finished == ["vault of s1"]
    assert seam.drilled


def test_a_wrong_key_says_so_and_changes_nothing(page, seam):
    page.key("")
    assert page.problems() == ["Type the recovery key of your sheet"]
    page.key("ABCDE")
    assert page.problems() == ["That recovery key belongs to other records, or to an older sheet."]
    assert page.window.key.questions["key"].error.text() == page.problems()[0]
    assert page.window.windowTitle() == "Error: Forgotten passphrase - SchoolSafe"
    assert (page.step, seam.sheet) == (Step.KEY, SHEET)
    page.key()
    assert page.window.windowTitle() == "Forgotten passphrase - SchoolSafe"


@pytest.mark.parametrize(
    ("text", "again", "said"),
    [
        ("", "", "Enter a passphrase, or let one be made"),
        (MADE, "", "Type the passphrase again"),
        (MADE, "copper lantern", "Type the same passphrase again"),
        ("short", "short", "A passphrase has at least 15 characters or five words."),
    ],
)
def test_a_passphrase_that_will_not_do_leaves_the_old_sheet_working(page, seam, text, again, said):
    page.to(Step.PASSPHRASE)
    page.passphrase(text, again)
    assert page.problems() == [said]
    assert seam.sheet == SHEET


def test_help_with_the_passphrase_is_that_of_set_up(page):
    page.to(Step.PASSPHRASE)
    phrase = page.window.phrase.passphrase
    phrase.field.edit.setText("Ashgrove Primary School 26")
    assert phrase.words.text() == "Too easy to guess"
    phrase.make.click()
    assert phrase.text() == MADE
    assert phrase.words.text() == "Very strong"


def test_the_new_sheet_must_be_on_paper_and_right(page, seam, paper):
    page.to(Step.SHEET)
    page.window.go_on()
    assert page.problems() == ["Print or save the recovery sheet first"]
    paper.turns_back = True
    page.print_sheet()
    assert not page.window.sheet.drill.group_fields[0].isVisibleTo(page.window)
    paper.turns_back = False
    page.print_sheet()
    page.type_back("AAAAA", "")
    assert page.problems() == ["Type group 5 of the sheet"]
    page.type_back("AAAAB", "77777")
    assert page.problems()[0].startswith("Group 2 is not what stands on the sheet.")
    assert not seam.drilled
    assert page.finished == []


def test_somebody_in_a_hurry_opens_today_and_tries_the_sheet_later(page, seam):
    page.to(Step.SHEET)
    page.window.later.click()
    assert page.finished == ["vault of s1"]
    assert not seam.drilled


def test_a_record_that_does_not_open_says_why(page, seam):
    page.to(Step.SHEET)
    seam.tampered = True
    page.window.later.click()
    assert page.problems() == ["The record was changed outside SchoolSafe."]
    assert page.finished == []


def test_back_goes_to_the_unlock_screen_until_the_passphrase_is_set(page, seam):
    page.to(Step.PASSPHRASE)
    page.window.back.click()
    assert page.step is Step.KEY
    page.window.back.click()
    assert page.left == ["left"]
    page.to(Step.SHEET)
    assert not page.window.back.isVisible()
    page.window.presenter.back()
    assert page.step is Step.SHEET


def test_the_typed_key_does_not_stay_in_the_window(page):
    page.to(Step.SHEET)
    assert page.window.key.key.text() == ""


def test_a_keyring_that_is_gone_is_a_stated_choice(make):
    seam = FakeRecovery(keyring=NO_KEYRING)
    page = make(seam)
    page.to(Step.PASSPHRASE)
    assert NO_KEYRING in page.said()
    assert "your passphrase is all that protects the record" in page.said()
    page.passphrase()
    assert page.problems() == ["Choose where this computer’s secret is kept"]
    page.window.phrase.secret.choices.set_current("stop")
    page.window.go_on()
    assert page.left == ["left"]
    assert seam.sheet == SHEET
    page.window.phrase.secret.choices.set_current("file")
    page.passphrase("fifteen letters")
    assert page.problems() == ["A passphrase has at least 15 characters or five words."]
    page.passphrase()
    assert seam.secret_in_file


def test_with_a_keyring_nobody_is_asked_about_it(page):
    page.to(Step.PASSPHRASE)
    assert "keyring" not in page.said()


def test_while_one_thing_is_done_nothing_else_begins(make, seam):
    tasks = SyncTasks()
    page = make(seam, tasks)
    tasks.hold()
    page.key()
    assert page.window.busy.text() == "Trying the key"
    assert not page.window.next.isEnabled()
    page.window.presenter.back()
    page.key()
    assert page.left == []
    tasks.release()
    assert page.step is Step.PASSPHRASE
    assert page.window.next.isEnabled()


def test_the_keyboard_goes_all_the_way(page):
    keys = Keyboard(page.window)
    keys.free_text(SHEET)
    keys.press("Return")
    keys.free_text(MADE)
    assert QApplication.focusWidget() is page.window.phrase.passphrase.field.edit
    for _ in range(3):  # Show, Make me one, Type it again
        keys.press("Tab")
    keys.free_text(MADE)
    keys.press("Ctrl+Return")
    assert page.step is Step.SHEET
    keys.press("Space")
    keys.free_text("AAAAA")
    keys.press("Tab")
    keys.free_text("77777")
    keys.press("Ctrl+Return")
    assert page.finished == ["vault of s1"]


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize(
    ("percent", "width", "height"), [(100, 1440, 900), (100, 1024, 640), (200, 1366, 768)]
)
def test_every_page_is_named_and_nothing_is_cut(
    make, seam, styled, *, step, percent, width, height
):
    style.current().apply(styled, style.Look.LIGHT, percent)
    page = make(seam, size=(width, height))
    page.to(step)
    if step is Step.SHEET:
        page.print_sheet()
    settle(page.window)
    assert faults(page.window) == []
    assert cut_texts(page.window) == []
