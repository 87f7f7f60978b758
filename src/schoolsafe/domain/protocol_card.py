"""Protocol cards: what one police force or council asks of schools, as dated data.

Areas contradict each other (may parents be contacted or not; who may be told), so nothing of it is
code. A card proposes in words and chooses nothing; where a person does otherwise, it asks why and
never blocks. Source: domain.md 2.3, 2.4 and 2.6. Left to others: reading the files
(services.protocol_card), what was done otherwise on record (services.notification).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from schoolsafe.domain.field import SCHOOL, TEAM, Field, Kind, Noun, Rule
from schoolsafe.domain.person import Role
from schoolsafe.domain.say import joined
from schoolsafe.words import N_, _, ngettext

FORMAT: Final = 1
"""The version of a card's file (docs/spec/protocol-card.md)."""

PROTOCOL_CARD = Noun(
    "protocol_card",
    SCHOOL,
    (
        Field("area", indexed=True),
        Field("card", Kind.DATA),
        Field("in_use", Kind.FLAG, indexed=True),
        Field("withdrawn", Kind.TEXT),
    ),
)
"""A card the school uses, as its own copy: entity ``protocol_card:<id>``, ``card`` in the file's shape."""

CARD_BREAK = Noun(
    "card_break",
    TEAM,
    (
        Field("child", Kind.ENTITY, Rule.IMMUTABLE, indexed=True),
        Field("notification", Kind.ENTITY, Rule.IMMUTABLE, indexed=True),
        Field("line", Kind.ENTITY, Rule.IMMUTABLE, indexed=True),
        Field("rule", Kind.CODE, Rule.IMMUTABLE),
        Field("title", Kind.TEXT, Rule.IMMUTABLE),
        Field("reason", Kind.TEXT, Rule.IMMUTABLE, searchable=True),
        Field("at", Kind.INSTANT, Rule.IMMUTABLE),
        Field("withdrawn", Kind.TEXT),
    ),
    subject="child",
)
"""Something was done otherwise than a card says: ``title`` is what the card said that day, ``reason``
why a person did otherwise ("" where none was given). ``rule``: parents, tell."""


class Contact(StrEnum):
    """Whether parents may be spoken to about a notice."""

    YES = "yes"
    ASK_FIRST = "ask_first"
    NO = "no"
    NOT_SAID = "not_said"


class Support(StrEnum):
    """What the area proposes; a person chooses, nothing is pre-chosen."""

    SILENT = "silent"
    OVERT = "overt"
    BOTH = "both"
    NOT_SAID = "not_said"


class Audience(StrEnum):
    """Who hears of it."""

    LEAD = "lead"
    HEAD = "head"
    CLASS_TEACHER = "class_teacher"
    KEY_ADULT = "key_adult"
    PASTORAL = "pastoral"
    STAFF = "staff"
    SIBLING_SCHOOLS = "sibling_schools"
    OTHERS = "others"


_AUDIENCES: Final[Mapping[Audience, str]] = {
    Audience.LEAD: N_("the safeguarding leads"),
    Audience.HEAD: N_("the headteacher"),
    Audience.CLASS_TEACHER: N_("the class teacher"),
    Audience.KEY_ADULT: N_("the child’s key adult"),
    Audience.PASTORAL: N_("pastoral staff"),
    Audience.STAFF: N_("staff who need to know"),
    Audience.SIBLING_SCHOOLS: N_("leads of siblings’ schools"),
    Audience.OTHERS: N_("others, where lawful"),
}
CONTACTS: Final[Mapping[Contact, str]] = {
    Contact.YES: N_("Parents may be contacted, where it is safe"),
    Contact.ASK_FIRST: N_("Ask before any contact with a parent"),
    Contact.NO: N_("Do not contact parents about this"),
    Contact.NOT_SAID: N_("Contact with parents: the card does not say"),
}
SUPPORTS: Final[Mapping[Support, str]] = {
    Support.SILENT: N_("Silent support is proposed"),
    Support.OVERT: N_("Overt support is proposed"),
    Support.BOTH: N_("Silent or overt support: you choose"),
    Support.NOT_SAID: N_("Silent or overt: the card does not say"),
}


@dataclass(frozen=True, slots=True)
class Parents:
    """May parents be contacted, and the area's own words for it."""

    contact: Contact = Contact.NOT_SAID
    words: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """Silent, overt or both, with the area's own words."""

    proposed: Support = Support.NOT_SAID
    words: str = ""


@dataclass(frozen=True, slots=True)
class Tell:
    """Who may be told. None: the card does not say, and nothing is asked."""

    may: tuple[Audience, ...] | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """Whom to tell that the notice has come, how, and how soon."""

    how: str = ""
    address: str = ""
    phone: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade word, as the area sends it, and what it means there."""

    words: str
    also: tuple[str, ...] = ()
    """The same grade in other words, such as Red for High."""
    means: str = ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """``n`` notices of one grade within so many months, and what the area makes of them."""

    grade: str
    n: int
    months: int
    means: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where it is from and when somebody last looked."""

    words: str = ""
    checked: date | None = None
    sure: bool = False
    """False: shown as "check with your force"."""


@dataclass(frozen=True, slots=True)
class Card:
    """One area's rules for schools."""

    id: str
    area: str
    format: int = FORMAT
    kind: str = "force"
    """force or council."""
    senders: tuple[str, ...] = ()
    """Ends of the mail domains this area writes from."""
    parents: Parents = field(default_factory=Parents)
    support: Proposed = field(default_factory=Proposed)
    tell: Tell = field(default_factory=Tell)
    acknowledge: Acknowledge = field(default_factory=Acknowledge)
    target: str = ""
    """When the area means to have told the school, in words."""
    grade: tuple[Grade, ...] = ()
    """The highest first: the order is the card's own."""
    repeat: tuple[Repeat, ...] = ()
    notes: tuple[str, ...] = ()
    source: Source = field(default_factory=Source)


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What a person is about to do otherwise than a card says."""

    rule: str
    """parents or tell."""
    says: str
    """The card, and what it says: "Northmere Police: ask before any contact with a parent"."""


def holds_for(
    cards: Sequence[Card], *, address: str | None, organisation: str | None
) -> tuple[Card, ...]:
    """The cards that speak about a notice from this sender: by mail domain or name, else all in use.

    Where it cannot be told whose rules hold, every card in use is shown and each of them may ask:
    the more careful one counts until a person says otherwise.
    """
    domain = (address or "").rpartition("@")[2].casefold()
    name = (organisation or "").casefold()
    known = tuple(
        card
        for card in cards
        if any(_ends(domain, end.casefold()) for end in card.senders)
        or (name and card.area.casefold() == name)
    )
    return known or tuple(cards)


def _ends(domain: str, end: str) -> bool:
    return bool(end) and (domain == end or domain.endswith(f".{end}"))


def about_parents(cards: Iterable[Card]) -> tuple[Otherwise, ...]:
    """What contact with a parent would break."""
    asks = {Contact.ASK_FIRST, Contact.NO}
    return tuple(
        Otherwise("parents", _says(card, card.parents.words or _(CONTACTS[card.parents.contact])))
        for card in cards
        if card.parents.contact in asks
    )


def about_telling(cards: Iterable[Card], told: Collection[Audience]) -> tuple[Otherwise, ...]:
    """What telling these people would break. The leads are always among those who may know."""
    found = []
    for card in cards:
        if card.tell.may is None:
            continue
        may = {Audience.LEAD, *card.tell.may}
        if Audience.STAFF in may:
            may |= {*Audience} - {Audience.SIBLING_SCHOOLS, Audience.OTHERS}
        if any(one not in may for one in told):
            found.append(Otherwise("tell", _says(card, tell_words(card))))
    return tuple(found)


def tell_words(card: Card) -> str:
    """Who may be told, in a sentence."""
    if card.tell.words:
        return card.tell.words
    if card.tell.may is None:
        return _("Who may be told: the card does not say")
    who = joined(tuple(_(_AUDIENCES[one]) for one in card.tell.may)) or _(_AUDIENCES[Audience.LEAD])
    return _("May be told: {who}").format(who=who)


def _says(card: Card, words: str) -> str:
    return _("{card}: {words}").format(card=card.area, words=words.rstrip("."))


_ROLES: Final[Mapping[str, Audience]] = {
    Role.DSL: Audience.LEAD,
    Role.DEPUTY: Audience.LEAD,
    Role.HEAD: Audience.HEAD,
    Role.PASTORAL: Audience.PASTORAL,
}
_BETWEEN: Final = (",", ";", "&", " and ", "/")


def audience_of(
    told_to: str, *, teacher: str, key_adults: Iterable[str], roles: Mapping[str, str]
) -> frozenset[Audience]:
    """Who the typed names are to this child; somebody nobody knows here is one of the others.

    Args:
        told_to: one name or several, as typed.
        teacher: the class teacher's name.
        key_adults: whoever was named as key adult or first adult; what follows a comma is a place.
        roles: name of everyone on the staff list to their role.
    """
    by_name = {name.casefold(): role for name, role in roles.items()}
    keys = {one.partition(",")[0].strip().casefold() for one in key_adults} - {""}
    parts = [told_to]
    for mark in _BETWEEN:
        parts = [piece for part in parts for piece in part.split(mark)]
    found = set()
    for name in (part.strip().casefold() for part in parts):
        if not name:
            continue
        if name == teacher.strip().casefold():
            found.add(Audience.CLASS_TEACHER)
        elif name in keys:
            found.add(Audience.KEY_ADULT)
        elif name in by_name:
            found.add(_ROLES.get(by_name[name], Audience.STAFF))
        else:
            found.add(Audience.OTHERS)
    return frozenset(found)


def rank(cards: Iterable[Card], grade_as_sent: str | None) -> int:
    """Where a grade stands in the card's own order: 1 is its highest, 0 a word it does not know.

    A grade is never translated: a word (or a blank) that no card knows comes first, because nobody
    can say that it is less urgent.
    """
    said = _plain(grade_as_sent)
    for card in cards:
        for place, grade in enumerate(card.grade, start=1):
            if said and said in {_plain(word) for word in (grade.words, *grade.also)}:
                return place
    return 0


def grade_means(cards: Iterable[Card], grade_as_sent: str | None) -> str:
    """What the area's card says the word means; nothing where it does not know it."""
    said = _plain(grade_as_sent)
    for card in cards:
        for grade in card.grade:
            if said and said in {_plain(word) for word in (grade.words, *grade.also)}:
                return grade.means
    return ""


def _plain(words: str | None) -> str:
    return (words or "").strip().strip(".").casefold()


@dataclass(frozen=True, slots=True)
class RepeatMet:
    """A rule of the card about repeated grades, met by notices on record. It asks a person; no more."""

    card: str
    repeat: Repeat
    days: tuple[date, ...]

    @property
    def words(self) -> str:
        """The rule, the count, and what the card makes of it."""
        n, rule = len(self.days), self.repeat
        came = ngettext("{n} graded {grade}", "{n} graded {grade}", n).format(n=n, grade=rule.grade)
        span = ngettext("within {n} month", "within {n} months", rule.months).format(n=rule.months)
        said = _("{came} {span}").format(came=came, span=span)
        return _("{said}: {means}").format(said=said, means=rule.means) if rule.means else said


def repeats_met(
    cards: Iterable[Card], graded: Sequence[tuple[date, str]], *, on: date
) -> tuple[RepeatMet, ...]:
    """The cards' rules about repeats that a child's notices meet by that day.

    ``graded`` are the days of the child's notices with the grade as sent.
    """
    met = []
    for card in cards:
        for rule in card.repeat:
            words = _words_of(card, rule.grade)
            since = months_before(on, rule.months)
            days = tuple(sorted(d for d, g in graded if since < d <= on and _plain(g) in words))
            if len(days) >= rule.n:
                met.append(RepeatMet(card.area, rule, days))
    return tuple(met)


def _words_of(card: Card, grade: str) -> set[str]:
    for one in card.grade:
        same = {_plain(word) for word in (one.words, *one.also)}
        if _plain(grade) in same:
            return same
    return {_plain(grade)}


_MONTHS: Final = 12
_SHORTEST: Final = 28


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the month's last day where it has no such day."""
    whole = day.year * _MONTHS + day.month - 1 - months
    year, month = divmod(whole, _MONTHS)
    for last in range(day.day, _SHORTEST - 1, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)
