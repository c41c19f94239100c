"""``gouji check``: drafts in, findings out, and an exit status: 0 clean, 1 findings, 2 a file or usage failed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from linter import formats
from linter.cli.output import save, show
from linter.cli.texts import stop
from linter.files import expand
from linter.model.finding import Result, Severity
from linter.model.report import AgencyKind
from linter.options import Options, unknown_names
from linter.words import LANGUAGES, Catalogue

_INTO_DRAFT = {"docx": ".docx", "pdf": ".pdf"}
"""Formats that write a copy of the draft itself, and the drafts they take."""
_LEVELS = ("error", "warning", "note", "never")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was typed; None where nothing was, so that the configuration decides."""

    paths: tuple[str, ...]
    formats: tuple[str, ...]
    output: Path | None
    force: bool
    select: tuple[str, ...] | None
    ignore: tuple[str, ...] | None
    severity: tuple[str, ...]
    fail_on: str | None
    edition: str | None
    year: int | None
    agency_kind: str | None
    previous: Path | None
    members: Path | None
    baseline: Path | None
    write_baseline: Path | None
    language: str | None
    jobs: int
    cache: bool
    quiet: bool
    verbose: bool
    strict: bool | None
    stdin_name: str
    config: Path | None
    use_config: bool
    show_config: bool
    statistics: bool
    watch: bool
    color: str


@dataclass(frozen=True, slots=True)
class Target:
    """One output: a format and the file it goes to, None for the terminal."""

    format: str
    path: Path | None


def check(request: Request, say: Catalogue) -> int:
    """Checks the drafts and writes the answers; the exit status."""
    targets = _targets(request, say)
    options = _options(request, say)
    paths = expand(request.paths)
    if not paths:
        stop(say("usage.no-files", paths=" ".join(request.paths)))
    results = list(_results(paths, options, request))
    for target in targets:
        _write(target, results, options.language, request, say)
    return status(results, request.fail_on or "error", strict=bool(request.strict))


def status(results: Iterable[Result], fail_on: str, *, strict: bool) -> int:
    """2 where a file could not be read, 1 for findings from `fail_on` on (or, if `strict`, an unchecked relation)."""
    results = tuple(results)
    if any(result.error is not None for result in results):
        return 2
    limit = Severity(fail_on).rank if fail_on != "never" else 4
    if any(result.worst() >= limit for result in results):
        return 1
    return 1 if strict and any(result.relations("unchecked") for result in results) else 0


def _targets(request: Request, say: Catalogue) -> list[Target]:
    targets = [
        Target(name, Path(path) if path else None)
        for name, _, path in (text.partition("=") for text in request.formats)
    ]
    if request.output is not None:
        if len(targets) > 1:
            stop(say("usage.one-output"))
        targets = [Target(targets[0].format, request.output)]
    for target in targets:
        if target.format not in _INTO_DRAFT:
            try:
                formats.find(target.format)
            except formats.UnknownFormat as error:
                stop(
                    say(
                        "usage.unknown-choice",
                        option="--format",
                        choices=", ".join([*error.known, *_INTO_DRAFT]),
                        value=error.name,
                    )
                )
        elif target.path is None:
            stop(say("usage.needs-output", format=target.format))
        if target.path is not None and target.path.exists() and not request.force:
            stop(say("usage.exists", path=target.path))
    return targets


def _options(request: Request, say: Catalogue) -> Options:
    _among("--lang", request.language, LANGUAGES, say)
    _among("--fail-on", request.fail_on, _LEVELS, say)
    _among("--agency-kind", request.agency_kind, [kind.value for kind in AgencyKind], say)
    _among("--color", request.color, ("auto", "always", "never"), say)
    options = Options(
        edition=request.edition or "auto",
        year=request.year,
        agency_kind=AgencyKind(request.agency_kind) if request.agency_kind else None,
        language=request.language or say.language,
        select=request.select or (),
        ignore=request.ignore or (),
        severity=dict(_grade(text, say) for text in request.severity),
    )
    _known(options, say)
    return options


def _among(option: str, value: str | None, choices: Sequence[str], say: Catalogue) -> None:
    if value is not None and value not in choices:
        stop(say("usage.unknown-choice", option=option, choices=", ".join(choices), value=value))


def _grade(text: str, say: Catalogue) -> tuple[str, str]:
    rule, _, level = text.partition("=")
    if level not in ("error", "warning", "note", "off"):
        stop(say("usage.severity-form", value=text))
    return rule, level


def _known(options: Options, say: Catalogue) -> None:
    """Names that no rule bears are mistakes, not silence."""
    from linter.editions import load_editions  # noqa: PLC0415 -- loaded once for the run anyway
    from linter.packs import load_rules  # noqa: PLC0415 -- loaded once for the run anyway

    rules = load_rules(options.rules)
    wrong = unknown_names([*options.select, *options.ignore, *options.severity], rules)
    if wrong:
        from difflib import get_close_matches  # noqa: PLC0415 -- only for a mistake

        close = get_close_matches(wrong[0], [text for rule in rules for text in (rule.id, rule.name)], 1)
        stop(say("usage.unknown-rule", name=wrong[0], nearest=say("usage.nearest", name=close[0]) if close else ""))
    _among("--edition", options.edition, ["auto", *(edition.id for edition in load_editions(options.editions))], say)


def _results(paths: Sequence[str], options: Options, request: Request) -> Iterable[Result]:
    from linter.library import check as check_one  # noqa: PLC0415 -- brings in the readers

    if request.previous or request.members or "-" in paths:
        members = [Path(path) for path in expand([str(request.members)])] if request.members else []
        for path in paths:
            source = sys.stdin.buffer.read() if path == "-" else path
            name = request.stdin_name if path == "-" else path
            yield check_one(source, name=name, options=options, previous=request.previous, members=members)
        return
    from linter.run import run  # noqa: PLC0415 -- as above

    yield from run(paths, options, jobs=request.jobs)


def _write(target: Target, results: Sequence[Result], language: str, request: Request, say: Catalogue) -> None:
    if target.format in _INTO_DRAFT:
        _annotate(target, results, language, request, say)
    elif target.format == "console":
        from linter.formats import console  # noqa: PLC0415 -- only where asked for

        terminal = target.path is None and sys.stdout.isatty()
        color = request.color == "always" or (request.color == "auto" and terminal)
        text = console.write(
            results, language, color=color, width=_width(), verbose=request.verbose, quiet=request.quiet
        )
        _put(text, target.path, request, say)
    else:
        _put(formats.find(target.format)(results, language), target.path, request, say)


def _put(text: str, path: Path | None, request: Request, say: Catalogue) -> None:
    if path is None:
        show(text)
    else:
        save(path, text.encode("utf-8", "surrogateescape"), say, force=request.force)


def _width() -> int:
    from shutil import get_terminal_size  # noqa: PLC0415 -- only for the console

    return max(60, min(get_terminal_size((100, 24)).columns, 120))


def _annotate(target: Target, results: Sequence[Result], language: str, request: Request, say: Catalogue) -> None:
    """A copy of the draft with the findings in it."""
    if len(results) != 1 or target.path is None:
        stop(say("usage.one-file", format=target.format))
    result = results[0]
    if result.report is None:
        return
    if result.report.document.format != target.format:
        stop(say("usage.wrong-kind", format=target.format))
    source = Path(result.path).read_bytes()
    if target.format == "docx":
        from linter.formats.word_comments import write_docx  # noqa: PLC0415 -- only where asked for

        content = write_docx(result, source, language)
    else:
        from linter.formats.pdf_notes import write_pdf  # noqa: PLC0415 -- only where asked for

        content = write_pdf(result, source, language)
    save(target.path, content, say, force=request.force)
