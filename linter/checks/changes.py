"""Changes in per cent that follow from the numbers of two years printed with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from linter.checks.narrative_text import Sentence
from linter.checks.percent import fits, per_cent, rounded
from linter.checks.text_place import text_places
from linter.model.finding import Fact, Problem
from linter.model.report import Number, Place, Quantity, Report


def wrong_changes(
    report: Report, sentence: Sentence, compared: re.Pattern[str], falls: re.Pattern[str]
) -> Iterator[Fact]:
    """Changes that do not follow from the two numbers printed with them. `compared`: as the kind's setting."""
    for match in compared.finditer(sentence.masked):
        now, then, percent = (sentence.quantity_at(match.start(group)) for group in ("now", "then", "n"))
        if now is None or then is None or percent is None or percent.unit != "%" or now.unit != then.unit:
            continue
        if percent.approximate or now.approximate or then.approximate or not then.value:
            continue
        computed = change(now.value, then.value, falling=falls.search(match[0]) is not None)
        if not fits(computed, percent.value):
            related = tuple(text_places(report)(item.span) for item in (now, then))
            yield wrong_change(
                report, sentence.text[slice(*match.span())], percent, (computed, now.value, then.value), related
            )


def wrong_change(
    report: Report,
    quote: str,
    percent: Quantity,
    figures: tuple[Decimal, Number, Number],
    related: tuple[Place, ...],
) -> Problem:
    """The problem that `percent` is. `figures`: the change in per cent, this year's figure, last year's."""
    computed, now, then = figures
    values = {
        "quote": quote,
        "stated": percent.value,
        "computed": rounded(computed, percent.value),
        "this_year": now,
        "last_year": then,
    }
    return Problem(text_places(report)(percent.span), values, related, "change")


def change(now: Number, then: Number, *, falling: bool) -> Decimal:
    """The change in per cent, a decrease as the prose gives it, without its sign."""
    return per_cent(then - now if falling else now - then, then)
