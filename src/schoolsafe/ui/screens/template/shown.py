"""What the two screens show, in words: fields with their marks, the words beside each, what would be read. Qt-free."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from schoolsafe.domain import say
from schoolsafe.domain.notification import Answer, NoticeKind, Presence, Read, Span
from schoolsafe.domain.template import FIELD, FIELDS, MEANINGS, How, Mark, Template
from schoolsafe.domain.template_derive import STARTS, Selection
from schoolsafe.services.template import TemplateView, Tried
from schoolsafe.services.template_reading import Reading
from schoolsafe.ui.widgets.row_list import Heading, Row
from schoolsafe.words import N_, _, ngettext

KINDS: Final = (
    (NoticeKind.DOMESTIC_ABUSE.value, N_("Operation Encompass notice")),
    (NoticeKind.MISSING.value, N_("Missing child")),
    (NoticeKind.FOUND.value, N_("Missing child found")),
    (NoticeKind.OTHER_PPN.value, N_("Other notice")),
)
_MEANS: Final[Mapping[str, str]] = {
    Presence.SAW: N_("Present, saw it"),
    Presence.HEARD: N_("Present, heard it"),
    Presence.UNCLEAR: N_("Present, not said what they saw"),
    Presence.NOT_PRESENT: N_("Not present"),
    Answer.YES: N_("Yes"),
    Answer.NO: N_("No"),
    Answer.UNKNOWN: N_("Not told"),
}
_ORDER: Final = (
    Presence.SAW, Presence.HEARD, Presence.UNCLEAR, Presence.NOT_PRESENT, Answer.YES, Answer.NO, Presence.UNKNOWN,
)  # fmt: skip
_SHORT: Final = 60


@dataclass(frozen=True, slots=True)
class MarkShown:
    """One mark and the words it goes by."""

    number: int
    title: str
    beside: str
    before: str
    after: str
    names: str
    """Words in it that may be a name, or nothing."""


@dataclass(frozen=True, slots=True)
class MeaningShown:
    """A word of this area that may need a meaning."""

    field: str
    says: str
    words: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class TriedShown:
    """One message as the template reads it."""

    key: str
    title: str
    texts: tuple[str, ...]
    rows: tuple[Row, ...]
    spans: tuple[Span | None, ...]
    answer: str


def field_rows(
    text: str, selections: Sequence[Selection], unread: Iterable[str]
) -> tuple[Row, ...]:
    """Every field that can be marked, with what is marked."""
    missing = set(unread)
    rows = [_field_row(each.key, each.title, text, selections, missing) for each in FIELDS]
    starts = _("Words each notice begins with")
    return (*rows, _field_row(STARTS, starts, text, selections, missing))


def _field_row(
    key: str, title: str, text: str, selections: Sequence[Selection], unread: set[str]
) -> Row:
    mine = [short(text[s.start : s.end]) for s in selections if s.field == key]
    about = "; ".join(mine)
    if key in unread:
        return Row(key, title, about, _("Nothing beside it tells where it stands"), "warn")
    return Row(key, title, about, _("Marked") if mine else "", icon="check" if mine else "")


def marks_shown(template: Template, names: Iterable[tuple[int, str]]) -> tuple[MarkShown, ...]:
    """The words each mark goes by."""
    said: dict[int, list[str]] = {}
    for number, word in names:
        said.setdefault(number, []).append(word)
    return tuple(
        MarkShown(
            number,
            FIELD[mark.field].title,
            beside_words(mark),
            mark.before,
            mark.after,
            names_words(said.get(number, ())),
        )
        for number, mark in enumerate(template.marks)
    )


def names_words(words: Sequence[str]) -> str:
    """Words that may be somebody's name, in a sentence."""
    return _("May be a name: {words}").format(words=", ".join(words)) if words else ""


def beside_words(mark: Mark) -> str:
    """Where a value stands, in a sentence."""
    before, after = say.plain_text(mark.before), say.plain_text(mark.after)
    if mark.how is How.COLUMN:
        return _("In the column “{words}”").format(words=before)
    if mark.how is How.LABEL and mark.below:
        return _("On the line under “{words}”").format(words=before)
    if mark.how is How.LABEL:
        words = _("After the label “{words}”").format(words=before)
        return _("{words}, up to “{end}”").format(words=words, end=after) if after else words
    if before and after:
        return _("Between “{before}” and “{after}”").format(before=before, after=after)
    return (
        _("After “{before}”").format(before=before)
        if before
        else _("Before “{after}”").format(after=after)
    )


def tried_shown(tried: Sequence[Tried]) -> tuple[TriedShown, ...]:
    """Each message with what would be read from it."""
    return tuple(_tried(number, each) for number, each in enumerate(tried))


def _tried(number: int, tried: Tried) -> TriedShown:
    when = tried.received_at
    title = _("Received {when}").format(when=say.moment_words(when)) if when else _("This message")
    n = len(tried.readings)
    answer = ngettext("{n} answer would be read", "{n} answers would be read", n).format(n=n)
    if not tried.by_template:
        answer = _("The template does not know this message")
    rows = tuple(_reading_row(str(place), each) for place, each in enumerate(tried.readings))
    spans = tuple(each.span for each in tried.readings)
    return TriedShown(str(number), title, tried.texts, rows, spans, answer)


def _reading_row(key: str, reading: Reading) -> Row:
    words = {
        Read.TEMPLATE: _("By the template"),
        Read.LABEL: _("Beside its label"),
        Read.SENTENCE: _("Read from running text: check"),
        Read.GUESS: _("Read beside a likely label: check"),
    }
    read = reading.span.read if reading.span else None
    low = read in {Read.SENTENCE, Read.GUESS}
    value = _value_words(reading)
    state = words.get(read, "") if read else ""
    title = FIELD[reading.field].title
    return Row(key, title, short(say.plain_text(value)), state, "warn" if low else "muted")


def _value_words(reading: Reading) -> str:
    if reading.value in _MEANS:
        return _(_MEANS[reading.value])
    if reading.field in {"birth_date", "incident_date"}:
        return say.date_words(date.fromisoformat(reading.value))
    return reading.value


def meanings_shown(
    text: str, selections: Sequence[Selection], tried: Sequence[Tried], template: Template
) -> tuple[MeaningShown, ...]:
    """The words of this area for present, yes and no, each with what it means."""
    said = {
        (s.field, " ".join(text[s.start : s.end].split())): None
        for s in selections
        if s.field in MEANINGS
    }
    for each in tried:
        for reading in each.readings:
            span = reading.span
            if reading.field in MEANINGS and span and span.read is Read.TEMPLATE:
                words = " ".join(each.texts[span.part][span.start : span.end].split())
                said[reading.field, words] = None
    known = {(m.field, m.says.casefold()): m.means for m in template.meanings}
    return tuple(
        MeaningShown(
            field,
            words,
            _("“{words}” under {field} means").format(
                words=short(say.plain_text(words)), field=FIELD[field].title
            ),
            (("", _("As its words say")), *_options(field)),
            known.get((field, words.casefold()), ""),
        )
        for field, words in list(said)[:_MOST_MEANINGS]
        if words
    )


def _options(field: str) -> tuple[tuple[str, str], ...]:
    return tuple((each, _(_MEANS[each])) for each in _ORDER if each in MEANINGS[field])


def short(text: str) -> str:
    """One line for a list."""
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else line[: _SHORT - 1] + "\u2026"


# the shelf ----------------------------------------------------------------------------------------


def _day_words(day: str) -> str | None:
    return say.date_words(date.fromisoformat(day)) if day else None


def shelf_rows(views: Sequence[TemplateView]) -> tuple[Row | Heading, ...]:
    """The school's own, then those that came with the program."""
    own = [_shelf_row(view) for view in views if not view.shipped]
    came = [_shelf_row(view) for view in views if view.shipped]
    rows: list[Row | Heading] = [Heading(_("Your own"), str(len(own))), *own] if own else []
    return (*rows, Heading(_("Came with SchoolSafe"), str(len(came))), *came)


def _shelf_row(view: TemplateView) -> Row:
    template = view.template
    about = template.force or template.council or ", ".join(template.senders)
    return Row(view.id or template.name, say.plain_text(template.name), about, icon="file-text")


def facts_of(view: TemplateView) -> tuple[tuple[str, str | None], ...]:
    """One template in words."""
    template = view.template
    reads = ", ".join(each.title for each in FIELDS if each.key in template.fields)
    kind = dict(KINDS).get(template.kind)
    saved = None
    if view.saved_at:
        saved = _("{who}, {when}").format(
            who=view.saved_by or "", when=say.moment_words(view.saved_at)
        )
    return (
        (_("Whose"), template.force or template.council or None),
        (_("Used for messages from"), ", ".join(template.senders) or _("Anybody who writes so")),
        (_("Kind of notice"), _(kind) if kind else None),
        (_("Reads"), reads),
        (_("Last compared with a message"), _day_words(template.checked)),
        (_("Taught by"), saved or _("Came with SchoolSafe")),
    )


_MOST_MEANINGS: Final = 6
