"""The check sheet (核对单) that a reviewer signs: one page without network and script, for the screen and for A4."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files

from linter import __version__
from linter.formats.arithmetic import filled, number, scope
from linter.formats.blocks import Block, blocks
from linter.formats.html_forms import SIGNS, Marks, forms, outcome
from linter.formats.markup import Markup, join, tag
from linter.formats.places import JOINT, label, pointer
from linter.formats.quote import quote
from linter.formats.totals import Totals, checked, found, totals
from linter.model.finding import Cause, Diagnosis, Finding, Result, Severity
from linter.model.report import Number, Place, Relation, Report
from linter.words import Catalogue, words

BADGES = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.NOTE: "i"}
LANGUAGE = {"zh": "zh-CN", "en": "en"}


def write(results: Sequence[Result], language: str) -> str:
    """The whole page; an index first where there are several reports."""
    say = words(language)
    title = say("html.title")
    head = (
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("style", Markup((files("linter.formats") / "page.css").read_text(encoding="utf-8"))),
    )
    sheets = [_Sheet(result, f"r{number}", say).article() for number, result in enumerate(results, 1)]
    body = (
        tag("a", say("html.skip"), href="#main", class_="skip"),
        tag("header", tag("h1", title), tag("p", _closing(totals(results), say))),
        _index(results, say) if len(results) > 1 else Markup(""),
        tag("main", *sheets, id="main"),
        tag("footer", tag("p", say("html.made-by", version=__version__))),
    )
    page = tag("html", tag("head", *head), tag("body", *body), lang=LANGUAGE[language])
    return f"<!doctype html>\n{page}\n"


def _closing(counts: Totals, say: Catalogue) -> str:
    return found(counts, say) + say("report.clause") + checked(counts, say)


def _index(results: Sequence[Result], say: Catalogue) -> Markup:
    heads = ("html.number", "html.file", "html.agency", "html.year", "html.findings", "html.relations", "html.open")
    rows = [_index_row(result, number, say) for number, result in enumerate(results, 1)]
    table = tag(
        "table",
        tag("caption", say("html.index"), class_="hidden"),
        tag("thead", tag("tr", *(tag("th", say(head), scope="col") for head in heads))),
        tag("tbody", *rows),
        class_="index",
    )
    return tag("nav", tag("h2", say("html.index")), tag("div", table, class_="scroll", tabindex=0, role="region", aria_label=say("html.index")), aria_label=say("html.index"))


def _index_row(result: Result, number: int, say: Catalogue) -> Markup:
    link = tag("th", tag("a", result.path, href=f"#r{number}"), scope="row")
    report = result.report
    if report is None:
        reason = say("report.unreadable") + say("report.colon") + (result.error or "")
        return tag("tr", tag("td", str(number)), link, tag("td", reason, colspan=5, class_="broken"))
    cells = (report.publisher.name or say("report.nameless"), str(report.year or ""))
    return tag(
        "tr", tag("td", str(number)), link, *(tag("td", text) for text in cells),
        tag("td", _chips(totals([result]), say)), tag("td", outcome(report.relations, say)),
        tag("td", str(len(result.unchecked))),
    )  # fmt: skip


def _chips(counts: Totals, say: Catalogue) -> Markup:
    """The counts by severity, each with its sign; only those there are."""
    named = ((Severity.ERROR, counts.errors), (Severity.WARNING, counts.warnings), (Severity.NOTE, counts.notes))
    chips = [_badge(severity, say(f"count.{severity.value}s", n=count)) for severity, count in named if count]
    return join(chips or [tag("span", SIGNS["held"], " ", say("report.clean"), class_="chip held")])


def _badge(severity: Severity, text: str) -> Markup:
    sign = tag("span", BADGES[severity], class_="sign", aria_hidden="true")
    return tag("span", sign, text, class_=f"chip {severity.value}")


class _Sheet:
    """The sheet of one report."""

    def __init__(self, result: Result, anchor: str, say: Catalogue) -> None:
        self.result = result
        self.say = say
        self.blocks = tuple(blocks(result))
        self.order = {id(finding): number for number, finding in enumerate(self._findings(), 1)}
        self.marks = Marks(anchor, self._by_place(), dict(self._repairs()))

    def _findings(self) -> Iterator[Finding]:
        for block in self.blocks:
            yield from block.findings

    def _by_place(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for finding in self._findings():
            places.setdefault(finding.place.path, []).append(self.order[id(finding)])
        return places

    def _repairs(self) -> Iterator[tuple[str, Number | None]]:
        for diagnosis in self.result.diagnoses:
            for cause in diagnosis.causes:
                for place, new in zip(cause.places, cause.repaired, strict=True):
                    yield place.path, new if diagnosis.unique else None

    def article(self) -> Markup:
        anchor = self.marks.anchor
        report = self.result.report
        if report is None:
            reason = self.say("report.unreadable") + self.say("report.colon") + (self.result.error or "")
            return tag("article", tag("h2", self.result.path), tag("p", reason, class_="verdict broken"), id=anchor)
        title = report.outline.title.text if report.outline.title else report.publisher.name
        return tag(
            "article",
            tag("h2", title or self.result.path),
            self._facts(report),
            self._section("html.findings", *self._found()),
            self._section("html.forms", self._legend(), *forms(report, self.marks, self.say)),
            self._section("html.open", *self._open()),
            self._suppressed(),
            self._signature(),
            id=anchor,
        )

    def _section(self, key: str, *children: str) -> Markup:
        anchor = f"{self.marks.anchor}-{key.rpartition('.')[2]}"
        return tag("section", tag("h3", self.say(key), id=anchor), *children, aria_labelledby=anchor)

    def _facts(self, report: Report) -> Markup:
        say = self.say
        facts: tuple[tuple[str, str], ...] = (
            ("html.agency", report.publisher.name or say("report.nameless")),
            ("html.kind", say(f"kind.{report.publisher.kind.value}")),
            ("html.year", str(report.year or "")),
            ("html.edition", say("report.edition", edition=report.edition.id) + say("report.aside", text=report.edition.source)),
            ("html.file", self.result.path),
            ("html.findings", _chips(totals([self.result]), say)),
            ("html.relations", outcome(report.relations, say)),
            ("html.open", say("count.unchecked", n=len(self.result.unchecked))),
        )
        return tag("dl", *(tag("div", tag("dt", say(key)), tag("dd", text)) for key, text in facts), class_="facts")

    def _found(self) -> Iterator[Markup]:
        if not self.blocks:
            yield tag("p", self.say("html.no-findings"), class_="verdict held")
        for block in self.blocks:
            yield self._block(block)

    def _block(self, block: Block) -> Markup:
        diagnosis = block.diagnosis
        cause = [tag("p", *self._cause(diagnosis), class_="cause")] if diagnosis else []
        evidence = self._broken(diagnosis) if diagnosis else self._evidence(block.findings[0])
        worst = max(block.findings, key=lambda finding: finding.severity.rank)
        return tag(
            "div",
            *cause,
            tag("div", *evidence, class_="evidence") if evidence else "",
            tag("div", *(self._finding(finding, alone=diagnosis is None) for finding in block.findings), class_="words"),
            class_=f"block {worst.severity.value}{'' if evidence else ' bare'}",
        )

    def _finding(self, finding: Finding, *, alone: bool) -> Markup:
        """The words; the related places only where no relations beside them name the same cells."""
        related = [tag("li", self._link(place)) for place in finding.related if alone]
        index = self.order[id(finding)]
        return tag(
            "section",
            tag("h4", tag("span", str(index), class_="number"), finding.message),
            tag("p", _badge(finding.severity, self.say(f"severity.{finding.severity.value}")), tag("code", f"{finding.rule} {finding.name}"), class_="meta"),
            tag("p", self._link(finding.place), class_="place"),
            tag("p", finding.help, class_="help") if finding.help else "",
            tag("p", self.say("report.related"), class_="quiet") if related else "",
            tag("ul", *related, class_="related") if related else "",
            id=self.marks.finding(index),
        )

    def _link(self, place: Place) -> Markup:
        """The labels, as a link to the cell where the form shows it, and where it is in the file."""
        text = label(place)
        spot = pointer(self.result, place, self.say)
        named = tag("a", text, href=f"#{self.marks.cell(place.path)}") if self._shown(place) else tag("span", text)
        return join([named, tag("span", spot, class_="spot")] if spot else [named])

    def _shown(self, place: Place) -> bool:
        form, *rest = place.path.split("/")
        report = self.result.report
        return bool(report and form in report.forms and (not rest or report.cell(place.path) if len(rest) == 2 else not rest))

    def _evidence(self, finding: Finding) -> list[Markup]:
        """The text it speaks of, the relations that break on its cell, or nothing where there is none."""
        report, span = self.result.report, finding.place.span
        broken = self._relations_of(finding.place)
        if broken:
            return [self._sums(broken)]
        if report is None or span is None or finding.place.path.partition("/")[0] in report.forms:
            return []
        piece = quote(report.document, span)
        return [tag("blockquote", tag("p", piece.before, tag("mark", piece.marked), piece.after))]

    def _relations_of(self, place: Place) -> list[Relation]:
        found = self.result.report.relations if self.result.report else ()
        return [item for item in found if item.state == "broken" and any(term.place.path == place.path for term in item.terms)]

    def _broken(self, diagnosis: Diagnosis) -> list[Markup]:
        return [self._sums(diagnosis.broken)]

    def _sums(self, relations: Sequence[Relation]) -> Markup:
        return tag("ul", *(self._sum(relation) for relation in relations), class_="sums")

    def _sum(self, relation: Relation) -> Markup:
        report = self.result.report
        name = scope(report.edition.form(relation.form), relation) if report else relation.scope
        sign = tag("span", SIGNS[relation.state], class_="sign", role="img", aria_label=self.say(f"state.{relation.state}"))
        return tag("li", sign, tag("span", name, class_="scope"), tag("span", filled(relation, self.say), class_="sum"), class_=relation.state)

    def _cause(self, diagnosis: Diagnosis) -> list[Markup]:
        say = self.say
        if not diagnosis.causes:
            return [tag("strong", say("report.incurable"))]
        steps = [self._change(cause) for cause in diagnosis.causes]
        if not diagnosis.unique:
            return [tag("strong", say("report.choices", n=len(steps))), tag("span", say("report.clause").join(steps))]
        count = len(diagnosis.causes[0].places)
        return [tag("strong", say("report.cause" if count == 1 else "report.causes", n=count)), tag("span", steps[0])]

    def _change(self, cause: Cause) -> str:
        steps = [
            f"{JOINT.join(place.labels[-2:]) or place.path} {number(old)} → {number(new)}"
            for place, old, new in zip(cause.places, cause.stated, cause.repaired, strict=True)
        ]
        slip = self.say("report.aside", text=self.say.reason("slip", cause.slip)) if cause.slip else ""
        return self.say("report.separator").join(steps) + slip

    def _legend(self) -> Markup:
        say = self.say
        return tag(
            "p",
            tag("span", tag("mark", "20", class_="suspect"), say("html.legend-suspect")),
            tag("span", tag("span", class_="swatch blank"), say("html.legend-blank")),
            tag("span", tag("span", "1", class_="ref"), say("html.legend-finding")),
            *(tag("span", tag("span", sign, class_=f"sign {state}"), say(f"state.{state}")) for state, sign in SIGNS.items()),
            class_="legend",
        )

    def _open(self) -> Iterator[Markup]:
        say = self.say
        if not self.result.unchecked:
            yield tag("p", say("html.no-open"))
            return
        rows = [
            tag("tr", tag("th", f"{item.rule} {item.name}", scope="row"), tag("td", item.reason), tag("td", self._link(item.place) if item.place else ""))
            for item in self.result.unchecked
        ]
        heads = (tag("th", say(key), scope="col") for key in ("html.rule", "html.reason", "html.place"))
        yield tag("table", tag("caption", say("html.open"), class_="hidden"), tag("thead", tag("tr", *heads)), tag("tbody", *rows), class_="list")

    def _suppressed(self) -> Markup:
        say = self.say
        if not self.result.suppressed:
            return Markup("")
        items = [
            tag("li", tag("code", f"{item.rule} {item.name}"), f" {item.message} ", tag("em", say("report.reason", reason=item.suppressed)))
            for item in self.result.suppressed
        ]
        return self._section("html.suppressed", tag("ul", *items))

    def _signature(self) -> Markup:
        lines = [tag("div", tag("dt", self.say(key)), tag("dd")) for key in ("html.checker", "html.reviewer", "html.date")]
        remarks = tag("div", tag("dt", self.say("html.opinion")), tag("dd"), class_="remarks")
        return tag("section", tag("h3", self.say("html.signature")), tag("dl", remarks, *lines), class_="signature")
