"""The sample e-mails through the command line, as acceptance asks: exact, blank and wrong for each field.

Three schools with their pupil lists and calendars; each mail goes to the school its first child is on the roll of.
What `notification show` prints is compared with the expected file. As a script it prints the whole account:
``python tests/journeys/notification_scores.py``.
"""

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # as a script it finds the house of the tests by itself
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from schoolsafe.bootstrap.entrance import HomeEntrance
from terminal import PASSPHRASE, Terminal, set_up
from unit.intake.comparing import CHILD_FIELDS, Result, _judge, _stretched

DATA = Path(__file__).resolve().parents[1] / "data"
MAILS = DATA / "notifications"
CALENDARS = json.loads((DATA / "next_school_day_cases.json").read_text("utf-8"))["calendars"]
MONDAY = "2026-11-23T08:18"
"""After the last of the mails came."""

SCHOOLS = {
    "pupils_sims.csv": ("Ashgrove Primary School", "999101", "ashgrove", "main"),
    "pupils_arbor.csv": ("Brookfield Academy", "999102", "brookfield", "lower"),
    "pupils_bromcom.csv": ("St Oda's RC Primary School", "999103", "ashgrove", "main"),
    "upper": ("Brookfield Academy, upper site", "999104", "brookfield", "upper"),
}
"""By pupil list; Brookfield's upper site begins its day earlier."""

_INCIDENT = ("date", "time", "date_to", "time_to", "precision", "as_sent", "place")
_NOTICE = ("kind", "police_reference", "circumstances", "police_action", "social_care_referral")


def school_of(expected: Mapping[str, Any]) -> str:
    """The list that decides which school the mail was for."""
    for notice in expected["notices"]:
        for child in notice["children"]:
            if (child.get("timing") or {}).get("site") == "upper":
                return "upper"
            if child.get("roll_match"):
                return str(child["roll_match"]["file"])
    return "pupils_sims.csv"


def make_school(folder: Path, name: str) -> Terminal:
    """A test school with its calendar and its pupils."""
    title, urn, calendar, site = SCHOOLS[name]
    folder.mkdir(parents=True)
    terminal = set_up(folder, school=title, urn=urn)
    facts = CALENDARS[calendar]
    terms = [word for t in facts["terms"] for word in ("--term", f"{t['first']}..{t['last']}")]
    shut = [*facts["inset"], *facts["closures"]]
    closed = [
        word
        for each in shut
        for word in ("--closed", each if isinstance(each, str) else each["date"])
    ]
    start = facts["sites"][site]["start"]
    terminal.ok("calendar", "set", "--start", start, "--end", "15:15", *terms, *closed)
    listed = "pupils_arbor.csv" if name == "upper" else name
    terminal.ok("import", "pupils", str(DATA / listed), "--apply")
    return terminal


def scores(folder: Path, mails: Path = MAILS) -> dict[str, list[Result]]:
    """Every mail, by file name, with its results field by field."""
    expected = {
        path.with_suffix("").with_suffix(".eml").name: json.loads(path.read_text("utf-8"))
        for path in sorted(mails.glob("*.expected.json"))
    }
    found: dict[str, list[Result]] = {}
    for name in SCHOOLS:
        ours = [mail for mail, want in expected.items() if school_of(want) == name]
        if ours:
            terminal = make_school(folder / name.removesuffix(".csv"), name)
            answer = terminal.ok("import", "mail", *(str(mails / m) for m in ours), now=MONDAY)
            for mail, result in zip(ours, answer["results"], strict=True):
                found[mail] = list(_mail(terminal, expected[mail], result))
    return dict(sorted(found.items()))


def _mail(
    terminal: Terminal, want: Mapping[str, Any], result: Mapping[str, Any]
) -> Iterator[Result]:
    shown = [terminal.ok("notification", "show", n, now=MONDAY) for n in result["notifications"]]
    texts = _texts(terminal, result["notifications"][0])
    for each in _shared(want, result, shown, texts):
        yield _stretched(each, want["stretch"])
    notices = [each for each in shown if each["kind"] is not None]
    for number, (wanted, have) in enumerate(zip(want["notices"], notices, strict=False)):
        results = [
            _stretched(each, want["stretch"])
            for each in _notice(f"notices[{number}]", wanted, have, texts)
        ]
        # What may stay blank is then rightly listed as not supplied.
        blank = {_last(each.path) for each in results if each.stretch and each.outcome == "blank"}
        yield from (_forgiven(each, blank) for each in results)


def _forgiven(result: Result, blank: set[str]) -> Result:
    if _last(result.path) != "not_supplied" or not isinstance(result.found, list):
        return result
    names = {"incident_date": "date", "incident_time": "time", "risk_grade": "grade_as_sent"}
    found = {name for name in result.found if names.get(name, name) not in blank}
    return replace(result, outcome="exact") if found == set(_list(result.expected)) else result


def _list(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _last(path: str) -> str:
    return path.rsplit(".", maxsplit=1)[-1]


def _shared(
    want: Mapping[str, Any],
    result: Mapping[str, Any],
    shown: list[dict[str, Any]],
    texts: tuple[str, ...],
) -> Iterator[Result]:
    """How it came: the same for every notice of the mail."""
    have = shown[0]
    yield _judge("outcome", "outcome", want["outcome"], result["outcome"], texts)
    for name in ("kind", "channel", "original_sha256"):
        yield _judge(name, name, want[name], have[name], texts)
    for name, value in want["mail_from"].items():
        yield _judge(f"mail_from.{name}", name, value, have["mail_from"][name], texts)
    for name, value in want["sender"].items():
        yield _judge(f"sender.{name}", name, value, have["sender"][name], texts)
    local = datetime.fromisoformat(have["received_at"]).replace(tzinfo=None).isoformat()
    yield _judge("received_at", "received_at", want["received_at"], local, texts)
    forwarded = want.get("forwarded_by")
    yield _judge("forwarded_by", "forwarded_by", forwarded, have["forwarded_by"], texts)
    read = sum(each["kind"] is not None for each in shown)
    yield _count("notices", len(want["notices"]), read)


def _notice(
    path: str, want: Mapping[str, Any], have: Mapping[str, Any], texts: tuple[str, ...]
) -> Iterator[Result]:
    for name in _NOTICE:
        yield _judge(f"{path}.{name}", name, want[name], have[name], texts)
    for name in _INCIDENT:
        value = have["incident"][name]
        yield _judge(f"{path}.incident.{name}", name, want["incident"][name], value, texts)
    for name, value in want["risk"].items():
        yield _judge(f"{path}.risk.{name}", name, value, have["risk"][name], texts)
    good = want["adults"] == have["adults"]
    outcome = "exact" if good else "blank" if not have["adults"] else "wrong"
    yield Result(f"{path}.adults", outcome, want["adults"], have["adults"])
    if want.get("not_supplied") is not None:
        yield _same_set(f"{path}.not_supplied", want["not_supplied"], have["not_supplied"])
    if want.get("timeliness") is not None:
        for name in ("expected_by", "timeliness"):
            yield _judge(f"{path}.{name}", name, want[name], have[name], texts)
    yield _count(f"{path}.children", len(want["children"]), len(have["children"]))
    here = {(child.get("roll_match") or {}).get("file") for child in want["children"][:1]}
    for number, (child, line) in enumerate(zip(want["children"], have["children"], strict=False)):
        # A pupil of another school is on no list here.
        ours = (child.get("roll_match") or {}).get("file") in here
        wanted = child if ours else {**child, "roll_match": None}
        yield from _child(f"{path}.children[{number}]", wanted, line, texts)


def _child(
    path: str, want: Mapping[str, Any], have: Mapping[str, Any], texts: tuple[str, ...]
) -> Iterator[Result]:
    for name in CHILD_FIELDS:
        if name in want:
            yield _judge(f"{path}.{name}", name, want[name], have[name], texts)
    if want.get("not_supplied") is not None:
        yield _same_set(f"{path}.not_supplied", want["not_supplied"], have["not_supplied"])
    yield Result(
        f"{path}.child_id", "exact" if have["child_id"] is None else "wrong", None, have["child_id"]
    )
    match = want.get("roll_match")
    if match and match["match"] not in {"none", "by_reference"}:
        wanted = sorted(match["admission_numbers"])
        proposed = sorted(each["admission"] for each in have["proposals"])
        outcome = "exact" if wanted == proposed else "wrong" if proposed else "blank"
        yield Result(f"{path}.proposals", outcome, wanted, proposed)


def _count(path: str, want: int, have: int) -> Result:
    return Result(
        path, "exact" if want == have else "blank" if have < want else "wrong", want, have
    )


def _same_set(path: str, want: list[str], have: list[str]) -> Result:
    return Result(path, "exact" if set(want) == set(have) else "wrong", sorted(want), sorted(have))


def _texts(terminal: Terminal, notification: str) -> tuple[str, ...]:
    with HomeEntrance(terminal.home).open(PASSPHRASE) as opened:
        return opened.services.notifications.originals.readable(notification)


def table(found: Mapping[str, list[Result]]) -> Iterator[str]:
    """Counts by field, then every field that is not exact."""
    counts: dict[str, Counter[str]] = {}
    for results in found.values():
        for each in results:
            name = each.path.rsplit("]", maxsplit=1)[-1].lstrip(".")
            counts.setdefault(name, Counter())[each.outcome] += 1
    yield f"{'field':<28}{'exact':>6}{'blank':>6}{'wrong':>6}"
    for name, count in sorted(counts.items()):
        yield f"{name:<28}{count['exact']:>6}{count['blank']:>6}{count['wrong']:>6}"
    every = sum(counts.values(), Counter())
    yield f"{'all':<28}{every['exact']:>6}{every['blank']:>6}{every['wrong']:>6}"
    for mail, results in found.items():
        for each in results:
            if each.outcome != "exact":
                mark = " (stretch)" if each.stretch else ""
                yield f"{mail} {each.path}: {each.outcome}{mark}: {each.found!r}, not {each.expected!r}"


def main() -> int:
    """Prints the account; 1 where a field is wrong, or blank without being a stretch."""
    with tempfile.TemporaryDirectory() as folder:
        found = scores(Path(folder))
    for line in table(found):
        sys.stdout.write(f"{line}\n")
    return 1 if bad(found) else 0


def bad(found: Mapping[str, list[Result]]) -> list[str]:
    """What acceptance does not allow: a wrong field, or a blank one that is no stretch."""
    return [
        f"{mail} {each.path}: {each.found!r}, not {each.expected!r}"
        for mail, results in found.items()
        for each in results
        if each.outcome != "exact"
        and not (each.stretch and (each.outcome == "blank" or mail[:2] == "07"))
    ]


if __name__ == "__main__":
    sys.exit(main())
