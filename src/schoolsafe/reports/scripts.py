"""Arabic-script words joined and turned right to left, which the PDF maker does not do.

The joining table is read from Unicode's own presentation forms, so Persian and Urdu letters are in
it too. Left to others: which font holds the result (`fonts`). Not done: Indic reordering.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

_FORMS = ("<isolated>", "<final>", "<initial>", "<medial>")
ISOLATED, FINAL, INITIAL, MEDIAL = range(4)
LAM = "\u0644"
RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+(?: +[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+)*"
)


@cache
def _shapes() -> dict[str, dict[int, str]]:
    """Letter, or lam with an alef, to its presentation forms."""
    shapes: dict[str, dict[int, str]] = {}
    for code in (*range(0xFB50, 0xFDFC), *range(0xFE70, 0xFEFD)):
        form, _space, plain = unicodedata.decomposition(chr(code)).partition(" ")
        if form not in _FORMS:
            continue
        letters = "".join(chr(int(point, 16)) for point in plain.split())
        if len(letters) == 1 or (letters[0] == LAM and _is_alef(letters[1:])):
            shapes.setdefault(letters, {})[_FORMS.index(form)] = chr(code)
    return shapes


def _is_alef(letter: str) -> bool:
    return letter in {"\u0622", "\u0623", "\u0625", "\u0627"}


def _letters(word: str) -> Iterator[tuple[str, str]]:
    """Each joining unit with the marks that stand on it; lam and alef are one unit."""
    unit, marks = "", ""
    for char in word:
        if unit and unicodedata.combining(char):
            marks += char
        elif unit == LAM and _is_alef(char) and not marks:
            unit += char
        else:
            if unit:
                yield unit, marks
            unit, marks = char, ""
    if unit:
        yield unit, marks


def joined(word: str) -> str:
    """The letters of a word in their initial, medial, final or isolated form, in reading order."""
    units = list(_letters(word))
    reach = [_shapes().get(unit, {}) for unit, _marks in units]
    out = []
    for at, (unit, marks) in enumerate(units):
        before = at > 0 and INITIAL in reach[at - 1] and FINAL in reach[at]
        after = at + 1 < len(units) and INITIAL in reach[at] and FINAL in reach[at + 1]
        wanted = (MEDIAL if after else FINAL) if before else (INITIAL if after else ISOLATED)
        out.append(reach[at].get(wanted, unit) + marks)
    return "".join(out)


def visual(text: str) -> str:
    """Right-to-left runs joined and turned round, so that drawing left to right reads right."""
    return RIGHT_TO_LEFT.sub(lambda run: _turned(run.group()), text)


def _turned(run: str) -> str:
    """Words and units in reverse order; marks stay behind the letter they stand on."""
    words = [joined(word) for word in run.split(" ")]
    return " ".join(
        "".join(unit + marks for unit, marks in reversed(list(_letters(word))))
        for word in reversed(words)
    )
