"""The line lexer: blocks of a document → line tokens for grammar/report.lark.

A heading and a row of a flattened table are the same characters (「（一）收到申请数 件 0」), so the lexer keeps
context: from the header of a table to the next prose, lines are rows. Wrapped lines (text, PDF) become paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from linter import grammars
from linter.model.document import Document, Paragraph, Table
from linter.model.outline import Passage
from linter.parsing.flattened import HEADINGS, Item, gather, table_end
from linter.views import passage

_LONGEST_TITLE = 70
_TITLE_LINES = 20
"""A title stands among the first lines; web pages put a few others before it."""
_TITLE = re.compile(r"(?:信息|政务).{0,12}公开.{0,12}(?:报告|年报)(?:格式模板)?(?:[（(].{1,12}[）)])?$")
_TITLE_PARTS = 3
"""A long title is wrapped, or set on lines of its own for agency, year and name."""
_NO_TITLE = re.compile(r"[。：:]")
_NAMELESS = re.compile(r"(?:\d{4}|[〇○零一二三四五六七八九]{4})?年?度?(?:政府|政务)信息公开")
_SENTENCE_END = "。！？!?"
_CLAUSE_END = "；：;:"
"""A line that is full and ends so goes on; a short one does not."""
_WRAPPED = frozenset({"text", "markdown", "pdf"})
"""Formats whose lines are not paragraphs."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line token: `kind` is a terminal of grammar/report.lark, `mark` the length of a heading's number."""

    kind: str
    content: Passage | Table
    mark: int = 0


@dataclass(slots=True)
class _Draft:
    """A token while its lines are gathered."""

    kind: str
    table: Table | None = None
    views: list[Passage] = field(default_factory=list)
    mark: int = 0
    closed: bool = False
    """The file itself says that the paragraph ends here."""
    indent: int = 0
    """Blank columns before its last line."""

    @property
    def text(self) -> str:
        return self.views[-1].text if self.views else ""


def lex(document: Document) -> list[Line]:
    """The tokens of the document in the order that grammar/report.lark wants: TITLE first, SIGN and ANNEX last."""
    items = [item for block in document.blocks if (item := _item(document, block)).view is None or _is_text(item)]
    titles, rest = _split_title(items)
    drafts = _tokens(document, rest)
    if document.format in _WRAPPED:
        drafts = _join(drafts)
    lines = [Line("TITLE", item.view) for item in titles if item.view]
    return lines + [_line(document, draft) for draft in _back_matter(drafts)]


@lru_cache(maxsize=1)
def _marks() -> re.Pattern[str]:
    """One pattern over all terminals of grammar/line.lark, in the order written there."""
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in grammars.terminals("line")))


def _item(document: Document, block: Paragraph | Table) -> Item:
    if isinstance(block, Table):
        first = "".join(cell.text for cell in block.cells if cell.row == 0 and not block.physical)
        found = _marks().match("".join(first.split()))
        return Item(block, None, first, found.lastgroup or "" if found else "")
    view = passage(document.text, (block.span,))
    raw = document.text[block.span.start : block.span.end]
    found = _marks().match(view.text)
    return Item(block, view, raw, found.lastgroup or "", found.end()) if found else Item(block, view, raw)


def _is_text(item: Item) -> bool:
    return bool(item.text) and item.mark != "PAGE"


def _split_title(items: list[Item]) -> tuple[list[Item], list[Item]]:
    """The lines of the title, printed on up to three lines before the first heading or table, and the rest."""
    for index, item in enumerate(items[:_TITLE_LINES]):
        if item.view is None or item.mark in ("CHAPTER", "THEAD"):
            break
        for start in range(index, max(index - _TITLE_PARTS, -1), -1):
            if len(items[start].text) > _LONGEST_TITLE or _NO_TITLE.search(items[start].text):
                break
            if _TITLE.search("".join(line.text for line in items[start : index + 1])):
                start = _agency_above(items, start)  # noqa: PLW2901 -- the title's first line
                return items[start : index + 1], items[:start] + items[index + 1 :]
    return [], items


def _agency_above(items: list[Item], start: int) -> int:
    """A title that names nobody begins with the short line above it: the publisher's name stands there."""
    if not start or not _NAMELESS.match(items[start].text):
        return start
    above = items[start - 1].text
    return start - 1 if 3 <= len(above) <= 40 and not re.search(r"[。，,：:]", above) else start


def _tokens(document: Document, items: list[Item]) -> list[_Draft]:
    """Headings, lines and tables; flattened tables are gathered, wrapped lines not yet joined."""
    drafts: list[_Draft] = []
    index = 0
    while index < len(items):
        end = table_end(items, index)
        item = items[index]
        if end > index:
            drafts.append(_Draft("TABLE", gather(document, items[index:end])))
        elif isinstance(item.block, Table):
            drafts.append(_Draft("TABLE", item.block))
        elif item.view is not None:
            kind, mark = _kind(item, item.block.level)
            closed = item.block.level is not None
            indent = _indent(document.text, item.block.span.start)
            drafts.append(_Draft(kind, views=[item.view], mark=mark, closed=closed, indent=indent))
        index = max(end, index + 1)
    return drafts


def _kind(item: Item, level: int | None) -> tuple[str, int]:
    if item.mark in HEADINGS and len(item.text) > item.mark_end:
        return item.mark, item.mark_end
    if item.mark in ("ANNEX", "DATE"):
        return {"ANNEX": "ANNEX", "DATE": "SIGN"}[item.mark], 0
    if level is not None and len(item.text) <= 40:
        return ("CHAPTER" if level <= 2 else "SECTION"), 0
    return "PARA", 0


def _join(drafts: list[_Draft]) -> list[_Draft]:
    """Lines of one paragraph put together: a line that stops in mid-sentence goes on in the next one."""
    width = _wrap_width(drafts)
    joined: list[_Draft] = []
    for draft in drafts:
        if draft.kind == "PARA" and not draft.closed and joined and _goes_on(joined[-1], draft, width):
            joined[-1].views.extend(draft.views)
            joined[-1].indent = draft.indent
        else:
            joined.append(draft)
    return joined


def _goes_on(draft: _Draft, following: _Draft, width: int) -> bool:
    """Whether the paragraph goes on in the following line: it stops in mid-sentence, and no new indent begins."""
    text = draft.text
    if draft.closed or draft.kind not in HEADINGS | {"PARA"} or text[-1] in _SENTENCE_END:
        return False
    if text[-1] in "，、,（(《“":
        return True
    if following.indent > draft.indent + 1:
        return False
    if width:
        return len(text) >= width - (2 if text[-1] in _CLAUSE_END else 5)
    return text[-1] not in _CLAUSE_END and len(text) > (25 if draft.kind == "PARA" else 60)


def _indent(text: str, start: int) -> int:
    """Blank columns before `start` in its line; a wide blank counts two."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return sum(2 if blank == "\u3000" else 1 for blank in line) if line.isspace() else 0


def _wrap_width(drafts: Sequence[_Draft]) -> int:
    """How many characters a full line of this file holds, 0 where lines are whole paragraphs."""
    lengths = sorted(len(draft.text) for draft in drafts if len(draft.text) > 12)
    if len(lengths) < 8:
        return 0
    width = lengths[len(lengths) * 3 // 4]
    full = sum(abs(length - width) <= 4 for length in lengths)
    return width if width <= 60 and full * 3 >= len(lengths) and lengths[-1] <= width * 2 else 0


def _back_matter(drafts: list[_Draft]) -> list[_Draft]:
    """Signature, date and annexes count only behind the last chapter; what follows them is no heading any more."""
    last = max((index for index, draft in enumerate(drafts) if draft.kind == "CHAPTER"), default=-1)
    for draft in drafts[: last + 1]:
        if draft.kind in ("SIGN", "ANNEX"):
            draft.kind = "PARA"
    begun = False
    for before, draft in zip([None, *drafts[last + 1 :]], drafts[last + 1 :], strict=False):
        if draft.kind == "SIGN" and before and before.kind == "PARA" and _is_signature(before.text):
            before.kind = "SIGN"
        begun = begun or draft.kind in ("SIGN", "ANNEX")
        if begun and draft.kind in HEADINGS:
            draft.kind = "PARA"
    return drafts


def _is_signature(text: str) -> bool:
    return 2 <= len(text) <= 40 and not re.search(r"[。，；：,;:]", text)


def _line(document: Document, draft: _Draft) -> Line:
    if draft.table is not None:
        return Line(draft.kind, draft.table)
    whole = draft.views[0] if len(draft.views) == 1 else passage(document.text, [view.span() for view in draft.views])
    return Line(draft.kind, whole, draft.mark)
