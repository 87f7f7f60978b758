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


_CODE_PAGES: Final = {
    437: "cp850", 850: "cp850", 1250: "cp1250", 1252: "cp1252", 1254: "cp1254", 1257: "cp1257",
    10000: "mac-roman", 20127: "ascii", 28591: "iso8859-1", 28592: "iso8859-2", 28599: "iso8859-9",
    28604: "iso8859-14", 28605: "iso8859-15", 65001: "utf-8", 1200: "utf-16-le",
}  # fmt: skip


def of_code_page(number: int) -> str:
    """The set behind a Windows code page number; nothing for one we do not decode."""
    return _CODE_PAGES.get(number, "")


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


def wide(data: bytes) -> str:
    """The set of a text with two bytes a letter and no mark that says so; nothing for any other."""
    head = data[:4096]
    odd, even = head[1::2].count(0), head[::2].count(0)
    if max(odd, even) * 3 <= len(head) // 2:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _as_utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def decode(data: bytes, declared: str) -> str:
    """The text: the declared set where it fits, UTF-8 where the bytes prove it, else Windows-1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    name = known(declared)
    if name.startswith("utf-16"):
        return data.decode(name, "replace")
    if data.isascii():
        return data.decode("ascii")
    if name in _LATIN or name == "utf-8":
        found = _as_utf8(data)
        return found if found is not None else data.decode("cp1252", "replace")
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        found = _as_utf8(data)
        return found if found is not None else data.decode("cp1252", "replace")
