"""The text a finding speaks of, with the stretch it means: safe to print, cut to a width where one is given."""

from __future__ import annotations

from dataclasses import dataclass

from linter.formats.folding import cells, head, tail
from linter.model.document import Document, Span

UNPRINTABLE = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\N{REPLACEMENT CHARACTER}"
)
"""Control characters and bidirectional overrides: a draft must not drive the reader's terminal."""
INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD])
PRINTABLE = UNPRINTABLE | INVISIBLE | {0x09: " ", 0x0A: " ", 0x0B: " ", 0x0C: " ", 0x0D: "", 0xA0: " ", 0x3000: "　"}


@dataclass(frozen=True, slots=True)
class Quote:
    """A line of the text in three pieces; `marked` is what the finding means."""

    before: str
    marked: str
    after: str


def printable(text: str) -> str:
    """The text on one line, without characters that a terminal would obey or that have no shape."""
    return text.translate(PRINTABLE)


def quote(document: Document, span: Span) -> Quote:
    """The line of the text that holds the span's beginning; a span over several lines is marked to the line's end."""
    text = document.text
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.start)
    end = len(text) if end < 0 else end
    stop = min(span.end, end)
    return Quote(
        printable(text[start : span.start]).lstrip(),
        printable(text[span.start : stop]),
        printable(text[stop:end]).rstrip(),
    )


def cut(whole: Quote, width: int) -> Quote:
    """The quote within `width` terminal cells, the mark kept in sight, with dots where something was left out."""
    marked = head(whole.marked, width)
    room = max(width - cells(marked), 0)
    after = min(cells(whole.after), room // 2)
    before = min(cells(whole.before), room - after)
    return Quote(tail(whole.before, before), marked, head(whole.after, room - before))
