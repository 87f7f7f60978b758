"""The sample notices as Word documents, PDFs and RTF: the same fields as the mails give.

As a script it prints exact, blank and wrong for each form: ``python tests/unit/intake/test_paper_files.py``.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).resolve()
if __name__ == "__main__":
    sys.path[:0] = [str(HERE.parents[3] / "src"), str(HERE.parents[2])]

from renderings.outlook_file import outlook_file  # noqa: E402  # a script finds its folders first
from renderings.pdf_file import lines_pdf, pdf_file  # noqa: E402
from renderings.rtf_file import plain_rtf  # noqa: E402
from renderings.samples import as_outlook, memo, reflowed, words_of  # noqa: E402
from renderings.word_file import word_file  # noqa: E402
from schoolsafe.domain.notification import MailDraft  # noqa: E402
from schoolsafe.intake.mail import read_mail  # noqa: E402
from unit.intake.comparing import Result, compare, load  # noqa: E402

LOCKED = "18_protected_rpmsg.eml"
SAMPLES = [
    path
    for path in sorted((HERE.parents[2] / "data" / "notifications").glob("*.eml"))
    if path.name != LOCKED
]
PAPER: dict[str, Callable[[str], bytes]] = {
    "docx": word_file,
    "docx letter": lambda text: word_file(reflowed(text)),
    "pdf": pdf_file,
    "pdf letter": lambda text: pdf_file(reflowed(text), size=11),
    "pdf no rules": lambda text: pdf_file(text, ruled=False),
    "pdf by line": lines_pdf,
    "rtf": plain_rtf,
    "txt": lambda text: text.encode("utf-8"),
    "txt utf-16": lambda text: text.encode("utf-16"),
}
SEEN_ONLY = [write for form, write in PAPER.items() if form.startswith("pdf")]
"""What cannot be seen is not drawn: a PDF holds no invisible letters."""
NOT_DRAWN = dict.fromkeys(map(ord, "\u200b\u202e\u2066\u2069"))


def results_on_paper(path: Path, write: Callable[[str], bytes]) -> tuple[MailDraft, list[Result]]:
    """What is read where the words stand on paper under the head Outlook prints; how it came is not on it."""
    data, expected = load(path)
    if write in SEEN_ONLY:
        expected = json.loads(json.dumps(expected, ensure_ascii=False).translate(NOT_DRAWN))
    draft = read_mail(write(memo(data)))
    results = [
        each
        for each in compare(draft, expected)
        if each.path.startswith(("notices", "kind", "outcome"))
        and not each.path.endswith(".source")
    ]
    return draft, results


@pytest.mark.parametrize("form", PAPER)
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_on_paper_gives_the_same_fields(path: Path, form: str) -> None:
    _draft, results = results_on_paper(path, PAPER[form])
    bad = [r for r in results if r.outcome == "wrong" or (r.outcome == "blank" and not r.stretch)]
    assert bad == []


@pytest.mark.parametrize("form", PAPER)
def test_the_head_that_outlook_prints_says_who_and_when(form: str) -> None:
    data, expected = load(SAMPLES[1])
    draft = read_mail(PAPER[form](memo(data)))
    assert draft.mail_from.address == expected["mail_from"]["address"]
    assert draft.received_at is not None
    assert draft.received_at.replace(tzinfo=None).isoformat() == expected["received_at"]


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_without_that_head_it_is_a_letter_of_unknown_sender(form: str) -> None:
    draft = read_mail(PAPER[form](words_of(SAMPLES[1].read_bytes())))
    assert draft.notices[0].children[0].surname == "Testbury"
    assert draft.mail_from.address is None
    assert draft.received_at is None
    assert draft.channel == "letter"


def main() -> int:
    """Prints exact, blank and wrong for each form."""
    worst = 0
    forms: dict[str, Callable[[Path], list[Result]]] = {
        "eml": lambda path: compare(read_mail(path.read_bytes()), load(path)[1]),
    }
    for body in ("plain", "page", "rtf"):
        forms[f"msg ({body})"] = lambda path, body=body: compare(  # type: ignore[misc]  # bound at once
            read_mail(outlook_file(as_outlook(path.read_bytes(), body))), load(path)[1]
        )
    for name, write in PAPER.items():
        forms[name] = lambda path, write=write: results_on_paper(path, write)[1]  # type: ignore[misc]
    for name, read in forms.items():
        counts: Counter[str] = Counter()
        for path in SAMPLES:
            for result in read(path):
                stretch = result.stretch and result.outcome == "blank"
                counts["left blank as it may be" if stretch else result.outcome] += 1
                if result.outcome == "wrong" or (result.outcome == "blank" and not result.stretch):
                    sys.stdout.write(f"    {name}: {path.stem}: {result}\n")
        sys.stdout.write(f"{name:14} {dict(counts)}\n")
        worst += counts["wrong"]
    return 1 if worst else 0


if __name__ == "__main__":
    sys.exit(main())
