"""The annotated copy of a Word draft: findings as comments beside the paragraphs, every other byte as it was."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from linter.formats.places import label
from linter.formats.xml_splice import Attributes, Element, check, edited, element_at, outline, scan, split_name, tag_end
from linter.formats.zip_splice import splice
from linter.model.document import Unreadable
from linter.model.finding import Finding, Result
from linter.opc import Package, links_of, utf8
from linter.words import words

AUTHOR = "gouji"
INITIALS = "勾"

_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_COMMENTS_TYPE = {
    _TRANSITIONAL: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    _STRICT: "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
}
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_TYPES_PART = "[Content_Types].xml"
_COMMENTS_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_NO_LINKS = f'<Relationships xmlns="{_RELATIONSHIPS}"/>'

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (production 2)."""


@dataclass(frozen=True, slots=True)
class WordNote:
    """A comment: `paragraph` counts every ``w:p`` of the document from 1, None: the title (the first with text).

    `lines`: the paragraphs of the comment.
    """

    paragraph: int | None
    lines: tuple[str, ...]


def write_docx(result: Result, source: bytes, language: str) -> bytes:
    """The draft `source`, which `result` is about, with a comment for every finding, in ``zh`` or ``en``.

    A comment says what is wrong, where, what to do, and which rule and provision say so. Raises as `annotate` does.
    """
    return annotate(
        source, [WordNote(_paragraph(result, item), _lines(result, item, language)) for item in result.findings]
    )


def annotate(source: bytes, notes: Sequence[WordNote], date: str | None = None) -> bytes:
    """A copy of the Word file `source` (one that the reader has accepted) with comments; `source` itself without any.

    Only the document, the comments and, for a file's first comments, the links and content types change. A paragraph in
    a text box, where Word allows no comment, passes it to the one that anchors the box; so does a number that does not
    exist to the title. `date`: when the comments were written (ISO 8601), None: not said.

    Raises `Unreadable` for files that the reader refuses, and rather than give a copy that no program could open.
    """
    if not notes:
        return source
    package = Package(source)
    main = package.document()
    document = _Paragraphs(utf8(package.read(main)))
    word = document.namespace
    comments = _comments_part(package, main)
    stored = utf8(package.read(comments)) if comments in package else _no_comments(word)
    root, written = outline(stored)
    used = document.comments | {item.get("id", "") for name, item in written if name == "comment"}
    free = (str(number) for number in count() if str(number) not in used)
    numbered = [(next(free), note) for note in notes]
    texts = "".join(_comment(number, note, word, date) for number, note in numbered)
    changed = {
        main: document.marked([(number, note.paragraph) for number, note in numbered]),
        comments: edited(stored, root.wrap(stored, "", texts)),
        **dict(_announced(package, main, comments, _COMMENTS_TYPE[word])),
    }
    for part in changed.values():
        check(part)
    return splice(source, {package.name(name): part for name, part in changed.items()})


def _paragraph(result: Result, finding: Finding) -> int | None:
    span = finding.place.span
    return result.report.document.origin(span.start).mark if result.report and span else None


def _lines(result: Result, finding: Finding, language: str) -> tuple[str, ...]:
    severity = words(language)(f"severity.{finding.severity.value}")
    source = next((rule.source for rule in result.rules if rule.id == finding.rule), "")
    basis = " · ".join(part for part in (f"{finding.rule} {finding.name}", source) if part)
    lines = (f"[{severity}] {finding.message}", label(finding.place), finding.help, basis)
    return tuple(line for line in lines if line)


@dataclass(slots=True)
class _Anchor:
    """A paragraph of the document; `host` the index of the one that a comment on it goes to."""

    element: Element
    host: int
    prefix: str


class _Paragraphs:
    """The paragraphs of a document part in XML order, found by their bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._anchors: list[_Anchor] = []
        self._open: list[tuple[str, int]] = []
        self._boxes: list[int] = []
        self._title: int | None = None
        self.comments: set[str] = set()
        """The ids of comments that the document refers to."""
        self.namespace = _TRANSITIONAL
        scan(data, self._start, self._end, self._text)

    def marked(self, notes: Sequence[tuple[str, int | None]]) -> bytes:
        """The document with comment marks: (id, number of the paragraph)."""
        by_host: dict[int, list[str]] = {}
        for number, paragraph in notes:
            by_host.setdefault(self._host(paragraph), []).append(number)
        edits = []
        for host, numbers in by_host.items():
            anchor = self._anchors[host]
            first = "".join(self._mark(anchor, "commentRangeStart", number) for number in numbers)
            last = "".join(self._closing(anchor, number) for number in numbers)
            edits += anchor.element.wrap(self._data, first, last)
        return edited(self._data, edits)

    def _host(self, paragraph: int | None) -> int:
        if not self._anchors:
            raise Unreadable("damaged")
        index = (paragraph or 0) - 1
        return self._anchors[index if 0 <= index < len(self._anchors) else self._title or 0].host

    def _mark(self, anchor: _Anchor, name: str, number: str) -> str:
        """An empty element with the comment's id, in the prefix the document uses there."""
        if anchor.prefix:
            return f'<{anchor.prefix}:{name} {anchor.prefix}:id="{number}"/>'
        return f'<w:{name} xmlns:w="{self.namespace}" w:id="{number}"/>'

    def _closing(self, anchor: _Anchor, number: str) -> str:
        run = f"{anchor.prefix}:r" if anchor.prefix else "r"
        reference = self._mark(anchor, "commentReference", number)
        return f"{self._mark(anchor, 'commentRangeEnd', number)}<{run}>{reference}</{run}>"

    def _start(self, name: str, attributes: Attributes, at: int) -> None:
        space, local, prefix = split_name(name)
        index = self._open[-1][1] if self._open else 0
        if space in _COMMENTS_TYPE:
            if local == "document":
                self.namespace = space
            elif local == "p":
                index = len(self._anchors)
                element = element_at(self._data, at, f"{prefix}:p" if prefix else "p")
                self._anchors.append(_Anchor(element, self._boxes[0] if self._boxes else index, prefix))
            elif local == "txbxContent":
                self._boxes.append(index)
            elif local == "pPr" and self._open[-1][0] == "p":
                own = element_at(self._data, at, "")
                self._anchors[index].element.inside = own.inside
                local = "" if own.empty else "own pPr"
            elif local == "commentReference":
                self.comments.add(attributes.get("id", ""))
        else:
            local = ""
        self._open.append((local, index))

    def _end(self, at: int) -> None:
        local, index = self._open.pop()
        if local == "own pPr":
            self._anchors[index].element.inside = tag_end(self._data, at)
        elif local == "p":
            self._anchors[index].element.end = at
        elif local == "txbxContent":
            self._boxes.pop()

    def _text(self, text: str) -> None:
        if self._title is None and self._anchors and self._open[-1][0] == "t" and not text.isspace():
            self._title = self._open[-1][1]


def _comments_part(package: Package, main: str) -> str:
    """The part that holds the comments; where there is none, a free name beside the document."""
    linked = next(_linked(package, main), "")
    if linked:
        return linked
    names = (posixpath.join(posixpath.dirname(main), f"comments{number or ''}.xml") for number in count())
    return next(name for name in names if name not in package)


def _linked(package: Package, main: str) -> Iterator[str]:
    return (link.target for link in package.related(main) if link.kind == "comments")


def _announced(package: Package, main: str, comments: str, link_type: str) -> Iterator[tuple[str, bytes]]:
    """The links and content types, where they do not speak of the comments yet."""
    if not any(_linked(package, main)):
        links = links_of(main)
        stored = utf8(package.read(links)) if links in package else _NO_LINKS.encode()
        root, found = outline(stored)
        taken = {item.get("Id") for _, item in found}
        free = next(name for name in (f"rId{number}" for number in count(1)) if name not in taken)
        target = posixpath.basename(comments)
        link = f'<Relationship xmlns="{_RELATIONSHIPS}" Id="{free}" Type="{link_type}" Target="{target}"/>'
        yield links, edited(stored, root.wrap(stored, "", link))
    stored = utf8(package.read(_TYPES_PART))
    root, found = outline(stored)
    if not any(item.get("PartName", "").lower() == f"/{comments}".lower() for _, item in found):
        name = quoteattr(f"/{comments}")
        entry = f'<Override xmlns="{_TYPES}" PartName={name} ContentType="{_COMMENTS_CONTENT}"/>'
        yield _TYPES_PART, edited(stored, root.wrap(stored, "", entry))


def _no_comments(namespace: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="{namespace}"/>'.encode()


def _comment(number: str, note: WordNote, namespace: str, date: str | None) -> str:
    when = f" w:date={quoteattr(date)}" if date else ""
    head = f'<w:comment xmlns:w="{namespace}" w:id="{number}" w:author="{AUTHOR}" w:initials="{INITIALS}"{when}>'
    texts = (escape(_FORBIDDEN.sub("", line)) for line in note.lines)
    lines = "".join(f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>' for text in texts)
    return f"{head}{lines or '<w:p/>'}</w:comment>"
