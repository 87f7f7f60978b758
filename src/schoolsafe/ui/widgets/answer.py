"""One question of a form as fields a person fills in, whatever its kind."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from schoolsafe.domain.entry import Value
from schoolsafe.domain.file_form import Ask, Question, moment
from schoolsafe.ui.widgets import fields
from schoolsafe.ui.widgets.chips import ChipRow, tight
from schoolsafe.ui.widgets.date_boxes import DateBoxes, DateProblem
from schoolsafe.ui.widgets.fields import LongText, TextField
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.layout import col
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.time_box import TimeBox
from schoolsafe.words import _

LINES: Final = 5


class Answer(QWidget):
    """The field or fields of one question."""

    edited = Signal()
    left = Signal()
    """The focus went elsewhere: time to keep the draft."""

    def __init__(self, question: Question, *, today: date, zone: tzinfo | None) -> None:
        super().__init__()
        self.question, self._zone = question, zone
        self._words, self._name = _(question.words), f"answer-{question.field}"
        self._line: TextField | None = None
        self._long: LongText | None = None
        self._chips: ChipRow | None = None
        self._day: DateBoxes | None = None
        self._time: TimeBox | None = None
        self.setLayout(self._built(today))

    def _built(self, today: date) -> QVBoxLayout:
        match self.question.ask:
            case Ask.LONG:
                self._long = LongText(spoken=self._words, lines=LINES, object_name=self._name)
                self._long.textChanged.connect(self.edited)
                self._long.left.connect(self.left)
                return col(self._long)
            case Ask.CHOICE:
                options = [(key, _(words)) for key, words in self.question.choices]
                self._chips = ChipRow(options, spoken=self._words, object_name=self._name)
                self._chips.chosen.connect(lambda _key: self.edited.emit())
                return col(self._chips)
            case Ask.DAY | Ask.MOMENT:
                return self._when(today)
            case _:
                self._line = TextField(spoken=self._words, object_name=self._name)
                self._line.textEdited.connect(lambda _said: self.edited.emit())
                self._line.editingFinished.connect(self.left)
                return col(self._line)

    def _when(self, today: date) -> QVBoxLayout:
        chips = [(_("Today"), today), (_("Yesterday"), today - timedelta(days=1))]
        self._day = DateBoxes(chips, spoken=self._words, object_name=self._name)
        self._day.changed.connect(self.edited)
        if self.question.ask is Ask.DAY:
            return col(self._day)
        self._time = TimeBox(
            spoken=_("{question}, time").format(question=self._words),
            object_name=f"{self._name}-time",
        )
        self._time.about.hide()
        self._time.changed.connect(self.edited)
        caption = PlainLabel(_("Time, if known"))
        caption.setBuddy(self._time.edit)
        timed = QWidget()
        timed.setLayout(tight(caption, self._time))
        return col(flow(self._day, timed, spacing=20))

    def reword(self, question: Question) -> None:
        """The school's own words for the choices."""
        if self._chips is not None and question.choices != self.question.choices:
            self._chips.set_options([(key, _(words)) for key, words in question.choices])
        self.question = question

    def offer(self, names: Sequence[str]) -> None:
        """Names of the contact book, by any of their words."""
        if self._line is None or not self.question.contacts:
            return
        completer = QCompleter(list(names), self._line)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._line.setCompleter(completer)

    def focus_field(self) -> QWidget:
        """Where an error leads."""
        if self._chips is not None:
            return self._chips.chip(self.question.choices[0][0])
        return self._line or self._long or (self._day.day_box if self._day else self)

    def value(self) -> Value:
        """The answer as the record keeps it; None where there is none."""
        if self._chips is not None:
            return self._chips.current()
        if self._day is not None:
            return self._moment(self._day.date())
        said = self._long.text() if self._long else self._line.text() if self._line else ""
        if self.question.ask is Ask.NUMBER and said.strip().isdecimal():
            return int(said)
        return said if said.strip() else None

    def _moment(self, day: date | None) -> str | None:
        if day is None:
            return None
        if self._time is None:
            return day.isoformat()
        clock = self._time.time() or datetime.min.time()
        return datetime.combine(day, clock, self._zone).isoformat()

    def problem(self) -> str:
        """What is wrong with what was typed, before any rule of the form; or nothing."""
        if self._day is not None and self._day.problem() not in {
            DateProblem.NONE,
            DateProblem.EMPTY,
        }:
            return self._day.problem_words(self._words)
        return self._time.problem_words(self._words) if self._time else ""

    def show_answer(self, value: Value) -> None:
        """An answer given before."""
        if self._chips is not None:
            self._chips.set_current(str(value) if value is not None else None)
        elif self._day is not None:
            found = moment(value)
            self._day.set_date(found.date() if found else None)
            if self._time is not None:
                midnight = found is None or (found.hour, found.minute) == (0, 0)
                self._time.set_time(None if midnight or found is None else found.time())
        elif self._long is not None:
            self._long.setPlainText("" if value is None else str(value))
        elif self._line is not None:
            self._line.setText("" if value is None else str(value))

    def mark_error(self, *, wrong: bool) -> None:
        """The red border, where the field has one."""
        if self._day is not None:
            self._day.mark_error(wrong=wrong)
        elif self._line is not None or self._long is not None:
            fields.mark_error(self.focus_field(), wrong=wrong)


def shown(answers: Sequence[Answer]) -> dict[str, Value]:
    """All that was answered, by field."""
    return {a.question.field: value for a in answers if (value := a.value()) is not None}
