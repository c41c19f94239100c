"""Whether a run has an answer to what a rule asks of a draft: only then is a suppression or a known finding unused."""

from __future__ import annotations

from linter.model.finding import Result


def judged(result: Result, rule: str, path: str = "") -> bool:
    """Whether the rule (id or name) was applied and left no question open, at `path` or below or above it if given."""
    return any(rule in (ran.id, ran.name) for ran in result.rules) and not any(
        rule in (question.rule, question.name)
        and (not path or question.place is None or _related(question.place.path, path))
        for question in result.unchecked
    )


def _related(one: str, other: str) -> bool:
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")
