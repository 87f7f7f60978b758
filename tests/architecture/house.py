"""The source tree as the rules see it: modules with their syntax trees, read once."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "schoolsafe"


@dataclass(frozen=True)
class Module:
    """One file: its place below ``src/schoolsafe`` and its text."""

    place: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def room(self) -> str:
        """The first folder of the place, or the file's own name."""
        return self.place.split("/")[0].removesuffix(".py")

    @cached_property
    def docstrings(self) -> frozenset[int]:
        """Ids of the constants that are docstrings or bare strings: prose about the code."""
        return frozenset(
            id(node.value)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        )

    def strings(self) -> Iterator[ast.Constant]:
        """Every string of the code that is not a docstring."""
        for node in ast.walk(self.tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in self.docstrings
            ):
                yield node

    def calls(self) -> Iterator[ast.Call]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the product."""
    return tuple(
        Module(str(file.relative_to(SOURCE)), file.read_text(encoding="utf-8"))
        for file in sorted(SOURCE.rglob("*.py"))
    )


def called(call: ast.Call) -> str:
    """The last name of what is called: ``a.b.c()`` gives ``c``."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def owner(call: ast.Call) -> str:
    """What the last name is taken from: ``a.b.c()`` gives ``b``."""
    if not isinstance(call.func, ast.Attribute):
        return ""
    value = call.func.value
    return value.attr if isinstance(value, ast.Attribute) else getattr(value, "id", "")


@cache
def error_classes() -> dict[str, tuple[Module, ast.ClassDef]]:
    """Every class that descends from the three families, by name."""
    known = {"SchoolSafeError"}
    found: dict[str, tuple[Module, ast.ClassDef]] = {}
    classes = [
        (module, node)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
    ]
    growing = True
    while growing:
        growing = False
        for module, node in classes:
            bases = {
                base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")
                for base in node.bases
            }
            if node.name not in found and (bases & known or node.name == "SchoolSafeError"):
                found[node.name] = (module, node)
                known.add(node.name)
                growing = True
    return found
