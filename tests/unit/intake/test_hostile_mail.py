"""Mail made to hurt the reader: each gives a plain sentence or a draft, and soon."""

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsafe.errors import Refused
from schoolsafe.intake import errors
from schoolsafe.intake.mail import read_mail

HEAD = (
    b"From: a <a@b.example>\nTo: c@d.example\nSubject: Operation Encompass\n"
    b"Date: Tue, 24 Nov 2026 07:15:00 +0000\n"
)
PLAIN = HEAD + b"Content-Type: text/plain; charset=utf-8\n\n"
SOON_SECONDS = 5.0
"""Far above what these take (all below one), so that a busy machine fails nobody."""


def nested(depth: int) -> bytes:
    opened = (
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth)
    )
    return HEAD + b"".join(opened) + b"Content-Type: text/plain\n\nx"


REFUSED = {
    "a five megabyte subject": (b"Subject: " + b"a " * 2_500_000 + b"\n\nx", errors.HeadersTooLong),
    "a thousand nested parts": (nested(1000), errors.TooDeeplyNested),
    "ten thousand parts": (
        HEAD
        + b'Content-Type: multipart/mixed; boundary="x"\n\n'
        + b"--x\n\na\n" * 10_000
        + b"--x--\n",
        errors.TooManyParts,
    ),
    "a huge address list": (
        HEAD.replace(b"To: c@d.example", b"To: " + b"a@b.example, " * 4000) + b"\nx",
        errors.TooManyAddresses,
    ),
    "nothing": (b"", errors.NoMessage),
    "only zeros": (b"\0" * 5000, errors.NoMessage),
    "bytes of nothing known": (b"\1\2\3\4" * 600, errors.NotAMessage),
    "an Outlook file of zeros": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, errors.DamagedOutlook),
    "a PDF of one line": (b"%PDF-1.4\n", errors.DamagedPdf),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_mail_program_writes_is_refused_in_a_sentence(name: str) -> None:
    data, kind = REFUSED[name]
    start = time.perf_counter()
    with pytest.raises(kind) as caught:
        read_mail(data)
    assert str(caught.value).endswith(".")
    assert "{" not in str(caught.value)
    assert time.perf_counter() - start < SOON_SECONDS


DRAFTED = {
    "a broken charset": HEAD
    + b"Content-Type: text/plain; charset=\xff\xfe\"bogus'\n\nChild: John SMITH\n",
    "a charset that runs code elsewhere": HEAD
    + b"Content-Type: text/plain; charset=unicode_escape\n\n\\N{",
    "zeros in the words": PLAIN + b"\0" * 100_000 + b"Child: A\0nn SMITH\nDOB: 01/02/2015",
    "one line of five megabytes": PLAIN + b"A" * 5_000_000,
    "a gap of a million spaces": PLAIN + b"Child" + b" " * 1_000_000 + b": x",
    "dates without end": PLAIN + b"01/02/2015 " * 20_000,
    "references without end": PLAIN + b"ref " * 50_000,
    "times without end": PLAIN + b"between 21:00 and " * 12_000,
    "quotes without end": PLAIN + b"> " * 5000 + b"\n" + b">> x\n" * 30_000,
    "children without end": PLAIN + b"Child: Ann SMITH 01/02/2015\n" * 7000,
    "accents without end": PLAIN + ("e" + "\u0301" * 190_000).encode(),
    "direction marks": PLAIN + ("Child: \u202e" * 20_000).encode(),
    "cells without end": HEAD
    + b"Content-Type: text/html\n\n<table><tr>"
    + b"<td>Child</td><td>x</td>" * 20_000,
    "tags never closed": HEAD + b"Content-Type: text/html\n\n" + b"<a " * 300_000,
    "comments never closed": HEAD + b"Content-Type: text/html\n\n" + b"<!--" * 200_000,
    "encoded words without end": b"Subject: " + b"=?utf-8?q?" * 5000 + b"\n" + PLAIN + b"x",
    "nested comments in an address": b"From: " + b"(" * 3000 + b"a@b.example\n" + PLAIN + b"x",
    "a boundary that is missing": HEAD
    + b'Content-Type: multipart/mixed; boundary="q"\n\nno part at all',
}


@pytest.mark.parametrize("name", DRAFTED)
def test_ugly_mail_is_still_a_draft(name: str) -> None:
    start = time.perf_counter()
    draft = read_mail(DRAFTED[name])
    assert draft.outcome == "received"
    assert sum(len(notice.children) for notice in draft.notices) <= 60
    assert time.perf_counter() - start < SOON_SECONDS


def test_a_direction_mark_in_a_name_is_kept_as_sent_and_left_out_of_the_name() -> None:
    draft = read_mail(
        PLAIN + "Child: Sam\u200b SAMPLETON\u202e\nIncident: 15/11/2026 18:00".encode()
    )
    child = draft.notices[0].children[0]
    assert child.name_as_sent == "Sam\u200b SAMPLETON\u202e"
    assert (child.forename, child.surname) == ("Sam", "Sampleton")
    assert "invisible_characters" in draft.warnings


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=600))
def test_no_bytes_bring_anything_but_a_draft_or_a_refusal(data: bytes) -> None:
    with contextlib.suppress(Refused):
        read_mail(data)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_no_words_bring_anything_but_a_draft(text: str) -> None:
    draft = read_mail(PLAIN + b"Child: Ann SMITH\n" + text.encode("utf-8", "surrogatepass"))
    for notice in draft.notices:
        for child in notice.children:
            for span in child.spans.values():
                assert 0 <= span.start <= span.end <= len(draft.texts[span.part])
