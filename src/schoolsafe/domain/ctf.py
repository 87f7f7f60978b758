"""A Common Transfer File: who is in it, which school sent it and for whom. Never child-protection content.

Identity, contacts and school history are looked at; attainment, attendance, ethnicity and care status of
the file are read past. Left to others: reading the XML (intake), comparing with the roll (roll).
Source: domain.md 7.2.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from schoolsafe.domain.name import fold
from schoolsafe.domain.name_case import likely_case
from schoolsafe.words import N_, _

KNOWN_VERSIONS: Final = ("23.0", "24.0", "25.0", "26.0")
"""This school year's and those before that suppliers still write; any other is read all the same."""
_RELATIONSHIPS: Final = {
    "PAM": N_("mother"),
    "PAF": N_("father"),
    "DOC": N_("doctor"),
    "OTH": N_("other"),
    "STP": N_("step-parent"),
    "FOM": N_("foster mother"),
    "FOF": N_("foster father"),
    "CAR": N_("carer"),
    "REL": N_("other relative"),
    "SWR": N_("social worker"),
}


@dataclass(frozen=True, slots=True)
class CtfSchool:
    """A school as the file names it: the header's, or one of a pupil's history."""

    la: str | None = None
    number: str | None = None
    """The establishment's four figures; with the authority's three it is the DfE number."""
    urn: str | None = None
    name: str | None = None
    entered: str | None = None
    left: str | None = None
    last: bool = False

    @property
    def dfe_number(self) -> str | None:
        """Seven figures, or None where the file does not know the school."""
        number = f"{self.la or ''}{self.number or ''}"
        return number if len(number) == 7 and number.isdigit() else None  # noqa: PLR2004  # 3 + 4

    @property
    def is_known(self) -> bool:
        """Whether the file says which school it is."""
        return bool(self.dfe_number or (self.urn and self.urn.isdigit()))


@dataclass(frozen=True, slots=True)
class CtfContact:
    """Somebody to ring. Addresses of contacts are not read: some must never be shown."""

    name: str
    relationship: str
    """The file's code."""
    responsible: bool
    own_address: bool
    """Lives elsewhere than the pupil: the address is kept back."""


@dataclass(frozen=True, slots=True)
class CtfPupil:
    """One pupil as the file gives them; ``values`` by the fields of a pupil list, as they were sent."""

    place: int
    """Counted in the file from 1."""
    values: Mapping[str, str | None]
    contacts: tuple[CtfContact, ...] = ()
    schools: tuple[CtfSchool, ...] = ()
    unknown: tuple[str, ...] = ()
    """Elements no release of this program knows; they were passed over."""


@dataclass(frozen=True, slots=True)
class CtfFile:
    """The whole file."""

    version: str | None
    qualifier: str | None
    written: str | None
    """When the sender wrote it, as sent."""
    source: CtfSchool
    destination: CtfSchool
    pupils: tuple[CtfPupil, ...]
    unknown: tuple[str, ...] = ()
    """Names of unknown elements, each once, in order."""
    unknown_count: int = 0

    @property
    def version_is_known(self) -> bool:
        """Whether suppliers write this version now."""
        return self.version in KNOWN_VERSIONS


class Destination(StrEnum):
    """Whom the file was made for."""

    HERE = "here"
    OTHER = "other"
    """Another school: a person says whether it is right all the same."""
    UNKNOWN = "unknown"
    """The sender did not know."""


def destination_of(file: CtfFile, *, urn: str, dfe_number: str | None) -> Destination:
    """Whether the file was made for the school with this URN; its DfE number, where it is known."""
    made_for = file.destination
    if made_for.urn and made_for.urn == urn:
        return Destination.HERE
    if made_for.dfe_number and made_for.dfe_number == dfe_number:
        return Destination.HERE
    return Destination.OTHER if made_for.is_known else Destination.UNKNOWN


def relationship_words(code: str) -> str:
    """The code in words; an unknown one as it is."""
    return _(_RELATIONSHIPS[code]) if code in _RELATIONSHIPS else code


def school_words(school: CtfSchool) -> str:
    """A school as a person recognises it: "Ashgrove Primary School (999/2001)"."""
    number = school.dfe_number
    place = f"{number[:3]}/{number[3:]}" if number else school.urn or ""
    if school.name and place:
        return _("{name} ({number})").format(name=school.name, number=place)
    return school.name or place


def came_from(pupil: CtfPupil, file: CtfFile) -> CtfSchool | None:
    """The school the pupil came from: the last of their history, else the sender."""
    last = next((school for school in reversed(pupil.schools) if school.last), None)
    found = last or file.source
    return found if found.name or found.is_known else None


def listed_values(pupil: CtfPupil, file: CtfFile) -> dict[str, str | None]:
    """The pupil as a row of a list: capitals guessed, what was sent kept beside, where they came from.

    A name used every day that differs in its capitals only is the better guess: "MacFable".
    """
    values = dict(pupil.values)
    for name in ("surname", "forename"):
        sent, everyday = values.get(name), values.get(f"preferred_{name}")
        if not sent:
            continue
        guess = likely_case(sent, surname=name == "surname")
        if everyday and fold(everyday) == fold(sent):
            guess = everyday if guess != sent else guess
            values[f"preferred_{name}"] = None
        values[name] = guess
        values[f"{name}_sent"] = sent if guess != sent else None
    for name, said in values.items():
        if name.startswith(("preferred_", "former_s", "former_f", "other_")) and said:
            values[name] = likely_case(said, surname=name.endswith("surname"))
    earlier = came_from(pupil, file)
    values["came_from"] = school_words(earlier) if earlier else None
    return values


def warnings(file: CtfFile) -> tuple[tuple[str, str], ...]:
    """What is odd about the file as a whole: a code and a sentence each."""
    found = []
    if not file.version_is_known:
        words = _(
            "The version of this file is {version}, which is not in use now. It was read anyway."
        )
        found.append(("ctf_version", words.format(version=file.version or _("not given"))))
    if file.unknown_count:
        words = _("Parts of this file that are not known were passed over: {names}.")
        found.append(("ctf_unknown", words.format(names=", ".join(file.unknown))))
    return tuple(found)
