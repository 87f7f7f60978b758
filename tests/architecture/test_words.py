"""What a person reads: the sentences of errors and everything that goes through gettext."""

import ast
import re
from inspect import cleandoc

import pytest

from architecture.house import ROOT, called, error_classes, modules

BANNED = {
    line.partition(":")[0].strip(): line.partition(":")[2].strip()
    for line in (ROOT / "resources/words/banned.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
}
BANNED_WORDS = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(re.escape(word) for word in sorted(BANNED, key=len, reverse=True))
    + r")(?![\w-])",
    re.IGNORECASE,
)
SPARED: dict[str, str] = {
    # sentence: why the word may stand in it
}


def faults(sentence: str) -> list[str]:
    """What a lint of the catalogue would say of one sentence."""
    found = [f"“{word}”: {BANNED[word.lower()]}" for word in BANNED_WORDS.findall(sentence)]
    if "!" in sentence:
        found.append("an exclamation mark")
    return found


def sentences() -> list[tuple[str, str]]:
    """Every literal that is translated: where, and the text."""
    found = []
    for module in modules():
        for call in module.calls():
            if isinstance(call.func, ast.Name) and called(call) in {
                "_",
                "N_",
                "ngettext",
                "pgettext",
            }:
                given = call.args[1:] if called(call) == "pgettext" else call.args[:2]
                found += [
                    (f"{module.place}:{call.lineno}", text.value)
                    for text in given
                    if isinstance(text, ast.Constant) and isinstance(text.value, str)
                ]
    return found


def test_every_error_class_reads_aloud():
    wrong = []
    for name, (module, node) in error_classes().items():
        sentence = " ".join(cleandoc(ast.get_docstring(node) or "").split())
        where = f"{module.place}:{node.lineno} {name}: {sentence!r}"
        if not sentence:
            wrong.append(f"{where} has no sentence")
        elif not sentence.endswith((".", "?", ".”")):
            wrong.append(f"{where} does not end with a full stop")
        wrong += [f"{where} {fault}" for fault in faults(sentence) if sentence not in SPARED]
    assert not wrong, "\n" + "\n".join(wrong)


def test_no_sentence_holds_a_word_that_does_not_belong_on_a_screen():
    wrong = [
        f"{where} {text!r} {fault}"
        for where, text in sentences()
        if text not in SPARED
        for fault in faults(text)
    ]
    assert not wrong, "\n" + "\n".join(wrong)


def test_there_are_sentences_to_look_at():
    assert len(sentences()) > 100
    assert len(error_classes()) > 20


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("Please enter a valid date!", 2),
        ("Invalid user.", 2),
        ("Saved successfully.", 1),
        ("Send an e-mail.", 1),
        ("Enter what the caller said.", 0),
        ("The username stays as it is.", 0),
        ("Sync conflict in the vault", 2),
    ],
)
def test_the_word_list_finds_whole_words_only(sentence, wrong):
    assert len(faults(sentence)) == wrong


def test_every_banned_word_says_what_to_say_instead():
    assert len(BANNED) > 20
    assert all(BANNED.values())
