"""Reads a child's chronology from the record: one look, made anew for each view.

As it stood on a day is the same look at a replay of the rows written by then (``Reader.at``): nothing is reckoned back.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Final

from schoolsafe.domain import say
from schoolsafe.domain.chronology import EntryKind, Significance
from schoolsafe.domain.entry import Value
from schoolsafe.domain.event_link import TIED_WORDS
from schoolsafe.domain.field import Kind, Rule
from schoolsafe.domain.file_form import VOICE, FileForm, Group, answer_words, in_own_words
from schoolsafe.domain.file_forms import BY_NAME as FORM_OF
from schoolsafe.domain.file_forms import FORMS
from schoolsafe.domain.schema import BY_NAME
from schoolsafe.services.chronology_pattern import Told, organisation
from schoolsafe.services.chronology_view import EntryView, Struck
from schoolsafe.services.desk import LONDON
from schoolsafe.services.family_chronology import expected_babies
from schoolsafe.services.notification_entry import incident_of, instant, text
from schoolsafe.services.original import Attached, attached_of, shown_to_people
from schoolsafe.services.ports import Correction, Reader, Record
from schoolsafe.words import _

WORDS_OF = {
    "entry": "text",
    "notification": "circumstances",
    "follow_up": "text",
    "told_slip": "text",
    "rule_decision": "reason",
    "card_break": "reason",
    "expected_notice": "learned_how",
} | {form.name: form.says for form in FORMS}
"""The field of each noun that a chronology shows, and that a correction strikes through unless it names another."""
_WHEN = {
    "entry": "happened",
    "follow_up": "happened_at",
    "told_slip": "at",
    "card_break": "at",
    "expected_notice": "happened",
} | {form.name: form.when for form in FORMS}
_GROUP: Final[Mapping[str, str]] = {
    "notification": "notification",
    EntryKind.CONCERN: "concern",
    EntryKind.OBSERVATION: "concern",
    EntryKind.CONTACT_PARENT: "contact",
    EntryKind.CONTACT_AGENCY: "contact",
    EntryKind.MEETING: Group.MEETING,
    "follow_up": "support",
    "told_slip": "support",
    "rule_decision": Group.DECISION,
    "card_break": Group.DECISION,
    "expected_notice": "notification",
} | {form.name: form.group.value for form in FORMS}
_VOICE_FACTS: Final = tuple(
    (q.field, q.words)
    for q in VOICE
    if q.field not in {"child_words", "voice_why_not", "voice_how"}
)
_NOT_REFERRED: Final = "not_referred"


def fixable(noun: str) -> tuple[str, ...]:
    """The fields of a noun whose words can be corrected: those that are written once."""
    declared = BY_NAME[noun].fields if noun in WORDS_OF else ()
    return tuple(f.name for f in declared if f.kind is Kind.TEXT and f.rule is Rule.IMMUTABLE)


class Reading:
    """One look at one child, through a reader of now or of then."""

    def __init__(self, reader: Reader, own: Mapping[str, Mapping[str, str]] | None = None) -> None:
        """``own``: the school's words for what forms offer."""
        self._reader = reader
        self._own_words = own or {}
        self._names: dict[str, str] = {}
        self._states: dict[bytes, str] = {}
        self._attached: dict[str, list[Attached]] = {}
        self._days: dict[str, date] = {}
        self._notices: list[tuple[Record, Record]] = []
        self._steps: list[Record] = []
        self._links: Mapping[tuple[str, str], tuple[str, ...]] = {}

    def entries(self, child: str) -> tuple[EntryView, ...]:
        """Every dated thing on record, newest first."""
        find = self._reader.find
        own = [r for noun in (*_WHEN, "rule_decision") for r in find(noun, _about(noun, child))]
        own = [r for r in own if not r.values.get("act")]  # prints stand in the share log
        self._steps = [r for r in own if r.noun == "follow_up"]
        notices = [
            (line, notice)
            for line in find("line", {"child": child, "withdrawn": None})
            if (notice := self._reader.get(str(line.values["notification"])))
            and not notice.values.get("withdrawn")
        ]
        # A notice that names the child twice is one notice: the line that came first speaks for it.
        self._notices = list(
            {notice.id: (line, notice) for line, notice in reversed(notices)}.values()
        )
        self._states = {f.row: f.state for f in self._reader.rows_about(subject=child)}
        ids = [r.id for r in own] + [notice.id for _line, notice in self._notices]
        self._look_attached(ids)
        self._links = self._reader.linked([notice.id for _line, notice in self._notices])
        fixes = self._corrections(ids)
        views = [self._notice(line, n, fixes.get(n.id, [])) for line, n in self._notices]
        self._days = {view.id: view.day for view in views}
        views += [self._own(r, fixes.get(r.id, [])) for r in own]
        views += expected_babies(self._reader, child, self._name)
        return tuple(
            sorted(views, key=lambda v: (v.happened or v.written, v.written, v.id), reverse=True)
        )

    def told(self) -> "Told":
        """The notifications and steps behind ``entries``, after it was asked: what rules rest on."""
        return Told(self._links, tuple(self._notices), tuple(self._steps), dict(self._days))

    def _corrections(self, entities: Sequence[str]) -> dict[str, list[Correction]]:
        found: dict[str, list[Correction]] = {}
        for fix in self._reader.corrections(entities):
            found.setdefault(fix.entity, []).append(fix)
        return found

    def _look_attached(self, entities: Sequence[str]) -> None:
        for one in self._reader.attached(entities):
            if shown_to_people(one.manifest.name):
                shown = attached_of(one, self._name(one.author))
                self._attached.setdefault(one.entity, []).append(shown)

    def _own(self, record: Record, fixes: Sequence[Correction]) -> EntryView:
        values, struck, others = self._corrected(record, fixes)
        when = instant(values, _WHEN[record.noun]) if record.noun in _WHEN else None
        kind = (text(values, "kind") if record.noun == "entry" else None) or record.noun
        form = self._form(record.noun)
        return EntryView(
            id=record.id,
            kind=kind,
            title=_title(form, values),
            happened=when.astimezone(LONDON) if when else _wall(record.wall_ms),
            happened_exact=text(values, "happened_precision") != "day"
            and (form is None or when is None or (when.hour, when.minute) != (0, 0)),
            written=_wall(record.wall_ms),
            author=self._name(record.author),
            summary=text(values, WORDS_OF[record.noun]) or "",
            child_words=text(values, "child_words"),
            significance=text(values, "significance") or Significance.ROUTINE,
            fixed_by=struck,
            conflicts=record.conflicts,
            step=text(values, "step"),
            voice_why_not=text(values, "voice_why_not"),
            present=text(values, "present"),
            place=text(values, "place"),
            action=text(values, "action") or text(values, "chased_with"),
            outcome=text(values, "outcome"),
            state=self._state(record),
            facts=self._facts(record.noun, form, values),
            other_fixes=others,
            group=_GROUP.get(kind, "other"),
            open=_unanswered(record),
            restricted=form is not None and form.restricted,
            attached=tuple(self._attached.get(record.id, ())),
        )

    def _notice(self, line: Record, notice: Record, fixes: Sequence[Correction]) -> EntryView:
        values, struck, others = self._corrected(notice, fixes)
        incident = incident_of(values)
        when = (
            datetime.combine(incident.date, incident.time or time(), LONDON)
            if incident.date
            else None
        )
        received = instant(values, "received_at") or _wall(notice.wall_ms)
        return EntryView(
            id=notice.id,
            kind="notification",
            title=text(values, "kind") or "",
            happened=when,
            happened_exact=incident.time is not None,
            written=received.astimezone(LONDON),
            author=organisation(notice) or self._name(notice.author),
            summary=text(values, "circumstances") or "",
            child_words=text(line.values, "voice"),
            significance=Significance.SIGNIFICANT,
            fixed_by=struck,
            conflicts=(*line.conflicts, *notice.conflicts),
            notification=notice.id,
            choice=text(line.values, "choice"),
            reason=text(line.values, "reason"),
            state=self._state(notice),
            risk=risk_as_sent(values),
            other_fixes=others,
            group="notification",
            attached=tuple(self._attached.get(notice.id, ())),
            facts=self._ties(notice.id),
        )

    def _ties(self, notification: str) -> tuple[tuple[str, str], ...]:
        """Notices a person said belong to this one: found after missing, one event by two routes."""
        found = []
        for tie, words in TIED_WORDS.items():
            for other in self._links.get((notification, tie), ()):
                record = self._reader.get(other)
                if record is None or record.values.get("withdrawn"):
                    continue
                came = instant(record.values, "received_at") or _wall(record.wall_ms)
                when = say.short_moment(came.astimezone(LONDON))
                found.append((_("Belongs together"), _(words).format(when=when)))
        return tuple(found)

    def _corrected(
        self, record: Record, fixes: Sequence[Correction]
    ) -> tuple[Mapping[str, Value], tuple[Struck, ...], tuple[Struck, ...]]:
        """The values with every correction in its place, and what each of them struck through."""
        if not fixes:
            return record.values, (), ()
        values = dict(record.values)
        own: list[Struck] = []
        others: list[Struck] = []
        main = WORDS_OF[record.noun]
        for fix in fixes:
            before = text(values, fix.field) or ""
            values[fix.field] = fix.text
            struck = Struck(
                before,
                self._name(fix.author),
                _wall(fix.wall_ms),
                fix.why or "",
                fix.field,
                fix.text,
            )
            (own if fix.field == main else others).append(struck)
        return values, tuple(own), tuple(others)

    def _form(self, noun: str) -> FileForm | None:
        form = FORM_OF.get(noun)
        return in_own_words(form, self._own_words) if form else None

    def _facts(
        self, noun: str, form: FileForm | None, values: Mapping[str, Value]
    ) -> tuple[tuple[str, str], ...]:
        if noun == "rule_decision":
            return self._rests_on(values)
        return _form_facts(form, values) if form else _voice_facts(values)

    def _rests_on(self, values: Mapping[str, Value]) -> tuple[tuple[str, str], ...]:
        """The rows an answer to a rule saw, by their days."""
        seen = values.get("evidence")
        days = (
            sorted(self._days[one] for one in seen if one in self._days)
            if isinstance(seen, list)
            else []
        )
        listed = "; ".join(say.date_words(day) for day in days)
        return ((_("It rested on notifications of"), listed),) if listed else ()

    def _state(self, record: Record) -> str:
        known = self._states.get(record.row)
        if known is None:
            facts = self._reader.row_facts(record.row)
            known = facts.state if facts else "here"
        return known

    def _name(self, person: str) -> str:
        if person not in self._names:
            found = self._reader.get(person)
            self._names[person] = (text(found.values, "name") or person) if found else person
        return self._names[person]


def _about(noun: str, child: str) -> dict[str, str | None]:
    where: dict[str, str | None] = {"child": child}
    return where if noun == "rule_decision" else where | {"withdrawn": None}


def _unanswered(record: Record) -> bool:
    """A referral that was sent and not decided."""
    if record.noun != "referral" or record.values.get("to") == _NOT_REFERRED:
        return False
    return not (record.values.get("decision") or record.values.get("decided_at"))


def _wall(wall_ms: int) -> datetime:
    return datetime.fromtimestamp(wall_ms / 1000, tz=LONDON)


def _title(form: FileForm | None, values: Mapping[str, Value]) -> str:
    if form is not None:
        asked = (answer_words(form.question(f), values.get(f)) for f in form.titled)
        return ", ".join(words for words in asked if words)
    named = ("title", "told_to", "step", "decision")
    return next((said for name in named if (said := text(values, name))), "")


def risk_as_sent(values: Mapping[str, Value]) -> str:
    """The sender's grade and tool, letter for letter: "amber / PPN". Never translated."""
    told = values.get("risk")
    if not isinstance(told, dict):
        return ""
    parts = (told.get("grade_as_sent"), told.get("tool_as_sent") or told.get("tool"))
    return " / ".join(part for part in parts if isinstance(part, str) and part)


def _voice_facts(values: Mapping[str, Value]) -> tuple[tuple[str, str], ...]:
    asked = ((words, text(values, name) or "") for name, words in _VOICE_FACTS)
    return tuple((_(words), said) for words, said in asked if said)


def _form_facts(form: FileForm, values: Mapping[str, Value]) -> tuple[tuple[str, str], ...]:
    """What a record answers beside its words, its title, its day and the child's words."""
    elsewhere = {form.says, form.when, *form.titled, "child_words", "voice_why_not"}
    return tuple(
        (_(q.words), words)
        for q in form.all_questions
        if q.field not in elsewhere and (words := answer_words(q, values.get(q.field)))
    )
