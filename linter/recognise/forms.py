"""Tables laid on the forms of an edition: which table is which form, and which is on none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from linter.model.document import Cell, Span, Table
from linter.model.edition import Edition, FormSpec
from linter.model.report import Form
from linter.recognise.cells import Sort, plain, sort_of
from linter.recognise.kept import kept
from linter.recognise.labels import SURE
from linter.recognise.line_form import read_line_form
from linter.recognise.row_form import read_row_form
from linter.recognise.vocabulary import Vocabulary, vocabulary
from linter.text.views import squash

_OWN = 0.8
"""Likeness above which a text is a label of the form."""
_OWN_ROWS = 2
"""Rows of a form that a table must carry beside another form's to be divided between them."""
_ALIKE = 0.5
"""Share of a table's rows that an earlier table has too, from which it is the form once more, not its next page."""


@dataclass(frozen=True, slots=True)
class Found:
    """The forms found, and the statistical tables that are on no form of the edition."""

    forms: Mapping[str, Form]
    foreign: tuple[Table, ...]


def find_forms(tables: Sequence[Table], edition: Edition) -> Found:
    """Lays every table on the form of the edition that it resembles most."""
    vocabularies = [vocabulary(spec) for spec in edition.forms]
    claims: dict[str, list[Table]] = {}
    for table in tables:
        for name, part in _divided(table, vocabularies):
            claims.setdefault(name, []).append(part)
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


def marks(tables: Iterable[Table], editions: Sequence[Edition]) -> dict[str, int]:
    """How many of the marks that only one edition's forms carry stand in the tables, by the edition's id."""
    text = "".join(plain(cell) for table in tables for cell in table.cells if sort_of(cell) is Sort.TEXT)
    return {edition.id: sum(mark in text for mark in _marks(edition)) for edition in editions}


@kept
def _marks(edition: Edition) -> tuple[str, ...]:
    return tuple(squash(mark) for form in edition.forms for mark in form.marks)


# Which form a table is ---------------------------------------------------------------------------------------------


def _divided(table: Table, vocabularies: Sequence[Vocabulary]) -> Iterator[tuple[str, Table]]:
    """The table under the id of its form ("" for none), in parts where several forms run into each other."""
    rows = list(table.rows())
    claims = [_claim(row, vocabularies) for row in rows]
    counts = Counter(claim for claim in claims if claim)
    forms = [form for form, count in counts.most_common() if count >= _OWN_ROWS]
    if len(forms) < 2:
        yield (counts.most_common(1)[0][0] if counts else ""), table
        return
    start = 0
    current = next(claim for claim in claims if claim in forms)
    for number, claim in enumerate(claims):
        if claim in forms and claim != current:
            yield current, _part(table, rows[start:number], start)
            start, current = number, claim
    yield current, _part(table, rows[start:], start)


def _part(table: Table, rows: Sequence[Sequence[Cell]], start: int) -> Table:
    cells = tuple(replace(cell, row=cell.row - start) for row in rows for cell in row)
    return Table(Span(cells[0].span.start, cells[-1].span.end), cells, table.physical, table.damage)


def _claim(row: Sequence[Cell], vocabularies: Sequence[Vocabulary]) -> str:
    """The one form of the edition that the texts of a row belong to, "" where none or several could be."""
    found: set[str] = set()
    for cell in row:
        if sort_of(cell) is Sort.TEXT:
            claims = [words.spec.id for words in vocabularies if _has(words, plain(cell))]
            if len(claims) == 1:
                found.add(claims[0])
    return found.pop() if len(found) == 1 else ""


def _has(words: Vocabulary, text: str) -> bool:
    if words.is_line:
        return words.rows.is_sure(text) or words.is_head(text)
    return words.rows.likeness(text) > _OWN or words.is_head(text)


def _is_statistical(table: Table) -> bool:
    """Whether a table on no form looks like a provincial statistics table: 指标 and 单位 over rows of numbers."""
    head = "".join(plain(cell) for cell in table.cells if cell.row < 3)
    figures = sum(sort_of(cell) is Sort.FIGURE for cell in table.cells)
    return "指标" in head and "单位" in head and figures >= 5


# What stands in it ---------------------------------------------------------------------------------------------------


def _read(spec: FormSpec, tables: Sequence[Table]) -> Form | None:
    """The form in its tables: the pages of one form together; a form that stands there twice is read once."""
    copies = _copies(spec, tables)
    forms = [form for copy in copies if (form := _read_copy(spec, copy))]
    best = max(forms, key=lambda form: len(form.cells), default=None)
    if best is None:
        return None
    others = [form for form in forms if form is not best and len(form.rows) * 2 >= len(best.rows)]
    differs = any(_figures(form) != _figures(best) for form in others)
    return replace(best, doubt="repeated") if differs else best


def _figures(form: Form) -> dict[tuple[str, str], object]:
    return {place: (cell.state, cell.value) for place, cell in form.cells.items()}


def _copies(spec: FormSpec, tables: Sequence[Table]) -> list[tuple[Table, ...]]:
    """The tables put together that are pages of one form, apart where the form begins anew."""
    if vocabulary(spec).is_line:
        return _filled_up(spec, tables)
    known = vocabulary(spec).rows
    copies: list[list[Table]] = []
    rows: set[int] = set()
    for table in tables:
        own = {
            hit.index
            for cell in table.cells
            if sort_of(cell) is Sort.TEXT
            for hit in known.hits(plain(cell))
            if hit.score >= SURE
        }
        if not copies or (own and len(own & rows) > len(own) * _ALIKE):
            copies.append([])
            rows = set()
        copies[-1].append(table)
        rows |= own
    return [tuple(copy) for copy in copies]


def _filled_up(spec: FormSpec, tables: Sequence[Table]) -> list[tuple[Table, ...]]:
    """The tables of a form of one line put together until all its places have figures."""
    copies: list[list[Table]] = [[]]
    figures = 0
    for table in tables:
        if figures >= len(spec.cells):
            copies.append([])
            figures = 0
        copies[-1].append(table)
        figures += sum(sort_of(cell) is Sort.FIGURE for cell in table.cells)
    return [tuple(copy) for copy in copies]


def _read_copy(spec: FormSpec, tables: Sequence[Table]) -> Form | None:
    span = Span(min(table.span.start for table in tables), max(table.span.end for table in tables))
    doubt = next((table.damage for table in tables if table.damage), None)
    form = read_line_form(spec, tables, span) if vocabulary(spec).is_line else read_row_form(spec, tables, span)
    return replace(form, doubt=form.doubt or doubt) if form else None
