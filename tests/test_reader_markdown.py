"""Markdown: the text that is read on the page, each piece at its line and column of the source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import tables, words
from test_reader_text import assert_lawful, shown

from linter.model.document import Origin, Paragraph, Table, Unreadable
from linter.readers.markdown import read_markdown
from linter.readers.text import read_text
from linter.text.views import INVISIBLE


def read(text):
    return read_markdown(text.encode(), "a.md")


def levels(document):
    return [block.level for block in document.blocks if isinstance(block, Paragraph)]


def notices(document):
    """Kind, text at the place, detail."""
    return [
        (notice.kind, notice.span and document.text[notice.span.start : notice.span.end], notice.detail)
        for notice in document.notices
    ]


@pytest.mark.parametrize(
    ("source", "text", "level"),
    [
        ("# 云川县", "云川县", 1),
        ("##一、总体情况", "一、总体情况", 2),
        ("### 一、总体情况 ###", "一、总体情况", 3),
        ("   ###### **六**", "六", 6),
        ("云川县\n===", "云川县", 1),
        ("一、总体情况\n---", "一、总体情况", 2),
        ("#2024 号", "#2024 号", None),
        ("####### 七", "####### 七", None),
    ],
)
def test_headings(source, text, level):
    document = read(source)
    assert (shown(document), levels(document)) == ([text], [level])


def test_a_rule_under_a_wrapped_paragraph_makes_no_heading():
    assert levels(read("主动公开信息\n120条。\n---\n下一段")) == [None, None, None]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**三是：**加强*领导*", "三是：加强领导"),
        ("__粗__ ~~删~~ `码`", "粗 删 码"),
        ("***粗斜***，**`二`**", "粗斜，二"),
        ("[《条例》](http://a.cn/b_(c) '题')规定", "《条例》规定"),
        ("见<http://a.cn/>、<a@b.cn>", "见http://a.cn/、a@b.cn"),
        ("一<br/>二<span class='x'>三</span>", "一\n二三"),
        ("\\*号\\#和\\\\", "*号#和\\"),
        ("1&nbsp;000&lt;2&#21495;", "1\xa0000<2号"),
        ("- 第一项", "第一项"),
        ("* [x] 第二项", "第二项"),
        ("1. 加强领导", "1. 加强领导"),
        ("> > 引文", "引文"),
        ("硬换行\\", "硬换行"),
        ("文字<!-- 说明 -->继续", "文字继续"),
        ("138****1234、139****5678", "138****1234、139****5678"),
        ("file_name_x 与 2*3*4", "file_name_x 与 2*3*4"),
        ("*号为必填，*为选填", "*号为必填，*为选填"),
        ("**未闭合", "**未闭合"),
        ("《<办法>解读》，1 < 2 > 0", "《<办法>解读》，1 < 2 > 0"),
        ("〔2023〕5号[注]", "〔2023〕5号[注]"),
        ("____年__月", "____年__月"),
    ],
)
def test_marks_are_left_out_and_text_is_not(source, text):
    assert shown(read(source)) == [text]


@pytest.mark.parametrize(
    "source", ["---", "* * *", "___", "```python", "~~~", "[1]: http://a.cn/", "<!-- 无 -->", "##", "-"]
)
def test_what_shows_nothing_is_no_block(source):
    assert shown(read(f"前\n\n{source}\n\n后")) in (["前", "后"], ["前", source, "后"])
    assert (source == "-") == (len(read(f"前\n\n{source}\n\n后").blocks) == 3)


def test_every_line_is_a_paragraph_of_its_own():
    assert shown(read("（一）总体\n主动公开\n（二）申请")) == ["（一）总体", "主动公开", "（二）申请"]


def test_metadata_before_the_text_is_left_out():
    assert shown(read("---\ntitle: 报告\ntags:\n  - a\n---\n# 云川县")) == ["云川县"]
    assert shown(read("---\n云川县\n\n---\n后")) == ["云川县", "后"]


@pytest.mark.parametrize(
    "source",
    [
        "| 信息内容 | 本年制发 |\n| --- | :-: |\n| 规章 | 0 |\n| 许可 |  |",
        "信息内容 | 本年制发\n:-- | --:\n规章 | 0\n许可 | |",
        "| 信息内容 | 本年制发 |\n| 规章 | 0 |\n| 许可 | |",
        "> | **信息内容** | 本年<b>制发</b> |\n> |---|---|\n> | 规章 | 0 |\n> | 许可 ||",
    ],
)
def test_tables_of_pipes(source):
    document = read(f"前\n\n{source}\n\n后")
    assert shown(document) == ["前", [["信息内容", "本年制发"], ["规章", "0"], ["许可", ""]], "后"]
    assert document.blocks[1].physical


def test_pipes_and_line_ends_inside_cells():
    assert shown(read(r"| 甲 \| 乙 | 三、本年度<br>办理结果 |" + "\n|-|-|")) == [[["甲 | 乙", "三、本年度\n办理结果"]]]


def test_tables_of_html_keep_their_merged_cells():
    source = "<table>\n<tr><td rowspan=2>办理<br>结果</td><td>予以<!-- 丙 -->公开</td>\n<td>**12**</td></tr>\n"
    document = read(f"## 三\n\n{source}<tr><td>不予公开</td><td></td></tr>\n</table>\n\n后")
    assert shown(document) == ["三", [["办理\n结果", "予以公开", "**12**"], ["不予公开", ""]], "后"]
    table = document.blocks[1]
    assert [(cell.rows, cell.row, cell.column) for cell in table.cells][:2] == [(2, 0, 0), (1, 0, 1)]
    assert document.origin(document.text.index("不予")) == Origin(line=6, column=9)
    assert notices(document) == [("directive", document.text[table.span.start : table.span.end], "丙")]


def test_a_table_of_html_that_does_not_end_is_read_line_by_line():
    assert shown(read("前\n<table>\n后"))[0] == "前"
    assert shown(read("前\n<table>\n后"))[-1] == "后"


def test_lines_with_tabs_are_read_as_in_text():
    source = "规章\t0\t4\n\n\t1.其他\t0\n"
    assert shown(read(f"## 二\n\n{source}\n### 三")) == ["二", *shown(read_text(source.encode(), "a.txt")), "三"]


def test_comments_speak_of_the_block_they_stand_in_or_else_of_the_next():
    document = read("<!-- 甲 -->\n# 题\n\n<!--\n乙\n-->\n\n| a | b |\n|---|---|\n文 <!-- 丙 -->\n后\n<!-- 丁 -->")
    assert notices(document) == [
        ("directive", "题", "甲"),
        ("directive", "a\tb", "乙"),
        ("directive", "文", "丙"),
        ("directive", None, "丁"),
    ]


def test_a_comment_that_does_not_end_is_text():
    assert shown(read("前<!-- 后\n文")) == ["前<!-- 后", "文"]


def test_pictures_are_told_behind_what_stands_before_them():
    document = read("## 二\n\n![统计表](a.png)\n\n<img src=b.png>\n\n文")
    end = document.blocks[0].span.end
    assert [(notice.kind, notice.span.start, notice.detail) for notice in document.notices] == [
        ("image", end, "统计表"),
        ("image", end, ""),
    ]
    assert shown(document) == ["二", "文"]


def test_origins_are_those_of_the_source():
    document = read("# 题\n\n> - **三是**：[条例](u)规定\n\n| a | **b** |\n|---|---|\n")
    places = {char: document.origin(document.text.index(char)) for char in "题三：条规ab"}
    assert places == {
        "题": Origin(line=1, column=3), "三": Origin(line=3, column=7), "：": Origin(line=3, column=11),
        "条": Origin(line=3, column=13), "规": Origin(line=3, column=19), "a": Origin(line=5, column=3),
        "b": Origin(line=5, column=9),
    }  # fmt: skip


@given(st.text("一二。#*_`~[]()<>!|\\-=+.:&;nbsp1a \t\u3000\n", max_size=80))
def test_any_text_is_a_lawful_document_that_leads_back_to_its_source(text):
    try:
        document = read(text)
    except Unreadable:
        return
    assert_lawful(document)
    source = text.split("\n")
    for block in document.blocks:
        for offset in range(block.span.start, block.span.end):
            origin = document.origin(offset)
            if document.text[offset] not in INVISIBLE + "<>":
                assert source[origin.line - 1][origin.column - 1] in (document.text[offset], "&")


@given(st.lists(words, min_size=1), tables)
def test_plain_chinese_and_tables_come_back_as_written(paragraphs, rows):
    piped = "\n".join("| " + " | ".join(row) + " |" for row in [rows[0], ["---"] * len(rows[0]), *rows[1:]])
    document = read("\n\n".join([*paragraphs, piped]))
    assert shown(document) == [*paragraphs, rows]
    assert isinstance(document.blocks[-1], Table)
