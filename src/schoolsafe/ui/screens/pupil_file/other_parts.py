"""The other parts of a file: originals attached to its notices, and what was told to whom."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from schoolsafe.domain import say
from schoolsafe.services.attachment import Preview
from schoolsafe.services.told_slip import SlipView
from schoolsafe.ui.screens.pupil_file.attaching import CopyForm
from schoolsafe.ui.screens.pupil_file.shown import Document
from schoolsafe.ui.theme.tokens import Ink
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.fitted_table import FittedTable
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.layout import col
from schoolsafe.ui.widgets.page_picture import Pages
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.table import Cell, TableRow
from schoolsafe.words import _

MARGINS = (24, 14, 24, 10)
KILO = 1024


class DocumentsPart(QWidget):
    """Messages as they came, byte for byte."""

    open_wanted = Signal(str)
    """The notification."""
    copy_wanted = Signal(object, str)
    """The document, and why a copy is needed."""
    look_wanted = Signal(object)
    """The document."""

    def __init__(self) -> None:
        super().__init__()
        self._documents: dict[str, Document] = {}
        self.table = FittedTable(
            (_("Came"), _("File"), _("Of"), _("Size"), _("State")),
            spoken=_("Documents of this file"),
            object_name="documents",
        )
        self.empty = PlainLabel(
            _(
                "No documents. Messages as they came, and files you add to an entry with Ctrl+O, are kept here."
            ),
            "muted",
            wrap=True,
        )
        self.warning = PlainLabel(
            _(
                "Files are shown here only: as words, or as pictures drawn anew. None is opened elsewhere."
            ),
            "muted",
            wrap=True,
        )
        self.look = button(_("Look at it"), icon="eye", object_name="look-at-document")
        self.look.clicked.connect(self._look)
        self.copy = CopyForm()
        self.copy.left.connect(self.copy.hide)
        self.copy.wanted.connect(self._copy)
        self.preview = DocumentPreview()
        self.open_it = button(
            _("Open the notification"), icon="shield-check", object_name="open-document"
        )
        self.save = button(_("Save a copy"), icon="download", object_name="save-copy")
        self.open_it.clicked.connect(self._open)
        self.save.clicked.connect(self.copy.open)
        self.table.opened.connect(lambda _key: self._look())
        self.table.chosen.connect(lambda _key: self._offer())
        self.setLayout(
            col(
                self.empty,
                self.table,
                self.warning,
                flow(self.look, self.open_it, self.save),
                self.copy,
                self.preview,
                None,
                margins=MARGINS,
                spacing=10,
            )
        )

    def show_documents(self, documents: Sequence[Document]) -> None:
        """Other documents."""
        before = self._documents.get(self.table.current_key())
        self._documents = {str(n): document for n, document in enumerate(documents)}
        if before is not None and before not in documents:
            self.close_copy()
            self.preview.hide()
        self.table.show_rows([_row(key, one) for key, one in self._documents.items()])
        if documents and not self.table.current_key():
            self.table.select("0")
        for part in (self.table, self.warning):
            part.setVisible(bool(documents))
        self.empty.setVisible(not documents)
        self._offer()

    def close_copy(self) -> None:
        """The copy is written, or nobody wants one any more."""
        self.copy.hide()

    def _offer(self) -> None:
        """The buttons that fit; what is not whole here can be neither shown nor copied."""
        one = self._documents.get(self.table.current_key())
        whole = one is not None and one.attached.whole
        self.look.setVisible(whole)
        self.save.setVisible(whole)
        self.open_it.setVisible(one is not None and bool(one.notification))

    def _open(self) -> None:
        document = self._documents.get(self.table.current_key())
        if document is not None:
            self.open_wanted.emit(document.entry)

    def _look(self) -> None:
        document = self._documents.get(self.table.current_key())
        if document is not None and document.attached.whole:
            self.look_wanted.emit(document)

    def _copy(self, reason: str) -> None:
        document = self._documents.get(self.table.current_key())
        if document is not None:
            self.copy_wanted.emit(document, reason)


class DocumentPreview(QFrame):
    """One file as words and pictures: what the reader made of it, never the file itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("document-preview")
        self.setProperty("panel", "plain")
        self.heading = PlainLabel("", "h2", wrap=True, object_name="preview-heading")
        self.said = PlainLabel("", "muted", wrap=True, object_name="preview-said")
        self.words = PlainLabel("", wrap=True, object_name="preview-words").selectable()
        self.pages = Pages()
        self.setLayout(
            col(
                self.heading,
                self.said,
                self.words,
                self.pages,
                margins=(14, 12, 14, 12),
                spacing=10,
            )
        )
        self.hide()

    def show_preview(self, name: str, preview: Preview | None, words: str) -> None:
        """Another file, or why it cannot be shown."""
        self.heading.setText(say.plain_text(name))
        nothing = _("It holds no words and no picture of a page. A copy can be saved.")
        found = preview is not None and (preview.texts or preview.pages)
        self.said.setText(words or ("" if found else nothing))
        self.said.setVisible(bool(self.said.text()))
        texts = preview.texts if preview is not None else ()
        self.words.setText("\n\n".join(say.plain_text(text) for text in texts))
        self.words.setVisible(bool(texts))
        self.pages.show_pages(preview.pages if preview is not None else ())
        self.show()


def _row(key: str, document: Document) -> TableRow:
    attached = document.attached
    state = _("Here, sealed")
    if not attached.whole:
        here = attached.parts - attached.missing
        words = _("Not all here: {here} of {parts} parts. The rest is on another computer.")
        state = words.format(here=here, parts=attached.parts)
    tone: Ink = "ok" if attached.whole else "warn"
    cells = (
        Cell(say.short_moment(document.came)),
        Cell(say.plain_text(attached.name), strong=True),
        Cell(document.to),
        Cell(_size(attached.size)),
        Cell(state, tone=tone),
    )
    return TableRow(key, cells)


def _size(n: int) -> str:
    return _("{n} KB").format(n=round(n / KILO)) if n >= KILO else _("{n} bytes").format(n=n)


class ToldPart(QWidget):
    """Who was told what, how, and until when."""

    slip_wanted = Signal()
    ended = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._slips: dict[str, SlipView] = {}
        self.table = FittedTable(
            (_("When"), _("Who"), _("What they were told"), _("Until")),
            spoken=_("Who was told about this child"),
            object_name="told",
        )
        self.empty = PlainLabel(
            _("Nobody without a login was told anything. A told slip says what helps, "
              "and nothing about what happened."),
            "muted",
            wrap=True,
        )  # fmt: skip
        self.slip = button(_("Told slip"), icon="file-text", object_name="told-part-slip")
        self.end = button(_("This no longer holds"), object_name="end-slip")
        self.slip.clicked.connect(self.slip_wanted)
        self.end.clicked.connect(lambda: self.ended.emit(self.table.current_key()))
        self.table.chosen.connect(lambda _key: self._offer())
        self.setLayout(
            col(
                self.empty,
                self.table,
                flow(self.slip, self.end),
                None,
                margins=MARGINS,
                spacing=10,
            )
        )

    def show_slips(self, slips: Sequence[SlipView]) -> None:
        """Other slips, newest first."""
        self._slips = {slip.id: slip for slip in slips}
        self.table.show_rows([_slip_row(slip) for slip in slips])
        if slips and not self.table.current_key():
            self.table.select(slips[0].id)
        self.table.setVisible(bool(slips))
        self.empty.setVisible(not slips)
        self._offer()

    def _offer(self) -> None:
        slip = self._slips.get(self.table.current_key())
        self.end.setVisible(slip is not None and not slip.ended)


def _slip_row(slip: SlipView) -> TableRow:
    until = say.short_day(slip.until)
    ended = _("Ended") if slip.ended else until
    how = {"printed": _("printed"), "screen": _("on screen"), "in_person": _("in person")}
    when = _("{when}, {how}").format(
        when=say.short_moment(slip.at), how=how.get(slip.how, slip.how)
    )
    tone: Ink = "muted" if slip.ended else "text"
    cells = (
        Cell(when),
        Cell(slip.told_to, strong=True),
        Cell(say.plain_text(slip.text)),
        Cell(ended, tone=tone),
    )
    return TableRow(slip.id, cells)
