"""A document laid on an edition: forms, sections, publisher and year, whatever the layout."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafts import (
    LAYOUTS,
    PROSE,
    SECTIONS,
    YEARS,
    Box,
    blocks,
    compose,
    draft,
    drawings,
    edition,
    figures,
    html,
    printed,
    recognised,
    suffix,
    title,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.library import read_report
from linter.model.document import Span, Unreadable
from linter.model.outline import Outline
from linter.model.report import AgencyKind, Report, State
from linter.recognise.publisher import find_publisher, report_year
from linter.text.views import passage

EDITIONS = ("2014", "2019", "2021")
TEXTS = ("tabbed", "tabbed-close", "spaced", "spaced-narrow", "one-per-line")


def assert_clean(report: Report) -> None:
    for form in report.forms.values():
        assert not form.misfits
        assert not form.unknown
        assert form.doubt is None
        assert {label.match for label in (*form.rows.values(), *form.columns.values())} <= {"exact", "accepted"}
    assert {relation.state for relation in report.relations} == {"held"}


# Layouts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("edition_id", EDITIONS)
@given(seed=st.integers(0, 10**6))
@settings(max_examples=4, deadline=None)
def test_a_form_that_holds_holds_in_every_layout(edition_id, layout, seed):
    values = figures(edition_id, seed)
    report = recognised(draft(edition_id, layout, values), suffix(layout))
    assert (report.edition.id, report.edition_from, report.year) == (edition_id, "form", YEARS[edition_id])
    assert printed(report) == values
    assert_clean(report)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("edition_id", EDITIONS)
def test_every_cell_points_to_its_text(edition_id, layout):
    report = recognised(draft(edition_id, layout), suffix(layout))
    for form in report.forms.values():
        for cell in form.cells.values():
            assert cell.span is not None
            assert report.document.text[cell.span.start : cell.span.end] == cell.text
        for label in (*form.rows.values(), *form.columns.values()):
            if label.span is not None:
                assert (
                    label.text[:2] in report.document.text[label.span.start : label.span.end] or label.match == "exact"
                )


@pytest.mark.parametrize("layout", ["html", "markdown", "tabbed", "tabbed-close", "spaced"])
@pytest.mark.parametrize("edition_id", EDITIONS)
def test_every_header_is_found(edition_id, layout):
    report = recognised(draft(edition_id, layout), suffix(layout))
    for form in report.forms.values():
        columns = {(n, column.id) for n, band in enumerate(form.spec.bands) for column in band.columns}
        assert set(form.columns) == columns


@given(order=st.permutations(range(3)), layout=st.sampled_from(["html", "tabbed", "spaced"]), notes=st.integers(0, 2))
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_forms_and_what_stands_between_changes_no_cell(order, layout, notes):
    values = figures("2021", 7)
    drawn = drawings("2021", values)
    forms = [LAYOUTS[layout](drawn[form]) for form in drawn]
    parts = [title("2021")]
    for n in order:
        parts += [SECTIONS[n + 1], *["本年度有关情况见下表，数据以年度统计为准。"] * notes, forms[n]]
    if layout == "html":
        parts = [part if part.startswith("<") else f"<p>{part}</p>" for part in parts]
    report = recognised("\n".join(parts), suffix(layout))
    assert printed(report) == values
    assert_clean(report)


@pytest.mark.parametrize("layout", [*TEXTS, "html"])
@pytest.mark.parametrize("edition_id", ["2019", "2021"])
def test_forms_that_run_into_one_table_are_told_apart(edition_id, layout):
    values = figures(edition_id, 5)
    drawn = drawings(edition_id, values)
    if layout == "html":
        table = html([row for drawing in drawn.values() for row in drawing])
        text = compose(edition_id, {"a": table, "b": "", "c": ""}, layout)
    else:
        text = "\n".join([title(edition_id), SECTIONS[0], PROSE[0], *map(LAYOUTS[layout], drawn.values())])
    report = recognised(text, suffix(layout))
    assert printed(report) == values
    assert_clean(report)


@pytest.mark.parametrize("column", ["upheld", "pending", "total"])
def test_a_word_among_the_figures_of_lawsuits_is_a_cell_of_its_own(column):
    """In a real grid it is clear which cell it is: the others are read as they stand."""
    path = f"litigation/after_review/{column}"
    values = {**figures("2021", 3), path: "约"}
    report = recognised(compose("2021", {f: html(d) for f, d in drawings("2021", values).items()}, "html"), "html")
    assert printed(report) == values
    assert report.forms["litigation"].misfits == ()
    cell = report.cell(path)
    assert cell is not None
    assert cell.state is State.TEXT


def _twice(layout: str, second: int) -> Report:
    note = "<p>下表附后。</p>" if layout == "html" else "下表附后。"
    first, again = (drawings("2021", figures("2021", seed)) for seed in (1, second))
    forms = {form: f"{LAYOUTS[layout](first[form])}\n{note}\n{LAYOUTS[layout](again[form])}" for form in first}
    return recognised(compose("2021", forms, layout), suffix(layout))


@pytest.mark.parametrize("layout", ["html", "tabbed", "spaced", "one-per-line"])
def test_a_form_given_twice_with_the_same_figures_is_one(layout):
    report = _twice(layout, 1)
    assert printed(report) == figures("2021", 1)
    assert_clean(report)


@pytest.mark.parametrize("layout", ["html", "tabbed", "spaced", "one-per-line"])
def test_a_form_given_twice_with_other_figures_is_doubtful(layout):
    report = _twice(layout, 2)
    assert {form.doubt for form in report.forms.values()} == {"repeated"}
    assert {(relation.state, relation.reason) for relation in report.relations} == {("unchecked", "repeated")}


def test_pages_of_one_form_are_put_together():
    values = figures("2021", 4)
    drawn = drawings("2021", values)
    rows = drawn["applications"]
    pages = [rows[:12], [*rows[:3], *rows[12:]]]
    forms = {form: html(drawing) for form, drawing in drawn.items()}
    for page in pages:
        for row in page[3:]:
            row[:] = [box for box in row if box.rows == 1]
    forms["applications"] = "<p>续表</p>".join(map(html, pages))
    report = recognised(compose("2021", forms, "html"), "html")
    assert printed(report) == values


def test_the_row_of_the_older_form_is_missing_rows_not_an_unknown_one():
    """（六）其他处理 printed as one row in the form of 2021: one fault, one finding."""
    rows = drawings("2021", figures("2021"))["applications"]
    start = next(number for number, row in enumerate(rows) if row[0].text == "（六）其他处理")
    rows[start : start + 3] = [[Box("（六）其他处理", 1, 2), *rows[start][-7:]]]
    forms = {
        **{form: html(drawing) for form, drawing in drawings("2021", figures("2021")).items()},
        "applications": html(rows),
    }
    form = recognised(compose("2021", forms, "html"), "html").forms["applications"]
    assert not form.unknown
    assert {"handled.other.unpaid", "handled.other.rest"} - set(form.rows) == {
        "handled.other.unpaid",
        "handled.other.rest",
    }


def test_a_row_the_form_does_not_have_is_named():
    rows = drawings("2014", figures("2014"))["statistics"]
    rows.insert(30, [Box("（四）申请公开的主要内容"), Box("件"), Box("3")])
    report = recognised("\n".join(blocks("2014", {"statistics": LAYOUTS["tabbed"](rows)})))
    assert [label.text for label in report.forms["statistics"].unknown] == ["（四）申请公开的主要内容"]


def test_a_provincial_form_is_foreign_and_not_read():
    names = ("主动公开信息数", "其中：1.网站公开", "2.政府公报公开", "受理申请总数", "对申请的答复数", "投诉举报数量")
    rows = [["指标名称", "计量单位", "2013年度", "历年累计"], *([name, "条", "5", "9"] for name in names)]
    text = "\n".join(
        ["云川县2013年政府信息公开工作年度报告", "一、概述", "有进展。", *("\t".join(row) for row in rows)]
    )
    report = recognised(text)
    assert not report.forms
    assert len(report.foreign) == 1
    assert (report.edition.id, report.edition_from) == ("2014", "year")


# Edition ----------------------------------------------------------------------------------------------------------


def test_the_form_says_which_edition_it_is_even_where_the_year_says_another():
    report = recognised(draft("2019").replace("2020年", "2022年"))
    assert (report.edition.id, report.edition_from, report.year) == ("2019", "form", 2022)


@pytest.mark.parametrize(
    ("year", "edition_id"), [(2012, "2014"), (2016, "2014"), (2019, "2019"), (2020, "2019"), (2024, "2021")]
)
def test_without_forms_the_year_says_it(year, edition_id):
    report = recognised(f"云川县{year}年政府信息公开工作年度报告\n一、总体情况\n有进展。")
    assert (report.edition.id, report.edition_from) == (edition_id, "year")


def test_an_edition_can_be_forced():
    report = recognised(draft("2021"), edition="2019")
    assert (report.edition.id, report.edition_from) == ("2019", "forced")


@pytest.mark.parametrize(
    "text",
    [
        "购物清单\n鸡蛋\n牛奶",
        "一、总体情况\n公司经营良好。\n二、存在的主要问题及改进情况\n无。",
        "关于做好2023年政府信息公开工作的通知\n请各单位认真落实。",
        "姓名\t金额\n甲\t3\n乙\t4",
    ],
)
def test_a_text_that_is_no_report_is_refused(text):
    with pytest.raises(Unreadable) as refused:
        recognised(text)
    assert refused.value.reason == "not-a-report"


def test_a_report_without_title_and_forms_is_known_by_its_sections():
    text = "\n".join(f"{heading}\n政府信息公开工作有序。" for heading in SECTIONS)
    assert len(recognised(text).sections) == 6


# Publisher --------------------------------------------------------------------------------------------------------

GOVERNMENT, OFFICE, DEPARTMENT, TOWNSHIP, SUBDISTRICT, OTHER = (
    AgencyKind.GOVERNMENT,
    AgencyKind.OFFICE,
    AgencyKind.DEPARTMENT,
    AgencyKind.TOWNSHIP,
    AgencyKind.SUBDISTRICT,
    AgencyKind.OTHER,
)


def _titled(text: str) -> Outline:
    return Outline(passage(text, (Span(0, len(text)),)), (), ())


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("云川县人民政府", GOVERNMENT),
        ("云川省", GOVERNMENT),
        ("云川市", GOVERNMENT),
        ("云中市", GOVERNMENT),
        ("中禾县", GOVERNMENT),
        ("青禾综合实验区", GOVERNMENT),
        ("云川经济技术开发区管理委员会", GOVERNMENT),
        ("云川高新区管委会", GOVERNMENT),
        ("云川省人民政府办公厅", OFFICE),
        ("云川县人民政府办公室", OFFICE),
        ("云川县政府办", OFFICE),
        ("云川高新区管委会办公室", OFFICE),
        ("云川县财政局", DEPARTMENT),
        ("云川市发展和改革委员会", DEPARTMENT),
        ("云川市国资委", DEPARTMENT),
        ("云川县人民政府国有资产监督管理委员会", DEPARTMENT),
        ("国家税务总局云川县税务局", DEPARTMENT),
        ("云川市生态环境局青禾分局", DEPARTMENT),
        ("云川省教育厅", DEPARTMENT),
        ("云川市城市管理委员会", DEPARTMENT),
        ("云川部", DEPARTMENT),
        ("云川海关", DEPARTMENT),
        ("云川县机关事务服务中心", DEPARTMENT),
        ("云川县公安局交通警察大队", DEPARTMENT),
        ("云川县教育局（云川县体育局）", DEPARTMENT),
        ("云川镇人民政府", TOWNSHIP),
        ("云川县青禾乡", TOWNSHIP),
        ("青禾街道办事处", SUBDISTRICT),
        ("云川县青禾街道", SUBDISTRICT),
        ("云川大学", OTHER),
        ("云川水务集团有限公司", OTHER),
    ],
)
@pytest.mark.parametrize(
    "form",
    ["{}2023年政府信息公开工作年度报告", "2023年{}政府信息公开工作年度报告", "{}关于2023年度政府信息公开工作的报告"],
)
def test_who_publishes(name, kind, form):
    outline = _titled(form.format(name))
    found = find_publisher(outline)
    assert (found.name, found.kind) == (name, kind)
    assert found.span is not None
    assert form.format(name)[found.span.start : found.span.end] == name
    assert report_year(outline) == 2023


def test_the_kind_the_user_gives_wins():
    assert find_publisher(_titled("云川县2023年政府信息公开工作年度报告"), OFFICE).kind is OFFICE


@pytest.mark.parametrize(
    ("printed_year", "year"),
    [
        ("2023年", 2023),
        ("２０２３年", 2023),
        ("二〇二三年", 2023),
        ("二○二三年度", 2023),
        ("二零二三年", 2023),
        ("2022-2023学年", None),
        ("", None),
    ],
)
def test_the_year_of_the_title(printed_year, year):
    assert report_year(_titled(f"云川县财政局{printed_year}政府信息公开工作年度报告")) == year


# Real reports -----------------------------------------------------------------------------------------------------

REPORTS = Path(__file__).parents[2] / "shared" / "reports"


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not here")
def test_the_forms_of_real_reports_are_read():
    for path in sorted(REPORTS.iterdir()):
        report = recognised_file(path)
        if report.edition_from == "form":
            assert len(report.forms) == len(report.edition.forms), path.name
            assert all(form.doubt is None for form in report.forms.values()), path.name


def recognised_file(path: Path) -> Report:
    return read_report(path, path.name)


def test_the_forms_of_the_edition_are_drawn_whole():
    """The drawings of the tests show every cell of every form."""
    for edition_id in EDITIONS:
        cells = {
            f"{form.id}/{row.id}/{column.id}" for form in edition(edition_id).forms for _, row, column in form.places()
        }
        assert set(figures(edition_id)) == cells


def test_headers_that_fell_into_two_lines_are_one():
    text = draft("2019", "one-per-line").replace("本年新制作数量", "本年新\n制作数量")
    report = recognised(text)
    assert printed(report) == printed(recognised(draft("2019", "one-per-line")))
    assert {label.match for label in report.forms["disclosure"].columns.values()} == {"exact"}


def test_pipes_in_markdown_that_are_no_table_of_its_own_are_read_as_in_text():
    assert printed(recognised(draft("2021", "piped"), "md")) == printed(recognised(draft("2021", "tabbed")))


@pytest.mark.parametrize(
    ("words", "state"), [("暂无 没有 未发生", State.NONE), ("— — —", State.DASH), ("3起 2件 1项", State.NUMBER)]
)
def test_a_row_without_its_grid_may_end_in_words_for_nothing_or_figures_with_units(words, state):
    text = (
        "青禾市水务局2023年政府信息公开工作年度报告\n\n二、主动公开政府信息情况\n第二十条第（一）项\n"
        f"信息内容 本年制发件数 本年废止件数 现行有效件数\n规章 0 0 0\n行政规范性文件 {words}\n"
        "第二十条第（五）项\n信息内容 本年处理决定数量\n行政许可 3\n"
    )
    report = read_report(text.encode(), "a.txt")
    found = [report.cell(f"disclosure/normative/{column}") for column in ("made", "repealed", "valid")]
    assert [cell and cell.state for cell in found] == [state] * 3


def test_headers_of_another_year_s_form_are_told_and_not_passed_over():
    text = draft("2021").replace("本年制发件数", "本年新制作数量").replace("本年废止件数", "本年新公开数量")
    labels = recognised(text).forms["disclosure"].columns
    altered = {name: label.text for name, label in labels.items() if label.match == "altered"}
    assert altered == {(0, "made"): "本年新制作数量", (0, "repealed"): "本年新公开数量"}
