"""A notice about a child of another school: what the sender is told, and what is kept of it.

No file is opened. The sender is told, by phone or in writing, without the child's name in a subject;
then the content is taken out and a stub stays for a year: date, force, reference, that it was not
ours, who told whom. Source: domain.md 2.9 and 11. Left to others: taking it out (domain.disposal).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from schoolsafe.domain import say
from schoolsafe.domain.field import TEAM, Field, Kind, Noun, Rule
from schoolsafe.domain.name import fold
from schoolsafe.words import N_, _

NOT_OURS = Noun(
    "not_ours",
    TEAM,
    (
        Field("notification", Kind.ENTITY, Rule.IMMUTABLE, indexed=True),
        Field("lines", Kind.DATA, Rule.IMMUTABLE),
        Field("received_at", Kind.INSTANT, Rule.IMMUTABLE, indexed=True),
        Field("force", Kind.TEXT, Rule.IMMUTABLE),
        Field("police_reference", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("kind", Kind.CODE, Rule.IMMUTABLE),
        Field("outcome", Kind.CODE, Rule.IMMUTABLE),
        Field("told_to", Kind.TEXT, Rule.IMMUTABLE),
        Field("told_how", Kind.CODE, Rule.IMMUTABLE),
        Field("told_at", Kind.INSTANT, Rule.IMMUTABLE),
        Field("told_by", Kind.ENTITY, Rule.IMMUTABLE),
        Field("original_sha256", Kind.TEXT, Rule.IMMUTABLE, indexed=True),
        Field("whole", Kind.FLAG, Rule.IMMUTABLE),
        Field("figures", Kind.DATA, Rule.IMMUTABLE),
    ),
)
"""What is kept of a notice, or of one child of it, that was not about a pupil here. Retention class
``not_ours_stub``: a year. ``lines`` are the entities that held the children, by id alone. ``figures``
is what the month's letter counts: whether it came in time, what it did not tell, how soon it was opened."""

_LEAST_WORD: Final = 3


class How(StrEnum):
    """How somebody was told."""

    PHONE = "phone"
    EMAIL = "email"
    PORTAL = "portal"
    LETTER = "letter"
    IN_PERSON = "in_person"


HOW: Final = {
    How.PHONE: N_("by phone"),
    How.EMAIL: N_("by email"),
    How.PORTAL: N_("through their portal"),
    How.LETTER: N_("by letter"),
    How.IN_PERSON: N_("in person"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a message to a sender may rest on."""

    school: str
    person: str
    reference: str | None
    received: datetime
    names: tuple[str, ...]
    """The child's names, so that none of them gets into a message by way of a reference."""
    sender: str | None = None
    """Who sent it, as far as the message says."""


@dataclass(frozen=True, slots=True)
class Message:
    """A call to make, or a mail to write."""

    script: tuple[str, ...]
    subject: str
    body: str


def holds_name(text: str | None, names: Sequence[str]) -> bool:
    """Whether a text holds a word of one of these names, however it is written."""
    found = fold(text)
    joined = found.replace(" ", "")
    return any(
        word in joined for name in names for word in fold(name).split() if len(word) >= _LEAST_WORD
    )


def wrong_school(facts: Facts) -> Message:
    """What the sender is told: not our pupil, and what happens to what they sent."""
    ref = _reference(facts)
    day = say.date_words(facts.received.date())
    which = (
        _("{reference}, received {day}").format(reference=ref, day=day)
        if ref
        else _("the one received {day}").format(day=day)
    )
    about = (
        _("your notification {which}").format(which=which)
        if ref
        else _("your notification received {day}").format(day=day)
    )
    body = (
        _("The child named in {about}, is not a pupil at {school}.").format(
            about=about, school=facts.school
        ),
        _(
            "We have opened no file. Once you have this, what you sent is taken out of our records;"
            " we keep the date, your reference and that we told you."
        ),
        _(
            "We have not passed it on. Send it to the right school, or tell us if we can help find it."
        ),
    )
    script = (
        _("Say who you are: {person}, {school}.").format(person=facts.person, school=facts.school),
        _("Say which notification you ring about: {which}.").format(which=which),
        _("Wait until they have it in front of them. Let them say the child’s name, not you."),
        _("Say: the child is not a pupil here. We have opened no file and passed nothing on."),
        _("Ask: which school should have had it, and will you send it there?"),
        _("Say: we now take it out of our records. We keep the date and your reference."),
        _("Ask who you spoke to, and note the name."),
    )
    subject = (
        _("Notification {reference}: not a pupil at this school").format(reference=ref)
        if ref
        else _("Notification received {day}: not a pupil at this school").format(day=day)
    )
    return Message(script, subject, _mail(body, facts))


def which_child(facts: Facts) -> Message:
    """What the sender is asked where two children could be meant."""
    ref, day = _reference(facts), say.date_words(facts.received.date())
    about = ref or _("received {day}").format(day=day)
    body = (
        _("We cannot tell which of our pupils notification {about} is about.").format(about=about),
        _("Ring us with the child’s full name, date of birth and address. Do not write them here."),
    )
    script = (
        _("Say who you are: {person}, {school}.").format(person=facts.person, school=facts.school),
        _("Say which notification you ring about: {about}.").format(about=about),
        _("Ask for the child’s full name, date of birth and address, and note them here."),
    )
    subject = _("Notification {about}: which child is meant?").format(about=about)
    return Message(script, subject, _mail(body, facts))


def another_place(facts: Facts, place: str) -> Message:
    """What another school's lead is sent: that there is something, and to ring. No name, no content."""
    body = (
        _("I have something to tell the designated safeguarding lead of {place}.").format(
            place=place
        ),
        _("Ring me. I will not put it in writing, and I will ask who you are."),
    )
    script = (
        _(
            "Ask for the designated safeguarding lead, and nobody else. Ring back through the switchboard."
        ),
        _(
            "Say the child’s name once you know who it is, then only what they need to keep them safe."
        ),
        _("Ask them to confirm that they have it, and note who it was."),
    )
    return Message(
        script,
        _("For your safeguarding lead: ring {school}").format(school=facts.school),
        _mail(body, facts),
    )


def _mail(parts: Sequence[str], facts: Facts) -> str:
    return "\n\n".join((*parts, f"{facts.person}\n{facts.school}")) + "\n"


def _reference(facts: Facts) -> str:
    """The sender's reference, unless a name stands in it: a subject is read by strangers."""
    plain = say.plain_text(facts.reference or "")
    return "" if holds_name(plain, facts.names) else plain
