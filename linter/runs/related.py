"""Drafts of one run held against each other: the years of one agency find each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

from linter.library import judge
from linter.model.finding import Result
from linter.options import Options
from linter.runs.answer import Answer
from linter.runs.series import Imprint, find_previous
from linter.text.names import plain

_FEW = 200
"""Up to so many reports of a year are searched for a name that is only like the publisher's."""


class Neighbours:
    """The answers of a run, by year, and by year and publisher."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        self._answers: dict[Imprint, Answer] = {}
        self._of_year: dict[int, list[Imprint]] = defaultdict(list)
        self._of_publisher: dict[tuple[int, str], list[Imprint]] = defaultdict(list)
        for answer in answers:
            imprint = answer.imprint
            if imprint.year is not None:
                self._answers[imprint] = answer
                self._of_year[imprint.year].append(imprint)
                self._of_publisher[imprint.year, plain(imprint.publisher)].append(imprint)

    def beside_last_year(self, answer: Answer, options_for: Callable[[str], Options]) -> Result:
        """The answer's result, judged again beside last year's report where that is in the run."""
        result = answer.open()
        previous = self._previous(answer.imprint)
        last = previous.open().report if previous else None
        if result.report is None or last is None:
            return result
        report = replace(result.report, previous=last)
        return judge(lambda: report, result.path, options_for(result.path))

    def _previous(self, imprint: Imprint) -> Answer | None:
        if imprint.year is None:
            return None
        last = imprint.year - 1
        same = self._of_publisher.get((last, plain(imprint.publisher)))
        alike = self._of_year.get(last, [])
        found = find_previous(imprint, same or (alike if len(alike) <= _FEW else ()))
        return self._answers[found] if found else None
