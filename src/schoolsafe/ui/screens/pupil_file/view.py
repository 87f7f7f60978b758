"""The pupil's file: banner and tabs over the chronology, documents and what was told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from schoolsafe.services.attachment import Preview
from schoolsafe.services.changes import Topic
from schoolsafe.services.family_view import FamilyView
from schoolsafe.services.policy import Policy
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.screen import Frame, Panes, Screen
from schoolsafe.ui.screens.pupil_file import family_shown, shown
from schoolsafe.ui.screens.pupil_file.banner import (
    CHRONOLOGY,
    DOCUMENTS,
    FAMILY,
    TOLD,
    FileBanner,
)
from schoolsafe.ui.screens.pupil_file.chronology_part import ChronologyPart
from schoolsafe.ui.screens.pupil_file.family_part import FamilyPart
from schoolsafe.ui.screens.pupil_file.family_presenter import FamilyPresenter
from schoolsafe.ui.screens.pupil_file.filtering import Filtered
from schoolsafe.ui.screens.pupil_file.other_parts import DocumentsPart, ToldPart
from schoolsafe.ui.screens.pupil_file.presenter import DRAFT, PupilFilePresenter
from schoolsafe.ui.screens.pupil_file.print_form import PrintForm
from schoolsafe.ui.screens.pupil_file.shown import Asked, Document, FileFacts
from schoolsafe.ui.screens.pupil_file.side import SidePane
from schoolsafe.ui.seams import Paper
from schoolsafe.ui.theme import style
from schoolsafe.ui.widgets.layout import col, scroll
from schoolsafe.ui.widgets.pinned_bar import LOW_UNITS
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.words import _

KEEP_MS: Final = 1000
"""A draft is kept this long after the last key, in milliseconds."""
_MESSAGES: Final = frozenset({".eml", ".msg"})
LIST_IN_SIGHT_UNITS: Final = 560
"""In a pane lower than this, in px divided by the text scale, the entries begin below the fold."""


@dataclass(frozen=True, slots=True)
class FileTools:
    """What a file needs of the world besides the services."""

    paper: Paper
    write: Callable[[Path, bytes], None]
    """Writes a file a person chose, whole or not at all."""
    policy: Policy
    read: Callable[[Path], bytes] = Path.read_bytes
    """Reads a file a person chose; a large one is refused."""


class PupilFileScreen(Screen):
    """One child."""

    place = "pupils"
    topics = frozenset(
        {
            Topic.CHRONOLOGY,
            Topic.CHILD,
            Topic.NOTIFICATION,
            Topic.TOLD_SLIP,
            Topic.CALENDAR,
            Topic.FAMILY,
        }
    )

    def __init__(self, frame: Frame, services: Services, tools: FileTools) -> None:
        self.title = _("Pupil file")
        self.presenter = PupilFilePresenter(
            services,
            tasks=frame.tasks,
            go=frame.navigator,
            view=self,
            dialogs=frame.dialogs,
            paper=tools.paper,
            write=tools.write,
            policy=tools.policy,
            read=tools.read,
        )
        self.banner = FileBanner(may_print=tools.policy.may_print)
        self.chronology, self.side = ChronologyPart(), SidePane()
        self.documents, self.told = DocumentsPart(), ToldPart()
        self.family = FileFamily(self.banner)
        self.family.do = FamilyPresenter(
            services, tasks=frame.tasks, go=frame.navigator, view=self.family
        )
        self.gone = PlainLabel("", "muted", wrap=True, object_name="file-gone")
        self.gone.hide()
        self.parts = Parts(self.chronology, self.family, self.documents, self.told)
        self.print_form = PrintForm()
        self.work = FilePane(self.banner, self.parts, self.gone, self.print_form)
        self._wants_typed, self._wanted = False, ""
        self._timer = QTimer(self.work)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._wire()

    def _wire(self) -> None:
        do, part = self.presenter, self.chronology
        self.banner.slip_wanted.connect(do.told_slip)
        self.banner.print_wanted.connect(self.family.do.before_print)
        self.banner.print_wanted.connect(do.print)
        self.banner.entry_wanted.connect(do.add_entry)
        self.banner.part_chosen.connect(self.parts.show_part)
        part.filtered.connect(lambda chip, words: do.filter(chip=chip, words=words))
        part.opened.connect(do.open_entry)
        self._timer.timeout.connect(lambda: do.keep_draft(part.typed()))
        part.edited.connect(self._timer.start)
        part.form_opened.connect(self.banner.set_quiet)
        self.family.form_opened.connect(self.banner.set_quiet)
        part.as_of_wanted.connect(do.show_as_of)
        part.correct.corrected.connect(
            lambda key, words, why, field: do.correct(key, words=words, why=why, field=field)
        )
        part.decide.decided.connect(self._decide)
        self.documents.open_wanted.connect(do.open_entry)
        self.documents.copy_wanted.connect(do.save_copy)
        self.documents.look_wanted.connect(do.look_at)
        part.hidden_wanted.connect(do.show_hidden)
        part.files_wanted.connect(self._choose_files)
        part.adding.wanted.connect(do.attach)
        self.told.slip_wanted.connect(do.told_slip)
        self.told.ended.connect(do.end_slip)
        self.side.collect_set.connect(do.set_may_collect)
        self.side.expected_wanted.connect(do.expected)
        self.banner.record_wanted.connect(do.record)
        self.side.agencies.record_wanted.connect(do.open_record)
        self.print_form.wanted.connect(self._print)
        self.print_form.left.connect(self._leave_print)

    def _print(self, ticked: bool, why: str) -> None:  # noqa: FBT001  # a signal's value
        self.print_form.hide()
        self.banner.set_quiet(False)  # a signal's value
        self.presenter.print_now(with_restricted=ticked, why=why)

    def _leave_print(self) -> None:
        self.print_form.hide()
        self.banner.set_quiet(False)  # a signal's value
        self.banner.print.setFocus()

    def _decide(self, asked: Asked, choice: str, reason: str) -> None:
        self.presenter.decide(asked, decision=choice or None, reason=reason)

    # FileView -------------------------------------------------------------------------------------

    def show_file(self, facts: FileFacts, *, fresh: bool) -> None:
        """Another child, or the same one after something changed."""
        child, today = facts.chronology.child, facts.now.date()
        self.gone.hide()
        self.banner.show()
        self.parts.show()
        if fresh:
            self.print_form.hide()
            self.chronology.clear_filter()
            self.banner.tabs.set_current(CHRONOLOGY)
            self.side.close_form()
        self.banner.show_child(
            child.name, shown.about_words(child, today), shown.alerts(child, today)
        )
        told = sum(not slip.ended for slip in facts.slips)
        self.banner.show_counts(documents=len(facts.documents), told=told)
        self.chronology.show_facts(facts, chip=self.presenter.chip())
        self.documents.show_documents(facts.documents)
        self.told.show_slips(facts.slips)
        self.side.show_facts(facts)
        self.family.today = today
        self.family.do.open(child.id)
        self._wants_typed = fresh and bool(facts.typed)

    def show_entries(self, filtered: Filtered) -> None:
        """What the filter lets through."""
        facts = self.presenter.facts
        if facts is None:
            return
        nothing = _("Nothing on record about {name} yet. Add an entry, or log a call with Ctrl+N.")
        empty = (
            _("No entry fits. Choose All, or look for other words.")
            if facts.chronology.entries
            else nothing.format(name=facts.chronology.child.first_name)
        )
        self.chronology.show_filtered(filtered, empty=empty)
        if self._wanted and self.chronology.list.select(self._wanted):
            self._wanted = ""
            self.chronology.list.setFocus()
        if self._wants_typed:
            self._wants_typed = False
            self.chronology.restore(facts.typed, shown.asked(facts))

    def show_gone(self, words: str) -> None:
        """There is no such child any more: a quiet line, no error."""
        self.gone.setText(words)
        self.gone.show()
        self.banner.hide()
        self.parts.hide()

    def show_form_error(self, words: str) -> None:
        """Beside the form that is open."""
        form = self.chronology.form()
        if form is not None:
            form.say_problem(words)
        else:
            self.side.form.say_problem(words)

    def close_form(self) -> None:
        """What was typed is on record."""
        if self.chronology.form() is not None:
            self.chronology.saved()
        self.side.close_form()

    def ask_restricted(self, restricted: int) -> None:
        """So many restricted papers stay out of the print unless a person ticks them."""
        self.banner.set_quiet(True)  # a signal's value
        self.print_form.ask(restricted)

    def show_copy_problem(self, words: str) -> None:
        """Beside the form that asks why a copy is taken."""
        self.documents.copy.say_problem(words)

    def close_copy(self) -> None:
        """The copy is written."""
        self.documents.close_copy()

    def show_preview(self, document: Document, preview: Preview | None, words: str) -> None:
        """A file as words and pictures, or why it cannot be shown."""
        self.documents.preview.show_preview(document.attached.name, preview, words)

    # files ----------------------------------------------------------------------------------------

    def _choose_files(self) -> None:
        if paths := self.presenter.choose_files():
            self._add(paths)

    def _add(self, paths: tuple[Path, ...]) -> bool:
        begun = self.chronology.begin_files(paths)
        if begun:
            self.banner.tabs.set_current(CHRONOLOGY)
            self.parts.show_part(CHRONOLOGY)
        return begun

    @override
    def dropped(self, paths: tuple[Path, ...]) -> bool:
        message = all(path.suffix.casefold() in _MESSAGES or path.is_dir() for path in paths)
        # why: a message that is dropped is a notification to take in, wherever a person happens to be
        return self.presenter.facts is not None and not message and self._add(paths)

    # screen ---------------------------------------------------------------------------------------

    @override
    def panes(self) -> Panes:
        return Panes(work=self.work, context=self.side)

    @override
    def opened(self, **args: object) -> None:
        child, draft = args.get("child"), args.get("draft")
        self._wanted = str(args.get("entry") or "")
        if isinstance(draft, str):
            child = draft.removeprefix(DRAFT)
        if isinstance(child, str) and child:
            self.presenter.open(child)

    @override
    def changed(self, topics: frozenset[Topic]) -> None:
        self.presenter.refresh()

    @override
    def left(self) -> None:
        self._timer.stop()
        self.presenter.keep_draft(self.chronology.typed())

    @override
    def closes(self) -> bool:
        form = self.chronology.form()
        if form is not None:
            form.leave(typed=bool(self.chronology.typed()))
        elif not self.side.form.isHidden():
            self.side.form.leave()
        else:
            return False
        return True

    @override
    def first_focus(self) -> QWidget | None:
        low = self.work.height() < style.scale(LIST_IN_SIGHT_UNITS)
        if low or not self.chronology.list.isVisible():
            return self.banner.tabs
        return self.chronology.list

    @override
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {
            "told-slip": self.presenter.told_slip,
            "print": self.presenter.print,
            "add-entry": self.presenter.add_entry,
            "expected-notice": self.presenter.expected,
            "record": self.presenter.record,
            "add-action": self.presenter.add_action,
            "search": self.chronology.search.setFocus,
            "show-hidden": self.presenter.show_hidden,
            "open-file": self._choose_files,
            "save": self._save,
        }

    def _save(self) -> None:
        form = self.chronology.form()
        if self.banner.tabs.current() == FAMILY and self.family.form is not None:
            self.family.form.submit()
        elif form is not None:
            form.submit()
        elif not self.side.form.isHidden():
            self.side.form.submit()


class FileFamily(FamilyPart):
    """The family, which tells the banner of the file what must be known first."""

    def __init__(self, banner: FileBanner) -> None:
        super().__init__()
        self._banner = banner

    @override
    def show_family(self, view: FamilyView) -> None:
        super().show_family(view)
        self._banner.show_more(family_shown.alerts(view))


class Parts(QStackedWidget):
    """One part in front, as tall as it needs."""

    def __init__(
        self,
        chronology: ChronologyPart,
        family: FamilyPart,
        documents: DocumentsPart,
        told: ToldPart,
    ) -> None:
        super().__init__()
        self._parts: dict[str, QWidget] = {
            CHRONOLOGY: chronology,
            FAMILY: family,
            DOCUMENTS: documents,
            TOLD: told,
        }
        self.chronology = chronology
        for part in self._parts.values():
            self.addWidget(scroll(col((part, 1))))

    def show_part(self, key: str) -> None:
        """Another tab."""
        self.setCurrentIndex(list(self._parts).index(key))


class FilePane(QWidget):
    """The banner over the parts; in a low window the drawing gives way to its numbers."""

    def __init__(
        self, banner: FileBanner, parts: Parts, gone: PlainLabel, print_form: PrintForm
    ) -> None:
        super().__init__()
        self.setObjectName("work")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        self._parts = parts
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(banner)
        layout.addWidget(gone)
        layout.addWidget(print_form)
        layout.addWidget(parts, 1)
        self.setLayout(layout)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.window().height() < style.scale(LOW_UNITS)
        self._parts.chronology.strip.set_terse(terse=low)
