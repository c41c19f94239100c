"""Suppressions applied to a result.

A suppression names rules and a place by meaning, never a line. It hides the findings of these rules in that place and
no others; an open question it never hides. Without a reason, or past its last day, it hides nothing. What is wrong
with a suppression is a finding itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace

from linter.findings import in_order
from linter.model.finding import Finding, Result, Rule
from linter.options import Options
from linter.waivers.complaints import EXPIRED, Complaints
from linter.waivers.directives import Directive, directives
from linter.waivers.reach import DirectiveReach, EntryReach, expired
from linter.waivers.side_file import Suppressions


def apply(
    result: Result, suppressions: Suppressions, options: Options, known: Iterable[Rule], today: datetime.date
) -> Result:
    """The result with what is suppressed moved to `Result.suppressed`, each finding with the reason.

    `known`: all rules there are, so that a misspelt one is told from one that did not run. Among the findings stand
    those about the draft's directives and about expired entries; unused entries show over a run: `complaints.unused`.
    """
    report = result.report
    if report is None:
        return result
    said = directives(report.document)
    told = DirectiveReach((item for item in said if item.reason and not expired(item, today)), report)
    entries = [EntryReach(entry, report.document) for entry in suppressions.of(result.path)]
    current = [reach for reach in entries if not expired(reach.entry, today)]
    kept: list[Finding] = []
    gone: list[Finding] = []
    used: set[tuple[Directive, str]] = set()
    for finding in result.findings:
        by = told.over(finding)
        used.update(by)
        reasons = [item.reason for item, _ in by] + [reach.entry.reason for reach in current if reach.covers(finding)]
        if reasons:
            gone.append(replace(finding, suppressed=reasons[0]))
        else:
            kept.append(finding)
    complaints = Complaints(result, options)
    wrong = [
        *(finding for item in said for finding in complaints.of_directive(item, used, tuple(known), today)),
        *(
            finding
            for reach in entries
            if reach not in current
            for again in kept
            if reach.covers(again)
            for finding in complaints.of_entry(EXPIRED, reach.entry, suppressions.file.name, again.place)
        ),
    ]
    return replace(
        result,
        findings=in_order((*kept, *wrong)),
        suppressed=(*result.suppressed, *gone),
        rules=(*result.rules, *complaints.rules.values()),
    )
