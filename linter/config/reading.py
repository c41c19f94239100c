"""A configuration read from TOML, strictly: an unknown key or a wrong type is an error with its path."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from linter.config.files import PYPROJECT, SUPPRESSIONS, our_table
from linter.config.model import DEADLINES, GRADES, LEVELS, THRESHOLDS, YEARS, Config, PerFile, Settings
from linter.loading import Fault, Fields, LoadError, file_text, nearest, read
from linter.model.report import AgencyKind
from linter.words import LANGUAGES

T = TypeVar("T")


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


def _beside(here: Path) -> Path | None:
    side = here / SUPPRESSIONS
    return side if side.is_file() else None


def _from_pyproject(document: Mapping[str, object], path: Path) -> Config:
    """Only our table is judged: what other tools keep beside it is theirs."""
    table = our_table(document)
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
        lang=_said(read, "lang", lambda key: read.choice(key, LANGUAGES)),
        fail_on=read.choice("fail-on", LEVELS, default.fail_on),
        strict=read.flag("strict", default.strict),
        rules=tuple(here / path for path in read.texts("rules", ())),
        editions=tuple(here / path for path in read.texts("editions", ())),
        exclude=read.texts("exclude", ()),
        format=read.texts("format", default.format),
        jobs=_at_least(read, "jobs", 0, default.jobs),
        cache=read.flag("cache", default.cache),
        baseline=_said(read, "baseline", lambda key: here / read.text(key)),
        suppressions=_said(read, "suppressions", lambda key: here / read.text(key)) or default.suppressions,
    )


def _per_file(read: Fields) -> PerFile:
    files = read.texts("files")
    if "files" in read and not files:
        read.fault("files", "empty")
    return PerFile(files, _settings(read))


def _settings(read: Fields) -> Settings:
    return Settings(
        edition=_said(read, "edition", read.text),
        year=_said(read, "year", lambda key: _year(read, key)),
        agency_kind=_said(read, "agency-kind", lambda key: _agency_kind(read, key)),
        agency_name=_said(read, "agency-name", read.text),
        deadline=_said(read, "deadline", lambda key: _day(read, key)),
        select=read.texts("select", ()),
        ignore=read.texts("ignore", ()),
        severity=_grades(read),
        deadlines=_deadlines(read),
        thresholds=_thresholds(read),
    )


def _said(read: Fields, key: str, value: Callable[[str], T]) -> T | None:
    """The value of a key that has no default."""
    return value(key) if key in read else None


def _at_least(read: Fields, key: str, lowest: int, default: int) -> int:
    found = read.number(key, default)
    if found < lowest:
        read.fault(key, f"expected {lowest} or more, found {found}")
    return found


def _year(read: Fields, key: str) -> int:
    first, last = YEARS
    found = read.number(key)
    if not first <= found <= last:
        read.fault(key, f"expected {first} to {last}, found {found}")
    return found


def _agency_kind(read: Fields, key: str) -> AgencyKind:
    return AgencyKind(read.choice(key, [kind.value for kind in AgencyKind]))


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
