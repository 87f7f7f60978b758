"""The notification pane: evidence that scrolls over a decision that stays in view."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from schoolsafe.domain.event_link import Tie
from schoolsafe.domain.notification import Step
from schoolsafe.services.changes import Topic
from schoolsafe.services.school import ChoiceWords
from schoolsafe.services.unlocked import Services
from schoolsafe.ui.screen import Frame, Panes, Screen
from schoolsafe.ui.screens.notification.acts import Tools
from schoolsafe.ui.screens.notification.area_card import AreaCard
from schoolsafe.ui.screens.notification.card import Card
from schoolsafe.ui.screens.notification.child_card import ChildCard
from schoolsafe.ui.screens.notification.child_pane import ChildPane
from schoolsafe.ui.screens.notification.ending import PLACE as ENDING
from schoolsafe.ui.screens.notification.ending import EndingShown
from schoolsafe.ui.screens.notification.ending_part import EndingPart
from schoolsafe.ui.screens.notification.follow import FollowCard
from schoolsafe.ui.screens.notification.head import Head
from schoolsafe.ui.screens.notification.match_card import MatchCard
from schoolsafe.ui.screens.notification.morning_bar import MorningBar
from schoolsafe.ui.screens.notification.original import OriginalShown
from schoolsafe.ui.screens.notification.presenter import NotificationPresenter
from schoolsafe.ui.screens.notification.shut_part import ShutPart
from schoolsafe.ui.screens.notification.told import ToldCard
from schoolsafe.ui.widgets.announce import announce
from schoolsafe.ui.widgets.banner import Banner
from schoolsafe.ui.widgets.layout import col, line
from schoolsafe.ui.widgets.picker import Pick
from schoolsafe.ui.widgets.pinned_bar import WorkPane
from schoolsafe.words import _

KEEP_MS = 1000
"""A draft is kept this long after the last key, in milliseconds."""


class NotificationScreen(Screen):
    """One notice in the work pane, its child in the context pane."""

    place = "today"
    topics = frozenset(
        {
            Topic.NOTIFICATION,
            Topic.CHILD,
            Topic.CHRONOLOGY,
            Topic.TOLD_SLIP,
            Topic.CALENDAR,
            Topic.SETTING,
        }
    )

    def __init__(self, frame: Frame, services: Services) -> None:
        self.title = _("Notification")
        self._frame = frame
        self.on_finished: Callable[[str], None] = lambda _line: None
        """After Finish or Leave for later: the line that was done."""
        self.on_shown: Callable[[bool], None] = lambda _shown: None
        """Whether there is a notice to see."""
        tools = Tools(services, frame.tasks, frame.navigator)
        self.presenter = NotificationPresenter(tools, self)
        self.presenter.on_finished = self._finished
        self.head, self.told, self.follow = Head(), ToldCard(), FollowCard()
        self.match, self.ending = MatchCard(self._find), EndingPart()
        self.conflict = Banner("warn", object_name="conflict")
        self.conflict.hide()
        self.area = AreaCard()
        self.shut = ShutPart()
        self.bar = MorningBar()
        self.work = WorkPane(self._page(), self.bar)
        self.context = ChildPane()
        self._timer = QTimer(self.work)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self.presenter.keep_draft)
        self._wire()

    def _finished(self, line_id: str) -> None:
        self.on_finished(line_id)

    # building -------------------------------------------------------------------------------------

    def _page(self) -> QVBoxLayout:
        return col(
            self.head,
            self.conflict,
            self.shut,
            line(),
            self.match,
            self.ending,
            self.area,
            line(),
            self.told,
            self.follow,
            self.bar.spare,
            None,
            margins=(24, 16, 24, 12),
            spacing=12,
        )

    def _wire(self) -> None:
        do, match, follow = self.presenter, self.match, self.follow
        self.shut.words_given.connect(do.waiting.use_words)
        self.shut.taken_off.connect(do.waiting.take_off)
        match.confirmed.connect(do.confirm)
        match.sibling_added.connect(do.add_sibling)
        match.changed_mind.connect(do.change_match)
        match.nobody.connect(do.nobody_fits)
        match.ended.connect(do.ending.come_to)
        self.ending.told.connect(do.ending.record)
        self.ending.taken_out.connect(do.ending.take_out)
        self.ending.tied.connect(lambda other, tie: do.ending.tie(other, Tie(tie)))
        self.ending.told_apart.connect(do.ending.tell_apart)
        self.ending.opened.connect(do.open)
        match.named.connect(do.name_child)
        match.other_line.connect(do.show_line)
        match.rebuilt.connect(self.bar.focus_choice)
        self.told.original_wanted.connect(do.show_original)
        self.told.teach_wanted.connect(self._teach)
        follow.step_given.connect(self._step)
        follow.asked.connect(self._show_step_form)
        follow.closed.connect(do.following.close)
        follow.reopened.connect(do.following.reopen)
        self.bar.edited.connect(do.edited)
        self.bar.edited.connect(self._timer.start)
        self.bar.finished.connect(do.finish)
        self.bar.left_for_later.connect(do.leave)
        go = self._frame.navigator
        self.context.file_wanted.connect(lambda child: go.open("pupil_file", child=child))
        self.context.slip_wanted.connect(lambda _child: self.told_slip())
        self.context.entry_wanted.connect(lambda _child: self.add_entry())

    def _teach(self) -> None:
        """The message in front becomes an example."""
        card = self.presenter.card()
        if card is not None:
            self._frame.navigator.open("template", notification=card.notification)

    def _find(self, words: str) -> tuple[Pick, ...]:
        return self.presenter.book.find(words)

    def _step(self, step: str, words: str, child_words: str, why_not: str) -> None:
        self.presenter.following.record_step(
            Step(step), words=words, child_words=child_words, why_not=why_not
        )

    def _show_step_form(self) -> None:
        """The form that opened comes into view, once it has its place."""
        page, form = self.work.page, self.follow.form
        QTimer.singleShot(0, form, lambda: page.ensureWidgetVisible(form, 0, 12))

    # what the presenter shows ---------------------------------------------------------------------

    def show_card(self, card: Card, *, fresh: bool) -> None:
        """One line of a notice."""
        self.head.show_card(card)
        self.conflict.say(card.conflict)
        self.shut.show_card(card, fresh=fresh)
        self.match.show_card(card)
        self.area.show_rules(card.area, card.area_says, met=card.area_met, fresh=fresh)
        self.told.show_card(card, keep=not fresh)
        self.follow.show_card(card)
        self.bar.show_card(card, keep=not fresh)
        if fresh:
            self.work.page.verticalScrollBar().setValue(0)
        self.work.settle()
        self.on_shown(True)  # noqa: FBT003  # the answer to "is there one?"

    def show_nothing(self) -> None:
        """Nothing is open."""
        self.on_shown(False)  # noqa: FBT003  # as above
        self.context.show_child(None)

    def show_original(self, original: OriginalShown) -> None:
        """The message in the pane."""
        self.told.show_original(original)

    def show_child(self, child: ChildCard | None) -> None:
        """The child beside the work."""
        self.context.show_child(child)

    def show_ending(self, ending: EndingShown) -> None:
        """What a line came to besides a match."""
        self.ending.show_ending(ending)

    def ask_to_take_out(self, words: str) -> bool:
        """Whether the person takes the content out for good."""
        return self._frame.dialogs.ask(
            _("Take the content out for good?"),
            _("{goes}\n\nNothing brings it back.").format(goes=words),
            do=_("Take it out for good"),
            leave=_("Keep it for now"),
        )

    def step_was_told(self) -> None:
        """The form of who was told can be emptied."""
        self.ending.empty_form()

    def show_choices(self, choices: Sequence[ChoiceWords]) -> None:
        """The four choices in the school's own words."""
        self.bar.reword(choices)

    def show_decision(self, choice: str | None, why: str) -> None:
        """What a draft holds."""
        self.bar.set_values(choice, why)

    def say_also(self, words: str) -> None:
        """Who else the decision is recorded for."""
        self.bar.say_also(words)

    def say_missing(self, words: str, place: str) -> None:
        """What is missing, where it is; the focus goes there."""
        if place == "shut":
            self.shut.say_problem(words)
            announce(self.work, words)
            return
        if place == ENDING:
            self.ending.say_problem(words)
            self.work.page.ensureWidgetVisible(self.ending.problem)
            return
        if place == "card":
            self.follow.ask_card(words)
            self.work.page.ensureWidgetVisible(self.follow.card_why)
            return
        if place in {"step", "close"}:
            self.follow.say_problem(words)
            self.work.page.ensureWidgetVisible(self.follow.problem)
            return
        self.bar.say_problem(words)
        if place == "why":
            self.bar.why.setFocus()
        elif place == "match":
            self.match.say_problem(words)
            self.match.focus_first()
        else:
            self.bar.focus_choice()
        announce(self.work, words)

    def step_saved(self) -> None:
        """The step form can be emptied."""
        self.follow.empty_form()

    def card_reason(self) -> str | None:
        """Why a step is done otherwise than a protocol card says; None until asked."""
        return self.follow.card_reason()

    def choice(self) -> str | None:
        """The choice a person made, or None."""
        return self.bar.group.current()

    def why(self) -> str:
        """The reason as typed."""
        return self.bar.why.text()

    # what the person does -------------------------------------------------------------------------

    def confirm_only(self) -> None:
        """Enter on the row in the list: confirms the only proposal, or goes to the first."""
        place = self.presenter.confirm_only()
        if place == "match":
            self.match.focus_first()
        elif place == "why":
            self.bar.why.setFocus()
        elif place == "choice":
            self.bar.focus_choice()

    def focus_next_step(self) -> None:
        """The next thing to do: the words of a locked message, then confirm the match, else decide."""
        card = self.presenter.card()
        if card is not None and card.takes_words:
            self.shut.words.setFocus()
        elif card is not None and not card.is_matched:
            self.match.focus_first()
        else:
            self.bar.focus_choice()

    def takes_file(self, path: Path, read: Callable[[Path], bytes]) -> bool:
        """A file dropped on a notice that waits for its words: those words, if the person says so."""
        card = self.presenter.card()
        if card is None or not card.takes_words:
            return False
        mine = self._frame.dialogs.ask(
            _("Whose words are these?"),
            _("The message in front waits for its words. Does this file hold them?"),
            do=_("Add to this message"),
            leave=_("Take in as new"),
        )
        if mine:
            self.presenter.waiting.use_file(lambda: read(path))
        return mine

    def told_slip(self) -> None:
        """A slip for the child in front; only once a person said which child it is."""
        card = self.presenter.card()
        if card is None or card.child is None:
            self._frame.navigator.say(_("Confirm which child this is first"))
            return
        self._frame.navigator.open(
            "told_slip", child=card.child, notification=card.notification, line=card.line_id
        )

    def add_entry(self) -> None:
        """An entry about the child in front; without one, the form asks."""
        card = self.presenter.card()
        child = card.child if card is not None and card.child is not None else ""
        self._frame.navigator.open("entry", child=child)

    def add_action(self) -> None:
        """An action about the child in front, from its notification; without one, the form asks."""
        card = self.presenter.card()
        if card is None or card.child is None:
            self._frame.navigator.open("record_action")
            return
        self._frame.navigator.open("record_action", child=card.child, source=card.line_id)

    # screen ---------------------------------------------------------------------------------------

    @override
    def panes(self) -> Panes:
        return Panes(work=self.work, context=self.context)

    @override
    def opened(self, **args: object) -> None:
        notification, number = args.get("notification"), args.get("line")
        if isinstance(notification, str) and notification:
            self.presenter.open(notification, number if isinstance(number, int) else 0)

    @override
    def changed(self, topics: frozenset[Topic]) -> None:
        self.presenter.changed(topics)

    @override
    def left(self) -> None:
        self._timer.stop()
        self.presenter.keep_draft()

    @override
    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {
            "save": self.presenter.finish,
            "add-sibling": self.presenter.add_sibling,
            "told-slip": self.told_slip,
            "add-entry": self.add_entry,
            "add-action": self.add_action,
        }
