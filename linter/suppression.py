"""Findings set aside with a reason: by a comment in a text or Markdown draft, by a side file for Word and PDF.

A suppression names rules and a place by meaning, never a line. It hides a finding of that rule in that place and no
other; an open question it never hides. One without a reason, or past its day, hides nothing. What is wrong with a
suppression is itself a finding, of the rules in ``rules/suppression/rules.toml``.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from linter.globs import matches, relative
from linter.loading import Fields, LoadError, file_text, nearest, read_toml
from linter.model.document import Document, Span
from linter.model.finding import Fact, Finding, Problem, Result, Rule, Severity, Value, Words
from linter.model.report import Place, Report
from linter.options import Options, chosen
from linter.rendering import render
from linter.resources import folder
from linter.words import words

if TYPE_CHECKING:
    from linter.model.finding import Check

UNJUSTIFIED, UNUSED, EXPIRED = "X01", "X02", "X03"

_COMMENT = re.compile(r"<!--(?P<detail>\s*gouji\b.*?)-->", re.DOTALL)
_ADDRESS = re.compile(r"gouji\b")
_RULE = r"[A-Za-z][A-Za-z0-9-]*"
_DIRECTIVE = re.compile(
    rf"gouji\s*[:：]\s*(?P<scope>ignore-file|ignore)\s+(?P<rules>{_RULE}(?:\s*[,，、]\s*{_RULE})*)(?P<rest>.*)", re.DOTALL
)
_UNTIL = re.compile(r"(?:\buntil|截至)\s*(?P<day>\d{4}-\d{1,2}-\d{1,2}|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)")
_MARKS = " \t\n\r\u3000,，;；:：.。-—()（）"


# --- What a suppression is ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """A comment ``<!-- gouji: ignore C02 理由 -->`` in a draft.

    `rules`: ids or names, none if the comment could not be understood. `block`: the stretch of the document it speaks
    of, None: the whole file. `until`: the last day it holds. `span`: what to show of it, None: nothing.
    """

    told: str
    rules: tuple[str, ...]
    block: Span | None
    reason: str
    until: datetime.date | None
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A ``[[suppress]]`` of the side file: `number` from 1 in its order; `place` and `text`, "" for not said."""

    number: int
    file: str
    rule: str
    place: str
    text: str
    reason: str
    author: str
    until: datetime.date | None


@dataclass(frozen=True, slots=True)
class Suppressions:
    """A side file as read; the patterns in it are relative to its folder."""

    file: Path
    entries: tuple[Entry, ...] = ()

    def of(self, path: str) -> tuple[Entry, ...]:
        """The entries for the draft at `path`."""
        seen = relative(path, self.file.parent)
        return tuple(entry for entry in self.entries if matches(entry.file, seen))


NONE = Suppressions(Path())


def load_suppressions(path: Path) -> Suppressions:
    """The side file at `path`. Raises LoadError with every fault of the file."""
    entries = read_toml(file_text(path), path.name, lambda fields: fields.each("suppress", _entry, required=False))
    numbered = (replace(entry, number=number) for number, entry in enumerate(entries, 1))
    return Suppressions(path.absolute(), tuple(numbered))


def check_rules(suppressions: Suppressions, rules: Iterable[Rule]) -> None:
    """Raises LoadError for the rules in the side file that do not exist."""
    known = [name for rule in rules for name in (rule.id, rule.name)]
    wrong = [entry for entry in suppressions.entries if entry.rule not in known]
    if wrong:
        raise LoadError(
            (
                fault
                for entry in wrong
                for fault in LoadError.of(f"unknown rule {entry.rule!r}{nearest(entry.rule, known)}", "rule")
                .under(f"suppress[{entry.number - 1}]")
                .faults
            ),
            suppressions.file.name,
        )


def _entry(fields: Fields) -> Entry:
    entry = Entry(
        number=0,
        file=fields.text("file"),
        rule=fields.text("rule"),
        place=fields.text("place", ""),
        text=fields.text("text", ""),
        reason=fields.text("reason").strip(),
        author=fields.text("author", ""),
        until=_last_day(fields),
    )
    if fields.sound and not entry.reason:
        fields.fault("reason", "empty")
    if fields.sound and not _squeezed(entry.place) and not _squeezed(entry.text):
        fields.fault("place", "missing: give place (a pattern of the place's path) or text (words quoted from there)")
    return entry


def _last_day(fields: Fields) -> datetime.date | None:
    text = fields.text("until", "")
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        fields.fault("until", f'expected a day as "2027-01-31", found {text!r}')
        return None


# --- Reading the comments of a draft -----------------------------------------------------------------------------------


def directives(document: Document) -> tuple[Directive, ...]:
    """What the comments of a draft say to gouji, in order. Markdown readers note comments; in plain text they are text."""
    if document.format == "text":
        return tuple(_written(document))
    return tuple(
        _directive(notice.detail, notice.span, notice.span)
        for notice in document.notices
        if notice.kind == "directive" and _ADDRESS.match(notice.detail)
    )


def _written(document: Document) -> Iterator[Directive]:
    """The comments that stand in the text: each speaks of its own line or table, on a line of its own of the next."""
    comments = list(_COMMENT.finditer(document.text))
    if not comments:
        return
    spans = [Span(*comment.span()) for comment in comments]
    blocks = [block.span for block in document.blocks if not _only_comments(document.text, block.span, spans)]
    for comment, span in zip(comments, spans, strict=True):
        block = next((block for block in blocks if block.end > span.start), Span(span.end, span.end))
        yield _directive(comment["detail"].strip(), block, span)


def _only_comments(text: str, block: Span, comments: Sequence[Span]) -> bool:
    """Whether nothing of the block is left when its comments are taken out."""
    done, rest = block.start, ""
    for comment in comments:
        if comment.overlaps(block):
            rest += text[done : max(comment.start, done)]
            done = max(done, comment.end)
    return done > block.start and not (rest + text[done : block.end]).strip()


def _directive(told: str, block: Span | None, span: Span | None) -> Directive:
    found = _DIRECTIVE.fullmatch(told)
    until, day = (_UNTIL.search(found["rest"]), None) if found else (None, None)
    if until:
        try:
            day = datetime.date(*map(int, re.findall(r"\d+", until["day"])))
        except ValueError:
            found = None
    if not found:
        return Directive(told=told, rules=(), block=Span(0, 0), reason="", until=None, span=span)
    rest = found["rest"]
    reason = rest[: until.start()] + rest[until.end() :] if until else rest
    return Directive(
        told=told,
        rules=tuple(dict.fromkeys(re.findall(_RULE, found["rules"]))),
        block=None if found["scope"] == "ignore-file" else block or Span(0, 0),
        reason=reason.strip(_MARKS),
        until=day,
        span=span,
    )
