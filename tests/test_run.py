"""Order of files, number of processes and what was answered before never change an answer."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from linter import library
from linter.editions import load_editions
from linter.library import check, read_bytes
from linter.loading import LoadError
from linter.model.finding import Result
from linter.options import Options
from linter.runs import run as module
from linter.runs.related import Neighbours
from linter.store import cache as cached
from linter.store.packing import Packing

EXAMPLES = Path(__file__).parents[1] / "examples"
DRAFTS = sorted(str(path) for path in EXAMPLES.glob("20*.*"))
ZH, EN = Options(), Options(language="en")


def run(paths, options, **settings):
    """The results of a run, opened."""
    return [answer.open() for answer in module.run(paths, options, **settings)]


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """An empty cache of this test's own."""
    monkeypatch.setenv("GOUJI_CACHE", str(tmp_path / "cache"))
    cached.user_cache.cache_clear()
    yield tmp_path / "cache"
    cached.user_cache.cache_clear()


@pytest.fixture
def checked(monkeypatch):
    """The names of the drafts that were really checked in this process."""
    names: list[str] = []

    def spy(source, **settings):
        names.append(settings.get("name") or str(source))
        return check(source, **settings)

    monkeypatch.setattr("linter.runs.run.check", spy)
    return names


def test_jobs_and_cache_do_not_change_the_results(tmp_path):
    """Batches enough for two processes, among the drafts one that is missing and one that is no report."""
    (tmp_path / "note.txt").write_text("采购合同", encoding="utf-8")
    paths = [*DRAFTS[:4] * 8, str(tmp_path / "missing.docx"), str(tmp_path / "note.txt"), *reversed(DRAFTS[:4])]
    answers = {path: check(path, options=ZH) for path in paths}

    for jobs, cache in ((1, False), (2, False), (2, True), (1, True)):
        assert run(paths, ZH, jobs=jobs, cache=cache) == [answers[path] for path in paths]


def test_an_unchanged_draft_is_not_checked_again(checked):
    first = run(DRAFTS, ZH)
    again = run(DRAFTS, ZH)

    assert checked == DRAFTS
    assert again == first
    assert all(result.rules for result in again)


def test_what_an_answer_depends_on_makes_a_draft_be_checked_again(checked, tmp_path):
    draft = tmp_path / "draft.txt"
    shutil.copy(EXAMPLES / "2014-headline-83.txt", draft)
    pack = tmp_path / "own.toml"
    pack.write_text('family = "own"\nrule = []\n')
    ways = [ZH, EN, replace(ZH, year=2016), replace(ZH, severity={"C": "note"}), replace(ZH, facts={"deadlines": {}})]

    for options in ways * 2:
        [result] = run([str(draft)], options)
        assert result == check(draft, options=options)
    assert len(checked) == len(ways)

    draft.write_text(draft.read_text("utf-8") + "\n", "utf-8")
    list(run([str(draft)], ZH))
    assert len(checked) == len(ways) + 1


def test_a_changed_rule_pack_makes_a_draft_be_checked_again(checked, tmp_path):
    text = (EXAMPLES.parent / "rules" / "sums.toml").read_text("utf-8").replace('\nname = "', '\nname = "own-')
    own = tmp_path / "own.toml"
    own.write_text(text.replace('id = "C', 'id = "OWN'), "utf-8")
    options = replace(ZH, rules=(own,))
    run(DRAFTS[:1], options)
    run(DRAFTS[:1], options)
    assert len(checked) == 1

    own.write_text(text.replace('id = "C', 'id = "MINE'), "utf-8")
    [result] = run(DRAFTS[:1], options)
    assert len(checked) == 2
    assert any(rule.id.startswith("MINE") for rule in result.rules)


def test_a_file_that_could_not_be_read_is_looked_at_again(checked, tmp_path):
    draft = str(tmp_path / "scan.pdf")
    Path(draft).write_bytes(b"%PDF-1.4 damaged")

    assert all(result.error for result in [*run([draft], ZH), *run([draft], ZH)])
    assert checked == [draft, draft]


def test_without_the_cache_nothing_is_kept(place, checked):
    run(DRAFTS, ZH, cache=False)
    run(DRAFTS, ZH, cache=False)

    assert checked == DRAFTS * 2
    assert not place.exists()


def test_a_cache_that_says_something_else_is_not_believed(place, checked):
    """Bytes that another program put there, under the right name and with the right sum."""
    run(DRAFTS[:1], ZH)
    [file] = [path for path in place.rglob("*") if path.is_file()]
    cached.user_cache().put(file.name, pickle.dumps(os.getcwd))

    assert run(DRAFTS[:1], ZH) == [check(DRAFTS[0], options=ZH)]
    assert len(checked) == 2


def test_packing_keeps_everything():
    packing = Packing(load_editions())
    for path in DRAFTS:
        result = replace(check(path), rules=())
        assert packing.unpack(packing.pack(result), Result) == result


@pytest.mark.parametrize("value", [os.system, print, Path(), {"a": eval}, "text", None, [1, 2]])
def test_unpacking_makes_results_and_nothing_else(value):
    with pytest.raises(pickle.UnpicklingError):
        Packing(load_editions()).unpack(pickle.dumps(value), Result)


def test_faulty_rules_are_told_before_anything_is_checked(tmp_path, checked):
    with pytest.raises(LoadError):
        run(DRAFTS, replace(ZH, rules=(tmp_path / "none.toml",)), jobs=2)
    assert checked == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes must know what this test changed")
@pytest.mark.parametrize(("deaths", "reason"), [(1, ""), (9, "ended")])
def test_a_process_that_is_killed_costs_no_other_draft_its_answer(tmp_path, monkeypatch, deaths, reason):
    """As the system does where memory runs out, once or whenever that draft is tried."""
    paths = [*DRAFTS[:4] * 8, str(tmp_path / "deadly.md"), *reversed(DRAFTS[:4])]
    shutil.copy(EXAMPLES / "2021-clean.md", paths[32])
    answers = {path: check(path, options=ZH) for path in paths}

    def deadly(source, **settings):
        killed = tmp_path / "killed"
        if settings["name"].endswith("deadly.md") and len(list(killed.parent.glob("killed*"))) < deaths:
            killed.with_suffix(f".{os.getpid()}").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return check(source, **settings)

    monkeypatch.setattr("linter.runs.run.check", deadly)
    found = run(paths, ZH, jobs=2, cache=False)

    assert found[32].reason == reason
    del found[32], paths[32]
    assert found == [answers[path] for path in paths]


def test_a_draft_is_read_once(monkeypatch):
    read: list[str] = []
    monkeypatch.setattr("linter.runs.run.read_bytes", lambda path: read.append(str(path)) or read_bytes(path))

    run(DRAFTS, ZH)
    assert read == DRAFTS


def test_a_fault_of_ours_beside_last_year_is_said_of_that_draft_alone(monkeypatch):
    years = sorted(str(path) for path in (EXAMPLES / "two-years").glob("*.*"))
    answers = list(module.run(years, ZH))
    monkeypatch.setattr("linter.engine.lint", lambda *_, **__: {}["fault"])

    results = [Neighbours(answers).beside_last_year(answer, lambda _: ZH) for answer in answers]

    assert sorted(result.reason for result in results) == ["", "internal"]


def test_the_rules_of_the_house_are_read_once(monkeypatch):
    library.load_rules()
    monkeypatch.setattr("linter.packs.load_pack", lambda *_: pytest.fail("read again"))

    assert run(DRAFTS[:2], ZH, cache=False)
