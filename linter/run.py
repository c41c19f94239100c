"""Many drafts checked, in the order given: one answer a file, whatever the number of processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from linter.library import check
from linter.model.finding import Result, Rule
from linter.options import Options, chosen
from linter.packs import load_rules

ALONE = 16
"""Up to so many files one process is faster than starting others."""
_BATCH = 16
_AHEAD = 3
"""Batches under way per process: enough to keep them busy, few enough to keep memory flat."""


def run(paths: Sequence[str], options: Options, *, jobs: int = 0) -> Iterator[Result]:
    """The results in the order of `paths`. `jobs`: processes, 0 for as many as there are processors."""
    one = partial(_one, options=options)
    workers = min(jobs or os.cpu_count() or 1, len(paths) // ALONE + 1)
    yield from map(one, paths) if workers <= 1 else _spread(one, paths, workers, options)


def _one(path: str, options: Options) -> Result:
    return check(path, options=options)


def _spread(one: Callable[[str], Result], paths: Sequence[str], workers: int, options: Options) -> Iterator[Result]:
    from collections import deque  # noqa: PLC0415 -- only for many files
    from concurrent.futures import Future, ProcessPoolExecutor  # noqa: PLC0415 -- only for many files

    rules = chosen(load_rules(options.rules), options)
    waiting = iter([paths[start : start + _BATCH] for start in range(0, len(paths), _BATCH)])
    with ProcessPoolExecutor(workers) as pool:
        under_way: deque[Future[list[Result]]] = deque(
            pool.submit(_batch, one, batch) for batch in islice(waiting, workers * _AHEAD)
        )
        while under_way:
            results = under_way.popleft().result()
            under_way.extend(pool.submit(_batch, one, batch) for batch in islice(waiting, 1))
            yield from (_with_rules(result, rules) for result in results)


def _batch(one: Callable[[str], Result], paths: Iterable[str]) -> list[Result]:
    """What a process sends back: results without their rules, whose checks cannot be sent and which we have."""
    return [replace(one(path), rules=()) for path in paths]


def _with_rules(result: Result, rules: Sequence[Rule]) -> Result:
    if result.report is None:
        return result
    edition = result.report.edition.id
    return replace(result, rules=tuple(rule for rule in rules if edition in rule.editions))
