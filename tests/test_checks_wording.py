"""Doubled words, paired and nested marks, wordings that must not stand: what the kinds hold for any text."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.checks import doubled_word, nesting, pairing, phrases
from linter.checks.text_place import text_places
from linter.editions import load_editions
from linter.model.document import Span
from linter.readers.markdown import read_markdown
from linter.readers.text import read_text
from linter.recognise import recognise
from linter.resources import folder

REPORTS = Path(__file__).resolve().parents[2] / "shared" / "reports"
KINDS = {"doubled-word": doubled_word, "pairing": pairing, "phrases": phrases, "nesting": nesting}
WORDS = "公开政策文件解读目录审查平台监督服务"


def draft(prose):
    text = f"# 云川县2023年政府信息公开工作年度报告\n\n一、总体情况\n\n{prose}\n"
    return recognise(read_markdown(text.encode(), "draft.md"), load_editions())


def rules():
    pack = tomllib.loads(folder("rules").joinpath("wording.toml").read_text("utf-8"))
    return {rule["id"]: KINDS[rule["check"]].bind(rule["settings"]) for rule in pack["rule"]}


def found(check, report):
    return [report.document.text[item.place.span.start : item.place.span.end] for item in check(report)]


@pytest.fixture(scope="module")
def checks():
    return rules()


@pytest.mark.parametrize(
    ("kind", "settings", "complaint"),
    [
        (doubled_word, {"singels": "的"}, "singels"),
        (doubled_word, {"singles": ["的"]}, "singles"),
        (doubled_word, {"honest": ["("]}, "honest"),
        (pairing, {}, "pairs"),
        (pairing, {"pairs": ["（(）"]}, "pairs"),
        (pairing, {"pairs": ["（）"], "nested": "〈〉"}, "nested"),
        (nesting, {"outer": "《》", "inner": ["<>"], "proper": "〈"}, "〈"),
        (nesting, {"outer": "《》", "inner": ["<>"]}, "proper"),
        (phrases, {}, "patterns"),
        (phrases, {"patterns": ["["]}, "patterns"),
        (phrases, {"corrections": ["攻府"]}, "攻府"),
        (phrases, {"patterns": ["a"], "unit": "word"}, "unit"),
        (phrases, {"pattern": ["a"]}, "pattern"),
    ],
)
def test_faulty_settings_are_refused_by_name(kind, settings, complaint):
    with pytest.raises(ValueError, match=complaint):
        kind.bind(settings)


@given(st.permutations(WORDS), st.integers(0, 12), st.integers(2, 6))
def test_a_word_written_twice_is_found_where_it_stands_and_nothing_else_is(order, at, length):
    text = "".join(order)
    word = text[at : at + length]
    check = doubled_word.bind({"singles": "的了"})
    assert found(check, draft(text)) == []
    report = draft(text[: at + length] + text[at:])
    problems = list(check(report))
    assert [problem.values["text"] for problem in problems] == [word * 2]
    assert found(check, report) == [word * 2]


@pytest.mark.parametrize("text", ["一一答复", "二〇二〇年", "短信、微信、微博", "收到5件5人", "公开。公开"])
def test_numbers_lists_and_sentence_ends_make_no_doubling(text):
    assert found(doubled_word.bind({"singles": "的"}), draft(text)) == []


def test_an_honest_word_excuses_only_the_doubling_whose_end_it_covers():
    check = doubled_word.bind({"honest": ["依法依规", "政府信息"]})
    assert found(check, draft("行政执法依法依规。人民政府政府信息公开。")) == []
    assert found(check, draft("主动公开政府主动公开政府信息。")) == ["主动公开政府主动公开政府"]


MARKS = {"（": "）", "“": "”", "《": "》"}
balanced = st.recursive(
    st.text("公开政策", max_size=4),
    lambda inner: st.tuples(st.sampled_from(sorted(MARKS)), inner, inner).map(
        lambda parts: f"{parts[0]}文{parts[1]}{MARKS[parts[0]]}件{parts[2]}"
    ),
    max_leaves=8,
)


@given(balanced)
def test_marks_that_all_have_their_partner_are_never_reported(checks, text):
    report = draft(f"本县{text}。")
    assert not [*checks["W02"](report), *checks["W03"](report)]


@given(balanced, st.data())
def test_one_mark_lost_is_one_problem_at_a_mark_of_that_pair(checks, text, data):
    text = f"本县{text}。"
    places = [at for at, char in enumerate(text) if char in "（）“”《》"]
    if not places:
        return
    at = data.draw(st.sampled_from(places))
    report = draft(text[:at] + text[at + 1 :])
    problems = [*checks["W02"](report), *checks["W03"](report)]
    assert len(problems) == 1
    assert text[at] in MARKS.get(problems[0].values["mark"], "") + problems[0].values["partner"]


def test_a_pair_cut_by_a_paragraph_end_is_whole():
    check = pairing.bind({"pairs": ["（(）)"]})
    assert found(check, draft("联系。（地址：中路1号。\n\n邮编：350400）。")) == []
    assert found(check, draft("联系。（地址：中路1号。\n\n邮编：350400。\n\n电话不变）。")) == ["（", "）"]


def test_two_of_one_direction_close_together_are_one_mark_the_wrong_way_round():
    check = pairing.bind({"pairs": ["“”"]})
    problems = list(check(draft("开展“开放日“活动。")))
    assert [(problem.variant, problem.values["partner"]) for problem in problems] == [("reversed", "”")]
    assert len(list(check(draft("开展“开放日活动。又开展“下基层活动。")))) == 2


def test_a_title_in_a_title_takes_single_marks_only_directly_inside_a_double_one():
    check = nesting.bind({"outer": "《》", "inner": ["《》", "<>"], "proper": "〈〉"})
    problems = list(check(draft("依据《转发<公开条例>的通知》和《关于〈修改《办法》〉的通知》。")))
    assert [problem.values["proper"] for problem in problems] == ["〈公开条例〉"]
    assert found(check, draft("依据《转发<公开条例>的通知。")) == [], "the outer title is never closed"


def test_an_exception_spares_what_lies_inside_it_and_nothing_beside_it():
    check = phrases.bind({"patterns": ["××"], "exceptions": ["“[^”]*”格式"]})
    assert found(check, draft("统一为“××局”格式，由××局公布。")) == ["××"]
    assert [item.place.span.start for item in check(draft("由××局公布“××局”格式。"))] == [
        draft("由××局公布“××局”格式。").document.text.index("×")
    ]


def test_a_correction_names_the_right_wording():
    check = phrases.bind({"corrections": ["攻府 → 政府", "人民攻府 → 人民政府"]})
    values = [problem.values for problem in check(draft("县人民攻府和镇攻府。"))]
    assert [(value["text"], value["instead"]) for value in values] == [("人民攻府", "人民政府"), ("攻府", "政府")]


def test_a_place_names_the_part_of_the_report():
    report = draft("全年公开信息120条。")
    text = report.document.text
    place_of = text_places(report)
    assert place_of(Span(0, 3)).path == "title"
    place = place_of(Span(text.index("全年"), len(text)))
    assert (place.path, place.labels) == ("prose/overview", ("总体情况",))


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not here")
def test_real_reports_have_the_wording_faults_a_careful_reader_finds_and_no_others(checks):
    seen = {}
    for path in sorted(REPORTS.glob("*.txt")):
        report = recognise(read_text(path.read_bytes(), path.name), load_editions())
        for rule in ("W01", "W02", "W03", "W04", "W05"):
            for problem in checks[rule](report):
                line = report.document.origin(problem.place.span.start).line
                seen.setdefault(path.name, []).append((rule, line))
    assert seen == {
        "2019-pingtan-district.txt": [("W01", 6)],
        "2022-pingtan-district.txt": [("W01", 8)],
        "2023-ningxia-office-affairs.txt": [("W01", 13), ("W02", 90)],
    }
