"""HTML that cannot forget to escape: a tag takes texts, which it escapes, and other tags, which it does not."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from linter.formats.quote import printable


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


VOID = frozenset({"meta", "link", "br", "col"})


def tag(name: str, /, *children: str, **attributes: str | int | bool | None) -> Markup:
    """``<name attributes>children</name>``; ``class_`` is class, ``aria_label`` aria-label, None and False nothing."""
    kept = {key: value for key, value in attributes.items() if value is not None and value is not False}
    given = "".join(_attribute(key, value) for key, value in kept.items())
    opening = f"<{name}{given}>"
    return Markup(opening if name in VOID else f"{opening}{join(children)}</{name}>")


def join(children: Iterable[str]) -> Markup:
    """The children one after the other."""
    return Markup("".join(child if isinstance(child, Markup) else escape(printable(child)) for child in children))


def _attribute(key: str, value: str | int) -> str:
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(printable(str(value)))}"'
