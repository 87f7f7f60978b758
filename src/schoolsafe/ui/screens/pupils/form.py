"""One pupil typed by hand: for a child who starts before the next list comes."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from schoolsafe.ui import phrases
from schoolsafe.ui.commands import key_words
from schoolsafe.ui.screens.pupils.model import YEARS
from schoolsafe.ui.screens.pupils.presenter import NewPupil
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.date_boxes import DateBoxes, DateProblem
from schoolsafe.ui.widgets.error_summary import ErrorSummary, FormError
from schoolsafe.ui.widgets.fields import Question, TextField
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.layout import col, scroll
from schoolsafe.ui.widgets.picker import Pick, Picker, best
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.select_box import SelectBox
from schoolsafe.words import _

COLUMN = 640


class PupilForm(QWidget):
    """Name, birth date, year and class."""

    wanted = Signal(object)
    """A NewPupil."""
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._classes: tuple[Pick, ...] = ()
        self.errors = ErrorSummary()
        self.forename = TextField(spoken=_("Forename"), object_name="new-forename")
        self.surname = TextField(spoken=_("Surname"), object_name="new-surname")
        self.dob = DateBoxes(spoken=_("Date of birth"), object_name="new-dob")
        years = [("", _("Not said")), *((year, phrases.year_words(year)) for year in YEARS[2:])]
        self.year = SelectBox(years, spoken=_("Year"), object_name="new-year")
        self.class_name = Picker(
            lambda typed: best(typed, self._classes),
            spoken=_("Class"),
            object_name="new-class",
        )
        self.class_name.edit.setObjectName("new-class-text")
        self.questions = {
            "forename": Question(_("Forename"), self.forename),
            "surname": Question(_("Surname"), self.surname),
            "dob": Question(_("Date of birth"), self.dob),
            "year": Question(_("Year"), self.year),
            "class": Question(_("Class"), self.class_name),
        }
        self.save = button(
            _("Add this pupil"), kind="primary", key=key_words("save"), object_name="add-this-pupil"
        )
        self.cancel = button(_("Back to the list"), object_name="back-to-list")
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.left)
        inside = col(
            PlainLabel(_("Add a pupil"), "h1"),
            PlainLabel(
                _("For a child who is not on a list yet. The next list confirms them."),
                "muted",
                wrap=True,
            ),
            self.errors,
            *self.questions.values(),
            6,
            flow(self.save, self.cancel),
            None,
            margins=(24, 16, 24, 16),
            spacing=10,
        )
        page = scroll(inside)
        shown = page.widget()
        if shown is not None:
            shown.setMaximumWidth(style.scale(COLUMN))
        self.setLayout(col((page, 1)))

    def open(self, classes: Sequence[str]) -> None:
        """Empty, with the classes there are to choose from."""
        self._classes = tuple(Pick(name, name) for name in classes)
        for field in (self.forename, self.surname, self.class_name.edit):
            field.setText("")
        self.dob.set_date(None)
        self.year.set_current("")
        self.show_problems(())
        self.forename.setFocus()

    def submit(self) -> None:
        """Hands it over."""
        wrong = self.dob.problem() not in {DateProblem.NONE, DateProblem.EMPTY}
        self.wanted.emit(
            NewPupil(
                self.forename.text(),
                self.surname.text(),
                self.dob.date(),
                self.dob.problem_words(_("Date of birth")) if wrong else "",
                self.year.current(),
                self.class_name.text(),
            )
        )

    def show_problems(self, problems: Sequence[tuple[str, str]]) -> None:
        """The summary, and the same words beside each field."""
        said = {field: words for words, field in problems}
        for key, question in self.questions.items():
            question.show_error(said.get(key, ""))
        self.dob.mark_error(wrong="dob" in said)
        self.errors.show_errors(
            [FormError(words, self.questions[field].field) for words, field in problems]
        )
