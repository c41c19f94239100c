"""Percentages that a number is followed by as its share: they follow from a whole printed before it, or from a cell."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linter.checks.narrative_cells import figures_of
from linter.checks.narrative_text import REACH, Sentence
from linter.checks.percent import fits, per_cent, rounded
from linter.checks.text_place import text_places
from linter.model.finding import Fact, Problem
from linter.model.report import Number, Place, Quantity, Report

_FAR = 40
"""How many quantities back a whole is looked for."""
_BESIDE = 8
"""How many shares before and after may prove a whole."""


@dataclass(frozen=True, slots=True)
class ShareWords:
    """`share`: what stands between a number and its percentage; `link`: what leads from a whole to its parts;
    `wholes`: readings of cells that a share may be of although the prose does not print them.
    """

    share: re.Pattern[str]
    link: re.Pattern[str]
    wholes: tuple[str, ...]


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


def wrong_shares(report: Report, passage: Sequence[Sentence], words: ShareWords) -> Iterator[Fact]:
    """The shares in the sentences of one `passage` that follow from nothing printed, where it is known what of."""
    shares = [found for sentence in passage for found in _shares(report, sentence, words)]
    if not shares:
        return
    figure = figures_of(report)
    filled = [found for reading in words.wholes if (found := figure(reading)) and not found.reason]
    printed = [_Whole(found.value, found.places) for found in filled if found.value]
    together = sum(share.part.value for share in shares) if len(shares) > 1 else 0
    for index, share in enumerate(shares):
        wholes = [whole.value for whole in share.wholes]
        if any(_follows(share, whole) for whole in (*wholes, *(cell.value for cell in printed), together)):
            continue
        beside = (*shares[max(index - _BESIDE, 0) : index], *shares[index + 1 : index + 1 + _BESIDE])
        if whole := _whole(report, share, beside, printed):
            yield _wrong_share(report, share, whole)


def _shares(report: Report, sentence: Sentence, words: ShareWords) -> Iterator[_Share]:
    for index, percent in enumerate(sentence.quantities):
        if percent.unit != "%" or percent.approximate or not index:
            continue
        part = sentence.quantities[index - 1]
        between = sentence.masked[part.end - sentence.start : percent.start - sentence.start]
        if part.unit == "%" or part.approximate or not words.share.fullmatch(between):
            continue
        wholes = tuple(
            quantity
            for quantity in _earlier(report, part)
            if quantity.unit == part.unit and not quantity.approximate and quantity.value >= part.value
        )
        linked = _linked(sentence, wholes, part, words.link)
        start = sentence.clause(part.start - sentence.start)
        yield _Share(part, percent, sentence.text[start : percent.end - sentence.start], wholes, linked)


def _earlier(report: Report, part: Quantity) -> Iterator[Quantity]:
    """The quantities before `part` in its passage, the nearest first, a few dozen of them."""
    at = bisect_left(report.quantities, (part.passage, part.start), key=lambda item: (item.passage, item.start))
    nearest = report.quantities[max(at - _FAR, 0) : at]
    return (quantity for quantity in reversed(nearest) if quantity.passage == part.passage)


def _linked(sentence: Sentence, wholes: Sequence[Quantity], part: Quantity, link: re.Pattern[str]) -> Quantity | None:
    """The whole before the last 其中 that leads to `part` in its sentence."""
    end = part.start - sentence.start
    links = [match.start() for match in link.finditer(sentence.masked, max(end - REACH, 0), end)]
    if not links:
        return None
    within = (whole for whole in wholes if sentence.start <= whole.start < sentence.start + links[-1])
    return next(within, None)


def _whole(report: Report, share: _Share, others: Sequence[_Share], cells: Sequence[_Whole]) -> _Whole | None:
    """What the share is a share of, beyond doubt: 其中 says so, or the shares beside it follow from it.

    A number that stands only in a form is proven by two shares: one may follow from it by chance.
    """
    proven = [whole for whole in share.wholes if any(_follows(other, whole.value) for other in others)]
    if found := (proven[0] if proven else share.linked):
        return _Whole(found.value, (text_places(report)(found.span),))
    return next((cell for cell in cells if sum(_follows(other, cell.value) for other in others) > 1), None)


def _wrong_share(report: Report, share: _Share, whole: _Whole) -> Problem:
    values = {
        "quote": share.quote,
        "stated": share.percent.value,
        "computed": rounded(per_cent(share.part.value, whole.value), share.percent.value),
        "part": share.part.value,
        "whole": whole.value,
    }
    related = (text_places(report)(share.part.span), *whole.places)
    return Problem(text_places(report)(share.percent.span), values, related)


def _follows(share: _Share, whole: Number) -> bool:
    """Whether the printed percentage is the share, rounded or cut off at its last printed place."""
    return whole > 0 and fits(per_cent(share.part.value, whole), share.percent.value)
