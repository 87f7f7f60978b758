"""The rules of the house that no linter knows: one function each, with the reason and the exceptions beside it."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from architecture.house import Module, called, error_classes, owner

Finding = tuple[int, str]


@dataclass(frozen=True)
class Rule:
    """A rule, why it is there, a line it must catch and one it must let pass."""

    name: str
    reason: str
    find: Callable[[Module], Iterator[Finding]]
    bad: str
    good: str
    at: str = "services/planted.py"
    """Where the example lines would stand."""
    spared: dict[str, str] = field(default_factory=dict)
    """Place, or folder with a slash at its end, to the reason why it is spared."""

    def spares(self, module: Module) -> bool:
        folders = tuple(place for place in self.spared if place.endswith("/"))
        return module.place in self.spared or module.place.startswith(folders)

    def breaches(self, module: Module) -> list[str]:
        if self.spares(module):
            return []
        return [f"{module.place}:{line}: {what}" for line, what in self.find(module)]


WRITING = {
    "mkdir",
    "write_text",
    "write_bytes",
    "touch",
    "symlink_to",
    "makedirs",
    "copyfile",
    "copytree",
}
WRITE_MODE = re.compile(r"[rbt]?[wax+][bt+]*|[rbt]+\+[bt]?")


def writes_files(module: Module) -> Iterator[Finding]:
    for call in module.calls():
        name = called(call)
        if name in WRITING:
            yield call.lineno, f"{name}()"
        if name in {"open", "fdopen"}:
            place = 1 if isinstance(call.func, ast.Name) or owner(call) in {"os", "io"} else 0
            modes = [
                *call.args[place : place + 1],
                *(word.value for word in call.keywords if word.arg == "mode"),
            ]
            for mode in modes:
                if (
                    isinstance(mode, ast.Constant)
                    and isinstance(mode.value, str)
                    and WRITE_MODE.fullmatch(mode.value)
                ):
                    yield call.lineno, f"open(…, {mode.value!r})"


def extracts_archives(module: Module) -> Iterator[Finding]:
    for call in module.calls():
        if called(call) in {"extractall", "unpack_archive"}:
            yield call.lineno, f"{called(call)}()"


def sets_text_format(module: Module) -> Iterator[Finding]:
    for call in module.calls():
        if called(call) in {"setTextFormat", "setHtml", "setMarkdown", "insertHtml", "appendHtml"}:
            yield call.lineno, f"{called(call)}()"


def attaches_databases(module: Module) -> Iterator[Finding]:
    for string in module.strings():
        if re.search(r"\b(ATTACH|DETACH) ", f"{string.value} "):
            yield string.lineno, "ATTACH in a string"


LOGGERS = {"log", "_log", "logger", "_logger", "logging", "LOG"}
LEVELS = {"debug", "info", "warning", "warn", "error", "critical", "exception", "log"}
SAFE_NAMES = re.compile(
    r"(^|_)(ids?|counts?|rows|n|number|code|kind|category|version|state|ms|seconds|size|topic|event|level)$"
)


def _loggable(node: ast.expr) -> bool:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) if SAFE_NAMES.search(name):
            return True
        case ast.Attribute(value=ast.Name(id=holder), attr="name"):
            return bool(SAFE_NAMES.search(holder))  # the name of an enumeration's member
        case ast.Attribute(
            value=ast.Call(func=ast.Name(id="type")), attr="__name__" | "__qualname__"
        ):
            return True
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in {"len", "round", "int", "hex"}
        case ast.Dict(values=values):
            return all(_loggable(value) for value in values)
        case _:
            return isinstance(node, ast.Constant)


def logs_content(module: Module) -> Iterator[Finding]:
    for call in module.calls():
        if called(call) in LEVELS and owner(call) in LOGGERS:
            given = [
                *call.args,
                *(
                    word.value
                    for word in call.keywords
                    if word.arg not in {"exc_info", "stacklevel"}
                ),
            ]
            if any(not _loggable(each) for each in given):
                yield call.lineno, "something besides literals, ids and counts"
            if any(word.arg == "exc_info" for word in call.keywords) or called(call) == "exception":
                yield call.lineno, "an exception's own text"


def asserts(module: Module) -> Iterator[Finding]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Assert) and not _narrows(node.test):
            yield node.lineno, "assert"


def _narrows(test: ast.expr) -> bool:
    match test:
        case ast.Call(func=ast.Name(id="isinstance")):
            return True
        case ast.Compare(ops=[ast.IsNot() | ast.Is()]):
            return True
        case _:
            return False


SHOWS = {
    "setText",
    "setPlaceholderText",
    "setWindowTitle",
    "setToolTip",
    "setAccessibleName",
    "setAccessibleDescription",
    "setTitle",
    "setPlainText",
    "addTab",
    "addItem",
    "PlainLabel",
    "QPushButton",
    "QCheckBox",
    "QRadioButton",
    "QToolButton",
    "QAction",
    "button",
    "heading",
    "say",
    "words",
    "drawString",
    "drawCentredString",
    "drawRightString",
    "print",
}
LETTERS = re.compile(r"[A-Za-z]{2,}")


def untranslated(module: Module) -> Iterator[Finding]:
    if module.room not in {"ui", "cli", "reports"}:
        return
    for call in module.calls():
        if called(call) in SHOWS:
            for given in call.args:
                if _words_of_its_own(given):
                    yield call.lineno, f"{called(call)}({ast.unparse(given)[:40]})"


def _words_of_its_own(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=str() as text):
            return (bool(LETTERS.search(text)) and not text.islower() and " " in text) or bool(
                re.match(r"[A-Z][a-z]+\b", text)
            )
        case ast.JoinedStr(values=parts):
            return any(
                isinstance(part, ast.Constant) and LETTERS.search(str(part.value)) for part in parts
            )
        case _:
            return False


def computed_for_translation(module: Module) -> Iterator[Finding]:
    for call in module.calls():
        if isinstance(call.func, ast.Name) and call.func.id in {"_", "ngettext", "pgettext", "N_"}:
            for given in call.args[: 2 if call.func.id in {"ngettext", "pgettext"} else 1]:
                if isinstance(given, ast.JoinedStr | ast.BinOp) or (
                    isinstance(given, ast.Call) and called(given) == "format"
                ):
                    yield call.lineno, f"{call.func.id}({ast.unparse(given)[:40]})"


COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})\b|\brgba?\(")


def colours(module: Module) -> Iterator[Finding]:
    for string in module.strings():
        if COLOUR.search(string.value):
            yield string.lineno, string.value[:40]
    for call in module.calls():
        if (
            called(call) in {"QColor", "HexColor"}
            and call.args
            and isinstance(call.args[0], ast.Constant)
        ):
            yield call.lineno, ast.unparse(call)[:40]


STARTERS = re.compile(r"system|popen|startDetached|(exec|spawn|fork|posix_spawn)[lvpe]*")


def _imports(module: Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def child_processes(module: Module) -> Iterator[Finding]:
    for line, name in _imports(module):
        if name.split(".")[0] in {"subprocess", "multiprocessing", "pty"}:
            yield line, f"import {name}"
    for call in module.calls():
        if owner(call) in {"os", "posix", "QProcess"} and STARTERS.fullmatch(called(call)):
            yield call.lineno, f"{owner(call)}.{called(call)}()"


ADAPTERS = {"store", "keys", "intake", "mailbox", "relay", "reports", "cli", "bootstrap"}
OWN_FAMILY = {"SystemExit", "WrongUse"}
"""How a command line ends; wrong use has an exit code of its own."""


def raises_a_stranger(module: Module) -> Iterator[Finding]:
    if module.room not in ADAPTERS:
        return
    local = {node.name for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)}
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Raise) or node.exc is None:
            continue
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        name = raised.attr if isinstance(raised, ast.Attribute) else getattr(raised, "id", "")
        if not name or name in error_classes() or name in OWN_FAMILY or not name[0].isupper():
            continue
        if name in local and name.startswith("_"):
            continue  # private to the file: caught where it was raised
        yield node.lineno, f"raise {name}"


RULES = (
    Rule(
        "files are written in few rooms",
        "plaintext must not reach the disk by accident",
        writes_files,
        bad="from pathlib import Path\nPath('x').write_text('narrative')\nPath('y').open('w')",
        good="from pathlib import Path\nPath('x').read_text()\nPath('y').open('rb')",
        spared={
            "store/": "the vault file",
            "keys/": "key files, anchors, the folder of a seat",
            "reports/": "a page goes where the person said",
            "relay/": "sealed bytes go where other seats and schools fetch them",
            "bootstrap/demo.py": "the folder the demo was asked to live in: everything there is invented",
            "bootstrap/logs.py": "the log's folder: ids and event names only",
            "bootstrap/self_test.py": "a folder of its own with an encrypted pretend vault, gone afterwards",
        },
    ),
    Rule(
        "archives are never unpacked to disk",
        "names inside an archive are hostile: members are read into memory by index",
        extracts_archives,
        bad="archive.extractall('x')",
        good="archive.read(member)",
    ),
    Rule(
        "one label decides how text is read",
        "Qt guesses HTML, and HTML loads files and network paths",
        sets_text_format,
        bad="label.setTextFormat(rich)",
        good="label.setText(words)",
        at="ui/planted.py",
        spared={
            "ui/widgets/plain_label.py": "the one class that sets plain text",
            "ui/dialogs.py": "message boxes are not labels of ours: plain text is set there by name",
        },
    ),
    Rule(
        "no database is attached",
        "ATTACH with an empty key writes plaintext from an encrypted connection",
        attaches_databases,
        bad="connection.execute(\"ATTACH 'x' AS y\")",
        good='"""ATTACH is never used."""\nconnection.execute("SELECT 1")',
    ),
    Rule(
        "logs hold literals, ids and counts",
        "a log is read by people who may not read the record",
        logs_content,
        bad="log.info('saved %s', child.name)\nlog.info(f'saved {name}')\nlog.exception('failed')",
        good="log.info('saved %s rows for %s', len(rows), entry.id)",
    ),
    Rule(
        "an assertion only narrows a type",
        "assertions vanish under -O; a rule is an error class",
        asserts,
        bad="assert total == 3",
        good="assert isinstance(value, str)\nassert found is not None",
    ),
    Rule(
        "every word a person sees goes through gettext",
        "a second language must be a catalogue, not a rewrite",
        untranslated,
        bad="label.setText('Nothing to do')\nlabel.setText(f'{n} entries')\nprint('Done')",
        good="label.setText(_('Nothing to do'))\nlabel.setObjectName('done')\nlabel.setText(f'{hours}:{minutes}')",
        at="ui/planted.py",
    ),
    Rule(
        "what is translated is a whole literal sentence",
        "a sentence put together before the catalogue sees it cannot be found there",
        computed_for_translation,
        bad="_(f'{n} left')\n_('a' + b)\n_('{n}'.format(n=1))",
        good="_('{n} left').format(n=n)\n_(LABELS[kind])",
    ),
    Rule(
        "colours stand in the theme",
        "three themes, one table; a stray colour fails somebody's contrast",
        colours,
        bad="style = 'color: #A8201A'\nQColor('red')",
        good="style = theme.colour('danger')\nissue = '#12 of 30'",
        at="ui/planted.py",
        spared={
            "ui/theme/": "the one table of colours",
            "reports/paper.py": "ink of the printed page, the same whatever the screen wears",
        },
    ),
    Rule(
        "programs are started in two places",
        "each child process is an escape from what the rings hold",
        child_processes,
        bad="import subprocess\nos.execv(a, b)",
        good="import sys",
        spared={
            "intake/reader.py": "starts the child that reads hostile files",
            "intake/pipes.py": "talks to that child and kills it",
            "intake/job_object.py": "confines that child on Windows",
            "mailbox/fetcher.py": "starts the child that speaks to mail servers, and kills it",
            "ui/app.py": "locking ends this process and starts a fresh one",
        },
    ),
    Rule(
        "an adapter raises one of the three families",
        "anything else is a bug and goes to the crash page",
        raises_a_stranger,
        bad="raise ValueError('x')",
        good="raise errors.Unavailable",
        at="store/planted.py",
        spared={
            "bootstrap/self_test.py": "a failed check is caught in the same file and named by its type",
            "bootstrap/demo_record.py": "a hole in the demo's own data: a bug",
            "store/engine.py": "a key that is not one was made by us: a bug",
            "store/vault.py": "used before it was given its keys: a bug",
        },
    ),
)
