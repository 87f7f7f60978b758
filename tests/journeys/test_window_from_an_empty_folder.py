"""The real window over a real folder: set-up to Today, lock, unlock, forgotten, back with the sheet. By hand only."""

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from fakes.dialogs import FakeDialogs
from schoolsafe.bootstrap.policy import InForce
from schoolsafe.bootstrap.window import wiring
from schoolsafe.keys.paper import groups
from schoolsafe.services.policy import Policy
from schoolsafe.ui.app import Program
from schoolsafe.ui.paper import Preview
from schoolsafe.ui.screens.first_run.view import FirstRunWindow
from schoolsafe.ui.screens.recover.view import RecoverWindow
from schoolsafe.ui.widgets.plain_label import PlainLabel
from ui.pages.first_run import TERMS, FirstRunPage

PHRASE = "copper lantern otter seven ridge"
NEXT = "maple harbour candle sixteen finch"
LIST = "Surname,Forename,DOB,Year,Class\nThornton,Maya,14/03/2018,4,Kingfisher\nMensah,Kai,02/11/2015,6,Heron\n"
PATIENCE_MS = 30_000

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
]


class Desk(FakeDialogs):
    """Dialogs of the system, answered as scripted."""

    def set_parent(self, parent: QWidget) -> None:
        """Scripted dialogs stand over nothing."""


class Morning:
    """One computer: its folder, and the program started on it again and again. Nothing is relaunched by itself."""

    def __init__(self, qtbot, app: QApplication, folder: Path) -> None:
        self._qtbot, self._app, self._folder = qtbot, app, folder
        self.home = folder / "records"
        self.dialogs = Desk()
        self.running: Program | None = None

    def start(self, policy: Policy | None = None) -> Program:
        given = wiring(self.home, fixed=InForce(policy or Policy()), test=True)
        fields = {name: getattr(given, name) for name in given.__slots__}
        program = Program(self._app, type(given)(**{**fields, "again": ()}))
        program.dialogs = self.dialogs
        self.running = program
        assert program.is_first()
        program.begin()
        program.unlock_window.begin()
        self.wait(program)
        return program

    def wait(self, program: Program) -> None:
        self._qtbot.waitUntil(program.tasks.is_idle, timeout=PATIENCE_MS)

    def until(self, condition) -> None:
        self._qtbot.waitUntil(condition, timeout=PATIENCE_MS)

    def lock(self, program: Program) -> None:
        program.lock()
        self.end(program)

    def end(self, program: Program) -> None:
        program.stop()
        self._app.removeEventFilter(program.idle)
        for window in (program.unlock_window, program.window, program._extra):
            if window is not None:
                window.close()
                window.deleteLater()
        program.deleteLater()
        self.running = None

    def save_next_sheet(self, name: str, press) -> str:
        """Presses what prints a sheet, saves the preview's pages, and reads the key off the paper."""
        path = self._folder / name
        self.dialogs.will_save(path)

        def save_the_preview() -> None:
            for shown in QApplication.topLevelWidgets():
                if isinstance(shown, Preview) and shown.isVisible():
                    shown.findChild(QWidget, "preview-save").click()

        looking = QTimer()  # the preview waits in a loop of its own
        looking.timeout.connect(save_the_preview)
        looking.start(50)
        press()
        self.until(path.exists)
        looking.stop()
        return key_on(path)


def key_on(path: Path) -> str:
    """What a person would type from the printed page."""
    document = pypdfium2.PdfDocument(path)
    page = document[0]
    text_page = page.get_textpage()
    text = text_page.get_text_range()
    text_page.close()
    page.close()
    document.close()
    found = re.findall(r"\b[0-9A-HJKMNP-TV-Z]{5}\b", text)
    assert len(found) >= 6, text
    return "".join(found[:6])


@pytest.fixture
def morning(qtbot, qapp, tmp_path) -> Iterator[Morning]:
    made = Morning(qtbot, qapp, tmp_path)
    yield made
    if made.running is not None:
        made.end(made.running)


def set_up(morning: Morning) -> tuple[Program, str]:
    """From nothing to Today; gives the key of the printed sheet."""
    program = morning.start()
    assert program.unlock_window.start_button.isVisible()
    program.unlock_window.start_button.click()
    window = program._extra
    assert isinstance(window, FirstRunWindow)
    page = FirstRunPage(window)
    morning.wait(program)
    page.set_up_wanted()
    page.school()
    page.person()
    morning.wait(program)
    window.phrase.place.set_current("file")  # this test has no keyring, or must not touch it
    window.presenter._keyring = window.presenter._keyring or "No keyring in a test."
    page.passphrase(PHRASE)
    morning.wait(program)
    assert page.step() == "sheet", page.problems()
    key = morning.save_next_sheet("sheet.pdf", window.sheet.drill.print_button.click)
    asked = window.presenter._asked
    page.type_back(*[groups(key)[n - 1].lower() for n in asked])
    morning.wait(program)
    assert page.step() == "days", page.problems()
    page.dates(*TERMS)
    page.go_on()
    morning.wait(program)
    listed = morning._folder / "pupils.csv"
    listed.write_text(LIST)
    morning.dialogs.will_open(listed)
    window.pupils.choose.click()
    morning.wait(program)
    assert "2 new" in page.said(), (page.problems(), page.said())
    page.go_on()
    morning.until(lambda: program.window is not None)
    morning.wait(program)
    return program, key


def unlock(morning: Morning, program: Program, phrase: str) -> None:
    program.unlock_window.passphrase.edit.setText(phrase)
    program.unlock_window.unlock_button.click()
    morning.wait(program)


def test_an_empty_folder_becomes_a_school_that_locks_and_opens_again(morning):
    program, _key = set_up(morning)
    assert program.window.windowTitle() == "Today - SchoolSafe"
    services = program.opened.opened.services
    assert [row.name for row in services.children.list()] == ["Kai Mensah", "Maya Thornton"]
    assert services.schools.setup_missing() == ("second_holder",)
    assert program.single is not None, "the folder set-up made is held by this program"
    assert not (morning.home / "first-run.json").exists()
    morning.lock(program)

    again = morning.start()
    assert not again.unlock_window.start_button.isVisible()
    assert "Locked at" in again.unlock_window.place.text()
    unlock(morning, again, "not the right one at all")
    assert "does not open" in again.unlock_window.error.text()
    unlock(morning, again, PHRASE)
    morning.until(lambda: again.window is not None)
    morning.wait(again)
    assert again.window.windowTitle() == "Today - SchoolSafe"
    for screen in ("pupils", "settings", "help"):
        again.window.open(screen)
        morning.wait(again)
        assert again.window.stage.here == screen
    morning.lock(again)


def test_somebody_who_forgot_comes_back_with_the_sheet_and_gets_a_new_one(morning):
    program, key = set_up(morning)
    morning.lock(program)

    program = morning.start()
    program.unlock_window.forgotten_button.click()
    window = program._extra
    assert isinstance(window, RecoverWindow)
    morning.wait(program)
    window.key.key.setText("-".join(groups(key)).lower())
    window.go_on()
    morning.wait(program)
    window.phrase.passphrase.field.edit.setText(NEXT)
    window.phrase.passphrase.again_field.edit.setText(NEXT)
    window.go_on()
    morning.wait(program)
    new_key = morning.save_next_sheet("next.pdf", window.sheet.drill.print_button.click)
    assert new_key != key
    asked = window.presenter._asked
    for field, n in zip(window.sheet.drill.group_fields, asked, strict=True):
        field.setText(groups(new_key)[n - 1])
    window.go_on()
    morning.until(lambda: program.window is not None)
    morning.wait(program)
    assert program.opened.opened.services.schools.setup_missing() == ("second_holder",)
    morning.lock(program)

    program = morning.start()
    unlock(morning, program, PHRASE)
    assert program.window is None
    unlock(morning, program, NEXT)
    morning.until(lambda: program.window is not None)
    morning.wait(program)
    morning.lock(program)


def test_where_it_forbids_printing_a_page_is_refused_before_it_is_on_record(morning):
    program, _key = set_up(morning)
    morning.lock(program)
    program = morning.start(Policy(lock_minutes=3, allow_print=False))
    unlock(morning, program, PHRASE)
    morning.until(lambda: program.window is not None)
    morning.wait(program)
    services = program.opened.opened.services
    child = services.children.list()[0].id
    before = services.records.totals().rows
    program.window.open("told_slip", child=child)
    morning.wait(program)
    program.window.findChild(QLineEdit, "slip-to").setText("Mrs Bello")
    program.window.run("print")
    morning.wait(program)
    assert "switched printing off" in words_of(program.window)
    assert services.records.totals().rows == before
    assert program.idle.minutes() == 3
    program.window.open("settings")
    morning.wait(program)
    assert "Switched off" in words_of(program.window)
    morning.lock(program)


def words_of(window: QWidget) -> str:
    return "\n".join(label.text() for label in window.findChildren(PlainLabel))
