"""Today: what must be done before registration, what later, what waits for others, what is done.

Pure grouping, order and words; the facts come from the record. Source: ux.md 5.3.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from schoolsafe.domain import say
from schoolsafe.domain.calendar import Timeliness
from schoolsafe.domain.match import MatchState
from schoolsafe.words import N_, _, ngettext

BATCH_ABOVE: Final = 8
"""More new items than this switch the batch view on by themselves."""
_LAST: Final = datetime.max.replace(tzinfo=UTC)


class Work(StrEnum):
    """What sort of thing a row is; screens pick the icon by it."""

    EMAIL = "email"
    PHONE = "phone"
    OTHER_NOTICE = "notice"
    DRAFT = "draft"
    """A call that was begun and not saved; the icon of a draft whose form says no more."""
    ENTRY = "entry"
    CHECK_IN = "check_in"
    REVIEW = "review"
    ACTION = "action"
    TRANSFER = "transfer"
    TOLD_SLIP = "told_slip"
    AGENCY = "agency"
    """Another agency owes an answer."""
    MEETING = "meeting"
    CONFLICT = "conflict"
    """Two people changed one thing."""


_NOTICES: Final = frozenset({Work.EMAIL, Work.PHONE, Work.OTHER_NOTICE})
_MORNING: Final = _NOTICES | {Work.DRAFT}


class GroupCode(StrEnum):
    """The groups, in the order they stand; the first only on the first morning back."""

    HOLIDAY = "holiday_backlog"
    BEFORE = "before_registration"
    LATER = "later"
    WAITING = "waiting"
    DONE = "done"


_TITLES: Final = {
    GroupCode.HOLIDAY: N_("First morning back: came in the holiday"),
    GroupCode.BEFORE: N_("Before registration"),
    GroupCode.LATER: N_("Later today"),
    GroupCode.WAITING: N_("Waiting for others"),
    GroupCode.DONE: N_("Done today"),
}


class State(StrEnum):
    """The one thing that is special about a row."""

    LOCKED = "locked"
    DRAFT = "draft"
    HELD = "held"
    WRITE_WHY = "write_why"
    CONFIRM = "confirm_match"
    INITIAL = "initial_only"
    SEVERAL = "several"
    NOBODY = "nobody"
    OVERDUE = "overdue"
    DAY_OF = "day_of"
    LATE = "late"
    OWED = "owed"
    PAST_DUE = "past_due"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of work as the record has it."""

    id: str
    work: Work
    name: str
    """Who it is about, as known: a name is never cut."""
    about: str = ""
    """What and when, in at most 45 letters."""
    received: datetime | None = None
    due: datetime | None = None
    """When it is to happen: a check-in, a review, the end of a wait."""
    new: bool = False
    """Nobody has opened it."""
    in_building: bool = False
    """The child is already in school."""
    first_adult_at: datetime | None = None
    """When the first adult meets the child."""
    collection_danger: bool = False
    """Somebody who may not collect this child might."""
    draft: bool = False
    """Begun and not saved."""
    locked: bool = False
    """A protected mail nobody could read yet."""
    held_by: str | None = None
    """Who has it open elsewhere: a sign, not a lock."""
    match: MatchState | None = None
    """What is left to match; None once a person has confirmed or said nobody fits."""
    candidates: int = 0
    """How many could fit."""
    timeliness: Timeliness | None = None
    decided: bool = False
    reason_missing: bool = False
    """Decided without a reason: it may wait until the end of the day, no longer."""
    left_for_later: bool = False
    waiting: bool = False
    """Somebody else has to answer first."""
    overdue: int = 0
    """Actions past their day."""
    owed: str = ""
    """What somebody else owes, in words."""
    past_due: bool = False
    """It is past its day."""
    day_of: tuple[int, int] | None = None
    """The school day of a clock and how many there are: day 4 of 5."""
    done_at: datetime | None = None
    from_holiday: bool = False
    """It came in the holiday that ended this morning."""
    risk_rank: int = 0
    """Where its grade stands in the card's own order, 1 the highest; 0 a word no card knows."""


@dataclass(frozen=True, slots=True)
class DayRow:
    """One row of Today: two lines, and at most one state in words."""

    id: str
    work: Work
    title: str
    about: str
    state: State
    state_words: str
    new: bool
    collection_danger: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """One group of rows, in order."""

    code: GroupCode
    title: str
    rows: tuple[DayRow, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of what stands before registration is done."""

    done: int
    total: int
    words: str


@dataclass(frozen=True, slots=True)
class Day:
    """The day as it stands."""

    groups: tuple[Group, ...]
    """Before registration, later, waiting, done: always, in order. In front of them what came in the
    holiday, on the first morning back, where there is any."""
    progress: Progress
    new: int
    """Notifications before registration that nobody has decided: what the batch view counts."""

    @property
    def batch(self) -> bool:
        """Whether the batch view switches on by itself."""
        return self.new > BATCH_ABOVE

    def rows(self, code: GroupCode) -> tuple[DayRow, ...]:
        """The rows of one group."""
        return next((group.rows for group in self.groups if group.code is code), ())

    @property
    def morning(self) -> tuple[DayRow, ...]:
        """Everything that stands before registration, the holiday's backlog first."""
        return self.rows(GroupCode.HOLIDAY) + self.rows(GroupCode.BEFORE)


def day(items: Iterable[Item], *, registration: datetime | None) -> Day:
    """Groups and orders the work of a day.

    ``registration`` is the start of this school day, or of the next one; None where the calendar
    ends: then only notifications stand before it.
    """
    held: dict[GroupCode, list[Item]] = {code: [] for code in GroupCode}
    for item in items:
        held[_group(item, registration)].append(item)
    was_before = sum(1 for item in held[GroupCode.DONE] if _is_before(item, registration))
    orders = {
        GroupCode.HOLIDAY: _backlog_order,
        GroupCode.BEFORE: _before_order,
        GroupCode.LATER: _due_order,
        GroupCode.WAITING: _due_order,
        GroupCode.DONE: _done_order,
    }
    groups = tuple(
        Group(code, _(_TITLES[code]), tuple(_row(i) for i in sorted(held[code], key=orders[code])))
        for code in GroupCode
        if held[code] or code is not GroupCode.HOLIDAY
    )
    left = [*held[GroupCode.HOLIDAY], *held[GroupCode.BEFORE]]
    new = sum(1 for item in left if item.work in _NOTICES)
    return Day(groups, _progress(was_before, len(left)), new)


def _group(item: Item, registration: datetime | None) -> GroupCode:
    if item.done_at is not None:
        return GroupCode.DONE
    if item.reason_missing:
        return GroupCode.LATER
    if item.waiting:
        return GroupCode.WAITING
    if item.left_for_later or not _is_before(item, registration):
        return GroupCode.LATER
    return GroupCode.HOLIDAY if item.from_holiday else GroupCode.BEFORE


def _is_before(item: Item, registration: datetime | None) -> bool:
    """Notifications and drafts of them stand before registration.

    Other work if it is due by then.
    """
    if item.work in _MORNING:
        return True
    if item.due is None or registration is None:
        return False
    # Once school has started the next registration is another day's: the afternoon comes before it
    # and is still "later today".
    due = item.due.astimezone(registration.tzinfo)
    return due.date() == registration.date() and _utc(due) <= _utc(registration)


def _backlog_order(item: Item) -> tuple[bool, int, datetime]:
    """A collection danger, then the card's own order of grades, unknown words first, then the oldest."""
    return not item.collection_danger, item.risk_rank, _utc(item.received)


def _before_order(item: Item) -> tuple[bool, bool, datetime, datetime]:
    """A collection danger, then children in the building, then who is met first.

    Then who came first; brothers and sisters of one message stay in its order.
    """
    return (
        not item.collection_danger,
        not item.in_building,
        _utc(item.first_adult_at or item.due),
        _utc(item.received),
    )


def _due_order(item: Item) -> tuple[bool, datetime, datetime]:
    return not item.collection_danger, _utc(item.due), _utc(item.received)


def _done_order(item: Item) -> tuple[float]:
    return (-_utc(item.done_at).timestamp(),)


def _utc(moment: datetime | None) -> datetime:
    """For comparing: two local times of one zone compare by wall clock.

    Which an autumn night breaks.
    """
    return moment.astimezone(UTC) if moment else _LAST


def _row(item: Item) -> DayRow:
    state = _state(item)
    title = _("Write why: {name}").format(name=item.name) if state is State.WRITE_WHY else item.name
    return DayRow(
        id=item.id,
        work=item.work,
        title=title,
        about=item.about,
        state=state,
        state_words=_state_words(state, item),
        new=item.new,
        collection_danger=item.collection_danger,
    )


def _state(item: Item) -> State:
    """At most one: what has to be done about it first."""
    if item.done_at is not None:
        return State.NONE
    checks = (
        (item.locked, State.LOCKED),
        (item.draft or item.work is Work.DRAFT, State.DRAFT),
        (item.held_by is not None, State.HELD),
        (item.reason_missing, State.WRITE_WHY),
        (item.match is not None, State(item.match or State.NONE)),
        (item.overdue > 0, State.OVERDUE),
        (bool(item.owed), State.PAST_DUE if item.past_due else State.OWED),
        (item.day_of is not None, State.DAY_OF),
        (not item.decided and item.timeliness in _LATE, State.LATE),
    )
    return next((state for holds, state in checks if holds), State.NONE)


_LATE: Final = frozenset({Timeliness.LATE, Timeliness.LATE_SAME_DAY})

_STATE_WORDS: Final = {
    State.LOCKED: N_("Still locked"),
    State.DRAFT: N_("Draft"),
    State.HELD: N_("{who} has this"),
    State.CONFIRM: N_("Confirm match"),
    State.INITIAL: N_("Initial only"),
    State.SEVERAL: N_("{number} could fit"),
    State.NOBODY: N_("Nobody fits"),
    State.DAY_OF: N_("Day {n} of {all}"),
    State.LATE: N_("Late"),
}


def _state_words(state: State, item: Item) -> str:
    if state in {State.NONE, State.WRITE_WHY}:
        return ""  # the title of the row says it
    if state is State.OVERDUE:
        words = ngettext("{n} action overdue", "{n} actions overdue", item.overdue)
        return words.format(n=item.overdue)
    if state in {State.OWED, State.PAST_DUE}:
        return item.owed
    n, last = item.day_of or (0, 0)
    facts = {
        "who": item.held_by,
        "number": say.number_words(item.candidates),
        "n": n,
        "all": last,
    }
    return _(_STATE_WORDS[state]).format(**facts)


def _progress(done: int, left: int) -> Progress:
    total = done + left
    return Progress(done, total, _("{done} of {total} done").format(done=done, total=total))


def since_sentence(
    closed: datetime | None, now: datetime, *, notifications: int, children: int, unmatched: int
) -> str:
    """What came since school last closed; both instants on the school's wall clock.

    "Since Friday 3:15pm: 3 notifications, 4 children. 1 not matched yet."
    """
    since = (
        _("Since {when}").format(when=say.since_words(closed, now)) if closed else _("Until now")
    )
    if not notifications:
        return _("{since}: no notifications.").format(since=since)
    came = ngettext("{n} notification", "{n} notifications", notifications).format(n=notifications)
    named = ngettext("{n} child", "{n} children", children).format(n=children)
    said = _("{since}: {notifications}, {children}.").format(
        since=since, notifications=came, children=named
    )
    if not unmatched:
        return said
    open_ = ngettext("{n} not matched yet.", "{n} not matched yet.", unmatched).format(n=unmatched)
    return _("{said} {open}").format(said=said, open=open_)


def countdown(
    minutes: int | None, registration: datetime | None, now: datetime, *, home: int | None = None
) -> str:
    """Over the thin bar: "27 min to registration", else when it is next; local wall clock.

    ``home`` is the minutes to the end of the school day, where a notice came while the children are
    in school: they go home before the next registration.
    """
    if minutes is not None:
        return say.to_registration(minutes)
    if home is not None:
        return say.to_end_of_day(home)
    if registration is None:
        return _("No school day on the calendar yet")
    same_day = registration.date() == now.date()
    when = say.time_words(registration)
    if not same_day:
        when = f"{say.short_day(registration.date(), on=now.date())}, {when}"
    return _("Registration {when}").format(when=when)
