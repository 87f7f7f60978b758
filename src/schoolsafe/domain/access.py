"""Which circles a role reads, writes to, or has nothing to do with. Source: the key matrix.

What is enforced here follows from keys: a seat gets a circle's key only where this table says READ.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from schoolsafe.domain.field import AUDIT, LEADERSHIP, SCHOOL, TEAM
from schoolsafe.domain.person import Role
from schoolsafe.errors import Refused

CIRCLES: Final = (SCHOOL, TEAM, LEADERSHIP, AUDIT)
"""The standing circles of every school, in the order they are made."""
SUPPORT: Final = "support"
CASE: Final = "case"
CARD: Final = "card"


class Access(StrEnum):
    """What a role may do in a circle."""

    READ = "read"
    """Holds the key: reads and writes."""
    BOX = "box"
    """Can add, cannot read back."""
    NAMED = "named"
    """Only the people named on that circle."""
    OWN = "own"
    """Only what is addressed to the person's own seat."""
    NONE = "none"


class NotTheSchoolsChoice(Refused):
    """A school cannot give {role} that access to {circle}."""


_LEAD: Final = (
    (SCHOOL, Access.READ),
    (TEAM, Access.READ),
    (LEADERSHIP, Access.READ),
    (SUPPORT, Access.READ),
    (CASE, Access.NAMED),
    (AUDIT, Access.BOX),
    (CARD, Access.OWN),
)
_STAFF: Final = (
    (SCHOOL, Access.READ),
    (TEAM, Access.BOX),
    (AUDIT, Access.BOX),
    (CARD, Access.OWN),
)

_TABLE: Final[Mapping[Role, Mapping[str, Access]]] = {
    Role.DSL: dict(_LEAD),
    Role.DEPUTY: dict(_LEAD),
    Role.HEAD: {
        SCHOOL: Access.READ,
        TEAM: Access.BOX,
        LEADERSHIP: Access.READ,
        CASE: Access.NAMED,
        AUDIT: Access.READ,
        CARD: Access.OWN,
    },
    Role.PASTORAL: {**dict(_STAFF), SUPPORT: Access.NAMED, CASE: Access.NAMED},
    Role.TEACHER: dict(_STAFF),
    Role.PSHE_LEAD: dict(_STAFF),
    Role.OFFICE: dict(_STAFF),
    Role.GOVERNOR: {CASE: Access.NAMED},
    Role.IT_ADMIN: {},
}

CHOICES: Final[Mapping[tuple[Role, str], tuple[Access, ...]]] = MappingProxyType(
    {
        (Role.HEAD, TEAM): (Access.BOX, Access.READ),
        (Role.GOVERNOR, AUDIT): (Access.NONE, Access.READ),
    }
)
"""Where the school decides: what it may choose, the default first."""

Choices = Mapping[tuple[Role, str], Access]
"""What a school decided, for (role, circle)."""


def access(role: Role, circle: str, choices: Choices | None = None) -> Access:
    """What a role may do in a circle; everything not listed is neither read nor written.

    Raises:
        NotTheSchoolsChoice: ``choices`` gives this role something that is not the school's to give.
    """
    chosen = (choices or {}).get((role, circle))
    if chosen is None:
        return _TABLE[role].get(circle, Access.NONE)
    if chosen not in CHOICES.get((role, circle), ()):
        raise NotTheSchoolsChoice(role=role.value, circle=circle)
    return chosen
