"""How a place is worded: by its labels, and by what its file format can point at."""

from __future__ import annotations

from dataclasses import dataclass

from linter.model.document import Document, Origin, Span
from linter.model.finding import Result
from linter.model.report import Place
from linter.words import Catalogue

JOINT = " › "
NOWHERE = Origin()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a span begins and where it ends (exclusive), in lines and columns from 1; None: the format has none."""

    start: Origin
    end_line: int | None = None
    end_column: int | None = None

    @property
    def textual(self) -> bool:
        """Whether lines and columns of the file itself are known: text, Markdown, HTML; not Word, not PDF."""
        return self.start.line is not None and self.start.page is None


def document(result: Result) -> Document | None:
    """The document of a file that was read."""
    return result.report.document if result.report else None


def stretch(result: Result, place: Place | None) -> Stretch:
    """The place in the file; every number None for what is absent or whole."""
    text = document(result)
    return _stretch(text, place.span) if text and place and place.span else Stretch(NOWHERE)


def _stretch(text: Document, span: Span) -> Stretch:
    start = text.origin(span.start)
    last = text.origin(max(span.end - 1, span.start))
    width = 1 if span.end > span.start else 0
    return Stretch(start, last.line, None if last.column is None else last.column + width)


def label(place: Place) -> str:
    """What a person calls the place: 「三、… › （七）总计 › 自然人」; its path where it has no name."""
    return JOINT.join(place.labels) or place.path


def named(place: Place, say: Catalogue) -> str:
    """The label, or for a place without one the word for what its path begins with: 「标题」."""
    head = place.path.partition("/")[0]
    word = say.reason("path", head)
    return label(place) if place.labels or word == head else word


def pointer(result: Result, place: Place | None, say: Catalogue) -> str:
    """Where to look in the file, in words: 第 51 行第 7 列, 第 4 页第 12 行, 表 3 第 25 行第 2 格; "" for nowhere."""
    start = stretch(result, place).start
    if start.page is not None:
        return (
            say("place.page-line", page=start.page, line=start.line)
            if start.line
            else say("place.page", page=start.page)
        )
    if start.line is not None:
        line, column = start.line, start.column
        return say("place.line", line=line) if column is None else say("place.column", line=line, column=column)
    if start.table is not None:
        return _in_table(start, say)
    return "" if start.paragraph is None else say("place.paragraph", paragraph=start.paragraph)


def _in_table(start: Origin, say: Catalogue) -> str:
    if start.row is None:
        return say("place.table", table=start.table)
    if start.cell is None:
        return say("place.row", table=start.table, row=start.row)
    return say("place.cell", table=start.table, row=start.row, cell=start.cell)


def address(result: Result, place: Place | None, say: Catalogue) -> str:
    """The path with what a terminal or an editor can jump to: ``a.md:51:7``; in words for Word and PDF."""
    where = stretch(result, place)
    if where.textual:
        column = "" if where.start.column is None else f":{where.start.column}"
        return f"{result.path}:{where.start.line}{column}"
    words = pointer(result, place, say)
    return f"{result.path} {words}" if words else result.path


def full_label(result: Result, place: Place, say: Catalogue) -> str:
    """The labels and, where lines and columns do not exist, the pointer: all that one text can say of the place."""
    words = "" if stretch(result, place).textual else pointer(result, place, say)
    return JOINT.join(part for part in (named(place, say), words) if part)
