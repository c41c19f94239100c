"""Kind ``undefined-abbreviation``: a short name used in the report before the report says what it stands for.

Settings: ``names``, a list of ``short → full``. 「（以下简称“信公办”）」 and 「（简称信公办）」 introduce a
short name; inside its full name it is no fault. One finding for each short name, at its first use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from linter.checks.settings import Settings
from linter.checks.text_place import text_places
from linter.model.document import Span
from linter.model.finding import Check, Problem
from linter.model.report import Report

FIELDS: Mapping[str, frozenset[str]] = {"": frozenset({"short", "full", "count"})}
"""The short name, what it stands for, and how often it is used without having been introduced."""

_ARROW = "→"


def bind(settings: Mapping[str, object]) -> Check:
    """The check. Raises ValueError for an unknown key or a name without its full form."""
    read = Settings(settings)
    names = [_name(text) for text in read.texts("names")]
    read.done()

    def check(report: Report) -> Iterator[Problem]:
        place = text_places(report)
        for short, full in names:
            uses = list(_unexplained(report, short, full))
            if uses:
                yield Problem(place(uses[0]), {"short": short, "full": full, "count": len(uses)})

    return check


def _name(text: str) -> tuple[str, str]:
    short, arrow, full = (part.strip() for part in text.partition(_ARROW))
    if not (short and arrow and full):
        raise ValueError(f"names: expected short {_ARROW} full, found {text!r}")
    return short, full


def _unexplained(report: Report, short: str, full: str) -> Iterator[Span]:
    """Where the short name stands in the running text before it is introduced."""
    introduced = re.compile(rf"简称(?:为|[:：])?[“\"「《]?{re.escape(short)}")
    use = re.compile(rf"{re.escape(full)}|{re.escape(short)}")
    for passage in report.outline.prose():
        known = introduced.search(passage.text)
        end = known.start() if known else len(passage.text)
        for found in use.finditer(passage.text, 0, end):
            if found[0] == short:
                yield passage.span(*found.span())
        if known:
            return
