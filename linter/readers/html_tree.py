"""The element tree of an HTML page, every piece of text at its place in the source.

Tokens and implied end tags follow the WHATWG HTML standard (sections 13.2.5 and 13.2.6), simplified to what changes
the text. `html.parser` is not used: it takes quadratic time on unclosed tags and comments (52 s for 60 KB of ``<a ``,
CPython 3.11.7); here every character is looked at a bounded number of times.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from linter.model.document import Unreadable

MAX_DEPTH = 200
"""Elements nested deeper become children of the deepest one, as in browsers (Blink: 512)."""

MAX_ELEMENTS = 200_000
"""Elements of one page; the largest report page known has some 2 000."""
RAW_TEXT = frozenset({"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"})
VOID = frozenset({
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen",
    "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
BLOCK = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_CLOSES_PARAGRAPH = BLOCK - {"body", "caption", "html", "legend", "tbody", "td", "tfoot", "th", "thead", "tr"}
_SCOPE = frozenset({"table", "td", "th", "caption", "html"})
_CELL_PARTS = frozenset({"td", "th", "caption"})
_IMPLIED_ENDS = {
    "li": (frozenset({"li"}), _SCOPE | {"ul", "ol", "menu", "dir"}),
    "dd": (frozenset({"dd", "dt"}), _SCOPE | {"dl"}),
    "dt": (frozenset({"dd", "dt"}), _SCOPE | {"dl"}),
    "option": (frozenset({"option"}), _SCOPE | {"select"}),
    "td": (_CELL_PARTS, frozenset({"table", "tr"})),
    "th": (_CELL_PARTS, frozenset({"table", "tr"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "tbody": (frozenset({"tbody", "thead", "tfoot"}), frozenset({"table"})),
    "thead": (frozenset({"tbody", "thead", "tfoot"}), frozenset({"table"})),
    "tfoot": (frozenset({"tbody", "thead", "tfoot"}), frozenset({"table"})),
}
"""What a start tag ends: the names to look for among the open elements, and the names that hide them."""


@dataclass(frozen=True, slots=True)
class Characters:
    """Source text ``[offset, offset + len(raw))``, character references not yet resolved."""

    offset: int
    raw: str


@dataclass(slots=True)
class Element:
    """An element; `offset` is that of its ``<``, `source` the text between its name and its ``>``."""

    name: str
    source: str
    offset: int
    children: list[Element | Characters] = field(default_factory=list)

    def attribute(self, name: str) -> str:
        """The value, character references resolved; "" if absent or empty."""
        return _attributes(self.source).get(name, "") if self._may_have(name) else ""

    def has(self, name: str) -> bool:
        return self._may_have(name) and name in _attributes(self.source)

    def _may_have(self, name: str) -> bool:
        """A quick answer that is only wrong when it says yes."""
        return bool(self.source) and (name in self.source or name in self.source.lower())

    def elements(self) -> Iterator[Element]:
        return (child for child in self.children if isinstance(child, Element))


@dataclass(frozen=True, slots=True)
class Tree:
    """`root` holds everything; `lost`: the offset from which an unclosed tag or comment hides the rest, or None."""

    root: Element
    lost: int | None


def parse(source: str) -> Tree:
    """The tree of a page or of a fragment, in time linear in its length, however malformed.

    Raises `Unreadable` (``too-large``) for more than `MAX_ELEMENTS`.
    """
    builder = _Builder()
    lost = None
    position, end = 0, len(source)
    while position < end:
        markup = _markup().search(source, position)
        start = markup.start() if markup else end
        if start > position:
            builder.text(Characters(position, source[position:start]))
        if start == end:
            break
        tag = _tag().match(source, start)
        if tag is None:
            position = _after_markup(source, start)
            if position < 0:
                lost = start
                break
            continue
        position = tag.end()
        name = tag[2].lower()
        if tag[1]:
            builder.end(name)
            continue
        builder.start(Element(name, tag[3], start))
        if name in RAW_TEXT:
            close = _closing(name).search(source, position)
            stop = close.start() if close else end
            lost = lost if close else start
            builder.text(Characters(position, source[position:stop]))
            builder.end(name)
            position = close.end() if close else end
    return Tree(builder.root, lost)


class _Builder:
    """The open elements, from the root inwards."""

    def __init__(self) -> None:
        self.root = Element("html", "", 0)
        self._open = [self.root]
        self._elements = 0
        self._names: Counter[str] = Counter()
        """How many elements of a name are open: most searches need not begin."""
        self._deeper: list[str] = []
        """Names of open elements beyond the depth limit: they are in the tree, but hold nothing."""

    def text(self, characters: Characters) -> None:
        self._open[-1].children.append(characters)

    def start(self, element: Element) -> None:
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise Unreadable("too-large", "elements")
        name = element.name
        if name in {"html", "body", "head"}:
            return
        if name in _CLOSES_PARAGRAPH:
            self._close(frozenset({"p"}), _SCOPE)
        if name in _IMPLIED_ENDS:
            self._close(*_IMPLIED_ENDS[name])
        self._open[-1].children.append(element)
        if name in VOID or (element.source.endswith("/") and ":" in name):
            return
        if len(self._open) >= MAX_DEPTH:
            self._deeper.append(name)
        else:
            self._open.append(element)
            self._names[name] += 1

    def end(self, name: str) -> None:
        if self._deeper:
            self._deeper.pop()
        elif name in {"br", "p"} and not self._close(frozenset({name}), _SCOPE):
            self.start(Element(name, "", 0))
        elif name in {"table", "tr", "tbody", "thead", "tfoot"}:
            self._close(frozenset({name}), frozenset({"table"}) - {name})
        elif name in BLOCK:
            self._close(frozenset({name}), _SCOPE - {name})
        else:
            self._close(frozenset({name}), BLOCK)

    def _close(self, names: frozenset[str], barriers: frozenset[str]) -> bool:
        """Closes the innermost open element of these names, unless a barrier stands before it."""
        if not any(self._names[name] for name in names):
            return False
        for index in range(len(self._open) - 1, 0, -1):
            if self._open[index].name in names:
                self._names.subtract(element.name for element in self._open[index:])
                del self._open[index:]
                return True
            if self._open[index].name in barriers:
                break
        return False


def _after_markup(source: str, start: int) -> int:
    """Where a comment, a declaration or an end tag without a name ends that begins at `start`; -1: never."""
    if source.startswith("<!--", start):
        if source.startswith((">", "->"), start + 4):
            return source.find(">", start) + 1
        return _found(source.find("-->", start + 4), 3)
    if source[start + 1].isalpha():
        return -1
    return _found(source.find(">", start), 1)


def _found(index: int, length: int) -> int:
    return index + length if index >= 0 else -1


@cache
def _markup() -> re.Pattern[str]:
    """Where markup begins; any other ``<`` is text."""
    return re.compile(r"<(?:[a-zA-Z!?]|/(?=.))", re.DOTALL)


@cache
def _tag() -> re.Pattern[str]:
    """A tag: slash, name, attributes. Possessive throughout, so a tag that never closes costs one pass."""
    return re.compile(
        r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=[ \t\r\n\f]*+(?:"[^"]*+"|'[^']*+')|=)*+)>""",
    )


@cache
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}[^>]*+>", re.IGNORECASE)


@cache
def _attribute() -> re.Pattern[str]:
    return re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++))?""")


def _attributes(source: str) -> dict[str, str]:
    import html  # noqa: PLC0415 - the table of entities costs a millisecond, and text drafts do without

    found: dict[str, str] = {}
    for match in _attribute().finditer(source):
        value = match[2] or ""
        if value[:1] in {'"', "'"}:
            value = value[1:-1]
        found.setdefault(match[1].lower(), html.unescape(value) if "&" in value else value)
    return found
