"""The cache gives back what was put in or nothing, whoever else writes; nobody else can make it say anything."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.store import cache as cached
from linter.store.cache import Cache, key

NAME = key("a draft")


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@given(st.binary(), st.binary())
def test_what_was_put_last_is_found(tmp_path_factory, first, second):
    cache = Cache(tmp_path_factory.mktemp("cache"))
    cache.put(NAME, first)
    cache.put(NAME, second)

    assert cache.get(NAME) == second


def test_nothing_is_found_under_another_key(tmp_path):
    Cache(tmp_path).put(NAME, b"answer")

    assert Cache(tmp_path).get(key("another draft")) is None


@given(st.data())
def test_a_damaged_file_is_as_good_as_none(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("cache")
    Cache(folder).put(NAME, b"answer" * 9)
    [file] = files(folder)
    whole = file.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = data.draw(
        st.sampled_from([whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :], whole + b"."])
    )
    file.write_bytes(damaged)

    assert Cache(folder).get(NAME) is None


def test_without_a_folder_nothing_is_kept_and_nothing_fails():
    Cache(None).put(NAME, b"answer")

    assert Cache(None).get(NAME) is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    Cache(blocked).put(NAME, b"answer")

    assert Cache(blocked).get(NAME) is None


def write(task: tuple[str, int]) -> None:
    folder, number = task
    for _ in range(30):
        Cache(Path(folder)).put(NAME, bytes([number]) * 50_000)
        found = Cache(Path(folder)).get(NAME)
        assert found is not None
        assert found == found[:1] * 50_000


def test_several_processes_that_write_the_same_key_never_see_half_a_value(tmp_path):
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(write, [(str(tmp_path), number) for number in range(4)]))

    assert len(files(tmp_path)) == 1, "no temporary file is left"


def test_what_was_used_longest_ago_goes_first_when_a_shelf_is_full(tmp_path, monkeypatch):
    monkeypatch.setattr(cached, "_SHELVES", 1)
    monkeypatch.setattr(cached, "_SHELF_BYTES", 1200)
    cache, names = Cache(tmp_path), [key(str(number)) for number in range(6)]
    for age, name in enumerate(names[:5]):
        cache.put(name, b"x" * 200)
        os.utime(next(tmp_path.rglob(name)), (age, age))
    assert cache.get(names[0])  # used now, so it is the youngest
    cache.put(names[5], b"x" * 200)

    assert [bool(cache.get(name)) for name in names] == [True, False, True, True, True, True]
    assert sum(file.stat().st_size for file in files(tmp_path)) <= 1200


@given(st.lists(st.text(max_size=3), max_size=4), st.lists(st.text(max_size=3), max_size=4))
def test_a_key_tells_different_parts_apart_even_where_they_join_to_the_same_text(one, other):
    assert (key(*one) == key(*other)) == (one == other)


@pytest.mark.parametrize("part", ["linter/engine.py", "rules/sums.toml", "grammar/period.lark"])
def test_a_key_changes_with_the_program_and_its_data(tmp_path, monkeypatch, part):
    """A folder laid out as the program is; whichever file changes, what was kept before is not found again."""
    for name in ("linter", "rules", "grammar"):
        (tmp_path / name).mkdir()
    changed = tmp_path / part
    changed.write_text("before")
    monkeypatch.setattr(cached, "__file__", str(tmp_path / "linter" / "store" / "cache.py"))
    monkeypatch.setattr(cached, "folder", tmp_path.joinpath)

    def now() -> str:
        cached._program.cache_clear()
        return key("draft")

    try:
        before = now()
        assert now() == before
        changed.write_text("after!")
        assert now() != before
    finally:
        cached._program.cache_clear()


def test_a_key_changes_with_the_zip_that_the_program_runs_as(tmp_path, monkeypatch):
    zipped = tmp_path / "gouji.whl"
    monkeypatch.setattr(cached, "__file__", str(zipped / "linter" / "store" / "cache.py"))

    def of(content: bytes) -> str:
        zipped.write_bytes(content)
        cached._program.cache_clear()
        return key("draft")

    try:
        assert of(b"before") != of(b"after!")
    finally:
        cached._program.cache_clear()


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("GOUJI_CACHE", str(tmp_path / "home" / "gouji"))
    cached.user_cache.cache_clear()
    yield tmp_path / "home" / "gouji"
    cached.user_cache.cache_clear()


def test_the_folder_is_made_for_its_owner_alone(place):
    cached.user_cache().put(NAME, b"answer")

    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files(place))


@pytest.mark.skipif(os.name == "nt", reason="a person's own folder is closed to others by the system")
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o702])
def test_a_folder_that_others_can_write_to_is_not_used(place, mode):
    cached.user_cache().put(NAME, b"answer")
    cached.user_cache.cache_clear()
    place.chmod(mode)

    assert cached.user_cache().get(NAME) is None


@pytest.mark.parametrize(
    ("variables", "folder"),
    [
        ({"XDG_CACHE_HOME": "/elsewhere", "HOME": "/home/me"}, "/elsewhere/gouji"),
        ({"HOME": "/home/me"}, "/home/me/.cache/gouji"),
        ({"GOUJI_CACHE": "/mine", "XDG_CACHE_HOME": "/elsewhere"}, "/mine"),
    ],
)
def test_the_folder_is_where_the_system_keeps_caches(monkeypatch, variables, folder):
    for name in ("GOUJI_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(cached.sys, "platform", "linux")

    assert cached._place() == Path(folder)
