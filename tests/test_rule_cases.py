"""Every rule's own cases: what it finds, where, in both languages."""

import string

import pytest

from linter.checks import kind
from linter.editions import load_editions
from linter.packs import load_rules
from linter.trial import try_case

RULES = load_rules()
EDITIONS = load_editions()
CASES = [pytest.param(rule, case, id=f"{rule.id}-{case.note}") for rule in RULES for case in rule.cases]
ENGINE = {"scope", "total", "relation", "figures"}
"""What the engine adds to the facts of a broken relation."""


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("rule", "case"), CASES)
def test_a_case_finds_what_it_says(rule, case, language):
    trial = try_case(rule, case, EDITIONS, language)

    assert not trial.faults


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_a_clean_and_a_faulty_case_and_both_languages(rule):
    assert any(case.finds for case in rule.cases)
    assert any(not case.finds for case in rule.cases)
    for words in (rule.summary, rule.why, *rule.messages.values(), *rule.helps.values()):
        assert words.zh
        assert words.en
    assert rule.source


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.family in "NYRWD"], ids=lambda rule: rule.id)
def test_a_rule_that_reads_prose_or_other_reports_has_three_clean_cases(rule):
    """What honest reports say in so many ways takes more than one case to show."""
    assert sum(not case.finds for case in rule.cases) >= 3


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_templates_name_only_facts_that_their_kind_yields(rule):
    fields = kind(rule.kind).FIELDS
    for texts in (rule.messages, rule.helps):
        for variant, words in texts.items():
            known = fields.get(variant)
            assert known is not None, f"{rule.id}: the kind has no variant {variant!r}"
            for text in (words.zh, words.en):
                named = {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
                assert named <= known | ENGINE


def test_ids_and_names_are_unique():
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_families_are_the_first_letters_of_ids():
    assert all(rule.id.startswith(rule.family) for rule in RULES)
