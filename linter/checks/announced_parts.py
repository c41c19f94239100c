"""The parts that the preamble announces are the parts that the body has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem
from linter.model.outline import Passage
from linter.model.report import Place, Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"announced", "found"})}

_COUNT = re.compile(
    r"(?:由|包括|分为|共|含)[^。]{0,160}?(?P<count>[一二三四五六七八九十]|\d{1,2})(?:个|大)?(?:部分|方面)"
)
_NUMBERS = "〇一二三四五六七八九十"


def bind(settings: Mapping[str, object]) -> Check:
    """No settings."""
    Settings(settings).done()

    def check(report: Report) -> Iterator[Fact]:
        chapters = [section for section in report.outline.sections if section.heading.level == 1]
        preamble = [block for block in report.outline.preamble if isinstance(block, Passage)]
        for passage in preamble:
            found = _COUNT.search(passage.text)
            if found is None or not chapters:
                continue
            announced = _number(found["count"])
            # The statistics table of the 2014 form is an annex that reports announce as a part.
            parts = {len(chapters), len(chapters) + bool(report.forms and not report.sections)}
            if announced not in parts:
                place = Place("preamble/parts", (), passage.span(found.start("count"), found.end()))
                yield Problem(place, {"announced": announced, "found": len(chapters)})

    return check


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS.index(text)
