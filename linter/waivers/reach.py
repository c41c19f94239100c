"""What a suppression hides: the findings of its rules in its place, until its last day."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from linter.model.document import Document, Span
from linter.model.finding import Finding
from linter.model.report import Place, Report
from linter.waivers.directives import Directive
from linter.waivers.side_file import Entry

Key = tuple[str, Span | None]
"""A rule (id or name) and a block of the document, None: the whole of it."""


def expired(said: Directive | Entry, today: datetime.date) -> bool:
    """Whether its last day is past."""
    return said.until is not None and said.until < today


class EntryReach:
    """What an entry of the side file covers in a document."""

    def __init__(self, entry: Entry, document: Document) -> None:
        self.entry = entry
        self._quoted = _quotations(document.text, entry.text) if entry.text else ()

    def covers(self, finding: Finding) -> bool:
        """Whether the finding is of its rule, in its place and in the words it quotes."""
        entry, place = self.entry, finding.place
        return (
            entry.rule in (finding.rule, finding.name)
            and (not entry.place or fnmatchcase(place.path, entry.place))
            and (not entry.text or any(place.span is not None and place.span.overlaps(part) for part in self._quoted))
        )


class DirectiveReach:
    """What the directives of a draft cover in it."""

    def __init__(self, said: Iterable[Directive], report: Report) -> None:
        self._report = report
        self._spans = [block.span for block in report.document.blocks]
        self._starts = [span.start for span in self._spans]
        self._told: dict[Key, list[tuple[Directive, str]]] = defaultdict(list)
        for item in said:
            for rule in item.rules:
                self._told[rule, item.block].append((item, rule))

    def over(self, finding: Finding) -> list[tuple[Directive, str]]:
        """The directives that cover the finding, each with the rule (id or name) by which it does."""
        return [pair for key in self._keys(finding) for pair in self._told.get(key, ())]

    def _keys(self, finding: Finding) -> Iterator[Key]:
        """What a directive can say to hide the finding."""
        for block in (None, *self._blocks(finding.place)):
            yield finding.rule, block
            yield finding.name, block

    def _blocks(self, place: Place) -> Iterable[Span]:
        """The block in which it begins; what is absent from a form (a lost row) counts as in the form's tables."""
        if place.span is None:
            form = self._report.forms.get(place.path.partition("/")[0])
            return [table.span for table in form.tables] if form else ()
        at = bisect_right(self._starts, place.span.start) - 1
        return self._spans[at : at + 1] if at >= 0 and place.span.start <= self._spans[at].end else ()


def _quotations(text: str, quote: str) -> tuple[Span, ...]:
    """Where the quote stands in the text, blanks and line ends apart."""
    places = [at for at, character in enumerate(text) if not character.isspace()]
    squeezed, wanted = _squeezed(text), _squeezed(quote)
    found = []
    at = squeezed.find(wanted)
    while wanted and at >= 0:
        found.append(Span(places[at], places[at + len(wanted) - 1] + 1))
        at = squeezed.find(wanted, at + len(wanted))
    return tuple(found)


def _squeezed(text: str) -> str:
    return "".join(text.split())
