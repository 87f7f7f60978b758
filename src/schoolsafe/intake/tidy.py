"""One page in the shape every rule reads: labels and values parted by plain signs, sign for sign in its place.

Each rule here replaces signs by as many others, so that every place still leads to what was sent. Left to
others: what the labels and values mean (lines, children, incident).
"""

import re
from typing import Final

from schoolsafe.intake.columns import part_columns
from schoolsafe.intake.json_lines import part_json
from schoolsafe.intake.records import coded_lines
from schoolsafe.intake.sheet import Sheet
from schoolsafe.intake.templates import label
from schoolsafe.intake.ticks import settle_ticks

_FLAGS: Final = re.IGNORECASE
_ROW_CODE: Final = re.compile(
    r"^[ \t]*(?:[A-Z]\d{1,2}|\d{1,2}\.\d{1,2}|\d{1,2}[A-Za-z])[.):]?[ \t]+(?=[^\W\d])", re.MULTILINE
)
_LEAST_CODES: Final = 3
_INNER_NUMBER: Final = re.compile(r"(?<=[ \t]{2})\d{1,2}[.)][ \t]+(?=[A-Z][^\n:]{1,40}:)")
_BLANK_LINE: Final = re.compile(r"(?<![_\n])_{2,}|(?<=\w)_(?=\s*$)|_{2,}", re.MULTILINE)
_DOTS_AFTER: Final = re.compile(
    r"(?<=[:?])[ \t]*[.…]{3,}|(?<=\w)[ \t]*[.…]{4,}[ \t]*$", re.MULTILINE
)
_KEYED: Final = re.compile(
    r"^[ \t]*(?P<key>[A-Za-z][\w .-]{0,40}?)[ \t]*(?P<sign>=>|:=|=)[ \t]*(?=\S|$)", re.MULTILINE
)
_LEAST_KEYS: Final = 3
_INNER_LABEL: Final = re.compile(
    r"(?<=[.;,|)])[ \t]+(?=(?P<asked>[A-Z][\w.'/()& -]{1,30}?)[ \t]?[:=](?!\d|/))"
)
_LEAF: Final = re.compile(r"<(?P<tag>[A-Za-z][\w.-]{0,40})>(?P<value>[^<>\n]{0,2000})</(?P=tag)>")
_CLOSES: Final = re.compile(r"</[A-Za-z][\w.-]{1,40}>")
_OPENS: Final = re.compile(r"<(?P<tag>[A-Za-z][\w.-]{0,40})>")
_AT_LEAST: Final = 2
_STRONG: Final = frozenset(
    {
        "dob",
        "incident_date",
        "incident_time",
        "when",
        "reference",
        "surname",
        "forename",
        "school",
        "presence",
    }
)
_PAIR_SIGN: Final = re.compile(r"[ \t]+-+[ \t]+|[ \t]*[:=][ \t]*")


def tidy(sheet: Sheet) -> Sheet:
    """The same sheet with its structure in plain signs."""
    plain = sheet.plain
    for rule in (
        part_json,
        _tags,
        _blanks,
        _codes,
        _keys,
        settle_ticks,
        part_columns,
        _listed,
        _inner,
    ):
        changed = rule(plain)
        # why: every place on the sheet leads to the text by its number, so no rule may move one
        plain = changed if len(changed) == len(plain) else plain
    return Sheet(sheet.part, sheet.text, plain, sheet.at)


def _spaces(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _blanks(plain: str) -> str:
    """Lines to write on, "__Elsie__" or "name: .....Elsie.....": the line itself is nothing."""
    lines = plain.split("\n")
    for place, line in enumerate(lines):
        if "__" in line and re.search(r"[^\W_]", line):
            lines[place] = _BLANK_LINE.sub(_spaces, line)
    return _DOTS_AFTER.sub(_spaces, "\n".join(lines))


def _codes(plain: str) -> str:
    """As in "B1 Last name": the code of a form's row is no part of the label."""
    plain = _INNER_NUMBER.sub(_spaces, plain)
    if len(_ROW_CODE.findall(plain)) < _LEAST_CODES or coded_lines(plain):
        return plain
    return _ROW_CODE.sub(_spaces, plain)


def _keys(plain: str) -> str:
    """As in "CHILD_DOB=20140903" is a label and its value in two cells."""
    found = list(_KEYED.finditer(plain))
    if len(found) < _LEAST_KEYS or not any(label(each["key"]) for each in found):
        return plain
    return _KEYED.sub(
        lambda m: m.group().replace(m["sign"], "\t" + " " * (len(m["sign"]) - 1), 1), plain
    )


def _tags(plain: str) -> str:
    """As in "<Surname>Ann</Surname>" is a label and its value, "<Child>" a heading, "</Child>" the end of its part."""
    if len(_LEAF.findall(plain)) < _LEAST_KEYS:
        return plain
    plain = _LEAF.sub(lambda m: f" {m['tag']}:{m['value']}\n" + " " * (len(m["tag"]) + 2), plain)
    plain = _CLOSES.sub(lambda m: "\n" + "-" * (len(m.group()) - 2) + "\n", plain)
    return _OPENS.sub(lambda m: f"\n{m['tag']}\n", plain)


def _listed(plain: str) -> str:
    """As in "Name - A B; DOB - 1/2/2015; School - C" on one line: each pair on a line of its own."""
    lines = plain.split("\n")
    for place, line in enumerate(lines):
        sign = next((each for each in (";", " | ", " / ") if line.count(each) >= _AT_LEAST), None)
        if sign is None or "\t" in line:
            continue
        pieces = line.split(sign)
        known = [_PAIR_SIGN.split(piece.strip(), maxsplit=1) for piece in pieces]
        asked = [pair[0] for pair in known if len(pair) > 1 and label(pair[0])]
        if len(asked) >= _AT_LEAST and len(asked) * 2 >= len(pieces):
            lines[place] = line.replace(sign, "\n" + " " * (len(sign) - 1))
    return "\n".join(lines)


def _inner(plain: str) -> str:
    """A label in the middle of prose ("… by a neighbour. Date: 19 Nov. Time: 9.05 pm") begins a line."""
    signs = list(plain)
    for found in _INNER_LABEL.finditer(plain):
        start = plain.rfind("\n", 0, found.start()) + 1
        head = re.match(r"[ \t]*[^\n:=]{1,60}?[ \t]*(?:[:=]|[ \t]{2})", plain[start : found.end()])
        if head and label(head.group().strip(" \t:=")):
            continue
        known = label(found["asked"])
        if known is not None and known.field in _STRONG:
            signs[found.end() - 1] = "\n"
    return "".join(signs)
