"""The commands printed in the documents for newcomers, run in a copy of the examples.

``console`` blocks hold commands behind ``$`` and, below each, what it prints; a line ``…`` stands for any lines. ``sh``
and ``python`` blocks are run as they are. ``python tests/document_commands.py`` prints today's output into the
``console`` blocks whose output has changed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]

DOCUMENTS = (
    "README.md",
    "README.zh.md",
    "CONTRIBUTING.md",
    "examples/README.md",
    "examples/agency-repository/README.md",
    "docs/tutorial-author.md",
    "docs/tutorial-author.zh.md",
    "docs/tutorial-ci.md",
    "docs/tutorial-rules.md",
    "docs/exit-codes.md",
    "docs/library.md",
)

_BLOCK = re.compile(r"^```(?P<kind>console|sh|python)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_SESSION = re.compile(r"^\$ (?P<line>.*)\n(?P<output>(?:(?!\$ |```).*\n)*)", re.MULTILINE)
_SETS_UP = re.compile(r"-m venv|pip install|pre-commit|python tests/|\.ci/run|\.venv/bin/")
"""Commands that make an environment or run all tests: .ci/run runs the README's own."""
_ANYTHING = "…"
WIDTH = "100"


@dataclass(frozen=True, slots=True)
class Command:
    """What a document has one type. `output`: what it says is printed, None where it says nothing."""

    line: str
    output: str | None = None


def commands(document: str) -> Iterator[Command]:
    """The commands of a document in order, those left out that set up an environment."""
    text = (ROOT / document).read_text(encoding="utf-8")
    for block in _BLOCK.finditer(text):
        for command in _commands(block["kind"], block["text"]):
            if not _SETS_UP.search(command.line):
                yield command


def _commands(kind: str, text: str) -> Iterator[Command]:
    if kind == "console":
        yield from (Command(session["line"], session["output"]) for session in _SESSION.finditer(text))
    elif kind == "python":
        yield Command(f"python - <<'END'\n{text}END")
    else:
        lines = text.replace("\\\n", " ").splitlines()
        yield from (Command(line) for line in lines if line.strip() and not line.startswith("#"))


class Desk:
    """A copy of the examples, with ``gouji`` and ``python`` on the path as a reader has them after installing."""

    def __init__(self, folder: Path) -> None:
        self._home = folder / "gouji"
        self._bin = folder / "bin"
        self._bin.mkdir(parents=True)
        shutil.copytree(ROOT / "examples", self._home / "examples")
        for name, start in (("gouji", "-m linter"), ("python", "")):
            (self._bin / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {start} "$@"\n', encoding="utf-8")
            (self._bin / name).chmod(0o755)

    def run(self, line: str, where: Path = Path(), **variables: str) -> subprocess.CompletedProcess[str]:
        """The command run in the folder `where` of the copy, standard error among its output."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("GOUJI", "PYTHON"))}
        own = {"PATH": f"{self._bin}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "COLUMNS": WIDTH}
        return subprocess.run(
            ["bash", "-c", line],
            cwd=self._home / where,
            env=kept | own | variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )


def where(document: str) -> Path:
    """The folder that a document's commands are typed in: that of the project, or among the examples its own."""
    return Path(document).parent if document.startswith("examples/") else Path()


def says(output: str, shown: str) -> bool:
    """Whether `output`, as a document has it, is what was shown; blanks at the ends of lines apart."""
    lines = [".*?" if line.strip() == _ANYTHING else re.escape(line.rstrip()) for line in output.strip().splitlines()]
    return re.fullmatch("(?s)" + "\n".join(lines), _trimmed(shown)) is not None


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def refreshed(document: str, desk: Desk) -> str:
    """The document with today's output where it prints another."""
    text = (ROOT / document).read_text(encoding="utf-8")
    for command in commands(document):
        shown = desk.run(command.line, where(document)).stdout
        if command.output is not None and not says(command.output, shown):
            text = text.replace(f"$ {command.line}\n{command.output}", f"$ {command.line}\n{_trimmed(shown)}\n", 1)
    return text


def main() -> None:
    for document in DOCUMENTS:
        with tempfile.TemporaryDirectory() as folder:
            text = refreshed(document, Desk(Path(folder)))
        (ROOT / document).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
