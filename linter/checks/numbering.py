"""Numbers of headings, and of 一是…二是…, that skip, repeat, run back or do not begin at one.

A list may begin anew at one at any time, lists may nest, and a list may go on in the next section. What counts is that
some reading of the numbers holds: only where none does is there a problem, and after it the list is taken to go on
either from the number found or from the one expected, so that one slip is one problem. A number that stands elsewhere
in the text before (in mid-line, as 其二, as （2）) is not missing, and neither is the number of a section that the
edition requires and the report lacks: that is another rule's finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.heading_numbers import broken_headings
from linter.checks.point_numbers import PointWords, broken_points
from linter.checks.settings import Settings
from linter.checks.text_place import text_places
from linter.model.finding import Check, Problem
from linter.model.report import Report

_VALUES = frozenset({"found", "expected", "previous"})

FIELDS: Mapping[str, frozenset[str]] = dict.fromkeys(("", "repeated", "backward", "headless"), _VALUES)
"""As in `linter.checks.open_list.Break`."""


def bind(settings: Mapping[str, object]) -> Check:
    """`no_heading`: a pattern of how a line goes on whose number only looks like a heading's. `no_point`: of what makes
    another word of the 一是 behind it. `instead`: patterns of other words for 一是, 二是 and so on, in this order.
    """
    read = Settings(settings)
    no_heading = read.pattern("no_heading")
    words = PointWords(read.pattern("no_point"), read.patterns("instead"))
    read.done()

    def check(report: Report) -> Iterator[Problem]:
        place = text_places(report)
        broken = (*broken_headings(report, no_heading), *broken_points(report, words))
        for found in sorted(broken, key=lambda item: item.span):
            values = {"found": found.found, "expected": found.expected, "previous": found.previous}
            related = (place(found.before),) if found.before else ()
            yield Problem(place(found.span), values, related, found.variant)

    return check
