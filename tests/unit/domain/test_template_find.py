"""Finding what a template names: labels, sentences, columns, digests; and never at more cost than the text."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsafe.domain.template import FIELD, How, Mark, Template, problems
from schoolsafe.domain.template_find import Taken, best, read
from schoolsafe.domain.template_page import Page

NAME = Mark("child_name", How.LABEL, "Kid")
BORN = Mark("birth_date", How.LABEL, "Hatched")


def values(text: str, taken: Taken | None) -> list[dict[str, str]]:
    assert taken is not None
    found = []
    for part in taken.parts:
        shared = {key: text[h.start : h.end] for key, h in part.incident.items()}
        found += [
            shared | {key: text[h.start : h.end] for key, h in child.items()}
            for child in part.children
        ]
    return found


def test_a_label_gives_the_rest_of_its_line_whatever_sign_stands_behind_it() -> None:
    for sign in (": ", " :: ", "\t", "  ....  ", " = ", " - ", "?  "):
        text = f"Kid{sign}Ann Madeup\nHatched{sign}1 May 2015\n"
        assert values(text, read(Page(text), Template("t", (NAME, BORN)))) == [
            {"child_name": "Ann Madeup", "birth_date": "1 May 2015"}
        ]


def test_the_next_label_on_the_line_ends_a_value() -> None:
    text = "Kid: Ann Madeup  Hatched: 1 May 2015"
    assert values(text, read(Page(text), Template("t", (NAME, BORN)))) == [
        {"child_name": "Ann Madeup", "birth_date": "1 May 2015"}
    ]


def test_a_label_in_the_middle_of_a_sentence_is_none() -> None:
    text = "The kid: was asleep. We saw Kid Ann and hatched a plan.\n"
    assert read(Page(text), Template("t", (NAME, BORN))) is None


def test_an_empty_place_is_found_and_blank() -> None:
    text = "Kid: Ann Madeup\nHatched:\nSpot: home\n"
    taken = read(Page(text), Template("t", (NAME, BORN)))
    assert values(text, taken) == [{"child_name": "Ann Madeup", "birth_date": ""}]


def test_a_value_under_its_label_is_read_only_where_the_template_says_so() -> None:
    text = "Kid\nAnn Madeup\n\nHatched\n1 May 2015\n"
    below = (
        Mark("child_name", How.LABEL, "Kid", below=True),
        Mark("birth_date", How.LABEL, "Hatched", below=True),
    )
    assert values(text, read(Page(text), Template("t", below))) == [
        {"child_name": "Ann Madeup", "birth_date": "1 May 2015"}
    ]
    assert read(Page(text), Template("t", (NAME, BORN))) is None


def test_a_fixed_sentence_is_read_over_line_ends_or_not_at_all() -> None:
    template = Template(
        "t", sentences=("{child_name}, born {birth_date}, was {presence} when we came.",)
    )
    text = "Ann MADEUP, born\n1/5/2015, was PRESENT when\nwe came. Bye."
    assert values(text, read(Page(text), template)) == [
        {"child_name": "Ann MADEUP", "birth_date": "1/5/2015", "presence": "PRESENT"}
    ]
    assert read(Page("Ann MADEUP, born 1/5/2015, was away."), template) is None


def test_each_row_under_headings_is_a_child_and_a_ragged_row_ends_the_table() -> None:
    marks = (Mark("child_name", How.COLUMN, "Kid"), Mark("birth_date", How.COLUMN, "Hatched"))
    text = "Kid | Hatched | Mood\n--- | --- | ---\nAnn | 1/5/2015 | sad\nBob |  | calm\nCid | 2/2/2016\n"
    assert values(text, read(Page(text), Template("t", marks))) == [
        {"child_name": "Ann", "birth_date": "1/5/2015"},
        {"child_name": "Bob", "birth_date": ""},
    ]


def test_a_digest_is_parted_by_its_words_or_by_a_reference_that_changes() -> None:
    marks = (Mark("reference", How.LABEL, "Docket"), NAME, BORN)
    one = "Docket: A1\nKid: Ann\nHatched: 1/5/2015\n"
    two = "Docket: A2\nKid: Bob\nHatched: 2/5/2015\nKid: Cid\nHatched: 3/5/2015\n"
    for starts, text in (("", one + two), ("Item", f"Item\n{one}\nItem\n{two}")):
        taken = read(Page(text), Template("t", marks, starts=starts))
        assert taken is not None
        assert [len(part.children) for part in taken.parts] == [1, 2]
        assert [each["reference"] for each in values(text, taken)] == ["A1", "A2", "A2"]


def test_a_template_without_sender_speaks_only_where_all_of_it_is_found() -> None:
    text = "Kid: Ann Madeup\n"
    assert read(Page(text), Template("t", (NAME, BORN))) is None
    assert read(Page(text), Template("t", (NAME, BORN), senders=("a.example",))) is not None


def test_of_several_the_one_that_finds_most_speaks() -> None:
    text = "Kid: Ann Madeup\nHatched: 1/5/2015\n"
    taken = best(Page(text), (Template("less", (NAME,)), Template("more", (NAME, BORN))))
    assert taken is not None
    assert taken.template.name == "more"


words = st.text(st.sampled_from("ab :\t\n|,.(){}\u00a0\u2019\u0130"), max_size=40)
marks = st.builds(
    Mark,
    field=st.sampled_from(sorted(FIELD)),
    how=st.sampled_from(list(How)),
    before=words,
    after=words,
    below=st.booleans(),
    lines=st.booleans(),
)
templates = st.builds(
    Template,
    name=st.just("t"),
    marks=st.lists(marks, max_size=8).map(tuple),
    sentences=st.lists(words, max_size=3).map(tuple),
    senders=st.just(("a",)),
    needs=st.lists(words, max_size=2).map(tuple),
    starts=words,
)


@settings(max_examples=150, deadline=None)
@given(templates, st.text(st.sampled_from("ab :\t\n|,.{}\u00a0\u2019\u0130\u200b"), max_size=300))
def test_no_template_makes_the_search_raise_and_values_stand_in_the_text(
    template: Template, text: str
) -> None:
    problems(template)
    page = Page(text)
    taken = read(page, template)
    for hit in taken.hits if taken else ():
        assert 0 <= hit.start <= hit.end <= len(text) or hit.blank


def test_the_worst_words_on_the_longest_text_cost_little() -> None:
    text = "a " * 20_000
    marks = tuple(
        Mark(field, How.SENTENCE, "a a a a a a a a a a b", "a") for field in sorted(FIELD)
    ) + tuple(Mark(field, How.LABEL, "a") for field in sorted(FIELD))
    template = Template("t", marks[:40], ("a {child_name} a {birth_date} b",), senders=("a",))
    begun = time.process_time()
    page = Page(text)
    for _ in range(40):
        read(page, template)
    assert time.process_time() - begun < 5
