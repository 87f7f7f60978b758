"""How a notification arrives: a message byte for byte, a phone call, a child the reader missed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
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
    Incident,
    MailDraft,
    Notice,
    NoticeKind,
    Presence,
    Sender,
)
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes
from schoolsafe.services.notification_bench import TOPICS, Bench, MatchFirst
from schoolsafe.services.notification_entry import (
    ORIGINAL,
    PAGE,
    READABLE,
    builtins,
    line_values,
    mail_values,
    notice_values,
    sender_of,
)
from schoolsafe.services.ports import Record
from schoolsafe.words import N_, _

UNREADABLE = "unreadable"
UNKNOWN_MEDIA = "application/octet-stream"
"""Of a file that no reader took."""
STILL_LOCKED = N_(
    "This message is still locked. Open it in Outlook, then choose File, Save as PDF, and drop the"
    " PDF on it, or paste its words."
)


TAKEN_OUT = N_("This message came before and was not about your pupil. What it said was taken out.")


class SayWho(Refused):
    """Enter the child's name."""


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


class Arrivals(Bench):
    """Receiving. Nothing here says who is meant, unless the person picked the pupil."""

    def receive_file(self, name: str, data: bytes) -> Received:
        """Takes in one message, byte for byte. A message that cannot be read is kept all the same."""
        return self.receive_files([(name, data)])[0]

    def receive_files(self, files: Sequence[tuple[str, bytes]]) -> tuple[Received, ...]:
        """Takes in several messages, in their order; each is on record whole before the next is.

        They are read together, in as few child processes as it takes: a morning of twenty-five is
        then a matter of seconds. What is here already is not read again.
        """
        shas = [sha256_hex(data) for _name, data in files]
        new = [n for n, sha in enumerate(shas) if not self._known(sha)]
        drafts = dict(zip(new, self._intake.read_mails([files[n][1] for n in new]), strict=True))
        return tuple(
            self._take(name, data, sha, drafts.get(n))
            for n, ((name, data), sha) in enumerate(zip(files, shas, strict=True))
        )

    def _known(self, sha: str) -> tuple[Record, ...]:
        return self._desk.reader.find("notification", {"original_sha256": sha, "withdrawn": None})

    def _take(
        self, name: str, data: bytes, sha: str, draft: MailDraft | Refused | None
    ) -> Received:
        known = self._known(sha)
        if known or draft is None:
            return _duplicate(name, known)
        if self._desk.reader.count("not_ours", {"original_sha256": sha}):
            return Received(name, "duplicate", _(TAKEN_OUT), (), Changes.none())
        if isinstance(draft, Refused):
            return self._keep_unread(name, data, sha, str(draft))
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
        reason = _(STILL_LOCKED) if draft.outcome == "locked" else None
        return Received(name, draft.outcome, reason, made, changes)

    def keep_unread(self, name: str, data: bytes, reason: str) -> Received:
        """A message that could not be had whole: its heading lines, and why; a person opens it where it is."""
        sha = sha256_hex(data)
        known = self._desk.reader.find("notification", {"original_sha256": sha, "withdrawn": None})
        return _duplicate(name, known) if known else self._keep_unread(name, data, sha, reason)

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
            media=UNKNOWN_MEDIA,
        )
        changes = self._record(draft, data, sha)
        made = tuple(e for e in changes.entities if e.startswith("notification:"))
        return Received(name, "refused", reason, made, changes)

    def _record(self, draft: MailDraft, data: bytes, sha: str) -> Changes:
        received_at = draft.received_at or self._desk.now()
        shared = mail_values(draft, received_at=received_at, original_sha256=sha)
        chunks: dict[str, bytes] = {}
        kept = [
            sealed("", ORIGINAL, draft.media, data, chunks),
            sealed("", READABLE, "application/json", _readable(draft), chunks),
            *(
                sealed("", PAGE.format(n=n), "image/png", page, chunks)
                for n, page in enumerate(draft.pages, 1)
            ),
        ]
        entries: list[NewEntry] = []
        for notice in draft.notices or (Notice(kind=draft.kind),):
            notification = self._desk.ids.new("notification")
            attached: list[Op] = [replace(each, entity=notification) for each in kept]
            values = shared | (notice_values(notice) if draft.notices else _only_kind(draft))
            values |= {} if notice.children else {"nobody_named": True}
            entries.append(
                NewEntry(TEAM, "notification.receive", (Add(notification, values), *attached))
            )
            entries += self._line_entries(notification, notice.children)
        return self._desk.put(entries, TOPICS, chunks=chunks)

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
            TOPICS,
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
        return self.save(
            notification, [NewEntry(TEAM, "notification.name_child", tuple(ops), subject=child)]
        )


def _only_kind(draft: MailDraft) -> dict[str, Value]:
    """Of a message nobody could read only its kind is told: the rest may still come, and is set once."""
    return {"kind": draft.kind.value} if draft.kind else {}


def sealed(entity: str, name: str, mime: str, data: bytes, chunks: dict[str, bytes]) -> Attach:
    """Bytes sealed as an attachment; the sealed parts go into ``chunks``."""
    shut = seal_file(data)
    chunks |= zip(shut.chunk_ids, shut.chunks, strict=True)
    return Attach(entity, name, mime, shut.size, shut.sha256, shut.key.hex(), shut.chunk_ids)


def _duplicate(name: str, known: Sequence[Record]) -> Received:
    ids = tuple(record.id for record in known)
    return Received(name, "duplicate", None, ids, Changes.none())


def _readable(draft: MailDraft) -> bytes:
    import msgspec  # noqa: PLC0415  # keeps the module's own imports to what its types need

    return msgspec.json.encode({"texts": draft.texts})
