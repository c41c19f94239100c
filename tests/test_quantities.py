"""Numbers with units in running prose: what they are worth, where they stand, and that nothing else is one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.model.document import Span
from linter.text.numerals import chinese
from linter.text.quantities import quantities
from linter.text.views import passage

UNITS = ["件", "条", "份", "次", "人次", "篇", "期", "名", "元", "%"]
PIECES = [
    "约", "近", "超过", "不足", "数", "余", "多", "几", "来", "左右", "以上", "1", "12", "3.5", "1,600", "2019", "一",
    "十", "百", "千", "万", "亿", "两", "十万", "、", "和", "-", "至", "%", "百分之", "个百分点", "百分点", "件", "条",
    "人次", "个", "元", "万元", "项", "次", "，", "。", "第", "年", "月", "不少于", "总", "A",
]  # fmt: skip


def view(text):
    return passage(text, [Span(0, len(text))])


def read(text):
    return [(item.value, item.unit, item.approximate) for item in quantities([view(text)])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到申请105件", (105, "件", False)),
        ("收到申请１０５件", (105, "件", False)),
        ("收到申请 105 件", (105, "件", False)),
        ("二十一件", (21, "件", False)),
        ("一千六百零五条", (1605, "条", False)),
        ("1,600件", (1600, "件", False)),
        ("1.6万份", (16000, "份", False)),
        ("9116.36万元", (Decimal("9116.36"), "万元", False)),
        ("2950元", (2950, "元", False)),
        ("占33.9%", (Decimal("33.9"), "%", False)),
        ("占３３．９％", (Decimal("33.9"), "%", False)),
        ("百分之三十四", (34, "%", False)),
        ("上升1.5个百分点", (Decimal("1.5"), "百分点", False)),
        ("培训70人次", (70, "人次", False)),
        ("申请总数12件", (12, "件", False)),
        ("申请总数十二件", (12, "件", False)),
        ("1600余条", (1600, "条", True)),
        ("1.6万多份", (16000, "份", True)),
        ("500多万条", (5_000_000, "条", True)),
        ("约300件", (300, "件", True)),
        ("近百件", (100, "件", True)),
        ("十余件", (10, "件", True)),
        ("数百件", (100, "件", True)),
        ("超过50次", (50, "次", True)),
        ("3000名以上", (3000, "名", True)),
        ("2次左右", (2, "次", True)),
        ("3至5次", (5, "次", True)),
    ],
)
def test_a_quantity_is_read_with_its_unit_and_its_vagueness(text, expected):
    assert read(text) == [expected]


def test_the_numbers_of_a_list_share_its_unit():
    assert read("分别为12、5和3件") == [(12, "件", False), (5, "件", False), (3, "件", False)]


@pytest.mark.parametrize(
    "text",
    [
        "2023年1月1日至12月31日", "第三条", "第二十条第（一）项", "国办发〔2021〕30号", "一是加强领导", "统一部署",
        "进一步规范", "电话0591-23165385", "邮编350400", "COVID-19例", "三年级", "2人民",
    ],
)  # fmt: skip
def test_dates_ordinals_and_bare_numbers_are_no_quantities(text):
    assert read(text) == []


def test_a_run_of_numerals_that_is_no_number_is_no_quantity():
    assert read("十百十件") == []


@given(st.integers(0, 99_999_999), st.sampled_from(UNITS))
def test_arabic_and_chinese_writings_mean_the_same(number, unit):
    assert read(f"共{number}{unit}") == [(number, unit, False)]
    assert read(f"共{number:,}{unit}") == [(number, unit, False)]
    if unit != "%":
        assert read(f"共{chinese(number)}{unit}") == [(number, unit, False)]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_whatever_the_search_finds_the_grammar_reads_and_its_place_is_exact(text):
    prose = [view("前言"), view(text)]
    previous = 0
    for item in quantities(prose):
        assert item.passage == 1
        assert previous <= item.start < item.end <= len(prose[1].text)
        assert item.span == prose[1].span(item.start, item.end)
        previous = item.end
