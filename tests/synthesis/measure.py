"""Reports checked and held against what is known of them: false alarms, recall, precision, place, cause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from linter import check
from linter.model.finding import Cause, Finding, Result, Severity
from synthesis.draft import EDITIONS, FORMATS, KINDS, Draft, Edition, Format, Kind
from synthesis.faults import MAKERS, Fault, faulty
from synthesis.reports import compose, honest, printed_as


@dataclass(slots=True)
class Alarms:
    """Honest reports of one edition and format: how many, and what was found in them."""

    reports: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    unread: int = 0
    """Reports with a cell that was not read as printed."""
    examples: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Score:
    """Faults of one kind. Shares are of `noticeable`, the faults that something in the report contradicts."""

    made: int = 0
    noticeable: int = 0
    found: int = 0
    placed: int = 0
    alarms: int = 0
    """Errors and warnings in the faulty reports."""
    strangers: int = 0
    """Those of them that have nothing to do with the fault."""
    determined: int = 0
    """Faults whose cell the relations determine."""
    blamed: int = 0
    """Of these, the ones whose cell and value the cause names."""
    claims: int = 0
    """Causes named as the only one, whether determined or not."""
    right_claims: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for name in (
            "made",
            "noticeable",
            "found",
            "placed",
            "alarms",
            "strangers",
            "determined",
            "blamed",
            "claims",
            "right_claims",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.examples += other.examples


def mixture(seed: int) -> tuple[Edition, Kind, Format]:
    """Edition, kind and format of a seed: all sixty in turn."""
    return EDITIONS[seed % 3], KINDS[seed // 3 % 4], FORMATS[seed // 12 % 5]


def measure_honest(seeds: Sequence[int]) -> dict[tuple[Edition, Format], Alarms]:
    """Findings in honest reports, by edition and format."""
    table: dict[tuple[Edition, Format], Alarms] = {}
    for seed in seeds:
        edition, kind, style = mixture(seed)
        made = honest(seed, edition=edition, kind=kind, format=style)
        result = check(made.data, name=made.name)
        alarms = table.setdefault((edition, style), Alarms())
        alarms.reports += 1
        if not read_as_printed(made.draft, result):
            alarms.unread += 1
            alarms.examples.append(f"{seed} {edition} {kind} {style}: cells not read as printed")
        for finding in result.findings:
            _count(alarms, finding, f"{seed} {edition} {kind} {style}")
    return table


def _count(alarms: Alarms, finding: Finding, where: str) -> None:
    if finding.severity is Severity.NOTE:
        alarms.notes += 1
        return
    alarms.examples.append(f"{where}: {finding.rule} {finding.place.path} {finding.message}")
    if finding.severity is Severity.ERROR:
        alarms.errors += 1
    else:
        alarms.warnings += 1


def read_as_printed(made: Draft, result: Result) -> bool:
    """Whether every figure of the draft's forms was found in its cell."""
    report = result.report
    if report is None:
        return False
    cells = ((report.cell(path), value) for path, value in made.figures.items())
    return all(cell is not None and cell.text.strip() == str(value) for cell, value in cells)


def attempts(kind: str, count: int, start: int) -> Iterator[tuple[int, Fault, Format]]:
    """So many faults of the kind over all editions, publishers and formats, as far as they have room for it."""
    seed, tried = start, 0
    while count and tried < 60 + 40 * count:
        edition, publisher, style = mixture(seed)
        made = faulty(seed, kind, compose(seed, edition=edition, kind=publisher))
        if made is not None:
            count -= 1
            yield seed, made, style
        seed += 7
        tried += 1


def measure_faults(count: int, start: int = 0, kinds: Sequence[str] = tuple(MAKERS)) -> dict[str, Score]:
    """So many faults of each kind, judged."""
    return {kind: measure_kind(kind, count, start) for kind in kinds}


def measure_kind(kind: str, count: int, start: int = 0) -> Score:
    """So many faults of one kind, judged."""
    score = Score()
    for seed, fault, style in attempts(kind, count, start):
        score.add(judged(seed, fault, style))
    return score


def judged(seed: int, fault: Fault, style: Format) -> Score:
    """One fault: found, placed, blamed."""
    made = printed_as(fault.draft, style)
    before = printed_as(fault.previous, style).data if fault.previous else None
    result = check(made.data, name=made.name, previous=before)
    where = f"{fault.kind} {seed} {fault.draft.edition} {fault.draft.kind} {style}"
    score = Score(made=1, noticeable=int(bool(fault.rules)))
    hits = [finding for finding in result.findings if finding.rule in fault.rules]
    if fault.rules:
        open_ = fault.doubt and any(one.place and one.place.path.startswith(fault.paths) for one in result.unchecked)
        score.found = int(bool(hits) or open_)
        score.placed = int(open_ or any(is_there(finding, fault, result) for finding in hits))
        if not score.found:
            score.examples.append(
                f"{where}: missed, expected {sorted(fault.rules)} at {fault.near or fault.paths[:3]}; {told(result)}"
            )
        elif not score.placed:
            score.examples.append(f"{where}: elsewhere, expected {fault.near or fault.paths[:3]}; {told(result)}")
    _alarms(score, fault, result, where)
    _blame(score, fault, result, where)
    return score


def told(result: Result) -> str:
    """The findings in short."""
    return "; ".join(f"{one.rule} {one.place.path}" for one in result.findings[:6]) or (result.error or "nothing found")


def is_there(finding: Finding, fault: Fault, result: Result) -> bool:
    """Whether the finding points to the fault."""
    paths = [finding.place.path, *(place.path for place in finding.related)]
    if any(path.startswith(start) for start in fault.paths for path in paths):
        return True
    span = finding.place.span
    if not fault.near or span is None or result.report is None:
        return False
    text = result.report.document.text
    around = re.sub(r"\s", "", text[max(span.start - 60, 0) : span.end + 60])
    return re.sub(r"\s", "", fault.near) in around


def _alarms(score: Score, fault: Fault, result: Result, where: str) -> None:
    expected = fault.rules | fault.beside
    for finding in result.findings:
        if finding.severity is Severity.NOTE:
            continue
        score.alarms += 1
        if finding.rule not in expected:
            score.strangers += 1
            score.examples.append(f"{where}: stranger {finding.rule} {finding.place.path} {finding.message}")


def _blame(score: Score, fault: Fault, result: Result, where: str) -> None:
    if not fault.cells or not fault.rules:
        return
    causes = {finding.cause for finding in result.findings if finding.cause is not None}
    right = [cause for cause in causes if is_meant(cause, fault)]
    score.claims, score.right_claims = len(causes), len(right)
    if fault.determined:
        score.determined, score.blamed = 1, int(bool(right))
        if not right:
            score.examples.append(
                f"{where}: not blamed {dict(fault.cells)}, named {[_spoken(cause) for cause in causes]}"
            )


def is_meant(cause: Cause, fault: Fault) -> bool:
    """Whether the cause names these cells and what they should be; where only a bound broke, the cells alone."""
    named = {place.path: str(value) for place, value in zip(cause.places, cause.repaired, strict=True)}
    if fault.bounded:
        return set(named) <= set(fault.cells)
    return all(str(fault.cells.get(path)) == value for path, value in named.items())


def _spoken(cause: Cause) -> str:
    return ", ".join(
        f"{place.path} {old}→{new}" for place, old, new in zip(cause.places, cause.stated, cause.repaired, strict=True)
    )
