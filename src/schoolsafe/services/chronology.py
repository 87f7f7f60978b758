"""A child's chronology: every dated thing on record, both dates shown, corrections struck through.

Left to others: counts, gaps and rules (domain.chronology), prints (reports).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from schoolsafe.domain import chronology as rules
from schoolsafe.domain.chronology import EntryKind, Significance
from schoolsafe.domain.entry import Add, Fix, NewEntry, Value
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.ids import noun_of
from schoolsafe.domain.notification import Incident, NoticeKind
from schoolsafe.domain.schema import BY_NAME
from schoolsafe.errors import Refused
from schoolsafe.services.audit import Act, Audit
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.child import Children, ChildRow
from schoolsafe.services.desk import LONDON, Desk
from schoolsafe.services.notification_entry import convert, instant, text
from schoolsafe.services.ports import Correction, Record

_TOPICS = frozenset({Topic.CHRONOLOGY, Topic.TODAY})
_FIXABLE = {
    "entry": "text",
    "notification": "circumstances",
    "follow_up": "text",
    "told_slip": "text",
}


class NoSuchEntry(Refused):
    """There is no such entry here."""


class WordsNeeded(Refused):
    """Write what happened."""


class WhyNeeded(Refused):
    """Write why this is corrected."""


class NotYet(Refused):
    """The date must be today or in the past."""


@dataclass(frozen=True, slots=True)
class EntryForm:
    """An ordinary entry as the form gives it."""

    child: str
    kind: EntryKind
    text: str
    happened: datetime | None = None
    """None: now."""
    day_only: bool = False
    title: str = ""
    child_words: str = ""
    voice_why_not: str = ""
    present: str = ""
    place: str = ""
    action: str = ""
    outcome: str = ""
    significance: Significance = Significance.ROUTINE


@dataclass(frozen=True, slots=True)
class Struck:
    """Earlier words, with who changed them, when and why."""

    words: str
    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """One line of the chronology."""

    id: str
    """The entity; ``fix`` takes it."""
    kind: str
    """notification, concern, contact_parent, contact_agency, observation, meeting, told_slip, follow_up."""
    title: str
    happened: datetime | None
    happened_exact: bool
    """False where only the day is known."""
    written: datetime
    author: str
    summary: str
    child_words: str | None
    significance: str
    fixed_by: tuple[Struck, ...]
    conflicts: tuple[str, ...]
    notification: str | None = None
    """The notice behind it, where there is one."""
    step: str | None = None
    choice: str | None = None
    state: str = "here"


@dataclass(frozen=True, slots=True)
class ChronologyView:
    """A child's chronology, newest first, with its pattern."""

    child: ChildRow
    entries: tuple[EntryView, ...]
    counts: rules.Counts
    gaps: rules.Gaps
    prompts: tuple[rules.Prompt, ...]
    hidden: int
    """How many a filter hides; a filter never hides a notification without saying so."""
    hidden_notifications: int
    notified: tuple[date, ...]
    contacts: tuple[date, ...]


class Chronologies:
    """What a person can do with a chronology."""

    def __init__(self, desk: Desk, children: Children, audit: Audit) -> None:
        self._desk = desk
        self._children = children
        self._audit = audit

    def show(
        self, child: str, *, as_of: date | None = None, kinds: Sequence[str] = (), words: str = ""
    ) -> ChronologyView:
        """Everything on record about a child; with ``as_of`` as it stood at the end of that day."""
        row = self._children.show(child)
        limit = datetime.combine(as_of, time.max, LONDON) if as_of else None
        today = as_of or self._desk.now().date()
        everything = self._entries(child, limit)
        shown = tuple(e for e in everything if _wanted(e, kinds, words))
        notices = [
            e
            for e in everything
            if e.kind == "notification" and e.title == NoticeKind.DOMESTIC_ABUSE
        ]
        notified = tuple((e.happened or e.written).date() for e in notices)
        hidden = [e for e in everything if e not in shown]
        return ChronologyView(
            child=row,
            entries=shown,
            counts=rules.counts(notified, today),
            gaps=rules.gaps(notified),
            prompts=self._prompts(child, notices, today),
            hidden=len(hidden),
            hidden_notifications=sum(e.kind == "notification" for e in hidden),
            notified=notified,
            contacts=tuple(
                (e.happened or e.written).date() for e in everything if e.kind != "notification"
            ),
        )

    def opened(self, child: str) -> None:
        """Logs that this person opened this child's file."""
        self._audit.write(Act.OPENED, what="chronology", about=child)

    def add(self, form: EntryForm) -> Changes:
        """An ordinary entry.

        Raises:
            WordsNeeded: nothing was written. NotYet: it lies in the future.
        """
        child = self._children.show(form.child)
        now = self._desk.now()
        happened = form.happened or now
        if not form.text.strip():
            raise WordsNeeded
        if happened > now:
            raise NotYet
        values: dict[str, Value] = {
            "child": child.id,
            "kind": form.kind.value,
            "happened": happened.isoformat(),
            "happened_precision": "day" if form.day_only else "exact",
            "significance": form.significance.value,
            "text": form.text.strip(),
        }
        optional = (
            "title",
            "child_words",
            "voice_why_not",
            "present",
            "place",
            "action",
            "outcome",
        )
        values |= {name: said for name in optional if (said := str(getattr(form, name)).strip())}
        add = Add(self._desk.ids.new("entry"), values)
        return self._desk.put([NewEntry(TEAM, "entry.write", (add,), subject=child.id)], _TOPICS)

    def fix(self, entry: str, *, new_text: str, reason: str) -> Changes:
        """Corrects an entry: the old words stay, struck through, with who and why.

        Raises:
            NoSuchEntry: not here, or of a kind with no words. WordsNeeded, WhyNeeded: one is missing.
        """
        record = self._desk.reader.get(entry)
        field = _FIXABLE.get(noun_of(entry))
        if record is None or field is None:
            raise NoSuchEntry
        if not new_text.strip():
            raise WordsNeeded
        if not reason.strip():
            raise WhyNeeded
        subject = text(record.values, "child")
        circle = BY_NAME[record.noun].circle
        fix = NewEntry(
            circle,
            "entry.fix",
            (Fix(entry, field, new_text.strip()),),
            subject=subject,
            why=reason.strip(),
        )
        return self._desk.put([fix], _TOPICS)

    def decide(self, child: str, prompt: rules.Prompt, *, decision: str, reason: str) -> Changes:
        """Answers a prompt: refer, escalate or continue, with a reason. The same evidence is not asked about twice.

        Raises:
            WhyNeeded: without a reason.
        """
        if not reason.strip():
            raise WhyNeeded
        values: dict[str, Value] = {
            "child": child,
            "rule": prompt.rule.id,
            "evidence": list(prompt.evidence),
            "decision": decision,
            "reason": reason.strip(),
        }
        add = Add(self._desk.ids.new("rule_decision"), values)
        return self._desk.put([NewEntry(TEAM, "rule.decide", (add,), subject=child)], _TOPICS)

    # ------------------------------------------------------------------------------------------------------

    def _prompts(
        self, child: str, notices: Sequence[EntryView], today: date
    ) -> tuple[rules.Prompt, ...]:
        decided = frozenset(
            (str(r.values["rule"]), tuple(str(e) for e in evidence))
            for r in self._desk.reader.find("rule_decision", {"child": child})
            if isinstance(evidence := r.values.get("evidence"), list)
        )
        dated = tuple(((e.happened or e.written).date(), e.id) for e in notices)
        return rules.prompts(dated, on=today, decided=decided)

    def _entries(self, child: str, limit: datetime | None) -> tuple[EntryView, ...]:
        find = self._desk.reader.find
        own: list[Record] = [
            *find("entry", {"child": child, "withdrawn": None}),
            *find("follow_up", {"child": child, "withdrawn": None}),
            *find("told_slip", {"child": child, "withdrawn": None}),
        ]
        lines = find("line", {"child": child, "withdrawn": None})
        notices = [
            (line, self._desk.reader.get(str(line.values["notification"]))) for line in lines
        ]
        entities = [r.id for r in own] + [n.id for _, n in notices if n]
        corrections: dict[str, list[Correction]] = {}
        for fix in self._desk.reader.corrections(entities) if entities else ():
            if limit is None or _wall(fix.wall_ms) <= limit:
                corrections.setdefault(fix.entity, []).append(fix)
        views = [self._view(r, corrections.get(r.id, [])) for r in own]
        views += [
            self._notice(line, n, corrections.get(n.id, []))
            for line, n in notices
            if n and not n.values.get("withdrawn")
        ]
        kept = [v for v in views if limit is None or v.written <= limit]
        return tuple(sorted(kept, key=lambda v: (v.happened or v.written, v.written), reverse=True))

    def _view(self, record: Record, fixes: Sequence[Correction]) -> EntryView:
        values = record.values
        words, struck = self._corrected(text(values, _FIXABLE[record.noun]) or "", fixes)
        kind = text(values, "kind") if record.noun == "entry" else record.noun
        happened = {"entry": "happened", "follow_up": "happened_at", "told_slip": "at"}[record.noun]
        when = instant(values, happened)
        title = text(values, "title") or text(values, "told_to") or text(values, "step") or ""
        return EntryView(
            id=record.id,
            kind=kind or record.noun,
            title=title,
            happened=when.astimezone(LONDON) if when else None,
            happened_exact=text(values, "happened_precision") != "day",
            written=_wall(record.wall_ms),
            author=self._name(record.author),
            summary=words,
            child_words=text(values, "child_words"),
            significance=text(values, "significance") or Significance.ROUTINE,
            fixed_by=struck,
            conflicts=record.conflicts,
            step=text(values, "step"),
            state=self._state(record),
        )

    def _notice(self, line: Record, notice: Record, fixes: Sequence[Correction]) -> EntryView:
        words, struck = self._corrected(text(notice.values, "circumstances") or "", fixes)
        incident = convert(notice.values.get("incident"), Incident) or Incident()
        when = (
            datetime.combine(incident.date, incident.time or time(), LONDON)
            if incident.date
            else None
        )
        received = instant(notice.values, "received_at") or _wall(notice.wall_ms)
        return EntryView(
            id=notice.id,
            kind="notification",
            title=text(notice.values, "kind") or "",
            happened=when,
            happened_exact=incident.time is not None,
            written=received.astimezone(LONDON),
            author=_organisation(notice) or self._name(notice.author),
            summary=words,
            child_words=text(line.values, "voice"),
            significance=Significance.SIGNIFICANT,
            fixed_by=struck,
            conflicts=line.conflicts,
            notification=notice.id,
            choice=text(line.values, "choice"),
            state=self._state(notice),
        )

    def _corrected(self, words: str, fixes: Sequence[Correction]) -> tuple[str, tuple[Struck, ...]]:
        struck = []
        for fix in fixes:
            struck.append(Struck(words, self._name(fix.author), _wall(fix.wall_ms), fix.why or ""))
            words = fix.text
        return words, tuple(struck)

    def _state(self, record: Record) -> str:
        facts = self._desk.reader.row_facts(record.row)
        return facts.state if facts else "here"

    def _name(self, person: str) -> str:
        found = self._desk.reader.get(person)
        return (text(found.values, "name") or person) if found else person


def _organisation(notice: Record) -> str | None:
    sender = notice.values.get("sender")
    if not isinstance(sender, dict):
        return None
    said = sender.get("organisation") or sender.get("name")
    return str(said) if said else None


def _wanted(entry: EntryView, kinds: Sequence[str], words: str) -> bool:
    if kinds and entry.kind not in kinds:
        return False
    folded = words.casefold()
    return (
        not folded
        or folded in f"{entry.title} {entry.summary} {entry.child_words or ''}".casefold()
    )


def _wall(wall_ms: int) -> datetime:
    return datetime.fromtimestamp(wall_ms / 1000, tz=LONDON)
