"""Strict reading of a rule's settings, for every kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")


class Settings:
    """The settings of a rule, read key by key; `done` refuses keys nobody asked for. All faults are ValueErrors."""

    def __init__(self, table: Mapping[str, object]) -> None:
        self._table = table
        self._asked: set[str] = set()

    def text(self, key: str, default: str | None = None) -> str:
        return self._get(key, str, default)

    def number(self, key: str, default: int | None = None) -> int:
        return self._get(key, int, default)

    def flag(self, key: str, default: bool | None = None) -> bool:
        return self._get(key, bool, default)

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        found = self._get(key, list, None if default is None else list(default))
        for item in found:
            if not isinstance(item, str):
                raise ValueError(f"{key}: expected a list of texts, found {item!r} in it")  # noqa: TRY004 -- see the class
        return tuple(found)

    def patterns(self, key: str, default: tuple[str, ...] | None = None) -> tuple[re.Pattern[str], ...]:
        """Regular expressions, compiled."""
        return tuple(_compiled(key, text) for text in self.texts(key, default))

    def pattern(self, key: str, *, groups: tuple[str, ...] = ()) -> re.Pattern[str]:
        """A regular expression, compiled, that has the named `groups`."""
        found = _compiled(key, self.text(key))
        for group in groups:
            if group not in found.groupindex:
                raise ValueError(f"{key}: expected a group (?P<{group}>…) in {found.pattern!r}")
        return found

    def choice(self, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
        found = self.text(key, default)
        if found not in choices:
            raise ValueError(f"{key}: expected one of {', '.join(choices)}, found {found!r}")
        return found

    def done(self) -> None:
        """Raises ValueError for a key that no getter asked for."""
        unknown = sorted(set(self._table) - self._asked)
        if unknown:
            raise ValueError(f"{unknown[0]}: unknown key, expected one of {', '.join(sorted(self._asked)) or 'none'}")

    def _get(self, key: str, kind: type[T], default: T | None) -> T:
        self._asked.add(key)
        if key not in self._table:
            if default is None:
                raise ValueError(f"{key}: missing")
            return default
        found = self._table[key]
        if type(found) is not kind:
            raise ValueError(f"{key}: expected {kind.__name__}, found {found!r}")
        return found


def _compiled(key: str, text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise ValueError(f"{key}: {error.pattern!r} is no regular expression: {error}") from error
