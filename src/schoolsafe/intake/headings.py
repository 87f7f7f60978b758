"""Headings such as "CHILD 1 OF 3" and lines that count incidents, "[2 of 3]"."""

import re
from typing import Final

_FLAGS: Final = re.IGNORECASE
HEADING: Final = re.compile(
    r"(?:about |details of |information about )?(?:the |this |your )?(?:(?P<child>(?:subject "
    r"|affected |involved )?(?:childs?|children|child ren|pupils?|students?|young persons?"
    r"|young people|subjects?|nominals?))"
    r"|(?P<adult>(?:other |involved )?(?:victims?|suspects?|perpetrators?|offenders?|adults?"
    r"|parents?|mothers?|fathers?|aggrieved|carers?|other part(?:y|ies)|alleged perpetrators?"
    r"|parents carers|household|family|witness(?:es)?))"
    r"|(?P<officer>(?:reporting |attending |police )?(?:officers?|contact|sender|author|oic"
    r"|completed by|police contact|referrer|notifier|signature))"
    r"|(?P<incident>(?:persons?|people)(?: record)?|(?:incident|notification|occurrence|event"
    r"|offence|risk|outcome|police response|response|assessment|referrals?)))"
    r"(?: (?:details?|information|data|particulars|section|records?|s|involved|concerned"
    r"|affected|subject|subjects|at your school|who|on your roll|(?:in|at|of|from) (?:the|your"
    r"|this) (?:household|house|home|address|family|property|school)))*(?: (?:no |number "
    r")?(?P<number>\d{1,2}|one|two|three|four|five|a|b|c))?(?: (?:of|in total) (?:\d{1,2}|two"
    r"|three|four|five))?",
    _FLAGS,
)  # fmt: skip
COUNTER: Final = re.compile(
    r"(?:\[|\b(?:notification|notice|incident|referral|report|case|record|item|entry"
    r"|message)s?\s*(?:no\.?\s*)?#?)\s*(?P<n>\d{1,2})\s*(?:of|/)\s*(?P<m>\d{1,2})\b",
    _FLAGS,
)
NUMBERED: Final = re.compile(
    r"(?:notification|notice|incident|referral|report|case)\s*(?:no\.?\s*"
    r"|number\s*)?#?(?P<n>\d{1,2}|one|two|three|four|five|six|[a-f])\s*[:.\-]?\s*"
    r"|(?:the )?(?:first|second|third|fourth|fifth|sixth|1st|2nd|3rd|4th|5th|other|next) "
    r"(?:notification|notice|incident|referral|report|case|attendance|call|visit|night)",
    _FLAGS,
)
COUNTS_PEOPLE: Final = re.compile(
    r"\b(?:persons?|pupils?|child(?:ren)?|nominals?|part(?:y|ies)|adults?|page)\s*$", _FLAGS
)


def is_counter(text: str) -> bool:
    """Whether a line counts notices: "[2 of 3]", "Notification 2"."""
    return (
        COUNTER.search(text) is not None or NUMBERED.fullmatch(text.strip(" *#_=-[]()")) is not None
    )
