"""Pages 6 and 7: the school's days, and its pupils."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from schoolsafe.ui.commands import key_words
from schoolsafe.ui.screens.first_run.shown import ListShown
from schoolsafe.ui.screens.first_run.steps import ORDER, TERM_NAMES, DaysForm
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.calendar_file import CalendarFilePart
from schoolsafe.ui.widgets.date_boxes import DateBoxes, DateProblem
from schoolsafe.ui.widgets.fields import LongText, Question, TextField
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.form_page import FormPage, place_words
from schoolsafe.ui.widgets.layout import clear, col, row
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.time_box import read_time
from schoolsafe.words import _, ngettext

ALL = len(ORDER)
PROBLEMS_SHOWN = 5


class DaysPage(FormPage):
    """When registration begins, three terms, half-terms and inset days."""

    def __init__(self) -> None:
        super().__init__(
            place_words(6, ALL),
            _("When is school open?"),
            _(
                "What must be done before registration, and whether a notification came in time, "
                "is worked out from this. You can change it in Settings."
            ),
        )
        self.start = TextField("8:45am", spoken=_("Registration begins"), width=120,
                               object_name="day-start")  # fmt: skip
        self.end = TextField("3:15pm", spoken=_("The school day ends"), width=120,
                             object_name="day-end")  # fmt: skip
        start, end = (
            Question(_("Registration begins"), self.start),
            Question(_("The school day ends"), self.end),
        )
        for question in (start, end):
            question.setMinimumWidth(style.scale(170))
        self.boxes: list[tuple[DateBoxes, DateBoxes]] = []
        self._term_errors: list[PlainLabel] = []
        terms = [self._term(n) for n in range(len(TERM_NAMES))]
        self.others = LongText(spoken=_("Half-terms and days without pupils"),
                               object_name="other-days")  # fmt: skip
        others = Question(
            _("Half-terms and days without pupils"),
            self.others,
            hint=_("One a line. Two dates are a holiday: 26 10 2026 to 30 10 2026 half-term. "
                   "One date is a day without pupils: 1 9 2026 inset. Bank holidays are known."),
        )  # fmt: skip
        self._typed = QWidget()
        self._typed.setLayout(col(*terms, others, spacing=8))
        self.calendar = CalendarFilePart(
            lambda shown: self._typed.setVisible(not shown),
            hint=_(
                "Councils publish one. You can also drop it on this window, or type the dates below."
            ),
            away=_("Type the dates instead"),
        )
        self.put(
            row(start, end, None, spacing=32),
            6,
            self.calendar,
            6,
            self._typed,
        )
        self.ask("start", start)
        self.ask("end", end)
        for n, (first, last) in enumerate(self.boxes):
            self.fields |= {f"first-{n}": first.day_box, f"last-{n}": last.day_box}
        self.ask("others", others)
        self.fields["calendar"] = self.calendar.choose

    def _term(self, n: int) -> QWidget:
        name = _(TERM_NAMES[n])
        heading = _("{term} term").format(term=name)
        first = DateBoxes(
            spoken=_("First day of {term} term").format(term=name),
            hint=_("First day"),
            object_name=f"term-{n}-first",
        )
        last = DateBoxes(
            spoken=_("Last day of {term} term").format(term=name),
            hint=_("Last day"),
            object_name=f"term-{n}-last",
        )
        self.boxes.append((first, last))
        error = PlainLabel("", "danger", wrap=True)
        error.hide()
        self._term_errors.append(error)
        part = QWidget()
        part.setLayout(
            col(PlainLabel(heading, "h3"), error, flow(first, last, spacing=24), 4, spacing=6)
        )
        return part

    def form(self) -> DaysForm:
        """As it stands."""
        empty = [
            first.problem() is DateProblem.EMPTY and last.problem() is DateProblem.EMPTY
            for first, last in self.boxes
        ]
        problems: list[str] = []
        for n, (first, last) in enumerate(self.boxes):
            name = _(TERM_NAMES[n])
            if empty[n]:
                asked = all(empty) and n == 0
                problems += [_("Enter the dates of at least one term") if asked else "", ""]
                continue
            problems += [
                first.problem_words(_("First day of {term} term").format(term=name)),
                last.problem_words(_("Last day of {term} term").format(term=name)),
            ]
        return DaysForm(
            start=read_time(self.start.text()),
            end=read_time(self.end.text()),
            terms=tuple((first.date(), last.date()) for first, last in self.boxes),
            term_problems=tuple(problems),
            others=self.others.text(),
        )

    @override
    def mark(self, said: dict[str, str]) -> None:
        for n, ((first, last), error) in enumerate(zip(self.boxes, self._term_errors, strict=True)):
            words = [said.get(f"first-{n}", ""), said.get(f"last-{n}", "")]
            error.setText(". ".join(part for part in words if part))
            error.setVisible(any(words))
            first.mark_error(wrong=bool(words[0]))
            last.mark_error(wrong=bool(words[1]))


class PupilsPage(FormPage):
    """A list now, or later."""

    file_wanted = Signal()
    dropped_list = Signal()

    def __init__(self) -> None:
        super().__init__(
            place_words(7, ALL),
            _("Bring in your pupils"),
            _(
                "A list from your school’s system (.xlsx or CSV) with names, dates of birth, years and "
                "classes. Nothing is written before you say so."
            ),
        )
        self.choose = button(
            _("Choose a pupil list"),
            kind="primary",
            icon="folder-open",
            key=key_words("open-file"),
            object_name="choose-list",
        )
        self.choose.clicked.connect(self.file_wanted)
        self.name = PlainLabel("", "strong", wrap=True, object_name="list-name")
        self.counts = PlainLabel("", wrap=True, object_name="list-counts")
        self._problems = QVBoxLayout()
        self._problems.setContentsMargins(0, 0, 0, 0)
        self.away = button(_("Take another list"), kind="link", object_name="other-list")
        self.away.clicked.connect(self.dropped_list)
        self._found = QWidget()
        self._found.setLayout(
            col(self.name, self.counts, self._problems, flow(self.away), spacing=6)
        )
        self._found.hide()
        still = _(
            "Still to do afterwards, and Today will remind you: a second person who holds a key. "
            "While you are the only one, nobody else can open this record."
        )
        self._drop = PlainLabel(
            _("You can also drop the file on this window, or do it later from Pupils."),
            "muted",
            wrap=True,
        )
        self.put(
            flow(self.choose),
            self._drop,
            self._found,
            10,
            PlainLabel(still, "muted", wrap=True, object_name="second-holder"),
        )
        self.fields["list"] = self.choose

    def show_list(self, shown: ListShown | None) -> None:
        """What a list would do, or nothing."""
        self._found.setVisible(shown is not None)
        self.choose.setVisible(shown is None)
        self._drop.setVisible(shown is None)
        clear(self._problems)
        if shown is None:
            return
        self.name.setText(shown.name)
        self.counts.setText(shown.counts)
        if shown.problems:
            n = len(shown.problems)
            heading = ngettext(
                "{n} row to look at. You can put it right later in Pupils.",
                "{n} rows to look at. You can put them right later in Pupils.",
                n,
            )
            self._problems.addWidget(PlainLabel(heading.format(n=n), "warn", wrap=True))
        for words in shown.problems[:PROBLEMS_SHOWN]:
            self._problems.addWidget(PlainLabel(words, "muted", wrap=True))
