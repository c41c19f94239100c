"""The names in a configuration, held against the rules and editions there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from linter.config.model import Config, Settings
from linter.loading import Fault, LoadError, nearest
from linter.model.edition import Edition
from linter.model.finding import Rule
from linter.options import unknown_names


def check_names(config: Config, rules: Iterable[Rule], editions: Iterable[Edition] = ()) -> None:
    """Raises LoadError for the names that no rule and, if `editions` are given, no edition bears: all of them."""
    known = tuple(rules)
    ids = [edition.id for edition in editions]
    faults = list(_unknown(config.settings, "", known, ids))
    for index, special in enumerate(config.per_file):
        faults += _unknown(special.settings, f"per-file[{index}].", known, ids)
    if faults:
        raise LoadError(faults, config.file.name if config.file else "")


def _unknown(settings: Settings, under: str, rules: Sequence[Rule], editions: Sequence[str]) -> Iterator[Fault]:
    words = [word for rule in rules for word in (rule.id, rule.name)]
    named = [
        *((f"select[{index}]", token) for index, token in enumerate(settings.select)),
        *((f"ignore[{index}]", token) for index, token in enumerate(settings.ignore)),
        *((f"severity.{token}", token) for token in settings.severity),
    ]
    for path, token in named:
        if unknown_names([token], rules):
            yield Fault(under + path, f"unknown rule {token!r}{nearest(token, words)}")
    if editions and settings.edition not in (None, "auto", *editions):
        wrong = str(settings.edition)
        yield Fault(f"{under}edition", f"unknown edition {wrong!r}; expected one of auto, {', '.join(editions)}")
