"""What the report must say somewhere is said: items of old art. 32, aspects of 总体情况, the fee statement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from linter.checks.settings import Settings
from linter.checks.wildcards import named
from linter.model.edition import Content
from linter.model.finding import Check, Fact, Problem
from linter.model.outline import Section
from linter.model.report import Place, Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"title"})}


def bind(settings: Mapping[str, object]) -> Check:
    """`contents`: ids of the edition's contents, ``*`` for anything in them. `except`: ids left out.

    `kinds`: kinds of publishers it concerns (all by default).
    """
    read = Settings(settings)
    wanted = read.texts("contents")
    left_out = frozenset(read.texts("except", ()))
    kinds = read.texts("kinds", ())
    read.done()

    def check(report: Report) -> Iterator[Fact]:
        if kinds and report.publisher.kind.value not in kinds:
            return
        for content in report.edition.contents:
            if content.id in left_out or not named(content.id, wanted) or not content.required:
                continue
            if content.section and content.section not in report.sections:
                continue
            if not _stated(report, content):
                place = Place(f"content/{content.id}", (content.title,))
                yield Problem(place, {"title": content.title})

    return check


def _stated(report: Report, content: Content) -> bool:
    """Whether a sentence says it, or a heading names it and text stands below; the preamble only announces."""
    sections: Iterable[Section] = [report.sections[content.section]] if content.section else report.outline.sections
    patterns, headings = _compiled(content.patterns), _compiled(content.headings)
    for part in (inner for section in sections for inner in section.walk()):
        texts = [passage.text for passage in part.passages()]
        if texts and any(pattern.search(part.heading.text) for pattern in headings):
            return True
        if any(pattern.search(text) for text in (part.heading.text, *texts) for pattern in patterns):
            return True
    return False


@lru_cache(maxsize=64)
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)
