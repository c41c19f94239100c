"""PDF: the lines of every page and its ruled tables, in reading order, page numbers and running heads left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from linter.bounded import bounded
from linter.model.document import Document, Origin, Span, Unreadable
from linter.pdfgeometry import Glyph, PdfPage, TextLine, load_pdfium, opened_pdf, page_frame, page_glyphs, text_lines
from linter.readers.builder import Builder, CellDraft, Piece
from linter.readers.pdf_rules import Picture, RuledTable, page_drawing, ruled_tables
from linter.readers.pdf_stitch import Region, continues, joined, lines_apart

MAX_PAGES = 2_000
_MARGIN = 0.12
"""Share of the page's height at its head and foot in which page numbers and running heads stand."""
_MARGIN_LINES = 2
_SAME_HEIGHT = 4.0
"""How far (points) a running head may move from page to page."""
_PICTURE_SHARE = 0.04
"""Share of the page from which a picture may be a table; seals and codes are smaller."""
_MEANINGLESS = 0.5
"""Share of characters without a meaning from which a page is a picture of text."""
_NUMBERED_PAGE = re.compile(r"第\s*[\d一二三四五六七八九十]+\s*页")
_PAGE_NUMBER = re.compile(
    r"[-‐–—―－_~·•.\s]+\d{1,4}[-‐–—―－_~·•.\s]+"
    r"|第\s*[\d一二三四五六七八九十]+\s*页(?:\s*[/／,，、（(]?\s*共\s*[\d一二三四五六七八九十]+\s*页[)）]?)?"
    r"|共\s*\d+\s*页\s*[,，]?\s*第\s*\d+\s*页|\d{1,4}\s*[/／]\s*\d{1,4}|(?:Page|P\.?)\s*\d{1,4}(?:\s*of\s*\d{1,4})?",
    re.IGNORECASE,
)

Item = TextLine | RuledTable | Picture


@dataclass(frozen=True, slots=True)
class _Page:
    """A page, `number` from 1: what stands on it from the top down, and of every glyph the line it is on, from 1.

    `scanned`: it shows something, but no text; `lost`: characters the file does not tell.
    """

    number: int
    height: float
    items: tuple[Item, ...]
    line_of: tuple[int, ...]
    scanned: bool
    lost: int

    def origin(self, glyph: Glyph) -> Origin:
        return Origin(page=self.number, line=self.line_of[glyph.number])


def read_pdf(data: bytes, name: str) -> Document:
    """The text and the tables of a PDF; origins are the page and the line on it, lines of tables and margins counted.

    Tables that break over pages are one table; its `damage` is ``page-break`` if the reader cannot tell whether a row
    was cut. Raises `Unreadable`: ``missing-extra``, ``encrypted``, ``damaged``, ``scan`` (no page has text), ``empty``,
    ``too-large`` (pages, characters of a page, memory), ``timeout``.
    """
    load_pdfium()
    return bounded(lambda: _read(data, name))


def _read(data: bytes, name: str) -> Document:
    pages = _pages(data)
    if not any(page.items for page in pages):
        raise Unreadable("empty")
    if all(page.scanned or not page.items for page in pages):
        raise Unreadable("scan")
    return _Writer(name, pages).document()


def _pages(data: bytes) -> list[_Page]:
    with opened_pdf(data) as pdf:
        if len(pdf) > MAX_PAGES:
            raise Unreadable("too-large", "pages")
        pages = []
        for number in range(1, len(pdf) + 1):
            page = pdf[number - 1]
            pages.append(_page(number, page))
            page.close()
    return pages


def _page(number: int, page: PdfPage) -> _Page:
    frame = page_frame(page)
    glyphs = page_glyphs(page, frame)
    drawing = page_drawing(page, frame)
    area = max(frame.width * frame.height, 1.0)
    pictures = [
        picture
        for picture in drawing.pictures
        if (picture.right - picture.left) * (picture.bottom - picture.top) > _PICTURE_SHARE * area
    ]
    lost = sum(glyph.text == "\ufffd" for glyph in glyphs)
    unread = sum(_is_private(glyph.text) for glyph in glyphs) + lost
    if unread > _MEANINGLESS * len(glyphs) or (not glyphs and drawing.shows):
        whole = Picture(0.0, 0.0, frame.width, frame.height)
        return _Page(number, frame.height, (whole,), (), scanned=True, lost=lost)
    everything = text_lines(glyphs)
    line_of = [0] * len(glyphs)
    for line_number, line in enumerate(everything, 1):
        for glyph in line.glyphs:
            line_of[glyph.number] = line_number
    tables, outside = _without_frames(*ruled_tables(drawing, glyphs))
    lines = text_lines(outside) if tables else everything
    items: list[Item] = [*lines, *tables, *pictures]
    items.sort(key=lambda item: (item.top, item.left))
    return _Page(number, frame.height, tuple(items), tuple(line_of), scanned=False, lost=lost)


def _without_frames(tables: list[RuledTable], outside: list[Glyph]) -> tuple[list[RuledTable], list[Glyph]]:
    """The tables without single boxes drawn around other tables (page borders), whose text stands outside then."""
    kept = []
    for table in tables:
        if len(table.boxes) == 1 and any(_inside(other, table) for other in tables if other is not table):
            outside = [*outside, *(glyph for line in table.boxes[0].lines for glyph in line.glyphs)]
        else:
            kept.append(table)
    return kept, outside


def _inside(inner: RuledTable, outer: RuledTable) -> bool:
    return (
        outer.left <= inner.left
        and inner.right <= outer.right
        and outer.top <= inner.top
        and inner.bottom <= outer.bottom
    )


def _is_private(text: str) -> bool:
    return "\ue000" <= text <= "\uf8ff"


def _furniture(pages: Sequence[_Page]) -> set[tuple[int, int]]:
    """Page numbers and running heads, as (page number, index of the item)."""
    margins = [(page, index, line) for page in pages for index, line in _margin_lines(page)]
    heights = Counter(_running(line, page) for page, _, line in margins)
    steps = Counter(int(line.text) - page.number for page, _, line in margins if _bare_number(line.text))
    enough = max(2, len(pages) // 3)
    found = set()
    for page, index, line in margins:
        if _bare_number(line.text):
            step = int(line.text) - page.number
            if step == 0 or steps[step] > 1:
                found.add((page.number, index))
        elif _PAGE_NUMBER.fullmatch(line.text) or heights[_running(line, page)] >= enough:
            found.add((page.number, index))
    return found


def _margin_lines(page: _Page) -> Iterator[tuple[int, TextLine]]:
    """The first and last lines of a page, as far as they stand in its margins and no table lies beyond them."""
    size = len(page.items)
    for indexes in (range(min(_MARGIN_LINES, size)), range(size - 1, max(size - 1 - _MARGIN_LINES, -1), -1)):
        for index in indexes:
            item = page.items[index]
            if not isinstance(item, TextLine):
                break
            head = indexes.step > 0
            if item.bottom < _MARGIN * page.height if head else item.top > (1 - _MARGIN) * page.height:
                yield index, item


def _spilled(pages: Sequence[_Page], furniture: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Lines printed below the end of a table although they belong to a cell that goes on overleaf, by page and index.

    Chromium does so with a cell over many rows of which the page holds the first. They are put into their cells.
    """
    spilled = set()
    for page, following in pairwise(pages):
        above: Item | None = None
        lines: list[tuple[int, TextLine]] = []
        for index, item in _in_flow(page, furniture):
            if isinstance(item, TextLine):
                lines.append((index, item))
            else:
                above, lines = item, []
        _, first = next(_in_flow(following, furniture), (0, None))
        if not (isinstance(above, RuledTable) and isinstance(first, RuledTable)):
            continue
        if not (first.open_top and continues(above, first)):
            continue
        cells = [above.cell_over(line) for _, line in lines]
        for (index, line), cell in zip(lines, cells, strict=True):
            if cell is not None and None not in cells:
                cell.lines.append(line)
                spilled.add((page.number, index))
    return spilled


def _in_flow(page: _Page, left_out: set[tuple[int, int]]) -> Iterator[tuple[int, Item]]:
    """The items of a page with their indexes, but for those left out."""
    return ((index, item) for index, item in enumerate(page.items) if (page.number, index) not in left_out)


def _running(line: TextLine, page: _Page) -> tuple[str, int]:
    """What a running head keeps from page to page: its words but for the page number, and its height."""
    top = line.top if line.top < page.height / 2 else line.top - page.height
    return _NUMBERED_PAGE.sub("", line.text).strip(), round(top / _SAME_HEIGHT)


def _bare_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4


class _Writer:
    """Puts the pages' items into one document."""

    def __init__(self, name: str, pages: Sequence[_Page]) -> None:
        self._builder = Builder(name, "pdf")
        self._pages = pages
        self._by_number = {page.number: page for page in pages}
        self._here = 0

    def document(self) -> Document:
        rows: list[tuple[_Page, TextLine]] = []
        parts: list[tuple[int, RuledTable]] = []
        for page, item in self._flow():
            if parts and not (isinstance(item, RuledTable) and self._goes_on(parts[-1], page, item)):
                self._table(parts)
                parts = []
            if not isinstance(item, TextLine):
                self._lines(rows)
                rows = []
            if isinstance(item, TextLine):
                rows.append((page, item))
            elif isinstance(item, RuledTable):
                parts.append((page.number, item))
            else:
                kind = "scanned-page" if page.scanned else "image"
                self._builder.notice(kind, Span(self._here, self._here), str(page.number))
        if parts:
            self._table(parts)
        self._lines(rows)
        lost = sum(page.lost for page in self._pages)
        if lost:
            self._builder.notice("lost-characters", None, str(lost))
        return self._builder.document()

    def _flow(self) -> Iterator[tuple[_Page, Item]]:
        furniture = _furniture(self._pages)
        left_out = furniture | _spilled(self._pages, furniture)
        for page in self._pages:
            for _, item in _in_flow(page, left_out):
                yield page, item

    @staticmethod
    def _goes_on(part: tuple[int, RuledTable], page: _Page, table: RuledTable) -> bool:
        return page.number == part[0] + 1 and continues(part[1], table)

    def _lines(self, lines: Sequence[tuple[_Page, TextLine]]) -> None:
        """Paragraphs line by line; two lines or more that wide gaps divide are a table without rules."""
        texts = [line.text for _, line in lines]
        start = 0
        while start < len(texts):
            end = start
            while end < len(texts) and "\t" in texts[end]:
                end += 1
            if end - start > 1:
                drafts = [
                    CellDraft(row, column, [(text, lines[start + row][0].origin(lines[start + row][1].glyphs[0]))])
                    for row, whole in enumerate(texts[start:end])
                    for column, text in enumerate(whole.split("\t"))
                ]
                self._here = self._builder.table(drafts, physical=False).end
                start = end
                continue
            page, line = lines[start]
            self._here = self._builder.paragraph([(texts[start], page.origin(line.glyphs[0]))]).end
            start += 1

    def _table(self, parts: Sequence[tuple[int, RuledTable]]) -> None:
        table = joined(parts)
        if table.columns < 2:
            self._lines([(self._by_number[line.page], line.line) for _, region in table.cells for line in region.lines])
            return
        drafts = [
            CellDraft(slot.row, slot.column, list(self._pieces(region)), slot.rows, slot.columns)
            for slot, region in table.cells
        ]
        self._here = self._builder.table(drafts, physical=True, damage=table.damage).end

    def _pieces(self, region: Region) -> Iterator[Piece]:
        for mark, line in lines_apart(region):
            origin = self._by_number[line.page].origin(line.line.glyphs[0])
            if mark:
                yield mark, origin
            yield line.line.text.replace("\t", " "), origin
