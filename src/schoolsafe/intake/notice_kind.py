"""What sort of notice the words are: domestic abuse, missing, found, another one, or nothing they say."""

import re
from typing import Final

from schoolsafe.domain.notification import NoticeKind
from schoolsafe.intake.templates import words

_FLAGS: Final = re.IGNORECASE
_NOT_OF_THIS_KIND: Final = re.compile(
    r"\b(?:not|non|isn't|no|nor|never)[\s-]+(?:(?:an?|the|part|of|related|to|under|for|any)\s+){0,4}"
    r"(?:(?:operation|op)\s+)?(?:encompass|domestic(?:[\s-]+(?:abuse|violence|incident))?)\b",
    _FLAGS,
)
"""What the words say it is not: "PPN (not domestic abuse)"."""


def kind_of(text: str) -> NoticeKind | None:
    """What sort of notice the words are."""
    rule = words().kind
    lines, text = text, _NOT_OF_THIS_KIND.sub(" ", " ".join(text.split()))
    if rule["missing"].search(text):
        return NoticeKind.FOUND if _says_found(lines) else NoticeKind.MISSING
    if rule["domestic"].search(text):
        return NoticeKind.DOMESTIC_ABUSE
    return NoticeKind.OTHER_PPN if rule["other"].search(text) else None


def _says_found(text: str) -> bool:
    """A heading or label that says so; "has not been found" does not."""
    return (
        re.search(
            r"(?:^|\n)\s*\W*(?:found|located)\b\W*(?:\n|:|\s\d)|-\s*found\s*(?:$|\n)|\b(?:has|have) "
            r"been (?:found|located)\b|\b(?:was|were) (?:found|located) safe|no longer missing"
            r"|missing person (?:found|located|returned)",
            text,
            _FLAGS,
        )
        is not None
    )
