"""Document + editions → Report. Only this package guesses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Literal

from linter.loading import LoadError
from linter.model.document import Document, Span, Unreadable
from linter.model.edition import Edition
from linter.model.outline import Outline, Passage, Section
from linter.model.report import AgencyKind, DateMention, Report
from linter.parsing.outline import outline as read_outline
from linter.recognise.forms import find_forms, marks
from linter.recognise.publisher import find_publisher, report_year
from linter.recognise.sections import find_sections, titles_of
from linter.sums.relations import relations
from linter.text.dates import dates, periods
from linter.text.quantities import quantities

_SUBJECT = re.compile("(?:政府|政务)信息公开|政务公开")
_ISSUED = re.compile(r"(?:发布|成文|公布|公开|生成|印发|发文|上载|^)(?:日期|时间)[:：]?")
_OPENING = 5
"""Paragraphs under the title in which a date of its own may stand."""


def recognise(
    document: Document,
    editions: Sequence[Edition],
    *,
    edition: str = "auto",
    year: int | None = None,
    kind: AgencyKind | None = None,
    options: Mapping[str, object] | None = None,
) -> Report:
    """Lays the document on the edition its forms show, else its year, unless `edition` forces one.

    Raises Unreadable("not-a-report") for a text that is no annual report: no title, no form, no known sections.
    """
    outline = read_outline(document, titles_of(editions))
    stated = year or report_year(outline)
    chosen, basis = _choose(outline, editions, edition, stated)
    found = find_forms(tuple(outline.tables()), chosen)
    sections = find_sections(outline, chosen)
    if edition == "auto" and outline.title is None and not found.forms and not _is_about_disclosure(outline, sections):
        raise Unreadable("not-a-report")
    prose = tuple(outline.prose())
    mentions = tuple(mention for passage in (*outline.above, *outline.passages()) for mention in dates(passage))
    report = Report(
        document=document,
        outline=outline,
        edition=chosen,
        edition_from=basis,
        year=stated,
        publisher=find_publisher(outline, kind),
        sections=sections,
        forms=found.forms,
        foreign=found.foreign,
        prose=prose,
        quantities=quantities(prose),
        periods=tuple(period for passage in prose for period in periods(passage)),
        dates=mentions,
        issued=_issued(outline, mentions),
        options=options or {},
    )
    return replace(report, relations=relations(report))


def _is_about_disclosure(outline: Outline, sections: Mapping[str, Section]) -> bool:
    """Whether a text without title and forms is a report by its headings: others have an 总体情况 and problems, too."""
    return len(sections) > 1 and any(_SUBJECT.search(passage.text) for passage in outline.passages())


def _choose(
    outline: Outline, editions: Sequence[Edition], forced: str, year: int | None
) -> tuple[Edition, Literal["form", "year", "forced"]]:
    """The edition whose forms the report carries; without forms, the one of its year; else the newest."""
    if forced != "auto":
        for edition in editions:
            if edition.id == forced:
                return edition, "forced"
        raise LoadError.of(f"no edition {forced!r}; there are {', '.join(edition.id for edition in editions)}")
    shown = marks(outline.tables(), editions)
    best = max(editions, key=lambda edition: (shown[edition.id], year is not None and edition.serves(year)))
    if shown[best.id]:
        return best, "form"
    serving = [edition for edition in editions if year is not None and edition.serves(year)]
    if serving:
        return serving[-1], "year"
    older = year is not None and year < min(edition.first_year for edition in editions)
    return (editions[0] if older else editions[-1]), "year"


def _issued(outline: Outline, mentions: Sequence[DateMention]) -> DateMention | None:
    """The date of the sign-off; else the one after 发布日期, or on a line of its own under the title."""
    signed = [mention for mention in mentions if any(_within(mention, passage) for passage in outline.signoff)]
    if signed:
        return signed[-1]
    for passage in (*outline.above, *outline.passages()):
        found = _ISSUED.search(passage.text) if len(passage.text) <= 80 else None
        if found:
            after = passage.span(found.end()).start if found.end() < len(passage.text) else passage.span().end
            return next(
                (mention for mention in mentions if mention.span.start >= after and _within(mention, passage)), None
            )
    opening = [line.span() for line in islice(outline.front(), _OPENING)]
    return next((one for one in mentions for line in opening if _fills(one.span, line)), None)


def _fills(date: Span, line: Span) -> bool:
    """Whether the line is the date and no more than brackets around it."""
    before, after = date.start - line.start, line.end - date.end
    return 0 <= before <= 1 and 0 <= after <= 1


def _within(mention: DateMention, passage: Passage) -> bool:
    whole = passage.span()
    return whole.start <= mention.span.start and mention.span.end <= whole.end
