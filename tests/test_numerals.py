"""Numbers as reports write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.text.numerals import chinese, parse_number, step_of

counts = st.integers(0, 10**12 - 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0), ("12", 12), (" 12 ", 12), ("９６００", 9600), ("2,020", 2020), ("１，２３４，５６７", 1234567),
        ("2,020.97", Decimal("2020.97")), ("3415.740", Decimal("3415.740")), ("１．５", Decimal("1.5")),
        ("一", 1), ("十", 10), ("十一", 11), ("二十", 20), ("二十一", 21), ("百", 100), ("一百零五", 105),
        ("一百五", 150), ("一百五十", 150), ("一千六百", 1600), ("两千零一十", 2010), ("一万二千", 12000),
        ("一万二", 12000), ("一亿零三百万", 103_000_000), ("一万亿", 10**12),
        ("二〇二三", 2023), ("二○二三", 2023), ("二零二三", 2023), ("壹佰贰拾叁", 123), ("廿一", 21), ("卅", 30),
        ("三点五", Decimal("3.5")), ("三点一四", Decimal("3.14")),
        ("1.6万", 16000), ("3千", 3000), ("500万", 5_000_000), ("1亿2千万", 120_000_000),
        ("1.23456万", Decimal("12345.6")),
    ],
)  # fmt: skip
def test_reads(text, value):
    read = parse_number(text)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "总计", "百分之九十", "12件", "-3", "+3", "50%", "1,23", "1,2345", ",123", "1.2.3", "1.", ".5",
        "三五十", "一二十", "十十", "十百", "一万一万", "万", "亿", "点五", "三点", "二O二三", "1O", "—", "/",
    ],
)  # fmt: skip
def test_what_is_no_number_is_none(text):
    assert parse_number(text) is None


@given(counts)
def test_chinese_reads_back(number):
    assert parse_number(chinese(number)) == number


@given(counts)
def test_every_way_to_write_digits_means_the_same(number):
    wide = str.maketrans("0123456789,", "０１２３４５６７８９，")
    for written in (str(number), f"{number:,}", f"{number:,}".translate(wide), f" {number}\u3000"):
        assert parse_number(written) == number


@given(st.decimals(0, 10**9, places=3))
def test_decimals_keep_their_digits(number):
    read = parse_number(f"{number:,}")
    assert isinstance(read, Decimal)
    assert str(read) == str(number)


@given(st.text("0123456789.,，一二三十百千万亿零〇点廿 ", max_size=12))
def test_any_text_is_a_number_that_is_not_negative_or_none(text):
    number = parse_number(text)
    assert number is None or number >= 0


@pytest.mark.parametrize(
    ("number", "written"),
    [(0, "零"), (10, "十"), (15, "十五"), (20, "二十"), (101, "一百零一"), (110, "一百一十"), (10_010, "一万零一十")],
)
def test_ordinals_are_written_as_headings_write_them(number, written):
    assert chinese(number) == written


@pytest.mark.parametrize("number", [-1, 10**12])
def test_no_ordinal_outside_the_range(number):
    with pytest.raises(ValueError, match=str(number)):
        chinese(number)


@pytest.mark.parametrize(
    ("text", "step"), [("27.6万", 1000), ("3万", 10**4), ("1.25亿", 10**6), ("276312", 1), ("33.9", 1), ("二十一", 1)]
)
def test_a_number_in_wan_says_nothing_below_its_last_digit(text, step):
    assert step_of(text) == step
