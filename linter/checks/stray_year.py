"""A year in the prose is the report year or a neighbour, or belongs to a document, a plan or an event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from linter.checks.quoted import quoted
from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem, Unchecked
from linter.model.outline import Passage
from linter.model.report import Place, Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"stated", "year"})}

_YEAR = re.compile(r"(?<![\d〔\[（(第])(?P<year>(?:19|20)\d{2})年")
_ASIDE = re.compile(r"[（(][^（）()]{0,40}[）)]")
_BEFORE = 8
"""Characters looked at before a year."""


@dataclass(frozen=True, slots=True)
class _Own:
    """What shows that a year belongs to something else than the report: the words before it, those behind it."""

    before: re.Pattern[str]
    behind: re.Pattern[str]

    def claims(self, text: str, start: int, end: int) -> bool:
        before = text[max(start - _BEFORE, 0) : start]
        return self.before.search(before) is not None or self.behind.match(text, end) is not None


def bind(settings: Mapping[str, object]) -> Check:
    """Patterns of what stands around a year that is in order: `before` it (自), searched in the few characters there,
    and right `behind` 年 (修订).
    """
    read = Settings(settings)
    own = _Own(read.pattern("before"), read.pattern("behind"))
    read.done()

    def check(report: Report) -> Iterator[Fact]:
        if report.year is None:
            yield Unchecked("no-year")
            return
        dated = [mention.span for mention in report.dates]
        for passage in report.prose:
            for found in _stray(passage, report.year, own):
                span = passage.span(found.start(), found.end())
                if not any(span.overlaps(other) for other in dated):
                    yield Problem(Place("prose/year", (), span), {"stated": int(found["year"]), "year": report.year})

    return check


def _stray(passage: Passage, year: int, own: _Own) -> Iterator[re.Match[str]]:
    text = passage.text
    far = [found for found in _YEAR.finditer(text) if abs(int(found["year"]) - year) > 1]
    if not far:
        return
    apart = (*quoted(text), *(range(*found.span()) for found in _ASIDE.finditer(text)))
    for found in far:
        if not any(found.start() in stretch for stretch in apart) and not own.claims(text, *found.span()):
            yield found
