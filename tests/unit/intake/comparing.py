"""Compares a draft with an expected file as `data/notifications/README.md` says, field by field."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from schoolsafe.domain.notification import ChildLine, MailDraft, Notice

VERBATIM = {
    "name_as_sent", "dob_as_sent", "age_as_sent", "school_named", "relationship", "presence_as_sent", "voice",
    "voice_remark", "involved_or_injured", "police_reference", "as_sent", "place", "circumstances",
    "tool_as_sent", "grade_as_sent", "police_action",
}  # fmt: skip
CODES_UNKNOWN = {"unknown", None}
CHILD_FIELDS = (
    "name_as_sent", "surname", "forename", "other_forenames", "dob", "dob_as_sent", "age_as_sent", "role",
    "school_named",
    "relationship", "presence", "presence_as_sent", "welfare_check", "spoken_to_by_police", "voice", "voice_with",
    "voice_remark", "involved_or_injured",
)  # fmt: skip


@dataclass(frozen=True)
class Result:
    """One field: exact, blank or wrong."""

    path: str
    outcome: str
    expected: object
    found: object
    stretch: bool = False


def norm(text: object) -> str:
    plain = unicodedata.normalize("NFC", str(text))
    plain = plain.replace("\u2011", "-").replace("\u2010", "-")
    return " ".join(plain.split())


def _contexts(texts: tuple[str, ...]) -> list[str]:
    """Lines, table cells joined, paragraphs' sentences: what a verbatim field may at most add."""
    out: list[str] = []
    for text in texts:
        lines = [norm(line.lstrip("> ")) for line in text.split("\n")]
        out += lines
        out += [norm(cell) for line in text.split("\n") for cell in line.split("\t")]
        for paragraph in re.split(r"\n\s*\n", text):
            flat = norm(paragraph)
            out += re.split(r"(?<=[.!?…])[”\"')]*\s+", flat)
            out += re.split(r"(?<=[.!?…][”\"'])\s+", flat)
    return out


def verbatim(expected: str, found: str, texts: tuple[str, ...]) -> bool:
    want, have = norm(expected).strip("\"'“”‘’"), norm(found).strip("\"'“”‘’")
    if want == have or norm(expected) == norm(found):
        return True
    if want not in have:
        return False
    return any(want in context and have in context for context in _contexts(texts))


def _value(field: str, found: Any) -> Any:
    if found is None:
        return None
    if hasattr(found, "isoformat"):
        return found.isoformat()[:5] if field.startswith("time") else found.isoformat()
    return getattr(found, "value", found)


def _judge(path: str, field: str, expected: Any, found: Any, texts: tuple[str, ...]) -> Result:
    have = _value(field, found)
    if field in VERBATIM and expected is not None and have is not None:
        good = verbatim(expected, have, texts)
    elif field in {"surname", "forename", "other_forenames"} and expected and have:
        good = norm(expected).casefold() == norm(have).casefold()
    else:
        good = expected == have
    if good:
        return Result(path, "exact", expected, have)
    blank = have is None or (have == "unknown" and expected not in CODES_UNKNOWN)
    return Result(path, "blank" if blank else "wrong", expected, have)


def compare(draft: MailDraft, expected: dict[str, Any]) -> list[Result]:
    texts = draft.texts
    results = [
        _judge("kind", "kind", expected["kind"], draft.kind, texts),
        _judge("outcome", "outcome", expected["outcome"], draft.outcome, texts),
        _judge("channel", "channel", expected["channel"], draft.channel, texts),
        _judge(
            "mail_from.name", "name", expected["mail_from"]["name"], draft.mail_from.name, texts
        ),
        _judge(
            "mail_from.address",
            "address",
            expected["mail_from"]["address"],
            draft.mail_from.address,
            texts,
        ),
        _judge(
            "mail_server_check",
            "check",
            expected["mail_from"]["mail_server_check"],
            draft.mail_server_check,
            texts,
        ),
    ]
    results += [
        _judge(f"sender.{name}", name, value, getattr(draft.sender, name), texts)
        for name, value in expected["sender"].items()
    ]
    local = (
        draft.received_at.astimezone(ZoneInfo("Europe/London")).replace(tzinfo=None).isoformat()
        if draft.received_at
        else None
    )
    results.append(_judge("received_at", "received_at", expected["received_at"], local, texts))
    forwarded = draft.forwarded_by.address if draft.forwarded_by else None
    results.append(
        _judge("forwarded_by", "forwarded_by", expected.get("forwarded_by"), forwarded, texts)
    )
    results.append(
        Result(
            "notices",
            "exact"
            if len(draft.notices) == len(expected["notices"])
            else "blank"
            if len(draft.notices) < len(expected["notices"])
            else "wrong",
            len(expected["notices"]),
            len(draft.notices),
        )
    )
    for number, (want, have) in enumerate(zip(expected["notices"], draft.notices, strict=False)):
        results += list(_notice(f"notices[{number}]", want, have, texts))
    return [_stretched(result, expected.get("stretch", [])) for result in results]


def _notice(
    path: str, want: dict[str, Any], have: Notice, texts: tuple[str, ...]
) -> Iterator[Result]:
    yield _judge(f"{path}.kind", "kind", want["kind"], have.kind, texts)
    yield _judge(
        f"{path}.police_reference",
        "police_reference",
        want["police_reference"],
        have.police_reference,
        texts,
    )
    for name, value in want["incident"].items():
        yield _judge(f"{path}.incident.{name}", name, value, getattr(have.incident, name), texts)
    for name in ("circumstances", "police_action", "social_care_referral"):
        yield _judge(f"{path}.{name}", name, want[name], getattr(have, name), texts)
    for name, value in want["risk"].items():
        yield _judge(f"{path}.risk.{name}", name, value, getattr(have.risk, name), texts)
    yield from _unborn(path, want["unborn"], have, texts)
    adults = [
        {"role_as_sent": each.role_as_sent, "name_as_sent": each.name_as_sent}
        for each in have.adults
    ]
    outcome = "exact" if adults == want["adults"] else "blank" if not adults else "wrong"
    yield Result(f"{path}.adults", outcome, want["adults"], adults)
    source = want["source"]
    yield Result(
        f"{path}.source", "exact" if have.source == source else "wrong", source, have.source
    )
    count = (len(want["children"]), len(have.children))
    yield Result(
        f"{path}.children",
        "exact" if count[0] == count[1] else "blank" if count[1] < count[0] else "wrong",
        *count,
    )
    for number, (child, line) in enumerate(zip(want["children"], have.children, strict=False)):
        yield from _child(f"{path}.children[{number}]", child, line, texts)


def _unborn(
    path: str, want: dict[str, str] | None, have: Notice, texts: tuple[str, ...]
) -> Iterator[Result]:
    if want is None:
        yield Result(
            f"{path}.unborn", "exact" if have.unborn is None else "wrong", None, have.unborn
        )
        return
    for name in ("due", "due_as_sent", "weeks_as_sent"):
        found = have.other.get(f"unborn_{name}")
        good = found is not None and (found == want[name] or verbatim(want[name], found, texts))
        yield Result(
            f"{path}.unborn.{name}",
            "exact" if good else "wrong" if found else "blank",
            want[name],
            found,
        )


def _child(
    path: str, want: dict[str, Any], have: ChildLine, texts: tuple[str, ...]
) -> Iterator[Result]:
    for name in CHILD_FIELDS:
        if name in want:
            yield _judge(f"{path}.{name}", name, want[name], getattr(have, name), texts)


def _stretched(result: Result, stretch: list[str]) -> Result:
    """Marked where blank is acceptable; ``everything`` in 07."""
    tail = result.path.replace("police_reference", "police_ref").rsplit(".", maxsplit=1)[-1]
    for each in stretch:
        path = each.split(" ")[0].removesuffix(":")
        if (
            path == "everything"
            or path.replace("police_reference", "police_ref")
            == result.path.replace("police_reference", "police_ref")
            or path == tail
        ):
            return Result(result.path, result.outcome, result.expected, result.found, stretch=True)
    return result


def load(path: Path) -> tuple[bytes, dict[str, Any]]:
    """A mail and its expected values."""
    return path.read_bytes(), json.loads(
        path.with_suffix(".expected.json").read_text(encoding="utf-8")
    )
