"""Statements without a number: the prose says none and the table has some, or claims what the table has not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from linter.checks.narrative_cells import Figures, figures_of
from linter.checks.narrative_settings import ProseSettings
from linter.checks.narrative_text import Sentence, sentences
from linter.checks.text_place import text_places
from linter.model.finding import Check, Fact, Problem, Severity, Unchecked
from linter.model.report import Place, Report

FIELDS: Mapping[str, frozenset[str]] = {
    "": frozenset({"quote", "reading", "computed"}),
    "exception": frozenset({"quote", "reading", "computed"}),
}
"""`exception`: the prose says that all went one way (均已办结, 均获维持), and the table has others."""

_LEVELS = tuple(severity.value for severity in Severity)


@dataclass(frozen=True, slots=True)
class _Claim:
    """`words`: literals of which the sentence holds one; `unless` must not stand in the clause, `context` must in the
    passage; `cells`: sums of cells, of which the first that contradicts is reported.
    """

    words: tuple[str, ...]
    says: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None
    context: re.Pattern[str] | None
    cells: tuple[str, ...]
    variant: str
    severity: Severity | None


def bind(settings: Mapping[str, object]) -> Check:
    """`expects`: what the table must have, ``none`` or ``some``. `claims`: the wordings and the cells they speak of.

    `unless`: words in a clause that make it no statement about the year; `plans`: words after which a passage speaks
    of what is to come; `not_under`: titles of sections that are no account of the year; `words`: names for patterns.
    """
    read = ProseSettings(settings)
    expects = read.choice("expects", ("none", "some"))
    unless, plans = read.said("unless"), read.said("plans")
    not_under = read.said("not_under")
    claims = read.each("claims", _claim)
    read.done()

    def check(report: Report) -> Iterator[Fact]:
        figure, place_of = figures_of(report), text_places(report)
        for sentence in sentences(report):
            for claim in claims:
                if not any(word in sentence.text for word in claim.words):
                    continue
                if (found := _find(report, sentence, claim, unless, plans)) is None:
                    continue
                start, end = found
                passage = report.prose[sentence.passage]
                place = place_of(passage.span(sentence.start + start, sentence.start + end))
                if not_under is None or not any(not_under.search(label) for label in place.labels):
                    yield from _judge(figure, claim, sentence.text[start:end], place, expects)

    return check


def _claim(settings: ProseSettings) -> _Claim:
    level = settings.choice("severity", (*_LEVELS, ""), "")
    return _Claim(
        words=settings.texts("words"),
        says=settings.says("says"),
        unless=settings.said("unless"),
        context=settings.said("context"),
        cells=settings.texts("cells"),
        variant=settings.choice("variant", tuple(FIELDS), ""),
        severity=Severity(level) if level else None,
    )


def _find(
    report: Report,
    sentence: Sentence,
    claim: _Claim,
    unless: re.Pattern[str] | None,
    plans: re.Pattern[str] | None,
) -> tuple[int, int] | None:
    """Where a wording of the claim stands, unless guards or another year forbid it."""
    for pattern in claim.says:
        for match in pattern.finditer(sentence.masked):
            clause = sentence.masked[sentence.clause(match.start()) : sentence.clause_end(match.end())]
            if any(guard.search(clause) for guard in (unless, claim.unless) if guard):
                continue
            if claim.context and not claim.context.search(sentence.lead(match.end())):
                continue
            if plans and plans.search(sentence.lead(match.start())):
                continue
            if sentence.speaks_of(report.year, match.start()):
                return match.span()
    return None


def _judge(figure: Figures, claim: _Claim, quote: str, place: Place, expects: str) -> Iterator[Fact]:
    figures = [found for reading in claim.cells if (found := figure(reading))]
    filled = next((found for found in figures if found.value), None)
    if expects == "some" and filled is not None:
        return
    against = filled if expects == "none" else next(iter(figures), None)
    doubtful = [filled] if filled is not None else figures
    if reason := next((found.reason for found in doubtful if found.reason), ""):
        yield Unchecked(reason, place)
    elif against is not None:
        values = {"quote": quote, "reading": against.name, "computed": against.value}
        yield Problem(place, values, against.places, claim.variant, claim.severity)
