"""Rules about families: what leaves a text, who is named, which record stands, how a family is drawn."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.domain.duplicate import heads, together
from schoolsafe.domain.family import AFTER_DUE, Expected, expected, holds, is_confidential
from schoolsafe.domain.genogram import SELF, Member, Pair, Shape, drawn
from schoolsafe.domain.named import Mentioned, mentions
from schoolsafe.domain.withhold import Withheld, address_words

DUE = date(2027, 3, 1)
ADDRESS = "12 Elm Street, Northmere, NM1 2AB"


@pytest.mark.parametrize(
    "said",
    [
        "12 Elm Street",
        "12 elm street",
        "12,  Elm-Street",
        "12 Elm Street, Northmere, NM1 2AB",
        "NM1 2AB",
        "nm12ab",
        "12\nElm\nStreet",
    ],
)
def test_an_address_is_found_however_it_is_written(said):
    assert Withheld([ADDRESS]).clean(f"went to {said}.") == "went to [address withheld]."


@pytest.mark.parametrize(
    "said", ["112 Elm Street", "12 Elm Streets", "Elm Street", "Northmere", "NM1 2ABC", "12 Elm"]
)
def test_what_only_looks_like_it_stays(said):
    assert Withheld([ADDRESS]).clean(said) == said


def test_a_refuges_name_in_the_first_line_is_part_of_the_address():
    assert Withheld(["Rosewood House\nNorthmere"]).clean("at Rosewood  House") == (
        "at [address withheld]"
    )


def test_nothing_to_withhold_changes_nothing():
    assert not Withheld([], [])
    assert Withheld(["", "  "]).clean("as it is") == "as it is"
    assert address_words("") == ()


@given(st.text(), st.text(max_size=60))
def test_any_text_and_any_address_are_bearable(text, address):
    cleaned = Withheld([address], [address]).clean(text)
    assert isinstance(cleaned, str)


@given(st.text(alphabet="abc xyz", min_size=1), st.text(alphabet="abc xyz"))
def test_what_is_cleaned_is_clean(address, text):
    withheld = Withheld([f"7 {address}"])
    once = withheld.clean(text)
    assert withheld.clean(once) == once


PLACES = (Mentioned("Daniel Price", "father"), Mentioned("Kate O’Brien", "mother"))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Daniel Price", ["Daniel Price"]),
        ("PRICE, Daniel", ["Daniel Price"]),
        ("Dan Price", ["Daniel Price"]),
        ("D. Price", ["Daniel Price"]),
        ("Kate OBrien", ["Kate O’Brien"]),
        ("Price", []),
        ("Daniel", []),
        ("Ruth Okafor", []),
        ("", []),
    ],
)
def test_a_name_is_found_in_a_file_as_people_write_it(name, found):
    assert [place.name for place in mentions(name, PLACES)] == found


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (-1, Expected.DECIDED),
        (0, Expected.DECIDED),
        (1, Expected.DUE),
        (28, Expected.DUE),
        (29, Expected.LAPSED),
    ],
)
def test_an_expected_baby_is_closed_after_the_28th_day(days, state):
    on = DUE + timedelta(days=days)
    assert expected(unborn=True, due=DUE, decided=True, closed=False, on=on) is state
    assert timedelta(days=28) == AFTER_DUE


def test_a_baby_waits_for_a_decision_until_it_is_closed():
    state = lambda **more: expected(  # noqa: E731  # the same question four times
        **({"unborn": True, "due": DUE, "decided": False, "closed": False, "on": DUE} | more)
    )
    assert state() is Expected.TO_DECIDE
    assert state(closed=True) is Expected.CLOSED
    assert state(unborn=False) is Expected.BORN
    assert state(due=None) is Expected.TO_DECIDE


def test_an_order_holds_through_its_last_day():
    assert holds(DUE, DUE)
    assert holds(None, DUE)
    assert not holds(DUE, DUE + timedelta(days=1))


@pytest.mark.parametrize(
    ("kind", "said", "answer"),
    [
        ("refuge", "no", True),
        ("dispersed", None, True),
        ("family", "yes", True),
        ("family", "no", False),
    ],
)
def test_a_refuge_and_dispersed_accommodation_are_always_confidential(kind, said, answer):
    assert is_confidential(kind, said) is answer


IDS = st.sampled_from([f"child:{letter}" for letter in "abcdef"])


@given(st.dictionaries(IDS, IDS))
def test_whatever_two_seats_say_every_pupil_stands_in_exactly_one_place(same_as):
    links = {one: other for one, other in same_as.items() if one != other}
    everyone = {*links, *links.values()}
    groups = {together(child, links) for child in everyone}
    assert sorted(child for group in groups for child in group) == sorted(everyone)
    for group in groups:
        assert all(together(child, links) == group for child in group)
        assert group[0] not in heads(links) or heads(links)[group[0]] == group[0]


FAMILY = (
    Member("c", "Maya", SELF, "female", date(2018, 3, 14), at_home=True),
    Member("s", "Leo", "sibling", "male", date(2020, 6, 2), at_home=True),
    Member("o", "Ana", "half_sibling", born=date(2012, 1, 1)),
    Member("b", "Expected baby", "sibling", unborn=True),
    Member("m", "Kate", "mother", at_home=True),
    Member("f", "Dan", "father"),
    Member("g", "Nan", "grandparent", "female"),
)


def test_brothers_and_sisters_stand_eldest_left_and_the_unborn_last():
    drawing = drawn(FAMILY)
    row = sorted((n for n in drawing.nodes if n.row == 2), key=lambda node: node.at)
    assert [node.id for node in row] == ["o", "c", "s", "b"]


def test_each_person_has_the_shape_of_their_sex_and_nobodys_is_guessed():
    drawing = drawn((*FAMILY, Member("x", "Sam", "carer")))
    shapes = {node.id: node.shape for node in drawing.nodes}
    assert shapes["m"] is Shape.CIRCLE
    assert shapes["s"] is Shape.SQUARE
    assert shapes["x"] is Shape.DIAMOND
    assert shapes["b"] is Shape.TRIANGLE


@pytest.mark.parametrize(("how", "slashes"), [("together", 0), ("separated", 1), ("divorced", 2)])
def test_slashes_say_how_a_couple_is(how, slashes):
    drawing = drawn(FAMILY, [Pair("m", "f", how)])
    assert drawing.pairs[0].slashes == slashes
    assert "Kate and Dan" in drawing.words


def test_children_hang_from_both_parents_and_half_siblings_from_nobody():
    ((parents, children),) = drawn(FAMILY).descents
    assert parents == ("f", "m")
    assert set(children) == {"c", "s", "b"}


def test_the_drawing_says_who_lives_with_the_child():
    assert drawn(FAMILY).words == "Live with the child: Maya, Leo and Kate."


RELATED = st.lists(
    st.tuples(
        st.sampled_from(["mother", "father", "sibling", "other", "unheard_of", "own_child"]), IDS
    ),
    unique_by=lambda pair: pair[1],
)


@given(RELATED, st.lists(st.tuples(IDS, IDS)))
def test_any_family_can_be_drawn_with_nobody_on_top_of_another(people, couples):
    members = [Member("me", "Maya", SELF), *(Member(who, who, what) for what, who in people)]
    drawing = drawn(members, [Pair(one, two) for one, two in couples])
    assert len({(node.row, node.at) for node in drawing.nodes}) == len(members)
    assert all(0 <= node.at < drawing.width and node.row < drawing.rows for node in drawing.nodes)
