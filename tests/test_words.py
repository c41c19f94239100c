"""The catalogue of the tool's own words is whole: both languages, the same fields, every key that the code uses."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from linter.cli.texts import texts
from linter.loading import LoadError, read_toml
from linter.model.report import AgencyKind, State
from linter.resources import folder
from linter.words import LANGUAGES, _sections, words

SOURCES = Path(__file__).parent.parent / "linter"
ENTRIES = words("zh").entries


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", ENTRIES)
def test_both_languages_say_it_with_the_same_fields(key):
    entry = ENTRIES[key]
    assert entry.zh
    assert entry.en
    assert _fields(entry.zh) == _fields(entry.en)
    assert not entry.one or _fields(entry.one) <= _fields(entry.en)


def test_english_counts_one_in_the_singular():
    assert words("en")("count.errors", n=1) == "1 error"
    assert words("en")("count.errors", n=0) == "0 errors"
    assert words("zh")("count.errors", n=1) == "1 个错误"


def _nodes() -> Iterator[ast.AST]:
    for path in sorted(SOURCES.rglob("*.py")):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def _calls(names: set[str]) -> Iterator[tuple[str, ast.Call]]:
    for node in _nodes():
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in names:
                yield name, node


def _literal(node: ast.expr) -> Iterator[str]:
    """The texts an argument can be, where it is written out."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from _literal(body)
            yield from _literal(orelse)


def _first_arguments(names: set[str]) -> set[tuple[str, str]]:
    return {(name, text) for name, call in _calls(names) if call.args for text in _literal(call.args[0])}


def test_every_reason_that_a_reader_or_a_check_gives_has_words():
    sections = {"Unreadable": "unreadable", "Unchecked": "unchecked", "Slip": "slip", "_assigned": "slip"}
    used = {f"{sections[name]}.{key}" for name, key in _first_arguments(set(sections)) if key}
    assert {"unreadable.empty", "unchecked.no-year", "slip.moved", "slip.sign"} <= used
    assert sorted(used - set(ENTRIES)) == []


def test_every_reason_passed_by_keyword_has_words():
    keywords = {"reason", "doubt", "damage"}
    used = {
        f"unchecked.{text}"
        for node in _nodes()
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg in keywords and not any("say" in ast.unparse(item) for item in node.keywords)
        for text in _literal(keyword.value)
        if text
    }
    assert sorted(used - set(ENTRIES)) == []


def test_every_key_that_is_said_exists():
    used = {text for _, text in _first_arguments({"say", "_aside", "_section"}) if "." in text}
    assert len(used) > 60
    assert sorted(used - set(ENTRIES) - set(texts("zh").entries) - _page_keys()) == []


def _page_keys():
    """The words of the rule pages, which stand in a file of their own."""
    table = tomllib.loads((folder("rules") / "pages" / "words.toml").read_text(encoding="utf-8"))
    return {f"page.{key}" for key in table.get("page", table)}


def test_no_word_of_the_outputs_is_left_unused():
    """Reasons are given by readers, checks and the command line; the words around findings are the outputs' own."""
    written = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py"))
    own = {key for key in ENTRIES if key.split(".")[0] in {"report", "html", "github", "junit", "place", "count"}}
    assert not {key for key in own if f'"{key}"' not in written}


def test_every_kind_of_agency_and_every_state_has_a_name():
    assert all(f"kind.{kind.value}" in ENTRIES for kind in AgencyKind)
    assert all(f"state.{state}" in ENTRIES for state in ("held", "broken", "unchecked"))
    assert f"cell.{State.UNREAD.value}" in ENTRIES


def test_a_reason_of_a_plug_in_is_its_own_word_and_a_missing_value_a_question_mark():
    say = words("zh")
    assert say.reason("unchecked", "no-such-reason") == "no-such-reason"
    assert say.unreadable("damaged", "word/document.xml") == "文件已损坏（word/document.xml）"
    assert say.unreadable("too-large", "pages") == "文件过大或过于复杂，不予读取（页数过多）"
    assert say.unreadable("damaged") == "文件已损坏"
    with pytest.raises(KeyError):
        say("report.no-such-key")


def test_another_language_is_refused():
    with pytest.raises(ValueError, match=" or ".join(LANGUAGES) + "|zh, en"):
        words("fr")


def test_a_text_in_one_language_only_is_a_fault_with_its_path():
    with pytest.raises(LoadError, match=r"count\.files\.en|count.*en.*missing"):
        read_toml('[count]\nfiles = { zh = "文件" }\n', "words.toml", _sections)
