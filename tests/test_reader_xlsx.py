"""The Excel reader: sheets as tables, merged cells, numbers as typed, hostile files."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.model.document import Document, Paragraph, Table, Unreadable
from linter.readers.xlsx import read_xlsx

pytest.importorskip("python_calamine")

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def workbook(sheets: Mapping[str, str], hidden: str = "") -> bytes:
    """A workbook by hand: sheet names and the XML of their rows (and merged cells)."""
    states = {False: "visible", True: "hidden"}
    names = "".join(
        f'<sheet name="{name}" sheetId="{number}" state="{states[name == hidden]}" r:id="r{number}"/>'
        for number, name in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="r{number}" Type="{LINK}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="{SHEET}.worksheet+xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{SHEET}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{LINK}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{LINK}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}</Relationships>',
    }
    for number, content in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = f"<worksheet {MAIN}>{content}</worksheet>"
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package_file:
        for name, part in parts.items():
            package_file.writestr(name, part)
    return file.getvalue()


def rows(*values: tuple[str, object]) -> str:
    """Cells by their reference (``B3``), in order; text inline, numbers as numbers."""
    by_row: dict[str, str] = {}
    for reference, value in values:
        row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        cell = (
            f'<c r="{reference}" t="inlineStr"><is><t>{value}</t></is></c>'
            if isinstance(value, str)
            else f'<c r="{reference}"><v>{value}</v></c>'
        )
        by_row[row] = by_row.get(row, "") + cell
    return "<sheetData>" + "".join(f'<row r="{row}">{cells}</row>' for row, cells in by_row.items()) + "</sheetData>"


FORM = rows(("B2", "第二十条第（一）项"), ("B3", "规章"), ("C3", 12), ("D3", 3415.74), ("B4", "规范性文件"), ("D4", 0))
MERGED = FORM + '<mergeCells count="1"><mergeCell ref="B2:D2"/></mergeCells>'


def table_of(document: Document) -> Table:
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    return table


def test_a_sheet_is_its_name_and_a_table_with_merged_cells():
    document = read_xlsx(workbook({"附表": MERGED}), "a.xlsx")
    table = table_of(document)

    assert isinstance(document.blocks[0], Paragraph)
    assert document.text.startswith("附表\n")
    assert [(cell.row, cell.column, cell.columns, cell.text) for cell in table.cells] == [
        (0, 0, 3, "第二十条第（一）项"),
        (1, 0, 1, "规章"),
        (1, 1, 1, "12"),
        (1, 2, 1, "3415.74"),
        (2, 0, 1, "规范性文件"),
        (2, 1, 1, ""),
        (2, 2, 1, "0"),
    ]
    assert table.physical


def test_a_cell_knows_its_sheet_row_and_column():
    document = read_xlsx(workbook({"空": rows(), "附表": MERGED}), "a.xlsx")
    origin = document.origin(document.text.index("3415.74"))

    assert (origin.table, origin.row, origin.cell) == (2, 3, 4)


def test_a_hidden_sheet_is_said_and_not_read():
    document = read_xlsx(workbook({"附表": FORM, "底稿": rows(("A1", "草稿"))}, hidden="底稿"), "a.xlsx")

    assert "草稿" not in document.text
    assert [(notice.kind, notice.detail) for notice in document.notices] == [("hidden-text", "底稿")]


@pytest.mark.parametrize(
    ("number", "text"),
    [(12, "12"), (12.0, "12"), (0, "0"), (-3, "-3"), (0.1, "0.1"), (96171.6, "96171.6"), (1e7, "10000000")],
)
def test_numbers_are_written_plainly(number, text):
    document = read_xlsx(workbook({"附表": rows(("A1", number), ("B1", "x"))}), "a.xlsx")

    assert table_of(document).cells[0].text == text


def test_what_cannot_be_read_is_said():
    far = workbook({"附表": rows(("A1", "a"), ("XFD1048576", "b"))})
    for data, reasons in (
        (b"junk", {"not-a-zip"}),
        (workbook({"附表": rows()}), {"empty"}),
        (far, {"too-large", "damaged"}),
    ):
        with pytest.raises(Unreadable) as caught:
            read_xlsx(data, "a.xlsx")
        assert caught.value.reason in reasons


_SOURCE = workbook({"附表": MERGED})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(_SOURCE)), st.integers(0, 9), st.binary(max_size=4)), max_size=4))
def test_mutated_files_raise_nothing_but_unreadable(edits):
    data = _SOURCE
    for start, length, new in edits:
        data = data[:start] + new + data[start + length :]
    try:
        document = read_xlsx(data, "a.xlsx")
    except Unreadable:
        return
    for cell in table_of(document).cells:
        assert cell.text == document.text[cell.span.start : cell.span.end]
