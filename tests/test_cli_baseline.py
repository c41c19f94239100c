"""A baseline as it is started, renewed and pruned from the command line."""

from __future__ import annotations

import json

import pytest
from commands import CLEAN, FAULTY, gouji

MINUS = CLEAN.replace("行政处罚\t3", "行政处罚\t-3")
"""One error: T07."""


@pytest.fixture
def folder(tmp_path):
    """A baseline is in force by the configuration, and not yet written."""
    (tmp_path / "draft.md").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "gouji.toml").write_text('select = ["P02", "T07"]\nbaseline = "known.json"\n', encoding="utf-8")
    return tmp_path


def known(folder) -> dict[str, list[str]]:
    files = json.loads((folder / "known.json").read_text(encoding="utf-8"))["files"]
    return {file: [entry["rule"] for entry in entries] for file, entries in files.items()}


def test_a_baseline_that_the_configuration_names_can_be_started(folder):
    assert gouji("check", "draft.md", cwd=folder).returncode == 2
    assert gouji("check", "draft.md", "--write-baseline", "known.json", cwd=folder).returncode == 0

    assert known(folder) == {"draft.md": ["P02"]}
    assert gouji("check", "draft.md", cwd=folder).returncode == 0


def test_writing_records_what_is_found_new_findings_too(folder):
    gouji("check", "draft.md", "--write-baseline", "known.json", cwd=folder)
    (folder / "draft.md").write_text(MINUS, encoding="utf-8")

    assert gouji("check", "draft.md", cwd=folder).returncode == 1
    gouji("check", "draft.md", "--write-baseline", "known.json", cwd=folder)

    assert known(folder) == {"draft.md": ["T07"]}
    assert gouji("check", "draft.md", cwd=folder).returncode == 0


def test_writing_leaves_what_the_run_did_not_look_at(folder):
    (folder / "other.md").write_text(MINUS, encoding="utf-8")
    gouji("check", ".", "--write-baseline", "known.json", cwd=folder)
    (folder / "draft.md").write_text(MINUS, encoding="utf-8")

    gouji("check", "draft.md", "--select", "T07", "--write-baseline", "known.json", cwd=folder)

    assert known(folder) == {"draft.md": ["P02", "T07"], "other.md": ["T07"]}, "P02 was not asked"


def test_a_baseline_replaces_a_baseline_and_nothing_else(folder):
    (folder / "notes.json").write_text('{"mine": 1}', encoding="utf-8")

    refused = gouji("check", "draft.md", "--write-baseline", "notes.json", cwd=folder)
    left = (folder / "notes.json").read_text(encoding="utf-8")
    forced = gouji("check", "draft.md", "--write-baseline", "notes.json", "--force", cwd=folder)

    assert (refused.returncode, left, forced.returncode) == (2, '{"mine": 1}', 0)
    assert '"baseline": 1' in (folder / "notes.json").read_text(encoding="utf-8")


def test_pruning_takes_out_what_is_gone_and_takes_nothing_in(folder):
    gouji("check", "draft.md", "--write-baseline", "known.json", cwd=folder)
    (folder / "draft.md").write_text(MINUS, encoding="utf-8")

    idle = gouji("check", "draft.md", cwd=folder)
    run = gouji("check", "draft.md", "--prune-baseline", cwd=folder)

    assert "--prune-baseline" in idle.stderr
    assert (run.returncode, known(folder)) == (1, {})
    assert "T07" in run.stdout
    assert "--prune-baseline" not in gouji("check", "draft.md", cwd=folder).stderr


def test_pruning_needs_a_baseline_in_force(folder):
    gouji("check", "draft.md", "--write-baseline", "known.json", cwd=folder)

    assert gouji("check", "draft.md", "--no-baseline", "--prune-baseline", cwd=folder).returncode == 2
    both = gouji("check", "draft.md", "--write-baseline", "known.json", "--prune-baseline", cwd=folder)
    assert both.returncode == 2


def test_no_baseline_tells_everything(folder):
    gouji("check", "draft.md", "--write-baseline", "known.json", cwd=folder)

    assert gouji("check", "draft.md", "--no-baseline", cwd=folder).returncode == 1


def test_a_draft_that_cannot_be_read_keeps_its_entries(folder):
    gouji("check", "draft.md", "--write-baseline", "known.json", cwd=folder)
    (folder / "draft.md").write_text("", encoding="utf-8")

    run = gouji("check", "draft.md", "--write-baseline", "known.json", cwd=folder)

    assert run.returncode == 2
    assert "draft.md" in run.stderr
    assert known(folder) == {"draft.md": ["P02"]}
