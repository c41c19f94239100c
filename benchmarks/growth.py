"""How work grows with length on texts made to be slow: ``python benchmarks/growth.py``.

Ten times the text should take about ten times as long; quadratic work takes a hundred times. Prints what exceeds
`ALLOWED`, and the largest ratio of each stage. Ratios of processor times in one run, each the least of three.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from linter.editions import load_editions  # noqa: E402 -- found only once the path is set
from linter.model.document import Unreadable  # noqa: E402 -- as above
from linter.packs import load_rules  # noqa: E402 -- as above
from linter.readers import read  # noqa: E402 -- as above
from linter.recognise import recognise  # noqa: E402 -- as above

ALLOWED = 25.0
SMALL, TIMES = 20_000, 10
"""Characters of the short text, and how many times longer the long one is."""
_NOISE = 0.002
"""Seconds below which a measurement says nothing."""

TITLE = "青禾市水务局2023年政府信息公开工作年度报告\n"
UNITS = {
    "html": [
        "<a ", '<a "', "<!--", "<a b='", "</", "<", "<![", "<?", "<div>", "<table><tr><td>", "&", "<p a=", "<b> </b>",
        "</p>", "<i></div>", "<td rowspan=9 colspan=9>", "<script>", "<ol><li>",
    ],
    "md": [
        "*", "**a", "[", "](", "<a ", "<!--", "> ", "`a``b", "|", "&a", "|-", "# ", "\\", '](x "', " _a", "a\tb\n",
    ],
    "txt": [
        "1、", "一百万", "1,000,", "约", "1至", "百分之", "12件", "一是，", "九是，", "一是，三是，", "（三）工作\n\n",
        "（“《发布的XX", "发布发布，", "XX件", "《<", "”", "一一", "统计期限自", "2023年1月1日至", "其中", "占3%，",
        "申请3件，", "一、概述\n", "a\tb\n", "规章\t0\t0\t0\n", "一、本年新收政府信息公开申请数量 1 2\n", "无 0\n",
        "2.重复申请\t1\t0\t0\t0\t0\t0\t1\n", "（一）收到申请数\t件\t1\n", "申请人无正当理由补正、行政\n",
        "申请人情况\t统计指标\n申请人情况\n", "复议\t", "云川县", "1 ", "…", "（",
    ],
}  # fmt: skip


def seconds(work: Callable[[], object]) -> float:
    """The least processor time of three tries; a refusal is an answer."""
    tries = []
    for _ in range(3):
        start = time.process_time()
        with suppress(Unreadable):
            work()
        tries.append(time.process_time() - start)
    return min(tries)


def stages(suffix: str, unit: str) -> Iterator[tuple[str, float]]:
    """The ratio of every stage that takes longer than noise."""
    times: list[dict[str, float]] = []
    for length in (SMALL, SMALL * TIMES):
        data = (TITLE + unit * (length // len(unit))).encode()
        name = f"draft.{suffix}"
        measured = {"read": seconds(lambda data=data, name=name: read(data, name))}
        with suppress(Unreadable):
            document = read(data, name)
            measured["recognise"] = seconds(
                lambda document=document: recognise(document, load_editions(), edition="2021")
            )
            report = recognise(document, load_editions(), edition="2021")
            for rule in load_rules():
                measured[rule.id] = seconds(lambda rule=rule, report=report: list(rule.check(report)))
        times.append(measured)
    short, long = times
    for stage, spent in long.items():
        if spent > _NOISE * TIMES:
            yield stage, spent / max(short.get(stage, 0.0), _NOISE)


def main() -> None:
    """Measure and print; ends with status 1 where something grows faster than allowed."""
    worst: dict[str, tuple[float, str]] = {}
    for suffix, units in UNITS.items():
        for unit in units:
            for stage, ratio in stages(suffix, unit):
                worst[stage] = max(worst.get(stage, (0.0, "")), (ratio, f".{suffix} {unit!r}"))
    table = Table("stage", "ratio", "text", title=f"{TIMES} times the length takes … times as long")
    for stage, (ratio, text) in sorted(worst.items(), key=lambda item: -item[1][0]):
        table.add_row(stage, f"{ratio:.1f}", text.replace("[", "\\["), style="red" if ratio > ALLOWED else "")
    Console().print(table)
    sys.exit(any(ratio > ALLOWED for ratio, _ in worst.values()))


if __name__ == "__main__":
    main()
