"""A slice of the fuzz: mangled files of every form bring a draft or a refusal, and soon. All of it: ``make fuzz``."""

import pytest

from fuzz.forms_fuzz import FORMS, LIMIT_SECONDS, fuzz

SLICE = 60


@pytest.mark.parametrize("form", FORMS)
def test_nothing_but_drafts_and_refusals_come_out_of_mangled_files(form: str) -> None:
    tally = fuzz(form, SLICE, 11)
    assert (tally.escaped, tally.falls, tally.runs) == ("", 0, SLICE)
    # A busy machine may take longer than the limit of the long run.
    assert tally.slowest < LIMIT_SECONDS * 3
