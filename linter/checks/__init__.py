"""Kinds of checks, one module each. A rule names its kind; `bind` gives the kind the rule's settings."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Protocol, cast

from linter.model.finding import Check


class Kind(Protocol):
    """What a module of a kind offers."""

    FIELDS: Mapping[str, frozenset[str]]
    """By variant of the message ("" the first): the names in `Problem.values` that templates may use."""

    def bind(self, settings: Mapping[str, object]) -> Check:
        """The check with its settings. Raises ValueError that names a wrong key and what was expected."""


KINDS: Mapping[str, str] = {
    "identity": "identity",
    "surplus": "surplus",
    "required-section": "required_section",
    "section-order": "section_order",
    "section-title": "section_title",
    "empty-section": "empty_section",
    "announced-parts": "announced_parts",
    "content": "content",
    "required-form": "required_form",
    "title-wording": "title_wording",
    "publisher-names": "publisher_names",
    "edition-of-year": "edition_of_year",
    "missing-row": "missing_row",
    "altered-label": "altered_label",
    "unknown-row": "unknown_row",
    "blank-cell": "blank_cell",
    "cell-state": "cell_state",
    "misfit": "misfit",
    "title-row": "title_row",
    "regulation-power": "regulation_power",
    "stated-period": "stated_period",
    "period": "period",
    "impossible-date": "impossible_date",
    "deadline": "deadline",
    "early-date": "early_date",
    "stated-date": "stated_date",
    "stray-year": "stray_year",
    "doubled-word": "doubled_word",
    "pairing": "pairing",
    "nesting": "nesting",
    "phrases": "phrases",
    "identifiers": "identifiers",
    "leftovers": "leftovers",
    "numbering": "numbering",
    "narrative": "narrative",
    "narrative-sums": "narrative_sums",
    "narrative-repeats": "narrative_repeats",
    "percentages": "percentages",
    "claims": "claims",
    "carry-over": "carry_over",
    "stock": "stock",
    "copied-text": "copied_text",
    "jump": "jump",
    "rollup": "rollup",
    "missing-member": "missing_member",
}
"""Kind → module of this package, written by hand: the order is visible and nothing is imported by magic."""


def kind(name: str) -> Kind | None:
    """The kind of that name: ours, or a plug-in's from the entry-point group ``linter.checks``; None: there is none."""
    if name in KINDS:
        return cast("Kind", import_module(f"linter.checks.{KINDS[name]}"))
    from importlib.metadata import entry_points  # noqa: PLC0415 -- slow, and only plug-ins need it

    found = [point for point in entry_points(group="linter.checks") if point.name == name]
    return cast("Kind", found[0].load()) if found else None
