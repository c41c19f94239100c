"""Row labels or column headers bear the wording of the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem
from linter.model.report import Form, Label, Place, Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"printed", "official", "form"})}


def bind(settings: Mapping[str, object]) -> Check:
    """`of`: ``rows`` for row labels, ``columns`` for headers."""
    read = Settings(settings)
    of = read.choice("of", ("rows", "columns"))
    read.done()

    def check(report: Report) -> Iterator[Fact]:
        for form in report.forms.values():
            for place, label in _rows(report, form) if of == "rows" else _columns(form):
                if label.match == "altered" and label.span is not None:
                    values = {"printed": _line(label.text), "official": label.official, "form": form.spec.title}
                    yield Problem(place, values)

    return check


def _rows(report: Report, form: Form) -> Iterator[tuple[Place, Label]]:
    for row, label in form.rows.items():
        place = report.place(f"{form.spec.id}/{row}")
        yield Place(place.path, place.labels, label.span), label


def _columns(form: Form) -> Iterator[tuple[Place, Label]]:
    for (_, column), label in form.columns.items():
        yield Place(f"{form.spec.id}/*/{column}", (form.spec.title, label.official), label.span), label


def _line(text: str) -> str:
    return "".join(text.split())
