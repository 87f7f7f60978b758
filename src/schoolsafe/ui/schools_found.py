"""Schools of the register in words: a row each, how fresh the register is, what a closed one leads to.

Qt-free: set-up and Settings share it.
"""

from pathlib import Path

from schoolsafe.domain import say
from schoolsafe.domain.establishment import RegisterFacts, School
from schoolsafe.services.establishment import Found
from schoolsafe.ui.widgets.row_list import Row
from schoolsafe.words import _, ngettext

ABOUT_LETTERS = 45


def rows(found: tuple[Found, ...]) -> tuple[Row, ...]:
    """One row a school; a closed one says so."""
    return tuple(_row(each) for each in found)


def _row(found: Found) -> Row:
    school = found.school
    where = ", ".join(part for part in (school.town, school.postcode) if part)
    return Row(
        key=school.urn,
        title=school.name,
        about=where[:ABOUT_LETTERS],
        state=_("URN {urn}").format(urn=school.urn) if school.is_open else closed_words(found),
        tone="muted" if school.is_open else "warn",
        icon="graduation-cap",
        kind=school.phase,
    )


def closed_words(found: Found) -> str:
    """Says "Closed 31 August 2019, now Brookfield Academy"."""
    day = found.school.closed
    closed = _("Closed {day}").format(day=say.date_words(day)) if day else _("Not open")
    if not found.successors:
        return closed
    now = say.joined(tuple(each.name for each in found.successors))
    return _("{closed}, now {school}").format(closed=closed, school=now)


def chosen(found: Found) -> tuple[School | None, str]:
    """The school to fill in for the one that was chosen, and what to say about it.

    A closed school gives way to the one that took its place; several are left to the person.
    """
    school, after = found.school, found.successors
    if school.is_open:
        return school, ""
    closed = _("{school} is closed.").format(school=school.name)
    if len(after) == 1:
        words = _("{closed} {now} took its place and is filled in.")
        return after[0], words.format(closed=closed, now=after[0].name)
    if after:
        words = _("{closed} It was followed by {schools}. Search for yours.")
        return None, words.format(closed=closed, schools=say.joined(tuple(s.name for s in after)))
    words = _("{closed} The register does not say who took its place.")
    return school, words.format(closed=closed)


def facts(found: Found) -> tuple[tuple[str, str], ...]:
    """One school in full: what it is, where, its numbers, and what a closed one leads to."""
    school = found.school
    number = f"{school.dfe_number[:3]}/{school.dfe_number[3:]}" if school.dfe_number else ""
    said = (
        (_("School"), school.name),
        (_("State"), _("Open") if school.is_open else closed_words(found)),
        (_("Address"), ", ".join(part for part in (school.address, school.postcode) if part)),
        (_("Council"), school.la_name),
        (_("Kind"), ", ".join(part for part in (school.kind, school.phase) if part)),
        (_("Ages"), school.ages),
        (_("URN"), school.urn),
        (_("DfE number"), number),
        *((_("Now"), _successor(each)) for each in found.successors),
    )
    return tuple((name, words) for name, words in said if words)


def _successor(school: School) -> str:
    return _("{name}, URN {urn}").format(name=school.name, urn=school.urn)


def register_words(facts: RegisterFacts | None) -> str:
    """How fresh the register on this computer is; "" where there is none."""
    if facts is None:
        return ""
    day = say.date_words(facts.as_of or facts.taken_in)
    words = ngettext(
        "Register of {day}, {n} open school.", "Register of {day}, {n} open schools.", facts.open
    )
    return words.format(day=day, n=f"{facts.open:,}")


def count_words(n: int, most: int) -> str:
    """How many were found, for the line under the search."""
    if n >= most:
        return _("The first {n}. Type more to find fewer.").format(n=n)
    if not n:
        return _("No school of the register fits these words.")
    return ngettext("{n} school", "{n} schools", n).format(n=n)


def parted(paths: tuple[Path, ...]) -> tuple[Path | None, Path | None]:
    """The register and its links file among files a person chose, by their names."""
    links = next((path for path in paths if "link" in path.name.lower()), None)
    register = next((path for path in paths if path is not links), None)
    return register, links


def where_words() -> str:
    """Where the register comes from."""
    return _(
        "The register of schools in England is public. On “Get information about schools” download the "
        "data of all establishments (edubasealldata….csv) and their links (links_edubasealldata….csv), "
        "and choose both files here. Head teachers’ names are not kept."
    )
