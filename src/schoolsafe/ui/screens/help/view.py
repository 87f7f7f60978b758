"""The manual: pages and search in the list, the page in the work."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from schoolsafe.ui.screen import Frame, Panes, Screen
from schoolsafe.ui.screens.help.pages import NOTHING, Found, Page
from schoolsafe.ui.screens.help.presenter import HelpPresenter
from schoolsafe.ui.screens.help.reading import Reading
from schoolsafe.ui.widgets.announce import announce
from schoolsafe.ui.widgets.fields import TextField
from schoolsafe.ui.widgets.layout import col, line
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.row_list import Row, RowList
from schoolsafe.words import _, ngettext

LIST_WIDTH = 300
BETWEEN = "#"


class HelpList(QFrame):
    """Search over pages, or over what a search found."""

    def __init__(self, presenter: HelpPresenter) -> None:
        super().__init__()
        self.setObjectName("side")
        self._presenter = presenter
        self.search = TextField(
            spoken=_("Search the manual"),
            hint=_("Search the manual"),
            icon="search",
            object_name="help-search",
        )
        self.rows = RowList(spoken=_("Pages of the manual"), object_name="help-rows")
        self.count = PlainLabel("", "small", wrap=True, object_name="help-count")
        head = col(
            PlainLabel(_("Help"), "h2"), self.search, self.count, margins=(16, 14, 12, 8), spacing=8
        )
        self.setLayout(col(head, line(), (self.rows, 1), spacing=0))
        self.search.textChanged.connect(presenter.search)
        self.search.returnPressed.connect(self._first)
        self.rows.chosen.connect(self._go)
        self.rows.clicked.connect(lambda _index: self._go(self.rows.current_key()))
        self.show_pages()

    def show_pages(self) -> None:
        """The pages."""
        self.count.setText("")
        self.rows.show_rows(
            [
                Row(key=page.name, title=page.title, icon="book-open")
                for page in self._presenter.pages()
            ]
        )

    def show_found(self, words: str, found: tuple[Found, ...]) -> None:
        """What a search found, a section a row."""
        if not words:
            self.show_pages()
            return
        said = ngettext("{n} place in the manual", "{n} places in the manual", len(found))
        self.count.setText(said.format(n=len(found)) if found else _(NOTHING))
        announce(self, self.count.text())
        self.rows.show_rows(
            [
                Row(key=f"{one.page}{BETWEEN}{one.slug}", title=one.title, about=one.words)
                for one in found
            ]
        )

    def _first(self) -> None:
        if self.rows.select_first():
            self.rows.setFocus()

    def _go(self, key: str) -> None:
        page, _between, slug = key.partition(BETWEEN)
        self._presenter.open(page, slug)


class HelpScreen(Screen):
    """The whole manual; F1 elsewhere shows one page of it beside the work."""

    place = "help"

    def __init__(self, frame: Frame) -> None:
        self.title = _("Help")
        self._go = frame.navigator
        self.presenter = HelpPresenter(self)
        self.list = HelpList(self.presenter)
        self.list.rows.opened.connect(lambda _key: self._go.show_work())
        self.reading = Reading()
        self.work = QFrame()
        self.work.setObjectName("work")
        self.work.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.work.setLayout(col((self.reading, 1)))

    def show_page(self, page: Page, slug: str) -> None:
        """A page, at a section."""
        self.reading.show_page(page, slug)
        if slug:  # once more when the page has its final width
            QTimer.singleShot(0, self.reading, lambda: self.reading.show_page(page, slug))

    def show_found(self, words: str, found: tuple[Found, ...]) -> None:
        """What a search found."""
        self.list.show_found(words, found)

    @override
    def panes(self) -> Panes:
        return Panes(work=self.work, list=self.list, list_width=LIST_WIDTH)

    @override
    def opened(self, **args: object) -> None:
        page, about = args.get("page"), args.get("about")
        if isinstance(about, str):
            self.presenter.open_for(about)
        elif isinstance(page, str):
            self.presenter.open(page)
        elif not self.reading.shown:
            self.list.rows.select_first()
        self.list.rows.select(self.reading.shown)

    @override
    def first_focus(self) -> QWidget:
        return self.list.search

    @override
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"search": self.list.search.setFocus}
