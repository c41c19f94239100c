"""The data is found in a wheel, in a zip and in a checkout, and never in another distribution's folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from linter.resources import folder

ROOT = Path(__file__).parent.parent
NEEDED = ["__init__.py", "version.py", "resources.py", "store", "grammars.py", "model"]
ASK = """
import sys; sys.path.insert(0, sys.argv[1])
from linter.grammars import parse_identity
from linter.resources import folder
print(folder("grammar"), parse_identity("a + b == c"))
"""


def install(site: Path, data: str | None) -> Path:
    """A copy of the package in `site`, its grammars in the folder `data` of the package (None: without)."""
    for name in NEEDED:
        source = ROOT / "linter" / name
        target = site / "linter" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    if data is not None:
        shutil.copytree(ROOT / "grammar", site / "linter" / data)
    return site


def ask(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", ASK, str(path)], capture_output=True, text=True, check=False, cwd="/")


def test_a_checkout_reads_the_folders_beside_the_package():
    assert {"2014.toml", "2019.toml", "2021.toml"} <= {file.name for file in (folder("rules") / "editions").iterdir()}
    assert (folder("grammar") / "identity.lark").is_file()


def test_a_wheel_reads_its_own_copy(tmp_path):
    answer = ask(install(tmp_path, "_data/grammar"))

    assert answer.stdout.startswith(str(tmp_path / "linter" / "_data")), answer.stderr


def test_a_zip_reads_its_own_copy(tmp_path):
    install(tmp_path / "site", "_data/grammar")
    archive = tmp_path / "gouji.zip"
    with ZipFile(archive, "w") as packed:
        for file in (tmp_path / "site").rglob("*"):
            packed.write(file, file.relative_to(tmp_path / "site"))

    answer = ask(archive)

    assert "gouji.zip" in answer.stdout, answer.stderr


@pytest.mark.parametrize("marker", [True, False])
def test_a_folder_beside_the_package_counts_only_in_a_checkout(tmp_path, marker):
    install(tmp_path, None)
    shutil.copytree(ROOT / "grammar", tmp_path / "grammar")
    if marker:
        (tmp_path / "pyproject.toml").touch()

    answer = ask(tmp_path)

    assert ("was not packaged with linter" in answer.stderr) is not marker
    assert ("Sum" in answer.stdout) is marker
