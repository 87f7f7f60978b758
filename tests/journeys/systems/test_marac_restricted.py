"""Row 6: MARAC. A restricted item is absent from the default print until a person ticks it."""

from journeys.systems.scripts import put
from terminal import Terminal


def pages(data: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_marac_papers_stay_out_of_print_until_they_are_ticked_with_a_reason(
    ashgrove: Terminal, maya: str, tmp_path
):
    put(
        ashgrove,
        "marac",
        maya,
        heard_on="2026-11-05",
        reference="M-117",
        told="Quiet, often late",
        child_words="I listen at the door",
    )
    put(ashgrove, "referral", maya, to="idva", sent_at="2026-11-06T10:00", why="Asked for")
    plain, ticked = tmp_path / "plain.pdf", tmp_path / "ticked.pdf"
    ashgrove.ok("child", "print", maya, str(plain))
    words = pages(plain.read_bytes())
    assert "1 restricted paper is not printed." in words
    assert "M-117" not in words
    assert "listen at the door" not in words
    refused = ashgrove("child", "print", maya, str(ticked), "--with-restricted", "")
    assert refused.refused == "why_restricted"
    ashgrove.ok("child", "print", maya, str(ticked), "--with-restricted", "Asked by the court")
    assert "M-117" in pages(ticked.read_bytes())
    shares = ashgrove.ok("share", "list", "--child", maya)["shares"]
    assert sorted(one["why"] for one in shares) == ["", "Asked by the court"]
