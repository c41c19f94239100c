"""What stands in a cell: a number, nothing, a dash, a word — kept apart, never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

from linter.model.document import Cell
from linter.model.edition import Kind
from linter.model.report import FormCell, Number, State
from linter.text.numerals import parse_number
from linter.text.values import DASH, NOTHING, UNIT
from linter.text.views import squash

_DASHES = re.compile(f"{DASH}+")
_SLASH = re.compile(r"[/\\|]+")
_NOTHING = re.compile(NOTHING)
_ZERO = frozenset("零〇○")
_NUMBER = re.compile(rf"(?P<sign>[-+])?(?P<digits>\d[\d,]*(?:\.\d+)?)(?:{UNIT})?")
_CHANGE = re.compile(r"(?:增加?|减少?)(?=\d)")
"""How the change of a number of items (本年增/减, form of 2019) is written in words."""
_TWO_NUMBERS = re.compile(r"\d[\d.]*[\s|｜]+\d|\d\.\d+\.\d|\.\d{3,}元|\d元\d")
_FIGURE = re.compile(rf"[-+]?\d[\d,]*(?:\.\d+)?(?:%|{UNIT})?|[零〇○]")
_UNITS = re.compile(rf"\(?(?:{UNIT})(?:/(?:{UNIT}))?\)?")
_FILLER = re.compile(rf"{_DASHES.pattern}|{_SLASH.pattern}|{NOTHING}|{_UNITS.pattern}")
_INDEX = re.compile(r"\(?(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:\)[.,]?|[.,、])")
_PAGE = re.compile(r"\s*(?:[-—–－]+\s*\d{1,3}\s*[-—–－]+|第\s*\d{1,3}\s*页(?:\s*[,，]?\s*共\s*\d{1,3}\s*页)?)\s*")


class Sort(Enum):
    """What a cell may be in a row, by its text alone."""

    BLANK = "blank"
    FIGURE = "figure"
    FILLER = "filler"
    """A dash, a slash, 无, or a unit of measurement."""
    INDEX = "index"
    """The number of a label in a cell of its own: 1. （一） 三、"""
    PAGE = "page"
    """A page number that fell into the table."""
    TEXT = "text"


def plain(cell: Cell) -> str:
    """The cell's text squashed, for comparison."""
    return _squashed(cell.text) if len(cell.text) <= 100 else squash(cell.text)


_squashed = lru_cache(maxsize=8192)(squash)


def sort_of(cell: Cell) -> Sort:
    """What the cell may be in its row."""
    return _sort(cell.text) if len(cell.text) <= 40 else Sort.TEXT if plain(cell) else Sort.BLANK


@lru_cache(maxsize=8192)
def _sort(printed: str) -> Sort:
    if _PAGE.fullmatch(printed):
        return Sort.PAGE
    text = squash(printed)
    if not text:
        return Sort.BLANK
    for pattern, sort in ((_FIGURE, Sort.FIGURE), (_FILLER, Sort.FILLER), (_INDEX, Sort.INDEX)):
        if pattern.fullmatch(text):
            return sort
    return Sort.TEXT


def is_blank(cell: Cell) -> bool:
    """Whether nothing shows in the cell."""
    return sort_of(cell) is Sort.BLANK


def is_value(cell: Cell) -> bool:
    """Whether the cell holds what stands in value columns: a number, a dash, a unit, or nothing."""
    return sort_of(cell) in (Sort.BLANK, Sort.FIGURE, Sort.FILLER)


def is_unit(cell: Cell) -> bool:
    """Whether the cell holds nothing but a unit of measurement."""
    return bool(_UNITS.fullmatch(plain(cell)))


def filled(cells: Sequence[Cell]) -> bool:
    """Whether any of the cells is not blank."""
    return any(not is_blank(cell) for cell in cells)


def has_figures(cells: Sequence[Cell]) -> bool:
    """Whether any of the cells holds a number."""
    return any(sort_of(cell) is Sort.FIGURE for cell in cells)


def read_cell(cell: Cell, kind: Kind) -> FormCell:
    """The cell as found. Numbers may carry separators, spaces and their unit (「2020.97 万元」)."""
    state, value = _read(plain(cell), kind)
    if len(cell.text) > 1 and _TWO_NUMBERS.search(cell.text.strip()):
        state, value = State.GLUED, None
    elif sort_of(cell) is Sort.PAGE:
        state, value = State.TEXT, None
    return FormCell(state, value, cell.text, cell.span)


@lru_cache(maxsize=8192)
def _read(text: str, kind: Kind) -> tuple[State, Number | None]:
    if not text:
        return State.BLANK, None
    for pattern, state in ((_DASHES, State.DASH), (_SLASH, State.SLASH), (_NOTHING, State.NONE)):
        if pattern.fullmatch(text):
            return state, None
    value = _value(text, kind)
    return (State.TEXT if value is None else State.NUMBER), value


def _value(text: str, kind: Kind) -> Number | None:
    """The number a cell states. Amounts printed in 元 stay as printed: the form of 2019 gives 采购总金额 no unit."""
    if text in _ZERO:
        return 0
    if kind is Kind.SIGNED:
        text = _CHANGE.sub(lambda found: "+" if found[0].startswith("增") else "-", text)
    found = _NUMBER.fullmatch(text)
    value = parse_number(found["digits"]) if found else None
    return -value if found and value is not None and found["sign"] == "-" else value
