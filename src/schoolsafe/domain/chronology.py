"""A child's chronology: dated entries of every kind, and the counts and gaps that show a pattern.

Source: domain.md 4.2 to 4.4. No score is ever computed.
"""

from enum import StrEnum

from schoolsafe.domain.field import TEAM, Field, Kind, Noun, Rule


class EntryKind(StrEnum):
    """The ordinary entries a lead writes."""

    CONCERN = "concern"
    CONTACT_PARENT = "contact_parent"
    CONTACT_AGENCY = "contact_agency"
    OBSERVATION = "observation"
    MEETING = "meeting"


class Significance(StrEnum):
    """Whether a reader of the short chronology must see it."""

    ROUTINE = "routine"
    SIGNIFICANT = "significant"


CHRONOLOGY_ENTRY = Noun(
    "entry",
    TEAM,
    (
        Field("child", Kind.ENTITY, Rule.IMMUTABLE, indexed=True),
        Field("kind", Kind.CODE, Rule.IMMUTABLE),
        Field("happened", Kind.INSTANT, Rule.IMMUTABLE),
        Field("happened_precision", Kind.CODE, Rule.IMMUTABLE),
        Field("title", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("text", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("child_words", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("voice_why_not", Kind.TEXT, Rule.IMMUTABLE),
        Field("present", Kind.TEXT, Rule.IMMUTABLE),
        Field("place", Kind.TEXT, Rule.IMMUTABLE),
        Field("action", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("outcome", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("significance", Kind.CODE, Rule.PROTECTIVE, order=("significant", "routine")),
        Field("withdrawn", Kind.TEXT),
    ),
    subject="child",
)
"""``happened`` is ISO 8601 with offset; ``happened_precision``: exact, approx, day. ``withdrawn`` holds the reason."""

RULE_DECISION = Noun(
    "rule_decision",
    TEAM,
    (
        Field("child", Kind.ENTITY, Rule.IMMUTABLE, indexed=True),
        Field("rule", Kind.CODE, Rule.IMMUTABLE),
        Field("evidence", Kind.DATA, Rule.IMMUTABLE),
        Field("decision", Kind.CODE, Rule.IMMUTABLE),
        Field("reason", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
    ),
    subject="child",
)
"""The recorded answer to one prompt: refer, escalate or continue, with a reason."""
