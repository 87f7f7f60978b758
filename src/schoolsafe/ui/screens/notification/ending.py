"""What a line came to besides a match, in words: what is owed, what to say, what goes and what stays.

And the notices that may belong to this one. Qt-free. Left to others: showing it (ending_part).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

from schoolsafe.domain import say
from schoolsafe.domain.event_link import TIE_WORDS, TIED_WORDS, Tie
from schoolsafe.domain.line_outcome import Outcome, Told, next_words, owed_words, said
from schoolsafe.domain.not_ours import HOW, How, Message
from schoolsafe.domain.notification import NoticeKind, Step, code_of, is_known
from schoolsafe.services.not_ours import Contact, Standing
from schoolsafe.services.notification import Notifications
from schoolsafe.services.notification_outcome import PassedOn
from schoolsafe.services.notification_view import LineView, NotificationView, RelationView
from schoolsafe.ui import phrases
from schoolsafe.ui.screens.notification.acts import Acts
from schoolsafe.ui.seams import TaskRunner
from schoolsafe.words import N_, _

PLACE: Final = "ending"
"""Where a rule that says no is told."""


@dataclass(frozen=True, slots=True)
class RelationShown:
    """Another notice that belongs to this one, or may."""

    notification: str
    tie: Tie
    words: str
    reason: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class EndingShown:
    """What stands under the match."""

    line_id: str = ""
    heading: str = ""
    next_step: str = ""
    owed: str = ""
    """The step that is owed, or nothing."""
    owed_words: str = ""
    reach: str = ""
    script: tuple[str, ...] = ()
    mail: str = ""
    """Subject and text, as they are copied."""
    subject: str = ""
    done: tuple[str, ...] = ()
    """Who was told, each in a line."""
    goes: str = ""
    """What taking the content out would take; empty where it cannot be taken out yet."""
    stays: str = ""
    relations: tuple[RelationShown, ...] = ()


class EndingView(Protocol):
    """What is needed of the view."""

    def show_ending(self, ending: EndingShown) -> None:
        """What a line came to."""
        ...

    def ask_to_take_out(self, words: str) -> bool:
        """Whether the person takes the content out for good."""
        ...

    def step_was_told(self) -> None:
        """The form can be emptied."""
        ...


class Ending:
    """What a person does about a line that ends otherwise than with a match."""

    def __init__(
        self,
        work: Notifications,
        acts: Acts,
        view: EndingView,
        tasks: TaskRunner,
        *,
        here: Callable[[], tuple[str, int]],
    ) -> None:
        """The ways out.

        Args:
            work: the services.
            acts: how commands are done.
            view: shows what is owed.
            tasks: asks in the worker.
            here: the notice and line in front.
        """
        self._work, self._acts, self._view, self._tasks = work, acts, view, tasks
        self._here = here
        self._shown = EndingShown()
        self.on_gone: Callable[[], None] = lambda: None
        """The notice in front is no more."""

    def refresh(self, view: NotificationView, line: LineView | None, *, now: datetime) -> None:
        """Another line, or other facts about it."""
        work = self._work

        def ask() -> EndingShown:
            if line is None:
                return EndingShown(relations=_relations(view, now))
            told = _told(line)
            if told is None or not is_known(told.outcome):
                return EndingShown(line.id, relations=_relations(view, now))
            return _shown(
                view,
                line,
                told,
                message=work.message(view.id, line.number),
                contact=work.sender_contact(view.id),
                standing=work.standing(view.id, line.number),
                now=now,
            )

        self._tasks.query(ask, self._show)

    def _show(self, shown: EndingShown) -> None:
        self._shown = shown
        self._view.show_ending(shown)

    def come_to(self, told: Told) -> None:
        """A person says what the line came to."""
        notification, line = self._here()
        self._acts.do(lambda: self._work.come_to(notification, line, told), place="match")

    def record(self, to: str, how: str, words: str) -> None:
        """The step that was owed is done."""
        notification, line = self._here()
        given = PassedOn(to, How(how) if how else How.PHONE, words)
        do = {
            Step.SENDER_TOLD.value: self._work.tell_sender,
            Step.PASSED_ON.value: self._work.pass_on,
            Step.RECEIPT_CONFIRMED.value: self._work.receipt_confirmed,
        }.get(self._shown.owed)
        if do is not None:
            self._acts.do(
                lambda: do(notification, line, given),
                then=lambda _changes: self._view.step_was_told(),
                place=PLACE,
                words=_("It is on record who was told."),
            )

    def take_out(self) -> None:
        """Takes the content out for good, once the person says so again."""
        notification, line = self._here()
        if not self._shown.goes or not self._view.ask_to_take_out(self._shown.goes):
            return

        self._acts.do(
            lambda: self._work.dispose(notification, line),
            then=lambda _changes: self.on_gone(),
            place=PLACE,
            words=_("The content was taken out. The date and who was told are kept."),
        )

    def tie(self, other: str, tie: Tie) -> None:
        """They belong together."""
        notification, _line = self._here()
        self._acts.do(lambda: self._work.tie(notification, other, tie))

    def tell_apart(self, other: str) -> None:
        """They do not."""
        notification, _line = self._here()
        self._acts.do(lambda: self._work.tell_apart(notification, other))


def _told(line: LineView) -> Told | None:
    if line.outcome is not None:
        return line.outcome
    chosen = line.decision is not None and line.decision.choice == "not-ours"
    return Told(Outcome.NOT_OURS, line.no_match or "") if line.no_match or chosen else None


def _shown(
    view: NotificationView,
    line: LineView,
    told: Told,
    *,
    message: Message,
    contact: Contact,
    standing: Standing,
    now: datetime,
) -> EndingShown:
    ready = told.outcome is Outcome.NOT_OURS and line.owed is None and line.child is None
    return EndingShown(
        line_id=line.id,
        heading=say.plain_text(said(replace(told, why=""))),
        next_step=next_words(told) if line.owed or not ready else "",
        owed=line.owed.value if line.owed else "",
        owed_words=owed_words(told, line.owed) if line.owed else "",
        reach=_reach(told, contact),
        script=message.script if line.owed and line.owed is not Step.RECEIPT_CONFIRMED else (),
        mail=f"{message.subject}\n\n{message.body}",
        subject=message.subject,
        done=_done(line, now),
        goes=_goes(standing) if ready else "",
        stays=_stays(standing) if ready else "",
        relations=_relations(view, now),
    )


def _reach(told: Told, contact: Contact) -> str:
    if told.outcome not in {Outcome.NOT_OURS, Outcome.SEVERAL_OPEN}:
        return told.contact
    ways = ", ".join(part for part in (contact.phone, contact.address) if part)
    if not ways:
        return _("How to reach them was not told. Look in your own list of contacts.")
    return (
        _("{ways}, from the protocol card")
        if contact.source == "card"
        else _("{ways}, as they sent it")
    ).format(ways=say.plain_text(ways))


def _done(line: LineView, now: datetime) -> tuple[str, ...]:
    told = {Step.SENDER_TOLD.value, Step.PASSED_ON.value, Step.RECEIPT_CONFIRMED.value}
    lines = []
    for step in line.follow_ups:
        if step.step not in told or not step.told_to:
            continue
        how = HOW.get(code_of(How, step.how or ""), N_("told"))
        words = (
            _("{who} confirmed it {how}, {by}, {when}.")
            if step.step == Step.RECEIPT_CONFIRMED.value
            else _("{who} was told {how}, by {by}, {when}.")
        )
        lines.append(
            words.format(
                who=step.told_to,
                how=_(how),
                by=step.author,
                when=say.since_words(step.happened_at, now),
            )
        )
    return tuple(lines)


def _goes(standing: Standing) -> str:
    if not standing.whole:
        return _(
            "This child’s line is taken out: the name, the date of birth and what was said of this"
            " child. The notification names others, so the message and the rest of it stay."
        )
    if standing.shared:
        return _(
            "All of this notification is taken out. The message it came in holds another one, so the"
            " message itself stays with that."
        )
    return _("The message, its words and the child’s name are taken out.")


def _stays(standing: Standing) -> str:
    who = standing.told_to or ""
    return _(
        "What stays: the date, who sent it, their reference, that it was not your pupil, and that {who}"
        " was told. Nothing brings the rest back; old backups open until they expire."
    ).format(who=who)


def _relations(view: NotificationView, now: datetime) -> tuple[RelationShown, ...]:
    return tuple(_relation(one, now) for one in view.relations if one.tie in TIED_WORDS)


def _relation(one: RelationView, now: datetime) -> RelationShown:
    when = say.since_words(one.received_at, now)
    if one.confirmed:
        words = _(TIED_WORDS[one.tie]).format(when=when)
        return RelationShown(one.notification, one.tie, words, "", confirmed=True)
    kind = phrases.kind_words(code_of(NoticeKind, one.kind) if one.kind else None)
    reason = _("{reason}: {kind}, received {when}").format(reason=one.reason, kind=kind, when=when)
    return RelationShown(one.notification, one.tie, _(TIE_WORDS[one.tie]), reason, confirmed=False)
