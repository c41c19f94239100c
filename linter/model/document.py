"""What a reader makes of a file: one text in reading order, its blocks, and the way back to the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``[start, end)`` of `Document.text`, in Unicode code points."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What the file format can say about a stretch of text. Every number counts from 1; None: the format has none.

    Text, Markdown and HTML have `line` and `column` (Unicode code points of the source line). PDF has `page` and
    `line` (of the page). Word has `paragraph` (those with text, outside tables) or `table`, `row`, `cell` (physical
    cell in its row), and `mark`, by which an annotator finds the paragraph again.
    """

    line: int | None = None
    column: int | None = None
    page: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """The text from `start` up to the next segment's start comes from `origin`."""

    start: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line (text) or one paragraph (other formats), without its line end.

    `level`: the outline level the file itself gives it, 1 to 9 (Markdown ``#``, Word outline level, HTML h1–h6);
    None: the file says nothing, which is no proof that the line is no heading.
    """

    span: Span
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: `text` is exactly ``document.text[span.start:span.end]``, inner line ends included.

    `row`, `column`: the top left grid position, from 0; `rows`, `columns`: how many it covers (merged cells).
    """

    span: Span
    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table in reading order; cells sorted by (row, column), no two on the same grid position.

    `physical`: columns are real positions (Word, HTML, PDF, Markdown). Otherwise (tab-separated text) cells are only
    an order of tokens in each row and one row's third cell need not stand under another's.
    `damage`: why the reader does not vouch for the cells (a key such as ``page-break``), None: it does.
    """

    span: Span
    cells: tuple[Cell, ...]
    physical: bool
    damage: str | None = None

    @property
    def height(self) -> int:
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        return max((cell.column + cell.columns for cell in self.cells), default=0)

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The cells that begin in each grid row, left to right; a row may be empty."""
        rows: list[list[Cell]] = [[] for _ in range(self.height)]
        for cell in self.cells:
            rows[cell.row].append(cell)
        return (tuple(row) for row in rows)


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader met that is no text of the report.

    `kind`: ``tracked-insertion``, ``tracked-deletion``, ``comment``, ``hidden-text``, ``image``, ``scanned-page``,
    ``lost-characters``, ``embedded-file``, ``footnote``, ``table-of-contents``, ``directive`` (a comment addressed to
    a tool, its words in `detail`). `span`: where, None: nowhere in the text. `detail`: author, name or count.
    """

    kind: str
    span: Span | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file as its reader leaves it. `text` is never edited again: everything later speaks in spans of it.

    Laws: every cell and paragraph is the text its span points to; blocks are in order and do not overlap; `segments`
    are sorted by start and the first starts at 0.
    """

    name: str
    format: str
    text: str
    blocks: tuple[Block, ...]
    segments: tuple[Segment, ...]
    notices: tuple[Notice, ...] = ()

    def origin(self, offset: int) -> Origin:
        """Where the character at `offset` stands in the file; columns advance within a segment."""
        if not self.segments:
            return Origin()
        segment = self.segments[max(bisect_right(self.segments, offset, key=lambda item: item.start) - 1, 0)]
        origin = segment.origin
        if origin.column is None or offset == segment.start:
            return origin
        return replace(origin, column=origin.column + offset - segment.start)


class Unreadable(Exception):
    """A file that cannot be read as a report. `reason` is a key of the catalogue of words, `detail` fills it."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
