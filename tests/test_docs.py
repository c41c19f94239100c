"""The documentation says what is: pages fresh, links alive, commands and options that exist."""

from __future__ import annotations

import re
import runpy
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from typer.main import get_command

from linter.cli.app import app
from linter.packs import load_rules

ROOT = Path(__file__).parents[1]
GENERATE = runpy.run_path(str(ROOT / "docs" / "generate.py"))
FAMILIES = {"S": 15, "T": 10, "C": 11, "P": 7, "N": 6, "Y": 4, "R": 2, "W": 6, "D": 5}
"""How many rules the plan of the house names in each family."""
PAGES = sorted(
    path
    for top in ("docs", "rules", "examples", "fuzz", "benchmarks", ".")
    for path in ((ROOT / top).rglob("*.md") if top != "." else ROOT.glob("*.md"))
    if not (path.is_relative_to(ROOT / "examples") and path.name[0].isdigit())  # the examples themselves are drafts
)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|~~~.*?~~~|`[^`\n]+`", re.DOTALL)
CALL = re.compile(
    r"""(?:^|[\s`$(|&])(?:gouji|python -m linter)((?: +(?:"[^"$]*"|'[^']*'|[^\s`;|&<>$("']+))*)""", re.MULTILINE
)


def test_generated_pages_are_fresh():
    """What `python docs/generate.py` would write is what stands there, and nothing else does."""
    wanted = GENERATE["files"]()

    assert {path.name for path in GENERATE["FOLDER"].glob("*")} == {path.name for path in wanted}
    stale = [path.name for path, text in wanted.items() if path.read_text(encoding="utf-8") != text]
    assert stale == []


@pytest.mark.parametrize(("family", "count"), FAMILIES.items())
def test_every_rule_of_the_plan_has_its_page(family, count):
    for number in range(1, count + 1):
        page = (ROOT / "docs" / "rules" / f"{family}{number:02}.md").read_text(encoding="utf-8")
        titles = re.findall(r"^## (.+)$", page, re.MULTILINE)
        assert {"为什么", "常见原因", "依据", "错误示例", "正确示例", "怎么调整"} <= set(titles)
        assert {"Why", "Common cause", "Provision", "Faulty", "Clean", "Adjusting it"} <= set(titles)


def test_every_rule_has_a_common_cause_and_every_cause_a_rule():
    causes = tomllib.loads((ROOT / "rules" / "pages" / "causes.toml").read_text(encoding="utf-8"))["cause"]

    assert set(causes) == {rule.id for rule in load_rules()}


def test_the_folder_of_rules_is_described_file_by_file():
    text = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
    names = {str(path.relative_to(ROOT / "rules")) for path in (ROOT / "rules").rglob("*.toml")}
    described = set(re.findall(r"^\| `([^`]+)`", text, re.MULTILINE))

    assert text.startswith("# Rules are data")
    assert described - {"editions/*.toml"} == {name for name in names if not name.startswith("editions/")}


def anchors(text: str) -> set[str]:
    """The anchors of the headings, as the forges make them."""
    titles = re.findall(r"^#{1,6} +(.+?)\s*$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_resolve(path):
    text = CODE.sub("", path.read_text(encoding="utf-8"))
    dead = []
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (path.parent / name).resolve() if name else path
        known = anchors(file.read_text(encoding="utf-8")) if file.suffix == ".md" and file.is_file() else set()
        if not file.exists() or (anchor and anchor not in known):
            dead.append(target)
    assert dead == []


def calls(text: str) -> Iterator[list[str]]:
    """What stands behind ``gouji`` in code: its arguments."""
    for code in CODE.findall(text):
        for found in CALL.findall(code.replace("\\\n", " ")):
            yield found.split()


@cache
def options() -> dict[str, set[str]]:
    """The options of every command, "" for gouji itself."""
    command = get_command(app)
    commands = {"": command, **command.commands}  # type: ignore[attr-defined]
    known = {"-h", "--help", "--install-completion", "--show-completion"}
    return {
        name: known | {text for param in item.params for text in (*param.opts, *param.secondary_opts)}
        for name, item in commands.items()
    }


def unknown(text: str) -> list[str]:
    """Commands and options in the text's code that gouji does not have."""
    wrong = []
    for words in calls(text):
        first = next(iter(words), "")
        command = first if first in options() else ""
        if re.fullmatch(r"[a-z]+", first) and not command:
            wrong.append(first)
            continue
        given = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
        wrong += sorted(f"{command} {option}" for option in given - options()[command])
    return wrong


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_and_options_exist(path):
    assert unknown(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("`gouji check --formt json a.md`", ["check --formt"]),
        ("```sh\ngouji lint a.md\n```", ["lint"]),
        ("`gouji check a.md --lang en` and `gouji explain C02`, gouji --nothing", []),
        ("```sh\ngouji check \\\n  --no-such-thing\n```", ["check --no-such-thing"]),
    ],
)
def test_a_wrong_command_would_be_seen(text, wrong):
    assert unknown(text) == wrong
