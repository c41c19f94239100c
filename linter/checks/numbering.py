"""Kind ``numbering``: numbers of headings, and of 一是…二是…, that skip, repeat, run back or do not begin at one.

No settings. A list may begin anew at one at any time, lists may nest, and a list may go on in the next section. What
counts is that some reading of the numbers holds: only where none does is there a problem, and after it the list is
taken to go on either from the number found or from the one expected, so that one slip is one problem. A number that
stands elsewhere in the text before (in mid-line, as 其二, as （2）) is not missing, and neither is the number of a
section that the edition requires and the report lacks: that is another rule's finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from linter.checks.settings import Settings
from linter.checks.text_place import text_places
from linter.model.document import Span
from linter.model.finding import Check, Problem
from linter.model.outline import Heading, Passage, Section
from linter.model.report import Report

_VALUES = frozenset({"found", "expected", "previous"})
_VARIANTS = ("", "repeated", "backward", "headless")

FIELDS: Mapping[str, frozenset[str]] = dict.fromkeys(_VARIANTS, _VALUES)
"""`found`: the number as written; `expected`: what should stand in its place; `previous`: the one before it, "" for
the first. "": numbers are skipped; ``headless``: the list does not begin at one."""

_DIGITS = "〇一二三四五六七八九"
_LAST = 40
"""No list of a report is longer; a larger number is something else (2023 年)."""
_DEEPEST = 6
"""Lists that may stand open around another."""
_NUMERAL = re.compile(r"\d+|[一二三四五六七八九十]+")
_POINT = re.compile("([一二三四五六七八九十]{1,3})是(?!否)")
_BEFORE = "。；;，,：:、.!！？?”’）)】*（(“ \n"
"""What a point begins after; 一是 also stands right behind a heading: 「健全工作机制一是……」."""
_NO_FIRST = "统之唯惟万第其专单同不划合归逐任某每另"
"""Before 一是 these make another word: 统一是, 之一是."""
_NO_HEADING = re.compile(r"[项款条目]|[\d〇一二三四五六七八九十]")
"""How a line goes on that only looks like a heading: 第二十条第／（五）项, 1.6 万, 三、四季度."""
_OTHER_WORDS = {1: "首先|一方面|一要", 2: "其次|另一方面|同时|此外|再者", 3: "再次|最后|此外"}


def bind(settings: Mapping[str, object]) -> Check:
    """The check. Raises ValueError for any setting: there are none."""
    Settings(settings).done()

    def check(report: Report) -> Iterator[Problem]:
        place = text_places(report)
        for slip in sorted((*_headings(report), *_points(report)), key=lambda slip: slip.span):
            values = {"found": slip.found, "expected": slip.expected, "previous": slip.previous}
            related = (place(slip.before),) if slip.before else ()
            yield Problem(place(slip.span), values, related, slip.variant)

    return check


@dataclass(frozen=True, slots=True)
class Slip:
    """A number that does not go on with its list; the fields as in `FIELDS`, `before` the place of `previous`."""

    span: Span
    found: str
    expected: str
    variant: str
    previous: str = ""
    before: Span | None = None


@dataclass(slots=True)
class Series:
    """A list being read. `found`: its last number as written; `meant`: the one that should have stood there."""

    found: int
    meant: int

    def goes_on(self, number: int, unnumbered: int = 0) -> bool:
        """Whether `number` goes on with the list or begins it anew, when `unnumbered` items stand between."""
        return number == 1 or any(last < number <= last + 1 + unnumbered for last in (self.found, self.meant))

    def take(self, number: int) -> None:
        self.found = self.meant = number

    def stray(self, number: int) -> str:
        """Takes a number that does not go on with the list; the variant that says how."""
        variant = "repeated" if number == self.found else "backward" if number < self.meant else ""
        self.found, self.meant = number, min(self.meant + 1, _LAST)
        return variant


def numeral(number: int) -> str:
    """1 to 99 in Chinese: 一, 十, 十二, 二十一."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones else "")


def _headings(report: Report) -> Iterator[Slip]:
    yield from _siblings(report.outline.sections, list(_front(report)), _absent(report))
    for section in report.outline.walk():
        yield from _siblings(section.children, [section.heading.passage, *_own(section)], frozenset())


def _front(report: Report) -> Iterator[Passage]:
    yield from (block for block in report.outline.preamble if isinstance(block, Passage))


def _own(section: Section) -> Iterator[Passage]:
    return (block for block in section.blocks if isinstance(block, Passage))


def _absent(report: Report) -> frozenset[int]:
    """Numbers of the sections that the edition requires and the report lacks."""
    sections = enumerate(report.edition.sections, 1)
    return frozenset(number for number, spec in sections if spec.required and spec.id not in report.sections)


def _siblings(sections: Sequence[Section], before: Sequence[Passage], absent: frozenset[int]) -> Iterator[Slip]:
    """Headings under one parent, those of each level by themselves. `before`: the parent's text ahead of the first."""
    for level, group in groupby(sections, key=lambda section: section.heading.level):
        members = [section for section in group if _is_numbered(section.heading) or section.heading.ordinal is None]
        yield from _sequence(members, before, absent if level == 1 else frozenset())


def _is_numbered(heading: Heading) -> bool:
    return heading.ordinal is not None and 0 < heading.ordinal <= _LAST and not _NO_HEADING.match(heading.text)


def _sequence(sections: Sequence[Section], before: Sequence[Passage], absent: frozenset[int]) -> Iterator[Slip]:
    series = Series(0, 0)
    previous: Section | None = None
    unnumbered = 0
    text = _joined(before)
    several = sum(section.heading.ordinal is not None for section in sections) > 1
    for section in sections:
        number = section.heading.ordinal
        if number is None:
            unnumbered += 1
        else:
            expected = series.meant + 1
            missing = frozenset(range(expected, number))
            excused = (missing and missing <= absent) or _in_line(section.heading.level, expected, text) or not several
            if series.goes_on(number, unnumbered) or excused:
                series.take(number)
            else:
                yield _heading_slip(section.heading, previous, expected, series.stray(number))
            previous, unnumbered, text = section, 0, ""
        text += _joined([section.heading.passage, *section.passages()])


def _heading_slip(heading: Heading, previous: Section | None, expected: int, variant: str) -> Slip:
    found = _number(heading)
    wanted = _NUMERAL.sub(str(expected) if re.search(r"\d", found) else numeral(expected), found, count=1)
    span = heading.passage.span(0, len(found))
    if previous is None:
        return Slip(span, found, wanted, "headless")
    before = previous.heading
    return Slip(span, found, wanted, variant, _number(before), before.passage.span(0, len(_number(before))))


def _number(heading: Heading) -> str:
    """The heading's number as printed: （二）."""
    return heading.passage.text.partition(heading.text)[0] if heading.text else heading.passage.text


def _joined(passages: Sequence[Passage]) -> str:
    return "\n".join(passage.text for passage in passages) + "\n"


def _in_line(level: int, number: int, text: str) -> bool:
    """Whether the number of a heading of `level` stands in mid-line in `text`, where no heading is seen."""
    forms = {
        1: rf"{numeral(number)}[、.．]|第{numeral(number)}",
        2: rf"[（(〔]{numeral(number)}[)）〕]",
        3: rf"(?<!\d){number}[.．、](?!\d)",
        4: rf"[（(]{number}[)）]",
    }
    return level in forms and re.search(forms[level], text) is not None


@dataclass(frozen=True, slots=True)
class Point:
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


def _points(report: Report) -> Iterator[Slip]:
    earlier: list[Series] = []
    stretches = [[(passage, 0) for passage in _front(report)]]
    stretches += [list(_prose(section)) for section in report.outline.walk()]
    for passages in stretches:
        lists: list[Series] = []
        previous: Point | None = None
        for point in _points_in(passages):
            if slip := _next_point(point, previous, lists, earlier):
                yield slip
            previous = point
        earlier = lists or earlier


def _prose(section: Section) -> Iterator[tuple[Passage, int]]:
    """The section's own passages, and where in each the prose begins: behind the number of a heading that runs in."""
    if section.heading.run_in:
        yield section.heading.passage, len(_number(section.heading))
    for passage in _own(section):
        yield passage, 0


def _points_in(passages: Sequence[tuple[Passage, int]]) -> Iterator[Point]:
    between = ""
    for passage, done in passages:
        for found in _POINT.finditer(passage.text, done):
            number = _value(found[1])
            if not 0 < number <= _LAST or not _begins(passage.text, found.start(), number):
                continue
            between += passage.text[done : found.start()]
            yield Point(number, passage, found.start(), found.end(), between)
            between, done = "", found.end()  # noqa: PLW2901 - both move on within the passage
        between += passage.text[done:] + "\n"


def _begins(text: str, at: int, number: int) -> bool:
    """Whether a point of a list can begin at `at`."""
    before = text[at - 1 : at]
    return before in _BEFORE or (number == 1 and before not in _NO_FIRST)


def _value(numerals: str) -> int:
    """一 to 九十九; 0 for what is no number (一二)."""
    tens, ten, ones = numerals.rpartition("十")
    if not ten:
        return _DIGITS.find(ones) if len(ones) == 1 else 0
    if len(tens) > 1 or len(ones) > 1 or tens == "十":
        return 0
    return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)


def _stands(number: int, text: str) -> bool:
    """Whether the item `number` of a list stands in `text` in other words than 二是."""
    han = numeral(number)
    forms = rf"[（(](?:{han}|{number})[)）]|{han}[、是要来则]|第{han}|其{han}|(?<!\d){number}[.．、)）](?!\d)"
    return re.search(f"{forms}|{_OTHER_WORDS[number]}" if number in _OTHER_WORDS else forms, text) is not None


def _next_point(point: Point, previous: Point | None, lists: list[Series], earlier: Sequence[Series]) -> Slip | None:
    """Reads `point` into `lists`, the open lists of its section, outermost first."""
    if point.number == 1:
        lists[:] = [*lists[-_DEEPEST:], Series(1, 1)]
        return None
    for depth in range(len(lists), 0, -1):
        if lists[depth - 1].goes_on(point.number):
            del lists[depth:]
            lists[-1].take(point.number)
            return None
    expected = lists[-1].meant + 1 if lists else 1
    resumed = not lists and any(one.goes_on(point.number) for one in earlier)
    if resumed or _stands(expected, point.between):
        lists[-1:] = [Series(point.number, point.number)]
        return None
    wanted = f"{numeral(expected)}是"
    if previous is None:
        lists.append(Series(point.number, point.number))
        return Slip(point.span, point.text, wanted, "headless")
    return Slip(point.span, point.text, wanted, lists[-1].stray(point.number), previous.text, previous.span)
