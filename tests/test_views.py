"""Views: what a person reads, and where each character of it stands."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import HIDDEN, lines, text

from linter.model.document import Span
from linter.text.views import INVISIBLE, passage, squash


def view(*parts):
    """A view of stretches that stand in one document, a line end after each."""
    spans = []
    start = 0
    for part in parts:
        spans.append(Span(start, start + len(part)))
        start += len(part) + 1
    return passage("".join(f"{part}\n" for part in parts), spans)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("2017 年 1 月 1 日", "2017年1月1日"),
        ("公 开　政 府", "公开政府"),
        ("（一） 加强", "（一）加强"),
        ("受理申请 17 件，占 33.9 ％", "受理申请17件，占33.9%"),
        ("２０２３年ＡＢ", "2023年AB"),
        ("Open  Government \t 2023", "Open Government 2023"),
        ("⼀、总体情况⻓⻔⻚", "一、总体情况长门页"),
        ("政\u200b府\ufeff信\u202d息", "政府信息"),
        ("0\u200b5", "05"),
        (" 　首尾 ", "首尾"),
        ("“引号”，。；：！？（）《》—…", "“引号”，。；：！？（）《》—…"),
        ("①㈠㎡", "①㈠㎡"),
    ],
)
def test_shows(source, shown):
    assert view(source).text == shown


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (("数据统计期限自 2024 年 1 月 1 日", "起至 2024 年"), "数据统计期限自2024年1月1日起至2024年"),
        (("主动公开 16", "00 余条"), "主动公开1600余条"),
        (("Open", "Government"), "Open Government"),
        (("电话：0951-", "6000000"), "电话：0951-6000000"),
        (("", "云川县", ""), "云川县"),
    ],
)
def test_wrapped_lines_are_joined_as_they_are_read(parts, shown):
    assert view(*parts).text == shown


def test_a_passage_of_nothing_stands_where_it_begins():
    assert view("云", "  ").span() == Span(0, 1)
    empty = passage("云川 \u200b", [Span(2, 4)])
    assert (empty.text, empty.span()) == ("", Span(2, 2))
    assert passage("云川", []).span() == Span(0, 0)


@given(lines)
def test_every_character_comes_from_the_place_it_names(parts):
    """Up to folding, which NFKC confirms for all but the radicals it does not know."""
    document = "".join(f"{part}\n" for part in parts)
    shown = view(*parts)
    assert len(shown.offsets) == len(shown.text) + 1
    assert all(left < right for left, right in zip(shown.offsets, shown.offsets[1:], strict=False))
    for char, offset in zip(shown.text, shown.offsets, strict=False):
        source = document[offset]
        if char == " ":
            assert source in INVISIBLE
        else:
            assert char in (source, unicodedata.normalize("NFKC", source), {"⻓": "长"}.get(source))


@given(lines)
def test_what_is_shown_is_all_there_is_to_see(parts):
    """Nothing visible is lost: the characters of the view are those of the lines, each by itself."""
    shown = view(*parts)
    visible = [char for part in parts for char in part if char not in INVISIBLE]
    assert len(shown.text.replace(" ", "")) == len(visible)


@given(text)
def test_a_view_of_a_view_changes_nothing(source):
    once = view(source).text
    assert view(once).text == once


@given(lines)
def test_spans_lead_back_to_the_text(parts):
    document = "".join(f"{part}\n" for part in parts)
    shown = view(*parts)
    for index, char in enumerate(shown.text):
        span = shown.span(index, index + 1)
        assert shown.offsets.index(span.start) == index
        assert view(document[span.start : span.end]).text == char.strip()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("（七） 总计", "(七)总计"),
        ("三、本 年 度\n办 理 结 果", "三，本年度办理结果"),
        ("危及“三安全一稳定”", '危及"三安全一稳定"'),
        ("1．属于国家秘密", "1.属于国家秘密"),
        ("二、主要数据——", "二、主要数据"),
        ("〔2023〕", "[2023]"),
    ],
)
def test_labels_that_differ_only_in_print_are_alike(one, other):
    assert squash(one) == squash(other)


def test_labels_that_differ_in_words_are_not_alike():
    assert (
        len({squash(label) for label in ("结果维持", "结果纠正", "其他结果", "（一）予以公开", "（二）部分公开")}) == 5
    )


def test_a_lone_dash_is_not_blank():
    assert squash("——") != squash("")


@given(text, st.sampled_from(HIDDEN), st.integers(0, 60))
def test_hidden_characters_do_not_change_a_label(source, hidden, at):
    assert squash(source[:at] + hidden + source[at:]) == squash(source)
