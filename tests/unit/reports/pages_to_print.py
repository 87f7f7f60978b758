"""Pages with obviously invented facts, for the tests of this room."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2

from schoolsafe.services.pages import (
    ChronologyPage,
    GateListPage,
    GateRow,
    PrintedEntry,
    PrintMark,
    RecoverySheet,
    SlipLevel,
    ToldSlipPage,
)

NOW = datetime(2026, 11, 9, 8, 18, tzinfo=UTC)
KEY = "7K4QM-XW2RT-ABCDE-FGHJK-01234-ZYXWV"


def a_mark(**changed: Any) -> PrintMark:
    facts: dict[str, Any] = {
        "school": "Ashgrove Primary School",
        "printed_by": "Priya Nair, safeguarding lead",
        "printed_at": NOW,
        "destroy_after": date(2026, 11, 13),
    }
    return PrintMark(**{**facts, **changed})


def a_slip(**changed: Any) -> ToldSlipPage:
    facts: dict[str, Any] = {
        "mark": a_mark(),
        "told_to": "Miss Adeyemi",
        "first_name": "Maya",
        "class_name": "Kingfisher, Year 4",
        "level": SlipLevel.A,
        "words": "Maya may need a quiet start today. Do not ask about it.",
        "until": date(2026, 11, 13),
        "ask": "Priya Nair",
    }
    return ToldSlipPage(**{**facts, **changed})


def a_sheet(**changed: Any) -> RecoverySheet:
    facts: dict[str, Any] = {
        "mark": a_mark(destroy_after=None),
        "person": "Priya Nair",
        "role": "safeguarding lead",
        "key": KEY,
    }
    return RecoverySheet(**{**facts, **changed})


def an_entry(**changed: Any) -> PrintedEntry:
    facts: dict[str, Any] = {
        "happened": datetime(2026, 11, 4, 10, 20, tzinfo=UTC),
        "precision": "exact",
        "kind": "Contact with a parent",
        "title": "Call with Mum",
        "text": "Staying with Aunt Rae until the 12th.",
        "by": "Priya Nair, safeguarding lead",
        "written": datetime(2026, 11, 4, 10, 45, tzinfo=UTC),
    }
    return PrintedEntry(**{**facts, **changed})


def a_chronology(*entries: PrintedEntry, **changed: Any) -> ChronologyPage:
    facts: dict[str, Any] = {
        "mark": a_mark(),
        "child": "Maya Thornton",
        "about": "Born 14 March 2018. Kingfisher, Year 4.",
        "entries": entries,
    }
    return ChronologyPage(**{**facts, **changed})


def a_gate_list(*rows: GateRow, **changed: Any) -> GateListPage:
    return GateListPage(mark=a_mark(**changed), day=date(2026, 11, 9), rows=rows)


def a_gate_row(name: str = "Maya Thornton") -> GateRow:
    return GateRow(name, "Kingfisher, Year 4", "Blue door", "Miss Adeyemi", "8:35am")


def text_of(pdf: bytes, page: int | None = None) -> str:
    """The words of the pages, white space collapsed."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    document.close()
    return " ".join(" ".join(pages if page is None else [pages[page]]).split())


def pages_of(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


def tags_of(pdf: bytes) -> list[str]:
    """Every element of the structure tree, in reading order."""

    def walk(element: Any) -> list[str]:
        found = [str(element.S)[1:]]
        kids = element.K
        if isinstance(kids, pikepdf.Array):
            for kid in kids:
                found += walk(kid)
        return found

    with pikepdf.open(BytesIO(pdf)) as opened:
        return walk(opened.Root.StructTreeRoot.K[0])
