"""A bug: say where, never what. The report has versions, types and module:line; no message, no locals, no paths.

The draft is already kept. Nothing is sent; a person may copy or save the report.
"""

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final

import PySide6
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from schoolsafe import __version__
from schoolsafe.ui.seams import Dialogs
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.fields import LongText
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.layout import col
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _

log = logging.getLogger(__name__)

OURS: Final = "schoolsafe"
DEEPEST: Final = 12


def _module_of(file: str) -> str:
    """A module's dotted name without any folder of this computer."""
    parts = list(Path(file).with_suffix("").parts)
    for root in (OURS, "site-packages", "PySide6"):
        if root in parts:
            cut = len(parts) - 1 - parts[::-1].index(root)
            kept = parts[cut + (root == "site-packages") :]
            return ".".join(kept)
    return parts[-1] if parts else "?"


def _places(tb: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(tb)
    return [f"{_module_of(frame.filename)}:{frame.lineno}" for frame in frames]


def report(error: BaseException) -> str:
    """Versions, exception types and where, innermost last; causes first."""
    lines = [
        f"SchoolSafe {__version__}",
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}",
        f"{platform.system()} {platform.machine()}",
    ]
    chain: list[BaseException] = []
    now: BaseException | None = error
    while now is not None and len(chain) < DEEPEST:
        chain.append(now)
        now = now.__cause__ or now.__context__
    for one in reversed(chain):
        lines += ["", f"{type(one).__module__}.{type(one).__qualname__}"]
        lines += [f"  {place}" for place in _places(one.__traceback__)]
    return "\n".join(lines)


class CrashPage(QWidget):
    """All of the report, Copy and Save."""

    def __init__(
        self,
        words: str,
        *,
        dialogs: Dialogs | None = None,
        save: Callable[[Path, bytes], None] | None = None,
    ) -> None:
        """The page.

        Args:
            words: the report.
            dialogs: asks where to save.
            save: writes a file; without it there is no Save.
        """
        super().__init__()
        self.setObjectName("root")
        self.setWindowTitle(_("SchoolSafe stopped - SchoolSafe"))
        self._dialogs, self._save, self._words = dialogs, save, words
        heading = PlainLabel(_("Something in SchoolSafe went wrong"), "h1", wrap=True)
        kept = PlainLabel(
            _(
                "What you saved is safe, and what you were writing was kept as a draft. "
                "This report says where the program failed. It holds nobody's name and nothing you wrote."
            ),
            wrap=True,
        )
        self.text = LongText(words, spoken=_("Report"), lines=10, object_name="report")
        self.text.setReadOnly(True)
        self.text.setMaximumHeight(16_777_215)
        self.copy = button(_("Copy"), icon="copy", object_name="copy-report")
        self.keep = button(_("Save"), icon="download", object_name="save-report")
        self.keep.setVisible(save is not None and dialogs is not None)
        self.leave = button(_("Close"), kind="primary", object_name="close-report")
        self.copy.clicked.connect(self._copy)
        self.keep.clicked.connect(self._ask)
        self.leave.clicked.connect(self.close)
        foot = flow(self.leave, self.copy, self.keep)
        self.setLayout(
            col(heading, kept, (self.text, 1), foot, margins=(24, 20, 24, 20), spacing=12)
        )
        self.resize(720, 520)
        self.leave.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._words)

    def _ask(self) -> None:
        if self._dialogs is None or self._save is None:
            return
        path = self._dialogs.save_file(_("Save the report"), "schoolsafe-report.txt")
        if path is not None:
            self._save(path, self._words.encode())


class CrashGuard:
    """Catches what nobody caught, on every thread, and Qt's own complaints."""

    def __init__(self, show: Callable[[str], None]) -> None:
        """Not yet on guard.

        Args:
            show: gets each report, on the thread that failed.
        """
        self._show = show
        self._busy = False

    def install(self) -> None:
        """On guard for the rest of the process."""
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread
        qInstallMessageHandler(self._qt_said)

    def uninstall(self) -> None:
        """Back to Python's and Qt's own."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    def caught(self, error: BaseException) -> None:
        """One failure. A failure while showing one is only logged."""
        if isinstance(error, KeyboardInterrupt):
            QGuiApplication.quit()
            return
        log.error("unexpected %s", type(error).__qualname__)
        if self._busy:
            return
        self._busy = True
        try:
            self._show(report(error))
        finally:
            self._busy = False

    def _caught(
        self, _kind: type[BaseException], error: BaseException, _tb: TracebackType | None
    ) -> None:
        self.caught(error)

    def _caught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.caught(args.exc_value)

    @staticmethod
    def _qt_said(kind: QtMsgType, context: QMessageLogContext, _words: str) -> None:
        if kind != QtMsgType.QtDebugMsg:  # the words may quote what a person typed
            log.warning("Qt %s in %s", kind.name, context.category)
