"""What a person can do with a police notification: receive, match, decide, follow through, close, reopen.

Nothing here acts by itself: every change after receipt names the person who made it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from schoolsafe.crypto.digest import sha256_hex
from schoolsafe.crypto.stream import seal_file
from schoolsafe.domain.entry import Add, Attach, NewEntry, Op, Value
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.notification import (
    Answer,
    Channel,
    ChildLine,
    Choice,
    CloseOutcome,
    Incident,
    MailDraft,
    Notice,
    NoticeKind,
    Presence,
    Sender,
    Step,
)
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.child import Children
from schoolsafe.services.desk import Desk
from schoolsafe.services.notification_entry import (
    ORIGINAL,
    READABLE,
    builtins,
    line_values,
    mail_values,
    notice_values,
    sender_of,
    text,
)
from schoolsafe.services.notification_reading import NoSuchLine, Reading
from schoolsafe.services.notification_view import NotificationRow, NotificationView
from schoolsafe.services.original import Originals
from schoolsafe.services.ports import Intake, Record

UNREADABLE = "unreadable"
_TOPICS = frozenset({Topic.NOTIFICATION, Topic.TODAY, Topic.CHRONOLOGY})
_UNDECIDED: dict[str, Value] = dict.fromkeys(
    ("choice", "reason", "key_adult", "first_adult", "review")
)
"""A decision is for one child: where another is meant, it starts anew."""


class SayWho(Refused):
    """Enter the child's name."""


class MatchFirst(Refused):
    """Confirm which child this is about, or say that nobody fits."""


class ReasonNeeded(Refused):
    """Write why before you close this."""


class DecideFirst(Refused):
    """Choose what happens this morning before you close this."""


class AlreadyClosed(Refused):
    """This is closed. Reopen it first."""


class NotClosed(Refused):
    """This is not closed."""


@dataclass(frozen=True, slots=True)
class Call:
    """A phone call as the form gives it. A call with only a name is complete."""

    child_name: str
    said: str = ""
    child: str | None = None
    """The pupil, where the person picked one: that is a confirmation."""
    dob: date | None = None
    incident: Incident = field(default_factory=Incident)
    presence: Presence = Presence.UNKNOWN
    caller: Sender = field(default_factory=Sender)
    police_reference: str = ""
    voice: str = ""
    social_care: Answer = Answer.UNKNOWN
    choice: Choice | None = None
    reason: str = ""
    received_at: datetime | None = None
    channel: Channel = Channel.PHONE
    kind: NoticeKind = NoticeKind.DOMESTIC_ABUSE


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one message."""

    name: str
    outcome: str
    """received, duplicate, locked or refused."""
    reason: str | None
    notifications: tuple[str, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided for one child."""

    choice: Choice
    reason: str = ""
    key_adult: str = ""
    first_adult: str = ""
    review: date | None = None


class Notifications:
    """The use cases of a notification."""

    def __init__(self, desk: Desk, children: Children, reading: Reading, intake: Intake) -> None:
        self._desk = desk
        self._children = children
        self._reading = reading
        self._intake = intake
        self.originals = Originals(desk)

    def list(self) -> tuple[NotificationRow, ...]:
        """Every notice, newest first."""
        return self._reading.list()

    def show(self, notification: str) -> NotificationView:
        """One notice."""
        return self._reading.show(notification)

    # receiving -------------------------------------------------------------------------------------------

    def receive_file(self, name: str, data: bytes) -> Received:
        """Takes in one message, byte for byte. A message that cannot be read is kept all the same."""
        sha = sha256_hex(data)
        known = self._desk.reader.find("notification", {"original_sha256": sha, "withdrawn": None})
        if known:
            return _duplicate(name, known)
        try:
            draft = self._intake.read_mail(data)
        except Refused as failed:
            return self._keep_unread(name, data, sha, str(failed))
        if draft.message_id:
            known = self._desk.reader.find(
                "notification", {"message_id": draft.message_id, "withdrawn": None}
            )
            # A sender chooses the id: only the same words under it are the same message.
            same = [k for k in known if self.originals.readable(k.id) == draft.texts]
            if same:
                return _duplicate(name, same)
        changes = self._record(draft, data, sha)
        made = tuple(e for e in changes.entities if e.startswith("notification:"))
        reason = draft.warnings[0] if draft.outcome == "locked" and draft.warnings else None
        return Received(name, draft.outcome, reason, made, changes)

    def _keep_unread(self, name: str, data: bytes, sha: str, reason: str) -> Received:
        """Nothing could be read: the original is kept all the same, so that a person can open it."""
        draft = MailDraft(
            outcome=UNREADABLE,
            kind=None,
            channel=Channel.POLICE_EMAIL,
            sender=Sender(),
            mail_from=Sender(),
            mail_server_check=None,
            forwarded_by=None,
            received_at=None,
            message_id=None,
            notices=(),
            texts=(),
            warnings=(reason,),
        )
        changes = self._record(draft, data, sha)
        made = tuple(e for e in changes.entities if e.startswith("notification:"))
        return Received(name, "refused", reason, made, changes)

    def _record(self, draft: MailDraft, data: bytes, sha: str) -> Changes:
        received_at = draft.received_at or self._desk.now()
        shared = mail_values(draft, received_at=received_at, original_sha256=sha)
        original = seal_file(data)
        readable = seal_file(_readable(draft))
        chunks = dict(
            zip(
                original.chunk_ids + readable.chunk_ids,
                original.chunks + readable.chunks,
                strict=True,
            )
        )
        entries: list[NewEntry] = []
        for notice in draft.notices or (Notice(kind=draft.kind),):
            notification = self._desk.ids.new("notification")
            attached: list[Op] = [
                Attach(
                    notification,
                    ORIGINAL,
                    "message/rfc822",
                    len(data),
                    sha,
                    original.key.hex(),
                    original.chunk_ids,
                ),
                Attach(
                    notification,
                    READABLE,
                    "application/json",
                    readable.size,
                    readable.sha256,
                    readable.key.hex(),
                    readable.chunk_ids,
                ),
            ]
            values = shared | notice_values(notice)
            values |= {} if notice.children else {"nobody_named": True}
            entries.append(
                NewEntry(TEAM, "notification.receive", (Add(notification, values), *attached))
            )
            entries += self._line_entries(notification, notice.children)
        return self._desk.put(entries, _TOPICS, chunks=chunks)

    def _line_entries(
        self, notification: str, children: Sequence[ChildLine], start: int = 1
    ) -> tuple[NewEntry, ...]:
        return tuple(
            NewEntry(
                TEAM,
                "notification.name_child",
                (
                    Add(
                        self._desk.ids.new("line"),
                        line_values(line, notification=notification, number=number),
                    ),
                ),
            )
            for number, line in enumerate(children, start)
        )

    def log_call(self, call: Call) -> Changes:
        """A phone call, as complete as the caller made it.

        Raises:
            SayWho: no name was given.
            MatchFirst: a choice was made, and no pupil picked it could be for.
        """
        name = call.child_name.strip()
        if not name:
            raise SayWho
        if call.choice not in {None, Choice.NOT_OURS} and not call.child:
            raise MatchFirst
        notification = self._desk.ids.new("notification")
        now = self._desk.now()
        line = ChildLine(
            name_as_sent=name,
            surname=name.rpartition(" ")[2] or None,
            forename=name.rpartition(" ")[0] or None,
            dob=call.dob,
            presence=call.presence,
            voice=call.voice.strip() or None,
        )
        notice = Notice(
            kind=call.kind,
            police_reference=call.police_reference.strip() or None,
            incident=call.incident,
            circumstances=call.said.strip() or None,
            social_care_referral=call.social_care,
            source="call",
        )
        values = notice_values(notice) | {
            "outcome": "received",
            "channel": call.channel.value,
            "received_at": (call.received_at or now).isoformat(),
            "sender": builtins(call.caller),
            "opened_at": now.isoformat(),
            "opened_by": self._desk.actor.person,
            "acknowledged_at": now.isoformat(),
            "acknowledged_by": self._desk.actor.person,
        }
        line_entity = self._desk.ids.new("line")
        child_values = line_values(line, notification=notification, number=1)
        if call.child:
            self._children.show(call.child)
            child_values |= {"child": call.child, "match_why": "picked"}
        if call.choice:
            child_values |= {"choice": call.choice.value}
            child_values |= {"reason": call.reason.strip()} if call.reason.strip() else {}
        return self._desk.put(
            [
                NewEntry(TEAM, "notification.log_call", (Add(notification, values),)),
                NewEntry(
                    TEAM,
                    "notification.name_child",
                    (Add(line_entity, child_values),),
                    subject=call.child,
                ),
            ],
            _TOPICS,
        )

    def last_caller(self) -> Sender:
        """Who rang last, so that nobody types it twice; empty before the first call."""
        calls = self._desk.reader.find(
            "notification",
            {"channel": Channel.PHONE.value, "withdrawn": None},
            order="-received_at",
            limit=1,
        )
        return sender_of(calls[0].values) if calls else Sender()

    def name_child(self, notification: str, *, name: str = "", child: str | None = None) -> Changes:
        """Adds a child to a notice: one the reader missed, or a sibling on offer.

        Raises:
            SayWho: neither a name nor a pupil.
        """
        record = self._reading.record(notification)
        if child:
            name = self._children.show(child).name
        if not name.strip():
            raise SayWho
        last = name.strip().rpartition(" ")
        line = ChildLine(
            name_as_sent=name.strip(), surname=last[2] or None, forename=last[0] or None
        )
        others = self._reading.line_records(notification)
        number = max((int(str(other.values["number"])) for other in others), default=0) + 1
        values = line_values(line, notification=notification, number=number)
        if child:
            values |= {"child": child, "match_why": "sibling" if others else "picked"}
            values |= {"sibling_of": others[0].id} if others else {}
        ops: list[Op] = [Add(self._desk.ids.new("line"), values)]
        if record.values.get("nobody_named"):
            ops += self._desk.setting(notification, {"nobody_named": None})
        return self._save(
            notification, [NewEntry(TEAM, "notification.name_child", tuple(ops), subject=child)]
        )

    # the human steps -------------------------------------------------------------------------------------

    def opened(self, notification: str) -> Changes:
        """Remembers who opened it first; received-to-opened is the measure of an unwatched inbox."""
        record = self._reading.record(notification)
        if record.values.get("opened_at"):
            return Changes.none()
        return self._mark(notification, "opened", "notification.open")

    def acknowledge(self, notification: str) -> Changes:
        """The school has taken note of it."""
        record = self._reading.record(notification)
        if record.values.get("acknowledged_at"):
            return Changes.none()
        return self._mark(notification, "acknowledged", "notification.acknowledge")

    def _mark(self, notification: str, what: str, kind: str) -> Changes:
        values: dict[str, Value] = {
            f"{what}_at": self._desk.now().isoformat(),
            f"{what}_by": self._desk.actor.person,
        }
        ops = self._desk.setting(notification, values)
        return self._desk.put([NewEntry(TEAM, kind, ops)], frozenset({Topic.TODAY}))

    def match(self, notification: str, line: int, child: str, *, why: str = "") -> Changes:
        """A person says which pupil is meant. What was decided for another child does not pass on.

        Raises:
            AlreadyClosed: its line is closed. NoSuchChild: no such pupil.
        """
        record = self._open_line(notification, line)
        self._children.show(child)
        values: dict[str, Value] = {"child": child, "match_why": why or None, "no_match": None}
        if record.values.get("child") != child:
            values |= _UNDECIDED
        return self._change(notification, record, "notification.match", values, subject=child)

    def no_match(self, notification: str, line: int, reason: str) -> Changes:
        """A person says that nobody on the roll fits; no file is opened.

        Raises:
            ReasonNeeded: without a reason. AlreadyClosed: its line is closed.
        """
        record = self._open_line(notification, line)
        if not reason.strip():
            raise ReasonNeeded
        values: dict[str, Value] = {"child": None, "match_why": None, "no_match": reason.strip()}
        if record.values.get("choice") != Choice.NOT_OURS:
            values |= _UNDECIDED
        return self._change(notification, record, "notification.no_match", values)

    def unmatch(self, notification: str, line: int) -> Changes:
        """Takes a confirmed match back, and what was decided with it; both stay on record.

        Raises:
            AlreadyClosed: its line is closed.
        """
        record = self._open_line(notification, line)
        values: dict[str, Value] = {"child": None, "match_why": None, "no_match": None}
        return self._change(
            notification,
            record,
            "notification.match",
            values | _UNDECIDED,
            subject=text(record.values, "child"),
        )

    def decide(self, notification: str, line: int, decision: Decision) -> Changes:
        """What happens for one child. The reason may wait until the end of the day.

        Raises:
            MatchFirst: nobody has said which child this is, and the choice is not "not our pupil".
            AlreadyClosed: its line is closed.
        """
        record = self._open_line(notification, line)
        entry = self._decision(record, decision)
        return self._save(notification, [entry]) if entry.ops else Changes.none()

    def decide_all(self, notification: str, decision: Decision) -> Changes:
        """The same for every child of a notice that is not closed: all of them, or none.

        Raises:
            SayWho: it names nobody yet. MatchFirst, AlreadyClosed: as ``decide``.
        """
        self._reading.record(notification)
        lines = self._reading.line_records(notification)
        if not lines:
            raise SayWho
        working = [record for record in lines if not record.values.get("closed")]
        if not working:
            raise AlreadyClosed
        entries = [self._decision(record, decision) for record in working]
        wanted = [entry for entry in entries if entry.ops]
        return self._save(notification, wanted) if wanted else Changes.none()

    def _decision(self, line: Record, decision: Decision) -> NewEntry:
        child = text(line.values, "child")
        if child is None and decision.choice is not Choice.NOT_OURS:
            raise MatchFirst
        values: dict[str, Value] = {"choice": decision.choice.value, "left_for_later": None}
        if line.values.get("choice") != decision.choice:
            values["reason"] = None  # the reason for one choice is not the reason for another
        given = {
            "reason": decision.reason.strip(),
            "key_adult": decision.key_adult.strip(),
            "first_adult": decision.first_adult.strip(),
            "review": decision.review.isoformat() if decision.review else "",
        }
        values |= {name: said for name, said in given.items() if said}
        ops = self._desk.setting(line.id, values)
        return NewEntry(TEAM, "notification.decide", ops, subject=child)

    def give_reason(self, notification: str, line: int, reason: str) -> Changes:
        """Writes why, later in the day.

        Raises:
            ReasonNeeded: nothing was written. AlreadyClosed: its line is closed.
        """
        record = self._open_line(notification, line)
        if not reason.strip():
            raise ReasonNeeded
        subject = text(record.values, "child")
        return self._change(
            notification,
            record,
            "notification.give_reason",
            {"reason": reason.strip()},
            subject=subject,
        )

    def leave(self, notification: str, line: int) -> Changes:
        """Left for later today, by a person.

        Raises:
            AlreadyClosed: its line is closed.
        """
        record = self._open_line(notification, line)
        subject = text(record.values, "child")
        return self._change(
            notification, record, "notification.leave", {"left_for_later": True}, subject=subject
        )

    # following through -----------------------------------------------------------------------------------

    def follow_up(
        self,
        notification: str,
        line: int,
        step: Step,
        *,
        words: str = "",
        child_words: str = "",
        voice_why_not: str = "",
        happened_at: datetime | None = None,
    ) -> Changes:
        """One step after the decision, with the child's words or why nothing was asked.

        Raises:
            MatchFirst: nobody has said which child this is.
        """
        record = self._line(notification, line)
        child = text(record.values, "child")
        if child is None and step is not Step.SENDER_TOLD:
            raise MatchFirst
        values: dict[str, Value] = {
            "line": record.id,
            "step": step.value,
            "happened_at": (happened_at or self._desk.now()).isoformat(),
        }
        values |= {"child": child} if child else {}
        given = {"text": words, "child_words": child_words, "voice_why_not": voice_why_not}
        values |= {name: said.strip() for name, said in given.items() if said.strip()}
        add = Add(self._desk.ids.new("follow_up"), values)
        return self._desk.put(
            [NewEntry(TEAM, "notification.follow_up", (add,), subject=child)], _TOPICS
        )

    def close(self, notification: str, line: int, *, outcome: CloseOutcome, reason: str) -> Changes:
        """Ends the school's work on one child's line, with outcome and reason.

        Raises:
            DecideFirst: no choice was made. ReasonNeeded: the choice, or the closing, has no reason.
            AlreadyClosed: it is.
        """
        record = self._open_line(notification, line)
        if record.values.get("choice") is None and record.values.get("no_match") is None:
            raise DecideFirst
        if not reason.strip() or not (record.values.get("reason") or record.values.get("no_match")):
            raise ReasonNeeded
        closed: dict[str, Value] = {
            "outcome": outcome.value,
            "reason": reason.strip(),
            "at": self._desk.now().isoformat(),
        }
        subject = text(record.values, "child")
        return self._change(
            notification,
            record,
            "notification.close",
            {"closed": closed},
            subject=subject,
            why=reason.strip(),
        )

    def reopen(self, notification: str, line: int, *, reason: str) -> Changes:
        """Takes up the work again.

        Raises:
            NotClosed: it is open. ReasonNeeded: no reason.
        """
        record = self._line(notification, line)
        if not record.values.get("closed"):
            raise NotClosed
        if not reason.strip():
            raise ReasonNeeded
        subject = text(record.values, "child")
        return self._change(
            notification,
            record,
            "notification.reopen",
            {"closed": None},
            subject=subject,
            why=reason.strip(),
        )

    # ------------------------------------------------------------------------------------------------------

    def _line(self, notification: str, number: int) -> Record:
        self._reading.record(notification)
        for record in self._reading.line_records(notification):
            if record.values.get("number") == number:
                return record
        raise NoSuchLine

    def _open_line(self, notification: str, number: int) -> Record:
        record = self._line(notification, number)
        if record.values.get("closed"):
            raise AlreadyClosed
        return record

    def _change(
        self,
        notification: str,
        line: Record,
        kind: str,
        values: dict[str, Value],
        *,
        subject: str | None = None,
        why: str | None = None,
    ) -> Changes:
        ops = self._desk.setting(line.id, values)
        if not ops:
            return Changes.none()
        return self._save(notification, [NewEntry(TEAM, kind, ops, subject=subject, why=why)])

    def _save(self, notification: str, entries: Sequence[NewEntry]) -> Changes:
        """In one commit; whoever does anything with a notice has taken note of it."""
        values = self._reading.record(notification).values
        if values.get("acknowledged_at"):
            return self._desk.put(entries, _TOPICS)
        stamp: dict[str, Value] = {
            "acknowledged_at": self._desk.now().isoformat(),
            "acknowledged_by": self._desk.actor.person,
        }
        ops = self._desk.setting(notification, stamp)
        return self._desk.put([*entries, NewEntry(TEAM, "notification.acknowledge", ops)], _TOPICS)


def _duplicate(name: str, known: Sequence[Record]) -> Received:
    ids = tuple(record.id for record in known)
    return Received(name, "duplicate", None, ids, Changes.none())


def _readable(draft: MailDraft) -> bytes:
    import msgspec  # noqa: PLC0415  # keeps the module's own imports to what its types need

    return msgspec.json.encode({"texts": draft.texts})
