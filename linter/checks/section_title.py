"""A section bears the title of the form, or a wording the edition accepts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem
from linter.model.report import Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"title", "printed"})}

_IGNORED = re.compile(r"[\s、，,及和与的（()）“”\"]|\d{4}年度?")


def bind(settings: Mapping[str, object]) -> Check:
    """No settings."""
    Settings(settings).done()

    def check(report: Report) -> Iterator[Fact]:
        for spec in report.edition.sections:
            section = report.sections.get(spec.id)
            if section is None or not section.heading.text:
                continue
            accepted = {_bare(spec.title), *map(_bare, spec.also)}
            if _bare(section.heading.text) not in accepted:
                place = report.place(f"section/{spec.id}")
                yield Problem(place, {"title": spec.title, "printed": section.heading.text})

    return check


def _bare(title: str) -> str:
    """The title without what says nothing: blanks, commas, 及/和/与/的, the year, brackets."""
    return _IGNORED.sub("", title)
