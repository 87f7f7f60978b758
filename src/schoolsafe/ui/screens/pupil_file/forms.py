"""The three small forms of a file: correct an entry, answer a rule, look back to a day."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLayout

from schoolsafe.services.chronology_view import EntryView
from schoolsafe.ui.commands import key_words
from schoolsafe.ui.screens.pupil_file.presenter import DECISIONS
from schoolsafe.ui.screens.pupil_file.shown import Asked
from schoolsafe.ui.widgets.announce import announce
from schoolsafe.ui.widgets.buttons import Button, button
from schoolsafe.ui.widgets.chips import ChipRow
from schoolsafe.ui.widgets.choice import ChoiceGroup, Option
from schoolsafe.ui.widgets.date_boxes import DateBoxes
from schoolsafe.ui.widgets.fields import LongText, Question, TextField
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.layout import col
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _


class Form(QFrame):
    """A panel in the work, with what is wrong over its buttons."""

    left = Signal()
    edited = Signal()
    """A person typed or chose something."""

    def __init__(self, heading: str, *, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setProperty("panel", "plain")
        self.heading = PlainLabel(heading, "h2", wrap=True)
        self.problem = PlainLabel("", "danger", wrap=True, object_name=f"{object_name}-problem")
        self.problem.hide()
        self.save: Button = button(
            _("Save"), kind="primary", key=key_words("save"), object_name=f"{object_name}-save"
        )
        self.cancel = button(_("Leave as it is"), object_name=f"{object_name}-leave")
        self.cancel.clicked.connect(self.left)
        self.hide()

    def arrange(self, *parts: QLayout | QFrame | PlainLabel | Question | ChoiceGroup) -> None:
        """What stands between the heading and the buttons."""
        buttons = flow(self.save, self.cancel)
        inside = col(
            self.heading, *parts, self.problem, buttons, margins=(14, 12, 14, 12), spacing=10
        )
        self.setLayout(inside)

    def leave(self, *, typed: bool) -> None:
        """Esc: turns back; with words in it, first to the button that lets them go."""
        if typed and not self.cancel.hasFocus():
            self.cancel.setFocus()
        else:
            self.left.emit()

    def say_problem(self, words: str) -> None:
        """What to do, announced; nothing typed is lost."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        announce(self, words)


class CorrectForm(Form):
    """New words and why; the old ones stay, struck through."""

    corrected = Signal(str, str, str, str)
    """The entry, its new words, why, and which of its words where not the first."""

    def __init__(self) -> None:
        super().__init__(_("Correct this entry"), object_name="correct")
        self._key, self._stood = "", ""
        self._fields: dict[str, str] = {}
        self.parts = ChipRow((), spoken=_("Which words?"), object_name="correct-which-words")
        self.parts.chosen.connect(self._show_words)
        self.which = PlainLabel("", "strong", wrap=True, object_name="correct-which")
        self.words = LongText(spoken=_("The words as they should be"), object_name="correct-words")
        self.why = TextField(spoken=_("Why it is corrected"), object_name="correct-why")
        self.arrange(
            self.which,
            PlainLabel(
                _("The earlier words stay in the file, struck through, with your name."),
                "muted",
                wrap=True,
            ),
            Question(_("Which words?"), self.parts),
            Question(_("The words as they should be"), self.words),
            Question(_("Why?"), self.why, hint=_("One line, such as: wrong date")),
        )
        self.save.set_words(_("Save the correction"))
        self.save.clicked.connect(self.submit)
        self.words.textChanged.connect(self.edited)
        self.why.textChanged.connect(self.edited)

    def show_entry(
        self, entry: EntryView, title: str, fields: Sequence[tuple[str, str, str]]
    ) -> None:
        """The words as they stand, to change; ``fields`` are which, what they are called, what stands."""
        self._fields = {name: said for name, _called, said in fields}
        same = self._key == entry.id
        kept = self.field() if same and self.field() in self._fields else ""
        self.parts.set_options([(name, called) for name, called, _said in fields], chosen=kept)
        self.parts.setVisible(len(fields) > 1)
        self._stood = self._fields.get(kept, "")
        if not same:
            self.words.setPlainText(self._stood)
            self.why.setText("")
        self._key = entry.id
        self.which.setText(title)
        self.say_problem("")
        self.show()
        self.words.setFocus()

    def submit(self) -> None:
        """Hands it over."""
        self.corrected.emit(self._key, self.words.text(), self.why.text(), self.field())

    def field(self) -> str:
        """Which of its words; nothing for the first."""
        return self.parts.current() or ""

    def _show_words(self, field: str) -> None:
        if self.words.text() == self._stood:  # what was typed is not thrown away
            self.words.setPlainText(self._fields.get(field, ""))
        self._stood = self._fields.get(field, "")

    def typed(self) -> dict[str, str]:
        """What is not on record yet; nothing where nothing was changed."""
        words, why = self.words.text(), self.why.text()
        if self.isHidden() or (words == self._stood and not why):
            return {}
        return {"entry": self._key, "words": words, "why": why, "field": self.field()}

    def take(self, words: str, why: str, field: str = "") -> None:
        """What was typed another time."""
        if field in self._fields:
            self.parts.set_current(field)
            self._stood = self._fields[field]
        self.words.setPlainText(words)
        self.why.setText(why)

    def done(self) -> None:
        """On record: the next one begins anew."""
        self._key = ""


class DecideForm(Form):
    """Refer, escalate or continue, with a reason."""

    decided = Signal(object, str, str)
    """What was asked, the choice or nothing, the reason."""

    def __init__(self) -> None:
        super().__init__(_("Record a decision"), object_name="rule")
        self._asked: Asked | None = None
        self.evidence = PlainLabel("", "muted", wrap=True, object_name="rule-evidence")
        self.choices = ChoiceGroup(
            [Option(key, _(words), _(detail)) for key, words, detail in DECISIONS],
            spoken=_("What did you decide?"),
            object_name="rule-choices",
        )
        self.reason = LongText(spoken=_("Why?"), lines=5, object_name="rule-reason")
        self.arrange(
            self.evidence,
            Question(_("What did you decide?"), self.choices),
            Question(_("Why?"), self.reason),
        )
        self.save.set_words(_("Save the decision"))
        self.save.clicked.connect(self.submit)
        self.choices.chosen.connect(lambda _key: self.edited.emit())
        self.reason.textChanged.connect(self.edited)

    def show_asked(self, asked: Asked) -> None:
        """One rule with its evidence. No answer is chosen beforehand."""
        if self._asked is None or self._asked.prompt != asked.prompt:
            self.choices.set_current(None)
            self.reason.setPlainText("")
        self._asked = asked
        self.evidence.setText(f"{asked.words}\n{asked.evidence}")
        self.say_problem("")
        self.show()
        self.choices.choices[0].setFocus()

    def submit(self) -> None:
        """Hands it over."""
        if self._asked is not None:
            choice = self.choices.current() or ""
            self.decided.emit(self._asked, choice, self.reason.text())

    def typed(self) -> dict[str, str]:
        """What is not on record yet; nothing where nothing was said."""
        choice, reason = self.choices.current() or "", self.reason.text()
        if self.isHidden() or self._asked is None or not (choice or reason):
            return {}
        return {"rule": self._asked.prompt.rule.id, "choice": choice, "reason": reason}

    def take(self, choice: str, reason: str) -> None:
        """What was said another time."""
        self.choices.set_current(choice or None)
        self.reason.setPlainText(reason)

    def done(self) -> None:
        """On record."""
        self._asked = None


class AsOfForm(Form):
    """The file as it stood at the end of a day."""

    wanted = Signal(object)
    """The date."""

    def __init__(self) -> None:
        super().__init__(_("The file as it stood at the end of a day"), object_name="as-of")
        self.day = DateBoxes(spoken=_("As it stood on"), object_name="as-of-date")
        self.arrange(Question(_("Which day?"), self.day))
        self.save.set_words(_("Show it"))
        self.cancel.set_words(_("Close"))
        self.save.clicked.connect(self.submit)

    def submit(self) -> None:
        """Hands the date over, or says what is wrong with it."""
        words = self.day.problem_words(_("The day"))
        self.day.mark_error(wrong=bool(words))
        self.say_problem(words)
        if words:
            self.day.day_box.setFocus()
            return
        day: date | None = self.day.date()
        self.wanted.emit(day)

    def open(self) -> None:
        """With the boxes as they were."""
        self.say_problem("")
        self.show()
        self.day.day_box.setFocus()
