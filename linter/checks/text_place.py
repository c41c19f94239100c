"""Where a stretch of running text is, in the report's own parts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from linter.model.document import Span
from linter.model.report import Place, Report


def text_places(report: Report) -> Callable[[Span], Place]:
    """What gives the place of a span of the document.

    Its path is ``title``, ``prose/preamble``, ``prose/<section id>``, or ``prose/end`` from the sign-off on; a chapter
    that is none of the edition's sections (before 2019 headings were free) is ``prose/body``, labelled by its heading.
    """
    outline = report.outline
    title = outline.title.span() if outline.title is not None else None
    end = min((passage.offsets[0] for passage in outline.signoff), default=len(report.document.text))
    parts: dict[int, tuple[str, tuple[str, ...]]] = {
        section.heading.passage.offsets[0]: ("body", (section.heading.text,)) for section in outline.sections
    }
    for section_id, section in report.sections.items():
        labels = report.place(f"section/{section_id}").labels
        parts[section.heading.passage.offsets[0]] = (section_id, labels)
    begins = sorted(parts)

    def place(span: Span) -> Place:
        if title is not None and title.overlaps(span):
            return Place("title", (), span)
        if span.start >= end:
            return Place("prose/end", (), span)
        at = bisect_right(begins, span.start) - 1
        part, labels = parts[begins[at]] if at >= 0 else ("preamble", ())
        return Place(f"prose/{part}", labels, span)

    return place
