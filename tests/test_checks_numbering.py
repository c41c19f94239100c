"""Numbers of headings and of 一是…二是…: any reading that holds is accepted, and one slip is one problem."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.checks import numbering
from linter.editions import load_editions
from linter.readers.markdown import read_markdown
from linter.readers.text import read_text
from linter.recognise import recognise
from linter.resources import folder
from linter.text.numerals import chinese

REPORTS = Path(__file__).resolve().parents[2] / "shared" / "reports"
RULE = tomllib.loads(folder("rules").joinpath("numbering.toml").read_text("utf-8"))["rule"][0]
CHECK = numbering.bind(RULE["settings"])


def draft(body):
    text = f"# 云川县2015年政府信息公开工作年度报告\n\n{body}\n"
    return recognise(read_markdown(text.encode(), "draft.md"), load_editions(), edition="2014")


def slips(report):
    return [(slip.variant, slip.values["found"], slip.values["expected"]) for slip in CHECK(report)]


def listed(numbers):
    return "做法：" + "".join(f"{chinese(number)}是做好工作。" for number in numbers)


def test_unknown_settings_are_refused():
    with pytest.raises(ValueError, match="levels"):
        numbering.bind({**RULE["settings"], "levels": 2})


nested = st.recursive(
    st.integers(1, 5).map(lambda length: [[] for _ in range(length)]),
    lambda inner: st.lists(st.one_of(st.just([]), inner), min_size=1, max_size=4),
    max_leaves=10,
)


def flat(tree):
    for number, below in enumerate(tree, 1):
        yield number
        yield from flat(below)


@given(nested)
def test_lists_in_lists_are_never_reported(tree):
    assert slips(draft(f"一、概述\n\n{listed(flat(tree))}")) == []


@given(st.integers(3, 12), st.data())
def test_an_item_left_out_is_one_problem_at_the_one_after_it(length, data):
    lost = data.draw(st.integers(1, length - 1))
    numbers = [number for number in range(1, length + 1) if number != lost]
    variant = "headless" if lost == 1 else ""
    wanted = [(variant, f"{chinese(lost + 1)}是", f"{chinese(lost)}是")]
    assert slips(draft(f"一、概述\n\n{listed(numbers)}")) == wanted


@given(st.integers(3, 12), st.data())
def test_a_number_mistyped_as_the_one_before_it_is_one_problem(length, data):
    wrong = data.draw(st.integers(3, length))
    numbers = [number - 1 if number == wrong else number for number in range(1, length + 1)]
    wanted = [("repeated", f"{chinese(wrong - 1)}是", f"{chinese(wrong)}是")]
    assert slips(draft(f"一、概述\n\n{listed(numbers)}")) == wanted


@given(st.integers(3, 9), st.data())
def test_the_same_holds_for_headings(length, data):
    wrong = data.draw(st.integers(2, length))
    marks = [
        f"（{chinese(number - 1 if number == wrong and number > 2 else number)}）" for number in range(1, length + 1)
    ]
    if wrong == 2:
        del marks[1]
        wanted = [("", "（三）", "（二）")]
    else:
        wanted = [("repeated", f"（{chinese(wrong - 1)}）", f"（{chinese(wrong)}）")]
    body = "\n\n".join(f"{mark}加强工作\n\n成效明显。" for mark in marks)
    assert slips(draft(f"一、概述\n\n{body}")) == wanted


@pytest.mark.parametrize(
    "body",
    [
        "一、概述\n\n原因之一是人手少，标准统一是前提，关键是是否落实。",
        "一、概述\n\n健全机制一是加强领导。二是加强培训。三是加强检查。",
        "一、概述\n\n一是加强领导。一二是相邻的两个序号。二是加强培训。",
        "一、概述\n\n首先加强领导；二是加强培训；三是加强检查。",
        "一、概述\n\n一是加强领导。\n\n第二，加强培训。\n\n三是加强检查。",
        "一、概述\n\n做法：（一）加强领导，成立专班。\n\n（二）加强培训\n\n举办1次。\n\n（三）加强检查\n\n检查2次。",
        "一、概述\n\n加强领导。\n\n二、公开\n\n公开120条。\n\n一、另起\n\n从头编号。\n\n二、再续\n\n接着编号。",
        "一、概述\n\n根据《条例》第二十条第\n\n（五）项规定公开。\n\n（一）加强领导\n\n成立专班。",
        "一、概述\n\n一是加强领导。\n\n（一）分头落实\n\n二是加强培训。",
    ],
)
def test_honest_numbering_is_silent(body):
    assert slips(draft(body)) == []


def test_a_section_the_edition_requires_and_the_report_lacks_is_not_also_a_skipped_number():
    titles = ["总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况"]
    text = "# 云川县2023年政府信息公开工作年度报告\n\n" + "".join(
        f"{chinese(number)}、{titles[number - 1]}\n\n公开120条。\n\n" for number in (1, 3)
    )
    report = recognise(read_markdown(text.encode(), "draft.md"), load_editions(), edition="2021")
    assert "initiative" not in report.sections or len(report.sections) == 2
    assert slips(report) == []


def test_the_problem_points_at_the_number_and_at_the_one_before():
    report = draft("一、概述\n\n成效明显。\n\n三、公开\n\n公开120条。")
    slip = next(iter(CHECK(report)))
    text = report.document.text
    assert text[slip.place.span.start : slip.place.span.end] == "三、"
    assert [text[place.span.start : place.span.end] for place in slip.related] == ["一、"]


def test_every_variant_has_its_words():
    assert {"", *RULE["messages"]} == {"", *RULE["helps"]} == set(numbering.FIELDS)


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not here")
def test_real_reports_have_one_slip_in_all():
    seen = []
    for path in sorted(REPORTS.glob("*.txt")):
        report = recognise(read_text(path.read_bytes(), path.name), load_editions())
        seen += [(path.name, report.document.origin(slip.place.span.start).line) for slip in CHECK(report)]
    assert seen == [("2023-pingtan-district.txt", 60)]
