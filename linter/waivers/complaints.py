"""What is wrong with suppressions, as findings of rules of its own (``rules/suppression/rules.toml``)."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache

from linter.findings import worded
from linter.loading import file_text
from linter.model.finding import Finding, Problem, Result, Rule, Value
from linter.model.report import Place
from linter.options import Options, chosen
from linter.packs import load_unbound
from linter.resources import folder
from linter.waivers.directives import Directive
from linter.waivers.judged import judged
from linter.waivers.reach import EntryReach, expired
from linter.waivers.side_file import Entry, Suppressions
from linter.words import words

UNJUSTIFIED, UNUSED, EXPIRED = "X01", "X02", "X03"
_RULES = "suppression/rules.toml"


@cache
def rules() -> tuple[Rule, ...]:
    """The rules about suppressions. They judge what is done to a result, so no check of a report belongs to them."""
    return load_unbound(file_text(folder("rules") / _RULES), _RULES)


class Complaints:
    """Findings about suppressions in one draft; none of a rule that the options take out."""

    def __init__(self, result: Result, options: Options) -> None:
        self.rules = {rule.id: rule for rule in chosen(rules(), options)}
        self._result = result
        self._say = words(options.language)

    def of_directive(
        self, item: Directive, used: Collection[tuple[Directive, str]], known: Sequence[Rule], today: datetime.date
    ) -> Iterator[Finding]:
        """What is wrong with a directive. `used`: the directives that hid something, each with the rule it hid."""
        place = Place("directive", (), item.span)
        told: dict[str, Value] = {"told": item.told, "rules": ", ".join(item.rules)}
        if not item.rules:
            yield from self._finding(UNUSED, "unreadable", place, told)
        elif not item.reason:
            yield from self._finding(UNJUSTIFIED, "", place, told)
        elif item.until is not None and expired(item, today):
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

    def of_entry(self, rule: str, entry: Entry, file: str, place: Place) -> Iterator[Finding]:
        """That the entry of the side file `file` is unused or expired, as `rule` says, at `place`."""
        until = entry.until.isoformat() if entry.until else None
        values: dict[str, Value] = {"file": file, "number": entry.number, "rule": entry.rule, "until": until}
        yield from self._finding(rule, "entry", place, values)

    def _finding(self, rule_id: str, variant: str, place: Place, values: Mapping[str, Value]) -> Iterator[Finding]:
        rule, report = self.rules.get(rule_id), self._result.report
        if rule is not None and report is not None:
            yield worded(rule, Problem(place, values, variant=variant), report, self._say)


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
            added[draft.path] += Complaints(draft, options).of_entry(UNUSED, entry, suppressions.file.name, place)
    return added


def _serves(entry: Entry, draft: Result) -> bool:
    """Whether the entry hides (or did, before it expired) a finding of the draft, or might: its rule is undecided."""
    if draft.report is None or not judged(draft, entry.rule):
        return True
    reach = EntryReach(entry, draft.report.document)
    return any(reach.covers(finding) for finding in (*draft.findings, *draft.suppressed))
