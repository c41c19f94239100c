"""Text files: encodings, lines, tables of tabs, and the way back to line and column."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import lines, tables, words

from linter.model.document import Origin, Paragraph, Span, Table, Unreadable
from linter.readers.encoding import decode
from linter.readers.text import read_text
from linter.text.views import INVISIBLE

REPORTS = sorted((Path(__file__).resolve().parents[2] / "shared" / "reports").glob("*.txt"))
REPORT = "云川县司法局2023年政府信息公开工作年度报告\n\n一、总体情况\n主动公开信息120条。\n"


def read(text):
    return read_text(text.encode(), "a.txt")


def shown(document):
    """Paragraphs as text, tables as rows of texts."""
    return [
        document.text[block.span.start : block.span.end]
        if isinstance(block, Paragraph)
        else [[cell.text for cell in row] for row in block.rows()]
        for block in document.blocks
    ]


def assert_lawful(document):
    """The laws that `Document` states, and that every visible character is in a block."""
    assert document.segments[0].start == 0
    starts = [segment.start for segment in document.segments]
    assert starts == sorted(starts)
    spans = [block.span for block in document.blocks]
    assert all(left.end <= right.start for left, right in itertools.pairwise(spans))
    for block in document.blocks:
        if isinstance(block, Table):
            assert all(document.text[cell.span.start : cell.span.end] == cell.text for cell in block.cells)
            assert len({(cell.row, cell.column) for cell in block.cells}) == len(block.cells)
    covered = set().union(*(range(span.start, span.end) for span in spans))
    assert all(char in INVISIBLE for offset, char in enumerate(document.text) if offset not in covered)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"]
)
def test_encodings(encoding):
    data = REPORT.encode(encoding)
    if encoding == "utf-32-be":
        data = b"\x00\x00\xfe\xff" + data
    assert decode(data).text == REPORT
    assert decode(data).lost == ()


@given(lines)
def test_a_report_survives_every_encoding(parts):
    """Whatever a line holds; a few characters alone may be UTF-8 and GBK at once, a report is not."""
    text = "\n".join([REPORT * 10, *parts]).replace("\r", "")
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "gb18030"):
        assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("at", [0, 7, 40])
def test_one_spoilt_byte_is_remembered_and_the_rest_is_read(at):
    data = (REPORT * 5).encode()
    spoilt = decode(data[:at] + b"\xff" + data[at:])
    assert spoilt.encoding == "utf-8"
    assert spoilt.text.endswith(REPORT * 4)
    assert 1 <= len(spoilt.lost) <= 4
    assert all(spoilt.text[position] == "\ufffd" for position in spoilt.lost)


def test_a_cut_off_file_keeps_its_encoding():
    assert decode(REPORT.encode()[:-3]).encoding == "utf-8"
    assert decode(REPORT.encode("gbk")[:-3]).encoding == "gb18030"


def test_lost_characters_are_told_once_and_counted():
    document = read_text(("云川县" * 100).encode() + b"\xff" + "司法局".encode() + b"\xff", "a.txt")
    (notice,) = document.notices
    assert (notice.kind, notice.span, notice.detail) == ("lost-characters", Span(300, 301), "2")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"), (b" \n\t", "empty"), ("\u3000\u200b\n".encode(), "empty"), (b"\xef\xbb\xbf", "empty"),
        (b"PK\x03\x04rest", "binary"), (b"%PDF-1.7", "binary"), (b"\x89PNG\r\n", "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "binary"), (bytes(range(256)) * 8, "binary"), (b"a\0b\0\0\0c", "binary"),
        (b"\xff" * 50 + b"abc", "not-text"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused_with_its_reason(data, reason):
    with pytest.raises(Unreadable) as refusal:
        read_text(data, "a.txt")
    assert refusal.value.reason == reason


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    try:
        document = read_text(data, "a.txt")
    except Unreadable:
        return
    assert not any("\ud800" <= char <= "\udfff" for char in document.text)
    assert_lawful(document)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_editors_count_them(end):
    document = read(f"云川县{end}{end}　一、总体\f　二、主动{end}三、收到")
    assert shown(document) == ["云川县", "一、总体", "二、主动", "三、收到"]
    assert [document.origin(block.span.start) for block in document.blocks] == [
        Origin(line=1, column=1),
        Origin(line=3, column=2),
        Origin(line=3, column=8),
        Origin(line=4, column=1),
    ]


@given(lines)
def test_every_offset_leads_to_its_line_and_column(parts):
    try:
        document = read("\n".join(["云川县", *parts]))
    except Unreadable:
        return
    assert_lawful(document)
    source = document.text.split("\n")
    for offset, char in enumerate(document.text):
        origin = document.origin(offset)
        assert (source[origin.line - 1] + "\n")[origin.column - 1] == char


def test_lines_with_tabs_are_rows_and_blank_cells_are_kept():
    document = read("规章\t0\t \t4\n\n\t\t1.其他\t0\t\n\t\t\n二、下一节\n行政许可\t9\t\n")
    assert shown(document) == [
        [["规章", "0", "", "4"], ["", "", "1.其他", "0", ""], ["", "", ""]],
        "二、下一节",
        [["行政许可", "9", ""]],
    ]
    assert not any(block.physical for block in document.blocks if isinstance(block, Table))


@pytest.mark.parametrize(
    "line",
    [
        "\t根据《条例》编制。",
        "一、\t总体情况",
        "（二）\t主动公开",
        "1.\t加强领导",
        "第一部分\t概述",
        "是\t全部按时办结。",
        "\t",
    ],
)
def test_a_tab_alone_makes_no_row(line):
    document = read(f"标题\n{line}\n")
    assert all(isinstance(block, Paragraph) for block in document.blocks)


@given(tables, words, words)
def test_tables_come_back_cell_by_cell(rows, before, after):
    text = "\n".join([before, *("\t".join(row) for row in rows), after])
    document = read(text)
    first, *rest = shown(document)
    assert first == before
    assert rest[-1] == after
    heads = any(row[0].startswith(tuple("一二三年")) or row[0].endswith(tuple("）)、．.")) for row in rows)
    if not heads and not any(row[1].endswith(("。", "；", "：")) for row in rows):
        assert rest[0] == rows


@pytest.mark.skipif(not REPORTS, reason="the real reports are not here")
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_real_reports_are_lawful(path):
    document = read_text(path.read_bytes(), path.name)
    assert_lawful(document)
    assert document.text == path.read_text("utf-8")
