"""A card as the fields of a form, and back. Knows no Qt."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from schoolsafe.domain.protocol_card import (
    Acknowledge,
    Audience,
    Card,
    Contact,
    Grade,
    Parents,
    Proposed,
    Repeat,
    Source,
    Support,
    Tell,
)
from schoolsafe.ui.problem import Problem
from schoolsafe.words import N_, _

PARENTS: Final = (
    (Contact.YES, N_("Yes, where safe")),
    (Contact.ASK_FIRST, N_("Ask first")),
    (Contact.NO, N_("No")),
    (Contact.NOT_SAID, N_("The card does not say")),
)
SUPPORTS: Final = (
    (Support.SILENT, N_("Silent")),
    (Support.OVERT, N_("Overt")),
    (Support.BOTH, N_("Either")),
    (Support.NOT_SAID, N_("The card does not say")),
)
AUDIENCES: Final = (
    (Audience.CLASS_TEACHER, N_("Class teacher")),
    (Audience.KEY_ADULT, N_("The child’s key adult")),
    (Audience.PASTORAL, N_("Pastoral staff")),
    (Audience.HEAD, N_("Headteacher")),
    (Audience.STAFF, N_("Staff who need to know")),
    (Audience.SIBLING_SCHOOLS, N_("Leads of siblings’ schools")),
    (Audience.OTHERS, N_("Others, where lawful")),
)
_REPEAT: Final = re.compile(
    r"^\s*(?P<n>\d+)\s+(?P<grade>.+?)\s+in\s+(?P<months>\d+)\s+months?\s*(?::\s*(?P<means>.*))?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CardForm:
    """The fields as typed."""

    area: str
    parents: str
    parents_words: str
    support: str
    says_who: bool
    may: tuple[str, ...]
    tell_words: str
    how: str
    address: str
    phone: str
    within: str
    target: str
    grades: str
    repeats: str
    notes: str
    source: str
    checked: date | None
    checked_wrong: str
    sure: bool


def form_of(card: Card) -> CardForm:
    """The card as fields."""
    return CardForm(
        area=card.area,
        parents=card.parents.contact.value,
        parents_words=card.parents.words,
        support=card.support.proposed.value,
        says_who=card.tell.may is not None,
        may=tuple(one.value for one in card.tell.may or ()),
        tell_words=card.tell.words,
        how=card.acknowledge.how,
        address=card.acknowledge.address,
        phone=card.acknowledge.phone,
        within=card.acknowledge.within,
        target=card.target,
        grades="\n".join(_grade_line(one) for one in card.grade),
        repeats="\n".join(_repeat_line(one) for one in card.repeat),
        notes="\n".join(card.notes),
        source=card.source.words,
        checked=card.source.checked,
        checked_wrong="",
        sure=card.source.sure,
    )


def wrong_with(form: CardForm) -> list[Problem]:
    """What cannot be read."""
    problems = []
    if not form.area.strip():
        problems.append(Problem(_("Enter which force or council the card is from"), "area"))
    for n, line in enumerate(_lines(form.repeats), 1):
        if _REPEAT.match(line) is None:
            words = _("Line {n}: write it like 3 Low in 3 months: reviewed as escalating")
            problems.append(Problem(words.format(n=n), "repeats"))
    if form.checked_wrong:
        problems.append(Problem(form.checked_wrong, "checked"))
    return problems


def card_of(form: CardForm, card: Card) -> Card:
    """The fields as the card they change; what the form does not ask stays."""
    repeats = (_REPEAT.match(line) for line in _lines(form.repeats))
    return replace(
        card,
        area=form.area.strip(),
        parents=Parents(Contact(form.parents), form.parents_words.strip()),
        support=Proposed(
            Support(form.support),
            card.support.words if form.support == card.support.proposed else "",
        ),
        tell=Tell(
            tuple(Audience(one) for one in form.may) if form.says_who else None,
            form.tell_words.strip(),
        ),
        acknowledge=Acknowledge(
            form.how.strip(), form.address.strip(), form.phone.strip(), form.within.strip()
        ),
        target=form.target.strip(),
        grade=tuple(_grade_of(line) for line in _lines(form.grades)),
        repeat=tuple(
            Repeat(m["grade"].strip(), int(m["n"]), int(m["months"]), (m["means"] or "").strip())
            for m in repeats
            if m is not None
        ),
        notes=tuple(_lines(form.notes)),
        source=Source(form.source.strip(), form.checked, form.sure),
    )


def _lines(text: str) -> Sequence[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _grade_line(one: Grade) -> str:
    words = ", ".join((one.words, *one.also))
    return f"{words}: {one.means}" if one.means else words


def _grade_of(line: str) -> Grade:
    said, _colon, means = line.partition(":")
    first, *also = [part.strip() for part in said.split(",") if part.strip()] or [said.strip()]
    return Grade(first, tuple(also), means.strip())


def _repeat_line(one: Repeat) -> str:
    said = f"{one.n} {one.grade} in {one.months} months"
    return f"{said}: {one.means}" if one.means else said
