"""Drafts of one run held against each other: the years of one agency find each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from linter.library import judge
from linter.model.finding import Result
from linter.model.report import Report
from linter.options import Options
from linter.runs.series import find_previous, publisher_key

_FEW = 200
"""Up to so many reports of a year are searched for a name that is only like the publisher's."""


def with_last_years(results: Sequence[Result], options_for: Callable[[str], Options]) -> tuple[Result, ...]:
    """The results, those whose last year's report is among them judged again beside it."""
    years = _Years(result.report for result in results if result.report is not None)
    return tuple(_beside_last_year(result, years, options_for) for result in results)


class _Years:
    """Reports by year, and by year and publisher."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._of_year: dict[int, list[Report]] = defaultdict(list)
        self._of_publisher: dict[tuple[int, str], list[Report]] = defaultdict(list)
        for report in reports:
            if report.year is not None:
                self._of_year[report.year].append(report)
                self._of_publisher[report.year, publisher_key(report.publisher.name)].append(report)

    def previous(self, report: Report) -> Report | None:
        """Last year's report of the same publisher."""
        if report.year is None:
            return None
        last = report.year - 1
        same = self._of_publisher.get((last, publisher_key(report.publisher.name)))
        alike = self._of_year.get(last, [])
        return find_previous(report, same or (alike if len(alike) <= _FEW else ()))


def _beside_last_year(result: Result, years: _Years, options_for: Callable[[str], Options]) -> Result:
    if result.report is None:
        return result
    previous = years.previous(result.report)
    if previous is None:
        return result
    return judge(replace(result.report, previous=previous), result.path, options_for(result.path))
