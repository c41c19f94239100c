"""The tool's own words in Chinese and English: reasons, names of places, headings, counts (``rules/words.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from linter.loading import Fields, read_toml
from linter.resources import folder
from linter.store.compiled import compiled
from linter.store.packing import Packing

LANGUAGES = ("zh", "en")
SECTIONS = (
    "unreadable", "detail", "unchecked", "slip", "severity", "state", "cell", "kind", "count", "place", "path",
    "report", "github", "junit", "html",
)  # fmt: skip
NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of the catalogue. `one`: the English wording when ``{n}`` is 1, "" if it is the same."""

    zh: str
    en: str
    one: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The words of one language: ``say("count.errors", n=2)`` is 「2 个错误」. An unknown key is a KeyError."""

    language: str
    entries: Mapping[str, Entry]

    def __call__(self, key: str, **values: object) -> str:
        return self._template(key, values.get("n")).format_map(values)

    def reason(self, kind: str, key: str, values: Mapping[str, object] = NOTHING) -> str:
        """Why a question is ``unchecked``, which ``slip`` it was: the key itself where a plug-in brings its own.

        A value that the text names and that was not given reads ``?``: a reason is never lost for its detail.
        """
        full = f"{kind}.{key}"
        return self._template(full, values.get("n")).format_map(_Forgiving(values)) if full in self.entries else key

    def unreadable(self, reason: str, detail: str = "") -> str:
        """Why a file cannot be read, the reader's detail in brackets behind: in words, where it is one of ours."""
        told = self.reason("detail", detail)
        return self.reason("unreadable", reason) + (self("report.aside", text=told) if told else "")

    def _template(self, key: str, number: object) -> str:
        entry = self.entries[key]
        if self.language == "zh":
            return entry.zh
        return entry.one if entry.one and number == 1 else entry.en


class _Forgiving(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


@cache
def words(language: str) -> Catalogue:
    """The catalogue in ``zh`` or ``en``."""
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)} (got {language!r})")
    return Catalogue(language, _entries())


@cache
def _entries() -> Mapping[str, Entry]:
    """``rules/words.toml`` as ``section.key`` → entry. Raises LoadError."""
    return MappingProxyType(compiled("words", dict, _as_written, Packing(also=[Entry])))


def _as_written() -> dict[str, Entry]:
    text = (folder("rules") / "words.toml").read_text(encoding="utf-8")
    return read_toml(text, "rules/words.toml", _sections)


def _sections(fields: Fields) -> dict[str, Entry]:
    sections = {section: fields.named(section, _entry) for section in SECTIONS}
    return {f"{section}.{key}": entry for section, entries in sections.items() for key, entry in entries.items()}


def _entry(fields: Fields) -> Entry:
    return Entry(fields.text("zh"), fields.text("en"), fields.text("one", ""))
