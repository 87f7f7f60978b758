"""Gathers every sentence a person may read into `resources/locale/schoolsafe.pot`, for translators: `make words`.

Two kinds: what goes through `_`, `N_`, `ngettext` and `pgettext`; and the docstrings of error classes, which are
translated when the error is shown. The file holds no dates and no line numbers, so it changes only when words do.
"""

import ast
import sys
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from inspect import cleandoc
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "schoolsafe"
TEMPLATE = ROOT / "resources" / "locale" / "schoolsafe.pot"
KEYWORDS: Mapping[str, Any] = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
HEADER = """\
# Every sentence of SchoolSafe. Made by `make words`; nobody edits it by hand.
# Apache-2.0, as the program.
#"""

Found = tuple[int, Any, Any, Any]


def extract(
    file: IO[bytes],
    keywords: Collection[str],
    comment_tags: Collection[str],  # noqa: ARG001  # Babel's own signature; we have none
    options: Any,  # noqa: ARG001  # as above
) -> Iterator[Found]:
    """One module's sentences, as Babel asks for them.

    Why not Babel's own reader of Python: it misses a call inside a call.
    """
    for node in ast.walk(ast.parse(file.read())):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in keywords
        ):
            given = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
            if given and (len(given) > 1 or given[0]):
                yield node.lineno, node.func.id, tuple(given) if len(given) > 1 else given[0], []
        elif isinstance(node, ast.ClassDef) and node.name in error_names():
            sentence = said(node)
            if sentence:
                yield node.lineno, None, sentence, []


def said(node: ast.ClassDef) -> str:
    """The sentence of an error class, as `errors` shows it."""
    return " ".join(cleandoc(ast.get_docstring(node, clean=False) or "").split())


@cache
def error_names() -> frozenset[str]:
    """Every class that descends from the families of `errors`, by name."""
    trees = [ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py"))]
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    known, before = {"SchoolSafeError"}, 0
    while before != len(known):
        before = len(known)
        known |= {node.name for node in classes if bases(node) & known}
    return frozenset(known)


def bases(node: ast.ClassDef) -> set[str]:
    """The last names of what a class descends from."""
    return {
        base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")
        for base in node.bases
    }


def catalogue() -> Catalog:
    """Every sentence with the files it stands in."""
    with (ROOT / "installer" / "babel.cfg").open(encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)
    made = Catalog(
        project="SchoolSafe", copyright_holder="SchoolSafe", charset="utf-8", header_comment=HEADER
    )
    found = extract_from_dir(
        ROOT,
        methods,
        options,
        KEYWORDS,
        directory_filter=lambda _folder: True,
        strip_comment_tags=True,
    )
    for place, _line, message, comments, context in found:
        made.add(message, None, [(place, None)], auto_comments=comments, context=context)
    return made


def template() -> bytes:
    """The file as it should stand."""
    written = BytesIO()
    write_po(
        written, catalogue(), width=120, sort_output=True, include_lineno=False, omit_header=False
    )
    lines = written.getvalue().decode().splitlines(keepends=True)
    dated = (
        '"POT-Creation-Date',
        '"PO-Revision-Date',
        '"Generated-By',
        '"Report-Msgid',
        '"Project-Id',
    )
    return "".join(line for line in lines if not line.startswith(dated)).encode()


def main() -> int:
    """Writes it; says how many."""
    data = template()
    changed = not TEMPLATE.exists() or TEMPLATE.read_bytes() != data
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_bytes(data)
    n = sum(1 for message in catalogue() if message.id)
    print(f"{n} sentences in {TEMPLATE.relative_to(ROOT)}, {'changed' if changed else 'unchanged'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
