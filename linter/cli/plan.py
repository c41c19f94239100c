"""From what was typed and the nearest configuration to what is to be done; mistakes end here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from linter import formats
from linter.cli.request import Request
from linter.cli.texts import stop
from linter.config import GRADES, LEVELS, Config, PerFile, Settings, check_names, find_config, load_config, no_config
from linter.editions import load_editions
from linter.model.finding import Rule
from linter.model.report import AgencyKind
from linter.options import Options, unknown_names
from linter.packs import load_rules
from linter.waivers.baseline import Baseline, load_baseline
from linter.waivers.suppression import NO_SIDE_FILE, Suppressions, check_rules, load_suppressions
from linter.waivers.suppression import rules as suppression_rules
from linter.words import LANGUAGES, Catalogue

INTO_DRAFT = ("docx", "pdf")
"""Formats that write a copy of the draft itself."""
_EVERY = ("**",)


@dataclass(frozen=True, slots=True)
class Target:
    """One output: a format and the file it goes to, None for the terminal."""

    format: str
    path: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A run as it will be: `config` with the command line on top, everything loaded and known to be sound."""

    config: Config
    targets: tuple[Target, ...]
    language: str
    fail_on: str
    strict: bool
    jobs: int
    cache: bool
    rules: tuple[Rule, ...]
    suppressions: Suppressions
    baseline: Baseline | None
    baseline_file: Path | None

    def options_for(self, path: str) -> Options:
        """What is asked of the draft at `path`."""
        return self.config.options_for(path)


def plan(request: Request, say: Catalogue) -> Plan:
    """Ends the command with a line on what is wrong, or with LoadError for a faulty file of ours."""
    config = _config(request, say)
    rules = load_rules(config.rules)
    _known(request, config, rules, say)
    side = load_suppressions(config.suppressions) if config.suppressions else NO_SIDE_FILE
    check_rules(side, rules)
    baseline = request.baseline or config.baseline
    return Plan(
        config=config,
        targets=tuple(_targets(request, config, say)),
        language=config.lang or say.language,
        fail_on=request.fail_on or config.fail_on,
        strict=config.strict if request.strict is None else request.strict,
        jobs=config.jobs if request.jobs is None else request.jobs,
        cache=config.cache and request.cache,
        rules=rules,
        suppressions=side,
        baseline=load_baseline(baseline) if baseline else None,
        baseline_file=baseline,
    )


def _config(request: Request, say: Catalogue) -> Config:
    """The configuration with what was typed on top of all it says, for every draft."""
    _among("--lang", request.language, LANGUAGES, say)
    _among("--fail-on", request.fail_on, LEVELS, say)
    _among("--agency-kind", request.agency_kind, [kind.value for kind in AgencyKind], say)
    _among("--color", request.color, ("auto", "always", "never"), say)
    found = request.config or (find_config(_start(request)) if request.use_config else None)
    config = load_config(found) if found else no_config(Path.cwd())
    typed = Settings(
        edition=request.edition,
        year=request.year,
        agency_kind=AgencyKind(request.agency_kind) if request.agency_kind else None,
        select=request.select or (),
        ignore=request.ignore or (),
        severity=dict(_grade(text, say) for text in request.severity),
    )
    language = request.language or config.lang or say.language
    return replace(config, per_file=(*config.per_file, PerFile(_EVERY, typed, "command line")), lang=language)


def _start(request: Request) -> Path:
    """Where the search for a configuration begins: the folder of the first draft, for standard input this one."""
    first = Path(request.paths[0]) if request.paths[0] != "-" else Path()
    return first if first.is_dir() else first.parent


def _known(request: Request, config: Config, rules: Sequence[Rule], say: Catalogue) -> None:
    """Names that no rule and no edition bears are mistakes, not silence."""
    known = (*rules, *suppression_rules())
    typed = [*(request.select or ()), *(request.ignore or ()), *(text.partition("=")[0] for text in request.severity)]
    for name in unknown_names(typed, known):
        stop(say("usage.unknown-rule", name=name, nearest=_hint(name, known, say)))
    editions = load_editions(config.editions)
    _among("--edition", request.edition, ["auto", *(edition.id for edition in editions)], say)
    check_names(config, known, editions)


def _hint(name: str, rules: Iterable[Rule], say: Catalogue) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 -- only for a mistake

    close = get_close_matches(name, [text for rule in rules for text in (rule.id, rule.name)], 1)
    return say("usage.nearest", name=close[0]) if close else ""


def _among(option: str, value: str | None, choices: Sequence[str], say: Catalogue) -> None:
    if value is not None and value not in choices:
        stop(say("usage.unknown-choice", option=option, choices=", ".join(choices), value=value))


def _grade(text: str, say: Catalogue) -> tuple[str, str]:
    rule, _, grade = text.partition("=")
    if grade not in GRADES:
        stop(say("usage.severity-form", value=text))
    return rule, grade


def _targets(request: Request, config: Config, say: Catalogue) -> Iterable[Target]:
    named = request.formats or config.format
    targets = [_target(text) for text in named]
    if request.output is not None:
        if len(targets) > 1:
            stop(say("usage.one-output"))
        targets = [Target(targets[0].format, request.output)]
    for target in targets:
        _check_format(target, say)
        if target.path is not None and target.path.exists() and not request.force and not request.watch:
            stop(say("usage.exists", path=target.path))
    return targets


def _target(text: str) -> Target:
    name, _, path = text.partition("=")
    return Target(name, Path(path) if path else None)


def _check_format(target: Target, say: Catalogue) -> None:
    if target.format in INTO_DRAFT:
        if target.path is None:
            stop(say("usage.needs-output", format=target.format))
        return
    try:
        formats.find(target.format)
    except formats.UnknownFormat as error:
        choices = ", ".join([*error.known, *INTO_DRAFT])
        stop(say("usage.unknown-choice", option="--format", choices=choices, value=error.name))
