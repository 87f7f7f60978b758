"""Lucide icons from ``resources/icons``.

Tinted with a token's ink and sharp at any screen density.
"""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from schoolsafe import resources
from schoolsafe.ui.theme.style import current
from schoolsafe.ui.theme.tokens import Ink


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    return resources.path("icons", f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=512)
def _tinted(name: str, tint: str, px: int, density: float) -> QPixmap:
    made = QPixmap(QSize(round(px * density), round(px * density)))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    svg = _drawing(name).replace("currentColor", tint)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    made.setDevicePixelRatio(density)
    return made


def pixmap(name: str, ink: Ink = "text", size: int = 18) -> QPixmap:
    """One icon.

    Args:
        name: the file's name without its ending.
        ink: the token it is drawn in.
        size: px at 100 % text.
    """
    screens = QGuiApplication.screens()
    density = screens[0].devicePixelRatio() if screens else 1.0
    style = current()
    return _tinted(name, style.tokens[ink], style.scale(size), density)


def icon(name: str, ink: Ink = "text", size: int = 18) -> QIcon:
    """The same as a QIcon."""
    return QIcon(pixmap(name, ink, size))
