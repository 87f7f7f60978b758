"""One child's line of a notice in words ready to be shown. Qt-free.

The order is the order of the pane: kind and channel, name and birth date as the police wrote it,
who it is about, what they told us, what follows. Left to others: doing anything (presenter).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from schoolsafe.domain import say
from schoolsafe.domain.match import MatchState
from schoolsafe.domain.notification import ChildLine, CloseOutcome, Step, code_of, is_known
from schoolsafe.domain.protocol_card_words import panel_words
from schoolsafe.services.notification_view import (
    LineView,
    NotificationView,
    ProposalView,
    SiblingView,
)
from schoolsafe.ui import phrases
from schoolsafe.ui.screens.notification.signed import SignedShown, signed_shown
from schoolsafe.ui.screens.notification.told_facts import Fact, told, who
from schoolsafe.words import N_, _

LOCKED: Final = "locked"
UNREADABLE: Final = "unreadable"
_SHUT: Final = (LOCKED, UNREADABLE)
_MAIL: Final = ("message/rfc822", "application/vnd.ms-outlook")


@dataclass(frozen=True, slots=True)
class Proposed:
    """One pupil who could be meant."""

    child: str
    title: str
    why: str
    button: str
    fits: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """A brother or sister on offer, never added by the program."""

    child: str
    title: str
    why: str
    button: str
    first_name: str


@dataclass(frozen=True, slots=True)
class Done:
    """One step on record."""

    label: str
    words: str
    child_words: str
    voice_why_not: str
    who_when: str


@dataclass(frozen=True, slots=True)
class StepOption:
    """One step that can be recorded."""

    step: Step
    words: str
    hint: str
    done: bool


@dataclass(frozen=True, slots=True)
class Card:
    """Everything the pane shows about one line."""

    notification: str
    line: int
    line_id: str
    kind_line: str
    timing: str
    timing_tone: phrases.Tone
    timing_spoken: str
    name: str
    born: str
    told_heading: str
    shut: str
    """Why nobody could read whom it is about, and what to do; empty where a child is named."""
    takes_words: bool
    """Whether its words are still to come."""
    match_state: str
    match_heading: str
    child: str | None
    child_title: str
    child_first: str
    confirmed: str
    no_match: str
    proposals: tuple[Proposed, ...]
    others: tuple[Proposed, ...]
    siblings: tuple[Offered, ...]
    also_named: tuple[tuple[int, str], ...]
    """Other children of the same notice: line number and name."""
    facts: tuple[Fact, ...]
    has_original: bool
    pages: int
    """Pictures of pages that hold no text."""
    choice: str | None
    reason: str
    decided: str
    steps: tuple[StepOption, ...]
    done: tuple[Done, ...]
    closed: str
    conflict: str
    opened: str
    going_home: str = ""
    """It came while the children are in school: how long until they go home."""
    area: str = ""
    """The area whose protocol card speaks about it."""
    area_says: tuple[str, ...] = ()
    area_met: int = 0
    """How many of the last ones this child meets."""
    who: tuple[Fact, ...] = ()
    """The name and birth date as the message writes them."""
    signed: SignedShown | None = None
    """Who signed it, where it came as a sealed notice."""

    @property
    def is_matched(self) -> bool:
        """Whether a person said which pupil this is, or that nobody fits."""
        return self.child is not None or bool(self.no_match)


_MATCH_HEADINGS: Final = {
    MatchState.CONFIRM: "",
    MatchState.INITIAL: N_("Only an initial. Check the class and the date of birth."),
    MatchState.SEVERAL: N_("{n} could fit. What differs is shown."),
    MatchState.NOBODY: N_("Nobody on your list fits."),
}


def card_of(view: NotificationView, line: LineView | None, *, now: datetime, me: str) -> Card:
    """The words for one child of a notice; ``line`` is None where the message names nobody."""
    facts = line.facts if line else ChildLine("")
    timing, tone, spoken = phrases.timing_words(line.timing) if line else ("", "muted", "")
    child = line.child if line else None
    return Card(
        notification=view.id,
        line=line.number if line else 0,
        line_id=line.id if line else "",
        kind_line=_kind_line(view, now),
        timing=timing,
        timing_tone=tone,
        timing_spoken=spoken,
        name=say.plain_text(facts.told_name) or _("No child named"),
        born=phrases.born_words(facts.dob, facts.dob_as_sent, facts.age_as_sent) if line else "",
        told_heading=_("What the police told us")
        if view.has_original
        else _("What the caller told us"),
        shut=_shut_words(view),
        takes_words=not view.lines and (view.outcome in _SHUT or view.pages > 0),
        match_state=line.match_state.value if line and line.match_state else "",
        match_heading=_match_heading(line),
        child=child.id if child else None,
        child_title=phrases.pupil_words(child) if child else "",
        child_first=child.first_name if child else "",
        confirmed=_confirmed(line, now=now, me=me),
        no_match=(line.no_match or "") if line else "",
        proposals=_proposed(line.proposals) if line else (),
        others=_proposed(line.others) if line else (),
        siblings=_offered(line.siblings) if line else (),
        also_named=tuple(
            (other.number, other.facts.told_name)
            for other in view.lines
            if line and other.number != line.number
        ),
        facts=told(view, facts),
        has_original=view.has_original,
        pages=view.pages,
        choice=line.decision.choice.value if line and line.decision else None,
        reason=(line.decision.reason or "") if line and line.decision else "",
        decided=_decided(line, now=now, me=me),
        steps=_steps(line) if line else (),
        done=_done(line, now=now) if line else (),
        closed=_closed(line) if line else "",
        conflict=_("Two people changed this. Both values are kept; decide which holds.")
        if line and line.conflicts
        else "",
        opened=_opened(view, now=now, me=me),
        going_home=_going_home(view),
        area=say.joined(tuple(card.area for card in view.cards)),
        area_says=_area_says(view, line),
        area_met=len(line.repeats) if line else 0,
        who=who(facts),
        signed=signed_shown(view, now=now),
    )


def _kind_line(view: NotificationView, now: datetime) -> str:
    sender = view.sender.organisation or phrases.sender_words(view.sender)
    sender = sender or phrases.sender_words(view.mail_from)
    parts = [
        part
        for part in (
            sender,
            phrases.channel_words(view.channel),
            say.since_words(view.received_at, now),
        )
        if part
    ]
    kind = phrases.kind_words(view.notice.kind)
    return say.plain_text(_("{kind}. {how}").format(kind=kind, how=", ".join(parts)))


def _shut_words(view: NotificationView) -> str:
    """Why nobody is named, in a sentence, and what to do."""
    if view.lines:
        return ""
    if view.outcome == LOCKED and view.media in _MAIL:
        return _(
            "This message is still locked. Open it in Outlook, then choose File, Save as PDF, and drop"
            " the PDF here, or paste the words below."
        )
    if view.outcome == LOCKED:
        return _(
            "This file is locked with a password. Open it, print it to a new PDF and drop that here,"
            " or paste its words below."
        )
    if view.outcome == UNREADABLE:
        return _(
            "This file could not be read. Open it where it came from, and paste its words below."
        )
    if view.pages:
        return _("This is a picture of a page. Read it below, and type in what it says.")
    return _("No child was found in this message. Read it below, and say which child it is about.")


def _match_heading(line: LineView | None) -> str:
    if line is None or line.match_state is None:
        return ""
    words = _(_MATCH_HEADINGS[line.match_state])
    return words.format(n=say.number_words(len(line.proposals)))


def _by(name: str | None, me: str) -> str:
    return _("you") if name == me else name or _("someone")


def _confirmed(line: LineView | None, *, now: datetime, me: str) -> str:
    if line is None or line.child is None:
        return ""
    who = _by(line.confirmed_by, me)
    when = say.since_words(line.confirmed_at, now) if line.confirmed_at else ""
    words = {
        "sibling": _("Added by {who}, {when}."),
        "picked": _("Chosen by {who}, {when}."),
    }.get(line.match_why or "", _("Confirmed by {who}, {when}."))
    return words.format(who=who, when=when)


def _decided(line: LineView | None, *, now: datetime, me: str) -> str:
    if line is None or line.decision is None:
        return ""
    by, at = _by(line.decision.decided_by, me), say.since_words(line.decision.decided_at, now)
    words = _("Decided by {who}, {when}").format(who=by, when=at)
    if is_known(line.decision.choice):
        return words
    return _("{who_when}. {newer}").format(who_when=words, newer=_(phrases.NEWER))


def _opened(view: NotificationView, *, now: datetime, me: str) -> str:
    """Somebody else is on it: a sign, not a lock."""
    if view.opened_at is None or not view.opened_by or view.opened_by == me:
        return ""
    at = say.since_words(view.opened_at, now)
    return _("{who} has this, since {when}").format(who=view.opened_by, when=at)


def _going_home(view: NotificationView) -> str:
    if view.home_in is None:
        return ""
    return _("The child is in school: {time}.").format(time=say.to_end_of_day(view.home_in))


def _area_says(view: NotificationView, line: LineView | None) -> tuple[str, ...]:
    """The card's rules in a few lines, what the grade means there, and repeats that are met."""
    lines = [words for card in view.cards for words in panel_words(card)]
    if view.grade_means:
        grade = view.notice.risk.grade_as_sent or ""
        lines.append(_("{grade} means: {words}").format(grade=grade, words=view.grade_means))
    met = line.repeats if line else ()
    return (*lines, *(_("This child: {words}").format(words=one.words) for one in met))


def _proposed(views: Sequence[ProposalView]) -> tuple[Proposed, ...]:
    return tuple(
        Proposed(
            one.child.id,
            phrases.pupil_words(one.child),
            ". ".join(one.proposal.why),
            _("This is {name}").format(name=one.child.first_name or one.child.name),
            one.proposal.fits,
        )
        for one in views
    )


def _offered(views: Sequence[SiblingView]) -> tuple[Offered, ...]:
    return tuple(
        Offered(
            one.child.id,
            phrases.pupil_words(one.child),
            _("{reason}. Not named by the police").format(reason=one.reason),
            _("Add {name} too").format(name=one.child.first_name or one.child.name),
            one.child.first_name or one.child.name,
        )
        for one in views
    )


def _steps(line: LineView) -> tuple[StepOption, ...]:
    recorded = {follow.step for follow in line.follow_ups}
    return tuple(
        StepOption(step, phrases.step_words(step), phrases.step_hint(step), step.value in recorded)
        for step in Step
    )


def _done(line: LineView, *, now: datetime) -> tuple[Done, ...]:
    return tuple(
        Done(
            phrases.step_words(code_of(Step, one.step)),
            one.text or "",
            one.child_words or "",
            one.voice_why_not or "",
            _("{who}, {when}").format(who=one.author, when=say.since_words(one.happened_at, now)),
        )
        for one in line.follow_ups
    )


def _closed(line: LineView) -> str:
    if line.closed is None:
        return ""
    return _("Closed {when}. {outcome}: {reason}").format(
        when=say.short_moment(line.closed.at),
        outcome=phrases.outcome_words(code_of(CloseOutcome, line.closed.outcome)),
        reason=line.closed.reason,
    )
