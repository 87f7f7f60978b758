"""Paper: preview, print and save of our own pages; a job name that says what, never whose."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QPushButton

from schoolsafe.errors import Unavailable
from schoolsafe.reports.picture import png
from schoolsafe.ui.paper import PaperDesk


class DiskFullError(Unavailable):
    """The disk is full."""


def one_page(_pdf: bytes, *, dpi: int) -> tuple[bytes, ...]:
    return (png(dpi, dpi, b"\xff\xff\xff" * dpi * dpi),)


@pytest.fixture
def saved():
    return {}


@pytest.fixture
def desk(styled, dialogs, saved):
    return PaperDesk(
        pictures=one_page, write=saved.__setitem__, dialogs=dialogs, printer=lambda: None
    )


def press(*names: str) -> None:
    """Presses buttons of the preview once it is open, one after another."""
    left = list(names)

    def go() -> None:
        window = QApplication.activeModalWidget()
        assert window is not None
        if len(left) > 1:
            QTimer.singleShot(0, go)
        window.findChild(QPushButton, left.pop(0)).click()

    QTimer.singleShot(0, go)


def test_turning_back_prints_and_saves_nothing(desk, saved):
    press("preview-back")
    assert desk.hand_over("Told slip", b"%PDF") is False
    assert saved == {}


def test_a_page_is_saved_under_a_name_that_holds_nobodys_name(desk, dialogs, saved, tmp_path):
    dialogs.will_save(tmp_path / "slip.pdf")
    press("preview-save")
    assert desk.hand_over("Told slip", b"%PDF") is True
    assert saved == {tmp_path / "slip.pdf": b"%PDF"}
    assert dialogs.asked[0][2] == "schoolsafe.pdf"


def test_a_failed_save_is_said_and_the_page_stays(styled, dialogs, tmp_path):
    def full(_path: Path, _data: bytes) -> None:
        raise DiskFullError

    desk = PaperDesk(pictures=one_page, write=full, dialogs=dialogs, printer=lambda: None)
    dialogs.will_save(tmp_path / "slip.pdf")
    press("preview-save", "preview-back")
    assert desk.hand_over("Told slip", b"%PDF") is False


def test_what_was_read_already_goes_to_the_usual_printer_at_once(styled, dialogs, tmp_path):
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    desk = PaperDesk(
        pictures=one_page, write=lambda _p, _d: None, dialogs=dialogs, printer=lambda: printer
    )
    assert desk.hand_over("Told slip", b"%PDF", seen=True) is True
    assert printer.docName() == "Told slip"
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
