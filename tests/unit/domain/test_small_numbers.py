"""Nothing a reader can add or take away gives a small number back."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsafe.domain.small_numbers import Told, guarded, told


@pytest.mark.parametrize(
    ("n", "of", "words"),
    [
        (0, None, "0"),
        (1, None, "fewer than 5"),
        (4, None, "fewer than 5"),
        (5, None, "5"),
        (13, 14, "not shown"),
        (14, 14, "14"),
        (9, 14, "9"),
    ],
)
def test_one_count(n: int, of: int | None, words: str):
    assert told(n, of=of).words == words


def table(rows: list[list[int]]) -> tuple[tuple[Told, ...], ...]:
    """A grid with its sums: the whole kept longest, then the sums."""
    whole = [[*row, sum(row)] for row in rows]
    whole.append([sum(column) for column in zip(*whole, strict=True)])
    numbers = {(r, c): n for r, row in enumerate(whole) for c, n in enumerate(row)}
    down, across = len(whole), len(whole[0])
    sums = [[(r, c) for c in range(across)] for r in range(down)]
    sums += [[(r, c) for r in range(down)] for c in range(across)]
    level = {(r, c): (r == down - 1) + (c == across - 1) for r, c in numbers}
    found = guarded(numbers, sums, level=level)
    return tuple(tuple(found[r, c] for c in range(across)) for r in range(down))


def _words(rows: list[list[int]]) -> list[list[str]]:
    return [[one.words for one in row] for row in table(rows)]


def test_large_counts_are_told_as_they_are():
    assert _words([[6, 0], [8, 9]]) == [["6", "0", "6"], ["8", "9", "17"], ["14", "9", "23"]]


def test_a_small_one_is_not_what_is_left_of_its_sum():
    shown = table([[12, 3], [9, 0]])
    assert shown[2][2] == Told(24)
    assert shown[0][1].n is None
    assert shown[2][1].n is None  # its column holds nothing else
    assert shown[2][0].n is None  # or the whole would tell what the other column is
    assert shown[0][0].n is None or shown[0][2].n is None


def test_a_month_with_next_to_nothing_tells_next_to_nothing():
    assert _words([[1, 1]])[1][2] == "fewer than 5"
    assert _words([[0, 0]]) == [["0"] * 3, ["0"] * 3]


def test_four_ones_are_not_given_away_by_all_being_small():
    shown = table([[1, 1], [1, 1]])
    assert shown[2][2].words == "fewer than 5"
    assert {one.words for row in shown for one in row} == {"fewer than 5", "not shown"}


def _could_be(shown: tuple[tuple[Told, ...], ...], rows: int, columns: int) -> list[set[int]]:
    """By trying: the values each inner cell of a small table can have, whatever the hidden ones are."""
    most = 14
    ranges = [
        range(1, 5) if one.few else range(most) if one.n is None else range(one.n, one.n + 1)
        for row in shown[:-1]
        for one in row[:-1]
    ]
    found: list[set[int]] = [set() for _ in ranges]
    for values in product(*ranges):
        grid = [values[r * columns : (r + 1) * columns] for r in range(rows)]
        sums = [sum(row) for row in grid]
        down = [sum(column) for column in zip(*grid, strict=True)]
        edges = [*zip(sums, (row[-1] for row in shown[:-1]), strict=True)]
        edges += [*zip([*down, sum(sums)], shown[-1], strict=True)]
        if all(_fits(n, one) for n, one in edges):
            for place, n in enumerate(values):
                found[place].add(n)
    return found


def _fits(n: int, one: Told) -> bool:
    if one.n is not None:
        return n == one.n
    return 1 <= n <= 4 if one.few else True


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 7), min_size=2, max_size=2), min_size=2, max_size=2))
def test_whatever_is_tried_no_small_number_can_be_worked_out(rows: list[list[int]]):
    shown = table(rows)
    could = _could_be(shown, 2, 2)
    for place, n in enumerate(n for row in rows for n in row):
        assert n in could[place]
        if 0 < n < 5:
            assert shown[place // 2][place % 2].n is None
            assert len(could[place]) > 1, (rows, [[one.words for one in r] for r in shown])


@given(st.lists(st.lists(st.integers(0, 30), min_size=5, max_size=5), min_size=4, max_size=6))
def test_no_number_below_five_is_ever_told_and_none_is_told_wrong(rows: list[list[int]]):
    whole = [[*row, sum(row)] for row in rows]
    whole.append([sum(column) for column in zip(*whole, strict=True)])
    for row, shown in zip(whole, table(rows), strict=True):
        for n, one in zip(row, shown, strict=True):
            assert one.n in {None, n}
            assert not (one.n is not None and 0 < one.n < 5)
            assert not one.few or 0 < n < 5
