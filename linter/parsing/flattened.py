"""Tables that lost their grid: runs of lines, tab-separated or not, that were rows once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from linter.model.document import Cell, Document, Paragraph, Span, Table
from linter.model.outline import Passage
from linter.text.values import DASH, NOTHING, UNIT

_LONGEST_LABEL = 60
"""Characters of the longest label of the forms, the relations in the corner cell included."""

_SHORT = 15
"""Characters up to which a line with a comma may be a piece of a label."""
_MANY = 5
"""Numbers at the end of a line from which it can only be a row, whatever came before."""
_TORN = 60
"""Lines within which a label that was torn to pieces gets its figures."""

_VALUE = rf"[-+＋－]?[\d０-９][\d０-９,，.．]*(?:%|％|{UNIT})?|{DASH}{{1,6}}|[/／]|{NOTHING}"
_BLANK = "[ \t\u00a0\u3000]"
_TOKEN = re.compile(f"[^{_BLANK[1:-1]}]+")
_IS_VALUE = re.compile(_VALUE)
_IS_PART = re.compile(f"{_VALUE}|{UNIT}")
_TITLE_ENDS = re.compile("(?:情况|事项|措施|问题|方向|打算)$")
_GAP = re.compile("[ \u00a0\u3000]{2,}")


HEADINGS = frozenset({"CHAPTER", "SECTION", "ITEM", "POINT"})


@dataclass(frozen=True, slots=True)
class Item:
    """A block with its view (None for a table) and the name and length of the mark it begins with."""

    block: Paragraph | Table
    view: Passage | None
    raw: str = ""
    mark: str = ""
    mark_end: int = 0

    @property
    def text(self) -> str:
        return self.view.text if self.view else ""


def table_end(items: Sequence[Item], start: int) -> int:
    """Where the flattened table that begins at `start` ends; `start` itself where none begins."""
    first = items[start]
    if isinstance(first.block, Table) and first.block.physical:
        return start
    tabbed = isinstance(first.block, Table)
    if not tabbed and (_is_prose(first) or not (first.mark == "THEAD" or _figures(first) >= _MANY)):
        return start
    titles = "指标" not in "".join(first.raw.split())
    end = start + 1
    while end < len(items) and _is_row(items, end, titles):
        end += 1
    end = _without_headings(items, start, end)
    # A lone line that only looks like a header (信息内容…) is prose.
    return end if tabbed or end - start > 1 or _figures(first) >= _MANY else start


def _is_row(items: Sequence[Item], index: int, titles: bool) -> bool:
    """Whether the block goes on with the flattened table before it.

    `titles`: a chapter's title (…情况) is none of the table's rows, as it may be in the 统计表 of 2014.
    """
    item = items[index]
    if isinstance(item.block, Table):
        return not item.block.physical
    if item.block.level is not None or item.mark in ("DATE", "ANNEX") or _is_prose(item):
        return False
    if _has_values(item) or item.mark not in HEADINGS:
        return True
    if item.mark != "CHAPTER":
        return not (titles and item.text.endswith("情况"))
    return not (titles and _TITLE_ENDS.search(item.text)) and _figures_follow(items, index + 1)


def _figures_follow(items: Sequence[Item], start: int) -> bool:
    """Whether figures come before the next header or sentence: what stands before is a label then, not a heading."""
    for item in items[start : start + _TORN]:
        if item.mark == "THEAD" or _is_prose(item) or (isinstance(item.block, Paragraph) and item.block.level):
            return False
        if isinstance(item.block, Table):
            return not item.block.physical
        if _figures(item):
            return True
    return False


def _without_headings(items: Sequence[Item], start: int, end: int) -> int:
    """The table without the headings at its end: numbered lines without figures that prose follows."""
    if end >= len(items) or not _is_prose(items[end]):
        return end
    last = end
    while last > start + 1 and not isinstance(items[last - 1].block, Table) and not _has_values(items[last - 1]):
        last -= 1
    return next((index for index in range(last, end) if items[index].mark in HEADINGS), end)


def _is_prose(item: Item) -> bool:
    """Whether the block is running text: too long for a label, or with the commas of a sentence."""
    if not isinstance(item.block, Paragraph):
        return False
    if "。" in item.text or (len(item.text) > _LONGEST_LABEL and _figures(item) < 2):
        return True
    bracketed = item.text.startswith("（") or item.text.endswith("）") or item.mark == "THEAD"
    return "，" in item.text and len(item.text) > _SHORT and not bracketed and not _has_values(item)


def _has_values(item: Item) -> bool:
    """Whether the line ends in a value behind a blank, or is nothing but values and units."""
    return isinstance(item.block, Paragraph) and _values(item.raw)[0]


def _figures(item: Item) -> int:
    """How many numbers the line ends in."""
    return _values(item.raw)[1] if isinstance(item.block, Paragraph) else 0


@lru_cache(maxsize=1024)
def _values(raw: str) -> tuple[bool, int]:
    words = raw.split()
    if not words or not (_IS_VALUE.fullmatch(words[-1]) or all(map(_IS_PART.fullmatch, words))):
        return False, 0
    return True, next((count for count, word in enumerate(reversed(words)) if not word[-1].isdigit()), len(words))


def gather(document: Document, items: Sequence[Item]) -> Table:
    """One table of all their rows: those of tab-separated tables as they are, loose lines split at their values."""
    rows: list[Sequence[Cell]] = []
    for item in items:
        if isinstance(item.block, Table):
            rows.extend(item.block.rows())
        else:
            spans = split(document.text, item.block.span)
            rows.append([Cell(span, document.text[span.start : span.end], 0, 0) for span in spans])
    cells = tuple(
        Cell(cell.span, cell.text, number, position)
        for number, row in enumerate(rows)
        for position, cell in enumerate(row)
    )
    return Table(Span(items[0].block.span.start, items[-1].block.span.end), cells, physical=False)


def split(text: str, span: Span) -> list[Span]:
    """The cells of a loose line: wide gaps part it; numbers, dashes and units at the end of a part stand alone.

    「（一）收到申请数 件 0」 → 「（一）收到申请数」「件」「0」.
    """
    cells: list[Span] = []
    for start, stop in _parts(text, span):
        words = [Span(*word.span()) for word in _TOKEN.finditer(text, start, stop)]
        first = len(words)
        while first > 1 and _IS_PART.fullmatch(text, words[first - 1].start, words[first - 1].end):
            first -= 1
        cells.extend([Span(words[0].start, words[first - 1].end)] if words else [])
        cells.extend(words[first:])
    return cells


def _parts(text: str, span: Span) -> Iterator[tuple[int, int]]:
    start = span.start
    for gap in _GAP.finditer(text, span.start, span.end):
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    if start < span.end:
        yield start, span.end
