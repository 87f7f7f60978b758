"""Answers as sentences for a person at a terminal. Scripts use --json."""

from collections.abc import Iterator
from typing import Any

from schoolsafe.cli import notify, relay
from schoolsafe.words import _, ngettext

Answer = dict[str, Any]


def lines(name: str, answer: Answer) -> Iterator[str]:
    """The answer, a line each; only what the command was about."""
    match name:
        case "today":
            yield from _today(answer)
        case "child list":
            for row in answer["children"]:
                yield f"{row['id']}  {row['name']}  {row['class'] or ''}  {row['year'] or ''}".rstrip()
        case "notification list":
            for row in answer["notifications"]:
                yield f"{row['id']}  {row['received_at']}  {row['status']}  {', '.join(row['children'])}"
        case "child chronology":
            yield from _chronology(answer)
        case "import mail" | "mailbox check":
            yield from _came(answer)
        case "sender list" | "sender stop":
            yield from relay.lines(answer)
        case "notify send" | "notify receipts":
            yield from notify.lines(name, answer)
        case _:
            yield from _facts(answer)


def _came(answer: Answer) -> Iterator[str]:
    for each in answer.get("results", ()):
        yield f"{each['file']}: {each['outcome']}{'. ' + each['reason'] if each['reason'] else ''}"
    for source in answer.get("sources", ()):
        counts = _("{name}: {new} new, {duplicate} already here, {refused} not taken.")
        parts = [counts.format(**source), *source["reasons"], source["problem"] or ""]
        if n := source["waiting"]:
            words = ngettext("{n} file has just come.", "{n} files have just come.", n)
            parts += [words.format(n=n), _("Look again in a moment.")]
        yield " ".join(part for part in parts if part)


def _today(answer: Answer) -> Iterator[str]:
    yield answer["since"] or ""
    headings = (
        ("before_registration", _("Before registration")),
        ("later", _("Later today")),
        ("waiting", _("Waiting for others")),
    )
    for code, heading in headings:
        yield f"{heading}: {len(answer[code])}"
        for row in answer[code]:
            yield (
                "  "
                + "  ".join(
                    str(row.get(part) or "") for part in ("title", "about", "state")
                ).rstrip()
            )


def _chronology(answer: Answer) -> Iterator[str]:
    counts = answer["counts"]
    yield _("{d30} in 30 days, {d90} in 90 days, {d365} in 365 days").format(**counts)
    for prompt in answer["prompts"]:
        yield prompt["words"] + "".join(f"; {row['day']}" for row in prompt["rows"])
    if answer["hidden"]:
        names = ", ".join(f"{one['kind']} {one['day']}" for one in answer["hidden_high"])
        yield _("{n} hidden").format(n=answer["hidden"]) + (f": {names}" if names else "")
    for entry in answer["entries"]:
        yield f"{entry['happened']}  {entry['kind']}  {entry['summary']}"
        for struck in entry["fixed_by"]:
            yield "  " + _("was: {words} ({by}: {why})").format(
                words=struck["struck"], by=struck["by"], why=struck["why"]
            )


def _facts(answer: Answer, indent: str = "") -> Iterator[str]:
    for name, value in answer.items():
        if isinstance(value, dict):
            yield f"{indent}{name}:"
            yield from _facts(value, indent + "  ")
        elif isinstance(value, list):
            yield f"{indent}{name}: {len(value)}"
            for item in value:
                yield (
                    f"{indent}  {item}"
                    if not isinstance(item, dict)
                    else f"{indent}  " + ", ".join(f"{k}={v}" for k, v in item.items())
                )
        else:
            yield f"{indent}{name}: {value}"
