"""Injected faults are found, in their place, and blamed on the right cell; honest reports are left alone.

A fixed sample of what ``benchmarks/faults.py`` measures; ``synthesis/reached.toml`` holds what was reached.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest
from synthesis.draft import EDITIONS, FORMATS, KINDS
from synthesis.faults import MAKERS
from synthesis.figures import laws
from synthesis.measure import Score, measure_honest, measure_kind
from synthesis.reports import compose, honest

REACHED = tomllib.loads((Path(__file__).parent / "synthesis" / "reached.toml").read_text("utf-8"))


@cache
def score(kind: str) -> Score:
    return measure_kind(kind, REACHED["faults"], REACHED["seed"])


@cache
def total() -> Score:
    found = Score()
    for kind in MAKERS:
        found.add(score(kind))
    return found


def test_honest_reports_raise_no_alarm_and_are_read_as_printed():
    alarms = measure_honest(range(REACHED["seed"], REACHED["seed"] + REACHED["honest"])).values()
    examples = [line for one in alarms for line in one.examples]
    assert sum(one.errors + one.warnings for one in alarms) <= REACHED["most"]["false_alarms"], examples
    assert sum(one.unread for one in alarms) <= REACHED["most"]["misread"], examples


@pytest.mark.parametrize("kind", MAKERS)
def test_faults_of_every_kind_are_found(kind):
    found = score(kind)
    assert found.made, "no report had room for the fault"
    assert found.noticeable - found.found <= REACHED["missed"].get(kind, 0), found.examples


def test_the_shares_reached_over_all_kinds_are_kept():
    found, least = total(), REACHED["least"]
    shares = {
        "recall": found.found / found.noticeable,
        "place": found.placed / found.noticeable,
        "cause": found.blamed / found.determined,
        "claims": found.right_claims / found.claims,
    }
    assert {name: value for name, value in shares.items() if value < least[name] - least["margin"]} == {}, (
        found.examples
    )


def test_a_fault_brings_no_findings_that_have_nothing_to_do_with_it():
    assert total().strangers <= REACHED["most"]["strangers"], total().examples


@pytest.mark.parametrize("edition", EDITIONS)
def test_honest_figures_satisfy_every_law(edition):
    for seed in range(40):
        figures = compose(seed, edition=edition, kind=KINDS[seed % 4]).figures
        assert [law for law in laws(edition) if not law.holds(figures)] == []


@pytest.mark.parametrize("style", FORMATS)
def test_a_seed_gives_the_same_bytes_every_time(style):
    first, again = (honest(7, edition="2021", kind="office", format=style) for _ in range(2))
    assert first == again


def test_the_sample_has_the_variants_that_must_not_alarm():
    """Sections in two parts, a sixth aspect, prose before the form, own tables, local sections."""
    seen = {
        trait
        for seed in range(REACHED["honest"])
        for trait in compose(seed, edition=EDITIONS[seed % 3], kind=KINDS[seed // 3 % 4]).traits
    }
    assert seen >= {
        "V1-V3 local sections", "V4 sixth section in two parts", "V6 English", "V7 sixth item",
        "V13 prose before the table", "V14 table of its own", "two-line title", "date in characters", "no applications",
    }  # fmt: skip
