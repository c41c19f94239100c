"""The findings that a folder of drafts had on a day, so that a run speaks only of new ones.

An entry is a rule, a logical place and the facts there (`Finding.fingerprint`), with how often it stood in the file:
edits elsewhere do not touch it, other figures at the place make another finding. It absorbs that many and no more.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from linter.globs import relative
from linter.loading import Fault, Fields, LoadError, file_text, read
from linter.model.finding import Finding, Result
from linter.waivers.judged import judged

REASON = "baseline"
"""`Finding.suppressed` of what a baseline absorbs."""
_VERSION = 1


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Entry:
    """A finding known in `file` (relative to the baseline, with slashes), `count` times; `message` is for people."""

    file: str
    rule: str
    place: str
    fingerprint: str
    message: str
    count: int

    @property
    def key(self) -> tuple[str, str]:
        return self.rule, self.fingerprint


@dataclass(frozen=True)
class Baseline:
    """Known findings, their files relative to `folder`. No two entries have file and key in common."""

    folder: Path
    entries: tuple[Entry, ...] = ()

    def of(self, path: str) -> Sequence[Entry]:
        """The entries for the draft at `path`."""
        return self._by_file.get(relative(path, self.folder), ())

    @cached_property
    def _by_file(self) -> Mapping[str, Sequence[Entry]]:
        """A run asks once for every draft, and there may be thousands of both."""
        files: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            files[entry.file].append(entry)
        return files


def load_baseline(path: Path) -> Baseline:
    """The baseline in the file at `path`. Raises LoadError with every fault of the file."""
    try:
        table = json.loads(file_text(path))
    except json.JSONDecodeError as error:
        raise LoadError([Fault("", str(error))], path.name) from error
    if not isinstance(table, dict):
        raise LoadError([Fault("", "expected a table")], path.name)
    try:
        entries = read(table, _entries)
    except LoadError as error:
        raise LoadError(error.faults, path.name) from error
    return Baseline(path.absolute().parent, _merged(entries))


def write_baseline(baseline: Baseline) -> str:
    """The baseline as JSON: sorted, one entry a line, the same text for the same findings."""
    files: dict[str, list[str]] = {}
    for entry in sorted(baseline.entries):
        told = {
            "rule": entry.rule,
            "place": entry.place,
            "count": entry.count,
            "fingerprint": entry.fingerprint,
            "message": entry.message,
        }
        files.setdefault(entry.file, []).append(json.dumps(told, ensure_ascii=False))
    blocks = [
        f"    {json.dumps(file, ensure_ascii=False)}: [\n      " + ",\n      ".join(lines) + "\n    ]"
        for file, lines in files.items()
    ]
    body = "{\n" + ",\n".join(blocks) + "\n  }" if blocks else "{}"
    return f'{{\n  "baseline": {_VERSION},\n  "files": {body}\n}}\n'


def absorb(result: Result, baseline: Baseline) -> tuple[Result, tuple[Entry, ...]]:
    """A draft's result with what is known moved to `Result.suppressed`, and the entries that found less than their
    `count`, each with the rest; none whose rule did not run, or has an open question there.
    """
    entries = baseline.of(result.path)
    if result.error is not None or not entries:
        return result, ()
    left = {entry.key: entry.count for entry in entries}
    kept: list[Finding] = []
    known: list[Finding] = []
    for finding in result.findings:
        key = finding.rule, _fingerprint(finding)
        if left.get(key, 0) > 0:
            left[key] -= 1
            known.append(replace(finding, suppressed=REASON))
        else:
            kept.append(finding)
    unused = tuple(
        replace(entry, count=left[entry.key])
        for entry in entries
        if left[entry.key] and judged(result, entry.rule, entry.place)
    )
    return replace(result, findings=tuple(kept), suppressed=(*result.suppressed, *known)), unused


def prune(baseline: Baseline, unused: Iterable[Entry]) -> Baseline:
    """The baseline less what `absorb` found unused."""
    gone = {(entry.file, entry.key): entry.count for entry in unused}
    entries = (replace(entry, count=entry.count - gone.get((entry.file, entry.key), 0)) for entry in baseline.entries)
    return Baseline(baseline.folder, tuple(entry for entry in entries if entry.count))


def renew(baseline: Baseline, results: Iterable[Result]) -> Baseline:
    """The baseline as the drafts of a run are now: what they have no longer leaves it, what they have enters it.

    What it says of other drafts, of those that cannot be read, and of rules that did not run or left a question open
    there stays.
    """
    now: list[Entry] = []
    unused: list[Entry] = []
    for result in results:
        now += _of_result(result, baseline.folder)
        unused += absorb(result, baseline)[1]
    found = {(entry.file, entry.key): entry for entry in _merged(now)}
    for entry in prune(baseline, unused).entries:
        at = entry.file, entry.key
        if at not in found or found[at].count < entry.count:
            found[at] = entry
    return Baseline(baseline.folder, tuple(sorted(found.values())))


def _of_result(result: Result, folder: Path) -> Iterator[Entry]:
    """What a draft has now, what a baseline absorbed included; not what is suppressed with a reason."""
    known = (gone for gone in result.suppressed if gone.suppressed == REASON)
    for finding in (*result.findings, *known):
        yield Entry(
            file=relative(result.path, folder),
            rule=finding.rule,
            place=finding.place.path,
            fingerprint=_fingerprint(finding),
            message=finding.message,
            count=1,
        )


def _fingerprint(finding: Finding) -> str:
    """Without the number that tells one of several equal findings in a file: they are counted here."""
    return finding.fingerprint.partition("-")[0]


def _merged(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """One entry for those of a file that have the same key, in order."""
    counts: Counter[tuple[str, tuple[str, str]]] = Counter()
    first: dict[tuple[str, tuple[str, str]], Entry] = {}
    for entry in entries:
        at = entry.file, entry.key
        counts[at] += entry.count
        first.setdefault(at, entry)
    return tuple(sorted(replace(entry, count=counts[at]) for at, entry in first.items()))


def _entries(fields: Fields) -> tuple[Entry, ...]:
    if fields.number("baseline") != _VERSION and fields.sound:
        fields.fault("baseline", f"expected {_VERSION}: written by another version of gouji")
    files: Mapping[str, object] = fields.mapping("files")
    return tuple(entry for file in files for entry in _of_file(files, file))


def _of_file(files: Mapping[str, object], file: str) -> Sequence[Entry]:
    def entry(fields: Fields) -> Entry:
        found = Entry(
            file=file,
            rule=fields.text("rule"),
            place=fields.text("place"),
            fingerprint=fields.text("fingerprint"),
            message=fields.text("message", ""),
            count=fields.number("count", 1),
        )
        if found.count < 1:
            fields.fault("count", f"expected 1 or more, found {found.count}")
        return found

    try:
        return read({file: files[file]}, lambda fields: fields.each(file, entry, required=False))
    except LoadError as error:
        raise error.under("files") from error
