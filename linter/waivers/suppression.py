"""Findings set aside with a reason: by a directive in the draft, by a side file for Word and PDF.

A suppression names rules and a place by meaning, never a line. It hides the findings of these rules in that place and
no others; an open question it never hides. Without a reason, or past its last day, it hides nothing. What is wrong
with a suppression is a finding itself, of the rules in ``rules/suppression/rules.toml``.
"""

from __future__ import annotations

import datetime
import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from linter.globs import matches, relative
from linter.loading import Fault, Fields, LoadError, file_text, nearest, read_toml
from linter.model.document import Document, Span
from linter.model.finding import Fact, Finding, Problem, Result, Rule, Severity, Value, Words
from linter.model.report import Place, Report
from linter.options import Options, chosen
from linter.rendering import render
from linter.resources import folder
from linter.waivers.directives import Directive, directives
from linter.words import words

UNJUSTIFIED, UNUSED, EXPIRED = "X01", "X02", "X03"
_RULES = "suppression/rules.toml"


# --- The side file ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A ``[[suppress]]`` of the side file, `number` from 1 in its order.

    `file`: a pattern of paths; `place`: a pattern of `Place.path`; `text`: words quoted from where the finding is.
    "" for not said. `until`: the last day it holds.
    """

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


NO_SIDE_FILE = Suppressions(Path())


def load_suppressions(path: Path) -> Suppressions:
    """The side file at `path`. Raises LoadError with every fault of the file."""
    entries = read_toml(file_text(path), path.name, lambda fields: fields.each("suppress", _entry, required=False))
    return Suppressions(path.absolute(), tuple(replace(entry, number=at) for at, entry in enumerate(entries, 1)))


def check_rules(suppressions: Suppressions, known: Iterable[Rule]) -> None:
    """Raises LoadError for every entry whose rule is not `known`."""
    names = [name for rule in known for name in (rule.id, rule.name)]
    faults = [
        Fault(f"suppress[{entry.number - 1}].rule", f"unknown rule {entry.rule!r}{nearest(entry.rule, names)}")
        for entry in suppressions.entries
        if entry.rule not in names
    ]
    if faults:
        raise LoadError(faults, suppressions.file.name)


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
    if fields.sound and not entry.place and not _squeezed(entry.text):
        fields.fault("place", "missing: say place (a pattern of the finding's path) or text (words quoted from there)")
    return entry


def _last_day(fields: Fields) -> datetime.date | None:
    text = fields.text("until", "")
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        fields.fault("until", f'expected a day as "2027-01-31", found {text!r}')
        return None


# --- Applying --------------------------------------------------------------------------------------------------------


def apply(
    result: Result, suppressions: Suppressions, options: Options, known: Iterable[Rule], today: datetime.date
) -> Result:
    """The result with what is suppressed moved to `Result.suppressed`, each finding with the reason.

    `known`: all rules there are, so that a misspelt one is told from one that did not run. Behind the findings stand
    those about the draft's directives and about expired entries; unused entries show over a run: `unused`.
    """
    report = result.report
    if report is None:
        return result
    said = directives(report.document)
    entries = [_Reach(entry, report.document) for entry in suppressions.of(result.path)]
    current = [reach for reach in entries if not _past(reach.entry.until, today)]
    kept: list[Finding] = []
    gone: list[Finding] = []
    used: set[tuple[Directive, str]] = set()
    told = _by_place([item for item in said if item.reason and not _past(item.until, today)])
    blocks = _Blocks(report)
    for finding in result.findings:
        by = [pair for key in blocks.keys(finding) for pair in told.get(key, ())]
        used.update(by)
        reasons = [item.reason for item, _ in by] + [reach.entry.reason for reach in current if reach.covers(finding)]
        if reasons:
            gone.append(replace(finding, suppressed=reasons[0]))
        else:
            kept.append(finding)
    judge = _Judge(result, options)
    complaints = [
        *(finding for item in said for finding in judge.directive(item, used, tuple(known), today)),
        *(
            finding
            for reach in entries
            if reach not in current
            for expired in kept
            if reach.covers(expired)
            for finding in judge.entry(EXPIRED, reach.entry, suppressions.file.name, expired.place)
        ),
    ]
    return replace(
        result,
        findings=(*kept, *complaints),
        suppressed=(*result.suppressed, *gone),
        rules=(*result.rules, *judge.rules.values()),
    )


def unused(results: Iterable[Result], suppressions: Suppressions, options: Options) -> Mapping[str, list[Finding]]:
    """A finding for every entry that hides nothing in a whole run, by the draft it is to stand in.

    `results`: what `apply` made of the drafts that entries speak of. It stands in the first of them by path. An entry
    is no further judged where its rule did not run, or left a question open, in one of them.
    """
    first: dict[Entry, Result] = {}
    serving: set[Entry] = set()
    for draft in results:
        if draft.report is None:
            continue
        for entry in suppressions.of(draft.path):
            if entry not in serving and _serves(entry, draft):
                serving.add(entry)
            if entry not in first or draft.path < first[entry].path:
                first[entry] = draft
    added: dict[str, list[Finding]] = defaultdict(list)
    for entry, draft in sorted(first.items(), key=lambda item: item[0].number):
        if entry not in serving:
            place = Place(f"suppress/{entry.number}", (suppressions.file.name, f"[[suppress]] {entry.number}"))
            added[draft.path] += _Judge(draft, options).entry(UNUSED, entry, suppressions.file.name, place)
    return added


def judged(result: Result, rule: str, path: str = "") -> bool:
    """Whether the rule (id or name) was applied and left no question open, at `path` or below or above it if given."""
    return any(rule in (ran.id, ran.name) for ran in result.rules) and not any(
        rule in (question.rule, question.name)
        and (not path or question.place is None or _related(question.place.path, path))
        for question in result.unchecked
    )


def _related(one: str, other: str) -> bool:
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")


def _serves(entry: Entry, draft: Result) -> bool:
    """Whether the entry hides (or did, before it expired) a finding of the draft, or might: its rule is undecided."""
    if draft.report is None or not judged(draft, entry.rule):
        return True
    reach = _Reach(entry, draft.report.document)
    return any(reach.covers(finding) for finding in (*draft.findings, *draft.suppressed))


def _past(until: datetime.date | None, today: datetime.date) -> bool:
    return until is not None and until < today


Key = tuple[str, Span | None]
"""A rule (id or name) and a block of the document, None: the whole of it."""


def _by_place(said: Iterable[Directive]) -> Mapping[Key, Sequence[tuple[Directive, str]]]:
    """Directives, each with one of its rules, by what they hide."""
    told: dict[Key, list[tuple[Directive, str]]] = defaultdict(list)
    for item in said:
        for rule in item.rules:
            told[rule, item.block].append((item, rule))
    return told


class _Blocks:
    """In which block of the document a finding begins."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._spans = [block.span for block in report.document.blocks]
        self._starts = [span.start for span in self._spans]

    def keys(self, finding: Finding) -> Iterator[Key]:
        """What a directive can say to hide the finding."""
        for block in (None, *self._of(finding.place)):
            yield finding.rule, block
            yield finding.name, block

    def _of(self, place: Place) -> Iterable[Span]:
        """Its block; what is absent from a form (a lost row) counts as in the form's tables."""
        if place.span is None:
            form = self._report.forms.get(place.path.partition("/")[0])
            return [table.span for table in form.tables] if form else ()
        at = bisect_right(self._starts, place.span.start) - 1
        return self._spans[at : at + 1] if at >= 0 and place.span.start <= self._spans[at].end else ()


class _Reach:
    """What an entry covers in a document."""

    def __init__(self, entry: Entry, document: Document) -> None:
        self.entry = entry
        self._quoted = _quotations(document.text, entry.text) if entry.text else ()

    def covers(self, finding: Finding) -> bool:
        entry, place = self.entry, finding.place
        return (
            entry.rule in (finding.rule, finding.name)
            and (not entry.place or fnmatchcase(place.path, entry.place))
            and (not entry.text or any(place.span is not None and place.span.overlaps(part) for part in self._quoted))
        )


def _quotations(text: str, quote: str) -> tuple[Span, ...]:
    """Where the quote stands in the text, blanks and line ends apart."""
    places = [at for at, character in enumerate(text) if not character.isspace()]
    squeezed, wanted = _squeezed(text), _squeezed(quote)
    found = []
    at = squeezed.find(wanted)
    while wanted and at >= 0:
        found.append(Span(places[at], places[at + len(wanted) - 1] + 1))
        at = squeezed.find(wanted, at + len(wanted))
    return tuple(found)


def _squeezed(text: str) -> str:
    return "".join(text.split())


# --- What is wrong with suppressions ---------------------------------------------------------------------------------


@cache
def rules() -> tuple[Rule, ...]:
    """The rules about suppressions. They judge what this module does, so no check of a report belongs to them."""
    return read_toml(file_text(folder("rules") / _RULES), _RULES, lambda fields: fields.each("rule", _rule))


def _rule(fields: Fields) -> Rule:
    told = fields.named("words", _words)
    return Rule(
        id=fields.text("id"),
        name=fields.text("name"),
        family="X",
        editions=fields.texts("editions"),
        severity=Severity(fields.choice("severity", [severity.value for severity in Severity])),
        summary=told["summary"],
        why=told["why"],
        source=fields.text("source"),
        messages=fields.named("messages", _words),
        helps=fields.named("helps", _words),
        check=_nothing,
        kind="suppression",
        settings={},
        cases=(),
    )


def _words(fields: Fields) -> Words:
    return Words(fields.text("zh"), fields.text("en"))


def _nothing(_report: Report) -> Iterator[Fact]:
    return iter(())


class _Judge:
    """Findings about suppressions in one draft; none of a rule that the options take out."""

    def __init__(self, result: Result, options: Options) -> None:
        self.rules = {rule.id: rule for rule in chosen(rules(), options)}
        self._result = result
        self._say = words(options.language)

    def directive(
        self, item: Directive, used: set[tuple[Directive, str]], known: Sequence[Rule], today: datetime.date
    ) -> Iterator[Finding]:
        place = Place("directive", (), item.span)
        told: dict[str, Value] = {"told": item.told, "rules": ", ".join(item.rules)}
        if not item.rules:
            yield from self._finding(UNUSED, "unreadable", place, told)
        elif not item.reason:
            yield from self._finding(UNJUSTIFIED, "", place, told)
        elif item.until is not None and _past(item.until, today):
            yield from self._finding(EXPIRED, "", place, {**told, "until": item.until.isoformat()})
        else:
            for rule in item.rules:
                if (item, rule) not in used:
                    yield from self._idle(rule, place, told, known)

    def _idle(self, rule: str, place: Place, told: Mapping[str, Value], known: Sequence[Rule]) -> Iterator[Finding]:
        names = [name for one in known for name in (one.id, one.name)]
        if rule in names:
            if judged(self._result, rule):
                yield from self._finding(UNUSED, "", place, {**told, "rule": rule})
            return
        from difflib import get_close_matches  # noqa: PLC0415 - only when something is wrong

        close = get_close_matches(rule, names, 1)
        yield from self._finding(
            UNUSED, "mistyped" if close else "unknown", place, {**told, "rule": rule, "nearest": "".join(close)}
        )

    def entry(self, rule: str, entry: Entry, file: str, place: Place) -> Iterator[Finding]:
        until = entry.until.isoformat() if entry.until else None
        values: dict[str, Value] = {"file": file, "number": entry.number, "rule": entry.rule, "until": until}
        yield from self._finding(rule, "entry", place, values)

    def _finding(self, rule_id: str, variant: str, place: Place, values: Mapping[str, Value]) -> Iterator[Finding]:
        rule, report = self.rules.get(rule_id), self._result.report
        if rule is None or report is None:
            return
        problem = Problem(place, values, variant=variant)
        facts = [rule_id, variant, place.path, *(str(value) for value in values.values())]
        yield Finding(
            rule=rule.id,
            name=rule.name,
            severity=rule.severity,
            message=render(rule.messages[variant], problem, report, self._say),
            help=render(rule.helps.get(variant, rule.helps[""]), problem, report, self._say),
            place=place,
            values=values,
            fingerprint=hashlib.sha256("\0".join(facts).encode("utf-8", "surrogatepass")).hexdigest()[:16],
        )
