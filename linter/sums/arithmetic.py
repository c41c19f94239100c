"""A relation in words and in figures: 「一、… + 二、… = （七）总计 + 四、…」, 「24 + 2 = 26 ≠ 20 = 20 + 0」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from linter.model.edition import FormSpec
from linter.model.report import Number, Relation, Term, added
from linter.words import Catalogue

HELD = {"==": "=", ">=": "≥", "<=": "≤"}
BROKEN = {"==": "≠", ">=": "<", "<=": ">"}
OPEN = "≟"
UNKNOWN = "?"
FEW = 6
"""Sums of more terms than this are written without their zeros."""

_GLOSS = re.compile(r"(?<=.{3})(（[^（）]*）|\([^()]*\))$")
"""The explanation at the end of a long label: （区分处理的，只计这一情形，不计其他情形）."""


def number(value: Number | None) -> str:
    """The number as a person writes it: no exponent, no trailing point; ``?`` for one that was not read."""
    if value is None:
        return UNKNOWN
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def short(label: str) -> str:
    """The label without the explanation in brackets at its end."""
    return _GLOSS.sub("", label)


def scope(form: FormSpec, relation: Relation) -> str:
    """The column or row a relation is written out for; "" for one between single cells."""
    if relation.identity.over == "columns":
        return next(
            (column.label for band in form.bands for column in band.columns if column.id == relation.scope),
            relation.scope,
        )
    return short(form.row(relation.scope).label) if relation.scope else ""


def statement(form: FormSpec, relation: Relation, say: Catalogue) -> str:
    """The relation between names: each term by its row or its column, a long sum by its first and last."""
    left, right = (_names(form, relation, terms, say) for terms in (relation.left, relation.right))
    return f"{left} {HELD[relation.identity.relation]} {right}"


def _names(form: FormSpec, relation: Relation, terms: Sequence[Term], say: Catalogue) -> str:
    names = [term_name(form, relation, term) for term in terms]
    if len(names) <= FEW:
        return " + ".join(names)
    return f"{names[0]} + … + {names[-1]}" + _aside("count.terms", len(names), say)


def term_name(form: FormSpec, relation: Relation, term: Term) -> str:
    """What tells the term from the others of its relation."""
    cell = form.cells[term.place.path]
    if relation.identity.over == "rows":
        return cell.column.label
    if relation.identity.over == "columns":
        return short(cell.row.label)
    return " ".join(cell.labels[1 + len(cell.row.group) :])  # the row and the column


def filled(relation: Relation, say: Catalogue) -> str:
    """The relation with the figures of the report put in, and both sums: 「24 + 2 = 26 ≠ 20 = 20 + 0」."""
    left, right = (_sum(terms, say) for terms in (relation.left, relation.right))
    if relation.state == "unchecked":
        return f"{left} {OPEN} {right}"
    totals = [added(relation.left), added(relation.right)]
    before = f"{left} = " if len(relation.left) > 1 else ""
    after = f" = {right}" if len(relation.right) > 1 else ""
    if relation.state == "held" and relation.identity.relation == "==" and totals[0] == totals[1] and (before or after):
        return f"{before}{number(totals[0])}{after}"
    return f"{before}{number(totals[0])} {_sign(relation, equal=totals[0] == totals[1])} {number(totals[1])}{after}"


def total(terms: Sequence[Term]) -> str:
    """The terms added up, zeros left out: 「20 + 3 + 3 = 26」; one term alone, and no sum where one is unknown."""
    values = [term.value for term in terms]
    if len(values) < 2 or None in values:
        return " + ".join(map(_figure, values))
    kept = [value for value in values if value] or [0]
    parts = [_figure(value) for value in (kept if len(kept) > 1 else [*kept, 0])]
    return f"{' + '.join(parts)} = {number(added(terms))}"


def _sign(relation: Relation, *, equal: bool) -> str:
    if relation.state == "broken":
        return BROKEN[relation.identity.relation]
    return HELD[relation.identity.relation] if equal or relation.identity.relation != "==" else "≈"


def _sum(terms: Sequence[Term], say: Catalogue) -> str:
    if len(terms) <= FEW:
        return " + ".join(_figure(term.value) for term in terms)
    kept = [_figure(term.value) for term in terms if term.value != 0]
    if not kept:
        return "0" + _aside("count.terms", len(terms), say)
    rest = len(terms) - len(kept)
    return " + ".join(kept) + (_aside("count.zeros", rest, say) if rest else "")


def _figure(value: Number | None) -> str:
    return f"({number(value)})" if value is not None and value < 0 else number(value)


def _aside(key: str, count: int, say: Catalogue) -> str:
    return say("report.aside", text=say(key, n=count))
