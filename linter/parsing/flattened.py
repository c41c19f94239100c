"""Tables that lost their grid: runs of lines, tab-separated or not, that were rows once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from linter.model.document import Cell, Document, Paragraph, Span, Table
from linter.model.outline import Passage

_LONGEST_LABEL = 60
"""Characters of the longest label of the forms, the relations in the corner cell included."""

_UNIT = r"人次|万元|[条件次篇个人元份项]"
_VALUE = rf"[-+＋－]?[\d０-９][\d０-９,，.．]*(?:%|％|{_UNIT})?|[—–－─-]{{1,6}}|[/／]|无|不涉及|不适用|N/A"
_BLANK = "[ \t\u00a0\u3000]"
_TAIL = re.compile(rf"(?<={_BLANK})(?:{_VALUE}|{_UNIT})$")
_ONLY_VALUES = re.compile(rf"(?:(?:{_VALUE}|{_UNIT}){_BLANK}*)+$")
_ENDS_IN_VALUES = re.compile(rf"{_BLANK}(?:(?:{_UNIT}|{_VALUE}){_BLANK}+)*(?:{_VALUE})$")
_GAP = re.compile("[ \u00a0\u3000]{2,}")


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
    tabbed = isinstance(first.block, Table)
    if isinstance(first.block, Table):
        if first.block.physical:
            return start
    elif first.mark != "THEAD" or _is_prose(first):
        return start
    end = start + 1
    while end < len(items) and _is_row(items, end):
        end += 1
    # A lone line that only looks like a header (信息内容…) is prose.
    return end if tabbed or end - start > 1 else start


def _is_row(items: Sequence[Item], index: int) -> bool:
    """Whether the block goes on with the flattened table before it."""
    item = items[index]
    if isinstance(item.block, Table):
        return not item.block.physical
    if item.block.level is not None or item.mark in ("DATE", "ANNEX") or _is_prose(item):
        return False
    if item.mark == "CHAPTER" and not _has_values(item):
        # 「四、政府信息公开行政复议…」 is a heading; 「三、本年度办理结果」 stands among rows, the next one has values.
        after = items[index + 1] if index + 1 < len(items) else None
        return after is not None and after.mark != "CHAPTER" and _has_values(after)
    return True


def _is_prose(item: Item) -> bool:
    return len(item.text) > _LONGEST_LABEL or "。" in item.text


def _has_values(item: Item) -> bool:
    return bool(item.raw) and bool(_ONLY_VALUES.match(item.raw) or _ENDS_IN_VALUES.search(item.raw))


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
        replace(cell, row=number, column=position, rows=1, columns=1)
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
        end = stop
        tail: list[Span] = []
        while found := _TAIL.search(text, start, end):
            tail.append(Span(found.start(), found.end()))
            end = start + len(text[start : found.start()].rstrip())
        cells.extend([Span(start, end)] if end > start else [])
        cells.extend(reversed(tail))
    return cells


def _parts(text: str, span: Span) -> Iterator[tuple[int, int]]:
    start = span.start
    for gap in _GAP.finditer(text, span.start, span.end):
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    if start < span.end:
        yield start, span.end
