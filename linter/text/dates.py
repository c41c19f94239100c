"""Calendar dates and the statement of the statistical period, read from passages with grammar/period.lark."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from linter.grammars import parser
from linter.model.outline import Passage
from linter.model.report import DateMention, Period
from linter.text.numerals import parse_number

Day = tuple[int | None, int, int]
"""Year (None: not written), month and day as written; 0 for what is no number (二十十月)."""

_PARTS = re.compile(r"[年月日号份度的至到./—–~～-]+")
_WRITTEN_ALIKE = str.maketrans({"O": "〇", "o": "〇", "元": "一"})
_PAUSES = "，,、（）()"
_RUN_TOGETHER = re.compile(r"\d{5,8}[月日]")
"""A date that lost its marks."""
_SENTENCE_END = re.compile("[。；;！!]")
_LONGEST = 120
"""How many characters after its subject a statement is looked for."""


def dates(passage: Passage) -> Iterator[DateMention]:
    """Every date with its month and day, in order. One without its year (1月1日) has neither `year` nor `date`."""
    for found in _pattern("DATE").finditer(passage.text):
        yield _mention(passage, found.span(), *_days(found[0])[0])


def periods(passage: Passage) -> Iterator[Period]:
    """Every statement of the period that the report's figures cover, in order.

    What is said once for both boundaries or for the whole is filled in: the year of 12月31日 in 2023年1月1日至12月31日,
    the days of 2023年度 and 2023年1—12月; `text` stays as printed. A boundary that is not written is None.
    """
    found = list(_stated(passage, _pattern("TERM", "POINT", "TIME")))
    found += [
        period
        for period in _stated(passage, _pattern("DATA"))
        if not any(period.span.overlaps(other.span) for other in found)
    ]
    return iter(sorted(found, key=lambda period: period.span))


@cache
def _pattern(*terminals: str) -> re.Pattern[str]:
    """Some of the grammar's terminals, wherever in a text they stand."""
    return re.compile("|".join(parser("period").get_terminal(name).pattern.to_regexp() for name in terminals))


def _stated(passage: Passage, subjects: re.Pattern[str]) -> Iterator[Period]:
    """The periods stated in the sentences about one of the subjects, each read from its subject on."""
    for subject in subjects.finditer(passage.text):
        limit = subject.end() + _LONGEST
        end = _SENTENCE_END.search(passage.text, subject.end(), limit)
        tree: Any = parser("period").parse(passage.text[subject.start() : end.start() if end else limit])
        period = _period(passage, subject.start(), list(tree.scan_values(lambda _: True)))
        if period:
            yield period


def _period(passage: Passage, start: int, tokens: Sequence[Any]) -> Period | None:
    """The period that the tokens of a sentence state; None if it is about something else.

    A sentence about 统计期限 states one even without dates, if nothing stands in their place. One about 统计时间 or
    about 数据 in general does only with both boundaries, one about a point of time (时间点, 数据截至) with the last.
    """
    subject, *stated = (token for token in tokens if token.type != "REST")
    if not stated:
        return None
    first, last = _boundaries(passage, start, stated)
    if subject.type == "TERM":
        known = bool(first or last) or _left_out(stated, tokens[-1])
    elif subject.type == "POINT" or (subject.type == "DATA" and any("截" in token for token in stated)):
        known = last is not None
    else:
        known = bool(first and last)
    end = start + stated[-1].end_pos
    return Period(passage.span(start, end), passage.text[start:end], first, last) if known else None


def _left_out(stated: Sequence[Any], final: Any) -> bool:
    """Whether the dates are left out (统计期限自至。) or garbled (20231月1日), not only worded otherwise (每季度)."""
    if final.type != "REST" or final[0] in _PAUSES or _RUN_TOGETHER.match(final):
        return True
    return any(token.type == "BLANK" for token in stated)


def _boundaries(passage: Passage, start: int, tokens: Sequence[Any]) -> tuple[DateMention | None, DateMention | None]:
    """The first and the last day given. What follows 至 is the last, and so is a day that stands all alone."""
    types = [token.type for token in tokens]
    turn = types.index("TO") if "TO" in types else len(types) if "FROM" in types or "START" in types else -1
    first = last = None
    for index, token in enumerate(tokens):
        if token.type not in ("DATE", "WHOLE"):
            continue
        span = start + token.start_pos, start + token.end_pos
        opening, closing = _days(token)
        both = token.type == "WHOLE" and "TO" not in types
        if both or index < turn:
            first = _mention(passage, span, *opening)
        if both or index > turn:
            last = _mention(passage, span, *closing)
    if first and last:
        first, last = _dated(first, last.year), _dated(last, first.year)
    return first, last


def _dated(mention: DateMention, year: int | None) -> DateMention:
    """The mention in that year, unless it gives its own."""
    if mention.year is not None:
        return mention
    return replace(mention, year=year, date=_date(year, mention.month, mention.day))


def _days(text: str) -> tuple[Day, Day]:
    """The first and the last day of a DATE (one and the same) or of a WHOLE."""
    values = (parse_number(part.translate(_WRITTEN_ALIKE)) for part in _PARTS.split(text) if part)
    numbers = [value if isinstance(value, int) else 0 for value in values]
    year = numbers.pop(0) if "年" in text or "月" not in text else None
    if "月" not in text and not numbers:
        numbers = [1, 12]
    elif "日" in text or "号" in text or "月" not in text:
        month, day = numbers
        return (year, month, day), (year, month, day)
    closing = numbers[-1]
    return (year, numbers[0], 1), (year, closing, monthrange(year or 2000, closing)[1] if 1 <= closing <= 12 else 31)


def _mention(passage: Passage, span: tuple[int, int], year: int | None, month: int, day: int) -> DateMention:
    date = _date(year, month, day)
    return DateMention(passage.span(*span), passage.text[slice(*span)], year, month, day, date)


def _date(year: int | None, month: int, day: int) -> datetime.date | None:
    """The day in the calendar; None if it has no such day or the year is not known."""
    try:
        return datetime.date(year, month, day) if year is not None else None
    except ValueError:
        return None
