"""The one form in which a family is asked about: its questions from top to bottom, what is wrong over its buttons."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from schoolsafe.domain.entry import Value
from schoolsafe.domain.file_form import FileForm
from schoolsafe.ui.screens.pupil_file.forms import Form
from schoolsafe.ui.widgets.answer import Answer, shown
from schoolsafe.ui.widgets.fields import Question, TextField
from schoolsafe.ui.widgets.picker import Picker
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _


class AskForm(Form):
    """Made anew for each form, because each asks something else."""

    saved = Signal(object)
    """The answers by field."""

    def __init__(self, form: FileForm, values: Mapping[str, Value], *, today: date) -> None:
        super().__init__(_(form.record), object_name="family-form")
        self.answers = tuple(Answer(q, today=today, zone=None) for q in form.questions)
        for answer in self.answers:
            answer.show_answer(values.get(answer.question.field))
        self.arrange(*(_asked(answer) for answer in self.answers))
        self.save.clicked.connect(self.submit)

    def submit(self) -> None:
        """Hands the answers over, or says what cannot be read."""
        unread = next((words for one in self.answers if (words := one.problem())), "")
        self.say_problem(unread)
        if not unread:
            self.saved.emit(shown(self.answers))

    def first(self) -> QWidget:
        """Where the focus begins."""
        return self.answers[0].focus_field()


class ReasonForm(Form):
    """One line: why something is taken out, or put apart."""

    saved = Signal(object)

    def __init__(self, heading: str, asked: str) -> None:
        super().__init__(heading, object_name="family-form")
        self.why = TextField(spoken=asked, object_name="family-why")
        self.arrange(Question(asked, self.why))
        self.save.clicked.connect(self.submit)

    def submit(self) -> None:
        """Hands it over."""
        self.saved.emit(self.why.text())

    def first(self) -> QWidget:
        """Where the focus begins."""
        return self.why


class PupilForm(Form):
    """Another pupil, and a reason where one is needed."""

    saved = Signal(object, str)

    def __init__(self, heading: str, hint: str, picker: Picker, *, why: bool) -> None:
        super().__init__(heading, object_name="family-form")
        self.picker = picker
        self.why = TextField(spoken=_("Why?"), object_name="family-why")
        parts: list[PlainLabel | Question] = [
            PlainLabel(hint, "muted", wrap=True),
            Question(_("Which pupil?"), picker),
        ]
        if why:
            parts.append(Question(_("Why?"), self.why))
        self.arrange(*parts)
        self.save.clicked.connect(self.submit)

    def submit(self) -> None:
        """Hands it over, or asks for the pupil."""
        pick = self.picker.pick()
        self.say_problem("" if pick else _("Choose the pupil"))
        if pick:
            self.saved.emit(pick.id, self.why.text())

    def first(self) -> QWidget:
        """Where the focus begins."""
        return self.picker


def _asked(answer: Answer) -> Question:
    question = answer.question
    return Question(_(question.words), answer, hint=_(question.hint) if question.hint else "")
