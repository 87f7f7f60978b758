"""Settings: the parts in the list, the part in front in the work."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget
from typing_extensions import override

from schoolsafe.services.changes import Topic
from schoolsafe.services.policy import Policy
from schoolsafe.services.ports_outside import Files
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.appearance import Appearance
from schoolsafe.ui.keys_seam import SecuritySeam, Strength
from schoolsafe.ui.problem import Problem
from schoolsafe.ui.screen import Frame, Panes, Screen
from schoolsafe.ui.screens.settings import shown
from schoolsafe.ui.screens.settings.doors_part import AgenciesDoor, CardsDoor, CoverDoor
from schoolsafe.ui.screens.settings.layouts_part import LayoutsPart
from schoolsafe.ui.screens.settings.mail_part import MailPart
from schoolsafe.ui.screens.settings.mail_presenter import MailPresenter
from schoolsafe.ui.screens.settings.own_parts import LooksPart, SecurityPart
from schoolsafe.ui.screens.settings.presenter import Dressing, SettingsPresenter
from schoolsafe.ui.screens.settings.record_part import RecordPart
from schoolsafe.ui.screens.settings.school_parts import ChoicesPart, ClassesPart, DaysPart
from schoolsafe.ui.screens.settings.senders_part import SendersPart
from schoolsafe.ui.screens.settings.senders_presenter import CardShown, SendersPresenter
from schoolsafe.ui.screens.settings.shown import CheckShown, Part, SettingsFacts
from schoolsafe.ui.seams import Paper
from schoolsafe.ui.widgets.announce import announce
from schoolsafe.ui.widgets.form_page import FormPage
from schoolsafe.ui.widgets.layout import col
from schoolsafe.ui.widgets.plain_label import PlainLabel
from schoolsafe.ui.widgets.row_list import RowList
from schoolsafe.words import _

LIST_WIDTH = 290


@dataclass(frozen=True, slots=True)
class SettingsTools:
    """What Settings needs of the world besides the services."""

    dressing: Dressing
    security: SecuritySeam
    paper: Paper
    policy: Policy
    files: Files | None = None
    """Reads and writes the cards of keys."""


class SettingsScreen(Screen):
    """One part in front."""

    place = "settings"
    topics = frozenset({Topic.CALENDAR, Topic.SETTING, Topic.SCHOOL, Topic.CHILD, Topic.MAIL})

    def __init__(
        self,
        frame: Frame,
        services: Services,
        tools: SettingsTools,
        *,
        wanted: Callable[[], bool] = lambda: False,
    ) -> None:
        """The screen. ``wanted``: whether somebody waits for the worker; asked in the worker."""
        self.title = _("Settings")
        self._go, self._bus = frame.navigator, frame.bus
        self._part = Part.DAYS
        self._fresh = {Part.DAYS, Part.CHOICES}
        self._named = False
        self.presenter = SettingsPresenter(
            services,
            tasks=frame.tasks,
            go=frame.navigator,
            view=self,
            dressing=tools.dressing,
            security=tools.security,
            paper=tools.paper,
            policy=tools.policy,
            wanted=wanted,
        )
        self.mail_presenter = MailPresenter(
            services, tasks=frame.tasks, go=frame.navigator, view=self
        )
        self._dialogs = frame.dialogs
        self.senders_presenter = SendersPresenter(
            services,
            tasks=frame.tasks,
            go=frame.navigator,
            view=self,
            dialogs=frame.dialogs,
            files=tools.files,
        )
        self._build(tools.policy)
        self._wire()
        self._wire_mail()
        self._wire_senders()

    def _build(self, policy: Policy) -> None:
        self.days, self.classes, self.looks = DaysPart(), ClassesPart(), LooksPart()
        self.choices, self.security = ChoicesPart(), SecurityPart(policy)
        self.mail, self.record = MailPart(), RecordPart()
        self.senders = SendersPart()
        self.layouts = LayoutsPart()
        self.cards, self.cover = CardsDoor(), CoverDoor()
        self.agencies = AgenciesDoor()
        self.pages: dict[Part, FormPage] = {
            Part.DAYS: self.days,
            Part.CLASSES: self.classes,
            Part.LOOKS: self.looks,
            Part.CHOICES: self.choices,
            Part.MAIL: self.mail,
            Part.SENDERS: self.senders,
            Part.SECURITY: self.security,
            Part.LAYOUTS: self.layouts,
            Part.CARDS: self.cards,
            Part.COVER: self.cover,
            Part.AGENCIES: self.agencies,
            Part.RECORD: self.record,
        }
        self.rows = RowList(spoken=_("Parts of Settings"), object_name="settings-parts")
        self.list = QFrame()
        self.list.setObjectName("side")
        heading = PlainLabel(_("Settings"), "h2")
        head = col(heading, margins=(16, 14, 12, 8))
        self.list.setLayout(col(head, (self.rows, 1), spacing=0))
        self.stack = QStackedWidget()
        self.stack.setObjectName("work")
        self.stack.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        for page in self.pages.values():
            self.stack.addWidget(page)

    def _wire(self) -> None:
        do = self.presenter
        self.rows.chosen.connect(lambda key: self.show_part(Part(key)))
        self.rows.opened.connect(lambda _key: self._enter())
        self.rows.clicked.connect(lambda _index: self._go.show_work())
        self.days.wanted.connect(lambda form: do.save_days(**form))
        self.days.from_file.clicked.connect(lambda: self._go.open("registers"))
        self.classes.wanted.connect(do.save_class)
        self.choices.wanted.connect(do.save_choices)
        self.looks.look_chosen.connect(do.set_look)
        self.looks.percent_chosen.connect(do.set_percent)
        self.security.minutes_chosen.connect(do.set_minutes)
        self.security.change_wanted.connect(do.change_passphrase)
        self.security.try_wanted.connect(do.try_sheet)
        self.security.sheet_wanted.connect(do.new_sheet)
        self.security.new.typed.connect(do.passphrase.type)
        self.security.new.another.connect(lambda: do.passphrase.make(self.security.new.show_made))
        self.layouts.wanted.connect(lambda: self._go.open("templates"))
        self.cards.wanted.connect(lambda: self._go.open("protocol_cards"))
        self.cover.wanted.connect(lambda: self._go.open("cover"))
        self.agencies.wanted.connect(lambda: self._go.open("agencies"))
        self.record.verify_wanted.connect(do.verify)
        self.record.stop_wanted.connect(do.stop_verifying)

    def _wire_mail(self) -> None:
        do = self.mail_presenter
        self.mail.add_wanted.connect(do.add)
        self.mail.renew_wanted.connect(do.renew)
        self.mail.remove_wanted.connect(do.remove)
        self.mail.look_wanted.connect(do.look_now)
        self.mail.folder_wanted.connect(self._choose_folder)

    def _wire_senders(self) -> None:
        do = self.senders_presenter
        self.senders.relay_wanted.connect(do.set_relay)
        self.senders.folder_wanted.connect(self._choose_relay)
        self.senders.look_wanted.connect(do.look_now)
        self.senders.our_card_wanted.connect(do.save_card)
        self.senders.card_wanted.connect(do.choose_card)
        self.senders.confirm_wanted.connect(
            lambda words, name, rung: do.confirm(words=words, name=name, rung=rung)
        )
        self.senders.stop_wanted.connect(do.stop)

    def _choose_relay(self) -> None:
        chosen = self.senders_presenter.choose_folder()
        if chosen is not None:
            self.senders.show_folder(str(chosen))

    def _choose_folder(self) -> None:
        chosen = self._dialogs.open_folder(_("Folder to watch"))
        if chosen is not None:
            self.mail.path.setText(str(chosen))

    def show_part(self, part: Part) -> None:
        """Another part; what was typed in the one before stays."""
        self._part = part
        self.stack.setCurrentWidget(self.pages[part])

    def _enter(self) -> None:
        self._go.show_work()
        first = self.pages[self._part].first_field()
        if first is not None:
            first.setFocus()

    # SettingsView ---------------------------------------------------------------------------------

    def show_facts(self, facts: SettingsFacts, look: Appearance) -> None:
        """Everything. What a person is typing is not taken from them."""
        self.rows.show_rows(shown.rows(facts, look))
        if self.rows.current_key() != self._part.value:
            self.rows.select(self._part.value)
        if Part.DAYS in self._fresh:
            self.days.show_site(facts.site)
        if Part.CHOICES in self._fresh:
            self.choices.show_choices(facts.choices)
        self._fresh.clear()
        self.classes.show_classes(facts.classes)
        self.looks.show_look(look)
        self.security.show_security(facts.security, look)
        self.record.show_record(facts)
        self.mail.show_mail(facts.mail)
        self.senders.show_senders(facts.senders)

    def show_wrong(self, problems: Sequence[Problem]) -> None:
        """In the part in front."""
        page = self.pages[self._part]
        page.show_problems(problems, fallback=self.rows)

    def saved(self) -> None:
        """What was typed is kept: the fields show what stands."""
        self._fresh.add(self._part)
        self.security.empty()

    def mail_saved(self) -> None:
        """A source was added, changed or removed."""
        self.mail.empty(all_of_it=True)
        self.presenter.refresh()

    def show_card(self, card: CardShown | None) -> None:
        """A force's card that was chosen."""
        self.senders.show_card(card)

    def senders_saved(self) -> None:
        """A force or the relay was kept."""
        self.senders.empty()
        self.presenter.refresh()

    def show_strength(self, strength: Strength | None) -> None:
        """Of a new passphrase."""
        self.security.show_strength(strength)

    def show_busy(self, words: str) -> None:
        """While something slow runs."""
        self.security.set_busy(words)
        self.record.set_busy(words)
        announce(self.stack, words)

    def show_progress(self, words: str, done: int, of: int, *, aloud: bool) -> None:
        """How far a check has come; said at a quarter, a half and three quarters."""
        self.record.show_progress(words, done, of)
        if aloud:
            announce(self.stack, words)

    def show_check(self, check: CheckShown) -> None:
        """What a check of the record found. What it found wrong, the frame says too."""
        self.record.show_check(check)
        if not check.ok:
            self._bus.changed({Topic.SETTING})

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
    def left(self) -> None:
        self.security.empty()
        self.mail.empty()

    @override
    def first_focus(self) -> QWidget:
        first = self.pages[self._part].first_field() if self._named else None
        return first or self.rows

    @override
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"save": self._save}

    def _save(self) -> None:
        saves: dict[Part, Callable[[], None]] = {
            Part.DAYS: self.days.submit,
            Part.CLASSES: self.classes.submit,
            Part.CHOICES: self.choices.submit,
            Part.MAIL: self.mail.submit,
            Part.SENDERS: self.senders.submit,
            Part.SECURITY: self.security.submit,
            Part.RECORD: self.presenter.verify,
        }
        save = saves.get(self._part)
        if save is not None:
            save()
