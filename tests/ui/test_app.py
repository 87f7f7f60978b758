import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from fakes.dialogs import FakeDialogs
from schoolsafe.errors import Unavailable
from schoolsafe.services.policy import STRICTEST, Policy
from schoolsafe.ui import tasks
from schoolsafe.ui.app import Fittings, Program, Wiring
from schoolsafe.ui.appearance import Appearance, Dresser, sound
from schoolsafe.ui.clipboard import ClipboardGuard, is_marked
from schoolsafe.ui.house import House
from schoolsafe.ui.idle import IdleLock, allowed_minutes
from schoolsafe.ui.qt_words import GettextTranslator
from schoolsafe.ui.session import SessionWatch, slept
from schoolsafe.ui.theme import style
from schoolsafe.ui.window_size import WindowSize, fitting
from schoolsafe.words import install
from ui.pretend import pretend_facts, pretend_screens
from ui.test_unlock import PHRASE, PRIYA, PretendEntrance

NOW = datetime(2026, 11, 9, 8, 18, tzinfo=UTC)
HEAVY = ("sqlalchemy", "sqlcipher3", "cryptography", "keyring", "reportlab", "PySide6.QtQml")


class Outside:
    """What bootstrap would do, written down."""

    def __init__(self) -> None:
        self.entrance = PretendEntrance(PRIYA)
        self.happened: list[str] = []
        self.fittings: Fittings | None = None

    def furnish(self, opened: object, fittings: Fittings) -> House:
        self.happened.append(f"furnish {opened}")
        self.fittings = fittings
        return House(
            screens=pretend_screens(),
            tasks=fittings.tasks,
            bus=fittings.bus,
            dialogs=FakeDialogs(),
            facts=pretend_facts,
            lock=fittings.lock,
            look=lambda name: fittings.dresser.change(look=name),
        )

    def close(self, opened: object) -> None:
        self.happened.append(f"close {opened}")

    def start(self, fittings: Fittings) -> QWidget:
        self.fittings = fittings
        return QWidget()

    def forgotten(self, fittings: Fittings, seat: str) -> QWidget:
        self.fittings = fittings
        self.happened.append(f"forgotten {seat}")
        return QWidget()

    def wiring(self, **more) -> Wiring:
        return Wiring(
            entrance=self.entrance,
            furnish=self.furnish,
            close=self.close,
            start=self.start,
            forgotten=self.forgotten,
            **more,
        )


@pytest.fixture
def outside():
    return Outside()


@pytest.fixture
def begin(qtbot, styled, outside):
    programs = []

    def make(**more) -> Program:
        program = Program(styled, outside.wiring(**more))
        programs.append(program)
        program.begin()
        program.unlock_window.begin()
        qtbot.waitUntil(program.tasks.is_idle)
        return program

    yield make
    for program in programs:
        styled.removeEventFilter(program.idle)
        program.stop()
        program.deleteLater()
        for window in (program.unlock_window, program.window, program._extra, program._crash_page):
            if window is not None:
                window.close()
                window.deleteLater()


def unlock(qtbot, program: Program) -> None:
    program.unlock_window.passphrase.edit.setText(PHRASE)
    program.unlock_window.passphrase.submitted.emit()
    qtbot.waitUntil(lambda: program.window is not None)
    qtbot.waitUntil(program.tasks.is_idle)


def test_starting_imports_nothing_heavy():
    code = f"import sys, schoolsafe.ui.app; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=50
    )
    assert done.stdout.strip() == "[]"


def test_the_window_is_painted_before_anybody_is_looked_for(qtbot, styled, outside):
    asked = []
    outside.entrance.seats = lambda: asked.append("seats") or ()
    program = Program(styled, outside.wiring())
    program.begin()
    assert asked == []
    qtbot.waitUntil(lambda: asked == ["seats"])
    qtbot.waitUntil(program.tasks.is_idle)
    program.stop()
    program.unlock_window.close()


def test_from_passphrase_to_today(begin, qtbot, outside):
    program = begin()
    unlock(qtbot, program)
    assert outside.happened == ["furnish vault of s1"]
    assert program.window.isVisible()
    assert program.window.windowTitle() == "Today - SchoolSafe"
    assert program.unlock_window is None


def test_lock_keeps_drafts_stops_the_worker_closes_the_vault_and_leaves(begin, qtbot, outside):
    program = begin()
    unlock(qtbot, program)
    today, ended = program.window.front(), []
    program.left.connect(lambda: ended.append(1))
    program.window.run("lock")
    assert outside.happened == ["furnish vault of s1", "close vault of s1"]
    assert today.times_left >= 1
    assert not program.window.isVisible()
    assert not program.tasks._worker.is_alive()
    assert ended == [1]
    program.lock()
    assert outside.happened.count("close vault of s1") == 1


def test_a_draft_asked_for_at_the_lock_is_kept_before_the_vault_closes(begin, qtbot, outside):
    program = begin()
    unlock(qtbot, program)
    kept = []
    today = program.window.front()
    today.left = lambda: program.tasks.query(lambda: kept.append(len(outside.happened)), print)
    program.lock()
    assert kept == [1]
    assert len(outside.happened) == 2


def test_a_worker_that_does_not_end_keeps_the_vault_and_the_lock_holds(
    begin, qtbot, outside, monkeypatch
):
    program = begin()
    unlock(qtbot, program)
    free, ended = threading.Event(), []
    program.left.connect(lambda: ended.append(1))
    program.tasks.query(free.wait, print)
    monkeypatch.setattr(tasks, "CLOSE_S", 0.01)
    program.lock()
    assert outside.happened == ["furnish vault of s1"], (
        "two threads in one connection wait for each other"
    )
    assert ended == [1]
    free.set()
    program.tasks._worker.join(10)


def test_idle_sleep_and_screen_lock_all_lock(begin, qtbot, outside):
    program = begin()
    unlock(qtbot, program)
    program.session.sleeping(True)
    assert outside.happened[-1] == "close vault of s1"


def test_nothing_locks_before_somebody_unlocked(begin, outside):
    program = begin()
    program.idle.expired.emit()
    assert outside.happened == []
    assert program.unlock_window.isVisible()


def test_a_second_screen_covers_at_once(begin, qtbot):
    program = begin()
    unlock(qtbot, program)
    QApplication.instance().screenAdded.emit(QGuiApplication.screens()[0])
    assert program.window.is_covered()
    assert "second screen" in program.window.cover_page.words.text()


def test_files_from_the_command_line_wait_for_the_passphrase(begin, qtbot):
    mail = Path("/srv/friday-night.eml")
    program = begin(files=(mail,))
    program.take_file(Path("/srv/saturday.eml"))
    unlock(qtbot, program)
    assert program.window.front().files == [(mail, Path("/srv/saturday.eml"))]
    program.take_file(Path("/srv/sunday.eml"))
    assert program.window.front().files[-1] == (Path("/srv/sunday.eml"),)


def test_first_run_and_recovery_have_windows_of_their_own(begin, qtbot, outside):
    program = begin()
    program.unlock_window.forgotten.emit("s1")
    assert outside.happened == ["forgotten s1"]
    assert program._extra.isVisible()
    assert not program.unlock_window.isVisible()
    outside.fittings.leave()
    assert program._extra is None
    assert program.unlock_window.isVisible()


def test_set_up_goes_on_into_the_window(begin, qtbot, outside):
    program = begin()
    program.unlock_window.start_wanted.emit()
    outside.fittings.enter("new vault")
    assert outside.happened == ["furnish new vault"]
    assert program.window.isVisible()


def test_the_demo_school_opens_in_a_process_of_its_own(begin, qtbot, tmp_path):
    note = tmp_path / "demo started"
    code = f"from pathlib import Path; Path({str(note)!r}).write_text('')"
    program = begin(demo=(sys.executable, "-c", code))
    window = program.unlock_window
    window.demo_button.click()
    assert "window of its own" in window.demo_note.text()
    assert not window.demo_button.isEnabled()
    qtbot.waitUntil(note.exists, timeout=10_000)
    assert program.unlock_window.isVisible()


def test_a_demo_school_that_does_not_start_is_said(begin, tmp_path):
    program = begin(demo=(str(tmp_path / "no such program"),))
    program.unlock_window.demo_button.click()
    assert "did not start" in program.unlock_window.demo_note.text()
    assert program.unlock_window.demo_button.isEnabled()


def test_without_a_demo_school_there_is_no_button(begin):
    assert not begin().unlock_window.demo_button.isVisible()


def test_a_policy_that_cannot_be_read_is_said_before_anybody_unlocks(begin):
    program = begin(policy=STRICTEST, policy_problem="The policy file has a bad value.")
    assert program.unlock_window.problem.isVisible()
    assert program.unlock_window.problem.words.text() == "The policy file has a bad value."


def test_it_may_lock_sooner_than_the_person_chose_and_never_later(begin, qtbot, outside):
    program = begin(appearance=Keeper(Appearance(idle_minutes=15)), policy=Policy(lock_minutes=3))
    assert program.idle.minutes() == 3
    unlock(qtbot, program)
    outside.fittings.dresser.change(idle_minutes=10)
    assert program.idle.minutes() == 3
    outside.fittings.dresser.change(idle_minutes=2)
    assert program.idle.minutes() == 2
    assert outside.fittings.policy == Policy(lock_minutes=3)


def test_a_data_folder_made_by_set_up_is_held_from_then_on(begin, qtbot, outside, tmp_path):
    home = tmp_path / "records"
    program = begin(folder=home)
    assert program.is_first()
    assert program.single is None
    program.unlock_window.start_wanted.emit()
    home.mkdir()
    outside.fittings.enter("new vault")
    second = Program(QApplication.instance(), Outside().wiring(folder=home))
    assert not second.is_first()
    second.stop()


def test_the_size_of_the_window_is_kept_and_nothing_else(begin, qtbot, tmp_path):
    ini = tmp_path / "window.ini"
    program = begin(window_file=ini)
    unlock(qtbot, program)
    program.window.resize(700, 520)
    program.lock()
    assert begin(window_file=ini).unlock_window.size() == QSize(700, 520)
    assert [line.partition("=")[0] for line in ini.read_text().splitlines() if line] == [
        "[window]",
        "maximized",
        "size",
    ]


def test_a_kept_size_never_leaves_the_screen_and_never_becomes_unusable(qapp):
    room = QGuiApplication.screens()[0].availableSize()
    assert fitting(QSize(20_000, 20_000)) == room
    assert fitting(QSize(3, 3)) == QSize(640, 480)


def test_a_folder_that_is_not_there_remembers_nothing(qtbot, styled, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    memory = WindowSize(tmp_path / "gone" / "window.ini")
    memory.keep(window)
    memory.apply(window)
    assert not (tmp_path / "gone").exists()


def test_a_failure_nobody_takes_is_shown_in_the_window(begin, qtbot):
    program = begin()
    unlock(qtbot, program)
    program.tasks.query(lambda: (_ for _ in ()).throw(Unavailable()), lambda _: None)
    qtbot.waitUntil(program.tasks.is_idle)
    assert program.window.problem.isVisible()


def test_a_crash_is_shown_from_any_thread(begin, qtbot):
    program = begin()
    program.show_crash("SchoolSafe 0.1.0")
    qtbot.waitUntil(lambda: program._crash_page is not None)
    assert program._crash_page.text.toPlainText() == "SchoolSafe 0.1.0"


def test_only_the_first_of_two_programs_goes_on(begin, qtbot, styled, outside, tmp_path):
    first = begin(folder=tmp_path)
    assert first.is_first()
    second = Program(styled, Outside().wiring(folder=tmp_path))
    with qtbot.waitSignal(first.single.raise_wanted):
        assert not second.is_first()
    second.stop()


# ---------------------------------------------------------------- appearance


class Keeper:
    def __init__(self, kept: Appearance) -> None:
        self.kept = kept

    def load(self) -> Appearance:
        return self.kept

    def save(self, appearance: Appearance) -> None:
        self.kept = appearance


def test_a_change_of_look_is_applied_and_kept(styled):
    keeper, minutes = Keeper(Appearance("dark", 120, 10)), []
    dresser = Dresser(styled, keeper)
    dresser.changed = lambda now: minutes.append(now.idle_minutes)
    dresser.dress()
    assert (style.current().name, style.current().percent) == ("dark", 120)
    dresser.change(look="contrast", idle_minutes=99)
    assert keeper.kept == Appearance("contrast", 120, 15)
    assert style.current().name == "contrast"
    dresser.change(percent=100)
    assert minutes == [15, 15]


@pytest.mark.parametrize(
    ("kept", "put_right"),
    [
        (Appearance("purple", 133, 0), Appearance("system", 100, 1)),
        (Appearance("light", 200, 600), Appearance("light", 200, 15)),
    ],
)
def test_a_hand_edited_file_cannot_switch_the_lock_off(kept, put_right):
    assert sound(kept) == put_right


# ---------------------------------------------------------------- idle, session, clipboard, Qt's words


def test_idle_minutes_are_one_to_fifteen(qapp):
    assert [allowed_minutes(n) for n in (-5, 0, 1, 5, 15, 60)] == [1, 1, 1, 5, 15, 15]
    lock = IdleLock()
    assert lock.minutes() == 5
    lock.set_minutes(0)
    assert lock.minutes() == 1


def test_a_key_puts_the_idle_lock_off_and_a_timer_event_does_not(qtbot, qapp):
    lock, started = IdleLock(), []
    lock._timer.start = lambda: started.append(1)
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    assert lock.eventFilter(lock, key) is False
    assert lock.eventFilter(lock, QEvent(QEvent.Type.Timer)) is False
    assert started == [1]
    with qtbot.waitSignal(lock.expired):
        lock._timer.timeout.emit()


def test_a_clock_that_jumped_means_the_computer_slept():
    assert not slept(wall_ms=15_400, counted_ms=15_000)
    assert slept(wall_ms=8 * 3_600_000, counted_ms=15_000)
    assert not slept(wall_ms=-3_600_000, counted_ms=15_000)


def test_the_session_watch_says_when_the_screen_was_locked(qtbot, qapp):
    watch = SessionWatch()
    with qtbot.waitSignal(watch.left):
        watch.screen_locked()
    with qtbot.assertNotEmitted(watch.left):
        watch.sleeping(False)
    window = QWidget()
    qtbot.addWidget(window)
    watch.start(window)
    watch._since_ms = 0
    with qtbot.waitSignal(watch.left):
        watch._look()
    with qtbot.assertNotEmitted(watch.left):
        watch._look()
    watch.stop()


def test_what_we_copy_leaves_the_clipboard(qapp, qtbot):
    clipboard, ours = QGuiApplication.clipboard(), True
    guard = ClipboardGuard(clipboard, lambda: ours)
    clipboard.setText("a child's words")
    assert guard.waiting()
    assert guard._timer.interval() == 15_000
    guard._timer.timeout.emit()
    assert clipboard.text() == ""
    assert not guard.waiting()
    ours = False
    clipboard.setText("somebody else's words")
    guard.empty()
    assert clipboard.text() == "somebody else's words"
    assert not is_marked(clipboard.mimeData())


def test_what_we_copy_asks_histories_not_to_keep_it(qapp):
    clipboard = QGuiApplication.clipboard()
    guard = ClipboardGuard(clipboard, lambda: True)
    clipboard.setText("a child's words")
    mime = clipboard.mimeData()
    assert is_marked(mime)
    assert mime.text() == "a child's words"
    windows_format = 'application/x-qt-windows-mime;value="{}"'
    for name in ("CanIncludeInClipboardHistory", "CanUploadToCloudClipboard"):
        assert bytes(mime.data(windows_format.format(name))) == bytes(4)
    assert bytes(mime.data("x-kde-passwordManagerHint")) == b"secret"
    guard.empty()
    assert clipboard.text() == ""


def test_qts_own_words_go_through_our_catalogue(qapp):
    from gettext import NullTranslations

    class Welsh(NullTranslations):
        def gettext(self, message: str) -> str:
            return {"Cancel": "Canslo"}.get(message, message)

    translator = GettextTranslator()
    install(Welsh())
    try:
        assert translator.translate("QPlatformTheme", "Cancel") == "Canslo"
        assert translator.translate("QPlatformTheme", b"Save") == ""
    finally:
        install(NullTranslations())
    assert not translator.isEmpty()
