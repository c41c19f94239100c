"""Tables laid on the forms of an edition: the one place that guesses which table, row and column is meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from linter.model.document import Cell, Span, Table
from linter.model.edition import Band, ColumnSpec, Edition, FormSpec, Kind, RowSpec
from linter.model.report import Form, FormCell, Label, Misfit, State
from linter.recognise.cells import read_cell
from linter.recognise.labels import Wording, align, match, wording
from linter.recognise.rows import Lexicon, PrintedRow, is_blank, is_value, printed_rows
from linter.views import squash

_ENOUGH = 0.34
"""Share of a form's rows that a table must carry to be that form; a form torn over pages is put together first."""
_NATIONAL = 0.5
"""The same for a form of one column, which provinces rewrote freely (format-facts F54)."""


@dataclass(frozen=True, slots=True)
class Found:
    """The forms found, and the statistical tables that are on no form of the edition."""

    forms: Mapping[str, Form]
    foreign: tuple[Table, ...]


def find_forms(tables: Sequence[Table], edition: Edition) -> Found:
    """Lays every table on the form of the edition that it resembles most."""
    claims: dict[str, list[Table]] = {}
    rest: list[Table] = []
    for table in tables:
        claims.setdefault(_claim(table, edition), []).append(table)
    rest = claims.pop("", [])
    forms: dict[str, Form] = {}
    for spec in edition.forms:
        own = claims.get(spec.id, [])
        form = _read(spec, own) if own else None
        if form is None:
            rest.extend(own)
        else:
            forms[spec.id] = form
    return Found(forms, tuple(table for table in rest if _is_statistical(table)))


def marks(tables: Iterable[Table], edition: Edition) -> int:
    """How many of the marks that only this edition's forms carry stand in the tables."""
    text = "\n".join(squash(cell.text) for table in tables for cell in table.cells)
    return sum(squash(mark) in text for form in edition.forms for mark in form.marks)


def _claim(table: Table, edition: Edition) -> str:
    """The id of the form whose labels the table carries most of, "" for none."""
    counts = {spec.id: _resemblance(table, spec) for spec in edition.forms}
    best = max(counts, key=lambda form: counts[form], default="")
    return best if best and counts[best] > 0 else ""


def _resemblance(table: Table, spec: FormSpec) -> int:
    texts = [text for cell in table.cells if not is_value(cell) and (text := squash(cell.text))]
    if _is_line(spec):
        groups = {text for text in texts if any(match(text, _row_wording(row))[0] >= 0.9 for row in spec.bands[0].rows)}
        results = [text for text in texts if any(match(text, _wording(column))[0] >= 0.9 for column in spec.bands[0].columns)]
        return len(groups) * 2 if groups and len(set(results)) >= 2 else len(groups) if len(groups) > 1 else 0
    lexicon = _lexicon(spec)
    return sum(lexicon.likeness(text) > 0.8 for text in texts)


def _is_line(spec: FormSpec) -> bool:
    return spec.bands[0].layout == "line"


@lru_cache(maxsize=256)
def _wording(column: ColumnSpec) -> Wording:
    return wording(column.label, column.also)


@lru_cache(maxsize=1024)
def _row_wording(row: RowSpec) -> Wording:
    return wording(row.label, row.also)


@lru_cache(maxsize=32)
def _lexicon(spec: FormSpec) -> Lexicon:
    return Lexicon(_row_wording(row) for band in spec.bands for row in band.rows)


def _is_statistical(table: Table) -> bool:
    """Whether a table on no form looks like a provincial statistics table: 指标 and 单位 over rows of numbers."""
    head = "".join(squash(cell.text) for cell in table.cells if cell.row < 3)
    return "指标" in head and "单位" in head and sum(bool(squash(cell.text).isdigit()) for cell in table.cells) >= 5


def _read(spec: FormSpec, tables: Sequence[Table]) -> Form | None:
    span = Span(min(table.span.start for table in tables), max(table.span.end for table in tables))
    doubt = next((table.damage for table in tables if table.damage), None)
    form = _read_line(spec, tables, span) if _is_line(spec) else _read_rows(spec, tables, span)
    return replace(form, doubt=form.doubt or doubt) if form else None


# One printed row per row ---------------------------------------------------------------------------------------------


def _read_rows(spec: FormSpec, tables: Sequence[Table], span: Span) -> Form | None:
    rows = [(band, row) for band in spec.bands for row in band.rows]
    printed = printed_rows(tables, _lexicon(spec))
    scores = [[match(line.label, _row_wording(row))[0] if line.label else 0.0 for _, row in rows] for line in printed]
    pairs = _pair(printed, scores)
    found = sum(pair is not None for pair in pairs)
    if found < len(rows) * (_NATIONAL if _has_units(spec) else _ENOUGH):
        return None
    reader = _Reader(spec, printed, pairs)
    labels: dict[str, Label] = {}
    cells: dict[tuple[str, str], FormCell] = {}
    misfits: list[Misfit] = []
    for line, pair in zip(printed, pairs, strict=True):
        if pair is None:
            continue
        band, row = rows[pair]
        labels[row.id] = Label(line.text, row.label, line.labels[0].span, match(line.label, _row_wording(row))[1])
        values, misfit = reader.values(line, band, row)
        cells |= {(row.id, column): cell for column, cell in values.items()}
        misfits += [misfit] if misfit else []
    return Form(
        spec=spec,
        tables=tuple(tables),
        span=span,
        rows=labels,
        columns=reader.headers,
        cells=cells,
        unknown=tuple(_unknown(spec, printed, pairs)),
        misfits=tuple(misfits),
        doubt=reader.doubt(cells),
    )


def _pair(printed: Sequence[PrintedRow], scores: Sequence[Sequence[float]]) -> list[int | None]:
    """Which row of the form each printed row is: in printed order first, then those that changed places."""
    pairs = align(scores)
    taken = {pair for pair in pairs if pair is not None}
    for number, line in enumerate(printed):
        if pairs[number] is None and line.filled:
            sure = [row for row, score in enumerate(scores[number]) if score >= 0.95 and row not in taken]
            if len(sure) == 1:
                pairs[number] = sure[0]
                taken.add(sure[0])
    return pairs


def _unknown(spec: FormSpec, printed: Sequence[PrintedRow], pairs: Sequence[int | None]) -> Iterable[Label]:
    """Filled rows between the form's first and last row that the form does not have; its own headers are none."""
    known = {squash(text) for band in spec.bands for column in band.columns for text in (column.label, *column.also)}
    matched = [number for number, pair in enumerate(pairs) if pair is not None]
    for number in range(matched[0], matched[-1]):
        line = printed[number]
        numbers = any(squash(cell.text).replace(",", "").replace(".", "").isdigit() for cell in line.values)
        if pairs[number] is None and line.labels and numbers and line.label not in known:
            yield Label(line.text, "", line.labels[0].span, "altered")


def _has_units(spec: FormSpec) -> bool:
    return any(row.unit for band in spec.bands for row in band.rows)


class _Reader:
    """Finds the value cells of a row: by the header's position in real grids, by order in mere sequences of cells."""

    def __init__(self, spec: FormSpec, printed: Sequence[PrintedRow], pairs: Sequence[int | None]) -> None:
        self._spec = spec
        self._units = _has_units(spec)
        self.headers: dict[tuple[int, str], Label] = {}
        self._positions: dict[tuple[int, str], int] = {}
        bands = [index for index, band in enumerate(spec.bands) for _ in band.rows]
        self._find_headers(printed, [None if pair is None else bands[pair] for pair in pairs])
        self._starts = self._usual_starts(printed, [None if band is None else spec.bands[band] for band in
                                                    [None if pair is None else bands[pair] for pair in pairs]])
        self._crowded = 0

    def doubt(self, cells: Mapping[tuple[str, str], FormCell]) -> str | None:
        """A form most of whose rows do not fit its header is not read at all."""
        if cells and self._crowded * 2 > len({row for row, _ in cells}):
            return "columns"
        return None

    def values(self, line: PrintedRow, band: Band, row: RowSpec) -> tuple[dict[str, FormCell], Misfit | None]:
        """The row's cells by column id, and what does not fit."""
        after = self._without_unit(line)
        columns = band.columns
        kinds = [column.kind or row.kind for column in columns]
        chosen = self._choose(line, after, band)
        if chosen is None:
            self._crowded += 1
            misfit = Misfit(row.id, line.span, len(columns), len([cell for cell in after if not is_blank(cell)]))
            text = after[0] if after else None
            unread = FormCell(State.UNREAD, None, text.text if text else "", text.span if text else None)
            return {column.id: unread for column in columns}, misfit
        read = {
            column.id: read_cell(cell, kind) if cell else FormCell(State.BLANK)
            for column, kind, cell in zip(columns, kinds, chosen, strict=True)
        }
        extra = len(after) - len(columns)
        spare = extra > 0 and sum(not is_blank(cell) for cell in after) > len(columns)
        return read, Misfit(row.id, line.span, len(columns), len(after)) if spare else None

    def _without_unit(self, line: PrintedRow) -> tuple[Cell, ...]:
        """The form of one column prints a unit (or a dash) between label and number."""
        values = line.values
        if not self._units or not values:
            return values
        if len(values) > 1 or not squash(values[0].text)[:1].isdigit():
            return values[1:] if not squash(values[0].text)[:1].isdigit() else values
        return values

    def _choose(self, line: PrintedRow, after: Sequence[Cell], band: Band) -> Sequence[Cell | None] | None:
        count = len(band.columns)
        if len(after) == count:
            return after
        if line.physical:
            placed = self._by_position(after, band)
            if placed is not None:
                return placed
        filled = [index for index, cell in enumerate(after) if not is_blank(cell)]
        if not filled:
            return [*after[:count], *[None] * (count - len(after))]
        if len(after) < count:
            return None
        starts = [start for start in range(len(after) - count + 1) if start <= filled[0] and filled[-1] < start + count]
        if not starts:
            zero = all(squash(cell.text) in ("0", "") for cell in after)
            return after[:count] if zero else None
        if len(starts) > 1:
            usual = self._starts.get((count, len(after)))
            starts = [usual] if usual in starts else starts if starts[0] == 0 == filled[0] else []
        return after[starts[0] : starts[0] + count] if starts else None

    def _by_position(self, after: Sequence[Cell], band: Band) -> Sequence[Cell | None] | None:
        index = self._spec.bands.index(band)
        positions = [self._positions.get((index, column.id)) for column in band.columns]
        if None in positions or len(set(positions)) < len(positions):
            return None
        by_column = {cell.column: cell for cell in after}
        return [by_column.get(position) for position in positions if position is not None]

    def _usual_starts(self, printed: Sequence[PrintedRow], bands: Sequence[Band | None]) -> dict[tuple[int, int], int]:
        """Where values usually begin after the label, by (columns, cells after the label), where only one start fits."""
        seen: Counter[tuple[int, int, int]] = Counter()
        for line, band in zip(printed, bands, strict=True):
            if band is None or line.physical:
                continue
            after = self._without_unit(line)
            filled = [index for index, cell in enumerate(after) if not is_blank(cell)]
            count = len(band.columns)
            if filled and filled[-1] - filled[0] + 1 == count:
                seen[count, len(after), filled[0]] += 1
        usual: dict[tuple[int, int], int] = {}
        for (count, length, start), _ in reversed(seen.most_common()):
            usual[count, length] = start
        return usual

    def _find_headers(self, printed: Sequence[PrintedRow], bands: Sequence[int | None]) -> None:
        """The printed header of each band stands between the rows of the band before and its own first row."""
        start = 0
        for index, band in enumerate(self._spec.bands):
            own = [number for number, found in enumerate(bands) if found == index]
            if not own:
                continue
            cells = [cell for line in printed[start : own[0]] for cell in line.cells]
            self._match_headers(index, band, cells)
            start = own[-1] + 1

    def _match_headers(self, index: int, band: Band, cells: Sequence[Cell]) -> None:
        texts = [(squash(cell.text), cell) for cell in cells]
        candidates = [(text, cell) for text, cell in texts if text and not text.isdigit() and len(text) <= 24]
        taken: set[int] = set()
        for sure in (True, False):
            for column in band.columns:
                if (index, column.id) in self.headers:
                    continue
                best = max(
                    (
                        (score, -cell.span.start, kind, cell)
                        for text, cell in candidates
                        if cell.span.start not in taken
                        for score, kind in [match(text, _wording(column))]
                        if score > (0.9 if sure else 0.0)
                    ),
                    default=None,
                    key=lambda item: item[:2],
                )
                if best:
                    _, _, kind, cell = best
                    taken.add(cell.span.start)
                    self.headers[index, column.id] = Label(cell.text, column.label, cell.span, kind)
                    self._positions[index, column.id] = cell.column


# All rows side by side on one printed row ------------------------------------------------------------------------------


def _read_line(spec: FormSpec, tables: Sequence[Table], span: Span) -> Form | None:
    band = spec.bands[0]
    places = [(row, column) for row in band.rows for column in band.columns]
    rows = [row for table in tables for row in table.rows() if row]
    heads = [index for index, row in enumerate(rows) if any(squash(cell.text) and not is_value(cell) for cell in row)]
    if not heads:
        return None
    data = [cell for row in rows[heads[-1] + 1 :] for cell in row]
    header = [(squash(cell.text), cell) for row in rows[: heads[-1] + 1] for cell in row]
    labels = {row.id: label for row in band.rows if (label := _header_label(row, header))}
    chosen, misfit = _fit(data, len(places), span)
    if chosen is None:
        unread = FormCell(State.UNREAD)
        cells = {(row.id, column.id): unread for row, column in places}
    else:
        cells = {
            (row.id, column.id): read_cell(cell, column.kind or row.kind) if cell else FormCell(State.BLANK)
            for (row, column), cell in zip(places, chosen, strict=True)
        }
    return Form(
        spec=spec,
        tables=tuple(tables),
        span=span,
        rows={row.id: labels.get(row.id, Label("", row.label, None, "exact")) for row in band.rows},
        columns=_line_headers(band, header),
        cells=cells,
        misfits=(misfit,) if misfit else (),
        doubt="columns" if chosen is None and data else "no-values" if not data else None,
    )


def _header_label(row: RowSpec, header: Sequence[tuple[str, Cell]]) -> Label | None:
    for text, cell in header:
        score, kind = match(text, _row_wording(row)) if text else (0.0, "altered")
        if score >= 0.72:
            return Label(cell.text, row.label, cell.span, kind)
    return None


def _line_headers(band: Band, header: Sequence[tuple[str, Cell]]) -> dict[tuple[int, str], Label]:
    """Headers repeat once per row of the form; one miswritten among them stands for its column."""
    found: dict[tuple[int, str], Label] = {}
    rows = {text for row in band.rows for text in (squash(row.label), *map(squash, row.also))}
    for column in band.columns:
        matches = [
            (kind, cell)
            for text, cell in header
            if text and text not in rows and len(text) <= 8
            for score, kind in [match(text, _wording(column))]
            if score > 0
        ]
        if matches:
            kind, cell = next((item for item in matches if item[0] == "altered"), matches[0])
            found[0, column.id] = Label(cell.text, column.label, cell.span, kind)
    return found


def _fit(data: Sequence[Cell], count: int, span: Span) -> tuple[Sequence[Cell | None] | None, Misfit | None]:
    """The figures of the one row: as many cells as the header has, spare blank ones at the ends left out."""
    if len(data) == count:
        return data, None
    filled = [index for index, cell in enumerate(data) if not is_blank(cell)]
    if not filled:
        return [None] * count, None
    misfit = Misfit("", Span(data[filled[0]].span.start, data[filled[-1]].span.end), count, len(filled))
    if len(data) > count and filled[-1] < count:
        return data[:count], None
    if len(data) > count and all(squash(data[index].text) == "0" for index in filled):
        return data[:count], misfit
    return None, misfit if span else None
