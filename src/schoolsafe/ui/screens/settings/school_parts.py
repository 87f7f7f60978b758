"""What holds for the whole school: its days, its classes, its words for the four choices."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from schoolsafe.domain import say
from schoolsafe.domain.notification import Choice
from schoolsafe.services.calendar import SiteView
from schoolsafe.services.child import ClassFacts
from schoolsafe.services.school import CONSEQUENCE_LETTERS, ChoiceWords, usual_choices
from schoolsafe.ui import school_year
from schoolsafe.ui.commands import key_words
from schoolsafe.ui.screens.settings.shown import DIVISIONS
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.buttons import Button, button
from schoolsafe.ui.widgets.fields import LongText, Question, TextField
from schoolsafe.ui.widgets.fitted_table import FittedTable
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.form_page import FormPage
from schoolsafe.ui.widgets.layout import col, row
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.select_box import SelectBox
from schoolsafe.ui.widgets.table import Cell, TableRow
from schoolsafe.words import _


def save_button(words: str, object_name: str) -> Button:
    """The one filled button of a part."""
    return button(words, kind="primary", key=key_words("save"), object_name=object_name)


class DaysPart(FormPage):
    """Registration, terms, days without pupils."""

    wanted = Signal(object)
    """The fields, by the names of ``SettingsPresenter.save_days``."""

    def __init__(self) -> None:
        super().__init__(
            _("Settings"),
            _("School day and terms"),
            _("What must be done before registration, and whether a notification came in time, "
              "is worked out from this."),
        )  # fmt: skip
        self.start = TextField(spoken=_("Registration begins"), width=120, object_name="set-start")
        self.end = TextField(spoken=_("The school day ends"), width=120, object_name="set-end")
        self.terms = LongText(spoken=_("Terms"), lines=6, object_name="set-terms")
        self.closed = LongText(spoken=_("Days without pupils"), object_name="set-closed")
        self.division = SelectBox(
            [(key, _(words)) for key, words in DIVISIONS],
            spoken=_("Whose bank holidays"),
            object_name="set-division",
        )
        self.understood = PlainLabel("", "muted", wrap=True, object_name="terms-understood")
        self.save = save_button(_("Save the school day"), "save-days")
        self.save.clicked.connect(self.submit)
        self.from_file = button(
            _("Take the terms from a calendar file (.ics)"), kind="link", object_name="terms-file"
        )
        start = self.ask("start", Question(_("Registration begins"), self.start))
        end = self.ask("end", Question(_("The school day ends"), self.end))
        for question in (start, end):
            question.setMinimumWidth(style.scale(170))
        terms_hint = _(
            "One a line, such as: Autumn 1: 1 9 2026 to 23 10 2026. Leave half-terms between them."
        )
        closed_hint = _("One a line, such as: 4 1 2027 inset. Bank holidays are known.")
        self.put(
            row(start, end, None, spacing=32),
            self.ask("terms", Question(_("Terms"), self.terms, hint=terms_hint)),
            self.understood,
            flow(self.from_file),
            self.ask("closed", Question(_("Days without pupils"), self.closed, hint=closed_hint)),
            self.ask("division", Question(_("Whose bank holidays"), self.division)),
            8,
            flow(self.save),
        )
        self.terms.textChanged.connect(self._say_understood)

    def show_site(self, site: SiteView) -> None:
        """As it stands."""
        self.start.setText(say.time_words(site.start))
        self.end.setText(say.time_words(site.end))
        self.terms.setPlainText(school_year.terms_text(site.terms))
        self.closed.setPlainText(school_year.closed_text(site.closed))
        self.division.set_current(site.division)

    def submit(self) -> None:
        """Hands it over."""
        self.wanted.emit(
            {
                "start": self.start.text(),
                "end": self.end.text(),
                "terms": self.terms.text(),
                "closed": self.closed.text(),
                "division": self.division.current(),
            }
        )

    def _say_understood(self) -> None:
        """What was read so far; what cannot be read is said on Save."""
        read = school_year.read_lines(self.terms.text(), pairs=True)
        words = _("{name}: {first} to {last}")
        said = [
            words.format(
                name=term.name, first=say.day_words(term.first), last=say.day_words(term.last)
            )
            for term in school_year.terms_of(read.lines)
        ]
        self.understood.setText("\n".join([_("Read as:"), *said]) if said else "")


class ClassesPart(FormPage):
    """Who teaches a class and who meets its children first."""

    wanted = Signal(object)
    """ClassFacts."""

    def __init__(self) -> None:
        super().__init__(
            _("Settings"),
            _("Classes and teachers"),
            _("Who meets a child first stands beside every notification, and on the list for the "
              "gate. Classes come with the pupil list."),
        )  # fmt: skip
        self._classes: dict[str, ClassFacts] = {}
        self.table = FittedTable(
            (_("Class"), _("Teacher"), _("Room"), _("Who meets them first")),
            spoken=_("Classes"),
            object_name="classes",
            weights=(3, 4, 3, 8),
        )
        self.empty = PlainLabel(
            _("No classes yet. Bring in a pupil list, and they stand here."), "muted", wrap=True
        )
        self.heading = PlainLabel("", "h2", wrap=True, object_name="class-heading")
        self.teacher = TextField(spoken=_("Teacher"), object_name="class-teacher")
        self.room = TextField(spoken=_("Room"), width=200, object_name="class-room")
        self.first = TextField(spoken=_("Who meets them first"), object_name="class-first")
        self.save = save_button(_("Save this class"), "save-class")
        self.save.clicked.connect(self.submit)
        self.form = QWidget()
        hint = _("Name, place and time, such as: Mr Okafor, breakfast club, from 8:00am")
        self.form.setLayout(
            col(
                self.heading,
                self.ask("teacher", Question(_("Teacher"), self.teacher)),
                self.ask("room", Question(_("Room"), self.room)),
                self.ask("first", Question(_("Who meets them first"), self.first, hint=hint)),
                flow(self.save),
                spacing=8,
            )
        )
        self.put(self.empty, self.table, 8, self.form)
        self.table.chosen.connect(self._show)

    def show_classes(self, classes: tuple[ClassFacts, ...]) -> None:
        """Every class somebody is in."""
        before, self._classes = self._classes, {facts.name: facts for facts in classes}
        self.table.show_rows([_class_row(facts) for facts in classes])
        self.empty.setVisible(not classes)
        self.table.setVisible(bool(classes))
        self.form.setVisible(bool(classes))
        if classes and not self.table.current_key():
            self.table.select(classes[0].name)
        key = self.table.current_key()
        if before.get(key) != self._classes.get(key):  # what is being typed is left alone
            self._show(key)

    @override
    def first_field(self) -> QWidget | None:
        return self.table if self._classes else None  # which class comes before its teacher

    def submit(self) -> None:
        """Hands the current class over."""
        name = self.table.current_key()
        values = [field.text().strip() or None for field in (self.teacher, self.room, self.first)]
        self.wanted.emit(ClassFacts(name, *values))

    def _show(self, name: str) -> None:
        facts = self._classes.get(name)
        if facts is not None:
            self.heading.setText(facts.name)
            self.teacher.setText(facts.teacher or "")
            self.room.setText(facts.room or "")
            self.first.setText(facts.first_adult or "")


def _class_row(facts: ClassFacts) -> TableRow:
    missing = Cell(_("Not said"), tone="muted")
    cells = [
        Cell(said) if said else missing for said in (facts.teacher, facts.room, facts.first_adult)
    ]
    return TableRow(facts.name, (Cell(facts.name, strong=True), *cells))


class ChoicesPart(FormPage):
    """The school's own words for what happens this morning."""

    wanted = Signal(object)
    """Choice to its two lines."""

    def __init__(self) -> None:
        super().__init__(
            _("Settings"),
            _("The four choices"),
            _("You can put them in your school’s own words. None can be taken away, and what "
              "they mean stays as it is."),
        )  # fmt: skip
        self.lines: dict[Choice, tuple[TextField, TextField]] = {}
        parts: list[QWidget] = []
        for n, usual in enumerate(usual_choices(), 1):
            parts += self._line(n, usual)
        self.save = save_button(_("Save the words"), "save-choices")
        self.usual = button(_("Back to the usual words"), object_name="usual-words")
        self.save.clicked.connect(self.submit)
        self.usual.clicked.connect(lambda: self.show_choices(usual_choices()))
        self.put(*parts, 8, flow(self.save, self.usual))

    def _line(self, n: int, usual: ChoiceWords) -> list[QWidget]:
        code = usual.choice.value
        words = TextField(spoken=_("Choice {n}").format(n=n), object_name=f"choice-words-{n}")
        second = TextField(
            spoken=_("What follows from choice {n}").format(n=n), object_name=f"choice-second-{n}"
        )
        self.lines[usual.choice] = (words, second)
        hint = _("What follows, at most {n} letters").format(n=CONSEQUENCE_LETTERS)
        asked = self.ask(
            f"{code}-words",
            Question(_("{n}. {words}").format(n=n, words=usual.words), words),
        )
        follows = self.ask(f"{code}-second", Question(hint, second))
        return [asked, follows]

    def show_choices(self, choices: tuple[ChoiceWords, ...]) -> None:
        """In these words."""
        for one in choices:
            words, second = self.lines[one.choice]
            words.setText(one.words)
            second.setText(one.consequence)

    def submit(self) -> None:
        """Hands them over."""
        self.wanted.emit(
            {choice: (one.text(), two.text()) for choice, (one, two) in self.lines.items()}
        )

    @override
    def first_field(self) -> QWidget:
        return next(iter(self.lines.values()))[0]
