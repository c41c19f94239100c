"""The check sheet (核对单) that a reviewer signs: one page without network and script, for the screen and for A4."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files

from linter.formats.blocks import blocks
from linter.formats.html_findings import Findings, chips
from linter.formats.html_forms import SIGNS, Marks, forms, outcome
from linter.formats.markup import Markup, tag
from linter.formats.totals import Totals, checked, found, totals
from linter.model.finding import Finding, OpenQuestion, Result
from linter.model.report import Number, Report
from linter.version import __version__
from linter.words import Catalogue, words

LANGUAGE = {"zh": "zh-CN", "en": "en"}


def write(results: Iterable[Result], language: str) -> str:
    """The whole page; an index first where there are several reports."""
    say = words(language)
    title = say("html.title")
    head = (
        tag("meta", charset="utf-8"),
        tag("meta", name="generator", content="gouji"),  # the reader knows by it that this is no draft
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("style", Markup((files("linter.formats") / "page.css").read_text(encoding="utf-8"))),
    )
    counts, rows, sheets = Totals(), list[Markup](), list[Markup]()
    for number, result in enumerate(results, 1):
        counts.add(result)
        rows.append(_index_row(result, number, say))
        sheets.append(_Sheet(result, f"r{number}", say).article())
    body = (
        tag("a", say("html.skip"), href="#main", class_="skip"),
        tag("header", tag("h1", title), tag("p", _closing(counts, say))),
        _index(rows, say) if len(rows) > 1 else Markup(""),
        tag("main", *sheets, id="main"),
        tag("footer", tag("p", say("html.made-by", version=__version__))),
    )
    page = tag("html", tag("head", *head), tag("body", *body), lang=LANGUAGE[language])
    return f"<!doctype html>\n{page}\n"


def _closing(counts: Totals, say: Catalogue) -> str:
    return found(counts, say) + say("report.clause") + checked(counts, say)


def _index(rows: Sequence[Markup], say: Catalogue) -> Markup:
    heads = ("html.number", "html.file", "html.agency", "html.year", "html.findings", "html.relations", "html.open")
    table = tag(
        "table",
        tag("caption", say("html.index"), class_="hidden"),
        tag("thead", tag("tr", *(tag("th", say(head), scope="col") for head in heads))),
        tag("tbody", *rows),
        class_="index",
    )
    return tag(
        "nav",
        tag("h2", say("html.index")),
        tag("div", table, class_="scroll", tabindex=0, role="region", aria_label=say("html.index")),
        aria_label=say("html.index"),
    )


def _index_row(result: Result, number: int, say: Catalogue) -> Markup:
    link = tag("th", tag("a", result.path, href=f"#r{number}"), scope="row")
    report = result.report
    if report is None:
        reason = say("report.unreadable") + say("report.colon") + (result.error or "")
        return tag("tr", tag("td", str(number)), link, tag("td", reason, colspan=5, class_="broken"))
    cells = (report.publisher.name or say("report.nameless"), str(report.year or ""))
    return tag(
        "tr", tag("td", str(number)), link, *(tag("td", text) for text in cells),
        tag("td", chips(totals(result), say)), tag("td", outcome(report.relations, say)),
        tag("td", str(len(result.unchecked))),
    )  # fmt: skip


class _Sheet:
    """The sheet of one report."""

    def __init__(self, result: Result, anchor: str, say: Catalogue) -> None:
        self.result = result
        self.say = say
        self.blocks = tuple(blocks(result))
        self.order = {id(finding): number for number, finding in enumerate(self._findings(), 1)}
        self.marks = Marks(anchor, self._by_place(), dict(self._repairs()))
        self.findings = Findings(result, self.marks, self.order, say)

    def _findings(self) -> Iterator[Finding]:
        for block in self.blocks:
            yield from block.findings

    def _by_place(self) -> dict[str, list[int]]:
        """The numbers of the findings at each place; what is said of a whole column or a strange row, at its form."""
        drawn = self._drawn()
        places: dict[str, list[int]] = {}
        for finding in self._findings():
            path = finding.place.path
            key = path if path in drawn else path.partition("/")[0]
            places.setdefault(key, []).append(self.order[id(finding)])
        return places

    def _drawn(self) -> set[str]:
        """The paths of the cells and the rows that the forms show."""
        forms = self.result.report.edition.forms if self.result.report else ()
        cells = {path for form in forms for path in form.cells}
        return cells | {path.rpartition("/")[0] for path in cells}

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
            ("html.findings", chips(totals(self.result), say)),
            ("html.relations", outcome(report.relations, say)),
            ("html.open", say("count.unchecked", n=len(self.result.unchecked))),
        )
        edition = say("report.edition", edition=report.edition.id) + say("report.aside", text=report.edition.source)
        lines = (("html.edition", edition), ("html.file", self.result.path))
        return tag(
            "dl",
            *(tag("div", tag("dt", say(key)), tag("dd", text)) for key, text in facts),
            *(tag("div", tag("dt", say(key)), tag("dd", text), class_="line") for key, text in lines),
            class_="facts",
        )

    def _found(self) -> Iterator[Markup]:
        if not self.blocks:
            yield tag("p", self.say("html.no-findings"), class_="verdict held")
        for block in self.blocks:
            yield self.findings.block(block)

    def _legend(self) -> Markup:
        say = self.say
        return tag(
            "p",
            tag("span", tag("mark", "20", class_="suspect"), say("html.legend-suspect")),
            tag("span", tag("span", class_="swatch blank"), say("html.legend-blank")),
            tag("span", tag("span", "1", class_="ref"), say("html.legend-finding")),
            *(
                tag("span", tag("span", sign, class_=f"sign {state}"), say(f"state.{state}"))
                for state, sign in SIGNS.items()
            ),
            class_="legend",
            role="group",
            aria_label=say("html.legend"),
        )

    def _open(self) -> Iterator[Markup]:
        say = self.say
        if not self.result.unchecked:
            yield tag("p", say("html.no-open"))
            return
        rows = [self._question(alike) for alike in _alike(self.result.unchecked)]
        heads = (tag("th", say(key), scope="col") for key in ("html.rule", "html.reason", "html.place"))
        yield tag(
            "table",
            tag("caption", say("html.open"), class_="hidden"),
            tag("thead", tag("tr", *heads)),
            tag("tbody", *rows),
            class_="list",
        )

    def _question(self, alike: Sequence[OpenQuestion]) -> Markup:
        rules = dict.fromkeys(f"{item.rule} {item.name}" for item in alike)
        places = [item.place for item in alike if item.place]
        return tag(
            "tr",
            tag("th", *(tag("span", rule) for rule in rules), scope="row"),
            tag("td", alike[0].reason),
            tag("td", self.findings.links(places) if places else ""),
        )

    def _suppressed(self) -> Markup:
        say = self.say
        if not self.result.suppressed:
            return Markup("")
        items = [
            tag(
                "li",
                tag("code", f"{item.rule} {item.name}"),
                f" {item.message} ",
                tag("em", say("report.reason", reason=item.suppressed)),
            )
            for item in self.result.suppressed
        ]
        return self._section("html.suppressed", tag("ul", *items))

    def _signature(self) -> Markup:
        lines = [
            tag("div", tag("dt", self.say(key)), tag("dd")) for key in ("html.checker", "html.reviewer", "html.date")
        ]
        remarks = tag("div", tag("dt", self.say("html.opinion")), tag("dd"), class_="remarks")
        return tag("section", tag("h3", self.say("html.signature")), tag("dl", remarks, *lines), class_="signature")


def _alike(questions: Sequence[OpenQuestion]) -> list[list[OpenQuestion]]:
    """Questions that stay open for one reason together: a rule's in neighbouring cells, those of several rules."""
    groups: dict[tuple[object, ...], list[OpenQuestion]] = {}
    for number, item in enumerate(questions):
        near = item.place.labels[:-1] if item.place else ()
        key = (item.reason,) if item.place is None else (item.reason, item.rule, near or number)
        groups.setdefault(key, []).append(item)
    return list(groups.values())
