"""Blank, 0, —— and / are four things; numbers are read as printed, and nothing is guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import text

from linter.model.document import Cell, Span
from linter.model.edition import Kind
from linter.model.report import State
from linter.recognise.cells import Sort, is_unit, is_value, read_cell, sort_of


def cell(printed: str) -> Cell:
    return Cell(Span(0, len(printed)), printed, 0, 0)


@pytest.mark.parametrize(
    ("printed", "state", "value"),
    [
        ("0", State.NUMBER, 0),
        ("12", State.NUMBER, 12),
        ("１２", State.NUMBER, 12),
        ("1,234", State.NUMBER, 1234),
        ("1，234", State.NUMBER, 1234),
        ("11398889", State.NUMBER, 11398889),
        ("59237.2449", State.NUMBER, Decimal("59237.2449")),
        ("2020.97 万元", State.NUMBER, Decimal("2020.97")),
        ("251000元", State.NUMBER, 251000),
        ("12件", State.NUMBER, 12),
        ("零", State.NUMBER, 0),
        ("-3", State.NUMBER, -3),
        ("−3", State.NUMBER, -3),
        ("", State.BLANK, None),
        (" \u3000\xa0", State.BLANK, None),
        ("\u200b", State.BLANK, None),
        ("——", State.DASH, None),
        ("－－", State.DASH, None),
        ("-", State.DASH, None),
        ("/", State.SLASH, None),
        ("／", State.SLASH, None),
        ("无", State.NONE, None),
        ("不涉及", State.NONE, None),
        ("不适用", State.NONE, None),
        ("N/A", State.NONE, None),
        ("若干", State.TEXT, None),
        ("约5", State.TEXT, None),
        ("1600余条", State.TEXT, None),
        ("1,23", State.TEXT, None),
        ("- 4 -", State.TEXT, None),
        ("12 0", State.GLUED, None),
        ("1139\n8889", State.GLUED, None),
        ("20|0", State.GLUED, None),
    ],
)
def test_what_stands_in_a_cell(printed, state, value):
    found = read_cell(cell(printed), Kind.COUNT)
    assert (found.state, found.value, found.text) == (state, value, printed)


@pytest.mark.parametrize(("printed", "value"), [("+1036", 1036), ("增3", 3), ("减少2", -2), ("增加12", 12), ("0", 0)])
def test_a_change_may_be_said_in_words(printed, value):
    assert read_cell(cell(printed), Kind.SIGNED).value == value


def test_words_of_change_are_no_count():
    assert read_cell(cell("增3"), Kind.COUNT).state is State.TEXT


@pytest.mark.parametrize(
    ("printed", "sort"),
    [
        ("5", Sort.FIGURE),
        ("33.9%", Sort.FIGURE),
        ("——", Sort.FILLER),
        ("人次", Sort.FILLER),
        ("1.", Sort.INDEX),
        ("（一）", Sort.INDEX),
        ("三、", Sort.INDEX),
        ("第 3 页", Sort.PAGE),
        ("— 4 —", Sort.PAGE),
        ("第 3 页 共 9 页", Sort.PAGE),
        ("自然人", Sort.TEXT),
        ("", Sort.BLANK),
    ],
)
def test_what_a_cell_may_be_in_its_row(printed, sort):
    assert sort_of(cell(printed)) is sort


def test_units_are_values_but_no_figures():
    assert is_unit(cell("万元"))
    assert is_value(cell("件"))
    assert not is_unit(cell("12件"))


@given(text)
def test_any_text_is_something_and_stays_as_printed(printed):
    found = read_cell(cell(printed), Kind.COUNT)
    assert found.text == printed
    assert (found.value is not None) == (found.state is State.NUMBER)


@given(st.integers(0, 10**9))
def test_a_count_is_read_with_and_without_separators(number):
    for printed in (str(number), f"{number:,}", f" {number} "):
        assert read_cell(cell(printed), Kind.COUNT).value == number
