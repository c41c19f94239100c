"""Kind ``leftovers``: what word processing left in the file beside the text: tracked changes, comments, hidden text.

Settings: ``kinds``, a list of `Notice` kinds; each kind found is one problem, however often it occurs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from linter.checks.settings import Settings
from linter.model.document import Notice
from linter.model.finding import Check, Problem
from linter.model.report import Place, Report

_VARIANTS = ("tracked-insertion", "tracked-deletion", "comment", "hidden-text")
_VALUES = frozenset({"kind", "count", "who"})

FIELDS: Mapping[str, frozenset[str]] = {"": _VALUES, **dict.fromkeys(_VARIANTS, _VALUES)}
"""A variant for each kind that has words of its own, "" for any other. `count`: how many; `who`: the authors or names
that the file gives, in order of appearance, None without any."""


def bind(settings: Mapping[str, object]) -> Check:
    """The check. Raises ValueError for an unknown key or a wrong type."""
    read = Settings(settings)
    kinds = read.texts("kinds")
    read.done()

    def check(report: Report) -> Iterator[Problem]:
        for kind in kinds:
            notices = [notice for notice in report.document.notices if notice.kind == kind]
            if notices:
                yield _problem(kind, notices)

    return check


def _problem(kind: str, notices: Sequence[Notice]) -> Problem:
    places = [Place("document", span=notice.span) for notice in notices]
    places.sort(key=lambda place: place.span is None)  # the first that can be shown leads
    count = sum(int(notice.detail) if notice.detail.isdecimal() else 1 for notice in notices)
    names = dict.fromkeys(notice.detail for notice in notices if notice.detail and not notice.detail.isdecimal())
    return Problem(
        places[0],
        {"kind": kind, "count": count, "who": tuple(names) or None},
        related=tuple(place for place in places[1:] if place.span is not None),
        variant=kind if kind in _VARIANTS else "",
    )
