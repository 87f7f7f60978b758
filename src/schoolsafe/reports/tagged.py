"""Structure tags for printed pages: headings, paragraphs, table cells, pictures, and mere ornament.

ReportLab writes no tags of its own. Flowables here mark their content while they draw; `structure`
then writes the tree a screen reader walks.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Table
from typing_extensions import override


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a table cell stands: the table's name on this page set, and its row."""

    table: str
    row: int


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked stretch of a page."""

    page: int
    number: int
    tag: str
    cell: Cell | None = None
    alt: str | None = None


@contextmanager
def tagged(
    canvas: Any, tag: str, *, cell: Cell | None = None, alt: str | None = None
) -> Iterator[None]:
    """Whatever is drawn inside carries this tag."""
    number = canvas.next_mark
    canvas._code.append(f"/{tag} <</MCID {number}>> BDC")  # noqa: SLF001  # no public way to mark
    canvas.marks.append(Mark(canvas.getPageNumber(), number, tag, cell, alt))
    canvas.next_mark = number + 1
    yield
    canvas._code.append("EMC")  # noqa: SLF001  # no public way to mark


@contextmanager
def ornament(canvas: Any) -> Iterator[None]:
    """Whatever is drawn inside is passed over by a screen reader."""
    canvas._code.append("/Artifact BMC")  # noqa: SLF001  # no public way to mark
    yield
    canvas._code.append("EMC")  # noqa: SLF001  # no public way to mark


class TaggingCanvas(Canvas):
    """Keeps pages back until their number is known, and remembers what was marked on each."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.marks: list[Mark] = []
        self._kept: list[dict[str, Any]] = []
        self.next_mark = 0

    def finish(self, number: int, pages: int) -> None:
        """Draws what needs the number of pages. The page frame replaces this."""

    @override
    def showPage(self) -> None:
        self._kept.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]  # as every page-counting canvas does
        self.next_mark = 0

    @override
    def save(self) -> None:
        kept, marks = self._kept, self.marks
        for number, page in enumerate(kept, start=1):
            self.__dict__.update(page)
            self.finish(number, len(kept))
            super().showPage()
        self.marks = marks
        super().save()


class Words(Paragraph):
    """A paragraph that knows what it is: P, H1, H2, Caption, TH, TD."""

    def __init__(
        self, text: str, style: Any, *, tag: str = "P", cell: Cell | None = None, **named: Any
    ) -> None:
        super().__init__(text, style, **named)
        self.tag = tag
        self.cell = cell

    @override
    def draw(self) -> None:
        with tagged(self.canv, self.tag, cell=self.cell):
            super().draw()

    @override
    def split(self, aW: float, aH: float) -> list[Flowable]:
        parts = super().split(aW, aH)
        for part in parts:
            if isinstance(part, Words):
                part.tag, part.cell = self.tag, self.cell
        return list(parts)


class RuledTable(Table):
    """A table whose lines and grounds are ornament; its cells tag their own words."""

    def _drawBkgrnd(self) -> None:  # noqa: N802  # ReportLab's own name
        with ornament(self.canv):
            super()._drawBkgrnd()  # type: ignore[misc]  # the stubs leave it out

    def _drawLines(self) -> None:  # noqa: N802  # ReportLab's own name
        with ornament(self.canv):
            super()._drawLines()  # type: ignore[misc]  # the stubs leave it out


class _Tree:
    """The structure tree while it is built: document, tables, rows, leaves."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.root = self._node(Dictionary(Type=Name.StructTreeRoot))
        self.document = self._element("Document", self.root)
        self.root.K = Array([self.document])
        self._tables: dict[str, Any] = {}
        self._rows: dict[Cell, Any] = {}

    def _node(self, facts: Any) -> Any:
        return self.pdf.make_indirect(facts)

    def _element(self, kind: str, parent: Any, **facts: Any) -> Any:
        return self._node(
            Dictionary(Type=Name.StructElem, S=Name("/" + kind), P=parent, K=Array(), **facts)
        )

    def _home(self, cell: Cell | None) -> Any:
        """The element a mark hangs under."""
        if cell is None:
            return self.document
        if cell.table not in self._tables:
            self._tables[cell.table] = self._element("Table", self.document)
            self.document.K.append(self._tables[cell.table])
        if cell not in self._rows:
            self._rows[cell] = self._element("TR", self._tables[cell.table])
            self._tables[cell.table].K.append(self._rows[cell])
        return self._rows[cell]

    def add(self, mark: Mark) -> Any:
        """Hangs one mark into the tree."""
        home = self._home(mark.cell)
        leaf = self._element(mark.tag, home)
        leaf.Pg = self.pdf.pages[mark.page - 1].obj
        leaf.K = mark.number
        if mark.tag == "TH":
            leaf.A = Dictionary(O=Name.Table, Scope=Name.Column)
        if mark.alt is not None:
            leaf.Alt = String(mark.alt)
        home.K.append(leaf)
        return leaf


def structure(raw: bytes, marks: list[Mark], *, title: str, language: str) -> bytes:
    """The pages with a structure tree, language and title; same bytes for the same input."""
    with pikepdf.open(BytesIO(raw)) as pdf:
        tree = _Tree(pdf)
        by_page: dict[int, list[Any]] = {}
        for mark in marks:
            by_page.setdefault(mark.page, []).append(tree.add(mark))
        numbers = Array()
        for place, page in enumerate(sorted(by_page)):
            pdf.pages[page - 1].obj.StructParents = place
            pdf.pages[page - 1].obj.Tabs = Name.S
            numbers.append(place)
            numbers.append(pdf.make_indirect(Array(by_page[page])))
        tree.root.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
        tree.root.ParentTreeNextKey = len(by_page)
        pdf.Root.StructTreeRoot = tree.root
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.Lang = String(language)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["dc:title"] = title
            metadata["dc:language"] = [language]
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()
