"""What checks yield (facts), what rules say, and what the engine answers (findings)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

from linter.model.report import Number, Place, Relation, Report, Term

Value = Number | str | None | tuple[Term, ...] | tuple[str, ...]
"""A fact of a problem: a number, a text, terms added up, or a list of texts."""


class Severity(Enum):
    """How much a finding weighs; compare with `rank`."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        return {"error": 3, "warning": 2, "note": 1}[self.value]


@dataclass(frozen=True, slots=True)
class Problem:
    """A fact that contradicts a rule. No words, no rule: the engine adds them.

    `values` fill the rule's templates. `variant` picks another of the rule's templates ("" its first). `severity`
    lowers or raises the rule's own for this one case, None: as the rule says.
    """

    place: Place
    values: Mapping[str, Value] = field(default_factory=dict)
    related: tuple[Place, ...] = ()
    variant: str = ""
    severity: Severity | None = None
    relation: Relation | None = None
    """The broken relation that the problem is, for those that are one."""


OF_RELATION = frozenset({"scope", "total", "relation", "figures"})
"""What the engine adds to the values of a problem that is a broken relation."""


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A question the check could not decide; `reason` is a key of the catalogue of words, `values` fill it."""

    reason: str
    place: Place | None = None
    values: Mapping[str, Value] = field(default_factory=dict)


Fact = Problem | Unchecked
Check = Callable[[Report], Iterator[Fact]]
"""A check, its settings bound: a pure function of the report."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text in the languages gouji speaks."""

    zh: str
    en: str

    def of(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case a rule carries. `text` a draft in Markdown ("" none), `cells` figures by path over a form of zeros.

    `finds` and `unchecked`: the places expected, exactly, each a path, or the text its span covers.
    """

    note: str
    finds: tuple[str, ...]
    text: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    edition: str = ""
    previous: Mapping[str, str] = field(default_factory=dict)
    previous_text: str = ""
    members: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unchecked: tuple[str, ...] = ()
    options: Mapping[str, object] = field(default_factory=dict)
    severity: str = ""
    message: str = ""
    """A text that the first message must contain in Chinese, "" any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule as its pack states it, its check bound to its settings."""

    id: str
    name: str
    family: str
    editions: tuple[str, ...]
    severity: Severity
    summary: Words
    why: Words
    source: str
    messages: Mapping[str, Words]
    """By variant; "" is the first."""
    helps: Mapping[str, Words]
    check: Check
    kind: str
    settings: Mapping[str, object]
    cases: tuple[Case, ...]
    honest: Words = Words("", "")
    """When an honest report may trip it."""


@dataclass(frozen=True, slots=True)
class Cause:
    """The fewest cells whose change makes every relation of the form hold; one of possibly several answers.

    `slip`: what kind of typing error turns the new value into the old (a key: ``digit``, ``swapped``, ``doubled``,
    ``exchanged``, ``split`` … as docs/cause.md lists them), "" unknown.
    """

    places: tuple[Place, ...]
    stated: tuple[Number | None, ...]
    repaired: tuple[Number, ...]
    slip: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is wrong in one form: the smallest repairs, the likeliest first.

    `broken`: the broken relations they all explain; `unique`: the first repair is the only smallest one that the
    relations or a likely slip leave; `causes` empty: no small repair exists.
    """

    form: str
    broken: tuple[Relation, ...]
    causes: tuple[Cause, ...]
    unique: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A problem in words. `cause` is the unique repair of the form that the finding belongs to, None otherwise;
    `group` joins findings of one cause ("" alone). `fingerprint` depends on rule, path and facts, never on lines.
    """

    rule: str
    name: str
    severity: Severity
    message: str
    help: str
    place: Place
    related: tuple[Place, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    cause: Cause | None = None
    group: str = ""
    fingerprint: str = ""
    suppressed: str = ""
    """The reason given for ignoring it; "" it counts."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """An `Unchecked` in words."""

    rule: str
    name: str
    reason: str
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The answer for one file. `error`: why it could not be read (in words), None: it was; then `report` is there."""

    path: str
    report: Report | None
    findings: tuple[Finding, ...] = ()
    unchecked: tuple[OpenQuestion, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    rules: tuple[Rule, ...] = ()
    error: str | None = None
    reason: str = ""
    """The key of `error` (``missing``, ``not-a-report`` …), "" without one."""
    suppressed: tuple[Finding, ...] = ()

    def relations(self, state: Literal["held", "broken", "unchecked"]) -> int:
        """How many relations of the forms held, broke, or could not be checked."""
        return sum(relation.state == state for relation in self.report.relations) if self.report else 0

    def worst(self) -> int:
        """The rank of the gravest finding, 0 for none."""
        return max((finding.severity.rank for finding in self.findings), default=0)
