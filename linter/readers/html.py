"""HTML: a page saved from a site or from a word processor, its article as paragraphs and tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from linter.model.document import Document, Origin, Span, Unreadable
from linter.readers.builder import Builder, CellDraft, Piece
from linter.readers.encoding import decode
from linter.readers.html_article import article
from linter.readers.html_flow import Grid, Item, Line, Picture, resolve
from linter.readers.html_tree import parse

_DECLARED_BIG5 = re.compile(rb"""<meta[^>]{1,300}charset\s{0,9}=\s{0,9}["']?\s{0,9}big5""", re.IGNORECASE)
_HEAD = 4_096
"""How many bytes at the beginning are searched for the declared encoding (the standard asks for 1024)."""


def read_html(data: bytes, name: str) -> Document:
    """The article of an HTML page or fragment; origins are line and column of the source.

    Raises `Unreadable`: ``too-large`` (bytes, elements, the spans of a table), ``binary`` or ``not-text`` (no text
    file), ``empty`` (nothing to show).
    """
    source = _source(data)
    tree = parse(source)
    page = _Page(name, source)
    for item in article(tree.root):
        page.add(item)
    document = page.document(tree.lost)
    if not document.text.strip():
        raise Unreadable("empty")
    return document


def _source(data: bytes) -> str:
    """The characters of the page. What it declares matters only for Big5: gb2312 and gbk mean GB 18030, which is
    tried anyway, and a page that is valid UTF-8 is UTF-8 whatever it declares.
    """
    decoded = decode(data)
    if decoded.encoding == "gb18030" and _DECLARED_BIG5.search(data, 0, _HEAD):
        return data.decode("big5hkscs", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return decoded.text


class _Page:
    """Writes items into a document and turns source offsets into lines and columns."""

    def __init__(self, name: str, source: str) -> None:
        self._builder = Builder(name, "html")
        self._starts = [0, *(match.end() for match in re.finditer("\n", source))]
        self._here = 0
        """Where in the text the last block ended."""

    def add(self, item: Item) -> None:
        if isinstance(item, Line):
            pieces = self._pieces(item)
            if any(text.strip() for text, _ in pieces):
                self._here = self._builder.paragraph(pieces, item.level).end
        elif isinstance(item, Grid):
            drafts = [
                CellDraft(slot.row, slot.column, list(self._cell(lines)), slot.rows, slot.columns)
                for slot, lines in item.cells
            ]
            self._here = self._builder.table(drafts, physical=True).end
        elif isinstance(item, Picture):
            self._builder.notice("image", Span(self._here, self._here), item.title)
        else:
            kind = {"ins": "tracked-insertion", "del": "tracked-deletion"}[item.kind]
            self._builder.notice(kind, Span(self._here, self._here), item.author)

    def document(self, lost: int | None) -> Document:
        """The document; `lost`: the source offset from which an unclosed tag hid the rest."""
        if lost is not None:
            self._builder.notice("lost-characters", None, str(self._origin(lost).line))
        document = self._builder.document()
        spoilt = document.text.find("\ufffd")
        if spoilt < 0:
            return document
        self._builder.notice("lost-characters", Span(spoilt, spoilt + 1), str(document.text.count("\ufffd")))
        return self._builder.document()

    def _pieces(self, line: Line) -> list[Piece]:
        return [(text, self._origin(offset)) for text, offset in resolve(line)]

    def _cell(self, lines: Sequence[Line]) -> Iterator[Piece]:
        written = False
        for line in lines:
            pieces = self._pieces(line)
            if written and pieces:
                yield "\n", pieces[0][1]
            yield from pieces
            written = written or bool(pieces)

    def _origin(self, offset: int) -> Origin:
        line = bisect_right(self._starts, offset)
        return Origin(line=line, column=offset - self._starts[line - 1] + 1)
