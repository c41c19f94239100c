"""Prose against tables and against itself: what the kinds of family N hold for any figures, and in real reports."""

import tomllib
from dataclasses import replace
from decimal import Decimal
from importlib import import_module
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reports import blanked, editions, report

from linter.checks import KINDS
from linter.checks.narrative_text import sentences
from linter.checks.notation import compile_pattern
from linter.engine import lint
from linter.model.edition import Kind
from linter.model.finding import Problem, Severity, Unchecked
from linter.model.report import State
from linter.packs import load_rules
from linter.readers import read
from linter.recognise import recognise
from linter.resources import folder
from linter.text.numerals import chinese

REPORTS = Path(__file__).resolve().parents[2] / "shared" / "reports"
COUNTS = st.integers(0, 5000)
COLUMNS = ("natural", "business", "research", "welfare", "legal", "other")


def pack():
    return tomllib.loads(folder("rules").joinpath("prose.toml").read_text("utf-8"))["rule"]


def module(rule):
    return import_module(f"linter.checks.{KINDS[rule['check']]}")


CHECKS = {rule["id"]: module(rule).bind(rule["settings"]) for rule in pack()}


def problems(rule, built):
    return [fact for fact in CHECKS[rule](built) if isinstance(fact, Problem)]


def quoted(rule, built):
    text = built.document.text
    return [text[item.place.span.start : item.place.span.end] for item in problems(rule, built)]


# --- the pack ------------------------------------------------------------------------------------------------------


def readings():
    for rule in pack():
        claims = [*chain(*(topic["claims"] for topic in rule["settings"].get("topics", [])))]
        claims += [*rule["settings"].get("claims", []), *rule["settings"].get("trends", []), rule["settings"]]
        for claim in claims:
            for key in ("readings", "loose", "cells", "wholes"):
                yield from claim.get(key, [])


@pytest.mark.parametrize("reading", sorted(set(readings())))
def test_every_reading_names_cells_of_some_edition(reading):
    """A misspelt cell would be passed over in silence."""
    known = {
        f"{form.id}/{row.id}/{column.id}"
        for edition in editions()
        for form in edition.forms
        for _, row, column in form.places()
        if row.kind is not Kind.TITLE
    }
    for term in reading.split(" + "):
        form, row, column = term.split("/")
        if row.endswith(".*"):
            assert any(path.startswith(f"{form}/{row[:-1]}") and path.endswith(f"/{column}") for path in known)
        else:
            assert term in known


@pytest.mark.parametrize("rule", pack(), ids=lambda rule: rule["id"])
def test_every_variant_of_a_kind_has_its_message(rule):
    claims = rule["settings"].get("claims", [])
    used = {claim.get("variant", "") for claim in claims} if claims else set(module(rule).FIELDS)
    assert used <= {"", *rule.get("messages", {})}


@pytest.mark.parametrize(
    ("rule", "change", "complaint"),
    [
        ("N01", {"topics": []}, "topics: expected a list of tables"),
        ("N01", {"body": "("}, "body: '\\(' is no regular expression"),
        ("N01", {"own": "<nobody>"}, "own: expected a name of words, found <nobody>"),
        ("N01", {"topcis": 1}, "topcis: unknown key"),
        ("N01", {"topics": [{"words": [], "units": [], "claims": [{"says": []}]}]}, r"topics\[0\].claims\[0\].read"),
        ("N02", {"rest": 1}, "rest: expected str"),
        ("N03", {"trends": [{"words": [], "says": ["<n>"]}]}, r"trends\[0\].cells: missing"),
        ("N04", {"expects": "many"}, "expects: expected one of none, some"),
        ("N04", {"claims": [{"words": [], "says": [], "cells": [], "severity": "loud"}]}, r"claims\[0\].severity"),
        ("N06", {"topics": [{"words": [], "units": [], "claims": [{"says": ["<n>"]}]}]}, "expected a name"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named(rule, change, complaint):
    found = next(item for item in pack() if item["id"] == rule)
    with pytest.raises(ValueError, match=complaint):
        module(found).bind({**found["settings"], **change})


def test_the_notation_of_patterns():
    """<n> is one quantity, ~ stays within a clause and passes no quantity, <name> is the pack's expression."""
    sentence = next(iter(sentences(report("2021", "收到政府信息公开申请105件，答复98件"))))
    assert compile_pattern("<got>~申请<n>", {"got": "收到|接到"}).search(sentence.masked).span("n") == (10, 14)
    assert compile_pattern("收到~答复<n>", {}).search(sentence.masked) is None
    assert len(sentence.masked) == len(sentence.text)


# --- N01 -----------------------------------------------------------------------------------------------------------


def applications(new, carried_in, carried_out):
    return {
        "applications/new/total": str(new),
        "applications/carried_in/total": str(carried_in),
        "applications/handled.total/total": str(new + carried_in - carried_out),
        "applications/carried_out/total": str(carried_out),
    }


@given(COUNTS, COUNTS, COUNTS)
@settings(max_examples=40, deadline=None)
def test_every_legitimate_reading_is_accepted(new, carried_in, carried_out):
    """受理 may mean 新收 or 新收+结转, 办理 also the total handled; carried figures mean their own rows."""
    carried_out = min(carried_out, new + carried_in)
    handled = new + carried_in - carried_out
    cells = applications(new, carried_in, carried_out)
    for count in (new, new + carried_in):
        assert not problems("N01", report("2021", f"全县受理政府信息公开申请{count}件。", cells))
    taken_in = f"全县新收政府信息公开申请{new}件，上年结转{carried_in}件"
    said = f"{taken_in}，办结政府信息公开申请{handled}件，结转下年度{carried_out}件。"
    assert not problems("N01", report("2021", said, cells))


@given(COUNTS, st.integers(1, 500), st.integers(1, 500))
@settings(max_examples=40, deadline=None)
def test_a_number_that_no_reading_gives_is_a_problem_with_both_numbers(new, carried_in, off):
    stated = new + carried_in + off
    built = report("2021", f"全县收到政府信息公开申请{stated}件。", applications(new, carried_in, 0))
    (found,) = problems("N01", built)
    assert quoted("N01", built) == [f"{stated}件"]
    assert (found.values["stated"], found.values["computed"]) == (stated, new)
    assert any(str(new + carried_in) in text for text in found.values["tried"])
    assert [place.path for place in found.related] == ["applications/new/total"]


@given(st.integers(1, 500), st.integers(1, 500))
@settings(max_examples=20, deadline=None)
def test_what_only_the_carry_over_explains_is_a_note(new, carried_in):
    built = report("2021", f"收到政府信息公开申请{new + carried_in}件。", applications(new, carried_in, 0))
    (found,) = problems("N01", built)
    assert (found.variant, found.severity) == ("loose", Severity.NOTE)


@given(st.lists(COUNTS, min_size=6, max_size=6))
@settings(max_examples=30, deadline=None)
def test_a_blank_total_is_the_sum_of_its_row(counts):
    """Shanghai's office left every total blank in 2019: the row's other cells still say what it is."""
    cells = {f"applications/new/{column}": str(count) for column, count in zip(COLUMNS, counts, strict=True)}
    built = blanked(report("2019", f"受理政府信息公开申请{sum(counts)}件。", cells), "applications", ("new", "total"))
    assert built.forms["applications"].cells["new", "total"].state is State.BLANK
    assert not problems("N01", built)
    wrong = report("2019", f"受理政府信息公开申请{sum(counts) + 1}件。", cells)
    assert problems("N01", blanked(wrong, "applications", ("new", "total")))[0].values["computed"] == sum(counts)


def test_a_chapter_put_before_a_finding_leaves_its_fingerprint():
    """A baseline must not break by an edit elsewhere."""
    (rule,) = (rule for rule in load_rules() if rule.id == "N01")
    chapter = "## {}、群众诉求\n\n收到政府信息公开申请6件。"
    cells = {"statistics/received/count": "5"}
    first, edited = (
        lint(report("2014", text, cells), [rule], path="draft.md").findings
        for text in (chapter.format("二"), "## 二、重点领域\n\n公开。\n\n" + chapter.format("三"))
    )
    assert [finding.fingerprint for finding in first] == [finding.fingerprint for finding in edited]
    assert len(first) == 1


def test_a_blank_form_and_a_missing_form_are_open_questions():
    prose = "收到政府信息公开申请12件。"
    missing = report("2021", prose)
    assert [fact.reason for fact in CHECKS["N01"](missing) if isinstance(fact, Unchecked)] == ["missing-form"]
    filled = report("2021", prose, {"applications/new/total": "0"})
    blank = blanked(filled, "applications", *filled.forms["applications"].cells)
    assert [fact.reason for fact in CHECKS["N01"](blank) if isinstance(fact, Unchecked)] == ["no-values"]


def test_a_form_that_only_points_elsewhere_is_no_form_of_zeros():
    built = report("2021", "收到政府信息公开申请12件。", {"applications/new/natural": "见附件"})
    others = [key for key in built.forms["applications"].cells if key != ("new", "natural")]
    facts = list(CHECKS["N01"](blanked(built, "applications", *others)))
    assert [fact.reason for fact in facts if isinstance(fact, Unchecked)] == ["no-values"]
    assert len(facts) == 1


def test_a_word_where_the_figure_belongs_is_named_as_such():
    cells = {"applications/new/natural": "5", "applications/new/total": "五件左右"}
    facts = list(CHECKS["N01"](report("2021", "收到政府信息公开申请12件。", cells)))
    assert [fact.reason for fact in facts if isinstance(fact, Unchecked)] == ["not-a-number"]
    assert len(facts) == 1


@given(
    st.integers(0, 9999), st.sampled_from(["收到来信", "办理网民留言", "承办提案", "12345热线受理诉求", "收到信访件"])
)
@settings(max_examples=20, deadline=None)
def test_letters_proposals_and_calls_are_never_applications(count, words):
    built = report("2021", f"全年收到政府信息公开申请5件。{words}{count}件。", applications(5, 0, 0))
    assert not problems("N01", built)


@pytest.mark.parametrize(
    ("unit", "stated", "agrees"),
    [
        ("万元", "9116.36", True),
        ("万元", "9116", True),
        ("元", "91163600", True),
        ("亿元", "0.91", True),
        ("万元", "91.16", False),
    ],
)
def test_money_agrees_as_far_as_the_prose_prints_it(unit, stated, agrees):
    built = report("2021", f"行政事业性收费{stated}{unit}。", {"disclosure/fees/amount": "9116.36"})
    assert (problems("N01", built) == []) is agrees


# --- N02 -----------------------------------------------------------------------------------------------------------

PARTS = st.lists(st.integers(1, 900), min_size=2, max_size=8)
WRITE = st.sampled_from([str, chinese, lambda number: f"{number:,}"])


def listing(whole, parts, write):
    named = [f"第{'甲乙丙丁戊己庚辛'[index]}类信息{write(part)}条" for index, part in enumerate(parts[:-1])]
    return f"全年公开政府信息{write(whole)}条，其中{'，'.join([*named, f'其他信息{write(parts[-1])}条'])}。"


@given(PARTS, st.integers(-3, 3), WRITE)
@settings(max_examples=60, deadline=None)
def test_a_closed_list_is_flagged_exactly_when_it_does_not_add_up(parts, off, write):
    whole = max(sum(parts) + off, 1)
    found = problems("N02", report("2021", listing(whole, parts, write)))
    assert bool(found) is (whole != sum(parts))
    if found:
        assert (found[0].values["stated"], found[0].values["computed"]) == (whole, sum(parts))
        assert len(found[0].related) == len(parts)


@given(st.integers(1, 500), st.integers(1, 500))
@settings(max_examples=30, deadline=None)
def test_an_open_list_only_bounds_its_parts(whole, part):
    found = problems("N02", report("2021", f"全年公开政府信息{whole}条，其中规划类{part}条。"))
    assert [item.variant for item in found] == (["part"] if part > whole else [])


# --- N03 -----------------------------------------------------------------------------------------------------------


@given(st.integers(1, 400), st.integers(400, 3000), st.integers(0, 2))
@settings(max_examples=60, deadline=None)
def test_a_share_may_be_rounded_or_cut_off_at_its_last_place(part, whole, places):
    exact = Decimal(part) * 100 / whole
    step = Decimal(1).scaleb(-places)
    for printed in (exact // step * step, exact.quantize(step)):
        prose = f"全年公开信息{whole}条，其中规划类{part}条，占{printed.quantize(step)}%。"
        assert not problems("N03", report("2021", prose))


@given(st.integers(1, 400), st.integers(400, 3000), st.integers(3, 40))
@settings(max_examples=40, deadline=None)
def test_a_share_that_does_not_follow_is_recomputed(part, whole, off):
    exact = Decimal(part) * 100 / whole
    printed = int(exact) + off
    (found,) = problems("N03", report("2021", f"全年公开信息{whole}条，其中规划类{part}条，占{printed}%。"))
    assert abs(found.values["computed"] - exact) <= Decimal("0.5")
    assert (found.values["part"], found.values["whole"]) == (part, whole)


def test_a_change_is_held_against_last_years_report_and_no_others():
    now = report("2021", "全年收到申请数量同比增长50%。", {"applications/new/total": "30"})
    before = report("2021", "公开信息。", {"applications/new/total": "10"})
    years = range(now.year - 3, now.year + 2)
    found = {year: problems("N03", replace(now, previous=replace(before, year=year))) for year in years}
    assert [year for year, facts in found.items() if facts] == [now.year - 1]


# --- N04, N05, N06 -------------------------------------------------------------------------------------------------


@given(st.integers(0, 9), st.integers(0, 9))
@settings(max_examples=30, deadline=None)
def test_a_denial_is_flagged_exactly_where_the_table_has_some(reviews, lawsuits):
    cells = {"litigation/review/total": str(reviews), "litigation/direct/total": str(lawsuits)}
    built = report("2021", "全年未发生因政府信息公开引发的行政复议、行政诉讼。", cells)
    places = {place.path for item in problems("N04", built) for place in item.related}
    assert ("litigation/review/total" in places) is (reviews > 0)
    assert ("litigation/direct/total" in places) is (lawsuits > 0)


@given(st.integers(0, 3))
def test_a_claim_is_flagged_exactly_where_the_table_has_none(points):
    built = report("2014", "我县设立了政府信息公开查阅点。", {"statistics/reading_points/count": str(points)})
    assert len(problems("N05", built)) == (points == 0)


@given(st.integers(1, 9999), st.integers(1, 9999))
@settings(max_examples=30, deadline=None)
def test_a_quantity_stated_twice_must_be_the_same(first, second):
    prose = f"我县共主动公开政府信息{first}条。\n\n全年共主动公开政府信息{second:,}条。"
    assert len(problems("N06", report("2021", prose))) == (first != second)


# --- work ----------------------------------------------------------------------------------------------------------


# --- real reports --------------------------------------------------------------------------------------------------


def real(name):
    path = REPORTS / name
    if not path.is_file():
        pytest.skip("the real reports are not here")
    return recognise(read(path.read_bytes(), name), editions())


def test_the_contradictions_of_a_published_html_report_are_all_found():
    """258 and 265 against the table, 33.9% against 258 of 805, 均获维持 against cases still pending."""
    built = real("2019-shanghai-general-office.html")
    found = {rule: quoted(rule, built) for rule in CHECKS}
    assert found["N01"] == ["258件", "265件"]
    assert found["N03"] == ["33.9%"]
    assert [text[-4:] for text in found["N04"]] == ["均获维持", "均获维持"]
    assert found["N02"] + found["N05"] + found["N06"] == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2017-ningxia-office-affairs.txt", {("N05", 67), ("N05", 69)}),
        ("2017-ningxia-service-centre.txt", set()),
        ("2018-shapotou-office-affairs.txt", {("N04", 43), ("N05", 63)}),
        ("2019-ningxia-general-office.txt", set()),
        ("2019-pingtan-district.txt", {("N02", 5)}),
        ("2020-pingtan-district.txt", {("N02", 4)}),
        ("2022-pingtan-district.txt", {("N01", 6)}),
        ("2023-ningxia-office-affairs.txt", {("N01", 13)}),
        ("2023-pingtan-district.txt", {("N01", 5)}),
        ("2024-hongze-district.txt", set()),
    ],
)
def test_real_reports_say_what_a_careful_checker_found_and_nothing_else(name, expected):
    built = real(name)
    found = {
        (rule, built.document.origin(item.place.span.start).line) for rule in CHECKS for item in problems(rule, built)
    }
    assert found == expected
