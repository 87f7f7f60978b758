import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsafe.keys import paper

KEY = "0123456789ABCDEFGHJKMNPQRS9WVW"  # body and checksum of a sheet that is never to change


def test_a_paper_key_is_thirty_characters_of_base32_with_at_least_128_random_bits():
    key = paper.new_paper_key()
    assert len(key) == 30
    assert set(key) <= set(paper.ALPHABET)
    assert paper.RANDOM_CHARACTERS * 5 >= 128
    assert paper.new_paper_key() != key


def test_it_is_printed_in_six_groups_of_five():
    key = paper.new_paper_key()
    assert [len(group) for group in paper.grouped(key).split("-")] == [5] * 6
    assert "".join(paper.groups(key)) == key


@given(st.data())
def test_typing_forgives_case_gaps_and_lookalikes(data):
    key = KEY
    swaps = {"0": "0Oo", "1": "1IiLl"}
    text = ""
    for character in key:
        text += data.draw(st.sampled_from(swaps.get(character, character + character.lower())))
        text += data.draw(st.sampled_from(["", " ", "-", "  ", "\N{NON-BREAKING HYPHEN}", "\n"]))
    assert paper.typed(text) == key


@given(st.integers(0, 29), st.integers(1, 31))
def test_one_wrong_character_is_noticed(place, step):
    key = KEY
    wrong = paper.ALPHABET[(paper.ALPHABET.index(key[place]) + step) % 32]
    # 20 bits of checksum: one in a million would pass, so a pass here is a bug.
    with pytest.raises(paper.PaperKeyMistyped):
        paper.typed(key[:place] + wrong + key[place + 1 :])


def test_a_missing_character_says_how_many_there_are():
    with pytest.raises(paper.PaperKeyLength, match="this has 29"):
        paper.typed(paper.new_paper_key()[1:])


def test_a_character_no_sheet_has_is_named_with_its_group():
    key = paper.new_paper_key()
    with pytest.raises(paper.PaperKeyCharacter, match=r"no U\. Look at group 3"):
        paper.typed(key[:12] + "U" + key[13:])


@given(st.text(max_size=60))
def test_any_other_text_is_refused_in_words(text):
    with pytest.raises(
        (paper.PaperKeyLength, paper.PaperKeyCharacter, paper.PaperKeyMistyped)
    ) as told:
        paper.typed(text)
    assert str(told.value)


def test_the_drill_asks_for_two_groups_and_takes_what_is_typed_kindly():
    key = paper.new_paper_key()
    drill = paper.new_drill()
    assert len(set(drill.asked)) == 2
    on_paper = [paper.groups(key)[number - 1] for number in drill.asked]
    drill.check(key, [group.lower() + " " for group in on_paper])


def test_the_drill_fails_on_another_group_and_on_silence():
    key = paper.new_paper_key()
    drill = paper.Drill(asked=(2, 5))
    groups = paper.groups(key)
    with pytest.raises(paper.DrillFailed, match="Group 5"):
        drill.check(key, [groups[1], groups[1][::-1] + "X"])
    with pytest.raises(paper.DrillFailed, match="Group 2"):
        drill.check(key, [])


def test_every_pair_of_groups_can_be_asked_for():
    assert len({paper.new_drill().asked for _ in range(600)}) == 15
