"""The form for a notice that never came, over those on record about the child."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from schoolsafe.services.changes import Topic
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.commands import key_words
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.screen import Frame, Panes, Screen
from schoolsafe.ui.screens.expected.presenter import ExpectedPresenter, ExpectedShown, OneShown
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.date_boxes import DateBoxes, DateProblem
from schoolsafe.ui.widgets.error_summary import ErrorSummary, FormError
from schoolsafe.ui.widgets.facts import Facts
from schoolsafe.ui.widgets.fields import LongText, Question, TextField
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.form_page import COLUMN
from schoolsafe.ui.widgets.layout import clear, col, line, scroll
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _

LABELS = 130


class ExpectedScreen(Screen):
    """Of one child."""

    place = "pupils"
    topics = frozenset({Topic.CHRONOLOGY, Topic.CHILD})

    def __init__(self, frame: Frame, services: Services) -> None:
        self.title = _("Expected, not received")
        self._go = frame.navigator
        self.presenter = ExpectedPresenter(
            services, tasks=frame.tasks, go=frame.navigator, view=self
        )
        today = services.desk.now().date()
        self.heading = PlainLabel("", "h1", wrap=True, object_name="expected-child")
        self.about = PlainLabel("", "muted", wrap=True)
        self.errors = ErrorSummary()
        days = [(_("Yesterday"), today - timedelta(days=1)), (_("Today"), today)]
        self.incident = DateBoxes(
            days, spoken=_("Date of the incident"), object_name="expected-incident"
        )
        self.learned = LongText(
            spoken=_("How did the school learn of it?"), object_name="expected-learned"
        )
        self.learned.setMaximumHeight(self.learned.minimumHeight())
        self.chased = TextField(spoken=_("Whom did you chase?"), object_name="expected-chased")
        self.outcome = TextField(spoken=_("What came of it?"), object_name="expected-outcome")
        self.save = button(
            _("Save"), kind="primary", key=key_words("save"), object_name="save-expected"
        )
        self.leave = button(_("Write a new one"), object_name="expected-new")
        self.back = button(_("Back to the file"), object_name="expected-back")
        self._on_record = QVBoxLayout()
        self._on_record.setContentsMargins(0, 0, 0, 0)
        self.work = self._page()
        self._wire()

    def _page(self) -> QFrame:
        self._questions = {
            "incident": Question(_("Date of the incident"), self.incident),
            "learned": Question(
                _("How did the school learn of it?"),
                self.learned,
                hint=_("Who said it, and when. Write names and roles in full."),
            ),
            "chased": Question(
                _("Whom did you chase?"),
                self.chased,
                hint=_("The person or desk, such as: Northmere Police, single point of contact"),
            ),
            "outcome": Question(_("What came of it?"), self.outcome),
        }
        page = col(
            PlainLabel(_("A notification the school should have had and did not get"), "muted"),
            self.heading,
            self.about,
            self.errors,
            self._questions["incident"],
            self._questions["learned"],
            self._questions["chased"],
            self._questions["outcome"],
            flow(self.save, self.leave, self.back),
            line(),
            PlainLabel(_("On record"), "h2"),
            self._on_record,
            None,
            margins=(28, 20, 28, 20),
            spacing=10,
        )
        rolled = scroll(page)
        inside = rolled.widget()
        if inside is not None:
            inside.setMaximumWidth(style.scale(COLUMN))
        frame = QFrame()
        frame.setObjectName("work")
        frame.setLayout(col((rolled, 1)))
        return frame

    def _wire(self) -> None:
        self.save.clicked.connect(self.submit)
        self.leave.clicked.connect(lambda: self._choose(""))
        self.back.clicked.connect(lambda: self._go.open("pupil_file", child=self.presenter.child))

    def submit(self) -> None:
        """Hands the form over."""
        empty = self.incident.problem() is DateProblem.EMPTY
        wrong = not empty and self.incident.problem() is not DateProblem.NONE
        self.presenter.save(
            incident=self.incident.date(),
            incident_wrong=self.incident.problem_words(_("Date of the incident")) if wrong else "",
            learned=self.learned.text(),
            chased=self.chased.text(),
            outcome=self.outcome.text(),
        )

    def _choose(self, key: str) -> None:
        """A record is chased: what the school knew then is not asked again."""
        self.presenter.chosen = key
        for name in ("incident", "learned"):
            self._questions[name].setVisible(not key)
        self.leave.setVisible(bool(key))
        (self.chased if key else self.incident.day_box).setFocus()

    # ExpectedScreenView ---------------------------------------------------------------------------

    def show_expected(self, shown: ExpectedShown) -> None:
        """Another child, or other records."""
        self.heading.setText(shown.child)
        self.about.setText(shown.about)
        self.about.setVisible(bool(shown.about))
        for name in ("incident", "learned"):
            self._questions[name].setVisible(not self.presenter.chosen)
        self.leave.setVisible(bool(self.presenter.chosen))
        clear(self._on_record)
        for n, one in enumerate(shown.ones):
            self._on_record.addWidget(self._one(n, one))
        if not shown.ones:
            self._on_record.addWidget(PlainLabel(_("Nothing yet."), "muted"))

    def _one(self, n: int, one: OneShown) -> QWidget:
        facts = Facts(
            (
                (_("Learned how"), one.learned),
                (_("Chased with"), one.chased),
                (_("Outcome"), one.outcome),
            ),
            label_width=LABELS,
        )
        chase = button(
            _("Add what came of it"),
            kind="link",
            spoken=_("Add what came of it: {what}").format(what=one.title),
            object_name=f"chase-{n}",
        )
        chase.clicked.connect(lambda _on=False, key=one.id: self._choose(key))
        holder = QWidget()
        holder.setLayout(
            col(PlainLabel(one.title, "strong", wrap=True), facts, flow(chase), spacing=4)
        )
        return holder

    def show_wrong(self, problems: Sequence[Problem]) -> None:
        """The summary, and the words beside each field."""
        said = {problem.field: problem.words for problem in problems}
        for key, question in self._questions.items():
            question.show_error(said.get(key, ""))
        places = {
            "incident": self.incident.day_box,
            "learned": self.learned,
            "chased": self.chased,
        }
        self.errors.show_errors(
            [FormError(p.words, places.get(p.field, self.learned)) for p in problems]
        )

    def saved(self) -> None:
        """The form is emptied."""
        self.incident.set_date(None)
        self.learned.setPlainText("")
        for field in (self.chased, self.outcome):
            field.setText("")

    # screen ---------------------------------------------------------------------------------------

    @override
    def panes(self) -> Panes:
        return Panes(work=self.work)

    @override
    def opened(self, **args: object) -> None:
        child = args.get("child")
        if isinstance(child, str):
            if child != self.presenter.child:
                self.saved()
            self.presenter.open(child)

    @override
    def changed(self, topics: frozenset[Topic]) -> None:
        self.presenter.refresh()

    @override
    def first_focus(self) -> QWidget:
        return self.chased if self.presenter.chosen else self.incident.day_box

    @override
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"save": self.submit}
