"""A family drawn: squares, circles, diamonds and triangles, lines between them, the household in a dotted line.

Drawn from the list, never worked on: everything is done in the list. The accessible description says it in sentences.
Left to others: who stands where (domain.genogram).
"""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from schoolsafe.domain.genogram import Genogram, Node, Pair, Shape
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.paint import small
from schoolsafe.words import _

CELL_WIDE: Final = 104
CELL_TALL: Final = 108
SIZE: Final = 15
"""Half the height of a shape, px at 100 % text."""
TOP: Final = 26
"""From the top of a cell to the middle of its shape."""
WORDS: Final = 48
"""From the top of a cell to its name."""
MARGIN: Final = 10


class GenogramDrawing(QWidget):
    """The drawing of one family."""

    def __init__(self) -> None:
        super().__init__()
        self.drawing: Genogram | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setObjectName("genogram")
        self.setAccessibleName(_("The family, drawn"))

    def show_drawing(self, drawing: Genogram) -> None:
        """Draws this family, and says it."""
        self.drawing = drawing
        self.setAccessibleDescription(
            drawing.words or _("Nobody besides the child is on the list yet.")
        )
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        rows = self.drawing.rows if self.drawing else 1
        wide = self.drawing.width // 2 if self.drawing else 1
        return QSize(
            style.scale(wide * CELL_WIDE + 2 * MARGIN), style.scale(rows * CELL_TALL + 2 * MARGIN)
        )

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(style.scale(200), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.drawing is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._household(painter, self.drawing)
        painter.setPen(QPen(style.colour("text"), style.scale(1.5)))
        for parents, children in self.drawing.descents:
            self._descent(painter, self.drawing, parents, children)
        for pair in self.drawing.pairs:
            self._pair(painter, self.drawing, pair)
        for node in self.drawing.nodes:
            self._node(painter, node)
        painter.end()

    # where things stand ---------------------------------------------------------------------------

    def _cell(self) -> float:
        """The width of one place: less where the pane is narrow."""
        places = max(1, self.drawing.width // 2) if self.drawing else 1
        return min(style.scale(CELL_WIDE), (self.width() - 2 * style.scale(MARGIN)) / places)

    def _middle(self, node: Node) -> QPointF:
        left, cell = style.scale(MARGIN), self._cell()
        return QPointF(
            left + (node.at / 2 + 0.5) * cell,
            style.scale(MARGIN + node.row * CELL_TALL + TOP),
        )

    # painting -------------------------------------------------------------------------------------

    def _household(self, painter: QPainter, drawing: Genogram) -> None:
        """One dotted line round everybody who lives with the child."""
        cell, outline = self._cell(), QPainterPath()
        home = {(node.row, node.at) for node in drawing.nodes if node.at_home}
        for row, at in home:
            node = next(n for n in drawing.nodes if (n.row, n.at) == (row, at))
            middle, inset = self._middle(node), style.scale(7)
            left = -1 if (row, at - 2) in home else inset  # neighbours share one outline
            right = -1 if (row, at + 2) in home else inset
            place = QRectF(
                middle.x() - cell / 2 + left,
                middle.y() - style.scale(TOP) - 1,
                cell - left - right,
                style.scale(CELL_TALL) + 2,
            )
            around = QPainterPath()
            around.addRect(place)
            outline = outline.united(around)
        pen = QPen(style.colour("primary"), style.scale(1.5), Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline.simplified())

    def _descent(
        self,
        painter: QPainter,
        drawing: Genogram,
        parents: tuple[str, ...],
        children: tuple[str, ...],
    ) -> None:
        above = [self._middle(drawing.node(one)) for one in parents]
        below = [self._middle(drawing.node(one)) for one in children]
        if not (above and below):
            return
        start = QPointF(sum(p.x() for p in above) / len(above), max(p.y() for p in above))
        bar = min(p.y() for p in below) - style.scale(SIZE + 8)
        if len(above) > 1:
            start.setY(start.y())
            painter.drawLine(above[0], above[-1])
        painter.drawLine(start, QPointF(start.x(), bar))
        ends = [*(p.x() for p in below), start.x()]
        painter.drawLine(QPointF(min(ends), bar), QPointF(max(ends), bar))
        for point in below:
            painter.drawLine(QPointF(point.x(), bar), point)

    def _pair(self, painter: QPainter, drawing: Genogram, pair: Pair) -> None:
        one, two = self._middle(drawing.node(pair.one)), self._middle(drawing.node(pair.two))
        painter.drawLine(one, two)
        lean, tall = style.scale(4), style.scale(8)
        quarter = one + (two - one) * 0.5
        for n in range(pair.slashes):
            x = quarter.x() + style.scale(6) * (n - (pair.slashes - 1) / 2)
            painter.drawLine(
                QPointF(x - lean, quarter.y() + tall), QPointF(x + lean, quarter.y() - tall)
            )

    def _node(self, painter: QPainter, node: Node) -> None:
        middle, size = self._middle(node), style.scale(SIZE)
        thick = style.scale(3 if node.self else 1.5)
        painter.setPen(QPen(style.colour("primary" if node.self else "text"), thick))
        painter.setBrush(style.colour("surface"))
        box = QRectF(middle.x() - size, middle.y() - size, 2 * size, 2 * size)
        match node.shape:
            case Shape.SQUARE:
                painter.drawRect(box)
            case Shape.CIRCLE:
                painter.drawEllipse(box)
            case Shape.DIAMOND:
                painter.drawPolygon(
                    QPolygonF(
                        [
                            QPointF(middle.x(), box.top()),
                            QPointF(box.right(), middle.y()),
                            QPointF(middle.x(), box.bottom()),
                            QPointF(box.left(), middle.y()),
                        ]
                    )
                )
            case Shape.TRIANGLE:
                painter.drawPolygon(
                    QPolygonF([QPointF(middle.x(), box.top()), box.bottomRight(), box.bottomLeft()])
                )
        self._name(painter, node, middle)

    def _name(self, painter: QPainter, node: Node, middle: QPointF) -> None:
        """Under the shape, on as many lines as it takes: a name is never cut."""
        painter.setFont(small(self.font()))
        painter.setPen(style.colour("text"))
        cell = self._cell() - style.scale(4)
        top = middle.y() - style.scale(TOP) + style.scale(WORDS)
        room = QRectF(middle.x() - cell / 2, top, cell, style.scale(CELL_TALL - WORDS - 4))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        wide = QFontMetrics(painter.font()).horizontalAdvance(
            max(node.name.split(), key=len, default="")
        )
        wrap = Qt.TextFlag.TextWordWrap if wide <= cell else Qt.TextFlag.TextWrapAnywhere
        painter.drawText(room, int(flags) | int(wrap), node.name)
