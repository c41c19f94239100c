"""Line tokens → Outline, through grammar/report.lark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from linter import grammars
from linter.model.document import Document, Table
from linter.model.outline import Heading, Outline, Passage, Section
from linter.parsing.lines import Line, lex
from linter.parsing.titles import NO_TITLES, Titles
from linter.text.numerals import parse_number
from linter.text.views import passage

_LEVELS = {"chapter": 1, "section": 2, "item": 3, "point": 4}
_ENDS = "。；;：:!！"
_HEADING_END = re.compile(rf"[{_ENDS}]| (?=\S{{8}})")
"""A heading that runs on into prose ends here: 「（一）加强领导。一是……」, 「（一）主动公开方面 我区……」."""
_LONGEST_HEADING = 40
_NUMBER = re.compile(r"[一二三四五六七八九十]+|\d+(?![一二三四五六七八九十])")

_ONE = str.maketrans("-—─", "一一一")
"""Dashes that stand for 一 in the number of a heading."""


def outline(document: Document, titles: Titles = NO_TITLES) -> Outline:
    """The section tree of the document. Every document has one: a draft may be odd, so nothing is refused here.

    `titles`: lines that are headings even without a number.
    """
    tree = grammars.parse_report([(line.kind, line) for line in lex(document, titles)])
    cover, *rest = tree.children
    chapters = [node for node in rest if node.data == "chapter"]
    back = [node for node in rest if node.data != "chapter"]
    name = list(_passages(cover, "TITLE"))
    return Outline(
        title=passage(document.text, [line.span() for line in name]) if name else None,
        above=tuple(_passages(cover, "ABOVE")),
        preamble=tuple(_flow(cover)),
        sections=tuple(_section(node, titles) for node in [*_subsections(cover), *chapters]),
        signoff=tuple(signed for node in back for signed in _passages(node, "SIGN")),
        annexes=tuple(_annex(node) for node in back if node.data == "annex" or list(_flow(node))),
    )


def _section(node: Any, titles: Titles) -> Section:
    line: Line = node.children[0].value
    level = _LEVELS[node.data]
    below = tuple(_section(child, titles) for child in _subsections(node))
    return Section(_heading(line, level, titles), tuple(_flow(node)), below)


def _heading(line: Line, level: int, titles: Titles) -> Heading:
    whole = line.content
    if not isinstance(whole, Passage):
        raise TypeError("a heading token carries a passage")
    number = _NUMBER.search(whole.text[: line.mark].translate(_ONE))
    body = whole.text[line.mark :]
    found = _HEADING_END.search(body)
    end, after = found.span() if found else (len(body), len(body))
    if titled := titles.end(body[:end]):
        end = after = titled
    ordinal = parse_number(number[0]) if number else None
    run_in = bool(body[after:].strip()) or len(body) > _LONGEST_HEADING
    rest = body[after:].lstrip(f"{_ENDS} ").rstrip()
    return Heading(level, int(ordinal) if ordinal is not None else None, body[:end].strip(), whole, run_in, rest)


def _annex(node: Any) -> tuple[Passage | Table, ...]:
    return (*_passages(node, "ANNEX"), *_flow(node))


def _flow(node: Any) -> Iterator[Passage | Table]:
    for child in node.children:
        if getattr(child, "data", None) == "flow":
            yield from (token.value.content for token in child.children)


def _subsections(node: Any) -> Iterator[Any]:
    return (child for child in node.children if getattr(child, "data", None) in _LEVELS)


def _passages(node: Any, kind: str) -> Iterator[Passage]:
    """The lines of this kind right under the node; only PARA and TABLE may hold tables."""
    for child in node.children:
        if getattr(child, "type", None) == kind and isinstance(child.value.content, Passage):
            yield child.value.content
