"""What stands in a cell: a number, nothing, a dash, a word — kept apart, never guessed (format-facts §6)."""

from __future__ import annotations

import re

from linter.model.document import Cell
from linter.model.edition import Kind
from linter.model.report import FormCell, Number, State
from linter.numerals import parse_number
from linter.views import squash

_DASH = re.compile(r"[-—–－─━‐‑]+")
_NONE = frozenset({"无", "不涉及", "不适用", "N/A", "n/a", "空", "〇"})
_NUMBER = re.compile(r"(?P<sign>[-+－＋−])?(?P<digits>\d[\d,，]*(?:\.\d+)?)(?P<unit>[件条次篇个人份项元名]|人次|万元|余元)?")
_TWO_NUMBERS = re.compile(r"\d[\d.]*[\s|｜]+\d|\d\.\d+\.\d|\.\d{3,}元|\d元\d")


def read_cell(cell: Cell, kind: Kind) -> FormCell:
    """The cell as found. Numbers may carry separators, spaces and their unit (「2020.97 万元」)."""
    text = squash(cell.text)
    if not text:
        return FormCell(State.BLANK, None, cell.text, cell.span)
    if _DASH.fullmatch(text):
        return FormCell(State.DASH, None, cell.text, cell.span)
    if text in ("/", "／", "\\"):
        return FormCell(State.SLASH, None, cell.text, cell.span)
    if text in _NONE:
        return FormCell(State.NONE, None, cell.text, cell.span)
    if _TWO_NUMBERS.search(cell.text.strip()):
        return FormCell(State.GLUED, None, cell.text, cell.span)
    value = _value(text, kind)
    return FormCell(State.TEXT if value is None else State.NUMBER, value, cell.text, cell.span)


def _value(text: str, kind: Kind) -> Number | None:
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    value = parse_number(found["digits"])
    if value is None:
        return None
    if found["unit"] == "元" and kind is Kind.MONEY:
        # Amounts printed in 元 stay as printed: the 2019 form gives 采购总金额 no unit (format-facts F61).
        return value
    return -value if found["sign"] in ("-", "－", "−") else value
