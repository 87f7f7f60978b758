"""How a noun declares its fields: type, conflict rule, which circle holds it, whether search finds it.

Each noun declares its fields once, in its own file here; the reducer, the read tables and the screens follow.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a value is, in JSON terms. Dates are ISO 8601 text, instants ISO 8601 with offset."""

    TEXT = "text"
    DATE = "date"
    INSTANT = "instant"
    CODE = "code"
    NUMBER = "number"
    FLAG = "flag"
    ENTITY = "entity"
    DATA = "data"
    """A list or an object, kept as it is."""


class Rule(StrEnum):
    """What happens when two people set one field without having seen each other's value."""

    IMMUTABLE = "immutable"
    """Set once by ``add``, by one row; a second row that adds it too shows as a conflict, a ``set`` is counted and not
    applied. A correction (``fix``) strikes through and keeps the words."""
    REGISTER = "register"
    """Both values are shown; the later one by hybrid clock stands on top until a person resolves."""
    PROTECTIVE = "protective"
    """Both shown; on top the first live value in the field's ``order`` (most protective first)."""
    EARLIEST = "earliest"
    """Both shown; the earlier date stands on top (a review, a deadline)."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a noun."""

    name: str
    kind: Kind = Kind.TEXT
    rule: Rule = Rule.REGISTER
    searchable: bool = False
    order: tuple[str, ...] = ()
    indexed: bool = False


@dataclass(frozen=True, slots=True)
class Noun:
    """One kind of entity, with the circle its rows live in by default."""

    name: str
    circle: str
    fields: tuple[Field, ...]
    subject: str | None = None
    """The field that names the child this entity is about, if any."""

    def field(self, name: str) -> Field:
        """The field of that name.

        Raises:
            KeyError: this noun has no such field.
        """
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)


SCHOOL: Final = "school"
TEAM: Final = "team"
LEADERSHIP: Final = "leadership"
AUDIT: Final = "audit"
