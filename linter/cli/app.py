"""The command ``gouji``: options in, exit status out. What a command does stands in the module of its name."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from linter.cli.texts import Usage, language, texts
from linter.loading import LoadError
from linter.version import __version__

LANGUAGE = language(sys.argv[1:])
_say = texts(LANGUAGE)

app = typer.Typer(
    name="gouji",
    help=_say("help.gouji"),
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

Language = Annotated[str, typer.Option("--lang", help=_say("help.lang"))]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gouji {__version__}")
        raise typer.Exit


@app.callback()
def _gouji(
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help=_say("help.version"))
    ] = False,
) -> None:
    pass


@app.command("check", help=_say("help.check"))
def _check(
    paths: Annotated[list[str] | None, typer.Argument(help=_say("help.paths"), show_default=False)] = None,
    formats: Annotated[list[str] | None, typer.Option("--format", "-f", help=_say("help.format"))] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help=_say("help.output"))] = None,
    force: Annotated[bool, typer.Option("--force", help=_say("help.force"))] = False,
    select: Annotated[list[str] | None, typer.Option("--select", help=_say("help.select"))] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", help=_say("help.ignore"))] = None,
    severity: Annotated[list[str] | None, typer.Option("--severity", help=_say("help.severity"))] = None,
    fail_on: Annotated[str | None, typer.Option("--fail-on", help=_say("help.fail-on"))] = None,
    edition: Annotated[str | None, typer.Option("--edition", help=_say("help.edition"))] = None,
    year: Annotated[int | None, typer.Option("--year", help=_say("help.year"))] = None,
    agency_kind: Annotated[str | None, typer.Option("--agency-kind", help=_say("help.agency-kind"))] = None,
    previous: Annotated[Path | None, typer.Option("--previous", help=_say("help.previous"))] = None,
    members: Annotated[Path | None, typer.Option("--members", help=_say("help.members"))] = None,
    exclude: Annotated[list[str] | None, typer.Option("--exclude", help=_say("help.exclude"))] = None,
    force_exclude: Annotated[bool, typer.Option("--force-exclude", help=_say("help.force-exclude"))] = False,
    baseline: Annotated[Path | None, typer.Option("--baseline", help=_say("help.baseline"))] = None,
    no_baseline: Annotated[bool, typer.Option("--no-baseline", help=_say("help.no-baseline"))] = False,
    write_baseline: Annotated[Path | None, typer.Option("--write-baseline", help=_say("help.write-baseline"))] = None,
    prune_baseline: Annotated[bool, typer.Option("--prune-baseline", help=_say("help.prune-baseline"))] = False,
    lang: Annotated[str | None, typer.Option("--lang", help=_say("help.lang"))] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", help=_say("help.jobs"))] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help=_say("help.no-cache"))] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=_say("help.quiet"))] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help=_say("help.verbose"))] = False,
    strict: Annotated[bool | None, typer.Option("--strict/--no-strict", help=_say("help.strict"))] = None,
    stdin_name: Annotated[str, typer.Option("--stdin-name", help=_say("help.stdin-name"))] = "stdin.txt",
    config: Annotated[Path | None, typer.Option("--config", help=_say("help.config"))] = None,
    no_config: Annotated[bool, typer.Option("--no-config", help=_say("help.no-config"))] = False,
    show_config: Annotated[bool, typer.Option("--show-config", help=_say("help.show-config"))] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help=_say("help.statistics"))] = False,
    watch: Annotated[bool, typer.Option("--watch", "-w", help=_say("help.watch"))] = False,
    color: Annotated[str, typer.Option("--color", help=_say("help.color"))] = "auto",
) -> None:
    from linter.cli.check import check  # noqa: PLC0415 -- each command imports what it needs
    from linter.cli.request import Request  # noqa: PLC0415 -- as above

    request = Request(
        paths=tuple(paths or ["."]), formats=(*(formats or ()), *(["statistics"] if statistics else ())), output=output,
        force=force, exclude=tuple(exclude or ()), force_exclude=force_exclude,
        select=_listed(select), ignore=_listed(ignore), severity=tuple(severity or ()), fail_on=fail_on,
        edition=edition, year=year, agency_kind=agency_kind, previous=previous, members=members,
        baseline=baseline, use_baseline=not no_baseline, write_baseline=write_baseline,
        prune_baseline=prune_baseline, language=lang, jobs=jobs, cache=not no_cache,
        quiet=quiet, verbose=verbose, strict=strict, stdin_name=stdin_name, config=config,
        use_config=not no_config, show_config=show_config, watch=watch, color=color,
    )  # fmt: skip
    raise typer.Exit(_guarded(lambda: check(request, _say)))


@app.command("rules", help=_say("help.rules"))
def _rules(
    markdown: Annotated[bool, typer.Option("--markdown", help=_say("help.markdown"))] = False,
    pack: Annotated[Path | None, typer.Option("--check", help=_say("help.rules-check"))] = None,
    lang: Language = LANGUAGE,
) -> None:
    from linter.cli.catalogue import check_pack, list_rules  # noqa: PLC0415

    raise typer.Exit(
        _guarded(lambda: check_pack(pack, texts(lang)) if pack else list_rules(texts(lang), markdown=markdown))
    )


@app.command("explain", help=_say("help.explain"))
def _explain(
    rule: Annotated[str, typer.Argument(help=_say("help.rule"))],
    markdown: Annotated[bool, typer.Option("--markdown", help=_say("help.markdown"))] = False,
    lang: Language = LANGUAGE,
) -> None:
    from linter.cli.catalogue import explain  # noqa: PLC0415

    raise typer.Exit(_guarded(lambda: explain(rule, texts(lang), markdown=markdown)))


@app.command("editions", help=_say("help.editions"))
def _editions(
    own: Annotated[Path | None, typer.Option("--check", help=_say("help.editions-check"))] = None,
    lang: Language = LANGUAGE,
) -> None:
    from linter.cli.catalogue import check_edition, list_editions  # noqa: PLC0415

    raise typer.Exit(_guarded(lambda: check_edition(own, texts(lang)) if own else list_editions(texts(lang))))


@app.command("extract", help=_say("help.extract"))
def _extract(
    path: Annotated[str, typer.Argument(help=_say("help.file"))],
    form: Annotated[str, typer.Option("--format", "-f", help=_say("help.extract-format"))] = "json",
    output: Annotated[Path | None, typer.Option("--output", "-o", help=_say("help.output"))] = None,
    force: Annotated[bool, typer.Option("--force", help=_say("help.force"))] = False,
    edition: Annotated[str, typer.Option("--edition", help=_say("help.edition"))] = "auto",
    lang: Language = LANGUAGE,
) -> None:
    from linter.cli.extract import extract  # noqa: PLC0415

    raise typer.Exit(_guarded(lambda: extract(path, form, edition, output, texts(lang), force=force)))


@app.command("init", help=_say("help.init"))
def _init(
    force: Annotated[bool, typer.Option("--force", help=_say("help.force"))] = False,
    lang: Language = LANGUAGE,
) -> None:
    from linter.cli.start import init  # noqa: PLC0415

    raise typer.Exit(_guarded(lambda: init(texts(lang), force=force)))


@app.command("new", help=_say("help.new"))
def _new(
    target: Annotated[Path, typer.Argument(help=_say("help.target"))],
    agency: Annotated[str, typer.Option("--agency", help=_say("help.agency"))],
    year: Annotated[int, typer.Option("--year", help=_say("help.year"))],
    edition: Annotated[str, typer.Option("--edition", help=_say("help.edition"))] = "auto",
    force: Annotated[bool, typer.Option("--force", help=_say("help.force"))] = False,
    lang: Language = LANGUAGE,
) -> None:
    from linter.cli.start import new  # noqa: PLC0415

    raise typer.Exit(_guarded(lambda: new(target, agency, year, edition, texts(lang), force=force)))


def _listed(values: list[str] | None) -> tuple[str, ...] | None:
    """``--select C,P01 --select N`` as one list; None: not given."""
    if values is None:
        return None
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def _guarded(command: Callable[[], int]) -> int:
    """The command's exit status; what keeps it from its work is a line on standard error and 2."""
    try:
        return command()
    except (Usage, LoadError) as error:
        typer.echo(f"gouji: {error}", err=True)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - whatever is wrong, a person gets a line
        typer.echo(f"gouji: {_fault(error)}", err=True)
        return 2


def _fault(error: Exception) -> str:
    """A file that the system refuses, with its reason; else a fault of ours, which is raised again for its maker."""
    from linter.library import DEBUG, in_one_line  # noqa: PLC0415 -- only for a mistake
    from linter.words import words  # noqa: PLC0415 -- as above

    if os.environ.get(DEBUG):
        raise error
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror or error}"
    return words(LANGUAGE).unreadable("internal", in_one_line(error))
