"""Word documents (.docx, ISO/IEC 29500): paragraphs, tables and text boxes in reading order, as the page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from linter.model.document import Document, Origin, Span, Unreadable
from linter.opc import Package
from linter.readers.builder import Builder, CellDraft
from linter.readers.docx_numbering import Numbering
from linter.readers.docx_styles import BODY_LEVEL, Styles, outline_level
from linter.readers.docx_table import Grid, GridCell, read_grid
from linter.readers.docx_text import Mark, Text, TextReader, mark_removed
from linter.readers.docx_xml import PARAGRAPH, TABLE, W, children, integer, value, without_looks

CELL_LIMIT = 100_000
"""Cells that a document may have; the forms of 2021 have 261 together."""

_FOREIGN = (f"{W}altChunk", f"{W}subDoc")
_BLOCKS = frozenset((PARAGRAPH, TABLE, *_FOREIGN))


def read_docx(data: bytes, name: str) -> Document:
    """A Word file as a document: the accepted view of tracked changes, automatic numbers written out.

    `Origin.paragraph` counts the paragraphs with text outside tables, `table` every ``w:tbl``, `row` and `cell` as they
    stand in the file, `mark` every ``w:p`` in XML order. Paragraphs are split at line breaks, as their lines are read.

    Raises `Unreadable`: ``not-a-zip``, ``encrypted``, ``zip-bomb``, ``too-large``, ``dtd``, ``damaged``, ``not-word``.
    """
    package = Package(data)
    main = package.document()
    root = package.xml(main, without_looks)
    body = root.find(f"{W}body")
    if root.tag != f"{W}document" or body is None:
        raise Unreadable("not-word", main)
    parts: dict[str, Element] = {}
    for link in package.related(main):
        if link.kind in {"styles", "numbering", "comments"} and link.kind not in parts and link.target in package:
            parts[link.kind] = package.xml(link.target, without_looks)
    reading = _Reading(root, parts, name)
    reading.blocks(body)
    return reading.document()


class _Reading:
    """One document being read: what is counted, and what stands where."""

    def __init__(self, root: Element, parts: Mapping[str, Element], name: str) -> None:
        self._styles = Styles(parts.get("styles"))
        self._numbering = Numbering(parts.get("numbering"), self._styles)
        self._texts = TextReader(root, self._styles, _authors(parts.get("comments")))
        self._marks = {element: number for number, element in enumerate(root.iter(PARAGRAPH), 1)}
        self._tables = {element: number for number, element in enumerate(root.iter(TABLE), 1)}
        self._builder = Builder(name, "docx")
        self._cells = 0
        self._paragraphs = 0
        self._place = Origin()

    def document(self) -> Document:
        """What was read so far."""
        return self._builder.document()

    def blocks(self, container: Element) -> None:
        """The paragraphs and tables of the body, a text box, or a frame."""
        carried = Text()
        for element in children(container, _BLOCKS):
            if element.tag == PARAGRAPH:
                carried.extend(self._texts.read(element, self._origin(element)))
                if not mark_removed(element):
                    self._paragraph(carried, element)
                    carried = Text()
                continue
            self._paragraph(carried, None)
            carried = Text()
            if element.tag == TABLE:
                self._table(element)
            else:
                self._builder.notice("embedded-file", detail=element.tag.rpartition("}")[2])
        self._paragraph(carried, None)

    def _origin(self, paragraph: Element) -> Origin:
        number = self._paragraphs + 1 if self._place.table is None else None
        return replace(self._place, paragraph=number, mark=self._marks[paragraph])

    def _paragraph(self, text: Text, element: Element | None) -> None:
        """Writes a paragraph line by line, then its text boxes. `element` has its properties, None: it lost them."""
        level = None if element is None else self._level(element)
        whole = self._numbered(text, element)
        if _shows(whole):
            self._paragraphs += self._place.table is None
            start = None
            for line in _lines(whole):
                span = self._builder.paragraph(line, level)
                start = span.start if start is None else start
                level = None
            self._tell(whole.marks, start)
        else:
            self._tell(whole.marks, None)
        for box in whole.boxes:
            self.blocks(box)

    def _numbered(self, text: Text, element: Element | None) -> Text:
        label = "" if element is None else self._label(element)
        if not label:
            return text
        whole = Text()
        whole.add(label, text.pieces[0][1])
        whole.extend(text)
        return whole

    def _level(self, paragraph: Element) -> int | None:
        """The outline level, 1 to 9; None for body text and titles."""
        properties = paragraph.find(f"{W}pPr")
        style = self._styles.paragraph(value(properties, "pStyle"))
        stated = outline_level(properties)
        level = style.level if stated is None else stated
        return None if level is None or level >= BODY_LEVEL or style.title else level + 1

    def _label(self, paragraph: Element) -> str:
        """Counts the paragraph if it is numbered, by itself or by its style, and returns its number as printed."""
        properties = paragraph.find(f"{W}pPr")
        own = None if properties is None else properties.find(f"{W}numPr")
        inherited = self._styles.paragraph(value(properties, "pStyle")).numbering
        instance, stated = value(own, "numId"), value(own, "ilvl")
        if instance is not None:
            return self._numbering.label(instance, integer(stated, 0, 0, 8))
        if inherited is None:
            return ""
        level = self._numbering.level_of(inherited.instance, inherited.style, inherited.level)
        return self._numbering.label(inherited.instance, integer(stated, level, 0, 8))

    def _table(self, element: Element) -> None:
        """Writes a table, then the tables nested in its cells and the text boxes anchored there."""
        grid = read_grid(element)
        self._cells += len(grid.cells)
        if self._cells > CELL_LIMIT:
            raise Unreadable("too-large", "cells")
        outer = self._place
        number = self._tables[element]
        for kind, detail in grid.changes:
            self._builder.notice(kind, detail=detail)
        if grid.frame:
            self._frame(grid, number)
        elif grid.cells:
            self._grid(grid, number)
        self._place = outer

    def _frame(self, grid: Grid, number: int) -> None:
        for cell in grid.cells:
            self._place = _cell_place(number, cell)
            self.blocks(cell.element)

    def _grid(self, grid: Grid, number: int) -> None:
        contents: list[tuple[GridCell, Text, list[Element]]] = []
        for cell in sorted(grid.cells, key=lambda item: (item.row, item.column)):
            self._place = _cell_place(number, cell)
            contents.append((cell, *self._cell(cell.element)))
        drafts = [CellDraft(cell.row, cell.column, text.pieces, cell.rows, cell.columns) for cell, text, _ in contents]
        offset = self._builder.table(drafts, physical=True, damage=grid.damage).start
        for _, text, _ in contents:
            self._tell(text.marks, offset)
            offset += text.length + 1
        for cell, text, tables in contents:
            if tables or text.boxes:
                self._place = _cell_place(number, cell)
            for table in tables:
                self._table(table)
            for box in text.boxes:
                self.blocks(box)

    def _cell(self, element: Element) -> tuple[Text, list[Element]]:
        """A cell's paragraphs as one text, without blank ones at its ends, and the tables nested in it."""
        paragraphs: list[Text] = []
        tables: list[Element] = []
        carried = Text()
        for child in children(element, _BLOCKS):
            if child.tag == TABLE:
                tables.append(child)
            elif child.tag == PARAGRAPH:
                carried.extend(self._texts.read(child, self._origin(child)))
                if not mark_removed(child):
                    paragraphs.append(self._numbered(carried, child))
                    carried = Text()
        if carried.pieces:
            paragraphs.append(carried)
        return _joined(paragraphs), tables

    def _tell(self, marks: Sequence[Mark], offset: int | None) -> None:
        """Gives notice of marks in a text that begins at `offset`; None: it shows nothing and was not written."""
        for mark in marks:
            span = None if offset is None else Span(offset + mark.start, offset + mark.end)
            self._builder.notice(mark.kind, span, mark.detail)


def _authors(comments: Element | None) -> dict[str, str]:
    """Who wrote which comment, by its id."""
    elements = () if comments is None else comments.iterfind(f"{W}comment")
    return {element.get(f"{W}id", ""): element.get(f"{W}author", "") for element in elements}


def _cell_place(table: int, cell: GridCell) -> Origin:
    return Origin(table=table, row=cell.table_row, cell=cell.row_cell)


def _shows(text: Text) -> bool:
    """Whether there is anything to see in a paragraph: text, a picture, an embedded file."""
    if any(piece and not piece.isspace() for piece, _ in text.pieces):
        return True
    return any(mark.kind in {"image", "embedded-file"} for mark in text.marks)


def _lines(text: Text) -> list[list[tuple[str, Origin]]]:
    """The text's pieces, cut where its lines end."""
    lines: list[list[tuple[str, Origin]]] = [[]]
    for piece, origin in text.pieces:
        first, *more = piece.split("\n")
        lines[-1].append((first, origin))
        lines += [[(line, origin)] for line in more]
    return lines


def _joined(paragraphs: Sequence[Text]) -> Text:
    """Paragraphs as one text with line ends between; the first one's origin stays where all are blank."""
    if len(paragraphs) == 1:
        return paragraphs[0]
    filled = [index for index, text in enumerate(paragraphs) if text.length]
    first, last = (filled[0], filled[-1]) if filled else (0, 0)
    whole = Text()
    for index, text in enumerate(paragraphs):
        if first < index <= last:
            whole.add("\n", whole.pieces[-1][1])
        whole.extend(text)
    return whole
