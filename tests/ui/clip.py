"""Nothing visible is cut off. Use ``cut_texts(window)`` after the window has settled; the result should be empty."""

from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QLabel, QWidget

from schoolsafe.ui.widgets.choice import Choice
from schoolsafe.ui.widgets.layout import Scroll

WINDOWS = ((1024, 640), (1280, 720), (1366, 768), (1536, 864), (1920, 1080))
TEXTS = (100, 120, 150, 200)
SIZES = tuple(
    (percent, width, height)
    for percent in TEXTS
    for width, height in WINDOWS
    if percent < 200 or width >= 1366
)
"""Text size, width and height: 200 % is supported from 1366 x 768."""


def settle(window: QWidget, times: int = 4) -> None:
    """Lets layouts that depend on each other come to rest."""
    for _ in range(times):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
    del window


def _reachable(widget: QWidget) -> bool:
    """Below the fold of a scroll area is not cut off."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def _beyond(widget: QWidget) -> int:
    """Px of a widget to the right of a page that scrolls downwards only: nobody can reach them."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, Scroll):
            right = widget.mapTo(parent.viewport(), widget.rect().topRight()).x()
            return right - parent.viewport().width() + 1
        parent = parent.parentWidget()
    return 0


def _cut(widget: QLabel | QAbstractButton) -> str:
    if _beyond(widget) > 1:
        return f"is {_beyond(widget)} px beyond its page"
    if (isinstance(widget, QLabel) and widget.wordWrap()) or isinstance(widget, Choice):
        need, has = widget.heightForWidth(widget.width()), widget.height()
        if has < need - 1:
            return f"has {has} px of height, needs {need}"
        longest = max(widget.text().split(), key=len, default="")
        wide = widget.fontMetrics().horizontalAdvance(longest)
        return f"has {widget.width()} px for {longest!r}" if widget.width() < wide - 1 else ""
    need, has = widget.sizeHint().width(), widget.width()
    tall, have = widget.sizeHint().height(), widget.height()
    if not _reachable(widget):
        seen = widget.visibleRegion().boundingRect()
        has, have = min(has, seen.width()), min(have, seen.height())
    if has < need - 1:
        return f"has {has} px, needs {need}"
    return f"has {have} px of height, needs {tall}" if have < tall - 1 else ""


def cut_texts(window: QWidget) -> list[str]:
    """What is cut, with what it needs."""
    bad = []
    for widget in [*window.findChildren(QLabel), *window.findChildren(QAbstractButton)]:
        if widget.isVisible() and widget.text() and not widget.visibleRegion().isEmpty():
            said = _cut(widget)
            if said:
                bad.append(f"{widget.text()[:44]!r} {said}")
    return bad


def looked_at(window: QWidget) -> int:
    """How many texts there were to look at."""
    every = [*window.findChildren(QLabel), *window.findChildren(QAbstractButton)]
    return sum(widget.isVisible() and bool(widget.text()) for widget in every)
