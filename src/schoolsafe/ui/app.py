"""The running program: from the unlock screen to the window and back to a new process.

Imports widgets only, so that the unlock screen is painted before anything heavy is loaded. What it works with is made
by ``bootstrap`` and handed over as a Wiring.
"""

import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QProcess, Qt, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.policy import Policy
from schoolsafe.ui import windows
from schoolsafe.ui.appearance import Appearance, AppearanceKeeper, Dresser
from schoolsafe.ui.clipboard import ClipboardGuard
from schoolsafe.ui.collector import MainThreadCollector
from schoolsafe.ui.crash import CrashGuard, CrashPage
from schoolsafe.ui.dialogs import SystemDialogs
from schoolsafe.ui.idle import IdleLock
from schoolsafe.ui.qt_words import GettextTranslator
from schoolsafe.ui.screens.unlock.view import UnlockWindow
from schoolsafe.ui.seams import Bus, Dialogs, Entrance
from schoolsafe.ui.session import SessionWatch
from schoolsafe.ui.single import SingleInstance
from schoolsafe.ui.tasks import Tasks
from schoolsafe.ui.window_size import WindowSize
from schoolsafe.words import _

if TYPE_CHECKING:
    from schoolsafe.ui.house import House
    from schoolsafe.ui.shell import MainWindow

log = logging.getLogger(__name__)

APP_ID: Final = "uk.org.schoolsafe.SchoolSafe"
ERRAND_S: Final = 1.0
"""Longest wait at a lock for a look that was ended: it holds nothing anybody saved."""


@dataclass(frozen=True, slots=True)
class Fittings:
    """What bootstrap may use to furnish screens."""

    tasks: Tasks
    errands: Tasks
    """A worker that never touches the vault: what it runs may take minutes."""
    post: Tasks
    """Another, for the relay alone: a share that hangs must not hold up the mail."""
    bus: Bus
    dialogs: Dialogs
    dresser: Dresser
    lock: Callable[[], None]
    enter: Callable[[object], None]
    """Goes on with an open vault: after set-up or recovery."""
    leave: Callable[[], None]
    """Back to the unlock screen: from set-up or recovery."""
    demo: Callable[[], bool]
    """Opens the demo school in a window of its own; False where it cannot be started."""
    policy: Policy
    """What the school's IT has fixed."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """Everything the window needs from outside."""

    entrance: Entrance
    furnish: "Callable[[object, Fittings], House]"
    """From what the entrance opened to a house."""
    close: Callable[[object], None]
    """Settles anchors and closes the vault; called once nothing is under way."""
    again: Sequence[str] = ()
    """The command that starts this program anew; empty starts none."""
    folder: Path | None = None
    """The data folder, for the single instance; once it exists."""
    window_file: Path | None = None
    """Where the window's size is kept: an ini file."""
    policy: Policy = field(default_factory=Policy)
    policy_problem: str = ""
    """Why what IT has fixed cannot be read; the stricter of everything holds then."""
    appearance: AppearanceKeeper | None = None
    start: Callable[[Fittings], QWidget] | None = None
    """The first-run window."""
    forgotten: Callable[[Fittings, str], QWidget] | None = None
    """The recovery window, for one login."""
    demo: Sequence[str] = ()
    """The command that opens the demo school; empty offers none."""
    write: Callable[[Path, bytes], None] | None = None
    """Writes a crash report where a person chose."""
    files: tuple[Path, ...] = field(default=())
    """Files named on the command line; shown once somebody unlocked."""


class Program(QObject):
    """One run, from unlock to lock."""

    crashed = Signal(str)
    """A report, possibly from another thread."""
    left = Signal()
    """Locked: the next process is starting, this one should end."""

    def __init__(self, app: QApplication, wiring: Wiring) -> None:
        super().__init__()
        self._app, self._wiring = app, wiring
        self._opened: object | None = None
        self._waiting = list(wiring.files)
        self._locked = False
        self.unlock_window: UnlockWindow | None = None
        self.window: MainWindow | None = None
        self._extra: QWidget | None = None
        self._crash_page: CrashPage | None = None
        self.dresser = Dresser(app, wiring.appearance, most_minutes=wiring.policy.most_minutes)
        self.dresser.dress()
        self._size = WindowSize(wiring.window_file)
        self.bus = Bus()
        self.dialogs = SystemDialogs()
        self.collector = MainThreadCollector(self)
        self.tasks = Tasks(self.bus, self._failed)
        self.errands = Tasks(self.bus, self._failed, name="errands")
        self.post = Tasks(self.bus, self._failed, name="post")
        self._house: House | None = None
        self.clipboard = ClipboardGuard(QGuiApplication.clipboard())
        self.idle = IdleLock(self.dresser.now.idle_minutes)
        self.dresser.changed = self._dressed
        self.session = SessionWatch()
        self.single: SingleInstance | None = None
        self._connect()

    def _connect(self) -> None:
        self.crashed.connect(self._show_crash, Qt.ConnectionType.QueuedConnection)
        self.idle.expired.connect(self.lock)
        self.session.left.connect(self.lock)
        self._app.screenAdded.connect(self._screen_added)

    @property
    def opened(self) -> object | None:
        """What the entrance opened, unread; None while locked."""
        return self._opened

    def is_first(self) -> bool:
        """False if another one runs; it was told, and this one should leave.

        A data folder that is not there yet has nobody in it: set-up makes it, and then this one holds it.
        """
        folder = self._wiring.folder
        if self.single is None and folder is not None and folder.is_dir():
            self.single = SingleInstance(folder)
            self.single.raise_wanted.connect(self.raise_window)
            self.single.file_handed.connect(self.take_file)
            first = self.single.hold(next(iter(self._waiting), None))
            if first and (self.unlock_window or self.window) is not None:
                self.single.listen()  # else once the window is painted
            return first
        return True

    def begin(self) -> None:
        """Shows the unlock screen."""
        made = UnlockWindow(self._wiring.entrance, self.tasks)
        made.unlocked.connect(self.enter)
        made.start_wanted.connect(self._start)
        made.forgotten.connect(self._forgotten)
        made.demo_wanted.connect(self._demo)
        made.demo_button.setVisible(bool(self._wiring.demo))
        if self._wiring.policy_problem:
            made.show_problem(self._wiring.policy_problem)
        self.unlock_window = made
        made.begun.connect(self._listen)
        self._put_up(made)

    def enter(self, opened: object) -> None:
        """The vault is open: the window, with whatever file was waiting."""
        # 50 ms that the unlock screen does not wait for
        from schoolsafe.ui.shell import MainWindow  # noqa: PLC0415

        self._opened = opened
        self._house = house = self._wiring.furnish(opened, self._fittings())
        self.window = MainWindow(house)
        self._put_up(self.window)
        self.is_first()
        for old in (self.unlock_window, self._extra):
            if old is not None:
                old.close()
                old.deleteLater()
        self.unlock_window = self._extra = None
        self._app.installEventFilter(self.idle)
        self.session.start(self.window)
        waiting, self._waiting = tuple(self._waiting), []
        self.window.take_files(waiting)

    def lock(self) -> None:
        """Ends this process and starts a new one: Python cannot wipe a passphrase, a new process has none."""
        if self._opened is None or self._locked:
            return
        self._locked = True
        if self.window is not None:
            self._size.keep(self.window)
            self.window.stage.keep_drafts()
            self.window.hide()
        self._let_go()
        self._leave()

    def run(self) -> int:
        """Until the last window closes or somebody locks; the exit code."""
        code = self._app.exec()
        self.stop()
        return code

    def stop(self) -> None:
        """The last window was closed: the same without a new process."""
        if self._locked:
            return
        self._locked = True
        if self.window is not None:
            self._size.keep(self.window)
        self.session.stop()
        self._let_go()
        if self.single is not None:
            self.single.release()

    def _let_go(self) -> None:
        """Ends the worker, then closes what it worked on.

        A worker that does not end keeps the vault: two threads in one connection wait for each other for ever (seen).
        What was saved is in the log and durable; the next start settles the rest.
        """
        self.clipboard.empty()
        if self._house is not None and self._house.mail is not None:
            self._house.mail.stop()
        self.errands.close(ERRAND_S)
        self.post.close(ERRAND_S)
        ended = self.tasks.close()
        self.collector.stop()
        if ended and self._opened is not None:
            self._wiring.close(self._opened)
        self._opened = None

    def raise_window(self) -> None:
        """A second start: bring this one to the front."""
        window = self.window or self._extra or self.unlock_window
        if window is not None:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.show()
            window.raise_()
            window.activateWindow()

    def take_file(self, path: Path) -> None:
        """A file from a second start: now if somebody unlocked, else once they do."""
        self.raise_window()
        if self.window is not None:
            self.window.take_files((path,))
        else:
            self._waiting.append(path)

    def show_crash(self, words: str) -> None:
        """From any thread."""
        self.crashed.emit(words)

    # ------------------------------------------------------------------ inside

    def _fittings(self) -> Fittings:
        return Fittings(
            self.tasks,
            self.errands,
            self.post,
            self.bus,
            self.dialogs,
            self.dresser,
            lock=self.lock,
            enter=self.enter,
            leave=self._back_to_unlock,
            demo=self.open_demo,
            policy=self._wiring.policy,
        )

    def _put_up(self, made: QWidget) -> None:
        self._size.apply(made)
        self.dialogs.set_parent(made)
        made.show()
        self._hide_from_capture(made)

    def _listen(self) -> None:
        if self.single is not None:
            self.single.listen()

    def _hide_from_capture(self, window: QWidget) -> None:
        api, hidden = windows.user32(), self.dresser.now.hide_from_capture
        windows.hide_from_capture(api, int(window.winId()), hidden=hidden)

    def _dressed(self, now: Appearance) -> None:
        self.idle.set_minutes(now.idle_minutes)
        if self.window is not None:
            self._hide_from_capture(self.window)

    def _replace(self, made: QWidget) -> None:
        self._extra = made
        self._put_up(made)
        if self.unlock_window is not None:
            self.unlock_window.hide()

    def _back_to_unlock(self) -> None:
        old, self._extra = self._extra, None
        if self.unlock_window is not None:
            self.dialogs.set_parent(self.unlock_window)
            self.unlock_window.show()
            self.unlock_window.presenter.start()
        if old is not None:
            old.close()
            old.deleteLater()

    def _start(self) -> None:
        if self._wiring.start is not None:
            self._replace(self._wiring.start(self._fittings()))

    def _forgotten(self, seat: str) -> None:
        if self._wiring.forgotten is not None:
            self._replace(self._wiring.forgotten(self._fittings(), seat))

    def open_demo(self) -> bool:
        """Starts the demo school in a process of its own; this one goes on."""
        return bool(self._wiring.demo) and started(self._wiring.demo)

    def _demo(self) -> None:
        if self.unlock_window is not None:
            self.unlock_window.show_demo(started=self.open_demo())

    def _failed(self, error: SchoolSafeError) -> None:
        if self.window is not None:
            self.window.show_problem(error)
        elif self.unlock_window is not None:
            self.unlock_window.show_problem(str(error))

    def _screen_added(self, _screen: QScreen) -> None:
        if self.window is not None:
            self.window.cover(why=_("A second screen appeared, so this one is covered."))

    def _show_crash(self, words: str) -> None:
        page = CrashPage(words, dialogs=self.dialogs, save=self._wiring.write)
        self._crash_page = page
        page.show()

    def _leave(self) -> None:
        if self.single is not None:
            self.single.release()
        if self._wiring.again:
            started(self._wiring.again)
        self.left.emit()


def started(command: Sequence[str]) -> bool:
    """Starts a program that outlives this one; False where the system would not."""
    program, *arguments = command
    done, _process_id = QProcess.startDetached(program, arguments, "")
    if not done:
        log.error("a program would not start")
    return done


def make_app(argv: Sequence[str]) -> QApplication:
    """The application with our names, the system's font and Qt's own words in our language."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    app = QApplication(list(argv[:1]))
    app.setApplicationName("SchoolSafe")
    app.setApplicationDisplayName("")  # titles already end in it
    app.setDesktopFileName(APP_ID)
    translator = GettextTranslator(app)
    app.installTranslator(translator)
    return app


def run(wiring: Wiring, argv: Sequence[str] = ()) -> int:
    """Runs until the last window closes or somebody locks; the exit code."""
    app = make_app(argv or sys.argv)
    program = Program(app, wiring)
    guard = CrashGuard(program.show_crash)
    guard.install()
    if not program.is_first():
        program.tasks.close()
        program.errands.close()
        program.post.close()
        return 0
    program.left.connect(lambda: app.exit(0))
    program.begin()
    code = program.run()
    guard.uninstall()
    return code
