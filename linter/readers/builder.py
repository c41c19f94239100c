"""Composes a `Document`: text in reading order, and for every stretch of it the way back to the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from linter.model.document import Block, Cell, Document, Notice, Origin, Paragraph, Segment, Span, Table

Piece = tuple[str, Origin]
"""A stretch of text and where its first character comes from."""


@dataclass(frozen=True, slots=True)
class CellDraft:
    """A cell before it has a place in the text; the numbers as in `Cell`."""

    row: int
    column: int
    pieces: Sequence[Piece]
    rows: int = 1
    columns: int = 1


class Builder:
    """Collects blocks in reading order. One line end stands between blocks and between rows, a tab between cells."""

    def __init__(self, name: str, file_format: str) -> None:
        self._name = name
        self._format = file_format
        self._parts: list[str] = []
        self._length = 0
        self._segments: list[Segment] = []
        self._blocks: list[Block] = []
        self._notices: list[Notice] = []

    def paragraph(self, pieces: Iterable[Piece], level: int | None = None) -> Span:
        """Appends a paragraph and returns its span."""
        span = self._write(pieces)
        self._separate("\n")
        self._blocks.append(Paragraph(span, level))
        return span

    def table(self, cells: Sequence[CellDraft], *, physical: bool, damage: str | None = None) -> Span:
        """Appends a table; `cells` in any order, no two on one grid position. Returns the span of the whole."""
        start = self._length
        placed: list[Cell] = []
        row = None
        for draft in sorted(cells, key=lambda cell: (cell.row, cell.column)):
            if row is not None:
                self._separate("\t" if draft.row == row else "\n")
            row = draft.row
            span = self._write(draft.pieces)
            text = "".join(piece for piece, _ in draft.pieces)
            placed.append(Cell(span, text, draft.row, draft.column, draft.rows, draft.columns))
        end = self._length
        self._separate("\n")
        self._blocks.append(Table(Span(start, end), tuple(placed), physical, damage))
        return Span(start, end)

    def notice(self, kind: str, span: Span | None = None, detail: str = "") -> None:
        """Records something that is no text of the report."""
        self._notices.append(Notice(kind, span, detail))

    def document(self) -> Document:
        return Document(
            name=self._name,
            format=self._format,
            text="".join(self._parts),
            blocks=tuple(self._blocks),
            segments=tuple(self._segments),
            notices=tuple(self._notices),
        )

    def _write(self, pieces: Iterable[Piece]) -> Span:
        start = self._length
        for text, origin in pieces:
            if self._segments and self._segments[-1].start == self._length:
                self._segments.pop()  # a blank stretch ends where the next begins
            self._segments.append(Segment(self._length, origin))
            self._parts.append(text)
            self._length += len(text)
        if not self._segments:
            self._segments.append(Segment(0, Origin()))
        return Span(start, self._length)

    def _separate(self, mark: str) -> None:
        self._parts.append(mark)
        self._length += 1
