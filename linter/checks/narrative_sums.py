"""「共 N，其中 a、b、c」 adds up where the list says that it is whole; else its first part is no more than the whole.

A list is whole when it ends in 其他 or is introduced by 分别为. A list by 其中 alone may leave kinds out, or count one
thing twice: that it exceeds the whole is a note. One thing published through several channels is counted in each, so
channels never add up.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from linter.checks.narrative_settings import ProseSettings
from linter.checks.narrative_text import Sentence, sentences
from linter.checks.text_place import text_places
from linter.model.document import Span
from linter.model.finding import Check, Fact, Problem, Severity, Value
from linter.model.report import Number, Place, Quantity, Report

FIELDS: Mapping[str, frozenset[str]] = {
    "": frozenset({"quote", "stated", "computed", "parts", "difference"}),
    "part": frozenset({"quote", "stated", "part", "part_quote"}),
}
"""`parts`: the list as printed; variant ``part``: one part is larger than the whole."""


_RATIOS = ("%", "百分点", "倍")
_BEFORE = 4
"""How many quantities before the whole may share its parts."""
_GOES_ON = re.compile("其中|具体(?:为|是)|分别(?:为|是)")
_LONGEST = 60
"""The longest list read."""
_BREAK = re.compile("[,;:()\x04和及与]")


@dataclass(frozen=True, slots=True)
class _Part:
    """`joined`: a 、 binds it to the part before it."""

    label: str
    quantity: Quantity
    joined: bool


@dataclass(frozen=True, slots=True)
class _List:
    """A whole and its parts. `wholes`: the numbers the parts may be of: this one, those before it in the sentence,
    and their sums (新收 74 件，结转 1 件，其中…). `closing`: the part that ends the list, None: it may leave kinds out.
    """

    whole: Quantity
    wholes: tuple[Number, ...]
    parts: tuple[_Part, ...]
    closing: int | None


def bind(settings: Mapping[str, object]) -> Check:
    """Patterns, all needed: `opens` a whole (``<n>``) and what introduces its parts, with a group ``closed`` if it
    announces them all; `rest` a label that closes a list (其他…); `stops` words that begin another statement;
    `overlaps` labels of things that are counted more than once.
    """
    read = ProseSettings(settings)
    opens, rest, stops, overlaps = (read.saying(key) for key in ("opens", "rest", "stops", "overlaps"))
    read.done()

    def check(report: Report) -> Iterator[Fact]:
        place = text_places(report)
        for sentence in _with_their_lists(sentences(report)):
            if len(sentence.quantities) > 1:
                for found in _lists(sentence, opens, rest, stops):
                    yield from _judge(place, sentence, found, overlaps)

    return check


def _with_their_lists(found: Iterable[Sentence]) -> Iterator[Sentence]:
    """The sentences, one that begins with 其中 as the rest of the one before it (共75件。其中……), one for each."""
    before: Sentence | None = None
    for sentence in found:
        if before is not None and before.passage == sentence.passage and _GOES_ON.match(sentence.masked):
            yield _joined(before, sentence)
            before = None
            continue
        if before is not None:
            yield before
        before = sentence
    if before is not None:
        yield before


def _joined(one: Sentence, other: Sentence) -> Sentence:
    """Two sentences that follow each other as one, a comma for what stood between them."""
    gap = other.start - one.start - len(one.text)
    return replace(
        one,
        text=one.text + "，" * gap + other.text,
        masked=one.masked + "," * gap + other.masked,
        quantities=(*one.quantities, *other.quantities),
    )


def _lists(
    sentence: Sentence, opens: re.Pattern[str], rest: re.Pattern[str], stops: re.Pattern[str]
) -> Iterator[_List]:
    for match in opens.finditer(sentence.masked):
        whole = sentence.quantity_at(match.start("n"))
        if whole is None or whole.approximate or whole.step > 1 or whole.unit in _RATIOS:
            continue
        at = bisect_left(sentence.quantities, whole.start, key=lambda item: item.start)
        wholes = [item.value for item in sentence.quantities[max(at - _BEFORE, 0) : at + 1] if item.unit == whole.unit]
        wholes.reverse()
        if parts := _parts(sentence, sentence.quantities[at + 1 : at + 1 + _LONGEST], whole, match, stops):
            closing = next((at for at, part in enumerate(parts) if rest.search(part.label) and _ends(parts, at)), None)
            if closing is None and match["closed"] and len(parts) > 1:
                closing = len(parts) - 1
            yield _List(whole, tuple(accumulate(wholes)) + tuple(wholes), parts, closing)


def _parts(
    sentence: Sentence, counts: Sequence[Quantity], whole: Quantity, opened: re.Match[str], stops: re.Pattern[str]
) -> tuple[_Part, ...]:
    """The parts after the opening words; what stands in brackets within the list breaks a part down and is left out."""
    start = opened.end()
    bracketed = "(" in opened[0]
    depth = 0
    parts: list[_Part] = []
    for quantity in counts:
        if quantity.unit in _RATIOS or (at := quantity.start - sentence.start) < opened.end():
            continue
        between = sentence.masked[start:at]
        depth += between.count("(") - between.count(")")
        if bracketed and depth < 0:
            break
        start = quantity.end - sentence.start
        if depth > 0:
            continue
        label = _BREAK.split(between)[-1]
        if quantity.unit != whole.unit or quantity.approximate or quantity.step > 1 or stops.search(label):
            break
        parts.append(_Part(label, quantity, between.startswith("\x04")))
    return tuple(parts)


def _ends(parts: Sequence[_Part], at: int) -> bool:
    """Whether the list may end at that part: 「其他重点信息5条、工作动态63条」 goes on."""
    return at + 1 == len(parts) or not parts[at + 1].joined


def _judge(
    place: Callable[[Span], Place], sentence: Sentence, found: _List, overlaps: re.Pattern[str]
) -> Iterator[Fact]:
    whole = found.whole
    values: dict[str, Value] = {"quote": _quote(sentence, found.whole), "stated": found.whole.value}
    related = tuple(place(part.quantity.span) for part in found.parts)
    sums = tuple(accumulate(part.quantity.value for part in found.parts))
    added = not any(overlaps.search(part.label) for part in found.parts)
    first = found.parts[0].quantity
    if found.closing is not None and added:
        last = found.closing + 1
        if set(sums[found.closing :]).isdisjoint(found.wholes) and not _is_split_twice(found, found.parts[:last]):
            yield Problem(place(whole.span), values | _sum(whole, found.parts[:last]), related[:last])
    elif first.value > max(found.wholes):
        values |= {"part": first.value, "part_quote": _quote(sentence, first)}
        yield Problem(place(whole.span), values, related[:1], "part")
    elif added and sums[-1] > max(found.wholes):
        yield Problem(place(whole.span), values | _sum(whole, found.parts), related, severity=Severity.NOTE)


def _is_split_twice(found: _List, parts: Sequence[_Part]) -> bool:
    """Whether the whole is told in two ways, 其余 closing the last: 50件，其中线上20件，线下30件，6件在办，其余44件."""
    run: Number = 0
    for part in parts:
        run += part.quantity.value
        run = 0 if run in found.wholes else run
    return run == 0 and parts[-1].label.startswith("其余")


def _sum(whole: Quantity, parts: Sequence[_Part]) -> dict[str, Value]:
    computed = sum(part.quantity.value for part in parts)
    difference = max(computed, whole.value) - min(computed, whole.value)
    return {
        "computed": computed,
        "parts": tuple(str(part.quantity.value) for part in parts),
        "difference": difference,
    }


def _quote(sentence: Sentence, quantity: Quantity) -> str:
    """The quantity with the words before it in its clause."""
    start, end = quantity.start - sentence.start, quantity.end - sentence.start
    return sentence.text[sentence.clause(start) : end]
