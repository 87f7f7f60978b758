"""Every way the police may write a child's name or birth date, and two laws that hold for all of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.domain.match import MatchState, Notified, Rung, propose
from schoolsafe.domain.match_reason import DobFact
from schoolsafe.domain.name import form_of
from schoolsafe.domain.pupil_index import Pupil, PupilIndex, postcode_area

BORN = date(2016, 4, 3)
OTHERS = (
    Pupil("decoy-1", "Sampleton", "Idris", date(2015, 9, 21)),
    Pupil("decoy-2", "Standin", "Bryony", date(2018, 1, 30)),
)


def _told(
    surname: str | None, forename: str | None, dob: date | None = BORN, **more: object
) -> Notified:
    return Notified(form_of(surname, forename), dob=dob, **more)


def _roll(*pupils: Pupil) -> PupilIndex:
    return PupilIndex((*pupils, *OTHERS))


def _pupil(surname: str, forename: str, **more: object) -> Pupil:
    return Pupil("meant", surname, forename, **{"dob": BORN, **more})


FORMS = {
    "capitals": (("TESTWOOD", "NIAMH"), _pupil("Testwood", "Niamh"), "Same name"),
    "everyday name": (
        ("Testwood", "Tilly"),
        _pupil("Testwood", "Matilda", preferred_forename="Tilly"),
        "Same everyday name, legal name Matilda Testwood",
    ),
    "everyday surname": (
        ("Daily", "Niamh"),
        _pupil("Testwood", "Niamh", preferred_surname="Daily"),
        "Same everyday name, legal name Niamh Testwood",
    ),
    "former surname": (
        ("Oldbury", "Niamh"),
        _pupil("Testwood", "Niamh", former_surname="Oldbury"),
        "Same as a former name, now Niamh Testwood",
    ),
    "former surname with everyday first name": (
        ("Oldbury", "Tilly"),
        _pupil("Testwood", "Matilda", preferred_forename="Tilly", former_surname="Oldbury"),
        "Same as a former name, now Matilda Testwood",
    ),
    "former first name": (
        ("Testwood", "Niamh"),
        _pupil("Testwood", "Neve", former_forename="Niamh"),
        "Same as a former name, now Neve Testwood",
    ),
    "initial": (("Testwood", "N"), _pupil("Testwood", "Niamh"), "first name is an initial only"),
    "initial with a stop": (
        ("Testwood", "N."),
        _pupil("Testwood", "Niamh"),
        "first name is an initial only",
    ),
    "two initials": (
        ("Testwood", "N J"),
        _pupil("Testwood", "Niamh Jo"),
        "first name is an initial only",
    ),
    "hyphen as a space": (
        ("Test Wood", "Niamh"),
        _pupil("Test-Wood", "Niamh"),
        "Same name, spelled",
    ),
    "hyphen left out": (("Testwood", "Annemarie"), _pupil("Testwood", "Anne-Marie"), "Same name"),
    "half of a double surname": (
        ("Wood", "Niamh"),
        _pupil("Sample-Wood", "Niamh"),
        "part of the surname",
    ),
    "double surname where the list has half": (
        ("Sample-Wood", "Niamh"),
        _pupil("Wood", "Niamh"),
        "part of the surname",
    ),
    "halves the other way round": (
        ("Wood-Sample", "Niamh"),
        _pupil("Sample-Wood", "Niamh"),
        "part of the surname",
    ),
    "accent left out": (("Sampleova", "Zofia"), _pupil("Šampleová", "Žofia"), "Same name"),
    "accent as two characters": (
        ("Sample\u0301", "Rene\u0301e"),
        _pupil("Samplé", "Renée"),
        "Same name",
    ),
    "letters that carry no accent": (
        ("Przykladowska", "Lucja"),
        _pupil("Przykładowska", "Łucja"),
        "Same name",
    ),
    "Mc for Mac": (("McSample", "Niamh"), _pupil("MacSample", "Niamh"), "Same name"),
    "Mac with a gap": (("Mac Sample", "Niamh"), _pupil("McSample", "Niamh"), "Same name"),
    "O with an apostrophe": (("O'Sample", "Niamh"), _pupil("O’Sample", "Niamh"), "Same name"),
    "O without": (("OSample", "Niamh"), _pupil("O'Sample", "Niamh"), "Same name"),
    "O with a gap": (("O Sample", "Niamh"), _pupil("O'Sample", "Niamh"), "Same name"),
    "Irish O": (("Ó Sample", "Niamh"), _pupil("O'Sample", "Niamh"), "Same name"),
    "other way round": (("Niamh", "Testwood"), _pupil("Testwood", "Niamh"), "other way round"),
    "one letter wrong": (("Testwod", "Niamh"), _pupil("Testwood", "Niamh"), "Close name"),
    "short for": (("Testwood", "Sam"), _pupil("Testwood", "Samuel"), "is short for the other"),
    "middle name told": (
        ("Testwood", "Niamh Rose"),
        _pupil("Testwood", "Niamh"),
        "first names not all the same",
    ),
    "surname only": (("Testwood", None), _pupil("Testwood", "Niamh"), "Same surname"),
}


@pytest.mark.parametrize(("name", "pupil", "reason"), FORMS.values(), ids=FORMS)
def test_each_form_of_a_name_proposes_its_child_with_the_reason(
    name: tuple[str, str | None], pupil: Pupil, reason: str
) -> None:
    found = propose(_told(*name), _roll(pupil))
    assert [p.child for p in found.fits] == ["meant"]
    assert reason in found.fits[0].reason
    assert found.fits[0].facts[1] is DobFact.SAME or found.fits[0].facts[1] == "same_dob"


@pytest.mark.parametrize(("name", "pupil", "_reason"), FORMS.values(), ids=FORMS)
def test_no_form_of_a_name_proposes_a_child_born_years_apart(
    name: tuple[str, str | None], pupil: Pupil, _reason: str
) -> None:
    found = propose(_told(*name, dob=date(2011, 12, 25)), _roll(pupil))
    assert found.state is MatchState.NOBODY
    assert found.fits == ()


ZZ = "ZZ9 9ZZ"
LADDER = {
    "same day": (BORN, ZZ, ZZ, Rung.EXACT, "Same name, date of birth and postcode"),
    "day and month swapped": (
        date(2016, 3, 4),
        None,
        ZZ,
        Rung.DAY_MONTH_SWAPPED,
        "Day and month swapped: born 3 April 2016 on your list",
    ),
    "year wrong": (
        date(2017, 4, 3),
        None,
        ZZ,
        Rung.ONE_PLACE,
        "Same name, date of birth differs in one place: born 3 April 2016 on your list",
    ),
    "within six months, same postcode": (
        date(2016, 6, 20),
        "zz99zz",
        ZZ,
        Rung.BORN_CLOSE,
        "Same name, born within six months of that: 3 April 2016 on your list, same postcode",
    ),
    "within six months, first part of the postcode": (
        date(2016, 6, 20),
        "ZZ9 8XX",
        ZZ,
        Rung.BORN_NEARBY,
        (
            "Same name, born within six months of that: 3 April 2016 on your list, "
            "same first part of the postcode"
        ),
    ),
}


@pytest.mark.parametrize(("dob", "told", "held", "rung", "reason"), LADDER.values(), ids=LADDER)
def test_each_rung_of_birth_date_and_postcode(
    dob: date, told: str | None, held: str, rung: Rung, reason: str
) -> None:
    pupil = _pupil("Testwood", "Niamh", postcode=held)
    found = propose(_told("Testwood", "Niamh", dob, postcode=told), _roll(pupil))
    assert [(p.child, p.rung, p.reason) for p in found.fits] == [("meant", rung, reason)]


@pytest.mark.parametrize(
    ("told", "held"),
    [(None, ZZ), ("ZZ9 9ZZ", None), ("ZZ1 1ZZ", ZZ), ("XX9 9ZZ", ZZ), ("Northmere", ZZ)],
)
def test_a_birth_date_within_six_months_alone_is_not_enough(
    told: str | None, held: str | None
) -> None:
    pupil = _pupil("Testwood", "Niamh", postcode=held)
    found = propose(_told("Testwood", "Niamh", date(2016, 6, 20), postcode=told), _roll(pupil))
    assert found.fits == ()
    assert [p.child for p in found.others] == ["meant"]


def test_an_initial_and_another_birth_date_is_nobody() -> None:
    pupil = _pupil("Testwood", "Niamh", postcode=ZZ)
    for dob in (date(2017, 4, 3), date(2016, 6, 20)):
        assert propose(_told("Testwood", "N", dob, postcode=ZZ), _roll(pupil)).fits == ()


def test_two_children_of_one_name_are_both_shown_and_neither_is_first_to_be_confirmed() -> None:
    one = Pupil("one", "Testwood", "Niamh", date(2016, 4, 3), year="5", class_name="Oak")
    two = replace(one, id="two", dob=date(2018, 9, 9), year="3", class_name="Elm")
    found = propose(_told("Testwood", "Niamh", None), _roll(one, two))
    assert found.state is MatchState.SEVERAL
    assert {p.child: p.differs for p in found.fits} == {
        "one": ("Year 5", "class Oak", "born 3 April 2016"),
        "two": ("Year 3", "class Elm", "born 9 September 2018"),
    }


def test_two_of_one_name_born_the_same_day_are_both_shown_though_nothing_differs() -> None:
    one = _pupil("Testwood", "Niamh")
    found = propose(_told("Testwood", "Niamh"), _roll(one, replace(one, id="also")))
    assert found.state is MatchState.SEVERAL
    assert [p.differs for p in found.fits] == [("nothing on your list tells them apart",)] * 2


def test_of_two_of_one_name_the_birth_date_picks_one_and_the_other_stays_in_sight() -> None:
    one, two = _pupil("Testwood", "Niamh"), _pupil("Testwood", "Niamh", dob=date(2018, 9, 9))
    found = propose(_told("Testwood", "Niamh"), _roll(one, replace(two, id="other")))
    assert [p.child for p in found.fits] == ["meant"]
    assert [(p.child, p.fits) for p in found.others] == [("other", False)]


def test_the_child_of_the_earlier_notice_is_not_taken_for_a_brother_of_another_birth_date() -> None:
    maya = _pupil("Testwood", "Maya")
    told = _told("Testwood", "Leo", date(2019, 6, 2), linked=frozenset({"meant"}))
    assert propose(told, _roll(maya)).fits == ()


def test_the_first_part_of_a_postcode() -> None:
    assert postcode_area("12 Made Up Road, zz9 9zz") == "ZZ9"
    assert postcode_area("Northmere") == postcode_area(None) == ""


WORDS = (
    "Ada",
    "Bo",
    "Sample",
    "Testwood",
    "Niamh",
    "Mc Sample",
    "Ní",
    "O'Sample",
    "K",
    "Test-Wood",
)
NAMES = st.sampled_from(WORDS) | st.text(max_size=8)
DAYS = st.dates(date(2014, 1, 1), date(2016, 12, 31))
CODES = st.sampled_from((None, "ZZ9 9ZZ", "ZZ9 8XX", "ZZ1 1AA"))
PUPILS = st.builds(
    Pupil,
    st.sampled_from("abcdef"),
    NAMES,
    NAMES,
    st.none() | DAYS,
    former_surname=st.none() | NAMES,
    preferred_forename=st.none() | NAMES,
    postcode=CODES,
)
ROLLS = st.lists(PUPILS, max_size=5, unique_by=lambda p: p.id).map(tuple)
LINKED = st.frozensets(st.sampled_from("abcdef"))


@given(st.tuples(NAMES, NAMES), st.none() | DAYS, CODES, LINKED, ROLLS)
def test_a_child_whose_birth_date_contradicts_is_never_what_is_proposed(
    name: tuple[str, str],
    dob: date | None,
    postcode: str | None,
    linked: frozenset[str],
    pupils: tuple[Pupil, ...],
) -> None:
    roll = PupilIndex(pupils)
    told = Notified(form_of(*name), dob=dob, postcode=postcode, linked=linked)
    found = propose(told, roll)
    for one in found.fits:
        held = roll.pupil(one.child).dob
        if dob is None or held is None or dob == held:
            continue
        swapped = (held.day, held.month, held.year) == (dob.month, dob.day, dob.year)
        one_place = sum(getattr(dob, p) == getattr(held, p) for p in ("day", "month", "year")) == 2
        near = abs(dob - held) <= timedelta(days=183)
        known = one.child in linked or postcode_area(postcode) == postcode_area(
            roll.pupil(one.child).postcode
        )
        assert swapped or one_place or (near and known), one


@given(NAMES, NAMES, st.none() | DAYS, LINKED, ROLLS)
def test_of_children_who_agree_as_well_none_is_put_above_the_others(
    surname: str,
    forename: str,
    dob: date | None,
    linked: frozenset[str],
    pupils: tuple[Pupil, ...],
) -> None:
    roll = PupilIndex(pupils)
    found = propose(Notified(form_of(surname, forename), dob=dob, linked=linked), roll)
    assert (found.state is MatchState.SEVERAL) == (len(found.fits) > 1)
    exact = [p for p in (*found.fits, *found.others) if p.rung is Rung.EXACT]
    assert not exact or {p.child for p in exact} == {p.child for p in found.fits}
