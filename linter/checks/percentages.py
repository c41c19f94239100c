"""A share follows from the figures printed beside it, a change against last year from the figures of two years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from linter.checks.changes import wrong_changes
from linter.checks.narrative_settings import ProseSettings
from linter.checks.narrative_text import sentences
from linter.checks.shares import ShareWords, wrong_shares
from linter.checks.trends import Trend, wrong_trends
from linter.model.finding import Check, Fact
from linter.model.report import Report

FIELDS: Mapping[str, frozenset[str]] = {
    "": frozenset({"quote", "stated", "computed", "part", "whole"}),
    "change": frozenset({"quote", "stated", "computed", "this_year", "last_year"}),
}


def bind(settings: Mapping[str, object]) -> Check:
    """`share`: the words between a number and its percentage; `link`: from a whole to its parts; `falls`: words of a
    decrease; `wholes`: cells that a share may be of although the prose does not print them; `compared`: a number,
    last year's and the change (groups ``now``, ``then``, ``n``); `trends`: changes of cells, checked against last
    year's report.
    """
    read = ProseSettings(settings)
    words = ShareWords(read.saying("share"), read.saying("link"), read.texts("wholes"))
    compared, falls = read.saying("compared"), read.saying("falls")
    trends = read.each("trends", _trend)
    read.done()

    def check(report: Report) -> Iterator[Fact]:
        with_percent = (item for item in sentences(report) if any(q.unit == "%" for q in item.quantities))
        for _, group in groupby(with_percent, key=lambda item: item.passage):
            own = tuple(group)
            yield from wrong_shares(report, own, words)
            for sentence in own:
                yield from wrong_changes(report, sentence, compared, falls)
                yield from wrong_trends(report, sentence, trends, falls)

    return check


def _trend(settings: ProseSettings) -> Trend:
    return Trend(settings.texts("words"), settings.says("says"), settings.texts("cells"))
