"""What a run is asked to do: the choices of the command line and the configuration, resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path

from linter.model.finding import Rule, Severity
from linter.model.report import AgencyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`select`, `ignore` and the keys of `severity` name rules: an id (C01), a name, a family (C) or a pattern (C0*),
    each for one edition alone with ``@`` and its id (C05@2014).

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
    """Whether the token names the rule, in whatever edition."""
    token = token.partition("@")[0]
    return token in (rule.id, rule.name, rule.family) or fnmatchcase(rule.id, token) or fnmatchcase(rule.name, token)


def unknown_names(tokens: Iterable[str], rules: Iterable[Rule]) -> list[str]:
    """The tokens that name no rule."""
    known = tuple(rules)
    return [token for token in tokens if not any(names(token, rule) for rule in known)]


def chosen(rules: Iterable[Rule], options: Options) -> tuple[Rule, ...]:
    """The rules that `options` leave in force, re-graded as they say; ``off`` takes a rule out.

    A rule that is treated differently in its editions comes several times, each time for the editions alike.
    """
    return tuple(
        kept for rule in rules for part in _parted(rule, options) if (kept := _kept(part, options)) is not None
    )


def _parted(rule: Rule, options: Options) -> Iterator[Rule]:
    """The rule whole, or an edition at a time where a token speaks of it in one edition."""
    tokens = (*options.select, *options.ignore, *options.severity)
    if any("@" in token and names(token, rule) for token in tokens):
        yield from (replace(rule, editions=(edition,)) for edition in rule.editions)
    else:
        yield rule


def _kept(rule: Rule, options: Options) -> Rule | None:
    if options.select and not any(_means(token, rule) for token in options.select):
        return None
    grades = [grade for token, grade in options.severity.items() if _means(token, rule)]
    if "off" in grades[-1:] or any(_means(token, rule) for token in options.ignore):
        return None
    return replace(rule, severity=Severity(grades[-1])) if grades else rule


def _means(token: str, rule: Rule) -> bool:
    """Whether the token speaks of the rule in the editions it has here."""
    _, _, edition = token.partition("@")
    return names(token, rule) and (not edition or edition in rule.editions)
