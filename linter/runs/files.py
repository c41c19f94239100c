"""From what was typed to the files that are meant: folders, patterns and ignore files."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from linter.globs import absolute
from linter.loading import file_text
from linter.readers import SUFFIXES

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    _Spec = tuple[Path, GitIgnoreSpec]

STDIN = "-"
"""Names standard input among paths."""
IGNORE_FILE = ".goujiignore"
_ALWAYS = frozenset({".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to be checked. `named`: asked for by its name, not come upon in a folder or by a pattern."""

    path: str
    named: bool


def expand(paths: Sequence[str], *, force_exclude: bool = False) -> list[Wanted]:
    """The files meant, each once, folders searched for drafts.

    A name or pattern that matches nothing stays, as named, to be reported; so does a folder that cannot be listed.
    `force_exclude`: ignore files speak of named files too, not only of those found in folders. Raises LoadError for an
    ignore file that is no text.
    """
    found: dict[str, Wanted] = {}
    ignored = _Ignored()
    for path in paths:
        if os.path.isdir(path):
            for one in sorted(_walk(Path(path), ignored), key=lambda one: one.path):
                found.setdefault(one.path, one)
        elif not os.path.exists(path) and glob.has_magic(path):
            matches = sorted(match for match in glob.glob(path, recursive=True) if os.path.isfile(match))
            for match in matches:
                found.setdefault(match, Wanted(match, named=False))
            if not matches:
                found[path] = Wanted(path, named=True)
        elif path == STDIN or not (force_exclude and ignored(Path(path))):
            found[path] = Wanted(path, named=True)
    return list(found.values())


def _walk(top: Path, ignored: _Ignored) -> Iterator[Wanted]:
    """Drafts below a folder, as ignore files allow. Links are not followed."""
    unlisted: list[OSError] = []
    for folder, folders, files in os.walk(top, onerror=unlisted.append):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if name not in _ALWAYS and not ignored(here / name, folder=True))
        for name in files:
            draft = Path(name).suffix.lower() in SUFFIXES and not name.startswith(("~$", "."))
            if draft and not ignored(here / name):
                yield Wanted(str(here / name), named=False)
    yield from (Wanted(str(Path(error.filename)), named=True) for error in unlisted)


class _Ignored:
    """Whether a .goujiignore (in the manner of .gitignore) in a file's folder or above it leaves the file out."""

    def __init__(self) -> None:
        self._above: dict[Path, tuple[_Spec, ...]] = {}

    def __call__(self, path: Path, *, folder: bool = False) -> bool:
        whole = absolute(path)
        return any(
            spec.match_file(str(whole.relative_to(base)) + ("/" if folder else ""))
            for base, spec in self._specs(whole.parent)
        )

    def _specs(self, here: Path) -> tuple[_Spec, ...]:
        """The ignore files of a folder and those above it, each with the folder that it stands in."""
        if here not in self._above:
            upper = self._specs(here.parent) if here.parent != here else ()
            file = here / IGNORE_FILE
            self._above[here] = (*upper, (here, _spec(file))) if os.path.isfile(file) else upper
        return self._above[here]


def _spec(path: Path) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 -- only where an ignore file stands

    return GitIgnoreSpec.from_lines(file_text(path).splitlines())
