"""Which files a pattern of the configuration means: the manner of .gitignore, with ``*``, ``**`` and ``?`` alone.

Brackets stand for themselves: document numbers in file names have them.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

_TOKENS = re.compile(r"\*\*/|\*\*|\*|\?")
_MEANING = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
_STDIN = "-"


def matches(pattern: str, path: str) -> bool:
    """Whether the pattern means the file at `path` (relative, with slashes).

    Without a slash before its end it means a name in any folder; the name of a folder means all that lies below it.
    """
    return _compiled(pattern).match(path) is not None


def relative(path: str, folder: Path) -> str:
    """`path` as seen from `folder`, with slashes; absolute on another drive. Standard input (``-``) stays as it is."""
    if path == _STDIN:
        return path
    try:
        seen = os.path.relpath(path, folder)
    except ValueError:  # Windows: no way leads from one drive to another
        return Path(path).absolute().as_posix()
    return Path(seen).as_posix()


def absolute(path: Path) -> Path:
    """`path` from the root of the disk, without ``..``: one name for a file, links left as they are."""
    return Path(os.path.abspath(path))  # noqa: PTH100 -- Path.resolve would follow links


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    plain = pattern.replace("\\", "/").removeprefix("./").rstrip("/")
    anywhere = "" if "/" in plain else "(?:.*/)?"
    plain = plain.removeprefix("/")
    parts, done = [], 0
    for token in _TOKENS.finditer(plain):
        parts += [re.escape(plain[done : token.start()]), _MEANING[token[0]]]
        done = token.end()
    return re.compile(f"{anywhere}{''.join(parts)}{re.escape(plain[done:])}(?:/.*)?\\Z", re.DOTALL)
