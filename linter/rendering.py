"""Facts of a problem put into a rule's words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from linter.model.edition import FormSpec
from linter.model.finding import Problem, Value, Words
from linter.model.report import Relation, Report, Term
from linter.sums import arithmetic
from linter.words import Catalogue


def render(template: Words, problem: Problem, report: Report, say: Catalogue) -> str:
    """The template in the catalogue's language, filled with the problem's values.

    A broken relation adds `scope` (its column or row), `total` (the name of its stated side), `relation` (its sums by
    name) and `figures` (both sums with their figures).
    """
    fields = {key: _text(value, say) for key, value in problem.values.items()}
    if problem.relation is not None:
        fields |= _relation_fields(problem.relation, report.edition.form(problem.relation.form), say)
    return template.of(say.language).format_map(fields)


def _relation_fields(relation: Relation, form: FormSpec, say: Catalogue) -> Mapping[str, str]:
    stated = min(relation.left, relation.right, key=len) or relation.left
    return {
        "scope": arithmetic.scope(form, relation),
        "total": arithmetic.term_name(form, relation, stated[0]),
        "relation": arithmetic.statement(form, relation, say),
        "figures": arithmetic.filled(relation, say),
    }


def _text(value: Value, say: Catalogue) -> str:
    if value is None:
        return arithmetic.UNKNOWN
    if isinstance(value, (int, Decimal)):
        return arithmetic.number(value)
    if isinstance(value, str):
        return value
    terms = [item for item in value if isinstance(item, Term)]
    if terms:
        return arithmetic.total(terms)
    return say("count.joint").join(str(item) for item in value)
