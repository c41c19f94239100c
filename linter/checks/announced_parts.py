"""The parts that the preamble announces are the parts that the body has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem
from linter.model.report import Place, Report
from linter.text.numerals import parse_number

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"announced", "found"})}


def bind(settings: Mapping[str, object]) -> Check:
    """`announces`: a pattern of what announces the parts, their number in its group ``count``."""
    read = Settings(settings)
    announces = read.pattern("announces", groups=("count",))
    read.done()

    def check(report: Report) -> Iterator[Fact]:
        chapters = [section for section in report.outline.sections if section.heading.level == 1]
        for passage in report.outline.front():
            found = announces.search(passage.text)
            if found is None or not chapters:
                continue
            announced = parse_number(found["count"])
            # The statistics table of the 2014 form is an annex that reports announce as a part.
            parts = {len(chapters), len(chapters) + bool(report.forms and not report.sections)}
            if announced not in parts:
                place = Place("preamble/parts", (), passage.span(found.start("count"), found.end()))
                yield Problem(place, {"announced": announced, "found": len(chapters)})

    return check
