"""Names in capitals, as they are likely to be written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.domain.name import fold
from schoolsafe.domain.name_case import is_shouted, likely_case


@pytest.mark.parametrize(
    ("sent", "likely"),
    [
        ("SAMPLETREE", "Sampletree"),
        ("O'MOCKERY", "O'Mockery"),
        ("D’EXAMPLE", "D’Example"),
        ("MCMOCK", "McMock"),
        ("MC MOCK", "Mc Mock"),
        ("MACFABLE", "Macfable"),
        ("VAN DER EXAMPLE", "van der Example"),
        ("NOWAK-ŁUCKA", "Nowak-Łucka"),
        ("McFable", "McFable"),
        ("J", "J"),
        ("", ""),
    ],
)
def test_a_surname_in_capitals_is_guessed(sent, likely):
    assert likely_case(sent, surname=True) == likely


def test_a_forename_keeps_its_particle_large():
    assert likely_case("VAN ANH") == "Van Anh"
    assert likely_case("SIOBHÁN") == "Siobhán"


@given(st.text(max_size=40))
def test_a_guess_is_the_same_name_to_whoever_compares(text):
    assert fold(likely_case(text, surname=True)) == fold(text)
    if not is_shouted(text):
        assert is_shouted(likely_case(text)) is False
