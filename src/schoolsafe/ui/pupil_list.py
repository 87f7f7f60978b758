"""What a pupil list would do, in words: counts, what was found, what a person should look at.

Qt-free: the import preview and the last page of set-up share it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from schoolsafe.domain import say
from schoolsafe.services.ports_outside import ListProblem
from schoolsafe.services.pupil_import import ImportPreview
from schoolsafe.words import N_, _, ngettext

FIELDS: Final[Mapping[str, str]] = {
    "surname": N_("Surname"),
    "forename": N_("Forename"),
    "name": N_("Whole name"),
    "other_forenames": N_("Other forenames"),
    "preferred_surname": N_("Surname used every day"),
    "preferred_forename": N_("Forename used every day"),
    "dob": N_("Date of birth"),
    "upn": N_("UPN (unique pupil number)"),
    "admission": N_("Admission number"),
    "year": N_("Year group"),
    "class": N_("Class"),
    "sex": N_("Sex"),
    "status": N_("Enrolment status"),
    "postcode": N_("Postcode"),
}
"""Columns a list may have, in the order they are asked about."""

_OF_TRANSFER_FILES: Final[Mapping[str, str]] = {
    "enrolment": N_("Enrolment status"),
    "came_from": N_("Came from"),
    "surname_sent": N_("Surname as it was sent"),
    "forename_sent": N_("Forename as it was sent"),
}
FILE_LIMIT_BYTES: Final = 50 * 1024 * 1024
"""A transfer file of a whole year group may be long; a list is refused from 20 MB by its reader."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One count and what it counts."""

    code: str
    n: int
    words: str


def field_words(field: str) -> str:
    """A column in words."""
    known = {**FIELDS, **_OF_TRANSFER_FILES}
    return _(known[field]) if field in known else field


def counts_of(preview: ImportPreview) -> tuple[Counted, ...]:
    """New, changed, unchanged, possibly left, and rows not taken where there are any."""
    counts = preview.counts
    said = (
        ("new", ngettext("{n} new", "{n} new", counts["new"])),
        ("changed", ngettext("{n} changed", "{n} changed", counts["changed"])),
        ("unchanged", ngettext("{n} unchanged", "{n} unchanged", counts["unchanged"])),
        ("left", ngettext("{n} possibly left", "{n} possibly left", counts["left"])),
        ("not_taken", ngettext("{n} row not taken", "{n} rows not taken", counts["not_taken"])),
    )
    always = {"new", "changed", "unchanged"}
    return tuple(
        Counted(code, counts[code], words.format(n=counts[code]))
        for code, words in said
        if counts[code] or code in always
    )


def counts_words(preview: ImportPreview) -> str:
    """All counts in one sentence; what there is none of is left out."""
    every = counts_of(preview)
    said = tuple(count.words for count in every if count.n) or tuple(c.words for c in every)
    return _("{counts}.").format(counts=say.joined(said))


def problem_words(problem: ListProblem) -> str:
    """A problem with its row; one of the whole file without."""
    if not problem.row:
        return problem.message
    return _("Row {row}: {words}").format(row=problem.row, words=problem.message)


def does_nothing(preview: ImportPreview) -> bool:
    """Whether confirming would change nothing."""
    return not (preview.counts["new"] or preview.counts["changed"] or preview.counts["left"])


def done_words(preview: ImportPreview) -> str:
    """What was done, for the toast."""
    new, changed = preview.counts["new"], preview.counts["changed"]
    added = ngettext("{n} pupil added", "{n} pupils added", new).format(n=new)
    altered = ngettext("{n} changed", "{n} changed", changed).format(n=changed)
    return _("{added}, {changed}.").format(added=added, changed=altered)
