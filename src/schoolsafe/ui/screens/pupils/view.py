"""The roll: search, year, class, state; a row opens the pupil's file."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from schoolsafe.services.changes import Topic
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.commands import key_words
from schoolsafe.ui.screen import Frame, Panes, Screen
from schoolsafe.ui.screens.pupils.form import PupilForm
from schoolsafe.ui.screens.pupils.presenter import PupilsPresenter, RollShown
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.fields import TextField
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.layout import col, line, row
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.row_list import RowList
from schoolsafe.ui.widgets.select_box import SelectBox
from schoolsafe.words import _

LIST, FORM = 0, 1


class PupilsScreen(Screen):
    """Everyone on record."""

    place = "pupils"
    topics = frozenset({Topic.CHILD})

    def __init__(self, frame: Frame, services: Services) -> None:
        self.title = _("Pupils")
        self._go = frame.navigator
        self.presenter = PupilsPresenter(services, tasks=frame.tasks, go=frame.navigator, view=self)
        self._build()
        self._wire()

    def _build(self) -> None:
        self.import_list = button(
            _("Bring in a list"),
            icon="folder-open",
            key=key_words("open-file"),
            object_name="import-list",
        )
        self.add = button(
            _("Add a pupil"), kind="primary", icon="user-plus", object_name="add-pupil"
        )
        self.search = TextField(
            spoken=_("Find a pupil by name or admission number"),
            hint=_("Name or admission number"),
            icon="search",
            width=300,
            object_name="find-pupil",
        )
        self.year = SelectBox(spoken=_("Year"), object_name="filter-year")
        self.class_name = SelectBox(spoken=_("Class"), object_name="filter-class")
        self.status = SelectBox(spoken=_("State"), object_name="filter-state")
        self.rows = RowList(spoken=_("Pupils"), object_name="pupil-rows")
        self.count = PlainLabel("", "small", wrap=True, object_name="pupil-count")
        self.nobody = PlainLabel("", "muted", wrap=True, object_name="no-pupils")
        self.form = PupilForm()
        head = row(
            (PlainLabel(_("Pupils"), "h1"), 1), flow_right(self.import_list, self.add), spacing=12
        )
        self.filters = flow(self.search, self.year, self.class_name, self.status, spacing=10)
        top = col(head, self.filters, margins=(24, 16, 24, 10), spacing=12)
        nobody = QWidget()
        nobody.setLayout(col(self.nobody, None, margins=(24, 16, 24, 0)))
        self._body = QStackedWidget()
        self._body.addWidget(self.rows)
        self._body.addWidget(nobody)
        foot = row((self.count, 1), margins=(24, 6, 24, 8))
        listed = QWidget()
        listed.setLayout(col(top, line(), (self._body, 1), line(), foot, spacing=0))
        self.stack = QStackedWidget()
        self.stack.setObjectName("work")
        self.stack.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.stack.addWidget(listed)
        self.stack.addWidget(self.form)

    def _wire(self) -> None:
        do = self.presenter
        self.search.textChanged.connect(lambda words: do.filter(words=words))
        self.search.returnPressed.connect(self._open_first)
        self.year.chosen.connect(lambda year: do.filter(year=year))
        self.class_name.chosen.connect(lambda name: do.filter(class_name=name))
        self.status.chosen.connect(lambda state: do.filter(status=state))
        self.rows.opened.connect(do.open)
        self.rows.clicked.connect(lambda _index: do.open(self.rows.current_key()))
        self.import_list.clicked.connect(lambda: self._go.run("open-file"))
        self.add.clicked.connect(self.open_form)
        self.form.wanted.connect(do.add)
        self.form.left.connect(self.close_form)

    # PupilsView -----------------------------------------------------------------------------------

    def show_roll(self, shown: RollShown) -> None:
        """Other rows."""
        words, year, class_name, status = self.presenter.chosen()
        for box, options, chosen in (
            (self.year, shown.years, year),
            (self.class_name, shown.classes, class_name),
            (self.status, shown.states, status),
        ):
            box.set_options(options)
            box.set_current(chosen)
        if self.search.text() != words:
            self.search.setText(words)
        self.rows.show_rows(shown.rows)
        if shown.rows and not self.rows.current_key():
            self.rows.select_first()
        self.count.setText(shown.count if shown.any_at_all else "")
        self.nobody.setText(
            _("Nobody fits. Look for another name, or choose every year and class.")
            if shown.any_at_all
            else _("No pupils yet. Drop a pupil list here, or add one.")
        )
        self._body.setCurrentIndex(0 if shown.rows else 1)
        self.filters.setVisible(shown.any_at_all)
        self.import_list.set_kind("plain" if shown.any_at_all else "primary")
        self.add.set_kind("primary" if shown.any_at_all else "plain")

    def show_problems(self, problems: Sequence[tuple[str, str]]) -> None:
        """What is wrong with the form."""
        self.form.show_problems(problems)

    def added(self, child: str) -> None:
        """Back to the list, at the new pupil."""
        self.close_form()
        self.rows.select(child)

    # what the person does -------------------------------------------------------------------------

    def open_form(self) -> None:
        """One pupil by hand."""
        self.stack.setCurrentIndex(FORM)
        self.form.open(self.presenter.classes())

    def close_form(self) -> None:
        """Back to the list."""
        self.stack.setCurrentIndex(LIST)
        self.rows.setFocus()

    def _open_first(self) -> None:
        """Enter in the search: the first who fits."""
        if self.rows.select_first():
            self.presenter.open(self.rows.current_key())

    # screen ---------------------------------------------------------------------------------------

    @override
    def panes(self) -> Panes:
        return Panes(work=self.stack)

    @override
    def opened(self, **args: object) -> None:
        self.stack.setCurrentIndex(LIST)
        self.presenter.refresh()

    @override
    def changed(self, topics: frozenset[Topic]) -> None:
        self.presenter.refresh()

    @override
    def first_focus(self) -> QWidget:
        return self.import_list if self.filters.isHidden() else self.search

    @override
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"search": self.search.setFocus, "save": self._save}

    def _save(self) -> None:
        if self.stack.currentIndex() == FORM:
            self.form.submit()

    @override
    def dropped(self, paths: tuple[Path, ...]) -> bool:
        return self.presenter.take_files(paths)


def flow_right(*buttons: QWidget) -> QWidget:
    """Buttons beside a heading."""
    holder = QWidget()
    holder.setLayout(row(*buttons, spacing=10))
    return holder
