"""The figures of a form that may be held against another report's: by path, money in one unit, nothing guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from linter.model.edition import Kind
from linter.model.finding import Unchecked
from linter.model.report import Form, FormCell, Number, Relation, Report, State, added

YUAN_IN_UNIT = 10**4
"""The forms take money in 万元; 采购总金额 of the 2019 form has no unit of its own and may say 元."""


def figures(report: Report) -> Mapping[str, Number]:
    """Path → what the cell adds to a sum, for every cell that is known; nothing of a form that is in doubt."""
    known: dict[str, Number] = {}
    for form in report.forms.values():
        if not form.doubt:
            known |= form_figures(report, form)
    return known


def form_figures(report: Report, form: Form) -> Mapping[str, Number]:
    """`figures` of one form of the report, be it in doubt or not.

    A form left blank says nothing, not zeros. A blank total is what its row or column adds up to; where these differ,
    it is not known.
    """
    if _is_blank(form):
        return {}
    relations = [relation for relation in report.relations if relation.form == form.spec.id]
    unread = {term.place.path for relation in relations for term in relation.terms if term.value is None}
    known = {path: value for path, value in _amounts(form) if path not in unread}
    sums: dict[str, set[Number]] = {}
    for relation in relations:
        if path := _blank_total(form, relation):
            sums.setdefault(path, set()).add(added(relation.terms))
    return known | {path: values.pop() for path, values in sums.items() if len(values) == 1}


def unknown(report: Report, path: str, source: Report, sought: str) -> Unchecked:
    """The open question at `path` of the report: `figures` of `source` (it, or the one beside it) has nothing at
    `sought`. Asked of the whole form where that could not be read.
    """
    form_id, row, column = sought.split("/")
    form = source.forms.get(form_id)
    if form is None:
        return Unchecked("foreign-form" if source.foreign else "missing-form", report.place(form_id))
    if form.doubt or _is_blank(form):
        return Unchecked(form.doubt or "no-values", report.place(form_id))
    cell = form.cells.get((row, column))
    if cell is None:
        return Unchecked("missing-row", report.place(path))
    return Unchecked({State.BLANK: "blank", State.TEXT: "not-a-number"}.get(cell.state, "unread"), report.place(path))


def _is_blank(form: Form) -> bool:
    """Whether nothing that could be read was filled in; the form itself prints —— in title rows."""
    fillable = (found for cell, found in form.found() if cell.kind is not Kind.TITLE)
    return all(found.state is State.BLANK or found.amount is None for found in fillable)


def _amounts(form: Form) -> Iterator[tuple[str, Number]]:
    for cell, found in form.found():
        if found.amount is not None and cell.kind is not Kind.TITLE:
            yield cell.path, _in_unit(found, found.amount, cell.kind)


def _in_unit(cell: FormCell, amount: Number, kind: Kind) -> Number:
    if kind is Kind.MONEY and "元" in cell.text and "万" not in cell.text:
        return Decimal(amount) / YUAN_IN_UNIT
    return amount


def _blank_total(form: Form, relation: Relation) -> str:
    """The path of a total left blank whose parts are all known, "" where that is not what keeps the relation open."""
    open_terms = [term for term in relation.terms if term.value is None]
    if (
        relation.identity.relation != "=="
        or len(open_terms) != 1
        or (open_terms[0],) not in (relation.left, relation.right)
    ):
        return ""
    path = open_terms[0].place.path
    _, row, column = path.split("/")
    cell = form.cells.get((row, column))
    return path if cell is not None and cell.state is State.BLANK else ""
