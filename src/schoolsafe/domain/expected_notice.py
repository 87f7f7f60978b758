"""A notice the school should have had and did not get: it heard of the incident another way.

Source: domain.md 2.9 ("other agencies knew, the school was never told").
"""

from schoolsafe.domain.field import TEAM, Field, Kind, Noun, Rule

EXPECTED_NOTICE = Noun(
    "expected_notice",
    TEAM,
    (
        Field("child", Kind.ENTITY, Rule.IMMUTABLE, indexed=True),
        Field("happened", Kind.INSTANT, Rule.IMMUTABLE, indexed=True),
        Field("happened_precision", Kind.CODE, Rule.IMMUTABLE),
        Field("learned_how", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("learned_on", Kind.DATE, Rule.IMMUTABLE),
        Field("chased_with", searchable=True),
        Field("chased_on", Kind.DATE),
        Field("outcome", searchable=True),
        Field("withdrawn", Kind.TEXT),
    ),
    subject="child",
)
"""``happened`` is the day of the incident (``happened_precision`` is "day"); ``chased_with`` whom the
school asked, ``outcome`` what came of it. It stands on the child's chronology and in the monthly letter."""
