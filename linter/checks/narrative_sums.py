"""「共 N，其中 a、b、c」 adds up: always where the list says that it is whole, and no part is more than the whole.

A list is whole when it ends in 其他, or is introduced by 分别为 or 由…组成 (format-facts n.sum). A list by 其中 alone may
leave kinds out; one thing published through several channels is counted in each, so channels never add up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from linter.checks.narrative_settings import FIRST, REST, ProseSettings
from linter.checks.narrative_text import Sentence, prose_place, sentences
from linter.model.finding import Check, Fact, Problem
from linter.model.report import Number, Quantity, Report

FIELDS: Mapping[str, frozenset[str]] = {
    "": frozenset({"quote", "stated", "computed", "parts", "difference"}),
    "part": frozenset({"quote", "stated", "part", "part_quote"}),
}
"""`parts`: the list as printed; variant ``part``: one part is larger than the whole."""


@dataclass(frozen=True, slots=True)
class _Part:
    label: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class _List:
    """A whole and its parts; `closed`: the list says that it leaves nothing out."""

    whole: Quantity
    parts: tuple[_Part, ...]
    closed: bool


def bind(settings: Mapping[str, object]) -> Check:
    """Patterns, all needed: `opens` introduces parts after a whole (group ``closed`` if it announces them all);
    `rest`: a label that closes a list (其他…); `stops`: a label that is no part any more; `overlaps`: labels whose
    things are counted more than once.
    """
    read = ProseSettings(settings)
    opens, rest, stops, overlaps = (re.compile(read.text(key)) for key in ("opens", "rest", "stops", "overlaps"))
    read.done()

    def check(report: Report) -> Iterator[Fact]:
        for sentence in sentences(report):
            if len(sentence.quantities) > 1:
                for found in _lists(sentence, opens, rest, stops):
                    yield from _judge(report, sentence, found, overlaps)

    return check


def _lists(
    sentence: Sentence, opens: re.Pattern[str], rest: re.Pattern[str], stops: re.Pattern[str]
) -> Iterator[_List]:
    counts = [quantity for quantity in sentence.quantities if quantity.unit not in ("%", "百分点", "倍")]
    for match in opens.finditer(sentence.masked):
        whole = next((quantity for quantity in reversed(counts) if quantity.end - sentence.start <= match.end("whole")), None)
        if whole is None or whole.approximate:
            continue
        parts, closed = _parts(sentence, counts, whole, match.end(), rest, stops)
        if parts:
            yield _List(whole, parts, closed or (bool(match["closed"]) and len(parts) > 1))


def _parts(
    sentence: Sentence, counts: Sequence[Quantity], whole: Quantity, start: int, rest: re.Pattern[str], stops: re.Pattern[str]
) -> tuple[tuple[_Part, ...], bool]:
    """The parts from `start` on, and whether a label closed the list. Brackets within a list belong to its parts."""
    inside = sentence.masked.count("（", 0, start) > sentence.masked.count("）", 0, start)
    depth = 0
    parts: list[_Part] = []
    done = start
    for quantity in counts:
        at = quantity.start - sentence.start
        if at < start:
            continue
        between = sentence.masked[done:at]
        depth += between.count("（") - between.count("）")
        if depth < 0 and inside:
            break
        done = quantity.end - sentence.start
        if depth > 0:
            continue
        label = re.split("[，、；：（）]", between.strip("，、；：）"))[-1]
        if quantity.unit != whole.unit or quantity.approximate or stops.search(between):
            break
        parts.append(_Part(label, quantity))
        if rest.search(label):
            return tuple(parts), True
    return tuple(parts), False


def _judge(report: Report, sentence: Sentence, found: _List, overlaps: re.Pattern[str]) -> Iterator[Fact]:
    whole = found.whole
    place = prose_place(report, whole.passage, whole.start, whole.end)
    quote = sentence.text[sentence.clause(whole.start - sentence.start) : whole.end - sentence.start]
    values = {"quote": quote, "stated": whole.value}
    places = tuple(
        prose_place(report, part.quantity.passage, part.quantity.start, part.quantity.end) for part in found.parts
    )
    if found.closed and not any(overlaps.search(part.label) for part in found.parts):
        computed: Number = 0
        for part in found.parts:
            computed += part.quantity.value
        if computed != whole.value:
            parts = tuple(str(part.quantity.value) for part in found.parts)
            more = {"computed": computed, "parts": parts, "difference": abs(computed - whole.value)}
            yield Problem(place, {**values, **more}, places)
        return
    first = found.parts[0]
    if first.quantity.value > whole.value:
        stated = {"part": first.quantity.value, "part_quote": first.label + _own(sentence, first.quantity)}
        yield Problem(place, {**values, **stated}, places[:1], "part")


def _own(sentence: Sentence, quantity: Quantity) -> str:
    return sentence.text[quantity.start - sentence.start : quantity.end - sentence.start]
