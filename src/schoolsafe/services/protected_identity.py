"""A child who lives under another identity: marked by the lead, with the head named; what prints then leave out.

Here the flag, who set it and why, and how it ends. What the flag does today is a rule of this program, not a key:
homes, brothers and sisters and earlier schools leave no print (withholding). Waiting for case circles: moving the old
record to named people only, and a new record that nothing links to it. Source: domain.md 6.4, architecture 9.22.
"""

from collections.abc import Mapping

from schoolsafe.domain.entry import Add, NewEntry, Value
from schoolsafe.domain.field import TEAM
from schoolsafe.domain.name import fold
from schoolsafe.domain.person import Role
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.child import Children
from schoolsafe.services.desk import Desk

_TOPICS = frozenset({Topic.FAMILY, Topic.CHILD, Topic.CHRONOLOGY})


class OnlyALeadProtects(Refused):
    """Only a safeguarding lead can do this, with the headteacher."""


class TwoPeopleNeeded(Refused):
    """The lead and the headteacher decide this together. Enter the headteacher’s name, not your own."""


class NotProtected(Refused):
    """This child’s identity is not protected here."""


class SayWhyEnded(Refused):
    """Write why the protection ends."""


def protected_entry(desk: Desk, child: str, said: Mapping[str, Value]) -> NewEntry:
    """The entry that marks a child, both people named.

    Raises:
        OnlyALeadProtects, TwoPeopleNeeded: as they say.
    """
    if desk.actor.role not in {Role.DSL, Role.DEPUTY}:
        raise OnlyALeadProtects
    if fold(str(said["head"])) == fold(desk.actor.name):
        raise TwoPeopleNeeded
    values: dict[str, Value] = {"child": child, "lead": desk.actor.name, **said}
    add = Add(desk.ids.new("protected_identity"), values)
    return NewEntry(TEAM, "protected_identity.set", (add,), subject=child)


class ProtectedIdentities:
    """Whether a child is marked, and how that ends."""

    def __init__(self, desk: Desk, children: Children) -> None:
        self._desk, self._children = desk, children

    def every(self) -> tuple[str, ...]:
        """Children whose identity is protected now."""
        found = self._desk.reader.find("protected_identity", {"ended": None, "withdrawn": None})
        return tuple(dict.fromkeys(str(record.values["child"]) for record in found))

    def end(self, child: str, *, why: str) -> Changes:
        """Takes the mark away, with the reason; the mark itself stays on record.

        Raises:
            NotProtected, SayWhyEnded, OnlyALeadProtects: as they say.
        """
        self._desk.must_read(TEAM)
        if self._desk.actor.role not in {Role.DSL, Role.DEPUTY}:
            raise OnlyALeadProtects
        if not why.strip():
            raise SayWhyEnded
        files = self._children.together(child)
        found = self._desk.reader.find(
            "protected_identity", {"child": files, "ended": None, "withdrawn": None}
        )
        if not found:
            raise NotProtected
        ops = tuple(op for r in found for op in self._desk.setting(r.id, {"ended": why.strip()}))
        entry = NewEntry(TEAM, "protected_identity.end", ops, subject=files[0], why=why.strip())
        return self._desk.put([entry], _TOPICS)
