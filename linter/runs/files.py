"""From what was typed to the files that are meant: folders, patterns and ignore files."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from linter.loading import file_text
from linter.readers import SUFFIXES

if TYPE_CHECKING:
    from pathspec import PathSpec
    from pathspec.pattern import Pattern

    _Spec = tuple[Path, PathSpec[Pattern]]

IGNORE_FILE = ".goujiignore"
_ALWAYS = frozenset({".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv"})


def expand(paths: Sequence[str]) -> list[str]:
    """The files named, each once, folders searched for drafts; a name that matches nothing stays, to be reported.

    Raises LoadError for an ignore file that is no text.
    """
    found: dict[str, None] = {}
    for path in paths:
        if os.path.isdir(path):
            found.update(dict.fromkeys(sorted(_walk(Path(path)))))
        elif not os.path.exists(path) and glob.has_magic(path):
            matches = sorted(match for match in glob.glob(path, recursive=True) if os.path.isfile(match))
            found.update(dict.fromkeys(matches or [path]))
        else:
            found[path] = None
    return list(found)


def _walk(top: Path) -> Iterator[str]:
    """Drafts below a folder, as .goujiignore files (in the manner of .gitignore) allow. Links are not followed."""
    specs: list[_Spec] = []
    for folder, folders, files in os.walk(top):
        here = Path(folder)
        if IGNORE_FILE in files:
            specs.append((here, _spec(here / IGNORE_FILE)))
        folders[:] = sorted(
            name for name in folders if name not in _ALWAYS and not _ignored(here / name, specs, folder=True)
        )
        for name in files:
            draft = Path(name).suffix.lower() in SUFFIXES and not name.startswith(("~$", "."))
            if draft and not _ignored(here / name, specs):
                yield str(here / name)


def _spec(path: Path) -> PathSpec[Pattern]:
    from pathspec import PathSpec  # noqa: PLC0415 -- only where an ignore file stands

    return PathSpec.from_lines("gitwildmatch", file_text(path).splitlines())


def _ignored(path: Path, specs: Sequence[_Spec], *, folder: bool = False) -> bool:
    return any(
        spec.match_file(str(path.relative_to(base)) + ("/" if folder else ""))
        for base, spec in specs
        if path.is_relative_to(base)
    )
