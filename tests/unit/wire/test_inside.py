"""An entry survives the way out and in; what a newer release wrote is kept."""

import unicodedata
from contextlib import suppress
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.domain.entry import (
    Add,
    Attach,
    Fix,
    Link,
    Note,
    Resolve,
    Set,
    Unknown,
    Unlink,
)
from schoolsafe.domain.ids import RowId
from schoolsafe.errors import Tampered
from schoolsafe.wire import inside, jsontext
from schoolsafe.wire.inside import decode, encode
from unit.wire.pieces import LINK, an_entry

ATTACH = Attach(
    entity="notification:1",
    name="original.eml",
    mime="message/rfc822",
    size=12345,
    sha256="ab" * 32,
    key="cd" * 32,
    chunks=("ef" * 32, "01" * 32),
)
EVERY_OP = (
    Add(
        "child:1", {"surname": "Zzyzx", "flag": True, "none": None, "data": {"a": [1, {"b": "c"}]}}
    ),
    Set("child:1", "class", "3K", (LINK, RowId(bytes(32)))),
    Resolve("line:1", "choice", "quiet", (LINK,)),
    Link("child:1", "siblings", "child:2"),
    Unlink("child:1", "siblings", "child:2", (LINK,)),
    Note("line:1", "came in smiling"),
    ATTACH,
    Fix("entry:1", "text", "Tuesday, not Monday"),
    Unknown(("same", "child:1", "child:2", {"since": 2031})),
)


def test_every_op_comes_back():
    entry = an_entry(*EVERY_OP, must=True, min_reader=3, kv=2, seen=(LINK,))
    assert decode(encode(entry)) == entry


def test_an_entry_without_what_may_be_missing_comes_back():
    entry = an_entry(subject=None, why=None, tx="", app="", subject_heads=())
    assert decode(encode(entry)) == entry


def test_half_a_character_does_not_lose_a_concern():
    pasted = "She said \ud83d and \ud83d\ude00 caf\udce9."
    text = jsontext.encode({"text": pasted, "names": ["\ud800"]})
    assert jsontext.decode(text) == {
        "names": ["\ufffd"],
        "text": "She said \ufffd and 😀 caf\ufffd.",
    }


def test_no_value_is_lost_where_two_names_become_one():
    with pytest.raises(jsontext.NameTwice):
        jsontext.encode({"e\u0301": 1, "\u00e9": 2})


def test_names_are_sorted_and_text_is_compact():
    text = encode(an_entry())
    assert text.startswith(b'{"app":"0.1.0","kind":"entry.write","kv":1,')
    assert b'"t":"115344169086353409"' in text


def test_members_of_a_newer_release_are_kept_and_written_again():
    entry = an_entry(extra={"mood": {"of": ["the", "day"]}})
    text = encode(entry)
    assert b'"mood"' in text
    assert encode(decode(text)) == text


def test_a_known_member_cannot_hide_among_the_unknown():
    with pytest.raises(inside.MemberWrongType):
        encode(an_entry(extra={"who": "person:somebody else"}))


def test_text_is_composed_when_it_is_written():
    entry = an_entry(Add("child:1", {"forename": "Zoe\u0301", "e\u0301": ["A\u030a"]}))
    read = decode(encode(entry))
    assert read.ops == (Add("child:1", {"forename": "Zo\u00e9", "\u00e9": ["\u00c5"]}),)


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(1 << 53), 1 << 53) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=8), values, max_size=4))
def test_any_value_json_can_hold_comes_back_composed(members):
    entry = an_entry(Add("child:1", members))
    try:
        text = encode(entry)
    except (jsontext.TooDeep, jsontext.NameTwice):
        return
    again = decode(text)
    assert encode(again) == text
    assert unicodedata.is_normalized("NFC", text.decode())


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_text_is_an_entry_or_refused(text):
    with pytest.raises(Tampered):
        decode(text)


MEMBERS = msgspec.json.decode(encode(an_entry()))


@given(
    name=st.sampled_from(sorted(MEMBERS)),
    value=values | st.lists(st.lists(values, max_size=4), max_size=3),
)
def test_any_member_replaced_is_read_or_refused(name, value):
    with suppress(Tampered):
        decode(msgspec.json.encode(MEMBERS | {name: value}))


def nested(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth


TEXT = encode(an_entry())
BAD_TEXT = {
    "nothing": (b"", jsontext.NotJson),
    "half": (TEXT[:-1], jsontext.NotJson),
    "a list": (b"[]", jsontext.NotAnObject),
    "not UTF-8": (b'{"a":"\xff"}', jsontext.NotJson),
    "a lone surrogate": (b'{"a":"\\ud800"}', jsontext.NotJson),
    "a fraction": (b'{"a":1.0}', jsontext.FloatInJson),
    "an exponent": (b'{"a":1e2}', jsontext.FloatInJson),
    "a large number": (b'{"a":9007199254740993}', jsontext.IntegerTooLarge),
    "a huge number": (b'{"a":' + b"9" * 400 + b"}", None),
    "not composed": ('{"a":"e\u0301"}'.encode(), jsontext.NotNfc),
    "not composed, escaped": (b'{"a":"e\\u0301"}', jsontext.NotNfc),
    "a name not composed": ('{"e\u0301":1}'.encode(), jsontext.NotNfc),
    "a name twice": (b'{"a":1,"a":1}', jsontext.NameTwice),
    "a name twice, escaped": (b'{"a":1,"\\u0061":2}', jsontext.NameTwice),
    "a name twice, inside": (b'{"b":[{"a":1,"a":2}]}', jsontext.NameTwice),
    "nine deep": (nested(9), jsontext.TooDeep),
    "a thousand deep": (nested(1000), jsontext.TooDeep),
    "a million brackets": (b'{"a":' + b"[" * 1_000_000, jsontext.TooDeep),
    "nothing of an entry": (b"{}", inside.MemberMissing),
}


@pytest.mark.parametrize(("text", "error"), BAD_TEXT.values(), ids=BAD_TEXT)
def test_text_that_is_not_ours_is_refused_by_name(text, error):
    with pytest.raises(error or Tampered):
        decode(text)


def test_brackets_inside_words_are_not_nesting():
    entry = an_entry(why='[{"\\' * 200)
    assert decode(encode(entry)) == entry


def test_depth_eight_is_allowed():
    assert jsontext.decode(nested(8))
    assert jsontext.encode({"a": {"b": {"c": {"d": {"e": {"f": {"g": {}}}}}}}})
    with pytest.raises(jsontext.TooDeep):
        jsontext.encode({"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": []}}}}}}}})


def test_whitespace_and_another_order_are_read():
    text = b'{ "kind" : "a.b", "v":1,' + TEXT[1:].replace(b'"kind":"entry.write",', b"").replace(
        b',"v":1', b""
    )
    assert decode(text).kind == "a.b"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("v", True),
        ("v", "1"),
        ("kind", 1),
        ("kv", 0),
        ("min", 0),
        ("who", None),
        ("t", 1),
        ("t", "-1"),
        ("t", "01"),
        ("t", "١"),
        ("t", "18446744073709551616"),
        ("t", "9" * 5000),
        ("wall", "now"),
        ("sp", ["zz" * 32]),
        ("sp", ["AB" * 32]),
        ("sp", ["ab"]),
        ("sp", [1]),
        ("seen", {}),
        ("ops", {}),
        ("must", 1),
        ("why", 3),
        ("subj", []),
    ],
    ids=str,
)
def test_a_member_of_the_wrong_sort_is_refused(name, value):
    with pytest.raises(inside.MemberWrongType):
        decode(msgspec.json.encode(MEMBERS | {name: value}))


def test_an_unknown_inside_version_is_refused():
    with pytest.raises(inside.UnknownInsideVersion):
        decode(msgspec.json.encode(MEMBERS | {"v": 2}))


MANIFEST = {"name": "n", "mime": "m", "size": 1, "sha256": "s", "key": "k", "chunks": []}
BAD_OPS = [
    "add",
    [],
    [1],
    ["add"],
    ["add", "child:1"],
    ["add", "child:1", []],
    ["add", 1, {}],
    ["add", "child:1", {}, 1],
    ["set", "child:1", "a", 1],
    ["set", "child:1", "a", 1, {}],
    ["note", "child:1", None],
    ["attach", "child:1", {}],
    ["attach", "child:1", MANIFEST | {"more": 1}],
    ["attach", "child:1", MANIFEST | {"size": "1"}],
    ["attach", "child:1", MANIFEST | {"chunks": [1]}],
    ["set", "child:1", "a", 1, ["short"]],
]


@pytest.mark.parametrize("op", BAD_OPS, ids=str)
def test_an_op_of_the_wrong_shape_is_refused(op):
    with pytest.raises(inside.EntryBroken):
        decode(msgspec.json.encode(MEMBERS | {"ops": [op]}))


def test_an_op_nobody_knows_yet_is_kept():
    read = decode(msgspec.json.encode(MEMBERS | {"ops": [["notsame", {"x": [1]}]]}))
    assert read.ops == (Unknown(("notsame", {"x": [1]})),)
    assert encode(read) == encode(replace(read))


@pytest.mark.parametrize(
    "value",
    [1.5, 1 << 54, b"bytes", object()],
    ids=["a fraction", "a large whole", "bytes", "an object"],
)
def test_a_value_json_may_not_hold_is_not_written(value):
    with pytest.raises(jsontext.JsonBroken):
        encode(an_entry(Add("child:1", {"x": value})))
