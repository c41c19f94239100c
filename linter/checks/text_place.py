"""Where a stretch of running text is, in the report's own parts."""

from __future__ import annotations

from bisect import bisect_right

from linter.model.document import Span
from linter.model.report import Place, Report


def text_place(report: Report, span: Span) -> Place:
    """The place of `span`: ``title``, ``prose/preamble``, ``prose/<section id>``, ``prose/end`` after the body.

    A chapter that is none of the edition's sections (before 2019 headings were free) is ``prose/body``, by its heading.
    """
    outline = report.outline
    if outline.title is not None and outline.title.span().overlaps(span):
        return Place("title", (), span)
    end = min((passage.offsets[0] for passage in outline.signoff), default=None)
    if end is not None and span.start >= end:
        return Place("prose/end", (), span)
    known = {section.heading.passage.offsets[0]: section_id for section_id, section in report.sections.items()}
    chapters = {section.heading.passage.offsets[0]: section.heading.text for section in outline.sections}
    begins = sorted({*known, *chapters})
    at = bisect_right(begins, span.start) - 1
    if at < 0:
        return Place("prose/preamble", (), span)
    begin = begins[at]
    if begin not in known:
        return Place("prose/body", (chapters[begin],), span)
    return Place(f"prose/{known[begin]}", report.place(f"section/{known[begin]}").labels, span)
