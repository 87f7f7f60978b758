"""The school's own calendar, per site: terms, closures, start of day. Source: domain.md 2.2 and 7.7."""

from schoolsafe.domain.field import SCHOOL, Field, Kind, Noun

SITE = Noun(
    "site",
    SCHOOL,
    (
        Field("name"),
        Field("start"),
        Field("end"),
        Field("terms", Kind.DATA),
        Field("closed", Kind.DATA),
        Field("division"),
    ),
)
"""``start`` and ``end`` are "HH:MM"; ``terms`` a list of {name, first, last}; ``closed`` a list of {date, why};
``division`` names the gov.uk bank-holiday list."""
