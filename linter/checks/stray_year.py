"""A year in the prose is the report year or a neighbour, or belongs to a document, a plan or an event (F98)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem, Unchecked
from linter.model.outline import Passage
from linter.model.report import Place, Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"stated", "year"})}

_YEAR = re.compile(r"(?<![\d〔\[（(第])(?P<year>(?:19|20)\d{2})年")
_QUOTED = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|“[^“”]{0,80}”|〔[^〔〕]*〕|[（(][^（）()]{0,40}[）)]")
_BELONGS = re.compile(r"(?:自|从|于|至|到|截至|始于|[—\-－~～]|[^，。；]{0,6}以来)$")
_AFTER = re.compile(r"(?:以来|[—\-－~～至到]|版|修订|起|度?规划|底前|前|以前|成立|颁布|施行|实施|制定|通过|出台|印发)")


def bind(settings: Mapping[str, object]) -> Check:
    """No settings."""
    Settings(settings).done()

    def check(report: Report) -> Iterator[Fact]:
        if report.year is None:
            yield Unchecked("no-year")
            return
        dated = [mention.span for mention in report.dates]
        for passage in report.prose:
            for found in _stray(passage, report.year):
                span = passage.span(found.start(), found.end())
                if not any(span.overlaps(other) for other in dated):
                    yield Problem(Place("prose/year", (), span), {"stated": int(found["year"]), "year": report.year})

    return check


def _stray(passage: Passage, year: int) -> Iterator[re.Match[str]]:
    text = passage.text
    quoted = [(found.start(), found.end()) for found in _QUOTED.finditer(text)] if _YEAR.search(text) else []
    for found in _YEAR.finditer(text):
        if abs(int(found["year"]) - year) <= 1 or any(start <= found.start() < end for start, end in quoted):
            continue
        if _BELONGS.search(text[max(found.start() - 8, 0) : found.start()]) or _AFTER.match(text, found.end()):
            continue
        yield found
