"""What a run is asked to do: the choices of the command line and the configuration, resolved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path

from linter.model.finding import Rule, Severity
from linter.model.report import AgencyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`select`, `ignore` and the keys of `severity` name rules: an id (C01), a name, a family (C) or a pattern (C0*).

    `facts` reach the checks as `Report.options` (deadline, thresholds …). `rules`, `editions`: extra packs by path.
    """

    edition: str = "auto"
    year: int | None = None
    agency_kind: AgencyKind | None = None
    language: str = "zh"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[Path, ...] = ()
    editions: tuple[Path, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)


def names(token: str, rule: Rule) -> bool:
    """Whether the token names the rule."""
    return token in (rule.id, rule.name, rule.family) or fnmatchcase(rule.id, token) or fnmatchcase(rule.name, token)


def unknown_names(tokens: Iterable[str], rules: Iterable[Rule]) -> list[str]:
    """The tokens that name no rule."""
    known = tuple(rules)
    return [token for token in tokens if not any(names(token, rule) for rule in known)]


def chosen(rules: Iterable[Rule], options: Options) -> tuple[Rule, ...]:
    """The rules that `options` leave in force, re-graded as they say; ``off`` takes a rule out."""
    kept: list[Rule] = []
    for rule in rules:
        if options.select and not any(names(token, rule) for token in options.select):
            continue
        if any(names(token, rule) for token in options.ignore):
            continue
        grades = [grade for token, grade in options.severity.items() if names(token, rule)]
        if "off" not in grades[-1:]:
            kept.append(replace(rule, severity=Severity(grades[-1])) if grades else rule)
    return tuple(kept)
