"""Bytes to text where the declared character set is often wrong. Never raises, never guesses silently into loss.

Windows-1252 declared as something smaller is the rule rather than the exception in forwarded mail.
"""

import codecs
from typing import Final

_LONGEST_NAME: Final = 40
_LATIN: Final = frozenset({"ascii", "us-ascii", "iso8859-1", "latin-1", "cp1252", ""})
_KNOWN: Final = (
    "ascii",
    "utf-8",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
    "iso8859-1",
    "iso8859-2",
    "iso8859-9",
    "iso8859-14",
    "iso8859-15",
    "cp1250",
    "cp1254",
    "cp1257",
    "cp850",
    "mac-roman",
)


def preload() -> None:
    """Loads every set that will be used: once the child is locked in, it can open no file."""
    for name in (*_KNOWN, "utf-8-sig"):
        codecs.lookup(name)


def known(name: str) -> str:
    """The standard name of a set we decode, or nothing for an unknown, odd or dangerous one."""
    name = name.strip().strip("\"'").lower()
    if not name.isascii() or len(name) > _LONGEST_NAME or "\0" in name:
        return ""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return found if found in {codecs.lookup(each).name for each in _KNOWN} else ""


def _as_utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def decode(data: bytes, declared: str) -> str:
    """The text: the declared set where it fits, UTF-8 where the bytes prove it, else Windows-1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if data.isascii():
        return data.decode("ascii")
    name = known(declared)
    if name in _LATIN or name == "utf-8":
        found = _as_utf8(data)
        return found if found is not None else data.decode("cp1252", "replace")
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        found = _as_utf8(data)
        return found if found is not None else data.decode("cp1252", "replace")
