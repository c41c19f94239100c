"""What the console says of one file: its findings with their rows and quotations, and what stayed open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from linter.formats.blocks import Block, blocks, changes, verdict
from linter.formats.excerpt import excerpt
from linter.formats.folding import cells
from linter.formats.places import JOINT, address, named, pointer, stretch
from linter.formats.quote import cut, printable, quote
from linter.formats.styled import CLOSING, GUTTER, OPENING, Line, guttered, marked, plain
from linter.formats.totals import checked, totals
from linter.model.finding import Diagnosis, Finding, OpenQuestion, Result, Severity
from linter.model.report import Place, Relation, State
from linter.sums.arithmetic import short
from linter.words import Catalogue

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold cyan"}
MOST_RELATED = 3
ROOM = 20
"""Cells that gutter, 「并见」, a figure and spaces take on a line beside a place."""
HELP = "→ "


def title(finding: Finding, say: Catalogue) -> Line:
    """「错误 C02 」."""
    return [(say(f"severity.{finding.severity.value}") + " ", STYLES[finding.severity]), (f"{finding.rule} ", "bold")]


def unreadable(result: Result, say: Catalogue) -> Line:
    """Why the file could not be read."""
    return [(say("report.unreadable") + say("report.colon"), "bold red"), (printable(result.error or ""), "")]


class Sheet:
    """The lines for one file."""

    def __init__(self, result: Result, say: Catalogue, width: int, *, verbose: bool) -> None:
        self.result = result
        self.say = say
        self.width = width
        self.verbose = verbose

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
            yield from self._guttered("", [("  ", ""), *unreadable(self.result, self.say)], 4)
            return
        facts = [printable(report.publisher.name) or self.say("report.nameless")]
        facts += [self.say("report.year", year=report.year)] if report.year else []
        facts.append(self.say("report.edition", edition=report.edition.id))
        yield from self._guttered("", [("   " + self.say("report.separator").join(facts), "dim")], 3)
        yield from self._guttered("", [("   " + checked(totals(self.result), self.say), "dim")], 3)
        if not self.result.findings and not self.result.relations("broken"):
            yield [("   " + self.say("report.clean"), "green")]

    def _block(self, block: Block) -> Iterator[Line]:
        if block.diagnosis is None:
            yield from self._single(block.findings[0])
        else:
            yield from self._group(block, block.diagnosis)

    def _single(self, finding: Finding) -> Iterator[Line]:
        yield from self._headline(finding, "")
        yield from self._guttered(OPENING, self._where(finding.place))
        yield from self._shown(finding)
        for place in finding.related[:MOST_RELATED]:
            yield from self._guttered(
                GUTTER, [(self.say("report.related") + " ", "dim"), *self._where(place), *self._printed(place)]
            )
        yield from self._guttered(CLOSING, [(HELP + printable(finding.help), "")], 2)

    def _headline(self, finding: Finding, gutter: str) -> Iterator[Line]:
        line = [
            *title(finding, self.say),
            (printable(finding.message), "bold" if not gutter else ""),
            (f" {finding.name}", "dim"),
        ]
        yield from self._guttered(gutter, line, 4)

    def _group(self, block: Block, diagnosis: Diagnosis) -> Iterator[Line]:
        """The findings of one cause: the repair first, then the table once, then what each relation says."""
        first = block.findings[0]
        told = [verdict(diagnosis, self.say)]
        told += [printable(changes(diagnosis.causes[0], self.say))] if diagnosis.unique and diagnosis.causes else []
        headline = (self.say("report.colon").join(told), "bold")
        yield from self._guttered("", [*title(first, self.say)[:1], headline], 4)
        yield from self._suspected(first, diagnosis)
        suspects = [place.path for cause in diagnosis.causes for place in cause.places]
        yield from self._table(suspects or [first.place.path], diagnosis.broken)
        for finding in block.findings:
            yield from self._headline(finding, GUTTER)
            gutter = CLOSING if finding is block.findings[-1] else GUTTER
            yield from self._guttered(gutter, [("    " + HELP + printable(finding.help), "")], 6)

    def _suspected(self, first: Finding, diagnosis: Diagnosis) -> Iterator[Line]:
        """Where the cells of the repair are; one line for each choice where there are several."""
        if not diagnosis.causes:
            yield from self._guttered(OPENING, self._where(first.place))
        elif diagnosis.unique:
            for place in diagnosis.causes[0].places:
                yield from self._guttered(OPENING, self._where(place))
        else:
            for cause in diagnosis.causes:
                choice = printable(changes(cause, self.say))
                yield from self._guttered(OPENING, [(choice + "  ", "bold"), *self._spot(cause.places[0])])

    def _spot(self, place: Place) -> Line:
        """Where in the file, in a form that a terminal can jump to if the file has lines and columns."""
        textual = stretch(self.result, place).textual
        spot = address(self.result, place, self.say) if textual else pointer(self.result, place, self.say)
        return [(printable(spot), "blue")] if spot else []

    def _where(self, place: Place) -> Line:
        """The spot, then as many of the labels as there is room for, the innermost always."""
        spot = self._spot(place)
        room = self.width - ROOM - cells(plain(spot))
        few, last = place.labels[-2:], tuple(short(text) for text in place.labels[-1:])
        some = [place.labels, (*place.labels[:1], *few), few, last]
        names = [JOINT.join(labels) for labels in (some if len(place.labels) > 2 else [place.labels, last])]
        name = next((name for name in names if cells(name) <= room), names[-1]) or named(place, self.say)
        return [*spot, ("  " + printable(name) if spot else printable(name), "dim")]

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
        yield from ([(GUTTER, "dim"), *marked(text)] for text in drawn.rows)
        if drawn.omitted:
            yield [(GUTTER, "dim"), (self.say("report.more", n=drawn.omitted), "dim")]
        yield [(GUTTER, "dim")]

    def _open(self) -> Iterator[Line]:
        """What was not checked: how many for each reason, or all of them."""
        questions = self.result.unchecked
        if not questions:
            return
        yield []
        hint = "" if self.verbose else self.say("report.aside", text=self.say("report.verbose"))
        yield [(self.say("count.unchecked", n=len(questions)), "bold magenta"), (hint, "dim")]
        if self.verbose:
            for question in questions:
                yield from self._guttered("  ? ", self._question(question))
            return
        for reason, count in Counter(question.reason for question in questions).most_common():
            yield from self._guttered(
                "  ? ", [(f"{printable(reason)} × {count}" if count > 1 else printable(reason), "")]
            )

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
            yield from self._guttered(
                "  - ", [*title(finding, self.say), (printable(finding.message), ""), (f" {reason}", "dim")]
            )

    def _guttered(self, gutter: str, line: Line, hang: int = 0) -> Iterator[Line]:
        return guttered(gutter, line, self.width, hang)
