"""What stands before the text of a report: a site's menus and card, the title on one to three lines, the contents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import compress

from linter.model.document import Table
from linter.parsing.flattened import HEADINGS, Item

_LONGEST = 70
_TITLE_LINES = 60
"""A title stands among the first lines; web pages put their menus before it."""
_TITLE_PARTS = 3
"""A long title is wrapped, or set on lines of its own for agency, year and name."""
_TITLE = re.compile(r"(?:信息|政务).{0,12}公开.{0,12}(?:报告|年报)(?:格式模板)?(?:[（(].{1,12}[）)])?[》〉]?$")
_NO_TITLE = re.compile(r"[。：:>＞»›|｜]")
_CARD = re.compile(
    r"(?:索引号|组配分类|发布机构|公开范围|发文机关|文号|主题词|主题分类|信息分类|时效|有效性|内容概述|生成日期|成文日期|发文日期"
    r"|信息来源|浏览次数|阅读次数|点击数|分享到|字体[:：]|字号[:：]|打印本页|[【\[](?:打印|收藏|关闭|字体|字号|大中小))"
)
"""How a line begins that a site puts about a document: its card, and what a reader may do with the page."""
_LABEL = re.compile(r"(?:标题|信息名称|文件名称|名称)[:：]?")
"""How the card names the title."""
_YEAR = re.compile(r"(?:19|20)\d{2}|[二][〇○零一二三四五六七八九]{3}")
_NAMELESS = re.compile(r"(?:(?:\d{4}|[〇○零一二三四五六七八九]{4})年?度?)?(?:政府|政务)?信息公开")
_AGENCY = re.compile(
    r"(?:政府|[局厅委办部署院会处所站社行馆台]|办公室|中心|街道|办事处|[省市县区州盟旗乡镇]|大学|学院|学校|公司|集团|[总支大]队)"
    r"(?:[（(].{1,12}[）)])?$|年度?$"
)
_CONTENTS = re.compile(r"目[录次]$")
_LEADER = re.compile(r"(?:[.…·．]{2,}|\s{2,}|\t)\s*[-—（(]?\d{1,3}[-—）)]?$")
"""From a title in the table of contents to its page."""
_DOTTED = re.compile(r"(?:…{2,}|[.·．]{4,})\s*[-—（(]?\d{1,3}[-—）)]?$")
_MOST_ENTRIES = 80
_ENTRY_END = 16
"""Characters at the end of a line in which dots and page show."""


def without_contents(items: list[Item]) -> list[Item]:
    """The lines without a table of contents: dotted entries, or all between 目录 and its first entry again."""
    items = [item for item in items if not _DOTTED.search(item.raw[-_ENTRY_END:])]
    for index, item in enumerate(items[:_TITLE_LINES]):
        if _CONTENTS.fullmatch(item.text) and index + 1 < len(items):
            first = _entry(items[index + 1])
            after = range(index + 2, min(index + _MOST_ENTRIES, len(items)))
            again = next((number for number in after if first and _entry(items[number]) == first), None)
            return items[:index] + items[again:] if again else items
    return items


def _entry(item: Item) -> str:
    return "".join(_LEADER.sub("", item.raw).split())


def split_title(items: list[Item]) -> tuple[list[Item], list[Item], list[Item]]:
    """The lines that are a site's, those of the title, and the rest.

    Of several that could be the title, the first that names the year. Without one only the rest is there. A site's are
    the lines of its card, and all above the title where one of them is a menu or of the card: a cover has neither.
    Sentences and tables are never a site's.
    """
    found: list[tuple[int, int]] = []
    begun = False
    for index, item in enumerate(items[:_TITLE_LINES]):
        begun = begun or _is_prose(item)
        if isinstance(item.block, Table) and item.mark != "THEAD" and not begun:
            continue  # a site's menus and card may be tables
        if item.view is None or item.mark in ("CHAPTER", "THEAD") or (found and _is_prose(item)):
            break
        start = _title_start(items, index)
        if start is not None:
            found.append((start, index + 1))
    if not found:
        return [], [], items
    start, end = next((lines for lines in found if _YEAR.search(_joined(items[slice(*lines)]))), found[0])
    first = next((at for at, item in enumerate(items) if at >= end and item.mark in HEADINGS), len(items))
    lines = [item.view is not None and not _is_prose(item) for item in items]
    copied = any(_is_furniture(item.text) for item in compress(items[:start], lines))
    site = [
        line and ((at < start and copied) or (end <= at < first and _CARD.match(item.text) is not None))
        for at, (item, line) in enumerate(zip(items, lines, strict=True))
    ]
    rest = [item for at, item in enumerate(items) if not site[at] and not start <= at < end]
    return list(compress(items, site)), items[start:end], rest


def _title_start(items: Sequence[Item], index: int) -> int | None:
    """Where the title begins whose last line this is; None if it is none."""
    for start in range(index, max(index - _TITLE_PARTS, -1), -1):
        if items[start].view is None or _is_prose(items[start]) or _is_furniture(items[start].text):
            return None
        if _TITLE.search(_joined(items[start : index + 1])):
            while start and _NAMELESS.match(_joined(items[start : index + 1])) and _may_name(items[start - 1]):
                start -= 1  # noqa: PLW2901 -- the title begins with its agency
            return start
    return None


def _is_furniture(text: str) -> bool:
    """Whether the line is a sentence, a menu, or of the card, save where the card names the title."""
    return bool(_CARD.match(text) or _NO_TITLE.search(_LABEL.sub("", text, count=1)))


def _may_name(item: Item) -> bool:
    """Whether the line above a title that names nobody is the agency's name, or the year."""
    return 3 <= len(item.text) <= 40 and not _NO_TITLE.search(item.text) and bool(_AGENCY.search(item.text))


def _is_prose(item: Item) -> bool:
    return len(item.text) > _LONGEST or "。" in item.text


def _joined(items: Sequence[Item]) -> str:
    return "".join(item.text for item in items)
