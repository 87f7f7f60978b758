"""The month's letter: sentences, tables, and the school's own count under them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from schoolsafe.services.changes import Topic
from schoolsafe.services.pages import LetterTable
from schoolsafe.services.policy import Policy
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.commands import key_words
from schoolsafe.ui.screen import Frame, Panes, Screen
from schoolsafe.ui.screens.reports.presenter import ReportPresenter, ReportShown
from schoolsafe.ui.seams import Paper
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.fitted_table import FittedTable
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.layout import clear, col, line, scroll
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.table import Cell, TableRow
from schoolsafe.words import _


@dataclass(frozen=True, slots=True)
class ReportTools:
    """What reports need of the world besides the services."""

    paper: Paper
    write: Callable[[Path, bytes], None]
    """Writes a file a person chose, whole or not at all."""
    policy: Policy


class ReportsScreen(Screen):
    """One month."""

    place = "reports"
    topics = frozenset({Topic.NOTIFICATION, Topic.CALENDAR, Topic.CHRONOLOGY, Topic.SETTING})

    def __init__(self, frame: Frame, services: Services, tools: ReportTools) -> None:
        self.title = _("Reports")
        self.presenter = ReportPresenter(
            services,
            tasks=frame.tasks,
            go=frame.navigator,
            view=self,
            dialogs=frame.dialogs,
            paper=tools.paper,
            write=tools.write,
            policy=tools.policy,
        )
        self.month = PlainLabel("", "h1", wrap=True, object_name="report-month")
        self.to = PlainLabel("", "muted", wrap=True, object_name="report-to")
        self.before = button(_("Month before"), icon="chevron-left", object_name="month-before")
        self.after = button(_("Month after"), icon="chevron-right", object_name="month-after")
        self.print_button = button(
            _("Print the letter"),
            kind="primary",
            icon="printer",
            key=key_words("print"),
            object_name="print-letter",
        )
        self.save = button(_("Save as a table"), icon="download", object_name="save-letter")
        self.empty = PlainLabel("", "muted", wrap=True, object_name="report-empty")
        self._letter = QVBoxLayout()
        self._letter.setSpacing(10)
        self._letter.setContentsMargins(0, 0, 0, 0)
        self.own_heading = PlainLabel(_("Your own count"), "h2")
        self.own = PlainLabel(
            _("As it is. It stands in no letter and no file."),
            "muted",
            wrap=True,
        )
        self._own = QVBoxLayout()
        self._own.setContentsMargins(0, 0, 0, 0)
        self.work = self._page()
        self._wire()

    def _page(self) -> QFrame:
        page = col(
            PlainLabel(_("Reports. Letter to the force"), "muted"),
            self.month,
            self.to,
            flow(self.before, self.after, self.print_button, self.save),
            self.empty,
            self._letter,
            line(),
            self.own_heading,
            self.own,
            self._own,
            None,
            margins=(28, 20, 28, 20),
            spacing=10,
        )
        frame = QFrame()
        frame.setObjectName("work")
        frame.setLayout(col((scroll(page), 1)))
        return frame

    def _wire(self) -> None:
        do = self.presenter
        self.before.clicked.connect(lambda: do.step(-1))
        self.after.clicked.connect(lambda: do.step(1))
        self.print_button.clicked.connect(do.print)
        self.save.clicked.connect(do.save_table)
        self.print_button.setVisible(do.may_print())

    # ReportView -----------------------------------------------------------------------------------

    def show_report(self, shown: ReportShown) -> None:
        """Another month, or other counts."""
        self.month.setText(shown.month)
        self.to.setText(_("To {force}. No child and no place stands in it.").format(force=shown.to))
        self.before.setEnabled(shown.earlier)
        self.after.setEnabled(shown.later)
        self.empty.setText(
            _("Reports need at least one notification. Nothing came in this month.")
            if shown.nothing
            else ""
        )
        self.empty.setVisible(shown.nothing)
        clear(self._letter)
        for sentence in () if shown.nothing else shown.sentences:
            self._letter.addWidget(PlainLabel(sentence, wrap=True))
        for number, table in enumerate(shown.tables):
            self._letter.addWidget(PlainLabel(table.title, "h2", wrap=True))
            self._letter.addWidget(_table(table, f"letter-table-{number}"))
        clear(self._own)
        if not shown.nothing:
            self._own.addWidget(_table(shown.own, "own-table"))
        for part in (self.own_heading, self.own):
            part.setVisible(not shown.nothing)

    def show_gone(self, words: str) -> None:
        """There is nothing this person may read."""
        self.month.setText(_("Letter to the force"))
        self.to.setText(words)
        parts = (self.before, self.after, self.print_button, self.save, self.empty)
        for part in (*parts, self.own_heading, self.own):
            part.hide()
        clear(self._letter)
        clear(self._own)

    # screen ---------------------------------------------------------------------------------------

    @override
    def panes(self) -> Panes:
        return Panes(work=self.work)

    @override
    def opened(self, **args: object) -> None:
        self.presenter.refresh()

    @override
    def changed(self, topics: frozenset[Topic]) -> None:
        self.presenter.refresh()

    @override
    def first_focus(self) -> QWidget:
        return self.before

    @override
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"print": self.presenter.print}


def _table(table: LetterTable, object_name: str) -> FittedTable:
    made = FittedTable(
        table.heads,
        spoken=table.title,
        object_name=object_name,
        weights=(2, *([1] * (len(table.heads) - 1))),
    )
    last = len(table.rows) - 1
    made.show_rows(
        [
            TableRow(
                str(n),
                tuple(Cell(words, strong=n == last and len(table.heads) > 2) for words in cells),  # noqa: PLR2004  # a table with a sum
            )
            for n, cells in enumerate(table.rows)
        ]
    )
    return made
