"""Plain text: every line a paragraph, every run of lines with tabs a table. The text of the document is the file's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest
from operator import itemgetter

from linter.model.document import Block, Cell, Document, Notice, Origin, Paragraph, Segment, Span, Table, Unreadable
from linter.readers.encoding import LOST, decode
from linter.text.views import INVISIBLE

_BREAK = re.compile("[\f\v\u2028\u2029]")
"""Ends a paragraph or a page, but editors count no line there."""

MAX_CELLS = 100_000
"""Marks between cells in one text; a report with every form has some three hundred."""
_PIPED = 3
"""So many lines with pipes are a table; fewer are a menu."""
_RULE = re.compile(r"[-:|+\s]*--[-:|+\s]*")
"""The row of dashes under the header of a table."""
_DIRECTIVE = re.compile(r"\s*<!--\s*gouji:.*-->\s*")
_NUMBERED = re.compile(
    r"(?:第?[一二三四五六七八九十百]+(?:[、.．章节条]|部分)|[(（][一二三四五六七八九十\d]+[)）]|\d+[、.．)）])$"
)
"""The automatic number of a heading, which word processors write before a tab when they save as text."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file, or the part of one between form feeds.

    `number` and `column` (of the first character) count from 1; `start` is its offset in the file's text.
    """

    number: int
    column: int
    start: int
    text: str

    @property
    def blank(self) -> bool:
        return not self.text.strip(INVISIBLE)

    def bounds(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """Where in ``text[start:end]`` what can be seen begins and ends; both `start` if there is nothing."""
        part = self.text[start:end]
        visible = part.strip(INVISIBLE)
        if not visible:
            return start, start
        first = start + part.index(visible[0])
        return first, first + len(visible)

    def cells(self) -> Iterator[tuple[int, int]]:
        """Where the cells between the tabs begin and end in `text`; blank ones at the end of the line too."""
        start = 0
        for part in self.text.split("\t"):
            yield self.bounds(start, start + len(part))
            start += len(part) + 1


def split_lines(text: str) -> list[Line]:
    """The lines of a decoded text, the last one too if it has no line end."""
    lines = []
    start = 0
    for number, whole in enumerate(text.split("\n"), 1):
        column = 1
        for part in _BREAK.split(whole):
            lines.append(Line(number, column, start + column - 1, part))
            column += len(part) + 1
        start += len(whole) + 1
    return lines


def unpiped(lines: Sequence[Line], but: Callable[[Sequence[Line]], bool] | None = None) -> list[Line]:
    """The lines, those of a table drawn with pipes as if it had tabs; every character keeps its place.

    Web pages copied as text have 「规章 | 0 | 0 | 0 |」, or every cell on a line of its own with a pipe behind or below
    it. `but`: runs of lines that are to stay as they are.
    """
    plain: list[Line] = []
    for piped, group in groupby(zip(lines, _piped(lines), strict=True), key=itemgetter(1)):
        run = [line for line, _ in group]
        many = piped and sum(not line.blank for line in run) >= _PIPED and not (but and but(run))
        plain += map(_tabbed, run) if many else run
    return plain


def _piped(lines: Sequence[Line]) -> Iterator[bool]:
    """Which lines may be of a table drawn with pipes: with some in them or right below them, or blank ones between."""
    inside = False
    for line, below in zip_longest(lines, lines[1:]):
        inside = "|" in line.text or (inside and line.blank) or (below is not None and _is_mark(below))
        yield inside


def _is_mark(line: Line) -> bool:
    """Whether the line is nothing but pipes."""
    return "|" in line.text and not line.text.strip(INVISIBLE + "|")


def _tabbed(line: Line) -> Line:
    """The line with tabs for the pipes between its cells and blanks for the outer ones; a row of dashes is nothing."""
    if _RULE.fullmatch(line.text):
        return replace(line, text=" " * len(line.text))
    start, end = line.bounds()
    inner = slice(start + line.text.startswith("|", start), end - line.text.endswith("|", start + 1, end))
    text = " " * inner.start + line.text[inner].replace("|", "\t") + " " * (len(line.text) - inner.stop)
    return replace(line, text=text)


def refuse_gigantic(text: str) -> None:
    """Raises Unreadable (``too-large``) for a text with more cells than any report has."""
    if text.count("\t") + text.count("|") > MAX_CELLS:
        raise Unreadable("too-large", "cells")


def table_end(lines: Sequence[Line], begin: int) -> int:
    """Where the table that begins at ``lines[begin]`` ends (exclusive); `begin` itself if none begins there.

    Blank lines do not end a table: pages break inside it. A line without tabs does, whatever it is.
    """
    end = begin
    for index in range(begin, len(lines)):
        line = lines[index]
        if _is_row(line) or (end > begin and _is_blank_row(line)):
            end = index + 1
        elif not line.blank and not _is_directive(line):
            break
    return end


def table_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines of a table without the blank ones between them."""
    return [line for line in lines if (not line.blank or _is_blank_row(line)) and not _is_directive(line)]


def _is_row(line: Line) -> bool:
    """A tab stands after the first text; a heading's number or half of a sentence before it makes no row."""
    first, _, rest = line.text.lstrip(INVISIBLE).partition("\t")
    if not first or not (rest or line.text.endswith("\t")):
        return False
    if "\t" in rest:
        return True
    return not (_NUMBERED.match(first) or rest.rstrip(INVISIBLE).endswith(("。", "；", "：")))


def _is_directive(line: Line) -> bool:
    """A comment addressed to gouji on a line of its own: no text of the report (docs/configuration.md)."""
    return _DIRECTIVE.fullmatch(line.text) is not None


def _is_blank_row(line: Line) -> bool:
    """Nothing but tabs: a row whose cells were all left blank."""
    return line.text.count("\t") > 1 and line.blank


def read_text(data: bytes, name: str) -> Document:
    """A text file as a document; its laws hold with ``document.text`` the decoded file, character for character.

    Raises `Unreadable` as `decode` does.
    """
    decoded = decode(data)
    refuse_gigantic(decoded.text)
    lines = split_lines(decoded.text)
    return Document(
        name=name,
        format="text",
        text=decoded.text,
        blocks=tuple(_blocks(unpiped(lines))),
        segments=tuple(Segment(line.start, Origin(line=line.number, column=line.column)) for line in lines),
        notices=tuple(lost_characters(decoded.text)),
    )


def lost_characters(text: str) -> Iterator[Notice]:
    """One notice for all the characters of a document that `decode` could not read: where the first is, how many."""
    first = text.find(LOST)
    if first >= 0:
        yield Notice("lost-characters", Span(first, first + 1), str(text.count(LOST)))


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    index = 0
    while index < len(lines):
        end = table_end(lines, index)
        if end > index:
            yield _table(table_rows(lines[index:end]))
            index = end
            continue
        line = lines[index]
        start, stop = line.bounds()
        if stop > start and not _is_directive(line):
            yield Paragraph(Span(line.start + start, line.start + stop))
        index += 1


def _table(rows: Sequence[Line]) -> Table:
    cells = [
        Cell(Span(line.start + start, line.start + end), line.text[start:end], row, column)
        for row, line in enumerate(rows)
        for column, (start, end) in enumerate(line.cells())
    ]
    return Table(Span(cells[0].span.start, cells[-1].span.end), tuple(cells), physical=False)
