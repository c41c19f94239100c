"""The publisher bears one name in title, preamble and sign-off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem
from linter.model.outline import Passage
from linter.model.report import Place, Report
from linter.text.names import same, within

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"name", "other"}), "configured": frozenset({"name", "other"})}

_QUOTED = re.compile(r"《(?P<name>[^《》]{3,40}?)(?:\d{4}年?度?)?(?:的)?政府信息公开工作年度报告》")
_YEAR = re.compile(r"\d{4}年?度?")


def bind(settings: Mapping[str, object]) -> Check:
    """No settings. The option ``agency-name`` is the name that the report should bear."""
    Settings(settings).done()

    def check(report: Report) -> Iterator[Fact]:
        stated = report.options.get("agency-name")
        name = stated if isinstance(stated, str) else report.publisher.name
        if not name:
            return
        own = Place("title", (), report.publisher.span)
        if stated and report.publisher.name and not _same(name, report.publisher.name):
            yield Problem(own, {"name": name, "other": report.publisher.name}, variant="configured")
        for passage, start, other in _others(report):
            if not _same(name, other):
                place = Place("publisher/name", (), passage.span(start, start + len(other)))
                yield Problem(place, {"name": name, "other": other}, (own,))

    return check


def _others(report: Report) -> Iterator[tuple[Passage, int, str]]:
    """Where else the report names its publisher: its own title quoted in the preamble, and the signature."""
    for block in report.outline.preamble:
        if isinstance(block, Passage):
            for found in _QUOTED.finditer(block.text):
                quoted = _YEAR.sub("", found["name"])
                if quoted:
                    yield block, found.start("name"), quoted
    for passage in report.outline.signoff:
        if not re.search(r"\d|年", passage.text):
            yield passage, 0, passage.text


def _same(name: str, other: str) -> bool:
    """A signature may say more than the name, or leave to the title which of a place's bodies it is."""
    return same(name, other) or within(name, other)
