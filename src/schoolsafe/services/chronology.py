"""A child's chronology: every dated thing on record, both dates shown, corrections struck through.

Left to others: counts, gaps and rules (domain.chronology), prints (reports).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from schoolsafe.domain import chronology as rules
from schoolsafe.domain.chronology import EntryKind, Significance
from schoolsafe.domain.entry import Add, Fix, NewEntry, Value
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.ids import noun_of
from schoolsafe.domain.notification import NoticeKind
from schoolsafe.domain.schema import BY_NAME
from schoolsafe.errors import Refused
from schoolsafe.services.audit import Act, Audit
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.child import Children
from schoolsafe.services.chronology_reading import WORDS_OF, Reading
from schoolsafe.services.chronology_view import ChronologyView, EntryView
from schoolsafe.services.desk import LONDON, Desk
from schoolsafe.services.notification_entry import text

_TOPICS = frozenset({Topic.CHRONOLOGY, Topic.TODAY})


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
    voice_asked: str = ""
    """The questions, as they were asked."""
    voice_with: str = ""
    voice_wants: str = ""
    voice_changed: str = ""
    """What changed because of it."""
    present: str = ""
    place: str = ""
    action: str = ""
    outcome: str = ""
    significance: Significance = Significance.ROUTINE


class Chronologies:
    """What a person can do with a chronology."""

    def __init__(
        self,
        desk: Desk,
        children: Children,
        audit: Audit,
        own_words: Callable[[], Mapping[str, Mapping[str, str]]] = dict,
    ) -> None:
        """``own_words``: the school's words for what forms offer."""
        self._desk = desk
        self._children = children
        self._audit = audit
        self._own_words = own_words

    def show(
        self, child: str, *, as_of: date | None = None, kinds: Sequence[str] = (), words: str = ""
    ) -> ChronologyView:
        """Everything on record about a child; with ``as_of`` as it stood at the end of that day.

        Raises:
            NotYoursToRead: this person holds no key of it; an empty chronology would be untrue.
        """
        self._desk.must_read(TEAM)
        row = self._children.show(child)
        limit = datetime.combine(as_of, time.max, LONDON) if as_of else None
        today = as_of or self._desk.now().date()
        everything = Reading(self._desk, limit, self._own_words()).entries(child)
        shown = tuple(e for e in everything if _wanted(e, kinds, words))
        notices = [
            e
            for e in everything
            if e.kind == "notification" and e.title == NoticeKind.DOMESTIC_ABUSE
        ]
        notified = tuple((e.happened or e.written).date() for e in notices)
        kept = {e.id for e in shown}
        hidden = [e for e in everything if e.id not in kept]
        return ChronologyView(
            child=row,
            entries=shown,
            counts=rules.counts(notified, today),
            gaps=rules.gaps(notified),
            prompts=self._prompts(child, notices, today, limit),
            hidden=len(hidden),
            hidden_notifications=sum(e.kind == "notification" for e in hidden),
            notified=notified,
            contacts=tuple(
                (e.happened or e.written).date() for e in everything if e.kind != "notification"
            ),
        )

    def opened(self, child: str) -> None:
        """Logs that this person opened this child's file.

        Raises:
            NoSuchChild: nothing is logged about a child who is not here.
            NotYoursToRead: nor where there was nothing to open.
        """
        self._desk.must_read(TEAM)
        self._children.show(child)
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
        if happened > now and not (
            form.day_only and happened.astimezone(LONDON).date() <= now.date()
        ):
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
            "voice_asked",
            "voice_with",
            "voice_wants",
            "voice_changed",
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
        field = WORDS_OF.get(noun_of(entry))
        if record is None or field is None or record.values.get("withdrawn"):
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
        self, child: str, notices: Sequence[EntryView], today: date, limit: datetime | None
    ) -> tuple[rules.Prompt, ...]:
        decided = frozenset(
            (str(r.values["rule"]), tuple(str(e) for e in evidence))
            for r in self._desk.reader.find("rule_decision", {"child": child})
            if isinstance(evidence := r.values.get("evidence"), list)
            and (limit is None or r.wall_ms <= limit.timestamp() * 1000)
        )
        dated = tuple(((e.happened or e.written).date(), e.id) for e in notices)
        return rules.prompts(dated, on=today, decided=decided)


def _wanted(entry: EntryView, kinds: Sequence[str], words: str) -> bool:
    if kinds and entry.kind not in kinds:
        return False
    folded = words.casefold()
    return (
        not folded
        or folded in f"{entry.title} {entry.summary} {entry.child_words or ''}".casefold()
    )
