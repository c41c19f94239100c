"""A section of the edition has content; 无 is content only where the edition says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem
from linter.model.outline import Section
from linter.model.report import Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"title"}), "nothing": frozenset({"title", "text"})}

_NOTHING = re.compile(r"^(?:暂?无|没有|暂无其他.{0,8}|无其他.{0,12})[。.]?$")


def bind(settings: Mapping[str, object]) -> Check:
    """No settings."""
    Settings(settings).done()

    def check(report: Report) -> Iterator[Fact]:
        for spec in report.edition.sections:
            section = report.sections.get(spec.id)
            if section is None or any(form.section == spec.id for form in report.edition.forms):
                continue
            text = _content(section)
            place = report.place(f"section/{spec.id}")
            if not text:
                yield Problem(place, {"title": spec.title})
            elif not spec.empty and _NOTHING.match(text):
                yield Problem(place, {"title": spec.title, "text": text}, variant="nothing")

    return check


def _content(section: Section) -> str:
    """The prose under the heading; a table or a heading below it counts as content too."""
    text = "".join(passage.text for passage in section.passages())
    return text or "".join(child.heading.text for child in section.children) or ("表" if any(section.tables()) else "")
