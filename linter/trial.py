"""The cases a rule carries, tried: the rule alone on a small draft, what it finds held against what the case says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from linter.engine import lint
from linter.model.document import Cell, Document, Span
from linter.model.edition import Edition, FormSpec, Kind
from linter.model.finding import Case, Finding, Result, Rule
from linter.model.report import Form, FormCell, Label, Member, Report
from linter.readers.markdown import read_markdown
from linter.recognise import recognise
from linter.recognise.cells import read_cell
from linter.sums.relations import relations
from linter.text.views import squash


@dataclass(frozen=True, slots=True)
class Trial:
    """What a case expects and what came out; both in reading order."""

    case: Case
    expected: tuple[str, ...]
    found: tuple[str, ...]
    expected_unchecked: tuple[str, ...]
    found_unchecked: tuple[str, ...]
    result: Result
    language: str

    @property
    def faults(self) -> tuple[str, ...]:
        """What differs, in words for the author of the rule."""
        faults = [
            f"{what}: expected {list(wanted)}, found {list(got)}"
            for what, wanted, got in (
                ("finds", self.expected, self.found),
                ("unchecked", self.expected_unchecked, self.found_unchecked),
            )
            if wanted != got
        ]
        for finding in self.result.findings[:1]:
            if self.language == "zh" and self.case.message not in finding.message:
                faults.append(f"message: expected {self.case.message!r} in {finding.message!r}")
            if self.case.severity not in ("", finding.severity.value):
                faults.append(f"severity: expected {self.case.severity}, found {finding.severity.value}")
        return tuple(faults)


def try_case(rule: Rule, case: Case, editions: Sequence[Edition], language: str = "zh") -> Trial:
    """The rule run on the case's draft. Raises LookupError for a form or cell that does not exist, LoadError for
    an edition.
    """
    report = _report(rule, case, editions)
    result = lint(report, [rule], path="case.md", language=language)
    found = tuple(_name(finding, report, case.finds) for finding in result.findings)
    open_places = [question.place.path if question.place else question.name for question in result.unchecked]
    return Trial(
        case, case.finds, found, case.unchecked, tuple(open_places) if case.unchecked else (), result, language
    )


def _name(finding: Finding, report: Report, expected: Sequence[str]) -> str:
    """The finding's place as the case writes it: the text its span covers where that is expected, else its path."""
    span = finding.place.span
    text = report.document.text[span.start : span.end] if span else ""
    return next((item for item in expected if squash(item) == squash(text) and text), finding.place.path)


def _report(rule: Rule, case: Case, editions: Sequence[Edition]) -> Report:
    edition = case.edition or rule.editions[-1]
    report = _draft(case.text, edition, editions, case.options)
    if case.cells:
        report = with_cells(report, case.cells)
    if case.previous or case.previous_text:
        report = replace(report, previous=_previous(case, report, edition, editions))
    members = tuple(
        Member(
            name, with_cells(_draft("", edition, editions, {}), cells) if cells else None, "" if cells else "missing"
        )
        for name, cells in case.members.items()
    )
    return replace(report, members=members)


def _draft(text: str, edition: str, editions: Sequence[Edition], options: Mapping[str, object]) -> Report:
    document = read_markdown(text.encode(), "case.md") if text.strip() else Document(
        name="case.md", format="markdown", text="", blocks=(), segments=()
    )  # fmt: skip
    return recognise(document, editions, edition=edition, options=options)


def _previous(case: Case, report: Report, edition: str, editions: Sequence[Edition]) -> Report:
    before = _draft(case.previous_text, edition, editions, {})
    before = replace(before, year=report.year - 1 if report.year else None)
    return with_cells(before, case.previous) if case.previous else before


def with_cells(report: Report, cells: Mapping[str, str]) -> Report:
    """The report with the forms that `cells` name: zeros everywhere, the given figures at their paths."""
    forms = dict(report.forms)
    for name in dict.fromkeys(path.split("/")[0] for path in cells):
        spec = report.edition.form(name)
        given = {path.split("/", 1)[1]: figure for path, figure in cells.items() if path.startswith(f"{name}/")}
        forms[name] = _filled(spec, given)
    filled = replace(report, forms=forms)
    return replace(filled, relations=relations(filled))


def _filled(spec: FormSpec, figures: Mapping[str, str]) -> Form:
    cells: dict[tuple[str, str], FormCell] = {}
    for cell in spec.cells.values():
        text = figures.get("/".join(cell.key), "——" if cell.kind is Kind.TITLE else "0")
        read = read_cell(Cell(Span(0, len(text)), text, 0, 0), cell.kind)
        cells[cell.key] = replace(read, span=None)
    unknown = set(figures) - {f"{row}/{column}" for row, column in cells}
    if unknown:
        raise LookupError(f"{spec.id} has no cell {min(unknown)}")
    rows = {row.id: Label(row.label, row.label, None, "exact") for band in spec.bands for row in band.rows}
    return Form(spec=spec, tables=(), span=Span(0, 0), rows=rows, columns={}, cells=cells)
