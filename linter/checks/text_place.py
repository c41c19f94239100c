"""Where a stretch of running text is, in the report's own parts."""

from __future__ import annotations

from bisect import bisect_right

from linter.model.document import Span
from linter.model.report import Place, Report


def text_place(report: Report, span: Span) -> Place:
    """The place of `span`: ``title``, ``prose/preamble``, ``prose/<section id>``, ``prose/end`` after the body."""
    outline = report.outline
    if outline.title is not None and outline.title.span().overlaps(span):
        return Place("title", (), span)
    end = min((passage.offsets[0] for passage in outline.signoff), default=None)
    if end is not None and span.start >= end:
        return Place("prose/end", (), span)
    begins = sorted((section.heading.passage.offsets[0], section_id) for section_id, section in report.sections.items())
    at = bisect_right(begins, span.start, key=lambda item: item[0]) - 1
    if at < 0:
        return Place("prose/preamble", (), span)
    section_id = begins[at][1]
    return Place(f"prose/{section_id}", report.place(f"section/{section_id}").labels, span)
