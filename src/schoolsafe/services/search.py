"""Search over everything this person may read: pupils first, then words in entries."""

from dataclasses import dataclass

from schoolsafe.services.child import Children, ChildRow
from schoolsafe.services.desk import Desk
from schoolsafe.services.notification_entry import text

_PUPILS = 12


@dataclass(frozen=True, slots=True)
class Found:
    """One result: a pupil, or a place in a pupil's record."""

    child: ChildRow | None
    entity: str
    noun: str
    snippet: str


class Search:
    """One question: where is this said?"""

    def __init__(self, desk: Desk, children: Children) -> None:
        self._desk = desk
        self._children = children

    def pupils(self, words: str) -> tuple[ChildRow, ...]:
        """Pupils whose names begin with these words, at most twelve."""
        return self._children.list(words)[:_PUPILS] if words.strip() else ()

    def text(self, words: str, *, limit: int = 30) -> tuple[Found, ...]:
        """Places in the record that hold these words."""
        if not words.strip():
            return ()
        nouns = ("entry", "notification", "line", "follow_up", "told_slip", "rule_decision")
        found = []
        for hit in self._desk.reader.search(words, nouns=nouns, limit=limit):
            record = self._desk.reader.get(hit.entity)
            if record is None or record.values.get("withdrawn"):
                continue
            child = text(record.values, "child")
            found.append(
                Found(
                    self._children.show(child) if child else None, hit.entity, hit.noun, hit.snippet
                )
            )
        return tuple(found)
