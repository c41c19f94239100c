"""Numbers of headings that do not go on with those of the headings before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from linter.checks.open_list import LAST, Break, OpenList
from linter.model.outline import Heading, Passage, Section
from linter.model.report import Report
from linter.text.numerals import chinese

_NUMERAL = re.compile(r"\d+|[一二三四五六七八九十]+")


def broken_headings(report: Report, no_heading: re.Pattern[str]) -> Iterator[Break]:
    """Headings whose number breaks with their siblings'. `no_heading`: how a line goes on that is no heading."""
    outline = report.outline
    yield from _siblings(outline.sections, list(outline.front()), _absent(report), no_heading)
    for section in outline.walk():
        yield from _siblings(section.children, [section.heading.passage, *section.own()], frozenset(), no_heading)


def _absent(report: Report) -> frozenset[int]:
    """Numbers of the sections that the edition requires and the report lacks."""
    sections = enumerate(report.edition.sections, 1)
    return frozenset(number for number, spec in sections if spec.required and spec.id not in report.sections)


def _siblings(
    sections: Sequence[Section], before: Sequence[Passage], absent: frozenset[int], no_heading: re.Pattern[str]
) -> Iterator[Break]:
    """Headings under one parent, those of each level by themselves. `before`: the parent's text ahead of the first."""
    for level, group in groupby(sections, key=lambda section: section.heading.level):
        members = [section for section in group if _belongs(section.heading, no_heading)]
        yield from _sequence(members, before, absent if level == 1 else frozenset())


def _belongs(heading: Heading, no_heading: re.Pattern[str]) -> bool:
    if heading.ordinal is None:
        return True
    return 0 < heading.ordinal <= LAST and not no_heading.match(heading.text)


def _sequence(sections: Sequence[Section], before: Sequence[Passage], absent: frozenset[int]) -> Iterator[Break]:
    read = OpenList(0, 0)
    previous: Section | None = None
    unnumbered = 0
    text = _joined(before)
    several = sum(section.heading.ordinal is not None for section in sections) > 1
    for section in sections:
        number = section.heading.ordinal
        if number is None:
            unnumbered += 1
        else:
            expected = read.meant + 1
            missing = frozenset(range(expected, number))
            excused = (missing and missing <= absent) or _in_line(section.heading.level, expected, text) or not several
            if read.goes_on(number, unnumbered) or excused:
                read.take(number)
            else:
                yield _heading_break(section.heading, previous, expected, read.stray(number))
            previous, unnumbered, text = section, 0, ""
        text += _joined([section.heading.passage, *section.passages()])


def _heading_break(heading: Heading, previous: Section | None, expected: int, variant: str) -> Break:
    found = heading.number
    wanted = _NUMERAL.sub(str(expected) if re.search(r"\d", found) else chinese(expected), found, count=1)
    span = heading.passage.span(0, len(found))
    if previous is None:
        return Break(span, found, wanted, "headless")
    before = previous.heading
    return Break(span, found, wanted, variant, before.number, before.passage.span(0, len(before.number)))


def _joined(passages: Sequence[Passage]) -> str:
    return "\n".join(passage.text for passage in passages) + "\n"


def _in_line(level: int, number: int, text: str) -> bool:
    """Whether the number of a heading of `level` stands in mid-line in `text`, where no heading is seen."""
    forms = {
        1: rf"{chinese(number)}[、.．]|第{chinese(number)}",
        2: rf"[（(〔]{chinese(number)}[)）〕]",
        3: rf"(?<!\d){number}[.．、](?!\d)",
        4: rf"[（(]{number}[)）]",
    }
    return level in forms and re.search(forms[level], text) is not None
