"""Family Y: this report beside last year's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.checks import kind
from linter.editions import load_editions
from linter.engine import lint
from linter.model.finding import Problem, Severity, Unchecked
from linter.model.report import Form, FormCell, Report, State
from linter.packs import load_pack
from linter.readers import read
from linter.readers.markdown import read_markdown
from linter.recognise import recognise
from linter.runs.series import find_previous, imprint_of
from linter.trial import with_cells

ROOT = Path(__file__).parent.parent
REPORTS = ROOT.parent / "shared" / "reports"
EDITIONS = load_editions()
RULES = {
    rule.id: rule for rule in load_pack((ROOT / "rules" / "previous.toml").read_text(encoding="utf-8"), "previous")
}
APPLICANTS = ("natural", "business", "research", "welfare", "legal", "other")
FIGURES = st.fixed_dictionaries(dict.fromkeys(APPLICANTS, st.integers(0, 3)))


@cache
def written(year: int, body: str) -> Report:
    text = f"# 云川县水务局{year}年政府信息公开工作年度报告\n\n## 一、总体情况\n\n{body}\n"
    return recognise(read_markdown(text.encode(), f"{year}.md"), EDITIONS)


def draft(year: int, body: str = "依法公开政府信息。", cells: Mapping[str, str] | None = None) -> Report:
    return with_cells(written(year, body), cells or {})


def facts(rule: str, report: Report, previous: Report | None) -> list[Problem | Unchecked]:
    return list(RULES[rule].check(replace(report, previous=previous)))


def problems(rule: str, report: Report, previous: Report) -> list[Problem]:
    return [fact for fact in facts(rule, report, previous) if isinstance(fact, Problem)]


def row(name: str, figures: Mapping[str, int]) -> dict[str, str]:
    cells = {f"applications/{name}/{column}": str(value) for column, value in figures.items()}
    return cells | {f"applications/{name}/total": str(sum(figures.values()))}


def with_cell(report: Report, path: str, cell: FormCell | None) -> Report:
    form_id, *key = path.split("/")
    form: Form = report.forms[form_id]
    cells = {place: found for place, found in form.cells.items() if place != tuple(key)}
    if cell is not None:
        cells[key[0], key[1]] = cell
    return replace(report, forms={**report.forms, form_id: replace(form, cells=cells)})


@pytest.mark.parametrize("rule", RULES)
def test_without_last_year_each_rule_asks_once(rule):
    assert facts(rule, draft(2023, cells={"applications/new/total": "1"}), None) == [Unchecked("no-previous")]


@pytest.mark.parametrize("rule", RULES)
def test_a_report_of_another_year_is_not_last_years(rule):
    cells = {"applications/carried_out/total": "9", "disclosure/normative/valid": "9"}
    assert facts(rule, draft(2023, cells=cells), draft(2021, cells=cells)) == [
        Unchecked("previous-other-year", values={"year": 2021})
    ]


@pytest.mark.parametrize(("rule", "year"), [("Y01", 2019), ("Y02", 2019), ("Y02", 2021)])
def test_the_first_year_of_a_form_asks_for_nothing(rule, year):
    assert facts(rule, draft(year), None) == []


@settings(deadline=None, max_examples=60)
@given(FIGURES, FIGURES)
def test_the_carry_over_breaks_exactly_where_the_figures_differ(now, then):
    found = facts("Y01", draft(2023, cells=row("carried_in", now)), draft(2022, cells=row("carried_out", then)))
    differing = [f"applications/carried_in/{column}" for column in APPLICANTS if now[column] != then[column]]
    whole = sum(now.values()) != sum(then.values())
    assert len(found) == bool(differing)
    for problem in found:
        assert isinstance(problem, Problem)
        expected = ["applications/carried_in/total"] * whole + differing
        assert [place.path for place in (problem.place, *problem.related)] == expected
        assert (problem.severity or RULES["Y01"].severity) is (Severity.ERROR if whole else Severity.WARNING)


def test_the_carry_over_crosses_from_the_trial_form_to_the_form_of_2021():
    before = draft(2020, cells={"applications/carried_out/natural": "2", "applications/carried_out/total": "2"})
    after = draft(2021, cells={"applications/carried_in/natural": "1", "applications/carried_in/total": "1"})
    assert before.edition.id != after.edition.id
    assert [fact.place.path for fact in facts("Y01", after, before) if fact.place] == ["applications/carried_in/total"]
    assert facts("Y02", after, with_cells(before, {"disclosure/normative/public_total": "9"})) == []


def test_2019_is_not_compared_with_2018():
    before = draft(2018, cells={"statistics/received/count": "9"})
    after = draft(2019, cells={"applications/carried_in/total": "1", "disclosure/permits/items": "7"})
    assert before.edition.id == "2014"
    assert [facts(rule, after, before) for rule in ("Y01", "Y02", "Y04")] == [[], [], []]


def test_an_unread_cell_is_asked_about_and_never_a_finding():
    after = draft(2023, cells={"applications/carried_in/total": "1", "disclosure/normative/made": "1"})
    before = draft(2022, cells={"applications/carried_out/total": "0", "disclosure/normative/valid": "1"})
    unread = FormCell(State.UNREAD)
    told = facts("Y01", after, with_cell(before, "applications/carried_out/total", unread))
    assert told == [Unchecked("unread", after.place("applications/carried_in/total"))]
    told = facts("Y02", with_cell(after, "disclosure/normative/repealed", None), before)
    assert told == [Unchecked("missing-row", after.place("disclosure/normative/valid"))]


def test_a_form_that_cannot_be_read_is_asked_about_once():
    after = draft(2023, cells={"applications/carried_in/total": "1", "disclosure/normative/made": "1"})
    result = lint(replace(after, previous=draft(2022)), [RULES["Y01"]], path="a.md")
    assert [question.place.path for question in result.unchecked if question.place] == ["applications"]


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 30))
def test_the_stock_breaks_exactly_when_it_is_not_the_sum(before, made, repealed, valid):
    cells = {"made": made, "repealed": repealed, "valid": valid}
    after = draft(2023, cells={f"disclosure/normative/{column}": str(value) for column, value in cells.items()})
    found = facts("Y02", after, draft(2022, cells={"disclosure/normative/valid": str(before)}))
    assert bool(found) == (valid != before + made - repealed)


@pytest.mark.parametrize(
    ("sentence", "severity"),
    [
        ("对现行规范性文件组织专项清理。", Severity.NOTE),
        ("本年度规范性文件宣布失效6件。", Severity.NOTE),
        ("机构改革后，原粮食局文件由我局承接。", Severity.NOTE),
        ("现行有效件数以本年度报告为准。", Severity.NOTE),
        ("清理网站过期栏目。", Severity.WARNING),
        ("坚持以公开为常态、不公开为例外。", Severity.WARNING),
        ("本年度废止规范性文件2件。", Severity.WARNING),
        ("及时调整领导小组成员。", Severity.WARNING),
    ],
)
def test_only_what_explains_a_stock_lowers_the_severity_and_is_quoted(sentence, severity):
    after = draft(2023, sentence, {"disclosure/normative/valid": "3"})
    (problem,) = problems("Y02", after, draft(2022, cells={"disclosure/normative/valid": "9"}))
    assert (problem.severity or RULES["Y02"].severity) is severity
    assert problem.values["explained"] == (sentence.rstrip("。") if severity is Severity.NOTE else "")


def test_a_long_explanation_is_cut_at_a_pause_around_its_words():
    sentence = "一是完善制度，" * 9 + "对规范性文件进行全面清理，" + "形成目录并向社会公布，" * 6 + "效果良好。"
    after = draft(2023, sentence, {"disclosure/normative/valid": "3"})
    (problem,) = problems("Y02", after, draft(2022, cells={"disclosure/normative/valid": "9"}))
    quote = str(problem.values["explained"])
    assert quote.startswith("对规范性文件进行全面清理，形成目录")
    assert quote.endswith("公布")
    assert len(quote) <= 60


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 400), st.integers(0, 400))
def test_a_jump_is_a_jump_in_both_directions_and_small_numbers_are_silent(now, then):
    def found(now: int, then: int) -> bool:
        cells = [{"applications/new/total": str(number)} for number in (now, then)]
        return bool(problems("Y04", draft(2023, cells=cells[0]), draft(2022, cells=cells[1])))

    assert found(now, then) == found(then, now)
    assert found(now, then) == (max(now, then) >= 30 and max(now, then) > 5 * min(now, then))


@settings(deadline=None, max_examples=60)
@given(st.decimals(1, 900, places=2))
def test_yuan_for_ten_thousand_yuan_is_a_warning(amount):
    cells = [{"disclosure/fees/amount": text} for text in (f"{amount * 10000:f}", f"{amount:f}")]
    for now, then in permutations(cells):
        (problem,) = problems("Y04", draft(2023, cells=now), draft(2022, cells=then))
        assert (problem.variant, problem.severity) == ("unit", Severity.WARNING)


SENTENCES = [
    f"围绕{place}治理{work}，{way}公布进展"
    for place in ("城南河道", "柳溪水库", "北山灌区", "老城管网")
    for work, way in (("完成清淤二十处", "按月"), ("整修闸门十二座", "逐项"), ("更换水表三千只", "分批"))
]


@settings(deadline=None, max_examples=60)
@given(st.permutations(SENTENCES), st.integers(0, len(SENTENCES)))
def test_the_share_counts_repeated_sentences_wherever_they_stand(order, kept):
    before = draft(2022, "。".join(SENTENCES[:kept]) + "。") if kept else draft(2022)
    found = facts("Y03", draft(2023, "。".join(order) + "。"), before)
    copied = [problem for problem in found if isinstance(problem, Problem) and problem.variant == ""]
    assert bool(copied) == (100 * kept // len(SENTENCES) >= 80 and found[0].variant != "identical")
    if copied:
        assert copied[0].values["share"] == 100 * kept // len(SENTENCES)
        assert len(copied[0].related) == min(kept, 3)


def test_years_and_figures_are_no_difference_and_words_are():
    body = "。".join(SENTENCES) + "。"
    other = body.replace("二十处", "30处").replace("十二座", "9座")
    assert [
        fact.variant for fact in facts("Y03", draft(2023, other), draft(2022, body)) if isinstance(fact, Problem)
    ] == [""]
    assert facts("Y03", draft(2023, other.replace("治理", "整治")), draft(2022, body)) == []


def test_the_threshold_of_the_configuration_wins():
    body = "。".join(SENTENCES) + "。"
    half = draft(2022, "。".join(SENTENCES[: len(SENTENCES) // 2]) + "。")
    assert facts("Y03", draft(2023, body), half) == []
    (problem,) = problems("Y03", replace(draft(2023, body), options={"copied-text": 50}), half)
    assert problem.values["share"] == 50


def test_last_years_report_with_another_year_is_one_error():
    body = "2022年，" + "。".join(SENTENCES) + "。"
    cells = {"applications/new/total": "3"}
    after, before = draft(2023, body.replace("2022", "2023"), cells), draft(2022, body, cells)
    (problem,) = problems("Y03", after, before)
    assert (problem.variant, problem.severity, problem.place.path) == ("identical", Severity.ERROR, "title")
    (other,) = problems("Y03", with_cells(after, {"applications/new/total": "4"}), before)
    assert other.variant == ""


@pytest.mark.parametrize(
    ("sentence", "stale"),
    [
        ("2022年，我局扎实推进公开工作。", ["2022年"]),
        ("我局2022年度共召开会议三次。", ["2022年度"]),
        ("2023年，我局将加强解读工作。", ["2023年"]),
        ("2023年是规划的第三年，任务很重。", []),
        ("办法自2022年起在全县施行。", []),
        ("2022年6月，我县入选试点县。", []),
        ("认真落实《2022年政务公开工作要点》的要求。", []),
        ("2022年以来，各项工作稳步推进。", []),
        ("2022年度以来，各项工作稳步推进。", []),
        ("到2023年，将建成统一的公开平台。", []),
        ("云政发〔2022〕7号文件的要求已全部落实。", []),
    ],
)
def test_a_year_left_over_in_last_years_sentence(sentence, stale):
    after = draft(2023, sentence)
    found = facts("Y03", after, draft(2022, sentence + "另外写过一句别的话。"))
    spans = [problem.place.span for problem in found if isinstance(problem, Problem) and problem.place.span]
    assert [after.document.text[span.start : span.end] for span in spans] == stale


def test_last_year_named_in_a_sentence_of_this_year_is_no_leftover():
    assert facts("Y03", draft(2023, "与2022年相比，公开数量增加一成。"), draft(2022, "2022年公开数量持平。")) == []


@pytest.mark.parametrize(
    ("name", "given_settings", "fault"),
    [
        ("stock", {"balances": ["disclosure: valid = made"]}, "balances"),
        ("stock", {"balances": ["disclosure: valid == made * 2"]}, "balances"),
        ("carry-over", {"row": "applications/carried_in"}, "last"),
        ("jump", {"cells": [], "factor": "5", "floor": 1}, "factor"),
        ("copied-text", {"sections": ["overview"]}, "threshold"),
    ],
)
def test_wrong_settings_are_named(name, given_settings, fault):
    found = kind(name)
    assert found is not None
    with pytest.raises(ValueError, match=fault):
        found.bind(given_settings)


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not here")
@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2016, set()),
        (2019, set()),
        (2020, {("Y02", "note", "disclosure/regulations/public_total")}),
        (2022, set()),
        (
            2023,
            {("Y02", "note", "disclosure/normative/valid"), ("Y04", "note", "disclosure/coercion/decisions")},
        ),
    ],
)
def test_the_years_of_one_real_district_give_what_their_figures_justify(year, expected):
    files = sorted(REPORTS.glob("*-pingtan-*.txt"))
    reports = [recognise(read(file.read_bytes(), file.name), EDITIONS) for file in files]
    report = next(report for report in reports if report.year == year)
    last = find_previous(imprint_of(report), map(imprint_of, reports))
    previous = next((other for other in reports if imprint_of(other) == last), None)
    assert (previous is not None) == (year in (2016, 2020, 2023))
    result = lint(replace(report, previous=previous), RULES.values(), path="")
    assert {(found.rule, found.severity.value, found.place.path) for found in result.findings} == expected
