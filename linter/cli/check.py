"""``gouji check``: drafts in, findings out, and an exit status: 0 clean, 1 findings, 2 a file or usage failed."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from linter.cli.deliver import deliver
from linter.cli.output import save, show, tell
from linter.cli.plan import Plan, plan
from linter.cli.progress import watched
from linter.cli.request import Request
from linter.cli.statistics import statistics
from linter.cli.texts import stop
from linter.config import show as show_config
from linter.library import check as check_one
from linter.model.finding import Result, Severity
from linter.options import Options
from linter.runs.files import expand
from linter.runs.related import with_last_years
from linter.runs.run import run
from linter.waivers.baseline import apply_baseline, baseline_of, prune, write_baseline
from linter.waivers.suppression import apply, with_unused
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


def status(results: Iterable[Result], fail_on: str, *, strict: bool) -> int:
    """2 where a file could not be read, 1 for findings from `fail_on` on (or, if `strict`, an unchecked relation)."""
    results = tuple(results)
    if any(result.error is not None for result in results):
        return 2
    limit = Severity(fail_on).rank if fail_on != "never" else 4
    if any(result.worst() >= limit for result in results):
        return 1
    return 1 if strict and any(result.relations("unchecked") for result in results) else 0


def _once(request: Request, planned: Plan, say: Catalogue) -> int:
    paths = [path for path in expand(request.paths) if path in request.paths or not planned.config.excludes(path)]
    if not paths:
        stop(say("usage.no-files", paths=" ".join(request.paths)))
    results = _settled(_reports(_checked(paths, request, planned), request, say), planned)
    if request.write_baseline:
        _write_baseline(request.write_baseline, results, planned, say)
        return 0
    if planned.baseline is not None:
        results, unused = apply_baseline(results, planned.baseline)
        if unused:
            tell(say("usage.unused-baseline", count=len(unused)))
    if request.statistics:
        show(statistics(results))
    else:
        deliver(results, planned, request, say)
    return status(results, planned.fail_on, strict=planned.strict)


def _write_baseline(path: Path, results: Sequence[Result], planned: Plan, say: Catalogue) -> None:
    """What is found now; where the same baseline is in force, that one without what is gone: nothing new enters."""
    folder = path.absolute().parent
    same = planned.baseline_file is not None and planned.baseline_file.absolute() == path.absolute()
    known = planned.baseline if same else None
    kept = prune(known, results) if known is not None else baseline_of(results, folder)
    save(path, write_baseline(kept).encode("utf-8"), say, force=True)


def _reports(results: Iterable[Result], request: Request, say: Catalogue) -> tuple[Result, ...]:
    """The results without those for texts of another kind that a folder happened to hold; they are named."""
    results = tuple(results)
    others = {result.path for result in results if result.reason == "not-a-report" and result.path not in request.paths}
    if others:
        tell(say("usage.other-texts", count=len(others), paths=" ".join(sorted(others))))
    return tuple(result for result in results if result.path not in others)


def _settled(results: Iterable[Result], planned: Plan) -> tuple[Result, ...]:
    """The results with what is suppressed set aside, and suppressions that serve nothing reported."""
    today = datetime.datetime.now(tz=datetime.UTC).astimezone().date()
    side = planned.suppressions
    applied = tuple(apply(result, side, planned.options_for(result.path), planned.rules, today) for result in results)
    return with_unused(applied, side, planned.options_for("-"))


def _checked(paths: Sequence[str], request: Request, planned: Plan) -> Iterable[Result]:
    if request.previous or request.members or "-" in paths:
        return (_alone(path, request, planned) for path in paths)
    results = watched(_groups(paths, planned), len(paths), quiet=request.quiet)
    return with_last_years(tuple(results), planned.options_for)


def _alone(path: str, request: Request, planned: Plan) -> Result:
    """A draft from standard input, or one held against last year's report or its members' reports."""
    source = sys.stdin.buffer.read() if path == "-" else Path(path)
    name = request.stdin_name if path == "-" else path
    members = [Path(member) for member in expand([str(request.members)])] if request.members else []
    return check_one(source, name=name, options=planned.options_for(name), previous=request.previous, members=members)


def _groups(paths: Sequence[str], planned: Plan) -> Iterator[Result]:
    """Neighbouring drafts of which the same is asked run together."""
    asked: list[tuple[Options, str]] = [(planned.options_for(path), path) for path in paths]
    for options, group in groupby(asked, key=lambda item: item[0]):
        yield from run([path for _, path in group], options, jobs=planned.jobs, cache=planned.cache)
