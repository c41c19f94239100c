"""The text of one Word paragraph as the page shows it: changes accepted, hidden text and field codes left out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from linter.model.document import Origin
from linter.readers.builder import Piece
from linter.readers.docx_styles import Styles
from linter.readers.docx_xml import ALTERNATE, MC, W, author, chosen, flag, value

FIELD_LIMIT = 64
"""Fields that may be open inside one another; Word itself ends at 20."""

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/"
_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_BOX = f"{W}txbxContent"
_PICTURES = frozenset((f"{_DRAWING}main}}blip", f"{_VML}imagedata"))
_EMBEDDED = frozenset((f"{_OFFICE}OLEObject", f"{_DRAWING}chart}}chart", f"{_DRAWING}diagram}}relIds"))
_PRIVATE = range(0xF000, 0xF100)
"""Where symbol fonts (Wingdings) keep their signs: no text without the font."""

_SILENT = frozenset(
    W + name
    for name in (
        "pPr", "rPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "rubyPr", "rt", "delText", "delInstrText",
        "fldData", "ffData",
    )
)  # fmt: skip
"""Elements whose content is no text of the page (``rt``: the reading printed over a character)."""

_STEERING = frozenset(W + name for name in ("fldChar", "instrText", "commentReference"))
"""What counts in a hidden run too."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something met in a text that is no text of it: a `Notice` at offsets of the text."""

    kind: str
    start: int
    end: int
    detail: str = ""


@dataclass(slots=True)
class Text:
    """Stretches of text with their origins, what was met in them, and the text boxes anchored there."""

    pieces: list[Piece] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, origin: Origin) -> None:
        self.pieces.append((text, origin))
        self.length += len(text)

    def extend(self, other: Text) -> None:
        """Appends another text; its marks move along."""
        self.marks += [
            replace(mark, start=mark.start + self.length, end=mark.end + self.length) for mark in other.marks
        ]
        self.pieces += other.pieces
        self.boxes += other.boxes
        self.length += other.length


@dataclass(slots=True)
class _Field:
    """An open complex field (17.16.18): its code up to the separator, its result after it."""

    code: list[str] = field(default_factory=list)
    in_code: bool = True
    contents: bool = False


class TextReader:
    """Reads the paragraphs of one document in order; fields and comments may run over several of them.

    `authors`: who wrote a comment, by its id.
    """

    def __init__(self, root: Element, styles: Styles, authors: Mapping[str, str]) -> None:
        self._styles = styles
        self._authors = authors
        self._fields: deque[_Field] = deque(maxlen=FIELD_LIMIT)
        self._balanced = _balanced(root)
        self._seen: set[str] = set()
        self._handlers: dict[str, Callable[[Element], None]] = self._table()
        self._begin(hidden=False)

    def read(self, paragraph: Element, origin: Origin) -> Text:
        """The paragraph's text without line breaks at its ends."""
        properties = paragraph.find(f"{W}pPr")
        self._begin(hidden=self._styles.paragraph(value(properties, "pStyle")).hidden)
        self._walk(paragraph)
        self._tell_hidden()
        self._paragraph_mark(properties)
        for open_field in self._fields:
            open_field.in_code = False  # no field code runs over a paragraph's end: one left open must hide nothing
        return self._finish(origin)

    def _begin(self, *, hidden: bool) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._marks: list[Mark] = []
        self._boxes: list[Element] = []
        self._comments: dict[str, int] = {}
        self._unseen = False
        self._hidden = hidden

    def _finish(self, origin: Origin) -> Text:
        for name in list(self._comments):
            self._close_comment(name)
        text = "".join(self._parts).rstrip("\n")
        result = Text(boxes=self._boxes)
        result.add(text, origin)
        result.marks = [mark if mark.end <= len(text) else _clipped(mark, len(text)) for mark in self._marks]
        return result

    def _table(self) -> dict[str, Callable[[Element], None]]:
        handlers: dict[str, Callable[[Element], None]] = dict.fromkeys(_SILENT, lambda _: None)
        handlers |= {
            ALTERNATE: self._alternate,
            f"{MC}Fallback": lambda _: None,
            f"{_MATH}t": self._text,
            _BOX: self._anchored_box,
        }
        word: dict[str, Callable[[Element], None]] = {
            "r": self._run,
            "t": self._text,
            "tab": lambda _: self._write("\t"),
            "ptab": lambda _: self._write("\t"),
            "br": self._line_break,
            "cr": self._line_break,
            "noBreakHyphen": lambda _: self._write("-"),
            "sym": self._symbol,
            "ins": self._inserted,
            "moveTo": self._inserted,
            "del": self._deleted,
            "moveFrom": self._deleted,
            "fldChar": self._field_mark,
            "instrText": self._field_code,
            "drawing": self._object,
            "pict": self._object,
            "object": self._object,
            "commentRangeStart": self._open_comment,
            "commentRangeEnd": lambda node: self._close_comment(node.get(f"{W}id", "")),
            "commentReference": self._comment_reference,
            "footnoteReference": lambda _: self._mark("footnote"),
            "endnoteReference": lambda _: self._mark("footnote"),
        }
        return handlers | {W + name: handler for name, handler in word.items()}

    def _walk(self, parent: Element) -> None:
        """Reads the children; an element that is not known holds text like any other."""
        handlers = self._handlers
        for child in parent:
            handlers.get(child.tag, self._walk)(child)

    def _run(self, run: Element) -> None:
        properties = run.find(f"{W}rPr")
        if (properties is not None or self._hidden) and self._is_hidden(properties):
            self._unseen = self._unseen or any(text.text for text in run.iterfind(f"{W}t"))
            for child in run:
                if child.tag in _STEERING:
                    self._handlers[child.tag](child)
            return
        self._walk(run)

    def _is_hidden(self, properties: Element | None) -> bool:
        stated = flag(properties, "vanish")
        if stated is not None:
            return stated
        name = value(properties, "rStyle")
        return self._hidden or (name is not None and self._styles.style(name).hidden)

    def _text(self, node: Element) -> None:
        text = node.text
        if not text:
            return
        if node.get(_SPACE) != "preserve":
            text = text.strip(" \t\r\n")
        if "\n" in text or "\t" in text:
            text = text.replace("\n", " ").replace("\t", " ")
        self._write(text)

    def _write(self, text: str) -> None:
        if self._fields and any(item.in_code or item.contents for item in self._fields):
            return
        if self._unseen:
            self._tell_hidden()
        self._parts.append(text)
        self._length += len(text)

    def _line_break(self, _node: Element) -> None:
        """A new line; several in a row, or one before any text, only make space."""
        if self._parts and self._parts[-1] != "\n":
            self._write("\n")

    def _mark(self, kind: str, start: int | None = None, detail: str = "") -> None:
        """Records a stretch that ends here; one that continues the last of its kind and detail lengthens it."""
        start = self._length if start is None else start
        last = self._marks[-1] if self._marks else None
        if last and (last.kind, last.detail, last.end) == (kind, detail, start) and self._length > start:
            self._marks[-1] = replace(last, end=self._length)
        else:
            self._marks.append(Mark(kind, start, self._length, detail))

    def _tell_hidden(self) -> None:
        if self._unseen:
            self._mark("hidden-text")
            self._unseen = False

    def _symbol(self, node: Element) -> None:
        try:
            code = int(node.get(f"{W}char", ""), 16)
        except ValueError:
            code = 0
        if code in _PRIVATE or not 0x20 <= code <= 0xD7FF:
            self._mark("lost-characters", detail="1")
        else:
            self._write(chr(code))

    def _inserted(self, change: Element) -> None:
        start = self._length
        self._walk(change)
        self._mark("tracked-insertion", start, author(change))

    def _deleted(self, change: Element) -> None:
        self._mark("tracked-deletion", detail=author(change))

    def _paragraph_mark(self, properties: Element | None) -> None:
        inner = None if properties is None else properties.find(f"{W}rPr")
        for change in () if inner is None else inner:
            if change.tag in {f"{W}ins", f"{W}moveTo"}:
                self._mark("tracked-insertion", detail=author(change))
            elif change.tag in {f"{W}del", f"{W}moveFrom"}:
                self._deleted(change)

    def _alternate(self, node: Element) -> None:
        choice = chosen(node)
        if choice is not None:
            self._walk(choice)

    def _anchored_box(self, node: Element) -> None:
        self._boxes.append(node)

    def _object(self, node: Element) -> None:
        """A drawing or an embedded object: its text boxes, pictures and files; its own labels are no text."""
        embedded = node.tag == f"{W}object"
        stack = [node]
        while stack:
            inner = stack.pop()
            if inner.tag == _BOX:
                self._boxes.append(inner)
            elif inner.tag == ALTERNATE:
                stack += [choice for choice in (chosen(inner),) if choice is not None]
            elif inner.tag in _EMBEDDED:
                self._mark("embedded-file", detail=inner.get("ProgID", inner.tag.rpartition("}")[2]))
            elif inner.tag in _PICTURES and not embedded:
                self._mark("image")
            stack += reversed(inner) if inner.tag not in {_BOX, ALTERNATE} else ()

    def _field_mark(self, node: Element) -> None:
        kind = node.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif self._fields and kind == "separate":
            current = self._fields[-1]
            current.in_code = False
            current.contents = self._balanced and "".join(current.code).split(maxsplit=1)[:1] == ["TOC"]
            if current.contents:
                self._mark("table-of-contents")
        elif self._fields and kind == "end":
            self._fields.pop()

    def _field_code(self, node: Element) -> None:
        if self._fields:
            self._fields[-1].code.append(node.text or "")

    def _open_comment(self, node: Element) -> None:
        name = node.get(f"{W}id", "")
        if name not in self._seen:
            self._seen.add(name)
            self._comments[name] = self._length

    def _close_comment(self, name: str) -> None:
        start = self._comments.pop(name, None)
        if start is not None:
            self._marks.append(Mark("comment", start, self._length, self._authors.get(name, "")))

    def _comment_reference(self, node: Element) -> None:
        self._open_comment(node)
        self._close_comment(node.get(f"{W}id", ""))


def _clipped(mark: Mark, length: int) -> Mark:
    """The mark without the line break that was dropped at the end of the text."""
    return replace(mark, start=min(mark.start, length), end=length)


def _balanced(root: Element) -> bool:
    """Every complex field that begins also ends: only then is it certain where a table of contents does."""
    kinds = [mark.get(f"{W}fldCharType") for mark in root.iter(f"{W}fldChar")]
    return kinds.count("begin") == kinds.count("end")


def mark_removed(paragraph: Element) -> bool:
    """Whether the paragraph's end was deleted (17.13.5.15) or is hidden: its text runs on into the next paragraph."""
    stated = paragraph.find(f"{W}pPr")
    properties = None if stated is None else stated.find(f"{W}rPr")
    if properties is None:
        return False
    tracked = any(properties.find(W + name) is not None for name in ("del", "moveFrom"))
    return tracked or bool(flag(properties, "vanish"))
