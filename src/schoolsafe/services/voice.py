"""The child’s voice over all records: who was heard, who was not asked and why, where nobody wrote what changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from schoolsafe.domain import voice_audit as rules
from schoolsafe.domain.chronology import EntryKind
from schoolsafe.domain.entry import Value
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.file_form import FileForm, Group
from schoolsafe.domain.file_forms import BY_NAME, FORMS
from schoolsafe.domain.voice_audit import VoiceAudit, VoiceFact, says_something
from schoolsafe.services.agency import Agencies
from schoolsafe.services.child import Children
from schoolsafe.services.desk import LONDON, Desk
from schoolsafe.services.notification_entry import incident_of, instant, text
from schoolsafe.services.ports import Record
from schoolsafe.words import _

_DAYS: Final = {"entry": "happened", "follow_up": "happened_at"}
_WORDS: Final = ("child_words", "voice_wants")


@dataclass(frozen=True, slots=True)
class Silent:
    """A child with an open case who was not heard."""

    child: str
    name: str
    last: date | None
    """When the child was last heard, where that is known."""
    why_not: str
    """The newest reason on record for not asking, within the span."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A meeting that does not say what changed because of the child’s voice."""

    record: str
    form: str
    child: str
    name: str
    what: str
    day: date


@dataclass(frozen=True, slots=True)
class VoiceReport:
    """The audit with names: for the team's own eyes."""

    audit: VoiceAudit
    silent: tuple[Silent, ...]
    unchanged: tuple[Unchanged, ...]


class Voices:
    """The audit of blanks."""

    def __init__(self, desk: Desk, children: Children, agencies: Agencies) -> None:
        self._desk = desk
        self._children = children
        self._agencies = agencies

    def report(self) -> VoiceReport:
        """Who was heard, and every blank.

        Raises:
            NotYoursToRead: this person holds no key of it.
        """
        self._desk.must_read(TEAM)
        today = self._desk.now().date()
        reasons: dict[str, tuple[date, str]] = {}
        facts = tuple(self._facts(reasons))
        found = rules.audit(facts, self._agencies.open_cases(), today)
        heard: dict[str, date] = {}
        for fact in facts:
            if fact.words and fact.day <= today:
                heard[fact.child] = max(fact.day, heard.get(fact.child, fact.day))
        silent = tuple(self._silent(child, heard, reasons, today) for child in found.silent)
        unchanged = tuple(
            Unchanged(
                f.record, f.kind, f.child, self._children.show(f.child).name, _kind(f.kind), f.day
            )
            for f in found.unchanged
        )
        return VoiceReport(found, silent, unchanged)

    def _silent(
        self,
        child: str,
        heard: dict[str, date],
        reasons: dict[str, tuple[date, str]],
        today: date,
    ) -> Silent:
        day, why = reasons.get(child, (date.min, ""))
        recent = (today - day).days < rules.VOICE_DAYS
        name = self._children.show(child).name
        return Silent(child, name, heard.get(child), why if recent else "")

    def _facts(self, reasons: dict[str, tuple[date, str]]) -> Iterator[VoiceFact]:
        for noun in ("entry", "follow_up", *(form.name for form in FORMS if form.voice)):
            for record in self._desk.reader.find(noun, {"withdrawn": None}):
                fact = _fact(record, BY_NAME.get(noun))
                if fact is not None:
                    why = text(record.values, "voice_why_not")
                    if why and (fact.day, why) > reasons.get(fact.child, (date.min, "")):
                        reasons[fact.child] = fact.day, why
                    yield fact
        for line in self._desk.reader.find("line", {"withdrawn": None}):
            notice = self._desk.reader.get(str(line.values["notification"]))
            child = text(line.values, "child")
            if notice is not None and child and not notice.values.get("withdrawn"):
                yield VoiceFact(
                    notice.id,
                    "notification",
                    child,
                    _notified(notice),
                    words=says_something(line.values, "voice"),
                )


def _fact(record: Record, form: FileForm | None) -> VoiceFact | None:
    values = record.values
    child = text(values, "child")
    if child is None:
        return None
    at = instant(values, form.when if form else _DAYS[record.noun])
    held = instant(values, "held_at") if form and form.name == "strategy_meeting" else at
    meeting = _is_meeting(record, form) and held is not None
    day = _day(held if meeting and held else at, record)
    return VoiceFact(
        record.id,
        record.noun,
        child,
        day,
        words=says_something(values, *_WORDS),
        why_not=says_something(values, "voice_why_not"),
        meeting=meeting,
        changed=says_something(values, "voice_changed"),
    )


def _is_meeting(record: Record, form: FileForm | None) -> bool:
    if form is not None:
        return form.group is Group.MEETING
    return record.noun == "entry" and record.values.get("kind") == EntryKind.MEETING.value


def _day(at: datetime | None, record: Record) -> date:
    if at is None:
        return datetime.fromtimestamp(record.wall_ms / 1000, tz=LONDON).date()
    return (at.astimezone(LONDON) if at.tzinfo else at).date()


def _notified(notice: Record) -> date:
    incident: Value | date | None = incident_of(notice.values).date
    if isinstance(incident, date):
        return incident
    return _day(instant(notice.values, "received_at"), notice)


def _kind(noun: str) -> str:
    form = BY_NAME.get(noun)
    return _(form.words) if form else _("Meeting")
