"""The user's cache folder: bytes kept under a key, bounded in size, safe beside other runs, never trusted from others.

What cannot be kept is no error: a run is then slower and answers the same.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

from linter.resources import folder
from linter.version import __version__

_SHELVES = 64
_SHELF_BYTES = 4 << 20
"""Shelves are emptied one by one, each when something is put on it: no run ever lists the whole cache (256 MB)."""
_OTHERS_MAY_WRITE = 0o022


class Cache:
    """A folder of bytes by key. A key says everything that its value depends on (see `key`)."""

    def __init__(self, folder: Path | None) -> None:
        """`folder`: where the bytes lie, None: nowhere; nothing is then found and nothing kept."""
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """What was put under the key; None: nothing, or it cannot be read."""
        if self._folder is None:
            return None
        path = self._path(key)
        try:
            kept = path.read_bytes()
            os.utime(path)  # what is used stays longest
        except OSError:
            return None
        digest, value = kept[:32], kept[32:]
        return value if sha256(value).digest() == digest else None

    def put(self, key: str, value: bytes) -> None:
        """Keeps the bytes: whole or not at all, whoever else writes at the same moment."""
        if self._folder is None:
            return
        from tempfile import mkstemp  # noqa: PLC0415 -- 4 ms that a run which finds everything need not pay

        path = self._path(key)
        with suppress(OSError):
            path.parent.mkdir(mode=0o700, exist_ok=True)
            handle, name = mkstemp(dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(sha256(value).digest() + value)
                Path(name).replace(path)
            except OSError:
                Path(name).unlink()
                raise
            _trim(path.parent)

    def _path(self, key: str) -> Path:
        """A file on the shelf of its key. Raises TypeError without a folder."""
        shelf = int(key[:8], 16) % _SHELVES
        return Path(str(self._folder), f"{shelf:02}", key)


def key(*parts: bytes | str) -> str:
    """The key of what depends on the `parts`, and on nothing else but the program and its data, which are added."""
    told = sha256(_program())
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        told.update(b"%d:" % len(data))
        told.update(data)
    return told.hexdigest()


@cache
def user_cache() -> Cache:
    """The cache of the person who runs the program: GOUJI_CACHE, else where the system keeps caches."""
    folder = _place()
    return Cache(folder if folder and _owned(folder) else None)


def _place() -> Path | None:
    if asked := os.environ.get("GOUJI_CACHE"):
        return Path(asked)
    home = os.path.expanduser("~")  # noqa: PTH111 -- Path.home() raises where there is none
    if os.name == "nt":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local, "gouji", "cache") if local else None
    if xdg := os.environ.get("XDG_CACHE_HOME"):
        return Path(xdg, "gouji")
    below = "Library/Caches" if sys.platform == "darwin" else ".cache"
    return Path(home, below, "gouji") if os.path.isabs(home) else None  # noqa: PTH117 -- a text so far


def _owned(folder: Path) -> bool:
    """Makes the folder where it is missing; whether it is ours and nobody else can write to it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
    except OSError:
        return False
    if os.name == "nt":
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & _OTHERS_MAY_WRITE


def _trim(shelf: Path) -> None:
    """Takes the files used longest ago away until the shelf is small enough."""
    with os.scandir(shelf) as entries:
        files = sorted(
            ((entry.stat().st_mtime_ns, entry.stat().st_size, entry.path) for entry in entries), reverse=True
        )
    total = 0
    for _, size, path in files:
        total += size
        if total > _SHELF_BYTES:
            with suppress(FileNotFoundError):
                os.unlink(path)  # noqa: PTH108 -- a text from scandir


@cache
def _program() -> bytes:
    """What stands for this program in a key: its version, the interpreter's, and every file of code and data, by date.

    The dates are for those who change the program or its data; an installed one has files that stay. A program that
    runs as a zip is one file.
    """
    told = sha256(f"{__version__} {sys.version}".encode())
    package = Path(__file__).parents[1]
    if archive := next((above for above in package.parents if above.is_file()), None):
        stated = archive.stat()
        told.update(f"{archive} {stated.st_size} {stated.st_mtime_ns}\n".encode("utf-8", "surrogatepass"))
        return told.digest()
    tops = [str(package)]
    with suppress(FileNotFoundError):  # whoever needs them says so
        tops += [str(folder("rules")), str(folder("grammar"))]
    files = [file for top in tops for file in _files(top)]
    archive = Path(__file__).parents[2]
    if archive.is_file():  # run from a zip, no file of which can be looked at
        found = archive.stat()
        files.append((str(archive), found.st_size, found.st_mtime_ns))
    for path, size, changed in sorted(files):
        told.update(f"{path} {size} {changed}\n".encode("utf-8", "surrogatepass"))
    return told.digest()


def _files(top: str) -> list[tuple[str, int, int]]:
    """Every file of code and data below a folder: path, size, date of its last change."""
    found: list[tuple[str, int, int]] = []
    with suppress(OSError), os.scandir(top) as entries:
        for entry in entries:
            if entry.is_dir():
                found += _files(entry.path) if entry.name != "__pycache__" else []
            else:
                stated = entry.stat()
                found.append((entry.path, stated.st_size, stated.st_mtime_ns))
    return found
