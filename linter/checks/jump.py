"""A total many times last year's, or a small part of it; in a money cell ten thousand times: 元 for 万元 (y.jump)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.figures import figures, unknown
from linter.checks.last_year import beside_last_year
from linter.checks.settings import Settings
from linter.checks.wildcards import named
from linter.model.edition import Edition, Kind
from linter.model.finding import Check, Fact, Problem, Severity
from linter.model.report import Number, Report

_FIELDS = frozenset({"cell", "stated", "last", "factor"})
FIELDS: Mapping[str, frozenset[str]] = {"": _FIELDS, "zero": _FIELDS, "unit": _FIELDS}
"""`zero`: one of the two years has none."""

_YUAN_PER_UNIT = 10**4


def bind(settings: Mapping[str, object]) -> Check:
    """`cells`: the totals compared, patterns over ``form/row/column``; a cell that one of the editions does not have is
    passed over. `factor`: how many times is a jump (the option ``jump`` replaces it). `floor`: the larger figure must
    reach it, in the cell's unit.
    """
    read = Settings(settings)
    patterns = read.texts("cells")
    factor, floor = read.number("factor"), read.number("floor")
    read.done()

    def judge(report: Report, previous: Report) -> Iterator[Fact]:
        configured = report.options.get("jump")
        times = configured if isinstance(configured, int) else factor
        before = _kinds(previous.edition)
        now, then = figures(report), figures(previous)
        for path, kind in _kinds(report.edition).items():
            if before.get(path) is not kind or not named(path, patterns):
                continue
            if path not in now or path not in then:
                yield unknown(report, path, report if path not in now else previous, path)
            elif _jumps(now[path], then[path], times, floor):
                yield _problem(report, path, now[path], then[path], times, money=kind is Kind.MONEY)

    return beside_last_year(judge)


def _kinds(edition: Edition) -> dict[str, Kind]:
    return {path: cell.kind for form in edition.forms for path, cell in form.cells.items()}


def _jumps(now: Number, then: Number, factor: int, floor: int) -> bool:
    small, large = sorted((now, then))
    return large >= floor and large > small * factor


def _problem(report: Report, path: str, now: Number, then: Number, factor: int, *, money: bool) -> Problem:
    """`money`: a step within `factor` of ten thousand times is more likely another unit than another amount."""
    small, large = sorted((now, then))
    unit = money and small > 0 and small * _YUAN_PER_UNIT <= large * factor and large <= small * _YUAN_PER_UNIT * factor
    place = report.place(path)
    return Problem(
        place,
        {"cell": " › ".join(place.labels[1:]), "stated": now, "last": then, "factor": factor},
        variant="zero" if small == 0 else "unit" if unit else "",
        severity=Severity.WARNING if unit else None,
    )
