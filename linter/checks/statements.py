"""What a number in a sentence counts: claims as data, matched by the words around the number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linter.checks.narrative_settings import ProseSettings
from linter.checks.narrative_text import Sentence, sentences
from linter.model.finding import Severity
from linter.model.report import AgencyKind, Quantity, Report
from linter.text.names import borne, stands_for


@dataclass(frozen=True, slots=True)
class Claim:
    """What words count what. `readings`: sums of cells that may be meant, the usual one first; `loose`: sums that
    explain the number only if the wording is forgiven. `past`: it speaks of last year by its nature (结转).
    """

    name: str
    says: tuple[re.Pattern[str], ...]
    readings: tuple[str, ...]
    loose: tuple[str, ...]
    unless: re.Pattern[str] | None
    past: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """Claims that share their surroundings. `words`: literals of which the sentence holds one; `units` counted in;
    `context` must stand before the number in its passage; `unless` must not stand in its clause.
    """

    words: tuple[str, ...]
    units: frozenset[str]
    context: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures, and of when, a sentence speaks of.

    `unless`: words in a clause that make its numbers no figure of the year (同比, 累计); `body`: an agency as subject
    (group ``name``); `own`: what a report calls its publisher; `wider`: more than one agency reports; `denied`: words
    right before a statement that turn it into its opposite (没有收到一件申请).
    """

    unless: re.Pattern[str] | None
    body: re.Pattern[str] | None
    own: re.Pattern[str] | None
    wider: re.Pattern[str] | None
    denied: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A quantity that a claim explains. `start`, `end`: the words that matched, in the sentence; `wider`: the
    sentence speaks of more agencies than the publisher.
    """

    claim: Claim
    quantity: Quantity
    sentence: Sentence
    start: int
    end: int
    wider: bool
    own: bool
    """Whether the publisher's own number, not that of another body the sentence names."""
    key: str
    """What a group ``key`` of the pattern matched: one claim about several things by name (栏目)."""

    @property
    def quote(self) -> str:
        return self.sentence.text[self.start : self.end]

    @property
    def severity(self) -> Severity | None:
        """A wider population than the table's is a hint at most: 全市, 系统, 备案, 累计."""
        return Severity.NOTE if self.wider else None


def read_topics(settings: ProseSettings, *, with_cells: bool) -> tuple[Topic, ...]:
    """The ``topics`` of the settings, each with its ``claims``; `with_cells`: claims name the cells they speak of."""

    def claim(read: ProseSettings) -> Claim:
        return Claim(
            name=read.text("name", ""),
            says=read.says("says"),
            readings=read.texts("readings") if with_cells else (),
            loose=read.texts("loose", ()) if with_cells else (),
            unless=read.said("unless"),
            past=read.flag("past", default=False),
        )

    def topic(read: ProseSettings) -> Topic:
        return Topic(
            words=read.texts("words"),
            units=frozenset(read.texts("units")),
            context=read.said("context"),
            unless=read.said("unless"),
            claims=read.each("claims", claim),
        )

    return settings.each("topics", topic)


def read_scope(settings: ProseSettings) -> Scope:
    """The guards of a rule: its keys ``unless``, ``body``, ``own``, ``wider`` and ``denied``."""
    return Scope(*(settings.said(key) for key in ("unless", "body", "own", "wider", "denied")))


def statements(report: Report, topics: Sequence[Topic], scope: Scope, *, others: bool = False) -> Iterator[Statement]:
    """Every exact quantity that a claim explains, by the claim whose words match the longest, in reading order.

    `others`: those of other bodies too.
    """
    for sentence in sentences(report):
        if not sentence.quantities:
            continue
        best: dict[int, Statement] = {}
        for topic in topics:
            if any(word in sentence.text for word in topic.words):
                for statement in _matches(report, topic, sentence, scope):
                    at = statement.quantity.start
                    if not (statement.own or others):
                        continue
                    if at not in best or _length(statement) > _length(best[at]):
                        best[at] = statement
        yield from (best[at] for at in sorted(best))


def _length(statement: Statement) -> int:
    return statement.end - statement.start


def _matches(report: Report, topic: Topic, sentence: Sentence, scope: Scope) -> Iterator[Statement]:
    for claim in topic.claims:
        for pattern in claim.says:
            for match in pattern.finditer(sentence.masked):
                quantity = sentence.quantity_at(match.start("n"))
                if quantity is None or quantity.approximate or quantity.unit not in topic.units:
                    continue
                wider = _is_wider(report, scope, sentence.masked[sentence.clause(match.start()) : match.end()])
                own = _own(report, scope, sentence, match.start())
                statement = Statement(claim, quantity, sentence, *match.span(), wider, own, _key(match))
                if _within(topic, statement) and _in_scope(report, scope, statement):
                    yield statement


def _within(topic: Topic, statement: Statement) -> bool:
    """Whether the surroundings are the claim's: its context before it, no word in its item that makes it another's."""
    sentence = statement.sentence
    if topic.context and not topic.context.search(sentence.lead(statement.end)):
        return False
    item = sentence.masked[sentence.clause(statement.start) : sentence.item_end(statement.end)]
    return not any(guard.search(item) for guard in (topic.unless, statement.claim.unless) if guard)


def _in_scope(report: Report, scope: Scope, statement: Statement) -> bool:
    """Whether the number is of the report year, and said to be, not denied."""
    sentence = statement.sentence
    before = sentence.masked[sentence.clause(statement.start) : statement.start]
    if scope.denied and scope.denied.search(before):
        return False
    if statement.claim.past:
        return True
    clause = sentence.masked[sentence.clause(statement.start) : statement.end]
    return not (scope.unless and scope.unless.search(clause)) and sentence.speaks_of(report.year, statement.end)


def _key(match: re.Match[str]) -> str:
    return match["key"] if "key" in match.re.groupindex else ""


def _own(report: Report, scope: Scope, sentence: Sentence, offset: int) -> bool:
    """Whether the subject before `offset` is the publisher; a named other body counts what it counts, not the table."""
    subject = scope.body.search(sentence.text[sentence.clause(offset) : offset]) if scope.body else None
    if subject is None or (scope.own and scope.own.search(subject["name"])):
        return True
    return any(stands_for(subject["name"], name) for name in borne(report.publisher.name))


def _is_wider(report: Report, scope: Scope, clause: str) -> bool:
    alone = report.publisher.kind in (AgencyKind.OFFICE, AgencyKind.DEPARTMENT)
    return alone and scope.wider is not None and scope.wider.search(clause) is not None
