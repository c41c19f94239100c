"""How often each rule spoke, and which files could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from linter.formats.quote import printable
from linter.model.finding import Result


def write(results: Collection[Result], language: str) -> str:  # noqa: ARG001 -- ids and numbers
    """A line a rule, the most frequent first: count, id, name, severity; then the files that could not be read."""
    counts: Counter[tuple[str, str, str]] = Counter()
    unread = []
    for result in results:
        counts.update((finding.rule, finding.name, finding.severity.value) for finding in result.findings)
        if result.error is not None:
            unread.append(printable(f"{result.path}: {result.error}"))
    lines = [
        f"{count:>6}  {rule}  {name}  {severity}"
        for (rule, name, severity), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    return "".join(f"{line}\n" for line in (*lines, *unread))
