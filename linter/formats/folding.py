"""Widths of text in terminal cells, and where a line of mixed Chinese and Latin text may break."""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import pairwise

DOTS = "..."
"""Not 「…」: East Asian terminals may draw that one cell wide or two (Unicode annex 11, ambiguous)."""
NEVER_FIRST = frozenset("，。、；：？！）》」』】〕”’…—,.;:?!)]}%％")
"""What must not begin a line (GB/T 15834—2011, 5.1.3 and 5.1.6)."""
NEVER_LAST = frozenset("（《「『【〔“‘([{")
"""What must not end a line (GB/T 15834—2011, 5.1.4)."""


def cells(text: str) -> int:
    """How many cells of a terminal the text takes: two for wide and full-width characters, none for marks."""
    return sum(map(_cells, text))


@cache
def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def left(text: str, width: int) -> str:
    """The text, cut to the width and filled up with spaces."""
    text = head(text, width)
    return text + " " * (width - cells(text))


def right(text: str, width: int) -> str:
    """The text with spaces before it up to the width; never cut, for it is a figure."""
    return " " * max(width - cells(text), 0) + text


def head(text: str, width: int) -> str:
    """The beginning of the text within the width, dots where something was left out."""
    if cells(text) <= width:
        return text
    return _fitting(text, width - len(DOTS)) + DOTS if width > len(DOTS) else ""


def tail(text: str, width: int) -> str:
    """The end of the text within the width, dots where something was left out."""
    if cells(text) <= width:
        return text
    return DOTS + _fitting(text[::-1], width - len(DOTS))[::-1] if width > len(DOTS) else ""


def _fitting(text: str, width: int) -> str:
    for index, character in enumerate(text):
        width -= _cells(character)
        if width < 0:
            return text[:index]
    return text


def folds(text: str, width: int) -> list[int]:
    """The offsets at which the lines after the first begin, none of them wider than `width` if that can be."""
    found = []
    start, used, chance = 0, 0, 0
    for index, character in enumerate(text):
        if index > start and _may_break(text[index - 1], character):
            chance = index
        used += _cells(character)
        if used > width and character != " ":
            start = chance if chance > start else index
            if start == 0:
                continue
            found.append(start)
            used = cells(text[start : index + 1])
    return found


def fold(text: str, width: int) -> list[str]:
    """The text in lines, without the spaces at their ends."""
    edges = [0, *folds(text, width), len(text)]
    return [text[begin:end].rstrip() for begin, end in pairwise(edges)]


def _may_break(before: str, after: str) -> bool:
    if before == " ":
        return after != " "
    if after in NEVER_FIRST or before in NEVER_LAST:
        return False
    return _cells(before) == 2 or _cells(after) == 2
