"""The HTML reader: the article out of its page, the HTML table model, places in the source, hostile input."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.model.document import Document, Paragraph, Table, Unreadable
from linter.readers.html import read_html

REAL = Path(__file__).parents[2] / "shared/reports/2019-shanghai-general-office.html"

REPORT = """<p>云川县2023年政府信息公开工作年度报告</p>
<p>根据《中华人民共和国政府信息公开条例》编制本报告。所列数据的统计期限自2023年1月1日起至12月31日止。</p>
<p>一、总体情况</p><p>全年主动公开政府信息一百条，收到申请3件，均已在法定期限内答复，没有发生行政复议。</p>
<p>二、主动公开政府信息情况</p>
<table><tr><td colspan=4>第二十条第（一）项</td></tr>
<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>
<tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr></table>
<p>三、存在的主要问题及改进情况</p><p>公开的主动性有待提高，将加强培训，完善制度，提升服务水平。</p>
<p>四、其他需要报告的事项</p><p>无。</p>"""


def read(html: str) -> Document:
    return read_html(html.encode(), "report.html")


def lines(document: Document) -> list[str]:
    return [
        document.text[block.span.start : block.span.end] for block in document.blocks if isinstance(block, Paragraph)
    ]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def grid(html: str) -> list[list[tuple[int, int, int, str]]]:
    """Column, rows, columns and text of the cells of the only table, row by row."""
    (table,) = tables(read(html))
    return [[(cell.column, cell.rows, cell.columns, cell.text) for cell in row] for row in table.rows()]


def assert_laws(document: Document) -> None:
    for block in document.blocks:
        if isinstance(block, Table):
            positions = [
                (row, column)
                for cell in block.cells
                for row in range(cell.row, cell.row + cell.rows)
                for column in range(cell.column, cell.column + cell.columns)
            ]
            assert len(positions) == len(set(positions))
            assert all(cell.text == document.text[cell.span.start : cell.span.end] for cell in block.cells)
    assert list(document.segments) == sorted(document.segments, key=lambda segment: segment.start)


def test_a_page_without_a_site_around_it_is_all_report():
    document = read(REPORT)

    assert lines(document)[0] == "云川县2023年政府信息公开工作年度报告"
    assert lines(document)[-1] == "无。"
    assert [cell.text for cell in tables(document)[0].cells][1:5] == [
        "信息内容",
        "本年制发件数",
        "本年废止件数",
        "现行有效件数",
    ]


def test_navigation_footer_scripts_and_hidden_parts_are_no_report():
    """The site's chrome goes, the title above the article and the date line stay."""
    page = f"""<!DOCTYPE html><html><head><title>云川县人民政府</title><style>p {{}}</style></head><body>
    <div class="header"><a href="/">首页</a><a href="/zw">公开</a><a href="/fw">服务</a></div>
    <div class="wrap"><div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/nb">年报</a></div>
    <div class="box"><h1>云川县2023年政府信息公开工作年度报告（公告）</h1>
    <div class="info">发布日期：2024-01-20 来源：办公室 浏览次数：<span id=hits></span></div>
    <div class="content">{REPORT.split("</p>", 1)[1]}<p style="display:none">内部批注</p></div></div>
    <ul><li><a href="1">上一篇：部门预算</a><li><a href="2">下一篇：人事任免</a><li><a href="3">打印</a></ul>
    </div><div class="footer">主办：云川县人民政府办公室 备案号：0000</div><script>var p = "<p>一、</p>";</script>"""
    document = read(page)

    assert lines(document)[:3] == [
        "云川县2023年政府信息公开工作年度报告（公告）",
        "发布日期：2024-01-20 来源：办公室 浏览次数：",
        "根据《中华人民共和国政府信息公开条例》编制本报告。所列数据的统计期限自2023年1月1日起至12月31日止。",
    ]
    assert lines(document)[-1] == "无。"
    assert not any(word in document.text for word in ("首页", "备案号", "内部批注", "上一篇", "var"))


def test_a_last_section_beside_the_main_block_is_kept():
    """What looks like part of a report is never taken for the site's own."""
    body, last = REPORT.split("<p>四、")
    document = read(f"<div><div>{body}</div><div><p>四、{last}</div></div>")

    assert lines(document)[-2:] == ["四、其他需要报告的事项", "无。"]


def test_a_layout_table_is_read_in_order():
    """An article inside a table of the site is paragraphs and tables, not one cell."""
    document = read(f"<table width=100%><tr><td>云川县人民政府</td></tr><tr><td>{REPORT}</td></tr></table>")

    assert len(tables(document)) == 1
    assert tables(document)[0].width == 4
    assert "一、总体情况" in lines(document)


def test_a_table_inside_a_cell_does_not_leak_its_rows():
    rows = "".join(f"<tr><td>{row}</td><td>{row}</td></tr>" for row in "一二三")
    inner = "<table><tr><td>甲</td><td>乙</td></tr></table>"

    assert grid(f"<table>{rows}<tr><td>{inner}</td><td>四</td></tr></table>")[-1] == [
        (0, 1, 1, "甲\n乙"),
        (1, 1, 1, "四"),
    ]


def test_spans_follow_the_html_table_model():
    """A rowspan of 0 reaches to the end of the group, no span beyond it; a colspan never covers a taken position."""
    assert grid(
        """<table><tbody><tr><td rowspan=0>组</td><td rowspan="9">甲<td colspan='2.5'>乙<td rowspan=2>丙
        <tr><td>1<td>2</table>"""
    ) == [
        [(0, 2, 1, "组"), (1, 2, 1, "甲"), (2, 1, 2, "乙"), (4, 2, 1, "丙")],
        [(2, 1, 1, "1"), (3, 1, 1, "2")],
    ]
    assert grid("<table><tr><td>a<td rowspan=2>b<td>c<tr><td colspan=3>d<td>e</table>")[1] == [
        (0, 1, 1, "d"),
        (2, 1, 1, "e"),
    ]


def test_line_ends_in_cells_and_blanks():
    """<br> and blocks end lines; a no-break space stays; a source line end between Chinese characters is nothing."""
    assert grid("<table><tr><td><p>本年新<br/>制作</p><p>数\n量</p><td>&nbsp;<td> 12\n</table>")[0] == [
        (0, 1, 1, "本年新\n制作\n数量"),
        (1, 1, 1, "\xa0"),
        (2, 1, 1, "12"),
    ]
    assert lines(read("<p>a\n  b&nbsp;\n 上\n下</p>")) == ["a b\xa0 上下"]


def test_headings_have_their_level():
    document = read("<h2>一、总体情况</h2><p>无。</p><h3>（一）主动公开</h3>")

    assert [block.level for block in document.blocks if isinstance(block, Paragraph)] == [2, None, 3]


def test_every_character_knows_its_line_and_column():
    """Also behind character references, which are longer in the source than in the text."""
    document = read("<p>序</p>\n\n  <p>a&lt;b<b>&#x4e91;</b>川</p>")
    place = {document.text[offset]: document.origin(offset) for offset in range(len(document.text))}

    assert (place["<"].line, place["<"].column) == (3, 7)
    assert (place["b"].line, place["b"].column) == (3, 11)
    assert (place["云"].line, place["云"].column) == (3, 15)
    assert (place["川"].line, place["川"].column) == (3, 27)


def test_word_processors_comments_are_dropped_and_their_conditional_text_kept():
    html = "<p><!--[if gte mso 9]><xml>12</xml><![endif]--><![if !supportLists]>1.<![endif]>规章<o:p></o:p></p>"

    assert lines(read(html)) == ["1.规章"]


def test_automatic_numbers_of_lists_are_shown_unless_typed():
    html = "<ol style='list-style-type: cjk-ideographic' start=2><li>总体情况<li>其他</ol><ol><li>1. 甲<li>乙</ol>"

    assert lines(read(html)) == ["二、总体情况", "三、其他", "1. 甲", "2. 乙"]


def test_deleted_text_is_gone_and_said():
    document = read("<p>收到申请<del cite='mailto:李'>12</del><ins>15</ins>件</p>")

    assert lines(document) == ["收到申请15件"]
    assert [(notice.kind, notice.detail) for notice in document.notices] == [
        ("tracked-deletion", "李"),
        ("tracked-insertion", ""),
    ]


def test_a_picture_is_said_at_its_place():
    document = read("<p>四、行政复议情况</p><img src='/a/table4.png'><p>五、问题</p>")
    (notice,) = document.notices

    assert (notice.kind, notice.detail) == ("image", "table4.png")
    assert notice.span.start == document.text.index("五") - 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("declared", ["", "gb2312", "utf-8", "iso-8859-1"])
def test_the_encoding_is_found_whatever_the_page_declares(encoding, declared):
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">{REPORT}'

    assert lines(read_html(page.encode(encoding), "a.html"))[0] == "云川县2023年政府信息公开工作年度报告"


def test_big5_is_read_if_declared():
    page = '<meta charset="big5"><p>雲川縣政府資訊公開年報，全年收到申請三件</p>'

    assert lines(read_html(page.encode("big5"), "a.html")) == ["雲川縣政府資訊公開年報，全年收到申請三件"]


def test_what_cannot_be_read_is_said():
    for data, reason in (
        (b"<p>" + b" " * 21_000_000, "too-large"),
        (b"%PDF-1.7", "binary"),
        (b"<html><script>1</script></html>", "empty"),
        (b"<table>" + b"<tr><td colspan=1000 rowspan=0>1" * 500, "too-large"),
    ):
        with pytest.raises(Unreadable) as caught:
            read_html(data, "a.html")
        assert caught.value.reason == reason


def test_an_unclosed_tag_that_hides_the_rest_is_said():
    document = read("<p>一、总体情况</p>\n<p title='二、")

    assert lines(document) == ["一、总体情况"]
    assert [(notice.kind, notice.detail) for notice in document.notices] == [("lost-characters", "2")]


_SOURCE = REPORT.encode()


@given(st.lists(st.tuples(st.integers(0, len(_SOURCE)), st.integers(0, 9), st.binary(max_size=6)), max_size=6))
def test_mutated_pages_raise_nothing_but_unreadable(edits):
    data = _SOURCE
    for start, length, new in edits:
        data = data[:start] + new + data[start + length :]
    try:
        document = read_html(data, "a.html")
    except Unreadable:
        return
    assert_laws(document)


_PARTS = st.sampled_from(
    ["<table>", "</table>", "<tr>", "</tr>", "<td>", "<td rowspan=2>", "<td colspan=3>", "</td>", "<p>", "</p>",
     "<div>", "</div>", "<b>", "</b>", "<br>", "一、", "12", "&nbsp;", "&amp", "<tfoot>",
     "<caption>", "<li>", "<ol>", "</ol>"]
)  # fmt: skip


@given(st.lists(_PARTS, max_size=60))
def test_markup_in_any_order_keeps_the_laws_of_a_document(parts):
    try:
        document = read("".join(parts))
    except Unreadable:
        return
    assert_laws(document)


@pytest.mark.skipif(not REAL.exists(), reason="the real reports are not here")
def test_a_real_page_gives_its_three_forms():
    document = read_html(REAL.read_bytes(), REAL.name)
    forms = tables(document)

    assert [(form.height, form.width) for form in forms] == [(18, 5), (26, 10), (4, 15)]
    figures = [[cell for cell in row if cell.column >= 3] for row in list(forms[1].rows())[3:]]
    assert [len(row) for row in figures] == [7] * 23
    assert_laws(document)


def test_a_page_that_shows_its_title_nowhere_has_it_from_its_window():
    body = "<p>一、总体情况</p><p>公开信息83条。</p><p>二、主动公开政府信息情况</p><p>无。</p>"
    title = "<title>\n云川县财政局2023年政府信息公开工作年度报告 - 云川县人民政府</title>"
    page = f"<html><head>{title}</head><body>{body}</body></html>"
    first, *_ = read_html(page.encode(), "a.html").text.splitlines()
    assert first.strip() == "云川县财政局2023年政府信息公开工作年度报告"
