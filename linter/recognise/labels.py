"""Printed labels against official ones: which row of the form is this row of the table?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from linter.views import squash

Match = Literal["exact", "accepted", "altered"]

_NUMBER = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?)")
_ALTERED = 0.72
"""Likeness above which a label is taken for a miswritten one; two different labels of a form stay below it."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The wordings of one label, squashed: the official one first."""

    official: str
    accepted: tuple[str, ...]


def wording(label: str, also: Sequence[str]) -> Wording:
    return Wording(squash(label), tuple(squash(text) for text in also))


def match(printed: str, expected: Wording) -> tuple[float, Match]:
    """How like (0 to 1) a printed label is to the official one, and in what way. `printed` is squashed."""
    if printed == expected.official:
        return 1.0, "exact"
    if printed in expected.accepted:
        return 1.0, "accepted"
    if unnumbered(printed) in (unnumbered(expected.official), *map(unnumbered, expected.accepted)) and unnumbered(printed):
        # The number before a label is layout; 其他 alone is too short to carry a row by itself.
        return (0.95 if len(unnumbered(printed)) > 2 else 0.8), "accepted"
    return max(likeness(printed, text) for text in (expected.official, *expected.accepted)), "altered"


@lru_cache(maxsize=65536)
def likeness(printed: str, official: str) -> float:
    """Share of characters in common order, 0 below the threshold of a miswritten label; 0 when numbers disagree."""
    short, long = sorted((len(printed), len(official)))
    if short < 3 or short * 2 < long:
        return 0.0
    if _number(printed) != _number(official) and _number(printed) and _number(official):
        return 0.0
    one, other = unnumbered(printed), unnumbered(official)
    if len(set(one) & set(other)) * 2 < min(len(one), len(other)):
        return 0.0
    if len(one) >= 6 and other.startswith(one):
        return 0.9
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return ratio if ratio >= _ALTERED else 0.0


def unnumbered(text: str) -> str:
    return _NUMBER.sub("", text, count=1)


def _number(text: str) -> str:
    found = _NUMBER.match(text)
    return re.sub(r"\W", "", found[0]) if found else ""


def align(scores: Sequence[Sequence[float]]) -> list[int | None]:
    """The best pairing in order of printed rows (first index) with official ones: what each printed row is, or None.

    A global alignment (Needleman–Wunsch 1970) without gap costs: lost, added and repeated rows are all possible.
    """
    rows = len(scores)
    columns = len(scores[0]) if rows else 0
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            score = scores[row][column]
            here = max(best[row + 1][column], best[row][column + 1])
            best[row][column] = max(here, best[row + 1][column + 1] + score) if score else here
    pairs: list[int | None] = [None] * rows
    row = column = 0
    while row < rows and column < columns:
        score = scores[row][column]
        if score and best[row][column] == best[row + 1][column + 1] + score:
            pairs[row] = column
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs
