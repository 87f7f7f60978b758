"""Writes Word documents (.docx) by hand: paragraphs, tables, headers, and what tries to hide in them."""

import io
import re
import zipfile
from xml.sax.saxutils import escape

from renderings.paper import blocks

_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def run(text: str, properties: str = "") -> str:
    """One run; tabs and line breaks as Word writes them."""
    inside = escape(re.sub(r"[\x00-\x08\x0b-\x1f]", "", text)).replace(
        "\t", '</w:t><w:tab/><w:t xml:space="preserve">'
    )
    return f'<w:r>{properties}<w:t xml:space="preserve">{inside}</w:t></w:r>'


def paragraph(text: str) -> str:
    """One paragraph, its words in two runs as Word likes to part them."""
    middle = len(text) // 2
    return f"<w:p>{run(text[:middle])}{run(text[middle:])}</w:p>"


def table(rows: tuple[tuple[str, ...], ...]) -> str:
    """A table; each cell one paragraph."""
    made = ("".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{row}</w:tr>" for row in made) + "</w:tbl>"


def word_file(text: str) -> bytes:
    """A letter with these words; rows of tabs become tables."""
    body = []
    for block in blocks(text):
        body += [paragraph(line) for line in block.lines]
        body += [table(block.rows)] if block.rows else []
    return document("".join(body))


def document(body: str, **parts: str) -> bytes:
    """A document with this body; other parts by name, ``header1`` for ``word/header1.xml``."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{_SPACE}"><w:body>{body}'
            "<w:sectPr/></w:body></w:document>",
        )
        for name, inside in parts.items():
            archive.writestr(f"word/{name}.xml", f'<w:hdr xmlns:w="{_SPACE}">{inside}</w:hdr>')
    return packed.getvalue()
