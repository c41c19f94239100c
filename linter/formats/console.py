"""The answer for a person at a terminal: what is wrong, where, with both numbers, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from linter.formats.places import address
from linter.formats.quote import printable
from linter.formats.sheet import Sheet, title, unreadable
from linter.formats.styled import Line, plain
from linter.formats.totals import Totals, checked, found
from linter.model.finding import Result
from linter.words import Catalogue, words

NARROWEST = 40


def write(
    results: Iterable[Result],
    language: str,
    *,
    color: bool = False,
    width: int = 100,
    verbose: bool = False,
    quiet: bool = False,
) -> str:
    """What was found, file by file, and one closing line.

    `verbose` lists every open question and every suppressed finding; `quiet` gives one line a finding.
    """
    say = words(language)
    counts = Totals()
    lines: list[Line] = []
    for result in results:
        counts.add(result)
        sheet = Sheet(result, say, max(width, NARROWEST), verbose=verbose)
        lines += _brief(result, say) if quiet else sheet.lines()
    lines += _closing(counts, say)
    return _painted(lines) if color else "".join(f"{plain(line)}\n" for line in lines)


def _painted(lines: Iterable[Line]) -> str:
    from rich.console import Console  # noqa: PLC0415 - costs 50 ms, and only colours need it
    from rich.text import Text  # noqa: PLC0415

    console = Console(force_terminal=True, color_system="standard", no_color=False, highlight=False)
    with console.capture() as capture:
        for line in lines:
            console.print(Text.assemble(*line), soft_wrap=True)
    return capture.get()


def _brief(result: Result, say: Catalogue) -> Iterator[Line]:
    if result.error is not None:
        yield [(f"{printable(result.path)}: ", ""), *unreadable(result, say)]
    for finding in result.findings:
        where = printable(address(result, finding.place, say))
        yield [(f"{where}: ", ""), *title(finding, say), (f"{printable(finding.message)} {finding.name}", "")]


def _closing(counts: Totals, say: Catalogue) -> Iterator[Line]:
    style = "bold red" if counts.errors or counts.unreadable else "bold yellow" if counts.warnings else "bold green"
    yield [(found(counts, say), style), (say("report.clause"), ""), (checked(counts, say), "")]
