"""Agencies and sharing: the parts in the list, the part in front in the work."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget
from typing_extensions import override

from schoolsafe.services.changes import Topic
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.screen import Frame, Panes, Screen
from schoolsafe.ui.screens.agencies import shown
from schoolsafe.ui.screens.agencies.area_part import AreaPart
from schoolsafe.ui.screens.agencies.book_parts import ContactsPart, HelplinesPart
from schoolsafe.ui.screens.agencies.log_parts import SharesPart, StrategyPart, VoicePart
from schoolsafe.ui.screens.agencies.presenter import AgenciesPresenter
from schoolsafe.ui.screens.agencies.shown import AgenciesFacts, Part
from schoolsafe.ui.widgets.form_page import FormPage
from schoolsafe.ui.widgets.layout import col
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.row_list import RowList
from schoolsafe.words import _

LIST_WIDTH = 290


class AgenciesScreen(Screen):
    """One part in front."""

    place = "settings"
    topics = frozenset(
        {Topic.SETTING, Topic.FILE_RECORD, Topic.CHRONOLOGY, Topic.TOLD_SLIP, Topic.CALENDAR}
    )

    def __init__(
        self, frame: Frame, services: Services, *, write: Callable[[Path, bytes], None]
    ) -> None:
        self.title = _("Agencies and sharing")
        self._go = frame.navigator
        self._part = Part.CONTACTS
        self._fresh = set(Part)
        self._named = False
        self.presenter = AgenciesPresenter(
            services,
            tasks=frame.tasks,
            go=frame.navigator,
            view=self,
            dialogs=frame.dialogs,
            write=write,
        )
        self.contacts, self.helplines = ContactsPart(), HelplinesPart()
        self.shares, self.voice = SharesPart(), VoicePart()
        self.strategy, self.area = StrategyPart(), AreaPart()
        self.pages: dict[Part, FormPage] = {
            Part.CONTACTS: self.contacts,
            Part.HELPLINES: self.helplines,
            Part.SHARES: self.shares,
            Part.VOICE: self.voice,
            Part.STRATEGY: self.strategy,
            Part.AREA: self.area,
        }
        self.rows = RowList(spoken=_("Agencies and sharing"), object_name="agencies-parts")
        self.list = QFrame()
        self.list.setObjectName("side")
        head = col(PlainLabel(_("Agencies and sharing"), "h2", wrap=True), margins=(16, 14, 12, 8))
        self.list.setLayout(col(head, (self.rows, 1), spacing=0))
        self.stack = QStackedWidget()
        self.stack.setObjectName("work")
        self.stack.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        for page in self.pages.values():
            self.stack.addWidget(page)
        self._wire()

    def _wire(self) -> None:
        do = self.presenter
        self.rows.chosen.connect(lambda key: self.show_part(Part(key)))
        self.rows.opened.connect(lambda _key: self._enter())
        self.rows.clicked.connect(lambda _index: self._go.show_work())
        self.contacts.save_wanted.connect(do.save_contact)
        self.contacts.confirm_wanted.connect(do.confirm_contact)
        self.contacts.remove_wanted.connect(do.remove_contact)
        self.helplines.save_wanted.connect(do.save_helpline)
        self.helplines.call_wanted.connect(do.log_call)
        self.shares.record_wanted.connect(do.record_share)
        self.shares.file_wanted.connect(do.save_log)
        self.voice.child_wanted.connect(do.open_child)
        self.voice.meeting_wanted.connect(do.open_meeting)
        self.area.save_wanted.connect(do.save_area)

    def show_part(self, part: Part) -> None:
        """Another part; what was typed in the one before stays."""
        self._part = part
        self.stack.setCurrentWidget(self.pages[part])

    def _enter(self) -> None:
        self._go.show_work()
        first = self.pages[self._part].first_field()
        if first is not None:
            first.setFocus()

    # AgenciesView ---------------------------------------------------------------------------------

    def show_facts(self, facts: AgenciesFacts) -> None:
        """Everything. What a person is typing is not taken from them."""
        self.rows.show_rows(shown.rows(facts))
        if self.rows.current_key() != self._part.value:
            self.rows.select(self._part.value)
        self.contacts.show_contacts(facts.contacts, fresh=Part.CONTACTS in self._fresh)
        self.helplines.show_card(
            facts.helplines, facts.usage, facts.today, fresh=Part.HELPLINES in self._fresh
        )
        self.shares.show_shares(facts.shares)
        self.voice.show_voice(facts.voice)
        self.strategy.show_figures(facts)
        if Part.AREA in self._fresh:
            self.area.show_settings(facts.settings)
        self._fresh.clear()

    def show_gone(self, words: str) -> None:
        """There is nothing this person may read."""
        for page in self.pages.values():
            page.show_on_record(words)

    def show_wrong(self, problems: Sequence[Problem]) -> None:
        """In the part in front."""
        self.pages[self._part].show_problems(problems, fallback=self.rows)

    def saved(self) -> None:
        """What was typed is kept: the fields show what stands."""
        self._fresh.add(self._part)

    # screen ---------------------------------------------------------------------------------------

    @override
    def panes(self) -> Panes:
        return Panes(work=self.stack, list=self.list, list_width=LIST_WIDTH)

    @override
    def opened(self, **args: object) -> None:
        wanted = args.get("part")
        self._named = isinstance(wanted, str) and wanted in set(Part)
        if self._named:
            self.show_part(Part(str(wanted)))
            self._go.show_work()  # where there is room for one pane, a named part is not the list
        self.presenter.refresh()

    @override
    def changed(self, topics: frozenset[Topic]) -> None:
        self.presenter.refresh()

    @override
    def first_focus(self) -> QWidget:
        first = self.pages[self._part].first_field() if self._named else None
        return first or self.rows

    @override
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"save": self._save}

    def _save(self) -> None:
        saves: dict[Part, Callable[[], None]] = {
            Part.CONTACTS: self.contacts.submit,
            Part.HELPLINES: self.helplines.submit,
            Part.AREA: self.area.submit,
        }
        save = saves.get(self._part)
        if save is not None:
            save()
