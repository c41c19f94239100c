"""Which section of the edition a heading opens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from linter.model.edition import Edition, SectionSpec
from linter.model.outline import Outline, Section
from linter.views import squash

_TYPO = 0.8
"""Likeness from which a heading is a miswritten title."""


def find_sections(outline: Outline, edition: Edition) -> dict[str, Section]:
    """The sections of the edition by id, in printed order. An exact title wins over a like one, a chapter over a part."""
    best: dict[str, tuple[float, int, Section]] = {}
    taken: set[int] = set()
    candidates = sorted(
        (
            (-score, section.heading.level, order, spec.id, section)
            for order, section in enumerate(_headings(outline))
            for spec in edition.sections
            if (score := _score(section, spec)) > 0
        ),
        key=lambda item: item[:3],
    )
    for score, _, order, spec_id, section in candidates:
        if spec_id not in best and order not in taken:
            best[spec_id] = (score, order, section)
            taken.add(order)
    return {spec_id: section for spec_id, (_, _, section) in sorted(best.items(), key=lambda item: item[1][1])}


def _headings(outline: Outline) -> Iterator[Section]:
    """Chapters, and their parts where a report nests what should stand side by side."""
    for section in outline.sections:
        yield section
        yield from section.children


def _score(section: Section, spec: SectionSpec) -> float:
    title = squash(section.heading.text)
    if not title or section.heading.level > 2:
        return 0.0
    if title in (squash(spec.title), *map(squash, spec.also)):
        return 1.0 if section.heading.level == 1 else 0.9
    if section.heading.level > 1:
        return 0.0
    if SequenceMatcher(None, title, squash(spec.title), autojunk=False).ratio() >= _TYPO:
        return 0.8
    return 0.6 if any(pattern.search(title) for pattern in _patterns(spec)) else 0.0


@lru_cache(maxsize=64)
def _patterns(spec: SectionSpec) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in spec.patterns)
