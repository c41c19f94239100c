"""The prose is this year's: not last year's sentences again, nor last year's year left in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from linter.checks.figures import figures
from linter.checks.last_year import beside_last_year
from linter.checks.quoted import quoted
from linter.checks.settings import Settings
from linter.checks.text_place import text_places
from linter.model.document import Span
from linter.model.finding import Check, Fact, Problem, Severity, Unchecked, Value
from linter.model.outline import Passage
from linter.model.report import Place, Report

FIELDS: Mapping[str, frozenset[str]] = {
    "": frozenset({"share", "repeated", "counted", "quotes"}),
    "identical": frozenset({"counted", "last"}),
    "stale-year": frozenset({"stated", "year", "quote"}),
}
"""`quotes`: the longest repeated sentences; `share`: whole per cent."""

_SENTENCE = re.compile(r"[^。！？；\n]+")
_LEAD = re.compile(r"^[ 　]*(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:是|[、.．）)])[ 　]*)+")
"""What counts off a sentence: 一是, （二）, 3."""
_YEAR = re.compile(r"(?<!\d)20\d\d(?=年)|二[〇○零][〇○零一二三四五六七八九]{2}(?=年)")
_NUMERAL = re.compile(r"\d[\d,.，．]*|[零〇○一二三四五六七八九十百千万亿两]+")
_MARKS = re.compile(r"[^\w#]+")

_STATED_YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)年度?(?!\d{1,2}月)")


@dataclass(frozen=True, slots=True)
class _YearWords:
    """What stands around a year: `before` and `behind` one that begins or ends a span of time (自, 以来), `plans`
    anywhere behind one that is still to come (将).
    """

    before: re.Pattern[str]
    behind: re.Pattern[str]
    plans: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence without what counts it off. `figureless`: its words with every number as ``#``; `yearless`: with only
    the years so; punctuation aside.
    """

    passage: Passage
    start: int
    text: str

    @property
    def figureless(self) -> str:
        return _MARKS.sub("", _NUMERAL.sub("#", self.text))

    @property
    def yearless(self) -> str:
        return _MARKS.sub("", _YEAR.sub("#", self.text))

    def span(self, start: int = 0, end: int | None = None) -> Span:
        return self.passage.span(self.start + start, self.start + (len(self.text) if end is None else end))


def bind(settings: Mapping[str, object]) -> Check:
    """`sections`: whose sentences are counted (the whole body in an edition without sections). `threshold`: per cent;
    the option ``copied-text`` wins. `least`: sentences below which no share is told. `shortest`: characters of a
    sentence that counts. `unless`: patterns of sentences that are rightly the same every year. `quotes`: how many.
    `before`, `behind`: patterns of what stands around a year of a span of time; `plans`: of what is still to come.
    """
    read = Settings(settings)
    sections, unless = read.texts("sections"), read.patterns("unless", ())
    threshold, least = read.number("threshold"), read.number("least")
    shortest, quotes = read.number("shortest"), read.number("quotes")
    years = _YearWords(read.pattern("before"), read.pattern("behind"), read.pattern("plans"))
    read.done()

    def own(sentences: Iterable[_Sentence]) -> list[_Sentence]:
        """The sentences whose repetition says something."""
        return [
            sentence
            for sentence in sentences
            if len(sentence.figureless) >= shortest and not any(pattern.search(sentence.text) for pattern in unless)
        ]

    def judge(report: Report, previous: Report) -> Iterator[Fact]:
        before = list(_sentences(previous.outline.prose()))
        written = list(_sentences(report.prose))
        if len(own(written)) >= least and _identical(report, written, previous, before):
            title = report.outline.title
            place = Place("title", (), title.span() if title else None)
            values: dict[str, Value] = {"counted": len(written), "last": previous.year}
            yield Problem(place, values, variant="identical", severity=Severity.ERROR)
            return
        body = _body(report, sections)
        if body is None:
            yield Unchecked("missing-section", report.place(f"section/{sections[0]}"))
        else:
            known = {sentence.figureless for sentence in before}
            counted = own(_sentences(body))
            repeated = [sentence for sentence in counted if sentence.figureless in known]
            share = 100 * len(repeated) // max(len(counted), 1)
            if repeated and len(counted) >= least and share >= _threshold(report, threshold):
                yield _copied(report, repeated, len(counted), quotes)
        yield from _stale(report, written, before, years)

    return beside_last_year(judge)


def _threshold(report: Report, default: int) -> int:
    own = report.options.get("copied-text")
    return own if isinstance(own, int) else default


def _body(report: Report, sections: Sequence[str]) -> list[Passage] | None:
    """The prose of the sections; None where the report has none of them."""
    if not report.edition.sections:
        return [passage for section in report.outline.sections for passage in section.passages()]
    found = [report.sections[name] for name in sections if name in report.sections]
    return [passage for section in found for passage in section.passages()] if found else None


def _sentences(passages: Iterable[Passage]) -> Iterator[_Sentence]:
    for passage in passages:
        for found in _SENTENCE.finditer(passage.text):
            lead = _LEAD.match(found[0])
            start = lead.end() if lead else 0
            if found[0][start:].strip():
                yield _Sentence(passage, found.start() + start, found[0][start:])


def _identical(report: Report, written: list[_Sentence], previous: Report, before: list[_Sentence]) -> bool:
    """Whether nothing but years differs: the same sentences in the same order, the same figures."""
    same = [sentence.yearless for sentence in written] == [sentence.yearless for sentence in before]
    return same and report.edition.id == previous.edition.id and figures(report) == figures(previous)


def _copied(report: Report, repeated: list[_Sentence], counted: int, quotes: int) -> Problem:
    longest = sorted(repeated, key=lambda sentence: len(sentence.text), reverse=True)[:quotes]
    place = text_places(report)
    return Problem(
        place=place(repeated[0].span()),
        values={
            "share": 100 * len(repeated) // counted,
            "repeated": len(repeated),
            "counted": counted,
            "quotes": tuple(sentence.text.strip() for sentence in longest),
        },
        related=tuple(place(span) for span in sorted(sentence.span() for sentence in longest)),
    )


def _stale(
    report: Report, written: Iterable[_Sentence], before: Iterable[_Sentence], words: _YearWords
) -> Iterator[Problem]:
    """Years in sentences taken over word for word: last year's as if it were this one, or this one still as a plan."""
    if report.year is None:
        return
    place = text_places(report)
    known = {sentence.text.strip() for sentence in before}
    for sentence in written:
        if sentence.text.strip() not in known:
            continue
        for found in _stale_years(sentence.text, report.year, words):
            span = sentence.span(*found.span())
            if not any(period.span.overlaps(span) for period in report.periods):
                stated = int(found["year"])
                quote = sentence.text.strip()
                yield Problem(
                    place(span), {"stated": stated, "year": report.year, "quote": quote}, variant="stale-year"
                )


def _stale_years(text: str, year: int, words: _YearWords) -> Iterator[re.Match[str]]:
    """The years in a sentence of last year's report that are out of date in the report of `year`."""
    apart = quoted(text)
    for found in _STATED_YEAR.finditer(text):
        spanning = words.before.search(text, 0, found.start()) or words.behind.match(text, found.end())
        if spanning or any(found.start() in stretch for stretch in apart):
            continue
        planned = int(found["year"]) == year and words.plans.search(text, found.end()) is not None
        if planned or int(found["year"]) == year - 1:
            yield found
