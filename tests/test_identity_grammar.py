"""The language of identities: sums of names, three relations, a literal 0, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.grammars import Misformed, parse_identity
from linter.model.edition import Sum

WORD = st.from_regex(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", fullmatch=True)
ID = st.lists(WORD, min_size=1, max_size=3).map(".".join)
NAME = st.one_of(ID, ID.map(lambda name: f"{name}.*"), st.tuples(ID, ID).map("/".join))
NAMES = st.lists(NAME, min_size=1, max_size=6)
BLANK = st.text(" \n", max_size=3)


@given(NAMES, st.sampled_from(["==", ">=", "<="]), st.lists(NAME, max_size=6), BLANK)
def test_what_is_written_is_what_is_read(left, relation, right, blank):
    text = f"{blank}+{blank}".join(left) + blank + relation + blank + (f"{blank}+{blank}".join(right) or "0")

    assert (Sum(tuple(left)), relation, Sum(tuple(right))) == parse_identity(text)


def test_nothing_stands_on_the_right_as_0():
    assert (Sum(("items", "change")), ">=", Sum(())) == parse_identity("items + change >= 0")


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("", 0, 1, "name"),
        ("new +", 5, 6, "name"),
        ("new = total", 4, 5, "plus or relation"),
        ("new == total == old", 13, 15, "end"),
        ("new - old == total", 4, 5, "plus or relation"),
        ("0 == new", 0, 1, "name"),
        ("new == 0 + old", 9, 10, "end"),
        ("New == total", 0, 1, "name"),
        ("new.*.more == total", 5, 6, "plus or relation"),
        ("总计 == total", 0, 1, "name"),
    ],
)
def test_what_is_beyond_the_language_is_pointed_at(text, start, end, expected):
    with pytest.raises(Misformed) as caught:
        parse_identity(text)

    assert (start, end, expected) == (caught.value.start, caught.value.end, caught.value.expected)


@given(st.text(alphabet="ab.*/+=<>0 \n合", max_size=30))
def test_any_text_is_an_identity_or_misformed_within_its_bounds(text):
    try:
        left, relation, _ = parse_identity(text)
    except Misformed as error:
        assert 0 <= error.start < error.end <= len(text) + 1  # noqa: PT017 - either way is right
    else:
        assert left.terms
        assert relation in text
