"""From the rules drawn on a PDF page to the boxes of ruled tables.

Producers draw a rule as a thin filled rectangle, a stroked line or one side of a stroked rectangle, loose or inside a
form; all are taken. Touching rules make a table; a region that no rule divides makes a cell.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from linter.pdfgeometry import Frame, Glyph, PdfPage, TextLine, load_pdfium, text_lines

MAX_OBJECTS = 100_000
"""Drawn objects looked at on one page, those inside forms included."""
MAX_RULES = 4_000
"""A page with more is a drawing: no tables are read from it."""
MAX_SLOTS = 100_000
THICKNESS = 3.0
"""What is thicker is a coloured area, not a rule."""
TOUCH = 2.5
"""Rules closer than this touch, edges closer than this are one."""
_OPEN = 4.0
"""How far rules must run past the outermost crossing rule for the table to be open on that side."""
_DRAWING_PATHS = 30

Matrix = tuple[float, float, float, float, float, float]


class Rule(NamedTuple):
    """A rule at `at` (y of a horizontal, x of a vertical one) from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Box:
    """A cell as drawn, and the lines in it."""

    left: float
    top: float
    right: float
    bottom: float
    lines: list[TextLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RuledTable:
    """The boxes of one table on one page. `open_top`, `open_bottom`: no rule closes it there, it was cut."""

    left: float
    top: float
    right: float
    bottom: float
    boxes: tuple[Box, ...]
    open_top: bool
    open_bottom: bool

    def cell_over(self, line: TextLine) -> Box | None:
        """The box in the last row under which a line stands, or None."""
        return next(
            (
                box
                for box in self.boxes
                if self.bottom - box.bottom < TOUCH and box.left - 1 <= line.left and line.right <= box.right + 1
            ),
            None,
        )


class Picture(NamedTuple):
    """An image as shown."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn on a page besides text: rules both ways, pictures, and how many other paths."""

    horizontal: list[Rule]
    vertical: list[Rule]
    pictures: list[Picture]
    paths: int

    @property
    def shows(self) -> bool:
        """Whether something is to be seen even if the page has no characters."""
        return bool(self.pictures) or self.paths > _DRAWING_PATHS


def page_drawing(page: PdfPage, frame: Frame) -> Drawing:
    """The rules and pictures of a page."""
    walker = _Walker(frame)
    walker.page(page)
    few = len(walker.horizontal) + len(walker.vertical) <= MAX_RULES
    return Drawing(
        _merged(walker.horizontal) if few else [],
        _merged(walker.vertical) if few else [],
        walker.pictures,
        walker.paths,
    )


def ruled_tables(drawing: Drawing, glyphs: Sequence[Glyph]) -> tuple[list[RuledTable], list[Glyph]]:
    """The tables of a page with their text, from the top down, and the glyphs that are in none."""
    grids = [
        grid
        for horizontal, vertical in _connected(drawing.horizontal, drawing.vertical)
        if (grid := _grid(horizontal, vertical)) is not None
    ]
    grids.sort(key=lambda grid: (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0]))
    outside = [glyph for glyph in glyphs if not any(grid.take(glyph) for grid in grids)]
    tables = sorted((grid.table() for grid in grids), key=lambda table: (table.top, table.left))
    return tables, outside


class _Walker:
    """Goes through the objects of a page and into its forms."""

    def __init__(self, frame: Frame) -> None:
        pdfium = load_pdfium()
        self._pdfium = pdfium
        self._frame = frame
        self._matrix = pdfium.FS_MATRIX()
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._modes = ctypes.c_int(), ctypes.c_int()
        self._left = MAX_OBJECTS
        self.horizontal: list[Rule] = []
        self.vertical: list[Rule] = []
        self.pictures: list[Picture] = []
        self.paths = 0

    def page(self, page: PdfPage) -> None:
        raw = page.raw
        self._objects(self._pdfium.FPDFPage_GetObject, raw, self._pdfium.FPDFPage_CountObjects(raw), ())

    def _objects(self, get: Callable[..., Any], parent: Any, count: int, outer: tuple[Matrix, ...]) -> None:
        pdfium = self._pdfium
        for index in range(count):
            if self._left <= 0:
                return
            self._left -= 1
            item = get(parent, index)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self.paths += 1
                self._path(item, outer)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self.pictures.append(Picture(*self._bounds(item, outer)))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM:
                inner = (self._matrix_of(item), *outer)
                self._objects(pdfium.FPDFFormObj_GetObject, item, pdfium.FPDFFormObj_CountObjects(item), inner)

    def _matrix_of(self, item: Any) -> Matrix:
        matrix = self._matrix
        self._pdfium.FPDFPageObj_GetMatrix(item, matrix)
        return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f

    def _bounds(self, item: Any, outer: tuple[Matrix, ...]) -> tuple[float, float, float, float]:
        """The box around an object on the page as shown; its own matrix is already in what PDFium answers."""
        x1, y1, x2, y2 = self._edges
        self._pdfium.FPDFPageObj_GetBounds(item, x1, y1, x2, y2)
        corners = [self._shown(x, y, outer) for x, y in ((x1.value, y1.value), (x2.value, y2.value))]
        (ax, ay), (bx, by) = corners
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def _path(self, item: Any, outer: tuple[Matrix, ...]) -> None:
        left, top, right, bottom = self._bounds(item, outer)
        if self._thin(left, top, right, bottom):
            return
        fill, stroke = self._modes
        self._pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
        segments = self._pdfium.FPDFPath_CountSegments(item)
        if not stroke.value and (not fill.value or segments <= 5):
            return
        for points in self._outlines(item, segments, (self._matrix_of(item), *outer)):
            xs, ys = [x for x, _ in points], [y for _, y in points]
            if not self._thin(min(xs), min(ys), max(xs), max(ys)) and stroke.value:
                self._sides(points)

    def _thin(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Takes a thin rectangle as a rule; False: it is thick both ways. A dot is nothing."""
        wide, high = right - left > THICKNESS, bottom - top > THICKNESS
        if wide and high:
            return False
        if wide:
            self.horizontal.append(Rule((top + bottom) / 2, left, right))
        elif high:
            self.vertical.append(Rule((left + right) / 2, top, bottom))
        return True

    def _sides(self, points: Sequence[tuple[float, float]]) -> None:
        for (x1, y1), (x2, y2) in pairwise(points):
            if abs(y1 - y2) < 1 or abs(x1 - x2) < 1:
                self._thin(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))

    def _outlines(self, item: Any, segments: int, matrices: tuple[Matrix, ...]) -> Iterator[list[tuple[float, float]]]:
        """The straight outlines a path is made of; one with a curve is left out."""
        pdfium = self._pdfium
        x, y = self._edges[:2]
        points: list[tuple[float, float]] = []
        curved = False
        for index in range(min(segments, MAX_OBJECTS)):
            segment = pdfium.FPDFPath_GetPathSegment(item, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                if len(points) > 1 and not curved:
                    yield points
                points, curved = [], False
            curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(self._shown(x.value, y.value, matrices))
            if pdfium.FPDFPathSegment_GetClose(segment) and points[0] != points[-1]:
                points.append(points[0])
        if len(points) > 1 and not curved:
            yield points

    def _shown(self, x: float, y: float, matrices: tuple[Matrix, ...]) -> tuple[float, float]:
        for a, b, c, d, e, f in matrices:
            x, y = a * x + c * y + e, b * x + d * y + f
        return self._frame.shown(x, y)


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Rules on one line that touch or overlap (dashes, double drawing, cell by cell) as one."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules):
        if lines and rule.at - lines[-1][0].at <= 1:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    return [rule for line in lines for rule in _merged_line(line)]


def _merged_line(line: list[Rule]) -> Iterator[Rule]:
    at, start, end = min(line, key=lambda rule: rule.start)
    for rule in sorted(line, key=lambda rule: rule.start):
        if rule.start > end + THICKNESS:
            yield Rule(at, start, end)
            at, start, end = rule
        end = max(end, rule.end)
    yield Rule(at, start, end)


def _connected(horizontal: list[Rule], vertical: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Groups of rules each of which touches another of its group."""
    boxes = [(rule.start, rule.at, rule.end, rule.at) for rule in horizontal]
    boxes += [(rule.at, rule.start, rule.at, rule.end) for rule in vertical]
    parents = list(range(len(boxes)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    active: list[int] = []
    for index in sorted(range(len(boxes)), key=lambda index: boxes[index][1]):
        left, top, right, _ = boxes[index]
        active = [other for other in active if boxes[other][3] >= top - TOUCH]
        for other in active:
            if boxes[other][0] - TOUCH <= right and left - TOUCH <= boxes[other][2]:
                parents[root(index)] = root(other)
        active.append(index)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index in range(len(boxes)):
        group = groups.setdefault(root(index), ([], []))
        if index < len(horizontal):
            group[0].append(horizontal[index])
        else:
            group[1].append(vertical[index - len(horizontal)])
    yield from groups.values()


def _clustered(values: Iterable[float]) -> list[float]:
    """The values with those closer than `TOUCH` to their neighbour replaced by one, their mean."""
    clusters: list[list[float]] = []
    for value in sorted(values):
        if clusters and value - clusters[-1][-1] <= TOUCH:
            clusters[-1].append(value)
        else:
            clusters.append([value])
    return [sum(cluster) / len(cluster) for cluster in clusters]


def _nearest(values: Sequence[float], value: float) -> int:
    index = bisect_left(values, value)
    if index == len(values) or (index and value - values[index - 1] < values[index] - value):
        return index - 1
    return index


@dataclass(slots=True)
class _Grid:
    """Columns and rows between all edges of a table, and which box each position belongs to."""

    xs: list[float]
    ys: list[float]
    owners: list[list[int]]
    boxes: list[Box]
    open_top: bool
    open_bottom: bool
    glyphs: dict[int, list[Glyph]] = field(default_factory=dict)

    def take(self, glyph: Glyph) -> bool:
        """Puts a glyph into its box; False if its middle is outside the table."""
        x = (glyph.left + glyph.right) / 2
        y = glyph.middle
        if not (self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[0] - 1 <= y <= self.ys[-1] + 1):
            return False
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        self.glyphs.setdefault(self.owners[row][column], []).append(glyph)
        return True

    def table(self) -> RuledTable:
        for index, glyphs in self.glyphs.items():
            self.boxes[index].lines = text_lines(glyphs)
        return RuledTable(
            self.xs[0], self.ys[0], self.xs[-1], self.ys[-1], tuple(self.boxes), self.open_top, self.open_bottom
        )


def _grid(horizontal: list[Rule], vertical: list[Rule]) -> _Grid | None:
    """The grid that one group of rules draws; None if they draw none."""
    if len(horizontal) < 2 or len(vertical) < 2:
        return None
    horizontal, open_top, open_bottom = _closed(horizontal, vertical)
    vertical, _, _ = _closed(vertical, horizontal)
    xs = _clustered(rule.at for rule in vertical)
    ys = _clustered(rule.at for rule in horizontal)
    width, height = len(xs) - 1, len(ys) - 1
    if width < 1 or height < 1 or width * height > MAX_SLOTS:
        return None
    over = _covered(horizontal, ys, xs)
    beside = _covered(vertical, xs, ys)
    owners = [[-1] * width for _ in range(height)]
    boxes: list[Box] = []
    for row in range(height):
        for column in range(width):
            if owners[row][column] >= 0:
                continue
            right = column + 1
            while right < width and row not in beside[right] and owners[row][right] < 0:
                right += 1
            below = row + 1
            while below < height and not any(inner in over[below] for inner in range(column, right)):
                below += 1
            for inner in range(row, below):
                owners[inner][column:right] = [len(boxes)] * (right - column)
            boxes.append(Box(xs[column], ys[row], xs[right], ys[below]))
    return _Grid(xs, ys, owners, boxes, open_top, open_bottom)


def _closed(rules: list[Rule], crossing: list[Rule]) -> tuple[list[Rule], bool, bool]:
    """The rules, with one added at each side past which crossing rules run: a page end cut the table there."""
    first, last = min(rule.at for rule in rules), max(rule.at for rule in rules)
    start, end = min(rule.start for rule in crossing), max(rule.end for rule in crossing)
    low, high = min(rule.at for rule in crossing), max(rule.at for rule in crossing)
    before, after = start < first - _OPEN, end > last + _OPEN
    added = [Rule(at, low, high) for at, missing in ((start, before), (end, after)) if missing]
    return rules + added, before, after


def _covered(rules: list[Rule], edges: Sequence[float], crossing: Sequence[float]) -> list[set[int]]:
    """For every edge, the positions along it (between `crossing`) that a rule covers at their middle."""
    middles = [(start + end) / 2 for start, end in pairwise(crossing)]
    covered: list[set[int]] = [set() for _ in edges]
    for rule in rules:
        first = bisect_left(middles, rule.start - TOUCH)
        covered[_nearest(edges, rule.at)].update(range(first, bisect_right(middles, rule.end + TOUCH)))
    return covered
