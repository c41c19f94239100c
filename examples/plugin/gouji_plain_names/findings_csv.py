"""Format ``csv``: a line for each finding, for a spreadsheet. A file that could not be read has a line of its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from linter.model.finding import Finding, Result

HEADS = {
    "zh": ("文件", "规则", "名称", "级别", "位置", "行", "页", "问题", "怎么改"),
    "en": ("file", "rule", "name", "severity", "place", "line", "page", "message", "help"),
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula (OWASP, CSV injection)."""


def write(results: Sequence[Result], language: str) -> str:
    """The table; its first character is the byte order mark by which Excel knows UTF-8."""
    stream = io.StringIO()
    table = csv.writer(stream)
    table.writerow(HEADS[language])
    for result in results:
        table.writerows([_harmless(text) for text in row] for row in _rows(result))
    return "\ufeff" + stream.getvalue()


def _rows(result: Result) -> Iterator[tuple[str, ...]]:
    if result.error is not None:
        yield (result.path, "", "", "error", "", "", "", result.error, "")
    for finding in result.findings:
        line, page = _spot(result, finding)
        yield (
            result.path, finding.rule, finding.name, finding.severity.value, " › ".join(finding.place.labels),
            line, page, finding.message, finding.help,
        )  # fmt: skip


def _spot(result: Result, finding: Finding) -> tuple[str, str]:
    """Line and page of the finding; "" where the file has none, or the thing is absent."""
    span = finding.place.span
    if span is None or result.report is None:
        return "", ""
    origin = result.report.document.origin(span.start)
    return str(origin.line or ""), str(origin.page or "")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
