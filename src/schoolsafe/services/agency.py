"""What other agencies owe this school and what the school owes them: clocks, levels of need, the daily meeting.

The rules are domain's; here the facts are gathered. Left to others: the records themselves (file_record).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from schoolsafe.domain import agency_clock as rules
from schoolsafe.domain.agency_clock import AgencySettings, Due, Held, StrategyFigures, Urgency
from schoolsafe.domain.entry import Value
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.file_form import day_of, moment
from schoolsafe.domain.file_forms import BY_NAME
from schoolsafe.domain.referral import LEVELS
from schoolsafe.services.calendar import Calendars
from schoolsafe.services.changes import Changes
from schoolsafe.services.child import Children
from schoolsafe.services.desk import LONDON, Desk
from schoolsafe.services.notification_entry import grade_of, text
from schoolsafe.services.ports import Record
from schoolsafe.services.school import Schools
from schoolsafe.words import _

SETTING: Final = "agencies"
FIGURE_DAYS: Final = 365
"""Strategy meetings of so many days are counted unless told otherwise."""
_Clock = Callable[..., Due | None]
_CLOCKS: Final[Mapping[str, _Clock]] = {
    "referral": rules.referral_due,
    "strategy_meeting": rules.strategy_due,
    "challenge": rules.challenge_due,
}


@dataclass(frozen=True, slots=True)
class AgencyDue:
    """One thing that is owed, about one child."""

    record: str
    """What opens it."""
    form: str
    child: str
    child_name: str
    what: str
    """The kind of record, in words."""
    words: str
    urgency: Urgency
    due: datetime


@dataclass(frozen=True, slots=True)
class MeetingSoon:
    """Today’s daily meeting, and the children with an open case it hears."""

    name: str
    at: datetime
    children: tuple[tuple[str, str], ...]
    """Id and name."""


@dataclass(frozen=True, slots=True)
class LevelView:
    """A level of need with its reason."""

    record: str
    level: str
    words: str
    since: date
    ended: date | None
    why: str
    plan: str
    social_worker: str
    review: date | None
    order: int = 0


class Agencies:
    """What a person can ask about agencies, and set."""

    def __init__(
        self, desk: Desk, children: Children, calendars: Calendars, schools: Schools
    ) -> None:
        self._desk = desk
        self._children = children
        self._calendars = calendars
        self._schools = schools

    # settings ---------------------------------------------------------------------------------------------

    def settings(self) -> AgencySettings:
        """What the school has set, and the usual where it has not."""
        return rules.settings_from(self._schools.setting(SETTING))

    def set(self, settings: AgencySettings) -> Changes:
        """Sets it for the school.

        Raises:
            AgencySettingUnreadable: a part of it cannot be.
        """
        value = rules.setting_value(settings)
        rules.settings_from(value)
        return self._schools.set(SETTING, value)

    def own_words(self) -> Mapping[str, Mapping[str, str]]:
        """The school’s words for what forms offer."""
        return {"levels": dict(self.settings().levels)}

    def level_words(self, level: str) -> str:
        """A level as the area calls it."""
        own = dict(self.settings().levels)
        return own.get(level) or _(dict(LEVELS).get(level, level))

    # what is owed -----------------------------------------------------------------------------------------

    def due(self, child: str | None = None) -> tuple[AgencyDue, ...]:
        """Everything that is owed now, for one child or all; past its day first, then the oldest.

        Nothing for a person who holds no key of it.
        """
        if TEAM in self._desk.closed:
            return ()
        found = [one for form in _CLOCKS for one in self._due_of(form, child)]
        return tuple(sorted(found, key=lambda d: (d.urgency is not Urgency.OVERDUE, d.due)))

    def _due_of(self, form: str, child: str | None) -> Iterable[AgencyDue]:
        settings, shut, now = self.settings(), self._shut(), self._desk.now()
        for record in self._records(form, child):
            due = _CLOCKS[form](record.values, now, settings=settings, shut=shut)
            subject = text(record.values, "child")
            if due is not None and subject is not None:
                yield AgencyDue(
                    record=record.id,
                    form=form,
                    child=subject,
                    child_name=self._children.show(subject).name,
                    what=_(BY_NAME[form].words),
                    words=due.words,
                    urgency=due.urgency,
                    due=due.due,
                )

    def meeting_soon(self) -> MeetingSoon | None:
        """The daily meeting that begins within the hour, where it would hear an open case of this school."""
        settings, now = self.settings(), self._desk.now()
        if TEAM in self._desk.closed or settings.daily is None:
            return None
        begins = rules.meeting_soon(settings, now, shut=self._shut())
        if begins is None:
            return None
        children = self._to_be_heard(settings.daily.grades, now.date())
        return MeetingSoon(settings.daily.name, begins, children) if children else None

    def _to_be_heard(self, grades: Sequence[str], today: date) -> tuple[tuple[str, str], ...]:
        """Children with an open notification of these grades that no meeting of today has heard yet."""
        wanted = {grade.strip().casefold() for grade in grades}
        heard = {
            text(record.values, "child")
            for record in self._records("daily_meeting", None)
            if day_of(record.values.get("heard_on")) == today
        }
        found: dict[str, str] = {}
        for line in self._desk.reader.find("line", {"closed": None, "withdrawn": None}):
            child = text(line.values, "child")
            notice = self._desk.reader.get(str(line.values["notification"])) if child else None
            if child is None or child in heard or notice is None or notice.values.get("withdrawn"):
                continue
            if (grade_of(notice.values) or "").strip().casefold() in wanted:
                found[child] = self._children.show(child).name
        return tuple(sorted(found.items(), key=lambda pair: pair[1]))

    # levels of need ---------------------------------------------------------------------------------------

    def levels(self, child: str) -> tuple[LevelView, ...]:
        """A child’s levels of need, the newest first.

        Raises:
            NotYoursToRead: this person holds no key of it.
        """
        self._desk.must_read(TEAM)
        views = [self._level(r) for r in self._records("threshold", child)]
        known = [view for view in views if view is not None]
        return tuple(sorted(known, key=lambda v: (v.since, v.order), reverse=True))

    def level_on(self, child: str, day: date) -> LevelView | None:
        """The level that held on a date, as the record says now; None where none did.

        Raises:
            NotYoursToRead: this person holds no key of it.
        """
        views = {view.record: view for view in self.levels(child)}
        history = [(Held(v.level, v.since, v.ended, v.order), v) for v in views.values()]
        found = rules.level_on((held for held, _view in history), day)
        return next((view for held, view in history if held is found), None)

    def _level(self, record: Record) -> LevelView | None:
        values = record.values
        since, level = day_of(values.get("since")), text(values, "level")
        if since is None or level is None:
            return None
        return LevelView(
            record=record.id,
            level=level,
            words=self.level_words(level),
            since=since,
            ended=day_of(values.get("ended_on")),
            why=text(values, "why") or "",
            plan=text(values, "plan") or "",
            social_worker=text(values, "social_worker") or "",
            review=day_of(values.get("review_on")),
            order=record.wall_ms,
        )

    # figures ----------------------------------------------------------------------------------------------

    def strategy(self, *, first: date | None = None, last: date | None = None) -> StrategyFigures:
        """Strategy meetings asked for in a span, counted; the last year unless told otherwise.

        Raises:
            NotYoursToRead: this person holds no key of them.
        """
        self._desk.must_read(TEAM)
        now = self._desk.now()
        last = last or now.date()
        first = first or last - timedelta(days=FIGURE_DAYS)
        settings, shut = self.settings(), self._shut()
        return rules.strategy_figures(
            rules.convened(record.values, now, settings=settings, shut=shut)
            for record in self._records("strategy_meeting", None)
            if (day := _day(record.values.get("triggered_at"))) and first <= day <= last
        )

    def open_cases(self) -> frozenset[str]:
        """Children with a notification that is not closed, or with a level of need above the first.

        What makes a case open is our choice: no paper of the field says it in one sentence.
        """
        lines = self._desk.reader.find("line", {"closed": None, "withdrawn": None})
        noted = {child for line in lines if (child := text(line.values, "child"))}
        today, held = self._desk.now().date(), set[str]()
        history: dict[str, list[Held]] = {}
        for record in self._records("threshold", None):
            view, child = self._level(record), text(record.values, "child")
            if view and child:
                entry = Held(view.level, view.since, view.ended, view.order)
                history.setdefault(child, []).append(entry)
        for child, levels in history.items():
            now = rules.level_on(levels, today)
            if now is not None and now.level != LEVELS[0][0]:
                held.add(child)
        return frozenset(noted | held)

    # ------------------------------------------------------------------------------------------------------

    def _records(self, noun: str, child: str | None) -> tuple[Record, ...]:
        where: dict[str, Value | tuple[Value, ...]] = {"withdrawn": None}
        where |= {"child": child} if child else {}
        return self._desk.reader.find(noun, where)

    def _shut(self) -> Collection[date]:
        return frozenset(day.date for day in self._calendars.calendar().bank_holidays)


def _day(value: Value) -> date | None:
    found = moment(value)
    if found is None:
        return None
    return (found.astimezone(LONDON) if found.tzinfo else found).date()
