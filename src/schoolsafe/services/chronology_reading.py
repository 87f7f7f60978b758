"""Reads a child's chronology from the record: one look, made anew for each view."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from schoolsafe.domain.chronology import Significance
from schoolsafe.domain.entry import Value
from schoolsafe.domain.file_form import VOICE, FileForm, answer_words, in_own_words
from schoolsafe.domain.file_forms import BY_NAME as FORM_OF
from schoolsafe.domain.file_forms import FORMS
from schoolsafe.services.chronology_view import EntryView, Struck
from schoolsafe.services.desk import LONDON, Desk
from schoolsafe.services.notification_entry import incident_of, instant, text
from schoolsafe.services.ports import Correction, Record
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
"""The field of each noun that a chronology shows, and that a correction may strike through."""
_WHEN = {
    "entry": "happened",
    "follow_up": "happened_at",
    "told_slip": "at",
    "card_break": "at",
    "expected_notice": "happened",
} | {form.name: form.when for form in FORMS}


_VOICE_FACTS = tuple(
    (q.field, q.words)
    for q in VOICE
    if q.field not in {"child_words", "voice_why_not", "voice_how"}
)


class Reading:
    """One look at one child, as it stands or as it stood."""

    def __init__(
        self,
        desk: Desk,
        limit: datetime | None,
        own: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        """``own``: the school's words for what forms offer."""
        self._reader = desk.reader
        self._own_words = own or {}
        self._limit = limit
        self._names: dict[str, str] = {}
        self._states: dict[bytes, str] = {}

    def entries(self, child: str) -> tuple[EntryView, ...]:
        """Every dated thing on record, newest first."""
        find = self._reader.find
        own = [r for noun in (*_WHEN, "rule_decision") for r in find(noun, _about(noun, child))]
        own = [r for r in own if not r.values.get("act")]  # prints stand in the share log
        lines = find("line", {"child": child, "withdrawn": None})
        notices = [
            (line, notice)
            for line in lines
            if (notice := self._reader.get(str(line.values["notification"])))
            and not notice.values.get("withdrawn")
        ]
        self._states = {f.row: f.state for f in self._reader.rows_about(subject=child)}
        fixes = self._corrections([r.id for r in own] + [notice.id for _, notice in notices])
        views = [self._own(r, fixes.get(r.id, [])) for r in own if self._stood(r.wall_ms)]
        views += [
            self._notice(line, n, fixes.get(n.id, []))
            for line, n in notices
            if self._stood(self._last_set(line, "child"))
        ]
        # A notice that names the child twice is one notice.
        once = {view.id: view for view in reversed(views)}.values()
        return tuple(sorted(once, key=lambda v: (v.happened or v.written, v.written), reverse=True))

    def _stood(self, wall_ms: int) -> bool:
        """Whether the school had it on record by then."""
        return self._limit is None or _wall(wall_ms) <= self._limit

    def _last_set(self, line: Record, field: str) -> int:
        """When a person set what stands in this field; as old as the line where nobody did."""
        if self._limit is None:
            return line.wall_ms
        live = self._reader.live(line.id, field)
        return live[0].wall_ms if live else line.wall_ms

    def _corrections(self, entities: Sequence[str]) -> dict[str, list[Correction]]:
        found: dict[str, list[Correction]] = {}
        for fix in self._reader.corrections(entities):
            if self._stood(fix.wall_ms):
                found.setdefault(fix.entity, []).append(fix)
        return found

    def _own(self, record: Record, fixes: Sequence[Correction]) -> EntryView:
        values = record.values
        words, struck = self._corrected(text(values, WORDS_OF[record.noun]) or "", fixes)
        when = instant(values, _WHEN[record.noun]) if record.noun in _WHEN else None
        form = self._form(record)
        title = _title(record, form)
        return EntryView(
            id=record.id,
            kind=(text(values, "kind") if record.noun == "entry" else None) or record.noun,
            title=title,
            happened=when.astimezone(LONDON) if when else _wall(record.wall_ms),
            happened_exact=text(values, "happened_precision") != "day",
            written=_wall(record.wall_ms),
            author=self._name(record.author),
            summary=words,
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
            facts=_facts(record, form),
            restricted=form is not None and form.restricted,
        )

    def _form(self, record: Record) -> FileForm | None:
        form = FORM_OF.get(record.noun)
        return in_own_words(form, self._own_words) if form else None

    def _notice(self, line: Record, notice: Record, fixes: Sequence[Correction]) -> EntryView:
        words, struck = self._corrected(text(notice.values, WORDS_OF["notification"]) or "", fixes)
        incident = incident_of(notice.values)
        when = (
            datetime.combine(incident.date, incident.time or time(), LONDON)
            if incident.date
            else None
        )
        received = instant(notice.values, "received_at") or _wall(notice.wall_ms)
        decided = self._stood(self._last_set(line, "choice"))
        reasoned = decided and self._stood(self._last_set(line, "reason"))
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
            conflicts=(*line.conflicts, *notice.conflicts),
            notification=notice.id,
            choice=text(line.values, "choice") if decided else None,
            reason=text(line.values, "reason") if reasoned else None,
            state=self._state(notice),
            risk=risk_as_sent(notice.values),
        )

    def _corrected(self, words: str, fixes: Sequence[Correction]) -> tuple[str, tuple[Struck, ...]]:
        struck = []
        for fix in fixes:
            struck.append(Struck(words, self._name(fix.author), _wall(fix.wall_ms), fix.why or ""))
            words = fix.text
        return words, tuple(struck)

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


def _organisation(notice: Record) -> str | None:
    sender = notice.values.get("sender")
    if not isinstance(sender, dict):
        return None
    said = sender.get("organisation") or sender.get("name")
    return str(said) if said else None


def _wall(wall_ms: int) -> datetime:
    return datetime.fromtimestamp(wall_ms / 1000, tz=LONDON)


def _title(record: Record, form: FileForm | None) -> str:
    if form is not None:
        asked = (answer_words(form.question(f), record.values.get(f)) for f in form.titled)
        return ", ".join(words for words in asked if words)
    named = ("title", "told_to", "step", "decision")
    return next((said for name in named if (said := text(record.values, name))), "")


def risk_as_sent(values: Mapping[str, Value]) -> str:
    """The sender's grade and tool, letter for letter: "amber / PPN". Never translated."""
    told = values.get("risk")
    if not isinstance(told, dict):
        return ""
    parts = (told.get("grade_as_sent"), told.get("tool_as_sent") or told.get("tool"))
    return " / ".join(part for part in parts if isinstance(part, str) and part)


def _facts(record: Record, form: FileForm | None) -> tuple[tuple[str, str], ...]:
    """What a record answers beside its words, its title, its day and the child's words."""
    if form is None:
        asked = ((words, text(record.values, name) or "") for name, words in _VOICE_FACTS)
        return tuple((_(words), said) for words, said in asked if said)
    elsewhere = {form.says, form.when, *form.titled, "child_words", "voice_why_not"}
    return tuple(
        (_(q.words), words)
        for q in form.all_questions
        if q.field not in elsewhere and (words := answer_words(q, record.values.get(q.field)))
    )
