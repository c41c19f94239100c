"""``gouji rules``, ``explain`` and ``editions``: what gouji knows, offline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from linter.cli.output import show
from linter.cli.texts import stop
from linter.editions import load_edition, load_editions
from linter.loading import LoadError
from linter.model.edition import Edition
from linter.model.finding import Case, Rule
from linter.options import names
from linter.packs import load_pack, load_rules
from linter.words import Catalogue


def list_rules(say: Catalogue, *, markdown: bool = False) -> int:
    """The catalogue: id, name, severity, editions, summary."""
    rules = load_rules()
    show("\n".join(_table(rules, say) if markdown else _lines(rules, say)))
    return 0


def _lines(rules: Sequence[Rule], say: Catalogue) -> Iterator[str]:
    width = max(len(rule.name) for rule in rules)
    for rule in rules:
        yield f"{rule.id}  {rule.name:<{width}}  {rule.severity.value:<7}  {rule.summary.of(say.language)}"


def _table(rules: Sequence[Rule], say: Catalogue) -> Iterator[str]:
    yield f"| id | name | severity | {say('usage.applies')} | {say('usage.summary')} |"
    yield "|---|---|---|---|---|"
    for rule in rules:
        editions = ", ".join(rule.editions)
        yield f"| {rule.id} | {rule.name} | {rule.severity.value} | {editions} | {rule.summary.of(say.language)} |"


def explain(wanted: str, say: Catalogue, *, markdown: bool = False) -> int:
    """One rule in full."""
    rules = load_rules()
    found = [rule for rule in rules if names(wanted, rule) or names(wanted.upper(), rule)]
    if not found:
        known = [text for rule in rules for text in (rule.id, rule.name)]
        close = get_close_matches(wanted, known, 1)
        stop(say("usage.unknown-rule", name=wanted, nearest=say("usage.nearest", name=close[0]) if close else ""))
    show("\n\n".join("\n".join(page(rule, say, markdown=markdown)) for rule in found))
    return 0


def page(rule: Rule, say: Catalogue, *, markdown: bool = True) -> Iterator[str]:
    """The page of a rule: what, why, the provision, exceptions, message and cure, a clean and a faulty example."""
    spoken = say.language
    head = f"{rule.id} {rule.name} · {rule.severity.value} · {', '.join(rule.editions)}"
    yield f"# {head}" if markdown else head
    for key, text in (
        ("summary", rule.summary.of(spoken)),
        ("why", rule.why.of(spoken)),
        ("source", rule.source),
        ("honest", rule.honest.of(spoken)),
        ("message", rule.messages[""].of(spoken)),
        ("cure", rule.helps[""].of(spoken)),
    ):
        if text:
            yield from _paragraph(say(f"usage.{key}"), text, markdown=markdown)
    clean = next(case for case in rule.cases if not case.finds)
    faulty = next(case for case in rule.cases if case.finds)
    for key, case in (("clean", clean), ("faulty", faulty)):
        yield from _example(say(f"usage.{key}"), case, say, markdown=markdown)


def _paragraph(title: str, text: str, *, markdown: bool) -> Iterator[str]:
    yield ""
    yield f"**{title}** {text}" if markdown else f"{title}：{text}"


def _example(title: str, case: Case, say: Catalogue, *, markdown: bool) -> Iterator[str]:
    yield from _paragraph(title, case.note, markdown=markdown)
    yield ""
    body = [*case.text.strip().splitlines(), *(f"{path} = {figure}" for path, figure in case.cells.items())]
    if case.cells:
        body.append(f"（{say('usage.cells')}）")
    yield from ["```text", *body, "```"] if markdown else [f"    {line}" for line in body]
    if case.finds:
        yield ""
        yield say("usage.finds-at", places="、".join(case.finds))


def list_editions(say: Catalogue) -> int:
    """The forms known, with their years, sections, forms and relations counted."""
    show("\n".join(_edition_line(edition, say) for edition in load_editions()))
    return 0


def _edition_line(edition: Edition, say: Catalogue) -> str:
    last = edition.last_year
    years = say("usage.years-to" if last else "usage.years", first=edition.first_year, last=last)
    return f"{edition.id}  {years}  {edition.title}\n      {edition.source}"


def check_edition(path: Path, say: Catalogue) -> int:
    """Validates an edition of one's own. Raises LoadError with every fault."""
    edition = load_edition(_text(path), path.name)
    rows = sum(len(band.rows) for form in edition.forms for band in form.bands)
    identities = sum(len(form.identities) for form in edition.forms)
    show(say("usage.sound", path=path, detail=f"{len(edition.forms)} forms, {rows} rows, {identities} identities"))
    return 0


def check_pack(path: Path, say: Catalogue) -> int:
    """Validates a rule pack of one's own and runs its cases. Raises LoadError with every fault."""
    from linter.trial import try_case  # noqa: PLC0415 -- only rule authors need it

    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    rules = [rule for file in files for rule in load_pack(_text(file), file.name)]
    editions = load_editions()
    faults = [
        f"{rule.id} {case.note}: {fault}"
        for rule in rules
        for case in rule.cases
        for fault in try_case(rule, case, editions, say.language).faults
    ]
    if faults:
        show("\n".join(faults))
        return 1
    detail = say("usage.cases", count=len(rules), cases=sum(len(rule.cases) for rule in rules))
    show(say("usage.sound", path=path, detail=detail))
    return 0


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LoadError.of(f"{path}: {error}") from error
