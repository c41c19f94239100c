"""Which configuration holds for which draft, what is left out, and what --show-config says of it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from commands import CLEAN, FAULTY, ONLY, gouji


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def offices(tmp_path):
    """Two offices, each with a configuration of its own and a draft with one error."""
    for name in "AB":
        written(tmp_path / name / f"{name}.md", FAULTY)
    written(tmp_path / "A" / "gouji.toml", 'select = ["P", "S13", "T"]\nignore = ["P02"]\n')
    written(tmp_path / "B" / "gouji.toml", 'select = ["P", "S13", "T"]\nfail-on = "never"\n')
    return tmp_path


def found(run) -> dict[str, list[str]]:
    """The errors of each draft."""
    return {
        Path(report["path"]).name: [item["rule"] for item in report["findings"] if item["severity"] == "error"]
        for report in json.loads(run.stdout)["reports"]
    }


@pytest.mark.parametrize("named", [("A", "B"), ("B", "A"), (".",), ("B/B.md", "A/A.md")])
def test_every_draft_is_held_to_the_configuration_nearest_above_it(offices, named):
    run = gouji("check", *named, "-f", "json", cwd=offices)

    assert found(run) == {"A.md": [], "B.md": ["P02"]}
    assert run.returncode == 0, "B never fails"


def test_the_verdict_of_a_draft_is_that_of_its_own_configuration(offices):
    written(offices / "gouji.toml", 'fail-on = "never"\n')
    written(offices / "B" / "gouji.toml", 'select = ["P", "S13", "T"]\nfail-on = "error"\n')

    assert gouji("check", "A", "B", cwd=offices).returncode == 1
    assert gouji("check", "B", cwd=offices).returncode == 1


def test_suppressions_stand_beside_the_configuration_of_their_drafts(offices):
    written(
        offices / "B" / "gouji-suppressions.toml",
        '[[suppress]]\nfile = "B.md"\nrule = "P02"\nplace = "*"\nreason = "已更正"\n',
    )

    assert found(gouji("check", "A", "B", "-f", "json", cwd=offices)) == {"A.md": [], "B.md": []}


def test_an_unused_entry_stands_in_its_turn_among_the_findings_of_the_first_draft(offices):
    written(offices / "B" / "gouji.toml", 'select = ["P", "X"]\n')
    written(
        offices / "B" / "gouji-suppressions.toml",
        '[[suppress]]\nfile = "B.md"\nrule = "P01"\nplace = "*"\nreason = "已更正"\n',
    )

    run = gouji("check", "B", "--severity", "X02=error", "-f", "json", cwd=offices)

    assert found(run) == {"B.md": ["X02", "P02"]}, "what has no place in the draft comes first"


def test_standard_input_is_held_to_the_configuration_above_its_name(offices):
    assert gouji("check", "-", "--stdin-name", "A/a.md", cwd=offices, text=FAULTY).returncode == 0
    assert gouji("check", "-", "--stdin-name", "a.md", *ONLY, cwd=offices, text=FAULTY).returncode == 1


def test_how_a_run_goes_is_said_by_the_configuration_of_the_current_folder(offices):
    written(offices / "gouji.toml", 'format = ["json"]\n')

    assert found(gouji("check", "A", cwd=offices)) == {"A.md": []}
    assert found(gouji("check", "A.md", "-f", "json", cwd=offices / "A")) == {"A.md": []}
    assert gouji("check", "A.md", cwd=offices / "A").stdout.startswith("──")


def test_a_path_with_dots_finds_the_configuration_above_the_draft_alone(offices):
    written(offices / "B" / "inner" / "b.md", FAULTY)

    assert gouji("check", "../A/A.md", cwd=offices / "B").returncode == 0
    assert gouji("check", "../../A/A.md", cwd=offices / "B" / "inner").returncode == 0


def test_a_named_configuration_holds_for_all(offices):
    own = written(offices / "own.toml", 'select = ["C"]\n')

    assert found(gouji("check", "A", "B", "--config", own, "-f", "json", cwd=offices)) == {"A.md": [], "B.md": []}


# --- What is shown ---------------------------------------------------------------------------------------------------


def test_what_is_shown_is_what_holds(offices):
    run = gouji(
        "check", "A", "--show-config", "--fail-on", "note", "--strict", "--jobs", "3", "--no-cache", "-f", "json",
        "-o", "answer.json", "--baseline", "known.json", "--lang", "en", "--year", "2020", cwd=offices,
    )  # fmt: skip
    (offices / "known.json").write_text('{"baseline": 1, "files": {}}', encoding="utf-8")
    run = gouji(*run.args[3:], cwd=offices)

    shown = tomllib.loads(run.stdout)
    assert {key: shown[key] for key in ("fail-on", "strict", "jobs", "cache", "format", "lang", "baseline")} == {
        "fail-on": "note",
        "strict": True,
        "jobs": 3,
        "cache": False,
        "format": ["json=answer.json"],
        "lang": "en",
        "baseline": "../known.json",
    }
    assert 'fail-on = "note"  # command line' in run.stdout
    assert 'ignore = ["P02"]  # gouji.toml' in run.stdout


def test_what_the_current_folder_says_of_the_run_is_shown_as_its_own(offices):
    written(offices / "gouji.toml", 'format = ["json"]\nfail-on = "note"\n')

    told = gouji("check", "A", "--show-config", cwd=offices).stdout.splitlines()

    assert told[0] == f"# {offices / 'A' / 'gouji.toml'}"
    assert 'format = ["json"]  # ../gouji.toml' in told
    assert 'fail-on = "error"  # default' in told


def test_every_configuration_of_the_drafts_is_shown(offices):
    told = gouji("check", "A", "B", "--show-config", cwd=offices).stdout

    assert [line for line in told.splitlines() if line.endswith("gouji.toml") and line.startswith("# /")] == [
        f"# {offices / name / 'gouji.toml'}" for name in "AB"
    ]


# --- What is left out ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pattern", ["old/", "faulty.*", "*/faulty.md"])
def test_exclude_leaves_out_what_a_folder_holds_and_force_exclude_what_is_named(tmp_path, pattern):
    written(tmp_path / "old" / "faulty.md", FAULTY)
    written(tmp_path / "clean.md", CLEAN)

    searched = gouji("check", ".", *ONLY, "--exclude", pattern, cwd=tmp_path)
    named = gouji("check", "old/faulty.md", "clean.md", *ONLY, "--exclude", pattern, cwd=tmp_path)
    forced = gouji("check", "old/faulty.md", "clean.md", *ONLY, "--exclude", pattern, "--force-exclude", cwd=tmp_path)

    assert (searched.returncode, named.returncode, forced.returncode) == (0, 1, 0)


def test_force_exclude_heeds_the_configuration_and_ignore_files_and_an_empty_rest_is_no_mistake(tmp_path):
    written(tmp_path / "gouji.toml", 'exclude = ["letter.docx"]\n')
    written(tmp_path / ".goujiignore", "other.md\n")
    (tmp_path / "letter.docx").write_bytes(b"no report")
    written(tmp_path / "other.md", FAULTY)

    assert gouji("check", "letter.docx", "other.md", cwd=tmp_path).returncode == 2
    assert gouji("check", "letter.docx", "other.md", "--force-exclude", cwd=tmp_path).returncode == 0


def test_an_ignore_file_counts_from_wherever_one_looks(tmp_path):
    written(tmp_path / ".goujiignore", "d/old/\n")
    written(tmp_path / "d" / "old" / "faulty.md", FAULTY)
    written(tmp_path / "d" / "clean.md", CLEAN)

    for named, folder in ((".", tmp_path), ("d", tmp_path), (".", tmp_path / "d"), ("../d", tmp_path / "d")):
        run = gouji("check", named, *ONLY, "-f", "json", cwd=folder)
        assert found(run) == {"clean.md": []}, (named, folder)
