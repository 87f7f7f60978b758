"""The translators' template holds every sentence: what goes through gettext, and what errors say."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from architecture.house import ROOT, Module, called, error_classes, modules
from schoolsafe.errors import SchoolSafeError

TEMPLATE = ROOT / "resources/locale/schoolsafe.pot"
MARKS = {"_": slice(0, 1), "N_": slice(0, 1), "ngettext": slice(0, 2), "pgettext": slice(1, 2)}


@pytest.fixture(scope="module")
def template() -> Catalog:
    return read_po(BytesIO(TEMPLATE.read_bytes()))


@pytest.fixture(scope="module")
def ids(template: Catalog) -> set[str]:
    found: set[str] = set()
    for message in template:
        found |= {message.id} if isinstance(message.id, str) else set(message.id)
    return found - {""}


def literals(module: Module) -> Iterator[tuple[str, str]]:
    """Each literal sentence of a module, and where it stands."""
    for call in module.calls():
        name = called(call)
        if isinstance(call.func, ast.Name) and name in MARKS:
            for given in call.args[MARKS[name]]:
                if isinstance(given, ast.Constant) and isinstance(given.value, str):
                    yield f"{module.place}:{call.lineno}", given.value


def error_sentences() -> Iterator[tuple[str, str]]:
    """What each error says; two rooms may each have an error of one name."""
    names = error_classes()
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef) and node.name in names:
                sentence = " ".join((ast.get_docstring(node) or "").split())
                yield f"{module.place}:{node.lineno} {node.name}", sentence


def test_every_sentence_that_is_translated_stands_in_the_template(ids):
    missing = [
        f"{where} {text!r}"
        for module in modules()
        for where, text in literals(module)
        if text and text not in ids
    ]
    assert not missing, "run `make words`:\n" + "\n".join(missing)


def test_what_every_error_says_stands_in_the_template(ids):
    missing = [f"{where}: {said!r}" for where, said in error_sentences() if said not in ids]
    assert not missing, "run `make words`:\n" + "\n".join(missing)


def test_an_error_asks_the_catalogue_for_the_very_sentence_in_the_template(ids):
    class Asked(SchoolSafeError):
        """Words that wrap over

        two lines, with a {place}.
        """

    assert str(Asked(place="gap")) == "Words that wrap over two lines, with a gap."
    wrapped = [
        node
        for _module, node in error_classes().values()
        if "\n" in (ast.get_docstring(node) or "")
    ]
    assert wrapped, "no error wraps, so this proves nothing"
    for node in wrapped:
        assert " ".join((ast.get_docstring(node) or "").split()) in ids


def test_the_template_holds_nothing_that_is_said_nowhere(ids):
    said = {text for module in modules() for _where, text in literals(module)}
    said |= {sentence for _where, sentence in error_sentences()}
    assert sorted(ids - said) == [], "run `make words`"


def test_the_template_is_what_make_words_writes():
    code = "import sys, words; sys.stdout.buffer.write(words.template())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        timeout=50,
        env={"PYTHONPATH": str(ROOT / "installer"), "PATH": ""},
        cwd=ROOT,
    )
    assert done.stdout == TEMPLATE.read_bytes(), "run `make words`"


def test_no_sentence_is_put_together_before_the_catalogue_sees_it():
    wrong = [
        f"{module.place}:{call.lineno}"
        for module in modules()
        for call in module.calls()
        if isinstance(call.func, ast.Name) and called(call) in MARKS
        for given in call.args[MARKS[called(call)]]
        if isinstance(given, ast.JoinedStr | ast.BinOp)
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('_("One")', ["One"]),
        ('N_("Marked")', ["Marked"]),
        ('ngettext("{n} cat", "{n} cats", n)', ["{n} cat", "{n} cats"]),
        ('pgettext("month", "May")', ["May"]),
        ("_(LABELS[kind])", []),
        ('self._("method")', []),
    ],
)
def test_the_look_for_sentences_finds_what_a_reader_would(text, expected):
    assert [found for _where, found in literals(Module("x.py", text))] == expected


def test_the_template_names_files_and_no_lines(template):
    places = [place for message in template for place, _line in message.locations]
    assert places
    assert all((ROOT / place).is_file() for place in places)
    assert ".py:" not in TEMPLATE.read_text()


def test_the_place_of_the_template_is_where_the_program_looks():
    from schoolsafe import resources

    assert Path(resources.path("locale")) == TEMPLATE.parent
