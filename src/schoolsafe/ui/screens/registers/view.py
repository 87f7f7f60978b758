"""Schools and term dates: a search over the register, files that bring it up to date, and a calendar to save."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from schoolsafe.services.changes import Topic
from schoolsafe.services.unlocked import Services
from schoolsafe.ui import schools_found
from schoolsafe.ui.calendar_words import CalendarShown
from schoolsafe.ui.commands import key_words
from schoolsafe.ui.screen import Frame, Panes, Screen
from schoolsafe.ui.screens.registers.presenter import RegistersPresenter
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.announce import announce
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.calendar_file import CalendarFilePart
from schoolsafe.ui.widgets.fields import Question, TextField
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.layout import clear, col, line, row
from schoolsafe.ui.widgets.pinned_bar import PinnedBar, WorkPane
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.row_list import Row, RowList
from schoolsafe.words import _

LIST_HEIGHT = 236


class RegistersScreen(Screen):
    """Public facts about schools, and this school's own days."""

    place = "settings"
    topics = frozenset({Topic.CALENDAR})

    def __init__(
        self, frame: Frame, services: Services, *, read_file: Callable[[Path], bytes]
    ) -> None:
        self.title = _("Schools and term dates")
        self._go = frame.navigator
        self.presenter = RegistersPresenter(
            services, tasks=frame.tasks, go=frame.navigator, view=self, read_file=read_file
        )
        self._build()
        self._wire()

    def _build(self) -> None:
        self.problem = Banner("warn", object_name="register-problem")
        self.problem.hide()
        self.take = button(
            _("Choose a file"),
            icon="folder-open",
            key=key_words("open-file"),
            object_name="take-file",
        )
        self.fresh = PlainLabel("", "strong", wrap=True, object_name="register-fresh")
        self.where = PlainLabel(schools_found.where_words(), "muted", wrap=True)
        self.search = TextField(
            spoken=_("Search the register of schools"), object_name="school-search"
        )
        self.question = Question(_("Name, town, postcode, URN or DfE number"), self.search)
        self.count = PlainLabel("", "muted", wrap=True, object_name="schools-count")
        self.found = RowList(spoken=_("Schools found"), object_name="schools-found")
        self.found.setFixedHeight(style.scale(LIST_HEIGHT))
        self.found.hide()
        self._facts = QGridLayout()
        self._facts.setContentsMargins(0, 0, 0, 0)
        self._facts.setHorizontalSpacing(style.scale(16))
        self._facts.setColumnStretch(1, 1)
        self.facts = QWidget()
        self.facts.setObjectName("school-facts")
        self.facts.setLayout(self._facts)
        self.facts.hide()
        self.save = button(
            _("Save these dates"), kind="primary", key=key_words("save"), object_name="save-terms"
        )
        self.bar = PinnedBar(row(None, self.save))
        self.calendar = CalendarFilePart(
            self.bar.setVisible,
            hint=_("Councils publish one. You can also type the dates in Settings."),
            away=_("Leave it"),
        )
        page = col(
            row((PlainLabel(self.title, "h1", wrap=True), 1), flow(self.take)),
            self.problem,
            PlainLabel(_("Register of schools"), "h2", wrap=True),
            self.fresh,
            self.where,
            self.question,
            self.count,
            self.found,
            self.facts,
            line(),
            PlainLabel(_("Term dates"), "h2", wrap=True),
            self.calendar,
            None,
            margins=(24, 16, 24, 12),
            spacing=10,
        )
        self.work = WorkPane(page, self.bar)
        self.bar.hide()
        self.show_register("")
        self.show_schools((), "")

    def _wire(self) -> None:
        do = self.presenter
        self.take.clicked.connect(lambda: self._go.run("open-file"))
        self.search.textChanged.connect(do.type)
        self.search.returnPressed.connect(self._enter)
        self.found.chosen.connect(do.choose)
        self.calendar.wanted.connect(lambda: self._go.run("open-file"))
        self.calendar.dropped.connect(do.drop_calendar)
        self.save.clicked.connect(do.save_calendar)

    def _enter(self) -> None:
        if self.found.isVisible() and self.found.select_first():
            self.found.setFocus()

    # RegistersView --------------------------------------------------------------------------------

    def show_register(self, words: str) -> None:
        """How fresh it is, and a search where there is one."""
        self.fresh.setText(words or _("There is no register of schools on this computer yet."))
        self.question.setVisible(bool(words))

    def show_schools(self, rows: Sequence[Row], count: str) -> None:
        """What was found."""
        self.found.show_rows(rows)
        self.found.setVisible(bool(rows))
        self.count.setText(count)
        self.count.setVisible(bool(count))
        if count:
            announce(self.found, count)

    def show_school(self, facts: Sequence[tuple[str, str]]) -> None:
        """One school in full."""
        clear(self._facts)
        for n, (name, words) in enumerate(facts):
            self._facts.addWidget(PlainLabel(name, "muted"), n, 0)
            self._facts.addWidget(PlainLabel(words, wrap=True), n, 1)
        self.facts.setVisible(bool(facts))

    def show_calendar(self, shown: CalendarShown | None, *, changes: bool) -> None:
        """What the file says; the button says whether saving would change anything."""
        self.calendar.show_calendar(shown)
        self.save.set_words(
            _("Save these dates") if changes else _("These dates are saved already")
        )
        self.save.setEnabled(changes)
        if shown is not None:
            self.calendar.away.setFocus()

    def show_problem(self, words: str) -> None:
        """The file's own sentence."""
        self.problem.say(words, aloud=bool(words))

    # screen ---------------------------------------------------------------------------------------

    @override
    def panes(self) -> Panes:
        return Panes(work=self.work)

    @override
    def opened(self, **args: object) -> None:
        self.presenter.refresh()
        file = args.get("file")
        if isinstance(file, Path):
            self.presenter.take((file,))

    @override
    def changed(self, topics: frozenset[Topic]) -> None:
        self.presenter.refresh()

    @override
    def first_focus(self) -> QWidget:
        return self.search if not self.question.isHidden() else self.take

    @override
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"save": self.presenter.save_calendar}

    @override
    def dropped(self, paths: tuple[Path, ...]) -> bool:
        self.presenter.take(paths)
        return bool(paths)
