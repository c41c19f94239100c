"""Changes in per cent of figures of the forms, held against last year's report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linter.checks.changes import change, wrong_change
from linter.checks.last_year import last_year
from linter.checks.narrative_cells import figures_of
from linter.checks.narrative_text import Sentence
from linter.checks.percent import fits
from linter.model.finding import Fact
from linter.model.report import Number, Place, Report


@dataclass(frozen=True, slots=True)
class Trend:
    """How prose says that a figure of the form changed: `says` around the percentage, `cells` of both years."""

    words: tuple[str, ...]
    says: tuple[re.Pattern[str], ...]
    cells: tuple[str, ...]


def wrong_trends(report: Report, sentence: Sentence, trends: Sequence[Trend], falls: re.Pattern[str]) -> Iterator[Fact]:
    """Changes that do not follow from the figures of the forms of two years; none without last year's report."""
    previous = last_year(report)
    if previous is None:
        return
    for trend in trends:
        if not any(word in sentence.text for word in trend.words):
            continue
        matches = [match for pattern in trend.says for match in pattern.finditer(sentence.masked)]
        # Two patterns may meet in one percentage: the first says what it is of, and it is judged once.
        for at, match in {match.start("n"): match for match in reversed(matches)}.items():
            percent = sentence.quantity_at(at)
            if percent is None or percent.unit != "%" or percent.approximate:
                continue
            falling = falls.search(match[0]) is not None
            years = _two_years(report, previous, trend)
            changes = [change(now, then, falling=falling) for now, then, _ in years]
            if years and not any(fits(one, percent.value) for one in changes):
                now, then, places = years[0]
                yield wrong_change(
                    report, sentence.text[slice(*match.span())], percent, (changes[0], now, then), places
                )


def _two_years(report: Report, previous: Report, trend: Trend) -> list[tuple[Number, Number, tuple[Place, ...]]]:
    """Every reading's figure of this year and last year, and its cells; none if one is unknown, doubtful or nought."""
    now_of, then_of = figures_of(report), figures_of(previous)
    pairs = [(now_of(reading), then_of(reading)) for reading in trend.cells]
    both = [(now, then) for now, then in pairs if now is not None and then is not None]
    sure = [(now, then) for now, then in both if not now.reason and not then.reason]
    known = [(now.value, then.value, now.places) for now, then in sure if now.value is not None and then.value]
    return known if len(known) == len(both) else []
