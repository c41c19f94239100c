"""The baseline: absorbs what was known, never more, and survives edits elsewhere in a draft."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.library import check
from linter.loading import LoadError
from linter.model.finding import Finding, OpenQuestion, Result, Severity
from linter.model.report import Place
from linter.packs import load_rules
from linter.waivers.baseline import (
    REASON,
    Baseline,
    Entry,
    absorb,
    load_baseline,
    prune,
    renew,
    write_baseline,
)

HERE = Path()
RUN = tuple(rule for rule in load_rules() if rule.id in ("C02", "W01", "S01"))


def finding(rule: str, place: str, fingerprint: str, suppressed: str = "") -> Finding:
    return Finding(
        rule=rule,
        name=rule.lower(),
        severity=Severity.ERROR,
        message=f"{rule} “{place}”",
        help="",
        place=Place(place),
        fingerprint=fingerprint,
        suppressed=suppressed,
    )


def result(path: str, *findings: Finding, unchecked: tuple[OpenQuestion, ...] = ()) -> Result:
    """A draft in which three rules ran."""
    return Result(path=path, report=None, findings=findings, rules=RUN, unchecked=unchecked)


def baseline_of(results: list[Result], folder: Path) -> Baseline:
    """The baseline of a folder that has none yet."""
    return renew(Baseline(folder), results)


def apply_baseline(results: list[Result], baseline: Baseline) -> tuple[tuple[Result, ...], tuple[Entry, ...]]:
    """Every draft of a run absorbed, and what is left of the entries."""
    answers = [absorb(one, baseline) for one in results]
    return tuple(after for after, _ in answers), tuple(entry for _, left in answers for entry in left)


def numbered(findings: list[tuple[str, str]]) -> tuple[Finding, ...]:
    """Findings (rule, fact), equal ones told apart by a number as the engine does."""
    seen: Counter[tuple[str, str]] = Counter()
    made = []
    for rule, fact in findings:
        seen[rule, fact] += 1
        count = seen[rule, fact]
        made.append(finding(rule, fact, f"{rule}{fact}" + (f"-{count}" if count > 1 else "")))
    return tuple(made)


def saved(folder: Path, baseline: Baseline) -> Baseline:
    path = folder / "known.json"
    path.write_text(write_baseline(baseline), encoding="utf-8")
    return load_baseline(path)


facts = st.lists(st.tuples(st.sampled_from(["C02", "W01"]), st.sampled_from(["a", "b", "c"])), max_size=8)
runs = st.dictionaries(st.sampled_from(["甲.md", "乙/甲.md", "乙/丙.docx"]), facts, max_size=3)


def results(run: dict[str, list[tuple[str, str]]]) -> list[Result]:
    return [result(path, *numbered(found)) for path, found in run.items()]


# --- Laws ----------------------------------------------------------------------------------------------------------


@given(runs)
def test_a_baseline_absorbs_all_that_it_was_written_from_and_nothing_is_left_over(run):
    before = results(run)

    after, unused = apply_baseline(before, baseline_of(before, HERE))

    assert unused == ()
    for was, now in zip(before, after, strict=True):
        assert now.findings == ()
        assert [replace(item, suppressed="") for item in now.suppressed] == list(was.findings)
        assert {item.suppressed for item in now.suppressed} <= {REASON}


@given(runs, runs)
def test_it_never_absorbs_a_new_finding_and_says_what_it_did_not_find(old, new):
    after, unused = apply_baseline(results(new), baseline_of(results(old), HERE))

    for now in after:
        had, has = Counter(old.get(now.path, [])), Counter(new[now.path])
        assert Counter((item.rule, item.place.path) for item in now.findings) == has - had
        assert Counter((item.rule, item.place.path) for item in now.suppressed) == has & had
    left = {path: Counter(old[path]) - Counter(new[path]) for path in old if path in new}
    assert {(item.file, item.rule, item.place): item.count for item in unused} == {
        (path, *fact): count for path, facts in left.items() for fact, count in facts.items()
    }


@given(runs, runs)
def test_pruning_leaves_what_the_drafts_still_have_and_the_drafts_not_checked(old, new):
    baseline, now = baseline_of(results(old), HERE), results(new)

    after, unused = apply_baseline(now, baseline)
    pruned = prune(baseline, unused)

    kept = {path: Counter(old[path]) & Counter(new[path]) if path in new else Counter(old[path]) for path in old}
    assert {(item.file, item.rule, item.place): item.count for item in pruned.entries} == {
        (path, *fact): count for path, facts in kept.items() for fact, count in facts.items()
    }
    assert apply_baseline(now, pruned)[0] == after, "a pruned baseline absorbs the same"
    assert apply_baseline(now, pruned)[1] == ()


@given(runs, st.randoms())
def test_the_text_is_the_same_for_the_same_findings_in_any_order_and_reads_back(tmp_path_factory, run, random):
    baseline = baseline_of(results(run), HERE)
    mixed = list(run.items())
    random.shuffle(mixed)

    assert write_baseline(baseline_of(results(dict(mixed)), HERE)) == write_baseline(baseline)
    assert json.loads(write_baseline(baseline))["baseline"] == 1
    assert saved(tmp_path_factory.getbasetemp(), baseline).entries == baseline.entries


@given(runs, runs)
def test_renewing_takes_in_what_the_drafts_have_now_and_leaves_the_drafts_not_checked(old, new):
    renewed = renew(baseline_of(results(old), HERE), results(new))

    assert {(item.file, item.rule, item.place): item.count for item in renewed.entries} == {
        (path, *fact): count for path, facts in {**old, **new}.items() for fact, count in Counter(facts).items()
    }
    after, _ = apply_baseline(results(new), renewed)
    assert renew(renewed, after) == renewed, "before or after it was applied"


# --- Cases ---------------------------------------------------------------------------------------------------------


def test_files_are_named_from_the_folder_of_the_baseline_with_slashes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = [result("乙/甲.md", finding("C02", "a", "f")), result(str(tmp_path / "丙.md"), finding("C02", "a", "f"))]

    baseline = baseline_of(before, tmp_path)

    assert [entry.file for entry in baseline.entries] == ["丙.md", "乙/甲.md"]
    (tmp_path / "乙").mkdir()
    monkeypatch.chdir(tmp_path / "乙")
    after, _ = apply_baseline([result("甲.md", finding("C02", "a", "f"))], baseline)
    assert after[0].findings == ()


def test_what_is_suppressed_with_a_reason_is_not_written_and_what_was_absorbed_is():
    before = replace(
        result("甲.md", finding("C02", "a", "f")),
        suppressed=(finding("W01", "b", "g", "原文如此"), finding("S01", "c", "h", REASON)),
    )

    assert [entry.rule for entry in baseline_of([before], HERE).entries] == ["C02", "S01"]


@pytest.mark.parametrize(
    ("question", "unused"),
    [
        (OpenQuestion("C02", "c02", "blank"), 0),
        (OpenQuestion("C02", "c02", "blank", Place("applications/new/total")), 0),
        (OpenQuestion("C02", "c02", "blank", Place("applications")), 0),
        (OpenQuestion("C02", "c02", "blank", Place("applications/newer/total")), 1),
        (OpenQuestion("W01", "w01", "blank"), 1),
    ],
)
def test_an_entry_whose_rule_is_undecided_at_its_place_is_neither_unused_nor_renewed(question, unused):
    baseline = Baseline(HERE, (entry(rule="C02", place="applications/new/total"),))
    now = result("甲.md", unchecked=(question,))

    assert len(apply_baseline([now], baseline)[1]) == unused
    assert len(renew(baseline, [now]).entries) == 1 - unused


def test_an_entry_whose_rule_did_not_run_or_whose_file_cannot_be_read_is_not_unused():
    baseline = Baseline(HERE, (entry(rule="N01"), replace(entry(), file="坏.docx")))
    now = [result("甲.md"), Result(path="坏.docx", report=None, error="damaged")]

    assert apply_baseline(now, baseline) == (tuple(now), ())
    assert set(renew(baseline, now).entries) == set(baseline.entries)


def entry(rule: str = "C02", place: str = "a") -> Entry:
    return Entry(file="甲.md", rule=rule, place=place, fingerprint="f", message="", count=1)


REPORT = """# 青禾市水务局2023年政府信息公开工作年度报告

## 一、总体情况

我局进一步推进推进公开工作，全年公开信息12条。

## 二、主动公开政府信息情况

无
"""


def test_edits_elsewhere_leave_an_entry_alone_and_another_fault_is_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    known = baseline_of([check(REPORT.encode(), name="年报.md")], tmp_path)
    assert known.entries

    edited = REPORT.replace("## 一、", "本报告由办公室编制。\n\n## 一、").replace("无\n", "本年度没有。\n\n无\n")
    (after,), _ = apply_baseline([check(edited.encode(), name="年报.md")], known)
    assert [item.message for item in after.findings] == []

    worse = edited.replace("12条", "12条，审核审核后公开").replace("本年度没有", "推进推进中")
    (after,), _ = apply_baseline([check(worse.encode(), name="年报.md")], known)
    assert sorted(item.rule for item in after.findings) == ["W01", "W01"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Expecting value"),
        ("[]", "expected a table"),
        ('{"baseline": 2, "files": {}}', "baseline: expected 1"),
        ('{"baseline": 1}', "files: missing"),
        ('{"baseline": 1, "files": {"甲.md": 3}}', "files.甲.md: expected a list, found a whole number"),
        ('{"baseline": 1, "files": {"甲.md": [{"rule": "C02"}]}}', "files.甲.md[0].place: missing"),
        (
            '{"baseline": 1, "files": {"甲.md": [{"rule": "C02", "place": "a", "fingerprint": "f", "count": 0}]}}',
            "files.甲.md[0].count: expected 1 or more, found 0",
        ),
        (
            '{"baseline": 1, "files": {"甲.md": [{"rule": "C02", "place": "a", "fingerprint": "f", "line": 3}]}}',
            "files.甲.md[0].line: unknown key",
        ),
    ],
)
def test_a_fault_of_the_file_is_named_by_its_path(tmp_path, text, said):
    path = tmp_path / "known.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(LoadError) as caught:
        load_baseline(path)

    assert caught.value.name == "known.json"
    assert str(caught.value.faults[0]).startswith(said)


def test_entries_that_were_joined_by_hand_are_counted_together(tmp_path):
    line = {"rule": "C02", "place": "a", "fingerprint": "f"}
    path = tmp_path / "known.json"
    path.write_text(json.dumps({"baseline": 1, "files": {"甲.md": [line, {**line, "count": 2}]}}), encoding="utf-8")

    assert [entry.count for entry in load_baseline(path).entries] == [3]
