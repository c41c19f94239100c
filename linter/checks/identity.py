"""The named identities of the forms hold: sums of named cells compared with sums of named cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.checks.wildcards import named
from linter.model.finding import Check, Fact, Problem, Severity, Unchecked
from linter.model.report import Relation, Report, added

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"stated", "computed", "left", "right", "difference"})}


def bind(settings: Mapping[str, object]) -> Check:
    """`identities`: ``form/identity`` ids, ``*`` for anything after the ``/``. `warnings`, `notes`: those of
    them that are worth no more.
    """
    read = Settings(settings)
    identities = read.texts("identities")
    lesser = {Severity.WARNING: read.texts("warnings", ()), Severity.NOTE: read.texts("notes", ())}
    read.done()

    def check(report: Report) -> Iterator[Fact]:
        forms = {identity.split("/")[0] for identity in identities} & {spec.id for spec in report.edition.forms}
        for form in sorted(forms - set(report.forms)):
            yield Unchecked("missing-form", report.place(form))
        for relation in report.relations:
            name = f"{relation.form}/{relation.identity.id}"
            if not named(name, identities):
                continue
            if relation.state == "broken":
                severity = next((one for one, patterns in lesser.items() if named(name, patterns)), None)
                yield _problem(relation, severity)
            elif relation.state == "unchecked":
                unknown = next((term.place for term in relation.terms if term.value is None), None)
                yield Unchecked(relation.reason, unknown or report.place(relation.form))

    return check


def _problem(relation: Relation, severity: Severity | None) -> Problem:
    stated, computed = added(relation.stated), added(relation.parts)
    return Problem(
        place=(relation.stated or relation.parts)[0].place,
        values={
            "stated": stated,
            "computed": computed,
            "left": relation.left,
            "right": relation.right,
            "difference": max(stated, computed) - min(stated, computed),
        },
        related=tuple(term.place for term in relation.terms if term.value),
        severity=severity,
        relation=relation,
    )
