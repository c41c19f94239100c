"""Rule packs: `rules/*.toml`, read strictly into `Rule`, their checks bound to their settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from string import Formatter
from types import MappingProxyType

from linter.checks import KINDS, kind
from linter.loading import Fields, LoadError, file_text, nearest, read_toml
from linter.model.finding import OF_RELATION, Case, Check, Fact, Rule, Severity, Words
from linter.model.report import Report
from linter.resources import folder
from linter.store.compiled import compiled
from linter.store.packing import Packing

_NO_PACKS = frozenset({"words.toml", "help.toml", "config.toml", "names.toml"})
"""Data of the tool itself, beside the packs."""


@dataclass(frozen=True)
class BoundCheck:
    """A kind with a rule's settings, bound when first called: most drafts need two thirds of the rules."""

    kind: str
    settings: Mapping[str, object]

    def __call__(self, report: Report) -> Iterator[Fact]:
        return self._check(report)

    def bind(self) -> None:
        """Binds now. Raises ValueError for settings that the kind does not take."""
        _ = self._check

    @cached_property
    def _check(self) -> Check:
        found = kind(self.kind)
        if found is None:
            raise ValueError(f"no kind {self.kind!r}")
        return found.bind(self.settings)


def load_rules(extra: Sequence[Path] = ()) -> tuple[Rule, ...]:
    """Our rules and those of the packs (files or folders) in `extra`, by id. Raises LoadError, also for an id twice."""
    files = [file for path in extra for file in (sorted(path.glob("*.toml")) if path.is_dir() else [path])]
    own = (rule for file in files for rule in load_pack(file_text(file), file.name))
    rules = sorted((*_house(), *own), key=lambda rule: rule.id)
    for before, rule in pairwise(rules):
        if before.id == rule.id:
            raise LoadError.of(f"two rules are called {rule.id}")
    return tuple(rules)


@cache
def _house() -> tuple[Rule, ...]:
    return compiled("rules", tuple, _house_as_written, Packing(also=[BoundCheck]))


def _house_as_written() -> tuple[Rule, ...]:
    files = (file for file in folder("rules").iterdir() if file.name.endswith(".toml") and file.name not in _NO_PACKS)
    return tuple(rule for file in files for rule in load_pack(file_text(file), file.name))


def load_pack(text: str, name: str) -> tuple[Rule, ...]:
    """The rules that a pack's `text` describes. Raises LoadError with every fault found."""
    return read_toml(text, name, lambda fields: _pack(fields, _rule))


def load_unbound(text: str, name: str) -> tuple[Rule, ...]:
    """Rules that judge no report: as `load_pack`, but without check, settings and cases. Raises LoadError."""
    return read_toml(text, name, lambda fields: _pack(fields, _unbound))


def _pack(fields: Fields, build: Callable[[Fields, str], Rule]) -> tuple[Rule, ...]:
    family = fields.text("family")
    return fields.each("rule", lambda rule: build(rule, family))


def _rule(fields: Fields, family: str) -> Rule:
    name = fields.choice("check", [*KINDS, *_plugged(fields)])
    settings = fields.mapping("settings", {})
    cases = fields.each("case", _case)
    stated = _unbound(fields, family)
    _check_templates(fields, name, {"message": stated.messages, "help": stated.helps})
    if not any(case.finds for case in cases) or all(case.finds for case in cases):
        fields.fault("case", "expected at least one clean case and one faulty one")
    check = _bound(fields, name, settings)
    return replace(stated, check=check, kind=name, settings=MappingProxyType(dict(settings)), cases=cases)


def _unbound(fields: Fields, family: str) -> Rule:
    """What a rule says, with a check that finds nothing."""
    messages, helps = _variants(fields, "message"), _variants(fields, "help")
    return Rule(
        id=fields.text("id"),
        name=fields.text("name"),
        family=family,
        editions=fields.texts("editions"),
        severity=Severity(fields.choice("severity", [severity.value for severity in Severity])),
        summary=_words(fields, "summary"),
        why=_words(fields, "why"),
        honest=_words(fields, "honest") if "honest" in fields else Words("", ""),
        source=fields.text("source"),
        messages=messages,
        helps=helps,
        check=lambda _report: iter(()),
        kind="",
        settings=MappingProxyType({}),
        cases=(),
    )


def _plugged(fields: Fields) -> Iterator[str]:
    """A kind of a plug-in, looked for only where the name is none of ours."""
    wanted = fields.text("check", "")
    if wanted not in KINDS and kind(wanted) is not None:
        yield wanted


def _bound(fields: Fields, name: str, settings: Mapping[str, object]) -> Check:
    check = BoundCheck(name, MappingProxyType(dict(settings)))
    try:
        check.bind()
    except ValueError as error:
        fields.fault("settings", str(error))
    return check


def _check_templates(fields: Fields, name: str, texts: Mapping[str, Mapping[str, Words]]) -> None:
    """That every text names only facts which the kind yields there, so that no draft fails for a slip of the pen."""
    found = kind(name)
    if found is None:
        return
    for key, variants in texts.items():
        for variant, words in variants.items():
            where = f"{key}s.{variant}" if variant else key
            known = found.FIELDS.get(variant)
            if known is None:
                fields.fault(where, f"unknown variant{nearest(variant, list(found.FIELDS))}")
                continue
            for language in ("zh", "en"):
                for fault in _template_faults(words.of(language), known | OF_RELATION):
                    fields.fault(f"{where}.{language}", fault)


def _template_faults(template: str, known: frozenset[str]) -> Iterator[str]:
    try:
        named = {field for _, field, _, _ in Formatter().parse(template) if field is not None}
    except ValueError as error:
        yield str(error)
        return
    for unknown in sorted(named - known):
        yield f"unknown fact {{{unknown}}}{nearest(unknown, sorted(known))}"


def _member(fields: Fields) -> Mapping[str, str]:
    return _cells(fields, "cells")


def _words(fields: Fields, key: str) -> Words:
    table = fields.mapping(key)
    for missing in {"zh", "en"} - set(table):
        fields.fault(f"{key}.{missing}", "missing")
    for unknown in set(table) - {"zh", "en"}:
        fields.fault(f"{key}.{unknown}", f"unknown key{nearest(unknown, ['zh', 'en'])}")
    return Words(str(table.get("zh", "")).strip(), str(table.get("en", "")).strip())


def _variants(fields: Fields, key: str) -> Mapping[str, Words]:
    """The rule's own text under "" and those of `messages`/`helps` under their names."""
    several = fields.named(f"{key}s", lambda table: Words(table.text("zh"), table.text("en")), required=False)
    return MappingProxyType({"": _words(fields, key), **several})


def _case(fields: Fields) -> Case:
    return Case(
        note=fields.text("note"),
        finds=fields.texts("finds"),
        text=fields.text("text", ""),
        cells=_cells(fields, "cells"),
        edition=fields.text("edition", ""),
        previous=_cells(fields, "previous"),
        previous_text=fields.text("previous_text", ""),
        members=fields.named("members", _member, required=False),
        unchecked=fields.texts("unchecked", ()),
        options=fields.mapping("options", {}),
        severity=fields.text("severity", ""),
        message=fields.text("message", ""),
    )


def _cells(fields: Fields, key: str) -> Mapping[str, str]:
    table = fields.mapping(key, {})
    for path, figure in table.items():
        if not isinstance(figure, str):
            fields.fault(f"{key}.{path}", "expected the figure as text")
    return MappingProxyType({path: str(figure) for path, figure in table.items()})
