"""The parts of a Word file: a heading, tables and footnotes, as text between tags. Pure.

WordprocessingML of ECMA-376, written by hand so that it streams and has real footnotes. XML 1.0 has no control
characters: `text` puts U+FFFD in their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{WORD}.{kind}+xml"/>'
        for part, kind in (("document", "document.main"), ("styles", "styles"), ("footnotes", "footnotes"), ("footer1", "footer"))
    )
    + "</Types>"
)
RELATIONS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
PARTS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/footnotes" Target="footnotes.xml"/>'
    f'<Relationship Id="rId3" Type="{OFFICE}/footer" Target="footer1.xml"/></Relationships>'
)
STYLES = (
    f'{HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/>'
    '<w:sz w:val="19"/><w:szCs w:val="19"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>'
    '<w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/>'
    '<w:pPr><w:keepNext/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="24"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/><w:basedOn w:val="Normal"/></w:style>'
    '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style></w:styles>'
)
FOOTNOTES_BEGIN = (
    f'{HEAD}<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)
FOOTNOTES_END = "</w:footnotes>"
# The number of the page and of all pages: the only fields of the file.
FOOTER = (
    f'{HEAD}<w:ftr {W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
    '<w:r><w:t xml:space="preserve">Page </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    '<w:r><w:t xml:space="preserve"> of </w:t></w:r><w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    "</w:p></w:ftr>"
)
BODY_BEGIN = f'{HEAD}<w:document {W} xmlns:r="{OFFICE}"><w:body>'
# A4 across, margins of 1.5 cm; lengths are twentieths of a point.
BODY_END = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="850" w:header="425" w:footer="425" w:gutter="0"/>'
    "</w:sectPr></w:body></w:document>"
)
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:color="808080"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)

MARGINS = (
    "<w:tblCellMar>"
    + "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in (("top", 40), ("left", 90), ("bottom", 40), ("right", 90))
    )
    + "</w:tblCellMar>"
)


def text(words: str) -> str:
    """A run; lines and tabs of the words are kept."""
    clean = ILLEGAL.sub("\ufffd", words).replace("\r\n", "\n").replace("\r", "\n")
    pieces = (f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in clean.replace("\t", " ").split("\n"))
    return "<w:br/>".join(pieces)


def run(words: str, *, bold: bool = False, hidden: bool = False) -> str:
    # What is hidden takes no room either, where a program shows it all the same.
    shape = "<w:b/>" * bold + '<w:vanish/><w:color w:val="FFFFFF"/><w:sz w:val="2"/><w:szCs w:val="2"/>' * hidden
    return f"<w:r>{f'<w:rPr>{shape}</w:rPr>' if shape else ''}{text(words)}</w:r>"


def paragraph(*runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def reference(number: int) -> str:
    return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'


def footnote(number: int, words: str) -> str:
    mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    return f'<w:footnote w:id="{number}">{paragraph(mark, run(f" {words}"), style="FootnoteText")}</w:footnote>'


def table_begin(widths: Sequence[int], headings: Iterable[str]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    shape = f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>{MARGINS}</w:tblPr>'
    cells = (paragraph(run(name, bold=True)) for name in headings)
    return f"<w:tbl>{shape}<w:tblGrid>{grid}</w:tblGrid>{row(widths, cells, heading=True)}"


def row(widths: Sequence[int], cells: Iterable[str], *, heading: bool = False) -> str:
    """`cells` hold paragraphs. The heading is repeated on every page; no line is torn apart."""
    shape = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if heading else ''}</w:trPr>"
    inside = (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for width, cell in zip(widths, cells, strict=True)
    )
    return f"<w:tr>{shape}{''.join(inside)}</w:tr>"


TABLE_END = "</w:tbl>"
