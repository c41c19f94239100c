"""Dates and the statement of the statistical period, in every wording."""

from __future__ import annotations

import datetime
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import days, text, written_days

from linter.model.document import Paragraph, Span
from linter.readers.text import read_text
from linter.text.dates import dates, periods
from linter.text.views import passage

REPORTS = Path(__file__).resolve().parents[2] / "shared" / "reports"
YEAR = (datetime.date(2023, 1, 1), datetime.date(2023, 12, 31))

SUBJECTS = ("本报告所列数据的统计期限", "报告中所列数据统计期限", "数据统计时限", "统计区间", "本年报统计数据")
BEFORE = ("自", "从", "为", "是", "：", "为自", "")
STARTED = ("起", "开始", "")
TURN = ("至", "到", "，至", ",到", "—", "——", "-", "～", "截至")
STOPPED = ("止", "为止", "")


def view(source):
    return passage(source, [Span(0, len(source))])


def bounds(source):
    """The boundaries of every period stated in the text."""
    return [(period.start and period.start.date, period.end and period.end.date) for period in periods(view(source))]


@pytest.mark.parametrize(("subject", "before", "started"), list(product(SUBJECTS, BEFORE, STARTED)))
def test_every_combination_of_slots_is_read(subject, before, started):
    for turn, stopped, last in product(TURN, STOPPED, ("2023年12月31日", "12月31日", "同年12月31日")):
        source = f"{subject}{before}2023年1月1日{started}{turn}{last}{stopped}。本报告电子版可下载。"
        assert bounds(source) == [YEAR], source


@given(st.data(), st.sampled_from(SUBJECTS), days, days)
def test_every_wording_of_the_dates_is_read(data, subject, first, last):
    """Whatever the dates: the grammar reads what is written, the check says whether it is right."""
    before = data.draw(st.sampled_from(("自", "从", "为")))
    source = f"{subject}{before}{data.draw(written_days(first))}至{data.draw(written_days(last))}止。"
    shown = view(source)
    (period,) = periods(shown)
    assert (period.start.date, period.end.date) == (first, last)
    assert source[period.span.start : period.span.end].endswith("止")
    for mention in (period.start, period.end):
        assert view(source[mention.span.start : mention.span.end]).text == mention.text
        assert mention in list(dates(shown))


@pytest.mark.parametrize(
    ("source", "stated"),
    [
        ("统计期限自2010年1月1日起至2009年12月31日止", (datetime.date(2010, 1, 1), datetime.date(2009, 12, 31))),
        ("统计期限为1月1日至2023年12月31日", YEAR),
        ("统计期限为2023年1月1日（含）至12月31日（含）", YEAR),
        ("统计时段是2023年1月1日到2023年12月31日为止", YEAR),
        ("统计起止时间：2023年1月1日-12月31日", YEAR),
        ("本报告涵盖2023年1月1日至2023年12月31日期间的工作", YEAR),
        ("统计期限为二○二三年元月一日至十二月三十一日", YEAR),
        ("统计期限：2023.1.1-2023.12.31", YEAR),
        ("统计期限为2023/1/1—2023/12/31", YEAR),
        ("统计期限为2023年度", YEAR),
        ("数据统计期限为2023年全年", YEAR),
        ("统计时间：2023年", YEAR),
        ("统计期限：2023年1-12月", YEAR),
        ("统计时限为2023年1月至2023年12月", YEAR),
        ("统计期限为2023年1月至12月", YEAR),
        ("统计期限为2023年1月1日至2023年12月", YEAR),
        ("数据核定时间点为2023年12月31日", (None, YEAR[1])),
        ("本报告所列数据截至2023年12月31日", (None, YEAR[1])),
        ("统计期限截至2023年12月31日", (None, YEAR[1])),
        ("统计期限自2023年1月1日起。", (YEAR[0], None)),
        ("统计期限自2023年1月1日起至。", (YEAR[0], None)),
        ("统计期限自至2023年12月31日", (None, YEAR[1])),
        ("本报告所列数据的统计期限自至。", (None, None)),
        ("统计期限自　年　月　日起至　年　月　日止", (None, None)),
        ("统计期限自XXXX年X月X日起至20XX年XX月XX日止", (None, None)),
        ("统计期限为，", (None, None)),
        ("数据统计期限为20231月1日至202312月31日", (None, None)),
        ("数据的统计期限起止时间为2023年1月1日至2023年12月31日", YEAR),
        ("起止时间为2023年1月1日至12月31日", YEAR),
        ("报告所列数据统计自2023年1月1日起至2023年12月31日止", YEAR),
        ("报告中所列数据统计期为2023年1月1日至2023年12月31日", YEAR),
        ("本报告内容涵盖我局2023年1月1日至12月31日期间的工作", YEAR),
        ("统计范围为2023年1月1日至12月31日", YEAR),
        ("统计期限自2023年2月30日至2023年13月1日", (None, None)),
        ("统计期限为上年度1月1日至12月31日", (None, None)),
    ],
)
def test_unusual_statements(source, stated):
    assert bounds(source) == [stated]


@pytest.mark.parametrize(
    "source",
    [
        "办理期限自2023年1月1日起至2023年12月31日止",
        "公示期限为2023年1月1日至2023年1月7日",
        "规划期为2021年1月1日至2025年12月31日",
        "在法定期限内予以答复，截至2023年12月31日",
        "疫情期间自2023年1月1日至2023年3月1日",
        "平台数据截至2023年11月30日共12条",
        "2023年1月1日至12月31日，收到申请12件",
        "统计期限内的数据",
        "统计周期为每季度",
        "培训班的起止时间为2023年5月1日至5月3日",
        "统计口径一致",
        "统计年度报告",
        "统计时间：2018年1月20日",
        "压缩审批时限，明确办理时间为5日",
        "本报告反映的问题",
        "上报统计数据12条",
    ],
)
def test_other_sentences_state_no_period(source):
    assert bounds(source) == []


def test_two_statements_are_both_read():
    assert bounds("统计期限为2023年度。附表统计时限为2022年度。") == [
        YEAR,
        (datetime.date(2022, 1, 1), datetime.date(2022, 12, 31)),
    ]


def test_an_impossible_boundary_is_kept_as_written():
    (period,) = periods(view("统计期限自2023年2月30日至2023年13月1日"))
    assert (period.start.year, period.start.month, period.start.day, period.start.text) == (
        2023,
        2,
        30,
        "2023年2月30日",
    )
    assert (period.end.month, period.end.date) == (13, None)


@given(
    st.sampled_from(("统计期限", "数据核定时间点", "统计时间", "报告数据")),
    st.text("自从为年月日起至到止2013-一十。，（）含全度X截", max_size=20),
)
def test_any_text_after_a_subject_is_read(subject, rest):
    """The grammar is total: it never fails, and what it takes for the statement stands there."""
    shown = view(subject + rest)
    for period in periods(shown):
        assert period.text in shown.text
        assert period.text == shown.text[shown.offsets.index(period.span.start) :][: len(period.text)]


@given(text)
def test_dates_are_where_they_say(source):
    shown = view(source)
    for mention in dates(shown):
        assert view(source[mention.span.start : mention.span.end]).text == mention.text


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("2017年1月1日、1月3日", [(2017, 1, 1), (None, 1, 3)]),
        ("二〇一八年元月三十一日，二O一八年一月卅一号", [(2018, 1, 31), (2018, 1, 31)]),
        ("2017-01-01 2017.1.1 2017/1/1", [(2017, 1, 1)] * 3),
        ("2023年2月30日，13月1日", [(2023, 2, 30), (None, 13, 1)]),
        ("〔2023〕5号，2023年1月，第十二条，1.2.3.4，v2017.1.1.2，art/2018/3/29/art_1，0951-6-12", []),
        ("201712月31日", []),
    ],
)
def test_dates(source, found):
    assert [(date.year, date.month, date.day) for date in dates(view(source))] == found


@given(days, st.data())
def test_dates_that_exist_have_their_date(day, data):
    (mention,) = dates(view(data.draw(written_days(day))))
    assert mention.date == day


@pytest.mark.parametrize("source", ["2023年2月29日", "2023年4月31日", "2023年13月1日", "2023年0月1日", "2月3日"])
def test_dates_that_do_not_exist_or_lack_their_year_have_none(source):
    (mention,) = dates(view(source))
    assert mention.date is None


@pytest.mark.skipif(not REPORTS.exists(), reason="the real reports are not here")
@pytest.mark.parametrize(
    "path",
    [path for path in sorted(REPORTS.glob("*.txt")) if "general-office" not in path.stem],
    ids=lambda path: path.stem,
)
def test_real_reports_state_their_year(path):
    """All but one of the text reports state the period; in one the dates are missing (acceptance/expected.tsv)."""
    document = read_text(path.read_bytes(), path.name)
    lines = [block.span for block in document.blocks if isinstance(block, Paragraph)]
    year = int(path.stem[:4])
    (period,) = periods(passage(document.text, lines))
    stated = (period.start and period.start.date, period.end and period.end.date)
    assert stated == ((None, None) if year == 2013 else (datetime.date(year, 1, 1), datetime.date(year, 12, 31)))
