"""Today: what must be done before registration, what is due later, what we wait for, what is done.

The rules of grouping, order and words are domain's; here the facts are gathered from the record.
"""

from datetime import date, datetime

from schoolsafe.domain import say
from schoolsafe.domain import today as rules
from schoolsafe.domain.calendar import (
    SchoolCalendar,
    Timeliness,
    first_morning_back,
    holiday_began,
    in_school,
    incident_instant,
    minutes_to_end_of_day,
    minutes_to_registration,
    next_start,
    timeliness,
)
from schoolsafe.domain.cover import besides, to_ring, unopened_words
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.line_outcome import Outcome, Told, owed_words
from schoolsafe.domain.notification import Choice, Step
from schoolsafe.domain.today import Work
from schoolsafe.services.action import Actions
from schoolsafe.services.action_today import due_items
from schoolsafe.services.agency import Agencies
from schoolsafe.services.agency_today import standing
from schoolsafe.services.calendar import Calendars
from schoolsafe.services.child import Children
from schoolsafe.services.conflict import Conflicts
from schoolsafe.services.cover import CoverLine, Rota
from schoolsafe.services.desk import LONDON, Desk
from schoolsafe.services.draft import DraftBox
from schoolsafe.services.family import Families
from schoolsafe.services.family_today import baby_items
from schoolsafe.services.notification_entry import (
    grade_of,
    incident_of,
    instant,
    line_of,
    outcome_of,
    text,
    told_of,
)
from schoolsafe.services.notification_reading import Reading
from schoolsafe.services.ports import Record
from schoolsafe.services.protocol_card import ProtocolCards
from schoolsafe.services.today_line import about_words, candidates, collection, taken_note, work_of
from schoolsafe.services.today_since import goes_home, since_closed
from schoolsafe.services.today_view import Place, TodayView
from schoolsafe.words import N_, _

_RECENT_ROWS = 400
"""Newest journal rows looked through for what was done today; more than a school decides in a day."""
_DONE_KINDS = (
    "notification.name_child",
    "notification.decide",
    "notification.close",
    "notification.no_match",
    "notification.give_reason",
)
NOBODY_NAMED = N_("Nobody named yet")
_NAMELESS = {"locked": N_("Protected email"), "unreadable": N_("Email that could not be read")}
_FORMS = {"call": Work.PHONE, "entry": Work.ENTRY, "told_slip": Work.TOLD_SLIP}
DRAFT = "draft:"
FAMILY = "family"
"""In place of a form: the child’s file opens."""


class Days:
    """The one question the day begins with."""

    def __init__(
        self,
        desk: Desk,
        reading: Reading,
        children: Children,
        calendars: Calendars,
        drafts: DraftBox,
        *,
        rota: Rota,
        cards: ProtocolCards,
        agencies: Agencies,
        actions: Actions,
        conflicts: Conflicts,
        families: Families,
    ) -> None:
        self._families = families
        self._desk = desk
        self._reading = reading
        self._children = children
        self._calendars = calendars
        self._drafts = drafts
        self._rota = rota
        self._cards = cards
        self._agencies = agencies
        self._actions = actions
        self._conflicts = conflicts

    def view(self) -> TodayView:
        """Today, at this instant."""
        return _Gathering(
            self._desk,
            self._reading,
            self._children,
            self._calendars,
            self._drafts,
            cards=self._cards,
            agencies=self._agencies,
            actions=self._actions,
            conflicts=self._conflicts,
            families=self._families,
        ).view(self._rota.line())


class _Gathering:
    """One look at the record. Made anew for each view, so that nothing is remembered between two."""

    def __init__(
        self,
        desk: Desk,
        reading: Reading,
        children: Children,
        calendars: Calendars,
        drafts: DraftBox,
        *,
        cards: ProtocolCards,
        agencies: Agencies,
        actions: Actions,
        conflicts: Conflicts,
        families: Families,
    ) -> None:
        self._families = families
        self._desk = desk
        self._reading = reading
        self._children = children
        self._drafts = drafts
        self._cards = cards
        self._agencies = agencies
        self._actions = actions
        self._conflicts = conflicts
        self._now = desk.now()
        self._calendar: SchoolCalendar = calendars.calendar()
        self._places: dict[str, Place] = {}
        self._notices: dict[str, Record | None] = {}
        self._done = self._done_today()
        self._back = first_morning_back(self._now, self._calendar)
        self._away_since = holiday_began(self._now, self._calendar) if self._back else None

    def view(self, cover: CoverLine) -> TodayView:
        registration = next_start(self._now, self._calendar)
        minutes = minutes_to_registration(self._now, self._calendar)
        items = [*self._lines(), *self._nameless(), *self._unsent(), *self._with_agencies()]
        items += [*self._actions_due(), *self._disagreements(), *self._babies()]
        to_end = minutes_to_end_of_day(self._now, self._calendar)
        unopened = sum(1 for n in self._notices.values() if n and not taken_note(n.values))
        return TodayView(
            now=self._now,
            registration=registration,
            minutes=minutes,
            minutes_to_end=to_end,
            countdown=rules.countdown(
                minutes,
                registration,
                self._now,
                home=to_end if goes_home(items, since=self._school_began()) else None,
            ),
            since=since_closed(self._desk, self._reading, self._calendar),
            cover=cover.nobody,
            reminder=cover.confirm,
            unopened=unopened_words(
                unopened, minutes, to_ring(besides(cover.duty, self._desk.actor.name), minutes)
            ),
            day=rules.day(items, registration=registration),
            places=self._places,
        )

    def _school_began(self) -> datetime | None:
        """When school began today; None outside the school day."""
        inside = in_school(self._now, self._calendar)
        return self._calendar.starts_on(self._now.date()) if inside else None

    def _from_holiday(self, notice: Record) -> bool:
        """It came between the last school day and this first morning back."""
        received = instant(notice.values, "received_at")
        if not self._back or received is None:
            return False
        today = self._calendar.starts_on(self._now.date()).date()
        since = self._away_since
        return (since is None or received > since) and received.astimezone(LONDON).date() < today

    def _done_today(self) -> dict[str, datetime]:
        done: dict[str, datetime] = {}
        for facts in self._desk.reader.rows_of_kind(TEAM, limit=_RECENT_ROWS):
            at = datetime.fromtimestamp(facts.wall_ms / 1000, tz=LONDON)
            if at.date() == self._now.date() and facts.entity and facts.kind in _DONE_KINDS:
                done.setdefault(facts.entity, at)
        return done

    def _lines(self) -> list[rules.Item]:
        open_lines = self._desk.reader.find("line", {"closed": None, "withdrawn": None})
        closed = [self._desk.reader.get(entity) for entity in self._done]
        lines = {r.id: r for r in [*open_lines, *(c for c in closed if c and c.noun == "line")]}
        made = (self._item(line) for line in lines.values() if not line.values.get("withdrawn"))
        return [item for item in made if item is not None]

    def _item(self, line: Record) -> rules.Item | None:
        notice = self._notice(str(line.values["notification"]))
        if notice is None:
            return None
        values = line.values
        choice = text(values, "choice")
        decided = choice is not None or values.get("no_match") is not None
        reason_missing = (
            choice is not None and not values.get("reason") and values.get("closed") is None
        )
        reviewed = self._reviewed(line)
        review_due = self._review_due(line) and reviewed is None
        waiting = choice == Choice.ASK_FIRST and values.get("closed") is None
        done_at = (
            (self._done.get(line.id) or reviewed)
            if decided and not reason_missing and not waiting
            else None
        )
        if done_at is not None and done_at.date() != self._now.date():
            done_at = None
        owed = self._reading.owed(line) if decided or values.get("outcome") else None
        done_at = None if owed else done_at
        if decided and done_at is None and not (reason_missing or waiting or review_due or owed):
            return None
        child_id = text(values, "child")
        child = self._children.show(child_id) if child_id else None
        proposed = None if child or decided else self._reading.proposals(notice, line_of(line))
        self._places[line.id] = Place(notice.id, int(str(values["number"])), child_id)
        review_only = (
            decided and review_due and done_at is None and not reason_missing and not waiting
        )
        return rules.Item(
            id=line.id,
            work=Work.REVIEW if review_only else work_of(notice),
            name=child.name if child else say.plain_text(line_of(line).told_name),
            about=self._owed_words(line, owed)
            if owed
            else _("Review due")
            if review_only
            else self._graded(notice),
            received=instant(notice.values, "received_at"),
            new=not notice.values.get("opened_at"),
            in_building=in_school(self._now, self._calendar),
            collection_danger=collection(child, self._now.date()),
            match=proposed.state if proposed else None,
            candidates=candidates(proposed),
            timeliness=self._timeliness(notice),
            decided=decided,
            reason_missing=reason_missing,
            left_for_later=bool(values.get("left_for_later")) or review_only or bool(owed),
            waiting=waiting,
            done_at=done_at,
            from_holiday=self._from_holiday(notice),
            risk_rank=self._cards.grade_rank(notice.values) if self._back else 0,
        )

    def _owed_words(self, line: Record, step: Step) -> str:
        told = told_of(line.values) or Told(Outcome.NOT_OURS)
        return owed_words(told, step)

    def _review_due(self, line: Record) -> bool:
        review = text(line.values, "review")
        return review is not None and date.fromisoformat(review) <= self._now.date()

    def _reviewed(self, line: Record) -> datetime | None:
        """When the review that is due was recorded: a step after the person who set its day set it."""
        if not self._review_due(line):
            return None
        set_at = max(v.wall_ms for v in self._desk.reader.live(line.id, "review"))
        steps = self._desk.reader.find(
            "follow_up", {"line": line.id, "step": Step.REVIEW.value, "withdrawn": None}
        )
        done = [step.wall_ms for step in steps if step.wall_ms >= set_at]
        return datetime.fromtimestamp(max(done) / 1000, tz=LONDON) if done else None

    def _nameless(self) -> list[rules.Item]:
        """Notices that name nobody yet: protected mail, and mail nobody's rules could read."""
        items: list[rules.Item] = []
        for notice in self._desk.reader.find(
            "notification", {"nobody_named": True, "withdrawn": None}
        ):
            if self._reading.line_records(notice.id):
                continue
            self._notices[notice.id] = notice
            outcome = outcome_of(notice.values)
            self._places[notice.id] = Place(notice.id)
            items.append(
                rules.Item(
                    id=notice.id,
                    work=work_of(notice),
                    name=_(_NAMELESS.get(outcome, NOBODY_NAMED)),
                    about=about_words(notice, self._now),
                    received=instant(notice.values, "received_at"),
                    new=not notice.values.get("opened_at"),
                    locked=outcome == "locked",
                    from_holiday=self._from_holiday(notice),
                )
            )
        return items

    def _unsent(self) -> list[rules.Item]:
        items = []
        for draft in self._drafts.list():
            if draft.form == "decision":
                continue  # it shows where the notification does
            key = DRAFT + draft.key
            self._places[key] = Place(draft=draft.key)
            name = str(
                draft.values.get("child_name") or draft.values.get("name") or _("No name yet")
            )
            items.append(
                rules.Item(
                    id=key,
                    work=_FORMS.get(draft.form, Work.DRAFT),
                    draft=True,
                    name=name,
                    about=_("Begun {when}").format(
                        when=say.since_words(draft.begun.astimezone(LONDON), self._now)
                    ),
                    received=draft.begun,
                )
            )
        return items

    def _disagreements(self) -> list[rules.Item]:
        """What two people changed, until somebody decides."""
        items = []
        for one in self._conflicts.list():
            key = f"conflict:{one.id}"
            self._places[key] = Place(child=one.child or None, record=one.id, form="conflict")
            items.append(
                rules.Item(
                    id=key,
                    work=Work.CONFLICT,
                    name=one.child_name or one.record,
                    about=_("Two people changed this: {what}").format(what=one.about),
                    received=min(side.when for side in one.sides),
                    left_for_later=True,
                    owed=_("See both"),
                )
            )
        return items

    def _actions_due(self) -> list[rules.Item]:
        """Overdue, due today, and done today."""
        if TEAM in self._desk.closed:
            return []
        items = []
        for one, item in due_items(self._actions, self._now):
            self._places[item.id] = Place(child=one.child, record=one.id, form="action")
            items.append(item)
        return items

    def _babies(self) -> list[rules.Item]:
        """Babies who are expected: the referral to decide, or what became of them."""
        items = []
        for child, item in baby_items(self._families, self._children):
            self._places[item.id] = Place(child=child, form=FAMILY)
            items.append(item)
        return items

    def _with_agencies(self) -> list[rules.Item]:
        """What other agencies owe, and the daily meeting within the hour."""
        items = []
        for one in standing(self._agencies):
            self._places[one.item.id] = Place(child=one.child, record=one.record, form=one.form)
            items.append(one.item)
        return items

    def _notice(self, notification: str) -> Record | None:
        if notification not in self._notices:
            found = self._desk.reader.get(notification)
            self._notices[notification] = None if found and found.values.get("withdrawn") else found
        return self._notices[notification]

    def _graded(self, notice: Record) -> str:
        """What and when; on the first morning back with the grade in front, as it was sent."""
        grade, about = grade_of(notice.values), about_words(notice, self._now)
        if not (grade and self._from_holiday(notice)):
            return about
        return _("{grade}. {about}").format(grade=say.plain_text(grade), about=about)

    def _timeliness(self, notice: Record) -> Timeliness:
        incident = incident_of(notice.values)
        received = instant(notice.values, "received_at") or self._now
        return timeliness(incident_instant(incident), received, self._calendar).value
