"""The command as people use it: exit statuses, outputs, and what it says when something is wrong."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from commands import CLEAN, FAULTY, ONLY, gouji

from linter import check
from linter.cli import deliver
from linter.cli.targets import Target
from linter.cli.texts import Usage, texts


@pytest.fixture
def drafts(tmp_path):
    (tmp_path / "clean.md").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "faulty.md").write_text(FAULTY, encoding="utf-8")
    return tmp_path


def test_a_clean_draft_ends_with_status_0(drafts):
    run = gouji("check", "clean.md", *ONLY, cwd=drafts)

    assert run.returncode == 0
    assert "clean.md" in run.stdout


def test_findings_end_with_status_1_and_the_line(drafts):
    run = gouji("check", "faulty.md", *ONLY, cwd=drafts)

    assert run.returncode == 1
    assert "faulty.md:3:" in run.stdout
    assert "P02" in run.stdout


def test_a_file_that_cannot_be_read_ends_with_status_2_and_the_others_are_checked(drafts):
    (drafts / "broken.docx").write_bytes(b"PK\x03\x04 not really")

    run = gouji("check", "broken.docx", "faulty.md", "absent.md", *ONLY, "--format", "json", cwd=drafts)

    answer = json.loads(run.stdout)
    assert run.returncode == 2
    assert [bool(report["error"]) for report in answer["reports"]] == [True, False, True]
    assert [finding["rule"] for finding in answer["reports"][1]["findings"] if finding["severity"] == "error"] == [
        "P02"
    ]


def test_a_text_that_is_no_report_says_so_once(drafts):
    (drafts / "letter.txt").write_text("各位同事：\n请于周五前交材料。\n", encoding="utf-8")

    run = gouji("check", "letter.txt", "--format", "json", cwd=drafts)

    (report,) = json.loads(run.stdout)["reports"]
    assert run.returncode == 2
    assert "年度报告" in report["error"]
    assert report["findings"] == []


def test_other_texts_in_a_folder_are_passed_over_and_named(drafts):
    (drafts / "README.md").write_text("# 年报草稿\n\n这里放各单位的草稿。\n", encoding="utf-8")

    run = gouji("check", ".", *ONLY, "--format", "json", cwd=drafts)

    assert run.returncode == 1
    assert "README.md" in run.stderr
    assert [report["path"] for report in json.loads(run.stdout)["reports"]] == ["clean.md", "faulty.md"]


@pytest.mark.parametrize(("fail_on", "expected"), [("error", 1), ("warning", 1), ("note", 1), ("never", 0)])
def test_fail_on_sets_the_bar(drafts, fail_on, expected):
    assert gouji("check", "faulty.md", *ONLY, "--fail-on", fail_on, cwd=drafts).returncode == expected


def test_a_regraded_rule_no_longer_fails(drafts):
    run = gouji("check", "faulty.md", *ONLY, "--severity", "P02=note", cwd=drafts)

    assert run.returncode == 0
    assert "P02" in run.stdout


def test_an_ignored_rule_is_silent(drafts):
    assert "P02" not in gouji("check", "faulty.md", *ONLY, "--ignore", "wrong-period", cwd=drafts).stdout


def test_an_unknown_rule_names_the_nearest(drafts):
    run = gouji("check", "faulty.md", "--select", "wrong-perod", cwd=drafts)

    assert run.returncode == 2
    assert "wrong-period" in run.stderr


def test_standard_input_has_a_name(drafts):
    run = gouji("check", "-", "--stdin-name", "draft.md", *ONLY, "--format", "json", cwd=drafts, text=FAULTY)

    (report,) = json.loads(run.stdout)["reports"]
    assert report["path"] == "draft.md"
    assert run.returncode == 1


def test_a_folder_is_searched_and_ignore_files_are_heeded(drafts):
    (drafts / "old").mkdir()
    (drafts / "old" / "last.md").write_text(FAULTY, encoding="utf-8")
    (drafts / ".goujiignore").write_text("old/\nfaulty.*\n", encoding="utf-8")

    run = gouji("check", ".", *ONLY, "--format", "json", cwd=drafts)

    assert [report["path"] for report in json.loads(run.stdout)["reports"]] == ["clean.md"]


def test_several_formats_in_one_run_and_no_file_is_overwritten(drafts):
    first = gouji(
        "check", "faulty.md", *ONLY, "-f", "console", "-f", "sarif=out.sarif", "-f", "html=out.html", cwd=drafts
    )
    again = gouji("check", "faulty.md", *ONLY, "-f", "html=out.html", cwd=drafts)
    forced = gouji("check", "faulty.md", *ONLY, "--format", "html", "--output", "out.html", "--force", cwd=drafts)

    assert first.returncode == 1
    assert json.loads((drafts / "out.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert (again.returncode, "out.html" in again.stderr) == (2, True)
    assert forced.returncode == 1
    assert sorted(path.name for path in drafts.iterdir()) == ["clean.md", "faulty.md", "out.html", "out.sarif"]


def test_statistics_count_findings_by_rule(drafts):
    assert "P02  wrong-period" in gouji("check", "faulty.md", *ONLY, "--statistics", cwd=drafts).stdout


def test_a_baseline_keeps_what_was_known_silent_and_new_findings_loud(drafts):
    written = gouji("check", "faulty.md", *ONLY, "--write-baseline", "known.json", cwd=drafts)
    known = gouji("check", "faulty.md", *ONLY, "--baseline", "known.json", cwd=drafts)
    (drafts / "faulty.md").write_text(FAULTY.replace("行政处罚\t3", "行政处罚\t-3"), encoding="utf-8")
    fresh = gouji("check", "faulty.md", *ONLY, "--baseline", "known.json", "--format", "json", cwd=drafts)

    assert (written.returncode, known.returncode, fresh.returncode) == (0, 0, 1)
    (report,) = json.loads(fresh.stdout)["reports"]
    assert [finding["rule"] for finding in report["findings"] if finding["severity"] == "error"] == ["T07"]


def test_the_years_of_one_agency_find_each_other(drafts):
    before = CLEAN.replace("2023", "2022").replace("行政规范性文件\t1\t0\t6", "行政规范性文件\t1\t0\t9")
    (drafts / "before.md").write_text(before, encoding="utf-8")

    run = gouji("check", "before.md", "clean.md", "--select", "Y02", "--format", "json", cwd=drafts)

    assert [finding["rule"] for report in json.loads(run.stdout)["reports"] for finding in report["findings"]] == [
        "Y02"
    ]


def test_configuration_is_found_upward_and_shown(drafts):
    (drafts / "gouji.toml").write_text('ignore = ["P02"]\nfail-on = "warning"\n', encoding="utf-8")
    (drafts / "sub").mkdir()
    (drafts / "sub" / "faulty.md").write_text(FAULTY, encoding="utf-8")

    assert gouji("check", "sub/faulty.md", *ONLY, cwd=drafts).returncode == 0
    assert gouji("check", "sub/faulty.md", *ONLY, "--no-config", cwd=drafts).returncode == 1
    assert 'fail-on = "warning"' in gouji("check", "sub", "--show-config", cwd=drafts).stdout


def test_an_unknown_key_of_the_configuration_is_an_error_with_its_path(drafts):
    (drafts / "gouji.toml").write_text('ignroe = ["P02"]\n', encoding="utf-8")

    run = gouji("check", "clean.md", cwd=drafts)

    assert run.returncode == 2
    assert "ignroe" in run.stderr
    assert "ignore" in run.stderr


def test_init_writes_a_configuration_that_reads_back_and_never_twice(tmp_path):
    first = gouji("init", cwd=tmp_path)
    again = gouji("init", cwd=tmp_path)

    assert (first.returncode, again.returncode) == (0, 2)
    assert gouji("check", "--show-config", ".", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("suffix", [".md", ".docx"])
@pytest.mark.parametrize(("year", "edition"), [(2016, "2014"), (2020, "2019"), (2025, "2021")])
def test_a_new_report_lints_clean_but_for_what_is_to_be_filled_in(tmp_path, year, edition, suffix):
    name = f"new{suffix}"
    gouji("new", name, "--agency", "青禾市水务局", "--year", year, cwd=tmp_path)

    run = gouji("check", name, "--format", "json", cwd=tmp_path)

    (report,) = json.loads(run.stdout)["reports"]
    assert (report["edition"], report["year"], report["agency"]) == (edition, year, "青禾市水务局")
    assert {finding["rule"] for finding in report["findings"]} <= {"W05", "T05", "P06", "S09"}
    assert report["relations"]["broken"] == 0
    assert report["relations"]["unchecked"] == 0


def test_extract_gives_every_cell_as_json_and_csv(drafts):
    answer = json.loads(gouji("extract", "clean.md", cwd=drafts).stdout)
    rows = list(csv.DictReader(io.StringIO(gouji("extract", "clean.md", "--format", "csv", cwd=drafts).stdout)))

    assert answer["year"] == 2023
    assert len(rows) == len(answer["cells"]) == 10
    (valid,) = (row for row in rows if (row["row"], row["column"]) == ("normative", "valid"))
    assert (valid["value"], valid["state"]) == ("6", "number")


def test_explain_takes_an_id_or_a_name_in_both_languages(tmp_path):
    by_id = gouji("explain", "C01", cwd=tmp_path)
    by_name = gouji("explain", "unbalanced-applications", "--lang", "en", cwd=tmp_path)

    assert (by_id.returncode, by_name.returncode) == (0, 0)
    assert "上年结转" in by_id.stdout
    assert "carried" in by_name.stdout
    assert gouji("explain", "C99", cwd=tmp_path).returncode == 2


def test_rules_and_editions_are_listed(tmp_path):
    assert "C01  unbalanced-applications" in gouji("rules", cwd=tmp_path).stdout
    assert "2014–2018" in gouji("editions", cwd=tmp_path).stdout


def test_help_speaks_both_languages(tmp_path):
    assert "只用这些规则" in gouji("check", "--help", cwd=tmp_path).stdout
    assert "only these rules" in gouji("check", "--help", cwd=tmp_path, GOUJI_LANG="en").stdout


def test_a_word_draft_gets_its_findings_as_comments_and_the_original_stays(tmp_path):
    gouji("new", "draft.docx", "--agency", "青禾市水务局", "--year", 2025, cwd=tmp_path)
    before = (tmp_path / "draft.docx").read_bytes()

    run = gouji("check", "draft.docx", "--format", "docx", "--output", "noted.docx", cwd=tmp_path)

    assert run.returncode == 1
    assert (tmp_path / "draft.docx").read_bytes() == before
    assert (tmp_path / "noted.docx").stat().st_size > len(before)
    assert gouji("check", "draft.docx", "--format", "docx", cwd=tmp_path).returncode == 2


def test_standard_input_that_is_no_report_is_reported(tmp_path):
    run = gouji("check", "-", cwd=tmp_path, text="各位同事：请于周五前交材料。\n")

    assert run.returncode == 2
    assert "年度报告" in run.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "clean.md", "--year", "1"],
        ["check", "clean.md", "--year", "99999"],
        ["check", "clean.md", "--jobs", "-5"],
        ["new", "new.md", "--agency", "青禾市水务局", "--year", "99999"],
        ["check", "clean.md", "--members", "nosuch"],
        ["check", "clean.md", "--members", "empty"],
        ["check", "clean.md", "faulty.md", "--members", "."],
        ["check", ".", "--previous", "clean.md"],
    ],
)
def test_wrong_usage_is_a_line_with_the_option_and_status_2(drafts, arguments):
    (drafts / "empty").mkdir()

    run = gouji(*arguments, cwd=drafts)

    assert (run.returncode, run.stdout) == (2, "")
    assert len(run.stderr.splitlines()) == 1
    assert arguments[-2] in run.stderr
    assert "内部错误" not in run.stderr


def test_a_government_is_no_member_of_itself(tmp_path):
    city = CLEAN.replace("青禾市水务局", "青禾市人民政府")
    (tmp_path / "city.md").write_text(city, encoding="utf-8")
    (tmp_path / "water.md").write_text(CLEAN, encoding="utf-8")

    run = gouji("check", "city.md", "--members", ".", "--select", "R01", cwd=tmp_path)

    assert run.returncode == 0, run.stdout


# --- Whatever is wrong: one line, status 2 ------------------------------------------------------------------------


def refused(run):
    """The one line on standard error that a command ended with."""
    [line] = run.stderr.splitlines()
    assert run.returncode == 2
    assert line.startswith("gouji: ")
    return line


@pytest.mark.parametrize(
    "command",
    [("rules",), ("explain", "C05"), ("editions",), ("init",), ("extract", "clean.md"), ("check", "clean.md")],
)
def test_a_language_that_there_is_not_is_refused_by_every_command(drafts, command):
    assert "--lang" in refused(gouji(*command, "--lang", "fr", cwd=drafts))


def test_a_form_that_there_is_not_is_refused_by_extract(drafts):
    assert "9999" in refused(gouji("extract", "clean.md", "--edition", "9999", cwd=drafts))


def test_an_ignore_file_that_is_no_utf_8_is_refused(drafts):
    (drafts / ".goujiignore").write_bytes("草稿/\n".encode("gbk"))

    assert ".goujiignore" in refused(gouji("check", ".", cwd=drafts))


@pytest.mark.parametrize("form", ["console", "json", "sarif", "junit", "github", "gitlab", "html"])
def test_a_file_name_that_is_no_utf_8_is_no_obstacle(drafts, form):
    name = os.fsdecode("年报.md".encode("gbk"))
    (drafts / name).write_text(CLEAN, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "linter", "check", name, *ONLY, "-f", form, "-o", "out"],
        cwd=drafts, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )  # fmt: skip

    assert run.returncode == 0, run.stderr
    assert (drafts / "out").stat().st_size


def test_a_name_that_the_system_refuses_is_said(drafts):
    line = refused(gouji("check", "clean.md", *ONLY, "-o", "a" * 300, cwd=drafts))

    assert "a" * 300 in line


def test_a_fault_of_ours_is_said_in_one_line_and_shown_to_its_maker(drafts):
    (drafts / "sitecustomize.py").write_text("import linter.cli.start as start\nstart.template = lambda: 1 / 0\n")
    path = f"{drafts}{os.pathsep}{Path(__file__).parents[1]}"
    told = gouji("init", cwd=drafts, PYTHONPATH=path)
    shown = gouji("init", cwd=drafts, PYTHONPATH=path, GOUJI_DEBUG="1")

    assert "ZeroDivisionError" in refused(told)
    assert "Traceback" in shown.stderr


def test_what_the_reader_found_stands_behind_the_reason(drafts):
    (drafts / "large.md").write_bytes(b"\n" * (101 << 20) + b"a")

    assert "（> 100 MB）" in gouji("check", "large.md", cwd=drafts).stdout


# --- The annotated copy ---------------------------------------------------------------------------------------------

FAULTY_WORD = Path(__file__).parents[1] / "examples" / "2021-one-wrong-cell.docx"
EDITIONS = Path(__file__).parents[1] / "rules" / "editions"


def test_a_draft_from_standard_input_gets_its_copy(drafts):
    run = subprocess.run(
        [sys.executable, "-m", "linter", "check", "-", "--stdin-name", "d.docx", "-f", "docx=o.docx"],
        cwd=drafts, input=FAULTY_WORD.read_bytes(), capture_output=True, check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )  # fmt: skip

    assert run.returncode == 1, run.stderr
    assert b"word/comments.xml" in (drafts / "o.docx").read_bytes()


def test_a_draft_that_changed_since_it_was_checked_gets_no_copy(drafts):
    """The comments would stand beside other paragraphs."""
    draft = drafts / "d.docx"
    draft.write_bytes(FAULTY_WORD.read_bytes())
    result = check(str(draft))
    draft.write_bytes(FAULTY_WORD.with_name("2021-clean.docx").read_bytes())
    plan = SimpleNamespace(targets=(Target("docx", drafts / "o.docx"),), language="zh")
    request = SimpleNamespace(paths=(str(draft),), stdin_name="stdin.txt", force=False, watch=False)

    with pytest.raises(Usage, match="改动"):
        deliver.deliver([result], plan, request, texts("zh"))
    assert not (drafts / "o.docx").exists()


# --- Files that Windows Notepad wrote -----------------------------------------------------------------------------


def test_a_byte_order_mark_is_no_fault_in_any_file_of_ours(drafts):
    (drafts / ".goujiignore").write_text("faulty.md\n", encoding="utf-8-sig")
    (drafts / "pyproject.toml").write_text("[tool.gouji]\nlang = 'en'\n", encoding="utf-8-sig")
    (drafts / "own.toml").write_bytes(b"\xef\xbb\xbf" + (EDITIONS / "2014.toml").read_bytes())
    run = gouji("check", ".", *ONLY, cwd=drafts)

    assert (run.returncode, run.stderr) == (0, "")
    assert "1 file: " in run.stdout
    assert gouji("editions", "--check", "own.toml", cwd=drafts).returncode == 0


def test_the_file_for_an_empty_report_ends_as_it_can_be_written(drafts):
    line = refused(gouji("new", "report", "--agency", "云川县教育局", "--year", "2023", cwd=drafts))

    assert line.endswith("输出文件名应以 .docx 或 .md 结尾：report")
