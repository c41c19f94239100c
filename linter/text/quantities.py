"""Quantities in running prose: stretches found by one regular expression, read by `grammar/quantity.lark`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from linter.grammars import parser
from linter.model.outline import Passage
from linter.model.report import Number, Quantity
from linter.text.numerals import parse_number, step_of


@dataclass(frozen=True, slots=True)
class _Reading:
    """One number of a stretch: `start`, `end` in the stretch; the last one of a list takes the unit with it."""

    value: Number
    unit: str
    approximate: bool
    start: int
    end: int
    step: int


def quantities(prose: Sequence[Passage]) -> tuple[Quantity, ...]:
    """Every number with a unit in `prose`, in reading order; ordinals (第3条), dates and bare numbers are none.

    Linear in the length of the prose.
    """
    candidates = _candidates()
    return tuple(
        Quantity(
            value=reading.value,
            unit=reading.unit,
            approximate=reading.approximate,
            passage=index,
            start=match.start() + reading.start,
            end=match.start() + reading.end,
            span=passage.span(match.start() + reading.start, match.start() + reading.end),
            step=reading.step,
        )
        for index, passage in enumerate(prose)
        for match in candidates.finditer(passage.text)
        for reading in _read(match[0])
    )


@cache
def _candidates() -> re.Pattern[str]:
    """The grammar's own terminal CANDIDATE: whatever it finds, it parses (held by a test)."""
    return re.compile(parser("quantity").get_terminal("CANDIDATE").pattern.to_regexp())


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[_Reading, ...]:
    """The numbers of one stretch; none if a run of Chinese numerals is no number (百百件)."""
    tree = parser("quantity").parse(text)
    amounts = [child for child in tree.children if hasattr(child, "data")]
    words = {child.type: str(child) for child in tree.children if not hasattr(child, "data")}
    hedged = not words.keys().isdisjoint(("BEFORE", "VAGUE", "AFTER"))
    readings = tuple(_readings(text, amounts, words.get("UNIT") or _percent(words), hedged=hedged))
    return readings if len(readings) == len(amounts) else ()


def _percent(words: Mapping[str, str]) -> str:
    """Percentages and points of percentage are two units."""
    return "百分点" if "点" in words.get("PERCENT", "") else "%"


def _readings(text: str, amounts: Sequence[Any], unit: str, *, hedged: bool) -> Iterator[_Reading]:
    for position, amount in enumerate(amounts):
        value, step, vague = _value(amount)
        if value is None:
            return
        first, last = position == 0, position == len(amounts) - 1
        start = 0 if first else amount.children[0].start_pos
        end = len(text) if last else amounts[position + 1].children[0].start_pos - 1
        yield _Reading(value, unit, hedged or vague, start, end, step)


def _value(amount: Any) -> tuple[Number | None, int, bool]:
    """The value of an amount, of a range its upper end, its step, and whether the amount itself is vague."""
    if amount.data == "range":
        value, step, _ = _value(amount.children[-1])
        return value, step, True
    vague = any(token.type == "VAGUE" for token in amount.children)
    text = "".join(token for token in amount.children if token.type != "VAGUE")
    return parse_number(text), step_of(text), vague
