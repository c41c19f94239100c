"""Markdown: what a reader of the page sees, mark by mark left out, each piece with its line and column in the source.

CommonMark 0.31 and GitHub's tables, simplified to what changes the text, and lenient where Chinese drafts need it: a
line is a paragraph of its own; ``##标题`` needs no blank; ``**三是：**加强`` is bold although CommonMark's rule of
flanking runs, made for words between blanks, denies it. Line by line and in linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from linter.model.document import Document, Origin, Span, Unreadable
from linter.readers.builder import Builder, CellDraft, Piece
from linter.readers.encoding import decode
from linter.readers.markdown_inline import MARK, MASK, Inline
from linter.readers.text import Line, lost_characters, refuse_gigantic, split_lines, table_end, table_rows, unpiped
from linter.text.views import INVISIBLE

_QUOTE = re.compile(r"(?: {0,3}> ?)+")
_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})(?:[ \t]+|(?=[^\x00-\x7f])|$)")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?:(?P<equals>=+)|-{2,})[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r" {0,3}(?:`{3,}[^`]*|~{3,}.*)$")
_DEFINITION = re.compile(r" {0,3}\[[^\[\]^][^\[\]]*\]:[ \t]*<?(?:https?:|mailto:|[/#.])")
_BULLET = re.compile(r"[ \t\u3000]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?(?=[^\t]*$)")
_PIPE = re.compile(r"(?<!\\)\|")
_DELIMITER = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)*[ \t]*:?-+:?[ \t]*\|?[ \t]*$")
_TABLE = re.compile(r" {0,3}<table[\s>]", re.IGNORECASE)
_TABLE_TAG = re.compile(r"<(?P<end>/?)table[\s>]", re.IGNORECASE)
_UNMASKED = re.compile(f"[^{MASK}]+")
_FRONT_MATTER = re.compile(r"[\w.-]+:(?: .*)?$|[ \t]+.*$|- .*$|#.*$|$")


def read_markdown(data: bytes, name: str) -> Document:
    """A Markdown file as a document.

    Comments become notices of kind ``directive`` on the block that they stand in or else the next one, pictures
    notices of kind ``image`` behind the block before them. Raises `Unreadable` as `decode` does, and ``empty``.
    """
    text, comments = _mask_comments(decode(data).text)
    refuse_gigantic(text)
    lines = unpiped([_unquoted(line) for line in split_lines(text)], _is_table)
    document = _Page(name, lines[_front_matter(lines) :], comments).read()
    if not document.blocks:
        raise Unreadable("empty")
    return replace(document, notices=(*document.notices, *lost_characters(document.text)))


@dataclass(frozen=True, slots=True)
class _Comment:
    """``<!-- detail -->`` that begins at `start` of the source."""

    start: int
    detail: str


def _mask_comments(text: str) -> tuple[str, list[_Comment]]:
    """The text with its comments blotted out, character for character, and the comments."""
    comments = []
    parts = []
    done = 0
    while (start := text.find("<!--", done)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        comment = text[start : end + 3]
        comments.append(_Comment(start, comment[4:-3].strip()))
        parts += [text[done:start], re.sub(r"[^\n]", MASK, comment)]
        done = end + 3
    return "".join((*parts, text[done:])), comments


def _unquoted(line: Line) -> Line:
    """A line without the marks of block quotes."""
    quote = _QUOTE.match(line.text)
    if not quote:
        return line
    cut = quote.end()
    return Line(line.number, line.column + cut, line.start + cut, line.text[cut:])


def _front_matter(lines: Sequence[Line]) -> int:
    """How many lines of YAML metadata between ``---`` and ``---`` the file begins with."""
    if lines[0].text.rstrip() != "---":
        return 0
    for index, line in enumerate(lines[1:], 1):
        if line.text.rstrip() in ("---", "..."):
            return index + 1
        if not _FRONT_MATTER.match(line.text):
            break
    return 0


class _Page:
    """One pass over the lines of a page, block by block."""

    def __init__(self, name: str, lines: Sequence[Line], comments: Sequence[_Comment]) -> None:
        self._builder = Builder(name, "markdown")
        self._lines = lines
        self._comments = comments
        self._told = 0
        self._end: int | None = None
        """Where in the text the last block ended."""
        self._images: list[str] = []
        self._unclosed = False
        """Whether an HTML table was met that does not end: no further one is looked for."""

    def read(self) -> Document:
        index = 0
        while index < len(self._lines):
            index = self._block(index)
        self._tell(None, None)
        return self._builder.document()

    def _block(self, index: int) -> int:
        """Reads the block that begins at a line and returns the index of the line after it."""
        line = self._lines[index]
        if line.blank or _FENCE.match(line.text) or _RULE.match(line.text) or _DEFINITION.match(line.text):
            return index + 1
        if heading := _HEADING.match(line.text):
            closing = _CLOSING.search(line.text, heading.end())
            self._paragraph(line, heading.end(), closing.start() if closing else None, len(heading["marks"]))
            return index + 1
        if (end := self._html_end(index)) > index:
            self._html(self._lines[index:end])
            return end
        if (end := self._piped_end(index)) > index:
            self._table([(row, _piped_cells(row)) for row in self._lines[index:end] if not _is_delimiter(row)], True)
            return end
        if bullet := _BULLET.match(line.text):
            self._paragraph(line, bullet.end())
            return index + 1
        if (end := table_end(self._lines, index)) > index:
            self._table([(row, list(row.cells())) for row in table_rows(self._lines[index:end])], False)
            return end
        underline = self._underline(index)
        self._paragraph(line, level=underline)
        return index + (2 if underline else 1)

    def _underline(self, index: int) -> int | None:
        """The level of a heading that is underlined on the next line; a line of a longer paragraph is no heading."""
        after = _UNDERLINE.match(self._lines[index + 1].text) if index + 1 < len(self._lines) else None
        if not after or (
            index and not self._lines[index - 1].blank and not _HEADING.match(self._lines[index - 1].text)
        ):
            return None
        return 1 if after["equals"] else 2

    def _piped_end(self, index: int) -> int:
        """Where a table of pipes that begins at a line ends; the line itself if none does."""
        first = self._lines[index].text.strip()
        delimited = index + 1 < len(self._lines) and "|" in first and _is_delimiter(self._lines[index + 1])
        end = index
        if delimited or _is_closed(self._lines[index]):
            while end < len(self._lines) and _PIPE.search(self._lines[end].text):
                end += 1
        return end

    def _html_end(self, index: int) -> int:
        """Where an HTML table that begins at a line ends; the line itself if none does, or if it is never closed."""
        if self._unclosed or not _TABLE.match(self._lines[index].text):
            return index
        depth = 0
        for end in range(index, len(self._lines)):
            for tag in _TABLE_TAG.finditer(self._lines[end].text):
                depth += -1 if tag["end"] else 1
            if depth <= 0:
                return end + 1
        self._unclosed = True
        return index

    def _html(self, lines: Sequence[Line]) -> None:
        """A table in HTML, which converters write where cells are merged; Markdown's marks mean nothing in it."""
        from linter.readers import html_flow, html_tree  # noqa: PLC0415 - few drafts hold one

        starts = list(accumulate((len(line.text) + 1 for line in lines), initial=0))

        def pieces(shown: html_flow.Line) -> Iterator[Piece]:
            for text, offset in html_flow.resolve(shown):
                at = bisect_right(starts, offset) - 1
                for part in _UNMASKED.finditer(text):
                    column = lines[at].column + offset + part.start() - starts[at]
                    yield part[0], Origin(line=lines[at].number, column=column)

        source = "\n".join(line.text for line in lines)
        for item in html_flow.flow(html_tree.parse(source).root):
            if isinstance(item, html_flow.Grid):
                drafts = [
                    CellDraft(slot.row, slot.column, _stacked(map(pieces, inner)), slot.rows, slot.columns)
                    for slot, inner in item.cells
                ]
                self._tell(self._builder.table(drafts, physical=True), lines[-1])
            elif isinstance(item, html_flow.Line) and (caption := _trimmed(list(pieces(item)))):
                self._tell(self._builder.paragraph(caption), lines[0])
            elif isinstance(item, html_flow.Picture):
                self._images.append(item.title)
        self._tell_images()

    def _paragraph(self, line: Line, start: int = 0, end: int | None = None, level: int | None = None) -> None:
        pieces = self._inline(line, *line.bounds(start, end))
        if pieces:
            self._tell(self._builder.paragraph(pieces, level), line)
        else:
            self._tell_images()

    def _table(self, rows: Sequence[tuple[Line, Sequence[tuple[int, int]]]], physical: bool) -> None:
        drafts = [
            CellDraft(number, column, self._inline(line, start, end))
            for number, (line, cells) in enumerate(rows)
            for column, (start, end) in enumerate(cells)
        ]
        if drafts:
            self._tell(self._builder.table(drafts, physical=physical), rows[-1][0])

    def _tell(self, span: Span | None, last: Line | None) -> None:
        """Notes the comments up to the last line of the block at `span`, the rest of them if there is none."""
        while self._told < len(self._comments):
            comment = self._comments[self._told]
            if last and comment.start >= last.start + len(last.text):
                break
            self._builder.notice("directive", span, comment.detail)
            self._told += 1
        if span:
            self._end = span.end
        self._tell_images()

    def _tell_images(self) -> None:
        for name in self._images:
            self._builder.notice("image", None if self._end is None else Span(self._end, self._end), name)
        self._images.clear()

    def _inline(self, line: Line, start: int, end: int) -> list[Piece]:
        """The visible text of a stretch of a line, without blanks around it."""
        if start < end and not MARK.search(line.text, start, end):
            return [(line.text[start:end], Origin(line=line.number, column=line.column + start))]
        marks = Inline(line.text, start, end)
        self._images += marks.images
        return _trimmed([(text, Origin(line=line.number, column=line.column + at)) for text, at in marks.pieces()])


def _is_table(run: Sequence[Line]) -> bool:
    """Whether lines with pipes hold a table by Markdown's own rules."""
    return any(_is_delimiter(line) or _is_closed(line) for line in run)


def _is_closed(line: Line) -> bool:
    """Whether pipes stand on both sides of the line."""
    text = line.text.strip()
    return len(text) > 1 and text.startswith("|") and text.endswith("|")


def _is_delimiter(line: Line) -> bool:
    """The row of dashes under the header of a table."""
    return "|" in line.text and bool(_DELIMITER.match(line.text))


def _piped_cells(line: Line) -> list[tuple[int, int]]:
    """Where the cells between the pipes begin and end; the outermost pipes may be missing."""
    start, end = line.bounds()
    if line.text.startswith("|", start):
        start += 1
    if line.text.endswith("|", start, end) and not line.text.endswith("\\|", start, end):
        end -= 1
    pipes = [match.start() for match in _PIPE.finditer(line.text, start, end)]
    return [
        line.bounds(left, right)
        for left, right in zip([start, *(pipe + 1 for pipe in pipes)], [*pipes, end], strict=True)
    ]


def _stacked(lines: Iterable[Iterable[Piece]]) -> list[Piece]:
    """The lines of a cell as one text, a line end between them."""
    stacked: list[Piece] = []
    for line in map(list, lines):
        if stacked and line:
            stacked.append(("\n", line[0][1]))
        stacked += line
    return stacked


def _trimmed(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces without the blanks at both ends, which marks left out may have uncovered."""
    shown = [index for index, (text, _) in enumerate(pieces) if text.strip(INVISIBLE)]
    if not shown:
        return []
    kept = list(pieces[shown[0] : shown[-1] + 1])
    text, origin = kept[0]
    cut = len(text) - len(text.lstrip(INVISIBLE))
    kept[0] = text[cut:], replace(origin, column=(origin.column or 1) + cut)
    text, origin = kept[-1]
    kept[-1] = text.rstrip(INVISIBLE), origin
    return kept
