"""The marks inside a line of Markdown: emphasis, code, links, pictures, tags, escapes, character references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import category

from linter.text.views import INVISIBLE

MASK = "\0"
"""Stands for each character of a comment that was taken out before: no decoded text holds it."""

MARK = re.compile(r"[\\\[\]<*_~`&\x00]")
"""With none of these in it a text is what it looks like."""

_TOKEN = re.compile(
    r"""
    \\(?P<escaped>[!-/:-@\[-`{-~])
    | (?P<open>!?\[)
    | (?P<target>\]\((?:<[^<>]*>|[^()<>\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:[ \t]+(?:"[^"]*"|'[^']*'))?[ \t]*\))
    | (?P<close>\])
    | (?P<angle><[^<>]+>)
    | (?P<run>\*+|_+|~+|`+)
    | (?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)
    | (?P<hidden>\x00+|\\$)
    """,
    re.VERBOSE,
)
_ADDRESS = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]+://|mailto:)[^\s]*>|<[\w.+-]+@[\w.-]+>")
_TAG = re.compile(
    r"</?(?P<name>a|b|big|br|center|code|del|div|em|font|hr|i|img|ins|p|s|small|span|strong|sub|sup|u)\b[^<>]*>",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Edit:
    """What to read in place of ``text[start:end]``."""

    start: int
    end: int
    text: str = ""


class Inline:
    """The inline marks of a stretch of a line: pairs are found with one table of what is open, as they close."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._start = start
        self._end = end
        self._edits: list[_Edit] = []
        self._brackets: list[re.Match[str]] = []
        self._runs: dict[str, re.Match[str]] = {}
        self.images: list[str] = []
        for token in _TOKEN.finditer(text, start, end):
            self._read(token)

    def pieces(self) -> Iterator[tuple[str, int]]:
        """Stretches of visible text, each with the place in the line that it comes from."""
        done = self._start
        for edit in sorted(self._edits, key=lambda edit: (edit.start, -edit.end)):
            if edit.start >= done:
                yield self._text[done : edit.start], done
                yield edit.text, edit.start
            done = max(done, edit.end)
        yield self._text[done : self._end], done

    def _read(self, token: re.Match[str]) -> None:
        match token.lastgroup:
            case "escaped":
                self._edit(token.start(), token.start() + 1)
            case "open":
                self._brackets.append(token)
            case "close":
                if self._brackets:
                    self._brackets.pop()
            case "target":
                self._link(token)
            case "angle":
                self._angle(token)
            case "run":
                self._run(token)
            case "entity":
                from html import unescape  # noqa: PLC0415 - a table of 2 000 names that few drafts need

                self._edit(*token.span(), unescape(token[0]))
            case _:
                self._edit(*token.span())

    def _edit(self, start: int, end: int, text: str = "") -> None:
        self._edits.append(_Edit(start, end, text))

    def _link(self, target: re.Match[str]) -> None:
        """``[text](address)`` reads as its text, ``![name](address)`` as a picture."""
        if not self._brackets:
            return
        opening = self._brackets.pop()
        if opening[0] == "[":
            self._edit(*opening.span())
            self._edit(*target.span())
        else:
            self._edit(opening.start(), target.end())
            self.images.append(self._text[opening.end() : target.start()])

    def _angle(self, token: re.Match[str]) -> None:
        """An address in angle brackets reads without them, an HTML tag as nothing, ``<br>`` as a line end."""
        if _ADDRESS.fullmatch(token[0]):
            self._edit(token.start(), token.start() + 1)
            self._edit(token.end() - 1, token.end())
        elif tag := _TAG.fullmatch(token[0]):
            self._edit(*token.span(), "\n" if tag["name"].lower() == "br" else "")
            if tag["name"].lower() == "img":
                self.images.append("")

    def _run(self, token: re.Match[str]) -> None:
        """A run of emphasis or code marks: closes the last one like it that is open, else opens one itself."""
        run = token[0]
        before = self._text[token.start() - 1 : token.start()] if token.start() > self._start else ""
        after = self._text[token.end() : token.end() + 1] if token.end() < self._end else ""
        opens, closes = _flanks(run, before, after)
        opening = self._runs.pop(run, None) if closes else None
        if opening:
            self._edit(*opening.span())
            self._edit(*token.span())
        elif opens:
            self._runs[run] = token


def _flanks(run: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a run of marks can open and close emphasis between its neighbours ("" at the ends of the text)."""
    if run[0] == "`":
        return True, True
    if len(run) > 3 or (run[0] == "~" and len(run) != 2) or (_is_word(before, run) and _is_word(after, run)):
        return False, False
    opens = bool(after.strip(INVISIBLE))
    closes = bool(before.strip(INVISIBLE))
    if len(run) == 1:
        return (
            opens and (not _is_mark(after) or not before or _is_mark(before)),
            closes and (not _is_mark(before) or not after or _is_mark(after)),
        )
    return opens, closes


def _is_word(char: str, run: str) -> bool:
    """Whether a run between two such characters is part of a word: 138****0000, file_name."""
    return char.isalnum() and (char.isascii() or run[0] == "_")


def _is_mark(char: str) -> bool:
    return char.isspace() or category(char)[0] in "PS"
