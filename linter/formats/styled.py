"""Lines of styled pieces: folded to a width beside a gutter, without a terminal in sight."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from linter.formats.folding import cells, folds

Piece = tuple[str, str]
"""A stretch of text and its style (a word of rich, "" for none)."""
Line = Sequence[Piece]

OPENING, GUTTER, CLOSING = "  ├ ", "  │ ", "  ╰ "
_FOLLOWS = {OPENING: GUTTER, GUTTER: GUTTER}
_SUSPECT = re.compile(r"\[[^\[\]]*\]")


def plain(line: Line) -> str:
    """The text of the line, without the spaces at its end."""
    return "".join(text for text, _ in line).rstrip()


def guttered(gutter: str, line: Line, width: int, hang: int = 0) -> Iterator[Line]:
    """The line folded to the width, the first with the gutter, the others `hang` cells further in."""
    follow = _FOLLOWS.get(gutter, " " * cells(gutter)) + " " * hang
    for index, part in enumerate(_split(line, width - cells(gutter), hang)):
        yield [(follow if index else gutter, "dim"), *part]


def _split(line: Line, width: int, hang: int) -> Iterator[Line]:
    text = "".join(piece for piece, _ in line)
    inner = folds(text, width - hang) if cells(text) > width else []
    for begin, end in pairwise([0, *inner, len(text)]):
        yield list(_slice(line, begin, end))


def _slice(line: Line, begin: int, end: int) -> Iterator[Piece]:
    offset = 0
    for text, style in line:
        part = text[max(begin - offset, 0) : max(end - offset, 0)]
        offset += len(text)
        if part:
            yield part, style


def marked(text: str) -> Iterator[Piece]:
    """The text with what stands in brackets as a fault."""
    end = 0
    for match in _SUSPECT.finditer(text):
        yield text[end : match.start()], ""
        yield match[0], "bold red"
        end = match.end()
    yield text[end:], ""
