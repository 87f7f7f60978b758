"""Search over everything this person may read: pupils first, then words in the record; and who was opened last."""

from dataclasses import dataclass
from datetime import date, datetime

from schoolsafe.domain import conflict, file_form
from schoolsafe.domain.file_forms import BY_NAME as FORMS
from schoolsafe.services.child import Children, ChildRow, NoSuchChild
from schoolsafe.services.desk import LONDON, Desk
from schoolsafe.services.notification_entry import text
from schoolsafe.services.ports import Hit, Record

_PUPILS = 12
_RECENT = 8
_LETTERS = 3
"""Fewer letters than this fit nearly everything."""
_KEPT = "local:recent pupils"
"""Beside the drafts: in the vault of this computer and not in the record. A list, so that it is no draft."""
_WHEN = ("happened", "happened_at", "incident_date", "at", "received_at")
_IN_NOTICE = frozenset({"notification", "line", "follow_up"})


@dataclass(frozen=True, slots=True)
class Found:
    """One result: a place in the record."""

    child: ChildRow | None
    entity: str
    noun: str
    snippet: str
    kind: str = ""
    """What sort of record, in words."""
    day: date | None = None
    notification: str | None = None
    """The notification to open, where it stands in one."""
    form: str | None = None
    """The form that opens it, where it has one."""


class Search:
    """One question: where is this said?"""

    def __init__(self, desk: Desk, children: Children) -> None:
        self._desk = desk
        self._children = children

    def pupils(self, words: str) -> tuple[ChildRow, ...]:
        """Pupils whose names begin with these words, at most twelve."""
        return self._children.list(words)[:_PUPILS] if words.strip() else ()

    def text(self, words: str, *, limit: int = 30) -> tuple[Found, ...]:
        """Places in the record that hold these words, the best first."""
        if not words.strip():
            return ()
        nouns = ("entry", "notification", "line", "follow_up", "told_slip", "rule_decision")
        hits = self._desk.reader.search(words, nouns=(*nouns, *FORMS), limit=limit)
        return self._found(hits)

    def as_typed(self, words: str, *, limit: int = 8) -> tuple[Found, ...]:
        """The newest places that hold what was typed so far; each can be opened."""
        if len(words.strip()) < _LETTERS:
            return ()
        hits = self._desk.reader.search(words, limit=limit * 3, newest=True)
        found = [one for one in self._found(hits) if one.child or one.notification]
        return tuple({one.entity: one for one in reversed(found)}.values())[::-1][:limit]

    def remember(self, child: str) -> None:
        """This pupil's file was opened here: first among the recent ones."""
        kept = [child, *(one for one in self._kept() if one != child)]
        self._desk.drafts.put(_KEPT, list(kept[:_RECENT]))

    def recent(self) -> tuple[ChildRow, ...]:
        """Pupils whose files were opened on this computer, the last one first."""
        rows = []
        for child in self._kept():
            try:
                rows.append(self._children.show(child))
            except NoSuchChild:  # taken back or disposed of since
                continue
        return tuple(rows)

    # ------------------------------------------------------------------------------------------------------

    def _kept(self) -> list[str]:
        kept = self._desk.drafts.get(_KEPT)
        return [one for one in kept if isinstance(one, str)] if isinstance(kept, list) else []

    def _found(self, hits: tuple[Hit, ...]) -> tuple[Found, ...]:
        found = []
        for hit in hits:
            record = self._desk.reader.get(hit.entity)
            if record is None or record.values.get("withdrawn"):
                continue
            child = self._child(record)
            form = hit.noun if hit.noun in FORMS else None
            found.append(
                Found(
                    child,
                    hit.entity,
                    hit.noun,
                    hit.snippet,
                    kind=conflict.noun_words(hit.noun),
                    day=_day(record),
                    notification=self._notification(record),
                    form=form,
                )
            )
        return tuple(found)

    def _child(self, record: Record) -> ChildRow | None:
        child = record.id if record.noun == "child" else text(record.values, "child")
        try:
            return self._children.show(child) if child else None
        except NoSuchChild:
            return None

    def _notification(self, record: Record) -> str | None:
        if record.noun not in _IN_NOTICE:
            return None
        if record.noun == "notification":
            return record.id
        if record.noun == "line":
            return text(record.values, "notification")
        line = self._desk.reader.get(text(record.values, "line") or "")
        return text(line.values, "notification") if line else None


def _day(record: Record) -> date:
    form = FORMS.get(record.noun)
    for name in (form.when,) if form else _WHEN:
        if (day := file_form.day_of(record.values.get(name))) is not None:
            return day
    return datetime.fromtimestamp(record.wall_ms / 1000, tz=LONDON).date()
