"""The 24 sample mails, field by field; run as a script it prints exact, blank and wrong.

python tests/unit/intake/test_notifications.py
"""

import sys
from collections import Counter
from pathlib import Path

import pytest

HERE = Path(__file__).resolve()
SAMPLES = sorted((HERE.parents[2] / "data" / "notifications").glob("*.eml"))
if __name__ == "__main__":
    sys.path[:0] = [str(HERE.parents[3] / "src"), str(HERE.parents[2])]

from schoolsafe.domain.notification import MailDraft  # noqa: E402  # a script finds its folders first
from schoolsafe.intake.mail import read_mail  # noqa: E402
from unit.intake.comparing import Result, compare, load  # noqa: E402

A_PDF = "07_pdf_attachment.eml"


def results_of(path: Path) -> tuple[MailDraft, list[Result]]:
    data, expected = load(path)
    draft = read_mail(data)
    return draft, compare(draft, expected)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_supplied_field_is_exact_or_a_stretch_left_blank(path: Path) -> None:
    _draft, results = results_of(path)
    bad = [r for r in results if r.outcome == "wrong" or (r.outcome == "blank" and not r.stretch)]
    assert bad == []


def test_a_notice_all_in_a_pdf_is_read_from_it() -> None:
    draft, results = results_of(next(path for path in SAMPLES if path.name == A_PDF))
    assert {each.outcome for each in results} == {"exact"}
    assert draft.notices[0].source == "attachment: OE notification – Theo Fictley.pdf"
    assert draft.warnings == ()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_value_stands_where_its_span_says(path: Path) -> None:
    draft, _results = results_of(path)
    for notice in draft.notices:
        for child in notice.children:
            assert set(child.spans) >= {"name_as_sent"}
            for name in (
                "name_as_sent",
                "dob_as_sent",
                "voice",
                "presence_as_sent",
                "school_named",
            ):
                value = getattr(child, name)
                span = child.spans.get(name.removesuffix("_as_sent")) or child.spans.get(name)
                if value is not None:
                    assert span is not None, name
                    found = " ".join(draft.texts[span.part][span.start : span.end].split())
                    assert value in found or found in value


def test_the_older_quoted_notice_is_named_and_not_recorded() -> None:
    draft, _results = results_of(next(path for path in SAMPLES if path.name.startswith("16")))
    assert [notice.police_reference for notice in draft.notices] == ["NM-26-0119002"]
    assert draft.quoted_older == ("NM-26-0097710, 02/10/2026 19:00, Standard",)
    assert "older_notice_quoted" in draft.warnings


def test_hostile_mail_is_warned_about_and_hidden_values_are_not_used() -> None:
    hostile, _ = results_of(next(path for path in SAMPLES if path.name.startswith("19")))
    assert {
        "sender_check_failed", "reply_to_differs", "attachment_not_what_it_says", "invisible_characters",
    } <= set(hostile.warnings)  # fmt: skip
    scripted, _ = results_of(next(path for path in SAMPLES if path.name.startswith("20")))
    assert {"remote_content_removed", "form_removed", "link_text_and_target_differ"} <= set(
        scripted.warnings
    )
    assert "01/01/2001" not in scripted.texts[0]
    assert "06/06/2006" not in scripted.texts[0]


def main() -> int:
    """Prints exact, blank and wrong per field over all samples."""
    totals: Counter[str] = Counter()
    by_field: dict[str, Counter[str]] = {}
    for path in SAMPLES:
        for result in results_of(path)[1]:
            outcome = result.outcome + (" (stretch)" if result.stretch else "")
            totals[outcome] += 1
            field = result.path.rsplit(".", maxsplit=1)[-1].split("[")[0]
            by_field.setdefault(field, Counter())[outcome] += 1
            if result.outcome != "exact":
                sys.stdout.write(f"{path.stem}: {result.path}: {outcome}\n")
    for field, counts in sorted(by_field.items()):
        sys.stdout.write(f"{field:24} {dict(counts)}\n")
    sys.stdout.write(f"all {dict(totals)}\n")
    return 1 if totals["wrong"] or totals["blank"] else 0


if __name__ == "__main__":
    sys.exit(main())
