"""A template from one example: the words beside each mark, and never a word of the example's values."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsafe.domain.template import FIELDS, How, Mark, Template, problems
from schoolsafe.domain.template_derive import STARTS, Selection, derive, suspects
from schoolsafe.domain.template_find import alone
from schoolsafe.domain.template_page import Page

LETTER = """\
Dear Lead

Tonight Robin EXAMPLETON, born 14/03/2017, was PRESENT when officers attended an
incident on 09/11/2026 at 21:35 hours. A welfare check WAS made by PC 1234.
"""


def select(text: str, field: str, words: str) -> Selection:
    start = text.index(words)
    return Selection(field, start, start + len(words))


def marks_of(text: str, **wanted: str) -> dict[str, Mark]:
    found = derive(text, [select(text, f, w) for f, w in wanted.items()], Template("t"))
    assert found.unread == ()
    return {mark.field: mark for mark in found.template.marks}


def test_a_label_on_the_line_is_taken_without_its_sign() -> None:
    text = "* Kid :: Ann\n* Hatched .... 1/5/2015\n"
    found = marks_of(text, child_name="Ann", birth_date="1/5/2015")
    assert found["child_name"] == Mark("child_name", How.LABEL, "Kid")
    assert found["birth_date"].before == "Hatched"


def test_a_heading_of_a_column_is_told_from_a_label_in_the_cell_before() -> None:
    table = "Kid\tHatched\tMood\nAnn\t1/5/2015\tsad\n"
    assert marks_of(table, child_name="Ann", birth_date="1/5/2015")["birth_date"] == Mark(
        "birth_date", How.COLUMN, "Hatched"
    )
    pairs = "Kid\tAnn\tHatched\t1/5/2015\nSpot\thome\tClock\t19:00\n"
    assert marks_of(pairs, child_name="Ann", incident_time="19:00")["incident_time"] == Mark(
        "incident_time", How.LABEL, "Clock"
    )


def test_a_label_alone_above_its_value_is_found() -> None:
    assert marks_of("Young one\n\nAnn Madeup\n", child_name="Ann Madeup")["child_name"] == Mark(
        "child_name", How.LABEL, "Young one", below=True
    )


def test_in_running_text_the_words_beside_are_kept_and_read_back_exactly() -> None:
    wanted = {"child_name": "Robin EXAMPLETON", "birth_date": "14/03/2017", "presence": "PRESENT",
              "incident_date": "09/11/2026", "incident_time": "21:35", "welfare_check": "WAS"}  # fmt: skip
    found = marks_of(LETTER, **wanted)
    assert {mark.how for mark in found.values()} == {How.SENTENCE}
    for field, mark in found.items():
        said = [LETTER[hit.start : hit.end] for hit in alone(Page(LETTER), mark)]
        assert said == [wanted[field]]


def test_no_word_of_a_name_and_no_number_of_the_example_is_kept() -> None:
    text = "Ann MADEUP was hiding when Ann was found. Log 99812 Ann hid behind the door today.\n"
    selections = [
        select(text, "child_name", "Ann MADEUP"),
        select(text, "presence", "behind the door"),
    ]
    found = derive(text, selections, Template("t")).template
    kept = " ".join(f"{mark.before} {mark.after}" for mark in found.marks).lower()
    assert "ann" not in kept.split()
    assert "madeup" not in kept
    assert "99812" not in kept


def test_the_words_a_notice_begins_with_are_words_and_no_value() -> None:
    text = "ITEM\nKid: Ann\nITEM\nKid: Bob\n"
    found = derive(
        text, [select(text, STARTS, "ITEM"), select(text, "child_name", "Ann")], Template("t")
    )
    assert found.template.starts == "ITEM"


def test_what_nothing_tells_of_is_named_and_not_guessed() -> None:
    found = derive("Ann", [Selection("child_name", 0, 3)], Template("t"))
    assert [each.field for each in found.unread] == ["child_name"]


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("was upstairs with Jordan at", ["Jordan"]),
        ("Date of the incident", []),
        ("told PC that Sam's", ["Sam's"]),
    ],
)
def test_words_that_may_be_a_name_are_named_before_a_file_is_written(
    before: str, words: list[str]
) -> None:
    template = Template("t", (Mark("place", How.SENTENCE, before),))
    assert [word for _number, word in suspects(template)] == words


def test_a_pupils_name_is_named_wherever_it_stands() -> None:
    template = Template("t", (Mark("place", How.LABEL, "Rowan's place"),), starts="About rowan")
    assert suspects(template, frozenset({"rowan"})) == ((0, "Rowan's"), (-1, "rowan"))


texts = st.text(st.sampled_from("aB c:\t\n|,.1\u2019"), max_size=120)


@settings(max_examples=200, deadline=None)
@given(
    texts,
    st.lists(
        st.tuples(st.sampled_from(FIELDS), st.integers(0, 120), st.integers(0, 30)), max_size=6
    ),
)
def test_whatever_is_marked_gives_marks_that_hold_or_names_what_it_could_not_read(
    text: str, wanted: list[tuple[object, int, int]]
) -> None:
    selections = [Selection(f.key, start, start + size) for f, start, size in wanted]  # type: ignore[attr-defined]
    found = derive(text, selections, Template("t"))
    assert not any(
        sentence.startswith("Mark ") and "name" not in sentence
        for sentence in problems(found.template)
    )
