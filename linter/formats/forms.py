"""A form of an edition as the table it is printed as: headers, merged labels and the places of its cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from linter.model.edition import Band, FormSpec, RowSpec


@dataclass(frozen=True, slots=True)
class Slot:
    """One printed cell. `path` ``form/row/column`` for a figure, "" for a label, a header or the unit.

    `rows`, `columns`: how many it covers. `role`: ``figure``, ``unit``, ``units`` (the header over them), ``corner``,
    ``title``, ``row`` or ``column`` (what it is a header of). `indent`: how deep a row label stands in an outline.
    """

    text: str
    role: str
    path: str = ""
    rows: int = 1
    columns: int = 1
    indent: int = 0


Line = tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A band as printed: its header lines and its lines of figures."""

    head: tuple[Line, ...]
    body: tuple[Line, ...]


def grids(form: FormSpec) -> tuple[Grid, ...]:
    """The bands of a form, all as wide as its widest.

    A column of units is drawn where most rows have one (the form of 2014); a lone unit stands in a header already.
    """
    stub = max((len(_drawn(band, row)) for band in form.bands if band.layout == "rows" for row in band.rows), default=0)
    rows = [row for band in form.bands for row in band.rows]
    unit = 2 * sum(bool(row.unit) for row in rows) > len(rows)
    width = max(_columns(band) for band in form.bands)
    return tuple(_Drawing(form, band, stub, unit, width).grid() for band in form.bands)


def _drawn(band: Band, row: RowSpec) -> tuple[str, ...]:
    """The labels of a row that are printed beside it: of its groups those that are no rows themselves, and its own."""
    own = {(*other.group, other.label) for other in band.rows}
    groups = [row.group[depth] for depth in range(len(row.group)) if row.group[: depth + 1] not in own]
    return (*groups, row.label)


def _columns(band: Band) -> int:
    return len(band.columns) * (len(band.rows) if band.layout == "line" else 1)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A band within its form: `stub` columns of labels, then the unit if the form has units, then `width` figures."""

    form: FormSpec
    band: Band
    stub: int
    unit: bool
    width: int

    def grid(self) -> Grid:
        lines = self._line_head() if self.band.layout == "line" else self._rows_head()
        title = (
            [(Slot(self.band.title, "title", columns=self.stub + self.unit + self.width),)] if self.band.title else []
        )
        body = [self._side_by_side()] if self.band.layout == "line" else self._rows()
        return Grid((*title, *lines), tuple(body))

    def _rows_head(self) -> list[Line]:
        lines = _header(
            [(*column.group, column.label) for column in self.band.columns], _shares(len(self.band.columns), self.width)
        )
        corner = [Slot(self.band.corner, "corner", rows=len(lines), columns=self.stub)]
        if self.unit:
            corner.append(Slot("", "units", rows=len(lines)))
        return [(*corner, *lines[0]), *lines[1:]]

    def _line_head(self) -> list[Line]:
        count = len(self.band.columns)
        above = _header([(*row.group, row.label) for row in self.band.rows], [count] * len(self.band.rows))
        below = _header(
            [(*column.group, column.label) for column in self.band.columns] * len(self.band.rows), [1] * self.width
        )
        return [*above, *below]

    def _rows(self) -> list[Line]:
        paths = [_drawn(self.band, row) for row in self.band.rows]
        depths = [len(row.group) + 1 - len(path) for row, path in zip(self.band.rows, paths, strict=True)]
        labels = _labels(paths, depths, self.stub)
        shares = _shares(len(self.band.columns), self.width)
        return [
            (
                *labels[index],
                *([Slot(row.unit, "unit")] if self.unit else []),
                *(
                    self._figure(row.id, column.id, share)
                    for column, share in zip(self.band.columns, shares, strict=True)
                ),
            )
            for index, row in enumerate(self.band.rows)
        ]

    def _side_by_side(self) -> Line:
        return tuple(self._figure(row.id, column.id, 1) for row in self.band.rows for column in self.band.columns)

    def _figure(self, row: str, column: str, share: int) -> Slot:
        return Slot("", "figure", f"{self.form.id}/{row}/{column}", columns=share)


def _shares(count: int, width: int) -> list[int]:
    """`width` columns dealt out among `count` as evenly as whole columns go."""
    edges = [width * index // count for index in range(count + 1)]
    return [after - before for before, after in pairwise(edges)]


def _header(paths: Sequence[tuple[str, ...]], shares: Sequence[int]) -> list[Line]:
    """The lines of a header whose groups are merged; `shares`: the columns under each path."""
    depth = max(len(path) for path in paths)
    lines: list[list[Slot]] = [[] for _ in range(depth)]
    for level, start, end, across in _runs(paths, depth):
        lines[level].append(Slot(paths[start][level], "column", rows=across, columns=sum(shares[start:end])))
    return [tuple(line) for line in lines]


def _labels(paths: Sequence[tuple[str, ...]], indents: Sequence[int], depth: int) -> list[Line]:
    """The labels that begin in each line, groups merged downwards, a row's own label indented."""
    lines: list[list[Slot]] = [[] for _ in paths]
    for level, start, end, across in _runs(paths, depth):
        indent = indents[start] if level + 1 == len(paths[start]) else 0
        lines[start].append(Slot(paths[start][level], "row", rows=end - start, columns=across, indent=indent))
    return [tuple(line) for line in lines]


def _runs(paths: Sequence[tuple[str, ...]], depth: int) -> Iterator[tuple[int, int, int, int]]:
    """(level, start, end, levels covered) of every label, level by level; the last label of a path covers the rest."""
    for level in range(depth):
        start = 0
        while start < len(paths):
            path = paths[start]
            end = start + 1
            if level + 1 < len(path):
                while end < len(paths) and len(paths[end]) > level + 1 and paths[end][: level + 1] == path[: level + 1]:
                    end += 1
                yield level, start, end, 1
            elif level + 1 == len(path):
                yield level, start, end, depth - level
            start = end
