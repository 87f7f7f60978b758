"""Page 2: find your school in the register, or type it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from schoolsafe.ui import schools_found
from schoolsafe.ui.screens.first_run.steps import ORDER, Answers
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.announce import announce
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.fields import Question, TextField
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.form_page import FormPage, place_words
from schoolsafe.ui.widgets.layout import col
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.row_list import Row, RowList
from schoolsafe.words import _

LIST_HEIGHT = 236


class SchoolPage(FormPage):
    """Which school this is. Works without a network, and without a register."""

    searched = Signal(str)
    chosen = Signal(str)
    register_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(
            place_words(2, len(ORDER)),
            _("Find your school"),
            _(
                "The name stands on every page that is printed. Nothing is looked up on the internet."
            ),
        )
        self.search = TextField(spoken=_("Search for your school"), object_name="school-search")
        self.found = RowList(spoken=_("Schools found"), object_name="schools-found")
        self.found.setFixedHeight(style.scale(LIST_HEIGHT))
        self.found.hide()
        self.count = PlainLabel("", "muted", wrap=True, object_name="schools-count")
        self.fresh = PlainLabel("", "muted", wrap=True, object_name="register-fresh")
        self.manual = button(_("Not listed? Type it"), kind="link", object_name="type-school")
        self.newer = button(
            _("Take in a newer register"), kind="link", object_name="newer-register"
        )
        self._finding = QWidget()
        question = Question(_("Name, town, postcode or URN"), self.search)
        self._finding.setLayout(
            col(
                question,
                self.count,
                self.found,
                self.fresh,
                flow(self.manual, self.newer),
                spacing=8,
            )
        )
        self._build_typed()
        self._build_without()
        self.problem = Banner("info", object_name="register-problem")
        self.problem.hide()
        self.note = Banner("info", object_name="school-note")
        self.note.hide()
        self.put(self._finding, self.problem, self.note, self._typed, 6, self._without)
        self.fields |= {"search": self.search}
        self.ask("school", self._name_question)
        self.ask("urn", self._urn_question)
        self.show_register("")
        self._wire()

    def _build_typed(self) -> None:
        self.name = TextField(spoken=_("Name of the school"), object_name="school-name")
        self.urn = TextField(spoken=_("URN"), width=140, object_name="school-urn")
        self._name_question = Question(_("Name of the school"), self.name)
        self._urn_question = Question(
            _("URN"),
            self.urn,
            hint=_("Six figures. It is on your school’s page of the government’s register."),
        )
        self._typed = QWidget()
        self._typed.setLayout(col(self._name_question, 6, self._urn_question, spacing=8))

    def _build_without(self) -> None:
        self.take = button(
            _("Take in the register of schools"), icon="folder-open", object_name="take-register"
        )
        self._without = QWidget()
        self._without.setLayout(
            col(
                PlainLabel(_("Or search for it"), "h3", wrap=True),
                PlainLabel(schools_found.where_words(), "muted", wrap=True),
                flow(self.take),
                spacing=6,
            )
        )

    def _wire(self) -> None:
        self.search.textChanged.connect(self.searched)
        self.found.opened.connect(self.chosen)
        self.found.clicked.connect(lambda _index: self.chosen.emit(self.found.current_key()))
        self.manual.clicked.connect(self.type_it)
        self.newer.clicked.connect(self.register_wanted)
        self.take.clicked.connect(self.register_wanted)

    # FinderView -----------------------------------------------------------------------------------

    def show_register(self, words: str) -> None:
        """With a register one searches; without one types."""
        self.fresh.setText(words)
        self._finding.setVisible(bool(words))
        self._without.setVisible(not words)
        self._typed.setVisible(not words or bool(self.name.text()))

    def show_schools(self, rows: Sequence[Row], count: str) -> None:
        """What was found."""
        self.found.show_rows(rows)
        self.found.setVisible(bool(rows))
        self.count.setText(count)
        self.count.setVisible(bool(count))
        if count:
            announce(self.found, count)

    def show_chosen(self, name: str, urn: str, note: str) -> None:
        """Fills it in, to be looked at before Continue."""
        self.note.say(note, aloud=bool(note))
        if name:
            self.name.setText(name)
            self.urn.setText(urn)
            self.show_schools((), "")
            self._typed.show()
            self.name.setFocus()
            self.ensureWidgetVisible(self._typed)

    def show_register_problem(self, words: str) -> None:
        """Beside the search."""
        self.problem.say(words, aloud=bool(words))

    def type_it(self) -> None:
        """Not listed."""
        self._typed.show()
        self.name.setFocus()
        self.ensureWidgetVisible(self._typed)

    # page -----------------------------------------------------------------------------------------

    def enter_list(self) -> bool:
        """From the search into what was found; False where there is nothing."""
        if self.search.hasFocus() and self.found.isVisible() and self.found.select_first():
            self.found.setFocus()
            return True
        return False

    def show_answers(self, answers: Answers) -> None:
        """What was given before."""
        self.name.setText(answers.school)
        self.urn.setText(answers.urn)
        self._typed.setVisible(not self.fresh.text() or bool(answers.school))

    @override
    def first_field(self) -> QWidget | None:
        if self.body.isHidden():
            return None
        return self.search if self.fresh.text() and not self.name.text() else self.name
