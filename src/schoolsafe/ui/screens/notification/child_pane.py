"""The context pane: the child, who may collect, who meets them first, the pattern, the entries."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from schoolsafe.ui.commands import key_words
from schoolsafe.ui.screens.notification.child_card import ChildCard
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.chronology_list import ChronologyList
from schoolsafe.ui.widgets.facts import Facts
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.layout import col, line, row
from schoolsafe.ui.widgets.pinned_bar import LOW_UNITS
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.strip import Strip
from schoolsafe.words import _

LABEL_WIDTH = 78


class ChildPane(QFrame):
    """One child, or nothing where the notice is about nobody yet."""

    file_wanted = Signal(str)
    slip_wanted = Signal(str)
    entry_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("context")
        self._child = ""
        self.name = PlainLabel("", "h2", wrap=True, object_name="child-name")
        self.open_file = button(_("Open file"), kind="link", object_name="open-child-file")
        self.open_file.clicked.connect(lambda: self.file_wanted.emit(self._child))
        self.about = PlainLabel("", "muted", wrap=True, object_name="child-about")
        self.unconfirmed = PlainLabel(_("Proposed, not confirmed yet"), "warn", wrap=True)
        self.collect = Banner("danger", object_name="may-collect")
        self.facts = Facts(label_width=LABEL_WIDTH)
        self.slip = button(
            _("Told slip"), icon="file-text", key=key_words("told-slip"), object_name="told-slip"
        )
        self.slip.clicked.connect(lambda: self.slip_wanted.emit(self._child))
        self.entry = button(
            _("Add entry"), icon="plus", key=key_words("add-entry"), object_name="add-entry"
        )
        self.entry.clicked.connect(lambda: self.entry_wanted.emit(self._child))
        self.strip = Strip(narrow=True)
        self.list = ChronologyList(compact=True, object_name="child-chronology")
        self.empty = PlainLabel(
            _("The child a notification is about is shown here, with what came before."),
            "muted",
            wrap=True,
        )
        self._nobody = QWidget()
        self._nobody.setLayout(col(self.empty, None, margins=(18, 16, 16, 8)))
        self._somebody = QWidget()
        self._somebody.setLayout(self._layout())
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._nobody)
        layout.addWidget(self._somebody, 1)
        self.setLayout(layout)
        self.show_child(None)

    def _layout(self) -> QVBoxLayout:
        head = col(
            row((self.name, 1), self.open_file),
            self.unconfirmed,
            self.about,
            2,
            self.collect,
            2,
            self.facts,
            flow(self.slip, self.entry),
            margins=(18, 14, 16, 8),
            spacing=6,
        )
        pattern = col(
            PlainLabel(_("Police notifications"), "h3"),
            self.strip,
            margins=(18, 6, 16, 4),
            spacing=4,
        )
        return col(head, line(), pattern, line(), (self.list, 1), spacing=0)

    def show_child(self, card: ChildCard | None) -> None:
        """Another child, or none."""
        self._nobody.setVisible(card is None)
        self._somebody.setVisible(card is not None)
        if card is None:
            self._child = ""
            return
        self._child = card.id
        self.name.setText(card.name)
        self.unconfirmed.setVisible(card.proposed)
        self.about.setText(card.about)
        self.collect.say(card.collect, card.collect_until)
        self.facts.show_facts(card.facts)
        self.strip.show_facts(card.strip)
        self.list.show_entries(card.rows)
        self._settle()

    def child(self) -> str:
        """The child shown, or nothing."""
        return self._child

    def _settle(self) -> None:
        """In a low window the drawing gives way to its numbers."""
        low = self.window().height() < style.scale(LOW_UNITS) and self.height() < style.scale(640)
        self.strip.drawing.setVisible(not low)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()
