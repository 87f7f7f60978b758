"""Labels and their values on one line. Left to others: values that go on, tables, headings (lines)."""

import re
from dataclasses import replace
from typing import Final

from schoolsafe.intake.items import UNKNOWN, Item, trim
from schoolsafe.intake.names import looks_like_name
from schoolsafe.intake.sheet import Cut, Sheet
from schoolsafe.intake.templates import ADULT, CHILD, OFFICER, Label, label, words

_FLAGS: Final = re.IGNORECASE
PREFIX: Final = re.compile(
    r"[ \t]*(?:\|\s*)?(?:(?:[-*•·▪‣●○◦o→>+–]|\[[ xX]?\])\s+|#{1,6}\s*"
    r"|(?:\(?\d{1,2}(?:\.\d{1,2})?[.)]|\(?[a-zA-Z][.)])\s+"
    r"|q\d{1,2}[.:)]?\s+|\[\s*\d+\s*(?:of|/)\s*\d+\s*\]\s*|section\s+\w{1,2}\s*[-:.]\s*"
    r"|part\s+\w{1,2}\s*[-:.]\s*){0,3}[*_]{0,2}[\[<]?",
    _FLAGS,
)
_SEPARATOR: Final = re.compile(
    r"[*_\]>]{0,2}[ \t]*(?:\.{2,}[ \t]*:?|…+[ \t]*:?|:+|=|\?(?=\s|$)|[ \t]-+[ \t>]|[ \t]->|->"
    r"|\t|\|)[*_]{0,2}[ \t]*|[ \t]{2,}"
)
_BEFORE_DIGITS: Final = re.compile(
    r"((?:[A-Za-z][A-Za-z.'/]{0,24})(?:[ ][A-Za-z.'/]{1,25}){0,2})[ ](?=\S{0,40}\d)"
)
_DIRECT: Final = frozenset(
    {"incident", "when", "incident_date", "dob", "incident_time", "reference"}
)
_INNER: Final = re.compile(
    r"(?<![\w.'/()-])((?:[A-Za-z][\w.'/()-]{0,24})(?:[ ][\w.'/()-]{1,25}){0,5})[ \t]?:(?!\d|/)[*_]{0,2}[ \t]*"
)
_SHORT: Final = frozenset(
    {"dob", "school", "incident_time", "reference", "age", "incident_date", "year_group", "place", "risk",
     "forename", "surname", "skip", "presence", "home_address", "when", "category", "completed_by", "voice", "middle"}
)  # fmt: skip
_SENTENCE: Final = re.compile(r"[^\W\d]{3}\. |\d\d?[/.]\d\d?[/.]\d\d|\d\. ")
_BARE: Final = frozenset({"name", "surname", "forename", "school"})
_MOMENT: Final = re.compile(
    r"(?:(?:about|approx\w*\.?|around|between|just (?:before|after)|\w+day,?)\s+)?\d", _FLAGS
)
_BEFORE_A_MOMENT: Final = {"at": Label("incident_time", None), "on": Label("incident_date", None)}
LABEL_WORDS: Final = 12
_TRIES: Final = 6
_MOST_PAIRS: Final = 40
_PARTED: Final = frozenset({"  ", ". ", ", ", "; ", "| ", ") "})
_LONGEST_LINE: Final = 20_000


class Pairing:
    """Finds the pairs on the lines of one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.plain = sheet.plain

    def pairs(self, line: Cut) -> list[Item]:
        """The pairs on one line; one of the unknown field where a label is not known."""
        line = Cut(line.start, min(line.end, line.start + _LONGEST_LINE))
        head = PREFIX.match(self.plain, line.start, line.end)
        start = head.end() if head else line.start
        unknown: Item | None = None
        for count, found in enumerate(_SEPARATOR.finditer(self.plain, start + 1, line.end)):
            if count >= _TRIES:
                break
            asked = trim(self.plain, Cut(start, found.start()))
            words_of = self.sheet.words(asked).strip("*_[]")
            if not words_of or len(words_of.split()) > LABEL_WORDS:
                break
            sign = found.group().strip(" \t*_")
            value = trim(self.plain, Cut(found.end(), line.end))
            if (
                sign.endswith(":")
                and words_of[-1:].isdigit()
                and self.plain[value.start : value.start + 1].isdigit()
            ):
                continue
            known = None if _SENTENCE.search(words_of) else label(words_of)
            if (
                known is None
                and sign.endswith(":")
                and _MOMENT.match(self.plain, value.start, value.end)
            ):
                known = _BEFORE_A_MOMENT.get(words_of.lower())
            bare = (
                known and known.guessed and not self.plain[value.start : value.start + 1].isdigit()
            )
            if known and (sign not in {"", "-", "="} or (_may_be_bare(words_of) and not bare)):
                first = Item("pair", line, known, words_of, asked, value)
                return self._inner(first)
            if unknown is None and sign.endswith(":") and words_of[0].isalpha():
                unknown = Item("pair", line, Label(UNKNOWN, None), words_of, asked, value)
        if direct := self._direct(Cut(start, line.end), line):
            return self._inner(direct)
        return [unknown] if unknown else []

    def _direct(self, cut: Cut, line: Cut) -> Item | None:
        """A label with its value right behind it: "Incident 15/11/2026 13:00", "Ref NM-26-0118233"."""
        found = _BEFORE_DIGITS.match(self.plain, cut.start, cut.end)
        if found is None:
            return None
        parts = found[1].split(" ")
        for size in range(len(parts), 0, -1):
            asked = " ".join(parts[:size])
            known = label(asked)
            rest = self.plain[cut.start + len(asked) + 1 : cut.end]
            if (
                known
                and not known.guessed
                and known.field in _DIRECT
                and asked[:1].isupper()
                and re.match(r"\S*\d", rest)
            ):
                cut_asked = Cut(cut.start, cut.start + len(asked))
                return Item(
                    "pair",
                    line,
                    known,
                    asked,
                    cut_asked,
                    trim(self.plain, Cut(cut_asked.end, cut.end)),
                )
        return None

    def _bare(self, line: Cut) -> Item | None:
        """A label with a name or school right behind it and nothing else: "CHILD FAKELEY, TYRONE JAMES"."""
        cut = trim(self.plain, line)
        head = PREFIX.match(self.plain, cut.start, cut.end)
        cut = Cut(head.end() if head else cut.start, cut.end)
        parts = self.sheet.words(cut).split(" ")
        if (
            not parts[0][:1].isupper() or len(parts) > 8 or parts[-1].endswith((".", "?", "!"))  # noqa: PLR2004  # longer is prose
        ):  # prose
            return None
        for size in (3, 2, 1):
            asked = " ".join(parts[:size])
            known = label(asked) if len(parts) > size else None
            if (
                known is None
                or known.guessed
                or known.field not in _BARE
                or known.owner in {ADULT, OFFICER}
            ):
                continue
            value = Cut(cut.start + len(asked) + 1, cut.end)
            text = self.sheet.words(value)
            school = (
                known.field == "school"
                and words().school.search(text) is not None
                and label(text) is None
            )
            if school or (
                known.field != "school"
                and known.owner == CHILD
                and looks_like_name(text, strict=True)
            ):
                return Item(
                    "pair", line, known, asked, Cut(cut.start, cut.start + len(asked)), value
                )
        return None

    def _inner(self, first: Item) -> list[Item]:
        """Further labels inside a value: "17/11/2026   Time: 20:10"."""
        pairs = [first]
        while len(pairs) < _MOST_PAIRS and (parted := self._next_inner(pairs[-1])):
            pairs[-1:] = parted
        return pairs

    def _next_inner(self, item: Item) -> list[Item] | None:
        for found in _INNER.finditer(self.plain, item.value.start, item.value.end):
            end = found.end(1)
            for part in re.finditer(r"\S+", found[1]):
                start = found.start() + part.start()
                asked = self.plain[start:end]
                known = label(asked)
                if known is None or start == item.value.start:
                    continue
                before = self.plain[max(item.value.start, start - 2) : start]
                parted = before in _PARTED or "\t" in before or "\n" in before
                if parted or (known.field in _SHORT and asked[:1].isupper()):
                    value = trim(self.plain, Cut(found.end(), item.value.end))
                    own = trim(self.plain, Cut(item.value.start, start), " \t\n,;|(")
                    then = Item("pair", item.cut, known, asked, Cut(start, end), value)
                    return [replace(item, value=own), then]
        return None


def _may_be_bare(asked: str) -> bool:
    """Whether a label without a colon may stand before two spaces, a dash or an equals sign."""
    return asked[:1].isupper() and len(asked.split()) <= 6  # noqa: PLR2004  # longer is prose
