"""The configuration of a folder of drafts: ``gouji.toml``, or ``[tool.gouji]`` in ``pyproject.toml``.

Every key is described in docs/configuration.md. Read strictly: an unknown key, a wrong type, a name that no rule bears
are errors with their path. Nothing is printed.
"""

from __future__ import annotations

import datetime
import json
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from linter.globs import absolute, matches, relative
from linter.loading import Fault, Fields, LoadError, file_text, nearest, read
from linter.model.edition import Edition
from linter.model.finding import Rule, Severity
from linter.model.report import AgencyKind
from linter.options import Options, unknown_names
from linter.resources import folder
from linter.words import LANGUAGES

FILE = "gouji.toml"
PYPROJECT = "pyproject.toml"
SUPPRESSIONS = "gouji-suppressions.toml"
"""The side file of suppressions that is read where it stands beside the configuration."""

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
        return Settings(
            edition=later.edition or self.edition,
            year=later.year or self.year,
            agency_kind=later.agency_kind or self.agency_kind,
            agency_name=later.agency_name or self.agency_name,
            deadline=later.deadline or self.deadline,
            select=later.select or self.select,
            ignore=(*self.ignore, *(token for token in later.ignore if token not in self.ignore)),
            severity=_later_last(self.severity, later.severity),
            deadlines={**self.deadlines, **later.deadlines},
            thresholds={**self.thresholds, **later.thresholds},
        )

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


def find_config(start: Path) -> Path | None:
    """The nearest configuration from the folder `start` upward; ``gouji.toml`` comes before ``pyproject.toml``."""
    folder = absolute(start)
    for here in (folder, *folder.parents):
        if os.path.isfile(here / FILE):
            return here / FILE
        if _has_table(here / PYPROJECT):
            return here / PYPROJECT
    return None


def _has_table(pyproject: Path) -> bool:
    """One that speaks of gouji and is no TOML counts: `load_config` says what is wrong with it."""
    try:
        text = pyproject.read_text(encoding="utf-8-sig")
        return "gouji" in text and _table(tomllib.loads(text)) is not None
    except (OSError, UnicodeDecodeError):
        return False
    except tomllib.TOMLDecodeError:
        return True


def _table(pyproject: Mapping[str, object]) -> object:
    tool = pyproject.get("tool")
    return tool.get("gouji") if isinstance(tool, dict) else None


def load_config(path: Path) -> Config:
    """The configuration in the file at `path`. Raises LoadError with every fault of the file."""
    try:
        table = tomllib.loads(file_text(path))
    except tomllib.TOMLDecodeError as error:
        raise LoadError([Fault("", str(error))], path.name) from error
    try:
        return _from_pyproject(table, path) if path.name == PYPROJECT else _from_table(table, path)
    except LoadError as error:
        raise LoadError(error.faults, path.name) from error


def no_config(here: Path) -> Config:
    """What holds in a folder without a configuration."""
    return Config(folder=here.absolute(), suppressions=_beside(here.absolute()))


def template() -> str:
    """The commented configuration that ``gouji init`` writes."""
    return (folder("rules") / "config.toml").read_text(encoding="utf-8")


def check_names(config: Config, rules: Iterable[Rule], editions: Iterable[Edition] = ()) -> None:
    """Raises LoadError for the names that no rule and, if `editions` are given, no edition bears: all of them."""
    known = tuple(rules)
    ids = [edition.id for edition in editions]
    faults = list(_unknown(config.settings, "", known, ids))
    for index, special in enumerate(config.per_file):
        faults += _unknown(special.settings, f"per-file[{index}].", known, ids)
    if faults:
        raise LoadError(faults, config.file.name if config.file else "")


def _unknown(settings: Settings, under: str, rules: Sequence[Rule], editions: Sequence[str]) -> Iterator[Fault]:
    words = [word for rule in rules for word in (rule.id, rule.name)]
    named = [
        *((f"select[{index}]", token) for index, token in enumerate(settings.select)),
        *((f"ignore[{index}]", token) for index, token in enumerate(settings.ignore)),
        *((f"severity.{token}", token) for token in settings.severity),
    ]
    for path, token in named:
        if unknown_names([token], rules):
            yield Fault(under + path, f"unknown rule {token!r}{nearest(token, words)}")
    if editions and settings.edition not in (None, "auto", *editions):
        wrong = str(settings.edition)
        yield Fault(f"{under}edition", f"unknown edition {wrong!r}; expected one of auto, {', '.join(editions)}")


# --- Reading ---------------------------------------------------------------------------------------------------------


def _from_pyproject(document: Mapping[str, object], path: Path) -> Config:
    """Only our table is judged: what other tools keep beside it is theirs."""
    table = _table(document)
    if not isinstance(table, dict):
        raise LoadError.of("missing", "tool.gouji")
    try:
        return _from_table(table, path)
    except LoadError as error:
        raise error.under("tool.gouji") from error


def _from_table(table: Mapping[str, object], path: Path) -> Config:
    return read(table, lambda fields: _config(fields, path.absolute(), dict.fromkeys(table, path.name)))


def _config(read: Fields, file: Path, sources: Mapping[str, str]) -> Config:
    here = file.parent
    default = no_config(here)
    return Config(
        folder=here,
        file=file,
        sources=sources,
        settings=_settings(read),
        per_file=read.each("per-file", _per_file, required=False),
        lang=read.choice("lang", LANGUAGES) if "lang" in read else None,
        fail_on=read.choice("fail-on", LEVELS, default.fail_on),
        strict=read.flag("strict", default.strict),
        rules=tuple(here / path for path in read.texts("rules", ())),
        editions=tuple(here / path for path in read.texts("editions", ())),
        exclude=read.texts("exclude", ()),
        format=read.texts("format", default.format),
        jobs=_at_least(read, "jobs", 0, default.jobs),
        cache=read.flag("cache", default.cache),
        baseline=here / read.text("baseline") if "baseline" in read else None,
        suppressions=here / read.text("suppressions") if "suppressions" in read else default.suppressions,
    )


def _per_file(read: Fields) -> PerFile:
    files = read.texts("files")
    if "files" in read and not files:
        read.fault("files", "empty")
    return PerFile(files, _settings(read))


def _settings(read: Fields) -> Settings:
    return Settings(
        edition=read.text("edition") if "edition" in read else None,
        year=_year(read) if "year" in read else None,
        agency_kind=AgencyKind(read.choice("agency-kind", [kind.value for kind in AgencyKind]))
        if "agency-kind" in read
        else None,
        agency_name=read.text("agency-name") if "agency-name" in read else None,
        deadline=_day(read, "deadline") if "deadline" in read else None,
        select=read.texts("select", ()),
        ignore=read.texts("ignore", ()),
        severity=_grades(read),
        deadlines=_deadlines(read),
        thresholds=_thresholds(read),
    )


def _at_least(read: Fields, key: str, lowest: int, default: int) -> int:
    found = read.number(key, default)
    if found < lowest:
        read.fault(key, f"expected {lowest} or more, found {found}")
    return found


def _year(read: Fields) -> int:
    first, last = YEARS
    found = read.number("year")
    if not first <= found <= last:
        read.fault("year", f"expected {first} to {last}, found {found}")
    return found


def _day(read: Fields, key: str) -> datetime.date | None:
    text = read.text(key)
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        read.fault(key, f'expected a day as "2027-01-31", found {text!r}')
        return None


def _grades(read: Fields) -> Mapping[str, str]:
    found = read.mapping("severity", {})
    for rule, grade in found.items():
        if grade not in GRADES:
            right = nearest(str(grade), GRADES)
            read.fault(f"severity.{rule}", f"unknown {grade!r}{right}; expected one of {', '.join(GRADES)}")
    return {rule: str(grade) for rule, grade in found.items()}


def _deadlines(read: Fields) -> Mapping[str, str]:
    found = _known_keys(read, "deadlines", DEADLINES)
    for key, day in found.items():
        try:
            datetime.date.fromisoformat(f"2001-{day}")  # no leap year: the day exists in every year
        except ValueError:
            read.fault(f"deadlines.{key}", f'expected a day of the year as "01-31", found {day!r}')
    return {key: str(day) for key, day in found.items()}


def _thresholds(read: Fields) -> Mapping[str, int]:
    numbers: dict[str, int] = {}
    for key, number in _known_keys(read, "thresholds", THRESHOLDS).items():
        low, high = THRESHOLDS[key]
        if isinstance(number, bool) or not isinstance(number, int) or not low <= number <= high:
            read.fault(f"thresholds.{key}", f"expected a whole number from {low} to {high}, found {number!r}")
        else:
            numbers[key] = number
    return numbers


def _known_keys(read: Fields, key: str, known: Iterable[str]) -> Mapping[str, object]:
    """The table at `key` less what nobody knows there, which is noted as a fault."""
    names = tuple(known)
    found = read.mapping(key, {})
    for name in found:
        if name not in names:
            read.fault(f"{key}.{name}", f"unknown key{nearest(name, names)}")
    return {name: value for name, value in found.items() if name in names}


def _later_last(earlier: Mapping[str, str], later: Mapping[str, str]) -> Mapping[str, str]:
    """Both, the later ones behind: of several grades that name a rule the last one holds."""
    return {**{token: grade for token, grade in earlier.items() if token not in later}, **later}


def _beside(here: Path) -> Path | None:
    side = here / SUPPRESSIONS
    return side if side.is_file() else None


# --- Showing ---------------------------------------------------------------------------------------------------------


def show(config: Config) -> str:
    """The configuration in force as TOML that reads back as the same, each key with where its value comes from.

    A ``[[per-file]]`` without settings is left out.
    """
    source = config.file.name if config.file else "default"
    lines = [f"# {config.file or 'no configuration file: all is default'}"]
    for key, value in {**_run_values(config), **_setting_values(config.settings)}.items():
        lines.append(_line(key, value, config.sources.get(key, "default")))
    lines += _tables(config.settings, "", source)
    for special in config.per_file:
        if special.settings == Settings():
            continue
        lines += ["", f"[[per-file]]  # {special.source or source}", _line("files", special.files)]
        lines += [
            _line(key, value) for key, value in _setting_values(special.settings).items() if value not in (None, ())
        ]
        lines += _tables(special.settings, "per-file.")
    return "\n".join(lines) + "\n"


def _run_values(config: Config) -> dict[str, object]:
    def from_here(path: Path | None) -> str | None:
        return None if path is None else relative(str(path), config.folder)

    return {
        "lang": config.lang,
        "fail-on": config.fail_on,
        "strict": config.strict,
        "rules": tuple(map(from_here, config.rules)),
        "editions": tuple(map(from_here, config.editions)),
        "exclude": config.exclude,
        "format": config.format,
        "jobs": config.jobs,
        "cache": config.cache,
        "baseline": from_here(config.baseline),
        "suppressions": from_here(config.suppressions),
    }


def _setting_values(settings: Settings) -> dict[str, object]:
    return {
        "edition": settings.edition,
        "year": settings.year,
        "agency-kind": settings.agency_kind.value if settings.agency_kind else None,
        "agency-name": settings.agency_name,
        "deadline": settings.deadline.isoformat() if settings.deadline else None,
        "select": settings.select,
        "ignore": settings.ignore,
    }


def _tables(settings: Settings, under: str, source: str = "") -> Iterator[str]:
    tables: dict[str, Mapping[str, object]] = {
        "severity": settings.severity, "deadlines": settings.deadlines, "thresholds": settings.thresholds,
    }  # fmt: skip
    for name, table in tables.items():
        if table:
            yield from ("", f"[{under}{name}]")
            yield from (_line(_toml(key), value, source) for key, value in table.items())


def _line(key: str, value: object, source: str = "") -> str:
    if value is None:
        return f"# {key}: not set"
    return f"{key} = {_toml(value)}" + (f"  # {source}" if source else "")


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    # JSON writes text and numbers as TOML does, but for one control character
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
