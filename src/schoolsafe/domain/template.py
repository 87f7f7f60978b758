"""How one area writes: where each fact stands in its messages, as plain words and never as patterns.

A template is data. It comes with the program, is taught by example, or is given by another school, so
nothing in it is trusted: every word is plain text, every list is capped, and what does not hold is named.
Left to others: finding the places (template_find), making one from an example (template_derive), the file
form (wire.template).
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from schoolsafe.domain.field import TEAM, Field, Kind, Noun
from schoolsafe.domain.notification import Answer, Channel, NoticeKind, Presence
from schoolsafe.words import N_, _

FORMAT: Final = 1
"""Version of the documented data format (docs/spec/mail-template.md)."""
MOST_TEMPLATES: Final = 40
"""Templates handed to the reader at once."""
MOST_MARKS: Final = 40
MOST_SENTENCES: Final = 5
MOST_WORDS: Final = 40
MOST_LISTED: Final = 10
"""Mail domains, or words that must stand in the message."""
LONGEST_CONTEXT: Final = 120
"""Characters of a label or of the words beside a value."""
LONGEST_SENTENCE: Final = 1000
LONGEST_NAME: Final = 80


class Scope(StrEnum):
    """Whose fact it is: one child's, or the whole incident's."""

    CHILD = "child"
    INCIDENT = "incident"


class How(StrEnum):
    """What stands beside the value."""

    LABEL = "label"
    """A label with a sign behind it, on the same line, in the cell before, or on the line above."""
    SENTENCE = "sentence"
    """Words before and after it in running text."""
    COLUMN = "column"
    """A heading above its column of a table."""


@dataclass(frozen=True, slots=True)
class TemplateField:
    """One fact that can be marked."""

    key: str
    words: str
    scope: Scope

    @property
    def title(self) -> str:
        """Its name in the language in use."""
        return _(self.words)


FIELDS: Final[tuple[TemplateField, ...]] = (
    TemplateField("child_name", N_("Child’s name"), Scope.CHILD),
    TemplateField("birth_date", N_("Child’s date of birth"), Scope.CHILD),
    TemplateField("incident_date", N_("Date of the incident"), Scope.INCIDENT),
    TemplateField("incident_time", N_("Time of the incident"), Scope.INCIDENT),
    TemplateField("incident_when", N_("Date and time together"), Scope.INCIDENT),
    TemplateField("place", N_("Place"), Scope.INCIDENT),
    TemplateField("reference", N_("Police reference"), Scope.INCIDENT),
    TemplateField("presence", N_("Was the child present"), Scope.CHILD),
    TemplateField("circumstances", N_("What happened"), Scope.INCIDENT),
    TemplateField("voice", N_("Child’s words"), Scope.CHILD),
    TemplateField("spoken", N_("Spoken to by police"), Scope.CHILD),
    TemplateField("welfare_check", N_("Welfare check"), Scope.CHILD),
    TemplateField("injured", N_("Involved or injured"), Scope.CHILD),
    TemplateField("surname", N_("Child’s surname, alone"), Scope.CHILD),
    TemplateField("forename", N_("Child’s first name, alone"), Scope.CHILD),
    TemplateField("age", N_("Child’s age"), Scope.CHILD),
    TemplateField("school", N_("School named"), Scope.CHILD),
    TemplateField("relationship", N_("Relationship to the adults"), Scope.CHILD),
    TemplateField("risk_tool", N_("Risk tool"), Scope.INCIDENT),
    TemplateField("risk_grade", N_("Risk grade"), Scope.INCIDENT),
    TemplateField("police_action", N_("Police action"), Scope.INCIDENT),
    TemplateField("social_care", N_("Told to social care"), Scope.INCIDENT),
    TemplateField("adults", N_("Adults"), Scope.INCIDENT),
    TemplateField("officer", N_("Sender: officer or team"), Scope.INCIDENT),
)
"""What can be marked, in the order of the list on the screen."""

FIELD: Final = {field.key: field for field in FIELDS}
NAMES: Final = frozenset({"child_name", "surname", "forename"})
"""One of these at least: a notice is about somebody."""
MEANINGS: Final[dict[str, frozenset[str]]] = {
    "presence": frozenset(each.value for each in Presence),
    "spoken": frozenset(each.value for each in Answer),
    "welfare_check": frozenset(each.value for each in Answer),
    "social_care": frozenset(each.value for each in Answer),
}
"""Fields whose words can be given a meaning, and which meanings there are."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where one fact stands."""

    field: str
    how: How
    before: str = ""
    """The label, the words before the value, or the heading of its column."""
    after: str = ""
    """The words at which the value ends; empty for the end of the line or cell."""
    below: bool = False
    """Whether the value stands on the line under its label."""
    lines: bool = False
    """Whether the value may go on over several lines."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word of this area means: "CP2" under ``presence`` is ``present_heard``."""

    field: str
    says: str
    means: str


@dataclass(frozen=True, slots=True)
class Template:
    """How one area writes."""

    name: str
    marks: tuple[Mark, ...] = ()
    sentences: tuple[str, ...] = ()
    """Fixed sentences with places: "{child_name}, born {birth_date}, was {presence} when …"."""
    force: str = ""
    council: str = ""
    channel: str = ""
    kind: str = ""
    checked: str = ""
    """The day somebody last compared it with a real message, ISO 8601."""
    senders: tuple[str, ...] = ()
    """Mail domains it is used for; empty for any sender."""
    needs: tuple[str, ...] = ()
    """Words that must all stand in the message."""
    starts: str = ""
    """The words each notice of a digest begins with."""
    meanings: tuple[Meaning, ...] = ()

    @property
    def fields(self) -> frozenset[str]:
        """Every field it has a place for."""
        placed = (place for each in self.sentences for place, _next in places(each)[1])
        return frozenset({mark.field for mark in self.marks} | set(placed))


MAIL_TEMPLATE = Noun(
    "mail_template",
    TEAM,
    (
        Field("name", Kind.TEXT),
        Field("format", Kind.NUMBER),
        Field("body", Kind.DATA),
        Field("withdrawn", Kind.TEXT),
    ),
)
"""A school's own template on record. ``body`` is the template in the data format; a new version is a ``set``."""


def plain(text: str) -> str:
    """Words for comparing: composed, plain quotes and hyphens, one space between, nothing invisible."""
    composed = unicodedata.normalize("NFC", text).translate(TWINS)
    seen = "".join(each for each in composed if unicodedata.category(each) not in {"Cf", "Cs"})
    return " ".join(seen.split())


TWINS: Final = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)
"""Signs that are written in many ways; each for one, so no place moves."""


def places(sentence: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A fixed sentence parted: the words in front, then each place with the words behind it."""
    first, *rest = sentence.split("{")
    parted = [each.partition("}") for each in rest]
    return first, tuple((place.strip(), words) for place, _sign, words in parted)


def problems(template: Template) -> tuple[str, ...]:
    """What is wrong with a template, a sentence each; empty where it can be used."""
    found = (*_frame(template), *_sizes(template), *_marks(template), *_sentences(template))
    return tuple(dict.fromkeys(found))


def holds(mark: Mark) -> bool:
    """Whether anything beside the value tells where it stands."""
    before, after = plain(mark.before), plain(mark.after)
    beside = before + after if mark.how is How.SENTENCE else before
    return sum(map(str.isalnum, beside)) >= _LEAST_LETTERS


def _frame(template: Template) -> Iterator[str]:
    if not plain(template.name):
        yield _("Give the template a name.")
    for label, text in (
        ("name", template.name),
        ("force", template.force),
        ("council", template.council),
    ):
        if len(text) > LONGEST_NAME:
            yield _("“{name}” is longer than {most} letters.").format(name=label, most=LONGEST_NAME)
    if template.channel and template.channel not in set(Channel):
        yield _("“{value}” is no channel.").format(value=template.channel[:40])
    if template.kind and template.kind not in set(NoticeKind):
        yield _("“{value}” is no kind of notice.").format(value=template.kind[:40])
    for text in (*template.senders, *template.needs, template.starts):
        if len(text) > LONGEST_CONTEXT or not _clean(text):
            yield _("“{words}” cannot be used as words to look for.").format(words=text[:40])
    for meaning in template.meanings:
        if meaning.means not in MEANINGS.get(meaning.field, ()) or not plain(meaning.says):
            yield _("“{words}” is given a meaning the field “{field}” does not have.").format(
                words=meaning.says[:40], field=meaning.field[:40]
            )


def _sizes(template: Template) -> Iterator[str]:
    for label, many, most in (
        ("mark", len(template.marks), MOST_MARKS),
        ("sentences", len(template.sentences), MOST_SENTENCES),
        ("word", len(template.meanings), MOST_WORDS),
        ("senders", len(template.senders), MOST_LISTED),
        ("needs", len(template.needs), MOST_LISTED),
    ):
        if many > most:
            yield _("“{name}” holds more than {most}.").format(name=label, most=most)


def _marks(template: Template) -> Iterator[str]:
    for number, mark in enumerate(template.marks, 1):
        if mark.field not in FIELD:
            yield _("Mark {n}: there is no field “{field}”.").format(
                n=number, field=mark.field[:40]
            )
        before, after = plain(mark.before), plain(mark.after)
        if max(len(before), len(after)) > LONGEST_CONTEXT:
            yield _("Mark {n}: the words beside the value are longer than {most} letters.").format(
                n=number, most=LONGEST_CONTEXT
            )
        if not (_clean(mark.before) and _clean(mark.after)):
            yield _("Mark {n}: the words beside the value hold signs that cannot be seen.").format(
                n=number
            )
        if not holds(mark):
            yield _("Mark {n}: nothing beside the value tells where it stands.").format(n=number)
    if not template.fields & NAMES:
        yield _("Mark where the child’s name stands.")


def _sentences(template: Template) -> Iterator[str]:
    for sentence in template.sentences:
        if len(sentence) > LONGEST_SENTENCE or not _clean(sentence):
            yield _("A fixed sentence is too long, or holds signs that cannot be seen.")
            continue
        first, follow = places(sentence)
        unknown = [place for place, _words in follow if place not in FIELD]
        if unknown:
            yield _("A fixed sentence has a place “{field}”, and there is no such field.").format(
                field=unknown[0][:40]
            )
        between = [words for _place, words in follow[:-1]]
        if any(not plain(words) for words in between):
            yield _("Between two places of a fixed sentence there must be words.")
        if sum(map(str.isalnum, first + "".join(w for _p, w in follow))) < _LEAST_SENTENCE:
            yield _("A fixed sentence needs words between its places.")


def _clean(text: str) -> bool:
    """No control or invisible sign but plain white space."""
    return all(
        each in "\t\n" or unicodedata.category(each) not in {"Cc", "Cf", "Cs"} for each in text
    )


_LEAST_LETTERS: Final = 2
_LEAST_SENTENCE: Final = 8
