"""The forms as published: sections, tables, rows, columns and the relations their figures must satisfy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Literal, TypeVar

_T = TypeVar("_T")


class Kind(Enum):
    """What a cell of the form takes."""

    COUNT = "count"
    SIGNED = "signed"
    MONEY = "money"
    TITLE = "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSpec:
    """A row of a form: `label` is the official wording, character for character; `also`: wordings seen and accepted.

    `group`: the printed group labels to the left, outermost first. `unit`: the printed unit (件, 万元), "" if none.
    """

    id: str
    label: str
    also: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    unit: str = ""
    kind: Kind = Kind.COUNT

    @property
    def labels(self) -> tuple[str, ...]:
        """What a person calls the row: its groups and its label."""
        return (*self.group, self.label)

    def takes(self, column: ColumnSpec) -> Kind:
        """What the row's cell in that column takes: a title row nothing, else what the column says, if it does."""
        return self.kind if self.kind is Kind.TITLE else column.kind or self.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSpec:
    """A column of a band. `kind` None: as the row says; `group` and `also` as for rows."""

    id: str
    label: str
    also: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class CellSpec:
    """A cell of a form. `path`: ``form/row/column``; `labels`: what a person calls it, the form's title first, then the
    row, then the column unless the form has only one.
    """

    path: str
    labels: tuple[str, ...]
    row: RowSpec
    column: ColumnSpec
    kind: Kind

    @property
    def key(self) -> tuple[str, str]:
        """The ids of its row and column, by which `Form.cells` has it."""
        return self.row.id, self.column.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Rows that share one header. `title`: the band's own row (第二十条第（一）项), "" if it has none.

    `layout` ``rows``: one printed row per row. ``line``: all rows side by side on one printed row, each row's label
    a header over its columns (the form of reviews and lawsuits). `corner`: what is printed over the row labels.
    """

    title: str
    columns: tuple[ColumnSpec, ...]
    rows: tuple[RowSpec, ...]
    layout: Literal["rows", "line"] = "rows"
    corner: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """Named cells added up: ids of rows (over columns), of columns (over rows) or ``row/column`` (over cells)."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A relation that the figures of a form must satisfy, in every column, in every row, or once between cells.

    `holds` is the text as written in the edition; `tolerance` in the cells' unit; `source`: where it is written.
    """

    id: str
    over: Literal["columns", "rows", "cells"]
    left: Sum
    relation: Literal["==", ">=", "<="]
    right: Sum
    holds: str
    source: str
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    tolerance: str = "0"


@dataclass(frozen=True, kw_only=True)
class FormSpec:
    """A table of the edition. `section`: the id of the section it stands in, "" for an annex. `marks`: texts that
    only this form of this edition carries.
    """

    id: str
    title: str
    section: str
    bands: tuple[Band, ...]
    identities: tuple[Identity, ...] = ()
    marks: tuple[str, ...] = ()
    required: bool = True

    def places(self) -> Iterator[tuple[Band, RowSpec, ColumnSpec]]:
        """Every cell of the form in printed order, title rows included."""
        for band in self.bands:
            for row in band.rows:
                for column in band.columns:
                    yield band, row, column

    @cached_property
    def cells(self) -> Mapping[str, CellSpec]:
        """Every cell of the form by its path, in printed order, title rows included."""
        named = any(len(band.columns) > 1 for band in self.bands)
        cells = (
            CellSpec(
                f"{self.id}/{row.id}/{column.id}",
                (self.title, *row.labels, *([column.label] if named else [])),
                row,
                column,
                row.takes(column),
            )
            for _, row, column in self.places()
        )
        return {cell.path: cell for cell in cells}

    def row(self, row_id: str) -> RowSpec:
        """Raises LookupError."""
        return _first((row for band in self.bands for row in band.rows if row.id == row_id), f"row {self.id}/{row_id}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionSpec:
    """A section the edition prescribes, in order. `title` without its number; `also`: accepted wordings.

    `patterns`: regular expressions over the heading without spaces that still mean this section (a renamed one).
    `required`: must be there; `empty`: 无 alone is content enough.
    """

    id: str
    title: str
    also: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    required: bool = True
    empty: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Something the report must say somewhere (an item of old art. 32, an aspect of 总体情况).

    `patterns`: regular expressions over prose, any match counts; `headings`: over headings, any with text under it
    counts. `section`: the section it belongs to, "" anywhere.
    """

    id: str
    title: str
    patterns: tuple[str, ...]
    headings: tuple[str, ...] = ()
    section: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One published form, whole. `years`: report years it serves, first and last (None: still in force)."""

    id: str
    title: str
    first_year: int
    last_year: int | None
    source: str
    sections: tuple[SectionSpec, ...]
    contents: tuple[Content, ...]
    forms: tuple[FormSpec, ...]

    def serves(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def form(self, form_id: str) -> FormSpec:
        """Raises LookupError."""
        return _first((form for form in self.forms if form.id == form_id), f"form {form_id} in {self.id}")


def _first(found: Iterator[_T], what: str) -> _T:
    """Raises LookupError."""
    for item in found:
        return item
    raise LookupError(f"there is no {what}")
