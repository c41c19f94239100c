"""Names as a rule's settings give them: whole, or with ``*`` for whatever may stand there."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache


@cache  # the names are those of the editions, asked of every report
def named(name: str, patterns: tuple[str, ...]) -> bool:
    """Whether one of the patterns means the name; ``*`` goes past a ``/``, too."""
    return any(fnmatchcase(name, pattern) for pattern in patterns)
