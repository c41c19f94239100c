"""What a run keeps of a draft that was checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from linter.model.finding import Result
from linter.runs.series import Imprint


@dataclass(frozen=True, slots=True)
class Answer:
    """The result for one file, whole when it is opened and small until then: a run may be thousands of files long.

    `reason`: as `Result.reason`; `imprint`: whose report of which year it is, empty for what is no report; `open`: the
    whole result, made anew each time.
    """

    path: str
    reason: str
    imprint: Imprint
    open: Callable[[], Result]
