"""Tables that break over pages, put together again as one grid.

A page end may fall between two rows or through one. It fell through a row if the rules are open on both sides; with
closed rules only the text can tell: a label that goes on without a number of its own (ordinal), an open bracket, a
half row with labels and no figures. Nothing is known here of any form.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from linter.pdfgeometry import TextLine
from linter.readers.grids import Slot, closed_up
from linter.readers.pdf_rules import TOUCH, RuledTable

NEAR = 3.0
"""How far apart (points) the edges of one column may lie on two pages."""
_SHIFT = 40.0
"""How far a table may move sideways from page to page (mirrored margins)."""
_HEADER_WORD = 6
"""Characters of half a column header at most."""
_FIRST_WORD = 2
"""Characters too few to be a column header of their own."""
_ORDINAL = re.compile(
    r"\s*(?:[（(]\s*[一二三四五六七八九十\d]+\s*[)）]|[一二三四五六七八九十]+\s*、|\d{1,2}\s*[.．、](?!\d)|第\S+[条项])"
)
_VALUE = re.compile(r"(?=.*[\d０-９/／—－\-–])[\s\d０-９.,，．%％/／—－\-–]+")


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line in a cell and the page, from 1, it stands on."""

    page: int
    line: TextLine


@dataclass(slots=True)
class Region:
    """A cell of the joined table: its box (y running on over page ends) and its lines."""

    left: float
    top: float
    right: float
    bottom: float
    lines: list[PageLine] = field(default_factory=list)
    joints: list[int] = field(default_factory=list)
    """Numbers of lines before which a page end was mended."""

    @property
    def text(self) -> str:
        return "".join(line.line.text for line in self.lines).strip()


@dataclass(frozen=True, slots=True)
class JoinedTable:
    """A whole table; `damage` as in `linter.model.document.Table`."""

    cells: tuple[tuple[Slot, Region], ...]
    damage: str | None

    @property
    def columns(self) -> int:
        return max((slot.column + slot.columns for slot, _ in self.cells), default=0)


def continues(upper: RuledTable, lower: RuledTable) -> bool:
    """Whether two tables between which only a page end stands are one: equally wide, columns in the same places."""
    if abs((upper.right - upper.left) - (lower.right - lower.left)) > NEAR or abs(upper.left - lower.left) > _SHIFT:
        return False
    shift = upper.left - lower.left
    above = _inner_edges(upper, 0)
    below = _inner_edges(lower, shift)
    shared = sum(any(abs(edge - other) <= NEAR for other in above) for edge in below)
    return not above or not below or shared * 2 >= min(len(above), len(below))


def joined(parts: Sequence[tuple[int, RuledTable]]) -> JoinedTable:
    """The table made of its parts, given with their pages (from 1)."""
    first_page, first = parts[0]
    regions = _regions(first_page, first, 0.0, 0.0)
    end = max(region.bottom for region in regions)
    doubtful = False
    for (_, upper), (page, lower) in pairwise(parts):
        below = _regions(page, lower, first.left - lower.left, end - lower.top)
        below = _without_strip(_without_header(regions, below), 0)
        if not below:
            continue
        regions = _without_strip(regions, -1)
        end = max(region.bottom for region in regions)
        lift = min(region.top for region in below) - end
        for region in below:
            region.top -= lift
            region.bottom -= lift
        cut = _Cut(
            [region for region in regions if abs(region.bottom - end) <= NEAR],
            [region for region in below if abs(region.top - end) <= NEAR],
        )
        mended = cut.mend(is_open=upper.open_bottom and lower.open_top)
        doubtful = doubtful or cut.doubtful
        regions.extend(region for region in below if id(region) not in mended)
        end = max(region.bottom for region in regions)
    return JoinedTable(_laid_out(regions), "page-break" if doubtful else None)


def _inner_edges(table: RuledTable, shift: float) -> list[float]:
    edges = {round(box.left + shift, 1) for box in table.boxes}
    return sorted(edge for edge in edges if edge > table.left + shift + NEAR)


def _regions(page: int, table: RuledTable, right: float, down: float) -> list[Region]:
    return [
        Region(
            box.left + right, box.top + down, box.right + right, box.bottom + down,
            [PageLine(page, line) for line in box.lines],
        )
        for box in table.boxes
    ]  # fmt: skip


def _rows(regions: Sequence[Region]) -> list[list[Region]]:
    """Regions by their top edge, each row left to right."""
    rows: list[list[Region]] = []
    for region in sorted(regions, key=lambda region: region.top):
        if rows and region.top - rows[-1][0].top <= TOUCH:
            rows[-1].append(region)
        else:
            rows.append([region])
    return [sorted(row, key=lambda region: region.left) for row in rows]


def _without_header(above: Sequence[Region], below: list[Region]) -> list[Region]:
    """What follows on the next page without the head rows repeated there."""
    repeated = 0
    lower_rows = _rows(below)
    for upper, lower in zip(_rows(above), lower_rows, strict=False):
        if not _alike(upper, lower):
            break
        repeated += 1
    if not repeated:
        return below
    header_end = min((row[0].top for row in lower_rows[repeated:]), default=max(region.bottom for region in below))
    if any(region.bottom > header_end + NEAR for row in lower_rows[:repeated] for region in row):
        return below
    return [region for row in lower_rows[repeated:] for region in row]


def _without_strip(regions: list[Region], edge: int) -> list[Region]:
    """The regions without an empty strip over the whole width at their first (0) or last (-1) edge: where a page ends,
    a printer may frame what is left of the page.
    """
    rows = _rows(regions)
    if len(rows) < 2 or len(rows[edge]) > 1 or rows[edge][0].text:
        return regions
    strip = rows[edge][0]
    left, right = min(region.left for region in regions), max(region.right for region in regions)
    if strip.left > left + NEAR or strip.right < right - NEAR:
        return regions
    return [region for region in regions if region is not strip]


def _alike(upper: Sequence[Region], lower: Sequence[Region]) -> bool:
    """Whether two rows have the same cells with the same words, and words they are."""
    if len(upper) != len(lower) or not any(region.text for region in lower):
        return False
    return all(
        above.text == below.text and not _is_value(below.text) and abs(above.left - below.left) <= NEAR
        for above, below in zip(upper, lower, strict=True)
    )


class _Cut:
    """The cells that end at a page end and those that begin there."""

    def __init__(self, above: list[Region], below: list[Region]) -> None:
        self._above = above
        self._below = below
        self._pairs = [
            (upper, lower)
            for upper in above
            for lower in below
            if abs(upper.left - lower.left) <= NEAR and abs(upper.right - lower.right) <= NEAR
        ]
        last = max((region.top for region in above), default=0.0)
        first = min((region.bottom for region in below), default=0.0)
        self._in_row = [
            abs(upper.top - last) <= NEAR and abs(lower.bottom - first) <= NEAR for upper, lower in self._pairs
        ]
        self.doubtful = False

    def mend(self, *, is_open: bool) -> set[int]:
        """Joins what belongs together; the ids of the lower regions that have become part of upper ones."""
        through = (is_open and bool(self._pairs)) or self._through_a_row()
        mended = set()
        for number, (upper, lower) in enumerate(self._pairs):
            if through or self._same_group(number):
                if upper.lines and lower.lines:
                    upper.joints.append(len(upper.lines))
                upper.lines.extend(lower.lines)
                upper.bottom = lower.bottom
                mended.add(id(lower))
        return mended

    def _through_a_row(self) -> bool:
        """Whether the page end cut a row whose rules are closed; notes a doubt where the text does not tell."""
        row = [pair for pair, inside in zip(self._pairs, self._in_row, strict=True) if inside]
        labels = [
            (upper.text, lower.text) for upper, lower in row if not (_is_value(upper.text) or _is_value(lower.text))
        ]
        if len(self._pairs) != len(self._above) or len(self._pairs) != len(self._below):
            # Beside a group that ends here with its parts below, only headers cut after their first words are told.
            whole = len(row) == len(labels) == len(self._pairs)
            return whole and _cut_headers(labels) and all(len(upper) <= _FIRST_WORD for upper, _ in labels)
        if len(row) < 2:
            return False
        figures_above = any(_is_value(upper.text) for upper, _ in row)
        figures_below = any(_is_value(lower.text) for _, lower in row)
        goes_on = any(_goes_on(upper, lower) for upper, lower in labels)
        if figures_above and figures_below:
            return self._wrapped_figures(row, labels, goes_on=goes_on)
        if not figures_above and not figures_below:
            return _cut_headers(labels)
        if goes_on:
            return True
        if figures_above:
            if not any(lower.text for _, lower in row):
                return True
            self.doubtful = not any(_numbered(lower) for _, lower in labels)
            return False
        blank_above = any(not upper.text for upper, _ in row)
        named_above = any(upper for upper, _ in labels)
        if named_above and blank_above and not any(lower for upper, lower in labels if upper):
            return True
        self.doubtful = named_above and blank_above and not any(_numbered(lower) for _, lower in labels)
        return False

    def _wrapped_figures(
        self, row: Sequence[tuple[Region, Region]], labels: Sequence[tuple[str, str]], *, goes_on: bool
    ) -> bool:
        """Whether the figures below are ends of those above, wrapped in narrow columns: some columns have none, and
        the row has no name of its own.
        """
        pairs = [(upper.text, lower.text) for upper, lower in row if _is_value(upper.text)]
        if (
            len(pairs) < 2
            or all(lower for _, lower in pairs)
            or any(not _is_value(lower) and lower for _, lower in pairs)
        ):
            return False
        if goes_on or (any(upper for upper, _ in labels) and not any(lower for _, lower in labels)):
            return True
        self.doubtful = not any(_numbered(lower) for _, lower in labels)
        return False

    def _same_group(self, number: int) -> bool:
        """Whether two cells are one label over several rows: the lower half is empty or goes on without an ordinal."""
        upper, lower = self._pairs[number]
        if _is_value(upper.text) or _is_value(lower.text):
            return False
        if self._in_row[number]:
            labels_right = any(
                other.left >= lower.right - NEAR and other.text and not _is_value(other.text) for other in self._below
            )
            texts_left = any(other.right <= lower.left + NEAR and other.text for other in self._below)
            return not lower.text and bool(upper.text) and labels_right and not texts_left
        return not lower.text or not upper.text or _goes_on(upper.text, lower.text)


def _cut_headers(labels: Sequence[tuple[str, str]]) -> bool:
    """Whether a page end cut a row of column headers: short words above, more of them below."""
    if len(labels) < 3 or sum(bool(lower) for _, lower in labels) < 2:
        return False
    return all(upper and len(upper) <= _HEADER_WORD and len(lower) <= _HEADER_WORD for upper, lower in labels)


def _goes_on(upper: str, lower: str) -> bool:
    """Whether the lower text ends what the upper one began: a numbered label goes on without a number."""
    if not upper or not lower or _numbered(lower):
        return False
    return _numbered(upper) or _open_brackets(upper) > 0 > _open_brackets(lower)


def _open_brackets(text: str) -> int:
    return sum(text.count(bracket) for bracket in "（(") - sum(text.count(bracket) for bracket in "）)")


def _numbered(text: str) -> bool:
    return _ORDINAL.match(text) is not None


def _is_value(text: str) -> bool:
    """Whether a cell holds a figure or a mark in its place."""
    return _VALUE.fullmatch(text) is not None


def _laid_out(regions: Sequence[Region]) -> tuple[tuple[Slot, Region], ...]:
    """The regions on the grid of all their edges."""
    xs = _edges([region.left for region in regions] + [region.right for region in regions])
    ys = _edges([region.top for region in regions] + [region.bottom for region in regions])
    taken: dict[tuple[int, int], Region] = {}
    slots: list[Slot] = []
    kept: list[Region] = []
    for region in regions:
        row, column = _index(ys, region.top), _index(xs, region.left)
        if (row, column) in taken:
            taken[row, column].lines.extend(region.lines)
            continue
        taken[row, column] = region
        kept.append(region)
        rows, columns = _index(ys, region.bottom) - row, _index(xs, region.right) - column
        slots.append(Slot(row, column, max(rows, 1), max(columns, 1)))
    return tuple(zip(closed_up(slots), kept, strict=True))


def _edges(values: Sequence[float]) -> list[float]:
    """The first value of every cluster."""
    edges: list[float] = []
    last = float("-inf")
    for value in sorted(values):
        if value - last > TOUCH:
            edges.append(value)
        last = value
    return edges


def _index(edges: Sequence[float], value: float) -> int:
    return max(bisect_left(edges, value + 0.01) - 1, 0)


def lines_apart(region: Region) -> Iterator[tuple[str, PageLine]]:
    """The lines of a cell, each with what stands before it: a line end, or nothing where the print only wrapped.

    Print wrapped if a line fills the cell, if the cell is written downward character by character, or at a page end.
    """
    width = region.right - region.left
    downward = len(region.lines) > 2 and all(len(line.line.glyphs) <= 2 for line in region.lines)
    for number, line in enumerate(region.lines):
        if number == 0:
            yield "", line
            continue
        before = region.lines[number - 1].line
        filled = before.right - before.left + 1.2 * before.glyphs[0].height > width
        yield "" if downward or filled or number in region.joints else "\n", line
