"""A share follows from the figures printed beside it, a change against last year from the figures of two years."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from linter.checks.last_year import last_year
from linter.checks.narrative_cells import figure
from linter.checks.narrative_settings import ProseSettings
from linter.checks.narrative_text import REACH, Sentence, prose_place, sentences
from linter.model.finding import Check, Fact, Problem
from linter.model.report import Number, Place, Quantity, Report

FIELDS: Mapping[str, frozenset[str]] = {
    "": frozenset({"quote", "stated", "computed", "part", "whole"}),
    "change": frozenset({"quote", "stated", "computed", "this_year", "last_year"}),
}


_REACH = 40
"""How many quantities back a whole is looked for."""
_BESIDE = 8
"""How many shares before and after may prove a whole."""


@dataclass(frozen=True, slots=True)
class _Share:
    """A percentage and the number it is said of. `wholes`: numbers before it that it may be a share of, the nearest
    first; `linked`: the one from which 其中 leads to it.
    """

    part: Quantity
    percent: Quantity
    quote: str
    wholes: tuple[Quantity, ...]
    linked: Quantity | None


@dataclass(frozen=True, slots=True)
class _Whole:
    """What shares are of, and where it stands: in the prose, or in cells of a form."""

    value: Number
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Trend:
    """How prose says that a figure of the form changed: `says` around the percentage, `cells` of both years."""

    words: tuple[str, ...]
    says: tuple[re.Pattern[str], ...]
    cells: tuple[str, ...]


def bind(settings: Mapping[str, object]) -> Check:
    """`share`: the words between a number and its percentage; `link`: from a whole to its parts; `falls`: words of a
    decrease; `wholes`: cells that a share may be of although the prose does not print them; `compared`: a number,
    last year's and the change (groups ``now``, ``then``, ``n``); `trends`: changes of cells, checked against last
    year's report.
    """
    read = ProseSettings(settings)
    share, link, falls, compared = (read.saying(key) for key in ("share", "link", "falls", "compared"))
    wholes = read.texts("wholes")
    trends = read.each("trends", _trend)
    read.done()

    def check(report: Report) -> Iterator[Fact]:
        with_percent = (item for item in sentences(report) if any(q.unit == "%" for q in item.quantities))
        for _, group in groupby(with_percent, key=lambda item: item.passage):
            own = tuple(group)
            shares = [found for sentence in own for found in _shares(report, sentence, share, link)]
            yield from _wrong_shares(report, shares, wholes)
            for sentence in own:
                yield from _wrong_changes(report, sentence, compared, falls)
                yield from _wrong_trends(report, sentence, trends, falls)

    return check


def _trend(settings: ProseSettings) -> _Trend:
    return _Trend(settings.texts("words"), settings.says("says"), settings.texts("cells"))


def _shares(report: Report, sentence: Sentence, share: re.Pattern[str], link: re.Pattern[str]) -> Iterator[_Share]:
    for index, percent in enumerate(sentence.quantities):
        if percent.unit != "%" or percent.approximate or not index:
            continue
        part = sentence.quantities[index - 1]
        between = sentence.masked[part.end - sentence.start : percent.start - sentence.start]
        if part.unit == "%" or part.approximate or not share.fullmatch(between):
            continue
        wholes = tuple(
            quantity
            for quantity in _earlier(report, part)
            if quantity.unit == part.unit and not quantity.approximate and quantity.value >= part.value
        )
        linked = _linked(sentence, wholes, part, link)
        start = sentence.clause(part.start - sentence.start)
        yield _Share(part, percent, sentence.text[start : percent.end - sentence.start], wholes, linked)


def _earlier(report: Report, part: Quantity) -> Iterator[Quantity]:
    """The quantities before `part` in its passage, the nearest first, a few dozen of them."""
    at = bisect_left(report.quantities, (part.passage, part.start), key=lambda item: (item.passage, item.start))
    nearest = report.quantities[max(at - _REACH, 0) : at]
    return (quantity for quantity in reversed(nearest) if quantity.passage == part.passage)


def _linked(sentence: Sentence, wholes: Sequence[Quantity], part: Quantity, link: re.Pattern[str]) -> Quantity | None:
    """The whole before the last 其中 that leads to `part` in its sentence."""
    end = part.start - sentence.start
    links = [match.start() for match in link.finditer(sentence.masked, max(end - REACH, 0), end)]
    if not links:
        return None
    within = (whole for whole in wholes if sentence.start <= whole.start < sentence.start + links[-1])
    return next(within, None)


def _wrong_shares(report: Report, shares: Sequence[_Share], cells: Sequence[str]) -> Iterator[Fact]:
    filled = [found for reading in cells if (found := figure(report, reading)) and found.value]
    printed = [_Whole(found.value, found.places) for found in filled if found.value]
    together = sum(share.part.value for share in shares) if len(shares) > 1 else 0
    for index, share in enumerate(shares):
        wholes = [whole.value for whole in share.wholes]
        if any(_follows(share, whole) for whole in (*wholes, *(cell.value for cell in printed), together)):
            continue
        beside = (*shares[max(index - _BESIDE, 0) : index], *shares[index + 1 : index + 1 + _BESIDE])
        if whole := _whole(report, share, beside, printed):
            yield _wrong_share(report, share, whole)


def _whole(report: Report, share: _Share, others: Sequence[_Share], cells: Sequence[_Whole]) -> _Whole | None:
    """What the share is a share of, beyond doubt: 其中 says so, or the shares beside it follow from it.

    A number that stands only in a form is proven by two shares: one may follow from it by chance.
    """
    proven = [whole for whole in share.wholes if any(_follows(other, whole.value) for other in others)]
    if found := (proven[0] if proven else share.linked):
        return _Whole(found.value, (prose_place(report, found.passage, found.start, found.end),))
    return next((cell for cell in cells if sum(_follows(other, cell.value) for other in others) > 1), None)


def _wrong_share(report: Report, share: _Share, whole: _Whole) -> Problem:
    values = {
        "quote": share.quote,
        "stated": share.percent.value,
        "computed": _rounded(_percent(share.part.value, whole.value), share.percent.value),
        "part": share.part.value,
        "whole": whole.value,
    }
    related = (prose_place(report, share.part.passage, share.part.start, share.part.end), *whole.places)
    return Problem(prose_place(report, share.percent.passage, share.percent.start, share.percent.end), values, related)


def _follows(share: _Share, whole: Number) -> bool:
    """Whether the printed percentage is the share, rounded or cut off at its last printed place (n.pct)."""
    return whole > 0 and _fits(_percent(share.part.value, whole), share.percent.value)


def _wrong_changes(
    report: Report, sentence: Sentence, compared: re.Pattern[str], falls: re.Pattern[str]
) -> Iterator[Fact]:
    for match in compared.finditer(sentence.masked):
        now, then, percent = (sentence.quantity_at(match.start(group)) for group in ("now", "then", "n"))
        if now is None or then is None or percent is None or percent.unit != "%" or now.unit != then.unit:
            continue
        if percent.approximate or now.approximate or then.approximate or not then.value:
            continue
        change = _change(now.value, then.value, falling=falls.search(match[0]) is not None)
        if not _fits(change, percent.value):
            related = tuple(prose_place(report, item.passage, item.start, item.end) for item in (now, then))
            yield _wrong_change(report, _quoted(sentence, match), percent, (change, now.value, then.value), related)


def _wrong_trends(
    report: Report, sentence: Sentence, trends: Sequence[_Trend], falls: re.Pattern[str]
) -> Iterator[Fact]:
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
            changes = [_change(now, then, falling=falling) for now, then, _ in years]
            if years and not any(_fits(change, percent.value) for change in changes):
                now, then, places = years[0]
                yield _wrong_change(report, _quoted(sentence, match), percent, (changes[0], now, then), places)


def _two_years(report: Report, previous: Report, trend: _Trend) -> list[tuple[Number, Number, tuple[Place, ...]]]:
    """Every reading's figure of this year and of last year, and its cells; none if one of them is unknown or nought."""
    pairs = [(figure(report, reading), figure(previous, reading)) for reading in trend.cells]
    both = [(now, then) for now, then in pairs if now is not None and then is not None]
    known = [(now.value, then.value, now.places) for now, then in both if now.value is not None and then.value]
    return known if len(known) == len(both) else []


def _wrong_change(
    report: Report,
    quote: str,
    percent: Quantity,
    figures: tuple[Decimal, Number, Number],
    related: tuple[Place, ...],
) -> Problem:
    """`figures`: the change in percent, this year's figure, last year's."""
    change, now, then = figures
    values = {
        "quote": quote,
        "stated": percent.value,
        "computed": _rounded(change, percent.value),
        "this_year": now,
        "last_year": then,
    }
    return Problem(prose_place(report, percent.passage, percent.start, percent.end), values, related, "change")


def _quoted(sentence: Sentence, match: re.Match[str]) -> str:
    return sentence.text[match.start() : match.end()]


def _percent(part: Number, whole: Number) -> Decimal:
    return Decimal(part) * 100 / Decimal(whole)


def _change(now: Number, then: Number, *, falling: bool) -> Decimal:
    """The change in percent, a decrease as the prose gives it, without its sign."""
    return _percent(then - now if falling else now - then, then)


def _step(printed: Number) -> Decimal:
    """One unit of the last printed place."""
    return Decimal(1).scaleb(int(Decimal(printed).as_tuple().exponent)) if isinstance(printed, Decimal) else Decimal(1)


def _fits(exact: Decimal, printed: Number) -> bool:
    return abs(exact - Decimal(printed)) < _step(printed)


def _rounded(exact: Decimal, printed: Number) -> Decimal:
    """`exact` with as many places as `printed` has."""
    return exact.quantize(_step(printed), rounding=ROUND_HALF_UP)
