"""A child's chronology: every dated thing on record, both dates shown, corrections struck through.

Left to others: counts, gaps and rules (domain.chronology), prints (reports).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from schoolsafe.domain import chronology as rules
from schoolsafe.domain import pattern
from schoolsafe.domain.chronology import EntryKind, Significance
from schoolsafe.domain.entry import Add, Fix, NewEntry, Value
from schoolsafe.domain.event_link import Tie
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.ids import noun_of
from schoolsafe.domain.notification import NoticeKind
from schoolsafe.domain.pattern import Sign
from schoolsafe.domain.schema import BY_NAME
from schoolsafe.errors import Refused
from schoolsafe.services.audit import Act, Audit
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.child import Children, ChildRow
from schoolsafe.services.chronology_filter import Wanted, filtered
from schoolsafe.services.chronology_reading import WORDS_OF, Reading, fixable
from schoolsafe.services.chronology_view import ChronologyView, EntryView, Picture
from schoolsafe.services.desk import LONDON, Desk
from schoolsafe.services.notification_entry import incident_of, instant, text
from schoolsafe.services.ports import Reader, Record

RULES = "patterns"
"""The name of the school's setting of the rules about patterns."""
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


def _day_of(notice: Record) -> date:
    """When it happened, or when it came where that was not told."""
    came = instant(notice.values, "received_at")
    wall = datetime.fromtimestamp(notice.wall_ms / 1000, tz=LONDON)
    return incident_of(notice.values).date or (came or wall).astimezone(LONDON).date()


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
        self,
        child: str,
        *,
        as_of: date | None = None,
        kinds: Sequence[str] = (),
        words: str = "",
        since: date | None = None,
        since_meeting: bool = False,
        significant: bool = False,
    ) -> ChronologyView:
        """Everything on record about a child; with ``as_of`` as it stood at the end of that day.

        Args:
            child: whose.
            as_of: a past day: the rows written by its end, replayed.
            kinds: only these kinds, or groups of them ("agency", "meeting").
            words: only entries that hold all of these.
            since: only what happened on that day or later.
            since_meeting: only what happened since the last meeting, of any kind.
            significant: only what is marked significant, notifications among it.

        Raises:
            NotYoursToRead: this person holds no key of it; an empty chronology would be untrue.
        """
        self._desk.must_read(TEAM)
        row = self._children.show(child)
        today = as_of or self._desk.now().date()
        if as_of is None:
            look = self._look(self._desk.reader, child, today)
        else:
            end = datetime.combine(as_of, time.max, LONDON)
            with self._desk.reader.at(child, int(end.timestamp() * 1000)) as then:
                look = self._look(then, child, today)
        asked = Wanted(
            kinds=tuple(kinds),
            words=words,
            since=since,
            since_meeting=since_meeting,
            significant=significant,
        )
        return look.view(row, asked)

    def _look(self, reader: Reader, child: str, today: date) -> "_Look":
        reading = Reading(reader, self._own_words())
        entries = reading.entries(child)
        told = reading.told()
        signs = told.signs(entries)
        rules_then = reader.get(f"setting:{RULES}")
        decided = frozenset(
            (str(r.values["rule"]), tuple(str(e) for e in evidence))
            for r in reader.find("rule_decision", {"child": child})
            if isinstance(evidence := r.values.get("evidence"), list)
        )
        asked = pattern.rules_of(rules_then.values.get("value") if rules_then else None)
        return _Look(
            entries,
            signs,
            pattern.raised(signs, on=today, rules=asked, decided=decided),
            told.picture(signs, on=today),
            today,
        )

    def counts(self, child: str) -> rules.Counts:
        """How many notices there were in 30, 90 and 365 days: as ``show`` counts them, and much sooner.

        Raises:
            NotYoursToRead: as ``show``.
        """
        self._desk.must_read(TEAM)
        reader, counted = self._desk.reader, set[str]()
        days: list[date] = []
        for line in reader.find("line", {"child": child, "withdrawn": None}):
            notice = reader.get(text(line.values, "notification") or "")
            if notice is None or notice.values.get("withdrawn") or notice.id in counted:
                continue
            if text(notice.values, "kind") == NoticeKind.DOMESTIC_ABUSE:
                counted |= {notice.id, *reader.links(notice.id, Tie.SAME_EVENT)}
                days.append(_day_of(notice))
        return rules.counts(days, self._desk.now().date())

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
        if form.child_words.strip():
            values["child_words"] = form.child_words  # a child's words stand as they were typed
        add = Add(self._desk.ids.new("entry"), values)
        return self._desk.put([NewEntry(TEAM, "entry.write", (add,), subject=child.id)], _TOPICS)

    def fix(self, entry: str, *, new_text: str, reason: str, field: str = "") -> Changes:
        """Corrects an entry: the old words stay, struck through, with who and why.

        ``field`` names which of its words; nothing means those the chronology shows first. Words are kept as typed.

        Raises:
            NoSuchEntry: not here, or of a kind with no such words. WordsNeeded, WhyNeeded: one is missing.
        """
        record = self._desk.reader.get(entry)
        noun = noun_of(entry)
        name = field or WORDS_OF.get(noun, "")
        if record is None or name not in fixable(noun) or record.values.get("withdrawn"):
            raise NoSuchEntry
        if not new_text.strip():
            raise WordsNeeded
        if not reason.strip():
            raise WhyNeeded
        subject = text(record.values, "child")
        said = new_text if name == "child_words" else new_text.strip()
        fix = NewEntry(
            BY_NAME[record.noun].circle,
            "entry.fix",
            (Fix(entry, name, said),),
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


@dataclass(frozen=True, slots=True)
class _Look:
    """What one look found, before a filter."""

    entries: tuple[EntryView, ...]
    signs: tuple[Sign, ...]
    prompts: tuple[rules.Prompt, ...]
    picture: Picture
    today: date

    def view(self, child: ChildRow, asked: Wanted) -> ChronologyView:
        shown = filtered(self.entries, asked)
        notified = tuple(
            sorted((s.day for s in self.signs if s.kind == NoticeKind.DOMESTIC_ABUSE), reverse=True)
        )
        rest = {one for prompt in self.prompts for one in prompt.evidence}
        return ChronologyView(
            child=child,
            entries=shown.entries,
            counts=rules.counts(notified, self.today),
            gaps=rules.gaps(notified),
            prompts=self.prompts,
            hidden=shown.hidden,
            hidden_notifications=sum(e.kind == "notification" for e in shown.high),
            notified=notified,
            contacts=tuple(e.day for e in self.entries if e.kind != "notification"),
            hidden_high=shown.high,
            picture=self.picture,
            evidence={entry.id: entry for entry in self.entries if entry.id in rest},
        )
