"""Kind ``pairing``: marks that come in pairs (quotes, brackets, title marks), each looked for with its partner.

Settings: ``pairs``, a list of texts, the first half of each opens, the second half closes: （(）). Characters of one
text stand for each other (（…) is a pair); one in both halves opens or closes as it comes.
``ignore``, a list of regular expressions: an unpaired mark inside a match is no fault (1）, it’s).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from linter.checks.settings import Settings
from linter.checks.text_place import text_place
from linter.model.document import Span
from linter.model.finding import Check, Problem
from linter.model.outline import Passage
from linter.model.report import Report

FIELDS: Mapping[str, frozenset[str]] = {
    "": frozenset({"mark", "partner", "excerpt"}),
    "reversed": frozenset({"mark", "partner", "excerpt"}),
}
"""`mark` stands without `partner` or, ``reversed``, in its place; `excerpt`: the text around it."""

_SENTENCE_END = "。！？；：!?;:"
_NEAR = 40
"""Two unpaired marks of one direction no further apart are one pair with a mark the wrong way round."""
_AROUND = 8


@dataclass(frozen=True, slots=True)
class Pair:
    """Marks that open and marks that close, partners at the same index."""

    openings: str
    closings: str

    def partner(self, mark: str) -> str:
        if mark in self.openings:
            return self.closings[self.openings.index(mark)]
        return self.openings[self.closings.index(mark)]


@dataclass(frozen=True, slots=True)
class Run:
    """Passages that make up one paragraph: a page break may have cut it. `offsets` as in `Passage`."""

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def bind(settings: Mapping[str, object]) -> Check:
    """The check. Raises ValueError for an unknown key, a wrong type or a faulty expression."""
    read = Settings(settings)
    pairs = tuple(_pair(text) for text in read.texts("pairs"))
    ignore = read.patterns("ignore", ())
    read.done()

    def check(report: Report) -> Iterator[Problem]:
        for run in _runs(report.outline.passages()):
            spared = [found.span() for pattern in ignore for found in pattern.finditer(run.text)]
            for pair in pairs:
                yield from _unpaired(report, run, pair, spared)

    return check


def _pair(text: str) -> Pair:
    half, odd = divmod(len(text), 2)
    if odd or not half:
        raise ValueError(f"pairs: expected openings and as many closings, found {text!r}")
    return Pair(text[:half], text[half:])


def _runs(passages: Iterable[Passage]) -> Iterator[Run]:
    """Passages put together until one ends its sentence."""
    gathered: list[Passage] = []
    for passage in passages:
        gathered.append(passage)
        if passage.text.endswith(tuple(_SENTENCE_END)):
            yield _run(gathered)
            gathered = []
    if gathered:
        yield _run(gathered)


def _run(passages: Sequence[Passage]) -> Run:
    offsets = [offset for passage in passages for offset in passage.offsets[:-1]]
    return Run("".join(passage.text for passage in passages), offsets)


def _unpaired(report: Report, run: Run, pair: Pair, spared: Sequence[tuple[int, int]]) -> Iterator[Problem]:
    closings, openings = _left_over(run.text, pair)
    loose = [
        [at for at in positions if not any(start <= at < end for start, end in spared)]
        for positions in (closings, openings)
    ]
    for positions, wrong in zip(loose, (0, 1), strict=True):
        waiting = positions
        while waiting:
            turned = len(waiting) > 1 and _is_one_pair(run.text, waiting[0], waiting[1])
            at = waiting[wrong if turned else 0]
            mark = run.text[at]
            values = {"mark": mark, "partner": pair.partner(mark), "excerpt": _excerpt(run.text, at)}
            yield Problem(text_place(report, run.span(at, at + 1)), values, variant="reversed" if turned else "")
            waiting = waiting[2 if turned else 1 :]


def _left_over(text: str, pair: Pair) -> tuple[list[int], list[int]]:
    """Where marks stand that close nothing, and where marks stand that nothing closes."""
    closings: list[int] = []
    openings: list[int] = []
    for at, char in enumerate(text):
        opens, closes = char in pair.openings, char in pair.closings
        if opens and not (closes and openings):
            openings.append(at)
        elif closes and openings:
            openings.pop()
        elif closes:
            closings.append(at)
    return closings, openings


def _is_one_pair(text: str, first: int, second: int) -> bool:
    """Two openings or two closings so close, in one sentence and with words between them, were meant as a pair."""
    return 1 < second - first <= _NEAR and not any(end in text[first:second] for end in _SENTENCE_END)


def _excerpt(text: str, at: int) -> str:
    return text[max(at - _AROUND, 0) : at + _AROUND + 1]
