"""What gouji tells of a rule (``gouji explain``, docs/rules): a page in parts, drawn for a terminal or as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from linter.editions import load_editions
from linter.formats.folding import cells, fold
from linter.loading import Fields, read_toml
from linter.model.edition import Edition
from linter.model.finding import Finding, Rule
from linter.resources import folder
from linter.sums.arithmetic import short
from linter.trial import Trial, try_case
from linter.words import Catalogue, Entry, words

JOINT = " › "
INDENT = "  "


@dataclass(frozen=True, slots=True)
class Part:
    """A titled piece of a page. `text`: prose. `draft`: lines of a report, shown as they stand. `figures`: what stands
    in which cell. `said`: what gouji answers, one paragraph each. `inner`: it belongs to the part before it.
    """

    title: str
    text: str = ""
    draft: tuple[str, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()
    said: tuple[str, ...] = ()
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on a rule's page: `facts` (severity, editions) stand behind the name, `summary` below."""

    id: str
    name: str
    facts: tuple[str, ...]
    summary: str
    parts: tuple[Part, ...]


@cache
def page_words(language: str) -> Catalogue:
    """``say("page.why")``, ``say("family.C")`` and ``say("cause.C02")`` in the language. Raises LoadError."""
    return Catalogue(language, {**_entries("words", ("page", "family")), **_entries("causes", ("cause",))})


def _entries(name: str, sections: Sequence[str]) -> dict[str, Entry]:
    file = folder("rules") / "pages" / f"{name}.toml"

    def build(fields: Fields) -> dict[str, Entry]:
        return {
            f"{section}.{key}": entry
            for section in sections
            for key, entry in fields.named(section, lambda table: Entry(table.text("zh"), table.text("en"))).items()
        }

    return read_toml(file.read_text(encoding="utf-8"), f"rules/pages/{name}.toml", build)


def page(rule: Rule, language: str) -> Page:
    """The page of a rule. Its examples are run, so what it quotes is what gouji says."""
    say = page_words(language)
    severity = words(language)(f"severity.{rule.severity.value}")
    return Page(
        rule.id, rule.name, (severity, words(language)("count.joint").join(rule.editions)),
        rule.summary.of(language), tuple(_parts(rule, say)),
    )  # fmt: skip


def _parts(rule: Rule, say: Catalogue) -> Iterator[Part]:
    yield Part(say("page.why"), rule.why.of(say.language))
    if f"cause.{rule.id}" in say.entries:  # a pack of one's own has none
        yield Part(say("page.cause"), say(f"cause.{rule.id}"))
    if honest := rule.honest.of(say.language):
        yield Part(say("page.honest"), honest)
    yield Part(say("page.source"), rule.source)
    editions = load_editions()
    for title, finds in ((say("page.faulty"), True), (say("page.clean"), False)):
        case = next((case for case in rule.cases if bool(case.finds) is finds), None)
        if case is not None:  # a rule about suppressions has none
            yield from _example(title, rule, try_case(rule, case, editions, say.language), say)
    ways = [f"gouji check --severity {rule.id}=note  # {say('page.regrade')}"]
    if rule.kind:  # what is said of suppressions is not suppressed
        ways.append(f"<!-- gouji: ignore {rule.id} {say('page.reason')} -->")
    yield Part(say("page.adjust"), draft=tuple(ways))


def _example(title: str, rule: Rule, trial: Trial, say: Catalogue) -> Iterator[Part]:
    """A case: the draft, last year's and the members' where it has them, and the answer."""
    case, result = trial.case, trial.result
    assert result.report is not None  # noqa: S101 -- for the type checker: a case's draft is always read
    edition = result.report.edition
    note = case.note if say.language == "zh" else ""  # the notes are for authors of rules, in Chinese
    several = say("page.form-of", edition=edition.id) if len(rule.editions) > 1 and case.cells else ""
    yield Part(title, "；".join(filter(None, (note, several))), _draft(case.text), _figures(case.cells, edition, say))
    if case.previous or case.previous_text:
        figures = _figures(case.previous, edition, say)
        yield Part(say("page.previous"), "", _draft(case.previous_text), figures, inner=True)
    for name, cells_of in case.members.items():
        told = name if cells_of else name + say("page.no-report")
        yield Part(say("page.member"), told, (), _figures(cells_of, edition, say), inner=True)
    if case.options:
        settings = tuple(f"{key} = {value!r}" for key, value in case.options.items())
        yield Part(say("page.options"), "", settings, inner=True)
    yield Part(say("page.says"), said=tuple(_said(result.findings, say)), inner=True)


def _said(findings: Sequence[Finding], say: Catalogue) -> Iterator[str]:
    for finding in findings:
        severity = words(say.language)(f"severity.{finding.severity.value}")
        yield f"{severity} {finding.rule}  {finding.message}"
        if finding.help:
            yield f"→ {finding.help}"
    if not findings:
        yield say("page.silent")


def _draft(text: str) -> tuple[str, ...]:
    return tuple(text.strip().splitlines())


def _figures(figures: Mapping[str, str], edition: Edition, say: Catalogue) -> tuple[tuple[str, str], ...]:
    named = [(_cell(path, edition), figure) for path, figure in figures.items()]
    return ((say("page.figures"), ""), *named) if named else ()


def _cell(path: str, edition: Edition) -> str:
    """What a person calls the cell: 「本年新收政府信息公开申请数量 › 自然人」."""
    cell = edition.form(path.partition("/")[0]).cells[path]
    return JOINT.join(short(label) for label in cell.labels[1:] if label)


# --- For a terminal --------------------------------------------------------------------------------------------------


def terminal(page: Page, width: int) -> Iterator[str]:
    """The page in lines no wider than `width` cells, titles in a column of their own."""
    yield f"{page.id} {page.name}  {'  '.join(page.facts)}"
    yield from fold(page.summary, width)
    margin = max(cells(part.title) for part in page.parts) + len(INDENT)
    for part in page.parts:
        yield ""
        yield from _titled(part, margin, width)


def _titled(part: Part, margin: int, width: int) -> Iterator[str]:
    """The part's lines, the first behind its title, the others below it."""
    title = part.title
    for line in _lines(part, max(width - margin, 20)):
        yield f"{title}{' ' * (margin - cells(title))}{line}".rstrip()
        title = ""


def _lines(part: Part, room: int) -> Iterator[str]:
    if part.text:
        yield from fold(part.text, room)
    for line in part.draft:
        yield from _hung(line, "│ ", "│ ", room)
    for name, figure in part.figures:
        if figure:
            yield from _hung(f"{name} = {figure}", "│ ", "│   ", room)
        else:
            yield name
    for line in part.said:
        yield from _hung(line, "", INDENT, room)


def _hung(text: str, first: str, others: str, room: int) -> Iterator[str]:
    lead = first
    for line in fold(text, room - cells(others)) or [""]:
        yield lead + line
        lead = others


# --- As Markdown -----------------------------------------------------------------------------------------------------


def markdown(page: Page, level: int = 1) -> Iterator[str]:
    """The page as lines of Markdown, its heading at `level`."""
    yield f"{'#' * level} {page.id} {page.name}"
    yield ""
    yield f"**{escaped(page.summary)}** · {' · '.join(page.facts)}"
    for part in page.parts:
        yield ""
        yield f"{'#' * (level + 1 + part.inner)} {part.title}"
        yield from _markdown_part(part)


def _markdown_part(part: Part) -> Iterator[str]:
    if part.text:
        yield from ("", escaped(part.text))
    if part.draft:
        fence = "~~~~" if any(line.startswith("~~~") for line in part.draft) else "~~~"
        yield from ("", f"{fence}text", *part.draft, fence)
    if part.figures:
        (head, _), *rows = part.figures
        yield from (
            "",
            f"| {head} | |",
            "|---|---:|",
            *(f"| {escaped(name)} | {escaped(text)} |" for name, text in rows),
        )
    for line in part.said:
        yield from ("", f"> {escaped(line)}")


def escaped(text: str) -> str:
    """The text so that Markdown shows it as it is."""
    return "".join(f"\\{character}" if character in "\\`*_[]<>|" else character for character in text)
