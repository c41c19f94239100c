"""The title calls the report by its name: 政府信息公开工作年度报告 (条例 art. 50)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem, Unchecked
from linter.model.report import Place, Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"printed"})}


def bind(settings: Mapping[str, object]) -> Check:
    """`names`: what the report may be called."""
    read = Settings(settings)
    names = read.texts("names")
    read.done()

    def check(report: Report) -> Iterator[Fact]:
        title = report.outline.title
        if title is None:
            yield Unchecked("no-title")
        elif not any(name in title.text for name in names):
            yield Problem(Place("title", (), title.span()), {"printed": title.text})

    return check
