import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.domain.upn import LETTERS, UpnKind, UpnWarning, check, check_letter, known_council
from unit.domain.cases import DATA

with (DATA / "upn_vectors.csv").open(encoding="utf-8", newline="") as _file:
    VECTORS = list(csv.DictReader(_file))


def test_all_fifty_vectors_are_here() -> None:
    assert len(VECTORS) == 50


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: repr(v["upn"]))
def test_every_published_and_made_up_number_is_judged_as_the_guide_says(vector) -> None:
    found = check(vector["upn"])
    assert found.kind == vector["kind"]
    assert found.valid == (vector["valid"] == "yes")
    if "expected letter " in vector["note"]:
        assert found.expected_letter == vector["note"].split("expected letter ")[1][0]
    elif found.kind is not UpnKind.WRONG_CHECK_LETTER:
        assert found.expected_letter is None


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: repr(v["upn"]))
def test_only_what_is_wrong_is_an_error_and_says_so_in_a_sentence(vector) -> None:
    found = check(vector["upn"])
    absent = found.kind in {UpnKind.BLANK, UpnKind.NO_UPN_CODE}
    assert found.error == (not found.valid and not absent)
    if found.error:
        assert found.message.endswith(".")
        assert "{" not in found.message


def test_tidying_makes_capitals_and_drops_spaces_and_invisible_characters() -> None:
    assert check("\u200b g999\u00a02001 26001\ufeff\t").value == "G999200126001"


def test_no_cell_at_all_is_no_upn() -> None:
    assert check(None).kind is UpnKind.BLANK


def test_an_unknown_council_is_a_warning_and_never_an_error() -> None:
    for upn in ("G999200126001", "X00180001701A"):
        found = check(upn)
        assert found.valid
        assert found.warnings == (UpnWarning.UNKNOWN_COUNCIL,)
        assert found.message.startswith(f"{upn[1:4]} is not a council")


@pytest.mark.parametrize(
    "code", ["201", "207", "372", "660", "681", "801", "838", "839", "840", "879", "887", "942"]
)
def test_real_councils_old_and_new_english_and_welsh_are_known(code: str) -> None:
    assert known_council(code)


def test_a_reason_code_is_kept_with_its_meaning() -> None:
    assert check("un1").message == "UN1 says why this child has no UPN. It is kept as no UPN."
    assert check("UN6").kind is UpnKind.WRONG_LENGTH


def test_digits_of_other_scripts_are_not_digits() -> None:
    assert check("G99920012600\u0661").kind is UpnKind.BAD_LAST_CHARACTER
    assert check("G9992001260\u06610").kind is UpnKind.NOT_NUMERIC


@given(st.text(max_size=20))
def test_no_text_makes_the_check_fail(text: str) -> None:
    assert check(text).kind in UpnKind


@given(st.from_regex(r"[0-9]{11}[0-9A-HJ-NP-RT-Z]", fullmatch=True), st.sampled_from(LETTERS))
def test_exactly_one_letter_fits_twelve_characters(rest: str, letter: str) -> None:
    found = check(letter + rest)
    assert found.valid == (letter == check_letter(rest))


@given(
    st.from_regex(r"[0-9]{12}", fullmatch=True), st.integers(0, 11), st.sampled_from("0123456789")
)
def test_one_mistyped_digit_never_goes_unseen(rest: str, place: int, digit: str) -> None:
    other = rest[:place] + digit + rest[place + 1 :]
    assert check(check_letter(rest) + other).valid == (other == rest)
