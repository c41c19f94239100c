"""``gouji check``: drafts in, findings out, and an exit status: 0 clean, 1 findings, 2 a file or usage failed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from linter.cli.deliver import deliver
from linter.cli.drafts import standard_input
from linter.cli.known import prune_known, record
from linter.cli.output import show, spare, tell
from linter.cli.plan import Plan, plan
from linter.cli.progress import watched
from linter.cli.request import Request
from linter.cli.scope import Scopes
from linter.cli.settle import Settled
from linter.cli.texts import stop
from linter.library import check as check_one
from linter.options import Options
from linter.runs.answer import Answer
from linter.runs.files import STDIN
from linter.runs.run import run
from linter.runs.series import NAMELESS
from linter.words import Catalogue

_NO_DRAFTS = ("not-a-report", "check-sheet")
"""What a folder of drafts may hold besides them, by the reason for not reading it."""


def check(request: Request, say: Catalogue) -> int:
    """Checks the drafts and writes the answers; the exit status."""
    if request.show_config:
        show(_configuration(plan(request, say).scopes, request))
        return 0
    if request.watch:
        from linter.cli.watch import watch  # noqa: PLC0415 -- only where asked for

        return watch(request, lambda planned: _once(request, planned, say), say)
    return _once(request, plan(request, say), say)


def _configuration(scopes: Scopes, request: Request) -> str:
    """What holds for the drafts; without any, for a run in this folder."""
    from linter.config.showing import show as shown  # noqa: PLC0415 -- only where asked for

    typed = f"\n# --exclude {' '.join(map(repr, request.exclude))}  # command line\n" if request.exclude else ""
    return "\n".join([shown(scope.config) for scope in scopes] or [shown(scopes.run)]) + typed


def _once(request: Request, planned: Plan, say: Catalogue) -> int:
    if not planned.drafts:
        if request.force_exclude:
            tell(say("usage.no-files", paths=" ".join(request.paths)))
            return 0
        stop(say("usage.no-files", paths=" ".join(request.paths)))
    answers = _reports(_checked(request, planned), request, planned, say)
    for target in planned.targets:
        if target.path is not None:
            spare(target.path, (Path(answer.path) for answer in answers), say)
    results = Settled(answers, planned)
    if planned.recorded is not None and request.write_baseline is not None:
        return record(results, planned.recorded, request.write_baseline, say)
    deliver(results, planned, request, say)
    if request.prune_baseline:
        prune_known(results, planned, say)
    elif idle := sum(map(len, results.idle.values())):
        tell(say("usage.unused-baseline", count=idle))
    return results.status


def _reports(answers: Iterable[Answer], request: Request, planned: Plan, say: Catalogue) -> Sequence[Answer]:
    """The answers without those for texts of another kind that a folder happened to hold; they are named."""
    answers = tuple(answers)
    named = {request.called(wanted.path) for wanted in planned.drafts if wanted.named}
    others = {answer.path for answer in answers if answer.reason in _NO_DRAFTS and answer.path not in named}
    if others:
        tell(say("usage.other-texts", count=len(others), paths=" ".join(sorted(others))))
    return tuple(answer for answer in answers if answer.path not in others)


def _checked(request: Request, planned: Plan) -> Iterator[Answer]:
    paths = [wanted.path for wanted in planned.drafts]
    if request.previous or request.members or STDIN in paths:
        return (_alone(path, request, planned) for path in paths)
    return watched(_groups(paths, planned), len(paths), quiet=request.quiet)


def _alone(path: str, request: Request, planned: Plan) -> Answer:
    """A draft from standard input, or one held against last year's report or its members' reports."""
    source = standard_input() if path == STDIN else Path(path)
    name = request.called(path)
    options = planned.options_for(name)
    result = check_one(source, name=name, options=options, previous=request.previous, members=planned.members)
    return Answer(name, result.reason, NAMELESS, lambda: result)


def _groups(paths: Sequence[str], planned: Plan) -> Iterator[Answer]:
    """Neighbouring drafts of which the same is asked run together."""
    config = planned.config
    asked: list[tuple[Options, str]] = [(planned.options_for(path), path) for path in paths]
    for options, group in groupby(asked, key=lambda item: item[0]):
        yield from run([path for _, path in group], options, jobs=config.jobs, cache=config.cache)
