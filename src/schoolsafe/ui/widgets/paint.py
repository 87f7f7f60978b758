"""What the list delegates share: a bold font, wrapped heights, the ground of a row and its ring."""

from html import escape
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from schoolsafe.ui.theme import style
from schoolsafe.ui.theme.tokens import TYPE

Index = QModelIndex | QPersistentModelIndex
TALL: Final = 9999
SMALLEST_PX: Final = 11


def bold(font: QFont) -> QFont:
    """The same, heavier."""
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def small(font: QFont) -> QFont:
    """The same, second-level size."""
    made = QFont(font)
    made.setPixelSize(max(SMALLEST_PX, round(font.pixelSize() * TYPE["small"])))
    return made


def wrapping(font: QFont, words: str, width: int) -> Qt.TextFlag:
    """How words wrap at a width: between words, and inside one only where it alone is wider.

    Qt breaks anywhere as soon as it may.
    """
    room = QRect(0, 0, max(1, width), TALL)
    plain = QFontMetrics(font).boundingRect(room, Qt.TextFlag.TextWordWrap, words)
    if plain.width() <= width:
        return Qt.TextFlag.TextWordWrap
    return Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere


def height(font: QFont, words: str, width: int) -> int:
    """How high words are when they wrap at a width; nothing for no words."""
    if not words:
        return 0
    room = QRect(0, 0, max(1, width), TALL)
    return QFontMetrics(font).boundingRect(room, wrapping(font, words, width), words).height()


def view_width(option: QStyleOptionViewItem, *, bar: int = 10) -> int:
    """The width rows have, bar or no bar.

    The viewport's own width changes when the scroll bar comes or goes, after the heights were asked
    for.
    """
    view = getattr(option, "widget", None)
    return view.width() - style.scale(bar) if isinstance(view, QListView) else option.rect.width()


def draw_ground(painter: QPainter, option: QStyleOptionViewItem, area: QRectF) -> bool:
    """The ground of the chosen row, and the ring of the row that has the focus. True if chosen."""
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    if chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colour("sel"))
        painter.drawRoundedRect(area, 8, 8)
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colour("sunken"))
        painter.drawRoundedRect(area, 8, 8)
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(style.colour("focus"), 2))
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 8, 8)
    return chosen


def plain_tip(words: str) -> str:
    """Words for a tooltip, which Qt would otherwise guess to be markup."""
    return f"<span>{escape(words)}</span>" if "<" in words or "&" in words else words
