"""``gouji check --statistics``: how often each rule spoke."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from linter.model.finding import Result


def statistics(results: Iterable[Result]) -> str:
    """A line a rule, the most frequent first: count, id, name, severity."""
    counts = Counter(
        (finding.rule, finding.name, finding.severity.value) for result in results for finding in result.findings
    )
    lines = [
        f"{count:>6}  {rule}  {name}  {severity}"
        for (rule, name, severity), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    return "\n".join(lines)
