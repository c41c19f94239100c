"""The annotated copy of a PDF draft: every finding a highlight and a note on its page, all other bytes as they were."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Self

from linter.bounded import bounded
from linter.formats.places import label
from linter.model.document import Document, Span
from linter.model.finding import Finding, Result, Severity
from linter.pdfgeometry import (
    Frame,
    Glyph,
    PdfDocument,
    PdfPage,
    load_pdfium,
    opened_pdf,
    page_frame,
    page_glyphs,
    text_lines,
    visible,
)
from linter.words import words

AUTHOR = "gouji"
_COLOURS = {Severity.ERROR: (229, 57, 53), Severity.WARNING: (251, 140, 0), Severity.NOTE: (30, 136, 229)}
_OPACITY = 90
"""Of 255: the print stays readable under the highlight."""
_ICON = 16.0
"""Side of a note's icon in points."""
_MARGIN = 12.0
"""From the page's edge to the icons."""
_LINES_OF_A_CELL = 8
"""As many lines of the page are searched for the text of one cell."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle on a page as shown, in points from its top left corner; `page` from 1."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


def write_pdf(result: Result, source: bytes, language: str) -> bytes:
    """The draft `source`, which `result` is about, with a highlight and a note for every finding, in ``zh`` or ``en``.

    The note says what is wrong, where, what to do, and which rule and provision say so. Findings without a place are
    notes at the head of the first page. The file is saved incrementally: `source` is the beginning of what comes back.
    Raises as `linter.pdfgeometry.opened_pdf` and `linter.bounded.bounded` do.
    """
    if not result.findings:
        return source
    load_pdfium()
    return bounded(lambda: _annotated(result, source, language))


def _annotated(result: Result, source: bytes, language: str) -> bytes:
    with opened_pdf(source) as pdf:
        places = _Places(pdf, result.report.document) if result.report else None
        with _Pen(pdf) as pen:
            for finding in result.findings:
                marks = list(places.marks(finding.place.span)) if places and finding.place.span else []
                pen.write(marks, _COLOURS[finding.severity], "\n".join(_lines(result, finding, language)))
        copy = BytesIO()
        pdf.save(copy, flags=load_pdfium().FPDF_INCREMENTAL)
    return copy.getvalue()


def _lines(result: Result, finding: Finding, language: str) -> Iterator[str]:
    severity = words(language)(f"severity.{finding.severity.value}")
    source = next((rule.source for rule in result.rules if rule.id == finding.rule), "")
    yield f"[{severity}] {finding.message}"
    yield from filter(None, (label(finding.place), finding.help, f"{finding.rule} {finding.name}", source))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A segment of the document: its text, where that begins, and the line of the page it comes from."""

    start: int
    text: str
    page: int
    line: int


class _Places:
    """From spans of the document back to rectangles on its pages."""

    def __init__(self, pdf: PdfDocument, document: Document) -> None:
        self._pdf = pdf
        ends = [segment.start for segment in document.segments[1:]] + [len(document.text)]
        self._pieces = [
            _Piece(
                segment.start, document.text[segment.start : end], segment.origin.page or 0, segment.origin.line or 0
            )
            for segment, end in zip(document.segments, ends, strict=True)
        ]
        self._on_line: dict[tuple[int, int], list[_Piece]] = {}
        for piece in self._pieces:
            self._on_line.setdefault((piece.page, piece.line), []).append(piece)
        self._lines: dict[int, list[tuple[Glyph, ...]]] = {}
        """The lines of the pages looked at so far."""

    def marks(self, span: Span) -> Iterator[Mark]:
        """A rectangle for every line the span touches; for an empty span one on what stands before it."""
        first = max(bisect_right(self._pieces, span.start, key=lambda piece: piece.start) - 1, 0)
        for piece in self._pieces[first:]:
            if piece is not self._pieces[first] and piece.start >= span.end:
                break
            glyphs = self._glyphs(piece, max(span.start - piece.start, 0), span.end - piece.start)
            if glyphs:
                yield Mark(
                    piece.page, min(glyph.left for glyph in glyphs), min(glyph.top for glyph in glyphs),
                    max(glyph.right for glyph in glyphs), max(glyph.bottom for glyph in glyphs),
                )  # fmt: skip

    def _glyphs(self, piece: _Piece, start: int, end: int) -> Sequence[Glyph]:
        """The glyphs of ``piece.text[start:end]``, of all the piece if that shows nothing, else of its whole line."""
        before, inside = len(visible(piece.text[:start])), len(visible(piece.text[start:end]))
        if end > start and not inside:
            return ()
        glyphs = self._glyphs_of(piece)
        return glyphs[before : before + inside] or glyphs or self._line(piece.page, piece.line)

    def _glyphs_of(self, piece: _Piece) -> Sequence[Glyph]:
        """The glyphs of a piece's visible characters; none if they cannot be told apart."""
        pieces = self._on_line[piece.page, piece.line]
        texts = [visible(other.text) for other in pieces]
        mine = pieces.index(piece)
        line = self._line(piece.page, piece.line)
        if "".join(texts) == "".join(glyph.text for glyph in line):
            first = sum(map(len, texts[:mine]))
            return line[first : first + len(texts[mine])]
        return self._over_lines(piece, texts[mine])

    def _over_lines(self, piece: _Piece, text: str) -> Sequence[Glyph]:
        """The glyphs of `text`, a table's cell that goes on over the lines below its first; none unless all are found.

        A line takes as much of what is left of the text as stands on it in one run: beside it stand other cells.
        """
        glyphs: list[Glyph] = []
        for number in range(piece.line, piece.line + _LINES_OF_A_CELL):
            line = self._line(piece.page, number)
            written = "".join(glyph.text for glyph in line)
            rest = text[len(glyphs) :]
            length = next((n for n in range(len(rest), 0, -1) if rest[:n] in written), 0)
            first = written.find(rest[:length])
            glyphs += line[first : first + length]
            if len(glyphs) == len(text):
                return glyphs
        return ()

    def _line(self, page_number: int, number: int) -> tuple[Glyph, ...]:
        if not 1 <= page_number <= len(self._pdf):
            return ()
        if page_number not in self._lines:
            page = self._pdf[page_number - 1]
            self._lines[page_number] = [line.glyphs for line in text_lines(page_glyphs(page, page_frame(page)))]
            page.close()
        lines = self._lines[page_number]
        return lines[number - 1] if 1 <= number <= len(lines) else ()


class _Pen:
    """Adds annotations to the pages of a document."""

    def __init__(self, pdf: PdfDocument) -> None:
        self._pdfium = load_pdfium()
        self._pdf = pdf
        self._pages: dict[int, tuple[PdfPage, Frame]] = {}
        self._icons: Counter[tuple[int, int]] = Counter()
        """How many notes stand at a height of a page already."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for page, _frame in self._pages.values():
            page.close()

    def write(self, marks: Sequence[Mark], colour: tuple[int, int, int], text: str) -> None:
        """One highlight on every page that the marks are on, and the note at the height of the first."""
        for page_number in sorted({mark.page for mark in marks}):
            self._highlight([mark for mark in marks if mark.page == page_number], colour, text)
        self._note(marks[0].page if marks else 1, marks[0].top if marks else _MARGIN, colour, text)

    def _highlight(self, marks: Sequence[Mark], colour: tuple[int, int, int], text: str) -> None:
        whole = Mark(
            marks[0].page, min(mark.left for mark in marks), min(mark.top for mark in marks),
            max(mark.right for mark in marks), max(mark.bottom for mark in marks),
        )  # fmt: skip
        with self._annotation(self._pdfium.FPDF_ANNOT_HIGHLIGHT, whole, (*colour, _OPACITY), text) as annotation:
            for mark in marks:
                corners = (
                    (mark.left, mark.top),
                    (mark.right, mark.top),
                    (mark.left, mark.bottom),
                    (mark.right, mark.bottom),
                )
                frame = self._page(mark.page)[1]
                points = self._pdfium.FS_QUADPOINTSF(*(edge for x, y in corners for edge in frame.drawn(x, y)))
                self._pdfium.FPDFAnnot_AppendAttachmentPoints(annotation, points)

    def _note(self, page: int, top: float, colour: tuple[int, int, int], text: str) -> None:
        """An icon in the right margin at this height, where it hides no figure; further ones stand to its left."""
        row = (page, round(top / _ICON))
        left = max(self._page(page)[1].width - (self._icons[row] + 1) * _ICON - _MARGIN, 0.0)
        self._icons[row] += 1
        icon = Mark(page, left, top, left + _ICON, top + _ICON)
        with self._annotation(self._pdfium.FPDF_ANNOT_TEXT, icon, (*colour, 255), text):
            pass

    @contextmanager
    def _annotation(self, kind: int, place: Mark, colour: tuple[int, int, int, int], text: str) -> Iterator[Any]:
        pdfium = self._pdfium
        page, frame = self._page(place.page)
        annotation = pdfium.FPDFPage_CreateAnnot(page.raw, kind)
        try:
            pdfium.FPDFAnnot_SetColor(annotation, pdfium.FPDFANNOT_COLORTYPE_Color, *colour)
            (x1, y1), (x2, y2) = frame.drawn(place.left, place.top), frame.drawn(place.right, place.bottom)
            pdfium.FPDFAnnot_SetRect(annotation, pdfium.FS_RECTF(min(x1, x2), max(y1, y2), max(x1, x2), min(y1, y2)))
            for key, value in ((b"Contents", text), (b"T", AUTHOR)):
                encoded = (value + "\0").encode("utf-16-le", "replace")
                wide = (pdfium.FPDF_WCHAR * (len(encoded) // 2)).from_buffer_copy(encoded)
                pdfium.FPDFAnnot_SetStringValue(annotation, key, wide)
            yield annotation
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)

    def _page(self, number: int) -> tuple[PdfPage, Frame]:
        if number not in self._pages:
            page = self._pdf[number - 1]
            self._pages[number] = page, page_frame(page)
        return self._pages[number]
