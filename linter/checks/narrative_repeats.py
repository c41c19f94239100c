"""The prose gives the same quantity twice, and differently: for what stands in no table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from linter.checks.narrative_settings import ProseSettings
from linter.checks.statements import Statement, read_scope, read_topics, statements
from linter.checks.text_place import text_places
from linter.model.document import Span
from linter.model.finding import Check, Fact, Problem
from linter.model.report import Place, Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"quote", "stated", "first_quote", "first"})}


def bind(settings: Mapping[str, object]) -> Check:
    """`topics`: claims, each with a `name`, about what numbers count (see `statements`); the scope guards."""
    read = ProseSettings(settings)
    topics = read_topics(read, with_cells=False)
    scope = read_scope(read)
    read.done()
    if unnamed := next((claim for topic in topics for claim in topic.claims if not claim.name), None):
        raise ValueError(f"topics: expected a name for the claim {unnamed.says[0].pattern!r}")

    def check(report: Report) -> Iterator[Fact]:
        place = text_places(report)
        first: dict[tuple[str, str, str], Statement] = {}
        for statement in statements(report, topics, scope):
            key = (statement.claim.name, statement.key, statement.quantity.unit)
            before, quantity = first.setdefault(key, statement), statement.quantity
            if not before.quantity.covers(quantity.value, quantity.step):
                yield _problem(place, before, statement)

    return check


def _problem(place: Callable[[Span], Place], before: Statement, statement: Statement) -> Problem:
    values = {
        "quote": statement.quote,
        "stated": statement.quantity.value,
        "first_quote": before.quote,
        "first": before.quantity.value,
    }
    return Problem(place(statement.quantity.span), values, (place(before.quantity.span),))
