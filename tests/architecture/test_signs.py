"""Signs on the doors, sizes of the files, the map in the README, decisions on one page, no trace of a workplace."""

import ast
import re
import subprocess
from pathlib import Path

from architecture.house import ROOT, SOURCE, modules

LONGEST = 400
OVER: dict[str, str] = {
    "domain/agency_clock.py": "every clock of work with agencies beside the others; small functions, each alone",
    "ui/screens/pupil_file/family_part.py": "one tab: its lists, its one form at a time and what they open",
}
SIGN = 40
"""Lines of a sign: a big room may list what is where."""
ADR_PARTS = ("## Context", "## Decision", "## Consequences", "## Weighed")


def packages() -> list[Path]:
    return sorted(file.parent for file in SOURCE.rglob("__init__.py"))


def test_every_room_has_a_sign():
    """One sentence for what is in the room and one, the last, for what must never be."""
    wrong = []
    for room in packages():
        sign = ast.get_docstring(ast.parse((room / "__init__.py").read_text())) or ""
        inside = sign.split("\n\n")[0].strip()
        if (
            not inside.endswith(".")
            or not re.search(r"Never here: .+\.$", sign, re.DOTALL)
            or sign.count("\n") > SIGN
        ):
            wrong.append(f"{room.relative_to(SOURCE.parent)}: {sign!r}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_the_door_of_a_room_holds_nothing_but_its_sign():
    wrong = []
    for room in packages():
        tree = ast.parse((room / "__init__.py").read_text())
        rest = [
            node for node in tree.body[1:] if not (room == SOURCE and isinstance(node, ast.Assign))
        ]
        wrong += [f"{room.relative_to(SOURCE.parent)}:{node.lineno}" for node in rest]
    assert not wrong


def test_every_module_says_what_it_is_for():
    assert [module.place for module in modules() if not ast.get_docstring(module.tree)] == []


def test_no_file_is_longer_than_the_alarm():
    long = {
        m.place: n for m in modules() if (n := m.text.count("\n")) > LONGEST and m.place not in OVER
    }
    assert not long, f"longer than {LONGEST} lines, without a reason in OVER: {long}"


def test_no_drawers():
    drawers = {
        "utils",
        "util",
        "common",
        "helpers",
        "helper",
        "core",
        "models",
        "managers",
        "misc",
        "shared",
        "base",
    }
    named = {Path(module.place).stem for module in modules()} | {room.name for room in packages()}
    assert not named & drawers


def test_the_map_in_the_readme_names_every_room():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rooms = [room.name for room in packages() if room.parent == SOURCE]
    assert [room for room in rooms if f"`{room}`" not in readme and f"{room}/" not in readme] == []
    assert readme.count("\n") < 120


def test_every_decision_is_on_one_page_with_the_same_parts():
    pages = sorted((ROOT / "docs/adr").glob("[0-9]*.md"))
    assert pages
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert re.match(rf"# ADR {page.name[:4]}: \S", text), page.name
        assert re.search(
            r"^\d{4}-\d{2}-\d{2}, (proposed|accepted|replaced by \d{4})$", text, re.MULTILINE
        ), page.name
        places = [text.find(part) for part in ADR_PARTS]
        assert -1 not in places, page.name
        assert places == sorted(places), page.name
        assert text.count("\n") < 80, page.name


def committed() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_nothing_committed_names_a_workplace_or_a_registry():
    # Written in pieces, so that this file does not find itself.
    halves = [
        ("/wo", "rk/"),
        ("/ro", "ot/"),
        ("py", "pi.org"),
        ("python", "hosted"),
        ("registry.", "npmjs"),
    ]
    halves += [("deb.", "debian"), ("snapshot.", "debian"), ("--index", "-url")]
    traces = [first + second for first, second in halves]
    wrong = []
    for file in committed():
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # pictures, fonts and mail in other encodings
        wrong += [f"{file.relative_to(ROOT)}: {trace}" for trace in traces if trace in text]
    assert not wrong, "\n" + "\n".join(wrong)


def test_the_lock_pins_every_package_by_hash_and_names_no_address():
    lock = (ROOT / "requirements.lock").read_text()
    assert "--hash=sha256:" in lock
    assert "://" not in lock
    pinned = [line for line in lock.splitlines() if re.match(r"[a-z0-9]", line, re.IGNORECASE)]
    assert all("==" in line for line in pinned)
