"""A report laid on an edition: sections by id, cells by meaning, the relations between them, what the prose states."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Literal

from linter.model.document import Document, Span, Table
from linter.model.edition import CellSpec, Edition, FormSpec, Identity
from linter.model.outline import Outline, Passage, Section

Number = int | Decimal
"""A count (int) or an amount of money as printed (Decimal): never a float."""


class State(Enum):
    """What stands in a cell. Blank, 0, —— and / are four different things from the first byte to the last."""

    NUMBER = "number"
    BLANK = "blank"
    DASH = "dash"
    SLASH = "slash"
    NONE = "none"
    """无, 不涉及, 不适用: said in words."""
    TEXT = "text"
    GLUED = "glued"
    """Two cells' contents in one: nothing is known of either."""
    UNREAD = "unread"
    """The reader does not vouch for what it saw."""


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of a form as found. `value` only for NUMBER; `text` as printed; `span` None where no cell was found."""

    state: State
    value: Number | None = None
    text: str = ""
    span: Span | None = None

    @property
    def amount(self) -> Number | None:
        """What the cell adds to a sum: its number, 0 where nothing was filled in, None where it was not read."""
        if self.state is State.NUMBER:
            return self.value
        return 0 if self.state in (State.BLANK, State.DASH, State.SLASH, State.NONE) else None


@dataclass(frozen=True, slots=True)
class Label:
    """A row label, column header or band title as printed, beside the official wording.

    `match`: ``exact`` up to spaces, width and brackets; ``accepted``: a wording the edition lists; ``altered``.
    """

    text: str
    official: str
    span: Span | None
    match: Literal["exact", "accepted", "altered"]


@dataclass(frozen=True, slots=True)
class Misfit:
    """A row whose cells do not fit the header: `expected` and `found` count cells after the label."""

    row: str
    span: Span
    expected: int
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form of the edition as found in the report.

    `cells` holds every (row id, column id) of the rows found; a row of the form that is not in `rows` is missing from
    the report. `doubt`: why its cells are not vouched for (a key: ``flattened``, ``page-break``, ``order``), None.
    """

    spec: FormSpec
    tables: tuple[Table, ...]
    span: Span
    rows: Mapping[str, Label]
    columns: Mapping[tuple[int, str], Label]
    """Headers by (index of the band, column id); only those found."""
    cells: Mapping[tuple[str, str], FormCell]
    unknown: tuple[Label, ...] = ()
    """Rows the form does not have; `official` is empty."""
    misfits: tuple[Misfit, ...] = ()
    doubt: str | None = None

    def found(self) -> Iterator[tuple[CellSpec, FormCell]]:
        """Every cell found, in the form's printed order, beside what the form says of it."""
        for spec in self.spec.cells.values():
            cell = self.cells.get(spec.key)
            if cell is not None:
                yield spec, cell

    def place(self, cell: CellSpec) -> Place:
        """Where the cell is, or would be: the row, if there is that."""
        found, label = self.cells.get(cell.key), self.rows.get(cell.row.id)
        return Place(cell.path, cell.labels, found.span if found and found.span else label.span if label else None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is: `path` by meaning (``applications/new/total``, ``section/overview``), `labels` for people,
    outermost first, `span` None for what is absent or whole.
    """

    path: str
    labels: tuple[str, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A cell in a relation. `value` None: not read, or left blank where blank cannot stand for 0."""

    place: Place
    value: Number | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """An identity of a form, written out for one column, one row, or once. `scope`: that column's or row's id, or "".

    `reason`: why it could not be checked (a key: ``blank``, ``unread``, ``missing-row``), "" otherwise.
    """

    form: str
    identity: Identity
    scope: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    state: Literal["held", "broken", "unchecked"]
    reason: str = ""

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.left + self.right

    @property
    def stated(self) -> tuple[Term, ...]:
        """The side of fewer terms, the left of two as long: the total of the others. Empty where the form says 0."""
        return min(self.left, self.right, key=len)

    @property
    def parts(self) -> tuple[Term, ...]:
        """The side that is not `stated`."""
        return self.left if len(self.right) < len(self.left) else self.right


def added(terms: Iterable[Term]) -> Number:
    """The terms added up; those that are not known count nothing."""
    return sum(term.value or 0 for term in terms)


class AgencyKind(Enum):
    """What publishes the report: duties and deadlines differ (arts. 49, 50)."""

    GOVERNMENT = "government"
    """各级人民政府, and 管委会 acting as one."""
    OFFICE = "office"
    """政府办公厅（室）, reporting its own work or a government's."""
    DEPARTMENT = "department"
    TOWNSHIP = "township"
    """乡镇人民政府."""
    SUBDISTRICT = "subdistrict"
    """街道办事处: sent out by a government, none itself (地方组织法)."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes: `name` as the title says, `span` there; "" if no name was found."""

    name: str
    kind: AgencyKind
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class DateMention:
    """A calendar date in the text. `date` None: written as a date but impossible (2月30日)."""

    span: Span
    text: str
    year: int | None
    month: int
    day: int
    date: datetime.date | None


@dataclass(frozen=True, slots=True)
class Period:
    """The statement of the statistical period. A boundary is None where the sentence does not give it."""

    span: Span
    text: str
    start: DateMention | None
    end: DateMention | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit in running prose.

    `value` as stated (percentages as printed: 33.9 for 33.9%); `unit` 件, 条, %, 万元 …, "" if none; `approximate`:
    余, 多, 约, 近, 以上; `passage` the index in ``Report.prose``; `start`, `end` the place in that passage's text;
    `step`: the worth of its last printed digit (1000 in 27.6万条), finer than which it says nothing.
    """

    value: Number
    unit: str
    approximate: bool
    passage: int
    start: int
    end: int
    span: Span
    step: int = 1

    def covers(self, value: Number, step: int = 1) -> bool:
        """Whether the number, told as coarsely as the coarser of both (the other at its own `step`), is this one."""
        coarse = max(self.step, step)
        return value == self.value if coarse == 1 else abs(Decimal(value) - Decimal(self.value)) < coarse


@dataclass(frozen=True, slots=True)
class Member:
    """A member's report for the roll-up; `report` None: its file is missing or unreadable, `reason` says why."""

    name: str
    report: Report | None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What checks see. What is absent from the report is absent from the mappings."""

    document: Document
    outline: Outline
    edition: Edition
    year: int | None
    """The report year, from the title; None: not stated."""
    edition_from: Literal["form", "year", "forced"] = "form"
    """What the choice of the edition rests on."""
    publisher: Publisher
    sections: Mapping[str, Section]
    forms: Mapping[str, Form]
    foreign: tuple[Table, ...] = ()
    """Statistical tables that are on no national form (provincial ones): not read."""
    relations: tuple[Relation, ...] = ()
    prose: tuple[Passage, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    periods: tuple[Period, ...] = ()
    dates: tuple[DateMention, ...] = ()
    issued: DateMention | None = None
    """The date of the sign-off or of publication."""
    previous: Report | None = None
    members: tuple[Member, ...] = ()
    options: Mapping[str, object] = field(default_factory=dict)

    def cell(self, path: str) -> FormCell | None:
        """The cell at ``form/row/column``; None where the form or the row was not found."""
        form_id, row_id, column_id = path.split("/")
        form = self.forms.get(form_id)
        return form.cells.get((row_id, column_id)) if form else None

    def place(self, path: str) -> Place:
        """A place by its path: ``form/row/column``, ``form/row``, ``form`` or ``section/id``, with labels and span.

        Raises LookupError for a row or a cell that the form does not have.
        """
        head, *rest = path.split("/")
        if head == "section" and rest:
            section = self.sections.get(rest[0])
            titles = [spec.title for spec in self.edition.sections if spec.id == rest[0]]
            return Place(path, tuple(titles), section.heading.passage.span() if section else None)
        spec = next((form for form in self.edition.forms if form.id == head), None)
        if spec is None:
            return Place(path)
        form = self.forms.get(head)
        if not rest:
            return Place(path, (spec.title,), form.span if form else None)
        if len(rest) == 1:
            row = spec.row(rest[0])
            found = form.rows.get(row.id) if form else None
            return Place(path, (spec.title, *row.labels), found.span if found else None)
        cell = spec.cells[path]
        return form.place(cell) if form else Place(path, cell.labels)
