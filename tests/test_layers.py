"""Imports point one way: the order of the house (docs/architecture.md) as data, walked with ast."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

LAYERS = (
    ("model", "version"),
    ("resources", "loading", "globs", "bounded", "opc", "pdfgeometry", "store"),
    ("grammars", "words", "text"),
    ("editions", "readers", "parsing", "sums"),
    ("recognise",),
    ("checks", "packs"),
    ("rendering", "findings", "engine"),
    ("formats",),
    ("options", "library", "trial", "blank", "runs"),
    ("config", "waivers"),
    ("cli",),
    ("__main__",),
    ("linter",),
)
"""Lower first. A module imports its own layer and those before it; within a layer no ring. Last the package itself: it
hands out what others define, and nothing of ours may ask it.
"""

ALLOWED = {
    "model": {"model"},
    "checks": {"model", "text", "checks"},
    "readers": {"model", "readers", "text", "bounded", "opc", "pdfgeometry"},
    "formats": {"model", "version", "words", "sums", "bounded", "opc", "pdfgeometry", "formats"},
}
"""Packages that import nothing but this of ours, wherever the layers would allow more."""

FOREIGN = {
    "typer": {"linter.cli"},
    "rich": {"linter.cli", "linter.formats.console"},
    "lark": {"linter.grammars"},
    "pypdfium2": {"linter.pdfgeometry", "linter.readers.pdf", "linter.formats.pdf_notes"},
    "python_calamine": {"linter.readers.xlsx"},
}
"""Who may import what is not ours; a package stands for the modules in it."""

DISTRIBUTIONS = {"python_calamine": "python-calamine"}
"""Distributions whose import name is another."""

Imports = Mapping[str, frozenset[str]]
"""Module → the modules it imports, at its top or inside functions; imports for type checkers alone left out."""


def imports_of(text: str) -> Iterator[str]:
    """Every module that a source imports. ``from linter.y import x`` may name a module: ``linter.y.x``."""
    waiting: list[ast.AST] = [ast.parse(text)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            waiting += node.orelse
            continue
        waiting += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            whole = str(node.module)
            if whole != "linter":
                yield whole
            if whole.split(".", maxsplit=1)[0] == "linter":
                yield from (f"{whole}.{alias.name}" for alias in node.names)


def walked() -> Imports:
    paths = {_module(path): path for path in sorted((ROOT / "linter").rglob("*.py"))}
    return {
        module: frozenset(_owner(name, paths) for name in imports_of(path.read_text(encoding="utf-8")))
        for module, path in paths.items()
    }


def _owner(name: str, modules: Iterable[str]) -> str:
    """``linter.words.words`` → ``linter.words``: the module that defines what a name of ours means."""
    return name if name in modules or not name.startswith("linter.") else _owner(name.rpartition(".")[0], modules)


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def part(module: str) -> str:
    """``linter.readers.docx`` → ``readers``; ``linter`` for the package itself and what it defines."""
    name = module.split(".")[1:2]
    known = [layer for group in LAYERS for layer in group]
    return name[0] if name and (name[0] in known or not name[0].startswith("__")) else "linter"


def ours(imports: Iterable[str]) -> set[str]:
    return {part(name) for name in imports if name.split(".")[0] == "linter"}


def inverted(imports: Imports) -> list[str]:
    """Imports against the order."""
    height = {name: level for level, group in enumerate(LAYERS) for name in group}
    return [
        f"{module} imports {target}"
        for module, targets in imports.items()
        for target in sorted(ours(targets))
        if height[target] > height[part(module)]
    ]


def disallowed(imports: Imports) -> list[str]:
    """Imports that `ALLOWED` or `FOREIGN` excludes."""
    near = [
        f"{module} imports {target}"
        for module, targets in imports.items()
        if part(module) in ALLOWED
        for target in sorted(ours(targets) - ALLOWED[part(module)])
    ]
    far = [
        f"{module} imports {target}"
        for module, targets in imports.items()
        for target in sorted({name.split(".")[0] for name in targets} & FOREIGN.keys())
        if not any(module == home or module.startswith(home + ".") for home in FOREIGN[target])
    ]
    return near + far


def rings(imports: Imports) -> list[str]:
    """Modules of ours that import each other in a ring, imports inside functions included."""
    graph = {module: {target for target in targets if target in imports} for module, targets in imports.items()}
    while leaves := [module for module, targets in graph.items() if not targets & graph.keys()]:
        for module in leaves:
            del graph[module]
    return sorted(graph)


def test_every_module_has_its_layer() -> None:
    named = {name for group in LAYERS for name in group}
    assert {part(module) for module in walked()} <= named


def test_imports_point_to_lower_layers() -> None:
    assert inverted(walked()) == []


def test_packages_import_only_what_they_may() -> None:
    assert disallowed(walked()) == []


def test_no_modules_import_each_other_in_a_ring() -> None:
    assert rings(walked()) == []


def test_every_package_imported_is_declared() -> None:
    """What is imported and not declared works here, where other tools brought it along, and nowhere else."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    stated = [
        *project["dependencies"],
        *(item for extra in project["optional-dependencies"].values() for item in extra),
    ]
    declared = {re.split(r"[\s<>=~\[;]", item)[0] for item in stated}
    names = {name.split(".")[0] for targets in walked().values() for name in targets}
    foreign = names - set(sys.stdlib_module_names) - {"linter"}
    assert {DISTRIBUTIONS.get(name, name) for name in foreign} <= declared


@pytest.mark.parametrize(
    ("module", "text", "told"),
    [
        ("linter.model.report", "from linter.words import words", "linter.model.report imports words"),
        ("linter.readers.text", "def f():\n from linter.editions import x", "linter.readers.text imports editions"),
        ("linter.checks.stock", "import linter.readers.text", "linter.checks.stock imports readers"),
        ("linter.engine", "from linter import formats", "linter.engine imports formats"),
        ("linter.library", "from linter.cli.app import app", "linter.library imports cli"),
        ("linter.formats.html", "from linter.engine import lint", "linter.formats.html imports engine"),
        ("linter.formats.html", "import rich.console", "linter.formats.html imports rich"),
        ("linter.engine", "from lark import Lark", "linter.engine imports lark"),
        ("linter.runs.run", "import typer", "linter.runs.run imports typer"),
        ("linter.store.cache", "from linter import __version__", "linter.store.cache imports linter"),
        ("linter.readers.text", "from linter.checks import stock", "linter.readers.text imports checks"),
    ],
)
def test_an_import_against_the_order_is_seen(module: str, text: str, told: str) -> None:
    imports = {module: frozenset(imports_of(text))}
    assert told in inverted(imports) + disallowed(imports)


def test_an_import_for_type_checkers_alone_is_no_dependency() -> None:
    text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n from linter.cli.app import app"
    assert list(imports_of(text)) == ["typing"]


def test_a_ring_is_seen() -> None:
    assert rings({"a": frozenset("b"), "b": frozenset("c"), "c": frozenset("b"), "d": frozenset()}) == ["a", "b", "c"]
