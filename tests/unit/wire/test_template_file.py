"""A template as a file for another school: written the same each time, read back the same, refused in plain words."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe import resources
from schoolsafe.domain.template import FIELD, MEANINGS, How, Mark, Meaning, Template
from schoolsafe.wire.template import (
    MOST_BYTES,
    TemplateUnusable,
    from_toml,
    from_value,
    to_toml,
    to_value,
)

LAYOUTS = sorted(resources.path("mail_templates", "layouts").glob("*.toml"))
NAMED = 'format = 1\nname = "t"\n[[mark]]\nfield = "child_name"\nhow = "label"\nbefore = "Kid"\n'


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
def test_every_shipped_shape_is_in_the_documented_format_and_says_whose_it_is(path: Path) -> None:
    template = from_toml(path.read_bytes())
    assert template.force or template.council
    assert template.channel
    assert template.checked
    assert from_toml(to_toml(template)) == template == from_value(to_value(template))


def test_the_eight_shapes_are_there() -> None:
    assert {path.stem for path in LAYOUTS} == {
        "fixed_sentence", "form_labels", "html_table", "digest", "council_letter", "ppn_rag", "missing", "found",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (b"format = 2\n", "newer SchoolSafe"),
        (b"\xff\xfe", "UTF-8"),
        (b"format = ", "not a TOML file"),
        (b"format = 1\n" + b"x = " + b"[" * 5000, "not a TOML file"),
        (b"#" * (MOST_BYTES + 1), "larger"),
        (b'format = 1\nname = "t"\n', "the child\u2019s name"),
        (NAMED.replace("child_name", "shoe_size").encode(), "shoe_size"),
        (NAMED.replace('"label"', '"regex"').encode(), "label, sentence or column"),
        (NAMED.replace("before", "pattern").encode(), "pattern"),
        (NAMED.replace('"Kid"', "3").encode(), "must be text"),
        (NAMED.replace('"Kid"', '"."').encode(), "Mark 1"),
        (NAMED.replace('"Kid"', '"' + "k" * 200 + '"').encode(), "120"),
        (NAMED.replace('"Kid"', '"Kid\u202e"').encode(), "cannot be seen"),
        (NAMED.replace('name = "t"', 'name = "t"\nchecked = "soon"').encode(), "checked"),
        (NAMED.replace('name = "t"', 'name = "t"\nneeds = "x"').encode(), "needs"),
        (NAMED.encode() + b'lines = "yes"\n', "true or false"),
        (NAMED.encode() + b'[[word]]\nfield = "place"\nsays = "x"\nmeans = "y"\n', "meaning"),
        (NAMED.encode() * 1 + b'[[mark]]\nfield="place"\nhow="label"\nbefore="ab"\n' * 41, "more than 40"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_says_why(file: bytes, why: str) -> None:
    with pytest.raises(TemplateUnusable, match=why):
        from_toml(file)


label = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), min_size=1, max_size=60).map(
    lambda text: "ab " + "".join(c for c in text if c.isprintable())
)
made = st.builds(
    Template,
    name=label,
    marks=st.lists(
        st.builds(
            Mark, field=st.sampled_from(sorted(FIELD)), how=st.sampled_from(list(How)), before=label, after=label,
        ),
        max_size=5,
    ).map(lambda marks: (*marks, Mark("child_name", How.LABEL, "Kid"))),
    needs=st.lists(label, max_size=3).map(tuple),
    starts=label,
    meanings=st.lists(
        st.builds(Meaning, field=st.just("presence"), says=label, means=st.sampled_from(sorted(MEANINGS["presence"]))),
        max_size=3,
    ).map(tuple),
)  # fmt: skip


@given(made)
def test_what_is_written_is_read_back(template: Template) -> None:
    assert from_toml(to_toml(template)) == template


@given(st.binary(max_size=200))
def test_any_bytes_are_a_template_or_a_refusal(data: bytes) -> None:
    with contextlib.suppress(TemplateUnusable):
        assert from_toml(data).fields
