"""Teaches a layout: the fields in the list, the message and what follows from its marks in the work."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from schoolsafe.services.unlocked import Services
from schoolsafe.ui.commands import key_words
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.screen import Frame, Panes, Screen
from schoolsafe.ui.screens.template.parts import BesideMarks, MarkedText, Meanings, fit
from schoolsafe.ui.screens.template.presenter import TeachPresenter, TeachShown
from schoolsafe.ui.screens.template.shown import KINDS, TriedShown
from schoolsafe.ui.widgets.announce import announce
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.chips import ChipRow
from schoolsafe.ui.widgets.error_summary import ErrorSummary, FormError
from schoolsafe.ui.widgets.fields import Question, TextField
from schoolsafe.ui.widgets.layout import col, line, row
from schoolsafe.ui.widgets.pinned_bar import PinnedBar, WorkPane
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.row_list import RowList
from schoolsafe.ui.widgets.select_box import SelectBox
from schoolsafe.words import _

LIST_WIDTH = 330


class TeachScreen(Screen):
    """One message as an example."""

    place = "settings"

    def __init__(
        self, frame: Frame, services: Services, *, read_file: Callable[[Path], bytes]
    ) -> None:
        self.title = _("Teach a layout")
        self._go = frame.navigator
        self._shown: TeachShown | None = None
        self._tried: tuple[TriedShown, ...] = ()
        self.presenter = TeachPresenter(
            services, tasks=frame.tasks, go=frame.navigator, view=self, read_file=read_file
        )
        self._build()
        self._page()
        self._wire()

    # building ---------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.fields = RowList(
            spoken=_("What the selected words are. Enter marks them."), object_name="mark-fields"
        )
        self.unmark = button(_("Take this mark away"), object_name="unmark")
        self.list = QFrame()
        self.list.setObjectName("side")
        head = col(
            PlainLabel(_("What is it?"), "h2"),
            PlainLabel(
                _("Select words in the message, then press Enter on what they are."),
                "muted",
                wrap=True,
            ),
            spacing=4,
            margins=(16, 14, 12, 8),
        )
        foot = col(self.unmark, margins=(16, 8, 12, 12))
        self.list.setLayout(col(head, (self.fields, 1), foot, spacing=0))
        self.refused = Banner("warn", object_name="teach-refused")
        self.errors = ErrorSummary()
        self.parts = SelectBox(spoken=_("Part of the message"), object_name="example-part")
        self.text = MarkedText()
        self.what = SelectBox(spoken=_("What the selected words are"), object_name="mark-what")
        self.mark = button(_("Mark the selected words"), icon="check", object_name="mark")
        self.whose = PlainLabel("", "muted", wrap=True, object_name="example-sender")
        self.marks = BesideMarks()
        self.marks_heading = PlainLabel(
            _("What is kept: the words beside each mark"), "h2", wrap=True
        )
        self.meanings = Meanings()
        self.tried_heading = PlainLabel(_("What would be read"), "h2", wrap=True)
        self.tried = SelectBox(spoken=_("Which message"), object_name="tried-message")
        self.answer = PlainLabel("", "muted", wrap=True, object_name="tried-answer")
        self.readings = RowList(spoken=_("What would be read"), object_name="tried-readings")
        self.kind = ChipRow(
            [(key, _(words)) for key, words in KINDS],
            spoken=_("What kind of notice is this layout for?"),
            object_name="template-kind",
        )
        self.name = TextField(spoken=_("Name of this layout"), object_name="template-name")
        self.save = button(
            _("Save as template"),
            kind="primary",
            key=key_words("save"),
            object_name="save-template",
        )
        self.leave = button(_("Leave it"), object_name="leave-template")

    def _page(self) -> None:
        self.after = QWidget()
        self.after.setLayout(
            col(
                line(),
                self.marks_heading,
                PlainLabel(
                    _("No word of the values is kept. Change or drop words that name somebody."),
                    "muted",
                    wrap=True,
                ),
                self.marks,
                self.meanings,
                self.tried_heading,
                self.tried,
                self.answer,
                self.readings,
                spacing=8,
            )
        )
        self.body = QWidget()
        self.body.setLayout(
            col(
                self.parts,
                self.text,
                row((self.what, 1), self.mark),
                self.whose,
                self.after,
                line(),
                PlainLabel(_("What kind of notice is this layout for?"), "h3", wrap=True),
                self.kind,
                Question(
                    _("Name of this layout"),
                    self.name,
                    hint=_("Such as: Northmere desk, email form"),
                ),
                spacing=10,
            )
        )
        page = col(
            PlainLabel(_("Teach SchoolSafe this layout"), "h1", wrap=True),
            PlainLabel(
                _(
                    "The next message written this way is read by what you mark here. You check it as always."
                ),
                "muted",
                wrap=True,
            ),
            self.refused,
            self.errors,
            self.body,
            None,
            margins=(24, 16, 24, 12),
            spacing=10,
        )
        self.work = WorkPane(page, PinnedBar(row(None, self.leave, self.save)))

    def _wire(self) -> None:
        do = self.presenter
        self.fields.opened.connect(self._mark)
        self.mark.clicked.connect(lambda: self._mark(self.what.current()))
        self.what.chosen.connect(self.fields.select)
        self.unmark.clicked.connect(lambda: do.unmark(self.fields.current_key()))
        self.fields.chosen.connect(self._show_mark)
        self.parts.chosen.connect(lambda key: do.set_part(int(key)))
        self.marks.reworded.connect(do.reword)
        self.marks.dropped.connect(do.drop)
        self.meanings.meant.connect(do.mean)
        self.tried.chosen.connect(self._show_tried)
        self.readings.chosen.connect(self._show_reading)
        self.kind.chosen.connect(do.set_kind)
        self.save.clicked.connect(self._save)
        self.leave.clicked.connect(self._go.back)

    # TeachView ----------------------------------------------------------------------------------------

    def show_example(self, shown: TeachShown, *, fresh: bool) -> None:
        """The message and its marks."""
        self._shown = shown
        self.refused.say("")
        self._enable(able=True)
        if fresh:
            self.parts.set_options(shown.parts)
            self.parts.set_current(str(shown.part))
            self.parts.setVisible(len(shown.parts) > 1)
            self.errors.show_errors(())
            self.name.clear()
            self._go.show_work()
        if fresh or self.text.toPlainText() != shown.text:
            self.text.setPlainText(shown.text)
        self.text.show_marks(shown.places)
        key = self.fields.current_key()
        self.fields.show_rows(shown.fields)
        if fresh:
            self.what.set_options([(row_.key, row_.title) for row_ in shown.fields])
        if not self.fields.select(key):
            self.fields.select_first()
        self.what.set_current(self.fields.current_key())
        self.marks.show_marks(shown.marks)
        self.after.setVisible(bool(shown.marks))
        self.meanings.show_meanings(shown.meanings)
        self.kind.set_current(shown.kind or None)
        self.whose.setText(
            _("Used for messages from {sender}").format(sender=shown.sender)
            if shown.sender
            else _("No sender is told: used for any message in which all of it is found")
        )
        self.work.settle()

    def show_tried(self, tried: tuple[TriedShown, ...]) -> None:
        """What would be read."""
        chosen = self.tried.current()
        self._tried = tried
        self.tried.set_options([(each.key, each.title) for each in tried])
        self.tried.set_current(chosen)
        self.tried.setVisible(len(tried) > 1)
        self.tried_heading.setVisible(bool(tried))
        self._fill_tried()

    def show_refused(self, words: str) -> None:
        """There is no message to learn from."""
        self._enable(able=False)
        self.refused.say(words, aloud=True)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """What is missing, with the focus on it."""
        places: dict[str, QWidget] = {"name": self.name, "marks": self.fields}
        self.errors.show_errors(
            [FormError(each.words, places.get(each.field, self.name)) for each in problems]
        )
        if problems:
            self.work.page.ensureWidgetVisible(self.errors)

    # inside -------------------------------------------------------------------------------------------

    def _enable(self, *, able: bool) -> None:
        for part in (self.body, self.save, self.fields, self.unmark):
            part.setEnabled(able)
        self.body.setVisible(able)

    def _mark(self, key: str) -> None:
        start, end = self.text.selected()
        if not key:
            return
        self._back_to_example()
        if self.presenter.mark(key, start, end):
            row_ = next(
                (r for r in (self._shown.fields if self._shown else ()) if r.key == key), None
            )
            if row_ is not None:
                announce(self.work, row_.sentence)
            self._next_field(key)
        else:
            announce(self.work, _("Select words in the message first"))
            self._go.say(_("Select words in the message first"))
            self._go.show_work()
            self.text.setFocus()

    def _next_field(self, key: str) -> None:
        """After a mark the eye goes on in the message."""
        self.fields.select(key)
        self._go.show_work()
        self.text.setFocus()

    def _show_mark(self, key: str) -> None:
        """The box beside the message follows the list."""
        self.what.set_current(key)
        if self._shown is not None and self.text.toPlainText() == self._shown.text:
            self.text.show_marks(self._shown.places)

    def _back_to_example(self) -> None:
        if self._shown is not None and self.text.toPlainText() != self._shown.text:
            self.text.setPlainText(self._shown.text)
            self.tried.set_current("0")
            self._fill_tried()

    def _current(self) -> TriedShown | None:
        key = self.tried.current()
        return next((each for each in self._tried if each.key == key), None)

    def _show_tried(self, _key: str) -> None:
        """Another message of the sender: its text stands where the example stood."""
        self._fill_tried()
        each = self._current()
        if each is None:
            return
        if each.key == "0":
            self._back_to_example()
            return
        text = next((t for n, t in enumerate(each.texts) if n == self._part_of(each)), "")
        self.text.setPlainText(text)
        announce(self.work, each.answer)

    @staticmethod
    def _part_of(each: TriedShown) -> int:
        return next((span.part for span in each.spans if span), 0)

    def _fill_tried(self) -> None:
        each = self._current()
        rows = each.rows if each else ()
        self.answer.setText(each.answer if each else "")
        self.answer.setVisible(each is not None)
        self.readings.show_rows(rows)
        fit(self.readings, len(rows))

    def _show_reading(self, key: str) -> None:
        """The exact words one answer was read from."""
        each = self._current()
        span = each.spans[int(key)] if each and key else None
        if each is None or span is None or not 0 <= span.part < len(each.texts):
            return
        if self.text.toPlainText() != each.texts[span.part]:
            self.text.setPlainText(each.texts[span.part])
        self.text.point_at(span.start, span.end)

    def _save(self) -> None:
        self.presenter.save(self.name.text())

    # screen -------------------------------------------------------------------------------------------

    @override
    def panes(self) -> Panes:
        return Panes(work=self.work, list=self.list, list_width=LIST_WIDTH)

    @override
    def opened(self, **args: object) -> None:
        notification, file = args.get("notification"), args.get("file")
        if isinstance(notification, str) and notification:
            self.presenter.open(notification)
        elif isinstance(file, Path):
            self.presenter.open_file(file)
        elif self._shown is None:
            self.show_refused(_("Open a message first"))

    @override
    def left(self) -> None:
        self.presenter.forget()
        self._shown = None
        self.text.setPlainText("")
        self.show_tried(())

    @override
    def first_focus(self) -> QWidget:
        return self.text

    @override
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"save": self._save}

    @override
    def dropped(self, paths: tuple[Path, ...]) -> bool:
        self.presenter.open_file(paths[0])
        return True
