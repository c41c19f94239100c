"""``gouji rules``, ``explain`` and ``editions``: what gouji knows, offline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path

from linter.cli import pages, terminal
from linter.cli.output import show
from linter.cli.texts import stop
from linter.editions import load_edition, load_editions
from linter.formats.folding import cells, fold
from linter.loading import LoadError, file_text
from linter.model.edition import Edition
from linter.model.finding import Case, Rule, Severity
from linter.options import names
from linter.packs import load_pack, load_rules
from linter.waivers.complaints import rules as suppression_rules
from linter.words import Catalogue, words

WIDEST = 100
"""Cells of a line that reads well."""
PLAIN = 120
"""Cells of a line where no terminal says how wide it is."""


def every_rule() -> tuple[Rule, ...]:
    """The rules about reports and those about suppressions, by id."""
    return tuple(sorted((*load_rules(), *suppression_rules()), key=lambda rule: rule.id))


def list_rules(say: Catalogue, *, markdown: bool = False) -> int:
    """The catalogue: family by family, id, name, severity, summary."""
    spoken = say.language
    rules = every_rule()
    show("\n".join(table(rules, spoken) if markdown else _lines(rules, spoken)))
    return 0


def _lines(rules: Sequence[Rule], spoken: str) -> Iterator[str]:
    say = pages.page_words(spoken)
    id_width = max(cells(rule.id) for rule in rules)
    name_width = max(cells(rule.name) for rule in rules)
    grades = {severity: words(spoken)(f"severity.{severity.value}") for severity in Severity}
    grade_width = max(map(cells, grades.values()))
    for family, members in groupby(rules, key=lambda rule: rule.family):
        yield _bold(f"{family} {_family(family, say)}".rstrip())
        for rule in members:
            grade = grades[rule.severity]
            lead = f"  {_filled(rule.id, id_width)}  {_filled(rule.name, name_width)}  {_filled(grade, grade_width)}  "
            first, *others = fold(rule.summary.of(spoken), max(terminal.width(PLAIN) - cells(lead), 20))
            yield lead + first
            yield from (" " * cells(lead) + line for line in others)
        yield ""
    yield counts(rules, spoken)


def counts(rules: Sequence[Rule], spoken: str) -> str:
    """How many rules there are, by severity."""
    grades = [rule.severity for rule in rules]
    return pages.page_words(spoken)(
        "page.counts", count=len(rules), errors=grades.count(Severity.ERROR),
        warnings=grades.count(Severity.WARNING), notes=grades.count(Severity.NOTE),
    )  # fmt: skip


def table(rules: Sequence[Rule], spoken: str, link: str = "") -> Iterator[str]:
    """The catalogue as tables of Markdown, one a family. `link`: a pattern for the page of a rule, ``{id}`` in it."""
    say = pages.page_words(spoken)
    for family, members in groupby(rules, key=lambda rule: rule.family):
        yield from (f"## {family} {_family(family, say)}".rstrip(), "")
        heads = (say(f"page.{key}") for key in ("id", "name", "severity", "editions", "what"))
        yield from (f"| {' | '.join(heads)} |", "|---|---|---|---|---|")
        for rule in members:
            named = f"[{rule.id}]({link.format(id=rule.id)})" if link else rule.id
            grade = words(spoken)(f"severity.{rule.severity.value}")
            editions = words(spoken)("count.joint").join(rule.editions)
            summary = pages.escaped(rule.summary.of(spoken))
            yield f"| {named} | `{rule.name}` | {grade} | {editions} | {summary} |"
        yield ""


def _family(family: str, say: Catalogue) -> str:
    """What a family is about; nothing for one of a pack of one's own."""
    return say(f"family.{family}") if f"family.{family}" in say.entries else ""


def explain(wanted: str, say: Catalogue, *, markdown: bool = False) -> int:
    """One rule in full, or every rule of a family or pattern."""
    spoken = say.language
    rules = every_rule()
    found = [rule for rule in rules if names(wanted, rule) or names(wanted.upper(), rule)]
    if not found:
        known = [text for rule in rules for text in (rule.id, rule.name)]
        close = get_close_matches(wanted, known, 1)
        stop(say("usage.unknown-rule", name=wanted, nearest=say("usage.nearest", name=close[0]) if close else ""))
    drawn = (pages.page(rule, spoken) for rule in found)
    texts = (pages.markdown(page) if markdown else _drawn(page) for page in drawn)
    show("\n\n".join("\n".join(text) for text in texts))
    return 0


_TITLE = re.compile(r"^\S.*?(?= {2,}|$)")
"""What a line of a page begins with in the column of titles."""


def _drawn(page: pages.Page) -> Iterator[str]:
    """The page for the terminal, its name and the titles of its parts in bold where the terminal can."""
    head, *lines = pages.terminal(page, min(terminal.width(WIDEST), WIDEST))
    yield _bold(head)
    titles = {part.title for part in page.parts}
    for line in lines:
        title = _TITLE.match(line)
        yield _bold(title[0]) + line[title.end() :] if title and title[0] in titles else line


def _bold(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m" if terminal.colour() else text


def _filled(text: str, width: int) -> str:
    return text + " " * (width - cells(text))


def list_editions(say: Catalogue) -> int:
    """The forms known: years, title, what they hold, where they were published."""
    show("\n".join(line for edition in load_editions() for line in _edition(edition, say)))
    return 0


def _edition(edition: Edition, say: Catalogue) -> Iterator[str]:
    last = edition.last_year
    years = say("usage.years-to" if last else "usage.years", first=edition.first_year, last=last)
    margin = " " * (cells(edition.id) + 2)
    yield f"{_bold(edition.id)}  {edition.title}（{years}）"
    for text in (_holds(edition, say.language), edition.source):
        yield from (margin + line for line in fold(text, min(terminal.width(WIDEST), WIDEST) - len(margin)))


def _holds(edition: Edition, spoken: str) -> str:
    return pages.page_words(spoken)(
        "page.sections", sections=len(edition.sections), forms=len(edition.forms),
        cells=sum(len(form.cells) for form in edition.forms),
        identities=sum(len(form.identities) for form in edition.forms),
    )  # fmt: skip


def check_edition(path: Path, say: Catalogue) -> int:
    """Validates an edition of one's own. Raises LoadError with every fault."""
    edition = load_edition(file_text(path), path.name)
    show(say("usage.sound", path=path, detail=_holds(edition, say.language)))
    return 0


def check_pack(path: Path, say: Catalogue) -> int:
    """Validates a rule pack of one's own and runs its cases; 1 where one fails. Raises LoadError with every fault."""
    from linter.trial import try_case  # noqa: PLC0415 -- only rule authors need it

    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    rules = [rule for file in files for rule in load_pack(file_text(file), file.name)]
    if not rules:
        raise LoadError.of(f"{path}: no rules")
    editions = load_editions()

    def told(rule: Rule, case: Case) -> Sequence[str]:
        try:
            return try_case(rule, case, editions, say.language).faults
        except (LookupError, LoadError) as error:
            return (str(error),)

    faults = [f"{rule.id} {case.note}: {fault}" for rule in rules for case in rule.cases for fault in told(rule, case)]
    if faults:
        show("\n".join(faults))
        return 1
    detail = say("usage.cases", count=len(rules), cases=sum(len(rule.cases) for rule in rules))
    show(say("usage.sound", path=path, detail=detail))
    return 0
