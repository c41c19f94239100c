"""Prose as the narrative rules read it: sentences with their quantities, whose figures are masked for matching."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from linter.checks.notation import FIRST, PLAIN, REST
from linter.model.report import Quantity, Report

REACH = 600
"""How far back the words around a number may stand: far beyond any sentence, and a bound on the work."""

_END = re.compile(r"[\x03!?\n]")
_MARKS = f",;:()\x04{FIRST}{REST}"
_BREAK = re.compile(f"[,;:()\x04{FIRST}]")
_PAUSE = re.compile("[,;:]")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|[—\-])")
_TITLE = re.compile(r"《[^》]*》|〔\d{4}〕")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a passage, without its full stop. `start`: where it begins in the passage's text.

    `masked` is as long as `text`, with every quantity as one `FIRST` and its `REST` and the marks as `PLAIN` has them.
    """

    passage: int
    start: int
    text: str
    masked: str
    quantities: tuple[Quantity, ...]
    before: str
    """What the passage says before the sentence, masked: the last `REACH` characters of it."""

    @cached_property
    def _starts(self) -> dict[int, Quantity]:
        return {quantity.start - self.start: quantity for quantity in self.quantities}

    def quantity_at(self, offset: int) -> Quantity | None:
        """The quantity that begins at the character `offset` of the sentence."""
        return self._starts.get(offset)

    def lead(self, offset: int) -> str:
        """What stands before `offset` in the passage, masked: the last `REACH` characters of it."""
        return (self.before + self.masked[max(offset - REACH, 0) : offset])[-REACH:]

    def clause(self, offset: int) -> int:
        """Where the clause around `offset` begins: after the last comma, bracket or quantity before it."""
        window = self.masked[max(offset - REACH, 0) : offset]
        return offset - len(window) + max((window.rfind(mark) + 1 for mark in _MARKS), default=0)

    def clause_end(self, offset: int) -> int:
        """Where the clause around `offset` ends."""
        return self._next(_PAUSE, offset)

    def item_end(self, offset: int) -> int:
        """Where the item of a list around `offset` ends: at the next comma, bracket or quantity."""
        return self._next(_BREAK, offset)

    def _next(self, mark: re.Pattern[str], offset: int) -> int:
        end = min(offset + REACH, len(self.masked))
        found = mark.search(self.masked, offset, end)
        return found.start() if found else end

    def speaks_of(self, year: int | None, offset: int) -> bool:
        """Whether what stands at `offset` is about `year`: the last year named before it in the sentence is not
        another one, nor has the passage turned to a later year (2024年，我们将：一是…；二是…).
        """
        if year is None:
            return True
        if (named := _last_year(self.text[max(offset - REACH, 0) : offset])) is not None:
            return named == year
        turned = _last_year(self.before)
        return turned is None or turned <= year


def sentences(report: Report) -> Iterator[Sentence]:
    """The sentences of the prose in reading order."""
    counted = _by_passage(report.quantities)
    for index, passage in enumerate(report.prose):
        own = counted.get(index, ())
        masked = _mask(passage.text.translate(PLAIN), own)
        start = 0
        for end in (*(match.start() for match in _END.finditer(masked)), len(masked)):
            if end > start:
                yield Sentence(
                    passage=index,
                    start=start,
                    text=passage.text[start:end],
                    masked=masked[start:end],
                    quantities=own[bisect_left(own, start, key=_start) : bisect_left(own, end, key=_start)],
                    before=masked[max(start - REACH, 0) : start],
                )
            start = end + 1


def _last_year(text: str) -> int | None:
    """The last year named in `text`, titles and document numbers aside."""
    years = _YEAR.findall(_TITLE.sub("", text))
    return int(years[-1]) if years else None


def _start(quantity: Quantity) -> int:
    return quantity.start


def _by_passage(quantities: Sequence[Quantity]) -> dict[int, tuple[Quantity, ...]]:
    found: dict[int, list[Quantity]] = {}
    for quantity in quantities:
        found.setdefault(quantity.passage, []).append(quantity)
    return {passage: tuple(own) for passage, own in found.items()}


def _mask(text: str, quantities: Sequence[Quantity]) -> str:
    parts: list[str] = []
    done = 0
    for quantity in quantities:
        parts += (text[done : quantity.start], FIRST, REST * (quantity.end - quantity.start - 1))
        done = quantity.end
    return "".join((*parts, text[done:]))
