"""An empty report as a Word file: official fonts and margins (GB/T 9704), forms with merged cells and borders."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from linter.blank.layout import Item, Sheet, Text, placed
from linter.formats.forms import Slot

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DATE = (2020, 1, 1, 0, 0, 0)
"""Archives carry a date; a fixed one keeps the same report the same bytes."""

_STYLES = {
    "title": ("Title", "方正小标宋简体", 44, '<w:jc w:val="center"/><w:spacing w:after="240"/>'),
    "heading": (
        "Heading1",
        "黑体",
        32,
        '<w:keepNext/><w:outlineLvl w:val="0"/><w:ind w:firstLineChars="200" w:firstLine="640"/>',
    ),
    "prose": ("Normal", "仿宋_GB2312", 32, '<w:ind w:firstLineChars="200" w:firstLine="640"/>'),
    "signature": ("Signature", "仿宋_GB2312", 32, '<w:jc w:val="right"/>'),
    "cell": ("Cell", "仿宋_GB2312", 18, '<w:jc w:val="center"/>'),
}
"""Role → style id, East Asian font, size in half points, paragraph properties."""
_WIDEST = 3.5
"""How many columns of figures the widest label column is worth."""
_TEXT_WIDTH = 8845
"""Twips between the margins of an A4 page with 28 mm left and 26 mm right."""


def word(items: Iterable[Item]) -> bytes:
    """The bytes of the .docx file, the same every time."""
    body = "".join(_table(item) if isinstance(item, Sheet) else _paragraph(item) for item in items)
    page = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="992"/></w:sectPr>'
    )
    return _archive({
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationship(f"{_OFFICE}/officeDocument", "word/document.xml"),
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}{page}</w:body></w:document>',
        "word/_rels/document.xml.rels": _relationship(f"{_OFFICE}/styles", "styles.xml"),
        "word/styles.xml": f'<w:styles xmlns:w="{_W}">{"".join(map(_style, _STYLES))}</w:styles>',
    })  # fmt: skip


def _paragraph(item: Text) -> str:
    return _in_style(item.text, item.role)


def _in_style(text: str, role: str) -> str:
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{_STYLES[role][0]}"/></w:pPr>{run}</w:p>'


def _table(sheet: Sheet) -> str:
    widths = _widths(sheet)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = sum(all(slot.role not in ("figure", "row") for slot in line) for line in sheet.lines[:3])
    rows = "".join(_row(row, head=number < head) for number, row in enumerate(_rows(sheet, widths)))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl><w:p/>"
    )


def _row(cells: str, *, head: bool) -> str:
    """A row that no page end cuts; header rows stay with what follows and stand again on the next page."""
    repeated = "<w:tblHeader/>" if head else ""
    kept = cells.replace("</w:pPr>", "<w:keepNext/></w:pPr>") if head else cells
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{kept}</w:tr>"


def _widths(sheet: Sheet) -> list[int]:
    """The columns in twips: those of long labels wide, those of figures alike."""
    weights = [1.0] * sum(slot.columns for slot in sheet.lines[0])
    for _, column, slot in placed(sheet):
        if slot.columns == 1 and slot.role in ("row", "corner"):
            weights[column] = max(weights[column], min(len(slot.text) / 6, _WIDEST))
    return [int(_TEXT_WIDTH * weight / sum(weights)) for weight in weights]


def _rows(sheet: Sheet, widths: Sequence[int]) -> Iterator[str]:
    """The cells of each row; Word writes a cell over several rows once in each of them."""
    written: list[dict[int, str]] = [{} for _ in sheet.lines]
    for number, column, slot in placed(sheet):
        width = sum(widths[column : column + slot.columns])
        for down in range(number, min(number + slot.rows, len(written))):
            written[down][column] = _cell(slot, width, first=down == number)
    return ("".join(cells[column] for column in sorted(cells)) for cells in written)


def _cell(slot: Slot, width: int, *, first: bool) -> str:
    span = f'<w:gridSpan w:val="{slot.columns}"/>' if slot.columns > 1 else ""
    merge = "" if slot.rows == 1 else '<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>"
    text = _in_style(slot.text if first else "", "cell")
    size = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    return f'<w:tc><w:tcPr>{size}{span}{merge}<w:vAlign w:val="center"/></w:tcPr>{text}</w:tc>'


def _style(role: str) -> str:
    name, font, size, properties = _STYLES[role]
    default = ' w:default="1"' if name == "Normal" else ""
    shown = {"Heading1": "heading 1"}.get(name, name)
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{name}"><w:name w:val="{shown}"/>'
        f'<w:pPr>{properties}</w:pPr><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
        f'w:eastAsia="{font}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _relationship(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{kind}" '
        f'Target="{target}"/></Relationships>'
    )


def _content_types() -> str:
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORDML}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_WORDML}.styles+xml"/></Types>'
    )


def _archive(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            member = zipfile.ZipInfo(name, _DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, (_HEAD + text).encode("utf-8"))
    return buffer.getvalue()
