"""The header of a form's band: which printed cell heads which column, and where that column stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from linter.model.document import Cell, Span
from linter.model.edition import Band
from linter.model.report import Label
from linter.recognise.cells import Sort, plain, sort_of
from linter.recognise.labels import SURE, Hit, Lexicon, wording
from linter.recognise.rows import PrintedRow
from linter.recognise.vocabulary import Vocabulary

_LONGEST = 24
"""Characters of the longest column header; the corner cell of a form is longer."""


@dataclass(frozen=True, slots=True)
class Header:
    """The header of one band as printed. `labels`: the columns found, by id.

    `ranges`: the grid columns that each column covers, where tables have real positions and all columns are known.
    `strange`: those of headers that the form does not have. `order`: the columns from left to right, None for one the
    form does not have; empty where that is not known. `stub`: how many cells of a row stand before the first column,
    where the header is a single row; -1 otherwise.
    """

    labels: dict[str, Label]
    ranges: dict[str, tuple[int, int]]
    order: tuple[str | None, ...] = ()
    stub: int = -1
    strange: tuple[tuple[int, int], ...] = ()


def read_header(words: Vocabulary, index: int, rows: Sequence[PrintedRow], first: PrintedRow) -> Header:
    """The header of the band `index` in the `rows` before its `first` row, or run into that row before its label."""
    band, known = words.spec.bands[index], words.columns[index]
    own = first.cells[: first.cells.index(first.labels[0])] if first.labels else ()
    physical = first.physical
    lines: Sequence[Sequence[Cell]] = [*(row.cells for row in rows), own]
    lines = lines if physical else _mended(lines, known)
    cells = [cell for line in lines for cell in line if _may_head(cell)]
    found = _found(band, known, cells, words)
    labels = {
        column.id: Label(cell.text, column.label, cell.span, hit.match)
        for column in band.columns
        for cell, hit in [found.get(column.id, (None, None))]
        if cell and hit
    }
    if len(found) < len(band.columns) or _repeated(known, cells):
        together = labels | _run_together(words, band, cells, labels)
        return Header(together | _in_place_of(words, band, cells, found, together), {})
    heads = {column.id: found[column.id][0] for column in band.columns}
    if physical:
        ranges = {column: _range(cell) for column, cell in heads.items()}
        apart = len({start for start, _ in ranges.values()}) == len(ranges)
        others = tuple(_range(cell) for cell in cells if cell not in heads.values() and not words.is_head(plain(cell)))
        return Header(labels, ranges if apart else {}, strange=others)
    order, stub = _order(heads, lines, words)
    return Header(labels, {}, order, stub)


def _mended(lines: Sequence[Sequence[Cell]], known: Lexicon) -> Sequence[Sequence[Cell]]:
    """The lines with headers put together that fell into pieces, one cell a line: 本年新⏎制作数量."""
    mended: list[list[Cell]] = []
    for line in lines:
        before = mended[-1] if mended else []
        if len(line) == len(before) == 1 and _is_broken(before[0], line[0], known):
            whole = Span(before[0].span.start, line[0].span.end)
            before[0] = replace(before[0], span=whole, text=before[0].text + line[0].text)
        else:
            mended.append(list(line))
    return mended


def _is_broken(one: Cell, other: Cell, known: Lexicon) -> bool:
    """Whether the two are a header together and neither is one alone."""
    texts = plain(one), plain(other)
    return known.is_sure("".join(texts)) and not any(map(known.is_sure, texts))


def _range(cell: Cell) -> tuple[int, int]:
    return cell.column, cell.column + cell.columns


def _may_head(cell: Cell) -> bool:
    return sort_of(cell) is Sort.TEXT and len(plain(cell)) <= _LONGEST


def _found(band: Band, known: Lexicon, cells: Sequence[Cell], words: Vocabulary) -> dict[str, tuple[Cell, Hit]]:
    """Each column's cell: exact wordings first, then the one that resembles a column still without."""
    found: dict[str, tuple[Cell, Hit]] = {}
    taken: set[int] = set()
    for sure in (True, False):
        for cell in cells:
            if not sure and words.is_head(plain(cell)):
                continue
            if not sure and _is_one_of_several(cell, band, cells):
                continue
            for hit in sorted(known.hits(plain(cell)), key=lambda item: -item.score):
                column = band.columns[hit.index].id
                if column not in found and cell.span.start not in taken and (hit.score >= SURE or not sure):
                    found[column] = (cell, hit)
                    taken.add(cell.span.start)
    return found


def _is_one_of_several(cell: Cell, band: Band, cells: Sequence[Cell]) -> bool:
    """Whether a column stands there several times under names of its own (区直单位统计数, 乡镇统计数)."""
    contained = [text for column in band.columns for text in wording(column).all if text in plain(cell)]
    return any(text in plain(other) for text in contained for other in cells if other is not cell)


def _repeated(known: Lexicon, cells: Sequence[Cell]) -> bool:
    """Whether columns stand twice side by side (this year's and last year's): then none is known."""
    rows: dict[tuple[int, str], int] = {}
    for cell in cells:
        if known.is_sure(plain(cell)):
            key = cell.row, plain(cell)
            rows[key] = rows.get(key, 0) + 1
    return any(count > 1 for count in rows.values())


def _run_together(words: Vocabulary, band: Band, cells: Sequence[Cell], known: dict[str, Label]) -> dict[str, Label]:
    """Headers that stand in one cell, as narrow gaps leave them (「信息内容 本年制发件数 本年废止件数」)."""
    labels: dict[str, Label] = {}
    for column in band.columns:
        for cell in cells if column.id not in known else ():
            text = next((text for text in wording(column).all if text in plain(cell)), "")
            if len(text) >= 4 and words.is_head(plain(cell)):
                labels[column.id] = Label(column.label, column.label, cell.span, "exact")
                break
    return labels


def _in_place_of(
    words: Vocabulary,
    band: Band,
    cells: Sequence[Cell],
    found: Mapping[str, tuple[Cell, Hit]],
    known: Mapping[str, Label],
) -> dict[str, Label]:
    """Headers of other words than the form's where as many stand as are missing: those of another year's form."""
    taken = {cell.span.start for cell, _ in found.values()}
    others = [cell for cell in cells if cell.span.start not in taken and not words.is_head(plain(cell))]
    missing = [column for column in band.columns if column.id not in known]
    if len(others) != len(missing):
        return {}
    pairs = zip(missing, others, strict=True)
    return {column.id: Label(cell.text, column.label, cell.span, "altered") for column, cell in pairs}


def _order(
    heads: dict[str, Cell], lines: Sequence[Sequence[Cell]], words: Vocabulary
) -> tuple[tuple[str | None, ...], int]:
    """The columns from left to right, and how many cells stand before them.

    Where the header has several lines, the columns of the lower one are those of a group: the rest stand around it.
    """
    names = {cell.span.start: column for column, cell in heads.items()}
    lines = [line for line in lines if any(cell.span.start in names for cell in line)]
    lowest = max(lines, key=lambda line: sum(cell.span.start in names for cell in line))
    first = next(number for number, cell in enumerate(lowest) if cell.span.start in names)
    inner = lowest[first if len(lines) == 1 else 0 :]
    order = [
        names.get(cell.span.start)
        for cell in inner
        if cell.span.start in names or (_may_head(cell) and not words.is_head(plain(cell)))
    ]
    if len(lines) == 1:
        return tuple(order), first
    columns = list(heads)
    inside = [columns.index(column) for column in order if column]
    before, after = columns[: min(inside)], columns[max(inside) + 1 :]
    return ((*before, *order, *after) if len(before) + len(inside) + len(after) == len(columns) else ()), -1
