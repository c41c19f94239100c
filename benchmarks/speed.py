"""Speed, as ratios measured in pairs: ``python benchmarks/speed.py [--rounds N] [--files N] [--only PART]``.

docs/performance.md keeps the figures and says what they mean. Times are processor time, except where processes run side
by side; drafts are the honest reports of the fault benchmark.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from _measure import Cost, calls, machine, memory, milliseconds, process, processes, ratio  # noqa: E402 -- once the paths are set
from synthesis import EDITIONS, KINDS, Format, honest  # noqa: E402 -- as above

_GOUJI = ["-c", "import sys; sys.argv[0] = 'gouji'; from linter.__main__ import main; main()", "check"]
"""What the installed script does."""
_TEXT_BYTES = 14_000

Row = tuple[str, str, str, str]
"""What is measured, its figure, what it is held against, the ratio with its aim."""


class Bench:
    """A folder to work in, with a cache of its own, and the drafts."""

    def __init__(self, folder: Path, rounds: int, files: int) -> None:
        self.folder = folder
        self.rounds = rounds
        self.files = files
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
            "PYTHONPATH": str(ROOT),
            "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
            "GOUJI_CACHE": str(folder / "cache"),
        }
        self._numbers = count()

    def draft(self, style: Format, seed: int = 0) -> Path:
        """An honest report of the present edition as a file."""
        made = honest(seed, edition=EDITIONS[seed % 3 - 1], kind=KINDS[seed % len(KINDS)], format=style)
        path = self.folder / f"{seed}-{made.name}"
        path.write_bytes(made.data)
        return path

    def text(self) -> Path:
        """The honest text that is most nearly as long as a real one."""
        texts = [self.draft("tabs", seed) for seed in range(60)]
        return min(texts, key=lambda path: abs(path.stat().st_size - _TEXT_BYTES))

    def unseen(self, path: Path) -> Path:
        """The draft in a version that no run has met."""
        copy = self.folder / f"unseen-{next(self._numbers)}{path.suffix}"
        copy.write_bytes(path.read_bytes() + b"\n" * next(self._numbers))
        return copy

    def python(self, *arguments: str) -> list[str]:
        return [sys.executable, *arguments]

    def gouji(self, *arguments: str) -> list[str]:
        return self.python(*_GOUJI, *arguments)


def start(bench: Bench) -> Iterator[Row]:
    """Whole processes on one draft."""
    text = bench.text()
    commands: dict[str, Sequence[str] | Callable[[], Sequence[str]]] = {
        "interpreter": bench.python("-c", "pass"),
        "imports": bench.python("-c", "import typer, lark"),
        "unchanged": bench.gouji(str(text)),
        "unseen": lambda: bench.gouji(str(bench.unseen(text))),
        "first": lambda: [*_fresh_cache(bench), *bench.gouji(str(text))],
    }
    costs = processes(commands, bench.rounds, bench.environment)
    for name, what in (
        ("unchanged", "gouji check, a draft it has seen"),
        ("unseen", "gouji check, a draft it has not seen"),
        ("first", "gouji check, the first run ever"),
    ):
        told = f"{milliseconds(costs, name):.0f} ms, {memory(costs, name):.0f} MB"
        base = f"the interpreter, {milliseconds(costs, 'interpreter'):.0f} ms"
        yield what, told, base, f"{ratio(costs, name, 'interpreter'):.1f}"
        base = f"import typer, lark, {milliseconds(costs, 'imports'):.0f} ms"
        yield "", "", base, f"{ratio(costs, name, 'imports'):.2f} (aim 1.3)"


def _fresh_cache(bench: Bench) -> list[str]:
    """What makes a command run with an empty cache."""
    return ["env", f"GOUJI_CACHE={bench.folder / 'fresh'}-{next(bench._numbers)}"]  # noqa: SLF001 -- this module's own


def warm(bench: Bench) -> Iterator[Row]:
    """A check in a process that is already running, whole and by stage."""
    text = bench.text()
    data, name = text.read_bytes(), str(text)
    stages = _stages(data, name)
    costs = calls(stages, bench.rounds * 4)
    base = processes(
        {"bare": bench.python("-c", "pass"), "lark": bench.python("-c", "import lark")}, bench.rounds, bench.environment
    )
    lark = milliseconds(base, "lark") - milliseconds(base, "bare")
    whole = milliseconds(costs, "check")
    size = f"{len(data) / 1000:.0f} KB of text"
    yield f"check, {size}", f"{whole:.1f} ms", f"import lark, {lark:.0f} ms", f"{whole / lark:.2f} (aim 0.1)"
    for stage in list(stages)[1:]:
        yield (
            f"  {stage}",
            f"{milliseconds(costs, stage):.2f} ms",
            "the whole check",
            f"{ratio(costs, stage, 'check'):.0%}",
        )


def _stages(data: bytes, name: str) -> dict[str, Callable[[], object]]:
    """The whole check first, then its parts, each on what the ones before it made."""
    from linter import check  # noqa: PLC0415 -- measured, so imported where it is measured
    from linter.editions import load_editions  # noqa: PLC0415 -- as above
    from linter.formats import console, json_answer  # noqa: PLC0415 -- as above
    from linter.library import judge, read_report  # noqa: PLC0415 -- as above
    from linter.options import Options  # noqa: PLC0415 -- as above
    from linter.packs import load_rules  # noqa: PLC0415 -- as above
    from linter.parsing.outline import outline  # noqa: PLC0415 -- as above
    from linter.readers import read  # noqa: PLC0415 -- as above
    from linter.recognise import recognise  # noqa: PLC0415 -- as above
    from linter.store.packing import Packing  # noqa: PLC0415 -- as above
    from linter.sums.cause import diagnose  # noqa: PLC0415 -- as above
    from linter.sums.relations import relations  # noqa: PLC0415 -- as above
    from linter.text.dates import dates, periods  # noqa: PLC0415 -- as above
    from linter.text.quantities import _read, quantities  # noqa: PLC0415 -- as above

    options, editions = Options(), load_editions()
    document = read(data, name)
    report = read_report(data, name)
    result = judge(lambda: report, name, options)
    rules = [rule for rule in load_rules() if report.edition.id in rule.editions]
    kinds: dict[str, list[Any]] = {}
    for rule in rules:
        kinds.setdefault(rule.kind, []).append(rule.check)

    def all_quantities() -> object:
        _read.cache_clear()  # as in a process that has not met this draft
        return quantities(report.prose)

    packing = Packing(editions)
    return {
        "check": lambda: check(data, name=name),
        "reader": lambda: read(data, name),
        "recognition, all of it": lambda: recognise(document, editions),
        "  lines and outline": lambda: outline(document),
        "  dates": lambda: [list(dates(passage)) for passage in report.outline.passages()],
        "  periods": lambda: [list(periods(passage)) for passage in report.prose],
        "  quantities": all_quantities,
        "  relations": lambda: relations(report),
        "engine and checks": lambda: judge(lambda: report, name, options),
        **{f"  {kind}": partial(_facts, checks, report) for kind, checks in sorted(kinds.items())},
        "  cause": lambda: [diagnose(form.spec, report.relations) for form in report.forms.values()],
        "console": lambda: console.write([result], "zh", color=False, width=100),
        "json": lambda: json_answer.write([result], "zh"),
        "packing": lambda: packing.pack(_without_rules(result)),
        "unpacking": partial(_unpacked, packing, packing.pack(_without_rules(result))),
    }


def _facts(checks: Sequence[Callable[[Any], Iterator[object]]], report: object) -> list[object]:
    return [fact for check in checks for fact in check(report)]


def _without_rules(result: Any) -> Any:
    from dataclasses import replace  # noqa: PLC0415 -- as in `_stages`

    return replace(result, rules=())


def _unpacked(packing: Any, packed: bytes) -> object:
    from linter.model.finding import Result  # noqa: PLC0415 -- as in `_stages`

    return packing.unpack(packed, Result)


def length(bench: Bench) -> Iterator[Row]:
    """A report fifty times as long."""
    from linter import check  # noqa: PLC0415 -- as in `_stages`

    once = bench.text().read_text("utf-8")
    title, body = once.split("\n", 1)
    draft, long = once.encode(), (title + "\n" + "\n".join([body] * 50)).encode()
    costs = calls(
        {"1": partial(check, draft, name="a.txt"), "50": partial(check, long, name="a.txt")}, bench.rounds // 2
    )
    told = f"{milliseconds(costs, '50'):.0f} ms"
    yield (
        "a text 50 times as long",
        told,
        f"the text, {milliseconds(costs, '1'):.1f} ms",
        f"{ratio(costs, '50', '1'):.0f} (aim 60)",
    )


def formats(bench: Bench) -> Iterator[Row]:
    """Word and PDF against the libraries that others read them with."""
    from linter import check  # noqa: PLC0415 -- as in `_stages`
    from linter.readers import read  # noqa: PLC0415 -- as in `_stages`

    word = bench.draft("docx")
    data = word.read_bytes()
    functions: dict[str, Callable[[], object]] = {"read": partial(read, data, word.name), "check": partial(check, word)}
    if importlib.util.find_spec("docx"):
        functions |= {"opened": lambda: _opened(word), "cells": lambda: _cells(word)}
        costs = calls(functions, bench.rounds)
        for other, what, aim in (("opened", "opening it", " (aim 1)"), ("cells", "and every cell's text", "")):
            base = f"python-docx {what}, {milliseconds(costs, other):.1f} ms"
            yield "Word, read", f"{milliseconds(costs, 'read'):.1f} ms", base, f"{ratio(costs, 'read', other):.2f}{aim}"
            yield "Word, checked", f"{milliseconds(costs, 'check'):.1f} ms", base, f"{ratio(costs, 'check', other):.2f}"
    printed = _pdf(bench, word)
    if printed is None:
        return
    import pypdfium2  # noqa: PLC0415 -- only where it is installed

    def extract() -> None:
        with pypdfium2.PdfDocument(printed) as pdf:
            for page in pdf:
                page.get_textpage().get_text_range()

    with pypdfium2.PdfDocument(printed) as pdf:
        pages = len(pdf)
    content = printed.read_bytes()
    costs = calls(
        {"read": partial(read, content, printed.name), "check": partial(check, printed), "text": extract}, bench.rounds
    )
    base = f"pdfium's text, {milliseconds(costs, 'text') / pages:.2f} ms"
    for name, what, aim in (("read", "PDF, read, a page", " (aim 3)"), ("check", "PDF, checked, a page", "")):
        yield what, f"{milliseconds(costs, name) / pages:.1f} ms", base, f"{ratio(costs, name, 'text'):.1f}{aim}"


def _opened(word: Path) -> Any:
    import docx  # noqa: PLC0415 -- only where it is installed

    return docx.Document(str(word))


def _cells(word: Path) -> object:
    document = _opened(word)
    prose = [paragraph.text for paragraph in document.paragraphs]
    return prose, [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def _pdf(bench: Bench, word: Path) -> Path | None:
    """The Word file printed by LibreOffice; None: it or pypdfium2 is not installed."""
    office = shutil.which("soffice")
    if office is None or importlib.util.find_spec("pypdfium2") is None:
        return None
    profile = f"-env:UserInstallation=file://{bench.folder}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(bench.folder), str(word)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 -- our own file
    return word.with_suffix(".pdf")


def many(bench: Bench) -> Iterator[Row]:
    """Many drafts: several processes, memory, and a second run."""
    cores = os.cpu_count() or 1
    paths = [
        _copied(bench, bench.draft("docx", seed), number) for number in range(bench.files // 20) for seed in range(20)
    ]
    rounds = max(bench.rounds // 5, 1)
    one = [_run(bench, paths, 1, cached=False) for _ in range(rounds)]
    all_ = [_run(bench, paths, cores, cached=False) for _ in range(rounds)]
    wall = median(a.wall for a in one), median(a.wall for a in all_)
    told = f"{len(paths)} Word files, {cores} processes"
    gained = wall[0] / wall[1] / cores
    yield told, f"{wall[1]:.1f} s", f"one process, {wall[0]:.1f} s", f"{gained:.0%} of the cores (aim 85%)"
    apart = [_apart(bench, paths, cores) for _ in range(rounds)]
    share = median(apart) / wall[1]
    yield "", "", f"as many separate runs, {median(apart):.1f} s", f"{share:.0%}"
    few = _run(bench, paths[: len(paths) // 10], cores, cached=False)
    yield (
        "  memory of its largest process",
        f"{median(a.memory for a in all_):.0f} MB",
        f"a tenth of the files, {few.memory:.0f} MB",
        f"{median(a.memory for a in all_) / few.memory:.2f}",
    )
    printed = _pdf(bench, bench.draft("docx"))
    kinds = {"Word": paths[:200], "PDF": [_copied(bench, printed, number) for number in range(40)] if printed else []}
    for name, chosen in kinds.items():
        if chosen:
            first, second = (_run(bench, chosen, 1, cached=True) for _ in range(2))
            per = first.cpu / len(chosen) * 1000, second.cpu / len(chosen) * 1000
            yield (
                f"{name}, second run, a file",
                f"{per[1]:.2f} ms",
                f"the first, {per[0]:.1f} ms",
                f"1/{per[0] / per[1]:.0f} (aim 1/20)",
            )


def _apart(bench: Bench, paths: Sequence[str], cores: int) -> float:
    """How long separate runs on equal shares take side by side: what this machine's cores give at best."""
    with ThreadPoolExecutor(cores) as pool:
        shares = [pool.submit(_run, bench, paths[number::cores], 1, cached=False) for number in range(cores)]
        return max(share.result().wall for share in shares)


def _copied(bench: Bench, path: Path, number: int) -> str:
    copy = bench.folder / "many" / f"{number}-{path.name}"
    copy.parent.mkdir(exist_ok=True)
    shutil.copy(path, copy)
    return str(copy)


def _run(bench: Bench, paths: Sequence[str], jobs: int, *, cached: bool) -> Cost:
    """The command over the paths, from its start to its last line."""
    kept = () if cached else ("--no-cache",)
    return process(bench.gouji("--quiet", "--jobs", str(jobs), *kept, *paths), bench.environment)


def others(bench: Bench) -> Iterator[Row]:
    """Whole processes of other linters on a hundred files of the same size."""
    texts = [bench.draft("markdown", seed) for seed in range(100)]
    size = sum(path.stat().st_size for path in texts)
    commands: dict[str, Sequence[str]] = {"gouji": bench.gouji("--no-cache", *map(str, texts))}
    if found := shutil.which("autocorrect"):
        commands["autocorrect"] = [found, "--lint", *map(str, texts)]
    if found := shutil.which("zhlint"):
        commands["zhlint"] = ["env", "-C", str(bench.folder), found, "*.md"]  # one pattern, below where it runs
    if found := shutil.which("textlint"):
        commands["textlint"] = [found, "--rule", "no-todo", *map(str, texts)]
    if found := shutil.which("ruff") or shutil.which("ruff", path=str(Path(sys.executable).parent)):
        code = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "linter").rglob("*.py"))).encode()
        folder = bench.folder / "python"
        folder.mkdir(exist_ok=True)
        each = size // len(texts)
        for number in range(len(texts)):
            at = number * each % max(len(code) - each, 1)
            (folder / f"{number}.py").write_bytes(b"# coding: latin-1\n" + code[at : at + each])
        commands["ruff, on Python"] = [
            found,
            "check",
            "--isolated",
            "--no-cache",
            "--select",
            "ALL",
            "--exit-zero",
            str(folder),
        ]
    costs = processes(commands, max(bench.rounds // 5, 1), bench.environment)
    for name in commands:
        told = f"{median(cost.wall for cost in costs[name]):.2f} s, {memory(costs, name):.0f} MB"
        yield f"{name}: {len(texts)} files, {size / 1e6:.1f} MB", told, "gouji", f"{ratio(costs, name, 'gouji'):.2f}"


PARTS: Mapping[str, Callable[[Bench], Iterator[Row]]] = {
    "start": start,
    "warm": warm,
    "length": length,
    "formats": formats,
    "many": many,
    "others": others,
}


def main(rounds: int = 15, files: int = 400, only: str = "") -> None:
    """Measure and print."""
    console = Console()
    console.print(machine())
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GOUJI_CACHE"] = str(Path(folder, "own"))
        bench = Bench(Path(folder), rounds, files)
        for name, part in PARTS.items():
            if only in ("", name):
                table = Table("what", "figure", "held against", "ratio", title=part.__doc__, title_justify="left")
                for row in part(bench):
                    table.add_row(*row)
                console.print(table)


if __name__ == "__main__":
    typer.run(main)
