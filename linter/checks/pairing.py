"""Kind ``pairing``: marks that come in pairs (quotes, brackets, title marks), each looked for with its partner.

Settings: ``pairs``, a list of texts, the first half of each opens, the second half closes: （(）). Characters of one
text stand for each other (（…) is a pair); one in both halves opens or closes as it comes.
``ignore``, a list of regular expressions: an unpaired mark inside a match is no fault (1）, it’s).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from linter.checks.settings import Settings
from linter.checks.text_place import text_places
from linter.model.document import Span
from linter.model.finding import Check, Problem
from linter.model.outline import Passage
from linter.model.report import Place, Report

FIELDS: Mapping[str, frozenset[str]] = {
    "": frozenset({"mark", "partner", "excerpt"}),
    "reversed": frozenset({"mark", "partner", "excerpt"}),
}
"""`mark` stands without `partner` or, ``reversed``, in its place; `excerpt`: the text around it."""

_SENTENCE_END = "。！？!?"
_NEAR = 40
"""Two unpaired marks of one direction no further apart are one pair with a mark the wrong way round."""
_AROUND = 8


@dataclass(frozen=True, slots=True)
class Pair:
    """Marks that open and marks that close, partners at the same index; `marks` finds any of them."""

    openings: str
    closings: str
    marks: re.Pattern[str]

    def partner(self, mark: str) -> str:
        if mark in self.openings:
            return self.closings[self.openings.index(mark)]
        return self.openings[self.closings.index(mark)]


@dataclass(frozen=True, slots=True)
class Run:
    """Passages that make up one paragraph (a page break may have cut it), a line each.

    `offsets` as in `Passage`; `spared`: where in `text` an unpaired mark is no fault.
    """

    text: str
    offsets: tuple[int, ...]
    spared: frozenset[int]

    def span(self, at: int) -> Span:
        return Span(self.offsets[at], self.offsets[at] + 1)

    def excerpt(self, at: int) -> str:
        before, after = self.text[max(at - _AROUND, 0) : at], self.text[at : at + _AROUND + 1]
        return before.rpartition("\n")[2] + after.partition("\n")[0]

    def is_one_pair(self, first: int, second: int) -> bool:
        """Two openings or two closings so close, in one sentence and with words between them, were meant as a pair."""
        between = self.text[first + 1 : second]
        return 0 < len(between) < _NEAR and not any(end in between for end in _SENTENCE_END)

    def left_over(self, pair: Pair) -> tuple[list[int], list[int]]:
        """Where marks stand that close nothing, and where marks stand that nothing closes."""
        closings: list[int] = []
        openings: list[int] = []
        for found in pair.marks.finditer(self.text):
            at, char = found.start(), found[0]
            opens, closes = char in pair.openings, char in pair.closings
            if opens and not (closes and openings):
                openings.append(at)
            elif closes and openings:
                openings.pop()
            elif closes:
                closings.append(at)
        return self._faults(closings), self._faults(openings)

    def _faults(self, positions: list[int]) -> list[int]:
        return [at for at in positions if at not in self.spared]


def bind(settings: Mapping[str, object]) -> Check:
    """The check. Raises ValueError for an unknown key, a wrong type or a faulty expression."""
    read = Settings(settings)
    pairs = tuple(_pair(text) for text in read.texts("pairs"))
    ignore = read.patterns("ignore", ())
    read.done()

    def check(report: Report) -> Iterator[Problem]:
        place = text_places(report)
        runs = tuple(_runs(report.outline.passages(), ignore))
        for pair in pairs:
            for run, positions, wrong in _loose(runs, pair):
                yield from _problems(place, run, pair, positions, wrong)

    return check


def _pair(text: str) -> Pair:
    half, odd = divmod(len(text), 2)
    if odd or not half:
        raise ValueError(f"pairs: expected openings and as many closings, found {text!r}")
    return Pair(text[:half], text[half:], re.compile(f"[{re.escape(text)}]"))


def _runs(passages: Iterable[Passage], ignore: Sequence[re.Pattern[str]]) -> Iterator[Run]:
    """Passages put together until one ends its sentence."""
    gathered: list[Passage] = []
    for passage in passages:
        gathered.append(passage)
        if passage.text.endswith(tuple(_SENTENCE_END)):
            yield _run(gathered, ignore)
            gathered = []
    if gathered:
        yield _run(gathered, ignore)


def _run(passages: Sequence[Passage], ignore: Sequence[re.Pattern[str]]) -> Run:
    text = "\n".join(passage.text for passage in passages)
    offsets = tuple(offset for passage in passages for offset in passage.offsets)
    spared = frozenset(at for pattern in ignore for found in pattern.finditer(text) for at in range(*found.span()))
    return Run(text, offsets, spared)


def _loose(runs: Sequence[Run], pair: Pair) -> Iterator[tuple[Run, Sequence[int], int]]:
    """Unpaired marks of one direction, run by run; with each, which of two is wrong where both were meant as a pair.

    What a run leaves open the next one may close: a paragraph was cut in two.
    """
    before, waiting = None, list[int]()
    for run in runs:
        closings, openings = run.left_over(pair)
        closed = min(len(waiting), len(closings))
        if before is not None:
            yield before, waiting[: len(waiting) - closed], 1
        yield run, closings[closed:], 0
        before, waiting = run, openings
    if before is not None:
        yield before, waiting, 1


def _problems(
    place: Callable[[Span], Place], run: Run, pair: Pair, positions: Sequence[int], wrong: int
) -> Iterator[Problem]:
    index = 0
    while index < len(positions):
        pairing = positions[index : index + 2]
        turned = len(pairing) == 2 and run.is_one_pair(*pairing)
        at = pairing[wrong if turned else 0]
        mark = run.text[at]
        values = {"mark": mark, "partner": pair.partner(mark), "excerpt": run.excerpt(at)}
        yield Problem(place(run.span(at)), values, variant="reversed" if turned else "")
        index += 2 if turned else 1
