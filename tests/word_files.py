"""Word files made from raw XML for tests: whole reports with merged tables, and every oddity one by one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
NAMESPACES = (
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DATE = (2024, 1, 15, 9, 30, 0)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in the style of its outline level (from 1), or in the style ``Title`` (level 0)."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Merged:
    """A cell over several rows or columns, as in HTML: the positions it covers are left out of the rows."""

    text: str
    rows: int = 1
    columns: int = 1


Row = Sequence[str | Merged]
Item = str | Heading | Sequence[Row]
"""A paragraph, a heading, or a table as a list of rows."""

_HEADINGS = "".join(
    f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
    f'<w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr></w:style>'
    for level in range(1, 10)
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/>'
    f'<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>{_HEADINGS}'
)


def report_docx(paragraphs_and_tables: Sequence[Item]) -> bytes:
    """A Word report: text paragraphs, headings, and tables whose cells may be merged."""
    return docx("".join(_item(item) for item in paragraphs_and_tables), styles=STYLES)


def docx(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    comments: str = "",
    namespace: str = TRANSITIONAL,
    extra: Mapping[str, bytes] | None = None,
) -> bytes:
    """A Word file with this content of ``w:body``, ``w:styles``, ``w:numbering`` and ``w:comments``."""
    inner = {"styles": styles, "numbering": numbering, "comments": comments}
    parts = {kind: content for kind, content in inner.items() if content}
    office = OFFICE if namespace == TRANSITIONAL else "http://purl.oclc.org/ooxml/officeDocument/relationships"
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{office}/{kind}" Target="{kind}.xml"/>'
        for number, kind in enumerate(parts, 1)
    )
    overrides = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{CONTENT_TYPE}.{kind}+xml"/>' for kind in parts
    )
    members = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{CONTENT_TYPE}.document.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{HEAD}<w:document xmlns:w="{namespace}" {NAMESPACES}>'
        f"<w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{RELATIONSHIPS}">{links}</Relationships>',
    }
    for kind, content in parts.items():
        members[f"word/{kind}.xml"] = f'{HEAD}<w:{kind} xmlns:w="{namespace}" {NAMESPACES}>{content}</w:{kind}>'
    return zipped({name: text.encode() for name, text in members.items()} | dict(extra or {}))


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive, the same bytes every time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, DATE)
            member.compress_type = method
            archive.writestr(member, content)
    return buffer.getvalue()


def run(text: str, properties: str = "") -> str:
    """A ``w:r`` with text."""
    stated = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{stated}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """A ``w:p`` around runs."""
    stated = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{stated}{content}</w:p>"


def text(words: str, properties: str = "") -> str:
    """A ``w:p`` with one run."""
    return paragraph(run(words), properties)


def cell(content: str, properties: str = "") -> str:
    """A ``w:tc`` with text, or with blocks."""
    blocks = content if content.startswith("<w:") else text(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A ``w:tr``."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str, columns: int = 1) -> str:
    """A ``w:tbl``."""
    grid = '<w:gridCol w:w="900"/>' * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def merged_table(rows: Sequence[Row]) -> str:
    """A ``w:tbl`` from rows as HTML has them: Word repeats a merged cell in every row it covers."""
    placed = list(_placed(rows))
    width = max((column + item.columns for _, column, item in placed), default=0)
    written: list[dict[int, str]] = [{} for _ in rows]
    for top, column, item in placed:
        span = f'<w:gridSpan w:val="{item.columns}"/>' if item.columns > 1 else ""
        for row_number in range(top, top + item.rows):
            first = row_number == top
            merge = "" if item.rows == 1 else '<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>"
            written[row_number][column] = cell(item.text if first else "<w:p/>", span + merge)
    return table(*(row(*(cells[column] for column in sorted(cells))) for cells in written), columns=width)


def _placed(rows: Sequence[Row]) -> Iterator[tuple[int, int, Merged]]:
    taken: set[tuple[int, int]] = set()
    for row_number, items in enumerate(rows):
        column = 0
        for item in items:
            while (row_number, column) in taken:
                column += 1
            whole = Merged(item) if isinstance(item, str) else item
            yield row_number, column, whole
            taken |= {
                (row_number + down, column + right) for down in range(whole.rows) for right in range(whole.columns)
            }


def _item(item: Item) -> str:
    if isinstance(item, str):
        return text(item)
    if isinstance(item, Heading):
        style = f"Heading{item.level}" if item.level else "Title"
        return text(item.text, f'<w:pStyle w:val="{style}"/>')
    return merged_table(item)
