"""Step 2: what the police told us, and the message itself one click away in the same place.

The message is text and nothing else: nothing in it is loaded, followed or drawn.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from schoolsafe.ui.screens.notification.card import Card
from schoolsafe.ui.screens.notification.original import PART_GAP, OriginalShown, highlight
from schoolsafe.ui.screens.notification.told_facts import Fact, source_words
from schoolsafe.ui.theme import style
from schoolsafe.ui.theme.tokens import Ink
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.facts import Facts
from schoolsafe.ui.widgets.fields import LongText
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.layout import col, row
from schoolsafe.ui.widgets.page_picture import Pages
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.row_list import Row, RowList
from schoolsafe.words import _

LABEL_WIDTH = 118
MESSAGE_LINES = 16
HEADER_LINES = 6
FOUND_ROWS = 4
SEAL_GROUP = 16


class ToldCard(QWidget):
    """The answers, or the message they were read from."""

    original_wanted = Signal()
    teach_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.heading = PlainLabel("", "h2", wrap=True)
        self._words = _("Original email")
        self.link = button(self._words, kind="link", object_name="original-email")
        self.link.clicked.connect(self._toggle)
        self.facts = Facts(label_width=LABEL_WIDTH)
        self.facts.setObjectName("told-facts")
        self.original = OriginalCard()
        self.original.hide()
        self.original.teach.clicked.connect(self.teach_wanted)
        self.setLayout(col(row((self.heading, 1), self.link), self.facts, self.original, spacing=8))

    def show_card(self, card: Card, *, keep: bool) -> None:
        """Other answers; the message folds away, unless ``keep``: only facts changed."""
        self.heading.setText(f"2  {card.told_heading}")
        self.facts.show_facts([(fact.label, _answer(fact)) for fact in card.facts])
        self.link.setVisible(card.has_original)
        self._words = _("As it was sent") if card.signed else _("Original email")
        self.original.teach.setVisible(card.signed is None)
        if not (keep and self.is_original_open()):
            self._fold()
            if card.pages and card.shut:
                self.original_wanted.emit()  # there is nothing to read but the picture

    def show_original(self, original: OriginalShown) -> None:
        """The message in place of the answers."""
        self.original.show_original(original)
        self.facts.hide()
        self.original.show()
        self.link.set_words(_("Back to the answers"))
        if not original.pages:
            self.original.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_original_open(self) -> bool:
        """Whether the message is shown."""
        return self.original.isVisible()

    def _toggle(self) -> None:
        if self.is_original_open():
            self._fold()
        else:
            self.original_wanted.emit()

    def _fold(self) -> None:
        self.original.hide()
        self.facts.show()
        self.link.set_words(self._words)


def _answer(fact: Fact) -> str | QWidget | None:
    quoted = bool(fact.quote and fact.answer)
    if not fact.check:
        return (
            PlainLabel(fact.answer or "", "quote", wrap=True).selectable()
            if quoted
            else fact.answer
        )
    words = PlainLabel(fact.answer or "", "quote" if quoted else "body", wrap=True).selectable()
    words.setAccessibleDescription(fact.check)
    check = PlainLabel(fact.check, "warn", wrap=True, object_name="check-reading")
    both = QWidget()
    both.setLayout(col(words, check, spacing=0))
    return both


def _found_row(number: int, fact: Fact) -> Row:
    """The answer, and how its place was found."""
    tone: Ink = "warn" if fact.check else "muted"
    return Row(str(number), fact.label, fact.answer or "", source_words(fact.span), tone)


class OriginalCard(QWidget):
    """Readable text, where each answer was found, header lines, size and seal."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: OriginalShown | None = None
        self.seal = PlainLabel("", "small", wrap=True, object_name="original-seal").selectable()
        self.found = RowList(spoken=_("Where each answer was found"), object_name="found-answers")
        self.found.chosen.connect(self._highlight)
        self.found_heading = PlainLabel(
            _("Where each answer was found. Arrow keys show the place."), "muted", wrap=True
        )
        self.pages = Pages()
        self.headers_heading = PlainLabel(_("Header lines"), "h3")
        self.text = _reader(_("The message as text, unchanged"), MESSAGE_LINES, "original-text")
        self.headers = _reader(_("Header lines of the message"), HEADER_LINES, "original-headers")
        self.teach = button(
            _("Teach SchoolSafe this layout"), icon="pencil", object_name="teach-layout"
        )
        self.setLayout(
            col(
                PlainLabel(
                    _("Kept as it came. Nothing in it is loaded or followed."), "muted", wrap=True
                ),
                self.pages,
                self.text,
                self.found_heading,
                self.found,
                flow(self.teach),
                self.headers_heading,
                self.headers,
                self.seal,
                spacing=8,
            )
        )

    def show_original(self, original: OriginalShown) -> None:
        """Another message."""
        self._shown = original
        self.pages.show_pages(original.pages)
        self.text.setVisible(bool(original.texts) or not original.pages)
        for part in (self.headers_heading, self.headers):
            part.setVisible(bool(original.headers))
        self.text.setPlainText(
            PART_GAP.join(original.texts) or _("No readable text was found in this message.")
        )
        self.headers.setPlainText(original.headers)
        seal = _("{size}. SHA-256 {seal}").format(
            size=original.size, seal=_in_groups(original.sha256)
        )
        self.seal.say(seal)
        self.found.show_rows([_found_row(n, fact) for n, fact in enumerate(original.found)])
        self.found.setVisible(bool(original.found))
        self.found_heading.setVisible(bool(original.found))
        rows = min(FOUND_ROWS, len(original.found))
        self.found.setFixedHeight(style.scale(56) * rows + style.scale(6))
        self._mark(())

    def _highlight(self, key: str) -> None:
        if self._shown is None or not key:
            return
        fact = self._shown.found[int(key)]
        if fact.span is not None:
            self._mark((highlight(self._shown.texts, fact.span),))

    def _mark(self, places: Sequence[tuple[int, int]]) -> None:
        marks = []
        for start, end in places:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.text.document())
            cursor.setPosition(min(start, self.text.document().characterCount() - 1))
            last = min(end, self.text.document().characterCount() - 1)
            cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
            look = QTextCharFormat()
            look.setBackground(style.colour("sel"))
            look.setForeground(style.colour("sel_text"))
            look.setFontUnderline(True)  # colour is never the only sign
            mark.cursor, mark.format = cursor, look
            marks.append(mark)
            self.text.setTextCursor(cursor)
            moved = self.text.textCursor()
            moved.clearSelection()
            self.text.setTextCursor(moved)
            self.text.ensureCursorVisible()
        self.text.setExtraSelections(marks)


def _in_groups(seal: str) -> str:
    """64 figures in one word would make the page wider than its pane."""
    return " ".join(seal[at : at + SEAL_GROUP] for at in range(0, len(seal), SEAL_GROUP))


def _reader(spoken: str, lines: int, object_name: str) -> LongText:
    made = LongText(spoken=spoken, lines=lines, object_name=object_name)
    made.setReadOnly(True)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made
