"""What the fuzzers (fuzz/README.md) found and what is like it: only `Unreadable` escapes a reader, nothing a check."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "fuzz"))

from seeds import seeds  # noqa: E402 -- beside the fuzzer
from targets import TARGETS  # noqa: E402 -- beside the fuzzer

from linter.library import DEBUG  # noqa: E402 -- after the fuzzer's own
from linter.readers import read  # noqa: E402 -- after the fuzzer's own

CASES = sorted(path for path in (ROOT / "tests" / "fuzz_cases").glob("*") if path.is_file())


@pytest.fixture(autouse=True)
def _bare(monkeypatch):
    """Without the net under a run; the fuzzer sets the same, and this takes it back after each test."""
    monkeypatch.setenv(DEBUG, "1")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_a_case_once_found_stays_mended(path):
    """A case is named for the target that found it: ``docx-1a2b3c4d.docx``."""
    target = TARGETS[path.name.partition("-")[0]]

    target.exercise(path.read_bytes(), target.name)
    TARGETS["check"].exercise(path.read_bytes(), target.name)


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_of_a_target_are_read(name):
    """A seed that no reader took would leave the fuzzer at the door."""
    target = TARGETS[name]
    files = [target.file(seed) for seed in seeds(name)]

    assert len(files) >= 3
    for file in files:
        assert len(read(file, target.name).text) > 100
        target.exercise(file, target.name)


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_cut_short_and_spoilt_raise_nothing_else(name):
    """The coarsest of mutations, on every run of the tests."""
    target = TARGETS[name]
    seed = next(iter(seeds(name)))
    for part in range(1, 12):
        target.exercise(target.file(seed[: len(seed) * part // 12]), target.name)
        at = len(seed) * part // 12
        target.exercise(target.file(seed[:at] + b"\xff\x00<|" + seed[at + 3 :]), target.name)
