"""The panes of one screen side by side, folding by units of text: three, two, one.

Break points in px divided by the text scale: pixel break points fail at 200 %.
"""

from typing import Final, Literal

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from schoolsafe.ui.screen import Panes
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.layout import focusables

THREE_UNITS: Final = 1330
"""At least this wide: list, work, context."""
ROOMY_UNITS: Final = 1500
RAIL_UNITS: Final = 1120
"""Under this the rail shows icons only."""
ONE_UNITS: Final = 720
"""Under this: one pane."""
ROOMY_CONTEXT: Final = 380

Place = Literal["list", "work", "context"]


class Body(QWidget):
    """Places up to three panes."""

    def __init__(self, panes: Panes) -> None:
        super().__init__()
        self.panes = panes
        self.front: Place = "list" if panes.list is not None else "work"
        self._over = False
        self._units = ROOMY_UNITS
        for pane in (panes.list, panes.work, panes.context):
            if pane is not None:
                pane.setParent(self)
                pane.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def pane(self, place: Place) -> QWidget | None:
        """One pane, shown or not."""
        return {
            "list": self.panes.list,
            "work": self.panes.work,
            "context": self.panes.context,
        }[place]

    def fold(self, units: int) -> None:
        """The window is this wide, in px divided by the text scale."""
        self._units = units
        if units >= THREE_UNITS:
            self._over = False
        self._place()

    def one(self) -> bool:
        """Whether there is room for one pane only."""
        return self._units < ONE_UNITS

    def context_folded(self) -> bool:
        """Whether the context has no room of its own."""
        return self.panes.context is not None and self._units < THREE_UNITS

    def show_over(self, *, over: bool) -> None:
        """Opens or closes the folded context over the work."""
        self._over = over and self.context_folded()
        self._place()

    def is_over(self) -> bool:
        """Whether the folded context lies over the work."""
        return self._over

    def bring(self, place: Place) -> None:
        """The pane to show where there is room for one only."""
        if self.pane(place) is not None:
            self.front = place
            self._over = place == "context" and self.context_folded()
            self._place()

    def work_visible(self) -> bool:
        """Whether a person sees the work pane."""
        return not self.one() or self.front == "work"

    def places(self) -> tuple[Place, ...]:
        """Panes F6 visits, folded ones too."""
        every: tuple[Place, ...] = ("list", "work", "context")
        return tuple(place for place in every if self.pane(place) is not None)

    def place_of(self, widget: QWidget | None) -> Place | None:
        """The pane a widget is in."""
        for place in self.places():
            pane = self.pane(place)
            if pane is not None and widget is not None and pane.isAncestorOf(widget):
                return place
        return None

    def order(self) -> list[QWidget]:
        """Every stop of Tab: list, work from top to bottom, pinned bar, context."""
        stops: list[QWidget] = []
        for place in self.places():
            pane = self.pane(place)
            if pane is not None and not pane.isHidden():
                stops += focusables(pane)
        return stops

    def _widths(self) -> tuple[int, int]:
        wide = self.panes.list_width if self.panes.list is not None else 0
        side = 0
        if self.panes.context is not None and not self.context_folded():
            side = self.panes.context_width
            if self._units >= ROOMY_UNITS:
                side = max(side, ROOMY_CONTEXT)
        return style.scale(wide), style.scale(side)

    def _place(self) -> None:
        panes, whole = self.panes, self.rect()
        if self.one():
            shown = self.front
            for place in self.places():
                pane = self.pane(place)
                if pane is not None:
                    pane.setVisible(place == shown)
                    pane.setGeometry(whole)
            return
        left, right = self._widths()
        if panes.list is not None:
            panes.list.setGeometry(QRect(0, 0, left, whole.height()))
            panes.list.show()
        work = QRect(left, 0, whole.width() - left - right, whole.height())
        panes.work.setGeometry(work)
        panes.work.show()
        if panes.context is not None:
            if self._over:
                right = min(style.scale(panes.context_width), work.width())
            panes.context.setGeometry(QRect(whole.width() - right, 0, right, whole.height()))
            panes.context.setVisible(not self.context_folded() or self._over)
            panes.context.raise_()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
