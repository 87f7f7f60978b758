"""Finds the shipped resources, from source, wheel or frozen build."""

import sys
from pathlib import Path


def folder() -> Path:
    """The folder with icons, words, templates, fonts and data files."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / "resources"
    here = Path(__file__).resolve().parent
    packed = here / "_resources"
    return packed if packed.is_dir() else here.parents[1] / "resources"


def path(*parts: str) -> Path:
    """One resource, by its place under ``resources/``."""
    return folder().joinpath(*parts)
