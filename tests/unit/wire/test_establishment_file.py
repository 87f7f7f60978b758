"""The register of schools as a file: the vector of version 1, and what is refused."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.wire.establishment import RegisterUnreadable, head, unpack

VECTOR = json.loads(
    (Path(__file__).parents[2] / "vectors" / "schools_register.json").read_text("utf-8")
)
FILE = bytes.fromhex(VECTOR["file"])


def test_the_file_of_version_1_is_read():
    register = unpack(FILE)
    assert head(FILE).as_of.isoformat() == VECTOR["facts"]["as_of"]
    assert head(FILE).schools == len(register.lines) == VECTOR["facts"]["schools"]
    first = register.school(0)
    assert {"urn": first.urn, "name": first.name} == VECTOR["first_school"]
    assert register.successors == VECTOR["successors"]


@pytest.mark.parametrize("name", VECTOR["refused"])
def test_what_cannot_be_read_is_refused(name):
    with pytest.raises(RegisterUnreadable):
        unpack(bytes.fromhex(VECTOR["refused"][name]))


@given(st.integers(0, len(FILE) - 1), st.integers(0, 255))
def test_a_changed_byte_gives_a_register_or_a_refusal(at, byte):
    changed = FILE[:at] + bytes([byte]) + FILE[at + 1 :]
    try:
        register = unpack(changed)
    except RegisterUnreadable:
        return
    register.search("ashgrove", limit=3)
