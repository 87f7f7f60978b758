"""The ways a line can end besides a match: which one, and what has to be known of it."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from schoolsafe.domain.line_outcome import (
    NEEDS_SCHOOL,
    OUTCOMES,
    STAYS,
    WITH_SCHOOL,
    Outcome,
    Told,
    hint_words,
)
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.chips import ChipRow
from schoolsafe.ui.widgets.date_boxes import DateBoxes, DateProblem
from schoolsafe.ui.widgets.fields import TextField
from schoolsafe.ui.widgets.layout import col, row
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import N_, _

_PLACES: Final = {
    Outcome.LEFT: N_("Which school they went to, if known"),
    Outcome.HOME_EDUCATED: N_("The council’s officer for home education"),
    Outcome.EDUCATED_ELSEWHERE: N_("Where they are taught"),
    Outcome.DUAL_REGISTERED: N_("The other school"),
    Outcome.SIBLING_ELSEWHERE: N_("Their school, if known"),
}
_SINCE: Final = frozenset(
    {Outcome.LEFT, Outcome.DUAL_REGISTERED, Outcome.EDUCATED_ELSEWHERE, Outcome.HOME_EDUCATED}
)


class CameTo(QWidget):
    """Chips for what it came to; without one, a reason why nobody fits is enough."""

    nobody = Signal(str)
    ended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("came-to-form")
        self._matched = False
        self.chips = ChipRow(
            _options(matched=False), spoken=_("What did it come to?"), object_name="outcomes"
        )
        self.chips.chosen.connect(self._chosen)
        self.hint = PlainLabel("", "muted", wrap=True)
        self.place_words = PlainLabel("", "h3", wrap=True)
        self.place = TextField(spoken=_("The other place"), object_name="other-place")
        self.contact = TextField(
            spoken=_("Whom to tell there"),
            hint=_("Name and number of their lead, if you have it"),
            object_name="other-contact",
        )
        self.since = DateBoxes(spoken=_("Since when, if known"), object_name="other-since")
        self._more = QWidget()
        self._more.setLayout(
            col(
                self.place_words,
                self.place,
                self.contact,
                spacing=6,
            )
        )
        self._when = QWidget()
        self._when.setLayout(
            col(PlainLabel(_("Since when, if known"), "h3", wrap=True), self.since, spacing=6)
        )
        self.why = TextField(
            spoken=_("Why"),
            hint=_("For example, no pupil has this name"),
            object_name="why-nobody",
        )
        self.why.returnPressed.connect(self._record)
        self.save = button(_("Nobody on our list fits"), object_name="record-nobody")
        self.save.clicked.connect(self._record)
        self.problem = PlainLabel("", "danger", wrap=True, object_name="came-to-problem")
        self.setLayout(
            col(
                PlainLabel(_("What did it come to?"), "h3", wrap=True),
                self.chips,
                self.hint,
                self._more,
                self._when,
                self.problem,
                row((self.why, 1), self.save),
                margins=(0, 8, 0, 0),
                spacing=6,
            )
        )
        self._chosen("")

    def show_for(self, *, matched: bool, again: bool) -> None:
        """What can be said of a child who is matched, or of one who is not yet."""
        if matched != self._matched or again:
            self._matched = matched
            self.chips.set_options(_options(matched=matched))
            self.chips.set_current(None)
            for field in (self.place, self.contact, self.why):
                field.setText("")
            self.since.set_date(None)
            self._chosen("")

    def focus_first(self) -> None:
        """Where a person begins: the reason for nobody, or the first chip for a child who is ours."""
        if self._matched:
            self.chips.chip(Outcome.DUAL_REGISTERED.value).setFocus()
        else:
            self.why.setFocus()

    def _chosen(self, key: str) -> None:
        outcome = Outcome(key) if key else None
        self.problem.setText("")
        self.problem.hide()
        self.hint.setText(hint_words(outcome) if outcome else "")
        self.hint.setVisible(outcome is not None)
        self._more.setVisible(outcome in WITH_SCHOOL)
        self._when.setVisible(outcome in _SINCE)
        words = _(_PLACES[outcome]) if outcome in _PLACES else ""
        self.place_words.setText(words)
        self.place.setAccessibleName(words or _("The other place"))
        self.save.set_words(
            _("Record this") if outcome or self._matched else _("Nobody on our list fits")
        )

    def _record(self) -> None:
        key = self.chips.current()
        if key is None:
            if self._matched:
                self._say(_("Choose what it came to"))
            else:
                self.nobody.emit(self.why.text())
            return
        outcome = Outcome(key)
        if outcome in NEEDS_SCHOOL and not self.place.text().strip():
            self._say(_("Enter the name of the other place"))
            self.place.setFocus()
            return
        if outcome in _SINCE and self.since.problem() not in {DateProblem.NONE, DateProblem.EMPTY}:
            self._say(self.since.problem_words(_("Since when")))
            return
        self.ended.emit(
            Told(
                outcome,
                self.why.text().strip(),
                self.place.text().strip() if outcome in WITH_SCHOOL else "",
                self.since.date() if outcome in _SINCE else None,
                self.contact.text().strip() if outcome in WITH_SCHOOL else "",
            )
        )

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()


def _options(*, matched: bool) -> list[tuple[str, str]]:
    return [
        (outcome.value, _(words))
        for outcome, words in OUTCOMES.items()
        if matched or outcome not in STAYS
    ]
