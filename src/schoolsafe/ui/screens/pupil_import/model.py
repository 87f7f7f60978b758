"""A pupil list in words: which column is what, the first rows, and what each row would do. Qt-free."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from schoolsafe.domain import roll, say
from schoolsafe.services.child import ChildRow, ImportPreview
from schoolsafe.services.ports import PupilList
from schoolsafe.ui import phrases, pupil_list
from schoolsafe.words import _

NOT_USED: Final = ""
SAMPLE_ROWS: Final = 5
LINES_SHOWN: Final = 200
_SHOWN_FIELDS: Final = ("surname", "forename", "name", "dob", "year", "class", "admission")


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
    parts = [
        _("{heading} as {field}").format(
            heading=listed.columns[field], field=_small(pupil_list.field_words(field))
        )
        for field in pupil_list.FIELDS
        if field in listed.columns
    ]
    return _("We will use: {list}.").format(list=say.joined(tuple(parts)))


def _small(words: str) -> str:
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def ignored_words(listed: PupilList) -> str:
    """Columns nobody asked for: they are not kept anywhere."""
    if not listed.ignored:
        return ""
    return _("Not used, and not kept: {list}.").format(list=say.joined(listed.ignored))


def sample_of(listed: PupilList) -> Sample:
    """Up to five rows under what they are read as. The UPN is never shown."""
    fields = [field for field in _SHOWN_FIELDS if field in listed.columns]
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
    compared = preview.comparison
    return {
        "new": _lines(compared.of(roll.Outcome.NEW), known),
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
    lines: Iterable[roll.ComparedLine], known: Mapping[str, ChildRow]
) -> tuple[WouldDo, ...]:
    return tuple(
        WouldDo(str(line.row), _who(line, known), _what(line))
        for line in sorted(lines, key=lambda one: one.row)[:LINES_SHOWN]
    )


def _who(line: roll.ComparedLine, known: Mapping[str, ChildRow]) -> str:
    if line.child is not None and line.child in known:
        return known[line.child].name
    named = (line.values.get("forename"), line.values.get("surname"))
    return " ".join(part for part in named if part) or _("Nobody named")


def _what(line: roll.ComparedLine) -> str:
    if line.outcome is roll.Outcome.NEW:
        born = line.values.get("dob")
        parts = (
            phrases.year_words(line.values.get("year")),
            line.values.get("class"),
            _("born {date}").format(date=_date(born)) if born else "",
        )
        return _("New: {facts}").format(facts=", ".join(p for p in parts if p) or _("no facts"))
    if line.outcome is roll.Outcome.CHANGED:
        return ". ".join(_change(change) for change in line.changes)
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
    said = ", ".join(parts) or _("keep the columns for next time")
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
        problems=tuple(
            _("Row {row}: {words}").format(row=p.row, words=p.message) for p in preview.problems
        ),
        confirm=confirm_words(preview),
        does_nothing=pupil_list.does_nothing(preview),
        asks_how_much=bool(known),
        full=full,
    )
