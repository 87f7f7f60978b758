"""The stand-alone verifier agrees with us on good exports and names what is wrong with bad ones."""

import ast
import importlib.util
import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsafe.domain.disposal import KIND
from schoolsafe.domain.entry import Dispose, NewEntry
from schoolsafe.domain.person import Role
from schoolsafe.resources import path as resource
from schoolsafe.wire import stub
from schoolsafe.wire.export import lines as export_lines
from unit.services import test_circle
from unit.services.schools import AT_MS, a_new_entry, a_place, a_school, written
from unit.wire import test_roster
from unit.wire.chains import JO
from unit.wire.pieces import SomeSeat

PROGRAM = resource("verifier", "schoolsafe_verify.py")
VECTORS = json.loads(
    (Path(__file__).parents[2] / "vectors" / "export.json").read_text(encoding="utf-8")
)


def loaded():
    spec = importlib.util.spec_from_file_location("schoolsafe_verify", PROGRAM)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


VERIFIER = loaded()


def lines_of(vector):
    return [
        (VECTORS["lines"][line] if isinstance(line, int) else line).encode()
        for line in vector["lines"]
    ]


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda v: v["name"])
def test_an_export_vector_passes_or_is_found_by_its_name(vector):
    result = VERIFIER.check(iter(lines_of(vector)))
    assert result["ok"] == (vector["expect"] == "ok")
    assert (result["first_bad"] or {"why": "ok"})["why"] == vector["expect"]


@pytest.fixture(scope="module")
def school():
    grown, _head = a_school().joined_by(Role.HEAD, 2)
    grown, _teacher = grown.joined_by(Role.TEACHER, 3)
    return grown.rotated("team").rotated("audit")


@pytest.fixture(scope="module")
def export(school):
    circles = school.circles()
    rows = [made.outer for name in circles.names for made in written(circles, name, 3)]
    return list(circles.export(rows, made_ms=AT_MS))


def run(tmp_path, lines, *options):
    file = tmp_path / "journal.ssj"
    file.write_bytes(b"".join(lines))
    done = subprocess.run(
        [sys.executable, "-I", str(PROGRAM), str(file), *options],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8"},
        timeout=30,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_a_good_export_passes_in_a_process_of_its_own(tmp_path, export, school):
    code, out, err = run(tmp_path, export)
    result = json.loads(out)
    assert (code, err) == (0, "")
    assert result["ok"]
    assert (result["rows"], result["feeds"], result["opened"], result["read"]) == (12, 4, 9, 9)
    assert result["first_bad"] is None
    assert result["holes"] == []
    assert len(result["heads"]) == 4
    assert result["root"] == school.secrets.root_public.hex()


def test_show_prints_the_words(tmp_path, export):
    _code, out, _err = run(tmp_path, export, "--show")
    assert out.count("Zzyzx was tired") == 9
    assert '"name": "Jo Zzyzx"' in out


def test_a_bad_export_leaves_with_five_and_says_where(tmp_path, export):
    at = next(i for i, line in enumerate(export) if b'"line":"row"' in line)
    code, out, _err = run(tmp_path, [*export[:at], export[at + 1], *export[at + 2 :]])
    assert code == 5
    assert json.loads(out)["first_bad"]["why"] == "rows_missing"


def test_a_missing_file_is_an_error_of_its_own(tmp_path):
    done = subprocess.run(
        [sys.executable, "-I", str(PROGRAM), str(tmp_path / "none")],
        capture_output=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 2


def test_without_zstd_everything_is_proved_but_nothing_is_read(export, monkeypatch):
    monkeypatch.setattr(VERIFIER, "decompressor", lambda: None)
    result = VERIFIER.check(iter(export))
    assert result["ok"]
    assert (result["opened"], result["read"]) == (9, 0)


def test_a_row_withheld_by_the_maker_stands_there_as_a_hole(school):
    circles = school.circles()
    rows = [made.outer for made in written(circles, "team", 3)]
    result = VERIFIER.check(circles.export([rows[0], rows[2]], made_ms=AT_MS))
    assert result["ok"]
    assert result["holes"] == [rows[1].id.hex()]


def _disposed(school, **changes):
    """Three rows of the team, the middle one disposed of by a fourth."""
    circles = school.circles()
    rows = [made.outer for made in written(circles, "team", 3)]
    shell = stub.shell_of(stub.body_of(rows[1]))
    order = Dispose("entry:1", "not_ours", ("entry:1",), ((rows[1].id, shell),))
    entry = NewEntry("team", KIND, (replace(order, **changes),), must=True)
    ordering = circles.seal(entry, a_place(circles, "team", rows[2].id, 4)).outer
    return circles, [rows[0], stub.of(rows[1], ordering.id), rows[2], ordering]


def test_a_disposed_row_is_proved_by_the_row_that_disposed_of_it(school):
    circles, rows = _disposed(school)
    result = VERIFIER.check(circles.export(rows, made_ms=AT_MS))
    assert result["ok"]
    assert (result["rows"], result["disposed"], result["holes"]) == (4, 1, [])


def test_a_stub_that_nobody_ordered_is_found(school):
    circles, rows = _disposed(school, rows=())
    result = VERIFIER.check(circles.export(rows, made_ms=AT_MS))
    assert result["first_bad"]["why"] == "stub_not_ordered"
    assert result["first_bad"]["row"] == rows[1].id.hex()


def test_a_stub_whose_order_is_left_out_is_found(school):
    circles, rows = _disposed(school)
    result = VERIFIER.check(circles.export(rows[:3], made_ms=AT_MS))
    assert result["first_bad"]["why"] == "order_missing"


def test_a_row_with_a_number_that_does_not_follow_is_found(school):
    circles = school.circles()
    first = written(circles, "team", 1)[0].outer
    jumped = circles.seal(a_new_entry("team"), a_place(circles, "team", first.id, 5)).outer
    result = VERIFIER.check(circles.export([first, jumped], made_ms=AT_MS))
    assert result["first_bad"] == {
        "line": result["first_bad"]["line"],
        "row": jumped.id.hex(),
        "why": "number_wrong",
    }


def export_by_hand(chains_, rows, *, urn="999101", maker=JO):
    return export_lines(
        chains=chains_,
        parts=(),
        rows=rows,
        made_ms=AT_MS,
        urn=urn,
        seat=maker.name,
        signing_seed=maker.sign_seed,
    )


@pytest.mark.parametrize(
    ("made", "error"), [r[1:] for r in test_roster.REFUSED], ids=[r[0] for r in test_roster.REFUSED]
)
def test_it_refuses_the_links_the_product_refuses_by_the_same_names(made, error):
    chain = test_roster.CHAIN
    good = VERIFIER.check(export_by_hand([chain.raw], []))
    assert good["ok"]
    bad = VERIFIER.check(export_by_hand([(*chain.raw, made.raw)], []))
    why = {"other_circle": "no_genesis"}.get(error().code, error().code)
    assert bad["first_bad"]["why"] == why


@pytest.mark.parametrize(
    ("chain", "error"), test_roster.BAD_BEGINNINGS.values(), ids=test_roster.BAD_BEGINNINGS
)
def test_it_refuses_the_beginnings_the_product_refuses(chain, error):
    result = VERIFIER.check(export_by_hand([chain], []))
    assert not result["ok"]
    if chain and error is not test_roster.roster.RotationOutOfOrder:
        assert result["first_bad"]["why"] == error().code


@pytest.mark.parametrize(("outer", "error"), test_circle.REFUSED.values(), ids=test_circle.REFUSED)
def test_it_refuses_the_rows_the_product_refuses_by_the_same_names(outer, error):
    school = test_circle.DSL
    maker = SomeSeat(school.secrets.seat, school.secrets.sign_seed, school.secrets.box_private)
    lines = export_by_hand(school.chains.values(), [(outer, None)], maker=maker)
    why = {"not_a_circle_of_ours": "circle_unknown"}.get(error().code, error().code)
    assert VERIFIER.check(lines)["first_bad"]["why"] == why


def test_it_finds_a_claimed_author_and_a_crafted_key():
    school = test_circle.DSL
    forged = test_circle.sealed_by(author="person:somebody else")
    result = VERIFIER.check(school.circles().export([], made_ms=1))
    assert result["ok"]
    maker = SomeSeat(school.secrets.seat, school.secrets.sign_seed, school.secrets.box_private)
    for key, why in ((bytes(range(32)), "author_not_seat"), (bytes(32), "key_does_not_match")):
        lines = export_by_hand(school.chains.values(), [(forged, key)], maker=maker)
        assert VERIFIER.check(lines)["first_bad"]["why"] == why


def test_it_imports_the_standard_library_and_cryptography_only():
    allowed = {*sys.stdlib_module_names, "cryptography", "compression", "zstandard"}
    for node in ast.walk(ast.parse(PROGRAM.read_text(encoding="utf-8"))):
        names = (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        assert {name.partition(".")[0] for name in names} <= allowed


@settings(max_examples=300)
@given(data=st.data())
def test_any_change_to_an_export_is_found_and_never_crashes(data):
    lines = [line.encode() for line in VECTORS["lines"]]
    at = data.draw(st.integers(0, len(lines) - 1))
    line = bytearray(lines[at])
    where = data.draw(st.integers(0, len(line) - 2))
    new = data.draw(st.integers(0, 255).filter(lambda b: b != line[where] and b != ord("\n")))
    line[where] = new
    result = VERIFIER.check(iter([*lines[:at], bytes(line), *lines[at + 1 :]]))
    assert not result["ok"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["seat", "root", "feed", "x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["op", "seat", "sealed"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=300)
@given(name=st.sampled_from(["op", "person", "seat", "feed", "reads", "boxes"]), value=json_values)
def test_a_strange_roster_op_is_a_finding_and_not_a_crash(name, value):
    first = {"op": "genesis", "name": "school", "urn": "999101", "root": "AAAA"}
    circle = VERIFIER.Circle(bytes(32), first)
    circle.persons.add("person:1")
    for kind in VERIFIER.OPS:
        op = {"op": kind, "person": "person:1", "seat": "seat:1", "feed": "ab" * 16, name: value}
        with suppress(VERIFIER.Bad):
            VERIFIER.apply(circle, bytes(16), op, bytes(32))
            VERIFIER.is_grave(circle, op)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"a":1}'.encode("utf-16"), "not_json"),
        (b'{"a":"\\ud800"}', "not_json"),
        ('{"a":"e\u0301"}'.encode(), "not_nfc"),
        ('{"e\u0301":["x"]}'.encode(), "not_nfc"),
        (b'{"a":["\xff"]}', "not_json"),
    ],
)
def test_text_we_never_write_is_refused_as_the_product_refuses_it(text, why):
    with pytest.raises(VERIFIER.Bad) as found:
        VERIFIER.strict_json(text)
    assert found.value.why == why


def test_a_name_that_does_not_decompress_is_a_finding_and_no_crash():
    with pytest.raises(VERIFIER.Bad, match="not_compressed"):
        VERIFIER.read_part(VERIFIER.decompressor(), b"nothing that was packed")
