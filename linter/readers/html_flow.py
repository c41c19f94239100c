"""From elements to what a browser would show: lines of text, tables and pictures in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from linter.readers.grids import Slot
from linter.readers.html_table import cells, grid, strays
from linter.readers.html_tree import BLOCK, Characters, Element

_HIDDEN = frozenset({
    "audio", "button", "canvas", "datalist", "embed", "frame", "frameset", "head", "iframe", "input", "link",
    "map", "meta", "noembed", "noframes", "noscript", "object", "option", "param", "script", "select", "style",
    "svg", "template", "textarea", "title", "video",
})  # fmt: skip
_LAYOUT_CELLS = 8
"""A table of so few cells may be a frame around paragraphs; the smallest statutory form has more."""
_LAYOUT_LINES = 3
_LAYOUT_CHARACTERS = 200
_CHINESE = "\u2e80"
"""The first code point of the Chinese blocks (CJK Radicals Supplement)."""
_ORDINALS = "〇一二三四五六七八九十"


@dataclass(slots=True)
class Line:
    """A line as shown: source stretches still to be resolved, the heading level, and what was struck from it."""

    runs: list[Characters] = field(default_factory=list)
    level: int | None = None
    preformatted: bool = False
    marker: str = ""
    """The number a browser prints before an ``<li>``; it stands in no source text."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A data table: its cells with the lines of each."""

    cells: tuple[tuple[Slot, tuple[Line, ...]], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """An ``<img>``: its alternative text, or the file it shows."""

    title: str


@dataclass(frozen=True, slots=True)
class Revision:
    """``<ins>`` (its text stays) or ``<del>`` (its text is gone)."""

    kind: str
    author: str


Item = Line | Grid | Picture | Revision


def flow(element: Element) -> list[Item]:
    """The content of an element in reading order, hidden parts left out, empty lines too."""
    flower = _Flower()
    flower.inside(element.children)
    flower.end_line()
    return flower.items


def is_shown(element: Element) -> bool:
    """Whether a browser shows it, as far as the element itself says."""
    if element.name in _HIDDEN or element.has("hidden"):
        return False
    style = element.attribute("style")
    return not (style and _invisible().search(style))


def is_layout(table: Element) -> bool:
    """Whether a table only arranges content: it holds a larger table, one cell, or few cells one of which is prose."""
    own = cells(table)
    if len(own) <= 1 or table.attribute("role") in {"presentation", "none"}:
        return True
    nested = max((len(cells(inner)) for cell in own for inner in _tables_in(cell)), default=0)
    if nested:
        return nested >= len(own)
    return len(own) <= _LAYOUT_CELLS and any(_is_prose(cell) for cell in own)


def _is_prose(cell: Element) -> bool:
    if sum(child.name in {"p", "div", "br"} for child in _descendants(cell)) < _LAYOUT_LINES:
        return False
    lines = [item for item in flow(cell) if isinstance(item, Line)]
    length = sum(len(run.raw) for line in lines for run in line.runs)
    return len(lines) >= _LAYOUT_LINES and length >= _LAYOUT_CHARACTERS


def _tables_in(element: Element) -> Iterator[Element]:
    return (inner for inner in _descendants(element) if inner.name == "table")


def _descendants(element: Element) -> Iterator[Element]:
    waiting = list(element.elements())
    while waiting:
        inner = waiting.pop()
        yield inner
        waiting.extend(inner.elements())


class _Flower:
    """Walks elements and breaks their text into lines."""

    def __init__(self, *, tables: bool = True) -> None:
        self.items: list[Item] = []
        self._line = Line()
        self._level: int | None = None
        self._preformatted = False
        self._tables = tables

    def inside(self, children: Iterable[Element | Characters]) -> None:
        for child in children:
            if isinstance(child, Element):
                if is_shown(child):
                    self._element(child)
            elif self._preformatted:
                self._preformatted_text(child)
            else:
                self._line.runs.append(child)

    def end_line(self) -> None:
        if self._line.marker or any(run.raw.strip(" \t\r\n\f") for run in self._line.runs):
            self._line.level = self._level
            self._line.preformatted = self._preformatted
            self.items.append(self._line)
        self._line = Line()

    def _element(self, element: Element) -> None:
        name = element.name
        if name == "br":
            self.end_line()
        elif name == "img":
            self.items.append(Picture(element.attribute("alt") or element.attribute("src").rpartition("/")[2][:80]))
        elif name in {"ins", "del"}:
            self.items.append(Revision(name, element.attribute("cite").removeprefix("mailto:")))
            if name == "ins":
                self.inside(element.children)
        elif name == "table":
            self._table(element)
        elif name in {"ol", "ul", "menu", "dir"}:
            self._list(element)
        elif name in BLOCK:
            self._block(element)
        else:
            self.inside(element.children)

    def _block(self, element: Element) -> None:
        self.end_line()
        outer = self._level, self._preformatted
        if re.fullmatch("h[1-6]", element.name):
            self._level = int(element.name[1])
        self._preformatted = self._preformatted or element.name == "pre"
        self.inside(element.children)
        self.end_line()
        self._level, self._preformatted = outer

    def _list(self, element: Element) -> None:
        self.end_line()
        number = _integer(element.attribute("start"), 1)
        for child in element.children:
            if isinstance(child, Element) and child.name == "li" and is_shown(child):
                number = _integer(child.attribute("value"), number)
                if element.name == "ol":
                    self._line.marker = _marker(element, number)
                self.inside(child.children)
                self.end_line()
                number += 1
            else:
                self.inside([child])
        self.end_line()

    def _table(self, table: Element) -> None:
        self.end_line()
        self.inside(strays(table))
        self.end_line()
        if not self._tables or is_layout(table):
            for cell in cells(table):
                self._block(cell)
            return
        laid = tuple((slot, self._lines(cell)) for cell, slot in grid(table))
        if laid:
            self.items.append(Grid(laid))

    def _lines(self, cell: Element) -> tuple[Line, ...]:
        """The lines of a cell, those of a table inside it included; what is no line is said outside the table."""
        if not is_shown(cell):
            return ()
        inner = _Flower(tables=False)
        inner.inside(cell.children)
        inner.end_line()
        self.items.extend(item for item in inner.items if not isinstance(item, Line))
        return tuple(item for item in inner.items if isinstance(item, Line))

    def _preformatted_text(self, characters: Characters) -> None:
        offset = characters.offset
        for index, text in enumerate(characters.raw.split("\n")):
            if index:
                self.end_line()
            self._line.runs.append(Characters(offset, text))
            offset += len(text) + 1


def _integer(text: str, default: int) -> int:
    return int(text) if re.fullmatch("-?[0-9]{1,6}", text.strip()) else default


def _marker(element: Element, number: int) -> str:
    """The number before an item of an ordered list (CSS Counter Styles 3), for the styles reports use."""
    style = element.attribute("style").replace(" ", "") + ";"
    if "list-style-type:none" in style or "list-style:none" in style:
        return ""
    kind = re.search("list-style(?:-type)?:([a-z-]+)", style)
    if kind and kind[1] in {"cjk-ideographic", "simp-chinese-informal", "cjk-decimal", "trad-chinese-informal"}:
        return f"{_chinese(number)}、"
    return "" if kind and kind[1] != "decimal" else f"{number}. "


def _chinese(number: int) -> str:
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _ORDINALS[tens] + "十") + ("" if ones == 0 else _ORDINALS[ones])


def starts_numbered(line: Line) -> bool:
    """Whether the line's own text begins with a number, typed by hand."""
    first = next((run.raw.strip(" \t\r\n\f") for run in line.runs if run.raw.strip(" \t\r\n\f")), "")
    return re.match(rf"[（(]?[0-9０-９{_ORDINALS}]{{1,3}}[、.．)）]|第[{_ORDINALS}]", first) is not None


@cache
def _invisible() -> re.Pattern[str]:
    return re.compile(
        r"(?:^|;)\s*+(?:display\s*+:\s*+none|visibility\s*+:\s*+hidden|mso-hide\s*+:\s*+all)", re.IGNORECASE
    )


def resolve(line: Line) -> Sequence[tuple[str, int]]:
    """The line's text as (text, source offset) stretches, every character of a stretch one source character on.

    White space is collapsed as CSS Text 3 (section 4.1.1) says: a line end between two Chinese characters is nothing,
    other runs of blanks are one. A no-break space and U+3000 stay. A stretch made from a character reference is its
    own, at the reference's ``&``.
    """
    stretches = _Stretches()
    if line.marker and line.runs and not starts_numbered(line):
        stretches.add(line.marker, line.runs[0].offset)
    blank, breaks = -1, False
    for run in line.runs:
        for token in _tokens().finditer(run.raw):
            text, offset = token[0], run.offset + token.start()
            if token.lastgroup == "blank" and not line.preformatted:
                blank, breaks = offset if blank < 0 else blank, breaks or "\n" in text
                continue
            if token.lastgroup == "reference":
                text = _unescaped(text)
            chinese = stretches.last >= _CHINESE and text[:1] >= _CHINESE
            if blank >= 0 and stretches.last and not (breaks and chinese):
                stretches.add(" ", blank)
            blank, breaks = -1, False
            stretches.add(text, offset, whole=token.lastgroup != "reference")
    return stretches.finished()


class _Stretches:
    """Text put together again where it is contiguous in the source."""

    def __init__(self) -> None:
        self._done: list[tuple[str, int]] = []
        self._parts: list[str] = []
        self._start = self._next = -1
        self.last = ""

    def add(self, text: str, offset: int, *, whole: bool = False) -> None:
        if not text:
            return
        if offset != self._next:
            self._close()
            self._start = offset
        self._parts.append(text)
        self._next = offset + len(text) if whole else -1
        self.last = text[-1]

    def finished(self) -> list[tuple[str, int]]:
        self._close()
        return self._done

    def _close(self) -> None:
        if self._parts:
            self._done.append(("".join(self._parts), self._start))
            self._parts = []


@cache
def _tokens() -> re.Pattern[str]:
    return re.compile(
        r"(?P<reference>&(?:\#[0-9]{1,9}|\#[xX][0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,31});?)"
        r"|(?P<blank>[ \t\r\n\f]++)|(?P<text>[^& \t\r\n\f]++|&)"
    )


def _unescaped(reference: str) -> str:
    import html  # noqa: PLC0415 - as in html_tree: only pages pay for the table of entities

    return html.unescape(reference)
