"""Settings of the kinds that read prose: tables within tables, and patterns over sentences in a small notation."""

from __future__ import annotations

import re
from collections.abc import Mapping

from linter.checks.settings import Settings, T

FIRST, REST = "\ue000", "\ue001"
"""What a masked sentence shows for the first and for the other characters of a quantity (see `narrative_text`)."""

_GAP = f"[^，。；：！？（）{FIRST}{REST}]{{0,40}}?"
_NAME = re.compile(r"(?<!\?P)<([a-z_]+)(?::([a-z]+))?>")


def compile_pattern(text: str, words: Mapping[str, str]) -> re.Pattern[str]:
    """A regular expression over a masked sentence.

    ``<n>`` is a quantity with its unit (group ``n``; ``<n:then>`` group ``then``); ``#`` in a class of characters
    stands for those of quantities; ``~`` is up to 40 characters of one clause without a quantity; ``<name>`` the
    regular expression that `words` gives for the name. Raises KeyError for a name not in `words`.
    """

    def expand(match: re.Match[str]) -> str:
        if match[1] == "n":
            return f"(?P<{match[2] or 'n'}>{FIRST}{REST}*)"
        return f"(?:{_NAME.sub(expand, words[match[1]])})"

    return re.compile(_NAME.sub(expand, text).replace("~", _GAP).replace("#", FIRST + REST))


class ProseSettings(Settings):
    """`Settings` that may hold tables; faults in one of them name it: ``topics[2].claims[0].says: missing``."""

    def __init__(self, table: Mapping[str, object], words: Mapping[str, str] | None = None, path: str = "") -> None:
        super().__init__(table)
        self._path = path
        self._words = self._read_words() if words is None else words

    def each(self, key: str) -> tuple[ProseSettings, ...]:
        """The tables under `key`, at least one."""
        found: list[object] = self._get(key, list, None)
        children = tuple(
            ProseSettings(item, self._words, f"{self._path}{key}[{index}].")
            for index, item in enumerate(found)
            if isinstance(item, dict)
        )
        if not children or len(children) < len(found):
            raise ValueError(f"{self._path}{key}: expected a list of tables, found {found!r}")
        return children

    def says(self, key: str, default: tuple[str, ...] | None = None) -> tuple[re.Pattern[str], ...]:
        """Patterns in the notation of `compile_pattern`."""
        try:
            return tuple(compile_pattern(text, self._words) for text in self.texts(key, default))
        except re.error as error:
            raise ValueError(f"{self._path}{key}: {error.pattern!r} is no regular expression: {error}") from error
        except KeyError as error:
            raise ValueError(f"{self._path}{key}: expected a name of words, found <{error.args[0]}>") from error

    def saying(self, key: str) -> re.Pattern[str]:
        """One pattern in that notation."""
        return ProseSettings({key: [self.text(key)]}, self._words, self._path).says(key)[0]

    def said(self, key: str) -> re.Pattern[str] | None:
        """The same, None where the key is left out."""
        return self.saying(key) if self.text(key, "") else None

    def done(self) -> None:
        try:
            super().done()
        except ValueError as error:
            raise ValueError(f"{self._path}{error}") from error

    def _read_words(self) -> Mapping[str, str]:
        found: dict[str, object] = self._get("words", dict, {})
        if not all(isinstance(text, str) for text in found.values()):
            raise ValueError(f"words: expected texts, found {found!r}")
        return {name: str(text) for name, text in found.items()}

    def _get(self, key: str, kind: type[T], default: T | None) -> T:
        try:
            return super()._get(key, kind, default)
        except ValueError as error:
            raise ValueError(f"{self._path}{error}") from error
