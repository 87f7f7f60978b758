"""A message's data copied as JSON: keys become labels with a colon, objects become headed sections."""

import re
from typing import Final

from schoolsafe.intake.templates import label

_KEY: Final = re.compile(r"\"[A-Za-z][\w -]{0,40}\"[ \t]*:")
_LEAST: Final = 3


def part_json(plain: str) -> str:
    """The page with its JSON as lines, sign for sign as long."""
    keys = list(_KEY.finditer(plain))
    if len(keys) < _LEAST:
        return plain
    start = plain.rfind("{", 0, keys[0].start())
    end = plain.find("\n", keys[-1].end())
    last = plain.rfind("}")
    start = keys[0].start() if start < 0 else start
    end = max(len(plain) if end < 0 else end, last + 1)
    return plain[:start] + _walk(plain[start:end]) + plain[end:]


def _walk(text: str) -> str:
    out: list[str] = []
    at, key = 0, ""
    while at < len(text):
        sign = text[at]
        if sign == '"':
            close = _close(text, at)
            inside = text[at + 1 : close]
            if text[close + 1 :].lstrip(" \t")[:1] == ":":
                key = inside
                out.append(f" {inside} ")
            else:
                found = label(key)
                mark = '"' if found and found.field == "voice" else " "
                out.append(f"{mark}{inside}{mark}"[: close + 1 - at])
            at = close + 1
            continue
        word = re.match(r"(?:true|false|null)\b", text[at:])
        if word:
            out.append({"true": "Yes ", "false": "No   ", "null": "    "}[word.group()])
            at += word.end()
            continue
        out.append(_structure(text, at) if sign in "{}[]," else sign)
        at += 1
    return "".join(out)


def _structure(text: str, at: int) -> str:
    """A line end where none stands beside."""
    if text[at] in "[]" or "\n" in re.split(r"\S", text[at + 1 :], maxsplit=1)[0]:
        return " "
    before = text[:at].rpartition("\n")[2]
    return "\n" if before.strip(" {}[],") else " "


def _close(text: str, at: int) -> int:
    """The closing mark of a string; the end of the text where it is never closed."""
    place = at + 1
    while place < len(text) and text[place] != '"':
        place += 2 if text[place] == "\\" else 1
    return min(place, len(text) - 1)
