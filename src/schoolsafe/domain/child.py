"""A pupil as the school's own lists give them. Lives in *school*: no safeguarding flag of any kind."""

from schoolsafe.domain.field import SCHOOL, Field, Kind, Noun

CHILD = Noun(
    "child",
    SCHOOL,
    (
        Field("surname", searchable=True, indexed=True),
        Field("forename", searchable=True),
        Field("other_forenames"),
        Field("preferred_surname", searchable=True),
        Field("preferred_forename", searchable=True),
        Field("former_surname", searchable=True),
        Field("former_forename", searchable=True),
        Field("dob", Kind.DATE, indexed=True),
        Field("upn", indexed=True),
        Field("former_upn"),
        Field("admission", indexed=True),
        Field("year"),
        Field("class", Kind.TEXT),
        Field("sex", Kind.CODE),
        Field("enrolment", Kind.TEXT),
        Field("status", Kind.CODE, indexed=True),
        Field("site", Kind.TEXT),
        Field("postcode", Kind.TEXT),
        Field("placements", Kind.DATA),
        Field("may_collect", Kind.TEXT),
        Field("may_collect_until", Kind.DATE),
        Field("withdrawn", Kind.TEXT),
        Field("surname_sent", Kind.TEXT),
        Field("forename_sent", Kind.TEXT),
        Field("came_from", Kind.TEXT),
        Field("same_as", Kind.ENTITY, indexed=True),
    ),
    subject=None,
)
"""``surname_sent`` and ``forename_sent`` are the capitals a transfer file wrote, where those on record are a
guess; ``came_from`` the school it says they came from. ``same_as`` is another record of the same pupil, whose name
stands: a person said so (``duplicate``).

``status``: on_roll, possibly_left, left, not_on_roll (added by hand). ``may_collect`` is allowed names, no
reason (architecture 9.8)."""

CLASS = Noun(
    "class",
    SCHOOL,
    (Field("name", indexed=True), Field("teacher"), Field("room"), Field("first_adult")),
)
"""A class and who meets its children first."""

PUPIL_IMPORT = Noun(
    "pupil_import",
    SCHOOL,
    (
        Field("sha256"),
        Field("columns", Kind.DATA),
        Field("not_used", Kind.DATA),
        Field("counts", Kind.DATA),
        Field("at", Kind.INSTANT),
    ),
)
"""One pupil list taken in: its columns as confirmed, remembered for the next one."""
