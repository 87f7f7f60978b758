"""After the decision: what was done, step by step, with the child's words; closed and reopened."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from schoolsafe.domain.notification import CloseOutcome, Step
from schoolsafe.ui import phrases
from schoolsafe.ui.screens.notification.card import Card, Done, StepOption
from schoolsafe.ui.widgets.announce import announce
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.chips import ChipRow
from schoolsafe.ui.widgets.fields import LongText, TextField
from schoolsafe.ui.widgets.layout import clear, col, row
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _

STEP_LINES = 5


class FollowCard(QWidget):
    """Steps on record, one form for the next, and the end of the work."""

    step_given = Signal(str, str, str, str)
    """Step, what was done, the child's words, why nothing was asked."""
    closed = Signal(str, str)
    """Outcome (or nothing) and reason."""
    reopened = Signal(str)
    asked = Signal()
    """The form for a step opened."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: tuple[StepOption, ...] = ()
        self._done = QVBoxLayout()
        self._done.setContentsMargins(0, 0, 0, 0)
        self.chips = ChipRow((), spoken=_("Which step?"), object_name="steps")
        self.chips.chosen.connect(self.ask)
        self.form = self._step_form()
        self.form.hide()
        self.ending = self._ending()
        self.closed_banner = Banner("ok", object_name="closed")
        self.reopen_why = TextField(
            spoken=_("Why it is reopened"),
            hint=_("Why is it taken up again?"),
            object_name="reopen-why",
        )
        reopen = button(_("Reopen"), object_name="reopen")
        reopen.clicked.connect(lambda: self.reopened.emit(self.reopen_why.text()))
        self._reopen = QWidget()
        self._reopen.setLayout(col(row((self.reopen_why, 1), reopen), margins=(0, 4, 0, 0)))
        self.problem = PlainLabel("", "danger", wrap=True, object_name="follow-problem")
        self.problem.hide()
        self.working = QWidget()
        self.working.setLayout(
            col(
                PlainLabel(_("Record the next step"), "h3", wrap=True),
                self.chips,
                self.form,
                self.ending,
                spacing=8,
            )
        )
        self.setLayout(
            col(
                PlainLabel(_("What has been done"), "h2", wrap=True),
                self.problem,
                self.closed_banner,
                self._reopen,
                self._done,
                self.working,
                spacing=8,
            )
        )

    def _step_form(self) -> QWidget:
        self.hint = PlainLabel("", "muted", wrap=True)
        self.words = LongText(spoken=_("What was done"), lines=STEP_LINES, object_name="step-words")
        self.child_words = TextField(
            spoken=_("In the child’s words"),
            hint=_("Exactly what the child said"),
            object_name="step-child-words",
        )
        self.why_not = TextField(
            spoken=_("If the child was not asked, why"),
            hint=_("For example, asleep, or not safe to ask"),
            object_name="step-why-not",
        )
        self.card_why = TextField(
            spoken=_("Why it is done otherwise than the protocol card"),
            hint=_("Why? One line"),
            object_name="step-card-why",
        )
        self.card_asks = PlainLabel("", "warn", wrap=True, object_name="step-card-asks")
        self._card_part = QWidget()
        self._card_part.setLayout(col(self.card_asks, self.card_why, spacing=4))
        self._card_part.hide()
        save = button(_("Save this step"), object_name="save-step")
        save.clicked.connect(self._save_step)
        self.voice = QWidget()
        self.voice.setLayout(
            col(
                PlainLabel(_("In the child’s words"), "h3"),
                self.child_words,
                PlainLabel(_("If the child was not asked, why"), "h3", wrap=True),
                self.why_not,
                spacing=6,
            )
        )
        form = QWidget()
        form.setLayout(
            col(self.hint, self.words, self.voice, self._card_part, row(None, save), spacing=6)
        )
        return form

    def _ending(self) -> QWidget:
        self.outcome = ChipRow(
            [(one.value, phrases.outcome_words(one)) for one in CloseOutcome],
            spoken=_("How did this end?"),
            object_name="outcome",
        )
        self.close_why = TextField(
            spoken=_("Why it is closed"), hint=_("The reason, one line"), object_name="close-why"
        )
        self.close_button = button(_("Close this notification"), object_name="close-line")
        self.close_button.clicked.connect(self._close)
        ending = QWidget()
        ending.setLayout(
            col(
                PlainLabel(_("How did this end?"), "h3", wrap=True),
                self.outcome,
                row((self.close_why, 1), self.close_button),
                margins=(0, 8, 0, 0),
                spacing=6,
            )
        )
        return ending

    def show_card(self, card: Card) -> None:
        """Other steps; hidden until something was decided."""
        same = bool(self._steps) and self._steps == card.steps
        self._steps = card.steps
        self.setVisible(bool(card.choice or card.no_match or card.done))
        self.say_problem("")
        clear(self._done)
        for done in card.done:
            self._done.addWidget(_shown(done))
        if not card.done and not card.closed:
            self._done.addWidget(PlainLabel(_("Nothing yet."), "muted"))
        self.closed_banner.say(card.closed)
        self._reopen.setVisible(bool(card.closed))
        self.working.setVisible(not card.closed)
        if not same:
            inside = self.isAncestorOf(QApplication.focusWidget() or self.window())
            self.chips.set_options(
                [(s.step.value, f"✓ {s.words}" if s.done else s.words) for s in card.steps]
            )

            if inside and card.steps:  # the chip that had the focus was made anew
                self.chips.chip(card.steps[0].step.value).setFocus()

    def ask(self, step: str) -> None:
        """Opens the form for one step."""
        option = next((one for one in self._steps if one.step.value == step), None)
        if option is None:
            return
        self.hint.setText(option.hint)
        with_child = {Step.SEEN_ON_ARRIVAL, Step.CHECKED_IN, Step.REVIEW}
        self.voice.setVisible(option.step in with_child)
        self._forget_card()
        self.form.show()
        self.words.setFocus()
        self.asked.emit()

    def empty_form(self) -> None:
        """After it was saved."""
        for field in (self.child_words, self.why_not):
            field.setText("")
        self.words.setPlainText("")
        self._forget_card()
        self.chips.set_current(None)
        self.form.hide()

    def ask_card(self, words: str) -> None:
        """A protocol card says otherwise: asks why, once. Saved again, it is saved."""
        self.card_asks.setText(words)
        self._card_part.show()
        self.card_why.setFocus()
        announce(self, words)

    def card_reason(self) -> str | None:
        """The answer, "" where none was given; None until asked."""
        return None if self._card_part.isHidden() else self.card_why.text()

    def _forget_card(self) -> None:
        self.card_why.setText("")
        self._card_part.hide()

    def say_problem(self, words: str) -> None:
        """What is missing here."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        if words:
            announce(self, words)

    def _save_step(self) -> None:
        step = self.chips.current()
        if step is not None:
            self.step_given.emit(
                step, self.words.text(), self.child_words.text(), self.why_not.text()
            )

    def _close(self) -> None:
        self.closed.emit(self.outcome.current() or "", self.close_why.text())


def _shown(done: Done) -> QWidget:
    parts = [PlainLabel(f"{done.label}. {done.words}".strip(), wrap=True).selectable()]
    if done.child_words:
        quoted = _("“{words}”").format(words=done.child_words.strip('“”"'))
        parts.append(PlainLabel(quoted, "quote", wrap=True).selectable())
    if done.voice_why_not:
        words = _("The child was not asked: {why}").format(why=done.voice_why_not)
        parts.append(PlainLabel(words, "muted", wrap=True))
    parts.append(PlainLabel(done.who_when, "small", wrap=True))
    holder = QWidget()
    holder.setLayout(col(*parts, margins=(0, 2, 0, 6), spacing=2))
    return holder
