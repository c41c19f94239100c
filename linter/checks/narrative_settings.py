"""Settings of the kinds that read prose: tables within tables, and patterns in the notation of `notation`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from linter.checks.notation import compile_pattern
from linter.checks.settings import Settings

T = TypeVar("T")


class ProseSettings(Settings):
    """`Settings` that may hold tables; a fault in one of them is named with its way: ``topics[2].claims[0].says``."""

    def __init__(self, table: Mapping[str, object], words: Mapping[str, str] | None = None) -> None:
        super().__init__(table)
        self._words = self._read_words() if words is None else words

    def each(self, key: str, build: Callable[[ProseSettings], T]) -> tuple[T, ...]:
        """What `build` makes of the tables under `key`, at least one; a key that it did not ask for is a fault."""
        found: list[object] = self._get(key, list, None)
        tables = [table for table in found if isinstance(table, dict)]
        if not tables or len(tables) < len(found):
            raise ValueError(f"{key}: expected a list of tables, found {found!r}")
        return tuple(self._built(f"{key}[{index}]", table, build) for index, table in enumerate(tables))

    def says(self, key: str) -> tuple[re.Pattern[str], ...]:
        """Patterns in the notation of `compile_pattern`."""
        return tuple(self._compiled(key, text) for text in self.texts(key))

    def saying(self, key: str) -> re.Pattern[str]:
        """One pattern in that notation."""
        return self._compiled(key, self.text(key))

    def said(self, key: str) -> re.Pattern[str] | None:
        """The same, None where the key is left out."""
        return self.saying(key) if self.text(key, "") else None

    def _built(self, place: str, table: Mapping[str, object], build: Callable[[ProseSettings], T]) -> T:
        settings = ProseSettings(table, self._words)
        try:
            built = build(settings)
            settings.done()
        except ValueError as error:
            raise ValueError(f"{place}.{error}") from error
        return built

    def _compiled(self, key: str, text: str) -> re.Pattern[str]:
        try:
            return compile_pattern(text, self._words)
        except re.error as error:
            raise ValueError(f"{key}: {text!r} is no regular expression: {error}") from error
        except KeyError as error:
            raise ValueError(f"{key}: expected a name of words, found <{error.args[0]}>") from error

    def _read_words(self) -> Mapping[str, str]:
        found: dict[str, object] = self._get("words", dict, {})
        if not all(isinstance(text, str) for text in found.values()):
            raise ValueError(f"words: expected texts, found {found!r}")
        return {name: str(text) for name, text in found.items()}
