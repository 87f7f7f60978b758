"""Mail that mail programs hand over, words that are pasted, folders, scans; and a notice that is none."""

import io
import struct
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from renderings.pdf_file import scan_picture
from schoolsafe.ui import mail_formats
from schoolsafe.ui.widgets.drop_zone import brought_in, files_in
from schoolsafe.ui.widgets.page_picture import PagePicture
from ui.day_window import make_day, open_day
from ui.morning import draft, line, notice

__all__ = ["make_day", "open_day"]

KAI = draft(notice(line("Kai", "Mensah", date(2015, 11, 2))))
NOTICE = b"Kai Mensah was at home"


def group(*names: str) -> bytes:
    """A list of promised files as Windows lays it out."""
    entries = (
        struct.pack("<I68x", 0x40) + name.encode("utf-16-le").ljust(520, b"\0")[:520]
        for name in names
    )
    return struct.pack("<I", len(names)) + b"".join(entries)


def mime(**formats: bytes) -> QMimeData:
    data = QMimeData()
    for kind, value in formats.items():
        data.setData(kind, value)
    return data


def offered(names: tuple[str, ...], *contents: bytes) -> QMimeData:
    """What Outlook classic hands over."""
    data = QMimeData()
    data.setData(mail_formats.GROUP, group(*names))
    for number, content in enumerate(contents):
        data.setData(f"{mail_formats.CONTENTS};index={number}", content)
    return data


def drop(window: QWidget, data: QMimeData) -> None:
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(9, 9), copy, data, left, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), copy, data, left, none))


def picture() -> bytes:
    made = io.BytesIO()
    scan_picture("Operation Encompass\nChild: Kai MENSAH", (620, 877)).save(made, "PNG")
    return made.getvalue()


# what is handed over ------------------------------------------------------------------------------------


def test_names_of_promised_files_are_read_and_are_no_paths():
    assert mail_formats.promised(group("FW Notice.msg", "..\\..\\x.msg")) == (
        "FW Notice.msg",
        "x.msg",
    )
    assert len(group("a")) == 4 + 592


@pytest.mark.parametrize(
    "data",
    [b"", b"\1", b"\xff\xff\xff\xff", group("a")[:300], struct.pack("<I", 2) + b"\0" * 400],
)
def test_a_broken_list_promises_nothing(data):
    assert mail_formats.promised(data) == ()


def test_more_files_are_promised_than_handed_over():
    assert brought_in(offered(("a.msg", "b.msg"), b"first")) == (("a.msg", b"first"),)
    assert brought_in(offered(("a.msg", "b.msg"), b"1", b"2")) == (("a.msg", b"1"), ("b.msg", b"2"))


def test_the_first_file_comes_without_a_number_too():
    data = QMimeData()
    data.setData(mail_formats.GROUP, group("a.msg"))
    data.setData(mail_formats.CONTENTS, b"whole")
    assert brought_in(data) == (("a.msg", b"whole"),)


def test_a_message_or_words_count_and_a_link_does_not():
    assert brought_in(mime(**{"message/rfc822": b"From: a"})) == (("pasted", b"From: a"),)
    words = QMimeData()
    words.setText("Child: Kai Mensah, 02/11/2015")
    assert brought_in(words) == (("pasted", b"Child: Kai Mensah, 02/11/2015"),)
    link = QMimeData()
    link.setUrls([QUrl("https://example.org/x.png")])
    link.setText("https://example.org/x.png and more words")
    assert brought_in(link) == ()
    assert files_in(link) == ()
    assert brought_in(mime(**{"image/png": b"\x89PNG"})) == (("pasted", b"\x89PNG"),)
    assert brought_in(QMimeData()) == ()


# on the window ------------------------------------------------------------------------------------------


@pytest.fixture
def quiet(make_day):
    morning = make_day(mails=False, history=False)
    morning.intake.mails[NOTICE] = KAI
    return morning


def test_a_message_dragged_from_outlook_comes_in_front(open_day, quiet):
    day = open_day(quiet)
    drop(day.window, offered(("Notice.msg",), NOTICE))
    assert day.heading() == "Kai Mensah"


def test_an_empty_drop_from_outlook_says_what_to_do(open_day, quiet):
    day = open_day(quiet)
    drop(day.window, offered(("Notice.msg",)))
    assert day.toast() == (
        "Outlook did not hand over the message. Choose Save as in Outlook, then drop the file."
    )


def test_ctrl_shift_v_takes_in_the_words_that_were_copied(open_day, quiet, qtbot):
    day = open_day(quiet)
    QApplication.clipboard().setText(NOTICE.decode())
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(day.window, Qt.Key.Key_V, both)
    assert day.heading() == "Kai Mensah"


def test_the_button_beside_the_drop_hint_pastes_and_says_when_there_is_nothing(open_day, quiet):
    day = open_day(quiet)
    QApplication.clipboard().clear()
    day.click("paste-notice")
    assert day.toast() == "There is nothing to paste. Copy the words of the message first."
    QApplication.clipboard().setText(NOTICE.decode())
    day.click("paste-notice")
    assert day.heading() == "Kai Mensah"


def test_a_folder_is_taken_in_file_by_file(open_day, quiet, dialogs):
    folder = Path("/media/stick")
    names = (folder / "one.eml", folder / "two.eml")
    quiet.files |= {names[0]: NOTICE, names[1]: b"second"}
    quiet.intake.mails[b"second"] = replace(KAI, message_id="<2@example.org>", texts=("other",))
    quiet.folders[folder] = names
    day = open_day(quiet)
    dialogs.will_choose(folder)
    day.window.run("open-folder")
    assert day.toast().startswith("2 messages received.")


# notices that name nobody ---------------------------------------------------------------------------------


def test_a_scan_stands_beside_the_picture_of_its_page_and_takes_typed_words(open_day, quiet):
    scan = draft(kind=None, texts=(), pages=(picture(),), media="application/pdf")
    quiet.receive("scan", scan)
    day = open_day(quiet)
    assert "This is a picture of a page. Read it below, and type in what it says." in day.work()
    [page] = day.window.findChildren(PagePicture)
    assert page.isVisibleTo(day.window)
    assert page.is_drawn()
    assert page.accessibleName() == "Page 1 of 1. It holds no text, only this picture."
    day.write("locked-words", NOTICE.decode())
    day.click("use-words")
    assert day.heading() == "Kai Mensah"


def test_a_pdf_saved_from_a_locked_message_goes_into_it_when_the_person_says_so(
    open_day, quiet, dialogs
):
    locked = quiet.receive("locked", draft(outcome="locked", kind=None, texts=()))
    path = Path("saved.pdf")
    quiet.files[path] = NOTICE
    day = open_day(quiet)
    dialogs.will_answer(True)
    day.window.take_files((path,))
    assert dialogs.asked[-1][3:] == ("Add to this message", "Take in as new")
    assert day.heading() == "Kai Mensah"
    assert [row.id for row in quiet.services.notifications.list()] == [locked]


def test_another_message_dropped_on_a_locked_one_comes_in_as_new(open_day, quiet, dialogs):
    quiet.receive("locked", draft(outcome="locked", kind=None, texts=()))
    path = Path("other.eml")
    quiet.files[path] = NOTICE
    day = open_day(quiet)
    dialogs.will_answer(False)
    day.window.take_files((path,))
    assert day.heading() == "Kai Mensah"
    assert len(quiet.services.notifications.list()) == 2


def test_what_is_no_notification_is_taken_off_today_with_a_reason(open_day, quiet):
    quiet.receive("newsletter", draft(kind=None))
    day = open_day(quiet)
    assert "No child was found in this message." in day.work()
    assert not day.sees("locked-words")
    day.click("take-off")
    assert day.words("shut-problem") == "Write why this is taken off Today."
    day.write("off-reason", "A newsletter")
    day.click("take-off")
    assert day.toast().startswith("Taken off Today.")
    assert quiet.services.notifications.list() == ()
    assert not day.sees("take-off")


def test_a_picture_that_cannot_be_drawn_leaves_its_words(qtbot):
    page = PagePicture(b"not a picture", "Page 1 of 1")
    qtbot.addWidget(page)
    assert not page.is_drawn()
    assert Image.open(io.BytesIO(picture())).size == (620, 877)
