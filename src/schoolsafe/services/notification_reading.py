"""Reads notifications back from the record: views, proposals, timing."""

from collections.abc import Mapping
from datetime import date, datetime

import msgspec

from schoolsafe.domain import match, pupil_index, sibling
from schoolsafe.domain.calendar import Timing, incident_instant, timeliness
from schoolsafe.domain.entry import Value
from schoolsafe.domain.field import SCHOOL
from schoolsafe.domain.lateness import minutes_to_opened
from schoolsafe.domain.line_outcome import Outcome, Told, owed
from schoolsafe.domain.notification import (
    Channel,
    ChildLine,
    Choice,
    LineState,
    Notice,
    Status,
    Step,
    child_not_supplied,
    code_of,
    is_known,
    not_supplied,
    status_of,
)
from schoolsafe.domain.protocol_card import grade_means
from schoolsafe.errors import Refused
from schoolsafe.services.calendar import Calendars
from schoolsafe.services.child import Children, ChildRow
from schoolsafe.services.desk import LONDON, Desk
from schoolsafe.services.lateness import changes_of, home_in
from schoolsafe.services.notification_entry import (
    ORIGINAL,
    incident_of,
    instant,
    line_of,
    notice_of,
    outcome_of,
    sender_of,
    text,
    told_of,
)
from schoolsafe.services.notification_relation import Relations
from schoolsafe.services.notification_view import (
    Closed,
    DecisionView,
    FollowUpView,
    HistoryItem,
    LineView,
    NotificationRow,
    NotificationView,
    ProposalView,
    SiblingView,
)
from schoolsafe.services.ports import Record
from schoolsafe.services.protocol_card import ProtocolCards
from schoolsafe.services.trusted_sender import Signers

_ORDER = tuple(Status)


class NoSuchNotification(Refused):
    """There is no such notification here."""


class NoSuchLine(Refused):
    """This notification names no child with that number."""


class Reading:
    """Questions about notifications."""

    def __init__(
        self,
        desk: Desk,
        children: Children,
        calendars: Calendars,
        *,
        cards: ProtocolCards | None = None,
    ) -> None:
        self._desk = desk
        self._cards = cards or ProtocolCards(desk)
        self._children = children
        self._calendars = calendars
        self._relations = Relations(desk)
        self._index: tuple[int, pupil_index.PupilIndex] | None = None
        self._proposed: dict[match.Notified, match.Proposals] = {}
        """What the roll as it stands offers for a line: Today and the notice ask for the same."""
        self._signers = Signers(desk)

    def record(self, notification: str) -> Record:
        """The notice's record.

        Raises:
            NoSuchNotification: not here, or taken back.
        """
        found = self._desk.reader.get(notification)
        if found is None or found.noun != "notification" or found.values.get("withdrawn"):
            raise NoSuchNotification
        return found

    def line_records(self, notification: str) -> tuple[Record, ...]:
        """Its children, in the order of the message."""
        return self._desk.reader.find(
            "line", {"notification": notification, "withdrawn": None}, order="number"
        )

    def list(self) -> tuple[NotificationRow, ...]:
        """Every notice on record, newest first."""
        rows = []
        for record in self._desk.reader.find(
            "notification", {"withdrawn": None}, order="-received_at"
        ):
            lines = self.line_records(record.id)
            rows.append(
                NotificationRow(
                    record.id,
                    _received(record),
                    text(record.values, "kind"),
                    outcome_of(record.values),
                    self.status(record, lines),
                    tuple(line_of(line).told_name for line in lines),
                    text(record.values, "police_reference"),
                )
            )
        return tuple(rows)

    def status(self, record: Record, lines: tuple[Record, ...]) -> Status:
        """The least advanced of its lines; closed only when all are."""
        states = [self._line_status(record, line, self._follow_ups(line.id)) for line in lines]
        if not states:
            return self._line_status(record, None, ())
        working = [s for s in states if s not in {Status.CLOSED, Status.NOT_OURS}]
        return min(working or states, key=_ORDER.index)

    def show(self, notification: str) -> NotificationView:
        """One notice with its children.

        Raises:
            NoSuchNotification: not here.
        """
        record = self.record(notification)
        line_records = self.line_records(notification)
        facts = tuple(line_of(line) for line in line_records)
        notice = notice_of(record, facts)
        lines = tuple(self._line(record, notice, line) for line in line_records)
        values = record.values
        attached = self._desk.reader.attachments(record.id)
        cards = self._cards.about(values)
        forwarded = sender_of(values, "forwarded_by")
        return NotificationView(
            id=record.id,
            outcome=outcome_of(values),
            status=self.status(record, line_records),
            channel=code_of(Channel, text(values, "channel") or ""),
            received_at=_received(record),
            sender=sender_of(values),
            mail_from=sender_of(values, "mail_from"),
            mail_server_check=text(values, "mail_server_check"),
            forwarded_by=forwarded if values.get("forwarded_by") else None,
            message_id=text(values, "message_id"),
            notice=notice,
            lines=lines,
            not_supplied=not_supplied(notice),
            warnings=_texts(values.get("warnings")),
            quoted_older=_texts(values.get("quoted_older")),
            original_sha256=text(values, "original_sha256"),
            has_original=bool(attached),
            pages=sum(each.mime == "image/png" for each in attached),
            media=next((each.mime for each in attached if each.name == ORIGINAL), ""),
            opened_at=instant(values, "opened_at"),
            opened_by=self.name(text(values, "opened_by")),
            acknowledged_at=instant(values, "acknowledged_at"),
            acknowledged_by=self.name(text(values, "acknowledged_by")),
            history=self._history(record, line_records),
            signed=self._signers.signed(values),
            versions=self._signers.versions(record),
            minutes_to_opened=minutes_to_opened(_received(record), instant(values, "opened_at")),
            home_in=home_in(self._desk, self._calendars.calendar(), record, line_records),
            cards=cards,
            grade_means=grade_means(cards, notice.risk.grade_as_sent),
            relations=self._relations.of(record, line_records),
        )

    def name(self, person: str | None) -> str | None:
        """A person's name, as the staff list has it."""
        if person is None:
            return None
        found = self._desk.reader.get(person)
        return text(found.values, "name") if found else person

    def timing(self, record: Record, notice: Notice) -> Timing:
        """Whether it came in time, on this school's calendar."""
        return timeliness(
            incident_instant(notice.incident), _received(record), self._calendars.calendar()
        )

    def _line(self, record: Record, notice: Notice, line: Record) -> LineView:
        facts = line_of(line)
        values = line.values
        child = self._child(text(values, "child"))
        follow_ups = self._follow_ups(line.id)
        confirmed = self._desk.reader.live(line.id, "child") if child else ()
        open_match = child is None and not values.get("no_match")
        proposed = self.proposals(record, facts) if open_match else None
        return LineView(
            id=line.id,
            number=int(str(values.get("number") or 0)),
            facts=facts,
            child=child,
            confirmed_by=self.name(confirmed[0].author) if confirmed else None,
            confirmed_at=_wall(confirmed[0].wall_ms) if confirmed else None,
            match_why=text(values, "match_why"),
            no_match=text(values, "no_match"),
            match_state=proposed.state if proposed else None,
            proposals=self._views(proposed.fits) if proposed else (),
            others=self._views(proposed.others) if proposed else (),
            siblings=self._siblings(record.id, child),
            decision=self._decision(line),
            left_for_later=bool(values.get("left_for_later")),
            timing=self.timing(record, notice),
            status=self._line_status(record, line, follow_ups),
            follow_ups=follow_ups,
            closed=_closed(values.get("closed")),
            not_supplied=child_not_supplied(facts),
            conflicts=line.conflicts,
            sibling_of=text(values, "sibling_of"),
            outcome=told_of(values),
            owed=self.owed(line),
            repeats=self._cards.repeats(child.id, record.values) if child else (),
        )

    def _line_status(
        self, record: Record, line: Record | None, follow_ups: tuple[FollowUpView, ...]
    ) -> Status:
        values: Mapping[str, Value] = line.values if line else {}
        choice = text(values, "choice")
        return status_of(
            LineState(
                locked=line is None and outcome_of(record.values) == "locked",
                acknowledged=record.values.get("acknowledged_at") is not None,
                matched=values.get("child") is not None,
                not_ours=values.get("no_match") is not None or choice == Choice.NOT_OURS,
                choice=code_of(Choice, choice) if choice else None,
                steps=frozenset(f.step for f in follow_ups),
                closed=values.get("closed") is not None,
            )
        )

    def _decision(self, line: Record) -> DecisionView | None:
        choice = text(line.values, "choice")
        if choice is None:
            return None
        live = self._desk.reader.live(line.id, "choice")
        review = text(line.values, "review")
        return DecisionView(
            code_of(Choice, choice),
            text(line.values, "reason"),
            text(line.values, "key_adult"),
            text(line.values, "first_adult"),
            date.fromisoformat(review) if review else None,
            self.name(live[0].author) or "",
            _wall(live[0].wall_ms),
        )

    def _follow_ups(self, line: str) -> tuple[FollowUpView, ...]:
        found = self._desk.reader.find(
            "follow_up", {"line": line, "withdrawn": None}, order="happened_at"
        )
        return tuple(
            FollowUpView(
                r.id,
                str(r.values["step"]),
                instant(r.values, "happened_at") or _wall(r.wall_ms),
                text(r.values, "text"),
                text(r.values, "child_words"),
                text(r.values, "voice_why_not"),
                self.name(r.author) or "",
                text(r.values, "told_to"),
                text(r.values, "how"),
            )
            for r in found
        )

    def owed(self, line: Record) -> Step | None:
        """What the outcome of a line still asks for: the sender told, another school told."""
        told = told_of(line.values)
        if told is None:
            if line.values.get("choice") != Choice.NOT_OURS.value and not line.values.get(
                "no_match"
            ):
                return None
            told = Told(Outcome.NOT_OURS)
        if not is_known(told.outcome) or line.values.get("closed"):
            return None
        steps = self._desk.reader.find("follow_up", {"line": line.id, "withdrawn": None})
        return owed(told, frozenset(text(step.values, "step") or "" for step in steps))

    def _child(self, child: str | None) -> ChildRow | None:
        return self._children.show(child) if child else None

    def proposals(self, notice: Record, facts: ChildLine) -> match.Proposals:
        """Who on the roll could be meant. Nothing is confirmed."""
        told = match.notified(
            facts,
            postcode=pupil_index.postcode_in(incident_of(notice.values).place),
            linked=self._relations.children_before(notice),
        )
        roll = self.roll()
        found = self._proposed.get(told)
        if found is None:
            found = self._proposed[told] = match.propose(told, roll)
        return found

    def roll(self) -> pupil_index.PupilIndex:
        """The roll made ready for matching; made again only after something was recorded."""
        version = self._desk.reader.latest(SCHOOL)
        if self._index is None or self._index[0] != version:
            records = self._desk.reader.find("child", {"withdrawn": None})
            self._index = (version, pupil_index.PupilIndex(tuple(_pupil(r) for r in records)))
            self._proposed.clear()
        return self._index[1]

    def _views(self, proposals: tuple[match.Proposal, ...]) -> tuple[ProposalView, ...]:
        return tuple(ProposalView(self._children.show(p.child), p) for p in proposals)

    def _siblings(self, notification: str, child: ChildRow | None) -> tuple[SiblingView, ...]:
        if child is None:
            return ()
        find = self._desk.reader.find
        notice = self.record(notification)
        here = {c for r in self.line_records(notification) for c in self._could_be(notice, r)}
        together: set[str] = set()
        for mine in find("line", {"child": child.id, "withdrawn": None}):
            others = find(
                "line", {"notification": mine.values.get("notification"), "withdrawn": None}
            )
            together |= {text(other.values, "child") or "" for other in others}
        offered = sibling.siblings(child.id, self.roll(), linked=together - {""}, exclude=here)
        return tuple(SiblingView(self._children.show(s.child), s.reason) for s in offered)

    def _could_be(self, notice: Record, line: Record) -> set[str]:
        """Whom a line is about, or could be: nobody is offered as a sibling whom the notice itself names."""
        child = text(line.values, "child")
        if child:
            return {child}
        return {proposal.child for proposal in self.proposals(notice, line_of(line)).fits}

    def _history(self, record: Record, lines: tuple[Record, ...]) -> tuple[HistoryItem, ...]:
        rows = {
            facts.row: facts
            for entity in (record.id, *(line.id for line in lines))
            for facts in self._desk.reader.rows_about(entity=entity)
        }
        why: dict[bytes, str | None] = {row: facts.why for row, facts in rows.items()}
        for entity, retimed in changes_of(self._desk, record.id):
            for facts in self._desk.reader.rows_about(entity=entity):
                rows[facts.row], why[facts.row] = facts, retimed.words
        return tuple(
            HistoryItem(_wall(f.wall_ms), self.name(f.author) or "", f.kind, why[f.row], f.state)
            for f in sorted(rows.values(), key=lambda f: f.t)
        )


def _pupil(record: Record) -> pupil_index.Pupil:
    values = record.values
    dob = text(values, "dob")
    return pupil_index.Pupil(
        id=record.id,
        surname=text(values, "surname") or "",
        forename=text(values, "forename") or "",
        dob=date.fromisoformat(dob) if dob else None,
        preferred_surname=text(values, "preferred_surname"),
        preferred_forename=text(values, "preferred_forename"),
        former_surname=text(values, "former_surname"),
        former_forename=text(values, "former_forename"),
        year=text(values, "year"),
        class_name=text(values, "class"),
        postcode=text(values, "postcode"),
        admission=text(values, "admission"),
    )


def _received(record: Record) -> datetime:
    return (instant(record.values, "received_at") or _wall(record.wall_ms)).astimezone(LONDON)


def _wall(wall_ms: int) -> datetime:
    return datetime.fromtimestamp(wall_ms / 1000, tz=LONDON)


def _texts(value: Value) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _closed(value: Value) -> Closed | None:
    return None if value is None else msgspec.convert(value, Closed)
