"""Where the characters of a PDF page stand, and the lines they make. Shared by the reader and by the annotated copy.

Distances are points (1/72 inch) from the top left corner of the page as shown, y growing downward.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import Any, NamedTuple

from linter.model.document import Unreadable

PdfDocument = Any
PdfPage = Any
"""pypdfium2 has no types."""

MAX_CHARACTERS = 100_000
"""Characters of one page; a page of six-point print has some 12 000."""
CELL_GAP = 2.0
"""A gap this many times the height of the print separates cells; letter-spaced titles stay below it."""
_WORD_GAP = 0.15
_TALL = 30.0
"""Higher than the print of reports, title pages apart."""
_BLANKS = frozenset(" \t\xa0\u2002\u2003\u2009\u3000")
_SAME_LINE = 0.5
"""Characters are on one line if their base lines differ by less than this share of the height of the print."""


class Glyph(NamedTuple):
    """A character and its box; `middle` of its top and bottom, `base` where it stands: a comma's box lies low on the
    line, its base with all others. `number`: its place among the page's glyphs. `spaced`: a blank comes before it.
    """

    left: float
    top: float
    right: float
    bottom: float
    text: str
    number: int
    spaced: bool
    middle: float
    height: float
    base: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """The glyphs of one visual line, left to right; never empty."""

    glyphs: tuple[Glyph, ...]

    @property
    def left(self) -> float:
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        return max(glyph.right for glyph in self.glyphs)

    @property
    def top(self) -> float:
        return min(glyph.top for glyph in self.glyphs)

    @property
    def bottom(self) -> float:
        return max(glyph.bottom for glyph in self.glyphs)

    @property
    def text(self) -> str:
        """What the line says; a wide gap is a tab, a narrow one a space."""
        parts = [self.glyphs[0].text]
        for before, after in pairwise(self.glyphs):
            gap = after.left - before.right
            height = max(before.height, after.height)
            if gap > CELL_GAP * height:
                parts.append("\t")
            elif after.spaced and gap > _WORD_GAP * height:
                parts.append(" ")
            parts.append(after.text)
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Frame:
    """The page as shown: its size, and the corner and turn (0, 90, 180, 270 clockwise) of the space it is drawn in."""

    width: float
    height: float
    box: tuple[float, float, float, float]
    turn: int

    def shown(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own space on the page as shown."""
        left, bottom, right, top = self.box
        match self.turn:
            case 90:
                return y - bottom, x - left
            case 180:
                return right - x, y - bottom
            case 270:
                return top - y, right - x
            case _:
                return x - left, top - y

    def drawn(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page as shown in the page's own space: the inverse of `shown`."""
        left, bottom, right, top = self.box
        match self.turn:
            case 90:
                return y + left, x + bottom
            case 180:
                return right - x, y + bottom
            case 270:
                return right - y, top - x
            case _:
                return x + left, top - y


def load_pdfium() -> Any:
    """PDFium's own functions. Raises `Unreadable` (``missing-extra``)."""
    try:
        from pypdfium2 import raw  # type: ignore[import-untyped]  # noqa: PLC0415 - 60 ms, and an extra
    except ImportError:
        raise Unreadable("missing-extra", "pdf") from None
    return raw


@contextmanager
def opened_pdf(data: bytes) -> Iterator[PdfDocument]:
    """The document, closed at the end. Raises `Unreadable`: ``missing-extra``, ``encrypted``, ``damaged``."""
    pdfium = load_pdfium()
    from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415 - after load_pdfium

    try:
        pdf = PdfDocument(data)
    except PdfiumError:
        reason = "encrypted" if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD else "damaged"
        raise Unreadable(reason, "PDF") from None
    try:
        yield pdf
    except PdfiumError:
        raise Unreadable("damaged", "PDF") from None
    finally:
        pdf.close()


def visible(text: str) -> str:
    """The characters of a text that are glyphs on the page: no blanks, no line ends."""
    return "".join(character for character in text if character >= " " and character not in _BLANKS)


def page_frame(page: PdfPage) -> Frame:
    """The frame of the page's visible box."""
    width, height = page.get_size()
    return Frame(width, height, page.get_bbox(), page.get_rotation())


def page_glyphs(page: PdfPage, frame: Frame) -> list[Glyph]:
    """The visible characters in the order of the file. Raises `Unreadable` (``too-large``)."""
    pdfium = load_pdfium()
    text_page = page.get_textpage()
    raw = text_page.raw
    count = pdfium.FPDFText_CountChars(raw)
    if count > MAX_CHARACTERS:
        raise Unreadable("too-large", "characters")
    code_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    origin_of = pdfium.FPDFText_GetCharOrigin
    box = pdfium.FS_RECTF()
    pointer = ctypes.byref(box)
    x, y = ctypes.c_double(), ctypes.c_double()
    glyphs: list[Glyph] = []
    upright = frame.turn == 0
    left, _, _, top = frame.box
    spaced, surrogate = False, 0
    for index in range(count):
        code = code_of(raw, index)
        if code < 32:
            continue
        if 0xD800 <= code < 0xDC00:
            surrogate = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((surrogate & 0x3FF) << 10) + (code & 0x3FF) if surrogate else 0xFFFD
        surrogate = 0
        text = chr(code)
        if text in _BLANKS:
            spaced = True
            continue
        if code == 0xFFFE or not box_of(raw, index, pointer):
            continue
        if box.top - box.bottom > _TALL:
            _tighten(pdfium, raw, index, box)
        origin_of(raw, index, x, y)
        if upright:
            edges = box.left - left, top - box.top, box.right - left, top - box.bottom
            base = top - y.value
        else:
            base = frame.shown(x.value, y.value)[1]
            x1, y1 = frame.shown(box.left, box.bottom)
            x2, y2 = frame.shown(box.right, box.top)
            edges = min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
        _, upper, _, lower = edges
        glyphs.append(Glyph(*edges, text, len(glyphs), spaced, (upper + lower) / 2, max(lower - upper, 1.0), base))
        spaced = False
    text_page.close()
    return glyphs


def _tighten(pdfium: Any, raw: Any, index: int, box: Any) -> None:
    """Puts the box of the character's ink in place of a far larger one, which PDFium gives for vertical writing."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(raw, index, left, right, bottom, top)
    if (
        0 < (top.value - bottom.value) * 3 < box.top - box.bottom
        or 0 < (right.value - left.value) * 3 < box.right - box.left
    ):
        box.left, box.right, box.bottom, box.top = left.value, right.value, bottom.value, top.value


def text_lines(glyphs: Sequence[Glyph]) -> list[TextLine]:
    """The lines that the glyphs make, from the top down."""
    lines: list[list[Glyph]] = []
    first = 0.0
    for glyph in sorted(glyphs, key=attrgetter("base", "left")):
        if not lines or glyph.base - first > _SAME_LINE * glyph.height:
            lines.append([])
            first = glyph.base
        lines[-1].append(glyph)
    return [TextLine(tuple(sorted(line))) for line in lines]
