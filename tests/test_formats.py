"""What every output says of the same hand-made results; the whole pictures are in ``golden/``.

``GOUJI_GOLDEN=write`` writes the pictures anew; look at them before you keep them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
import results as made
import xmlschema
from hypothesis import given
from hypothesis import strategies as some

from linter import formats
from linter.formats import console, github, gitlab, html, json_answer, junit, sarif
from linter.formats.blocks import blocks
from linter.formats.folding import cells, fold
from linter.formats.forms import grids
from linter.formats.markup import tag
from linter.formats.places import full_label, pointer, stretch
from linter.formats.quote import cut, printable, quote
from linter.model.document import Span
from linter.model.finding import Severity
from linter.model.report import Place
from linter.sums import arithmetic
from linter.version import __version__
from linter.words import LANGUAGES, words

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
SCHEMAS = ROOT.parent / "shared" / "schemas"
WRITERS = {name: formats.find(name) for name in formats.FORMATS}
ALL = made.every_kind()
CELL = "applications/handled.total/natural"
ZH = words("zh")
NASTY = "<script>alert(1)</script>&\x1b[31m\x00\u202e::error::%0A]]>\r\n\ud7ff"

texts = some.text(some.characters(exclude_categories=["Cs"]), max_size=60)


def _nasty(result):
    """The same result with text in it that wants to be obeyed."""
    findings = tuple(replace(item, message=NASTY, help=NASTY) for item in result.findings)
    return replace(result, path=f"a{NASTY}.md", findings=findings)


# --- All of them ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", formats.FORMATS)
def test_the_output_is_the_picture_kept_of_it(name, language):
    picture = GOLDEN / f"{name}.{language}.txt"
    written = WRITERS[name](ALL, language).replace(__version__, "VERSION")
    if os.environ.get("GOUJI_GOLDEN") == "write":
        picture.write_text(written, encoding="utf-8")
    assert picture.read_text(encoding="utf-8") == written


@pytest.mark.parametrize("name", formats.FORMATS)
def test_the_same_results_give_the_same_text_and_nothing_at_all_gives_one_too(name):
    assert WRITERS[name](ALL, "zh") == WRITERS[name](made.every_kind(), "zh")
    assert WRITERS[name]([], "en") or name == "statistics"


@pytest.mark.parametrize("span", [None, Span(0, 3)], ids=["absent", "there"])
@pytest.mark.parametrize(
    "path",
    [
        "applications/*/natural",
        "applications/?",
        "applications",
        "applications/new",
        "applications/lost/x",
        "x/y/z/w",
        "",
    ],
)
@pytest.mark.parametrize("name", formats.FORMATS)
def test_a_place_may_be_a_column_a_row_a_form_or_nothing_we_know(name, path, span):
    place = Place(path, (), span)
    strange = replace(ALL[0].findings[-1], place=place, related=(place,), message="此处有疑")
    assert "此处有疑" in WRITERS[name]([replace(ALL[0], findings=(strange,))], "zh") or name in ("junit", "statistics")


@pytest.mark.parametrize("name", formats.FORMATS)
def test_no_english_word_of_ours_stands_in_the_chinese_output_nor_the_other_way_round(name):
    assert not re.search(r"could not be checked|not checked|one change makes|see also", WRITERS[name](ALL, "zh"))
    assert not re.search(
        r"未能核对|只改一处|并见|核对人|勾稽关系", WRITERS[name]([made.only_unchecked()], "en").replace("核对一致", "")
    )


def test_an_unknown_format_is_named_beside_the_known_ones():
    with pytest.raises(formats.UnknownFormat, match=r"'word'.*console, json, sarif"):
        formats.find("word")


def test_a_format_of_a_plug_in_is_found_by_its_entry_point(monkeypatch):
    class Point:
        name = "letter"

        @staticmethod
        def load():
            return lambda results, language: f"{len(results)} {language}"

    monkeypatch.setattr("importlib.metadata.entry_points", lambda *, group: [Point] if group == formats.GROUP else [])
    assert formats.find("letter")([], "en") == "0 en"


def test_no_format_imports_anything_heavy_and_rich_only_comes_with_colours():
    code = (
        "import sys; from linter import formats; [formats.find(name) for name in formats.FORMATS];"
        "formats.find('console')([], 'zh');"
        "print(sorted({'rich', 'lark', 'typer', 'jsonschema', 'lxml', 'xml.etree.ElementTree'} & set(sys.modules)));"
        "from linter.formats import console; console.write([], 'zh', color=True); print('rich' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split("\n")[:2] == ["[]", "True"]


# --- Places --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file_format", "where"),
    [("markdown", "第 72 行第 19 列"), ("docx", "表 3 第 12 行第 2 格"), ("pdf", "第 1 页第 12 行")],
)
def test_a_place_is_worded_as_its_file_format_can(file_format, where):
    result = made.faulty("a", file_format)
    place = result.report.place(CELL)
    assert pointer(result, place, ZH) == where
    assert (where in full_label(result, place, ZH)) == (file_format != "markdown")


def test_what_is_absent_is_nowhere_and_never_line_1():
    result = made.faulty("a.md", "markdown")
    absent = result.findings[0].place
    assert absent.span is None
    assert not pointer(result, absent, ZH)
    assert stretch(result, absent).start.line is None


def test_a_place_without_labels_has_a_word_and_a_foreign_one_its_path():
    result = made.clean()
    assert full_label(result, Place("title"), ZH) == "标题"
    assert full_label(result, Place("letter/head"), ZH) == "letter/head"


def test_a_stretch_ends_behind_its_last_character_and_an_empty_one_where_it_begins():
    result = made.faulty("a.md", "markdown")
    span = result.report.place(CELL).span
    found = stretch(result, Place("x", (), span))
    assert (found.start.column, found.end_column) == (19, 21)
    empty = stretch(result, Place("x", (), Span(span.start, span.start)))
    assert (empty.start.column, empty.end_column) == (19, 19)


# --- Arithmetic ----------------------------------------------------------------------------------------------------


def _relation(identity, scope, result=None):
    report = (result or made.faulty("a", "text")).report
    return next(item for item in report.relations if (item.identity.id, item.scope) == (identity, scope))


def test_a_broken_relation_shows_both_sums():
    assert arithmetic.filled(_relation("applications", "natural"), ZH) == "24 + 2 = 26 ≠ 20 = 20 + 0"


def test_a_relation_that_holds_shows_its_sum_once():
    assert arithmetic.filled(_relation("applications", "total"), ZH) == "27 + 2 = 29 = 29 + 0"
    assert arithmetic.filled(_relation("row", "new"), ZH) == "24 + 3 + 0 + 0 + 0 + 0 = 27"


def test_a_long_sum_leaves_its_zeros_out_and_says_so():
    assert arithmetic.filled(_relation("results", "natural"), ZH) == "20 + 3 + 3（其余 6 项为 0） = 26 ≠ 20"
    assert arithmetic.filled(_relation("results", "legal"), ZH) == "0（共 9 项） = 0"


def test_a_figure_that_was_not_read_is_a_question_mark_and_gets_no_sum():
    relation = _relation("applications", "natural")
    terms = (relation.left[0], replace(relation.left[1], value=None))
    unchecked = replace(relation, left=terms, state="unchecked", reason="blank")
    assert arithmetic.filled(unchecked, ZH) == "24 + ? ≟ 20 + 0"
    assert arithmetic.total(terms) == "24 + ?"


@pytest.mark.parametrize(
    ("sign", "state", "left", "right", "shown"),
    [
        (">=", "held", 5, 3, "5 ≥ 3"),
        (">=", "broken", 2, 3, "2 < 3"),
        ("<=", "broken", 4, 3, "4 > 3"),
        ("==", "held", Decimal("1.00"), Decimal("1.01"), "1.00 ≈ 1.01"),
        ("==", "broken", -3, Decimal("1E+2"), "-3 ≠ 100"),
    ],
)
def test_the_sign_says_what_is_so(sign, state, left, right, shown):
    base = _relation("applications", "natural")
    relation = replace(
        base,
        identity=replace(base.identity, relation=sign),
        left=(replace(base.left[0], value=left),),
        right=(replace(base.right[0], value=right),),
        state=state,
    )
    assert arithmetic.filled(relation, ZH) == shown


def test_a_label_loses_only_the_explanation_at_its_end():
    assert arithmetic.short("（二）部分公开（区分处理的，只计这一情形，不计其他情形）") == "（二）部分公开"
    assert arithmetic.short("（七）总计") == "（七）总计"
    assert arithmetic.short("（件）") == "（件）"


# --- Forms as grids ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [*made.EDITION.forms, made.STATISTICS], ids=lambda form: form.id)
def test_a_grid_has_no_hole_and_no_overlap_and_every_figure_once(form):
    drawn = grids(form)
    widths = set()
    for grid in drawn:
        for lines in (grid.head, grid.body):
            taken = Counter()
            for number, line in enumerate(lines):
                column = 0
                for slot in line:
                    while taken[number, column]:
                        column += 1
                    for down in range(slot.rows):
                        for across in range(slot.columns):
                            taken[number + down, column + across] += 1
            assert set(taken.values()) <= {1}
            width = max((column for _, column in taken), default=-1) + 1
            assert len(taken) == width * len(lines)
            widths.add(width)
    assert len(widths) == 1
    paths = [slot.path for grid in drawn for line in grid.body for slot in line if slot.path]
    assert paths == [f"{form.id}/{row.id}/{column.id}" for _, row, column in form.places()]


def test_rows_under_a_row_are_indented_and_a_unit_column_is_drawn_where_rows_have_units():
    (grid,) = grids(made.STATISTICS)
    labels = [next(slot for slot in line if slot.role == "row") for line in grid.body]
    assert [(slot.rows, slot.indent) for slot in labels] == [(1, 0), (1, 1), (1, 0)]
    assert [slot.text for line in grid.body for slot in line if slot.role == "unit"] == ["——", "条", "万元"]
    assert not [slot for grid in grids(made.PUBLISHED) for line in grid.body for slot in line if slot.role == "unit"]


def test_groups_are_merged_as_on_the_printed_form():
    (grid,) = grids(made.APPLICATIONS)
    assert [(slot.text, slot.rows, slot.columns) for slot in grid.head[1]] == [
        ("自然人", 2, 1),
        ("法人或其他组织", 1, 5),
        ("总计", 2, 1),
    ]
    assert next(slot for line in grid.body for slot in line if slot.text == made.DONE).rows == len(made.HANDLED) + 1


# --- Text in cells and lines ---------------------------------------------------------------------------------------


@given(texts, some.integers(min_value=4, max_value=40))
def test_folding_loses_nothing_but_spaces_and_no_line_is_too_wide(text, width):
    text = printable(text)
    lines = fold(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cells(line) <= width for line in lines)


def test_no_line_begins_with_a_full_stop_or_ends_with_an_opening_bracket():
    lines = fold("各项办理结果之和应为二十六。（七）总计实为二十，请核对", 28)
    assert not any(line[0] in "。，）" or line.endswith("（") for line in lines)
    assert len(lines) > 1


@given(texts, some.data(), some.integers(min_value=10, max_value=60))
def test_a_cut_quotation_fits_and_keeps_the_mark_in_sight(text, data, width):
    text = f"{text}，核对"
    document = replace(made.clean().report.document, text=text)
    start = data.draw(some.integers(0, len(text) - 1))
    whole = quote(document, Span(start, data.draw(some.integers(start + 1, len(text)))))
    kept = cut(whole, width)
    assert cells(kept.before + kept.marked + kept.after) <= width
    assert kept.marked == whole.marked or cells(whole.marked) > width


@given(some.text())
def test_what_is_printed_cannot_drive_a_terminal(text):
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", printable(text))


# --- console -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_no_line_of_the_console_is_wider_than_the_terminal(width):
    lines = console.write(ALL, "zh", width=width).splitlines()[:-1]
    assert max(map(cells, lines)) <= width


def test_colours_change_nothing_but_colours():
    plain = console.write(ALL, "zh", width=90, verbose=True)
    coloured = re.sub(r"\x1b\[[0-9;]*m", "", console.write(ALL, "zh", width=90, verbose=True, color=True))
    assert [line.rstrip() for line in coloured.splitlines()] == plain.splitlines()


def test_findings_of_one_cause_stand_together_under_the_repair():
    text = console.write([made.faulty("a.md", "markdown")], "zh")
    repair = text.index("只改一处即可全部成立：（七）总计 › 自然人 20 → 26（疑似一位数字录错）")
    assert repair < text.index("C01") < text.index("C02") < text.index("C03") < text.index("N01")
    assert "[20]" in text
    assert text.count("（一）予以公开") == 1


def test_equally_small_repairs_are_all_listed_and_none_is_chosen():
    text = console.write([made.ambiguous()], "zh")
    assert "可能的改法有 2 种" in text
    assert "总计 3 → 2" in text
    assert "尚未审结 1 → 2" in text
    assert "只改一处" not in text


def test_the_mark_stands_under_the_words_it_means():
    lines = console.write([made.faulty("a.md", "markdown")], "zh").splitlines()
    below = next(index for index, line in enumerate(lines) if line.strip("│ ") == "^^^^^")
    start = cells(lines[below].rstrip().rstrip("^"))
    quoted = lines[below - 1]
    assert cells(quoted[: quoted.index("29 件")]) == start


def test_open_questions_are_counted_by_reason_and_listed_when_asked():
    short = console.write([made.only_unchecked()], "zh")
    assert "3 项未能核对" in short
    assert "没有提供上一年度报告（--previous） × 2" in short
    assert "Y01" not in short
    assert console.write([made.only_unchecked()], "zh", verbose=True).count("Y01") == 2


def test_quiet_is_one_line_a_finding_and_the_closing_line():
    result = made.faulty("a.md", "markdown")
    lines = console.write([result, made.unreadable()], "zh", quiet=True).splitlines()
    assert len(lines) == len(result.findings) + 2
    assert lines[1].startswith("a.md:72:19: 错误 C01 ")


def test_the_closing_line_counts_everything():
    last = console.write(ALL, "en").splitlines()[-1]
    assert last == (
        "7 files: 13 errors, 6 warnings, 3 notes, 3 suppressed, 1 file could not be read, "
        "9 questions could not be checked; 180 relations: 170 held, 10 broken, 0 could not be checked"
    )


def test_every_finding_is_in_exactly_one_block():
    for result in ALL:
        shown = [finding for block in blocks(result) for finding in block.findings]
        assert Counter(map(id, shown)) == Counter(map(id, result.findings))


def test_a_group_whose_diagnosis_is_missing_still_shows_every_finding():
    result = replace(made.faulty("a.md", "markdown"), diagnoses=())
    assert [len(block.findings) for block in blocks(result)] == [1] * len(result.findings)


# --- json ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_keeps_to_its_published_schema(language):
    schema = json.loads((ROOT / "docs" / "json.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(json.loads(json_answer.write([*ALL, _nasty(ALL[0])], language)))
    assert not validator.is_valid({"schema": 2})


def test_the_answer_says_where_in_lines_and_columns_from_1():
    answer = json.loads(json_answer.write([ALL[0]], "zh"))
    (report,) = answer["reports"]
    finding = next(item for item in report["findings"] if item["rule"] == "C02")
    place = finding["place"]
    assert (place["line"], place["column"], place["end_line"], place["end_column"]) == (72, 19, 72, 21)
    assert place["label"].endswith(" › （七）总计 › 自然人")
    assert finding["values"]["terms"] == [{**place, "value": 20}]
    assert (finding["cause"]["from"], finding["cause"]["to"]) == ([20], [26])
    assert report["relations"] == {"held": 27, "broken": 3, "unchecked": 0}
    assert answer["summary"]["errors"] == 4


def test_a_word_file_has_no_line_but_its_label_says_table_row_and_cell():
    (report,) = json.loads(json_answer.write([ALL[1]], "zh"))["reports"]
    place = next(item for item in report["findings"] if item["rule"] == "C02")["place"]
    assert place["line"] is place["column"] is place["page"] is None
    assert place["label"].endswith("自然人 › 表 3 第 12 行第 2 格")


def test_an_unread_file_has_its_error_and_nothing_else():
    (report,) = json.loads(json_answer.write([made.unreadable()], "zh"))["reports"]
    assert report["error"] == made.unreadable().error
    assert report["findings"] == report["unchecked"] == []
    assert report["format"] is report["edition"] is None


# --- sarif ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def log():
    return json.loads(sarif.write(ALL, "zh"))


@pytest.mark.parametrize("batch", [[], ALL, [_nasty(ALL[0])]], ids=["none", "all", "hostile"])
def test_the_log_is_valid_against_the_official_schema(batch):
    schema = SCHEMAS / "sarif-schema-2.1.0.json"
    if not schema.exists():
        pytest.skip("the official schema is not at hand")
    validator = jsonschema.Draft4Validator(json.loads(schema.read_text(encoding="utf-8")))
    assert not [error.message for error in validator.iter_errors(json.loads(sarif.write(batch, "en")))]


def test_only_text_has_a_region_and_every_place_has_its_logical_name(log):
    for result in log["runs"][0]["results"]:
        for location in result["locations"]:
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            if uri.endswith((".docx", ".pdf")):
                assert "region" not in location["physicalLocation"]
    regions = [item["locations"][0] for item in log["runs"][0]["results"] if item["ruleId"] == "C02"]
    assert regions[0]["physicalLocation"]["region"] == {
        "startLine": 72,
        "startColumn": 19,
        "endLine": 72,
        "endColumn": 21,
    }
    assert regions[0]["logicalLocations"][0]["fullyQualifiedName"] == CELL


def test_open_questions_are_open_and_suppressed_findings_have_their_reason(log):
    found = log["runs"][0]["results"]
    assert sum(item["kind"] == "open" and item["level"] == "none" for item in found) == 9
    assert {item["suppressions"][0]["justification"] for item in found if "suppressions" in item} == {"引用文件原文"}


def test_a_file_name_is_percent_encoded_and_an_absolute_one_a_file_uri(log):
    uris = [item["location"]["uri"] for item in log["runs"][0]["artifacts"]]
    assert "%E8%8D%89%E7%A8%BF/%E5%9D%8F%20%E6%96%87%E4%BB%B6%231.docx" in uris
    assert len(set(uris)) == len(uris)
    absolute = json.loads(sarif.write([made.clean("/drafts/稿.md")], "zh"))["runs"][0]["artifacts"]
    assert absolute[0]["location"]["uri"] == "file:///drafts/%E7%A8%BF.md"


def test_an_unread_file_makes_the_execution_unsuccessful(log):
    (invocation,) = log["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == made.unreadable().error
    assert json.loads(sarif.write([made.clean()], "zh"))["runs"][0]["invocations"][0]["executionSuccessful"] is True


# --- junit ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("batch", [[], ALL, [_nasty(ALL[0])]], ids=["none", "all", "hostile"])
def test_the_suites_are_valid_against_the_schema(batch):
    schema = SCHEMAS / "junit.xsd"
    if not schema.exists():
        pytest.skip("the schema is not at hand")
    assert not [error.reason for error in xmlschema.XMLSchema(schema).iter_errors(junit.write(batch, "zh"))]


def _suites(*batch):
    return ElementTree.fromstring(junit.write(batch, "zh")).findall("testsuite")  # noqa: S314 - our own output


def test_each_rule_is_a_case_that_fails_or_was_skipped_or_passed():
    (suite,) = _suites(ALL[0])
    cases = {case.get("name").split()[0]: [child.tag for child in case] for case in suite.findall("testcase")}
    assert cases["C02"] == cases["N01"] == ["failure"]
    assert cases["Y01"] == cases["P04"] == ["skipped"]
    assert cases["T05"] == cases["C04"] == []
    assert "T05" in suite.find("system-out").text
    counted = [suite.get(name) for name in ("tests", "failures", "skipped", "errors")]
    found = Counter(tag for tags in cases.values() for tag in tags)
    assert counted == [str(len(cases)), str(found["failure"]), str(found["skipped"]), "0"]


def test_an_unread_file_is_an_error():
    (suite,) = _suites(made.unreadable())
    assert suite.get("errors") == "1"
    assert suite.find("testcase/error").get("message") == made.unreadable().error


# --- github --------------------------------------------------------------------------------------------------------


def _commands(text):
    return [line for line in text.splitlines() if line.startswith("::")]


def test_a_message_cannot_begin_a_command_of_its_own():
    lines = github.write([_nasty(ALL[0])], "zh").splitlines()
    assert len(lines) == len(ALL[0].findings) + 1
    for line in lines[:-1]:
        properties = re.fullmatch(r"::(?:error|warning|notice) ([^:]*)::[^\r\n]*", line)
        assert properties
        assert all("=" in item for item in properties[1].split(","))


def test_lines_and_columns_are_given_for_text_and_the_file_alone_for_word():
    text, word = (next(line for line in _commands(github.write([item], "zh")) if "C02" in line) for item in ALL[:2])
    assert "file=草稿/云川县2023.md,line=72,endLine=72,col=19,endColumn=21,title=C02 unbalanced-results" in text
    assert "line=" not in word
    assert "表 3 第 12 行第 2 格" in word


@pytest.mark.parametrize("count", [1, 9, 10, 11, 25])
@pytest.mark.parametrize("severity", Severity)
def test_the_caps_are_kept_and_what_is_left_out_is_said(count, severity):
    one = made.faulty("a.md", "markdown")
    findings = tuple(replace(one.findings[-1], severity=severity, message=str(number)) for number in range(count))
    lines = _commands(github.write([replace(one, findings=findings)], "en"))
    levels = Counter(line.split(" ")[0] for line in lines)
    assert max(levels.values()) <= github.CAP
    shown = [line for line in lines if "title=gouji" not in line]
    told = [int(re.search(r"::(\d+) more", line)[1]) for line in lines if "title=gouji" in line]
    assert len(shown) + sum(told) == count
    assert bool(told) == (count > github.CAP)


def test_errors_come_before_warnings_and_warnings_before_notices():
    levels = [line.split(" ")[0] for line in _commands(github.write(ALL, "zh"))]
    assert levels == sorted(levels, key=["::error", "::warning", "::notice"].index)


# --- gitlab --------------------------------------------------------------------------------------------------------


def test_entries_have_what_the_widget_asks_for_and_unique_fingerprints():
    doubled = replace(ALL[0], findings=ALL[0].findings * 2)
    entries = json.loads(gitlab.write([doubled, *ALL], "zh"))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    assert {entry["severity"] for entry in entries} == {"blocker", "major", "minor", "info"}
    assert all(entry["location"]["lines"]["begin"] >= 1 and entry["location"]["path"] for entry in entries)


def test_a_fingerprint_does_not_move_with_the_lines():
    moved = replace(ALL[0], report=replace(ALL[0].report, document=replace(ALL[0].report.document, segments=())))
    before, after = (json.loads(gitlab.write([item], "zh")) for item in (ALL[0], moved))
    assert [item["fingerprint"] for item in before] == [item["fingerprint"] for item in after]
    assert [item["location"] for item in before] != [item["location"] for item in after]


# --- html ----------------------------------------------------------------------------------------------------------


class _Page(HTMLParser):
    """Checks that tags are closed in order, and collects what the tests ask about."""

    void = frozenset({"meta", "br", "col", "link"})

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.tags = Counter()
        self.ids = []
        self.links = []
        self.attributes = []
        self.feed(text)
        self.close()

    def handle_starttag(self, name, attributes):
        self.tags[name] += 1
        given = dict(attributes)
        self.attributes.append((name, given))
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if "href" in given else []
        if name not in self.void:
            self.open.append(name)

    def handle_endtag(self, name):
        assert self.open.pop() == name


@pytest.fixture(scope="module")
def page():
    return _Page(html.write(ALL, "zh"))


def test_the_page_is_well_formed_and_every_link_goes_somewhere(page):
    assert not page.open
    assert len(set(page.ids)) == len(page.ids)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


def test_the_page_needs_no_network_and_no_script(page):
    assert not {"script", "img", "iframe", "link", "object"} & set(page.tags)
    assert not re.search(r"https?://|url\(|@import", html.write(ALL, "zh"))


def test_every_figure_of_every_form_is_on_the_page():
    one = _Page(html.write([ALL[0]], "zh"))
    wanted = {f"r1-{form.id}-{row.id}-{column.id}" for form in made.EDITION.forms for _, row, column in form.places()}
    assert wanted <= set(one.ids)


def test_every_relation_is_on_the_page_with_its_state_in_words():
    written = html.write([ALL[0]], "zh")
    listed = re.findall(
        r'<li class="(held|broken|unchecked)"><span class="sign" role="img" aria-label="([^"]+)"', written
    )
    in_forms = Counter(state for state, _ in listed)
    assert in_forms["held"] == 27
    assert in_forms["broken"] == 3 + 3
    assert {word for state, word in listed if state == "broken"} == {"不成立"}


def test_the_suspect_cell_is_marked_and_what_is_blank_stays_blank():
    written = html.write([ALL[0]], "zh")
    suspects = re.findall(r'<td class="suspect" id="([^"]+)">', written)
    assert suspects == ["r1-applications-handled.total-natural"]
    assert re.search(r'<td class="blank" id="r1-published-norms-valid"[^>]*><span class="value"></span>', written)
    assert re.search(r'id="r1-published-rules-made"[^>]*><span class="value">/</span>', written)
    assert re.search(r'id="r1-published-rules-repealed"[^>]*><span class="value">——</span>', written)


def test_tables_have_captions_and_headers_a_scope(page):
    assert page.tags["caption"] == page.tags["table"]
    assert all("scope" in given for name, given in page.attributes if name == "th")
    assert [given for name, given in page.attributes if name == "html"] == [{"lang": "zh-CN"}]


def test_headings_never_skip_a_level(page):
    levels = [int(name[1]) for name, _ in page.attributes if re.fullmatch("h[1-6]", name)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_nothing_in_a_draft_becomes_a_tag():
    hostile = html.write([_nasty(ALL[0])], "zh")
    assert "<script" not in hostile
    assert "\x1b" not in hostile
    assert not _Page(hostile).open


@given(texts, texts)
def test_a_tag_escapes_its_texts_and_its_attributes(text, value):
    found = _Page(tag("p", text, title=value))
    assert found.tags == Counter({"p": 1})
    assert found.attributes[0][1]["title"] == printable(value)


def test_several_reports_have_an_index_and_one_has_none(page):
    assert page.tags["nav"] == 1
    assert page.tags["article"] == len(ALL)
    assert _Page(html.write([made.clean()], "zh")).tags["nav"] == 0
