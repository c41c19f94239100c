"""A section bears the title of the form, or a wording the edition accepts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem
from linter.model.report import Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"title", "printed"})}


def bind(settings: Mapping[str, object]) -> Check:
    """`ignored`: a pattern of what a title may have or lack and still be the same."""
    read = Settings(settings)
    ignored = read.pattern("ignored")
    read.done()

    def bare(title: str) -> str:
        return ignored.sub("", title)

    def check(report: Report) -> Iterator[Fact]:
        for spec in report.edition.sections:
            section = report.sections.get(spec.id)
            if section is None or not section.heading.text:
                continue
            accepted = {bare(spec.title), *map(bare, spec.also)}
            if bare(section.heading.text) not in accepted:
                place = report.place(f"section/{spec.id}")
                yield Problem(place, {"title": spec.title, "printed": section.heading.text})

    return check
