"""Dates that are wrong: another period, another year, a day that does not exist, too late, too early."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from synthesis.draft import Draft, Paragraph, Title
from synthesis.faults.fault import PROSE, Fault, Maker
from synthesis.faults.text import inserted

_DAY = re.compile(r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日")
_END = re.compile(r"12 ?月 ?31 ?日")


def periods(draft: Draft) -> list[Paragraph]:
    return [block for block in draft.blocks if isinstance(block, Paragraph) and block.role == "period"]


def _period_wrong(draft: Draft, rng: random.Random) -> Fault | None:
    found = periods(draft)
    if not found:
        return None
    text, year = found[0].text, draft.year
    start = next(match for match in _DAY.finditer(text) if match[2] == "1" and match[3] == "1")
    end = next(match for match in _END.finditer(text, start.end()))
    head, middle, tail = text[: start.start()], text[start.end() : end.start()], text[end.end() :]
    first, last = start[0], end[0]
    how = rng.choice(("last year", "day", "start", "backwards", "month"))
    if how == "last year":
        first = first.replace(str(year), str(year - 1), 1)
        middle = middle.replace(str(year), str(year - 1), 1)
    elif how == "day":
        last = last.replace("31", "30")
    elif how == "month":
        last = last.replace("12", "11").replace("31", "30")
    elif how == "start":
        first = f"{year}年1月2日" if " " not in first else f"{year} 年 1 月 2 日"
    elif str(year) in middle:
        middle = middle.replace(str(year), str(year - 1), 1)
    else:
        first = first.replace(str(year), str(year + 1), 1)
    changed = head + first + middle + last + tail
    return Fault(
        draft=draft.with_block(found[0], replace(found[0], text=changed)),
        rules=frozenset({"P02"}),
        paths=("period",),
        beside=frozenset({"P01"}),
    )


def _impossible(draft: Draft, rng: random.Random) -> Fault | None:
    found = [block for block in draft.blocks if isinstance(block, Paragraph) and block.role in ("period", "date")]
    if not found:
        return None
    block = rng.choice(found)
    if block.role == "period":
        bad = rng.choice(("12月32日", "13月31日", "11月31日", "2月30日"))
        text = _END.sub(bad, block.text, count=1)
    else:
        bad = rng.choice(("2月30日", "3月32日", "13月5日", "1月0日"))
        text = re.sub(r"\d{1,2} ?月 ?\d{1,2} ?日", bad, block.text)
        if text == block.text:
            return None
    changed = draft.with_block(block, replace(block, text=text))
    return Fault(
        draft=changed,
        rules=frozenset({"P03"}),
        paths=("",),
        near=bad,
        beside=frozenset({"P01", "P02", "P04", "P05", "P06"}),
    )


def _dated(rule: str, draft: Draft, rng: random.Random) -> Fault | None:
    found = [block for block in draft.blocks if isinstance(block, Paragraph) and block.role == "date"]
    if not found:
        return None
    strict = draft.kind == "department" and draft.year >= 2019
    month = rng.randint(2 if strict else 4, 11)
    year = draft.year + 1
    if rule == "P05":
        month, year = rng.randint(1, 12), draft.year
    text = f"{year}年{month}月{rng.randint(1, 28)}日"
    changed = draft.with_block(found[0], replace(found[0], text=text))
    return Fault(draft=changed, rules=frozenset({rule}), paths=("date",), near=text)


def _title_year(draft: Draft, _rng: random.Random) -> Fault | None:
    """The year of the title is another than the period's."""
    if not periods(draft):
        return None
    title = next(block for block in draft.blocks if isinstance(block, Title) and str(draft.year) in block.text)
    text = title.text.replace(str(draft.year), str(draft.year - 1))
    return Fault(
        draft=draft.with_block(title, replace(title, text=text)),
        rules=frozenset({"P02"}),
        paths=("period",),
        beside=frozenset({"S15", "P04", "P07"}) | PROSE,
    )


def _stray_year(draft: Draft, rng: random.Random) -> Fault | None:
    year = draft.year - rng.randint(3, 6)
    sentence = rng.choice((f"{year}年，进一步优化了栏目设置。", f"{year}年共开展检查4次。"))
    return inserted(draft, sentence, frozenset({"P07"}), rng, f"{year}年")


MAKERS: Mapping[str, Maker] = {
    "period wrong": _period_wrong,
    "another year in the title": _title_year,
    "date impossible": _impossible,
    "date late": partial(_dated, "P04"),
    "date premature": partial(_dated, "P05"),
    "stray year": _stray_year,
}
