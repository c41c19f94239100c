"""From the answers of a run to the results that count: judged beside last year's, what is suppressed or known aside."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from linter.cli.plan import Plan
from linter.model.finding import Result, Severity
from linter.runs.answer import Answer
from linter.runs.related import Neighbours
from linter.waivers.baseline import absorb
from linter.waivers.suppression import apply, unused


class Settled(Collection[Result]):
    """The results of a run, in its order. Each is made when it is looked at: a run of thousands holds one at a time."""

    def __init__(self, answers: Sequence[Answer], planned: Plan) -> None:
        self._answers = answers
        self._planned = planned
        self._neighbours = Neighbours(answers)
        self._today = datetime.datetime.now(tz=datetime.UTC).astimezone().date()
        side = planned.suppressions
        spoken_of = (self._applied(answer) for answer in answers if side.of(answer.path))
        self._unused = unused(spoken_of, side, planned.options_for("-"))
        self.status = 0
        """The exit status, by the results that were looked at last: 2 where a file could not be read, 1 where a finding
        fails, or an unchecked relation does.
        """
        self.idle = 0
        """Entries of the baseline that found less than they say, in the results that were looked at last."""

    def __len__(self) -> int:
        return len(self._answers)

    def __contains__(self, result: object) -> bool:
        return any(result == one for one in self)

    def __iter__(self) -> Iterator[Result]:
        self.status = self.idle = 0
        for answer in self._answers:
            result = self._applied(answer)
            added = self._unused.get(answer.path, ()) if result.report else ()
            result = replace(result, findings=(*result.findings, *added)) if added else result
            if self._planned.baseline is not None:
                result, left = absorb(result, self._planned.baseline)
                self.idle += len(left)
            self.status = max(self.status, _status(result, self._planned))
            yield result

    def _applied(self, answer: Answer) -> Result:
        """Beside last year's report, and with what is suppressed set aside."""
        planned = self._planned
        result = self._neighbours.beside_last_year(answer, planned.options_for)
        return apply(result, planned.suppressions, planned.options_for(result.path), planned.rules, self._today)


def _status(result: Result, planned: Plan) -> int:
    if result.error is not None:
        return 2
    fails = planned.fail_on != "never" and result.worst() >= Severity(planned.fail_on).rank
    return int(fails or (planned.strict and result.relations("unchecked") > 0))
