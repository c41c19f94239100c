"""The findings of a report as HTML: the words beside the text or the sums they speak of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from linter.formats.blocks import Block, changes, verdict
from linter.formats.html_forms import SIGNS, Marks
from linter.formats.markup import Markup, join, tag
from linter.formats.places import JOINT, named, pointer
from linter.formats.quote import quote
from linter.formats.totals import Totals
from linter.model.finding import Diagnosis, Finding, Result, Severity
from linter.model.report import Place, Relation
from linter.sums.arithmetic import filled, scope, statement
from linter.words import Catalogue

BADGES = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.NOTE: "i"}


def badge(severity: Severity, text: str) -> Markup:
    """A text with the severity's sign; shape and sign differ, not colour alone."""
    sign = tag("span", BADGES[severity], class_="sign", aria_hidden="true")
    return tag("span", sign, text, class_=f"chip {severity.value}")


def chips(counts: Totals, say: Catalogue) -> Markup:
    """The counts by severity, each with its sign; only those there are."""
    named = (
        (Severity.ERROR, counts.errors, say("count.errors", n=counts.errors)),
        (Severity.WARNING, counts.warnings, say("count.warnings", n=counts.warnings)),
        (Severity.NOTE, counts.notes, say("count.notes", n=counts.notes)),
    )
    clean = tag(
        "span", tag("span", SIGNS["held"], class_="sign", aria_hidden="true"), say("report.clean"), class_="chip held"
    )
    return join([badge(severity, text) for severity, count, text in named if count] or [clean])


@dataclass(frozen=True, slots=True)
class Findings:
    """Draws the findings of one report; `order` numbers them by identity."""

    result: Result
    marks: Marks
    order: Mapping[int, int]
    say: Catalogue

    def block(self, block: Block) -> Markup:
        """The findings of one cause: the repair above, the evidence on one side, the words on the other."""
        diagnosis = block.diagnosis
        cause = [tag("p", *_cause(diagnosis, self.say), class_="cause")] if diagnosis else []
        evidence = [self._sums(diagnosis.broken)] if diagnosis else self._evidence(block.findings[0])
        worst = max(block.findings, key=lambda finding: finding.severity.rank)
        return tag(
            "div",
            *cause,
            tag("div", *evidence, class_="evidence") if evidence else "",
            tag(
                "div", *(self._finding(finding, alone=diagnosis is None) for finding in block.findings), class_="words"
            ),
            class_=f"block {worst.severity.value}{' group' if diagnosis else ''}{'' if evidence else ' bare'}",
        )

    def _finding(self, finding: Finding, *, alone: bool) -> Markup:
        """The words; the related places only where no relations beside them name the same cells."""
        related = [tag("li", self.link(place)) for place in finding.related if alone]
        index = self.order[id(finding)]
        return tag(
            "section",
            tag("h4", tag("span", str(index), class_="number"), finding.message),
            tag(
                "p",
                badge(finding.severity, self.say(f"severity.{finding.severity.value}")),
                tag("code", f"{finding.rule} {finding.name}"),
                class_="meta",
            ),
            tag("p", self.link(finding.place), class_="place"),
            tag("p", finding.help, class_="help") if finding.help else "",
            tag("p", self.say("report.related"), class_="quiet") if related else "",
            tag("ul", *related, class_="related") if related else "",
            id=self.marks.finding(index),
        )

    def link(self, place: Place) -> Markup:
        """The labels, as a link to the cell where the form shows it, and where it is in the file."""
        spot = pointer(self.result, place, self.say)
        link = self._linked(place, named(place, self.say))
        return join([link, tag("span", spot, class_="spot")] if spot else [link])

    def links(self, places: Sequence[Place]) -> Markup:
        """Places that differ in their last label only: what they share once, then a link for each."""
        if len(places) == 1:
            return self.link(places[0])
        last = [self._linked(place, place.labels[-1]) for place in places]
        parts = [part for link in last for part in (self.say("count.joint"), link)][1:]
        return join([JOINT.join((*places[0].labels[:-1], "")), *parts])

    def _linked(self, place: Place, text: str) -> Markup:
        """The text as a link to the place, where the page has it."""
        shown = self._shown(place)
        return tag("a", text, href=f"#{self.marks.cell(place.path)}") if shown else tag("span", text)

    def _shown(self, place: Place) -> bool:
        """Whether the page has the cell or the form to link to."""
        report = self.result.report
        form, *rest = place.path.split("/")
        if report is None or form not in report.forms:
            return False
        return not rest or (len(rest) == 2 and report.cell(place.path) is not None)

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
        return [
            item
            for item in found
            if item.state == "broken" and any(term.place.path == place.path for term in item.terms)
        ]

    def _sums(self, relations: Sequence[Relation]) -> Markup:
        return tag("ul", *(self._sum(relation) for relation in relations), class_="sums")

    def _sum(self, relation: Relation) -> Markup:
        word = self.say(f"state.{relation.state}")
        return tag(
            "li",
            tag("span", SIGNS[relation.state], class_="sign", role="img", aria_label=word),
            tag("span", self._name(relation), class_="scope"),
            tag("span", filled(relation, self.say), class_="sum"),
            class_=relation.state,
        )

    def _name(self, relation: Relation) -> str:
        """The column or row it is written out for; in a form of one column, which says nothing, its statement."""
        report = self.result.report
        if report is None:
            return relation.scope
        form = report.edition.form(relation.form)
        one = all(len(band.columns) == 1 for band in form.bands)
        return statement(form, relation, self.say) if one else scope(form, relation)


def _cause(diagnosis: Diagnosis, say: Catalogue) -> list[Markup]:
    told = say("report.clause").join(changes(cause, say) for cause in diagnosis.causes)
    return [tag("strong", verdict(diagnosis, say)), tag("span", told)]
