"""Which part of a published page is the article: the densest part of the text, with its title and date line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from linter.readers.html_flow import Grid, Item, Line, flow, is_layout, is_shown
from linter.readers.html_table import cells
from linter.readers.html_tree import Characters, Element

_CONTAINERS = frozenset({
    "html", "body", "div", "section", "article", "main", "center", "form", "td", "tr", "tbody", "table",
})  # fmt: skip
_HEAVIEST = 0.6
"""Share of a container's text that one part must hold for the rest to be taken for the site's own."""
_LINKED = 0.6
"""Share of link text from which a block of links is a menu."""
_MENU_LINKS = 3
_DATA_CELLS = 4


@dataclass(frozen=True, slots=True)
class _Weight:
    """Visible characters of an element, how many of them in links, and the number of links."""

    text: int = 0
    linked: int = 0
    links: int = 0

    @property
    def prose(self) -> int:
        return self.text - self.linked

    @property
    def menu(self) -> bool:
        return self.links >= _MENU_LINKS and self.linked >= _LINKED * self.text


def article(root: Element) -> list[Item]:
    """The article's items in reading order.

    Starting at the whole page, goes down while one part holds most of the text outside links and nothing left beside
    it looks like a part of a report (a data table, a heading 一、 or （一）). A title and a line with the date of
    publication that stand above the part chosen are kept.
    """
    weights: dict[int, _Weight] = defaultdict(_Weight)  # what is hidden weighs nothing
    _weigh(root, weights)
    part = root
    kept: list[Element] = []
    while inner := _heaviest(part, weights):
        before = [child for child in part.elements() if child.offset < inner.offset]
        kept.extend(child for child in before if child is not inner)
        part = inner
    body = flow(_without_menus(part, weights))
    return [*_front(kept, weights, body, _window_title(root)), *body]


def _weigh(element: Element, weights: dict[int, _Weight], *, linked: bool = False) -> _Weight:
    """Measures the element and everything in it; hidden elements weigh nothing."""
    if not is_shown(element):
        weights[id(element)] = _Weight()
        return weights[id(element)]
    is_link = element.name == "a" and element.has("href")
    linked = linked or is_link
    text = in_links = 0
    links = int(is_link)
    for child in element.children:
        if isinstance(child, Characters):
            length = len(child.raw) - len(_blank().findall(child.raw))
            text += length
            in_links += length if linked else 0
        else:
            weight = _weigh(child, weights, linked=linked)
            text += weight.text
            in_links += weight.linked
            links += weight.links
    weights[id(element)] = _Weight(text, in_links, links)
    return weights[id(element)]


def _heaviest(part: Element, weights: dict[int, _Weight]) -> Element | None:
    """The child to go down to; None if the part itself is the article."""
    children = [child for child in part.elements() if child.name in _CONTAINERS]
    if not children or (part.name == "table" and not is_layout(part)):
        return None
    heaviest = max(children, key=lambda child: weights[id(child)].prose)
    if heaviest.name == "table" and not is_layout(heaviest):
        return None
    if weights[id(heaviest)].prose < _HEAVIEST * max(weights[id(part)].prose, 1):
        return None
    rest = [child for child in part.elements() if child is not heaviest]
    if any(_belongs(child, weights) for child in rest) or _loose_text(part):
        return None
    return heaviest


def _belongs(element: Element, weights: dict[int, _Weight]) -> bool:
    """Whether something beside the heaviest part looks like part of a report."""
    weight = weights[id(element)]
    if not weight.prose or weight.menu or _is_chrome(element):
        return False
    if any(
        inner.name == "table" and not is_layout(inner) and len(cells(inner)) >= _DATA_CELLS for inner in _all(element)
    ):
        return True
    return any(_ordinal().match(line) for line in _texts(flow(element)))


def _loose_text(part: Element) -> bool:
    """Whether prose stands directly in the part, in no element of its own."""
    return any(isinstance(child, Characters) and len(child.raw.strip()) >= 20 for child in part.children)


def _without_menus(element: Element, weights: dict[int, _Weight]) -> Element:
    """The element without navigation, blocks of links and the like; tables of data stay whole."""
    children: list[Element | Characters] = []
    for child in element.children:
        if isinstance(child, Characters) or (child.name == "table" and not is_layout(child)):
            children.append(child)
        elif not (
            _is_chrome(child) or (child.name in {"div", "ul", "ol", "p", "dl", "section"} and weights[id(child)].menu)
        ):
            children.append(_without_menus(child, weights))
    return Element(element.name, element.source, element.offset, children)


def _is_chrome(element: Element) -> bool:
    """Navigation, footers and tools, by what the page calls them."""
    if element.name in {"nav", "footer", "aside"}:
        return True
    if not element.source:
        return False
    if element.attribute("role") in {"navigation", "contentinfo", "search", "complementary"}:
        return True
    names = [*element.attribute("class").split(), element.attribute("id")]
    return any(_chrome_name().fullmatch(name) for name in names)


def _front(
    kept: Iterable[Element], weights: dict[int, _Weight], body: list[Item], window: Iterable[Line]
) -> Iterator[Line]:
    """Title and date line from above the article, if it does not begin with a title of its own.

    `window`: the title of the page's window, for a page that shows it nowhere.
    """
    opening = " ".join(_texts(body[:5]))
    titles: list[Line] = []
    dates: list[Line] = []
    for element in kept:
        if weights[id(element)].menu or _is_chrome(element):
            continue
        for item in flow(_without_links(element)):
            if isinstance(item, Line):
                text = _text(item)
                if _title().search(text) and len(text) <= 80:
                    titles.append(item)
                elif _date_line().search(text):
                    dates.append(item)
    if not _title().search(opening) and (titles := titles or list(window)):
        yield max(titles, key=lambda line: (line.level is not None, line.runs[0].offset))
    if dates and not _date_line().search(opening):
        yield dates[-1]


def _window_title(element: Element) -> Iterator[Line]:
    """The parts of the page's ``<title>`` that can name a report: not the site's name."""
    for inner in _all(element):
        for child in inner.children if inner.name == "title" else ():
            for part in _site_parts().finditer(child.raw) if isinstance(child, Characters) else ():
                if _title().search(part[0]):
                    yield Line([Characters(child.offset + part.start(), part[0])])


def _without_links(element: Element) -> Element:
    children = [
        child if isinstance(child, Characters) else _without_links(child)
        for child in element.children
        if isinstance(child, Characters) or not (child.name == "a" and child.has("href"))
    ]
    return Element(element.name, element.source, element.offset, children)


def _texts(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Line):
            yield _text(item)
        elif isinstance(item, Grid):
            yield from (_text(line) for _, lines in item.cells for line in lines)


def _text(line: Line) -> str:
    return "".join(run.raw for run in line.runs).strip()


def _all(element: Element) -> Iterator[Element]:
    waiting = [element]
    while waiting:
        inner = waiting.pop()
        yield inner
        waiting.extend(inner.elements())


@cache
def _blank() -> re.Pattern[str]:
    return re.compile(r"\s")


@cache
def _site_parts() -> re.Pattern[str]:
    return re.compile(r"[^\s_|–—-][^_|–—-]*")


@cache
def _ordinal() -> re.Pattern[str]:
    return re.compile(r"\s*[（(]?[一二三四五六七八九十]{1,3}[、.．）)]")


@cache
def _title() -> re.Pattern[str]:
    return re.compile(r"年\s*度?\s*报\s*告|年\s*报\s*$")


@cache
def _date_line() -> re.Pattern[str]:
    return re.compile(r"(?:发布|公开|成文|生成|发文)(?:日期|时间)[：:\s]*\d{4}")


@cache
def _chrome_name() -> re.Pattern[str]:
    return re.compile(
        r"(?:(?:site|page|main|top|bottom|left|right|web|g|m)[-_]?)?"
        r"(?:nav(?:bar|igation|igator)?|menu|foot(?:er)?|breadcrumbs?|crumbs?|sidebar|share|toolbar|copyright|search|login|"
        r"pager|pagination|dqwz|weizhi|sitemap)"
        r"(?:[-_]?(?:box|wrap|wrapper|bar|list|con|content|inner|area|main))?[-_]?\d*",
        re.IGNORECASE,
    )
