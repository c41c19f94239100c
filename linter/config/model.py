"""What a configuration may say, and what follows from it for a draft. Nothing is read or printed here."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from linter.globs import matches, relative
from linter.model.finding import Severity
from linter.model.report import AgencyKind
from linter.options import Options

LEVELS = (*(severity.value for severity in Severity), "never")
"""What ``fail-on`` may be."""
GRADES = (*(severity.value for severity in Severity), "off")
"""What a rule's severity may be."""
DEADLINES = ("department", "government", "before-2019")
"""Whose last day ``[deadlines]`` may set (条例 art. 49; before 2019, one day for all: old 条例 art. 31)."""
THRESHOLDS: Mapping[str, tuple[int, int]] = MappingProxyType({"copied-text": (1, 100), "jump": (2, 1_000_000)})
"""What ``[thresholds]`` may set, each from a lowest to a highest number: per cent (Y03 copied-text), times (Y04)."""

YEARS = (2008, 2099)
"""The report years there may be: the old 条例 came into force on 1 May 2008; a later one than the last is mistyped."""
RUN_KEYS = ("lang", "format", "jobs", "cache")
"""Keys that say how a run goes, not what is found: one run has one value of each, whatever its drafts."""
_NOTHING: Mapping[str, str] = MappingProxyType({})
_NO_NUMBERS: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What may differ from draft to draft. None, or empty: nothing is said."""

    edition: str | None = None
    year: int | None = None
    agency_kind: AgencyKind | None = None
    agency_name: str | None = None
    deadline: datetime.date | None = None
    """The last day on which the report may be dated; it wins over `deadlines`."""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    deadlines: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    """``MM-DD`` of the year after the report year, by what `DEADLINES` names."""
    thresholds: Mapping[str, int] = field(default_factory=lambda: _NO_NUMBERS)

    def then(self, later: Settings) -> Settings:
        """Both said, the later one last: it ignores rules besides; in all else what it says replaces."""
        keys = [item.name for item in fields(self)]
        values = {key: _later_last(getattr(self, key), getattr(later, key)) for key in keys}
        values["ignore"] = (*self.ignore, *(token for token in later.ignore if token not in self.ignore))
        return Settings(**values)

    def facts(self) -> dict[str, object]:
        """What checks read as ``Report.options``, such as ``deadline``, ``deadline-department``, ``jump``."""
        single = {"agency-name": self.agency_name, "deadline": self.deadline}
        return {
            **{key: value for key, value in single.items() if value is not None},
            **{f"deadline-{key}": day for key, day in self.deadlines.items()},
            **self.thresholds,
        }


@dataclass(frozen=True, slots=True)
class PerFile:
    """Settings for the drafts that one of the patterns `files` means. `source`: who says so, "" the configuration."""

    files: tuple[str, ...]
    settings: Settings
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """A configuration as read, its paths resolved against `folder`, which patterns are relative to as well.

    `file`: what it was read from, None: nothing was, all is default. `sources`: who says the value of a key, for those
    that are no defaults.
    """

    folder: Path
    file: Path | None = None
    sources: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    settings: Settings = field(default_factory=Settings)
    per_file: tuple[PerFile, ...] = ()
    lang: str | None = None
    """None: that of the person's system decides."""
    fail_on: str = "error"
    strict: bool = False
    rules: tuple[Path, ...] = ()
    editions: tuple[Path, ...] = ()
    exclude: tuple[str, ...] = ()
    format: tuple[str, ...] = ("console",)
    jobs: int = 0
    cache: bool = True
    baseline: Path | None = None
    suppressions: Path | None = None
    """The side file of suppressions; the one of the usual name if it stands in `folder` and no other is said."""

    def laid_over(self, values: Mapping[str, Any], source: str) -> Config:
        """The configuration with the values that `source` has for some of its keys (``fail-on``)."""
        named = {key.replace("-", "_"): value for key, value in values.items()}
        return replace(self, **named, sources={**self.sources, **dict.fromkeys(values, source)})

    def for_run(self, run: Config) -> Config:
        """The configuration with the `RUN_KEYS` of that of the run."""
        if run.file == self.file:
            return self
        whose = relative(str(run.file), self.folder) if run.file else ""
        own = {key: source for key, source in self.sources.items() if key not in RUN_KEYS}
        theirs = {key: whose for key in run.sources if key in RUN_KEYS}
        values: dict[str, Any] = {key: getattr(run, key) for key in RUN_KEYS}
        return replace(self, **values, sources={**own, **theirs})

    def settings_for(self, path: str | Path) -> Settings:
        """The settings of the draft at `path`: the general ones, then the matching ``[[per-file]]`` in order."""
        settings = self.settings
        seen = relative(str(path), self.folder)
        for special in self.per_file:
            if any(matches(pattern, seen) for pattern in special.files):
                settings = settings.then(special.settings)
        return settings

    def options_for(self, path: str | Path) -> Options:
        """What is asked of the draft at `path`."""
        settings = self.settings_for(path)
        return Options(
            edition=settings.edition or "auto",
            year=settings.year,
            agency_kind=settings.agency_kind,
            language=self.lang or "zh",
            select=settings.select,
            ignore=settings.ignore,
            severity=settings.severity,
            rules=self.rules,
            editions=self.editions,
            facts=settings.facts(),
        )

    def excludes(self, path: str | Path) -> bool:
        """Whether the draft at `path` is left out when a folder is searched."""
        return any(matches(pattern, relative(str(path), self.folder)) for pattern in self.exclude)


def _later_last(earlier: Any, later: Any) -> Any:
    """What is said later, else what was said before. Tables are joined, the later keys behind: of several grades that
    name a rule the last one holds.
    """
    if isinstance(earlier, Mapping):
        return {**{key: value for key, value in earlier.items() if key not in later}, **later}
    return later or earlier
