"""Which section of the edition a heading opens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from linter.model.edition import Edition, SectionSpec
from linter.model.outline import Outline, Section
from linter.parsing.titles import Titles, bare
from linter.recognise.kept import kept

_EXACT, _NESTED, _TYPO, _RENAMED = 1.0, 0.9, 0.8, 0.6
"""How sure a heading is: the title; the title where a report nests it too deep; miswritten; other words for it."""
_CHAPTER = re.compile(r"[一二三四五六七八九十]、(.+)")
"""A label that is numbered like a chapter."""
_WITH_TABLE = 0.1
"""Of two headings the one with a table is the one of a section that has a form."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A section of an edition, prepared for comparison."""

    spec: SectionSpec
    titles: frozenset[str]
    title: str
    patterns: tuple[re.Pattern[str], ...]
    has_form: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: float
    order: int
    section: Section
    spec_id: str

    @property
    def rank(self) -> tuple[float, bool, int]:
        """The surest first, then one that has content (an entry of a table of contents has none), then the first."""
        section = self.section
        return -self.score, not (section.blocks or section.children or section.heading.run_in), self.order


@kept
def titles_of(editions: Sequence[Edition]) -> Titles:
    """The titles of all sections of the editions, and the rows of forms inside the text that are numbered as they are.

    The rows of an annex are left out: those of 2014 are called as sections may be (依申请公开情况).
    """
    titles = {title: item.spec.id for edition in editions for item in _known(edition) for title in item.titles}
    forms = [form for edition in editions for form in edition.forms if form.section]
    labels = {label for form in forms for band in form.bands for row in band.rows for label in (row.label, *row.group)}
    rows = {bare(numbered[1]) for label in labels if (numbered := _CHAPTER.fullmatch(label))}
    return Titles(titles, frozenset(rows - titles.keys()))


def find_sections(outline: Outline, edition: Edition) -> dict[str, Section]:
    """The sections of the edition by id, in printed order. An exact title beats a like one, a chapter a part."""
    known = _known(edition)
    candidates = [
        _Candidate(score, order, section, item.spec.id)
        for order, (section, top) in enumerate(_headings(outline))
        for item in known
        if (score := _score(section, item, top)) > 0
    ]
    best: dict[str, _Candidate] = {}
    taken: set[int] = set()
    for candidate in sorted(candidates, key=lambda item: item.rank):
        if candidate.spec_id not in best and candidate.order not in taken:
            best[candidate.spec_id] = candidate
            taken.add(candidate.order)
    found = sorted(best.values(), key=lambda item: item.order)
    return {item.spec_id: section for item, section in zip(found, _with_topics(outline, found), strict=True)}


@kept
def _known(edition: Edition) -> tuple[_Known, ...]:
    forms = {form.section for form in edition.forms}
    return tuple(
        _Known(
            spec,
            frozenset(map(bare, (spec.title, *spec.also))),
            bare(spec.title),
            tuple(map(re.compile, spec.patterns)),
            spec.id in forms,
        )
        for spec in edition.sections
    )


def _headings(outline: Outline) -> Iterator[tuple[Section, bool]]:
    """The headings of the highest level, whatever their numbers, and the parts of each; True for the highest."""
    for section in outline.sections:
        yield section, True
        yield from ((child, False) for child in section.children)


def _score(section: Section, known: _Known, top: bool) -> float:
    title = bare(section.heading.text)
    if not title:
        return 0.0
    if title in known.titles:
        return _EXACT if top else _NESTED
    if not top or section.heading.level > 2:
        return 0.0
    likeness = _likeness(title, known.title)
    if likeness >= _TYPO:
        return _TYPO + (likeness - _TYPO) / 2
    if not any(pattern.search(title) for pattern in known.patterns):
        return 0.0
    return _RENAMED + likeness / 10 + (_WITH_TABLE if known.has_form and any(section.tables()) else 0)


def _likeness(title: str, other: str) -> float:
    matcher = SequenceMatcher(None, title, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _TYPO and matcher.quick_ratio() >= _TYPO else 0.0


def _with_topics(outline: Outline, found: Sequence[_Candidate]) -> Iterator[Section]:
    """Each section with the chapters behind it that are none of the edition's: topics numbered as if they were.

    Only up to the next section of the edition: what follows the last one may be anything.
    """
    own = {id(candidate.section) for candidate in found}
    chapters = outline.sections
    places = {id(section): number for number, section in enumerate(chapters)}
    for candidate in found:
        start = places.get(id(candidate.section))
        stop = next((n for n in range((start or 0) + 1, len(chapters)) if id(chapters[n]) in own), None)
        topics = chapters[start + 1 : stop] if start is not None and stop is not None else ()
        section = candidate.section
        yield replace(section, children=(*section.children, *topics)) if topics else section
