"""Suppressions: a finding of that rule in that place, with a reason, and nothing else; and what is wrong with them."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.library import DEFAULT, check
from linter.loading import LoadError
from linter.model.document import Document, Span
from linter.model.finding import Finding, OpenQuestion, Result, Severity
from linter.model.report import Place
from linter.options import Options
from linter.packs import load_rules
from linter.readers.markdown import read_markdown
from linter.readers.text import read_text
from linter.waivers.applied import apply
from linter.waivers.complaints import rules, unused
from linter.waivers.directives import directives
from linter.waivers.side_file import NO_SIDE_FILE, Suppressions, check_rules, load_suppressions

TODAY = datetime.date(2026, 1, 15)
KNOWN = load_rules()
BASE = check("# 云川县教育局2023年政府信息公开工作年度报告\n\n## 一、总体情况\n\n无".encode(), name="a.md")
RUN = tuple(rule for rule in KNOWN if rule.id in ("W01", "W02", "S01", "C02"))


def result(
    document: Document, *findings: Finding, name: str = "a.md", unchecked: tuple[OpenQuestion, ...] = ()
) -> Result:
    """A draft in which four rules ran and found what is given."""
    report = replace(BASE.report, document=document, forms={})
    return Result(path=name, report=report, findings=findings, rules=RUN, unchecked=unchecked)


def markdown(text: str) -> Document:
    return read_markdown(text.encode(), "a.md")


def plain(text: str) -> Document:
    return read_text(text.encode(), "a.txt")


def finding(rule: str, span: Span | None, path: str = "prose/overview") -> Finding:
    name = next(known.name for known in RUN if known.id == rule)
    place = Place(path, (), span)
    told = f"{rule}{path}{span}"
    return Finding(
        rule=rule, name=name, severity=Severity.WARNING, message=rule, help="", place=place, fingerprint=told
    )


def at(document: Document, words: str, rule: str = "W01") -> Finding:
    """A finding on these words of the draft."""
    start = document.text.index(words)
    return finding(rule, Span(start, start + len(words)))


def applied(before: Result, suppressions: Suppressions = NO_SIDE_FILE, options: Options = DEFAULT) -> Result:
    return apply(before, suppressions, options, KNOWN, TODAY)


def told(after: Result) -> list[tuple[str, str]]:
    """The findings about suppressions."""
    return [(item.rule, item.message) for item in after.findings if item.rule.startswith("X")]


def hidden(after: Result) -> list[tuple[str, str]]:
    return [(item.rule, item.suppressed) for item in after.suppressed]


def side(folder: Path, text: str) -> Suppressions:
    path = folder / "gouji-suppressions.toml"
    path.write_text(text, encoding="utf-8")
    return load_suppressions(path)


# --- Reading a directive -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("read", [markdown, plain])
@pytest.mark.parametrize(
    ("comment", "named", "reason", "until"),
    [
        ("gouji: ignore C02 省平台的数", ("C02",), "省平台的数", None),
        ("gouji：ignore C02，W01、doubled-word 原文如此", ("C02", "W01", "doubled-word"), "原文如此", None),
        ("gouji: ignore C02, W01: it is so", ("C02", "W01"), "it is so", None),
        ("gouji: ignore C02 W01 原文如此", ("C02", "W01"), "原文如此", None),
        ("gouji: ignore C02 until 2027-01-31 原文如此", ("C02",), "原文如此", datetime.date(2027, 1, 31)),
        ("gouji: ignore C02 原文如此，截至2027年1月31日", ("C02",), "原文如此", datetime.date(2027, 1, 31)),
        ("gouji: ignore C02 原文如此（截至 2027-1-31）", ("C02",), "原文如此", datetime.date(2027, 1, 31)),
        ("gouji: ignore C02 数据截至2022年12月31日未变动", ("C02",), "数据截至2022年12月31日未变动", None),
        ("gouji: ignore C02 截至年底的数", ("C02",), "截至年底的数", None),
        ("gouji: ignore C02", ("C02",), "", None),
        ("gouji: ignore C02 until 2027-01-31", ("C02",), "", datetime.date(2027, 1, 31)),
        ("gouji: ignore C02 理由 until 2027-02-30", (), "", None),
        ("gouji: ignore C02 until 2027/01/31 理由", (), "", None),
        ("gouji: ignore C02 理由 until", (), "", None),
        ("gouji: ignore 理由", (), "", None),
        ("gouji: disable C02 理由", (), "", None),
        ("gouji ignore C02 理由", (), "", None),
    ],
)
def test_a_directive_is_read_and_what_is_none_names_no_rule(read, comment, named, reason, until):
    (found,) = directives(read(f"<!-- {comment} -->\n正文。"))

    assert (found.rules, found.reason, found.until, found.told) == (named, reason, until, comment)


@pytest.mark.parametrize("read", [markdown, plain])
def test_comments_to_others_are_none_of_our_business(read):
    assert directives(read("<!-- 这个数请再核 -->\n正文。<!-- goujiang: ignore C02 -->\ngouji: ignore C02 理由")) == ()


@pytest.mark.parametrize("read", [markdown, plain])
@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("甲。\n<!-- gouji: ignore W01 理由 -->\n乙。\n丙。", "乙。"),
        ("甲。\n<!-- gouji: ignore W01 理由 -->\n\n\n乙。", "乙。"),
        ("甲。\n乙。<!-- gouji: ignore W01 理由 -->\n丙。", "乙。"),
        ("<!-- gouji: ignore W02 一 -->\n<!-- gouji: ignore W01 理由 -->\n乙。", "乙。"),
        ("<!-- gouji: ignore W01 理由 -->\n项\t一\t二\n新收\t1\t2\n\n丙。", "项\t一\t二\n新收\t1\t2"),
        ("甲。\n<!-- gouji: ignore W01 理由 -->", ""),
    ],
)
def test_a_directive_speaks_of_its_own_line_or_table_or_else_of_the_next(read, text, block):
    document = read(text)
    found = directives(document)[-1]

    assert found.block is not None
    shown = document.text[found.block.start : found.block.end]
    assert shown.replace("<!-- gouji: ignore W01 理由 -->", "") == block


# --- What is hidden ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("read", [markdown, plain])
def test_a_finding_of_the_rule_in_the_place_is_set_aside_with_the_reason(read):
    document = read("甲甲乙。\n<!-- gouji: ignore W01 原文如此 -->\n丙丙丁。\n戊戊己。")
    others = at(document, "甲甲"), at(document, "丙丙", "W02"), at(document, "戊戊")

    after = applied(result(document, others[0], at(document, "丙丙"), *others[1:]))

    assert after.findings == others
    assert hidden(after) == [("W01", "原文如此")]


def test_what_lies_between_two_blocks_lies_in_neither():
    document = plain("<!-- gouji: ignore W01 原文如此 -->\n甲甲。\n\n\n乙。")
    gap = document.text.index("\n\n\n") + 1

    assert applied(result(document, finding("W01", Span(gap, gap + 1)))).suppressed == ()


def test_a_rule_may_be_called_by_its_name():
    document = markdown("<!-- gouji: ignore doubled-word 原文如此 -->\n丙丙丁。")

    assert hidden(applied(result(document, at(document, "丙丙")))) == [("W01", "原文如此")]


def test_what_is_absent_is_reached_only_from_the_whole_draft():
    missing = finding("S01", None, "section/other")
    near = markdown("<!-- gouji: ignore S01 理由 -->\n正文。")
    whole = markdown("正文。\n<!-- gouji: ignore-file S01 县级不要求 -->")

    assert applied(result(near, missing)).findings[0] == missing
    assert hidden(applied(result(whole, missing))) == [("S01", "县级不要求")]


def test_what_is_absent_from_a_form_counts_as_in_its_table():
    cells = "| 类别 | 数 |\n|---|---|\n| 规章 | 1 |\n"
    form = BASE.report.edition.forms[0]
    document = markdown(f"<!-- gouji: ignore S01 本县没有 -->\n{cells}\n正文。\n\n{cells}")
    tables = [block for block in document.blocks if hasattr(block, "cells")]
    before = result(document, finding("S01", None, f"{form.id}/x"), finding("S01", None, "section/other"))
    held = {form.id: FormStub(tuple(tables[:1])), "elsewhere": FormStub(tuple(tables[1:]))}
    elsewhere = finding("S01", None, "elsewhere/x")
    before = replace(before, findings=(*before.findings, elsewhere), report=replace(before.report, forms=held))

    after = applied(before)

    assert [item.place.path for item in after.suppressed] == [f"{form.id}/x"]
    assert after.findings == (before.findings[1], elsewhere)


class FormStub:
    """Of a form only its tables matter here."""

    def __init__(self, tables):
        self.tables = tables


def test_an_open_question_is_never_hidden():
    open_ = OpenQuestion("W01", "doubled-word", "blank", Place("prose/overview"))
    document = markdown("<!-- gouji: ignore-file W01 理由 -->\n正文。")

    after = applied(result(document, unchecked=(open_,)))

    assert after.unchecked == (open_,)


def test_a_file_that_could_not_be_read_stays_as_it_is():
    unread = Result(path="a.docx", report=None, error="damaged")

    assert applied(unread) is unread
    assert not unused([unread], NO_SIDE_FILE, Options())


# --- What is wrong with a directive --------------------------------------------------------------------------------


@pytest.mark.parametrize("read", [markdown, plain])
@pytest.mark.parametrize(
    ("comment", "rule", "words"),
    [
        ("gouji: ignore W01", "X01", "没有写理由"),
        ("gouji: ignore W01 until 2027-01-31", "X01", "没有写理由"),
        ("gouji: ignore W01 原文如此 until 2026-01-14", "X03", "期限 2026-01-14 已过"),
        ("gouji: ignore W02 原文如此", "X02", "此处没有 W02 的问题"),
        ("gouji: ignore W91 原文如此", "X02", "没有 W91 这条规则"),
        ("gouji: ignore doubled-words 原文如此", "X02", "是不是 doubled-word？"),
        ("gouji: ignore W 原文如此", "X02", "没有 W 这条规则"),
        ("gouji: ignore X02 原文如此", "X02", "没有 X02 这条规则"),
        ("gouji: off W01 原文如此", "X02", "看不懂这条指令"),
    ],
)
def test_a_directive_that_has_no_effect_is_a_finding_and_hides_nothing(read, comment, rule, words):
    document = read(f"<!-- {comment} -->\n丙丙丁。")
    fault = at(document, "丙丙")

    after = applied(result(document, fault))

    assert after.suppressed == ()
    assert fault in after.findings
    ((found, message),) = told(after)
    assert found == rule
    assert words in message


def test_complaints_stand_in_reading_order_among_the_findings_each_with_a_fingerprint_of_its_own():
    twice = "<!-- gouji: ignore W02 原文如此 -->\n" * 2
    document = plain(f"甲甲乙。\n{twice}丙丙丁。")
    missing, first, last = finding("S01", None, "section/other"), at(document, "甲甲"), at(document, "丙丙")

    after = applied(result(document, missing, first, last))

    assert [item.rule for item in after.findings] == ["S01", "W01", "X02", "X02", "W01"]
    assert len({item.fingerprint for item in after.findings}) == 5


def test_on_its_last_day_a_directive_still_holds():
    document = markdown("<!-- gouji: ignore W01 原文如此 until 2026-01-15 -->\n丙丙丁。")

    after = applied(result(document, at(document, "丙丙")))

    assert hidden(after) == [("W01", "原文如此")]
    assert told(after) == []


def test_of_several_rules_the_unused_one_is_told():
    document = markdown("<!-- gouji: ignore W01,W02 原文如此 -->\n丙丙丁。")

    assert [message for _, message in told(applied(result(document, at(document, "丙丙"))))] == [
        "此处没有 W02 的问题，豁免指令多余"
    ]


def test_a_directive_is_not_called_unused_where_its_rule_did_not_run_or_is_undecided():
    document = markdown("<!-- gouji: ignore N01 理由 -->\n<!-- gouji: ignore C02 理由 -->\n正文。")
    undecided = OpenQuestion("C02", "unbalanced-results", "blank")

    assert told(applied(result(document, unchecked=(undecided,)))) == []
    assert len(told(applied(result(document)))) == 1


def test_the_rules_about_suppressions_obey_the_options():
    document = markdown("<!-- gouji: ignore W01 -->\n<!-- gouji: ignore W02 理由 -->\n正文。")

    graver = applied(result(document), options=Options(ignore=("X02",), severity={"X01": "error"}))
    english = applied(result(document), options=Options(select=("unused-suppression",), language="en"))

    assert [(item.rule, item.severity) for item in graver.findings] == [("X01", Severity.ERROR)]
    assert told(english) == [("X02", "there is no W02 here to ignore")]
    assert {"X01", "X03"} <= {rule.id for rule in graver.rules}


def test_every_text_of_the_rules_can_be_filled_in_both_languages():
    values = dict.fromkeys(("told", "rules", "rule", "nearest", "until", "file", "number"), "…")

    assert [rule.id for rule in rules()] == ["X01", "X02", "X03"]
    for rule in rules():
        assert set(rule.helps) <= set(rule.messages)
        for words in (*rule.messages.values(), *rule.helps.values()):
            assert words.zh.format_map(values)
            assert words.en.format_map(values)
    assert not {rule.id for rule in rules()} & {rule.id for rule in KNOWN}


# --- The side file -------------------------------------------------------------------------------------------------

PLACED = '[[suppress]]\nfile = "a.md"\nrule = "C02"\nplace = "applications/new/*"\nreason = "省平台"\n'
QUOTED = '[[suppress]]\nfile = "a.md"\nrule = "doubled-word"\ntext = "丙 丙\\n丁"\nreason = "原文如此"\n'


def test_an_entry_reaches_its_rule_at_its_place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    document = markdown("正文。")
    there = finding("C02", Span(0, 1), "applications/new/total")
    others = finding("S01", None, "applications/new/total"), finding("C02", Span(0, 1), "applications/carried_in/total")
    suppressions = side(tmp_path, PLACED)

    after = applied(result(document, there, *others), suppressions)

    assert hidden(after) == [("C02", "省平台")]
    assert after.findings == others
    elsewhere = result(document, there, name="b.md")
    assert applied(elsewhere, suppressions).findings == (there,)


def test_an_entry_reaches_the_finding_in_the_words_it_quotes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    document = markdown("丙丙戊。丙丙丁。")
    first, second = at(document, "丙丙"), finding("W01", Span(4, 6))

    after = applied(result(document, first, second, finding("W01", None)), side(tmp_path, QUOTED))

    assert [item.place.span for item in after.suppressed] == [Span(4, 6)]
    assert len(after.findings) == 2


def test_place_and_text_must_both_fit(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    document = markdown("丙丙丁。")

    after = applied(result(document, at(document, "丙丙")), side(tmp_path, QUOTED + 'place = "prose/problems"\n'))

    assert after.suppressed == ()


def test_an_expired_entry_hides_nothing_and_says_so_at_the_place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    there = finding("C02", Span(0, 1), "applications/new/total")
    suppressions = side(tmp_path, PLACED + 'until = "2026-01-14"\n')

    after = applied(result(markdown("正文。"), there), suppressions)

    assert after.suppressed == ()
    assert told(after) == [("X03", "gouji-suppressions.toml 第 1 条豁免 C02 的期限 2026-01-14 已过，不再起作用")]
    assert after.findings[-1].place == there.place
    assert not unused([after], suppressions, Options()), "it is expired, not unused"


def test_an_unused_entry_is_told_once_over_the_run_in_the_first_draft_by_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    suppressions = side(tmp_path, PLACED.replace("a.md", "*.md"))
    document = markdown("正文。")
    there = finding("C02", Span(0, 1), "applications/new/total")
    clean = [result(document, name=name) for name in ("c.txt", "b.md", "a.md")]

    def run(results: list[Result]) -> dict[str, list[tuple[str, str]]]:
        added = unused([applied(item, suppressions) for item in results], suppressions, Options())
        return {path: [(item.rule, item.message) for item in found] for path, found in added.items()}

    assert run([*clean, result(document, there, name="d.md")]) == {}
    assert run(clean[:1]) == {}, "no draft that it speaks of was checked"
    said = "gouji-suppressions.toml 第 1 条（C02）没有用上：所指的草稿里没有这样的问题"
    assert run(clean) == {"a.md": [("X02", said)]}


def test_an_entry_is_not_called_unused_while_its_rule_is_undecided(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    suppressions = side(tmp_path, PLACED)
    undecided = result(markdown("正文。"), unchecked=(OpenQuestion("C02", "unbalanced-results", "blank"),))

    assert not unused([applied(undecided, suppressions)], suppressions, Options())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PLACED.replace("reason", "raeson"), "suppress[0].raeson: unknown key, did you mean 'reason'?"),
        (PLACED.replace("省平台", " "), "suppress[0].reason: empty"),
        (PLACED.replace("place", "#"), "suppress[0].place: missing"),
        (QUOTED.replace("丙 丙\\n丁", " \\n"), "suppress[0].place: missing"),
        (PLACED.replace('"省平台"', '""\nuntil = "明年"'), "suppress[0].until: expected a day"),
        ("suppress = 1", "suppress: expected a list, found a whole number"),
    ],
)
def test_a_fault_of_the_side_file_is_named_by_its_path(tmp_path, text, said):
    with pytest.raises(LoadError) as caught:
        side(tmp_path, text)

    assert caught.value.name == "gouji-suppressions.toml"
    assert str(caught.value.faults[0]).startswith(said)
    assert len(caught.value.faults) == 1


def test_a_rule_that_does_not_exist_is_an_error_with_the_nearest_one(tmp_path):
    suppressions = side(tmp_path, PLACED + QUOTED.replace("doubled-word", "doubled-words"))

    with pytest.raises(
        LoadError, match=r"suppress\[1\]\.rule: unknown rule 'doubled-words', did you mean 'doubled-word'"
    ):
        check_rules(suppressions, KNOWN)


# --- Laws ----------------------------------------------------------------------------------------------------------

RULES = ("W01", "W02", "S01")
drafts = st.lists(
    st.tuples(st.lists(st.sampled_from(RULES), max_size=3), st.lists(st.sampled_from([*RULES, "C02"]), max_size=2)),
    min_size=1,
    max_size=6,
)
"""Lines, each with the rules that find something in it and the rules that a directive before it ignores."""


def keys(findings: Iterable[Finding]) -> Counter[str]:
    """Equal ones are equal here, whatever number tells them apart."""
    return Counter(item.fingerprint.partition("-")[0] for item in findings)


@given(drafts, st.lists(st.sampled_from(RULES), max_size=1), st.sampled_from([markdown, plain]))
def test_a_suppression_hides_its_rule_in_its_place_and_never_another_finding(lines, everywhere, read):
    def written(number: int, ignored: list[str]) -> str:
        directive = f"<!-- gouji: ignore {','.join(ignored)} 理由 -->\n" if ignored else ""
        return f"{directive}第{number:03}行。\n"

    whole = "".join(f"<!-- gouji: ignore-file {rule} 理由 -->\n" for rule in everywhere)
    document = read("".join(written(number, ignored) for number, (_, ignored) in enumerate(lines)) + whole)
    found = [
        (at(document, f"第{number:03}行", rule), rule in ignored or rule in everywhere)
        for number, (faults, ignored) in enumerate(lines)
        for rule in faults
    ]

    after = applied(result(document, *(item for item, _ in found)))

    assert keys(item for item in after.findings if item.rule in RULES) == keys(item for item, gone in found if not gone)
    assert keys(after.suppressed) == keys(item for item, gone in found if gone)
    used = {(number, rule) for number, (faults, ignored) in enumerate(lines) for rule in faults if rule in ignored}
    idle = sum((number, rule) not in used for number, (_, ignored) in enumerate(lines) for rule in set(ignored))
    idle += sum(not any(rule in faults for faults, _ in lines) for rule in everywhere)
    assert len(told(after)) == idle
