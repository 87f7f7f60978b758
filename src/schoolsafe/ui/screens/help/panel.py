"""F1: the page about the screen in front, beside the work, where the context pane is; Esc closes it."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from schoolsafe.ui.body import ROOMY_CONTEXT, ROOMY_UNITS
from schoolsafe.ui.commands import key_words
from schoolsafe.ui.overlay import Overlay
from schoolsafe.ui.screen import CONTEXT_WIDTH
from schoolsafe.ui.screens.help.pages import NOTHING, Found, Page
from schoolsafe.ui.screens.help.presenter import HelpPresenter
from schoolsafe.ui.screens.help.reading import Reading
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.fields import TextField
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.layout import col, line, row
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.row_list import Row, RowList
from schoolsafe.words import _

BETWEEN = "#"


class HelpPanel(Overlay):
    """At the right edge, in the same place on every screen. It covers nothing a person types in."""

    def __init__(
        self, host: QWidget, *, here: Callable[[], str], whole: Callable[[], None]
    ) -> None:
        """The panel.

        Args:
            host: the window's inside.
            here: the id of the screen in front.
            whole: opens the whole manual.
        """
        super().__init__(host)
        self.setAccessibleName(_("Help for this screen"))
        self._here = here
        self.presenter = HelpPresenter(self)
        self.reading = Reading(narrow=True)
        self.search = TextField(
            spoken=_("Search the manual"),
            hint=_("Search the manual"),
            icon="search",
            object_name="panel-search",
        )
        self.rows = RowList(spoken=_("Places in the manual"), object_name="panel-rows")
        self.rows.hide()
        self.nothing = PlainLabel(_(NOTHING), "muted", wrap=True, object_name="panel-nothing")
        self.nothing.hide()
        close = button(_("Close"), key="Esc", object_name="close-help")
        close.clicked.connect(self.dismiss)
        all_of_it = button(_("The whole manual"), kind="link", object_name="whole-manual")
        all_of_it.clicked.connect(self.dismiss)
        all_of_it.clicked.connect(whole)
        head = row((PlainLabel(_("Help"), "h2"), 1), close)
        foot = row((PlainLabel(_("Keys: {key}").format(key=key_words("keys")), "small"), 1),
                   flow(all_of_it))  # fmt: skip
        self.setLayout(
            col(
                col(head, self.search, margins=(16, 12, 14, 8), spacing=8),
                line(),
                self.nothing,
                (self.rows, 1),
                (self.reading, 1),
                line(),
                col(foot, margins=(16, 6, 14, 8)),
                spacing=0,
            )
        )
        self.search.textChanged.connect(self.presenter.search)
        self.search.returnPressed.connect(self._first)
        self.rows.opened.connect(self._go)
        self.rows.clicked.connect(lambda _index: self._go(self.rows.current_key()))

    @override
    def prepare(self, words: str) -> None:
        self.search.setText("")
        self.presenter.open_for(self._here())

    def show_page(self, page: Page, slug: str) -> None:
        """The page about the screen, at its section."""
        self.rows.hide()
        self.nothing.hide()
        self.reading.show()
        self.reading.show_page(page, slug)
        # why: heights are known only once the panel has its width.
        QTimer.singleShot(0, self.reading, lambda: self.reading.show_page(page, slug))

    def show_found(self, words: str, found: tuple[Found, ...]) -> None:
        """What a search found instead of the page."""
        self.rows.setVisible(bool(found))
        self.nothing.setVisible(bool(words) and not found)
        self.reading.setVisible(not words)
        self.rows.show_rows(
            [
                Row(key=f"{one.page}{BETWEEN}{one.slug}", title=one.title, about=one.words)
                for one in found
            ]
        )

    def _first(self) -> None:
        if self.rows.select_first():
            self._go(self.rows.current_key())

    def _go(self, key: str) -> None:
        page, _between, slug = key.partition(BETWEEN)
        self.presenter.open(page, slug)
        self.search.setFocus()

    @override
    def first_focus(self) -> QWidget:
        return self.search

    @override
    def _place(self) -> None:
        units = self._host.window().width() * 100 // style.current().percent
        wide = ROOMY_CONTEXT if units >= ROOMY_UNITS else CONTEXT_WIDTH
        wide = min(style.scale(wide), self._host.width())
        self.setGeometry(self._host.width() - wide, 0, wide, self._host.height())
