"""The bytes of a draft as the command line names it: a file, or standard input."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from linter.cli.request import Request
from linter.library import read_bytes
from linter.readers import MAX_BYTES
from linter.runs.files import STDIN


@cache
def standard_input() -> bytes:
    """What was piped in: read once, whoever asks, and no further than the byte that makes a draft too large."""
    return sys.stdin.buffer.read(MAX_BYTES + 1)


def content(path: str, request: Request) -> bytes:
    """The bytes of the draft that a result calls `path`. Raises Unreadable."""
    piped = STDIN in request.paths and path == request.called(STDIN)
    return standard_input() if piped else read_bytes(Path(path))
