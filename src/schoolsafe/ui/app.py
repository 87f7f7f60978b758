"""The running program: from the unlock screen to the window and back to a new process.

Imports widgets only, so that the unlock screen is painted before anything heavy is loaded. What it works with is made
by ``bootstrap`` and handed over as a Wiring.
"""

import faulthandler
import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QProcess, Qt, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from schoolsafe.errors import SchoolSafeError
from schoolsafe.ui.appearance import AppearanceKeeper, Dresser
from schoolsafe.ui.clipboard import ClipboardGuard
from schoolsafe.ui.crash import CrashGuard, CrashPage
from schoolsafe.ui.dialogs import SystemDialogs
from schoolsafe.ui.house import House
from schoolsafe.ui.idle import IdleLock
from schoolsafe.ui.qt_words import GettextTranslator
from schoolsafe.ui.screens.unlock.view import UnlockWindow
from schoolsafe.ui.seams import Bus, Dialogs, Entrance
from schoolsafe.ui.session import SessionWatch
from schoolsafe.ui.single import SingleInstance
from schoolsafe.ui.tasks import Tasks
from schoolsafe.words import _

if TYPE_CHECKING:
    from schoolsafe.ui.shell import MainWindow

log = logging.getLogger(__name__)

APP_ID: Final = "uk.org.schoolsafe.SchoolSafe"
SIZE: Final = (1440, 900)


@dataclass(frozen=True, slots=True)
class Fittings:
    """What bootstrap may use to furnish screens."""

    tasks: Tasks
    bus: Bus
    dialogs: Dialogs
    dresser: Dresser
    lock: Callable[[], None]
    enter: Callable[[object], None]
    """Goes on with an open vault: after set-up or recovery."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """Everything the window needs from outside."""

    entrance: Entrance
    furnish: Callable[[object, Fittings], House]
    """From what the entrance opened to a house."""
    close: Callable[[object], None]
    """Settles anchors and closes the vault; called once nothing is under way."""
    again: Sequence[str] = ()
    """The command that starts this program anew; empty starts none."""
    folder: Path | None = None
    """The data folder, for the single instance; it must exist."""
    appearance: AppearanceKeeper | None = None
    start: Callable[[Fittings], QWidget] | None = None
    """The first-run window."""
    forgotten: Callable[[Fittings, str], QWidget] | None = None
    """The recovery window, for one login."""
    demo: Callable[[], None] | None = None
    """Opens the demo school."""
    write: Callable[[Path, bytes], None] | None = None
    """Writes a crash report where a person chose."""
    fault_log: IO[str] | None = None
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
        self.dresser = Dresser(app, wiring.appearance)
        self.dresser.dress()
        self.bus = Bus()
        self.dialogs = SystemDialogs()
        self.tasks = Tasks(self.bus, self._failed)
        self.clipboard = ClipboardGuard(QGuiApplication.clipboard())
        self.idle = IdleLock(self.dresser.now.idle_minutes)
        self.dresser.idle_changed = self.idle.set_minutes
        self.session = SessionWatch()
        self.single = SingleInstance(wiring.folder) if wiring.folder is not None else None
        self._connect()

    def _connect(self) -> None:
        self.crashed.connect(self._show_crash, Qt.ConnectionType.QueuedConnection)
        self.idle.expired.connect(self.lock)
        self.session.left.connect(self.lock)
        self._app.screenAdded.connect(self._screen_added)
        if self.single is not None:
            self.single.raise_wanted.connect(self.raise_window)
            self.single.file_handed.connect(self.take_file)

    @property
    def opened(self) -> object | None:
        """What the entrance opened, unread; None while locked."""
        return self._opened

    def is_first(self) -> bool:
        """False if another one runs; it was told, and this one should leave."""
        return self.single is None or self.single.take(next(iter(self._waiting), None))

    def begin(self) -> None:
        """Shows the unlock screen."""
        made = UnlockWindow(self._wiring.entrance, self.tasks)
        made.unlocked.connect(self.enter)
        made.start_wanted.connect(self._start)
        made.forgotten.connect(self._forgotten)
        made.demo_wanted.connect(self._demo)
        made.demo_button.setEnabled(self._wiring.demo is not None)
        made.resize(*self._size())
        self.dialogs.set_parent(made)
        self.unlock_window = made
        made.show()

    def enter(self, opened: object) -> None:
        """The vault is open: the window, with whatever file was waiting."""
        # 50 ms that the unlock screen does not wait for
        from schoolsafe.ui.shell import MainWindow  # noqa: PLC0415

        self._opened = opened
        house = self._wiring.furnish(opened, self._fittings())
        self.window = MainWindow(house)
        self.window.resize(*self._size())
        self.dialogs.set_parent(self.window)
        self.window.show()
        for old in (self.unlock_window, self._extra):
            if old is not None:
                old.close()
                old.deleteLater()
        self.unlock_window = self._extra = None
        self._app.installEventFilter(self.idle)
        self.session.start()
        waiting, self._waiting = tuple(self._waiting), []
        self.window.take_files(waiting)

    def lock(self) -> None:
        """Ends this process and starts a new one: Python cannot wipe a passphrase, a new process has none."""
        if self._opened is None or self._locked:
            return
        self._locked = True
        if self.window is not None:
            self.window.stage.keep_drafts()
            self.window.hide()
        self.clipboard.empty()
        self.tasks.close()
        self._wiring.close(self._opened)
        self._opened = None
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
        self.clipboard.empty()
        self.tasks.close()
        if self._opened is not None:
            self._wiring.close(self._opened)
            self._opened = None
        if self.single is not None:
            self.single.release()

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
            self.tasks, self.bus, self.dialogs, self.dresser, lock=self.lock, enter=self.enter
        )

    def _size(self) -> tuple[int, int]:
        screens = QGuiApplication.screens()
        if not screens:
            return SIZE
        room = screens[0].availableSize()
        return min(SIZE[0], room.width()), min(SIZE[1], room.height())

    def _replace(self, made: QWidget) -> None:
        self._extra = made
        made.resize(*self._size())
        self.dialogs.set_parent(made)
        made.show()
        if self.unlock_window is not None:
            self.unlock_window.hide()

    def _start(self) -> None:
        if self._wiring.start is not None:
            self._replace(self._wiring.start(self._fittings()))

    def _forgotten(self, seat: str) -> None:
        if self._wiring.forgotten is not None:
            self._replace(self._wiring.forgotten(self._fittings(), seat))

    def _demo(self) -> None:
        if self._wiring.demo is not None:
            self._wiring.demo()

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
        again = list(self._wiring.again)
        if again:
            QProcess.startDetached(again[0], again[1:])
        self.left.emit()


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
    if wiring.fault_log is not None:
        faulthandler.enable(wiring.fault_log)
    app = make_app(argv or sys.argv)
    program = Program(app, wiring)
    guard = CrashGuard(program.show_crash)
    guard.install()
    if not program.is_first():
        program.tasks.close()
        return 0
    program.left.connect(lambda: app.exit(0))
    program.begin()
    code = program.run()
    guard.uninstall()
    return code
