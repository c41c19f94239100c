"""The Word reader: what the page shows, where it stands in the file, and what hostile files cannot do."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_files import (
    STRICT,
    STYLES,
    Heading,
    Merged,
    cell,
    docx,
    merged_table,
    paragraph,
    report_docx,
    row,
    run,
    table,
    text,
    zipped,
)

from linter import opc
from linter.model.document import Document, Paragraph, Table, Unreadable
from linter.readers.docx import read_docx

FORM = Path(__file__).parents[2] / "shared" / "reports" / "2021-form-blank.docx"


def read(body: str, **parts: str) -> Document:
    return read_docx(docx(body, **parts), "draft.docx")


def lines(document: Document) -> list[str]:
    return [
        document.text[block.span.start : block.span.end] for block in document.blocks if isinstance(block, Paragraph)
    ]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def grid(found: Table) -> list[tuple[int, int, int, int, str]]:
    return [(item.row, item.column, item.rows, item.columns, item.text) for item in found.cells]


def positions(found: Table) -> dict[tuple[int, int], str]:
    """What stands on each position of the grid, merged cells on all of theirs."""
    return {
        (item.row + down, item.column + right): item.text
        for item in found.cells
        for down in range(item.rows)
        for right in range(item.columns)
    }


def notices(document: Document) -> list[tuple[str, str | None, str]]:
    """Kind, the text it covers, and detail."""
    return [
        (item.kind, None if item.span is None else document.text[item.span.start : item.span.end], item.detail)
        for item in document.notices
    ]


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read_docx(data, "draft.docx")
    return caught.value.reason


def tracked(name: str, content: str, author: str = "王芳") -> str:
    return f'<w:{name} w:id="7" w:author="{author}" w:date="2024-01-02T00:00:00Z">{content}</w:{name}>'


def field(code: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return mark.format("begin") + code + mark.format("separate") + result + mark.format("end")


# --- text ------------------------------------------------------------------------------------------------------------


def test_paragraphs_and_tables_come_in_reading_order():
    document = read_docx(report_docx(["前言。", [["甲", "1"], ["乙", "2"]], "后语。"]), "青禾市.docx")

    assert document.text == "前言。\n甲\t1\n乙\t2\n后语。\n"
    assert [type(block).__name__ for block in document.blocks] == ["Paragraph", "Table", "Paragraph"]
    assert (document.name, document.format) == ("青禾市.docx", "docx")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            run("收到申请") + tracked("del", "<w:r><w:delText>12</w:delText></w:r>") + tracked("ins", run("15")),
            "收到申请15",
        ),
        (tracked("moveFrom", run("移走")) + run("留下"), "留下"),
        (tracked("moveTo", run("移来")) + run("。"), "移来。"),
        (tracked("ins", run("甲") + tracked("del", "<w:r><w:delText>乙</w:delText></w:r>")) + run("丙"), "甲丙"),
        ("<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>" + run("控件") + "</w:sdtContent></w:sdt>", "控件"),
        ('<w:hyperlink r:id="rId9">' + run("www.example.cn") + "</w:hyperlink>", "www.example.cn"),
        ('<w:smartTag w:uri="x" w:element="date">' + run("2023年") + "</w:smartTag>" + run("起"), "2023年起"),
        ('<w:fldSimple w:instr=" DATE ">' + run("1月2日") + "</w:fldSimple>", "1月2日"),
        (field("=SUM(ABOVE)", run("105")), "105"),
        (field("IF " + "x", run("甲")) + run("乙"), "甲乙"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + field("A", run("内")) + run("外"), ""),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:t>丙</w:t></w:r>", "甲\t乙-丙"),
        ('<w:r><w:sym w:font="Symbol" w:char="00D7"/></w:r>', "×"),
        ("<w:r><w:ruby><w:rt>" + run("yún") + "</w:rt><w:rubyBase>" + run("云") + "</w:rubyBase></w:ruby></w:r>", "云"),
        (run("明") + run("暗", "<w:vanish/>") + run("显", '<w:vanish w:val="0"/>'), "明显"),
        ("<w:r><w:t> 2 </w:t></w:r>" + run("件"), "2件"),
        (run("　　首行") + run(" 缩进"), "　　首行 缩进"),
        ("<w:unknown>" + run("未知元素里的字") + "</w:unknown>", "未知元素里的字"),
    ],
)
def test_a_paragraph_reads_as_the_page_shows_it(content, expected):
    assert read(paragraph(content) + text("。")).text == (f"{expected}\n" if expected else "") + "。\n"


def test_line_breaks_make_lines_and_those_at_the_ends_none():
    document = read(paragraph("<w:r><w:br/><w:t>一、总体情况</w:t><w:br/><w:br/><w:t>本年。</w:t><w:cr/></w:r>"))

    assert lines(document) == ["一、总体情况", "本年。"]
    assert document.origin(len("一、总体情况\n")).mark == 1


def test_a_deleted_paragraph_end_joins_two_paragraphs_and_only_the_last_counts_as_one():
    mark = f"<w:rPr>{tracked('del', '')}</w:rPr>"
    document = read(text("前半", mark) + text("后半") + text("完"))

    assert lines(document) == ["前半后半", "完"]
    assert [document.origin(offset).mark for offset in (0, 2, 5)] == [1, 2, 3]
    assert ("tracked-deletion", "", "王芳") in notices(document)


def test_a_field_left_open_hides_nothing_beyond_its_paragraph():
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'

    assert lines(read(paragraph(begin) + text("一、总体情况"))) == ["一、总体情况"]


def test_a_field_with_hidden_marks_still_begins_and_ends():
    mark = '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="{}"/></w:r>'
    body = mark.format("begin") + run("代码") + mark.format("separate") + run("结果") + mark.format("end") + run("其后")

    assert read(paragraph(body)).text == "结果其后\n"


def test_a_style_can_hide_its_paragraphs_and_a_run_can_show_itself():
    styles = '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="隐"/><w:rPr><w:vanish/></w:rPr></w:style>'
    shown = run("显", '<w:vanish w:val="0"/>')
    document = read(paragraph(run("隐") + shown, '<w:pStyle w:val="H"/>') + text("文"), styles=styles)

    assert lines(document) == ["显", "文"]


def test_an_automatic_table_of_contents_is_no_text_of_the_report():
    contents = field(' TOC \\o "1-3" ', run("一、总体情况\t1"))
    document = read(paragraph(contents) + text("一、总体情况"))

    assert [line for line in lines(document) if line] == ["一、总体情况"]
    assert [item.kind for item in document.notices] == ["table-of-contents"]


def test_a_text_box_follows_the_paragraph_that_anchors_it_and_is_read_once():
    box = f"<w:txbxContent>{text('框里')}{merged_table([['甲', '1']])}</w:txbxContent>"
    choice = (
        f'<mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><wps:txbx>{box}</wps:txbx></a:graphic></wp:anchor>'
    )
    drawing = (
        f"<w:r><mc:AlternateContent>{choice}</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox>"
    )
    document = read(
        paragraph(run("框外") + drawing + "</w:pict></mc:Fallback></mc:AlternateContent></w:r>") + text("其后")
    )

    assert document.text == "框外\n框里\n甲\t1\n其后\n"
    assert [document.origin(document.text.index(word)).mark for word in ("框外", "框里", "其后")] == [1, 2, 8]


# --- what is no text -------------------------------------------------------------------------------------------------


def test_changes_comments_and_hidden_text_are_told_with_place_and_author():
    comments = '<w:comment w:id="3" w:author="李强"><w:p/></w:comment>'
    document = read(
        paragraph(
            run("共")
            + tracked("ins", run("15"))
            + tracked("ins", run("件"))
            + tracked("del", "<w:r><w:delText>12</w:delText></w:r>", "赵敏")
            + '<w:commentRangeStart w:id="3"/>'
            + run("办结")
            + '<w:commentRangeEnd w:id="3"/><w:r><w:commentReference w:id="3"/></w:r>'
            + run("藏", "<w:vanish/>")
            + run("着", "<w:vanish/>")
            + run("。")
        ),
        comments=comments,
    )

    assert document.text == "共15件办结。\n"
    assert notices(document) == [
        ("tracked-insertion", "15件", "王芳"),
        ("tracked-deletion", "", "赵敏"),
        ("comment", "办结", "李强"),
        ("hidden-text", "", ""),
    ]


def test_pictures_and_embedded_files_are_told_where_they_stand():
    picture = '<w:r><w:drawing><wp:inline><a:graphic><a:blip r:embed="rId5"/></a:graphic></wp:inline></w:drawing></w:r>'
    sheet = '<w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'
    document = read(text("三、申请情况") + paragraph(picture) + paragraph(sheet) + text("四、"))

    assert [(item.kind, item.span.start if item.span else None, item.detail) for item in document.notices] == [
        ("image", 7, ""),
        ("embedded-file", 8, "Excel.Sheet.12"),
    ]


def test_a_sign_of_a_symbol_font_is_told_as_lost():
    document = read(paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run("予以公开")))

    assert (document.text, notices(document)) == ("予以公开\n", [("lost-characters", "", "1")])


def test_imported_chunks_and_footnotes_are_told():
    body = (
        text("甲") + '<w:altChunk r:id="rId7"/>' + paragraph('<w:r><w:footnoteReference w:id="1"/></w:r>' + run("乙"))
    )

    assert [item.kind for item in read(body).notices] == ["embedded-file", "footnote"]


# --- headings and numbers --------------------------------------------------------------------------------------------

LIST = (
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="Heading1"/>'
    '<w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:suff w:val="nothing"/>'
    '<w:lvlText w:val="%1.%4"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="4"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="5"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="6"/></w:lvlOverride></w:num>'
)


def numbered(words: str, level: int, instance: int = 4) -> str:
    return text(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{instance}"/></w:numPr>')


def test_automatic_numbers_are_written_out_as_word_counts_them():
    body = "".join(
        (
            numbered("总体情况", 0), numbered("主动公开", 1), numbered("依申请公开", 1),
            numbered("5万元", 2), numbered("次之", 2),
            numbered("主动公开情况", 0), numbered("又从一起", 1), numbered("法定", 3),
            numbered("另起", 0, 5), numbered("接着", 0, 5), numbered("不编号", 0, 0),
        )
    )  # fmt: skip

    assert lines(read(body, numbering=LIST)) == [
        "一、总体情况", "（一）主动公开", "（二）依申请公开", "1. 5万元", "2. 次之",
        "二、主动公开情况", "（一）又从一起", "2.1法定",
        "六、另起", "七、接着", "不编号",
    ]  # fmt: skip


def test_a_style_numbers_its_paragraphs_on_the_level_linked_to_it():
    linked = '<w:pPr><w:numPr><w:numId w:val="4"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>'
    styles = f'<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>{linked}</w:style>'
    derived = (
        '<w:style w:type="paragraph" w:styleId="My"><w:name w:val="我的标题"/><w:basedOn w:val="Heading1"/></w:style>'
    )
    document = read(
        text("总体情况", '<w:pStyle w:val="Heading1"/>')
        + text("主动公开", '<w:pStyle w:val="My"/>')
        + text("无", '<w:pStyle w:val="My"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
        styles=styles + derived,
        numbering=LIST,
    )

    assert lines(document) == ["一、总体情况", "二、主动公开", "无"]
    assert [block.level for block in document.blocks] == [1, 1, 1]


@pytest.mark.parametrize(
    ("form", "number", "written"),
    [
        ("chineseCounting", 10, "十"), ("chineseCounting", 11, "十一"), ("chineseCounting", 20, "二十"),
        ("chineseCounting", 102, "一百零二"), ("chineseCountingThousand", 110, "一百一十"),
        ("ideographDigital", 10, "一〇"), ("chineseLegalSimplified", 12, "壹拾贰"),
        ("decimalEnclosedCircleChinese", 3, "③"), ("decimalEnclosedCircle", 21, "21"),
        ("decimalFullWidth", 12, "１２"), ("ideographTraditional", 3, "丙"), ("upperLetter", 28, "BB"),
        ("lowerRoman", 14, "xiv"), ("decimalZero", 7, "07"), ("madeUp", 5, "5"), ("none", 5, ""),
    ],
)  # fmt: skip
def test_numbers_are_written_in_the_format_of_the_list(form, number, written):
    level = f'<w:lvl w:ilvl="0"><w:start w:val="{number}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="%1、"/></w:lvl>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num>'
    )

    assert read(numbered("情况", 0), numbering=numbering).text == f"{written}、情况\n"


def test_levels_come_from_styles_and_paragraphs_but_a_title_is_no_heading():
    document = read(
        text("云川县民政局2023年政府信息公开工作年度报告", '<w:pStyle w:val="Title"/>')
        + text("一、总体情况", '<w:pStyle w:val="Heading1"/>')
        + text("（一）主动公开", '<w:pStyle w:val="Heading2"/>')
        + text("直接", '<w:outlineLvl w:val="2"/>')
        + text("正文", '<w:pStyle w:val="Heading1"/><w:outlineLvl w:val="9"/>')
        + text("普通"),
        styles=STYLES,
    )

    assert [block.level for block in document.blocks] == [None, 1, 2, 3, None, None]


# --- tables ----------------------------------------------------------------------------------------------------------


def test_cells_merged_in_every_way_are_resolved():
    body = table(
        row(cell("甲", '<w:vMerge w:val="restart"/>'), cell("乙", '<w:gridSpan w:val="2"/>')),
        row(
            cell("", "<w:vMerge/>"), cell("1", '<w:hMerge w:val="restart"/>'), cell("", '<w:hMerge w:val="continue"/>')
        ),
        row(cell("2"), cell("3"), properties='<w:gridBefore w:val="1"/>'),
        "<w:sdt><w:sdtContent>"
        + row(cell("4"), cell("5"), properties='<w:gridAfter w:val="1"/>')
        + "</w:sdtContent></w:sdt>",
        columns=3,
    )
    (found,) = tables(read(body))

    assert grid(found) == [
        (0, 0, 2, 1, "甲"), (0, 1, 1, 2, "乙"),
        (1, 1, 1, 2, "1"),
        (2, 1, 1, 1, "2"), (2, 2, 1, 1, "3"),
        (3, 0, 1, 1, "4"), (3, 1, 1, 1, "5"),
    ]  # fmt: skip
    assert found.physical
    assert found.damage is None


def test_a_merge_that_continues_nothing_keeps_its_own_text():
    body = table(
        row(cell("甲"), cell("乙")),
        row(cell("丙", "<w:vMerge/>"), cell("丁")),
        row(cell("", "<w:vMerge/>"), cell("戊")),
    )

    assert grid(tables(read(body))[0])[2:] == [(1, 0, 2, 1, "丙"), (1, 1, 1, 1, "丁"), (2, 1, 1, 1, "戊")]


def test_a_merge_of_another_width_is_not_vouched_for():
    body = table(
        row(cell("甲", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'), cell("乙")),
        row(cell("丙", "<w:vMerge/>"), cell("1"), cell("2")),
    )
    (found,) = tables(read(body))

    assert found.damage == "broken-merge"
    assert {(item.row, item.column) for item in found.cells} == {(0, 0), (0, 2), (1, 0), (1, 1), (1, 2)}


def test_deleted_and_hidden_rows_and_deleted_cells_are_gone_and_told():
    gone = tracked("cellDel", "", "钱")
    body = table(
        row(cell("甲"), cell("1")),
        row(cell("乙"), cell("2"), properties=tracked("del", "")),
        row(cell("丙"), cell("9", gone), cell("3"), properties=tracked("ins", "")),
        row(cell(paragraph(run("藏", "<w:vanish/>"))), cell(paragraph("")), properties="<w:hidden/>"),
    )
    document = read(body)

    assert [item.text for item in tables(document)[0].cells] == ["甲", "1", "丙", "3"]
    assert notices(document) == [
        ("tracked-deletion", None, "王芳"),
        ("tracked-insertion", None, "王芳"),
        ("tracked-deletion", None, "钱"),
    ]
    last = document.origin(document.text.index("3"))
    assert (last.table, last.row, last.cell, last.mark) == (1, 3, 3, 7)


def test_a_nested_table_follows_the_table_it_stands_in():
    inner = merged_table([["内", "1"]])
    document = read(table(row(cell(text("外") + inner + "<w:p/>"), cell("2"))) + text("后"))

    assert document.text == "外\t2\n内\t1\n后\n"
    assert [document.origin(document.text.index(word)).table for word in ("外", "内")] == [1, 2]


def test_a_table_that_only_frames_the_page_is_read_as_text():
    inner = merged_table([["甲", "1"], ["乙", "2"]])
    document = read(table(row(cell(text("一、总体情况"))), row(cell(text("二、主动公开") + inner + "<w:p/>"))))

    assert [type(block).__name__ for block in document.blocks] == ["Paragraph", "Paragraph", "Table"]
    where = document.origin(document.text.index("二、"))
    assert (where.table, where.row, where.cell, where.mark) == (1, 2, 1, 2)


def test_every_cell_knows_its_place_even_a_blank_one():
    document = read(text("前") + merged_table([["甲", "", "1"], ["", "乙", ""]]))
    (found,) = tables(document)

    origins = [document.origin(item.span.start) for item in found.cells]
    assert [(where.row, where.cell, where.mark) for where in origins] == [
        (1, 1, 2), (1, 2, 3), (1, 3, 4), (2, 1, 5), (2, 2, 6), (2, 3, 7),
    ]  # fmt: skip


def test_blank_paragraphs_at_the_ends_of_a_cell_are_dropped_and_inner_lines_kept():
    body = table(row(cell("<w:p/>" + text("结果") + text("维持") + "<w:p/>"), cell("1")))

    assert grid(tables(read(body))[0]) == [(0, 0, 1, 1, "结果\n维持"), (0, 1, 1, 1, "1")]


@st.composite
def layouts(draw):
    """A table as HTML rows, and its cells as the reader should find them."""
    height, width = draw(st.integers(1, 5)), draw(st.integers(2, 5))
    free = {(line, column) for line in range(height) for column in range(width)}
    rows, expected = [[] for _ in range(height)], []
    for line in range(height):
        for column in range(width):
            if (line, column) not in free:
                continue
            right = draw(st.integers(1, width - column))
            while not all((line, column + step) in free for step in range(right)):
                right -= 1
            down = draw(st.integers(1, height - line))
            free -= {(line + step, column + side) for step in range(down) for side in range(right)}
            words = draw(st.text("零一0/—", max_size=3))
            rows[line].append(Merged(words, down, right))
            expected.append((line, column, down, right, words))
    return rows, sorted(expected)


@given(layouts())
@settings(deadline=None, max_examples=60)
def test_any_layout_of_merged_cells_comes_back(layout):
    """The grid as written; in each cell the text of its span; the same grid as another program sees."""
    rows, expected = layout
    data = report_docx([Heading("一、"), rows])
    document = read_docx(data, "draft.docx")
    if len(expected) == 1:
        assert document.text == "一、\n" + (f"{expected[0][4]}\n" if expected[0][4] else "")
        return
    (found,) = tables(document)

    assert grid(found) == expected
    assert all(document.text[item.span.start : item.span.end] == item.text for item in found.cells)
    other = python_docx.Document(io.BytesIO(data)).tables[0]
    theirs = {
        (line, column): other_cell.text
        for line, cells in enumerate(other.rows)
        for column, other_cell in enumerate(cells.cells)
    }
    assert positions(found) == theirs


@given(st.lists(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=12), max_size=6))
@settings(deadline=None, max_examples=60)
def test_paragraphs_and_segments_keep_the_laws_of_documents(words):
    document = read_docx(report_docx(words), "draft.docx")

    assert lines(document) == [line for line in words if line.strip()]
    assert [segment.start for segment in document.segments] == sorted({segment.start for segment in document.segments})
    assert not document.text or document.segments[0].start == 0


# --- files -----------------------------------------------------------------------------------------------------------


def test_strict_documents_read_alike():
    body = text("一、", '<w:outlineLvl w:val="0"/>') + merged_table([["甲", "1"]])

    strict, usual = read(body, namespace=STRICT), read(body)
    assert (strict.text, strict.blocks) == (usual.text, usual.blocks)


def test_a_part_in_utf_16_is_read():
    data = docx("")
    part = docx_part(data, "word/document.xml").replace(b"<w:body>", f"<w:body>{text('甲')}".encode())
    wide = part.decode().replace("UTF-8", "UTF-16").encode("utf-16")

    assert read_docx(changed(data, {"word/document.xml": wide}), "x").text == "甲\n"


def test_the_document_part_is_found_by_its_link():
    data = docx(text("甲"))
    moved = {name.replace("document.xml", "document2.xml"): docx_part(data, name) for name in names(data)}
    moved["_rels/.rels"] = moved["_rels/.rels"].replace(b"document.xml", b"document2.xml")

    assert read_docx(zipped(moved), "x").text == "甲\n"


def names(data: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(data)).namelist()


def docx_part(data: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(data)).read(name)


def changed(data: bytes, parts: dict[str, bytes]) -> bytes:
    return zipped({name: docx_part(data, name) for name in names(data)} | parts)


def with_document(part: bytes) -> bytes:
    return changed(docx(""), {"word/document.xml": part})


def test_files_that_are_no_word_documents_are_refused_with_the_reason():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)

    assert refusal(b"just text") == "not-a-zip"
    assert refusal(b"") == "not-a-zip"
    assert refusal(ole) == "not-a-zip"
    assert refusal(ole + "EncryptedPackage".encode("utf-16-le")) == "encrypted"
    assert refusal(zipped({"xl/workbook.xml": b"<x/>"})) == "not-word"
    assert refusal(with_document(b"<x/>")) == "not-word"
    assert refusal(with_document(b"<w:document xmlns:w='urn:other'><w:body/></w:document>")) == "not-word"


def test_a_part_under_a_password_is_refused():
    data = bytearray(docx(text("甲")))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := data.find(signature, start + 1)) >= 0:
            data[start + at] |= 1

    assert refusal(bytes(data)) == "encrypted"


def test_dtds_are_refused_in_every_encoding_and_in_every_part():
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><w>&b;</w>'
    outside = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w>&a;</w>'

    for attack in (bomb, outside):
        assert refusal(with_document(attack.encode())) == "dtd"
        assert refusal(with_document(attack.encode("utf-16"))) == "dtd"
        assert refusal(changed(docx("", styles=STYLES), {"word/styles.xml": attack.encode()})) == "dtd"
        assert refusal(changed(docx(""), {"_rels/.rels": attack.encode()})) == "dtd"


def test_bombs_are_refused_before_they_go_off():
    assert refusal(changed(docx(""), {"word/media/big.bin": bytes(80 << 20)})) == "zip-bomb"
    assert refusal(changed(docx(""), {"word/document.xml": b"<w>" + b" " * (20 << 20) + b"</w>"})) == "zip-bomb"


def test_a_member_that_understates_its_size_is_refused():
    data = docx(text("甲" * 1000))
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1) + 1)
    assert data[at + 46 :].startswith(b"word/document.xml")

    assert refusal(data[: at + 24] + struct.pack("<I", 100) + data[at + 28 :]) == "damaged"


def test_limits_on_size_and_number_hold(monkeypatch):
    monkeypatch.setattr(opc, "PART_LIMIT", 5_000)
    assert refusal(docx(text("甲" * 5_000))) == "too-large"
    monkeypatch.setattr(opc, "PART_LIMIT", 1 << 20)
    monkeypatch.setattr(opc, "TOTAL_LIMIT", 10_000)
    assert refusal(docx(text("甲" * 5_000))) == "too-large"
    monkeypatch.setattr(opc, "TOTAL_LIMIT", 1 << 20)
    monkeypatch.setattr(opc, "MEMBER_LIMIT", 3)
    assert refusal(docx("")) == "too-large"
    monkeypatch.setattr(opc, "MEMBER_LIMIT", 30)
    monkeypatch.setattr(opc, "MARK_LIMIT", 100)
    assert refusal(docx("<w:p/>" * 100)) == "too-large"


def test_more_cells_than_any_report_has_are_refused():
    wide = row(*["<w:tc><w:p/></w:tc>"] * 500)

    assert refusal(docx(table(*[wide] * 220))) == "too-large"


def test_text_as_deep_as_the_limit_is_read():
    assert read(paragraph("<w:ins>" * 190 + run("甲") + "</w:ins>" * 190)).text == "甲\n"


def test_a_namespace_longer_than_any_is_refused():
    part = docx_part(docx(""), "word/document.xml").replace(b"<w:body>", b'<w:body xmlns:x = "' + b"u" * 300 + b'">')

    assert refusal(with_document(part)) == "damaged"


@pytest.mark.parametrize("depth", [300, 80_000])
@pytest.mark.parametrize("tag", ["w:tbl><w:tr><w:tc", "w:sdt><w:sdtContent", "w:ins", "x", "w:p><w:r"])
def test_deep_nesting_is_refused_and_never_a_recursion_error(tag, depth):
    closing = "".join(f"</{name}>" for name in reversed(tag.split("><")))

    data = docx(f"<{tag}>" * depth + closing * depth)
    members = {name: docx_part(data, name) for name in names(data)}

    assert refusal(zipped(members, zipfile.ZIP_STORED)) == "damaged"


def test_tables_nested_as_deep_as_the_limit_are_read():
    body = "<w:p/>"
    for _ in range(60):
        body = f"<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc>{body}<w:p/></w:tc></w:tr></w:tbl>"

    assert len(tables(read(body))) == 60


@pytest.mark.parametrize(
    "columns", ["1000000", "-3", "two", "9" * 5000, "½", ""],
)  # fmt: skip
def test_impossible_spans_are_bounded_and_the_table_not_vouched_for(columns):
    span = f'<w:gridSpan w:val="{columns}"/>'
    (found,) = tables(read(table(row(cell("甲", span), cell("1")), row(cell("乙"), cell("2")))))

    assert found.damage == "broken-merge"
    assert found.width <= 300
    assert [item.text for item in found.cells] == ["甲", "1", "乙", "2"]


def test_a_row_wider_than_any_table_is_cut():
    (found,) = tables(read(table(row(*[cell("1", '<w:gridSpan w:val="200"/>')] * 50), row(cell("甲")))))

    assert found.damage == "broken-merge"
    assert found.width <= 1300


def test_members_of_one_name_and_names_that_climb_are_harmless():
    buffer = io.BytesIO(docx(text("甲")))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("../../word/document.xml", "<x/>")
        archive.writestr("/etc/passwd", "x")
    assert read_docx(buffer.getvalue(), "x").text == "甲\n"
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("WORD/Document.xml", "<x/>")
    assert refusal(buffer.getvalue()) == "damaged"


def test_what_lies_outside_the_file_is_not_followed():
    links = docx_part(docx("", styles=STYLES), "word/_rels/document.xml.rels")
    outside = links.replace(b'Target="styles.xml"', b'Target="file:///etc/passwd" TargetMode="External"')

    assert (
        read_docx(changed(docx(text("甲"), styles=STYLES), {"word/_rels/document.xml.rels": outside}), "x").text
        == "甲\n"
    )


def test_other_compressions_than_deflate_are_refused():
    members = {name: docx_part(docx(""), name) for name in names(docx(""))}

    assert refusal(zipped(members, zipfile.ZIP_LZMA)) == "damaged"


def read_or_reason(data: bytes) -> str:
    try:
        return read_docx(data, "x").format
    except Unreadable as refused:
        return refused.reason


@given(st.data())
@settings(deadline=None, max_examples=150)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(data):
    """Cut anywhere, or with bytes changed anywhere: `Unreadable` is all that may escape."""
    whole = report_docx([Heading("一、"), "正文。", [["甲", Merged("乙", 1, 2)], ["1", "2", "3"]]])
    cut = data.draw(st.integers(0, len(whole)))
    spoilt = bytearray(whole[: cut if data.draw(st.booleans()) else len(whole)])
    for _ in range(data.draw(st.integers(0, 4)) if spoilt else 0):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    outcome = read_or_reason(bytes(spoilt))
    assert outcome in {"docx", "not-a-zip", "encrypted", "zip-bomb", "dtd", "damaged", "not-word", "too-large"}


@pytest.mark.skipif(not FORM.exists(), reason="the real form is not here")
def test_the_official_blank_form_has_its_three_tables():
    document = read_docx(FORM.read_bytes(), FORM.name)
    shapes = [(found.height, found.width, len(found.cells), found.damage) for found in tables(document)]

    assert shapes == [(14, 4, 30, None), (28, 10, 215, None), (4, 15, 34, None)]
    assert not document.notices
    for found, other in zip(tables(document), python_docx.Document(str(FORM)).tables, strict=True):
        theirs = {
            (line, column): other_cell.text.strip("\n")
            for line, cells in enumerate(other.rows)
            for column, other_cell in enumerate(cells.cells)
        }
        assert positions(found) == theirs
