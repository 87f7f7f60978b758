"""The screens of the day put together: Today's list beside the one thing, the child beside both.

Screens are strangers; this is the one place that knows more than one of them. A form (call, told
slip, entry) keeps the list in view; choosing a row there goes back to Today.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from schoolsafe.services.changes import Topic
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.screen import Frame, Panes, Screen, ScreenFactory
from schoolsafe.ui.screens.call.view import CallScreen
from schoolsafe.ui.screens.entry.view import EntryScreen
from schoolsafe.ui.screens.notification.view import NotificationScreen
from schoolsafe.ui.screens.today.batch_view import BatchScreen
from schoolsafe.ui.screens.today.list_pane import ListPane
from schoolsafe.ui.screens.today.presenter import DayShown, TodayPresenter
from schoolsafe.ui.screens.today.welcome import Welcome
from schoolsafe.ui.screens.told_slip.view import ToldSlipScreen
from schoolsafe.ui.seams import Paper
from schoolsafe.words import _

_DAY_TOPICS = frozenset(
    {
        Topic.TODAY,
        Topic.NOTIFICATION,
        Topic.DRAFT,
        Topic.CALENDAR,
        Topic.CHILD,
        Topic.SCHOOL,
        Topic.MAIL,
    }
)


@dataclass(frozen=True, slots=True)
class Outside:
    """What the day's screens need of the world besides the services."""

    read_file: Callable[[Path], bytes]
    """The bytes of a file a person dropped; refuses what is too large."""
    paper: Paper
    """Previews, prints and saves a page."""
    inside: Callable[[Path], tuple[Path, ...]] = lambda path: (path,)
    """The files of a folder a person dropped; a file is itself."""


class DayList:
    """Today's list pane with its presenter, as each screen of the day has one."""

    def __init__(self, frame: Frame, services: Services, outside: Outside) -> None:
        self.pane = ListPane()
        self.day: DayShown | None = None
        self.presenter = TodayPresenter(
            services,
            tasks=frame.tasks,
            go=frame.navigator,
            view=self,
            read_file=outside.read_file,
            inside=outside.inside,
        )
        go = frame.navigator
        self.pane.paste_wanted.connect(lambda: go.run("paste-notice"))
        self.pane.call_wanted.connect(lambda: go.open("call"))
        self.pane.batch_wanted.connect(lambda: go.open("batch"))
        self.pane.files_wanted.connect(lambda: go.run("open-file"))
        self.pane.rota_wanted.connect(lambda: go.open("cover"))
        self.pane.done_toggled.connect(self.presenter.toggle_done)

    def show_day(self, day: DayShown) -> None:
        """Other rows and numbers."""
        self.day = day
        self.pane.show_day(day)

    def select(self, key: str) -> bool:
        """Makes a row the current one."""
        return self.pane.select(key)


class TodayScreen(Screen):
    """The list, the one thing, the child."""

    place = "today"
    topics = _DAY_TOPICS | NotificationScreen.topics
    own_countdown = True

    def __init__(self, frame: Frame, services: Services, outside: Outside) -> None:
        self.title = _("Today")
        self._go = frame.navigator
        self.list = DayList(frame, services, outside)
        self._read_file = outside.read_file
        self.notification = NotificationScreen(frame, services)
        self.welcome = Welcome()
        self._work = QStackedWidget()
        self._work.addWidget(self.welcome)
        self._work.addWidget(self.notification.work)
        self._wanted, self._batch_offered = "", False
        self._order: tuple[str, ...] | None = None
        self._focus_work = False
        pane = self.list.pane
        pane.chosen.connect(self._chosen)
        pane.opened.connect(self._entered)
        self.list.presenter.on_day = self._arrived
        self.notification.on_finished = self._next
        self.notification.on_shown = self._notice_shown
        self.welcome.go.connect(self._go.open)
        self.welcome.draft_wanted.connect(lambda: self.list.presenter.open_draft(pane.current()))

    def _chosen(self, key: str) -> None:
        place = self.list.presenter.place(key)
        if place.draft:
            self.notification.presenter.forget()
            self.welcome.show_draft(*self.list.presenter.draft_words(key))
            self._work.setCurrentWidget(self.welcome)
        elif place.form:
            self.notification.presenter.forget()
            self.welcome.show_record(*self.list.presenter.draft_words(key))
            self._work.setCurrentWidget(self.welcome)
        elif place.notification:
            self.notification.presenter.open(place.notification, place.line or 0)

    def _notice_shown(self, shown: bool) -> None:  # noqa: FBT001  # a signal's answer
        if shown:
            self._work.setCurrentWidget(self.notification.work)
            if self._focus_work:
                self._focus_work = False
                self.notification.focus_next_step()
        elif not self.list.presenter.is_form(self.list.pane.current()):
            self.welcome.show_empty(self.list.day)
            self._work.setCurrentWidget(self.welcome)

    def _entered(self, key: str) -> None:
        """Enter on a row: the form of a draft, the match of a notice, or the pane that is folded."""
        if self.list.presenter.is_form(key):
            self.list.presenter.open_draft(key)
        elif not self._work.isVisible():
            self._go.show_work()
            self.notification.focus_next_step()
        else:
            self.notification.confirm_only()

    def _next(self, line: str) -> None:
        """What was finished goes; the next row before registration opens."""
        self._order = self.list.presenter.order_after(line)
        self.list.presenter.refresh()

    def _open_next(self, order: tuple[str, ...]) -> None:
        pane = self.list.pane
        if pane.rows.isVisible():
            pane.rows.setFocus()
        else:  # one pane only: the focus stays in the work
            self._focus_work = True
        following = self.list.presenter.first_left(order)
        if not (following and pane.select(following)):
            pane.rows.clear_current()
            self.notification.presenter.forget()

    def _arrived(self) -> None:
        """After every answer: the wanted row, else the current one, else the first."""
        if self.list.presenter.is_batch() and not self._batch_offered:
            self._batch_offered = True
            self._go.open("batch")
            return
        pane = self.list.pane
        if self._order is not None:
            order, self._order = self._order, None
            self._open_next(order)
        elif self._wanted and pane.select(self._wanted):
            self._wanted = ""
        elif not pane.current() and not self.notification.presenter.card():
            pane.rows.select_first()
        if not self.notification.presenter.card() and not pane.current():
            self._notice_shown(shown=False)

    @override
    def panes(self) -> Panes:
        return Panes(work=self._work, list=self.list.pane, context=self.notification.context)

    @override
    def opened(self, **args: object) -> None:
        row, notification = args.get("row"), args.get("notification")
        if args.get("batch") is False or isinstance(row, str) or notification:
            self._batch_offered = True
        if isinstance(row, str):
            self._wanted = row
        self.list.presenter.refresh()
        if isinstance(notification, str):
            number = args.get("line")
            key = self.list.presenter.key_of(notification, number if isinstance(number, int) else 0)
            if not (key and self.list.pane.select(key)):
                self.list.pane.rows.clear_current()
            self.notification.opened(**args)

    @override
    def changed(self, topics: frozenset[Topic]) -> None:
        if topics & _DAY_TOPICS:
            self.list.presenter.refresh()
        if topics & NotificationScreen.topics:
            self.notification.changed(topics)

    @override
    def left(self) -> None:
        self.notification.left()

    @override
    def first_focus(self) -> QWidget:
        return self.list.pane.rows

    @override
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return self.notification.commands()

    @override
    def dropped(self, paths: tuple[Path, ...]) -> bool:
        self._batch_offered = True
        presenter = self.list.presenter
        one = len(paths) == 1 and not presenter.is_list(paths[0])
        if not (one and self.notification.takes_file(paths[0], self._read_file)):
            presenter.take_files(paths)
        return True

    @override
    def brought(self, files: tuple[tuple[str, bytes], ...]) -> bool:
        self._batch_offered = True
        self.list.presenter.take_brought(files)
        return True


class FormScreen(Screen):
    """A form of the day beside Today's list."""

    place = "today"
    own_countdown = False

    def __init__(self, frame: Frame, list_: DayList, form: Screen) -> None:
        self.list, self.form, self._go = list_, form, frame.navigator
        self.title = form.title
        self.topics = _DAY_TOPICS | form.topics
        go, pane = self._go, self.list.pane
        pane.opened.connect(lambda key: go.open("today", row=key))
        pane.rows.clicked.connect(lambda _index: go.open("today", row=pane.current()))

    @override
    def panes(self) -> Panes:
        own = self.form.panes()
        return Panes(work=own.work, list=self.list.pane, context=own.context)

    @override
    def opened(self, **args: object) -> None:
        self.list.presenter.refresh()
        self.form.opened(**args)
        self._go.show_work()  # where there is room for one pane, a form is not the list

    @override
    def changed(self, topics: frozenset[Topic]) -> None:
        if topics & _DAY_TOPICS:
            self.list.presenter.refresh()
        if topics & self.form.topics:
            self.form.changed(topics)

    @override
    def left(self) -> None:
        self.form.left()

    @override
    def first_focus(self) -> QWidget | None:
        return self.form.first_focus()

    @override
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return self.form.commands()

    @override
    def dropped(self, paths: tuple[Path, ...]) -> bool:
        return self.form.dropped(paths)


def day_screens(services: Services, outside: Outside) -> dict[str, ScreenFactory]:
    """The screens of the day by id, for the window's table."""

    def form(make: Callable[[Frame], Screen]) -> ScreenFactory:
        return lambda frame: FormScreen(frame, DayList(frame, services, outside), make(frame))

    return {
        "today": lambda frame: TodayScreen(frame, services, outside),
        "batch": lambda frame: BatchScreen(frame, services, paper=outside.paper),
        "call": form(lambda frame: CallScreen(frame, services)),
        "told_slip": form(lambda frame: ToldSlipScreen(frame, services, paper=outside.paper)),
        "entry": form(lambda frame: EntryScreen(frame, services)),
    }
