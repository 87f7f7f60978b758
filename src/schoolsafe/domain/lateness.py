"""How in time a force's notices were over one month, in counts that name nobody.

One notice counts once. Counts of 1 to 4 are "fewer than 5", and no total may give them away
(`small_numbers`). Source: domain.md 2.2, 2.9; ux.md 5.10.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from statistics import median
from typing import Final

from schoolsafe.domain.calendar import Timeliness, Timing
from schoolsafe.domain.field import TEAM, Field, Kind, Noun, Rule
from schoolsafe.domain.small_numbers import Told, guarded
from schoolsafe.errors import Refused
from schoolsafe.words import N_, _, ngettext

TIMING_CHANGE = Noun(
    "timing_change",
    TEAM,
    (
        Field("notification", Kind.ENTITY, Rule.IMMUTABLE, indexed=True),
        Field("earlier", Kind.DATA, Rule.IMMUTABLE),
        Field("later", Kind.DATA, Rule.IMMUTABLE),
        Field("at", Kind.INSTANT, Rule.IMMUTABLE),
        Field("withdrawn", Kind.TEXT),
    ),
)
"""The calendar was changed, and with it how in time a notice was. Both results stay:
{"expected_by", "value", "late_school_days", "reason"}."""

VALUES: Final = (
    Timeliness.ON_TIME,
    Timeliness.RECEIVED_IN_HOLIDAY,
    Timeliness.LATE_SAME_DAY,
    Timeliness.LATE,
    Timeliness.UNKNOWN,
)
VALUE_WORDS: Final = {
    Timeliness.ON_TIME: N_("Before school began"),
    Timeliness.RECEIVED_IN_HOLIDAY: N_("In the holiday, in time"),
    Timeliness.LATE_SAME_DAY: N_("Late, same day"),
    Timeliness.LATE: N_("Late by school days"),
    Timeliness.UNKNOWN: N_("Cannot be said"),
}
"""The results in words."""

IN_TIME: Final = (Timeliness.ON_TIME, Timeliness.RECEIVED_IN_HOLIDAY)
LATE: Final = (Timeliness.LATE_SAME_DAY, Timeliness.LATE)

STANDARD: Final = {
    "dob": N_("Date of birth"),
    "police_reference": N_("Police reference"),
    "incident_date": N_("Date of the incident"),
    "incident_time": N_("Time of the incident"),
    "place": N_("Place"),
    "presence": N_("Whether the child was there"),
    "spoken_to_by_police": N_("Whether police spoke to the child"),
    "voice": N_("The child’s own words"),
    "circumstances": N_("Circumstances"),
}
"""What a notice is meant to tell, in the order police are asked to send it (domain.md 2.5)."""

_DAY: Final = timedelta(days=1)
_DECEMBER: Final = 12


class MonthUnreadable(Refused):
    """This is not a month: {text}. Write 2026-11."""


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """One notice, as far as the letter counts it. Nothing of it says who or where."""

    received: datetime
    """The school's wall clock."""
    timing: Timing
    opened_after_minutes: int | None
    """Whole minutes from receipt to the first opening; None while nobody has."""
    missing: frozenset[str]
    """Names of `STANDARD` it did not tell."""
    wrong_school: bool


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday, as far as it lies in the month, and its notices by timeliness."""

    first: date
    last: date
    counts: dict[Timeliness, int]

    @property
    def total(self) -> int:
        """All notices of the week."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Figures:
    """One month, exactly. For the school's own eyes; what leaves goes through `small_numbers`."""

    month: date
    """Its first day."""
    weeks: tuple[Week, ...]
    late_days: tuple[int, ...]
    """School days lost by each notice that was late by days, smallest first."""
    missing: dict[str, int]
    wrong_school: int
    expected_not_received: int
    opened: int
    """Notices of the month that somebody has opened."""
    median_minutes: int | None
    """From receipt to opening; None where none was opened."""

    @property
    def total(self) -> int:
        """All notices of the month."""
        return sum(week.total for week in self.weeks)

    def by_value(self, value: Timeliness) -> int:
        """Notices of the month that came so."""
        return sum(week.counts[value] for week in self.weeks)

    @property
    def late(self) -> int:
        """Notices that came after the child was in school."""
        return sum(self.by_value(value) for value in LATE)

    @property
    def in_time(self) -> int:
        """Notices that came before the school day they were expected by."""
        return sum(self.by_value(value) for value in IN_TIME)


@dataclass(frozen=True, slots=True)
class ToldMonth:
    """The month's counts as they may be told side by side."""

    in_time: Told
    in_holiday: Told
    """Of those in time."""
    late: Told
    late_same_day: Told
    late_by_days: Told
    unknown: Told
    total: Told
    weeks: tuple[tuple[Told, Told], ...]
    """All and late, in the order of `Figures.weeks`."""


def as_told(found: Figures) -> ToldMonth:
    """The counts that may leave: none of 1 to 4, and none that could be worked out from the others.

    A week gives its notices and how many of them were late; the rest of each stands in the sums unsaid.
    """
    month = {value.value: found.by_value(value) for value in VALUES}
    month |= {"in": found.in_time, "late": found.late, "all": found.total}
    month["rest"] = found.total - found.late
    # What was late is what the force is asked about: it is left out after what was not.
    level = dict.fromkeys(month, 2) | {"in": 3, Timeliness.UNKNOWN: 3, "late": 4, "all": 5}
    sums: list[list[str]] = [
        [Timeliness.ON_TIME, Timeliness.RECEIVED_IN_HOLIDAY, "in"],
        [Timeliness.LATE_SAME_DAY, Timeliness.LATE, "late"],
        ["in", Timeliness.UNKNOWN, "rest"],
        ["rest", "late", "all"],
    ]
    numbers, unsaid = dict(month), {Timeliness.ON_TIME.value, "rest"}
    for n, week in enumerate(found.weeks):
        late = sum(week.counts[value] for value in LATE)
        numbers |= {f"all {n}": week.total, f"late {n}": late, f"rest {n}": week.total - late}
        level |= {f"all {n}": 1, f"late {n}": 0, f"rest {n}": 0}
        sums.append([f"rest {n}", f"late {n}", f"all {n}"])
        unsaid.add(f"rest {n}")
    weeks = range(len(found.weeks))
    sums += [[*(f"{part} {n}" for n in weeks), part] for part in ("all", "late", "rest")]
    told = guarded(numbers, sums, level=level, unsaid=frozenset(unsaid))
    return ToldMonth(
        in_time=told["in"],
        in_holiday=told[Timeliness.RECEIVED_IN_HOLIDAY],
        late=told["late"],
        late_same_day=told[Timeliness.LATE_SAME_DAY],
        late_by_days=told[Timeliness.LATE],
        unknown=told[Timeliness.UNKNOWN],
        total=told["all"],
        weeks=tuple((told[f"all {n}"], told[f"late {n}"]) for n in weeks),
    )


def month_of(text: str) -> date:
    """The first day of a month written 2026-11.

    Raises:
        MonthUnreadable: it is not one.
    """
    try:
        return date.fromisoformat(f"{text.strip()}-01")
    except ValueError:
        raise MonthUnreadable(text=text) from None


def next_month(month: date) -> date:
    """The first day of the month after."""
    if month.month == _DECEMBER:
        return date(month.year + 1, 1, 1)
    return date(month.year, month.month + 1, 1)


def previous_month(month: date) -> date:
    """The first day of the month before."""
    return (month.replace(day=1) - _DAY).replace(day=1)


def weeks_of(month: date) -> tuple[tuple[date, date], ...]:
    """The weeks of a month, Monday to Sunday, cut at its first and last day."""
    end = next_month(month) - _DAY
    found, first = [], month
    while first <= end:
        last = min(end, first + _DAY * (6 - first.weekday()))
        found.append((first, last))
        first = last + _DAY
    return tuple(found)


def figures(month: date, notices: Sequence[NoticeFacts], *, expected: int) -> Figures:
    """The counts of one month: notices received in it, on the school's wall clock.

    ``expected`` is how many the school learned of in that month and did not receive.
    """
    mine = [one for one in notices if month <= one.received.date() < next_month(month)]
    weeks = []
    for first, last in weeks_of(month):
        came = Counter(one.timing.value for one in mine if first <= one.received.date() <= last)
        weeks.append(Week(first, last, {value: came[value] for value in VALUES}))
    minutes = [one.opened_after_minutes for one in mine if one.opened_after_minutes is not None]
    return Figures(
        month=month,
        weeks=tuple(weeks),
        late_days=tuple(
            sorted(
                one.timing.late_school_days or 0
                for one in mine
                if one.timing.value is Timeliness.LATE
            )
        ),
        missing={name: sum(name in one.missing for one in mine) for name in STANDARD},
        wrong_school=sum(one.wrong_school for one in mine),
        expected_not_received=expected,
        opened=len(minutes),
        median_minutes=int(median(minutes) + 0.5) if minutes else None,
    )


def minutes_to_opened(received: datetime, opened: datetime | None) -> int | None:
    """Whole minutes from receipt to the first opening; None while nobody has opened it.

    A clock that ran behind the sender's gives no time before 0.
    """
    if opened is None:
        return None
    return max(0, int((opened - received).total_seconds() // 60))


def timing_words(timing: Timing) -> str:
    """How in time, in a few words: for the history, where an earlier result stays readable."""
    if timing.value is Timeliness.LATE:
        days = timing.late_school_days or 0
        return ngettext("late by {n} school day", "late by {n} school days", days).format(n=days)
    return _(VALUE_WORDS[timing.value]).casefold()


def changed(earlier: Timing, later: Timing) -> bool:
    """Whether a change of the calendar changed the result or the time it was expected by."""
    return replace(earlier, reason=None) != replace(later, reason=None)
