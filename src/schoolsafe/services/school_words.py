"""Words for roles, apart from the services so that the unlock screen can say them before anything is loaded."""

from collections.abc import Mapping

from schoolsafe.domain.person import Role
from schoolsafe.words import N_, _

_ROLES: Mapping[Role, str] = {
    Role.DSL: N_("safeguarding lead"),
    Role.DEPUTY: N_("deputy safeguarding lead"),
    Role.HEAD: N_("headteacher"),
    Role.PASTORAL: N_("pastoral staff"),
    Role.TEACHER: N_("teacher"),
    Role.PSHE_LEAD: N_("PSHE lead"),
    Role.OFFICE: N_("school office"),
    Role.GOVERNOR: N_("governor"),
    Role.IT_ADMIN: N_("IT support"),
}


def role_words(role: str) -> str:
    """A role in words, for people who read it in 25 years."""
    return _(_ROLES[Role(role)])
