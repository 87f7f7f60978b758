"""Paper: the pages of our own making as pictures, printed or saved. Never a received file.

Preview and print use the same pictures, so no viewer is needed and what was read is what comes out.
The print job is named after what it is, never after whom. Left to others: making the page (reports),
the audit row before it (services).
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from schoolsafe.errors import SchoolSafeError
from schoolsafe.ui.seams import Dialogs, FileKind
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.layout import Part, box, col, row, scroll
from schoolsafe.ui.widgets.plain_label import PlainLabel, picture
from schoolsafe.words import _

SCREEN_DPI: Final = 110
PRINT_DPI: Final = 200
WIDE: Final = 720
TALL: Final = 640


class Pictures(Protocol):
    """Pages as PNG pictures."""

    def __call__(self, pdf: bytes, *, dpi: int) -> tuple[bytes, ...]:
        """Each page at that many dots an inch."""
        ...


class PaperDesk:
    """Where a page goes."""

    def __init__(
        self,
        *,
        pictures: Pictures,
        write: Callable[[Path, bytes], None],
        dialogs: Dialogs,
        printer: Callable[[], QPrinter | None] | None = None,
    ) -> None:
        """The desk.

        Args:
            pictures: makes pictures of our own pages.
            write: writes a new file, never half of one.
            dialogs: asks where to save.
            printer: the printer that is used without asking; None takes the computer's own.
        """
        self._pictures, self._write, self._dialogs = pictures, write, dialogs
        self._printer = printer or usual_printer

    def hand_over(self, title: str, pdf: bytes, *, seen: bool = False) -> bool:
        """Prints at once what a person has read already; shows anything else first."""
        if seen:
            printer = self._printer()
            if printer is not None:
                return self.draw(printer, title, pdf)
        preview = Preview(title, self._pictures(pdf, dpi=SCREEN_DPI), QApplication.activeWindow())
        done = False
        while not done:
            preview.wanted = ""
            preview.exec()
            if preview.wanted == "print":
                done = self._ask_printer(preview, title, pdf)
            elif preview.wanted == "save":
                done = self._save(preview, pdf)
            else:
                return False
        return True

    def draw(self, printer: QPrinter, title: str, pdf: bytes) -> bool:
        """Draws every page at its own size; False if the printer would not begin."""
        printer.setDocName(title)
        printer.setFullPage(True)
        painter = QPainter()
        if not painter.begin(printer):
            return False
        for n, data in enumerate(self._pictures(pdf, dpi=PRINT_DPI)):
            if n:
                printer.newPage()
            image = QImage.fromData(data)
            size = QSize(image.size()) * (printer.resolution() / PRINT_DPI)
            painter.drawImage(QRect(QPoint(0, 0), size), image)
        painter.end()
        return True

    def _ask_printer(self, over: QWidget, title: str, pdf: bytes) -> bool:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        asked = QPrintDialog(printer, over)
        return asked.exec() == QDialog.DialogCode.Accepted and self.draw(printer, title, pdf)

    def _save(self, preview: "Preview", pdf: bytes) -> bool:
        kinds = (FileKind(_("PDF files"), ("*.pdf",)),)
        path = self._dialogs.save_file(_("Save this page"), "schoolsafe.pdf", kinds)
        if path is None:
            return False
        try:
            self._write(path, pdf)
        except SchoolSafeError as failed:
            preview.say(str(failed))
            return False
        return True


def usual_printer() -> QPrinter | None:
    """The printer this computer prints on when nobody chooses, or None."""
    info = QPrinterInfo.defaultPrinter()
    return None if info.isNull() else QPrinter(info, QPrinter.PrinterMode.HighResolution)


class Preview(QDialog):
    """The pages, and what to do with them. Enter prints."""

    def __init__(self, title: str, pages: Sequence[bytes], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("preview")
        self.setWindowTitle(_("{screen} - SchoolSafe").format(screen=title))
        self.wanted = ""
        self.problem = PlainLabel("", "danger", wrap=True, object_name="preview-problem")
        self.problem.hide()
        shown: list[Part] = []
        for n, data in enumerate(pages, 1):
            page = QPixmap()
            page.loadFromData(data)
            room = style.scale(WIDE) - style.scale(80)
            fitted = page.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
            spoken = _("Page {n} of {all}").format(n=n, all=len(pages))
            shown.append(box(col(picture(fitted, spoken=spoken)), panel="plain"))
        back = button(_("Back"), object_name="preview-back")
        save = button(_("Save as PDF"), icon="download", object_name="preview-save")
        self.print_button = button(
            _("Print"), kind="primary", icon="printer", object_name="preview-print"
        )
        self.print_button.setAutoDefault(True)
        back.clicked.connect(self.reject)
        save.clicked.connect(lambda: self._done("save"))
        self.print_button.clicked.connect(lambda: self._done("print"))
        foot = col(self.problem, row(None, back, save, self.print_button), margins=(24, 10, 24, 12))
        page_list = scroll(col(*shown, None, margins=(24, 16, 24, 16), spacing=16))
        self.setLayout(col((page_list, 1), box(foot, object_name="footbar"), spacing=0))
        self.resize(style.scale(WIDE), style.scale(TALL))
        self.print_button.setFocus()

    def say(self, words: str) -> None:
        """Why it could not be saved."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _done(self, what: str) -> None:
        self.wanted = what
        self.accept()
