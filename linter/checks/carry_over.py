"""What last year carried out is what this year carries in, per kind of applicant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from linter.checks.figures import figures, unknown
from linter.checks.last_year import beside_last_year, explanation
from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem, Severity
from linter.model.report import Number, Report

FIELDS: Mapping[str, frozenset[str]] = dict.fromkeys(
    ("", "columns", "explained", "columns-explained"),
    frozenset({"stated", "computed", "difference", "columns", "explained"}),
)
"""`columns`: every column that differs, as a text ``name this year ≠ last year``."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """A column whose opening figure is not last year's closing figure."""

    path: str
    stated: Number
    computed: Number


def bind(settings: Mapping[str, object]) -> Check:
    """`row`: ``form/row`` of what comes in; `last`: the row it went out from in last year's form; `total`: the column
    of totals. `explained`: patterns of the text that excuse a gap. `opening`: report years without such a predecessor.
    """
    read = Settings(settings)
    row, last, total = read.text("row"), read.text("last"), read.text("total")
    patterns = read.patterns("explained", ())
    opening = read.texts("opening", ())
    read.done()

    def judge(report: Report, previous: Report) -> Iterator[Fact]:
        now, then = figures(report), figures(previous)
        shared = [column for column in _columns(report, row) if column in _columns(previous, last)]
        gaps: list[_Gap] = []
        for column in shared:
            here, there = f"{row}/{column}", f"{last}/{column}"
            if here not in now:
                yield unknown(report, here, report, here)
            elif there not in then:
                yield unknown(report, here, previous, there)
            elif now[here] != then[there]:
                gaps.append(_Gap(here, now[here], then[there]))
        if gaps:
            gaps.sort(key=lambda gap: gap.path != f"{row}/{total}")
            whole = gaps[0].path == f"{row}/{total}"
            yield _problem(report, gaps, explanation(report, patterns), whole=whole)

    return beside_last_year(judge, opening)


def _columns(report: Report, row: str) -> list[str]:
    """The columns that the report's edition gives the row; none where it has no such row."""
    cells = (item for form in report.edition.forms for item in form.cells.items())
    return [cell.column.id for path, cell in cells if path.startswith(f"{row}/")]


def _problem(report: Report, gaps: Sequence[_Gap], explained: str, *, whole: bool) -> Problem:
    """One finding for the row. `whole`: the total differs, and comes first; else only single columns do."""
    places = [report.place(gap.path) for gap in gaps]
    small, large = sorted((gaps[0].stated, gaps[0].computed))
    excused = "explained" if explained else ""
    return Problem(
        place=places[0],
        values={
            "stated": gaps[0].stated,
            "computed": gaps[0].computed,
            "difference": large - small,
            "columns": tuple(
                f"{place.labels[-1]} {gap.stated} ≠ {gap.computed}" for place, gap in zip(places, gaps, strict=True)
            ),
            "explained": explained,
        },
        related=tuple(places[1:]),
        variant=excused if whole else "-".join(filter(None, ("columns", excused))),
        severity=Severity.NOTE if explained else None if whole else Severity.WARNING,
    )
