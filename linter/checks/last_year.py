"""Last year's report beside this one, and what the text says to explain a gap between the two."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from linter.model.finding import Check, Fact, Unchecked
from linter.model.report import Report

_LONGEST = 60
"""Characters of a quoted explanation."""
_STOPS = "。；！？\n"
_PAUSES = "，：、"


def last_year(report: Report) -> Report | None:
    """The report of the year before. None: none was given, or the one given is of another year."""
    previous = report.previous
    if previous is None or (report.year and previous.year and previous.year != report.year - 1):
        return None
    return previous


def beside_last_year(judge: Callable[[Report, Report], Iterator[Fact]], opening: Sequence[str] = ()) -> Check:
    """The check that `judge` makes of a report and last year's. Without that it is one open question, and none in the
    `opening` years, whose predecessors stand on forms that lack the figures. A report of another year is named by it.
    """

    def check(report: Report) -> Iterator[Fact]:
        previous = last_year(report)
        if previous is not None:
            yield from judge(report, previous)
        elif str(report.year) in opening:
            return
        elif report.previous is None:
            yield Unchecked("no-previous")
        else:
            yield Unchecked("previous-other-year", values={"year": report.previous.year})

    return check


def explanation(report: Report, patterns: Iterable[re.Pattern[str]]) -> str:
    """The clause of the text around the first match of the patterns, "" if nothing explains."""
    for pattern in patterns:
        for passage in report.prose:
            found = pattern.search(passage.text)
            if found:
                return _clause(passage.text, found.start(), found.end())
    return ""


def _clause(text: str, start: int, end: int) -> str:
    """The sentence around the words that explain, cut to what can be quoted."""
    begin = max(text.rfind(stop, 0, start) for stop in _STOPS) + 1
    ends = [at for stop in _STOPS if (at := text.find(stop, end)) >= 0]
    stop = min(ends, default=len(text))
    if stop - begin > _LONGEST:
        begin = max(begin, *(text.rfind(mark, begin, start) + 1 for mark in _PAUSES))
    if stop - begin > _LONGEST:
        stop = max(end, *(text.rfind(mark, end, begin + _LONGEST) for mark in _PAUSES))
    return text[begin:stop]
