"""The answer for a person at a terminal: what is wrong, where, with both numbers, and what to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from linter.formats.arithmetic import number
from linter.formats.blocks import Block, blocks
from linter.formats.excerpt import excerpt
from linter.formats.folding import cells, folds
from linter.formats.places import JOINT, address, label, pointer, stretch
from linter.formats.quote import cut, printable, quote
from linter.formats.totals import checked, found, totals
from linter.model.finding import Cause, Diagnosis, Finding, OpenQuestion, Result, Severity
from linter.model.report import Place, Relation, State
from linter.words import Catalogue, words

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold cyan"}
MOST_RELATED = 3
ROOM = 20
"""Cells that gutter, 「并见」, a figure and spaces take on a line beside a place."""
HELP = "→ "
OPENING, GUTTER, CLOSING = "  ├ ", "  │ ", "  ╰ "
_SUSPECT = re.compile(r"\[[^\[\]]*\]")

Piece = tuple[str, str]
"""A stretch of text and its style."""
Line = Sequence[Piece]


def write(
    results: Sequence[Result], language: str, *, color: bool = False, width: int = 100, verbose: bool = False, quiet: bool = False
) -> str:
    """What was found, file by file, and one closing line.

    `verbose` lists every open question and every suppressed finding; `quiet` gives one line a finding.
    """
    say = words(language)
    lines: list[Line] = []
    for result in results:
        lines += _brief(result, say) if quiet else _Sheet(result, say, max(width, 40), verbose=verbose).lines()
    lines += _closing(results, say)
    return _painted(lines) if color else "".join("".join(text for text, _ in line).rstrip() + "\n" for line in lines)


def _painted(lines: Iterable[Line]) -> str:
    from io import StringIO  # noqa: PLC0415 - with rich, only where there are colours

    from rich.console import Console  # noqa: PLC0415 - costs 50 ms
    from rich.text import Text  # noqa: PLC0415

    console = Console(file=StringIO(), force_terminal=True, color_system="standard", highlight=False, width=10_000)
    with console.capture() as capture:
        for line in lines:
            console.print(Text.assemble(*line), soft_wrap=True)
    return capture.get()


def _brief(result: Result, say: Catalogue) -> Iterator[Line]:
    if result.error is not None:
        yield [(printable(result.path), ""), (": ", ""), *_unreadable(result, say)]
    for finding in result.findings:
        yield [(address(result, finding.place, say) + ": ", ""), *_title(finding, say), (printable(finding.message), "")]


def _unreadable(result: Result, say: Catalogue) -> Line:
    return [(say("report.unreadable") + say("report.colon"), "bold red"), (printable(result.error or ""), "")]


def _title(finding: Finding, say: Catalogue) -> Line:
    return [(say(f"severity.{finding.severity.value}") + " ", STYLES[finding.severity]), (f"{finding.rule} ", "bold")]


def _closing(results: Sequence[Result], say: Catalogue) -> Iterator[Line]:
    counts = totals(results)
    style = "bold red" if counts.errors or counts.unreadable else "bold yellow" if counts.warnings else "bold green"
    yield [(found(counts, say), style), (say("report.clause"), ""), (checked(counts, say), "")]


class _Sheet:
    """The lines for one file."""

    def __init__(self, result: Result, say: Catalogue, width: int, *, verbose: bool) -> None:
        self.result = result
        self.say = say
        self.width = width
        self.verbose = verbose
        self.gutter = ""

    def lines(self) -> Iterator[Line]:
        yield from self._header()
        for block in blocks(self.result):
            yield []
            yield from self._block(block)
        yield from self._open()
        if self.verbose:
            yield from self._suppressed()
        yield []

    def _header(self) -> Iterator[Line]:
        path = printable(self.result.path)
        yield [("── ", "dim"), (path, "bold"), (" " + "─" * max(self.width - cells(path) - 5, 2), "dim")]
        report = self.result.report
        if report is None:
            yield from self._fold([("  ", ""), *_unreadable(self.result, self.say)], 4)
            return
        facts = [printable(report.publisher.name) or self.say("report.nameless")]
        facts += [self.say("report.year", year=report.year)] if report.year else []
        facts.append(self.say("report.edition", edition=report.edition.id))
        yield from self._fold([("   " + self.say("report.separator").join(facts), "dim")], 3)
        yield from self._fold([("   " + checked(totals([self.result]), self.say), "dim")], 3)
        if not self.result.findings:
            yield [("   " + self.say("report.clean"), "green")]

    def _block(self, block: Block) -> Iterator[Line]:
        if block.diagnosis is None and len(block.findings) == 1:
            yield from self._single(block.findings[0])
        else:
            yield from self._group(block)

    def _single(self, finding: Finding) -> Iterator[Line]:
        yield from self._headline(finding, "")
        yield from self._guttered(OPENING, self._where(finding.place))
        yield from self._shown(finding)
        for place in finding.related[:MOST_RELATED]:
            yield from self._guttered(GUTTER, [(self.say("report.related") + " ", "dim"), *self._where(place), *self._printed(place)])
        yield from self._guttered(CLOSING, [(HELP + printable(finding.help), "")], 2)

    def _headline(self, finding: Finding, gutter: str) -> Iterator[Line]:
        line = [*_title(finding, self.say), (printable(finding.message), "bold" if not gutter else ""), (f" {finding.name}", "dim")]
        yield from self._guttered(gutter, line, 4)

    def _group(self, block: Block) -> Iterator[Line]:
        """The findings of one cause: the repair first, then the table once, then what each relation says."""
        first, diagnosis = block.findings[0], block.diagnosis
        yield from self._fold([*_title(first, self.say)[:1], (self._repair(diagnosis), "bold")], 4)
        yield from self._suspected(first, diagnosis)
        suspects = [place.path for cause in diagnosis.causes for place in cause.places] if diagnosis else []
        yield from self._table(suspects or [first.place.path], diagnosis.broken if diagnosis else ())
        for finding in block.findings:
            yield from self._headline(finding, GUTTER)
            last = finding is block.findings[-1]
            yield from self._guttered(CLOSING if last else GUTTER, [("    " + HELP + printable(finding.help), "")], 6)

    def _repair(self, diagnosis: Diagnosis | None) -> str:
        if diagnosis is None or not diagnosis.causes:
            return self.say("report.incurable")
        if not diagnosis.unique:
            return self.say("report.choices", n=len(diagnosis.causes))
        (count, changes) = len(diagnosis.causes[0].places), self._changes(diagnosis.causes[0])
        return self.say("report.cause" if count == 1 else "report.causes", n=count) + self.say("report.colon") + changes

    def _suspected(self, first: Finding, diagnosis: Diagnosis | None) -> Iterator[Line]:
        """Where the cells of the repair are; one line for each choice where there are several."""
        if diagnosis is None or not diagnosis.causes:
            yield from self._guttered(OPENING, self._where(first.place))
            return
        for cause in diagnosis.causes:
            choice = [] if diagnosis.unique else [(self._changes(cause) + "  ", "bold")]
            for place in cause.places:
                yield from self._guttered(OPENING, [*choice, *self._where(place, short=bool(choice))])

    def _changes(self, cause: Cause) -> str:
        """「（七）总计 › 自然人 20 → 26（疑似一位数字录错）」."""
        steps = [
            f"{JOINT.join(place.labels[-2:]) or place.path} {number(old)} → {number(new)}"
            for place, old, new in zip(cause.places, cause.stated, cause.repaired, strict=True)
        ]
        slip = self.say("report.aside", text=self.say.reason("slip", cause.slip)) if cause.slip else ""
        return printable(self.say("report.separator").join(steps) + slip)

    def _where(self, place: Place, *, short: bool = False) -> Line:
        """The spot in the file, then as many of the labels as there is room for, the innermost always."""
        textual = stretch(self.result, place).textual
        spot = address(self.result, place, self.say) if textual else pointer(self.result, place, self.say)
        if short and spot:
            return [(spot, "blue")]
        labels = place.labels
        names = [JOINT.join(part) for part in (labels, (*labels[:1], *labels[-2:]), labels[-2:])] if len(labels) > 2 else [label(place)]
        name = printable(next((name for name in names if cells(spot) + cells(name) + ROOM <= self.width), names[-1]))
        return [(spot, "blue"), ("  " + name, "dim")] if spot else [(name, "dim")]

    def _printed(self, place: Place) -> Line:
        """The figure that stands in a cell of a form."""
        report = self.result.report
        cell = report.cell(place.path) if report and place.path.count("/") == 2 else None
        return [(" [" + printable(cell.text) + "]", "bold")] if cell and cell.text else []

    def _shown(self, finding: Finding) -> Iterator[Line]:
        """The row of the form or the line of the text that the finding means."""
        report, span = self.result.report, finding.place.span
        if report is None or span is None:
            return
        form = report.forms.get(finding.place.path.partition("/")[0])
        if form is None:
            yield from self._quoted(finding)
        elif finding.place.path.count("/") == 2:
            relations = [item for item in report.relations if item.state == "broken"]
            yield from self._table([finding.place.path], relations)

    def _quoted(self, finding: Finding) -> Iterator[Line]:
        report, span = self.result.report, finding.place.span
        if report is None or span is None or span.end <= span.start:
            return
        piece = cut(quote(report.document, span), self.width - 8)
        style = STYLES[finding.severity]
        yield [(GUTTER, "dim")]
        yield [(GUTTER, "dim"), ("  " + piece.before, ""), (piece.marked, style), (piece.after, "")]
        yield [(GUTTER, "dim"), (" " * (2 + cells(piece.before)), ""), ("^" * max(cells(piece.marked), 1), style)]

    def _table(self, marks: Sequence[str], relations: Sequence[Relation]) -> Iterator[Line]:
        report = self.result.report
        shown = {State.UNREAD: self.say("cell.unread")}
        drawn = excerpt(report, marks, relations, self.width - 6, shown) if report else None
        if drawn is None:
            return
        yield [(GUTTER, "dim")]
        yield from ([(GUTTER, "dim"), (text, "dim")] for text in drawn.head)
        yield from ([(GUTTER, "dim"), *_marked(text)] for text in drawn.rows)
        if drawn.omitted:
            yield [(GUTTER, "dim"), (self.say("report.more", n=drawn.omitted), "dim")]
        yield [(GUTTER, "dim")]

    def _open(self) -> Iterator[Line]:
        """What was not checked: how many for each reason, or all of them."""
        questions = self.result.unchecked
        if not questions:
            return
        yield []
        yield [(self.say("count.unchecked", n=len(questions)), "bold magenta")]
        if self.verbose:
            for question in questions:
                yield from self._guttered("  ? ", self._question(question))
            return
        for reason, count in Counter(question.reason for question in questions).most_common():
            yield from self._guttered("  ? ", [(f"{printable(reason)} × {count}" if count > 1 else printable(reason), "")])

    def _question(self, question: OpenQuestion) -> Line:
        where = [("  ", ""), *self._where(question.place)] if question.place else []
        return [(f"{question.rule} ", "bold"), (printable(question.reason), ""), (f" {question.name}", "dim"), *where]

    def _suppressed(self) -> Iterator[Line]:
        if not self.result.suppressed:
            return
        yield []
        yield [(self.say("count.suppressed", n=len(self.result.suppressed)), "bold")]
        for finding in self.result.suppressed:
            reason = self.say("report.reason", reason=printable(finding.suppressed))
            yield from self._guttered("  - ", [*_title(finding, self.say), (printable(finding.message), ""), (f" {reason}", "dim")])

    def _guttered(self, gutter: str, line: Line, hang: int = 0) -> Iterator[Line]:
        """The line folded to the width, the first with the gutter, the others with its continuation."""
        follow = {OPENING: GUTTER, GUTTER: GUTTER}.get(gutter, " " * cells(gutter))
        for index, part in enumerate(self._split(line, self.width - cells(gutter), hang)):
            yield [(follow + " " * hang if index else gutter, "dim"), *part]

    def _fold(self, line: Line, hang: int) -> Iterator[Line]:
        yield from self._guttered("", line, hang)

    def _split(self, line: Line, width: int, hang: int) -> Iterator[Line]:
        text = "".join(piece for piece, _ in line)
        edges = [0, *folds(text, width - hang), len(text)] if cells(text) > width else [0, len(text)]
        for begin, end in zip(edges, edges[1:], strict=False):
            yield list(_slice(line, begin, end))


def _slice(line: Line, begin: int, end: int) -> Iterator[Piece]:
    offset = 0
    for text, style in line:
        part = text[max(begin - offset, 0) : max(end - offset, 0)]
        offset += len(text)
        if part:
            yield part, style


def _marked(text: str) -> Iterator[Piece]:
    end = 0
    for match in _SUSPECT.finditer(text):
        yield text[end : match.start()], ""
        yield match[0], "bold red"
        end = match.end()
    yield text[end:], ""
