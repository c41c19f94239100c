"""Kind ``nesting``: pairs of marks that stand directly inside another pair, where a different pair belongs.

Settings: ``outer``, the enclosing pair (《》); ``inner``, a list of the pairs that may not stand directly inside it;
``proper``, the pair that belongs there (〈〉). A pair inside a proper one is no fault: 《〈《》〉》.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from linter.checks.settings import Settings
from linter.checks.text_place import text_places
from linter.model.finding import Check, Problem
from linter.model.report import Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"text", "proper"})}
"""`text` as written, marks included; `proper` as it should be."""


def bind(settings: Mapping[str, object]) -> Check:
    """The check. Raises ValueError for an unknown key, a wrong type or a pair that is not two characters."""
    read = Settings(settings)
    outer, proper, inner = read.text("outer"), read.text("proper"), read.texts("inner")
    read.done()
    pairs = tuple(dict.fromkeys((outer, *inner, proper)))
    if wrong := next((pair for pair in pairs if len(pair) != 2), None):
        raise ValueError(f"{wrong!r}: expected an opening and a closing mark")

    marks = re.compile(f"[{re.escape(''.join(pairs))}]")

    def check(report: Report) -> Iterator[Problem]:
        place = text_places(report)
        for passage in report.outline.passages():
            for start, end in _inside(passage.text, marks, pairs, outer, inner):
                text = passage.text[start:end]
                values = {"text": text, "proper": proper[0] + text[1:-1] + proper[1]}
                yield Problem(place(passage.span(start, end)), values)

    return check


def _inside(
    text: str, marks: re.Pattern[str], pairs: Sequence[str], outer: str, inner: Sequence[str]
) -> Sequence[tuple[int, int]]:
    """Start and end of every pair of `inner` whose nearest enclosing pair is `outer`, both of them closed."""
    opened: list[int] = []
    closed: set[int] = set()
    found: list[tuple[int, int, int]] = []
    for mark in marks.finditer(text):
        at, char = mark.start(), mark[0]
        if opened and text[opened[-1]] + char in pairs:
            start = opened.pop()
            closed.add(start)
            around = opened[-1] if opened else None
            if text[start] + char in inner and around is not None and text[around] == outer[0]:
                found.append((start, at + 1, around))
        elif any(pair[0] == char for pair in pairs):
            opened.append(at)
    return [(start, end) for start, end, within in sorted(found) if within in closed]
