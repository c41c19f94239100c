"""``gouji check``: drafts in, findings out, and an exit status: 0 clean, 1 findings, 2 a file or usage failed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from linter.cli.deliver import deliver
from linter.cli.drafts import standard_input
from linter.cli.output import save, show, tell
from linter.cli.plan import Plan, plan
from linter.cli.progress import watched
from linter.cli.request import Request
from linter.cli.settle import Settled
from linter.cli.statistics import statistics
from linter.cli.texts import stop
from linter.config import show as show_config
from linter.library import check as check_one
from linter.model.finding import Result
from linter.options import Options
from linter.runs.answer import Answer
from linter.runs.files import expand
from linter.runs.run import run
from linter.runs.series import NAMELESS
from linter.waivers.baseline import baseline_of, prune, write_baseline
from linter.words import Catalogue


def check(request: Request, say: Catalogue) -> int:
    """Checks the drafts and writes the answers; the exit status."""
    planned = plan(request, say)
    if request.show_config:
        show(show_config(planned.config))
        return 0
    if request.watch:
        from linter.cli.watch import watch  # noqa: PLC0415 -- only where asked for

        return watch(request.paths, lambda: _once(request, planned, say), say)
    return _once(request, planned, say)


def _once(request: Request, planned: Plan, say: Catalogue) -> int:
    paths = [path for path in expand(request.paths) if path in request.paths or not planned.config.excludes(path)]
    if not paths:
        stop(say("usage.no-files", paths=" ".join(request.paths)))
    answers = _reports(_checked(paths, request, planned), request, say)
    if request.write_baseline:
        _write_baseline(request.write_baseline, Settled(answers, replace(planned, baseline=None)), planned, say)
        return 0
    results = Settled(answers, planned)
    if request.statistics:
        show(statistics(results))
    else:
        deliver(results, planned, request, say)
    if results.idle:
        tell(say("usage.unused-baseline", count=results.idle))
    return results.status


def _write_baseline(path: Path, results: Iterable[Result], planned: Plan, say: Catalogue) -> None:
    """What is found now; where the same baseline is in force, that one without what is gone: nothing new enters."""
    folder = path.absolute().parent
    same = planned.baseline_file is not None and planned.baseline_file.absolute() == path.absolute()
    known = planned.baseline if same else None
    kept = prune(known, results) if known is not None else baseline_of(results, folder)
    save(path, write_baseline(kept).encode("utf-8"), say, force=True)


def _reports(answers: Iterable[Answer], request: Request, say: Catalogue) -> Sequence[Answer]:
    """The answers without those for texts of another kind that a folder happened to hold; they are named."""
    answers = tuple(answers)
    others = {answer.path for answer in answers if answer.reason == "not-a-report" and answer.path not in request.paths}
    if others:
        tell(say("usage.other-texts", count=len(others), paths=" ".join(sorted(others))))
    return tuple(answer for answer in answers if answer.path not in others)


def _checked(paths: Sequence[str], request: Request, planned: Plan) -> Iterator[Answer]:
    if request.previous or request.members or "-" in paths:
        return (_alone(path, request, planned) for path in paths)
    return watched(_groups(paths, planned), len(paths), quiet=request.quiet)


def _alone(path: str, request: Request, planned: Plan) -> Answer:
    """A draft from standard input, or one held against last year's report or its members' reports."""
    source = standard_input() if path == "-" else Path(path)
    name = request.stdin_name if path == "-" else path
    members = [Path(member) for member in expand([str(request.members)])] if request.members else []
    result = check_one(source, name=name, options=planned.options_for(name), previous=request.previous, members=members)
    return Answer(name, result.reason, NAMELESS, lambda: result)


def _groups(paths: Sequence[str], planned: Plan) -> Iterator[Answer]:
    """Neighbouring drafts of which the same is asked run together."""
    asked: list[tuple[Options, str]] = [(planned.options_for(path), path) for path in paths]
    for options, group in groupby(asked, key=lambda item: item[0]):
        yield from run([path for _, path in group], options, jobs=planned.jobs, cache=planned.cache)
