"""The sections as a panel, where the window is too narrow for the rail."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from schoolsafe.ui.overlay import Overlay
from schoolsafe.ui.rail import Place, PlacesList
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.layout import col
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _


class Menu(Overlay):
    """The same list as the rail's, over the window."""

    wanted = Signal(str)

    def __init__(self, host: QWidget, places: Sequence[Place]) -> None:
        super().__init__(host)
        self.setAccessibleName(_("Menu"))
        self.places = PlacesList(places, spoken=_("Sections"), object_name="menu-sections")
        self.setLayout(
            col(PlainLabel(_("Go to"), "h2"), (self.places, 1), margins=(12, 12, 12, 12))
        )
        self.places.wanted.connect(self._go)

    @override
    def first_focus(self) -> QWidget:
        return self.places

    @override
    def wanted_height(self) -> int:
        return self.places.sizeHint().height() + style.scale(64)

    def _go(self, place: str) -> None:
        self.dismiss()
        self.wanted.emit(place)
