"""Lines become a section tree, whatever numbers, wraps and web pages do to them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from drafts import LAYOUTS, PROSE, SECTIONS, YEARS, compose, draft, drawings, edition, figures, recognised
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import lines

from linter.editions import load_editions
from linter.model.outline import Outline
from linter.model.report import AgencyKind, Report
from linter.parsing.outline import outline
from linter.parsing.titles import Titles, bare
from linter.readers import read
from linter.recognise.sections import titles_of

NUMBERS = "一二三四五六"
NAMES = [section[2:] for section in SECTIONS]
FIGURES = figures("2021")
TITLE = "云川县财政局2023年政府信息公开工作年度报告"
BODY = draft("2021").split("\n", 1)[1]
TITLES = titles_of(load_editions())


def of(text: str, suffix: str = "txt", titles: Titles | None = None) -> Outline:
    return outline(read(text.encode(), f"draft.{suffix}"), titles or Titles({}))


def report(headings: list[str], layout: str = "tabbed") -> Report:
    forms = {form: LAYOUTS[layout](drawn) for form, drawn in drawings("2021", FIGURES).items()}
    return recognised(compose("2021", forms, layout, headings), {"markdown": "md", "html": "html"}.get(layout, "txt"))


def assert_whole(found: Report) -> None:
    """The six sections in order, each with its content, and every figure."""
    assert list(found.sections) == [section.id for section in edition("2021").sections]
    for section in found.sections.values():
        assert any(section.passages()) or any(section.tables())
    assert all(found.cell(path).text.strip() == text for path, text in FIGURES.items())


HEADINGS: dict[str, Callable[[int, str], str]] = {
    "numbered": lambda n, name: f"{NUMBERS[n]}、{name}",
    "parts": lambda n, name: f"第{NUMBERS[n]}部分 {name}",
    "parts with colon": lambda n, name: f"第{NUMBERS[n]}部分：{name}",
    "chapters": lambda n, name: f"第{NUMBERS[n]}章　{name}",
    "blanks around the comma": lambda n, name: f"{NUMBERS[n]} 、 {name}",
    "dot": lambda n, name: f"{NUMBERS[n]}.{name}",
    "blank for a comma": lambda n, name: f"{NUMBERS[n]} {name}",
    "brackets": lambda n, name: f"（{NUMBERS[n]}）{name}",
    "Arabic": lambda n, name: f"{n + 1}.{name}",
    "Arabic with comma": lambda n, name: f"{n + 1}、{name}",
    "stray |": lambda n, name: f"|{NUMBERS[n]}、{name}",
    "stray 丨": lambda n, name: f"丨 {NUMBERS[n]}、{name}",
    "stray l": lambda n, name: f"l {NUMBERS[n]}、{name}",
    "stray 1": lambda n, name: f"1{NUMBERS[n]}、{name}",
    "zero width": lambda n, name: f"\u200b{NUMBERS[n]}\u200b、{name}",
    "letters apart": lambda n, name: " ".join(f"{NUMBERS[n]}、{name}"),
    "no number": lambda _, name: name,
    "colon": lambda n, name: f"{NUMBERS[n]}、{name}：",
    "year": lambda n, name: f"{NUMBERS[n]}、2023年{name}" if n in (0, 4) else f"{NUMBERS[n]}、{name}",
    "longer title": lambda n, name: f"{NUMBERS[n]}、政府信息公开工作{name}" if n in (0, 4) else f"{NUMBERS[n]}、{name}",
    "note": lambda n, name: f"{NUMBERS[n]}、{name}（没有的填无）",
    "prose behind a stop": lambda n, name: f"{NUMBERS[n]}、{name}" + (f"。{PROSE[n]}" if PROSE[n] else ""),
    "prose behind a blank": lambda n, name: f"{NUMBERS[n]}、{name} {PROSE[n]}",
    "prose right behind": lambda n, name: f"{NUMBERS[n]}、{name}{PROSE[n]}",
    "wrapped": lambda n, name: f"{NUMBERS[n]}、" + name.replace("、行", "、\n行").replace("申请情", "申\n请情"),
    "one number twice": lambda n, name: f"{NUMBERS[max(n - 1, 0)]}、{name}",
    "miswritten": lambda n, name: f"{NUMBERS[n]}、" + name.replace("复议", "法复议").replace("政府信息情", "府信息情"),
}  # fmt: skip


@pytest.mark.parametrize("layout", ["tabbed", "spaced", "one-per-line"])
@pytest.mark.parametrize("name", HEADINGS)
def test_headings_are_found_however_they_are_written(name, layout):
    assert_whole(report([HEADINGS[name](n, heading) for n, heading in enumerate(NAMES)], layout))


@pytest.mark.parametrize("mark", ["## {}", "## 一、{}", "#### {}", "**{}**"])
def test_headings_of_markdown(mark):
    headings = [mark.replace("一", NUMBERS[n]).format(name) for n, name in enumerate(NAMES)]
    assert_whole(report(headings, "markdown"))


def test_headings_of_html_need_no_number():
    text = draft("2021", "html")
    for heading in SECTIONS:
        text = text.replace(f"<p>{heading}</p>", f"<h2>{heading[2:]}</h2>")
    assert_whole(recognised(text, "html"))


TOPICS = [
    ("主动公开", "公开一百条。"),
    ("依申请公开", "规范办理。"),
    ("信息管理", "加强。"),
    ("平台建设", "建设。"),
    ("监督保障", "落实。"),
]


@pytest.mark.parametrize("first", [1, 2])
def test_topics_numbered_like_chapters_belong_to_their_section(first):
    """Some number the topics of 总体情况 一、二、… or 二、…六、 on the level of the six sections."""
    numbers = NUMBERS[first - 1 :]
    topics = [f"{numbers[n]}、{name}\n{text}" for n, (name, text) in enumerate(TOPICS)]
    found = report([f"{SECTIONS[0]}\n" + "\n".join(topics), *SECTIONS[1:]])
    assert_whole(found)
    children = found.sections["overview"].children
    assert [child.heading.text for child in children] == [name for name, _ in TOPICS]


def test_topics_in_brackets_points_and_prose():
    found = report(
        [
            "一、总体情况\n（一）主动公开情况。公开信息。\n（二）依申请公开\n1.收到申请3件。\n（1）均已办理。\n一是及时。",
            *SECTIONS[1:],
        ]
    )
    parts = found.sections["overview"].children
    assert [(part.heading.ordinal, part.heading.text, part.heading.run_in) for part in parts] == [
        (1, "主动公开情况", True),
        (2, "依申请公开", False),
    ]
    (item,) = parts[1].children
    assert item.heading.level == 3
    assert [child.heading.level for child in item.children] == [4]


def test_a_report_whose_headings_were_lost_still_has_its_forms():
    found = report([""] * 6)
    assert not found.sections
    assert len(found.forms) == 3


# Title, cover, contents -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cover",
    [
        TITLE,
        "云川县财政局\n2023年政府信息公开工作年度报告",
        "云川县财政局\n2023年\n政府信息公开工作年度报告",
        "云川县财政局2023年\n政府信息公开工作\n年度报告",
        "云川县财政局2023年政府信息公\n开工作年度报告",
        "2023年云川县财政局政府信息公开工作年度报告",
        "云川县财政局二〇二三年政府信息公开工作年度报告",
        "云川县财政局二○二三年度政府信息公开工作年度报告",
        "云川县财政局 2023 年政府信息公开工作年度报告",
        "云川县财政局关于2023年政府信息公开工作的年度报告",
        "云川县财政局2023年度政府信息公开年报",
        "云川县财政局2023年政务公开工作年度报告",
        "《云川县财政局2023年政府信息公开工作年度报告》",
        "云川县财政局政府信息公开工作年度报告（2023年）",
        "2023年度政府信息公开工作年度报告\n云川县财政局",
        f"首页 > 政府信息公开 > 政府信息公开年报\n发布时间：2024-01-20 来源：云川县财政局 浏览次数：35\n{TITLE}",
        f"政府信息公开指南\n政府信息公开年报\n依申请公开\n{TITLE}",
        f"名    称：{TITLE}\n发布机构：云川县财政局\n{TITLE}\n发布日期：2024-01-20",
        f"{TITLE}\n（2024年1月20日）",
        f"{TITLE}\n云川县财政局\n2024年1月20日",
        "云川县财政局\n\n2023年政府信息公开工作年度报告\n\n二〇二四年一月\n\f",
        f"标题\n{TITLE}\n正文",
        f"附件：年报.docx\n{TITLE}",
        f"{TITLE}\n附件：\n1.年报.pdf",
        TITLE + "\n目  录\n" + "\n".join(f"{section}…………{n}" for n, section in enumerate(SECTIONS, 1)),
        TITLE + "\n目录\n" + "\n".join(f"{section}      {n}" for n, section in enumerate(SECTIONS, 1)),
        TITLE + "\n目录\n" + "\n".join(SECTIONS),
    ],
)  # fmt: skip
def test_agency_and_year_stand_on_the_cover(cover):
    found = recognised(f"{cover}\n{BODY}")
    assert (found.publisher.name, found.year) == ("云川县财政局", 2023)
    assert found.publisher.span is not None
    assert_whole(found)


def test_a_web_page_s_first_attachment_does_not_end_the_report():
    found = of(f"{TITLE}\n附件：1.报告.pdf\n一、总体情况\n有进展。")
    assert not found.annexes
    assert [section.heading.text for section in found.sections] == ["总体情况"]


# The end ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "signed"),
    [
        ("云川县财政局\n2024年1月20日", ["云川县财政局", "2024年1月20日"]),
        ("云川县财政局\n二〇二四年一月二十日", ["云川县财政局", "二〇二四年一月二十日"]),
        ("云川县财政局　2024年1月20日", ["云川县财政局2024年1月20日"]),
        ("2024年1月20日", ["2024年1月20日"]),
        ("附件：1.统计表\n云川县财政局\n2024年1月20日", ["云川县财政局", "2024年1月20日"]),
    ],
)
def test_publisher_and_date_sign_the_report(end, signed):
    found = recognised(f"{TITLE}\n{BODY}\n{end}")
    assert [line.text for line in found.outline.signoff] == signed
    assert found.issued is not None
    assert str(found.issued.date) == "2024-01-20"


def test_what_follows_the_word_annex_is_the_annex():
    found = of(f"{TITLE}\n一、概述\n有进展。\n附件：统计表\n一、说明\n见表。")
    assert [section.heading.text for section in found.sections] == ["概述"]
    assert [[block.text for block in annex] for annex in found.annexes] == [["附件：统计表", "一、说明", "见表。"]]


# Wrapped text -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["- 1 -", "－2－", "— 3 —", "第 4 页", "第 1 页 共 6 页", "3/6", "-5-"])
def test_lines_wrapped_at_a_width_become_paragraphs_without_page_numbers(number):
    prose = (
        "本年度机关认真做好政府信息公开各项工作主动公开信息一百二十条依申请公开工作规范有序平台建设稳步推进" * 6 + "。"
    )
    wrapped = [prose[start : start + 30] for start in range(0, len(prose), 30)]
    wrapped[4:4] = [number]
    found = of("\n".join([TITLE, "一、总体情况", *wrapped, "二、主动公开情况", "公开。"]))
    assert [block.text for block in found.sections[0].blocks] == [prose]


def test_a_title_that_fills_its_line_does_not_go_on_in_the_prose_below():
    title = "一、因政府信息公开工作被申请行政复议、提起行政诉讼的情况"
    prose = "全年因政府信息公开被申请行政复议零件提起行政诉讼零件均" * 8 + "。"
    wrapped = [prose[start : start + 28] for start in range(0, len(prose), 28)]
    found = of("\n".join([TITLE, title, *wrapped]), titles=Titles({bare(title[2:]): "litigation"}))
    (section,) = found.sections
    assert section.heading.text == title[2:]
    assert [block.text for block in section.blocks] == [prose]


def test_a_heading_without_a_blank_before_its_prose_is_known_by_its_title():
    found = of("一、总体情况本年度，工作有序开展，各项任务完成。", titles=Titles({"总体情况": "overview"}))
    (section,) = found.sections
    assert (section.heading.text, section.heading.run_in) == ("总体情况", True)
    assert section.heading.rest == "本年度，工作有序开展，各项任务完成。"


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("一、总体情况：无。", "无。"),
        ("一、总体情况。公开信息。", "公开信息。"),
        ("一、总体情况。", ""),
        ("一、" + "情况" * 30, ""),
    ],
)
def test_the_prose_behind_a_heading_is_told_from_its_mark(line, rest):
    (section,) = of(line, titles=Titles({"总体情况": "overview"})).sections
    assert section.heading.rest == rest


# Laws -------------------------------------------------------------------------------------------------------------


@given(lines, st.sampled_from(["txt", "md"]))
@settings(max_examples=150, deadline=None)
def test_any_lines_are_an_outline_whose_passages_point_to_their_text(parts, suffix):
    text = "\n".join(["云川县2023年政府信息公开工作年度报告", *parts])
    document = read(text.encode(), f"draft.{suffix}")
    found = outline(document)
    for passage in found.passages():
        whole = passage.span()
        assert 0 <= whole.start <= whole.end <= len(document.text)
        assert len(passage.offsets) == len(passage.text) + 1


@given(st.permutations(range(6)))
@settings(max_examples=20, deadline=None)
def test_sections_are_found_in_any_order(order):
    text = [TITLE] + [line for n in order for line in (f"{NUMBERS[n]}、{NAMES[n]}", f"第{n}项工作已完成。")]
    found = recognised("\n".join(text))
    ids = [section.id for section in edition("2021").sections]
    assert list(found.sections) == [ids[n] for n in order]


def test_the_year_of_a_draft_is_not_taken_from_elsewhere():
    found = recognised(re.sub("2023年政府", "政府", f"{TITLE}\n{BODY}"))
    assert found.year is None
    assert YEARS["2021"] == 2023


def test_two_wide_blanks_begin_a_paragraph():
    text = "　　二〇二四年一月二十五日印发 云川县人民政府办公室\n　　根据《条例》要求，编制本报告。\n一、概述\n有。"
    assert [block.text for block in of(f"{TITLE}\n{text}").preamble] == [
        "二〇二四年一月二十五日印发云川县人民政府办公室",
        "根据《条例》要求，编制本报告。",
    ]


def test_the_menus_of_a_site_and_its_card_are_no_text_of_the_report():
    """Of the card's lines only the one that names the title is a title, whatever else ends in 年报."""
    found = recognised(
        "首页 | 政务公开 | 互动\n领导 | 机构\n新闻 | 公告\n"
        "首页 > 政务公开 > 年报\n索 引 号 0142/2024-00001 分 类 信息公开年报\n发布机构 云川县教育局\n"
        "标 题 云川县教育局2023年政府信息公开工作年度报告\n文 号 无〔〕号 主 题 词\n【打印】【字体：大 中 小】\n"
        "根据《条例》要求，编制本报告。\n一、总体情况\n有。\n"
    )
    assert (found.year, found.publisher.name) == (2023, "云川县教育局")
    assert [passage.text for passage in found.prose] == ["根据《条例》要求，编制本报告。", "有。"]
    assert found.outline.above[1].text == "索引号0142/2024-00001分类信息公开年报"


def test_a_cover_is_the_report_s_own():
    """No menu and no card stands above the title: what does is judged like the rest."""
    found = recognised(f"云川县人民攻府\n政务公开领导小组编\n{TITLE}\n一、总体情况\n有。\n")
    assert found.outline.above == ()
    assert [line.text for line in found.outline.front()] == ["云川县人民攻府", "政务公开领导小组编"]


@pytest.mark.parametrize("line", ["3.5个百分点，高于上年。", "1.25件。", "2.3月份"])
def test_a_number_with_a_point_begins_no_item(line):
    found = of(f"{TITLE}\n一、总体情况\n办结率比上年提高了\n{line}\n")
    assert [section.heading.text for section in found.walk()] == ["总体情况"]


def test_one_government_may_stand_for_two_in_a_title():
    found = recognised("2023年柳溪镇人民政府信息公开工作年度报告\n一、总体情况\n有。\n")
    assert (found.publisher.name, found.publisher.kind) == ("柳溪镇人民政府", AgencyKind.TOWNSHIP)


@pytest.mark.parametrize("dash", "—－─")
def test_a_dash_may_stand_for_one_in_a_heading(dash):
    found = of(f"{TITLE}\n{dash}、总体情况\n（{dash}）主动公开\n有。\n二、主动公开政府信息情况\n有。\n")
    assert [(section.heading.ordinal, section.heading.text) for section in found.walk()] == [
        (1, "总体情况"), (1, "主动公开"), (2, "主动公开政府信息情况"),
    ]  # fmt: skip


@pytest.mark.parametrize("figures", ["", "0000000", " | 0 | 0 |"])
def test_a_row_of_a_form_is_no_heading_even_where_the_form_cannot_be_read(figures):
    found = of(
        f"{TITLE}\n三、收到和处理政府信息公开申请情况\n四、结转下年度继续办理{figures}\n四、行政复议情况\n",
        titles=TITLES,
    )
    assert [section.heading.text for section in found.sections] == ["收到和处理政府信息公开申请情况", "行政复议情况"]


@pytest.mark.parametrize(
    ("opening", "year", "name"),
    [
        ("现公布云川县财政局2023年政府信息公开工作年度报告。", 2023, "云川县财政局"),
        ("根据《条例》第五十条，编制《2023年度柳溪镇政府信息公开工作年度报告》，向社会公布。", 2023, "柳溪镇"),
        ("现公布我局2023年政府信息公开工作年度报告。", 2023, ""),
        ("现向社会公开《云川县财政局2023年政府信息公开工作年度报告》。", 2023, "云川县财政局"),
        ("依据《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）编制本报告。", None, ""),
        ("按照《关于编制2022年政府信息公开工作年度报告的通知》要求编制。", None, ""),
    ],
)
def test_a_report_without_a_title_may_name_itself_in_its_first_sentence(opening, year, name):
    found = recognised(f"{opening}\n一、总体情况\n有。\n二、主动公开政府信息情况\n无。\n")
    assert (found.year, found.publisher.name) == (year, name)
