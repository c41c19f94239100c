"""The line lexer: blocks of a document → line tokens for grammar/report.lark.

A heading and a row of a flattened table are the same characters (「（一）收到申请数 件 0」), so the lexer keeps
context: from the header of a table to the next prose, lines are rows. Wrapped lines (text, PDF) become paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from linter import grammars
from linter.model.document import Document, Paragraph, Table
from linter.model.outline import Passage
from linter.parsing.cover import split_title, without_contents
from linter.parsing.flattened import HEADINGS, Item, gather, table_end
from linter.parsing.titles import NO_TITLES, Titles
from linter.text.views import passage

_BARE_NUMBER = re.compile(r"([一二三四五六七八九十]{1,3}|\d{1,2})[ \t\u3000]")
"""The number of a heading with nothing but a blank behind it."""
_SIGNED = re.compile(
    r"[^。，；]{0,40}?(?:\d{4}|[〇○零一二三四五六七八九]{4})年(?:\d{1,2}|[一二三四五六七八九十]{1,3})月"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})日[）)]?"
)
"""Publisher and date on one line."""
_FIRST = re.compile("(?<!十)一(?!十)")
_PARAGRAPH = "\u3000\u3000"
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

    def __str__(self) -> str:
        """The kind: a parser's token is a text, and all that a table holds would take long to write out."""
        return self.kind


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
    begins: bool = False
    """Two wide blanks stand before its first line: the indent that Chinese paragraphs begin with."""

    @property
    def text(self) -> str:
        return self.views[-1].text if self.views else ""


def lex(document: Document, titles: Titles = NO_TITLES) -> list[Line]:
    """The tokens of the document as grammar/report.lark wants them: ABOVE and TITLE first, SIGN and ANNEX last.

    `titles`: lines that are headings even without a number.
    """
    items = [item for block in document.blocks if (item := _item(document, block)).view is None or _is_text(item)]
    above, title, rest = split_title(without_contents(_with_titles(items, titles)))
    drafts = _tokens(document, rest, titles)
    if document.format in _WRAPPED:
        drafts = _join(drafts, titles)
    cover = [Line(kind, item.view) for kind, part in (("ABOVE", above), ("TITLE", title)) for item in part if item.view]
    return cover + [_line(document, draft) for draft in _back_matter(drafts)]


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


def _with_titles(items: list[Item], titles: Titles) -> list[Item]:
    """Titles without a number marked as headings, unless the same section has a heading with one."""
    numbered = {titles.section(item.text[item.mark_end :]) for item in items if item.mark in HEADINGS}
    return [_titled(item, titles, numbered) if item.view and not item.mark else item for item in items]


def _titled(item: Item, titles: Titles, numbered: set[str]) -> Item:
    number = _BARE_NUMBER.match(item.raw)
    end = len(number[1]) if number else 0
    section = titles.section(item.text[end:])
    return replace(item, mark="CHAPTER", mark_end=end) if section and section not in numbered else item


def _is_text(item: Item) -> bool:
    return bool(item.text) and item.mark != "PAGE"


def _tokens(document: Document, items: list[Item], titles: Titles) -> list[_Draft]:
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
            kind, mark = _kind(item, item.block.level, titles)
            closed = item.block.level is not None
            start = item.block.span.start
            indent, begins = _indent(document.text, start), document.text[max(start - 2, 0) : start] == _PARAGRAPH
            drafts.append(_Draft(kind, views=[item.view], mark=mark, closed=closed, indent=indent, begins=begins))
        index = max(end, index + 1)
    return drafts


def _kind(item: Item, level: int | None, titles: Titles) -> tuple[str, int]:
    if item.mark == "CHAPTER" and titles.is_row(item.text[item.mark_end :]):
        return "PARA", 0  # of a form that lost its grid and could not be read
    if item.mark in HEADINGS and len(item.text) > item.mark_end:
        return item.mark, item.mark_end
    if item.mark in ("ANNEX", "DATE"):
        return {"ANNEX": "ANNEX", "DATE": "SIGN"}[item.mark], 0
    if level is not None and len(item.text) <= 40 and not item.text.endswith("。"):
        return ("CHAPTER" if level <= 2 else "SECTION"), 0
    return "PARA", 0


def _join(drafts: list[_Draft], titles: Titles) -> list[_Draft]:
    """Lines of one paragraph put together: a line that stops in mid-sentence goes on in the next one."""
    width = _wrap_width(drafts)
    joined: list[_Draft] = []
    for draft in drafts:
        goes_on = draft.kind == "PARA" and not draft.closed and joined and _goes_on(joined[-1], draft, width)
        if goes_on and not _is_whole(joined[-1], draft, titles):
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
    if following.begins or following.indent > draft.indent + 1:
        return False
    if width:
        return len(text) >= width - (2 if text[-1] in _CLAUSE_END else 5)
    return text[-1] not in _CLAUSE_END and len(text) > (25 if draft.kind == "PARA" else 60)


def _is_whole(draft: _Draft, following: _Draft, titles: Titles) -> bool:
    """Whether a heading of one line is a section's title as it stands, and none with the following line behind it."""
    title = draft.text[draft.mark :]
    whole = draft.kind in HEADINGS and len(draft.views) == 1 and titles.section(title)
    return bool(whole and not titles.section(title + following.text))


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
    top = {"CHAPTER"} if any(draft.kind == "CHAPTER" for draft in drafts) else HEADINGS
    tops = [index for index, draft in enumerate(drafts) if draft.kind in top]
    annex = next(
        (index for index, draft in enumerate(drafts) if draft.kind == "ANNEX" and _ends(drafts, tops, index)), None
    )
    last = max((index for index in tops if annex is None or index < annex), default=-1)
    for draft in drafts[: last + 1]:
        if draft.kind in ("SIGN", "ANNEX"):
            draft.kind = "PARA"
    begun = False
    for before, draft in zip([None, *drafts[last + 1 :]], drafts[last + 1 :], strict=False):
        if draft.kind == "PARA" and _SIGNED.fullmatch(draft.text):
            draft.kind = "SIGN"
        if draft.kind == "SIGN" and before and before.kind == "PARA" and _is_signature(before.text):
            before.kind = "SIGN"
        begun = begun or draft.kind in ("SIGN", "ANNEX")
        if begun and draft.kind in HEADINGS:
            draft.kind = "PARA"
    return drafts


def _ends(drafts: Sequence[_Draft], tops: Sequence[int], annex: int) -> bool:
    """Whether the annex ends the chapters before it: none comes after it, or they begin anew at 一."""
    if not tops or tops[0] > annex:
        return False
    after = next((drafts[index] for index in tops if index > annex), None)
    return after is None or _FIRST.search(after.text[: after.mark]) is not None


def _is_signature(text: str) -> bool:
    return 2 <= len(text) <= 40 and not re.search(r"[。，；：,;:]", text)


def _line(document: Document, draft: _Draft) -> Line:
    if draft.table is not None:
        return Line(draft.kind, draft.table)
    whole = draft.views[0] if len(draft.views) == 1 else passage(document.text, [view.span() for view in draft.views])
    return Line(draft.kind, whole, draft.mark)
