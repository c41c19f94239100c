"""Personal numbers, marks of secrecy, leftovers of Word: what the kinds hold for any number and any notice."""

import datetime
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.checks import identifiers, leftovers, phrases
from linter.editions import load_editions
from linter.model.document import Notice, Span
from linter.readers.markdown import read_markdown
from linter.readers.text import read_text
from linter.recognise import recognise
from linter.resources import folder

REPORTS = Path(__file__).resolve().parents[2] / "shared" / "reports"
KINDS = {"identifiers": identifiers, "phrases": phrases, "leftovers": leftovers}

births = st.dates(datetime.date(1900, 1, 1), datetime.date(2024, 12, 31)).map(lambda day: day.strftime("%Y%m%d"))
areas = st.sampled_from(["110105", "440524", "640104", "350128", "831234"])


def draft(prose):
    text = f"# 云川县2023年政府信息公开工作年度报告\n\n一、总体情况\n\n{prose}\n"
    return recognise(read_markdown(text.encode(), "draft.md"), load_editions())


def found(check, report):
    return [report.document.text[item.place.span.start : item.place.span.end] for item in check(report)]


RULES = tomllib.loads(folder("rules").joinpath("safety.toml").read_text("utf-8"))["rule"]


def check_of(number):
    return next(identifiers.bind(rule["settings"]) for rule in RULES if rule["settings"].get("number") == number)


@pytest.fixture(scope="module")
def checks():
    return {rule["id"]: KINDS[rule["check"]].bind(rule["settings"]) for rule in RULES}


def identity(area, birth, order):
    """The number with the check digit of GB 11643—1999, by its definition: the whole is 1 modulo 11."""
    body = f"{area}{birth}{order:03}"
    rest = sum(int(digit) * pow(2, 17 - index, 11) for index, digit in enumerate(body)) % 11
    check = (1 - rest) % 11
    return body + ("X" if check == 10 else str(check))


@pytest.mark.parametrize(
    ("kind", "settings", "complaint"),
    [
        (identifiers, {}, "number"),
        (identifiers, {"number": "passport"}, "passport"),
        (identifiers, {"number": "mobile", "units": "件", "mask": True}, "mask"),
        (identifiers, {"number": "mobile", "units": "件", "called": "手机"}, "called"),
        (identifiers, {"number": "identity"}, "called"),
        (leftovers, {}, "kinds"),
        (leftovers, {"kinds": "comment"}, "kinds"),
        (leftovers, {"kinds": ["comment"], "to_tools": ["("]}, "to_tools"),
    ],
)
def test_faulty_settings_are_refused_by_name(kind, settings, complaint):
    with pytest.raises(ValueError, match=complaint):
        kind.bind(settings)


def test_the_example_of_the_standard_is_an_identity_number():
    assert identifiers.is_identity("11010519491231002X")
    assert identifiers.is_identity("440524188001010014") is False, "nobody born in 1880 is meant"


@given(areas, births, st.integers(0, 999))
def test_an_identity_number_is_found_and_shown_only_masked(area, birth, order):
    number = identity(area, birth, order)
    report = draft(f"申请人证件号码{number}，已答复。")
    problems = list(check_of("identity")(report))
    assert found(check_of("identity"), report) == [number]
    assert problems[0].values["masked"] == f"{number[:3]}{'*' * 13}{number[-2:]}"
    assert number[3:-2] not in str(problems[0].values)


@given(areas, births, st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_digit_wrong_makes_it_another_number(area, birth, order, at, shift):
    number = identity(area, birth, order)
    wrong = f"{number[:at]}{(int(number[at]) + shift) % 10}{number[at + 1 :]}"
    assert not identifiers.is_identity(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "信用代码12620600MB0523338C",
        "area=113325000026455663",
        "索引号014416330/2018-04736",
        "编号2023-110105199001011234",
        "金额110105194912310.25",
        "流水110105491231002",
    ],
)
def test_codes_indexes_and_amounts_are_no_identity_numbers(text):
    assert found(check_of("identity"), draft(text)) == []


def test_the_old_number_of_15_digits_counts_where_the_text_calls_it_one():
    assert found(check_of("identity"), draft("身份证号：110105491231002。")) == ["110105491231002"]
    assert found(check_of("identity"), draft("身份证号：110105491331002。")) == [], "there is no 13th month"


@given(st.integers(3, 9), st.integers(0, 999_999_999), st.sampled_from(["", " ", "-"]))
def test_a_mobile_number_is_found_however_it_is_grouped(second, rest, gap):
    digits = f"1{second}{rest:09}"
    number = f"{digits[:3]}{gap}{digits[3:7]}{gap}{digits[7:]}"
    report = draft(f"联系电话：{number}。")
    assert found(check_of("mobile"), report) == [number]
    assert [problem.values["masked"] for problem in check_of("mobile")(report)] == [f"{digits[:3]}******{digits[-2:]}"]


@pytest.mark.parametrize(
    "text",
    ["0951-13912345678", "共13912345678元", "13912345678.5", "13912345678次", "113912345678", "12345", "12912345678"],
)
def test_landlines_and_counts_are_no_mobile_numbers(text):
    assert found(check_of("mobile"), draft(f"本年{text}，")) == []


def test_full_width_digits_are_digits():
    assert found(check_of("mobile"), draft("电话１３９１２３４５６７８。")) == ["１３９１２３４５６７８"]


@given(st.sampled_from(["622202", "622575", "621700", "623668"]), st.integers(0, 10**12 - 1))
def test_a_card_is_found_by_its_range_and_check_digit_and_no_other_digit_will_do(issuer, rest):
    body = f"{issuer}{rest:012}"
    good = [digit for digit in "0123456789" if identifiers.is_luhn(body + digit)]
    assert len(good) == 1
    for digit in "0123456789":
        wanted = [body + digit] if digit in good else []
        assert found(check_of("bank-card"), draft(f"卡号{body}{digit}。")) == wanted


def test_a_number_in_a_web_address_or_in_a_form_points_at_nobody():
    number = identity("110105", "19491231", 2)
    assert found(check_of("identity"), draft(f"见 https://www.example.gov.cn/show?id={number} 。")) == []
    rows = [
        "第二十条第（五）项 | ",
        "--- | ---",
        "信息内容 | 本年处理决定数量",
        "行政许可 | 5",
        "第二十条第（六）项 | ",
        "信息内容 | 本年处理决定数量",
        "行政处罚 | 3",
        "行政强制 | 2",
        "第二十条第（八）项 | ",
        "信息内容 | 本年收费金额（单位：万元）",
        "行政事业性收费 | 13912345678",
    ]
    report = draft("二、主动公开政府信息情况\n\n" + "\n".join(f"| {row} |" for row in rows))
    assert any(cell.value == 13912345678 for form in report.forms.values() for cell in form.cells.values())
    assert found(check_of("mobile"), report) == []


def notices(*items):
    report = draft("全年公开信息120条。")
    return replace(report, document=replace(report.document, notices=items))


def test_each_kind_of_leftover_is_one_problem_with_its_count(checks):
    report = notices(
        Notice("comment", Span(0, 2), "审核人甲"),
        Notice("comment", Span(3, 4), "审核人乙"),
        Notice("comment", Span(5, 6), "审核人甲"),
        Notice("tracked-deletion", None, "审核人甲"),
        Notice("hidden-text", Span(8, 8), "12"),
        Notice("image", Span(9, 9)),
    )
    problems = {problem.variant: problem for problem in checks["D05"](report)}
    assert {kind: problem.values["count"] for kind, problem in problems.items()} == {
        "comment": 3,
        "tracked-deletion": 1,
        "hidden-text": 1,
    }
    assert problems["comment"].values["details"] == ("审核人甲", "审核人乙")
    assert problems["comment"].place.span == Span(0, 2)
    assert [place.span for place in problems["comment"].related] == [Span(3, 4), Span(5, 6)]


def test_a_kind_without_words_of_its_own_takes_the_first():
    check = leftovers.bind({"kinds": ["embedded-file"]})
    problem = next(iter(check(notices(Notice("embedded-file", detail="sheet.xlsx")))))
    assert (problem.variant, problem.values["kind"]) == ("", "embedded-file")


def test_comments_that_speak_to_a_tool_are_left_alone(checks):
    assert not list(
        checks["D05"](notices(Notice("directive", None, "gouji: ignore W01 专名"), Notice("directive", None, "toc")))
    )
    assert list(checks["D05"](notices(Notice("directive", None, "数字待核"))))


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not here")
def test_published_reports_carry_no_personal_numbers_and_no_marks(checks):
    for path in sorted(REPORTS.glob("*.txt")):
        report = recognise(read_text(path.read_bytes(), path.name), load_editions())
        assert [rule for rule, check in checks.items() if list(check(report))] == [], path.name
