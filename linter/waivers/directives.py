"""What comments of a draft say to gouji, ``<!-- gouji: ignore C02 理由 -->``: which rules to ignore, where and why."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from linter.model.document import Document, Span

_COMMENT = re.compile(r"<!--(?P<detail>\s*gouji\b.*?)-->", re.DOTALL)
_ADDRESS = re.compile(r"gouji\b")
_RULE = r"[A-Za-z][A-Za-z0-9-]*"
_BETWEEN = r"(?:\s*[,，、]\s*|\s+(?=[A-Z]\d\d\b))"
_DIRECTIVE = re.compile(
    rf"gouji\s*[:：]\s*(?P<scope>ignore-file|ignore)\s+(?P<rules>{_RULE}(?:{_BETWEEN}{_RULE})*)(?P<rest>.*)", re.DOTALL
)
_LOOSE = " \t\r\n\u3000,，;；:：-—"
"""What may stand between the parts of a directive and belongs to none of them."""
_UNTIL = re.compile(
    r"[（(]?(?:until|截至)\s*(?:(?P<year>\d{4})\s*[-年]\s*(?P<month>\d{1,2})\s*[-月]\s*(?P<day>\d{1,2})日?|(?=\d)|\Z)[）)]?"
)
"""A last day; without `year` where one is begun and is no day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """A comment addressed to gouji.

    `rules`: ids or names, as written; none if the comment was not understood. `block`: the block of the document that
    it speaks of, empty if none follows, None for the whole file. `until`: the last day it holds. `span`: what of the
    text to show for it, None: nothing.
    """

    told: str
    rules: tuple[str, ...]
    block: Span | None
    reason: str
    until: datetime.date | None
    span: Span | None


def directives(document: Document) -> tuple[Directive, ...]:
    """The directives of a draft, in order.

    One within a line or table speaks of that, one on a line of its own of what follows. In Markdown they are notices
    that its reader left; in plain text they stand in the text.
    """
    if document.format == "text":
        return tuple(_written(document))
    return tuple(
        _directive(notice.detail, notice.span, notice.span)
        for notice in document.notices
        if notice.kind == "directive" and _ADDRESS.match(notice.detail)
    )


def _written(document: Document) -> Iterator[Directive]:
    blotted = _COMMENT.sub(lambda comment: " " * len(comment[0]), document.text)
    blocks = [block.span for block in document.blocks if blotted[block.span.start : block.span.end].strip()]
    ends = [block.end for block in blocks]
    for comment in _COMMENT.finditer(document.text):
        following = bisect_right(ends, comment.start())
        block = blocks[following] if following < len(blocks) else None
        yield _directive(comment["detail"].strip(), block, Span(*comment.span()))


def _directive(told: str, block: Span | None, span: Span | None) -> Directive:
    found = _DIRECTIVE.fullmatch(told)
    until, reason = _until(found["rest"]) if found else (None, None)
    if not found or reason is None:
        return Directive(told=told, rules=(), block=Span(0, 0), reason="", until=None, span=span)
    return Directive(
        told=told,
        rules=tuple(dict.fromkeys(re.findall(_RULE, found["rules"]))),
        block=None if found["scope"] == "ignore-file" else block or Span(0, 0),
        reason=reason,
        until=until,
        span=span,
    )


def _until(rest: str) -> tuple[datetime.date | None, str | None]:
    """The last day, which stands before or behind the reason, and the reason; that is None if the day is no day."""
    for found in _UNTIL.finditer(rest):
        before, behind = rest[: found.start()].strip(_LOOSE), rest[found.end() :].strip(_LOOSE)
        if before and behind:
            continue
        try:
            return datetime.date(*(int(found[part] or 0) for part in ("year", "month", "day"))), before or behind
        except ValueError:
            return None, None
    return None, rest.strip(_LOOSE)
