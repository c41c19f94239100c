"""Parts that add up to more than a total which counts the same thing once: allowed, worth a look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.model.finding import Check, Fact, Problem
from linter.model.report import Report, added

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"stated", "computed", "right", "difference"})}


def bind(settings: Mapping[str, object]) -> Check:
    """`identity`: the ``form/identity`` that bounds a total (left) by its parts (right)."""
    read = Settings(settings)
    identity = read.text("identity")
    read.done()

    def check(report: Report) -> Iterator[Fact]:
        for relation in report.relations:
            if f"{relation.form}/{relation.identity.id}" != identity or relation.state != "held":
                continue
            stated, computed = added(relation.left), added(relation.right)
            if stated < computed:
                values = {
                    "stated": stated, "computed": computed, "right": relation.right, "difference": computed - stated
                }  # fmt: skip
                yield Problem(
                    relation.left[0].place, values, tuple(term.place for term in relation.right if term.value)
                )

    return check
