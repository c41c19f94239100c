"""What the report must say somewhere is said: items of old art. 32, aspects of 总体情况, the fee statement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.edition import Content
from linter.model.finding import Check, Fact, Problem, Severity
from linter.model.outline import Section
from linter.model.report import Place, Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"title"})}


def bind(settings: Mapping[str, object]) -> Check:
    """`contents`: ids of the edition's contents, ``*`` at the end for all that begin so. `except`: ids left out.

    `kinds`: kinds of publishers it concerns in full; others get `otherwise` (a severity, or ``none``).
    """
    read = Settings(settings)
    wanted = read.texts("contents")
    left_out = frozenset(read.texts("except", ()))
    kinds = read.texts("kinds", ())
    otherwise = read.choice("otherwise", ("error", "warning", "note", "none"), "none")
    read.done()
    compiled: dict[str, tuple[re.Pattern[str], ...]] = {}

    def patterns(content: Content) -> tuple[re.Pattern[str], ...]:
        key = f"{content.id}\0{content.patterns}"
        if key not in compiled:
            compiled[key] = tuple(re.compile(pattern) for pattern in content.patterns)
        return compiled[key]

    def check(report: Report) -> Iterator[Fact]:
        concerned = not kinds or report.publisher.kind.value in kinds
        if not concerned and otherwise == "none":
            return
        for content in report.edition.contents:
            if content.id in left_out or not _named(content.id, wanted) or not content.required:
                continue
            if content.section and content.section not in report.sections:
                continue
            texts = _texts(report, content.section)
            if not any(pattern.search(text) for text in texts for pattern in patterns(content)):
                place = Place(f"content/{content.id}", (content.title,))
                yield Problem(place, {"title": content.title}, severity=None if concerned else Severity(otherwise))

    return check


def _named(name: str, wanted: Iterable[str]) -> bool:
    return any(name == text or (text.endswith("*") and name.startswith(text[:-1])) for text in wanted)


def _texts(report: Report, section: str) -> list[str]:
    """Prose and headings of the section, of the whole body without its preamble for "" (the preamble announces)."""
    sections: Iterable[Section] = [report.sections[section]] if section else report.outline.sections
    texts: list[str] = []
    for part in sections:
        for inner in part.walk():
            texts.append(inner.heading.text)
        texts.extend(passage.text for passage in part.passages())
    return texts
