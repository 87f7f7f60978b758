"""The window: which screen is in front, what its commands do, its cover.

It is the Navigator that screens know. A screen gets what it needs in its constructor and reaches up for nothing else.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget
from typing_extensions import override

from schoolsafe.errors import SchoolSafeError
from schoolsafe.services.changes import Topic
from schoolsafe.ui.body import Place
from schoolsafe.ui.checker import Checker
from schoolsafe.ui.chrome import Chrome
from schoolsafe.ui.commands import Dispatcher
from schoolsafe.ui.cover import CoverPage
from schoolsafe.ui.house import House
from schoolsafe.ui.key_list import KeyList
from schoolsafe.ui.mail_round import MailRound
from schoolsafe.ui.overlay import Overlay
from schoolsafe.ui.pane_walk import PaneWalk
from schoolsafe.ui.relay_round import RelayRound
from schoolsafe.ui.screen import Frame, Screen
from schoolsafe.ui.seams import FileKind, FrameFacts, TaskRunner
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.drop_zone import DropZone, copied
from schoolsafe.ui.widgets.fields import TextField
from schoolsafe.ui.widgets.layout import focusables, tab_on
from schoolsafe.ui.window_commands import own_commands, shortcuts
from schoolsafe.words import N_, _

MINUTE_MS: Final = 60_000
LEAST: Final = (640, 480)
WORKS_COVERED: Final = frozenset({"cover", "lock"})

_TAKEN: Final = "eml msg pdf docx rtf txt png jpg jpeg tif tiff csv xlsx xml ics"
_PATTERNS: Final = tuple(f"*.{ending}" for ending in _TAKEN.split())
FILE_KINDS: Final = (FileKind(N_("Email, pupil lists and documents"), _PATTERNS),)


class MainWindow(QMainWindow):
    """One window."""

    def __init__(self, house: House) -> None:
        super().__init__()
        self._house = house
        self._facts = FrameFacts()
        self._build()
        self._wire()
        self.commands = Dispatcher(own_commands(self, house))
        self._palette = house.palette(self.chrome, self.commands, self) if house.palette else None
        self._keys = KeyList(self.chrome)
        self._help = (
            house.help(self.stage, lambda: self.stage.here, partial(self.open, "help"))
            if house.help
            else None
        )
        self._shortcuts = shortcuts(self, self.run)
        self._house.bus.listen(Topic, lambda _topics: self.ask_facts())
        self.ask_facts()
        self.checker = (
            Checker(house.proof, house.tasks, self.show_record, host=self) if house.proof else None
        )

        self.mail_round = (
            MailRound(house.mail, house.tasks, self.say, host=self) if house.mail else None
        )
        self.relay_round = (
            RelayRound(house.relay, house.tasks, self.say, host=self) if house.relay else None
        )

    def _build(self) -> None:
        self.setObjectName("main-window")
        self.setMinimumSize(*LEAST)
        self.chrome = Chrome(self._house, self._frame)
        self.rail, self.bar, self.stage = self.chrome.rail, self.chrome.bar, self.chrome.stage
        self.demo, self.problem = self.chrome.demo, self.chrome.problem
        self.toast, self.menu = self.chrome.toast, self.chrome.menu
        self._walk = PaneWalk(self.rail, self.stage)
        self.cover_page = CoverPage()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.chrome)
        self._pages.addWidget(self.cover_page)
        self.setCentralWidget(self._pages)
        self.drops = DropZone(self, takes_words=True)

    def _wire(self) -> None:
        self.rail.wanted.connect(self.open)
        self.menu.wanted.connect(self.open)
        self.bar.menu.clicked.connect(self._show_menu)
        self.bar.run.connect(self.run)
        self.bar.search_wanted.connect(self.search)
        self.drops.dropped.connect(self.take_files)
        self.drops.brought.connect(self.take_brought)
        self.drops.refused.connect(self.say)
        self.cover_page.uncovered.connect(self.uncover)
        self.cover_page.expired.connect(self.lock)
        style.current().resized.connect(self.rebuild)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self.ask_facts)
        self._minute.start()

    def _frame(self, tasks: TaskRunner) -> Frame:
        house = self._house
        return Frame(navigator=self, tasks=tasks, bus=house.bus, dialogs=house.dialogs)

    # ------------------------------------------------------------------ Navigator

    def open(self, screen: str, **args: object) -> None:
        """Shows a screen by its id."""
        if not self.stage.has(screen):
            return
        for overlay in self._overlays():
            overlay.dismiss()
        opened = self.stage.bring(screen, dict(args))
        self.commands.set_screen(opened.screen.commands())
        self.title(opened.screen.title)
        self.bar.set_own_countdown(own=opened.screen.own_countdown)
        self._mark()
        self._fold()  # first, so that a screen knows which of its panes have room
        opened.screen.opened(**args)
        self._fold()
        self.focus_work()

    def back(self) -> None:
        """Closes the folded context; then the list where panes fold to one; then the screen before."""
        body = self.stage.body()
        if body is not None and body.is_over():
            body.show_over(over=False)
            self.focus_work()
        elif body is not None and body.one() and body.front != "list" and body.panes.list:
            self.show_list()
        else:
            step = self.stage.step_back()
            if step is not None:
                self.open(step[0], **step[1])

    def title(self, words: str) -> None:
        """The window title: the screen and the program, never a child's name."""
        self.setWindowTitle(_("{screen} - SchoolSafe").format(screen=words))

    def show_list(self) -> None:
        """Where panes are folded to one: the list."""
        self._bring("list")

    def show_work(self) -> None:
        """Where panes are folded to one: the work."""
        self._bring("work")

    def work_visible(self) -> bool:
        """Whether a person sees the work pane now."""
        body = self.stage.body()
        return body is None or body.work_visible()

    def saved(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """A toast with Undo for ten seconds."""
        self.toast.show_words(words, undo)

    def say(self, words: str) -> None:
        """A toast."""
        self.toast.show_words(words)

    def run(self, command_id: str) -> bool:
        """Does a command of the table. Under the cover only the cover's own key and the lock work."""
        if self.is_covered() and command_id not in WORKS_COVERED:
            return False
        return self.commands.run(command_id)

    def lock(self) -> None:
        """Keeps drafts, then locks."""
        self.stage.keep_drafts()
        self._house.lock()

    def show_problem(self, error: SchoolSafeError) -> None:
        """An expected failure that no screen took: its own sentence, until it is closed."""
        self.chrome.show_problem(error)

    def show_record(self, words: str, detail: str) -> None:
        """What is wrong with the record itself, or nothing."""
        self.chrome.show_record(words, detail)
        self.ask_facts()

    def ask_facts(self) -> None:
        """Counts, countdown and sync state, from the worker."""
        self._house.tasks.query(self._house.facts, self.show_facts)

    def show_facts(self, facts: FrameFacts) -> None:
        """What the frame shows."""
        self._facts = facts
        self.chrome.show_facts(facts)
        self._mark()
        self._fold()

    # ------------------------------------------------------------------ panes and focus

    def front(self) -> Screen | None:
        """The screen in front."""
        opened = self.stage.front()
        return opened.screen if opened is not None else None

    def cycle(self, step: int) -> None:
        """F6: rail, list, work, context, and round."""
        self._walk.cycle(step)
        self._fold()

    def focus_work(self) -> None:
        """A screen opens with the focus in its work, never in the rail."""
        if self.isVisible():
            self._walk.to_work()

    def close_front(self) -> None:
        """Esc: the overlay, what is looked for, an open form, the folded context, the toast, the message."""
        body = self.stage.body()
        overlay = next((o for o in self._overlays() if o.isVisible()), None)
        focus, screen = QApplication.focusWidget(), self.front()
        if overlay is not None:
            overlay.dismiss()
        elif isinstance(focus, TextField) and focus.looks_for_something():
            focus.clear()
        elif screen is not None and screen.closes():
            pass
        elif body is not None and body.is_over():
            self.back()
        elif self.toast.isVisible():
            self.toast.dismiss()
        else:
            self.chrome.problem_row.hide()

    def rebuild(self) -> None:
        """The text size changed: margins are fixed when a layout is made, so screens are made again."""
        step = self.stage.clear()
        if step is not None:
            self.open(step[0], **step[1])

    # ------------------------------------------------------------------ cover

    def is_covered(self) -> bool:
        """Whether the plain page is shown."""
        return self._pages.currentWidget() is self.cover_page

    def cover(self, *, why: str = "") -> None:
        """The plain page. Nothing under it can be seen, tabbed to or read out."""
        for overlay in self._overlays():
            overlay.dismiss()
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        self._pages.setCurrentWidget(self.cover_page)
        self.setWindowTitle("SchoolSafe")
        self.cover_page.cover(why=why)

    def uncover(self) -> None:
        """Back to where the person was."""
        self._pages.setCurrentWidget(self.chrome)
        screen = self.front()
        if screen is not None:
            self.title(screen.title)
        self.focus_work()

    def toggle_cover(self) -> None:
        """The same key covers and shows again."""
        if self.is_covered():
            self.cover_page.uncover()
        else:
            self.cover()

    # ------------------------------------------------------------------ files and search

    def take_files(self, paths: tuple[Path, ...]) -> None:
        """Files dropped anywhere or chosen: the screen in front first, then home."""
        screen = self.front()
        if self.is_covered() or not paths or (screen is not None and screen.dropped(paths)):
            return
        if self.stage.here != self._house.home:
            self.open(self._house.home)
            home = self.front()
            if home is not None:
                home.dropped(paths)

    def take_brought(self, files: tuple[tuple[str, bytes], ...]) -> None:
        """Mail and words dropped or pasted: the screen in front first, then home."""
        screen = self.front()
        if self.is_covered() or (screen is not None and screen.brought(files)):
            return
        if self.stage.here != self._house.home:
            self.open(self._house.home)
            home = self.front()
            if home is not None:
                home.brought(files)

    def paste(self) -> None:
        """Ctrl+Shift+V: what was copied, a message or files, comes in as if it had been dropped."""
        paths, files = copied()
        if paths:
            self.take_files(paths)
        elif files:
            self.take_brought(files)
        else:
            self.say(_("There is nothing to paste. Copy the words of the message first."))

    def choose_folder(self) -> None:
        """Every file of a folder a person chose."""
        folder = self._house.dialogs.open_folder(_("Take in a folder"))
        if folder is not None:
            self.take_files((folder,))

    def search(self, words: str = "") -> None:
        """The palette."""
        if self._palette is not None:
            self._palette.summon(words)

    def choose_files(self) -> None:
        """Ctrl+O: every drop has a key."""
        kinds = tuple(FileKind(_(kind.words), kind.patterns) for kind in FILE_KINDS)
        self.take_files(self._house.dialogs.open_files(_("Open or import"), kinds, many=True))

    def check_mail(self) -> None:
        """F5: every mail source, due or not."""
        if self.mail_round is not None:
            self.mail_round.look_now()
        if self.relay_round is not None:
            self.relay_round.look()

    def focus_search(self) -> None:
        """The cursor in search, or the palette where there is no room for the field."""
        if self.bar.search.isVisible():
            self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.search()

    def _overlays(self) -> tuple[Overlay, ...]:
        every = (self._palette, self._keys, self.menu, self._help)
        return tuple(overlay for overlay in every if overlay is not None)

    def _show_menu(self) -> None:
        self.menu.summon()

    def show_keys(self) -> None:
        """The list of keys."""
        self._keys.summon()

    def show_help(self) -> None:
        """The page of the manual about the screen in front; the same key closes it."""
        if self._help is not None and self._help.isVisible():
            self._help.dismiss()
        elif self._help is not None:
            self._help.summon()

    def undo(self) -> None:
        """Takes the last thing back, while the toast is there."""
        self.toast.undo()

    def _bring(self, place: Place) -> None:
        body = self.stage.body()
        if body is not None and body.one():
            self._walk.enter(place)
            self._fold()

    def _mark(self) -> None:
        screen = self.front()
        here = (screen.place or self.stage.here) if screen is not None else ""
        self.chrome.mark(dict(self._facts.counts), here)

    def units(self) -> int:
        """The width in px divided by the text scale."""
        return round(self.width() * 100 / style.current().percent)

    def _fold(self) -> None:
        self.chrome.fold(self.units())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.stage.here:
            self.open(self._house.home)
        self.focus_work()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.stage.keep_drafts()
        super().closeEvent(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:  # Qt's own name
        """Tab: list, work, pinned bar, context, then the frame. Never the order of creation."""
        covered = self.is_covered()
        stops = focusables(self.cover_page) if covered else self.chrome.stops()
        return tab_on(stops, onward=next)
