"""Family R: a government's report beside those of its members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.editions import load_editions
from linter.engine import lint
from linter.model.finding import Problem, Severity, Unchecked
from linter.model.report import FormCell, Member, Report, State
from linter.packs import load_pack
from linter.readers.markdown import read_markdown
from linter.recognise import recognise
from linter.trial import with_cells

ROOT = Path(__file__).parent.parent
EDITIONS = load_editions()
RULES = {rule.id: rule for rule in load_pack((ROOT / "rules" / "rollup.toml").read_text(encoding="utf-8"), "rollup")}
APPLICANTS = ("natural", "business", "legal")
RESULTS = ("handled.granted", "handled.partial", "handled.other.rest")
Counts = Mapping[tuple[str, str], int]
"""(result, kind of applicant) → applications."""
COUNTS = st.dictionaries(
    st.tuples(st.sampled_from(RESULTS), st.sampled_from(APPLICANTS)), st.integers(1, 9), max_size=4
)


@cache
def written(name: str, year: int) -> Report:
    text = f"# {name}{year}年政府信息公开工作年度报告\n\n## 一、总体情况\n\n{year}年，依法公开政府信息。\n"
    return recognise(read_markdown(text.encode(), "a.md"), EDITIONS)


def filled(counts: Counts, name: str = "青禾市人民政府", year: int = 2023) -> Report:
    """A report whose applications form is what the counts give, every sum right."""
    figures: dict[str, int] = {}
    for (result, applicant), count in counts.items():
        for row in ("new", result, "handled.total"):
            for column in (applicant, "total"):
                path = f"applications/{row}/{column}"
                figures[path] = figures.get(path, 0) + count
    cells = {path: str(figure) for path, figure in figures.items()}
    return with_cells(written(name, year), {"applications/new/total": "0", **cells})


def added(counts: Sequence[Counts]) -> Counts:
    total: dict[tuple[str, str], int] = {}
    for one in counts:
        for key, count in one.items():
            total[key] = total.get(key, 0) + count
    return total


def members(counts: Sequence[Counts]) -> tuple[Member, ...]:
    return tuple(Member(f"{number}.docx", filled(one, f"青禾市第{number}局")) for number, one in enumerate(counts))


def facts(rule: str, report: Report, of: Sequence[Member]) -> list[Problem | Unchecked]:
    return list(RULES[rule].check(replace(report, members=tuple(of))))


def problems(rule: str, report: Report, of: Sequence[Member]) -> list[Problem]:
    return [fact for fact in facts(rule, report, of) if isinstance(fact, Problem)]


@pytest.mark.parametrize("rule", RULES)
def test_only_a_governments_report_asks_for_members(rule):
    assert facts(rule, filled({}), ()) == [Unchecked("no-members")]
    assert facts(rule, filled({}, "青禾市水务局"), ()) == []


@settings(deadline=None, max_examples=30)
@given(st.lists(COUNTS, min_size=1, max_size=4))
def test_the_sum_over_the_members_is_never_wrong(counts):
    assert problems("R01", filled(added(counts)), members(counts)) == []


@settings(deadline=None, max_examples=30)
@given(st.lists(COUNTS, min_size=2, max_size=4), st.sampled_from(RESULTS), st.sampled_from(APPLICANTS))
def test_one_application_too_many_is_told_once_and_every_total_it_moves_is_named(counts, result, applicant):
    own = filled(added([*counts, {(result, applicant): 1}]))
    found = problems("R01", own, members(counts))
    named = {place.path for problem in found for place in (problem.place, *problem.related)}
    assert named == {
        f"applications/{row}/{column}" for row in ("new", result, "handled.total") for column in (applicant, "total")
    }
    if all(problem.variant in ("", "none") for problem in found):
        assert {problem.place.path for problem in found} == {
            f"applications/{row}/{applicant}" for row in ("new", result)
        }


@settings(deadline=None, max_examples=30)
@given(st.lists(COUNTS, min_size=2, max_size=4), st.integers(0, 3))
def test_a_member_left_out_or_added_twice_is_one_finding(counts, number):
    out = counts[number % len(counts)]
    if not out:
        return
    place = counts.index(out)
    less = filled(added([one for index, one in enumerate(counts) if index != place]))
    for report, variant in ((less, "left-out"), (filled(added([*counts, out])), "twice")):
        (problem,) = problems("R01", report, members(counts))
        assert problem.variant == variant
        assert f"青禾市第{place}局" in (problem.values["members"] or ())


@settings(deadline=None, max_examples=30)
@given(st.lists(COUNTS, min_size=2, max_size=4), COUNTS, st.randoms(use_true_random=False))
def test_the_order_of_the_members_does_not_matter(counts, own, random):
    report = filled(own)
    shuffled = list(members(counts))
    random.shuffle(shuffled)
    told = [
        {(one.place.path, one.variant) for one in problems("R01", report, of)} for of in (members(counts), shuffled)
    ]
    assert told[0] == told[1]


@settings(deadline=None, max_examples=30)
@given(st.lists(COUNTS, min_size=1, max_size=3), COUNTS)
def test_while_a_member_is_missing_only_what_it_cannot_explain_is_a_finding(counts, missing):
    of = [*members(counts), Member("青禾市教育局", None, "missing")]
    told = facts("R01", filled(added([*counts, missing])), of)
    assert [fact.reason for fact in told if isinstance(fact, Unchecked) and fact.place and fact.place.span] == [
        "unreadable-member"
    ]
    assert not [fact for fact in told if isinstance(fact, Problem)]


def test_less_than_the_members_at_hand_is_wrong_in_any_case():
    of = [*members([{("handled.granted", "natural"): 3}]), Member("青禾市教育局", None, "damaged")]
    found = problems("R01", filled({("handled.granted", "natural"): 2}), of)
    assert [problem.place.path for problem in found] == [
        "applications/new/natural",
        "applications/handled.granted/natural",
    ]
    assert {problem.severity or RULES["R01"].severity for problem in found} == {Severity.ERROR}


def test_the_members_that_contribute_are_listed_with_their_figures_the_largest_first():
    counts = [{("handled.granted", "natural"): number} for number in (2, 5)] + [{}]
    own = with_cells(filled({}), {"applications/new/natural": "6"})
    found = next(one for one in problems("R01", own, members(counts)) if one.place.path == "applications/new/natural")
    assert found.values["members"] == ("青禾市第1局 5", "青禾市第0局 2")
    assert (found.values["stated"], found.values["computed"], found.values["difference"]) == (6, 7, 1)


def test_a_cell_that_was_not_read_in_one_member_leaves_that_cell_open():
    whole, hurt = members([{("handled.granted", "natural"): 2}, {("handled.granted", "natural"): 1}])
    assert hurt.report is not None
    form = hurt.report.forms["applications"]
    cells = {**form.cells, ("handled.granted", "natural"): FormCell(State.UNREAD)}
    hurt = replace(hurt, report=replace(hurt.report, forms={"applications": replace(form, cells=cells)}))
    report = filled({("handled.granted", "natural"): 4})
    paths = {problem.place.path for problem in problems("R01", report, [whole, hurt])}
    assert "applications/handled.granted/natural" not in paths
    told = lint(replace(report, members=(whole, hurt)), [RULES["R01"]], path="a.md")
    assert [question.place.path for question in told.unchecked if question.place] == [
        "disclosure",
        "applications",
        "litigation",
    ]


@pytest.mark.parametrize(
    ("own", "amounts", "wrong"),
    [
        ("15.78", ["12.345", "3.4321"], False),
        ("15.8", ["12.345", "3.4321"], False),
        ("16", ["12.345", "3.4321"], False),
        ("17", ["12.345", "3.4321"], True),
        ("35", ["20", "14"], True),
        ("12.3", ["123000元"], False),
        ("123000", ["12.3"], True),
    ],
)
def test_amounts_may_be_rounded_and_no_more(own, amounts, wrong):
    of = [
        Member(name, with_cells(written(f"青禾市第{name}局", 2023), {"disclosure/fees/amount": amount}))
        for name, amount in zip("甲乙", amounts, strict=False)
    ]
    report = with_cells(written("青禾市人民政府", 2023), {"disclosure/fees/amount": own})
    assert bool(problems("R01", report, of)) == wrong


def test_a_member_without_usable_figures_is_named_with_the_reason():
    of = [
        *members([{}]),
        Member("乙局", None, "missing"),
        Member("丙局", None, "encrypted"),
        Member("丁.docx", filled({}, "青禾市丁局", 2022)),
        Member("戊.docx", written("青禾市戊局", 2023)),
    ]
    found = problems("R02", filled({}), of)
    assert [(problem.values["member"], problem.variant) for problem in found] == [
        ("乙局", ""),
        ("丙局", "unreadable"),
        ("青禾市丁局", "other-year"),
        ("青禾市戊局", "formless"),
    ]
    assert problems("R01", filled({}), of) == []
