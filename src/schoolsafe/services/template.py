"""How areas write, taught by example: a message is opened, marked, tried on others, kept for the team.

Whatever a template reads is a proposal like any other reading; nothing here confirms anything. Left to
others: the words beside a mark (domain.template_derive), reading with a template (intake), the file form (wire).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from schoolsafe.domain.entry import Add, NewEntry, Value
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.notification import MailDraft, Read, Sender
from schoolsafe.domain.template import FORMAT, MOST_TEMPLATES, Template, plain, problems
from schoolsafe.domain.template_derive import Derived, Selection, derive, suspects
from schoolsafe.errors import Refused
from schoolsafe.services.audit import Act, Audit
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.desk import LONDON, Desk
from schoolsafe.services.notification_entry import sender_of, text
from schoolsafe.services.original import AttachmentElsewhere, Originals
from schoolsafe.services.ports import Record
from schoolsafe.services.ports_outside import Intake, PupilList
from schoolsafe.services.template_reading import Reading, read_back
from schoolsafe.wire.template import TemplateUnusable, from_toml, from_value, to_toml, to_value

TOPICS = frozenset({Topic.TEMPLATE})
MOST_OTHERS = 4
"""Other messages of one sender that a template is tried on."""
_LOOKED_THROUGH = 200


class NoSuchTemplate(Refused):
    """There is no template called {name}."""


class NotThisTemplate(Refused):
    """The template cannot be kept: {why}."""


class MayNameAChild(Refused):
    """Look at these words first, one may be a name: {words}."""


@dataclass(frozen=True, slots=True)
class TemplateView:
    """One template as the school has it."""

    id: str | None
    """None for one that came with the program."""
    template: Template
    saved_by: str | None = None
    saved_at: datetime | None = None

    @property
    def shipped(self) -> bool:
        """Whether it came with the program."""
        return self.id is None


@dataclass(frozen=True, slots=True)
class Example:
    """A message to learn from: what can be marked, and whose it is."""

    texts: tuple[str, ...]
    data: bytes
    sender: str
    """Its mail domain; empty where none is told."""
    kind: str
    channel: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """One message read with a template."""

    received_at: datetime | None
    """None for the example itself."""
    texts: tuple[str, ...]
    readings: tuple[Reading, ...]
    by_template: bool
    """Whether the template knew it."""


class TaughtIntake:
    """The readers, with the school's own templates handed to each message."""

    def __init__(self, intake: Intake, templates: "Templates") -> None:
        self._intake = intake
        self._templates = templates

    def read_mail(self, data: bytes, *, templates: Sequence[Template] = ()) -> MailDraft:
        """A message into a draft."""
        return self._intake.read_mail(data, templates=self._all(templates))

    def read_mails(
        self, files: Sequence[bytes], *, templates: Sequence[Template] = ()
    ) -> tuple[MailDraft | Refused, ...]:
        """Several messages."""
        return self._intake.read_mails(files, templates=self._all(templates))

    def read_pupil_list(
        self, data: bytes, *, columns: Mapping[str, str] | None = None
    ) -> PupilList:
        """A list into rows."""
        return self._intake.read_pupil_list(data, columns=columns)

    def _all(self, more: Sequence[Template]) -> tuple[Template, ...]:
        return (*more, *self._templates.in_use())[:MOST_TEMPLATES]


class Templates:
    """What a person can do with templates."""

    def __init__(
        self, desk: Desk, intake: Intake, audit: Audit, shipped: Sequence[Template] = ()
    ) -> None:
        self._desk = desk
        self._intake = intake
        self._audit = audit
        self._shipped = tuple(shipped)
        self._originals = Originals(desk)
        self._kept: tuple[int, tuple[Template, ...]] | None = None

    # what there is --------------------------------------------------------------------------------

    def list(self) -> tuple[TemplateView, ...]:
        """The school's own, newest first, then those that came with the program."""
        self._desk.must_read(TEAM)
        own = [view for record in self._records() if (view := self._view(record)) is not None]
        own.sort(
            key=lambda view: view.saved_at or datetime.min.replace(tzinfo=LONDON), reverse=True
        )
        return (*own, *(TemplateView(None, each) for each in self._shipped))

    def show(self, name: str) -> TemplateView:
        """One template, by its id or its name.

        Raises:
            NoSuchTemplate: there is none.
        """
        for view in self.list():
            if name in {view.id, view.template.name}:
                return view
        raise NoSuchTemplate(name=name)

    def in_use(self) -> tuple[Template, ...]:
        """The school's own, for the reader; read from the record again only after something was saved."""
        version = self._desk.reader.totals().rows
        if self._kept is None or self._kept[0] != version:
            views = (self._view(record) for record in self._records())
            found = tuple(view.template for view in views if view is not None)
            self._kept = version, found[:MOST_TEMPLATES]
        return self._kept[1]

    def _records(self) -> tuple[Record, ...]:
        return self._desk.reader.find("mail_template", {"withdrawn": None}, order="name")

    def _view(self, record: Record) -> TemplateView | None:
        try:
            template = from_value(record.values.get("body"))
        except TemplateUnusable:
            return None  # why: what a newer release wrote is passed over, the rest goes on
        live = self._desk.reader.live(record.id, "body")
        who = self._desk.reader.get(live[0].author) if live else None
        saved_by = text(who.values, "name") if who else None
        at = datetime.fromtimestamp(live[0].wall_ms / 1000, tz=LONDON) if live else None
        return TemplateView(record.id, template, saved_by, at)

    # teaching ---------------------------------------------------------------------------------------

    def example(self, notification: str) -> Example:
        """A message on record, to learn from.

        Raises:
            AttachmentElsewhere: it is on another computer, or there is none (a phone call).
        """
        record = self._desk.reader.get(notification)
        if record is None:
            raise AttachmentElsewhere
        sealed = [a for a in self._originals.list(notification) if a.name.startswith("original")]
        if not sealed:
            raise AttachmentElsewhere
        return Example(
            texts=self._originals.readable(notification),
            data=self._originals.read(notification, sealed[0].name),
            sender=_domain(sender_of(record.values))
            or _domain(sender_of(record.values, "mail_from")),
            kind=text(record.values, "kind") or "",
            channel=text(record.values, "channel") or "",
            sha256=text(record.values, "original_sha256") or "",
        )

    def example_of_file(self, data: bytes) -> Example:
        """A message from a file, to learn from; nothing of it goes on record.

        Raises:
            UnreadableFile: with the reason.
        """
        draft = self._intake.read_mail(data)
        return Example(
            texts=draft.texts,
            data=data,
            sender=_domain(draft.sender) or _domain(draft.mail_from),
            kind=draft.kind.value if draft.kind else "",
            channel=draft.channel.value,
        )

    def propose(
        self, example: Example, part: int, selections: Iterable[Selection], frame: Template
    ) -> Derived:
        """A template from what was marked in one text of the example."""
        return derive(example.texts[part], selections, frame)

    def try_on(self, example: Example, template: Template) -> tuple[Tried, ...]:
        """What the template reads from the example, then from other messages of the same sender.

        Raises:
            NotThisTemplate: it does not hold.
        """
        _must_hold(template)
        others = self._others(example)
        files = [example.data, *(data for _at, data in others)]
        drafts = self._intake.read_mails(files, templates=(template,))
        when = [None, *(at for at, _data in others)]
        return tuple(
            Tried(at, draft.texts, read_back(draft), _knew(draft))
            for at, draft in zip(when, drafts, strict=True)
            if isinstance(draft, MailDraft)
        )

    def _others(self, example: Example) -> Sequence[tuple[datetime | None, bytes]]:
        """The newest other messages of the same mail domain that are whole here."""
        found: dict[str, tuple[datetime | None, bytes]] = {}
        records = self._desk.reader.find(
            "notification", {"withdrawn": None}, order="-received_at", limit=_LOOKED_THROUGH
        )
        for record in records:
            sha = text(record.values, "original_sha256") or ""
            same = example.sender and example.sender in {
                _domain(sender_of(record.values)),
                _domain(sender_of(record.values, "mail_from")),
            }
            if not same or sha in found or sha == example.sha256:
                continue
            try:
                other = self.example(record.id)
            except AttachmentElsewhere:
                continue
            received = text(record.values, "received_at")
            found[sha] = (datetime.fromisoformat(received) if received else None, other.data)
            if len(found) == MOST_OTHERS:
                break
        return tuple(found.values())

    # keeping ------------------------------------------------------------------------------------------

    def save(self, template: Template, *, instead_of: str | None = None) -> Changes:
        """Keeps a template for the team: a new one, or another version of one that stands.

        Raises:
            NotThisTemplate: it does not hold. NoSuchTemplate: nothing stands under that id.
        """
        self._desk.must_read(TEAM)
        _must_hold(template)
        named = replace(
            template,
            name=plain(template.name),
            checked=template.checked or self._desk.now().date().isoformat(),
        )
        values: dict[str, Value] = {"name": named.name, "format": FORMAT, "body": to_value(named)}
        if instead_of is None:
            add = Add(self._desk.ids.new("mail_template"), values)
            return self._desk.put([NewEntry(TEAM, "mail_template.teach", (add,))], TOPICS)
        self._own(instead_of)
        ops = self._desk.setting(instead_of, values)
        if not ops:
            return Changes.none()
        return self._desk.put([NewEntry(TEAM, "mail_template.change", ops)], TOPICS)

    def withdraw(self, name: str) -> Changes:
        """Takes a template out of use; it stays on record.

        Raises:
            NoSuchTemplate: the school has none of that name.
        """
        entity = self._own(name)
        ops = self._desk.setting(entity, {"withdrawn": "withdrawn"})
        return self._desk.put([NewEntry(TEAM, "mail_template.withdraw", ops)], TOPICS)

    def _own(self, name: str) -> str:
        view = self.show(name)
        if view.id is None:
            raise NoSuchTemplate(name=name)
        return view.id

    # to and from another school --------------------------------------------------------------------

    def suspects(self, template: Template) -> tuple[tuple[int, str], ...]:
        """Words beside the marks that may be somebody's name: a pupil's, or one with a capital."""
        return suspects(template, self.pupil_names())

    def pupil_names(self) -> frozenset[str]:
        """Every word of a pupil's name, in lower case."""
        found = set()
        for record in self._desk.reader.find("child", {"withdrawn": None}):
            for name in ("surname", "forename", "preferred_surname", "preferred_forename"):
                said = (text(record.values, name) or "").lower()
                found |= {said, *said.replace("-", " ").split()}
        return frozenset(word for word in found if len(word) > 2)  # noqa: PLR2004  # an initial is no name

    def file(self, template: Template) -> bytes:
        """The file for another school, as it would be written."""
        return to_toml(template)

    def export(self, name: str, *, looked_at: bool = False) -> bytes:
        """The file for another school, with a line in the audit log.

        Raises:
            NoSuchTemplate: there is none. MayNameAChild: a word may be a name, and nobody looked at it.
        """
        view = self.show(name)
        words = [word for _number, word in self.suspects(view.template)]
        if words and not looked_at:
            raise MayNameAChild(words=", ".join(words[:10]))
        self._audit.write(Act.EXPORTED, what="mail_template", about=view.id)
        return to_toml(view.template)

    def from_file(self, data: bytes) -> Template:
        """The template of a file another school gave; nothing is kept yet.

        Raises:
            TemplateUnusable: with what is wrong and where.
        """
        return from_toml(data)


def _must_hold(template: Template) -> None:
    if wrong := problems(template):
        raise NotThisTemplate(why=wrong[0].rstrip("."))


def _domain(sender: Sender) -> str:
    return (sender.address or "").rpartition("@")[2].lower()


def _knew(draft: MailDraft) -> bool:
    return any(
        span.read is Read.TEMPLATE
        for notice in draft.notices
        for spans in (notice.spans, *(child.spans for child in notice.children))
        for span in spans.values()
    )
