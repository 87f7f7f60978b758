"""The head of a message that was copied or printed: "From: … Sent: … Subject: …" above its words.

Outlook prints and pastes it so; the person who unlocks a protected mail brings it in this way. Left to
others: messages quoted further down (quoting).
"""

import re
from datetime import datetime
from email.utils import format_datetime
from typing import Final
from zoneinfo import ZoneInfo

from schoolsafe.intake.dates import find_dates
from schoolsafe.intake.limits import MAIL
from schoolsafe.intake.mail_headers import Headers
from schoolsafe.intake.sheet import Cut

_LONDON: Final = "Europe/London"
_NAMES: Final = {
    "from": "from", "sent": "date", "date": "date", "to": "to", "cc": "cc", "bcc": "bcc", "subject": "subject",
    "reply-to": "reply-to", "attachments": "", "importance": "", "sensitivity": "", "categories": "",
    "follow up flag": "", "flag status": "",
}  # fmt: skip
_LINE: Final = re.compile(
    r"[ \t*_]*(?P<name>[A-Za-z][A-Za-z -]{1,16})[*_]*[ \t]*:[*_]*[ \t]*(?P<value>.*)"
)
_CLOCK: Final = re.compile(
    r"\b(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:[ \t]*(?P<half>[ap])\.?m)?",
    re.IGNORECASE,
)
_ABOVE_LINES: Final = 4
_ABOVE_CHARS: Final = 200
_HALF: Final = 12


def split(text: str) -> tuple[Headers, str]:
    """The head as headings, and the words below it; no headings where the text has no such head."""
    lines = text[: MAIL.searched_chars].split("\n")
    start = _begins(lines)
    if start is None:
        return Headers(()), text
    found: dict[str, str] = {}
    at = start
    last = ""
    while at < len(lines):
        match = _LINE.fullmatch(lines[at])
        name = match["name"].strip().lower() if match else ""
        if match and name in _NAMES:
            last = _NAMES[name]
            if last:
                found.setdefault(last, match["value"].strip(" \t*_"))
        elif (
            last in {"to", "cc", "subject"}
            and lines[at].strip()
            and (";" in lines[at] or "@" in lines[at])
        ):
            found[last] += " " + lines[at].strip()
        else:
            break
        at += 1
    if "from" not in found or "date" not in found or not {"to", "subject"} & set(found):
        return Headers(()), text
    return _headings(found), text[sum(len(line) + 1 for line in lines[:at]) :]


def _begins(lines: list[str]) -> int | None:
    """The line that begins "From:", with at most a name or a page heading above it."""
    above: list[str] = []
    for place, line in enumerate(lines[:12]):
        if re.match(r"[ \t*_]*From[*_]*[ \t]*:", line, re.IGNORECASE):
            return place
        if line.strip():
            above.append(line)
        if len(above) > _ABOVE_LINES or sum(map(len, above)) > _ABOVE_CHARS:
            return None
    return None


def _headings(found: dict[str, str]) -> Headers:
    when = moment(found.pop("date"))
    lines = [(name, value.encode("utf-8", "replace")) for name, value in found.items()]
    if when is not None:
        told = format_datetime(when)
        lines += [("date", told.encode("ascii")), ("received", f"; {told}".encode("ascii"))]
    return Headers(tuple(lines))


def moment(told: str) -> datetime | None:
    """The instant of "09 November 2026 07:12" in the United Kingdom; None without a day or a time."""
    told = told[:100]
    days = find_dates(told, Cut(0, len(told)), None)
    clock = next((m for m in _CLOCK.finditer(told) if not _inside_a_date(told, m)), None)
    if len(days) != 1 or clock is None:
        return None
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % _HALF + (_HALF if clock["half"].lower() == "p" else 0)
    try:
        return datetime(
            days[0].day.year, days[0].day.month, days[0].day.day, hour, int(clock["minute"]),
            int(clock["second"] or 0), tzinfo=ZoneInfo(_LONDON),
        )  # fmt: skip
    except ValueError:
        return None


def _inside_a_date(told: str, clock: re.Match[str]) -> bool:
    """As in "09.11.26": two numbers with a full stop are a part of the date."""
    return "." in clock.group() and (
        told[: clock.start()].endswith(".") or told[clock.end() : clock.end() + 1] == "."
    )
