"""Where answers go: never over what is read, never two to one place; what could not be read is told in any case."""

from __future__ import annotations

import json

import pytest
from commands import CLEAN, FAULTY, ONLY, gouji

BASELINE = '{"baseline": 1, "files": {}}'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "faulty.md").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "before.md").write_text(CLEAN.replace("2023", "2022"), encoding="utf-8")
    (tmp_path / "members").mkdir()
    (tmp_path / "members" / "one.md").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "gouji.toml").write_text("", encoding="utf-8")
    (tmp_path / "known.json").write_text(BASELINE, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "target"),
    [
        (["-f", "json", "-o", "faulty.md", "--force"], "faulty.md"),
        (["-f", "html=sub/../faulty.md", "--force"], "faulty.md"),
        (["--write-baseline", "faulty.md", "--force"], "faulty.md"),
        (["--previous", "before.md", "-f", "json=before.md", "--force"], "before.md"),
        (["--members", "members", "-f", "json=members/one.md", "--force"], "members/one.md"),
        (["-f", "json=gouji.toml", "--force"], "gouji.toml"),
        (["--baseline", "known.json", "-f", "json=known.json", "--force"], "known.json"),
    ],
)
def test_what_is_read_is_never_written(folder, arguments, target):
    (folder / "sub").mkdir()
    before = (folder / target).read_bytes()

    run = gouji("check", "faulty.md", *ONLY, *arguments, cwd=folder)

    assert run.returncode == 2
    assert target.rpartition("/")[2] in run.stderr
    assert (folder / target).read_bytes() == before


def test_a_draft_that_a_folder_holds_is_never_written(folder):
    run = gouji("check", ".", *ONLY, "-f", "json=faulty.md", "--force", cwd=folder)

    assert run.returncode == 2
    assert (folder / "faulty.md").read_text(encoding="utf-8") == FAULTY


def test_an_older_answer_in_the_folder_is_no_draft_and_may_be_renewed(folder):
    for _ in range(2):
        run = gouji("check", ".", *ONLY, "-f", "html=sheet.html", "--force", cwd=folder)
        assert run.returncode == 1, run.stderr


def test_figures_are_never_extracted_over_the_draft(folder):
    run = gouji("extract", "faulty.md", "--output", "faulty.md", "--force", cwd=folder)

    assert run.returncode == 2
    assert (folder / "faulty.md").read_text(encoding="utf-8") == FAULTY


@pytest.mark.parametrize(
    "formats",
    [
        ["-f", "json", "-f", "sarif"],
        ["-f", "json=a.txt", "-f", "sarif=a.txt"],
        ["--statistics", "-f", "json"],
        ["--statistics", "-f", "json", "-o", "a.txt"],
    ],
)
def test_two_answers_to_one_place_are_refused(folder, formats):
    run = gouji("check", "faulty.md", *ONLY, *formats, cwd=folder)

    assert (run.returncode, run.stdout) == (2, "")
    assert not (folder / "a.txt").exists()


def test_statistics_are_an_answer_among_others(folder):
    run = gouji("check", "faulty.md", "--select", "P02", "--statistics", "-f", "json=all.json", cwd=folder)
    alone = gouji("check", "faulty.md", "--select", "P02", "-f", "statistics", cwd=folder)

    assert run.stdout == alone.stdout == "     1  P02  wrong-period  error\n"
    assert len(json.loads((folder / "all.json").read_text(encoding="utf-8"))["reports"]) == 1


@pytest.mark.parametrize(
    "arguments",
    [["-f", "docx=noted.docx"], ["-f", "pdf=noted.pdf"], ["--statistics"], ["--write-baseline", "new.json"]],
)
def test_a_draft_that_cannot_be_read_is_told_wherever_the_answer_goes(folder, arguments):
    (folder / "bad.docx").write_bytes(b"PK\x03\x04 not really")

    run = gouji("check", "bad.docx", *arguments, cwd=folder)

    assert run.returncode == 2
    assert "bad.docx" in run.stdout + run.stderr
    assert not list(folder.glob("noted.*"))
