"""What the words of a value mean: was the child there, yes or no, which risk tool and grade, whose words.

The words as sent always travel beside. Where the words are unsure the answer is "unknown".
"""

import re
from dataclasses import dataclass
from typing import Final

from schoolsafe.domain.notification import Answer, Presence
from schoolsafe.intake.sheet import Cut, Sheet
from schoolsafe.intake.templates import is_blank, words

_FLAGS: Final = re.IGNORECASE
_QUOTED: Final = re.compile(
    r"\"([^\"]{2,2000})\"|(?<![\w'])'((?:[^'\n]|'(?=[a-z]{1,3}\b)){2,600})'(?!\w)"
)
_FIRST_PERSON: Final = re.compile(
    r"\b(?:I|I'm|I've|I'd|I'll|me|my|mum|mummy|mam|daddy|dad|we|us)\b", re.IGNORECASE
)
_REPORTED: Final = re.compile(
    r"\b(?:not|too|un(?:able|willing)|refused|declined|asleep|was|were|is|appeared|seemed|did"
    r"|officers?|spoken|obtained|none|nothing|n/a|chose|would|he|she|they|child|upset|no"
    r"|non-?verbal|shy|quiet)\b",
    _FLAGS,
)
_ALONE: Final = re.compile(
    r"\b(?:alone|on (?:his|her|their) own|by (?:him|her|them)sel(?:f|ves)|privately|in private"
    r"|one[ -]to[ -]one|1[:-]1|officers? only|without (?:any )?(?:parents?|adults?|mum|dad"
    r"|mother|father|others?))\b",
    _FLAGS,
)
_WITH: Final = re.compile(
    r"\b(?:with|in (?:the )?(?:presence|company) of|in front of|alongside|accompanied "
    r"by)\s+(?:(?:his|her|their|a|an|the|both)\s+)?(?:\w+\s+)?(?:mother|mum|mam|father|dad"
    r"|parents?|grand\w+|nan|aunt|uncle|carer|adult|sibling|sister|brother|step\w*|victim"
    r"|family|appropriate adult)\b"
    r"|\b(?:mother|mum|father|dad|parents?|carer|grand\w+|another adult|adult) (?:was |were "
    r"|also |being )?(?:present|in the room|there)\b|\bnot alone\b",
    _FLAGS,
)


@dataclass(frozen=True, slots=True)
class Voice:
    """The child's own words, or a remark about the child: never the one for the other."""

    words: Cut | None = None
    remark: Cut | None = None


def presence_of(text: str) -> Presence:
    """Whether a child was there; saw beats heard; a negated verb is no verb."""
    plain, rule = " ".join(text.split()), words().presence
    sure = rule["not_seen"].sub(" ~ ", plain)
    if rule["saw"].search(sure) and not _only_absent(plain):
        return Presence.SAW
    if rule["heard"].search(sure) and not _only_absent(plain):
        return Presence.HEARD
    if rule["unsure"].search(plain) and not rule["there"].search(rule["unsure"].sub(" ", plain)):
        return Presence.UNKNOWN
    if rule["absent"].search(plain):
        return Presence.NOT_PRESENT
    if rule["there"].search(plain):
        return Presence.UNCLEAR
    return Presence.UNKNOWN


def _only_absent(plain: str) -> bool:
    """As in "No, but heard of it later" is absent; "not in the room but heard" is heard."""
    absent = words().presence["absent"].search(plain)
    if absent is None:
        return False
    starts_no = re.match(r"\W*(?:no\b|n\b|not present|not-present)", plain, _FLAGS)
    return starts_no is not None and not re.search(
        r"\b(?:but|however)\b.*\b(?:heard|hear|saw|see|witnessed)\b|\bin the room\b.*\b(?:heard|saw)\b",
        plain,
        _FLAGS,
    )


def is_exact_place(text: str) -> bool:
    """Whether words say where in the building the child was, not only that it was there."""
    return words().presence["exact"].search(text) is not None


def answer_of(text: str) -> Answer:
    """Yes, no or not told."""
    plain = " ".join(text.split()).strip(" .\"'()")
    rule = words().answers
    if is_blank(plain) and not re.match(r"(?:nil|none)\b", plain, _FLAGS):
        return Answer.UNKNOWN
    if rule["unknown"].search(plain):
        return Answer.UNKNOWN
    if rule["no"].search(plain):
        return Answer.NO
    if rule["yes"].search(plain):
        return Answer.YES
    return Answer.UNKNOWN


def tool_of(text: str) -> tuple[str, tuple[int, int]] | None:
    """The risk tool a text names, and where."""
    for tool in words().tools:
        if found := tool.pattern.search(text):
            return tool.name, found.span()
    return None


def grade_of(text: str) -> tuple[int, int] | None:
    """Where the grade stands: the sender's word, unchanged. Two different grades are none."""
    found = list(words().grade.finditer(text))
    if not found or len({each.group().lower() for each in found}) > 1:
        return None
    before = text[max(0, found[0].start() - 25) : found[0].start()]
    if re.search(
        r"\b(?:not|below|above|standard (?:medium|of)|at|in|less than|not yet)\s+$", before, _FLAGS
    ) and not re.search(r"(?:assessed|graded) (?:as|at) $", before, _FLAGS):
        return None
    return found[0].span()


def quote_in(sheet: Sheet, cut: Cut) -> Cut | None:
    """The first stretch in quotation marks, marks included; several sentences in a row count as one."""
    found = list(_QUOTED.finditer(sheet.plain, cut.start, cut.end))
    found = [each for each in found if len(each.group().split()) > 1 or each.group()[1:2].isupper()]
    if not found:
        return None
    end = found[0].end()
    for each in found[1:]:
        if sheet.plain[end : each.start()].strip(" ,.\n"):
            break
        end = each.end()
    return Cut(found[0].start(), end)


def voice_in(sheet: Sheet, cut: Cut) -> Voice:
    """A field that asks for the child's words: quoted words, words in the first person, or a remark."""
    text = sheet.words(cut)
    if is_blank(text):
        return Voice()
    if quoted := quote_in(sheet, cut):
        return Voice(words=quoted)
    if _FIRST_PERSON.match(text.strip()) or (
        re.search(r"\bI\b|\bI'", text) and not _REPORTED.match(text.strip())
    ):
        return Voice(words=cut)
    return Voice(remark=cut)


def voice_company(text: str) -> str | None:
    """Who was in the room: officer_only, with_other_adult, or not told."""
    if _WITH.search(text):
        return "with_other_adult"
    return "officer_only" if _ALONE.search(text) else None
