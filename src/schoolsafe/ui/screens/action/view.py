"""The form of an action: what, who, by when; of one that stands, what came of it."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from schoolsafe.services.changes import Topic
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.commands import key_words
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.ranking import Pick
from schoolsafe.ui.screen import Frame, Panes, Screen
from schoolsafe.ui.screens.action.presenter import ActionPresenter, ActionShown, Typed
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.error_summary import ErrorSummary, FormError
from schoolsafe.ui.widgets.fields import LongText, Question, TextField
from schoolsafe.ui.widgets.layout import col, row, scroll
from schoolsafe.ui.widgets.picker import Picker
from schoolsafe.ui.widgets.pinned_bar import PinnedBar, WorkPane
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _

OUTCOME_LINES = 5


class ActionScreen(Screen):
    """An action in the work pane; what is open already beside it."""

    place = "pupils"
    topics = frozenset({Topic.CHILD})

    def __init__(self, frame: Frame, services: Services) -> None:
        self.title = _("Action")
        self.presenter = ActionPresenter(services, tasks=frame.tasks, go=frame.navigator, view=self)
        self._stands = False
        self._fields()
        self.work = WorkPane(self._page(), PinnedBar(row((self.standing, 1), self.save_button)))
        self.beside = Beside()
        self._wire()

    def _fields(self) -> None:
        self.summary = ErrorSummary()
        self.child = Picker(
            self.presenter.book.find,
            spoken=_("Which child is this about?"),
            hint=_("Type a name"),
            object_name="action-child",
        )
        self.what = TextField(spoken=_("What will be done?"), object_name="action-what")
        self.owner = Picker(
            self.presenter.owners,
            spoken=_("Who does it?"),
            hint=_("A colleague, or any name and role"),
            object_name="action-owner",
        )
        self.due = TextField(
            spoken=_("By when?"), hint=_("fri, tomorrow, 14 11"), object_name="action-due"
        )
        self.read = PlainLabel("", "small", wrap=True, object_name="action-due-read")
        self.outcome = LongText(
            spoken=_("What came of it?"), lines=OUTCOME_LINES, object_name="action-outcome"
        )
        self.significant = QCheckBox(_("Show it in the short chronology"))
        self.significant.setObjectName("action-significant")
        self.standing = PlainLabel("", "small", wrap=True, object_name="action-standing")
        self.save_button = button(
            _("Save"), kind="primary", key=key_words("save"), object_name="save-action"
        )

    def _page(self) -> QVBoxLayout:
        self.heading = PlainLabel("", "h1", wrap=True, object_name="action-heading")
        self.about = PlainLabel("", "muted", wrap=True)
        self.follows = PlainLabel("", "muted", wrap=True, object_name="action-follows")
        self.said = PlainLabel("", "strong", wrap=True, object_name="action-said")
        self._asked = {
            "child": Question(_("Which child is this about?"), self.child),
            "what": Question(_("What will be done?"), self.what),
            "outcome": Question(
                _("What came of it?"),
                self.outcome,
                hint=_("Written here and saved, the action is done."),
            ),
            "owner": Question(_("Who does it?"), self.owner),
            "due": Question(_("By when?"), self.due),
        }
        return col(
            col(
                PlainLabel(_("Action"), "muted"), self.heading, self.about, self.follows, spacing=2
            ),
            self.summary,
            self.said,
            *self._asked.values(),
            self.read,
            self.significant,
            None,
            margins=(24, 16, 24, 14),
            spacing=10,
        )

    def _wire(self) -> None:
        do = self.presenter
        self.child.picked.connect(self._picked)
        self.what.returnPressed.connect(self.owner.edit.setFocus)
        self.owner.picked.connect(lambda _pick: self.due.setFocus())
        self.owner.edit.returnPressed.connect(self.due.setFocus)
        self.due.textChanged.connect(lambda words: self.read.setText(do.due_words(words)))
        self.save_button.clicked.connect(do.save)

    # ActionScreenView -----------------------------------------------------------------------------

    def form(self) -> Typed:
        """The form as it stands."""
        pick = self.child.pick()
        owner = self.owner.pick()
        return Typed(
            child=pick.id if pick else "",
            what=self.what.text(),
            owner=owner.name if owner else self.owner.text(),
            due=self.due.text(),
            outcome=self.outcome.text(),
            significant=self.significant.isChecked(),
        )

    def show_action(self, shown: ActionShown) -> None:
        """Another form."""
        fresh = (shown.child, shown.stands) != (self._now_child(), self._stands) or shown.stands
        self._stands = shown.stands
        self.show_wrong(())
        self.heading.setText(shown.child_name or ("" if shown.child else _("No child chosen yet")))
        for label, words in ((self.about, shown.about), (self.follows, shown.follows)):
            label.setText(words)
            label.setVisible(bool(words))
        self._asked["child"].setVisible(not shown.child)
        self.child.set_pick(Pick(shown.child, shown.child_name) if shown.child else None)
        self.said.setText(shown.what)
        self.said.setVisible(shown.stands)
        self._asked["what"].setVisible(not shown.stands)
        self._asked["outcome"].setVisible(shown.stands)
        self.significant.setVisible(not shown.stands)
        self.standing.setText(shown.standing)
        if fresh or not shown.child_name:
            self._fill(shown)
        if shown.stands:
            self.outcome.setFocus()
        self.work.page.verticalScrollBar().setValue(0)

    def _now_child(self) -> str:
        pick = self.child.pick()
        return pick.id if pick else ""

    def _fill(self, shown: ActionShown) -> None:
        self.what.setText(shown.what)
        self.owner.set_text(shown.owner)
        self.due.setText(shown.due)
        self.outcome.setPlainText(shown.outcome)
        self.significant.setChecked(False)

    def show_others(self, words: Sequence[str]) -> None:
        """The child's open actions."""
        self.beside.show_lines(words)

    def show_wrong(self, problems: Sequence[Problem]) -> None:
        """The summary and the fields."""
        said = {problem.field: problem.words for problem in problems}
        places: dict[str, QWidget] = {
            "child": self.child.edit,
            "what": self.what,
            "outcome": self.outcome,
            "owner": self.owner.edit,
            "due": self.due,
        }
        for key, question in self._asked.items():
            question.show_error(said.get(key, ""))
        self.summary.show_errors([FormError(p.words, places[p.field]) for p in problems])

    def _picked(self, pick: Pick) -> None:
        self.heading.setText(pick.name)
        self.presenter.show_others(pick.id)
        self.what.setFocus()

    # screen ---------------------------------------------------------------------------------------

    @override
    def panes(self) -> Panes:
        return Panes(work=self.work, context=self.beside)

    @override
    def opened(self, **args: object) -> None:
        names = ("child", "record", "source")
        self.presenter.open(**{k: str(args[k]) for k in names if isinstance(args.get(k), str)})

    @override
    def changed(self, topics: frozenset[Topic]) -> None:
        self.presenter.book.load(again=True)

    @override
    def first_focus(self) -> QWidget:
        if self._stands:
            return self.outcome
        return self.what if self.child.pick() else self.child.edit

    @override
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"save": self.presenter.save}


class Beside(QFrame):
    """The context pane: what is open about the child already."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("context")
        self.words = PlainLabel("", wrap=True, object_name="action-others")
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        page = col(
            PlainLabel(_("Open actions"), "h2"),
            self.words,
            None,
            margins=(18, 16, 16, 16),
            spacing=10,
        )
        layout.addWidget(scroll(page))
        self.setLayout(layout)
        self.show_lines(())

    def show_lines(self, lines: Sequence[str]) -> None:
        """One a paragraph."""
        self.words.setText("\n\n".join(lines) or _("No other action is open about this child."))
