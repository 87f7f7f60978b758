"""Rows, columns, boxes, hairlines and scroll areas, with gaps from the token table."""

from collections.abc import Iterable, Sequence
from typing import Literal

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
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
from typing_extensions import override

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


class Page(QWidget):
    """What a scroll area holds. As high as its words need at the width it has, and no higher."""

    def __init__(self, inside: QLayout) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setLayout(inside)

    @override
    def minimumSizeHint(self) -> QSize:
        # why: the least size of wrapping labels is that of their narrowest width, several times too
        # high.
        least, inside = super().minimumSizeHint(), self.layout()
        wraps = inside is not None and inside.hasHeightForWidth()
        return QSize(least.width(), 0) if wraps else least


class Scroll(QScrollArea):
    """A page that scrolls downwards only.

    And follows the focus so that it is never out of sight.
    """

    def __init__(self, inside: QLayout) -> None:
        super().__init__()
        self.setWidget(Page(inside))
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        self._follow(now)
        if now is not None and self.isAncestorOf(now):
            # what was shown a moment ago has its place only once it was laid out
            QTimer.singleShot(0, self, lambda: self._follow(QApplication.focusWidget()))

    def _follow(self, now: QWidget | None) -> None:
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


def _inside(widget: QWidget) -> list[QWidget]:
    """A widget's children in the order they are laid out.

    Then the rest in the order they were made.
    """
    found: list[QWidget] = []
    lay = widget.layout()
    if lay is not None:
        found += _laid_out(lay)
    children = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found + [child for child in children if child not in found]


def _laid_out(lay: QLayout) -> list[QWidget]:
    found: list[QWidget] = []
    for n in range(lay.count()):
        item = lay.itemAt(n)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            found.append(widget)
        elif inner is not None:
            found += _laid_out(inner)
    return found


def focusables(widget: QWidget) -> list[QWidget]:
    """Every stop of Tab under a widget, in reading order, whatever order it was built in."""
    if widget.isHidden() or not widget.isEnabled():
        return []
    stops: list[QWidget] = []
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    if takes:
        stops.append(widget)
    if not takes or widget.layout() is not None:
        for child in _inside(widget):
            if not child.isWindow():
                stops += focusables(child)
    return stops


def one_stop(buttons: Sequence[QAbstractButton]) -> None:
    """One stop of Tab for buttons of which one is chosen: that one, else the first. Arrow keys reach the others.

    Qt does so only once one of them had the focus: what was chosen before would be passed by.
    """
    stop = next((one for one in buttons if one.isChecked()), buttons[0] if buttons else None)
    for one in buttons:
        reached = Qt.FocusPolicy.StrongFocus if one is stop else Qt.FocusPolicy.ClickFocus
        one.setFocusPolicy(reached)


def tab_on(stops: list[QWidget], *, onward: bool) -> bool:
    """Moves the focus to the next or previous stop, and round; False where there is none."""
    if not stops:
        return False
    focus = QApplication.focusWidget()
    n = stops.index(focus) if focus in stops else (-1 if onward else 0)
    reason = Qt.FocusReason.TabFocusReason if onward else Qt.FocusReason.BacktabFocusReason
    stops[(n + (1 if onward else -1)) % len(stops)].setFocus(reason)
    return True
