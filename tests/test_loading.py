"""Strict TOML: every fault is found, and each says where it stands."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.loading import Fields, LoadError, file_text, nearest, pointed, read, read_toml


@dataclass(frozen=True)
class Leaf:
    id: str
    weight: int = 0


@dataclass(frozen=True)
class Tree:
    name: str
    tall: bool
    marks: tuple[str, ...]
    colour: str
    leaves: tuple[Leaf, ...]
    roots: dict[str, Leaf]


def leaf(fields: Fields) -> Leaf:
    return Leaf(fields.text("id"), fields.number("weight", 0))


def tree(fields: Fields) -> Tree:
    return Tree(
        name=fields.text("name"),
        tall=fields.flag("tall", default=False),
        marks=fields.texts("marks", ()),
        colour=fields.choice("colour", ("green", "red"), "green"),
        leaves=fields.each("leaves", leaf),
        roots=fields.named("roots", leaf, required=False),
    )


def faults(table: dict) -> list[str]:
    with pytest.raises(LoadError) as caught:
        read(table, tree)
    return [str(fault) for fault in caught.value.faults]


def test_a_whole_table_is_read_with_its_defaults():
    text = 'name = "oak"\nleaves = [{ id = "a" }, { id = "b", weight = 2 }]\n[roots.tap]\nid = "r"\n'

    found = read_toml(text, "oak.toml", tree)

    assert Tree("oak", False, (), "green", (Leaf("a"), Leaf("b", 2)), {"tap": Leaf("r")}) == found


def test_a_mistyped_key_is_said_once_with_the_right_one():
    assert faults({"nmae": "oak", "leaves": [{"id": "a"}]}) == ["nmae: unknown key, did you mean 'name'?"]


def test_a_key_like_none_is_only_unknown():
    assert faults({"name": "oak", "leaves": [{"id": "a"}], "zzz": 1}) == ["zzz: unknown key"]


def test_all_faults_are_found_and_their_paths_grow_outwards():
    table = {
        "tall": 1,
        "marks": ["a", 2],
        "colour": "gren",
        "leaves": [{"id": "a"}, {"id": 3, "wieght": 1}, "no table"],
        "roots": {"tap": {}, "side": 4},
    }

    assert faults(table) == [
        "name: missing",
        "tall: expected true or false, found a whole number",
        "marks[1]: expected text, found a whole number",
        "colour: unknown 'gren', did you mean 'green'?; expected one of green, red",
        "leaves[1].wieght: unknown key, did you mean 'weight'?",
        "leaves[1].id: expected text, found a whole number",
        "leaves[2]: expected a table, found text",
        "roots.tap.id: missing",
        "roots.side: expected a table, found a whole number",
    ]


def test_a_required_list_is_not_empty():
    assert faults({"name": "oak", "leaves": []}) == ["leaves: empty"]


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    file = tmp_path / "oak.toml"
    with pytest.raises(LoadError, match=r"^oak\.toml: No such file"):
        file_text(file)

    file.write_bytes("橡".encode("gb18030"))
    with pytest.raises(LoadError, match=r"^oak\.toml: no UTF-8: byte 0"):
        file_text(file)


def test_true_is_no_number():
    assert faults(
        {"name": "oak", "leaves": [{"id": "a", "weight": True}]},
    ) == ["leaves[0].weight: expected a whole number, found true or false"]


def test_a_file_that_is_no_toml_says_where():
    with pytest.raises(LoadError, match=r"^oak\.toml: .*line 2"):
        read_toml('name = "oak"\nleaves = oak', "oak.toml", tree)


def test_every_line_of_the_message_names_the_file():
    with pytest.raises(LoadError) as caught:
        read_toml("leaves = 1", "oak.toml", tree)

    assert str(caught.value) == "oak.toml: name: missing\noak.toml: leaves: expected a list, found a whole number"


def test_what_follows_from_a_fault_is_not_reported_beside_it():
    def build(fields: Fields) -> str:
        if not fields.text("holds"):
            raise LoadError.of("nothing to parse", "holds")
        return ""

    with pytest.raises(LoadError) as caught:
        read({}, build)

    assert str(caught.value) == "holds: missing"


def test_a_key_passed_over_is_neither_unknown_nor_read():
    def build(fields: Fields) -> None:
        fields.skip("later")

    read({"later": object()}, build)


def test_a_table_as_it_stands_keeps_its_values():
    def build(fields: Fields) -> dict[str, object]:
        return dict(fields.mapping("settings", {}))

    assert read({"settings": {"a": [1]}}, build) == {"a": [1]}
    assert read({}, build) == {}


def test_carets_stand_under_what_they_mean():
    assert pointed("a == b", 5, 6) == "\n    a == b\n         ^"
    assert nearest("carried", ["zzz"]) == ""


VALUE = st.recursive(
    st.one_of(st.integers(), st.booleans(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["id", "weight", "name", "x"]), inner, max_size=3),
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["name", "tall", "marks", "colour", "leaves", "roots", "leafs"]), VALUE))
def test_any_table_is_read_or_refused_with_a_reason(table):
    try:
        found = read(table, tree)
    except LoadError as error:
        assert error.faults  # noqa: PT017 - either way is right
    else:
        assert set(table) <= {"name", "tall", "marks", "colour", "leaves", "roots"}
        assert table["name"] == found.name


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    """Windows Notepad writes one."""
    (tmp_path / "gouji.toml").write_bytes(b"\xef\xbb\xbfname = 1\r\n")
    assert file_text(tmp_path / "gouji.toml") == "name = 1\n"
