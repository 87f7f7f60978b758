"""How well the reader does on mails it was never shown: exact, blank or wrong, field by field.

The expected files say what a careful lead would write down. Run as a script it prints the whole account:
``python tests/unit/intake/blind_scores.py``, or with another folder of mails as its argument. A value may be
``{"any_of": [...]}`` where leads would differ.
"""

import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schoolsafe.domain.notification import ChildLine, MailDraft, Notice
from schoolsafe.errors import Refused
from schoolsafe.intake.reader import ChildIntake

MAILS = Path(__file__).resolve().parents[2] / "data" / "notifications_blind"

EXACT, BLANK, WRONG, EMPTY = "exact", "blank", "wrong", "rightly empty"
"""Empty: nothing was supplied and nothing was read; it counts neither for nor against the reader."""

FILLED = {
    "names": ("surname", "forename"),
    "birth dates": ("dob",),
    "dates": ("date",),
    "times": ("time",),
}
"""What must be filled for nine of ten supplied values, by the fields it is made of."""
NEVER_WRONG = ("surname", "forename", "dob", "date", "time", "date_to", "time_to")
"""Where a wrong value is worse than a blank: a person would have to notice it."""

_CONTAINS = ("police_reference", "voice", "school_named")
_MAY_BE_UNKNOWN = ("presence", "precision")
_INCIDENT = ("date", "time", "date_to", "time_to", "precision")
_CHILD = ("surname", "forename", "dob", "presence", "voice", "school_named")
_PLAIN = str.maketrans(
    {"‐": "-", "‑": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " "}
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One compared value."""

    mail: str
    field: str
    expected: str
    got: str
    verdict: str
    again: bool = False
    """A second mark on one supplied value: a child under the wrong incident carries its date and time."""


@dataclass(slots=True)
class Account:
    """Every mark of a run, and the children who stand in no mail."""

    marks: list[Mark] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)

    def count(self, name: str) -> Counter[str]:
        """How often each verdict fell on that field."""
        return Counter(mark.verdict for mark in self.marks if mark.field == name)

    def share(self, group: str) -> float:
        """The share of supplied values of that group that were read exactly."""
        counts = [self.count(name) for name in FILLED[group]]
        supplied = sum(count[EXACT] + count[BLANK] for count in counts)
        supplied += sum(
            mark.verdict == WRONG and mark.expected != "nothing" and not mark.again
            for mark in self.marks
            if mark.field in FILLED[group]
        )
        return sum(count[EXACT] for count in counts) / supplied

    def wrong(self) -> list[Mark]:
        """Wrong values in the fields where none may be wrong."""
        return [mark for mark in self.marks if mark.verdict == WRONG and mark.field in NEVER_WRONG]


def fold(value: Any) -> str:
    """Text for comparing: white space collapsed, no-break and curly signs plain, case and NFC aside."""
    if value is None:
        return ""
    if hasattr(value, "isoformat"):
        value = value.isoformat()[:5] if hasattr(value, "hour") else value.isoformat()
    text = unicodedata.normalize("NFC", str(value)).translate(_PLAIN)
    return " ".join(text.split()).strip(" .\"'").casefold()


def _accepted(expected: Any) -> list[str]:
    values = expected["any_of"] if isinstance(expected, dict) else [expected]
    return [fold(value) for value in values]


def verdict(name: str, expected: Any, got: Any) -> str:
    """Whether the value read is the one a careful lead would have written down."""
    accepted, found = _accepted(expected), fold(got)
    if not found:
        return EMPTY if "" in accepted else BLANK
    if found == "unknown" and found not in accepted and name in _MAY_BE_UNKNOWN:
        return BLANK
    if name in _CONTAINS:
        close = any(text and text in found and len(found) <= len(text) + 40 for text in accepted)
        return EXACT if close else WRONG
    return EXACT if found in accepted else WRONG


def _same_child(expected: dict[str, Any], got: ChildLine) -> bool:
    sur, fore = fold(got.surname), fold(got.forename)
    if fore and fore.split()[0] in [
        name.split()[0] for name in _accepted(expected["forename"]) if name
    ]:
        return True
    if got.dob is not None and fold(got.dob) in _accepted(expected["dob"]):
        return True
    return sur in _accepted(expected["surname"]) and not fore


def _is_other(got: ChildLine, others: Iterable[str]) -> bool:
    names = {fold(got.name_as_sent), f"{fold(got.forename)} {fold(got.surname)}"}
    return any(fold(other) in names for other in others)


def _likeness(expected: dict[str, Any], got: Notice) -> int:
    score = 4 * (
        verdict("police_reference", expected["police_reference"], got.police_reference) == EXACT
    )
    score += verdict("date", expected["incident"]["date"], got.incident.date) == EXACT
    score += verdict("time", expected["incident"]["time"], got.incident.time) == EXACT
    return score + 2 * sum(
        any(_same_child(child, line) for line in got.children) for child in expected["children"]
    )


def _pair_notices(expected: Sequence[dict[str, Any]], got: Sequence[Notice]) -> dict[int, int]:
    """Which notice read answers to which expected one; the most alike first, the earlier on a tie."""
    ranked = sorted(
        (-_likeness(want, have), w, h)
        for w, want in enumerate(expected)
        for h, have in enumerate(got)
    )
    pairs: dict[int, int] = {}
    for unlike, w, h in ranked:
        if unlike and w not in pairs and h not in pairs.values():
            pairs[w] = h
    return pairs


def _incident(notice: Notice, name: str) -> Any:
    return getattr(notice.incident, name)


class _Marker:
    """Compares one mail."""

    def __init__(
        self, account: Account, expected: dict[str, Any], draft: MailDraft | Refused
    ) -> None:
        self.account = account
        self.expected = expected
        self.mail = expected["file"]
        self.outcome = draft.outcome if isinstance(draft, MailDraft) else f"refused: {draft}"
        self.notices = draft.notices if isinstance(draft, MailDraft) else ()
        self.lines = [
            (h, line) for h, notice in enumerate(self.notices) for line in notice.children
        ]

    def mark(self, name: str, expected: Any, got: Any, *, again: bool = False) -> None:
        shown = expected["any_of"] if isinstance(expected, dict) else expected
        value = str(got)[:5] if hasattr(got, "hour") else got
        self.account.marks.append(
            Mark(
                self.mail,
                name,
                "nothing" if shown is None else str(shown),
                "nothing" if value is None else str(value),
                verdict(name, expected, got),
                again=again,
            )
        )

    def run(self) -> None:
        self.mark("outcome", self.expected["outcome"], self.outcome)
        self.mark("notices", self.expected["notices_count"], len(self.notices))
        pairs = _pair_notices(self.expected["notices"], self.notices)
        for w, want in enumerate(self.expected["notices"]):
            have = self.notices[pairs[w]] if w in pairs else None
            self.mark("kind", want["kind"], have and have.kind)
            self.mark("police_reference", want["police_reference"], have and have.police_reference)
            for name in _INCIDENT:
                self.mark(name, want["incident"][name], _incident(have, name) if have else None)
        self._children(pairs)

    def _children(self, pairs: dict[int, int]) -> None:
        free = [
            (h, line)
            for h, line in self.lines
            if not _is_other(line, self.expected.get("not_children", ()))
        ]
        self.account.invented += [
            f"{self.mail}: {line.name_as_sent} is no child of this mail"
            for h, line in self.lines
            if (h, line) not in free
        ]
        wanted = [
            (w, child)
            for w, want in enumerate(self.expected["notices"])
            for child in want["children"]
        ]
        found: dict[int, tuple[int, ChildLine]] = {}
        for at_home in (True, False):
            for n, (w, child) in enumerate(wanted):
                if n in found:
                    continue
                home = [
                    pair
                    for pair in free
                    if _same_child(child, pair[1]) and (pair[0] == pairs.get(w)) is at_home
                ]
                if home:
                    found[n] = home[0]
                    free.remove(home[0])
        for n, (w, child) in enumerate(wanted):
            h, line = found.get(n, (None, None))
            for name in _CHILD:
                self.mark(name, child[name], getattr(line, name) if line else None)
            if h is not None and h != pairs.get(w):
                self._stray(self.expected["notices"][w], self.notices[h])
        doubled = [child for _, child in wanted]
        for _, line in free:
            why = (
                "stands twice"
                if any(_same_child(child, line) for child in doubled)
                else "is no child of this mail"
            )
            self.account.invented.append(f"{self.mail}: {line.name_as_sent} {why}")

    def _stray(self, want: dict[str, Any], have: Notice) -> None:
        """A child put under another incident carries that incident's date and time."""
        for name in ("date", "time"):
            if verdict(name, want["incident"][name], _incident(have, name)) == WRONG:
                self.mark(name, want["incident"][name], _incident(have, name), again=True)


def expectations(folder: Path = MAILS) -> list[dict[str, Any]]:
    """What a careful lead would write down, mail by mail."""
    return [
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.expected.json"))
    ]


def compare(expected: Iterable[dict[str, Any]], drafts: Iterable[MailDraft | Refused]) -> Account:
    """Every draft against what was expected of it, in the same order."""
    result = Account()
    for want, draft in zip(expected, drafts, strict=True):
        _Marker(result, want, draft).run()
    return result


def account(folder: Path = MAILS) -> Account:
    """Read every mail of the folder and compare."""
    wanted = expectations(folder)
    return compare(
        wanted, ChildIntake().read_mails([(folder / want["file"]).read_bytes() for want in wanted])
    )


def report(result: Account) -> str:
    """The whole account in words, worst last."""
    names = dict.fromkeys(mark.field for mark in result.marks)
    lines = [f"{'field':<18}{EXACT:>8}{BLANK:>8}{WRONG:>8}{EMPTY:>15}"]
    for name in names:
        count = result.count(name)
        lines.append(
            f"{name:<18}{count[EXACT]:>8}{count[BLANK]:>8}{count[WRONG]:>8}{count[EMPTY]:>15}"
        )
    lines += ["", *(f"filled {group}: {result.share(group):.1%}" for group in FILLED)]
    lines += ["", f"invented children: {len(result.invented)}", *result.invented, ""]
    lines += [
        f"{mark.verdict:<6}{mark.mail} {mark.field}: expected {mark.expected!r}, got {mark.got!r}"
        for mark in result.marks
        if mark.verdict in {BLANK, WRONG}
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(report(account(Path(sys.argv[1]) if sys.argv[1:] else MAILS)))
