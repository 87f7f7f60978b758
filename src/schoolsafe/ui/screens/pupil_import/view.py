"""The preview of a pupil list: columns, first rows, counts, rows to look at, and one button that writes."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

from schoolsafe.services.changes import Topic
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.commands import key_words
from schoolsafe.ui.screen import Frame, Panes, Screen
from schoolsafe.ui.screens.pupil_import.model import ColumnChoice, ListShown, Sample, WouldDo
from schoolsafe.ui.screens.pupil_import.presenter import ImportPresenter
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.announce import announce
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.chips import ChipRow
from schoolsafe.ui.widgets.fitted_table import FittedTable
from schoolsafe.ui.widgets.flow_layout import flow
from schoolsafe.ui.widgets.layout import clear, col, line, row
from schoolsafe.ui.widgets.pinned_bar import PinnedBar, WorkPane
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.select_box import SelectBox
from schoolsafe.ui.widgets.table import Cell, TableRow
from schoolsafe.words import _, ngettext

PROBLEMS_SHOWN: Final = 20
FULL, SOME = "full", "some"


class PupilImportScreen(Screen):
    """One file."""

    place = "pupils"
    topics = frozenset({Topic.CHILD})

    def __init__(
        self, frame: Frame, services: Services, *, read_file: Callable[[Path], bytes]
    ) -> None:
        self.title = _("Bring in a pupil list")
        self._go = frame.navigator
        self.presenter = ImportPresenter(
            services, tasks=frame.tasks, go=frame.navigator, view=self, read_file=read_file
        )
        self._lines: Mapping[str, tuple[WouldDo, ...]] = {}
        self._build()
        self._wire()
        self.show_nothing()

    def _build(self) -> None:
        self.heading = PlainLabel(_("Bring in a pupil list"), "h1", wrap=True)
        self.name = PlainLabel("", "muted", wrap=True, object_name="list-file")
        self.refused = Banner("warn", object_name="list-refused")
        self.nothing = PlainLabel(
            _(
                "Drop a pupil list here (.xlsx or CSV) or a Common Transfer File (CTF), or choose one. "
                "Nothing is written before you say so."
            ),
            "muted",
            wrap=True,
        )
        self.choose = button(
            _("Choose a file"),
            icon="folder-open",
            key=key_words("open-file"),
            object_name="choose-file",
        )
        self.ask = AskFirst()
        self.uses = PlainLabel("", wrap=True, object_name="list-uses")
        self.ignored = PlainLabel("", "muted", wrap=True, object_name="list-ignored")
        self.change = button(_("Change columns"), kind="link", object_name="change-columns")
        self.columns = ColumnGrid()
        self.column_error = PlainLabel("", "danger", wrap=True, object_name="column-error")
        self._sample = QVBoxLayout()
        self._sample.setContentsMargins(0, 0, 0, 0)
        self.how_much = ChipRow(
            ((FULL, _("The whole school")), (SOME, _("Some pupils only"))),
            chosen=FULL,
            spoken=_("Who is in this list?"),
            object_name="how-much",
        )
        self.counts = ChipRow((), spoken=_("What would happen"), object_name="list-counts")
        self.lines = FittedTable(
            (_("Row"), _("Pupil"), _("What would happen")),
            spoken=_("What each row would do"),
            object_name="list-lines",
        )
        self.lines.narrow_first()
        self.problems = Problems()
        self.confirm = button(
            _("Bring in"), kind="primary", key=key_words("save"), object_name="confirm-list"
        )
        self.leave = button(_("Leave it"), object_name="leave-list")
        self._page()

    def _page(self) -> None:
        self._how = QWidget()
        self._how.setLayout(
            col(PlainLabel(_("Who is in this list?"), "h3"), self.how_much, spacing=6)
        )
        self.found = QWidget()
        self.found.setLayout(
            col(
                self.ask,
                self.uses,
                self.ignored,
                flow(self.change),
                self.column_error,
                self.columns,
                PlainLabel(_("The first rows, as they are read"), "h2", wrap=True),
                self._sample,
                4,
                self._how,
                4,
                PlainLabel(_("What would happen"), "h2", wrap=True),
                self.counts,
                self.lines,
                self.problems,
                spacing=8,
            )
        )
        page = col(
            self.heading,
            self.name,
            self.refused,
            self.nothing,
            flow(self.choose),
            line(),
            self.found,
            None,
            margins=(24, 16, 24, 12),
            spacing=10,
        )
        bar = PinnedBar(row(None, self.leave, self.confirm))
        self.work = WorkPane(page, bar)

    def _wire(self) -> None:
        do = self.presenter
        self.choose.clicked.connect(lambda: self._go.run("open-file"))
        self.change.clicked.connect(self._toggle_columns)
        self.columns.used = do.use
        self.ask.tick.toggled.connect(lambda on: do.set_right(right=on))
        self.how_much.chosen.connect(lambda how: do.set_full(full=how == FULL))
        self.counts.chosen.connect(self._show_lines)
        self.confirm.clicked.connect(do.confirm)
        self.leave.clicked.connect(do.leave)

    # ImportView -----------------------------------------------------------------------------------

    def show_list(self, shown: ListShown) -> None:
        """The preview."""
        self._show(found=True)
        self.name.setText(shown.name)
        self.refused.say("")
        self.column_error.setText("")
        self.column_error.hide()
        self.uses.setText(shown.uses)
        self.ignored.setText(shown.ignored)
        self.ignored.setVisible(bool(shown.ignored))
        self.ask.show_question(shown.ask)
        self.change.setVisible(not shown.transfer)
        if shown.transfer:
            self.columns.hide()
        self.columns.show_columns(shown.columns)
        self._show_sample(shown.sample)
        self._how.setVisible(shown.asks_how_much)
        self.how_much.set_current(FULL if shown.full else SOME)
        self._lines = shown.lines
        options = [(count.code, count.words) for count in shown.counts]
        first = next((count.code for count in shown.counts if count.n), "new")
        keep = self.counts.current()
        chosen = keep if keep in dict(options) else first
        self.counts.set_options(options, chosen=chosen)
        self._show_lines(chosen or first)
        self.problems.show_problems(shown.problems)
        self.confirm.set_words(shown.confirm)
        self.confirm.set_kind("plain" if shown.does_nothing else "primary")
        announce(self.work, say_counts(shown))

    def show_refused(self, name: str, words: str) -> None:
        """The file's own sentence; another can be chosen at once."""
        self._show(found=False)
        self.name.setText(name)
        self.refused.say(words, aloud=True)

    def show_nothing(self) -> None:
        """No file yet."""
        self._show(found=False)
        self.name.setText("")
        self.refused.say("")
        self._lines = {}
        self.lines.show_rows(())
        clear(self._sample)

    def show_ask_first(self) -> None:
        """The question stands in front, and is said."""
        self.ask.mark()

    def show_column_error(self, words: str) -> None:
        """The choice that does not work."""
        self.column_error.setText(words)
        self.column_error.show()
        announce(self.work, words)

    # inside ---------------------------------------------------------------------------------------

    def _show(self, *, found: bool) -> None:
        self.found.setVisible(found)
        self.nothing.setVisible(not found)
        self.choose.set_words(_("Choose another file") if found else _("Choose a file"))
        if self.work.bar is not None:
            self.work.bar.setVisible(found)
        if not found:
            self.columns.hide()
        self._name_change()

    def _toggle_columns(self) -> None:
        self.columns.setVisible(self.columns.isHidden())
        self._name_change()
        if not self.columns.isHidden():
            self.columns.focus_first()

    def _name_change(self) -> None:
        hidden = self.columns.isHidden()
        self.change.set_words(_("Change columns") if hidden else _("Hide the columns"))

    def _show_sample(self, sample: Sample) -> None:
        clear(self._sample)
        table = FittedTable(sample.headings, spoken=_("The first rows"), object_name="list-sample")
        table.narrow_first()
        table.show_rows(
            [
                TableRow(str(n), tuple(Cell(cell) for cell in cells))
                for n, cells in enumerate(sample.rows)
            ]
        )
        self._sample.addWidget(table)

    def _show_lines(self, code: str) -> None:
        lines = self._lines.get(code, ())
        self.lines.show_rows(
            [
                TableRow(f"{code}-{n}", (Cell(one.row), Cell(one.who, strong=True), Cell(one.what)))
                for n, one in enumerate(lines)
            ]
        )
        self.lines.setVisible(bool(lines))

    # screen ---------------------------------------------------------------------------------------

    @override
    def panes(self) -> Panes:
        return Panes(work=self.work)

    @override
    def opened(self, **args: object) -> None:
        file = args.get("file")
        if isinstance(file, Path):
            self.presenter.take(file)

    @override
    def changed(self, topics: frozenset[Topic]) -> None:
        self.presenter.refresh()

    @override
    def first_focus(self) -> QWidget:
        return self.confirm if self.presenter.has_list() else self.choose

    @override
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"save": self.presenter.confirm}

    @override
    def dropped(self, paths: tuple[Path, ...]) -> bool:
        if paths:
            self.presenter.take(paths[0])
        return bool(paths)


def say_counts(shown: ListShown) -> str:
    """The counts, spoken."""
    return ", ".join(count.words for count in shown.counts)


class AskFirst(QWidget):
    """A transfer file made for another school: what is odd, and one box to tick."""

    def __init__(self) -> None:
        super().__init__()
        self.banner = Banner("warn", object_name="list-ask")
        self.tick = QCheckBox(_("It is right for this school all the same"))
        self.tick.setObjectName("list-right")
        self.error = PlainLabel("", "danger", wrap=True, object_name="list-right-error")
        self.error.hide()
        self.tick.toggled.connect(lambda _on: self.error.hide())
        self.setLayout(col(self.banner, self.tick, self.error, spacing=6))
        self.hide()

    def show_question(self, words: str) -> None:
        """Another file; no words, no question."""
        self.setVisible(bool(words))
        self.error.hide()
        if words != self.banner.words.text():
            self.tick.setChecked(False)
            self.banner.say(words)

    def mark(self) -> None:
        """It was passed over."""
        self.error.setText(_("Tick the box if this file is right for your school"))
        self.error.show()
        self.tick.setFocus()
        announce(self, self.error.text())


class ColumnGrid(QWidget):
    """Which heading is which field, each changeable."""

    def __init__(self) -> None:
        super().__init__()
        self.used: Callable[[str, str], None] = lambda _field, _heading: None
        self.boxes: dict[str, SelectBox] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(style.scale(20))
        self._grid.setVerticalSpacing(style.scale(6))
        self._grid.setColumnStretch(2, 1)
        self.setLayout(self._grid)
        self.hide()

    def show_columns(self, columns: Sequence[ColumnChoice]) -> None:
        """Other headings; the boxes stay, so that the focus does."""
        for n, column in enumerate(columns):
            box = self.boxes.get(column.field)
            if box is None:
                box = self._add(n, column)
            box.set_options(column.options)
            box.set_current(column.chosen)

    def _add(self, n: int, column: ColumnChoice) -> SelectBox:
        label = PlainLabel(column.words)
        box = SelectBox(spoken=column.words, object_name=f"column-{column.field}")
        label.setBuddy(box)
        box.chosen.connect(partial(self._chosen, column.field))
        self._grid.addWidget(label, n, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(box, n, 1)
        self.boxes[column.field] = box
        return box

    def _chosen(self, field: str, heading: str) -> None:
        self.used(field, heading)

    def focus_first(self) -> None:
        """Where the choosing begins."""
        first = next(iter(self.boxes.values()), None)
        if first is not None:
            first.setFocus()


class Problems(QWidget):
    """Rows a person should look at, by number."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = PlainLabel("", "h2", wrap=True, object_name="problem-count")
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(style.scale(2))
        self.more = PlainLabel("", "muted", wrap=True)
        self.setLayout(col(self.heading, self._lines, self.more, spacing=6))

    def show_problems(self, problems: Sequence[str]) -> None:
        """Other rows; none hides the part."""
        clear(self._lines)
        n = len(problems)
        words = ngettext("{n} row to look at", "{n} rows to look at", n)
        self.heading.setText(words.format(n=n))
        for problem in problems[:PROBLEMS_SHOWN]:
            self._lines.addWidget(PlainLabel(problem, wrap=True))
        rest = n - PROBLEMS_SHOWN
        self.more.setText(_("And {n} more.").format(n=rest) if rest > 0 else "")
        self.more.setVisible(rest > 0)
        self.setVisible(bool(problems))
