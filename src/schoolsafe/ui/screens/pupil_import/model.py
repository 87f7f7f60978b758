"""A pupil list in words: which column is what, the first rows, and what each row would do. Qt-free."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from schoolsafe.domain import ctf, roll, say
from schoolsafe.domain.ctf import CtfFile, CtfPupil
from schoolsafe.domain.name_case import likely_case
from schoolsafe.services.child import ChildRow
from schoolsafe.services.ports_outside import PupilList
from schoolsafe.services.pupil_import import ImportPreview
from schoolsafe.ui import phrases, pupil_list
from schoolsafe.words import _

NOT_USED: Final = ""
SAMPLE_ROWS: Final = 5
LINES_SHOWN: Final = 200
_SHOWN_FIELDS: Final = ("surname", "forename", "name", "dob", "year", "class", "admission")
_TRANSFER_FIELDS: Final = ("surname", "forename", "dob", "year")


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One field, and the headings of the file it may come from."""

    field: str
    words: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Sample:
    """The first rows of the file as they would be read."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class WouldDo:
    """What one row would do."""

    row: str
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class ListShown:
    """The whole preview."""

    name: str
    uses: str
    columns: tuple[ColumnChoice, ...]
    ignored: str
    sample: Sample
    counts: tuple[pupil_list.Counted, ...]
    lines: Mapping[str, tuple[WouldDo, ...]]
    problems: tuple[str, ...]
    confirm: str
    does_nothing: bool
    asks_how_much: bool
    """Whether it matters if the list is the whole school."""
    full: bool
    ask: str = ""
    """What a person must answer before a transfer file is brought in."""
    transfer: bool = False
    """A transfer file: it has no columns to choose."""


def headings_of(listed: PupilList) -> tuple[str, ...]:
    """Every heading of the file, those in use first."""
    return tuple(dict.fromkeys((*listed.columns.values(), *listed.ignored)))


def columns_of(listed: PupilList) -> tuple[ColumnChoice, ...]:
    """Every field with its choices."""
    headings = headings_of(listed)
    options = ((NOT_USED, _("Not in this list")), *((h, h) for h in headings))
    return tuple(
        ColumnChoice(
            field, pupil_list.field_words(field), options, listed.columns.get(field, NOT_USED)
        )
        for field in pupil_list.FIELDS
    )


def uses_words(listed: PupilList) -> str:
    """Says "We will use: Legal Surname as surname, DOB as date of birth"."""
    if listed.ctf is not None:
        return transfer_words(listed.ctf)
    parts = [
        _("{heading} as {field}").format(
            heading=listed.columns[field], field=_small(pupil_list.field_words(field))
        )
        for field in pupil_list.FIELDS
        if field in listed.columns
    ]
    return _("We will use: {list}.").format(list=say.joined(tuple(parts)))


def transfer_words(file: CtfFile) -> str:
    """Who sent a transfer file and for whom, what is taken of it, and what it never carries."""
    unknown = _("a school it does not name")
    sent = _("From {source}, for {destination}.").format(
        source=ctf.school_words(file.source) if file.source.is_known else unknown,
        destination=ctf.school_words(file.destination) if file.destination.is_known else unknown,
    )
    taken = _(
        "Names, dates of birth, year and the school they came from are taken. Results, attendance "
        "and contacts are not kept. The child-protection file is never in it: it travels separately."
    )
    return _("{sent} {taken}").format(sent=sent, taken=taken)


def _small(words: str) -> str:
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def ignored_words(listed: PupilList) -> str:
    """Columns nobody asked for: they are not kept anywhere."""
    if not listed.ignored:
        return ""
    return _("Not used, and not kept: {list}.").format(list=say.joined(listed.ignored))


def sample_of(listed: PupilList) -> Sample:
    """Up to five rows under what they are read as. The UPN is never shown."""
    shown = listed.columns if listed.ctf is None else _TRANSFER_FIELDS
    fields = [field for field in _SHOWN_FIELDS if field in shown]
    rows = tuple(
        tuple(say.plain_text(row.values.get(field) or "") for field in fields)
        for row in listed.rows[:SAMPLE_ROWS]
    )
    headings = tuple(pupil_list.field_words(field) for field in fields)
    return Sample(
        (_("Row"), *headings),
        tuple((str(row.row), *cells) for row, cells in zip(listed.rows, rows, strict=False)),
    )


def lines_of(
    preview: ImportPreview, known: Mapping[str, ChildRow]
) -> dict[str, tuple[WouldDo, ...]]:
    """By count: what each row would do."""
    compared, file = preview.comparison, preview.source.ctf
    more = {pupil.place: _contact_words(pupil) for pupil in file.pupils} if file else {}
    return {
        "new": _lines(compared.of(roll.Outcome.NEW), known, more),
        "changed": _lines(compared.of(roll.Outcome.CHANGED), known),
        "unchanged": _lines(
            (*compared.of(roll.Outcome.UNCHANGED), *compared.of(roll.Outcome.UPN_MISSING)), known
        ),
        "not_taken": _lines(
            (*compared.of(roll.Outcome.REPEAT), *compared.of(roll.Outcome.HELD)), known
        ),
        "left": tuple(_left(known.get(child)) for child in compared.possibly_left[:LINES_SHOWN]),
    }


def _lines(
    lines: Iterable[roll.ComparedLine],
    known: Mapping[str, ChildRow],
    more: Mapping[int, str] = MappingProxyType({}),
) -> tuple[WouldDo, ...]:
    return tuple(
        WouldDo(
            str(line.row),
            _who(line, known),
            ". ".join(words for words in (_what(line), more.get(line.row, "")) if words),
        )
        for line in sorted(lines, key=lambda one: one.row)[:LINES_SHOWN]
    )


def _contact_words(pupil: CtfPupil) -> str:
    """Whom the file names to ring: shown once, kept nowhere, and no address is read."""
    said = []
    for contact in pupil.contacts:
        who = ctf.relationship_words(contact.relationship)
        name = " ".join(likely_case(part, surname=True) for part in contact.name.split())
        said.append(_("{name} ({who})").format(name=name, who=who) if who else name)
    if not said:
        return ""
    return _("In the file, not kept: {names}").format(names=say.joined(tuple(said)))


def _who(line: roll.ComparedLine, known: Mapping[str, ChildRow]) -> str:
    if line.child is not None and line.child in known:
        return known[line.child].name
    named = (line.values.get("forename"), line.values.get("surname"))
    return " ".join(part for part in named if part) or _("Nobody named")


def _what(line: roll.ComparedLine) -> str:
    if line.outcome is roll.Outcome.NEW:
        born, came = line.values.get("dob"), line.values.get("came_from")
        parts = (
            phrases.year_words(line.values.get("year")),
            line.values.get("class"),
            _("born {date}").format(date=_date(born)) if born else "",
            _("from {school}").format(school=came) if came else "",
        )
        return _("New: {facts}").format(facts=", ".join(p for p in parts if p) or _("no facts"))
    if line.outcome is roll.Outcome.CHANGED:
        return ". ".join(_change(change) for change in line.changes)
    if line.outcome is roll.Outcome.HELD and (
        line.values.get("surname") or line.values.get("forename")
    ):
        return _("Not taken without a date of birth. Add this pupil by hand once you know it")
    return {
        roll.Outcome.UNCHANGED: _("Nothing changes"),
        roll.Outcome.UPN_MISSING: _("Nothing changes. The list has no UPN, the known one stays"),
        roll.Outcome.REPEAT: _("Not taken: an earlier row is the same pupil"),
        roll.Outcome.HELD: _("Not taken: the row names nobody"),
    }[line.outcome]


def _change(change: roll.Change) -> str:
    field = pupil_list.field_words(change.field)
    if change.field in {"upn", "former_upn"}:
        return _("UPN changes")  # a blind number: never shown (domain.md 6.4)
    if change.field == "status":
        return _("Back on the roll")
    if change.field in {"dob", "year"}:
        change = replace(
            change, old=_fact(change.field, change.old), new=_fact(change.field, change.new)
        )
    if not change.old:
        return _("{field}: {new}").format(field=field, new=change.new)
    return _("{field}: {old} becomes {new}").format(field=field, old=change.old, new=change.new)


def _fact(field: str, value: str | None) -> str:
    if not value:
        return ""
    return _date(value) if field == "dob" else phrases.year_words(value)


def _date(value: str) -> str:
    try:
        return say.date_words(date.fromisoformat(value))
    except ValueError:
        return value


def _left(child: ChildRow | None) -> WouldDo:
    who = child.name if child else _("A pupil")
    return WouldDo("", who, _("Not in this list: marked possibly left, nothing is removed"))


def confirm_words(preview: ImportPreview) -> str:
    """What the button does: "Bring in 4 new, change 4"."""
    new, changed = preview.counts["new"], preview.counts["changed"]
    left = preview.counts["left"]
    parts = []
    if new:
        parts.append(_("bring in {n} new").format(n=new))
    if changed:
        parts.append(_("change {n}").format(n=changed))
    if left:
        parts.append(_("mark {n} possibly left").format(n=left))
    nothing = _("keep the columns for next time")
    if preview.source.ctf is not None:
        nothing = _("nothing to bring in")
    said = ", ".join(parts) or nothing
    return said[:1].upper() + said[1:]


def shown(name: str, preview: ImportPreview, known: Sequence[ChildRow], *, full: bool) -> ListShown:
    """The preview in words."""
    listed, by_id = preview.source, {child.id: child for child in known}
    return ListShown(
        name=name,
        uses=uses_words(listed),
        columns=columns_of(listed),
        ignored=ignored_words(listed),
        sample=sample_of(listed),
        counts=pupil_list.counts_of(preview),
        lines=lines_of(preview, by_id),
        problems=tuple(pupil_list.problem_words(p) for p in preview.problems),
        confirm=confirm_words(preview),
        does_nothing=pupil_list.does_nothing(preview),
        asks_how_much=bool(known) and listed.ctf is None,
        full=full,
        ask=str(preview.asks) if preview.asks else "",
        transfer=listed.ctf is not None,
    )
