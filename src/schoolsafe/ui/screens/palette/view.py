"""The palette as a panel over the window: a line, and a list that the arrow keys move through."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from schoolsafe.ui.commands import Dispatcher
from schoolsafe.ui.overlay import Overlay
from schoolsafe.ui.screens.palette.presenter import Offer, PalettePresenter
from schoolsafe.ui.seams import PupilSource, TaskRunner, WordsHit
from schoolsafe.ui.widgets.fields import TextField
from schoolsafe.ui.widgets.layout import col
from schoolsafe.ui.widgets.line_list import LineDelegate
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.row_list import Heading, Line, Row, RowList
from schoolsafe.words import _

_MOVES = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
}


class Palette(Overlay):
    """Ctrl+K."""

    def __init__(
        self,
        host: QWidget,
        *,
        source: PupilSource,
        commands: Dispatcher,
        tasks: TaskRunner,
        open_pupil: Callable[[str], None],
        words: Callable[[str], tuple[WordsHit, ...]] = lambda _typed: (),
        open_hit: Callable[[WordsHit], None] = lambda _hit: None,
    ) -> None:
        super().__init__(host)
        self.setAccessibleName(_("Find a pupil or an action"))
        self.line = TextField(
            spoken=_("Find a pupil or an action"), icon="search", object_name="palette-line"
        )
        self.list = RowList(spoken=_("Pupils and actions"), object_name="palette-list")
        self.list.setItemDelegate(LineDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.nothing = PlainLabel(
            _("Nothing fits. Try fewer letters, a part of the name, or other words."),
            "muted",
            wrap=True,
        )
        foot = PlainLabel(_("↑↓ choose     Enter open     Esc close"), "small", wrap=True)
        self.setLayout(col(self.line, self.nothing, (self.list, 1), foot, margins=(12, 12, 12, 10)))
        self.presenter = PalettePresenter(
            self,
            source=source,
            commands=commands,
            tasks=tasks,
            open_pupil=open_pupil,
            words=words,
            open_hit=open_hit,
        )
        self.line.textChanged.connect(self.presenter.ask)
        self.line.installEventFilter(self)
        self.list.clicked.connect(lambda _index: self._take())

    def show_offers(
        self,
        pupils: tuple[Offer, ...],
        actions: tuple[Offer, ...],
        found: tuple[Offer, ...] = (),
    ) -> None:
        """Pupils, then actions, then places in the record; the first line is current."""
        lines: list[Line] = []
        groups = ((_("Pupils"), pupils), (_("Actions"), actions), (_("In the record"), found))
        for words, offers in groups:
            if offers:
                lines.append(Heading(words))
                lines += [
                    Row(o.key, o.title, o.about, o.right, icon=o.icon, tone="muted") for o in offers
                ]
        self.list.show_rows(lines)
        self.list.select_first()
        self.nothing.setVisible(not lines)

    @override
    def prepare(self, words: str) -> None:
        self.line.setText(words)
        self.presenter.ask(words)

    @override
    def first_focus(self) -> QWidget:
        return self.line

    def _take(self) -> None:
        key = self.list.current_key()
        if key:
            self.dismiss()
            self.presenter.take(key)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.line
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            if event.key() in _MOVES:
                QApplication.sendEvent(self.list, event)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._take()
                return True
        return super().eventFilter(watched, event)
