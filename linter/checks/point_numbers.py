"""Numbers of points, 一是…二是…, that do not go on with the list they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linter.checks.open_list import LAST, Break, OpenList
from linter.model.document import Span
from linter.model.outline import Passage, Section
from linter.model.report import Report
from linter.text.numerals import chinese, parse_number

_DEEPEST = 6
"""Lists that may stand open around another."""
_POINT = re.compile("([一二三四五六七八九十]{1,3})是(?!否)")
_BEFORE = "。；;，,：:、.!！？?”’）)】*（(“ \n"
"""What a point begins after; 一是 also stands right behind a heading: 「健全工作机制一是……」."""
_WORD = 4
"""Characters of the words looked at before 一是."""


@dataclass(frozen=True, slots=True)
class PointWords:
    """`no_point`: what makes another word of the 一是 behind it (统一是, 之一是). `instead`: other words for 一是, 二是
    and so on, in this order (首先).
    """

    no_point: re.Pattern[str]
    instead: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class _Point:
    """「二是」 in a passage. `between`: the text from the point before it (or the start of its section) up to it."""

    number: int
    passage: Passage
    start: int
    end: int
    between: str

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def span(self) -> Span:
        return self.passage.span(self.start, self.end)


def broken_points(report: Report, words: PointWords) -> Iterator[Break]:
    """Points whose number does not go on with any list they may stand in."""
    earlier: list[OpenList] = []
    stretches = [[(passage, 0) for passage in report.outline.front()]]
    stretches += [list(_prose(section)) for section in report.outline.walk()]
    for passages in stretches:
        lists: list[OpenList] = []
        previous: _Point | None = None
        for point in _points_in(passages, words):
            if found := _next_point(point, previous, lists, earlier, words):
                yield found
            previous = point
        earlier = lists or earlier


def _prose(section: Section) -> Iterator[tuple[Passage, int]]:
    """The section's own passages, and where in each the prose begins: behind the number of a heading that runs in."""
    if section.heading.run_in:
        yield section.heading.passage, len(section.heading.number)
    for passage in section.own():
        yield passage, 0


def _points_in(passages: Sequence[tuple[Passage, int]], words: PointWords) -> Iterator[_Point]:
    between = ""
    for passage, done in passages:
        for found in _POINT.finditer(passage.text, done):
            number = _ordinal(found[1])
            if not 0 < number <= LAST or not _begins(passage.text, found.start(), number, words):
                continue
            between += passage.text[done : found.start()]
            yield _Point(number, passage, found.start(), found.end(), between)
            between, done = "", found.end()  # noqa: PLW2901 - both move on within the passage
        between += passage.text[done:] + "\n"


def _begins(text: str, at: int, number: int, words: PointWords) -> bool:
    """Whether a point of a list can begin at `at`."""
    return text[at - 1 : at] in _BEFORE or (number == 1 and not words.no_point.search(text[max(at - _WORD, 0) : at]))


def _ordinal(numeral: str) -> int:
    """The number that counts a point; 0 for what counts none: 一二 is 12 as digits, and no point is counted so."""
    number = parse_number(numeral)
    return number if isinstance(number, int) and chinese(number) == numeral else 0


def _stands(number: int, text: str, words: PointWords) -> bool:
    """Whether the item `number` of a list stands in `text` in other words than 二是."""
    han = chinese(number)
    forms = rf"[（(](?:{han}|{number})[)）]|{han}[、是要来则]|第{han}|其{han}|(?<!\d){number}[.．、)）](?!\d)"
    instead = words.instead[number - 1 : number]
    return re.search(forms, text) is not None or any(pattern.search(text) for pattern in instead)


def _next_point(
    point: _Point, previous: _Point | None, lists: list[OpenList], earlier: Sequence[OpenList], words: PointWords
) -> Break | None:
    """Reads `point` into `lists`, the open lists of its section, outermost first."""
    if point.number == 1:
        lists[:] = [*lists[-_DEEPEST:], OpenList(1, 1)]
        return None
    for depth in range(len(lists), 0, -1):
        if lists[depth - 1].goes_on(point.number):
            del lists[depth:]
            lists[-1].take(point.number)
            return None
    expected = lists[-1].meant + 1 if lists else 1
    resumed = not lists and any(one.goes_on(point.number) for one in earlier)
    if resumed or _stands(expected, point.between, words):
        lists[-1:] = [OpenList(point.number, point.number)]
        return None
    wanted = f"{chinese(expected)}是"
    if previous is None:
        lists.append(OpenList(point.number, point.number))
        return Break(point.span, point.text, wanted, "headless")
    return Break(point.span, point.text, wanted, lists[-1].stray(point.number), previous.text, previous.span)
