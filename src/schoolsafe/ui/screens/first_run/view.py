"""The set-up window: the steps at the left with the answers given, one question at the right."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from schoolsafe.ui.calendar_words import CalendarShown
from schoolsafe.ui.commands import BY_ID, key_words
from schoolsafe.ui.demo_note import demo_words
from schoolsafe.ui.keys_seam import FirstRunSeam, Strength
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.screens.first_run.finder import SchoolFinder
from schoolsafe.ui.screens.first_run.last_pages import DaysPage, PupilsPage
from schoolsafe.ui.screens.first_run.pages import (
    PassphrasePage,
    SheetPage,
    WhatPage,
    YouPage,
)
from schoolsafe.ui.screens.first_run.presenter import FirstRunPresenter
from schoolsafe.ui.screens.first_run.school_page import SchoolPage
from schoolsafe.ui.screens.first_run.shown import ListShown
from schoolsafe.ui.screens.first_run.step_list import StepList
from schoolsafe.ui.screens.first_run.steps import ORDER, Answers, Step, StepLine
from schoolsafe.ui.seams import Dialogs, FileKind, Paper, TaskRunner
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.announce import announce
from schoolsafe.ui.widgets.buttons import button
from schoolsafe.ui.widgets.drop_zone import DropZone
from schoolsafe.ui.widgets.form_page import COLUMN, FormPage
from schoolsafe.ui.widgets.layout import box, col, focusables, row, tab_on
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _

STEPS_UNITS: Final = 720
"""Narrower than this, in px divided by the text scale, the list at the left goes."""


class FirstRunWindow(QWidget):
    """A window of its own: nothing of any vault is in it."""

    finished = Signal(object)
    """The open vault, for the main window."""
    demo_wanted = Signal()

    def __init__(
        self, seam: FirstRunSeam, tasks: TaskRunner, *, dialogs: Dialogs, paper: Paper
    ) -> None:
        super().__init__()
        self.setObjectName("root")
        self.setWindowTitle(_("Start - SchoolSafe"))
        self._dialogs, self._list_ready = dialogs, False
        self._build()
        self.presenter = FirstRunPresenter(self, seam=seam, tasks=tasks, paper=paper)
        self.finder = SchoolFinder(self.school, seam=seam, tasks=tasks)
        self._wire()
        self.presenter.start()
        self.finder.start()

    def _build(self) -> None:
        self.steps = StepList()
        self.what, self.school, self.you = WhatPage(), SchoolPage(), YouPage()
        self.phrase, self.sheet = PassphrasePage(), SheetPage()
        self.days, self.pupils = DaysPage(), PupilsPage()
        every: tuple[FormPage, ...] = (
            self.what, self.school, self.you, self.phrase, self.sheet, self.days, self.pupils,
        )  # fmt: skip
        self.pages: dict[Step, FormPage] = dict(zip(ORDER, every, strict=True))
        self.stack = QStackedWidget()
        for page in every:
            self.stack.addWidget(page)
        self.back = button(_("Back"), key=key_words("back"), object_name="first-run-back")
        self.later = button(_("Later"), object_name="later")
        self.next = button(
            _("Continue"), kind="primary", key=key_words("save"), object_name="continue"
        )
        self.busy = PlainLabel("", "muted", wrap=True, object_name="busy")
        foot = box(
            row(self.back, (self.busy, 1), self.later, self.next, margins=(56, 12, 64, 20)),
            object_name="first-run-foot",
        )
        foot.setMaximumWidth(style.scale(COLUMN))
        work = QWidget()
        work.setObjectName("work")
        work.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        work.setLayout(col((self.stack, 1), foot, spacing=0))
        self.setLayout(row(self.steps, (work, 1), spacing=0))
        self.drops = DropZone(self, _("Drop the file here"))

    def _wire(self) -> None:
        do = self.presenter
        self.back.clicked.connect(do.back)
        self.next.clicked.connect(self.go_on)
        self.later.clicked.connect(self._later)
        self.phrase.passphrase.typed.connect(do.help.type)
        self.phrase.passphrase.another.connect(do.make_passphrase)
        self.sheet.drill.print_wanted.connect(do.hand_over_sheet)
        self.school.searched.connect(self.finder.type)
        self.school.chosen.connect(self.finder.choose)
        self.school.register_wanted.connect(self._choose_register)
        self.school.search.returnPressed.connect(self.school.enter_list)
        self.days.calendar.wanted.connect(self._choose_calendar)
        self.days.calendar.dropped.connect(do.drop_calendar)
        self.pupils.file_wanted.connect(self._choose_list)
        self.pupils.dropped_list.connect(do.drop_list)
        self.drops.dropped.connect(self._dropped)
        for command, act in (
            ("save", self.go_on),
            ("back", do.back),
            ("open-file", self._choose_file),
        ):
            for key in BY_ID[command].keys:
                QShortcut(QKeySequence(key), self).activated.connect(act)
        for field in (self.school.name, self.school.urn, self.you.name):
            field.returnPressed.connect(self.go_on)
        self.phrase.passphrase.again_field.submitted.connect(self.go_on)

    # what the person does -------------------------------------------------------------------------

    def go_on(self) -> None:
        """Continue, on whatever page it is."""
        do, step = self.presenter, self.presenter.step
        if step is Step.WHAT:
            do.choose(self.what.choices.current() or "")
        elif step is Step.SCHOOL:
            if self.school.enter_list():
                return
            do.give_school(self.school.name.text(), self.school.urn.text())
        elif step is Step.YOU:
            do.give_person(self.you.name.text(), self.you.role.current() or "")
        elif step is Step.PASSPHRASE:
            phrase = self.phrase.passphrase
            place = self.phrase.place.current() or ""
            do.give_passphrase(phrase.text(), phrase.again(), place=place)
        elif step is Step.SHEET:
            do.type_back(self.sheet.drill.answers())
        elif step is Step.DAYS:
            do.give_days(self.days.form())
        else:
            do.finish(with_list=self._list_ready)

    def _later(self) -> None:
        if self.presenter.step is Step.DAYS:
            self.presenter.skip_days()
        elif self.presenter.step is Step.PUPILS:
            self.presenter.finish(with_list=False)

    def _choose_file(self) -> None:
        """Whatever file the page in front takes."""
        choose = {
            Step.SCHOOL: self._choose_register,
            Step.DAYS: self._choose_calendar,
            Step.PUPILS: self._choose_list,
        }.get(self.presenter.step)
        if choose is not None:
            choose()

    def _choose_register(self) -> None:
        kinds = (FileKind(_("Register of schools"), ("*.csv",)),)
        self.finder.take(
            self._dialogs.open_files(_("Choose the register of schools"), kinds, many=True)
        )

    def _choose_calendar(self) -> None:
        kinds = (FileKind(_("Calendar files"), ("*.ics",)),)
        for path in self._dialogs.open_files(_("Choose a calendar file"), kinds):
            self.presenter.take_calendar(path)

    def _choose_list(self) -> None:
        kinds = (FileKind(_("Pupil lists"), ("*.csv", "*.txt", "*.xlsx", "*.xml")),)
        for path in self._dialogs.open_files(_("Choose a pupil list"), kinds):
            self.presenter.take_list(path)

    def _dropped(self, paths: tuple[Path, ...]) -> None:
        if self.presenter.step is Step.PUPILS and paths:
            self.presenter.take_list(paths[0])
        elif self.presenter.step is Step.DAYS and paths:
            self.presenter.take_calendar(paths[0])
        elif self.presenter.step is Step.SCHOOL:
            self.finder.take(paths)

    # FirstRunView ---------------------------------------------------------------------------------

    def show_step(self, step: Step, lines: tuple[StepLine, ...], answers: Answers) -> None:
        """Another page in front."""
        page = self.pages[step]
        self.steps.show_lines(lines)
        self.what.show_answers(answers)
        self.school.show_answers(answers)
        self.you.show_answers(answers)
        page.show_problems((), fallback=self.next)
        self.stack.setCurrentWidget(page)
        page.verticalScrollBar().setValue(0)
        self.back.setVisible(step is not Step.WHAT)
        self._foot(step)
        announce(self, next((line.spoken for line in lines if line.here), ""))

    def show_on_record(self, words: str) -> None:
        """The page was answered for good."""
        self.pages[self.presenter.step].show_on_record(words)
        self._focus()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """The summary of the page in front."""
        self.pages[self.presenter.step].show_problems(problems, fallback=self.next)

    def set_busy(self, words: str) -> None:
        """Says what is being done; Continue rests meanwhile."""
        self.busy.setText(words)
        for part in (self.next, self.later, self.back):
            part.setEnabled(not words)
        announce(self, words)

    def show_strength(self, strength: Strength | None) -> None:
        """Of the passphrase as typed."""
        self.phrase.show_strength(strength)

    def show_made(self, words: str) -> None:
        """Made for this person."""
        self.phrase.passphrase.show_made(words)

    def show_keyring(self, problem: str) -> None:
        """Where there is no keyring."""
        self.phrase.show_keyring(problem)

    def show_drill(self, asked: tuple[int, ...], *, printed: bool) -> None:
        """Groups to type back."""
        self.sheet.drill.show_drill(asked, printed=printed)
        self._foot(Step.SHEET)

    def show_list(self, shown: ListShown | None) -> None:
        """A pupil list, or none."""
        self._list_ready = shown is not None and shown.ready
        self.pupils.show_list(shown)
        self._foot(Step.PUPILS)

    def show_calendar(self, shown: CalendarShown | None) -> None:
        """A calendar file, or none."""
        self.days.calendar.show_calendar(shown)

    def show_demo_started(self, *, started: bool) -> None:
        """What opening the demo school looks like from here; set-up goes on when the person likes."""
        words = demo_words(started=started)
        self.busy.setText(words)
        announce(self, words)

    def show_demo(self) -> None:
        """The demo school is wanted."""
        self.demo_wanted.emit()

    def stop(self) -> None:
        """Closes; the answers are kept."""
        self.close()

    def finish(self, opened: object) -> None:
        """Over to Today."""
        self.finished.emit(opened)

    # inside ---------------------------------------------------------------------------------------

    def _foot(self, step: Step) -> None:
        words = (
            _("Continue") if step in {Step.WHAT, Step.SCHOOL, Step.YOU} else _("Save and continue")
        )
        if step is Step.PUPILS:
            words = (
                _("Bring them in, open Today")
                if self._list_ready
                else _("Do this later, open Today")
            )
        self.next.set_words(words)
        first_here = {
            Step.SHEET: not self.sheet.drill.is_printed(),
            Step.PUPILS: not self._list_ready,
        }
        self.next.set_kind("plain" if first_here.get(step) else "primary")
        with_later = step is Step.DAYS or (step is Step.PUPILS and self._list_ready)
        self.later.setVisible(with_later)

    def _focus(self) -> None:
        field = self.pages[self.presenter.step].first_field() or self.next
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._focus()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        units = round(self.width() * 100 / style.current().percent)
        self.steps.setVisible(units >= STEPS_UNITS)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:  # Qt's own name
        stops = focusables(self.pages[self.presenter.step])
        stops += [part for part in (self.back, self.later, self.next) if part.isVisible()]
        return tab_on(stops, onward=next)
