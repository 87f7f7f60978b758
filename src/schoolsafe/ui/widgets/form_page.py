"""One page of a flow of questions: its place, one question, the error summary, its fields.

Set-up and coming back with the recovery sheet are made of it. Left to others: what is asked and when.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from schoolsafe.ui.problem import Problem
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.error_summary import ErrorSummary, FormError
from schoolsafe.ui.widgets.fields import Question
from schoolsafe.ui.widgets.layout import NO_MARGINS, Part, Scroll, col, fill
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _

COLUMN: Final = 840
"""The widest a page gets, in px at 100 % text: longer lines are hard to read."""


class FormPage(Scroll):
    """One page. Subclasses ``put`` their parts and ``ask`` their questions."""

    def __init__(self, place: str, title: str, intro: str) -> None:
        """The page.

        Args:
            place: such as "Step 4 of 7".
            title: its one question.
            intro: a sentence or two.
        """
        self.questions: dict[str, Question] = {}
        self.fields: dict[str, QWidget] = {}
        self.errors = ErrorSummary()
        self.on_record = Banner("ok", object_name="on-record")
        self.on_record.hide()
        self.body = QWidget()
        self._column = col()
        self.body.setLayout(self._column)
        self.body.setObjectName("page-body")
        super().__init__(
            col(
                PlainLabel(place, "muted"),
                PlainLabel(title, "h1", wrap=True, object_name="page-title"),
                PlainLabel(intro, wrap=True),
                self.errors,
                self.on_record,
                6,
                self.body,
                None,
                margins=(56, 40, 64, 20),
                spacing=8,
            )
        )
        page = self.widget()
        if page is not None:
            page.setMaximumWidth(style.scale(COLUMN))

    def put(self, *parts: Part) -> None:
        """What stands under the question."""
        fill(self._column, parts, NO_MARGINS, 8)

    def ask(self, key: str, question: Question, focus: QWidget | None = None) -> Question:
        """One more question, for the summary to find."""
        self.questions[key] = question
        self.fields[key] = focus or question.field
        return question

    def show_problems(self, problems: Sequence[Problem], *, fallback: QWidget) -> None:
        """The summary, and the same words beside each field."""
        said = {problem.field: problem.words for problem in problems}
        for key, question in self.questions.items():
            question.show_error(said.get(key, ""))
        self.mark(said)
        self.errors.show_errors(
            [FormError(p.words, self.fields.get(p.field, fallback)) for p in problems]
        )
        if problems:
            self.ensureWidgetVisible(self.errors)

    def mark(self, said: dict[str, str]) -> None:
        """For subclasses with fields that are no Question."""
        del said

    def show_on_record(self, words: str) -> None:
        """Answered for good: the sentence instead of the fields."""
        self.on_record.say(words)
        self.body.setVisible(not words)

    def first_field(self) -> QWidget | None:
        """Where typing goes."""
        if self.body.isHidden():
            return None
        return next(iter(self.fields.values()), None)


def place_words(n: int, of: int) -> str:
    """Says "Step 4 of 7"."""
    return _("Step {n} of {all}").format(n=n, all=of)
