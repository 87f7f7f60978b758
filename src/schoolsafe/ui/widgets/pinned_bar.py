"""The bar pinned under the work: always in view. Over 40 % of the pane it shrinks to one row.

``WorkPane`` is a scrolling page with such a bar; ``DecisionBar`` the question, two to five choices,
a line and buttons.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.buttons import Button, button
from schoolsafe.ui.widgets.choice import ChoiceGroup
from schoolsafe.ui.widgets.layout import col, row, scroll
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _

MOST_SHARE: Final = 0.4
TWO_COLUMNS: Final = 400
EDGE: Final = 24
GAP: Final = 12
"""Px at 100 % text beside the bar's content, and between the parts of its one row."""
LOW_UNITS: Final = 820
"""Windows lower than this, in px divided by the text scale, leave out second lines."""


class PinnedBar(QFrame):
    """A bar with a full form and, where there is too little room, a one-row form."""

    def __init__(self, full: QLayout, one_row: QLayout | None = None) -> None:
        super().__init__()
        self.setObjectName("footbar")
        self.full = _holder(full)
        self.one_row = _holder(one_row) if one_row is not None else None
        layout = QVBoxLayout()
        edge = style.scale(EDGE)
        layout.setContentsMargins(edge, style.scale(10), edge, style.scale(12))
        layout.setSpacing(0)
        layout.addWidget(self.full)
        if self.one_row is not None:
            layout.addWidget(self.one_row)
            self.one_row.hide()
        self.setLayout(layout)

    def full_height(self) -> int:
        """Px the full form needs at the bar's width."""
        margins = self.contentsMargins()
        lay = self.layout()
        edges = lay.contentsMargins() if lay is not None else margins
        inside = self.full.layout()
        wide = max(1, self.width() - edges.left() - edges.right())
        tall = self.full.sizeHint().height()
        if inside is not None and inside.hasHeightForWidth():
            tall = inside.heightForWidth(wide)
        return tall + edges.top() + edges.bottom()

    def folded(self) -> bool:
        """Whether the one-row form is shown."""
        return self.one_row is not None and self.full.isHidden()

    def fold(self, *, folded: bool) -> None:
        """Shows one of the two forms."""
        if self.one_row is None or folded == self.folded():
            return
        self.full.setVisible(not folded)
        self.one_row.setVisible(folded)
        self.refold()

    def refold(self) -> None:
        """For subclasses that move a widget from one form to the other."""

    def set_terse(self, *, terse: bool) -> None:
        """For subclasses with words that may go in a low window."""


def _holder(layout: QLayout) -> QWidget:
    made = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    made.setLayout(layout)
    return made


class DecisionBar(PinnedBar):
    """The question, its choices, one line, and the buttons.

    One row: Decide, the chosen words, the last button.
    """

    def __init__(
        self,
        title: str,
        group: ChoiceGroup,
        *,
        line: QWidget | None = None,
        buttons: Sequence[Button] = (),
        note: str = "",
        kept: int = 1,
    ) -> None:
        """The bar.

        Args:
            title: the question.
            group: keyed choices.
            line: a field beside the buttons, such as Why.
            buttons: the last one stays in the one-row form.
            note: small words beside the question, such as "Saved as you type".
            kept: how many of the last buttons stay in the one-row form.
        """
        self.group, self.buttons = group, tuple(buttons)
        self._kept = self.buttons[len(self.buttons) - kept :]
        self.note = PlainLabel(note, "small", object_name="decision-note")
        self._last_full = row(spacing=8)
        if line is not None:
            self._last_full.addWidget(line, 1)
        else:
            self._last_full.addStretch(1)
        for one in self.buttons:
            self._last_full.addWidget(one)
        self.title = PlainLabel(title, "h2", wrap=True, object_name="decision-title")
        heading = row((self.title, 1), self.note)
        self.decide = button(
            _("Decide (Alt+1 to {last})").format(last=len(group.choices)), object_name="decide"
        )
        self.chosen_words = PlainLabel("", "strong", wrap=True, object_name="decided")
        self._last_row = QGridLayout()
        self._last_row.setHorizontalSpacing(style.scale(GAP))
        self._last_row.setVerticalSpacing(style.scale(4))
        self._last_row.setColumnStretch(1, 1)
        self._last_row.addWidget(self.decide, 0, 0)
        self._last_row.addWidget(self.chosen_words, 0, 1)
        super().__init__(col(heading, group, self._last_full, spacing=8), self._last_row)
        self._menu()
        self._keys = [
            QShortcut(QKeySequence(f"Alt+{n}"), self) for n in range(1, len(group.choices) + 1)
        ]
        for n, key in enumerate(self._keys, 1):
            key.setEnabled(False)
            key.activated.connect(lambda number=n: self.group.choose(number))
        group.chosen.connect(lambda _key: self.show_chosen())
        self.show_chosen()

    def _menu(self) -> None:
        menu = QMenu(self.decide)
        menu.setAccessibleName(_("Decide"))
        for choice in self.group.choices:
            action = menu.addAction(f"{choice.number}  {choice.text()}")
            action.triggered.connect(lambda _on=False, n=choice.number: self.group.choose(n))
        self.decide.setMenu(menu)

    def show_chosen(self) -> None:
        """The chosen words in the one-row form."""
        self.chosen_words.setText(self.group.current_words() or _("Not decided yet"))
        self._arrange()

    def _arrange(self) -> None:
        """The chosen words between the buttons, under them, or each in a row of its own, as there is room."""
        if not hasattr(self, "full"):
            return
        gap = style.scale(GAP)
        edges = style.scale(2 * EDGE)
        ends = self.decide.sizeHint().width() + edges
        ends += sum(one.sizeHint().width() + gap for one in self._kept if not one.isHidden())
        words = self.chosen_words.fontMetrics().horizontalAdvance(self.chosen_words.text())
        between, beside = words + 2 * gap + ends <= self.width(), ends + gap <= self.width()
        across = 2 + len(self._kept)
        self._last_row.removeWidget(self.chosen_words)
        at = (0, 1, 1, 1) if between else (1, 0, 1, across)
        self._last_row.addWidget(self.chosen_words, *at)
        for n, one in enumerate(self._kept) if self.folded() else ():
            self._last_row.removeWidget(one)
            place = (0, 2 + n, 1, 1) if beside else (2 + n, 0, 1, across)
            self._last_row.addWidget(one, *place)

    @override
    def refold(self) -> None:
        folded = self.folded()
        for key in self._keys:  # the choices' own keys rest while they are hidden
            key.setEnabled(folded)
        for one in self._kept:
            shown = not one.isHidden()
            if folded:
                self._last_row.addWidget(one, 0, 2)
            else:
                self._last_full.addWidget(one)
            one.setVisible(shown)  # a widget that changes its parent is hidden until told otherwise
        self.show_chosen()

    @override
    def set_terse(self, *, terse: bool) -> None:
        self.group.set_terse(terse=terse)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= style.scale(TWO_COLUMNS)
        self.group.set_columns(2 if wide else 1)
        self._arrange()


class WorkPane(QWidget):
    """The pane where the eye belongs: a page that scrolls over a bar that does not."""

    def __init__(self, page: QLayout, bar: PinnedBar | None = None) -> None:
        super().__init__()
        self.setObjectName("work")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.bar = bar
        self.page = scroll(page)
        if bar is None:
            self.setLayout(col((self.page, 1), spacing=0))
        else:
            self.setLayout(col((self.page, 1), bar, spacing=0))

    def settle(self) -> None:
        """Chooses the form of the bar for the height there is."""
        if self.bar is None or self.height() < style.scale(100):
            return
        low = self.window().height() < style.scale(LOW_UNITS)
        self.bar.set_terse(terse=low)
        self.bar.fold(folded=self.bar.full_height() > self.height() * MOST_SHARE)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.settle()

    @override
    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.Show:
            self.settle()
        return handled
