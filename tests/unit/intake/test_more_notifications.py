"""Thirty-five further mails in other styles, their values written down before the rules had seen them."""

import json
from pathlib import Path
from typing import Any

import pytest

from schoolsafe.domain.notification import Notice
from schoolsafe.intake.mail import read_mail
from unit.intake.comparing import Result, _judge

MORE = sorted((Path(__file__).resolve().parents[2] / "data" / "notifications_more").glob("*.eml"))


def results_of(path: Path) -> list[Result]:
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    draft = read_mail(path.read_bytes())
    results = [_judge("kind", "kind", expected["kind"], draft.kind, draft.texts)]
    counts = (len(expected["notices"]), len(draft.notices))
    results.append(Result("notices", "exact" if counts[0] == counts[1] else "wrong", *counts))
    for want, have in zip(expected["notices"], draft.notices, strict=False):
        results += _notice(want, have, draft.texts)
    return results


def _notice(want: dict[str, Any], have: Notice, texts: tuple[str, ...]) -> list[Result]:
    results = [
        _judge(f"incident.{k}", k, v, getattr(have.incident, k), texts)
        for k, v in want["incident"].items()
    ]
    results += [
        _judge(name, name, want[name], getattr(have, name), texts)
        for name in ("police_reference", "circumstances", "social_care_referral")
        if name in want
    ]
    if "place" in want:
        results.append(_judge("place", "place", want["place"], have.incident.place, texts))
    results += [
        _judge(f"risk.{k}", k, v, getattr(have.risk, k), texts)
        for k, v in want.get("risk", {}).items()
    ]
    counts = (len(want["children"]), len(have.children))
    results.append(Result("children", "exact" if counts[0] == counts[1] else "wrong", *counts))
    for child, line in zip(want["children"], have.children, strict=False):
        results += [_judge(k, k, v, getattr(line, k), texts) for k, v in child.items()]
    return results


@pytest.mark.parametrize("path", MORE, ids=lambda path: path.stem)
def test_a_mail_in_another_style_is_read_without_a_wrong_value(path: Path) -> None:
    assert [each for each in results_of(path) if each.outcome != "exact"] == []
