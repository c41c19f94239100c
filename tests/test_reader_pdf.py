"""The PDF reader: lines, ruled tables, tables that break over pages, what is no text of the report, hostile files."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_files import Page, assemble, pdf

from linter.model.document import Document, Paragraph, Table, Unreadable
from linter.readers.pdf import read_pdf

pytest.importorskip("pypdfium2")

REAL = Path(__file__).parents[2] / "shared/reports/2024-hongze-district.pdf"
X = [60, 200, 300, 400, 500]
HEADER = ["项目", "自然人", "企业", "总计"]


def read(*pages: Page) -> Document:
    return read_pdf(pdf(*pages), "report.pdf")


def lines(document: Document) -> list[str]:
    return [
        document.text[block.span.start : block.span.end] for block in document.blocks if isinstance(block, Paragraph)
    ]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows()]


def assert_laws(document: Document) -> None:
    for table in tables(document):
        positions = [
            (row, column)
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        ]
        assert len(positions) == len(set(positions))
        assert all(cell.text == document.text[cell.span.start : cell.span.end] for cell in table.cells)


def below(y: float, count: int, step: float = 20) -> list[float]:
    return [y + step * number for number in range(count + 1)]


def test_every_visual_line_is_a_paragraph_that_knows_its_page_and_line():
    document = read(Page().text(80, 100, "云川县报告", 16).text(80, 140, "一、总体情况"), Page().text(80, 100, "无。"))
    places = [document.origin(block.span.start) for block in document.blocks]

    assert lines(document) == ["云川县报告", "一、总体情况", "无。"]
    assert [(place.page, place.line) for place in places] == [(1, 1), (1, 2), (2, 1)]


def test_lines_come_from_the_top_down_whatever_the_order_of_the_file():
    assert lines(read(Page().text(80, 300, "下").text(180, 100, "右").text(160, 100, "左"))) == ["左 右", "下"]


def test_rules_make_cells_and_a_missing_rule_merges_them():
    page = Page().box(60, 100, 500, 160).rule(60, 130, 500, 130).rule(200, 130, 200, 160)
    page.text(70, 120, "第二十条第（一）项").text(70, 150, "规章").text(210, 150, "12")
    (table,) = tables(read(page))

    assert [(cell.row, cell.column, cell.columns, cell.text) for cell in table.cells] == [
        (0, 0, 2, "第二十条第（一）项"),
        (1, 0, 1, "规章"),
        (1, 1, 1, "12"),
    ]


def test_a_cell_over_several_rows():
    page = Page().box(60, 100, 500, 160).rule(120, 130, 500, 130).rule(120, 100, 120, 160)
    page.text(70, 133, "组").text(130, 120, "甲").text(130, 150, "乙")
    (table,) = tables(read(page))

    assert [(cell.text, cell.rows) for cell in table.cells] == [("组", 2), ("甲", 1), ("乙", 1)]


def test_wrapped_print_in_a_cell_is_joined_and_a_short_line_ends():
    page = Page().table([60, 120, 300], [100, 140], [["", ""]])
    page.text(62, 115, "本年度办", 14).text(62, 133, "理结果", 14).text(125, 115, "甲").text(125, 133, "乙")
    (table,) = tables(read(page))

    assert [cell.text for cell in table.cells] == ["本年度办理结果", "甲\n乙"]


def test_one_box_around_a_notice_is_no_table():
    document = read(Page().box(60, 100, 500, 200).text(70, 130, "注意").text(70, 160, "本页有框"))

    assert tables(document) == []
    assert lines(document) == ["注意", "本页有框"]


def test_a_frame_around_the_page_hides_no_table():
    document = read(
        Page().box(40, 40, 560, 800).text(80, 100, "前").table(X, below(200, 2), [HEADER, ["规章", "1", "2", "3"]])
        .text(80, 300, "后")
    )  # fmt: skip

    assert [type(block).__name__ for block in document.blocks] == ["Paragraph", "Table", "Paragraph"]


def test_wide_gaps_without_rules_make_a_table_of_tokens():
    document = read(
        Page().text(80, 80, "附表").text(80, 100, "统计指标").text(250, 100, "单位").text(350, 100, "数量")
        .text(80, 120, "主动公开数").text(250, 120, "条").text(350, 120, "12")
    )  # fmt: skip

    assert [table.physical for table in tables(document)] == [False]
    assert rows(tables(document)[0]) == [["统计指标", "单位", "数量"], ["主动公开数", "条", "12"]]


# --- Over page ends -------------------------------------------------------------------------------------------------


def test_a_table_between_whose_rows_the_page_ends_is_one_table():
    first = Page().table(X, below(700, 2), [HEADER, ["1.甲", "1", "2", "3"]]).text(290, 815, "- 1 -")
    second = Page().table(X, below(60, 1), [["2.乙", "4", "5", "9"]]).text(80, 200, "四、其他").text(290, 815, "- 2 -")
    document = read(first, second)

    assert [rows(table) for table in tables(document)] == [[HEADER, ["1.甲", "1", "2", "3"], ["2.乙", "4", "5", "9"]]]
    assert tables(document)[0].damage is None
    assert lines(document) == ["四、其他"]


def test_text_between_two_tables_keeps_them_apart():
    first = Page().table(X, below(700, 1), [["1.甲", "1", "2", "3"]])
    second = Page().text(80, 50, "三、收到申请情况").table(X, below(60, 1), [["2.乙", "4", "5", "9"]])

    assert len(tables(read(first, second))) == 2


def test_a_header_repeated_overleaf_is_dropped():
    first = Page().table(X, below(700, 2), [HEADER, ["1.甲", "1", "2", "3"]])
    second = Page().table(X, below(60, 2), [HEADER, ["2.乙", "4", "5", "9"]])

    assert rows(tables(read(first, second))[0]) == [HEADER, ["1.甲", "1", "2", "3"], ["2.乙", "4", "5", "9"]]


def test_rows_of_equal_figures_are_no_repeated_header():
    zeros = ["1.甲", "0", "0", "0"]
    first = Page().table(X, below(700, 1), [zeros])
    second = Page().table(X, below(60, 1), [zeros])

    assert rows(tables(read(first, second))[0]) == [zeros, zeros]


def test_a_row_open_on_both_sides_of_the_page_end_is_one_row():
    first = Page().table(X, [700, 720, 760], [HEADER, ["1.有关条例的", "12", "5", "17"]], bottom=False)
    second = Page().table(X, [60, 80, 100], [["申请", "", "", ""], ["2.乙", "4", "5", "9"]], top=False)

    assert rows(tables(read(first, second))[0]) == [
        HEADER,
        ["1.有关条例的申请", "12", "5", "17"],
        ["2.乙", "4", "5", "9"],
    ]


@pytest.mark.parametrize(
    ("above", "under", "whole"),
    [
        (
            ["（二）部分公开（区分", "1", "2", "3"],
            ["处理的）", "", "", ""],
            ["（二）部分公开（区分处理的）", "1", "2", "3"],
        ),
        (
            ["（二）部分公开（区分", "", "", ""],
            ["处理的）", "1", "2", "3"],
            ["（二）部分公开（区分处理的）", "1", "2", "3"],
        ),
        (["4.大量反复申请", "146", "5", "151"], ["", "6", "", "6"], ["4.大量反复申请", "1466", "5", "1516"]),
        (["4.大量反复申请", "1", "2", "3"], ["", "", "", ""], ["4.大量反复申请", "1", "2", "3"]),
    ],
)
def test_a_closed_row_is_joined_where_the_text_tells(above, under, whole):
    first = Page().table(X, below(700, 1), [above])
    second = Page().table(X, below(60, 2), [under, ["5.乙", "4", "5", "9"]])
    (table,) = tables(read(first, second))

    assert rows(table) == [whole, ["5.乙", "4", "5", "9"]]
    assert table.damage is None


def test_column_headers_cut_by_the_page_end_are_joined():
    x = [60, 150, 240, 330, 420]
    first = Page().table(x, below(740, 1), [["结果", "结果", "其他", "尚未"]])
    second = Page().table(x, below(60, 2), [["维持", "纠正", "结果", "审结"], ["1", "0", "0", "2"]])

    assert rows(tables(read(first, second))[0])[0] == ["结果维持", "结果纠正", "其他结果", "尚未审结"]


def test_column_headers_cut_beside_a_group_of_others_are_joined():
    first = Page().table([60, 120, 180, 240, 420], below(740, 1), [["结", "结", "其", "复议后起诉"]])
    parts = ["果维持", "果纠正", "他结果", "维持", "纠正"]
    second = Page().table([60, 120, 180, 240, 330, 420], below(60, 2), [parts, ["1", "0", "0", "2", "0"]])
    (table,) = tables(read(first, second))

    assert rows(table)[:2] == [["结果维持", "结果纠正", "其他结果", "复议后起诉"], ["维持", "纠正"]]


def test_what_is_left_of_a_page_may_be_framed():
    first = Page().table([60, 150, 240], [700, 730], [["指标", "件数"]]).box(60, 730, 240, 760)
    second = Page().table([60, 150, 240], below(60, 2), [["规章", "7"], ["文件", "8"]])
    (table,) = tables(read(first, second))

    assert rows(table) == [["指标", "件数"], ["规章", "7"], ["文件", "8"]]


@pytest.mark.parametrize(
    ("above", "under"),
    [
        (["1.甲", "1", "2", "3"], ["其中：规章", "0", "1", "1"]),
        (["规章", "1", "2", "3"], ["行政规范性文件", "0", "1", "1"]),
        (["1.甲", "1", "2", "3"], ["2.乙", "", "", ""]),
        (["1.甲", "", "", ""], ["2.乙", "1", "2", "3"]),
        (HEADER, ["规章", "1", "2", "3"]),
    ],
)
def test_two_whole_rows_are_never_joined(above, under):
    first = Page().table(X, below(740, 1), [above])
    second = Page().table(X, below(60, 1), [under])
    (table,) = tables(read(first, second))

    assert rows(table) == [above, under]
    assert table.damage is None


def test_a_stitch_that_the_text_does_not_tell_is_said():
    """A label without figures, then one without a number of its own: one row or two."""
    first = Page().table(X, below(740, 1), [["行政规范性", "", "", ""]])
    second = Page().table(X, below(60, 1), [["文件", "1", "2", "3"]])

    assert tables(read(first, second))[0].damage == "page-break"


def test_a_group_label_over_the_page_end_is_one_cell():
    first = Page().box(60, 700, 500, 760).rule(200, 700, 200, 760).rule(300, 700, 300, 760).rule(200, 730, 500, 730)
    first.text(70, 733, "（三）不予公开").text(210, 720, "1.甲").text(310, 720, "1").text(210, 750, "2.乙").text(
        310, 750, "2"
    )
    second = Page().box(60, 60, 500, 120).rule(200, 60, 200, 120).rule(300, 60, 300, 120).rule(200, 90, 500, 90)
    second.text(210, 80, "3.丙").text(310, 80, "3").text(210, 110, "4.丁").text(310, 110, "4")
    (table,) = tables(read(first, second))

    assert [(cell.text, cell.row, cell.rows) for cell in table.cells if cell.column == 0] == [("（三）不予公开", 0, 4)]
    assert [cell.text for cell in table.cells if cell.column == 2] == ["1", "2", "3", "4"]


# --- What is no text of the report ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "mark", ["- {} -", "—{}—", "{}", "第 {} 页", "第{}页 共3页", "第 {} 页，共 3 页", "{}/3", "－ {} －", "~{}~"]
)
def test_page_numbers_are_no_text(mark):
    pages = [Page().text(80, 100, f"正文{number}").text(290, 800, mark.format(number)) for number in (1, 2, 3)]

    assert lines(read(*pages)) == ["正文1", "正文2", "正文3"]


def test_running_heads_are_no_text_and_a_first_line_is():
    pages = [Page().text(200, 40, "云川县政府公报", 9).text(80, 90, f"第{number}段") for number in (1, 2, 3)]

    assert lines(read(*pages)) == ["第1段", "第2段", "第3段"]


def test_an_encrypted_file_is_said():
    """The standard security handler with a user password that is not empty (ISO 32000-1, 7.6.3)."""
    key = "<" + "00" * 32 + ">"
    data = pdf(Page().text(80, 100, "一")).replace(
        b"/Root 1 0 R", f"/Root 1 0 R/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O{key}/U{key}>>".encode()
    )

    with pytest.raises(Unreadable, match="encrypted"):
        read_pdf(data, "a.pdf")


def test_a_lone_number_at_the_foot_that_counts_no_pages_is_text():
    assert lines(read(Page().text(80, 100, "共计").text(80, 800, "365"))) == ["共计", "365"]


def test_a_turned_page_is_read_as_shown():
    """A page drawn sideways and turned by its Rotate entry."""
    page = Page(extra="/Rotate 90")
    for x, text in ((100, "一、"), (130, "二、")):
        code = text.encode("utf-16-be").hex()
        page.operators.append(f"BT /F 12 Tf 0 1 -1 0 {x} 200 Tm <{code}> Tj ET")

    assert lines(read(page)) == ["一、", "二、"]


def test_a_scanned_page_is_said_and_a_scanned_file_refused():
    grey = "/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1"
    image = f"<</Type/XObject/Subtype/Image{grey}>>stream\n0\nendstream"
    draw = "500 0 0 700 40 60 cm /I Do"
    text = "BT /F 12 Tf 80 700 Td <4e00> Tj ET"
    head = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>"]
    resources = "<</XObject<</I 5 0 R>>/Font<</F 8 0 R>>>>"
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {{}} 0 R/Resources{resources}>>"
    font = [
        "<</Type/Font/Subtype/Type0/BaseFont/S/Encoding/UniGB-UCS2-H/DescendantFonts[9 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/S/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
    ]
    streams = [f"<</Length {len(code)}>>stream\n{code}\nendstream" for code in (draw, text)]
    mixed = assemble([*head, page.format(6), page.format(7), image, *streams, *font])
    scanned = assemble([*head, page.format(6), page.format(6), image, *streams, *font])
    document = read_pdf(mixed, "a.pdf")

    assert lines(document) == ["一"]
    assert [(notice.kind, notice.detail) for notice in document.notices] == [("scanned-page", "1")]
    with pytest.raises(Unreadable, match="scan"):
        read_pdf(scanned, "a.pdf")


# --- Hostile files --------------------------------------------------------------------------------------------------


def test_what_cannot_be_read_is_said():
    for data, reason in ((b"", "damaged"), (b"%PDF-1.7 nothing", "damaged"), (pdf(Page()), "empty")):
        with pytest.raises(Unreadable) as caught:
            read_pdf(data, "a.pdf")
        assert caught.value.reason == reason


def test_forms_that_repeat_forms_do_not_hang_the_linter(monkeypatch):
    """Twelve levels of ten calls each would be drawn a million million times."""
    monkeypatch.setattr("linter.bounded.SECONDS", 1)
    form = (
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {} 0 R>>>>/Length {}>>stream\n{}\nendstream"
    )
    calls = "/X Do " * 10
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        f"<</Length {len(calls)}>>stream\n{calls}\nendstream",
        *(form.format(number + 1, len(calls), calls) for number in range(5, 17)),
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 10>>stream\n0 0 9 9 re\nendstream",
    ]

    with pytest.raises(Unreadable) as caught:
        read_pdf(assemble(objects), "a.pdf")
    assert caught.value.reason in {"timeout", "too-large"}


_SOURCE = pdf(
    Page().text(80, 100, "云川县报告").table(X, below(700, 2), [HEADER, ["1.甲", "1", "2", "3"]], bottom=False),
    Page().table(X, below(60, 1), [["2.乙", "4", "5", "9"]], top=False).text(80, 200, "四、其他"),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(_SOURCE)), st.integers(0, 40), st.binary(max_size=6)), max_size=5))
def test_mutated_files_raise_nothing_but_unreadable(edits):
    data = _SOURCE
    for start, length, new in edits:
        data = data[:start] + new + data[start + length :]
    try:
        document = read_pdf(data, "a.pdf")
    except Unreadable:
        return
    assert_laws(document)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.booleans()), max_size=40))
def test_any_pattern_of_rules_keeps_the_laws_of_a_document(drawn):
    page = Page()
    for at, start, end, is_vertical in drawn:
        a, b, c = 50 + 40 * at, 50 + 40 * start, 50 + 40 * end
        page.rule(*((a, b, a, c) if is_vertical else (b, a, c, a)))
    for step in range(12):
        page.text(60 + 40 * step, 72 + 40 * step, "甲")

    document = read(page, Page(page.operators[:-12]).text(300, 400, "乙"))

    assert_laws(document)
    assert document.text.count("甲") == 12
    assert document.text.count("乙") == 1


# --- Files by real producers ----------------------------------------------------------------------------------------

LABELS = [
    "一、本年新收申请数量",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "3.危及“三安全一稳定”",
    "（七）总计",
]


def report(lead: int) -> tuple[str, list[list[str]]]:
    """A page of HTML with a table pushed down by `lead` lines, and the table's rows."""
    body = [
        [f"{number}.{LABELS[number % 4]}", *(str(number * column) for column in (1, 7, 8))] for number in range(1, 26)
    ]
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in [HEADER, *body])
    style = "table{border-collapse:collapse;width:60%}td{border:1px solid;font-size:14pt}p{margin:3pt}"
    lines_before = "<p>一、总体情况</p>" * lead
    return f"<meta charset=utf-8><style>{style}</style>{lines_before}<table>{cells}</table><p>后</p>", [HEADER, *body]


@pytest.mark.skipif(not shutil.which("chromium"), reason="needs Chromium")
@pytest.mark.parametrize("lead", [7, 12])
def test_tables_printed_by_chromium(tmp_path, lead):
    html, expected = report(lead)
    (tmp_path / "a.html").write_text(html, encoding="utf-8")
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--user-data-dir={tmp_path}/profile", f"--print-to-pdf={tmp_path}/a.pdf", f"{tmp_path}/a.html"],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    document = read_pdf((tmp_path / "a.pdf").read_bytes(), "a.pdf")

    assert max(document.origin(block.span.start).page or 0 for block in document.blocks) >= 2
    assert [[["".join(cell.split()) for cell in row] for row in rows(table)] for table in tables(document)] == [
        expected
    ]


@pytest.mark.skipif(not REAL.exists(), reason="the real reports are not here")
def test_a_real_report_gives_its_three_forms():
    """The form of applications breaks over pages 3 and 4; the page end lies inside a group label."""
    document = read_pdf(REAL.read_bytes(), REAL.name)
    disclosure, applications, litigation = tables(document)

    assert (disclosure.height, disclosure.width) == (14, 4)
    assert (applications.height, applications.width) == (26, 10)
    assert [len([cell for cell in row if cell.column >= 3]) for row in list(applications.rows())[3:]] == [7] * 23
    assert [cell.text for cell in list(litigation.rows())[3]] == "1 1 0 0 2 1 0 0 0 1 2 0 1 0 3".split()  # noqa: SIM905 - a row
    assert not [line for line in lines(document) if line.startswith("-")]
    assert {table.damage for table in tables(document)} == {None}
    assert_laws(document)
