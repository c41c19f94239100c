"""Wheel, source distribution, editable install, bare checkout: each finds its data and checks a draft from anywhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FAULTY = "examples/2014-headline-83.txt"
INSTALLED = sysconfig.get_path("purelib")
"""Where the tests' own environment keeps lark, rich and typer: fresh environments borrow them, and not gouji itself."""


def run(*command: str | Path, folder: Path, path: str = "") -> subprocess.CompletedProcess[str]:
    """A command away from the checkout, with `path` as what Python may import besides."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PIP_", "GOUJI"))}
    environment |= {"PYTHONPATH": path, "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1"}
    command = tuple(str(word) for word in command)
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def checks(*command: str | Path, folder: Path, path: str) -> str:
    """The answer for a draft with one known fault; from another folder, so that nothing is found by accident."""
    found = run(*command, "check", "--quiet", "--no-config", ROOT / FAULTY, folder=folder, path=path)
    assert found.returncode == 1, found.stdout + found.stderr
    assert "headline-exceeds-channels" in found.stdout
    return found.stdout


@pytest.fixture(scope="module")
def borrowed(tmp_path_factory) -> str:
    """A folder with the installed dependencies and without gouji."""
    folder = tmp_path_factory.mktemp("borrowed")
    for item in Path(INSTALLED).iterdir():
        if "gouji" not in item.name and item.suffix != ".pth":
            (folder / item.name).symlink_to(item)
    return str(folder)


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A folder with the wheel and the source distribution, built once from what git would ship."""
    folder = tmp_path_factory.mktemp("dist")
    for hook in ("build_wheel", "build_sdist"):
        script = f"from hatchling.build import {hook}; {hook}({str(folder)!r})"
        made = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
        assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(built) -> Path:
    return next(built.glob("*.whl"))


def environment(folder: Path) -> Path:
    """The Python of a fresh environment."""
    venv.create(folder, with_pip=True)
    return folder / "bin" / "python"


def install(python: Path, *what: str | Path, path: str = "") -> None:
    options = ["--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check", "--quiet"]
    made = run(python, "-m", "pip", "install", *options, *what, folder=python.parents[1], path=path)
    assert made.returncode == 0, made.stderr


def test_the_wheel_carries_its_data_and_nothing_else(wheel) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, pattern in (("rules", "*.toml"), ("grammar", "*.lark")):
        expected = {str(path.relative_to(ROOT)) for path in (ROOT / folder).rglob(pattern)}
        assert {f"linter/_data/{name}" for name in expected} <= names
    assert "linter/formats/page.css" in names
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"linter", "gouji"}
    assert not [name for name in names if "__pycache__" in name or name.startswith(("tests/", "examples/"))]


def test_the_source_distribution_carries_all_that_the_wheel_is_made_of(built) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "linter/formats/page.css", "rules/sums.toml"} <= names
    assert {"grammar/report.lark", "tests/test_packaging.py", FAULTY} <= names


def test_the_installed_wheel_checks_from_another_folder(wheel, borrowed, tmp_path) -> None:
    python = environment(tmp_path / "env")
    install(python, wheel)
    checks(python.parent / "gouji", folder=tmp_path, path=borrowed)
    where = run(python, "-c", "import linter; print(linter.__file__)", folder=tmp_path, path=borrowed)
    assert str(tmp_path) in where.stdout


def test_the_editable_install_reads_the_checkout(borrowed, tmp_path) -> None:
    python = environment(tmp_path / "env")
    install(python, "--editable", ROOT, path=borrowed)
    checks(python.parent / "gouji", folder=tmp_path, path=borrowed)
    script = "from linter.resources import folder; print(folder('rules'))"
    found = run(python, "-c", script, folder=tmp_path, path=borrowed).stdout
    assert Path(found.strip()).resolve() == ROOT / "rules"


def test_the_bare_checkout_runs_as_a_module(borrowed, tmp_path) -> None:
    found = checks(sys.executable, "-S", "-m", "linter", folder=tmp_path, path=os.pathsep.join([str(ROOT), borrowed]))
    assert "83" in found


def test_the_wheel_runs_as_a_zip_on_the_path(wheel, borrowed, tmp_path) -> None:
    checks(sys.executable, "-S", "-m", "linter", folder=tmp_path, path=os.pathsep.join([str(wheel), borrowed]))


def test_the_data_is_missed_and_not_sought_elsewhere(wheel, borrowed, tmp_path) -> None:
    """A wheel that lost its data says so, and never reads a folder ``rules`` that belongs to somebody else."""
    shutil.unpack_archive(wheel, tmp_path, "zip")
    (tmp_path / "linter" / "_data").rename(tmp_path / "lost")
    (tmp_path / "rules").mkdir()
    path = os.pathsep.join([str(tmp_path), borrowed])
    found = run(sys.executable, "-S", "-m", "linter", "rules", folder=tmp_path, path=path)
    assert found.returncode != 0
    assert "rules" in found.stderr


@pytest.mark.parametrize("options", [["--version"], ["check", "--help"]])
def test_the_command_says_what_it_is(options, borrowed, tmp_path) -> None:
    path = os.pathsep.join([str(ROOT), borrowed])
    found = run(sys.executable, "-S", "-m", "linter", *options, folder=tmp_path, path=path)
    assert found.returncode == 0
    assert "gouji" in found.stdout
