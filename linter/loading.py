"""Strict reading of our TOML: typed getters, and an error that names every fault by its path.

Nothing is guessed and nothing passes unread: a key that nobody asked for is a fault, with the nearest right key beside
it. All faults of a file are found in one go.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

T = TypeVar("T")

_NAMES = {str: "text", int: "a whole number", bool: "true or false", list: "a list", dict: "a table"}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where: ``forms[1].rows[2].label``, "" for the file as a whole."""

    path: str
    text: str

    def under(self, step: str) -> Fault:
        joint = "." if self.path and not self.path.startswith("[") else ""
        return Fault(f"{step}{joint}{self.path}", self.text)

    def __str__(self) -> str:
        return f"{self.path}: {self.text}" if self.path else self.text


class LoadError(Exception):
    """A file of ours that cannot be used. `name` is the file's, `faults` are all that were found, in file order."""

    def __init__(self, faults: Iterable[Fault], name: str = "") -> None:
        self.faults = tuple(faults)
        self.name = name
        super().__init__("\n".join(f"{name}: {fault}" if name else str(fault) for fault in self.faults))

    @classmethod
    def of(cls, text: str, path: str = "") -> LoadError:
        """The error of a single fault."""
        return cls([Fault(path, text)])

    def under(self, step: str) -> LoadError:
        """The same error seen from one level further out: every path grows by `step`."""
        return LoadError((fault.under(step) for fault in self.faults), self.name)


class Fields:
    """A TOML table, read key by key.

    A getter that meets a fault notes it and answers with an empty value, so that the rest of the table is read too.
    No such value gets out: `read` raises whatever was noted.
    """

    def __init__(self, table: Mapping[str, object]) -> None:
        self._table = table
        self._asked: list[str] = []
        self._missing: list[str] = []
        self._faults: list[Fault] = []

    def __contains__(self, key: str) -> bool:
        return key in self._table

    def text(self, key: str, default: str | None = None) -> str:
        return self._get(key, str, default, "")

    def number(self, key: str, default: int | None = None) -> int:
        return self._get(key, int, default, 0)

    def flag(self, key: str, default: bool | None = None) -> bool:
        return self._get(key, bool, default, False)

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        found = self._get(key, list, None if default is None else list(default), [])
        for index, item in enumerate(found):
            if type(item) is not str:
                self.fault(f"{key}[{index}]", _unlike(str, item))
        return tuple(item for item in found if type(item) is str)

    def choice(self, key: str, choices: Iterable[str], default: str | None = None) -> str:
        """A text out of a few; the first of them stands in for a faulty one."""
        allowed = list(choices)
        found = self._get(key, str, default, allowed[0])
        if found not in allowed:
            self.fault(key, f"unknown {found!r}{nearest(found, allowed)}; expected one of {', '.join(allowed)}")
            return allowed[0]
        return found

    def mapping(self, key: str, default: Mapping[str, object] | None = None) -> Mapping[str, object]:
        """A table as it stands, its keys unread."""
        return self._get(key, dict, None if default is None else dict(default), {})

    def each(self, key: str, build: Callable[[Fields], T], *, required: bool = True) -> tuple[T, ...]:
        """A list of tables, each through `build`; the faults of all of them are found. A required one is not empty."""
        built: list[T] = []
        if required and self._table.get(key) == []:
            self.fault(key, "empty")
        for index, item in enumerate(self._get(key, list, None if required else [], [])):
            step = f"{key}[{index}]"
            if type(item) is not dict:
                self.fault(step, _unlike(dict, item))
                continue
            try:
                built.append(read(item, build))
            except LoadError as error:
                self._faults += error.under(step).faults
        return tuple(built)

    def named(self, key: str, build: Callable[[Fields], T], *, required: bool = True) -> dict[str, T]:
        """A table of tables under names of their own, each through `build`."""
        built: dict[str, T] = {}
        for name, item in self._get(key, dict, None if required else {}, {}).items():
            step = f"{key}.{name}"
            if type(item) is not dict:
                self.fault(step, _unlike(dict, item))
                continue
            try:
                built[name] = read(item, build)
            except LoadError as error:
                self._faults += error.under(step).faults
        return built

    @property
    def sound(self) -> bool:
        """Nothing asked for so far was missing or faulty."""
        return not self._missing and not self._faults

    def skip(self, key: str) -> None:
        """Passes over a key that cannot be judged."""
        self._asked.append(key)

    def fault(self, path: str, text: str) -> None:
        """Notes a fault that the getters cannot see."""
        self._faults.append(Fault(path, text))

    def faults(self) -> tuple[Fault, ...]:
        """All that is wrong with the table; a mistyped key is said once, not also as missing."""
        mistyped = {key: _close(key, self._asked) for key in self._table if key not in self._asked}
        missing = [key for key in self._missing if key not in mistyped.values()]
        return (
            *(Fault(key, f"unknown key{_or(right)}") for key, right in mistyped.items()),
            *(Fault(key, "missing") for key in missing),
            *self._faults,
        )

    def _get(self, key: str, kind: type[T], default: T | None, empty: T) -> T:
        self._asked.append(key)
        if key not in self._table:
            if default is None:
                self._missing.append(key)
                return empty
            return default
        found = self._table[key]
        if type(found) is not kind:  # not isinstance: true is no number
            self.fault(key, _unlike(kind, found))
            return empty
        return found


def read(table: Mapping[str, object], build: Callable[[Fields], T]) -> T:
    """`table` through `build`. Raises LoadError with every fault, those that `build` raises included."""
    fields = Fields(table)
    try:
        built = build(fields)
    except LoadError as error:  # what `build` met after a fault may only follow from it
        raise LoadError(fields.faults() if not fields.sound else error.faults) from error
    if faults := fields.faults():
        raise LoadError(faults)
    return built


def read_toml(text: str, name: str, build: Callable[[Fields], T]) -> T:
    """A TOML file's `text` through `build`. Raises LoadError that carries the file's `name`."""
    try:
        return read(tomllib.loads(text), build)
    except tomllib.TOMLDecodeError as error:
        raise LoadError([Fault("", str(error))], name) from error
    except LoadError as error:
        raise LoadError(error.faults, name) from error


def file_text(file: Traversable) -> str:
    """The text of one of our files or of a user's (a Path is a Traversable), without the byte order mark that Windows
    Notepad begins it with. Raises LoadError.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise LoadError([Fault("", error.strerror or str(error))], file.name) from error
    except UnicodeDecodeError as error:
        raise LoadError([Fault("", f"no UTF-8: byte {error.start}")], file.name) from error


def nearest(word: str, words: Iterable[str]) -> str:
    """``, did you mean 'label'?`` when one of `words` is close to `word`, else nothing."""
    return _or(_close(word, words))


def pointed(text: str, start: int, end: int) -> str:
    """`text` on a line of its own with carets under ``text[start:end]``."""
    return f"\n    {text}\n    {' ' * start}{'^' * max(end - start, 1)}"


def _close(word: str, words: Iterable[str]) -> str | None:
    from difflib import get_close_matches  # noqa: PLC0415 - only when something is wrong

    return next(iter(get_close_matches(word, list(words), n=1)), None)


def _or(right: str | None) -> str:
    return f", did you mean {right!r}?" if right else ""


def _unlike(kind: type, found: object) -> str:
    return f"expected {_NAMES[kind]}, found {_NAMES.get(type(found), type(found).__name__)}"
