"""The batch view: a table by keyboard, a bar that decides the row, Finish for the ready ones."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QProgressBar, QVBoxLayout, QWidget
from typing_extensions import override

from schoolsafe.services.changes import Topic
from schoolsafe.services.school import ChoiceWords, usual_choices
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.commands import key_words
from schoolsafe.ui.screen import Frame, Panes, Screen
from schoolsafe.ui.screens.today.batch_presenter import BatchPresenter, BatchRow, BatchShown
from schoolsafe.ui.seams import Paper
from schoolsafe.ui.widgets.announce import announce
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.choice import ChoiceGroup, Option
from schoolsafe.ui.widgets.layout import col, row
from schoolsafe.ui.widgets.pinned_bar import MOST_SHARE, DecisionBar
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.table import Cell, Table, TableRow
from schoolsafe.words import N_, _

HEADINGS: Final = (
    N_("Child, as sent"),
    N_("Your pupil"),
    N_("Match"),
    N_("When"),
    N_("There?"),
    N_("Before"),
    N_("This morning"),
)
WEIGHTS: Final = (6, 4, 5, 4, 4, 3, 6)
"""How the columns share the width."""


class BatchScreen(Screen):
    """Twenty at once."""

    place = "today"
    topics = frozenset({Topic.TODAY, Topic.NOTIFICATION, Topic.CHILD})
    own_countdown = True

    def __init__(
        self,
        frame: Frame,
        services: Services,
        *,
        paper: Paper | None = None,
    ) -> None:
        """The view.

        Args:
            frame: what the window lends.
            services: of the person at the screen.
            paper: prints the list for the gate.
        """
        self.title = _("Today")
        self._paper, self._tasks = paper, frame.tasks
        self._services = services
        self._choices = {one.choice.value: one for one in usual_choices()}
        self.presenter = BatchPresenter(services, tasks=frame.tasks, go=frame.navigator, view=self)
        self._build()

    def _build(self) -> None:
        self.heading = PlainLabel("", "h1", wrap=True, object_name="batch-heading")
        one = button(_("One at a time"), object_name="one-at-a-time")
        one.clicked.connect(self.presenter.one_at_a_time)
        self.gate = button(_("Print for the gate"), icon="printer", object_name="print-gate")
        self.gate.clicked.connect(self._print_gate)
        self.hint = PlainLabel("", "muted", wrap=True)
        self.ready = PlainLabel("", "strong", object_name="batch-ready")
        self.countdown = PlainLabel("", "strong", object_name="batch-countdown")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setObjectName("batch-progress")
        self.table = Table(
            [_(words) for words in HEADINGS],
            spoken=_("Notifications before registration, one row a child"),
            weights=WEIGHTS,
            object_name="batch",
        )
        self.table.spaced.connect(self.presenter.confirm)
        self.table.opened.connect(self.presenter.open)
        self.table.chosen.connect(self._show_current)
        self.problem = PlainLabel("", "danger", wrap=True, object_name="batch-problem")
        self.problem.hide()
        self.group = ChoiceGroup(
            [Option(key, one.words) for key, one in self._choices.items()],
            columns=2,
            spoken=_("What happens this morning for the row"),
            object_name="batch-choices",
        )
        self.group.chosen.connect(self._decide)
        self.left_words = PlainLabel("", "muted", wrap=True, object_name="batch-left")
        self.leave = button("", object_name="batch-leave")
        self.leave.clicked.connect(self.presenter.leave)
        self.finish = button("", kind="primary", key=key_words("save"), object_name="batch-finish")
        self.finish.clicked.connect(self.presenter.finish)
        head = col(
            row((self.heading, 1), one, self.gate),
            self.hint,
            2,
            row(self.ready, None, self.countdown),
            self.bar,
            margins=(24, 16, 24, 4),
            spacing=6,
        )
        self.foot = DecisionBar(
            "", self.group, line=self.left_words, buttons=(self.leave, self.finish), kept=2
        )
        layout = self.foot.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, self.problem)
        self.work = _BatchPane(head, self.table, self.foot, hint=self.hint)

    # what the presenter shows ---------------------------------------------------------------------

    def show_batch(self, batch: BatchShown) -> None:
        """Other rows."""
        self.heading.setText(batch.title)
        self.hint.setText(batch.families)
        self.ready.setText(batch.ready_words)
        self.countdown.setText(batch.countdown)
        self.bar.setRange(0, max(1, len(batch.rows)))
        self.bar.setValue(batch.ready)
        self.bar.setAccessibleName(batch.ready_words)
        self.left_words.setText(batch.left_words)
        self.finish.set_words(batch.finish_words)
        self.finish.set_kind("primary" if batch.ready else "plain")
        self.leave.set_words(batch.leave_words)
        self.leave.setVisible(batch.ready < len(batch.rows))
        self.gate.setVisible(batch.gate and self._paper is not None)
        self.say_problem("")
        self.table.show_rows([self._table_row(one) for one in batch.rows])
        if not self.table.current_key() and batch.rows:
            self.table.select(batch.rows[0].key)
        self._show_current(self.table.current_key())

    def say_problem(self, words: str) -> None:
        """Why a key did nothing."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        if words:
            announce(self.work, words)

    def _reword(self, choices: Sequence[ChoiceWords]) -> None:
        self._choices = {one.choice.value: one for one in choices}
        self.group.reword([Option(one.choice.value, one.words) for one in choices])

    def _table_row(self, one: BatchRow) -> TableRow:
        words = self._choices.get(one.choice or "")
        number = list(self._choices).index(one.choice) + 1 if one.choice else 0
        morning = f"{number}  {words.words}" if words else ""
        cells = (
            Cell(one.name, strong=True),
            Cell(one.pupil, "text" if one.matched or one.only else "muted"),
            Cell(one.match, one.match_tone, strong=one.match_tone == "warn"),
            Cell(one.when),
            Cell(one.present, "text" if one.present_told else "muted"),
            Cell(one.before, strong=one.before_many),
            Cell(morning or _("Alt+1 to 4"), "text" if morning else "muted"),
        )
        return TableRow(one.key, cells)

    def _show_current(self, key: str) -> None:
        current = self.presenter.row(key)
        self.group.set_current(current.choice if current else None)
        self.foot.title.setText(
            _("This morning for {name}").format(name=current.name) if current else ""
        )
        self.foot.show_chosen()

    def _decide(self, choice: str) -> None:
        self.presenter.decide(self.table.current_key(), choice)
        self.table.setFocus()

    def _print_gate(self) -> None:
        rows, paper, printing = self.presenter.gate_rows(), self._paper, self._services.printing
        if paper is not None and rows:
            title = _("List for the gate")
            self._tasks.query(
                lambda: printing.gate_list(rows), lambda pdf: self._hand_over(paper, title, pdf)
            )

    @staticmethod
    def _hand_over(paper: Paper, title: str, pdf: bytes) -> None:
        paper.hand_over(title, pdf)  # printed or not, the audit row stands

    # screen ---------------------------------------------------------------------------------------

    @override
    def panes(self) -> Panes:
        return Panes(work=self.work)

    @override
    def opened(self, **args: object) -> None:
        self._tasks.query(self._services.schools.choices, self._reword)
        self.presenter.refresh()

    @override
    def changed(self, topics: frozenset[Topic]) -> None:
        self.presenter.refresh()

    @override
    def first_focus(self) -> QWidget:
        return self.table

    @override
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"save": self.presenter.finish}


class _BatchPane(QWidget):
    """Head, table and the bar, which shrinks to one row where it would take too much."""

    def __init__(self, head: QLayout, table: Table, foot: DecisionBar, *, hint: PlainLabel) -> None:
        super().__init__()
        self.setObjectName("work")
        self._foot, self._hint = foot, hint
        held = row((table, 1), margins=(16, 0, 16, 0))
        self.setLayout(col(head, (held, 1), foot, spacing=0))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        folded = self._foot.full_height() > self.height() * MOST_SHARE
        self._foot.fold(folded=folded)
        self._hint.setHidden(folded)  # the keys stand in Help and in the list of keys too
