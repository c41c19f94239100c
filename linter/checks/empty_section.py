"""A section of the edition has content; 无 is content only where the edition says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem
from linter.model.outline import Section
from linter.model.report import Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"title"}), "nothing": frozenset({"title", "text"})}


def bind(settings: Mapping[str, object]) -> Check:
    """`nothing`: a pattern of a whole text that says only that there is nothing (无。)."""
    read = Settings(settings)
    nothing = read.pattern("nothing")
    read.done()

    def check(report: Report) -> Iterator[Fact]:
        for spec in report.edition.sections:
            section = report.sections.get(spec.id)
            if section is None or any(form.section == spec.id for form in report.edition.forms):
                continue
            text = _prose(section)
            place = report.place(f"section/{spec.id}")
            below = any(child.heading.text for child in section.children) or any(section.tables())
            if not text and not below:
                yield Problem(place, {"title": spec.title})
            elif not spec.empty and nothing.fullmatch(text):
                yield Problem(place, {"title": spec.title, "text": text}, variant="nothing")

    return check


def _prose(section: Section) -> str:
    """The text behind the title and below it; the headings below count where prose runs on behind them."""
    heading = section.heading
    passages = [passage.text for passage in section.passages() if passage is not heading.passage]
    return "".join([heading.rest or heading.text if heading.run_in else "", *passages])
