"""A number in the prose agrees with the table under one of the readings that its words allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from linter.checks.figures import YUAN_IN_UNIT
from linter.checks.narrative_cells import Figure, Figures, figures_of
from linter.checks.narrative_settings import ProseSettings
from linter.checks.statements import Statement, read_scope, read_topics, statements
from linter.checks.text_place import text_places
from linter.model.finding import Check, Fact, Problem, Severity, Unchecked
from linter.model.report import Number, Place, Report

FIELDS: Mapping[str, frozenset[str]] = {
    "": frozenset({"quote", "stated", "reading", "computed", "tried"}),
    "loose": frozenset({"quote", "stated", "reading", "computed", "tried", "explained"}),
}
"""`tried`: every reading as a text ``name = value``; `explained`: the loose reading that gives the number."""

_YUAN = {"元": 1, "万元": 10**4, "亿元": 10**8}


def bind(settings: Mapping[str, object]) -> Check:
    """`topics`: claims about what numbers count (see `statements`); `words`, and the scope guards."""
    read = ProseSettings(settings)
    topics = read_topics(read, with_cells=True)
    scope = read_scope(read)
    read.done()

    def check(report: Report) -> Iterator[Fact]:
        figure, place = figures_of(report), text_places(report)
        told = list(statements(report, topics, scope, others=True))
        beside: dict[tuple[int, int], list[Statement]] = defaultdict(list)
        for statement in told:
            beside[id(statement.sentence), id(statement.claim)].append(statement)
        for statement in told:
            parts = beside[id(statement.sentence), id(statement.claim)]
            if statement.own and not _in_parts(parts, figure):
                yield from _compare(statement, place(statement.quantity.span), figure)

    return check


def _compare(statement: Statement, place: Place, figure: Figures) -> Iterator[Fact]:
    tried = [found for reading in statement.claim.readings if (found := figure(reading))]
    if not tried or any(_agrees(statement, found.value) for found in tried):
        return
    if reason := next((found.reason for found in tried if found.reason), ""):
        yield Unchecked(reason, place)
        return
    loose = [found for reading in statement.claim.loose if (found := figure(reading))]
    explained = next((found for found in loose if _agrees(statement, found.value)), None)
    first = tried[0]
    values = {
        "quote": statement.quote,
        "stated": statement.quantity.value,
        "reading": first.name,
        "computed": first.value,
        "tried": tuple(_told(found) for found in (*tried, *loose)),
    }
    cells = tuple(dict.fromkeys(cell for found in (explained or first, first) for cell in found.places))
    if explained is None:
        yield Problem(place, values, cells, severity=statement.severity)
    else:
        yield Problem(place, {**values, "explained": _told(explained)}, cells, "loose", Severity.NOTE)


def _in_parts(parts: Sequence[Statement], figure: Figures) -> bool:
    """Whether a sentence tells the number of one claim in parts: 市政府新收2件，各部门新收4件, for 6 in the table."""
    whole = sum(part.quantity.value for part in parts)
    readings = (figure(reading) for reading in parts[0].claim.readings)
    return len(parts) > 1 and any(found and found.value == whole for found in readings)


def _told(found: Figure) -> str:
    return f"{found.name} = {found.value}"


def _agrees(statement: Statement, value: Number | None) -> bool:
    """Whether the cells give the number, rounded as the prose rounds it: money, and what it counts in 万."""
    stated = statement.quantity.value
    if value is None or statement.quantity.unit not in _YUAN:
        return value is not None and statement.quantity.covers(value)
    in_unit = Decimal(value) * YUAN_IN_UNIT / _YUAN[statement.quantity.unit]
    exponent = Decimal(stated).as_tuple().exponent
    return abs(in_unit - Decimal(stated)) < Decimal(1).scaleb(int(exponent))
