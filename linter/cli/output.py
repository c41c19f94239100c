"""Where answers go: the terminal, or a file that is never overwritten unasked and never left half written."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from linter.cli.texts import stop
from linter.words import Catalogue, words


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
    """Writes the file whole or not at all; an existing one only with `force`. Ends the command where it cannot.

    A link is followed, a device or pipe refused. Who may read the file is as the person's umask says, or as before.
    """
    try:
        target = Path(os.path.realpath(path))
        there = os.path.lexists(target)
        if there and not force:
            stop(say("usage.exists", path=path))
        if there and not target.is_file():
            stop(say("usage.cannot-write", path=path, detail=words(say.language)("unreadable.not-a-file")))
        _replace(target, content)
    except OSError as error:
        stop(say("usage.cannot-write", path=path, detail=error.strerror or error))
    tell(say("usage.written", path=path))


def _replace(target: Path, content: bytes) -> None:
    """Puts the content in the file's place in one step. Raises OSError; nothing else is left behind."""
    from secrets import token_hex  # noqa: PLC0415 -- only where a file is written
    from shutil import copymode  # noqa: PLC0415 -- as above

    temporary = target.with_name(f".gouji-{token_hex(8)}")
    try:
        with temporary.open("xb") as file:
            file.write(content)
        if target.exists():
            copymode(target, temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
