"""What holds for a draft: the configuration nearest above it, what was typed on top, and all that they name, loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from linter.cli.request import Request
from linter.cli.texts import stop
from linter.config.files import find_config
from linter.config.model import GRADES, Config, PerFile, Settings
from linter.config.names import check_names
from linter.config.reading import load_config, no_config
from linter.editions import load_editions
from linter.globs import absolute, matches, relative
from linter.model.finding import Rule
from linter.model.report import AgencyKind
from linter.options import unknown_names
from linter.packs import load_rules
from linter.waivers.baseline import Baseline, load_baseline
from linter.waivers.complaints import rules as suppression_rules
from linter.waivers.side_file import NO_SIDE_FILE, Suppressions, check_rules, load_suppressions
from linter.words import Catalogue

TYPED = "command line"
_EVERY = ("**",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What holds for the drafts of one configuration: it with the command line on top, and what it names."""

    config: Config
    rules: tuple[Rule, ...]
    suppressions: Suppressions
    baseline: Baseline | None
    excluded: tuple[str, ...]
    """Patterns of the command line, relative to the current folder, besides those of the configuration."""

    def excludes(self, path: str) -> bool:
        """Whether the draft at `path` is left out."""
        typed = any(matches(pattern, relative(path, Path.cwd())) for pattern in self.excluded)
        return typed or self.config.excludes(path)

    def files(self) -> Iterator[Path]:
        """What was read to know all this."""
        config = self.config
        baseline = config.baseline if self.baseline is not None else None
        named = (config.file, config.suppressions, baseline, *config.rules, *config.editions)
        yield from (path for path in named if path is not None)


class Scopes:
    """The scopes of a run, by the folder of a draft; each is loaded when the first of its drafts is met.

    Raises Usage for what was typed wrong, LoadError for a faulty file of ours.
    """

    def __init__(self, request: Request, say: Catalogue) -> None:
        self._request = request
        self._say = say
        self._of: dict[str, Scope] = {}
        self._nearest: dict[Path, Path | None] = {}
        self._loaded: dict[Path | None, Scope] = {}
        self.baselines: dict[Path, Baseline] = {}
        """The baselines in force, by their files."""
        self._typed = _typed_settings(request, say)
        found = request.config or (self._above(Path.cwd()) if request.use_config else None)
        self._of_run = load_config(found) if found else no_config(Path.cwd())
        self.run = self._whole(self._of_run)
        """What holds for the run: the configuration nearest to the current folder, the command line on top."""

    def of(self, path: str) -> Scope:
        """What holds for the draft at `path`: the nearest configuration above it, unless one was named for all."""
        if path not in self._of:
            named = self._request.config or not self._request.use_config
            self._of[path] = self._scope(self._of_run.file if named else self._above(absolute(Path(path)).parent))
        return self._of[path]

    def __iter__(self) -> Iterator[Scope]:
        """Those met so far, in the order of their first drafts."""
        return iter(self._loaded.values())

    def _above(self, folder: Path) -> Path | None:
        """The configuration nearest above what lies in a folder; asked once for each folder."""
        if folder not in self._nearest:
            self._nearest[folder] = find_config(folder)
        return self._nearest[folder]

    def _scope(self, file: Path | None) -> Scope:
        if file not in self._loaded:
            same = file == self._of_run.file
            own = self._of_run if same else load_config(file) if file else Config(folder=Path.cwd())
            self._loaded[file] = self._load(self._whole(own))
        return self._loaded[file]

    def _load(self, config: Config) -> Scope:
        rules = load_rules(config.rules)
        self._check_names(config, rules)
        side = load_suppressions(config.suppressions) if config.suppressions else NO_SIDE_FILE
        check_rules(side, rules)
        baseline = self._baseline(config.baseline) if config.baseline and not self._request.write_baseline else None
        excluded = self._request.exclude
        return Scope(config=config, rules=rules, suppressions=side, baseline=baseline, excluded=excluded)

    def _baseline(self, path: Path) -> Baseline:
        if path not in self.baselines:
            self.baselines[path] = load_baseline(path)
        return self.baselines[path]

    def _whole(self, own: Config) -> Config:
        """The configuration with what holds for the run, and what was typed on top of all it says, for every draft."""
        config = own.for_run(self._of_run).laid_over(_typed_values(self._request), TYPED)
        if self._request.output is not None:
            config = config.laid_over({"format": (self._into(self._request.output, config.format),)}, TYPED)
        baseline = config.baseline if self._request.use_baseline or self._request.baseline else None
        per_file = (*config.per_file, PerFile(_EVERY, self._typed, TYPED))
        return replace(config, per_file=per_file, baseline=baseline, lang=config.lang or self._say.language)

    def _into(self, output: Path, formats: Sequence[str]) -> str:
        """The one format, to go to that file."""
        if len(formats) != 1:
            stop(self._say("usage.one-output"))
        return f"{formats[0].partition('=')[0]}={output}"

    def _check_names(self, config: Config, rules: Sequence[Rule]) -> None:
        """Names that no rule and no edition bears are mistakes, not silence."""
        known = (*rules, *suppression_rules())
        typed = self._typed
        for name in unknown_names([*typed.select, *typed.ignore, *typed.severity], known):
            stop(self._say("usage.unknown-rule", name=name, nearest=self._hint(name, known)))
        editions = load_editions(config.editions)
        ids = ["auto", *(edition.id for edition in editions)]
        if typed.edition not in (None, *ids):
            choices = ", ".join(ids)
            stop(self._say("usage.unknown-choice", option="--edition", choices=choices, value=typed.edition))
        check_names(config, known, editions)

    def _hint(self, name: str, rules: Sequence[Rule]) -> str:
        from difflib import get_close_matches  # noqa: PLC0415 -- only for a mistake

        close = get_close_matches(name, [text for rule in rules for text in (rule.id, rule.name)], 1)
        return self._say("usage.nearest", name=close[0]) if close else ""


def _typed_settings(request: Request, say: Catalogue) -> Settings:
    """What was typed of the drafts."""
    return Settings(
        edition=request.edition,
        year=request.year,
        agency_kind=AgencyKind(request.agency_kind) if request.agency_kind else None,
        select=request.select or (),
        ignore=request.ignore or (),
        severity=dict(_grade(text, say) for text in request.severity),
    )


def _typed_values(request: Request) -> Mapping[str, Any]:
    """What was typed of the run and its verdict, by the keys of the configuration."""
    values = {
        "lang": request.language,
        "fail-on": request.fail_on,
        "strict": request.strict,
        "format": request.formats or None,
        "jobs": request.jobs,
        "cache": None if request.cache else False,
        "baseline": request.baseline,
    }
    return {key: value for key, value in values.items() if value is not None}


def _grade(text: str, say: Catalogue) -> tuple[str, str]:
    rule, _, grade = text.partition("=")
    if grade not in GRADES:
        stop(say("usage.severity-form", value=text))
    return rule, grade
