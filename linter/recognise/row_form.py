"""A form of one printed row per row: which printed row is which, and what stands in its cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from linter.model.document import Cell, Span, Table
from linter.model.edition import ColumnSpec, FormSpec, Kind, RowSpec
from linter.model.report import Form, FormCell, Label, Misfit, State
from linter.recognise.cells import has_figures, plain, read_cell
from linter.recognise.headers import Header, read_header
from linter.recognise.labels import SURE, Hit, align
from linter.recognise.rows import PrintedRow, printed_rows
from linter.recognise.values import pick, usual_starts
from linter.recognise.vocabulary import Vocabulary, vocabulary

_ENOUGH = 0.34
"""Share of a form's rows that must be there for the form to be; a form torn over pages is put together first."""
_NATIONAL = 0.5
"""The same for a form of one column, which provinces rewrote freely (format-facts F54)."""
_FILLED_FIRST = 0.05
"""Of two rows that may be one, the one with figures."""


def _specs(spec: FormSpec) -> list[RowSpec]:
    return [row for band in spec.bands for row in band.rows]


def has_units(spec: FormSpec) -> bool:
    """Whether the form prints units between labels and figures: the 统计表 of 2014 does."""
    return any(row.unit for row in _specs(spec))


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
    """One form being read: its printed rows, what they are, its headers."""

    def __init__(
        self, words: Vocabulary, printed: Sequence[PrintedRow], chosen: dict[int, Hit], repeated: dict[int, int]
    ) -> None:
        self._words = words
        self._spec = spec = words.spec
        self._printed = printed
        self._chosen = chosen
        self._rows = [(number, band, row) for number, band in enumerate(spec.bands) for row in band.rows]
        self._units = has_units(spec)
        self._headers = self._read_headers()
        self._usual = usual_starts(
            ((printed[number], len(self._rows[hit.index][1].columns)) for number, hit in chosen.items()), self._units
        )
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
        unfit = 0
        for number in sorted(self._chosen):
            hit, printed = self._chosen[number], self._printed[number]
            band, _, row = self._rows[hit.index]
            labels[row.id] = Label(printed.text, row.label, printed.labels[0].span, hit.match)
            read, misfit = self._values(number, band, row)
            cells |= {(row.id, column): cell for column, cell in read.items()}
            misfits += [misfit] if misfit else []
            unfit += any(cell.state is State.UNREAD for cell in read.values())
        return Form(
            spec=self._spec,
            tables=tuple(tables),
            span=span,
            rows=labels,
            columns={(band, column): label for band, head in self._headers.items() for column, label in head.labels.items()},
            cells=cells,
            unknown=tuple(self._unknown()),
            misfits=tuple(misfits),
            doubt="columns" if unfit * 2 > len(labels) else None,
        )

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

    def _values(self, number: int, index: int, row: RowSpec) -> tuple[dict[str, FormCell], Misfit | None]:
        """The row's cells by column id, and what does not fit."""
        printed = self._printed[number]
        band = self._spec.bands[index]
        columns = [column.id for column in band.columns]
        if not printed.values and (row.kind is Kind.TITLE or self._units):
            return dict.fromkeys(columns, FormCell(State.BLANK)), None
        if self._slid(printed):
            return self._unread(printed, columns), Misfit(row.id, printed.span, len(columns), len(columns) - 1)
        picked = pick(printed, columns, self._headers[index], self._usual, self._units)
        misfit = Misfit(row.id, printed.span, len(columns), sum(bool(plain(cell)) for cell in printed.values))
        if picked.cells is None or number in self._contradicted:
            first = printed.values[0] if printed.values else None
            unread = FormCell(State.UNREAD, None, first.text if first else "", first.span if first else None)
            return dict.fromkeys(columns, unread), misfit if picked.cells is None and printed.values else None
        read = {column.id: _read(cells, column, row) for column, cells in zip(band.columns, picked.cells, strict=True)}
        return read, misfit if picked.spare or not all(picked.cells) else None

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
        return read_cell(cells[0], column.kind or row.kind)
    return FormCell(State.UNREAD, None, cells[0].text, cells[0].span) if cells else FormCell(State.UNREAD)
