"""Clocks on what other agencies owe: a referral’s decision, a strategy meeting, its minutes, a stage of a challenge.

Working days are the agencies’: Monday to Friday but bank holidays, in term and out of it. Nothing here decides or
judges; it says how long ago. Source: domain.md 3.2 (referrals), 3.3 (strategy meetings), 3.4 (daily meeting), 3.7.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from schoolsafe.domain import say
from schoolsafe.domain.entry import Value
from schoolsafe.domain.file_form import day_of, moment
from schoolsafe.errors import Refused
from schoolsafe.words import N_, _, ngettext

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_HOUR_MINUTES: Final = 60
REMIND_BEFORE: Final = timedelta(hours=1)
"""How long before the daily meeting the reminder stands on Today. Source: domain.md 3.4."""
THERE: Final = frozenset({"in_person", "phone", "video"})
"""Ways of taking part; a call counts. Source: domain.md 3.3."""


class AgencySettingUnreadable(Refused):
    """A stage needs a name and a whole number of working days; a meeting a name and a time such as 11:00."""


class Urgency(StrEnum):
    """How a person should see it."""

    DUE = "due"
    """Amber: somebody is to be asked."""
    OVERDUE = "overdue"
    """Red: it is past its day."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the local escalation route."""

    name: str
    who: str
    days: int
    """Working days in which it is to be answered."""


@dataclass(frozen=True, slots=True)
class DailyMeeting:
    """The area’s daily meeting: its name, when it begins, and the grades, as sent, that it hears."""

    name: str
    at: time
    grades: tuple[str, ...] = ("high",)


DEFAULT_STAGES: Final = (
    Stage(N_("Between workers"), N_("The worker and the lead"), 2),
    Stage(N_("Managers"), N_("The team manager and the lead"), 2),
    Stage(N_("Heads of service"), N_("The service manager and the head"), 5),
    Stage(N_("Named leads"), N_("Named leads of the agencies"), 5),
    Stage(N_("Partnership"), N_("The safeguarding partnership"), 10),
)
"""What a school starts with; it sets its own area’s stages. Source: domain.md 3.7."""


@dataclass(frozen=True, slots=True)
class AgencySettings:
    """What differs from area to area."""

    stages: tuple[Stage, ...] = DEFAULT_STAGES
    daily: DailyMeeting | None = None
    """None where the area has none."""
    levels: tuple[tuple[str, str], ...] = ()
    """Level to its words, where the area’s are other than the usual."""
    referral_days: int = 1
    """Working days in which a referral is to be decided."""
    minutes_days: int = 5
    """Working days in which minutes are to come."""
    strategy_hours: int = 24
    """Hours from the trigger to the strategy meeting."""


@dataclass(frozen=True, slots=True)
class Due:
    """What is owed, in a sentence, and since when."""

    urgency: Urgency
    words: str
    due: datetime


# working days -----------------------------------------------------------------------------------------


def is_working_day(day: date, shut: Collection[date]) -> bool:
    """Monday to Friday, no bank holiday."""
    return day.weekday() < _SATURDAY and day not in shut


def after_working_days(begun: datetime, days: int, shut: Collection[date]) -> datetime:
    """The instant so many working days later, at the same time of day.

    What begins on a day that is none begins with the next working day.
    """
    at = begun
    if not is_working_day(at.date(), shut):
        at = datetime.combine(at.date(), time(), at.tzinfo)
        while not is_working_day(at.date(), shut):
            at += _DAY
    for _n in range(days):
        at += _DAY
        while not is_working_day(at.date(), shut):
            at += _DAY
    return at


def working_days_between(first: date, last: date, shut: Collection[date]) -> int:
    """Working days after the first date, up to and including the last."""
    found, day = 0, first
    while day < last:
        day += _DAY
        found += is_working_day(day, shut)
    return found


# referral ---------------------------------------------------------------------------------------------


def referral_due(
    values: Mapping[str, Value], now: datetime, *, settings: AgencySettings, shut: Collection[date]
) -> Due | None:
    """What a referral waits for: its decision, or the feedback that was promised. None where nothing is owed."""
    sent = moment(values.get("sent_at"))
    decided = bool(values.get("decision") or values.get("decided_at"))
    if values.get("to") == "not_referred" or sent is None or decided:
        return None
    sent = _local(sent, now)
    amber = after_working_days(sent, settings.referral_days, shut)
    feedback = day_of(values.get("feedback_due"))
    if feedback is not None and feedback <= now.date():
        words = _("No feedback, due {day}").format(day=say.short_day(feedback, on=now.date()))
        urgency = Urgency.OVERDUE if feedback < now.date() else Urgency.DUE
        return Due(urgency, words, datetime.combine(feedback, time(), now.tzinfo))
    if now < amber:
        return None
    words = _("No decision, sent {day}").format(day=say.short_day(sent.date(), on=now.date()))
    return Due(Urgency.DUE, words, amber)


# strategy meeting -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Convened:
    """How a strategy meeting went, as far as it can be counted."""

    minutes: int | None
    """Minutes from the trigger to the meeting; None while it was not held, or where a time is not known."""
    over: bool
    """It took, or takes by now, longer than the limit."""
    there: bool | None
    """Whether the school took part; None where nobody said."""
    days_to_minutes: int | None
    """Days from the meeting to its minutes."""
    chase: bool
    """The minutes are out for longer than the limit."""
    held: date | None = None

    @property
    def hours_words(self) -> str:
        """Says "26 h 30 min"."""
        if self.minutes is None:
            return ""
        hours, minutes = divmod(self.minutes, _HOUR_MINUTES)
        return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)


def convened(
    values: Mapping[str, Value], now: datetime, *, settings: AgencySettings, shut: Collection[date]
) -> Convened:
    """The clocks of one strategy meeting."""
    triggered, held = moment(values.get("triggered_at")), moment(values.get("held_at"))
    mode, minutes_at = values.get("mode"), day_of(values.get("minutes_at"))
    ends = _local(held, now) if held else now
    # in UTC: two wall-clock times of one zone part by what the clocks show, which an autumn night breaks
    passed = ends.astimezone(UTC) - _local(triggered, now).astimezone(UTC) if triggered else None
    exact = triggered is not None and held is not None and _timed(triggered) and _timed(held)
    late = (
        working_days_between(_local(held, now).date(), now.date(), shut) > settings.minutes_days
        if held
        else False
    )
    limit = timedelta(hours=settings.strategy_hours)
    if triggered is not None and not _timed(triggered):
        limit += _DAY  # only the day is known: it may have been its last minute
    return Convened(
        minutes=int(passed.total_seconds() // 60) if exact and passed is not None else None,
        over=passed is not None and passed > limit,
        there=None if mode is None else mode in THERE,
        days_to_minutes=(minutes_at - held.date()).days if held and minutes_at else None,
        chase=minutes_at is None and late,
        held=held.date() if held else None,
    )


def strategy_due(
    values: Mapping[str, Value], now: datetime, *, settings: AgencySettings, shut: Collection[date]
) -> Due | None:
    """What a strategy meeting waits for: to be held, or its minutes."""
    found = convened(values, now, settings=settings, shut=shut)
    triggered = moment(values.get("triggered_at"))
    if found.held is None and found.over and triggered is not None:
        words = _("Not held within {hours} hours").format(hours=settings.strategy_hours)
        due = _local(triggered, now) + timedelta(hours=settings.strategy_hours)
        return Due(Urgency.OVERDUE, words, due)
    if found.chase and found.held is not None:
        begun = datetime.combine(found.held, time(), now.tzinfo)
        due = after_working_days(begun, settings.minutes_days, shut)
        day = say.short_day(found.held, on=now.date())
        return Due(Urgency.DUE, _("Minutes not here, held {day}").format(day=day), due)
    return None


@dataclass(frozen=True, slots=True)
class StrategyFigures:
    """Strategy meetings counted."""

    asked: int
    """Records in the span."""
    held: int
    within: int
    """Held within the limit, of those whose times are known."""
    over: int
    """Over the limit, held or not."""
    median_minutes: int | None
    there: int
    said: int
    """Held meetings whose record says whether the school took part."""
    percent_there: int | None
    with_minutes: int
    median_days_to_minutes: int | None
    chase: int


def strategy_figures(meetings: Iterable[Convened]) -> StrategyFigures:
    """Counts and medians over meetings."""
    every = tuple(meetings)
    hours = sorted(one.minutes for one in every if one.minutes is not None)
    days = sorted(one.days_to_minutes for one in every if one.days_to_minutes is not None)
    said = [one for one in every if one.held and one.there is not None]
    there = sum(bool(one.there) for one in said)
    return StrategyFigures(
        asked=len(every),
        held=sum(one.held is not None for one in every),
        within=sum(one.minutes is not None and not one.over for one in every),
        over=sum(one.over for one in every),
        median_minutes=_median(hours),
        there=there,
        said=len(said),
        percent_there=percent(there, len(said)),
        with_minutes=len(days),
        median_days_to_minutes=_median(days),
        chase=sum(one.chase for one in every),
    )


def percent(part: int, whole: int) -> int | None:
    """Whole per cent, halves up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None


def _median(ordered: Sequence[int]) -> int | None:
    if not ordered:
        return None
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) // 2


# challenge --------------------------------------------------------------------------------------------


def stage_of(values: Mapping[str, Value], settings: AgencySettings) -> tuple[int, Stage | None]:
    """The stage a challenge stands at, counted from 1, and what the area’s route says of it."""
    said = values.get("stage")
    number = said if isinstance(said, int) and said > 0 else 1
    return number, settings.stages[number - 1] if number <= len(settings.stages) else None


def challenge_due(
    values: Mapping[str, Value], now: datetime, *, settings: AgencySettings, shut: Collection[date]
) -> Due | None:
    """Whether the stage a challenge stands at is past its limit; None once it is settled."""
    begun = day_of(values.get("stage_since")) or day_of(values.get("raised_at"))
    number, stage = stage_of(values, settings)
    if values.get("resolved_on") or begun is None or stage is None:
        return None
    due = after_working_days(datetime.combine(begun, time(), now.tzinfo), stage.days, shut)
    if now.date() <= due.date():
        return None
    words = _("Stage {number} is past its limit, {day}").format(
        number=number, day=say.short_day(due.date(), on=now.date())
    )
    return Due(Urgency.OVERDUE, words, due)


# daily meeting ----------------------------------------------------------------------------------------


def meeting_soon(
    settings: AgencySettings, now: datetime, *, shut: Collection[date]
) -> datetime | None:
    """When today’s daily meeting begins, from an hour before it until then; None otherwise.

    Never on a day that is no working day.
    """
    if settings.daily is None or not is_working_day(now.date(), shut):
        return None
    begins = datetime.combine(now.date(), settings.daily.at, now.tzinfo)
    return begins if begins - REMIND_BEFORE <= now < begins else None


# level of need ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Held:
    """A level of need with its dates."""

    level: str
    since: date
    ended: date | None = None
    order: int = 0
    """Later on record where two begin on one day."""


def level_on(history: Iterable[Held], day: date) -> Held | None:
    """The level that held on a date: the one that began last by then, unless it had ended."""
    begun = [one for one in history if one.since <= day]
    last = max(begun, key=lambda one: (one.since, one.order), default=None)
    return None if last is None or (last.ended is not None and last.ended <= day) else last


# the setting ------------------------------------------------------------------------------------------


def settings_from(value: Value) -> AgencySettings:
    """The school’s own, from its setting; what is left out is the usual.

    Raises:
        AgencySettingUnreadable: a part of it has another shape.
    """
    if value is None:
        return AgencySettings()
    if not isinstance(value, dict):
        raise AgencySettingUnreadable
    usual = AgencySettings()
    stages = value.get("stages")
    levels = value.get("levels")
    return AgencySettings(
        stages=tuple(_stage(one) for one in stages) if isinstance(stages, list) else usual.stages,
        daily=_daily(value.get("daily")),
        levels=tuple((str(key), str(words)) for key, words in levels.items() if words)
        if isinstance(levels, dict)
        else (),
        referral_days=_whole(value.get("referral_days"), usual.referral_days),
        minutes_days=_whole(value.get("minutes_days"), usual.minutes_days),
        strategy_hours=_whole(value.get("strategy_hours"), usual.strategy_hours),
    )


def setting_value(settings: AgencySettings) -> Value:
    """As it stands on record."""
    daily = settings.daily
    return {
        "stages": [{"name": s.name, "who": s.who, "days": s.days} for s in settings.stages],
        "daily": {
            "name": daily.name,
            "at": daily.at.strftime("%H:%M"),
            "grades": list(daily.grades),
        }
        if daily
        else None,
        "levels": dict(settings.levels),
        "referral_days": settings.referral_days,
        "minutes_days": settings.minutes_days,
        "strategy_hours": settings.strategy_hours,
    }


def _stage(value: Value) -> Stage:
    if not isinstance(value, dict):
        raise AgencySettingUnreadable
    name, who, days = (value.get(key) for key in ("name", "who", "days"))
    if not (isinstance(name, str) and name.strip() and isinstance(who, str)):
        raise AgencySettingUnreadable
    return Stage(name, who, _whole(days, 0))


def _daily(value: Value) -> DailyMeeting | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise AgencySettingUnreadable
    grades = value.get("grades")
    try:
        at = time.fromisoformat(str(value.get("at")))
    except ValueError:
        raise AgencySettingUnreadable from None
    words = grades if isinstance(grades, list) else ["high"]
    return DailyMeeting(str(value.get("name") or ""), at, tuple(str(word) for word in words))


def _whole(value: Value, usual: int) -> int:
    if value is None:
        value = usual
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise AgencySettingUnreadable
    return value


def days_words(days: int) -> str:
    """Says "2 working days"."""
    return ngettext("{n} working day", "{n} working days", days).format(n=days)


def _local(at: datetime, now: datetime) -> datetime:
    return at.astimezone(now.tzinfo) if at.tzinfo else at.replace(tzinfo=now.tzinfo)


def _timed(at: datetime) -> bool:
    """A moment whose time is known: midnight is a day of which no more is known."""
    return (at.hour, at.minute) != (0, 0)
