"""Two records of one pupil: a person says so, with the reason, and may take it back. Nothing is copied or moved.

Both files are read as one from then on; every row keeps the subject it was written about, so that taking it back
gives each its own again. Left to others: which name stands (domain.duplicate), reading files together (child).
"""

from schoolsafe.domain.entry import NewEntry
from schoolsafe.domain.field import SCHOOL
from schoolsafe.errors import Refused
from schoolsafe.services.changes import Changes, Topic
from schoolsafe.services.child import Children
from schoolsafe.services.desk import Desk

_TOPICS = frozenset(
    {Topic.CHILD, Topic.FAMILY, Topic.CHRONOLOGY, Topic.TODAY, Topic.NOTIFICATION, Topic.TOLD_SLIP}
)


class OneAndTheSame(Refused):
    """Choose two different records."""


class TogetherAlready(Refused):
    """They are shown as one already."""


class NotTogether(Refused):
    """They are not shown as one."""


class SayWhySame(Refused):
    """Write why they are the same child, or why not."""


class Duplicates:
    """What a person can do with two records of one pupil."""

    def __init__(self, desk: Desk, children: Children) -> None:
        self._desk, self._children = desk, children

    def same(self, child: str, other: str, *, why: str) -> Changes:
        """Shows ``other`` as one with ``child``, whose name stands.

        Raises:
            NoSuchChild, OneAndTheSame, TogetherAlready, SayWhySame: as they say.
        """
        kept, gone = self._children.show(child).id, self._children.show(other).id
        if not why.strip():
            raise SayWhySame
        if kept == gone:
            raise OneAndTheSame
        here, there = self._children.together(kept), self._children.together(gone)
        if here[0] == there[0]:
            raise TogetherAlready
        # From head to head: what either is shown as one with already comes along.
        ops = self._desk.setting(there[0], {"same_as": here[0]})
        entry = NewEntry(SCHOOL, "child.same", ops, subject=there[0], why=why.strip())
        return self._desk.put([entry], _TOPICS)

    def not_same(self, child: str, *, why: str) -> Changes:
        """Gives a record that was shown as one with another its own place again.

        Where this is the one whose name stands, every record shown with it goes its own way.

        Raises:
            NotTogether, SayWhySame: as they say.
        """
        one = self._children.show(child).id
        if not why.strip():
            raise SayWhySame
        together = self._children.together(one)
        apart = together[1:] if together[0] == one else (one,)
        if not apart:
            raise NotTogether
        entries = [
            NewEntry(SCHOOL, "child.notsame", ops, subject=each, why=why.strip())
            for each in apart
            if (ops := self._desk.setting(each, {"same_as": None}))
        ]
        return self._desk.put(entries, _TOPICS)
