"""Drafts of one run held against each other: the years of one agency find each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from linter.library import judge
from linter.model.finding import Result
from linter.model.report import Report
from linter.options import Options
from linter.series import find_previous


def with_last_years(results: Sequence[Result], options_for: Callable[[str], Options]) -> tuple[Result, ...]:
    """The results, those whose last year's report is among them judged again beside it."""
    reports = [result.report for result in results if result.report is not None]
    return tuple(_beside_last_year(result, reports, options_for) for result in results)


def _beside_last_year(result: Result, reports: Sequence[Report], options_for: Callable[[str], Options]) -> Result:
    report = result.report
    if report is None or len(reports) < 2:
        return result
    previous = find_previous(report, [other for other in reports if other is not report])
    if previous is None:
        return result
    return judge(replace(report, previous=previous), result.path, options_for(result.path))
