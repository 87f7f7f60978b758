"""Rows, columns, boxes, hairlines and scroll areas, with gaps from the token table."""

from collections.abc import Iterable
from typing import Literal

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from schoolsafe.ui.theme import style

Part = QWidget | QLayout | int | None | tuple[QWidget | QLayout, int]
"""What a row holds: None is stretch, a number is a gap in px at 100 %, (thing.

N) takes stretch n.
"""

Margins = tuple[int, int, int, int]
Panel = Literal["", "plain", "sunken", "info", "danger", "warn", "ok", "toast"]

NO_MARGINS: Margins = (0, 0, 0, 0)


def _add(layout: QBoxLayout, thing: QWidget | QLayout, stretch: int = 0) -> None:
    if isinstance(thing, QLayout):
        layout.addLayout(thing, stretch)
    else:
        layout.addWidget(thing, stretch)


def fill(layout: QBoxLayout, parts: Iterable[Part], margins: Margins, spacing: int) -> None:
    """Puts the parts into a box layout, lengths at 100 % text."""
    left, top, right, bottom = (style.scale(m) for m in margins)
    layout.setContentsMargins(left, top, right, bottom)
    layout.setSpacing(style.scale(spacing))
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(style.scale(part))
        elif isinstance(part, tuple):
            _add(layout, part[0], part[1])
        else:
            _add(layout, part)


def row(*parts: Part, margins: Margins = NO_MARGINS, spacing: int = 8) -> QHBoxLayout:
    """Side by side."""
    made = QHBoxLayout()
    fill(made, parts, margins, spacing)
    return made


def col(*parts: Part, margins: Margins = NO_MARGINS, spacing: int = 8) -> QVBoxLayout:
    """One under the other. Put wrapping labels straight into the outermost one."""
    made = QVBoxLayout()
    fill(made, parts, margins, spacing)
    return made


def box(inside: QLayout, *, object_name: str = "", panel: Panel = "") -> QFrame:
    """A frame.

    The object names side, context, work, footbar and topbar have their ground in the style sheet.
    """
    made = QFrame()
    if object_name:
        made.setObjectName(object_name)
    if panel:
        made.setProperty("panel", panel)
    made.setLayout(inside)
    return made


def line(*, upright: bool = False) -> QFrame:
    """A hairline between two parts."""
    made = QFrame()
    made.setProperty("line", "true")
    if upright:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


class Scroll(QScrollArea):
    """A page that scrolls downwards only.

    And follows the focus so that it is never out of sight.
    """

    def __init__(self, inside: QLayout) -> None:
        super().__init__()
        page = QWidget()
        page.setObjectName("page")
        page.setLayout(inside)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        page = self.widget()
        if now is None or page is None or not page.isAncestorOf(now):
            return
        top = now.mapTo(page, QPoint(0, 0)).y()
        view, bar = self.viewport().height(), self.verticalScrollBar()
        spare = style.scale(12)
        if now.height() + 2 * spare >= view or top - spare < bar.value():
            bar.setValue(max(0, top - spare))
        elif top + now.height() + spare > bar.value() + view:
            bar.setValue(top + now.height() + spare - view)


def scroll(inside: QLayout) -> Scroll:
    """A page that scrolls."""
    return Scroll(inside)


def clear(layout: QLayout) -> None:
    """Takes everything out of a layout and lets it go."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            break
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
            inner.deleteLater()


def spread(widget: QWidget) -> QWidget:
    """Takes the room across, asks for no more height than it needs."""
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return widget


def name(widget: QWidget, object_name: str, spoken: str = "") -> None:
    """Both names of a widget: for tests and for people."""
    widget.setObjectName(object_name)
    if spoken:
        widget.setAccessibleName(spoken)
