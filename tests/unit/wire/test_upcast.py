"""Old entries are lifted step by step; every frozen row is still read."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from schoolsafe.domain.entry import Add
from schoolsafe.wire import inside, row, upcast
from unit.wire.pieces import an_entry

CORPUS = sorted((Path(__file__).parents[2] / "vectors" / "corpus").glob("*/*.json"))
ROWS = [
    pytest.param(frozen, id=f"{path.parent.name} {frozen['name']}")
    for path in CORPUS
    for frozen in json.loads(path.read_text(encoding="utf-8"))["rows"]
]


def renamed(entry):
    ops = tuple(Add(op.entity, {"words": op.values.get("text")}) for op in entry.ops)
    return replace(entry, ops=ops)


STEPS = {("entry.write", 1): renamed, ("entry.write", 2): lambda entry: entry}


def test_an_old_entry_is_lifted_through_every_step():
    old = an_entry(Add("entry:1", {"text": "x"}))
    new = upcast.latest(old, STEPS)
    assert new == replace(old, kv=3, ops=(Add("entry:1", {"words": "x"}),))
    assert upcast.latest(new, STEPS) == new


def test_other_kinds_and_newer_versions_stay_as_they_are():
    other, newer = an_entry(kind="child.add"), an_entry(kv=9)
    assert upcast.latest(other, STEPS) == other
    assert upcast.latest(newer, STEPS) == newer


def test_the_newest_version_follows_from_the_steps():
    assert upcast.version_of("entry.write", STEPS) == 3
    assert upcast.version_of("child.add", STEPS) == 1
    assert upcast.version_of("entry.write") == 1


def test_a_newer_meaning_is_known_as_such():
    assert upcast.is_newer(an_entry(kv=4), STEPS)
    assert not upcast.is_newer(an_entry(kv=3), STEPS)


def test_there_is_a_corpus():
    assert {path.parent.name for path in CORPUS} >= {"0.1"}
    assert len(ROWS) >= 20


@pytest.mark.parametrize("frozen", ROWS)
def test_every_frozen_row_of_every_release_is_still_read(frozen):
    outer = row.parse(bytes.fromhex(frozen["raw"]))
    row.verify(outer, bytes.fromhex(frozen["signer"]))
    entry = inside.decode(row.open_inside(outer, bytes.fromhex(frozen["row_key"])))
    assert outer.id.hex() == frozen["id"]
    assert json.loads(inside.encode(entry)) == frozen["entry"]
    lifted = upcast.latest(entry)
    assert lifted.kv == upcast.version_of(lifted.kind)
    assert (lifted.author, lifted.t, lifted.wall_ms) == (entry.author, entry.t, entry.wall_ms)
