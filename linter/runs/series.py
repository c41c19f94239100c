"""Which of several reports is whose last year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from linter.model.report import Report
from linter.text.names import plain, same


@dataclass(frozen=True, slots=True)
class Imprint:
    """Whose report of which year: what finds the report of the year before. `year`: None where unknown; `publisher`:
    its name, "" for none; `forms`: how many were recognised in it.
    """

    year: int | None
    publisher: str
    forms: int


NAMELESS = Imprint(None, "", 0)
"""Of what is no report."""


def imprint_of(report: Report) -> Imprint:
    """What the report says of itself."""
    return Imprint(report.year, report.publisher.name, len(report.forms))


def find_previous(imprint: Imprint, others: Iterable[Imprint]) -> Imprint | None:
    """Last year's report of the same publisher among `others`; the one most like it in name where the file is there
    twice. None: there is none, the report has no year or publisher, or two different bodies could be meant.
    """
    if imprint.year is None or not plain(imprint.publisher):
        return None
    lasts = [other for other in others if other.year == imprint.year - 1 and same(imprint.publisher, other.publisher)]
    alike = [other for other in lasts if plain(other.publisher) == plain(imprint.publisher)]
    if alike:
        return max(alike, key=lambda other: (other.publisher == imprint.publisher, other.forms))
    return lasts[0] if len({plain(other.publisher) for other in lasts}) == 1 else None
