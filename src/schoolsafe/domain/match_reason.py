"""Why a pupil is proposed, in words, and what sets several of them apart. Source: ux.md 5.3."""

from collections.abc import Mapping, Sequence
from enum import IntEnum, StrEnum
from typing import Final

from schoolsafe.domain import say
from schoolsafe.domain.name import NameFact
from schoolsafe.domain.pupil_index import Pupil
from schoolsafe.words import N_, _


class DobFact(StrEnum):
    """How two birth dates stand to each other."""

    SAME = "same_dob"
    SWAPPED = "day_month_swapped"
    ONE_PLACE = "dob_differs_in_one_place"
    WITHIN_SIX_MONTHS = "dob_within_six_months"
    OTHER = "other_dob"
    NOT_GIVEN = "no_dob_given"
    NOT_ON_LIST = "no_dob_on_list"


class Home(IntEnum):
    """How a told postcode stands to the one on the list."""

    UNKNOWN = 0
    AREA = 1
    """The first part is the same: the same town or quarter."""
    SAME = 2


_NAME_WORDS: Final[Mapping[NameFact, str]] = {
    NameFact.SAME_NAME: N_("Same name"),
    NameFact.SPELLED: N_("Same name, spelled {name} on your list"),
    NameFact.PREFERRED: N_("Same everyday name, legal name {name}"),
    NameFact.FORMER: N_("Same as a former name, now {name}"),
    NameFact.ORDER_SWAPPED: N_("First name and surname the other way round"),
    NameFact.INITIAL: N_("First name is an initial only"),
    NameFact.SURNAME_INITIAL: N_("Surname is an initial only"),
    NameFact.MIDDLE: N_("Same surname, first names not all the same: {name}"),
    NameFact.SHORTENED: N_("Same surname, one first name is short for the other: {name}"),
    NameFact.SURNAME_PART: N_("Same first name, part of the surname: {name}"),
    NameFact.CLOSE: N_("Close name: {name}"),
    NameFact.SURNAME_ONLY: N_("Same surname, full name on your list {name}"),
    NameFact.FORENAME_ONLY: N_("Same first name, full name on your list {name}"),
}
_DOB_WORDS: Final[Mapping[DobFact, str]] = {
    DobFact.SAME: N_("same date of birth"),
    DobFact.SWAPPED: N_("day and month swapped: born {date} on your list"),
    DobFact.ONE_PLACE: N_("date of birth differs in one place: born {date} on your list"),
    DobFact.WITHIN_SIX_MONTHS: N_("born within six months of that: {date} on your list"),
    DobFact.OTHER: N_("but born {date} on your list"),
    DobFact.NOT_GIVEN: N_("no date of birth given"),
    DobFact.NOT_ON_LIST: N_("no date of birth on your list"),
}
_WHOLE: Final[Mapping[tuple[NameFact, DobFact], str]] = {
    (NameFact.SAME_NAME, DobFact.SAME): N_("Same name and date of birth"),
    (NameFact.INITIAL, DobFact.SAME): N_("Date of birth matches, first name is an initial only"),
    (NameFact.SURNAME_INITIAL, DobFact.SAME): N_(
        "Date of birth matches, surname is an initial only"
    ),
    (NameFact.SAME_NAME, DobFact.SWAPPED): N_("Day and month swapped: born {date} on your list"),
}


def reason(
    name_fact: NameFact, dob_fact: DobFact, pupil: Pupil, *, home: Home, linked: bool
) -> str:
    """The sentence beside a proposal: what agrees and what does not."""
    facts = {"name": pupil.legal_name, "date": say.date_words(pupil.dob) if pupil.dob else ""}
    whole = _WHOLE.get((name_fact, dob_fact))
    if home is Home.SAME and (name_fact, dob_fact) == (NameFact.SAME_NAME, DobFact.SAME):
        words = _("Same name, date of birth and postcode")
    elif whole is not None:
        words = _with_home(_(whole).format(**facts), home)
    else:
        name = _(_NAME_WORDS[name_fact]).format(**facts)
        birth = _(_DOB_WORDS[dob_fact]).format(**facts)
        words = _("{name}, {birth}").format(name=name, birth=birth)
        words = _with_home(words, home)
    if linked:
        return _("{reason}. Confirmed on the earlier notice").format(reason=words)
    return words


def _with_home(words: str, home: Home) -> str:
    if home is Home.SAME:
        return _("{reason}, same postcode").format(reason=words)
    if home is Home.AREA:
        return _("{reason}, same first part of the postcode").format(reason=words)
    return words


def differences(pupils: Sequence[Pupil]) -> tuple[tuple[str, ...], ...]:
    """For each pupil what sets it apart: a person can only choose between things that differ."""
    told = [_tellable(pupil) for pupil in pupils]
    apart = [key for key in told[0] if len({facts[key] for facts in told}) > 1]
    if not apart:
        return ((_("nothing on your list tells them apart"),),) * len(told)
    return tuple(tuple(facts[key] for key in apart if facts[key]) for facts in told)


def _tellable(pupil: Pupil) -> dict[str, str]:
    legal = pupil.legal_name
    year, no_birth = pupil.year or "", _("no date of birth on your list")
    born = _("born {date}").format(date=say.date_words(pupil.dob)) if pupil.dob else no_birth
    return {
        "legal": _("legal name {name}").format(name=legal) if legal != pupil.name else "",
        "year": _("Year {year}").format(year=year) if year.isdigit() else year,
        "class": _("class {name}").format(name=pupil.class_name) if pupil.class_name else "",
        "born": born,
        "postcode": pupil.postcode or "",
        "admission": _("number {number}").format(number=pupil.admission) if pupil.admission else "",
    }
