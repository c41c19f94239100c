"""Markdown: what a reader of the page sees, mark by mark left out, each piece with its line and column in the source.

CommonMark 0.31 and GitHub's tables, simplified to what changes the text, and lenient where Chinese drafts need it: a
line is a paragraph of its own; ``##标题`` needs no blank; ``**三是：**加强`` is bold although CommonMark's rule of
flanking runs, made for words between blanks, denies it. Line by line and in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from unicodedata import category

from linter.model.document import Document, Origin, Span
from linter.readers.builder import Builder, CellDraft, Piece
from linter.readers.encoding import decode
from linter.readers.text import Line, lost_characters, split_lines, table_end, table_rows
from linter.views import INVISIBLE

_MASK = "\0"
"""Stands for each character of a comment until the line is read: no decoded text holds it."""

_QUOTE = re.compile(r"(?: {0,3}> ?)+")
_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})(?:[ \t]+|(?=[^\x00-\x7f])|$)")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?:(?P<equals>=+)|-{2,})[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r" {0,3}(?:`{3,}[^`]*|~{3,}.*)$")
_DEFINITION = re.compile(r" {0,3}\[[^\[\]^][^\[\]]*\]:[ \t]*<?(?:https?:|mailto:|[/#.])")
_BULLET = re.compile(r"[ \t\u3000]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?(?=[^\t]*$)")
_PIPE = re.compile(r"(?<!\\)\|")
_DELIMITER = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)*[ \t]*:?-+:?[ \t]*\|?[ \t]*$")
_FRONT_MATTER = re.compile(r"[\w.-]+:(?: .*)?$|[ \t]+.*$|- .*$|#.*$|$")

_TOKEN = re.compile(
    r"""
    \\(?P<escaped>[!-/:-@\[-`{-~])
    | (?P<open>!?\[)
    | (?P<target>\]\((?:<[^<>]*>|[^()<>\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:[ \t]+(?:"[^"]*"|'[^']*'))?[ \t]*\))
    | (?P<close>\])
    | (?P<angle><[^<>]+>)
    | (?P<run>\*+|_+|~+|`+)
    | (?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)
    | (?P<mask>\x00+)
    """,
    re.VERBOSE,
)
_ADDRESS = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]+://|mailto:)[^\s]*>|<[\w.+-]+@[\w.-]+>")
_TAG = re.compile(
    r"</?(?P<name>a|b|big|br|center|code|del|div|em|font|hr|i|img|ins|p|s|small|span|strong|sub|sup|u)\b[^<>]*>",
    re.IGNORECASE,
)


def read_markdown(data: bytes, name: str) -> Document:
    """A Markdown file as a document.

    Comments become notices of kind ``directive`` on the block that they stand in or else the next one, pictures
    notices of kind ``image`` behind the block before them. Raises `Unreadable` as `decode` does.
    """
    text, comments = _mask_comments(decode(data).text)
    lines = [_unquoted(line) for line in split_lines(text)]
    document = _Page(name, lines[_front_matter(lines) :], comments).read()
    return replace(document, notices=(*document.notices, *lost_characters(document.text)))


@dataclass(frozen=True, slots=True)
class _Comment:
    """``<!-- detail -->`` that begins at `start` of the source."""

    start: int
    detail: str


@dataclass(frozen=True, slots=True)
class _Edit:
    """What to read in place of ``line.text[start:end]``."""

    start: int
    end: int
    text: str = ""


def _mask_comments(text: str) -> tuple[str, list[_Comment]]:
    """The text with its comments blotted out, character for character, and the comments."""
    comments = []
    parts = []
    done = 0
    while (start := text.find("<!--", done)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        comment = text[start : end + 3]
        comments.append(_Comment(start, comment[4:-3].strip()))
        parts += [text[done:start], re.sub(r"[^\n]", _MASK, comment)]
        done = end + 3
    return "".join((*parts, text[done:])), comments


def _unquoted(line: Line) -> Line:
    """A line without the marks of block quotes."""
    quote = _QUOTE.match(line.text)
    if not quote:
        return line
    cut = quote.end()
    return Line(line.number, line.column + cut, line.start + cut, line.text[cut:])


def _front_matter(lines: Sequence[Line]) -> int:
    """How many lines of YAML metadata between ``---`` and ``---`` the file begins with."""
    if lines[0].text.rstrip() != "---":
        return 0
    for index, line in enumerate(lines[1:], 1):
        if line.text.rstrip() in ("---", "..."):
            return index + 1
        if not _FRONT_MATTER.match(line.text):
            break
    return 0


class _Page:
    """One pass over the lines of a page, block by block."""

    def __init__(self, name: str, lines: Sequence[Line], comments: Sequence[_Comment]) -> None:
        self._builder = Builder(name, "markdown")
        self._lines = lines
        self._comments = comments
        self._told = 0
        self._end: int | None = None
        """Where in the text the last block ended."""
        self._images: list[str] = []

    def read(self) -> Document:
        index = 0
        while index < len(self._lines):
            index = self._block(index)
        self._tell(None, None)
        return self._builder.document()

    def _block(self, index: int) -> int:
        """Reads the block that begins at a line and returns the index of the line after it."""
        line = self._lines[index]
        if line.blank or _FENCE.match(line.text) or _RULE.match(line.text) or _DEFINITION.match(line.text):
            return index + 1
        if heading := _HEADING.match(line.text):
            closing = _CLOSING.search(line.text, heading.end())
            self._paragraph(line, heading.end(), closing.start() if closing else None, len(heading["marks"]))
            return index + 1
        if (end := self._piped_end(index)) > index:
            self._table([(row, _piped_cells(row)) for row in self._lines[index:end] if not _is_delimiter(row)], True)
            return end
        if bullet := _BULLET.match(line.text):
            self._paragraph(line, bullet.end())
            return index + 1
        if (end := table_end(self._lines, index)) > index:
            self._table([(row, list(row.cells())) for row in table_rows(self._lines[index:end])], False)
            return end
        underline = self._underline(index)
        self._paragraph(line, level=underline)
        return index + (2 if underline else 1)

    def _underline(self, index: int) -> int | None:
        """The level of a heading that is underlined on the next line; a line of a longer paragraph is no heading."""
        after = _UNDERLINE.match(self._lines[index + 1].text) if index + 1 < len(self._lines) else None
        if not after or (
            index and not self._lines[index - 1].blank and not _HEADING.match(self._lines[index - 1].text)
        ):
            return None
        return 1 if after["equals"] else 2

    def _piped_end(self, index: int) -> int:
        """Where a table of pipes that begins at a line ends; the line itself if none does."""
        first = self._lines[index].text.strip()
        delimited = index + 1 < len(self._lines) and "|" in first and _is_delimiter(self._lines[index + 1])
        closed = len(first) > 1 and first.startswith("|") and first.endswith("|")
        end = index
        if delimited or closed:
            while end < len(self._lines) and _PIPE.search(self._lines[end].text):
                end += 1
        return end

    def _paragraph(self, line: Line, start: int = 0, end: int | None = None, level: int | None = None) -> None:
        pieces = self._inline(line, *line.bounds(start, end))
        if pieces:
            self._tell(self._builder.paragraph(pieces, level), line)
        else:
            self._tell_images()

    def _table(self, rows: Sequence[tuple[Line, Sequence[tuple[int, int]]]], physical: bool) -> None:
        drafts = [
            CellDraft(number, column, self._inline(line, start, end))
            for number, (line, cells) in enumerate(rows)
            for column, (start, end) in enumerate(cells)
        ]
        if drafts:
            self._tell(self._builder.table(drafts, physical=physical), rows[-1][0])

    def _tell(self, span: Span | None, last: Line | None) -> None:
        """Notes the comments up to the last line of the block at `span`, the rest of them if there is none."""
        while self._told < len(self._comments):
            comment = self._comments[self._told]
            if last and comment.start >= last.start + len(last.text):
                break
            self._builder.notice("directive", span, comment.detail)
            self._told += 1
        if span:
            self._end = span.end
        self._tell_images()

    def _tell_images(self) -> None:
        for name in self._images:
            self._builder.notice("image", None if self._end is None else Span(self._end, self._end), name)
        self._images.clear()

    def _inline(self, line: Line, start: int, end: int) -> list[Piece]:
        """The visible text of a stretch of a line, without blanks around it."""
        edits = _Inline(line.text, start, end)
        self._images += edits.images
        return _trimmed([(text, Origin(line=line.number, column=line.column + at)) for text, at in edits.pieces()])


def _is_delimiter(line: Line) -> bool:
    """The row of dashes under the header of a table."""
    return "|" in line.text and bool(_DELIMITER.match(line.text))


def _piped_cells(line: Line) -> list[tuple[int, int]]:
    """Where the cells between the pipes begin and end; the outermost pipes may be missing."""
    start, end = line.bounds()
    if line.text.startswith("|", start):
        start += 1
    if line.text.endswith("|", start, end) and not line.text.endswith("\\|", start, end):
        end -= 1
    pipes = [match.start() for match in _PIPE.finditer(line.text, start, end)]
    return [
        line.bounds(left, right)
        for left, right in zip([start, *(pipe + 1 for pipe in pipes)], [*pipes, end], strict=True)
    ]


def _trimmed(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces without the blanks at both ends, which marks left out may have uncovered."""
    shown = [index for index, (text, _) in enumerate(pieces) if text.strip(INVISIBLE)]
    if not shown:
        return []
    kept = list(pieces[shown[0] : shown[-1] + 1])
    text, origin = kept[0]
    cut = len(text) - len(text.lstrip(INVISIBLE))
    kept[0] = text[cut:], replace(origin, column=(origin.column or 1) + cut)
    text, origin = kept[-1]
    kept[-1] = text.rstrip(INVISIBLE), origin
    return kept


class _Inline:
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
        if self._text.endswith("\\", done, self._end):
            yield self._text[done : self._end - 1], done
        else:
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
