"""``gouji rules``, ``explain`` and ``editions``: complete, within the width asked for, clear about mistakes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from linter.cli import catalogue, pages
from linter.cli.texts import Usage, texts
from linter.formats.folding import cells
from linter.loading import LoadError
from linter.packs import load_rules

ROOT = Path(__file__).parents[1]
RULES = load_rules()
SAY = texts("zh")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_page_quotes_what_gouji_says_and_fits_the_terminal(rule, language):
    page = pages.page(rule, language)
    said = [line for part in page.parts for line in part.said]

    assert any(rule.id in line for line in said)
    assert pages.page_words(language)("page.silent") in said
    for width in (60, 100):
        lines = list(pages.terminal(page, width))
        assert [line for line in lines[1:] if cells(line) > width] == []


def test_the_page_of_a_rule_in_full(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "80")

    assert catalogue.explain("unbalanced-results", SAY) == 0

    text = capsys.readouterr().out
    assert text.startswith("C02 unbalanced-results  错误  2019、2021\n（七）总计不等于各项办理结果之和\n")
    assert "（七）总计应为 8，实为 6（各项办理结果 6 + 2 = 8）" in text
    assert "三、本年度办理结果 › （七）总计 › 自然人 = 6" in text
    assert "\x1b" not in text


def test_explain_takes_an_id_in_small_letters_and_a_family(capsys):
    catalogue.explain("c02", SAY)
    assert capsys.readouterr().out.startswith("C02 ")
    catalogue.explain("R", SAY)
    assert [line[:3] for line in capsys.readouterr().out.splitlines() if line[:3] in ("R01", "R02")] == ["R01", "R02"]


def test_the_rules_about_suppressions_are_explained_without_examples_or_a_way_to_suppress_them(capsys):
    catalogue.explain("X", SAY, markdown=True)
    text = capsys.readouterr().out

    assert [line for line in text.splitlines() if line.startswith("# ")] == [
        "# X01 unjustified-suppression",
        "# X02 unused-suppression",
        "# X03 expired-suppression",
    ]
    assert text.count("gouji check --severity X0") == 3
    assert "gouji: ignore" not in text
    assert "示例" not in text


def test_an_unknown_rule_gets_the_nearest_name():
    with pytest.raises(Usage, match="unbalanced-results"):
        catalogue.explain("unbalanced-result", SAY)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_catalogue_lists_every_rule_once(language, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    catalogue.list_rules(texts(language))
    lines = capsys.readouterr().out.splitlines()

    assert [line.split()[0] for line in lines if line.startswith("  ") and line[2] != " "] == [
        rule.id for rule in catalogue.every_rule()
    ]
    assert max(map(cells, lines)) <= 100


def test_the_catalogue_as_markdown_is_a_table_for_each_family(capsys):
    catalogue.list_rules(SAY, markdown=True)
    rows = [line for line in capsys.readouterr().out.splitlines() if line.startswith("|")]

    assert {line.count("|") for line in rows} == {6}
    listed = catalogue.every_rule()
    assert len(rows) == len(listed) + 2 * len({rule.family for rule in listed})


def test_the_editions_are_listed_with_their_years(capsys):
    catalogue.list_editions(SAY)
    text = capsys.readouterr().out

    assert "2014–2018 年度" in text
    assert "国办公开办函〔2021〕30号" in text


PACK = """
family = "K"

[[rule]]
id = "K01"
name = "own-rule"
check = "phrases"
editions = ["2021"]
severity = "note"
summary = { zh = "用了“大概”", en = "“roughly” is used" }
why = { zh = "年报用数字说话。", en = "A report gives figures." }
source = "本单位编制要求"
message = { zh = "“{text}”不确切", en = "“{text}” is vague" }
help = { zh = "写出数字", en = "give the figure" }

[rule.settings]
patterns = ["大概"]

[[rule.case]]
note = "不确切"
text = "# 云川县2023年政府信息公开工作年度报告\\n\\n一、总体情况\\n\\n全年大概公开信息一百条。"
finds = ["FOUND"]

[[rule.case]]
note = "确切"
text = "# 云川县2023年政府信息公开工作年度报告\\n\\n一、总体情况\\n\\n全年公开信息102条。"
finds = []
"""


def test_a_sound_pack_passes_and_a_case_that_fails_is_told(tmp_path, capsys):
    pack = tmp_path / "own.toml"
    pack.write_text(PACK.replace("FOUND", "大概"), encoding="utf-8")
    assert catalogue.check_pack(pack, SAY) == 0
    assert "2 个示例全部符合" in capsys.readouterr().out

    pack.write_text(PACK.replace("FOUND", "左右"), encoding="utf-8")
    assert catalogue.check_pack(pack, SAY) == 1
    assert "K01 不确切" in capsys.readouterr().out


def test_faults_of_a_pack_are_told_with_their_path(tmp_path):
    pack = tmp_path / "own.toml"
    pack.write_text(PACK.replace("summary", "sumary"), encoding="utf-8")
    with pytest.raises(LoadError, match=r"rule\[0\].*sumary"):
        catalogue.check_pack(pack, SAY)
    with pytest.raises(LoadError, match="no rules"):
        catalogue.check_pack(_empty(tmp_path), SAY)
    with pytest.raises(LoadError, match=r"nothing\.toml"):
        catalogue.check_pack(tmp_path / "nothing.toml", SAY)


@pytest.mark.parametrize(
    ("sound", "faulty", "told"),
    [
        ('zh = "“{text}”不确切"', 'zh = "“{txet}”不确切"', r"message\.zh: unknown fact \{txet\}, did you mean 'text'"),
        ('zh = "“{text}”不确切"', 'zh = "“{text”不确切"', r"message\.zh: "),
    ],
)
def test_a_text_that_names_no_fact_is_a_fault_of_the_pack_not_of_every_draft(tmp_path, sound, faulty, told):
    pack = tmp_path / "own.toml"
    pack.write_text(PACK.replace(sound, faulty), encoding="utf-8")
    with pytest.raises(LoadError, match=told):
        catalogue.check_pack(pack, SAY)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('cells = { "aplications/new/total" = "3" }', "no form aplications in 2021"),
        ('cells = { "applications/new/totl" = "3" }', "applications has no cell new/totl"),
        ('edition = "2020"', "no edition '2020'"),
    ],
)
def test_a_case_of_what_does_not_exist_fails_with_its_reason(tmp_path, capsys, line, told):
    pack = tmp_path / "own.toml"
    pack.write_text(PACK.replace("FOUND", "大概").replace('note = "确切"', f'note = "确切"\n{line}'), encoding="utf-8")
    assert catalogue.check_pack(pack, SAY) == 1
    assert told in capsys.readouterr().out


def _empty(folder: Path) -> Path:
    empty = folder / "empty"
    empty.mkdir()
    return empty


def test_an_edition_of_ones_own_is_validated(tmp_path, capsys):
    ours = ROOT / "rules" / "editions" / "2021.toml"
    assert catalogue.check_edition(ours, SAY) == 0
    assert "3 张表" in capsys.readouterr().out

    faulty = tmp_path / "own.toml"
    faulty.write_text(ours.read_text(encoding="utf-8").replace("first_year", "frist_year"), encoding="utf-8")
    with pytest.raises(LoadError, match="frist_year"):
        catalogue.check_edition(faulty, SAY)


@pytest.mark.parametrize(
    "arguments",
    [
        "rules",
        "rules --markdown",
        "rules --lang en",
        "rules --check rules/sums.toml",
        "explain C02",
        "explain C02 --markdown",
        "editions",
        "editions --check rules/editions/2014.toml",
    ],
)
def test_the_commands_run(arguments):
    command = [sys.executable, "-m", "linter", *arguments.split()]
    ran = subprocess.run(command, check=False, capture_output=True, cwd=ROOT, env={**os.environ, "COLUMNS": "80"})

    assert ran.returncode == 0, ran.stderr.decode()
    assert ran.stdout
    assert not ran.stderr
