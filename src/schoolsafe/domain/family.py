"""The people round a child, their homes, who must not collect: nouns of the *team* circle, no flag in *school*.

A person stands once, however many children of the school they belong to; a relation says what they are to each.
Left to others: what is asked (family_forms), the drawing (genogram), what a print leaves out (withhold).
Source: domain.md 3.6, 4.2, 6.4, 11; architecture 9.8, 9.22.
"""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from schoolsafe.domain.field import TEAM, Field, Kind, Noun, Rule
from schoolsafe.words import N_

RELATIVE: Final = Noun(
    "relative",
    TEAM,
    (
        Field("name", searchable=True),
        Field("sex", Kind.CODE),
        Field("born", Kind.DATE),
        Field("phone"),
        Field("safe_to_call", Kind.CODE, Rule.PROTECTIVE, order=("no", "unknown", "yes")),
        Field("school", searchable=True),
        Field("school_contact"),
        Field("notes", searchable=True),
        Field("unborn", Kind.FLAG, indexed=True),
        Field("due", Kind.DATE, Rule.EARLIEST),
        Field("referral", Kind.CODE, Rule.PROTECTIVE, order=("referred", "not_referred")),
        Field("referral_why", searchable=True),
        Field("closed_why", searchable=True),
        Field("withdrawn"),
    ),
)
"""A person in a child's life who is no pupil here. ``school`` and ``school_contact``: of a brother or sister elsewhere.
``unborn``: a baby who is expected, with a due date and no name; never counted as a pupil."""

RELATION: Final = Noun(
    "relation",
    TEAM,
    (
        Field("child", Kind.ENTITY, Rule.IMMUTABLE, indexed=True),
        Field("relative", Kind.ENTITY, Rule.IMMUTABLE, indexed=True),
        Field("other", Kind.ENTITY, Rule.IMMUTABLE, indexed=True),
        Field("relationship", Kind.CODE),
        Field("own_words", searchable=True),
        Field(
            "parental_responsibility", Kind.CODE, Rule.PROTECTIVE, order=("no", "unknown", "yes")
        ),
        Field("withdrawn"),
    ),
    subject="child",
)
"""What one person is to another. With ``child``: what ``relative`` (a relative, or another pupil) is to that child.
With ``other``: two grown-ups who are or were a couple; ``relationship`` is then together, separated or divorced."""

HOME: Final = Noun(
    "home",
    TEAM,
    (
        Field("kind", Kind.CODE),
        Field("address"),
        Field("confidential", Kind.CODE, Rule.PROTECTIVE, order=("yes", "no")),
        Field("since", Kind.DATE),
        Field("until", Kind.DATE),
        Field("notes"),
        Field("withdrawn"),
    ),
)
"""A place where a child lives or lived. The address is not searched: a search list is read over a shoulder."""

RESIDENCE: Final = Noun(
    "residence",
    TEAM,
    (
        Field("home", Kind.ENTITY, Rule.IMMUTABLE, indexed=True),
        Field("who", Kind.ENTITY, Rule.IMMUTABLE, indexed=True),
        Field("pattern"),
        Field("since", Kind.DATE),
        Field("until", Kind.DATE),
        Field("withdrawn"),
    ),
)
"""Who lives in a home: a pupil or a relative, from when, until when, and which days. One child may have several."""

COLLECTION_BAR: Final = Noun(
    "collection_bar",
    TEAM,
    (
        Field("child", Kind.ENTITY, Rule.IMMUTABLE, indexed=True),
        Field("name", searchable=True),
        Field("forbidden", Kind.CODE, Rule.PROTECTIVE, order=("both", "contact", "collect")),
        Field("evidence", Kind.CODE),
        Field("reference", searchable=True),
        Field("until", Kind.DATE),
        Field("reason", searchable=True),
        Field("withdrawn"),
    ),
    subject="child",
)
"""Who must not collect or contact a child, on what evidence and until when. The gate sees none of it: it sees the
allowed names of ``child.may_collect``."""

PROTECTED_IDENTITY: Final = Noun(
    "protected_identity",
    TEAM,
    (
        Field("child", Kind.ENTITY, Rule.IMMUTABLE, indexed=True),
        Field("why", Kind.TEXT, Rule.IMMUTABLE),
        Field("lead", Kind.TEXT, Rule.IMMUTABLE),
        Field("head", Kind.TEXT, Rule.IMMUTABLE),
        Field("ended", Kind.TEXT),
        Field("withdrawn"),
    ),
    subject="child",
)
"""A child who lives under another identity, decided by the lead and the head together, both named.

What holds today is a rule of the program: addresses, brothers and sisters and earlier schools leave no print. Moving
the old record into a *case* circle, with a new record nobody can link to it, waits for case circles."""

NOUNS: Final = (RELATIVE, RELATION, HOME, RESIDENCE, COLLECTION_BAR, PROTECTED_IDENTITY)

RELATIONSHIPS: Final = (
    ("mother", N_("Mother")),
    ("father", N_("Father")),
    ("step_parent", N_("Step-parent")),
    ("parent_partner", N_("Partner of a parent")),
    ("carer", N_("Carer or foster carer")),
    ("grandparent", N_("Grandparent")),
    ("aunt_uncle", N_("Aunt or uncle")),
    ("sibling", N_("Brother or sister")),
    ("half_sibling", N_("Half-brother or half-sister")),
    ("step_sibling", N_("Step-brother or step-sister")),
    ("own_child", N_("The pupil’s own child")),
    ("other", N_("Somebody else")),
)
SIBLINGS: Final = frozenset({"sibling", "half_sibling", "step_sibling"})

COUPLE: Final = (
    ("together", N_("Together")),
    ("separated", N_("Separated")),
    ("divorced", N_("Divorced")),
)

HOMES: Final = (
    ("family", N_("Family home")),
    ("other_parent", N_("Other parent’s home")),
    ("relatives", N_("With relatives")),
    ("foster", N_("Foster home")),
    ("refuge", N_("Refuge")),
    ("dispersed", N_("Dispersed accommodation")),
    ("other", N_("Another place")),
)
ALWAYS_CONFIDENTIAL: Final = frozenset({"refuge", "dispersed"})
"""Homes whose address is confidential whatever was ticked."""

SEXES: Final = (("female", N_("Female")), ("male", N_("Male")), ("unknown", N_("Not known")))

EVIDENCE: Final = (
    ("court_order", N_("Court order")),
    ("bail", N_("Bail condition")),
    ("written_request", N_("Written request by someone with parental responsibility")),
    ("police", N_("Police")),
)
FORBIDDEN: Final = (
    ("collect", N_("Must not collect")),
    ("contact", N_("Must not contact")),
    ("both", N_("Must not collect or contact")),
)
REFERRAL: Final = (("referred", N_("Referred")), ("not_referred", N_("Not referred")))

AFTER_DUE: Final = timedelta(days=28)
"""An expected baby nobody said more about is closed this long after the due date. Source: domain.md 3.6."""


class Expected(StrEnum):
    """Where an expected baby stands."""

    TO_DECIDE = "to_decide"
    """Nobody has recorded whether it was referred."""
    DECIDED = "decided"
    DUE = "due"
    """The due date has gone by: what became of it?"""
    LAPSED = "lapsed"
    """Closed 28 days after the due date."""
    CLOSED = "closed"
    """Closed by a person, with the reason."""
    BORN = "born"


def expected(*, unborn: bool, due: date | None, decided: bool, closed: bool, on: date) -> Expected:
    """Where an expected baby stands on a day; the day 28 days after the due date is still open."""
    if not unborn:
        return Expected.BORN
    if closed:
        return Expected.CLOSED
    if due is not None and on > due + AFTER_DUE:
        return Expected.LAPSED
    if not decided:
        return Expected.TO_DECIDE
    return Expected.DUE if due is not None and on > due else Expected.DECIDED


def holds(until: date | None, on: date) -> bool:
    """Whether something with that last day still holds; without one it has no end."""
    return until is None or until >= on


def is_confidential(kind: str | None, said: str | None) -> bool:
    """Whether an address stays off screens until asked for, and off paper for good."""
    return said == "yes" or kind in ALWAYS_CONFIDENTIAL
