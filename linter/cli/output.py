"""Where answers go: the terminal, or a file that is never overwritten unasked and never left half written."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from linter.cli.texts import stop
from linter.words import Catalogue


def show(text: str) -> None:
    """Text on standard output, as UTF-8 wherever it goes but a terminal, which knows its own encoding."""
    stream = sys.stdout
    if not stream.isatty() and hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="surrogateescape")
    stream.write(text if text.endswith("\n") or not text else text + "\n")
    stream.flush()


def tell(text: str) -> None:
    """A line for the person on standard error."""
    sys.stderr.write(text + "\n")


def spare(path: Path, inputs: Iterable[Path], say: Catalogue) -> None:
    """Ends the command where writing to `path` would replace one of `inputs`: no option allows that."""
    if any(same_file(path, read) for read in inputs):
        stop(say("usage.is-input", path=path))


def same_file(one: Path, other: Path) -> bool:
    """Whether both are there and are one file, by whatever names."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def save(path: Path, content: bytes, say: Catalogue, *, force: bool) -> None:
    """Writes the file whole or not at all; an existing one only with `force`. Ends the command where it cannot."""
    if path.exists() and not force:
        stop(say("usage.exists", path=path))
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        stop(say("usage.cannot-write", path=path, detail=error.strerror or error))
    tell(say("usage.written", path=path))
