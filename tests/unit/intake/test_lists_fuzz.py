"""A slice of the fuzz of lists and registers; `make fuzz` runs the whole."""

import random

import pytest

from fuzz import lists_fuzz


@pytest.mark.parametrize("name", ["csv", "ctf", "xlsx", "gias", "links", "ics"])
def test_mutations_bring_a_reading_or_a_refusal_and_soon(name: str):
    kind = next(each for each in lists_fuzz.kinds() if each.name == name)
    rng = random.Random(20261109)  # noqa: S311  # a seed that repeats is the point
    assert lists_fuzz.fuzz(kind, 120, rng, None)
    assert kind.refused < 120


def test_a_few_go_through_the_real_child():
    assert lists_fuzz.in_children(4, random.Random(7)) == 0  # noqa: S311  # a seed that repeats
