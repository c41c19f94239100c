"""The identities of a form written out over its cells: which hold, which break, which cannot be checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from linter.model.edition import Identity, Sum
from linter.model.report import Form, Number, Relation, Report, State, Term, added

Key = tuple[str, str]
"""A cell by the ids of its row and column."""


def relations(report: Report) -> tuple[Relation, ...]:
    """Every identity of every form found, over every column, every row, or once."""
    return tuple(relation for form in report.forms.values() for relation in _of_form(form))


def _of_form(form: Form) -> Iterator[Relation]:
    terms = _terms(form)
    written = [item for identity in form.spec.identities for item in _written(form, identity)]
    unknown = {key for item in written for key in _unknown(item, form, terms)}
    for key in unknown:
        terms[key] = replace(terms[key], value=None)
    return (_judged(item, form, terms, unknown) for item in written)


@dataclass(frozen=True, slots=True)
class _Written:
    """An identity written out for one scope: the cells of its two sums."""

    identity: Identity
    scope: str
    left: tuple[Key, ...]
    right: tuple[Key, ...]


def _written(form: Form, identity: Identity) -> Iterator[_Written]:
    for scope in _scopes(form, identity):
        yield _Written(identity, scope, _keys(identity, identity.left, scope), _keys(identity, identity.right, scope))


def _scopes(form: Form, identity: Identity) -> tuple[str, ...]:
    """The columns, the rows that were found, or one scope without a name."""
    if identity.over == "columns":
        return identity.columns
    if identity.over == "rows":
        return tuple(row for row in identity.rows if row in form.rows)
    return ("",)


def _keys(identity: Identity, side: Sum, scope: str) -> tuple[Key, ...]:
    if identity.over == "columns":
        return tuple((name, scope) for name in side.terms)
    if identity.over == "rows":
        return tuple((scope, name) for name in side.terms)
    return tuple((row, column) for name in side.terms for row, _, column in [name.partition("/")])


def _terms(form: Form) -> dict[Key, Term]:
    """Every cell of the form as a term, those of missing rows without a value."""
    amounts = {key: cell.amount for key, cell in form.cells.items()}
    return {cell.key: Term(form.place(cell), amounts.get(cell.key)) for cell in form.spec.cells.values()}


def _unknown(item: _Written, form: Form, terms: dict[Key, Term]) -> Iterator[Key]:
    """Blank totals beside figures: blank stands for 0 in a part, never in the total of parts that are not 0.

    Nor does it in what must be the larger, if nothing there is filled in.
    """
    for larger, smaller in ((item.left, item.right), (item.right, item.left)):
        if item.identity.relation == ("<=" if larger is item.left else ">="):
            continue
        alone = len(larger) == 1 or item.identity.relation != "=="
        if (
            alone
            and all(_state(form, key) is State.BLANK for key in larger)
            and any(terms[key].value for key in smaller)
        ):
            yield larger[0]


def _state(form: Form, key: Key) -> State | None:
    cell = form.cells.get(key)
    return cell.state if cell else None


def _judged(item: _Written, form: Form, terms: dict[Key, Term], unknown: set[Key]) -> Relation:
    """The relation with its state: unchecked where a term is not known, else held or broken."""
    left = tuple(terms[key] for key in item.left)
    right = tuple(terms[key] for key in item.right)
    missing = next((key for key in (*item.left, *item.right) if terms[key].value is None), None)
    state: Literal["held", "broken", "unchecked"]
    reason = ""
    if form.doubt:
        state, reason = "unchecked", form.doubt
    elif missing:
        state, reason = "unchecked", _reason(form, missing, unknown)
    else:
        state = "held" if _holds(item.identity, added(left), added(right)) else "broken"
    return Relation(
        form=form.spec.id, identity=item.identity, scope=item.scope, left=left, right=right, state=state, reason=reason
    )


def _holds(identity: Identity, left: Number, right: Number) -> bool:
    difference, tolerance = Decimal(left) - Decimal(right), Decimal(identity.tolerance)
    if identity.relation == "==":
        return abs(difference) <= tolerance
    return difference >= -tolerance if identity.relation == ">=" else difference <= tolerance


def _reason(form: Form, key: Key, unknown: set[Key]) -> str:
    if key in unknown:
        return "blank"
    state = _state(form, key)
    if state is None:
        return "missing-row"
    return "not-a-number" if state is State.TEXT else "unread"
