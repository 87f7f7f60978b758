"""Where F6 and a newly opened screen put the focus: rail, list, work, context, and round."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from schoolsafe.ui.body import Place
from schoolsafe.ui.rail import Rail
from schoolsafe.ui.stage import Stage
from schoolsafe.ui.widgets.layout import focusables

Stop = Place | Literal["rail"]


class PaneWalk:
    """Moves the focus between panes."""

    def __init__(self, rail: Rail, stage: Stage) -> None:
        self._rail, self._stage = rail, stage

    def cycle(self, step: int) -> None:
        """The next pane, or the one before for -1."""
        body = self._stage.body()
        if body is None:
            return
        stops: list[Stop] = [] if self._rail.isHidden() else ["rail"]
        stops += body.places()
        focus = QApplication.focusWidget()
        in_rail = focus is not None and self._rail.isAncestorOf(focus)
        here: Stop | None = "rail" if in_rail else body.place_of(focus)
        n = stops.index(here) if here in stops else (-1 if step > 0 else 0)
        self.enter(stops[(n + step) % len(stops)])

    def enter(self, place: Stop) -> None:
        """One pane: brought out of its fold, the focus at its first stop."""
        if place == "rail":
            self._rail.work.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        body = self._stage.body()
        if body is None:
            return
        if body.one():
            body.bring(place)
        else:
            body.show_over(over=place == "context")
        pane = body.pane(place)
        stops = focusables(pane) if pane is not None else []
        if stops:
            stops[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def to_work(self) -> None:
        """A screen opens with the focus in its work, never in the rail."""
        opened = self._stage.front()
        if opened is None:
            return
        first = opened.screen.first_focus()
        if first is None or not first.isVisibleTo(opened.body.window()):
            stops = opened.body.order()
            first = stops[0] if stops else None
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
