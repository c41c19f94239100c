"""What the laws are tried on: hypothesis strategies shared by the tests, all of invented text and numbers."""

from __future__ import annotations

import datetime

from hypothesis import strategies as st

from linter.text.numerals import chinese

CHINESE = "一二三年月日政府信息公开工作报告云川县青禾市，。：；（）《》“”—"
LATIN = "0123456789.,-()%/abcXYZ"
BLANKS = " \t\u3000\xa0\u2003"
HIDDEN = "\u200b\u202e\ufeff\xad\x07"
WIDE = "０１２ＡＢ％．／⽉⼀⻓\uf9f7"

text = st.text(CHINESE + LATIN + BLANKS + HIDDEN + WIDE, max_size=60)
"""A line as converters leave it: blanks inside words, full width, look-alikes, characters that do not show."""

lines = st.lists(text, max_size=12)

words = st.text(CHINESE + "0123456789", min_size=1, max_size=12)
"""A stretch without blanks and without marks of any format."""

tables = st.integers(2, 5).flatmap(lambda width: st.lists(st.lists(words, min_size=width, max_size=width), min_size=2))
"""Rows of equally many filled cells."""

days = st.dates(datetime.date(2008, 1, 1), datetime.date(2099, 12, 31))


def year_digits(year: int, zero: str = "〇") -> str:
    """A year digit by digit, 二〇二三 or 二○二三."""
    return "".join((zero + "一二三四五六七八九")[int(digit)] for digit in str(year))


def written_days(day: datetime.date) -> st.SearchStrategy[str]:
    """The wordings of a date with its year."""
    year, month, number = day.year, day.month, day.day
    return st.sampled_from(
        [
            f"{year}年{month}月{number}日",
            f"{year} 年 {month} 月 {number} 日",
            f"{year}年{month:02}月{number:02}日",
            f"{year}年{month}月{number}号",
            f"{year}.{month}.{number}",
            f"{year}-{month:02}-{number:02}",
            f"{year}/{month}/{number}",
            f"{year_digits(year)}年{chinese(month)}月{chinese(number)}日",
            f"{year_digits(year, '○')}年{chinese(month)}月{chinese(number)}日",
            f"{year}年{month}月{number}日".translate({ord("0") + i: ord("０") + i for i in range(10)}),
        ]
    )
