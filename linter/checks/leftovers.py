"""Kind ``leftovers``: what was left in the file beside the text: tracked changes, comments, hidden text.

Settings: ``kinds``, a list of `Notice` kinds; each kind found is one problem, however often it occurs. ``to_tools``,
a list of regular expressions: a ``directive`` that one of them finds speaks to a tool and does not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from linter.checks.settings import Settings
from linter.model.document import Notice
from linter.model.finding import Check, Problem
from linter.model.report import Place, Report

_VARIANTS = ("tracked-insertion", "tracked-deletion", "comment", "hidden-text", "directive")
_VALUES = frozenset({"kind", "count", "details"})

FIELDS: Mapping[str, frozenset[str]] = {"": _VALUES, **dict.fromkeys(_VARIANTS, _VALUES)}
"""A variant for each kind that has words of its own, "" for any other. `count`: how many notices; `details`: what the
file says of them (authors, the words of a comment), each once, in order of appearance."""


def bind(settings: Mapping[str, object]) -> Check:
    """The check. Raises ValueError for an unknown key or a wrong type."""
    read = Settings(settings)
    kinds = read.texts("kinds")
    to_tools = read.patterns("to_tools", ())
    read.done()

    def counts(notice: Notice) -> bool:
        return notice.kind != "directive" or not any(pattern.search(notice.detail) for pattern in to_tools)

    def check(report: Report) -> Iterator[Problem]:
        for kind in kinds:
            notices = [notice for notice in report.document.notices if notice.kind == kind and counts(notice)]
            if notices:
                yield _problem(kind, notices)

    return check


def _problem(kind: str, notices: Sequence[Notice]) -> Problem:
    places = [Place("document", span=notice.span) for notice in notices]
    places.sort(key=lambda place: place.span is None)  # the first that can be shown leads
    details = tuple(dict.fromkeys(notice.detail for notice in notices if notice.detail))
    return Problem(
        places[0],
        {"kind": kind, "count": len(notices), "details": details},
        related=tuple(place for place in places[1:] if place.span is not None),
        variant=kind if kind in _VARIANTS else "",
    )
