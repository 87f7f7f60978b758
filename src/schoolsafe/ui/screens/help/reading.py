"""A page of the manual as widgets: plain labels and tables, nothing that could load anything."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolsafe.ui.screens.help.pages import Block, Code, Grid, Heading, Item, Page
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.fitted_table import FittedTable
from schoolsafe.ui.widgets.layout import box, clear, col, row, scroll
from schoolsafe.ui.widgets.plain_label import PlainLabel, Role
from schoolsafe.ui.widgets.table import Cell, TableRow
from schoolsafe.words import _

COLUMN = 760
_ROLES: dict[int, Role] = {1: "h1", 2: "h2", 3: "h3"}


class Reading(QWidget):
    """One page, scrolled to a section."""

    def __init__(self, *, narrow: bool = False) -> None:
        super().__init__()
        self.setObjectName("reading")
        self._narrow = narrow
        self._places: dict[str, QWidget] = {}
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(style.scale(8))
        edge = 18 if narrow else 32
        self.page = scroll(col(self._column, None, margins=(edge, 16, edge, 24)))
        inside = self.page.widget()
        if inside is not None and not narrow:
            inside.setMaximumWidth(style.scale(COLUMN))
        self.setLayout(col((self.page, 1)))
        self.shown = ""

    def show_page(self, page: Page, slug: str = "") -> None:
        """Another page, or another place in it."""
        if page.name != self.shown:
            self._build(page)
        place = self._places.get(slug)
        if place is None:
            self.page.verticalScrollBar().setValue(0)
            return
        self.layout_now()
        self.page.verticalScrollBar().setValue(place.y())

    def layout_now(self) -> None:
        """Places are known only once the page is laid out."""
        inside = self.page.widget()
        lay = inside.layout() if inside is not None else None
        if inside is not None and lay is not None:
            width = self.page.viewport().width()
            inside.resize(width, max(inside.height(), lay.totalHeightForWidth(width)))
            lay.activate()

    def sections(self) -> tuple[str, ...]:
        """The places of this page."""
        return tuple(self._places)

    def _build(self, page: Page) -> None:
        clear(self._column)
        self._places = {}
        self.shown = page.name
        for block in page.blocks:
            made = self._made(block)
            if isinstance(block, Heading):
                self._places[block.slug] = made
                self._column.addSpacing(style.scale(8) if block.level > 1 else 0)
            self._column.addWidget(made)

    def _made(self, block: Block) -> QWidget:
        if isinstance(block, Heading):
            level = min(3, block.level + 1) if self._narrow else block.level
            return PlainLabel(block.words, _ROLES.get(level, "h3"), wrap=True)
        if isinstance(block, Item):
            return _item(block)
        if isinstance(block, Grid):
            return _grid(block)
        if isinstance(block, Code):
            words = PlainLabel(block.words, wrap=True).selectable()
            return box(col(words, margins=(12, 8, 12, 8)), panel="sunken")
        return PlainLabel(block.words, wrap=True).selectable()


def _item(item: Item) -> QWidget:
    mark = PlainLabel(item.mark, "muted")
    mark.setFixedWidth(style.scale(22))
    holder = QWidget()
    words = PlainLabel(item.words, wrap=True).selectable()
    holder.setLayout(row(col(mark, None), (words, 1), spacing=4))
    return holder


def _grid(grid: Grid) -> QWidget:
    table = FittedTable(grid.headings, spoken=_("Table"), object_name="help-table")
    table.show_rows(
        [
            TableRow(
                str(n), tuple(Cell(cell, strong=not place) for place, cell in enumerate(cells))
            )
            for n, cells in enumerate(grid.rows)
        ]
    )
    return table
