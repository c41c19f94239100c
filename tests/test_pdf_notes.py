"""The annotated copy of a PDF: the notes are where the findings are, and the original is untouched."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import results
from pdf_files import HEIGHT, Page, pdf

from linter.formats.pdf_notes import write_pdf
from linter.model.document import Span, Unreadable
from linter.model.finding import Finding, Result, Severity
from linter.model.report import Place
from linter.readers.pdf import read_pdf

pypdfium2 = pytest.importorskip("pypdfium2")

SOURCE = pdf(
    Page().text(80, 100, "云川县2023年年度报告").text(80, 140, "全年收到申请12件，答复12件。"),
    Page().table([80, 200, 300, 400], [100, 130, 160], [["规章", "7", "7"], ["文件", "", "7"]]),
    Page()
    .table([80, 200, 300, 400], [100, 150], [["", "", "0"]])
    .text(83, 112, "不予", 9)
    .text(203, 115, "2.", 9)
    .text(214, 118, "其他法规禁止发布", 9),
)
DOCUMENT = read_pdf(SOURCE, "a.pdf")


def result(*findings: tuple[Span | None, str]) -> Result:
    base = results.faulty("云川县.pdf", "pdf")
    assert base.report is not None
    model = base.findings[0]
    return replace(
        base,
        report=replace(base.report, document=DOCUMENT),
        findings=tuple(
            replace(model, message=message, place=Place("title", ("标题",), span), severity=Severity.WARNING)
            for span, message in findings
        ),
    )


def annotations(data: bytes) -> Iterator[tuple[int, str, tuple[float, ...], str]]:
    """Page, kind, box (from the top left corner) and text of every annotation."""
    raw: Any = pypdfium2.raw
    document = pypdfium2.PdfDocument(data)
    for number in range(len(document)):
        page = document[number]
        for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
            item = raw.FPDFPage_GetAnnot(page.raw, index)
            kind = {raw.FPDF_ANNOT_HIGHLIGHT: "highlight", raw.FPDF_ANNOT_TEXT: "note"}[raw.FPDFAnnot_GetSubtype(item)]
            box = raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(item, box)
            length = raw.FPDFAnnot_GetStringValue(item, b"Contents", None, 0)
            buffer = ctypes.create_string_buffer(length)
            raw.FPDFAnnot_GetStringValue(item, b"Contents", ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length)
            edges = box.left, HEIGHT - box.top, box.right, HEIGHT - box.bottom
            yield number + 1, kind, edges, buffer.raw.decode("utf-16-le").rstrip("\0")
            raw.FPDFPage_CloseAnnot(item)
    document.close()


def span(text: str, occurrence: int = 0) -> Span:
    start = -1
    for _ in range(occurrence + 1):
        start = DOCUMENT.text.index(text, start + 1)
    return Span(start, start + len(text))


def test_the_copy_is_made_in_a_process_of_its_own(monkeypatch):
    """The library reads the same foreign file once more."""

    def opened(_: bytes) -> None:
        raise Unreadable("damaged", str(os.getpid()))

    monkeypatch.setattr("linter.formats.pdf_notes.opened_pdf", opened)
    with pytest.raises(Unreadable) as caught:
        write_pdf(result((None, "数字不符")), SOURCE, "zh")
    assert caught.value.detail not in ("", str(os.getpid()))


def test_the_copy_begins_with_the_original():
    copy = write_pdf(result((span("12"), "数字不符")), SOURCE, "zh")

    assert copy.startswith(SOURCE)
    assert read_pdf(copy, "a.pdf") == DOCUMENT


def test_without_findings_the_copy_is_the_original():
    assert write_pdf(result(), SOURCE, "zh") == SOURCE


def test_a_highlight_lies_on_the_very_characters():
    """The second 12 of the line, and the second 7 of a row of equal figures."""
    copy = write_pdf(result((span("12", 1), "甲"), (span("7", 1), "乙")), SOURCE, "zh")
    boxes = {text.split()[1]: (page, edges) for page, kind, edges, text in annotations(copy) if kind == "highlight"}

    page, (left, top, right, bottom) = boxes["甲"]
    assert page == 1
    assert (left, right) == pytest.approx((212, 224), abs=1)
    assert top < 140 < bottom
    page, (left, top, right, bottom) = boxes["乙"]
    assert page == 2
    assert 300 < left < right < 400
    assert 100 < top < bottom < 130


def test_a_span_over_two_lines_is_highlighted_on_both():
    whole = Span(span("云川").start, span("申请").end)
    (highlight,) = [
        item for item in annotations(write_pdf(result((whole, "x")), SOURCE, "zh")) if item[1] == "highlight"
    ]

    assert highlight[2][1] < 100
    assert highlight[2][3] > 140


def test_a_cell_whose_number_stands_higher_is_highlighted_without_its_neighbour():
    copy = write_pdf(result((span("2. 其他法规禁止发布"), "x")), SOURCE, "zh")
    (highlight,) = [item for item in annotations(copy) if item[1] == "highlight"]

    page, _kind, (left, top, right, bottom), _text = highlight
    assert page == 3
    assert 200 < left < right < 300
    assert top < 115
    assert bottom > 117


def test_a_note_stands_in_the_margin_beside_its_line():
    notes = [
        item
        for item in annotations(write_pdf(result((span("12"), "a"), (span("12", 1), "b")), SOURCE, "zh"))
        if item[1] == "note"
    ]

    assert all(edges[0] > 500 and 120 < edges[1] < 150 for _, _, edges, _ in notes)
    assert notes[0][2][0] >= notes[1][2][2] - 0.5


def test_findings_without_a_place_are_at_the_head_of_the_first_page():
    ((page, kind, edges, _),) = annotations(write_pdf(result((None, "缺少部分")), SOURCE, "zh"))

    assert (page, kind) == (1, "note")
    assert edges[1] < 30


def test_a_note_says_what_to_do_and_on_what_it_rests():
    answer = result((span("12"), "数字不符：12 与 15"))
    finding: Finding = answer.findings[0]
    rule = next(rule for rule in answer.rules if rule.id == finding.rule)
    texts = {text for _, _, _, text in annotations(write_pdf(answer, SOURCE, "zh"))}

    (text,) = texts
    assert text.splitlines()[0] == "[警告] 数字不符：12 与 15"
    assert all(part in text for part in ("标题", finding.help, f"{finding.rule} {finding.name}", rule.source))
    assert next(annotations(write_pdf(answer, SOURCE, "en")))[3].startswith("[warning]")


def test_a_blank_cell_is_marked_by_what_stands_before_it():
    (table,) = [block for block in DOCUMENT.blocks if hasattr(block, "cells")]
    blank = next(cell for cell in table.cells if not cell.text)
    (highlight,) = [
        item for item in annotations(write_pdf(result((blank.span, "空")), SOURCE, "zh")) if item[1] == "highlight"
    ]

    assert highlight[0] == 2
    assert 130 < highlight[2][1] < 160
