"""From what was typed and the configurations of the drafts to what is to be done; mistakes end here."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from linter.cli.output import same_file, spare
from linter.cli.request import Request
from linter.cli.scope import Scopes
from linter.cli.targets import Target, targets
from linter.cli.texts import stop
from linter.config.model import LEVELS, YEARS, Config
from linter.globs import absolute
from linter.loading import LoadError
from linter.model.report import AgencyKind
from linter.options import Options
from linter.runs.files import Wanted, expand
from linter.waivers.baseline import Baseline, load_baseline
from linter.words import LANGUAGES, Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A run as it will be: the drafts, what holds for each and for all, where the answers go; all known to be sound."""

    drafts: tuple[Wanted, ...]
    scopes: Scopes
    targets: tuple[Target, ...]
    members: tuple[Path, ...]
    """The reports that the one draft adds up."""
    recorded: Baseline | None
    """The baseline that is to be renewed; without entries where there is none yet."""
    inputs: tuple[Path, ...]
    """Files that are read and never written: what was named, and what holds."""

    @property
    def config(self) -> Config:
        """What holds for the run."""
        return self.scopes.run

    @property
    def language(self) -> str:
        """Of the answers."""
        return self.config.lang or "zh"

    @property
    def outputs(self) -> frozenset[Path]:
        """The files that answers go to, absolute."""
        return frozenset(absolute(target.path) for target in self.targets if target.path)

    def options_for(self, path: str) -> Options:
        """What is asked of the draft at `path`."""
        return self.scopes.of(path).config.options_for(path)


def plan(request: Request, say: Catalogue, own: Collection[Path] = ()) -> Plan:
    """Ends the command with a line on what is wrong, or with LoadError for a faulty file of ours.

    `own`: files, absolute, that this command has written: they are no drafts, and may be written again.
    """
    _check_typed(request, say)
    scopes = Scopes(request, say)
    drafts = _drafts(request, scopes, own)
    members = _members(request, drafts, say)
    found = targets(scopes.run.format, own, say, force=request.force)
    if request.prune_baseline and not scopes.baselines:
        stop(say("usage.no-baseline"))
    inputs = tuple(_inputs(request, drafts, scopes, members))
    for target in found:
        if target.path is not None:
            spare(target.path, inputs, say)
    return Plan(
        drafts=drafts,
        scopes=scopes,
        targets=found,
        members=members,
        recorded=_recorded(request, inputs, say),
        inputs=inputs,
    )


def _check_typed(request: Request, say: Catalogue) -> None:
    """Ends the command for what is wrong whatever any file says."""
    _among("--lang", request.language, LANGUAGES, say)
    _among("--fail-on", request.fail_on, LEVELS, say)
    _among("--agency-kind", request.agency_kind, [kind.value for kind in AgencyKind], say)
    _among("--color", request.color, ("auto", "always", "never"), say)
    check_year(request.year, say)
    if request.jobs is not None and request.jobs < 0:
        stop(say("usage.at-least", option="--jobs", lowest=0, value=request.jobs))
    if request.prune_baseline and request.write_baseline:
        stop(say("usage.not-both", one="--write-baseline", other="--prune-baseline"))


def check_year(year: int | None, say: Catalogue) -> None:
    """Ends the command for a year that no report can have."""
    first, last = YEARS
    if year is not None and not first <= year <= last:
        stop(say("usage.between", option="--year", lowest=first, highest=last, value=year))


def _among(option: str, value: str | None, choices: Sequence[str], say: Catalogue) -> None:
    if value is not None and value not in choices:
        stop(say("usage.unknown-choice", option=option, choices=", ".join(choices), value=value))


def _drafts(request: Request, scopes: Scopes, own: Collection[Path]) -> tuple[Wanted, ...]:
    """What the names mean, less what is left out; the scope of each draft is loaded."""

    def left_out(wanted: Wanted) -> bool:
        name = request.called(wanted.path)
        excluded = scopes.of(name).excludes(name)
        return excluded and (request.force_exclude or not wanted.named)

    found = expand(request.paths, force_exclude=request.force_exclude)
    others = (wanted for wanted in found if absolute(Path(wanted.path)) not in own) if own else found
    return tuple(wanted for wanted in others if not left_out(wanted))


def _members(request: Request, drafts: Sequence[Wanted], say: Catalogue) -> tuple[Path, ...]:
    """The members' reports, without the draft itself, which may lie in the same folder."""
    if len(drafts) > 1:
        for option, given in (("--members", request.members), ("--previous", request.previous)):
            if given is not None:
                stop(say("usage.one-draft", option=option, value=given))
    if request.members is None:
        return ()
    found = [Path(wanted.path) for wanted in expand([str(request.members)])]
    kept = tuple(path for path in found if path.exists() and not any(same_file(path, Path(one.path)) for one in drafts))
    if not kept:
        stop(say("usage.no-members", path=request.members))
    return kept


def _inputs(request: Request, drafts: Sequence[Wanted], scopes: Scopes, members: Sequence[Path]) -> Iterator[Path]:
    yield from (Path(wanted.path) for wanted in drafts if wanted.named)
    yield from (path for path in (request.previous, request.config) if path is not None)
    yield from members
    for scope in scopes:
        yield from scope.files()


def _recorded(request: Request, inputs: Sequence[Path], say: Catalogue) -> Baseline | None:
    """The baseline that ``--write-baseline`` renews: only a baseline is replaced unasked, and never a draft."""
    path = request.write_baseline
    if path is None:
        return None
    spare(path, inputs, say)
    fresh = Baseline(path.absolute().parent)
    if not os.path.exists(path):
        return fresh
    try:
        return load_baseline(path)
    except LoadError:
        if request.force:
            return fresh
        stop(say("usage.no-baseline-file", path=path))
