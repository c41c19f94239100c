"""A form of one printed row per row: which printed row is which, and what stands in its cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from linter.model.document import Cell, Span, Table
from linter.model.edition import Band, ColumnSpec, FormSpec, Kind, RowSpec
from linter.model.report import Form, FormCell, Label, Misfit, State
from linter.recognise.cells import has_figures, is_blank, plain, read_cell
from linter.recognise.headers import Header, read_header
from linter.recognise.labels import SURE, Hit, align
from linter.recognise.rows import PrintedRow, printed_rows
from linter.recognise.values import Picked, pick, usual_starts
from linter.recognise.vocabulary import Vocabulary, vocabulary

_ENOUGH = 0.34
"""Share of a form's rows that must be there for the form to be; a form torn over pages is put together first."""
_NATIONAL = 0.5
"""The same for a form of one column, which provinces rewrote freely."""
_FEW = 4
"""One row in so many may miss its last figure before that is how the table is."""
_FILLED_FIRST = 0.05
"""Of two rows that may be one, the one with figures."""


def _specs(spec: FormSpec) -> list[RowSpec]:
    return [row for band in spec.bands for row in band.rows]


def has_units(spec: FormSpec) -> bool:
    """Whether the form prints units between labels and figures: the 统计表 of 2014 does, where most rows have one."""
    rows = _specs(spec)
    return 2 * sum(bool(row.unit) for row in rows) > len(rows)


def read_row_form(spec: FormSpec, tables: Sequence[Table], span: Span) -> Form | None:
    """The form in the tables, None where they carry too few of its rows."""
    widths = {len(band.columns) for band in spec.bands}
    width = widths.pop() if len(widths) == 1 else 0
    words = vocabulary(spec)
    printed = printed_rows(tables, words.rows, width, words.is_head)
    chosen, repeated = _identify(words, printed)
    if len(chosen) < len(_specs(spec)) * (_NATIONAL if has_units(spec) else _ENOUGH):
        return None
    return _Reading(words, printed, chosen, repeated).form(tables, span)


def _identify(words: Vocabulary, printed: Sequence[PrintedRow]) -> tuple[dict[int, Hit], dict[int, int]]:
    """What each printed row is by its number: in the form's order first, then rows that changed places.

    And the rows that stand a second time, with the index of the row they repeat.
    """
    hits = [words.rows.hits(row.label) if row.label else () for row in printed]
    aligned = align(hits, [_FILLED_FIRST if row.filled else 0.0 for row in printed])
    chosen = {number: hit for number, hit in enumerate(aligned) if hit}
    taken = {hit.index for hit in chosen.values()}
    repeated: dict[int, int] = {}
    for number, row in enumerate(printed):
        sure = [hit for hit in hits[number] if hit.score >= SURE]
        if number in chosen or not row.filled or not sure:
            continue
        free = [hit for hit in sure if hit.index not in taken]
        if len(free) == 1:
            chosen[number] = free[0]
            taken.add(free[0].index)
        elif len(sure) == 1:
            repeated[number] = sure[0].index
    return chosen, repeated


class _Reading:
    """One form being read: its printed rows, what they are, its headers, and the cells of each row."""

    def __init__(
        self, words: Vocabulary, printed: Sequence[PrintedRow], chosen: dict[int, Hit], repeated: dict[int, int]
    ) -> None:
        self._words = words
        self._spec = words.spec
        self._printed = printed
        self._chosen = chosen
        self._rows = [(number, row) for number, band in enumerate(self._spec.bands) for row in band.rows]
        self._headers = self._read_headers()
        self._picked = self._pick()
        self._slid = self._find_slid()
        by_index = {hit.index: number for number, hit in chosen.items()}
        self._contradicted = {
            by_index[index]: number
            for number, index in repeated.items()
            if list(map(plain, printed[number].values)) != list(map(plain, printed[by_index[index]].values))
        }
        self._copies = set(repeated) - set(self._contradicted.values())

    def form(self, tables: Sequence[Table], span: Span) -> Form:
        labels: dict[str, Label] = {}
        cells: dict[tuple[str, str], FormCell] = {}
        misfits: list[Misfit] = []
        for number in sorted(self._chosen):
            hit, printed = self._chosen[number], self._printed[number]
            row = self._row(number)
            labels[row.id] = Label(printed.text, row.label, printed.labels[0].span, hit.match)
            cells |= {(row.id, column): cell for column, cell in self._cells(number).items()}
            misfits.extend(self._misfit(number))
        unread = {row for (row, _), cell in cells.items() if cell.state is State.UNREAD}
        return Form(
            spec=self._spec,
            tables=tuple(tables),
            span=span,
            rows=labels,
            columns={(band, key): label for band, head in self._headers.items() for key, label in head.labels.items()},
            cells=cells,
            unknown=tuple(self._unknown()),
            misfits=tuple(misfits),
            doubt="columns" if len(unread) * 2 > len(labels) else None,
        )

    def _row(self, number: int) -> RowSpec:
        return self._rows[self._chosen[number].index][1]

    def _band(self, number: int) -> Band:
        return self._spec.bands[self._rows[self._chosen[number].index][0]]

    def _read_headers(self) -> dict[int, Header]:
        """The header of each band stands between the rows of the band before and its own first row."""
        headers: dict[int, Header] = {}
        start = 0
        for index in range(len(self._spec.bands)):
            own = [number for number, hit in self._chosen.items() if self._rows[hit.index][0] == index]
            if own:
                first = min(own)
                headers[index] = read_header(self._words, index, self._printed[start:first], self._printed[first])
                start = max(own) + 1
        return headers

    def _pick(self) -> dict[int, Picked]:
        """The cells of each row's columns, as far as they can be told apart."""
        units = has_units(self._spec)
        usual = usual_starts(
            ((self._printed[number], len(self._band(number).columns)) for number in self._chosen), units
        )
        picked: dict[int, Picked] = {}
        for number, hit in self._chosen.items():
            header = self._headers[self._rows[hit.index][0]]
            columns = [column.id for column in self._band(number).columns]
            picked[number] = pick(self._printed[number], columns, header, usual, units)
        return picked

    def _find_slid(self) -> set[int]:
        """Rows that miss their last figure where hardly any other does: a cell was lost or two were run together.

        In a real grid a blank total is what the author left; in others, or beside two numbers in one cell, it is not.
        """
        ends: dict[int, bool] = {}
        for number, picked in self._picked.items():
            cells = [cell for column in picked.cells or () for cell in column]
            if len(self._band(number).columns) > 1 and has_figures(cells):
                glued = any(read_cell(cell, Kind.COUNT).state is State.GLUED for cell in cells)
                ends[number] = is_blank(cells[-1]) and (glued or not self._printed[number].physical)
        slid = {number for number, blank in ends.items() if blank}
        return slid if len(slid) * _FEW <= len(ends) else set()

    def _cells(self, number: int) -> dict[str, FormCell]:
        """The row's cells by column id."""
        row, columns, printed, picked = (
            self._row(number),
            self._band(number).columns,
            self._printed[number],
            self._picked[number],
        )
        if picked.cells == [()] or (row.kind is Kind.TITLE and not printed.values):
            return {column.id: FormCell(State.BLANK) for column in columns}
        if picked.cells is None or number in self._slid or number in self._contradicted:
            first = printed.values[0] if printed.values else None
            unread = FormCell(State.UNREAD, None, first.text if first else "", first.span if first else None)
            return {column.id: unread for column in columns}
        return {column.id: _read(cells, column, row) for column, cells in zip(columns, picked.cells, strict=True)}

    def _misfit(self, number: int) -> Iterator[Misfit]:
        """What does not fit the header: nothing where the row has no values at all."""
        printed, picked, expected = self._printed[number], self._picked[number], len(self._band(number).columns)
        short = picked.cells is not None and len(picked.cells) > 1 and not all(picked.cells)
        if printed.values and (picked.cells is None or picked.spare or short or number in self._slid):
            found = sum(bool(plain(cell)) for cell in printed.values)
            yield Misfit(self._row(number).id, printed.span, expected, found)

    def _unknown(self) -> Iterator[Label]:
        """Filled rows between the form's first and last row that the form does not have; titles of groups are none."""
        for number in range(min(self._chosen), max(self._chosen)):
            row = self._printed[number]
            if number in self._chosen or number in self._copies or not has_figures(row.values):
                continue
            if row.labels and row.label not in self._words.groups and not self._words.is_head(row.label):
                yield Label(row.text, "", row.labels[0].span, "altered")


def _read(cells: Sequence[Cell], column: ColumnSpec, row: RowSpec) -> FormCell:
    """The cell of a column: not read where there is none in the grid, or where several stand in one's place."""
    if len(cells) == 1:
        return read_cell(cells[0], row.takes(column))
    return FormCell(State.UNREAD, None, cells[0].text, cells[0].span) if cells else FormCell(State.UNREAD)
