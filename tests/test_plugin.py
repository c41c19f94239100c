"""examples/plugin as its user has it: installed beside gouji in a fresh environment, its rule and format at work."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

pytest.importorskip("hatchling")
pytest.importorskip("pip")

ROOT = Path(__file__).parents[1]
PLUGIN = ROOT / "examples" / "plugin"
INSTALLED = Path(sysconfig.get_path("purelib"))
"""Where the tests' own environment keeps what gouji depends on; the fresh one borrows it and nothing of ours."""
DRAFT = """# 云川县水务局2023年政府信息公开工作年度报告

## 一、总体情况

=SUM(A1) 信公办牵头开展检查，信公办每季通报。
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A folder with an environment ``env``, gouji and the plug-in installed from wheels, and a draft."""
    home = tmp_path_factory.mktemp("plugin")
    for source in (ROOT, PLUGIN):
        script = f"from hatchling.build import build_wheel; build_wheel({str(home)!r})"
        subprocess.run([sys.executable, "-c", script], cwd=source, check=True, capture_output=True)
    venv.create(home / "env")
    borrowed = home / "borrowed"
    borrowed.mkdir()
    for item in INSTALLED.iterdir():
        if "gouji" not in item.name and item.suffix != ".pth":
            (borrowed / item.name).symlink_to(item)
    wheels = sorted(home.glob("*.whl"))
    assert len(wheels) == 2
    pip = [sys.executable, "-m", "pip", "--python", home / "env", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", *wheels], check=True, capture_output=True)
    (home / "draft.md").write_text(DRAFT, encoding="utf-8")
    return home


def run(home: Path, module: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """``python -m module`` in the fresh environment, away from the checkout."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PIP_", "GOUJI"))}
    environment |= {"PYTHONUTF8": "1", "PYTHONSAFEPATH": "1", "PYTHONPATH": str(home / "borrowed")}
    return subprocess.run(
        [home / "env" / "bin" / "python", "-m", module, *arguments],
        cwd=home, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_the_pack_of_the_plug_in_is_valid_and_its_cases_hold(home):
    pack = run(home, "gouji_plain_names").stdout.strip()
    checked = run(home, "linter", "rules", "--check", pack)

    assert checked.returncode == 0, checked.stderr + checked.stdout
    assert str(home / "env") in checked.stdout.replace("\n", "")


def test_a_rule_of_the_plug_in_finds_what_ours_cannot(home):
    pack = run(home, "gouji_plain_names").stdout.strip()
    config = home / "own.toml"
    config.write_text(f"rules = ['{pack}']\n", encoding="utf-8")

    checked = run(home, "linter", "check", "draft.md", "--config", config, "--select", "L01", "--quiet", "--lang", "en")

    assert "undefined-abbreviation" in checked.stdout, checked.stderr
    assert "is used 2 times" in checked.stdout
    assert "draft.md:5:" in checked.stdout


def test_the_format_of_the_plug_in_writes_the_findings(home):
    pack = run(home, "gouji_plain_names").stdout.strip()
    config = home / "own.toml"
    config.write_text(f"rules = ['{pack}']\n", encoding="utf-8")

    checked = run(home, "linter", "check", "draft.md", "missing.md", "--config", config, "--format", "csv")

    assert checked.returncode == 2, "a file that cannot be read outweighs findings"
    head, *rows = csv.reader(io.StringIO(checked.stdout.removeprefix("\ufeff")))
    assert head[:3] == ["文件", "规则", "名称"]
    ours = next(row for row in rows if row[1] == "L01")
    assert (ours[0], ours[5], ours[6]) == ("draft.md", "5", "")
    assert [row[7] for row in rows if row[0] == "missing.md"] == ["找不到文件"]
    assert not [cell for row in rows for cell in row if cell.startswith("=")]


def test_without_the_plug_in_its_kind_and_its_format_are_unknown():
    """What the tests above see comes from the installed plug-in and from nowhere else."""
    unknown = [
        ["rules", "--check", str(PLUGIN / "gouji_plain_names" / "rules.toml")],
        ["check", "examples/2021-clean.md", "--format", "csv"],
    ]
    for arguments in unknown:
        ran = subprocess.run(
            [sys.executable, "-m", "linter", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 2, ran.stdout
        assert arguments[-1].partition("/")[0] in ran.stderr or "undefined-abbreviation" in ran.stderr
