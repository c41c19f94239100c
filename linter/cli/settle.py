"""From the answers of a run to the results that count: judged beside last year's, what is suppressed or known aside."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from linter.cli.plan import Plan
from linter.config.model import Config
from linter.findings import in_order
from linter.model.finding import Finding, Result, Severity
from linter.runs.answer import Answer
from linter.runs.related import Neighbours
from linter.waivers.applied import apply
from linter.waivers.baseline import Entry, absorb
from linter.waivers.complaints import unused


class Settled(Collection[Result]):
    """The results of a run, in its order. Each is made when it is looked at: a run of thousands holds one at a time."""

    def __init__(self, answers: Sequence[Answer], planned: Plan) -> None:
        self._answers = answers
        self._planned = planned
        self._neighbours = Neighbours(answers)
        self._today = datetime.datetime.now(tz=datetime.UTC).astimezone().date()
        self._unused = dict(self._idle_suppressions())
        self.status = 0
        """The exit status, by the results that were looked at last: 2 where a file could not be read, 1 where a finding
        fails, or an unchecked relation does.
        """
        self.idle: dict[Path, list[Entry]] = {}
        """Entries that found less than they say, by the baseline they stand in, in the results looked at last."""

    def __len__(self) -> int:
        return len(self._answers)

    def __contains__(self, result: object) -> bool:
        return any(result == one for one in self)

    def __iter__(self) -> Iterator[Result]:
        self.status, self.idle = 0, defaultdict(list)
        for answer in self._answers:
            result = self._applied(answer)
            added = self._unused.get(answer.path, ()) if result.report else ()
            result = replace(result, findings=in_order((*result.findings, *added))) if added else result
            scope = self._planned.scopes.of(answer.path)
            if scope.baseline is not None and scope.config.baseline is not None:
                result, left = absorb(result, scope.baseline)
                self.idle[scope.config.baseline] += left
            self.status = max(self.status, _status(result, scope.config))
            yield result

    def _applied(self, answer: Answer) -> Result:
        """Beside last year's report, and with what is suppressed set aside."""
        scope = self._planned.scopes.of(answer.path)
        result = self._neighbours.beside_last_year(answer, self._planned.options_for)
        return apply(result, scope.suppressions, scope.config.options_for(result.path), scope.rules, self._today)

    def _idle_suppressions(self) -> Iterator[tuple[str, list[Finding]]]:
        """A finding for each entry of a side file that hides nothing, by the draft that it is to stand in."""
        scopes = self._planned.scopes
        for scope in scopes:
            side = scope.suppressions
            spoken_of = (answer for answer in self._answers if scopes.of(answer.path) is scope and side.of(answer.path))
            yield from unused(map(self._applied, spoken_of), side, scope.config.options_for("-")).items()


def _status(result: Result, config: Config) -> int:
    if result.error is not None:
        return 2
    fails = config.fail_on != "never" and result.worst() >= Severity(config.fail_on).rank
    return int(fails or (config.strict and result.relations("unchecked") > 0))
