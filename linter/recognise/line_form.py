"""The form of reviews and lawsuits: its rows side by side on one printed line, or each with a line of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from linter.model.document import Cell, Span, Table
from linter.model.edition import ColumnSpec, FormSpec, RowSpec
from linter.model.report import Form, FormCell, Label, Misfit, State
from linter.recognise.cells import Sort, has_figures, is_blank, is_value, plain, read_cell, sort_of
from linter.recognise.labels import SURE, Lexicon
from linter.recognise.values import parted
from linter.recognise.vocabulary import Vocabulary, vocabulary

_TOLD_APART = 1
"""How much longer or shorter a miswritten label may be: pieces of a torn header are no miswritten labels."""

Placed = Mapping[tuple[str, str], Cell | None]


@dataclass(slots=True)
class _Run:
    """Values without a text between them, and the labels and headers in front of them."""

    heads: list[Cell]
    values: list[Cell]


def read_line_form(spec: FormSpec, tables: Sequence[Table], span: Span) -> Form:
    """The form in the tables."""
    words, band = vocabulary(spec), spec.bands[0]
    runs = list(_runs(words, tables))
    heads = [cell for run in runs for cell in run.heads]
    labels = _labels(words.rows, band.rows, heads)
    columns = _labels(words.columns[0], band.columns, heads)
    placed, misfit = _placed(words, runs, physical=all(table.physical for table in tables))
    empty = not any(run.values for run in runs)
    return Form(
        spec=spec,
        tables=tuple(tables),
        span=span,
        rows={row.id: labels.get(row.id, Label("", row.label, None, "exact")) for row in band.rows},
        columns={(0, column): label for column, label in columns.items()},
        cells={(row.id, column.id): _read(placed, row, column) for row in band.rows for column in band.columns},
        misfits=(misfit,) if misfit else (),
        doubt="no-values" if empty else "columns" if not placed else None,
    )


def _read(placed: Placed, row: RowSpec, column: ColumnSpec) -> FormCell:
    if (row.id, column.id) not in placed:
        return FormCell(State.UNREAD)
    cell = placed[row.id, column.id]
    return read_cell(cell, row.takes(column)) if cell else FormCell(State.BLANK)


def _runs(words: Vocabulary, tables: Sequence[Table]) -> Iterator[_Run]:
    """Header lines, then values, and again where every row has its own header or label."""
    run = _Run([], [])
    for physical, row in ((table.physical, row) for table in tables for row in table.rows()):
        cells = [cell for cell in row if sort_of(cell) is not Sort.PAGE]
        texts = [number for number, cell in enumerate(cells) if not is_value(cell)]
        if physical and texts and all(_is_stray(words, cells, number) for number in texts):
            texts = []
        cut = texts[-1] + 1 if texts else 0
        if texts and run.values:
            yield run
            run = _Run([], [])
        run.heads += [cell for cell in cells[:cut] if plain(cell)]
        if not texts or has_figures(cells[cut:]):
            run.values += cells[cut:]
    yield run


def _is_stray(words: Vocabulary, cells: Sequence[Cell], number: int) -> bool:
    """Whether a text stands where a figure should: behind figures, before more or last, no word of the form."""
    text = plain(cells[number])
    among = has_figures(cells[:number]) and (number == len(cells) - 1 or has_figures(cells[number + 1 :]))
    return among and not (words.rows.hits(text) or words.columns[0].hits(text) or words.is_head(text))


def _labels(known: Lexicon, specs: Sequence[RowSpec] | Sequence[ColumnSpec], heads: Sequence[Cell]) -> dict[str, Label]:
    """The printed wordings by id. Headers repeat once per row; a miswritten one among them stands for its column."""
    found: dict[str, Label] = {}
    for cell in heads:
        for hit in known.hits(plain(cell)):
            spec = specs[hit.index]
            altered = hit.match == "altered"
            if altered and abs(len(plain(cell)) - len(spec.label)) > _TOLD_APART:
                continue
            if spec.id not in found or (altered and found[spec.id].match != "altered"):
                found[spec.id] = Label(cell.text, spec.label, cell.span, hit.match)
    return found


# Where the figures belong ---------------------------------------------------------------------------------------------


def _placed(words: Vocabulary, runs: Sequence[_Run], *, physical: bool) -> tuple[Placed, Misfit | None]:
    """The cell of every place that is known; none of a run that has not as many as its header wants."""
    rows = [row.id for row in words.spec.bands[0].rows]
    parts = _parts(words, runs)
    if len(parts) == 1 and len(parts[0][0]) < len(rows):
        parts = [(rows, parts[0][1])]
    placed: dict[tuple[str, str], Cell | None] = {}
    misfit = None
    for names, run in parts:
        columns = _column_order(words, run.heads)
        places = [(row, column) for row in names for column in columns]
        cells, fits = _fitted(run.values, len(places))
        if physical and cells is None:
            cells, fits = _under_headers(words, run, len(places)), True
        elif not physical and _lost_one(run.values, len(places)):
            cells = None
        if (cells is None or not fits) and run.values:
            filled = [cell for cell in run.values if not is_blank(cell)] or run.values
            misfit = Misfit("", Span(filled[0].span.start, filled[-1].span.end), len(places), len(filled))
        placed.update(zip(places, cells or (), strict=cells is not None))
    return placed, misfit


def _parts(words: Vocabulary, runs: Sequence[_Run]) -> list[tuple[list[str], _Run]]:
    """The rows that each run of values is for, by the labels in front of it."""
    parts: list[tuple[list[str], _Run]] = []
    for run in runs:
        names = list(
            dict.fromkeys(
                words.spec.bands[0].rows[hit.index].id
                for cell in run.heads
                for hit in words.rows.hits(plain(cell))
                if hit.score >= SURE
            )
        )
        if names or not parts:
            parts.append((names, run))
        else:
            parts[-1][1].values.extend(run.values)
    return parts


def _column_order(words: Vocabulary, heads: Sequence[Cell]) -> list[str]:
    """The columns as the header gives them, as the form does where the header cannot be read."""
    columns = [column.id for column in words.spec.bands[0].columns]
    printed = [columns[hit.index] for cell in heads for hit in words.columns[0].hits(plain(cell))]
    first = printed[: len(columns)]
    return first if sorted(first) == sorted(columns) else columns


def _fitted(values: Sequence[Cell], count: int) -> tuple[Sequence[Cell | None] | None, bool]:
    """As many values as there are places, spare blank ones at the ends left out; and whether the line fits."""
    if sum(not is_blank(cell) for cell in values) < count:
        values = parted(values, count)
    filled = [index for index, cell in enumerate(values) if not is_blank(cell)]
    if len(filled) == count:
        return [values[index] for index in filled], True
    if len(values) == count:
        return values, True
    if not filled:
        return [None] * count, True
    if len(values) > count and filled[-1] < count:
        return values[:count], True
    if len(values) > count and all(plain(values[index]) == "0" for index in filled):
        return values[:count], False
    return None, False


def _lost_one(values: Sequence[Cell], count: int) -> bool:
    """Whether only the last place is blank: in mere rows of cells, one was lost and the others have moved up."""
    return len(values) == count and [is_blank(cell) for cell in values].count(True) == 1 and is_blank(values[-1])


def _under_headers(words: Vocabulary, run: _Run, count: int) -> Sequence[Cell] | None:
    """The value under each header of a real grid, where every place has its own header and every value its place."""
    heads = [cell for cell in run.heads if words.columns[0].is_sure(plain(cell))]
    heads.sort(key=lambda cell: cell.column)
    found: list[Cell] = []
    for head in heads:
        under = [cell for cell in run.values if head.column <= cell.column < head.column + head.columns]
        filled = [cell for cell in under if not is_blank(cell)]
        if len(filled) > 1 or not under:
            return None
        found.append(filled[0] if filled else under[0])
    everything = sum(not is_blank(cell) for cell in run.values) == sum(not is_blank(cell) for cell in found)
    return found if len(found) == count and everything else None
