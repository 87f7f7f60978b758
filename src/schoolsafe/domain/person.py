"""People of the school: staff who have a seat, and the roles they hold."""

from enum import StrEnum

from schoolsafe.domain.field import SCHOOL, Field, Kind, Noun


class Role(StrEnum):
    """What a person is for; a set of circles follows from it (`access`)."""

    DSL = "dsl"
    DEPUTY = "deputy"
    HEAD = "head"
    PASTORAL = "pastoral"
    TEACHER = "teacher"
    PSHE_LEAD = "pshe_lead"
    OFFICE = "office"
    GOVERNOR = "governor"
    IT_ADMIN = "it_admin"


PERSON = Noun(
    "person",
    SCHOOL,
    (
        Field("name", searchable=True),
        Field("role", Kind.CODE),
        Field("job"),
        Field("email"),
        Field("phone"),
    ),
)

SCHOOL_FACTS = Noun(
    "school",
    SCHOOL,
    (
        Field("name"),
        Field("urn"),
        Field("dfe_number"),
        Field("town"),
        Field("test", Kind.FLAG),
        Field("demo", Kind.FLAG),
    ),
)
"""The school itself: one entity, ``school:<urn>``."""

SETTING = Noun(
    "setting",
    SCHOOL,
    (Field("value", Kind.DATA),),
)
"""A choice that holds for the whole school, such as the wording of the four choices. Entity ``setting:<name>``."""
